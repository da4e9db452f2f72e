/* demo_school.c: the two made-up organisations: staff, classes and groups, enrolment orders. */
#include "tools/demo.h"

#include "base/crypto.h"
#include "base/iin.h"
#include "engine/http.h"
#include "school/org/org.h"
#include "school/planning/planning.h"
#include "school/pupils/movement.h"

#include <string.h>

enum {
    YEARS = 3,            /* school years on file, the current one last */
    CLASS_CAPACITY = 36,
    SENIOR_GRADE = 10,    /* from here on classes have a profile */
    FREE_PLACES = 2,      /* on the budget, of each group */
};

/* ---- the organisation ---- */

static const char ADD_ORGANISATION[] =
    "INSERT INTO organisation (uid, territory_id, kind, bin, languages, address, phone) VALUES (?, ?, ?, ?, 'kk,ru', ?, '+7 700 000 00 00')";
static const char ADD_ORGANISATION_NAME[] =
    "INSERT INTO organisation_name (organisation_id, valid_from, name_kk, name_ru, name_en, fold_key) VALUES (?, '2012-09-01', ?, ?, ?, ?)";
static const char ADD_YEAR[] =
    "INSERT INTO school_year (org_id, year, starts_on, ends_on) VALUES (?, ?, ?, ?)";

static const char ADD_PERIOD[] =
    "INSERT INTO period (org_id, year, kind, starts_on, ends_on) VALUES (?, ?, ?, ?, ?)";

/* As far as the days of that year are known. */
static NEOERR *add_periods(struct demo *demo, const struct demo_org *org, int year, struct date last)
{
    static const char *const quarters[] = {"q1", "q2", "q3", "q4", NULL}, *const semesters[] = {"s1", "s2", NULL};
    struct date from, to;
    for (const char *const *kind = strcmp(org->kind, "college") == 0 ? semesters : quarters; *kind != NULL; kind++)
        if (calendar_known(year, *kind, &from, &to)) {
            if (to.year == 0 || date_compare(to, last) > 0)
                to = last;
            TRY(db_exec(demo->db, ADD_PERIOD, DB_VALUES(DB_INT(org->id), DB_INT(year), DB_TEXT(*kind), DB_DATE(from), DB_DATE(to)), NULL, NULL));
        }
    return STATUS_OK;
}

static const char ADD_SHIFTS[] =
    "INSERT INTO shift (org_id, number, begins_at, ends_at) VALUES (?, 1, '08:00', '13:30'), (?, 2, '14:00', '19:00')";

NEOERR *demo_organisation(struct demo *demo, struct demo_plan *plan)
{
    struct db *db = demo->db;
    const char *const *names = plan->names;
    const char *bin = pool_printf(demo->pool, "%s%d", plan->bin, iin_control_digit(plan->bin));
    const char *fold = organisation_fold(demo->pool, names[LANG_KK], names[LANG_RU], names[LANG_EN]);
    TRY(db_exec(db, ADD_ORGANISATION,
                DB_VALUES(DB_TEXT(plan->org.uid), DB_INT(plan->territory), DB_TEXT(plan->org.kind), DB_TEXT(bin), DB_TEXT(plan->address)), NULL,
                &plan->org.id));
    TRY(db_exec(db, ADD_ORGANISATION_NAME,
                DB_VALUES(DB_INT(plan->org.id), DB_TEXT(names[LANG_KK]), DB_TEXT(names[LANG_RU]), DB_TEXT(names[LANG_EN]), DB_TEXT(fold)), NULL, NULL));
    for (int year = demo->year - YEARS + 1; year <= demo->year; year++) {
        struct date from = {year, 9, 1}, to = {year + 1, 5, 25};
        TRY(db_exec(db, ADD_YEAR, DB_VALUES(DB_INT(plan->org.id), DB_INT(year), DB_DATE(from), DB_DATE(to)), NULL, NULL));
        TRY(add_periods(demo, &plan->org, year, to));
    }
    return nerr_pass(db_exec(db, ADD_SHIFTS, DB_VALUES(DB_INT(plan->org.id), DB_INT(plan->org.id)), NULL, NULL));
}

/* ---- staff ---- */

static const struct demo_post school_posts[] = {
    {"Директор", "Директор", 1, {"head"}, "head"},
    {"Заместитель директора по учебной работе", "Директордың оқу ісі жөніндегі орынбасары", 1, {"deputy"}, "deputy"},
    {"Заместитель директора по воспитательной работе", "Директордың тәрбие ісі жөніндегі орынбасары", 2, {"deputy"}},
    {"Методист", "Әдіскер", 2, {"administration"}, "administration"},
    {"Специалист отдела кадров", "Кадрлар бөлімінің маманы", 1, {"personnel"}, "personnel"},
    {"Секретарь", "Хатшы", 1, {"secretary"}, "secretary"},
    {"Учитель начальных классов", "Бастауыш сынып мұғалімі", 12, {"teacher"}, .leads = true},
    {"Учитель казахского языка и литературы", "Қазақ тілі мен әдебиеті мұғалімі", 8, {"teacher"}, .leads = true},
    {"Учитель русского языка и литературы", "Орыс тілі мен әдебиеті мұғалімі", 7, {"teacher"}, .leads = true},
    {"Учитель математики", "Математика мұғалімі", 9, {"teacher"}, .leads = true},
    {"Учитель истории", "Тарих мұғалімі", 5, {"teacher"}, .leads = true},
    {"Учитель английского языка", "Ағылшын тілі мұғалімі", 8, {"teacher"}, "teacher"},
    {"Учитель информатики", "Информатика мұғалімі", 4, {"teacher"}},
    {"Учитель физики", "Физика мұғалімі", 4, {"teacher"}},
    {"Учитель химии", "Химия мұғалімі", 3, {"teacher"}},
    {"Учитель биологии", "Биология мұғалімі", 3, {"teacher"}},
    {"Учитель географии", "География мұғалімі", 2, {"teacher"}},
    {"Учитель физической культуры", "Дене шынықтыру мұғалімі", 5, {"teacher"}},
    {"Педагог-психолог", "Педагог-психолог", 1, {NULL}},
    {"Библиотекарь", "Кітапханашы", 1, {NULL}},
    {0},
};
static const struct demo_post college_posts[] = {
    {"Директор", "Директор", 1, {"head"}},
    {"Заместитель директора по учебно-производственной работе", "Директордың оқу-өндірістік ісі жөніндегі орынбасары", 2, {"deputy"}},
    {"Специалист отдела кадров", "Кадрлар бөлімінің маманы", 1, {"personnel"}},
    {"Преподаватель специальных дисциплин", "Арнайы пәндер оқытушысы", 16, {"teacher"}, .leads = true},
    {"Мастер производственного обучения", "Өндірістік оқыту шебері", 16, {"teacher"}, .leads = true},
    {"Преподаватель математики", "Математика оқытушысы", 3, {"teacher"}},
    {0},
};

NEOERR *demo_employees(struct demo *demo, const struct demo_org *org, const struct demo_post *post, struct demo_staff *staff)
{
    for (; post->ru != NULL; post++)
        for (int i = 0; i < post->count; i++) {
            struct demo_person person = {.language = demo_random(demo, 2) == 0 ? LANG_KK : LANG_RU, .sex = demo_random(demo, 4) == 0 ? 'M' : 'F'};
            TRY(demo_employee(demo, org, &person, person.language == LANG_KK ? post->kk : post->ru, post->leads, post->roles));
            if (post->login != NULL && i == 0)
                TRY(demo_login(demo, post->login, &person));
            if (post->roles[0] != NULL && strcmp(post->roles[0], "secretary") == 0)
                demo->secretary = person;
            if (post->leads)
                staff->leaders[staff->count++] = person;
        }
    return STATUS_OK;
}

/* ---- classes ---- */

static const char ADD_CLASS[] =
    "INSERT INTO class (org_id, uid, year, grade, name_kk, name_ru, name_en, language, profile, mark, room, capacity,"
    " entry_year, group_type, places, budget_places, speciality_id, shift_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT s.id FROM shift s WHERE s.org_id = ? AND s.number = ?))";

/* Those who begin and those who have examinations come in the morning. */
static int shift_of(const struct demo_class *class)
{
    static const int second[] = {2, 3, 6, 7};
    for (size_t i = 0; i < sizeof second / sizeof second[0]; i++)
        if (class->speciality == 0 && class->grade == second[i])
            return 2;
    return 1;
}

static const char ADD_HEAD[] =
    "INSERT INTO class_head (org_id, class_id, person_id, duty, valid_from) VALUES (?, ?, ?, ?, ?)";

NEOERR *demo_class(struct demo *demo, const struct demo_org *org, struct demo_class *class)
{
    char uid[CRYPTO_UUID_SIZE];
    bool is_group = class->speciality != 0, is_mixed = class->budget_places < DEMO_GROUP_SIZE;
    const char *profile = is_group ? NULL : class->grade < SENIOR_GRADE ? "general" : "natural-mathematical";
    const char *room = pool_printf(demo->pool, "%d%02d", 1 + class->grade % 4, 1 + (int)demo_random(demo, 24));
    crypto_uuid_from(pool_printf(demo->pool, "%s class %d %d-%s", org->uid, demo->year, class->grade, class->names[LANG_RU]), uid);
    return nerr_pass(db_exec(demo->db, ADD_CLASS,
                             DB_VALUES(DB_INT(org->id), DB_TEXT(uid), DB_INT(demo->year), DB_INT(class->grade), DB_TEXT(class->names[LANG_KK]),
                                       DB_TEXT(class->names[LANG_RU]), DB_TEXT(class->names[LANG_EN]), DB_TEXT(language_codes[class->language]),
                                       DB_TEXT(profile), DB_TEXT(is_group ? NULL : "ordinary"), DB_TEXT(room), DB_ID(is_group ? 0 : CLASS_CAPACITY),
                                       DB_INT(demo->year - class->grade + 1), DB_TEXT(is_group ? is_mixed ? "mixed" : "budget" : NULL),
                                       DB_ID(is_group ? DEMO_GROUP_SIZE : 0), DB_ID(is_group && is_mixed ? class->budget_places : 0),
                                       DB_ID(class->speciality), DB_INT(org->id), DB_INT(shift_of(class))),
                             NULL, &class->id));
}

NEOERR *demo_head(struct demo *demo, const struct demo_org *org, const struct demo_class *class, const struct demo_person *person,
                        const char *duty)
{
    struct date from = {demo->year, 9, 1};
    return nerr_pass(db_exec(demo->db, ADD_HEAD,
                             DB_VALUES(DB_INT(org->id), DB_INT(class->id), DB_INT(person->id), DB_TEXT(duty), DB_DATE(from)), NULL, NULL));
}

/* ---- enrolment ---- */

static const char ADD_ORDER[] =
    "INSERT INTO school_order (org_id, uid, journal, year, number, ordinal, state, kind, dated, summary, recorded_at, recorded_by)"
    " VALUES (?, ?, 'contingent', ?, ?, ?, 'signed', ?, ?, ?, ?, ?)";

int64_t demo_morning(struct demo *demo, struct date day)
{
    int64_t instant = 0;
    clock_parse(pool_printf(demo->pool, "%04d-%02d-%02d 04:30:00.000", day.year, day.month, day.day), &instant);
    return instant;
}

NEOERR *demo_order(struct demo *demo, const struct demo_org *org, const char *kind, struct date dated, const char *summary, int64_t *order)
{
    char uid[CRYPTO_UUID_SIZE];
    int number = ++demo->orders;
    crypto_uuid_from(pool_printf(demo->pool, "%s order %d %d", org->uid, dated.year, number), uid);
    TRY(db_exec(demo->db, ADD_ORDER,
                DB_VALUES(DB_INT(org->id), DB_TEXT(uid), DB_INT(dated.year), DB_TEXT(pool_printf(demo->pool, "%d-у", number)), DB_INT(number),
                          DB_TEXT(kind), DB_DATE(dated), DB_TEXT(summary), DB_TIME(demo_morning(demo, dated)), DB_INT(demo->secretary.account)),
                NULL, order));
    return nerr_pass(demo_scan(demo, org, *order, number, dated, summary));
}

static const char ADD_MOVEMENT[] =
    "INSERT INTO movement (org_id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id, funding)"
    " VALUES (?, ?, ?, 'enrol', ?, ?, ?, ?, ?)";

static NEOERR *enrol(struct demo *demo, const struct demo_org *org, const struct demo_class *class, int64_t pupil, int64_t order, struct date on,
                     const char *funding)
{
    char uid[CRYPTO_UUID_SIZE];
    crypto_uuid_from(pool_printf(demo->pool, "%s enrolment %d", org->uid, demo->people), uid);
    TRY(db_exec(demo->db, ADD_MOVEMENT,
                DB_VALUES(DB_INT(org->id), DB_TEXT(uid), DB_INT(pupil), DB_INT(class->id), DB_DATE(on), DB_TIME(demo_morning(demo, on)),
                          DB_INT(order), DB_TEXT(funding)),
                NULL, NULL));
    return nerr_pass(movement_fold(demo->db, org->id, pupil));
}

/* ---- the school year before ---- */

/* Where the pupils of a class were before they passed into it: that year has its list, too. */
struct before {
    struct demo_class class;
    int64_t entered, passed; /* orders */
};

static const char END_HEAD[] = "UPDATE class_head SET valid_to = ? WHERE org_id = ? AND class_id = ?";

/* The class of the year before with its head, and the two orders. The numbers of orders begin anew in a year. */
static NEOERR *add_before(struct demo *demo, const struct demo_org *org, const struct demo_class *class, const struct demo_person *head, struct before *before)
{
    struct date dated = {demo->year - 1, 8, 25}, passed = {demo->year, 5, 25}, last = {demo->year, 8, 31};
    int orders = demo->orders;
    before->class = *class;
    before->class.grade--;
    demo->year--;
    demo->orders = 0;
    TRY(demo_class(demo, org, &before->class));
    TRY(demo_head(demo, org, &before->class, head, "class-teacher"));
    TRY(db_exec(demo->db, END_HEAD, DB_VALUES(DB_DATE(last), DB_INT(org->id), DB_INT(before->class.id)), NULL, NULL));
    TRY(demo_order(demo, org, "enrol", dated,
                   pool_printf(demo->pool, "О зачислении учащихся в %d-%s класс", before->class.grade, before->class.names[LANG_RU]), &before->entered));
    demo->year++;
    demo->orders = orders;
    return nerr_pass(demo_order(demo, org, "promote", passed, "О переводе на следующий учебный год", &before->passed));
}

static const char ADD_PASSAGE[] =
    "INSERT INTO movement (org_id, uid, pupil_id, kind, from_class_id, to_class_id, effective_on, recorded_at, order_id)"
    " VALUES (?, ?, ?, 'promote', ?, ?, ?, ?, ?)";

static NEOERR *enter_and_pass(struct demo *demo, const struct demo_org *org, const struct before *before, const struct demo_class *class, int64_t pupil)
{
    struct date entered = {demo->year - 1, 9, 1}, recorded = {demo->year, 5, 25}, on = {demo->year, 9, 1};
    char uid[CRYPTO_UUID_SIZE];
    TRY(enrol(demo, org, &before->class, pupil, before->entered, entered, NULL));
    crypto_uuid_from(pool_printf(demo->pool, "%s passage %d", org->uid, demo->people), uid);
    TRY(db_exec(demo->db, ADD_PASSAGE,
                DB_VALUES(DB_INT(org->id), DB_TEXT(uid), DB_INT(pupil), DB_INT(before->class.id), DB_INT(class->id), DB_DATE(on),
                          DB_TIME(demo_morning(demo, recorded)), DB_INT(before->passed)),
                NULL, NULL));
    return nerr_pass(movement_fold(demo->db, org->id, pupil));
}

/* ---- pupils by classes ---- */

struct demo_person demo_new_pupil(struct demo *demo, const struct demo_org *org, int grade, enum language language)
{
    int age = grade + (strcmp(org->kind, "college") == 0 ? 14 : 5);
    struct date last = {demo->year - age, 8, 31};
    return (struct demo_person){.language = language, .sex = demo_random(demo, 2) == 0 ? 'M' : 'F', .born = date_add_days(last, -(int)demo_random(demo, 365))};
}

/* ---- what the files of a class say ---- */

static const char THIRD_OF_CLASS[] = "SELECT id FROM pupil WHERE org_id = ? AND class_id = ? ORDER BY id LIMIT 1 OFFSET 2";
static const char TEACH_AT_HOME[] = "UPDATE pupil SET study_form = 'home' WHERE org_id = ? AND id = ?";
static const char MARK_CLASS[] =
    "UPDATE class SET home_schooled = 1, impairment = 1, capacity = (SELECT COUNT(*) FROM pupil WHERE org_id = ? AND class_id = ?) WHERE org_id = ? AND id = ?";
static const char ADD_NEED[] =
    "INSERT INTO pupil_health (org_id, pupil_id, examined_on, special_need, conclusion) VALUES (?, ?, ?, 'speech', 'Заключение ПМПК № 14')";
static const char ADD_FORMER_HEAD[] =
    "INSERT INTO class_head (org_id, class_id, person_id, duty, valid_from, valid_to) VALUES (?, ?, ?, 'class-teacher', ?, ?)";
static const char LEADS_SINCE[] = "UPDATE class_head SET valid_from = ? WHERE org_id = ? AND class_id = ? AND valid_to IS NULL";

/* One pupil is taught at home and has a need; the class is full, and somebody else has led it for two weeks. */
static NEOERR *mark_class(struct demo *demo, const struct demo_org *org, const struct demo_class *class, const struct demo_person *former)
{
    struct date from = {demo->year, 9, 1}, to = {demo->year, 9, 14}, since = {demo->year, 9, 15};
    struct db_value id = DB_INT(org->id), of = DB_INT(class->id);
    int64_t pupil;
    TRY(db_number(demo->db, THIRD_OF_CLASS, DB_VALUES(id, of), &pupil, NULL));
    TRY(db_exec(demo->db, TEACH_AT_HOME, DB_VALUES(id, DB_INT(pupil)), NULL, NULL));
    TRY(db_exec(demo->db, ADD_NEED, DB_VALUES(id, DB_INT(pupil), DB_DATE(from)), NULL, NULL));
    TRY(db_exec(demo->db, MARK_CLASS, DB_VALUES(id, of, id, of), NULL, NULL));
    TRY(db_exec(demo->db, LEADS_SINCE, DB_VALUES(DB_DATE(since), id, of), NULL, NULL));
    return nerr_pass(db_exec(demo->db, ADD_FORMER_HEAD, DB_VALUES(id, of, DB_INT(former->id), DB_DATE(from), DB_DATE(to)), NULL, NULL));
}

/* A class of pupils by one order, or by those of the year before. In the class of the listed logins the first pupil and the parent have
 * one, and the process that wrote the order is on file. */
static NEOERR *fill_class(struct demo *demo, const struct demo_org *org, const struct demo_class *class, int pupils, const char *role,
                          const struct before *before)
{
    bool is_college = strcmp(org->kind, "college") == 0;
    struct date dated = {demo->year, 8, 25}, on = {demo->year, 9, 1};
    const char *summary = is_college ? pool_printf(demo->pool, "О зачислении студентов в группу %s", class->names[LANG_RU])
                                     : pool_printf(demo->pool, "О зачислении учащихся в %d-%s класс", class->grade, class->names[LANG_RU]);
    int64_t order = 0, pupil;
    if (before == NULL)
        TRY(demo_order(demo, org, "enrol", dated, summary, &order));
    for (int i = 0; i < pupils; i++) {
        struct demo_person person = demo_new_pupil(demo, org, class->grade, class->language), parent;
        TRY(demo_pupil(demo, org, &person, class->grade, &pupil));
        const char *funding = !is_college ? NULL : i < class->budget_places - FREE_PLACES ? "budget" : "paid";
        TRY(before != NULL ? enter_and_pass(demo, org, before, class, pupil) : enrol(demo, org, class, pupil, order, on, funding));
        if (i == 0)
            TRY(demo_records(demo, org, pupil));
        if (i == 0 && role != NULL)
            TRY(demo_login(demo, role, &person));
        if (i % 4 != 0 || (is_college && i != 0))
            continue;
        TRY(demo_parent(demo, org, pupil, &person, &parent));
        if (i == 0 && role != NULL && !is_college)
            TRY(demo_login(demo, "parent", &parent));
    }
    if (role == NULL)
        return STATUS_OK;
    return nerr_pass(demo_done(demo, org, order, demo_morning(demo, dated), summary,
                               pool_printf(demo->pool, "grade=%d&class=%lld&order_number=%d-%%D1%%83&order_date=%04d-%02d-%02d&order_summary=%s",
                                           class->grade, (long long)class->id, demo->orders, dated.year, dated.month, dated.day,
                                           http_escape(demo->pool, summary))));
}

/* ---- those who left ---- */

enum { DEPARTURES = 4 };
struct departures {
    struct {
        int64_t pupil, class;
    } rows[DEPARTURES];
    size_t count;
};

static NEOERR *take_departure(void *data, const struct db_row *row)
{
    struct departures *departures = data;
    departures->rows[departures->count].pupil = db_get_int(row, 0);
    departures->rows[departures->count++].class = db_get_int(row, 1);
    return STATUS_OK;
}

static const char LAST_OF_CLASSES[] =
    "SELECT MAX(id), class_id FROM pupil WHERE org_id = ? AND class_id IS NOT NULL GROUP BY class_id"
    " ORDER BY IF(?, -CAST(class_id AS SIGNED), class_id) LIMIT ?";
static const char ADD_DEPARTURE[] =
    "INSERT INTO movement (org_id, uid, pupil_id, kind, from_class_id, effective_on, recorded_at, order_id, reason, note)"
    " VALUES (?, ?, ?, 'exclude', ?, ?, ?, ?, 'transfer', ?)";

static const char SCHOOL_UID[] = "5b0f7a60-6d65-4b74-9570-000000000060", COLLEGE_UID[] = "5b0f7a60-6d65-4b74-9570-000000000007";
static const char SCHOOL_NAME[] = "Школа-лицей № 60", COLLEGE_NAME[] = "Политехнический колледж № 7";

/* The last pupils of the oldest classes, or of the first group, went to another school on the second day, by one order; the last of them
 * to the other organisation of the demonstration. */
static NEOERR *add_departures(struct demo *demo, const struct demo_org *org, int count, const char *summary, const char *other)
{
    struct date dated = {demo->year, 9, 1}, on = {demo->year, 9, 2};
    struct departures departures = {.count = 0};
    char uid[CRYPTO_UUID_SIZE];
    int64_t order;
    TRY(db_each(demo->db, LAST_OF_CLASSES, DB_VALUES(DB_INT(org->id), DB_INT(strcmp(org->kind, "school") == 0), DB_INT(count)), take_departure,
                &departures));
    TRY(demo_order(demo, org, "exclude", dated, summary, &order));
    for (size_t i = 0; i < departures.count; i++) {
        crypto_uuid_from(pool_printf(demo->pool, "%s departure %zu", org->uid, i), uid);
        TRY(db_exec(demo->db, ADD_DEPARTURE,
                    DB_VALUES(DB_INT(org->id), DB_TEXT(uid), DB_INT(departures.rows[i].pupil), DB_INT(departures.rows[i].class), DB_DATE(on),
                              DB_TIME(demo_morning(demo, on)), DB_INT(order), DB_TEXT(i + 1 < departures.count ? "Школа № 12, Тараз" : other)),
                    NULL, NULL));
        TRY(movement_fold(demo->db, org->id, departures.rows[i].pupil));
    }
    return nerr_pass(demo_departures(demo, org, order, count > 1 ? date_add_days(on, 3) : (struct date){0}));
}

static NEOERR *add_pupils_without_class(struct demo *demo, const struct demo_org *org, int count, int first_grade)
{
    int64_t pupil;
    for (int i = 0; i < count; i++) {
        int grade = first_grade + i % 3;
        struct demo_person person = demo_new_pupil(demo, org, grade, i % 2 == 0 ? LANG_KK : LANG_RU);
        TRY(demo_pupil(demo, org, &person, grade, &pupil));
        if (i == 0)
            TRY(demo_draft(demo, org, pupil, &person, grade));
    }
    TRY(demo_import(demo, org->id));
    return nerr_pass(demo_job(demo, org));
}

/* ---- the school ---- */

static const struct {
    const char *names[LANGUAGES];
    enum language language;
} letters[] = {
    {{"А", "А", "A"}, LANG_KK},
    {{"Б", "Б", "B"}, LANG_RU},
    {{"В", "В", "V"}, LANG_RU},
};
enum { GRADES = 11, LISTED_GRADE = 8, LISTED_LETTER = 1 };

NEOERR *demo_school(struct demo *demo)
{
    struct demo_plan plan = {
        .org = {.kind = "school", .uid = SCHOOL_UID, .street = "Алматы, Абай даңғылы"},
        .names = {"№ 60 мектеп-лицей", SCHOOL_NAME, "School-lyceum No 60"},
        .territory = 75131,
        .bin = "12004000060",
        .address = "Алматы, проспект Абая, 60",
    };
    struct demo_staff *staff = pool_alloc(demo->pool, sizeof *staff);
    struct before before;
    size_t leader = 0;
    demo->orders = 0;
    TRY(demo_organisation(demo, &plan));
    TRY(demo_employees(demo, &plan.org, school_posts, staff));
    for (int grade = 1; grade <= GRADES; grade++)
        for (int letter = 0; letter < (grade < 10 ? 3 : 2); letter++) {
            bool is_listed = grade == LISTED_GRADE && letter == LISTED_LETTER;
            struct demo_class class = {.grade = grade, .language = letters[letter].language};
            memcpy(class.names, letters[letter].names, sizeof class.names);
            TRY(demo_class(demo, &plan.org, &class));
            TRY(demo_head(demo, &plan.org, &class, &staff->leaders[leader], "class-teacher"));
            if (is_listed)
                TRY(demo_login(demo, "class-teacher", &staff->leaders[leader]));
            bool was_there = grade == LISTED_GRADE && letter == LISTED_LETTER - 1;
            if (was_there)
                TRY(add_before(demo, &plan.org, &class, &staff->leaders[leader], &before));
            TRY(fill_class(demo, &plan.org, &class, 32 + (int)demo_random(demo, 4), is_listed ? "pupil" : NULL, was_there ? &before : NULL));
            if (is_listed)
                TRY(mark_class(demo, &plan.org, &class, &staff->leaders[leader - 1]));
            leader++;
        }
    TRY(add_departures(demo, &plan.org, DEPARTURES, "Об исключении в связи с переводом в другую школу", COLLEGE_NAME));
    return nerr_pass(add_pupils_without_class(demo, &plan.org, 9, 7));
}

/* ---- the college ---- */

static const struct {
    const char *code; /* of the groups: "ПО-26-1" */
    const char *code_en;
    const char *number, *names[LANGUAGES], *qualification;
    int budget_places;
    enum language language;
} specialities[] = {
    {"ПО", "SW", "06130100", {"Бағдарламалық қамтамасыз ету", "Программное обеспечение", "Software engineering"}, "4S06130105 Техник-программист",
     DEMO_GROUP_SIZE, LANG_RU},
    {"ЭҚ", "EL", "07130700", {"Электр механикалық жабдықтар", "Электромеханическое оборудование", "Electromechanical equipment"}, "4S07130704 Электромеханик",
     DEMO_GROUP_SIZE, LANG_KK},
    {"БУ", "AC", "04110100", {"Есеп және аудит", "Учёт и аудит", "Accounting and audit"}, "4S04110102 Бухгалтер", 15, LANG_RU},
    {"ТТ", "CT", "07210300", {"Тамақтандыру өндірісінің технологиясы", "Технология производства продуктов питания", "Food technology"},
     "4S07210303 Техник-технолог", 20, LANG_KK},
};
enum { COURSES = 4, SPECIALITIES = sizeof specialities / sizeof *specialities };

NEOERR *demo_college(struct demo *demo)
{
    struct demo_plan plan = {
        .org = {.kind = "college", .uid = COLLEGE_UID, .street = "Алматы, улица Сатпаева"},
        .names = {"№ 7 политехникалық колледж", COLLEGE_NAME, "Polytechnic college No 7"},
        .territory = 75131,
        .bin = "12004000007",
        .address = "Алматы, улица Сатпаева, 7",
    };
    struct demo_staff *staff = pool_alloc(demo->pool, sizeof *staff);
    int64_t ids[SPECIALITIES];
    size_t leader = 0;
    demo->orders = 0;
    TRY(demo_organisation(demo, &plan));
    TRY(demo_employees(demo, &plan.org, college_posts, staff));
    TRY(demo_role(demo, &demo->secretary, "secretary", plan.org.id, 0));
    for (int i = 0; i < SPECIALITIES; i++)
        TRY(demo_speciality(demo, &plan.org, specialities[i].number, specialities[i].names, specialities[i].qualification, &ids[i]));
    for (int course = 1; course <= COURSES; course++)
        for (int i = 0; i < SPECIALITIES; i++, leader++) {
            bool is_listed = course == 2 && i == 0;
            const struct demo_person *curator = &staff->leaders[leader], *master = &staff->leaders[leader + COURSES * SPECIALITIES];
            int entered = (demo->year - course + 1) % 100;
            const char *name = pool_printf(demo->pool, "%s-%d", specialities[i].code, entered);
            struct demo_class group = {.grade = course, .language = specialities[i].language, .speciality = ids[i],
                                       .budget_places = specialities[i].budget_places,
                                       .names = {name, name, pool_printf(demo->pool, "%s-%d", specialities[i].code_en, entered)}};
            TRY(demo_class(demo, &plan.org, &group));
            TRY(demo_head(demo, &plan.org, &group, curator, "curator"));
            TRY(demo_head(demo, &plan.org, &group, master, "master"));
            if (is_listed) {
                TRY(demo_login(demo, "curator", curator));
                TRY(demo_login(demo, "master", master));
            }
            TRY(fill_class(demo, &plan.org, &group, DEMO_GROUP_SIZE - FREE_PLACES, is_listed ? "student" : NULL, NULL));
        }
    TRY(demo_college_life(demo, &plan.org));
    TRY(add_departures(demo, &plan.org, 1, "Об отчислении в связи с переводом", SCHOOL_NAME));
    TRY(demo_handover(demo, COLLEGE_UID, SCHOOL_UID));
    TRY(demo_handover(demo, SCHOOL_UID, COLLEGE_UID));
    return nerr_pass(add_pupils_without_class(demo, &plan.org, 4, 1));
}
