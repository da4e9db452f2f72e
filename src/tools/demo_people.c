/* demo_people.c: made-up persons, employees, pupils and parents. */
#include "tools/demo.h"

#include "base/crypto.h"
#include "base/iin.h"
#include "base/text.h"
#include "school/people/person.h"

#include <string.h>

/* ---- persons ---- */

/* Days that no month has: of an IIN 00, 32–39 and 70–99 (40–69 stand in BINs). */
enum { IMPOSSIBLE_DAYS = 39, PEOPLE_A_DAY = 10000, PEOPLE_A_ROUND = IMPOSSIBLE_DAYS * PEOPLE_A_DAY, MONTHS_A_ROUND = 20 };

static int impossible_day(int index)
{
    return index == 0 ? 0 : index <= 8 ? 31 + index : 61 + index;
}

/* The number of the person makes it unique: four digits, the day, twenty months more for each round of these. Of the three century
 * digits one nearly always leads to a number that can be issued. */
const char *demo_iin(struct demo *demo, struct date born)
{
    int round = demo->people / PEOPLE_A_ROUND, day = impossible_day(demo->people / PEOPLE_A_DAY % IMPOSSIBLE_DAYS);
    for (char century = '9'; century >= '7'; century--) {
        const char *eleven = pool_printf(demo->pool, "%02d%02d%02d%c%04d", born.year % 100, born.month + MONTHS_A_ROUND * round, day, century,
                                         demo->people % PEOPLE_A_DAY);
        int digit = iin_control_digit(eleven);
        if (digit >= 0)
            return pool_printf(demo->pool, "%s%d", eleven, digit);
    }
    return NULL;
}

const char *demo_uid(struct demo *demo, const char *of, const char *what, int number)
{
    char uid[CRYPTO_UUID_SIZE];
    crypto_uuid_from(pool_printf(demo->pool, "mektep demonstration %s %s %d", of, what, number), uid);
    return pool_strdup(demo->pool, uid);
}

static const char ADD_PERSON[] =
    "INSERT INTO person (uid, login, iin, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version)"
    " VALUES (?, LPAD(NEXT VALUE FOR login_number, 12, '0'), ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char ADD_ACCOUNT[] =
    "INSERT INTO account (person_id, language, made_at) VALUES (?, ?, ?)";

NEOERR *demo_person(struct demo *demo, struct demo_person *person)
{
    struct name_keys keys;
    if (person->surname == NULL)
        demo_name(demo, person);
    demo->people++;
    name_keys_make(demo->pool, person->surname, person->given, person->patronymic, &keys);
    TRY(db_exec(demo->db, ADD_PERSON,
                DB_VALUES(DB_TEXT(demo_uid(demo, "", "person", demo->people)), DB_TEXT(person->without_iin ? NULL : demo_iin(demo, person->born)),
                          DB_TEXT(person->surname), DB_TEXT(person->given), DB_TEXT(person->patronymic), DB_DATE(person->born),
                          DB_TEXT(person->sex == 'M' ? "M" : "F"), DB_SORT_KEY(keys), DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION)),
                NULL, &person->id));
    return nerr_pass(db_exec(demo->db, ADD_ACCOUNT,
                             DB_VALUES(DB_INT(person->id), DB_TEXT(language_codes[person->language]), DB_TIME(clock_now())), NULL,
                             &person->account));
}

/* ---- roles and passwords ---- */

static const char ADD_ROLE[] =
    "INSERT INTO role_grant (person_id, role, org_id, territory_id, valid_from, granted_at) VALUES (?, ?, ?, ?, ?, ?)";

NEOERR *demo_role(struct demo *demo, const struct demo_person *person, const char *role, int64_t org, int64_t territory)
{
    struct date from = {demo->year - 2, 9, 1};
    return nerr_pass(db_exec(demo->db, ADD_ROLE,
                             DB_VALUES(DB_INT(person->id), DB_TEXT(role), DB_ID(org), DB_ID(territory), DB_DATE(from), DB_TIME(clock_now())), NULL,
                             NULL));
}

static const char SET_PASSWORD[] =
    "UPDATE account SET password = ?, language = 'ru' WHERE id = ?";
static const char GET_LOGIN[] = "SELECT login FROM person WHERE id = ?";

NEOERR *demo_login(struct demo *demo, const char *role, const struct demo_person *person)
{
    char stored[CRYPTO_PASSWORD_SIZE], *login;
    const char *password = pool_printf(demo->pool, "demo-%s-60", role);
    TRY(crypto_password_hash(password, stored));
    TRY(db_exec(demo->db, SET_PASSWORD, DB_VALUES(DB_TEXT(stored), DB_INT(person->account)), NULL, NULL));
    TRY(db_string(demo->db, demo->pool, GET_LOGIN, DB_VALUES(DB_INT(person->id)), &login));
    if (demo->login_count == DEMO_LOGINS)
        return nerr_raise(ERROR_INTERNAL, "more than %d logins are listed", DEMO_LOGINS);
    demo->logins[demo->login_count++] = (struct demo_login){role, login, password};
    return STATUS_OK;
}

/* ---- staff ---- */

const char *demo_phone(struct demo *demo)
{
    return pool_printf(demo->pool, "+7 700 000 %02d %02d", demo->people / 100 % 100, demo->people % 100);
}

static const char ADD_EMPLOYEE[] =
    "INSERT INTO employee (org_id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, position,"
    " may_lead_class, phone, hired_on)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

NEOERR *demo_employee(struct demo *demo, const struct demo_org *org, struct demo_person *person, const char *position, bool may_lead_class,
                      const char *const *roles)
{
    struct name_keys keys;
    person->born = (struct date){demo->year - 26 - (int)demo_random(demo, 36), 1 + (int)demo_random(demo, 12), 1 + (int)demo_random(demo, 28)};
    struct date hired = {demo->year - 1 - (int)demo_random(demo, 12), 8, 25};
    TRY(demo_person(demo, person));
    name_keys_make(demo->pool, person->surname, person->given, person->patronymic, &keys);
    TRY(db_exec(demo->db, ADD_EMPLOYEE,
                DB_VALUES(DB_INT(org->id), DB_TEXT(demo_uid(demo, org->uid, "employee", demo->people)), DB_INT(person->id), DB_TEXT(person->surname),
                          DB_TEXT(person->given), DB_TEXT(person->patronymic), DB_DATE(person->born), DB_TEXT(person->sex == 'M' ? "M" : "F"),
                          DB_SORT_KEY(keys), DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION), DB_TEXT(position), DB_INT(may_lead_class),
                          DB_TEXT(demo_phone(demo)), DB_DATE(hired)),
                NULL, NULL));
    for (; *roles != NULL; roles++)
        TRY(demo_role(demo, person, *roles, org->id, 0));
    return STATUS_OK;
}

/* ---- pupils and parents ---- */

static const char ADD_PUPIL[] =
    "INSERT INTO pupil (org_id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, grade, resident,"
    " no_iin_reason, phone, address, citizenship, nationality, birth_place, entered_on, registered_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)";

/* One file in eight has no address, one in ten no telephone, one in six no place of birth. */
const char *demo_now_and_then(struct demo *demo, size_t one_in, const char *text)
{
    return demo_random(demo, one_in) == 0 ? "" : text;
}

NEOERR *demo_pupil(struct demo *demo, const struct demo_org *org, struct demo_person *person, int grade, int64_t *pupil)
{
    struct name_keys keys;
    bool is_student = strcmp(org->kind, "college") == 0;
    const char *nationality = person->language == LANG_KK ? "kazakh" : "russian";
    struct date entered = is_student ? (struct date){demo->year - grade + 1, 9, 1} : (struct date){0};
    person->without_iin = !is_student && demo->people % 211 == 0;
    TRY(demo_person(demo, person));
    name_keys_make(demo->pool, person->surname, person->given, person->patronymic, &keys);
    const char *phone = demo_now_and_then(demo, 10, demo_phone(demo));
    const char *address = demo_now_and_then(
        demo, 8, pool_printf(demo->pool, "%s, %d-%d", org->street, 1 + (int)demo_random(demo, 120), 1 + (int)demo_random(demo, 90)));
    const char *birth_place = demo_now_and_then(demo, 6, "Алматы");
    return nerr_pass(
        db_exec(demo->db, ADD_PUPIL,
                DB_VALUES(DB_INT(org->id), DB_TEXT(demo_uid(demo, org->uid, "pupil", demo->people)), DB_INT(person->id), DB_TEXT(person->surname),
                          DB_TEXT(person->given), DB_TEXT(person->patronymic), DB_DATE(person->born),
                          DB_TEXT(person->sex == 'M' ? "M" : "F"), DB_SORT_KEY(keys), DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION),
                          DB_INT(grade), DB_TEXT(person->without_iin ? "applied" : NULL), DB_TEXT(phone), DB_TEXT(address), DB_TEXT("KZ"),
                          DB_TEXT(demo_now_and_then(demo, 9, nationality)[0] == '\0' ? NULL : nationality), DB_TEXT(birth_place),
                          DB_DATE(entered), DB_TIME(clock_now())),
                NULL, pupil));
}

static const char ADD_KINSHIP[] =
    "INSERT INTO kinship (org_id, pupil_id, person_id, degree, phone) VALUES (?, ?, ?, ?, ?)";

NEOERR *demo_parent(struct demo *demo, const struct demo_org *org, int64_t pupil, const struct demo_person *child, struct demo_person *parent)
{
    struct demo_person named = {.language = child->language, .sex = child->sex};
    *parent = (struct demo_person){.language = child->language, .sex = child->sex, .born = {child->born.year - 27, child->born.month, 15}};
    demo_name(demo, &named);
    /* Parent and child of one sex share the surname as it is written. */
    parent->surname = child->surname;
    parent->given = named.given;
    parent->patronymic = named.patronymic;
    TRY(demo_person(demo, parent));
    return nerr_pass(db_exec(demo->db, ADD_KINSHIP,
                             DB_VALUES(DB_INT(org->id), DB_INT(pupil), DB_INT(parent->id), DB_TEXT(parent->sex == 'M' ? "father" : "mother"),
                                       DB_TEXT(demo_phone(demo))),
                             NULL, NULL));
}

/* ---- rows of a pupil's file ---- */

static const char ADD_DOCUMENT[] =
    "INSERT INTO pupil_document (org_id, pupil_id, kind, series, number, issued_by, issued_on)"
    " VALUES (?, ?, 'birth-certificate', '', ?, 'РАГС', ?)";
static const char ADD_SOCIAL[] =
    "INSERT INTO pupil_social (org_id, pupil_id, category, ground, valid_from) VALUES (?, ?, 'large-family', 'Справка о составе семьи', ?)";
static const char ADD_HEALTH[] =
    "INSERT INTO pupil_health (org_id, pupil_id, examined_on, health_group, pe_group) VALUES (?, ?, ?, '1', 'basic')";
static const char ADD_ACHIEVEMENT[] =
    "INSERT INTO pupil_achievement (org_id, pupil_id, contest_kind, contest, contest_level, contest_place, held_on)"
    " VALUES (?, ?, 'olympiad', 'Олимпиада по математике', 'district', ?, ?)";

static const char ADD_PAPER[] =
    "INSERT INTO paper (org_id, pupil_id, state, addressee, ordered_at, ordered_by, year, number, issued_on, code, full_name, born_on, class, school_year,"
    " study_form, organisation)"
    " SELECT p.org_id, p.id, 'issued', 'по месту требования', ?, 1, ?, (SELECT COUNT(*) + 1 FROM paper x WHERE x.org_id = p.org_id), ?, ?,"
    "  CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), p.born_on, CONCAT_WS('|', p.grade, 'А', 'А', 'A'), ?, 'full-time',"
    "  (SELECT CONCAT_WS('|', n.name_kk, n.name_ru, n.name_en) FROM organisation_name n WHERE n.organisation_id = p.org_id ORDER BY n.valid_from DESC LIMIT 1)"
    " FROM pupil p WHERE p.org_id = ? AND p.id = ?";
static const char ADD_APPLICATION[] =
    "INSERT INTO application (org_id, year, number, submitted_on, state, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, grade,"
    " applicant, papers)"
    " SELECT p.org_id, ?, (SELECT COUNT(*) + 1 FROM application x WHERE x.org_id = p.org_id), ?, 'submitted', p.surname, p.given, '', ?, p.sex,"
    "  p.sort_key, p.fold_key, p.key_version, 1, p.surname, 'photos'"
    " FROM pupil p WHERE p.org_id = ? AND p.id = ?";

/* A certificate that was issued, and an application of a younger brother or sister. */
static NEOERR *add_papers(struct demo *demo, const struct demo_org *org, int64_t pupil)
{
    struct date day = {demo->year, 10, 1}, born = {demo->year - 6, 3, 4};
    char code[CRYPTO_TOKEN_SIZE];
    crypto_token(code);
    TRY(db_exec(demo->db, ADD_PAPER,
                DB_VALUES(DB_TIME(clock_now()), DB_INT(demo->year), DB_DATE(day), DB_TEXT(code), DB_INT(demo->year), DB_INT(org->id),
                          DB_INT(pupil)),
                NULL, NULL));
    return nerr_pass(db_exec(demo->db, ADD_APPLICATION,
                             DB_VALUES(DB_INT(demo->year), DB_DATE(day), DB_DATE(born), DB_INT(org->id), DB_INT(pupil)), NULL, NULL));
}

static const char ADD_MEAL[] =
    "INSERT INTO meal (org_id, pupil_id, year, number, submitted_on, applicant, ground, ground_document, valid_from, valid_to, state, decided_on, ended_on,"
    " remark)"
    " SELECT p.org_id, p.id, ?, (SELECT COUNT(*) + 1 FROM meal x WHERE x.org_id = p.org_id), ?, CONCAT(p.surname, ' Г.'), ?, 'Справка о доходах', ?, ?, ?, ?, ?, ?"
    " FROM pupil p WHERE p.org_id = ? AND p.id = ?";
static const char COUNT_MEALS[] = "SELECT COUNT(*) FROM meal WHERE org_id = ?";

/* Applications for free meals: of each state some, most of them granted. */
static NEOERR *add_meal(struct demo *demo, const struct demo_org *org, int64_t pupil)
{
    static const struct {
        const char *ground, *state, *remark;
    } meals[] = {
        {"large-family", "granted", ""}, {"low-income", "granted", ""}, {"social-aid", "submitted", ""}, {"orphan", "granted", ""},
        {"low-income", "refused", "Доход выше прожиточного минимума"}, {"disability", "ended", "Заявление родителей"},
    };
    struct date submitted = {demo->year, 9, 2}, from = {demo->year, 9, 5}, to = {demo->year + 1, 5, 25}, none = {0}, ended = {demo->year, 9, 20};
    int64_t count;
    TRY(db_number(demo->db, COUNT_MEALS, DB_VALUES(DB_INT(org->id)), &count, NULL));
    size_t kind = (size_t)count % (sizeof meals / sizeof meals[0]);
    bool is_open = strcmp(meals[kind].state, "submitted") == 0, is_ended = strcmp(meals[kind].state, "ended") == 0;
    return nerr_pass(db_exec(demo->db, ADD_MEAL,
                             DB_VALUES(DB_INT(demo->year), DB_DATE(submitted), DB_TEXT(meals[kind].ground), DB_DATE(from), DB_DATE(to),
                                       DB_TEXT(meals[kind].state), DB_DATE(is_open ? none : from), DB_DATE(is_ended ? ended : none),
                                       DB_TEXT(meals[kind].remark), DB_INT(org->id), DB_INT(pupil)),
                             NULL, NULL));
}

NEOERR *demo_records(struct demo *demo, const struct demo_org *org, int64_t pupil)
{
    struct date autumn = {demo->year, 9, 1}, spring = {demo->year, 4, 15}, issued = {demo->year - 5, 6, 1};
    const char *number = pool_printf(demo->pool, "%07zu", demo_random(demo, 9999999)), *place = pool_printf(demo->pool, "%zu", 1 + demo_random(demo, 3));
    TRY(db_exec(demo->db, ADD_DOCUMENT, DB_VALUES(DB_INT(org->id), DB_INT(pupil), DB_TEXT(number), DB_DATE(issued)), NULL, NULL));
    TRY(db_exec(demo->db, ADD_SOCIAL, DB_VALUES(DB_INT(org->id), DB_INT(pupil), DB_DATE(autumn)), NULL, NULL));
    TRY(db_exec(demo->db, ADD_HEALTH, DB_VALUES(DB_INT(org->id), DB_INT(pupil), DB_DATE(autumn)), NULL, NULL));
    TRY(db_exec(demo->db, ADD_ACHIEVEMENT, DB_VALUES(DB_INT(org->id), DB_INT(pupil), DB_TEXT(place), DB_DATE(spring)), NULL, NULL));
    TRY(add_meal(demo, org, pupil));
    return nerr_pass(add_papers(demo, org, pupil));
}
