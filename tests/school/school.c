/* school.c: see school.h. */
#include "school.h"

#include "app/app.h"
#include "base/crypto.h"
#include "base/iin.h"
#include "base/log.h"
#include "base/name.h"
#include "base/text.h"
#include "engine/area.h"
#include "engine/auth.h"
#include "engine/document.h"
#include "school/areas.h"
#include "school/pupils/movement.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static struct worker worker;
static struct config config;
static int64_t asking; /* account, 0 = nobody */

/* ---- people ---- */

enum { DISTRICT = 75131, REGION = 75000 }; /* of the register of territories */

/* Person and account have the number of the row, from 1. */
static const struct person_row {
    const char *role;
    int64_t org, territory; /* of the grant; 0 and 0 = of the installation */
    enum { OFFICIAL, EMPLOYEE, LEADER, PARENT, LEARNER } is; /* the roles of the last three follow from other rows */
} people[] = {
    {"administrator", 0, 0, OFFICIAL},      {"republic", 0, 0, OFFICIAL},         {"region", 0, REGION, OFFICIAL},
    {"district", 0, DISTRICT, OFFICIAL},    {"head", SCHOOL, 0, EMPLOYEE},        {"deputy", SCHOOL, 0, EMPLOYEE},
    {"administration", SCHOOL, 0, EMPLOYEE}, {"personnel", SCHOOL, 0, EMPLOYEE},  {"secretary", SCHOOL, 0, EMPLOYEE},
    {"teacher", SCHOOL, 0, EMPLOYEE},       {"class-teacher", SCHOOL, 0, LEADER}, {"pupil", SCHOOL, 0, LEARNER},
    {"parent", SCHOOL, 0, PARENT},          {"head", COLLEGE, 0, EMPLOYEE},       {"secretary", COLLEGE, 0, EMPLOYEE},
    {"curator", COLLEGE, 0, LEADER},        {"master", COLLEGE, 0, LEADER},       {"student", COLLEGE, 0, LEARNER},
    {"head", STRANGE, 0, EMPLOYEE},         {"strange", STRANGE, 0, LEARNER},
};
enum { PEOPLE = sizeof people / sizeof *people, FIRST_NEW_PERSON = PEOPLE + 1 };

int64_t school_person(const char *role, int64_t org)
{
    for (size_t i = 0; i < PEOPLE; i++)
        if (strcmp(people[i].role, role) == 0 && (people[i].org == org || people[i].org == 0))
            return (int64_t)i + 1;
    ck_abort_msg("nobody is %s in %lld", role, (long long)org);
    return 0;
}

static const char *token_of(int64_t account)
{
    return pool_printf(fixture_pool(), "token%038lld", (long long)account);
}

static const char *csrf_of(int64_t account)
{
    return pool_printf(fixture_pool(), "csrf%039lld", (long long)account);
}

void sign_in(const char *role, int64_t org)
{
    asking = school_person(role, org);
}

void sign_out(void)
{
    asking = 0;
}

struct worker *school_worker(void)
{
    return &worker;
}

/* ---- the database ---- */

static const char *written(const char *format, va_list args)
{
    return pool_vprintf(fixture_pool(), format, args);
}

void run_sql(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fixture_ok(db_exec(fixture_schema_db(), written(format, args), DB_NO_VALUES, NULL, NULL));
    va_end(args);
}

int64_t count_of(const char *format, ...)
{
    va_list args;
    int64_t number;
    va_start(args, format);
    fixture_ok(db_number(fixture_schema_db(), written(format, args), DB_NO_VALUES, &number, NULL));
    va_end(args);
    return number;
}

const char *text_of(const char *format, ...)
{
    va_list args;
    char *text;
    va_start(args, format);
    fixture_ok(db_string(fixture_schema_db(), fixture_pool(), written(format, args), DB_NO_VALUES, &text));
    va_end(args);
    return text != NULL ? text : "";
}

void speak(const char *language)
{
    run_sql("UPDATE account SET language = '%s'", language);
}

static const char *const kept_tables[] = {
    "person", "account", "role_grant", "activation_slip", "form_key", "file", "process", "process_row", "process_event", "audit",
    "audit_field", "job", "setting_value", "feedback", "organisation", "organisation_name", "territory", "territory_name", "school_year", "period", "shift",
    "school_order", "order_scan", "class", "class_head", "pupil", "pupil_document", "pupil_social", "pupil_health",
    "pupil_achievement", "paper", "application", "meal", "correction", "departure", "arriving", "kinship", "movement", "membership", "employee",
};

const char *rows_stored(void)
{
    const char *sql = "SELECT CONCAT_WS(' '";
    for (size_t i = 0; i < sizeof kept_tables / sizeof *kept_tables; i++)
        sql = pool_printf(fixture_pool(), "%s, CONCAT('%s=', (SELECT COUNT(*) FROM %s))", sql, kept_tables[i], kept_tables[i]);
    return text_of("%s)", sql);
}

const char *iin_of(const char *eleven)
{
    return pool_printf(fixture_pool(), "%s%d", eleven, iin_control_digit(eleven));
}

int kept_count(const char *name)
{
    char line[100], *number;
    FILE *counts = fopen(SOURCE_DIR "/tests/counts", "re");
    ck_assert_ptr_nonnull(counts);
    int count = -1;
    while (fgets(line, sizeof line, counts) != NULL)
        if ((number = strchr(line, ' ')) != NULL && strncmp(line, name, strlen(name)) == 0 && line[strlen(name)] == ' ')
            count = atoi(number);
    fclose(counts);
    ck_assert_int_ge(count, 0);
    return count;
}

/* ---- the three organisations ---- */

static const char *const organisations[] = {
    "INSERT INTO organisation (id, uid, territory_id, kind, bin, languages) VALUES (1, 'o1', 75131, 'school', NULL, 'kk,ru'),"
    " (2, 'o2', 75131, 'college', NULL, 'ru'),"
    " (3, 'o3', (SELECT MIN(id) FROM territory WHERE level = 2 AND parent_id <> 75000), 'school', NULL, 'ru')",
    "INSERT INTO organisation_name (organisation_id, valid_from, name_kk, name_ru, name_en, fold_key) VALUES"
    " (1, '2000-01-01', '№ 60 мектеп', 'Школа № 60', 'School No 60', 'школа'),"
    " (2, '2000-01-01', '№ 7 колледж', 'Колледж № 7', 'College No 7', 'колледж'),"
    " (3, '2000-01-01', '" STRANGE_WORDS "1', '" STRANGE_WORDS "1', '" STRANGE_WORDS "1', 'чужедалн')",
    "INSERT INTO school_year (org_id, year, starts_on, ends_on) SELECT id, 2026, '2026-09-01', '2027-05-25' FROM organisation",
    "INSERT INTO class (org_id, id, uid, year, grade, name_kk, name_ru, name_en, language, capacity, group_type) VALUES"
    " (1, 1, 'c1', 2026, 10, 'А', 'А', 'A', 'ru', NULL, NULL), (1, 2, 'c2', 2026, 10, 'Б', 'Б', 'B', 'ru', 1, NULL),"
    " (1, 3, 'c3', 2026, 9, 'А', 'А', 'A', 'ru', NULL, NULL), (2, 4, 'c4', 2026, 1, 'ПО-26', 'ПО-26', 'SW-26', 'ru', NULL, 'budget'),"
    " (3, 5, 'c5', 2026, 10, '" STRANGE_WORDS "2', '" STRANGE_WORDS "2', '" STRANGE_WORDS "2', 'ru', NULL, NULL)",
};

/* What needs people and pupils. */
static const char *const contingents[] = {
    "INSERT INTO class_head (org_id, class_id, person_id, duty, valid_from) VALUES (1, 1, 11, 'class-teacher', '2026-09-01'),"
    " (2, 4, 16, 'curator', '2026-09-01'), (2, 4, 17, 'master', '2026-09-01')",
    "INSERT INTO school_order (org_id, id, uid, journal, year, number, ordinal, state, kind, dated, summary, recorded_at) VALUES"
    " (1, 1, 'r1', 'contingent', 2026, '6-у', 6, 'signed', 'enrol', '2026-08-25', 'О зачислении', '2026-08-25'),"
    " (3, 2, 'r2', 'contingent', 2026, '7-у', 7, 'signed', 'enrol', '2026-08-25', '" STRANGE_WORDS "3', '2026-08-25')",
    "INSERT INTO movement (org_id, id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id) VALUES"
    " (1, 1, 'm1', 1, 'enrol', 1, '2026-09-01', '2026-08-25', 1), (3, 2, 'm2', 6, 'enrol', 5, '2026-09-01', '2026-08-25', 2)",
    "INSERT INTO kinship (org_id, id, pupil_id, person_id, degree) VALUES (1, 1, 1, 13, 'mother')",
    "INSERT INTO file (org_id, id, purpose, state, name, mime, size, sha256, made_at) VALUES"
    " (3, 900, 'scan', 'clean', '" STRANGE_WORDS "4.pdf', 'application/pdf', 10, REPEAT('a', 64), '2026-08-25')",
};

/* Files of pupils: the person's number among the people, or a new one. */
static const struct {
    int64_t org;
    const char *role; /* NULL = a person of nobody's role */
    const char *surname, *given, *patronymic, *born, *eleven; /* of the IIN, without the control digit */
    char sex;
    int grade;
} pupils[] = {
    {SCHOOL, "pupil", "Сейітов", "Айдар", "Маратұлы", "2010-05-27", "10052750001", 'M', 10},
    {SCHOOL, NULL, "Ерғалиев", "Санжар", "", "2010-03-11", NULL, 'M', 10},
    {SCHOOL, NULL, "Ким", "Анна", "Сергеевна", "2010-11-02", NULL, 'F', 10},
    {SCHOOL, NULL, "Әбенова", "Дана", "", "2011-01-15", NULL, 'F', 9},
    {COLLEGE, "student", "Жаңабаев", "Ерлан", "", "2008-02-20", NULL, 'M', 1},
    {STRANGE, "strange", STRANGE_WORDS "5", STRANGE_WORDS "6", "", "2010-07-07", NULL, 'M', 10},
};

static const char ADD_PERSON[] =
    "INSERT INTO person (id, uid, login, iin, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)";
static const char ADD_ACCOUNT[] = "INSERT INTO account (id, person_id, language, made_at) VALUES (?, ?, 'en', '2026-01-01')";

static void add_person(int64_t id, const char *surname, const char *given, const char *patronymic, const char *born, const char *iin, char sex)
{
    struct pool *pool = fixture_pool();
    const char *fold = text_fold(pool, name_full(pool, surname, given, patronymic)), sex_text[2] = {sex, '\0'};
    fixture_ok(db_exec(fixture_schema_db(), ADD_PERSON,
                       DB_VALUES(DB_INT(id), DB_TEXT(pool_printf(pool, "p%lld", (long long)id)),
                                 DB_TEXT(pool_printf(pool, "%012lld", 400000LL + (long long)id)), DB_TEXT(iin), DB_TEXT(surname), DB_TEXT(given),
                                 DB_TEXT(patronymic), DB_TEXT(born), DB_TEXT(sex_text), DB_TEXT(fold), DB_TEXT(fold)),
                       NULL, NULL));
    fixture_ok(db_exec(fixture_schema_db(), ADD_ACCOUNT, DB_VALUES(DB_INT(id), DB_INT(id)), NULL, NULL));
}

static const char GRANT[] = "INSERT INTO role_grant (person_id, role, org_id, territory_id, valid_from, granted_at) VALUES (?, ?, ?, ?, '2020-01-01', '2020-01-01')";
static const char EMPLOY[] =
    "INSERT INTO employee (org_id, id, uid, person_id, surname, given, sort_key, fold_key, key_version, position, may_lead_class, hired_on)"
    " SELECT ?, id, uid, id, surname, given, sort_key, fold_key, 1, ?, ?, '2020-08-01' FROM person WHERE id = ?";
static const char OPEN_SESSION[] =
    "INSERT INTO session (id, token_hash, account_id, csrf, made_at, seen_at, address) VALUES (?, ?, ?, ?, ?, ?, '127.0.0.1')";

static void open_session(int64_t account)
{
    unsigned char hash[CRYPTO_HASH_BYTES];
    const char *token = token_of(account);
    crypto_sha256(token, strlen(token), hash);
    fixture_ok(db_exec(fixture_schema_db(), OPEN_SESSION,
                       DB_VALUES(DB_INT(account), DB_BYTES(hash, sizeof hash), DB_INT(account), DB_TEXT(csrf_of(account)), DB_TIME(clock_now()),
                                 DB_TIME(clock_now())),
                       NULL, NULL));
}

static bool may_lead(const struct person_row *row)
{
    return row->is == LEADER || row->org == COLLEGE || strcmp(row->role, "teacher") == 0;
}

static void add_role_holder(const struct person_row *row, int64_t id)
{
    const char *given = row->org == STRANGE ? STRANGE_WORDS "7" : row->role;
    add_person(id, row->org == STRANGE ? STRANGE_WORDS "8" : "Служащая", given, "", "1980-01-01", NULL, 'F');
    if (row->is == OFFICIAL || row->is == EMPLOYEE)
        fixture_ok(db_exec(fixture_schema_db(), GRANT, DB_VALUES(DB_INT(id), DB_TEXT(row->role), DB_ID(row->org), DB_ID(row->territory)), NULL, NULL));
    if (row->is == EMPLOYEE || row->is == LEADER)
        fixture_ok(db_exec(fixture_schema_db(), EMPLOY, DB_VALUES(DB_INT(row->org), DB_TEXT(row->role), DB_INT(may_lead(row)), DB_INT(id)), NULL, NULL));
}

static const char ADD_PUPIL[] =
    "INSERT INTO pupil (org_id, id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, grade, no_iin_reason,"
    " registered_at)"
    " SELECT ?, ?, ?, id, surname, given, patronymic, born_on, sex, sort_key, fold_key, 1, ?, IF(iin IS NULL, 'applied', NULL), '2026-08-20'"
    " FROM person WHERE id = ?";

static void add_pupil(size_t i)
{
    int64_t id = (int64_t)i + 1, person = pupils[i].role != NULL ? school_person(pupils[i].role, pupils[i].org) : FIRST_NEW_PERSON + (int64_t)i;
    const char *iin = pupils[i].eleven != NULL ? iin_of(pupils[i].eleven) : NULL;
    add_person(person, pupils[i].surname, pupils[i].given, pupils[i].patronymic, pupils[i].born, iin, pupils[i].sex);
    fixture_ok(db_exec(fixture_schema_db(), ADD_PUPIL,
                       DB_VALUES(DB_INT(pupils[i].org), DB_INT(id), DB_TEXT(path_of("u%zu", i)), DB_INT(pupils[i].grade), DB_INT(person)), NULL, NULL));
}

static void fill_database(void)
{
    for (size_t i = 0; i < sizeof organisations / sizeof *organisations; i++)
        run_sql("%s", organisations[i]);
    for (size_t i = 0; i < PEOPLE; i++)
        if (people[i].is != LEARNER)
            add_role_holder(&people[i], (int64_t)i + 1);
    for (size_t i = 0; i < sizeof pupils / sizeof *pupils; i++)
        add_pupil(i);
    for (size_t i = 0; i < sizeof contingents / sizeof *contingents; i++)
        run_sql("%s", contingents[i]);
    for (int64_t i = 1; i <= PEOPLE; i++)
        open_session(i);
    fixture_ok(movement_fold_all(fixture_schema_db(), SCHOOL));
    fixture_ok(movement_fold_all(fixture_schema_db(), STRANGE));
}

static const char *const students[] = {
    "INSERT INTO speciality (org_id, id, code, name_kk, name_ru, name_en) VALUES (2, 1, '06130100', 'БҚ', 'ПО', 'SW'), (2, 2, '07130700', 'ЭМ', 'ЭМ', 'EM')",
    "UPDATE class SET places = 2, speciality_id = 1 WHERE id = 4",
    "INSERT INTO class (org_id, id, uid, year, grade, name_kk, name_ru, name_en, group_type, places, budget_places, speciality_id)"
    " VALUES (2, 60, 'c60', 2026, 2, 'ЭМ-25', 'ЭМ-25', 'EM-25', 'mixed', 25, 3, 2)",
    "INSERT INTO school_order (org_id, id, uid, journal, year, number, ordinal, state, kind, dated, summary, recorded_at)"
    " VALUES (2, 60, 'r60', 'contingent', 2026, '1-у', 1, 'signed', 'enrol', '2026-08-25', 'О зачислении', '2026-08-25')",
    "INSERT INTO person (id, uid, login, surname, given, sort_key, fold_key, key_version) VALUES (70, 'p70', '000000400070', 'Платнова', 'Инна', '', '', 1)",
    "INSERT INTO pupil (org_id, id, uid, person_id, surname, given, born_on, sort_key, fold_key, key_version, grade, registered_at)"
    " VALUES (2, 70, 'u70', 70, 'Платнова', 'Инна', '2008-01-01', '', '', 1, 2, '2026-08-01')",
    "INSERT INTO movement (org_id, id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id, funding)"
    " VALUES (2, 60, 'm60', 5, 'enrol', 4, '2026-09-01', '2026-08-25', 60, 'budget'), (2, 61, 'm61', 70, 'enrol', 60, '2026-09-01', '2026-08-25', 60, 'paid')",
};

void add_students(void)
{
    for (size_t i = 0; i < sizeof students / sizeof *students; i++)
        run_sql("%s", students[i]);
    fixture_ok(movement_fold_all(fixture_db(), COLLEGE));
}

void add_order_to_cancel(void)
{
    run_sql("INSERT IGNORE INTO school_order (org_id, id, uid, journal, year, number, ordinal, state, kind, dated, recorded_at) VALUES"
            " (1, %d, 'r70', 'contingent', 2026, '3-у', 3, 'signed', 'enrol', '2026-08-25', '2026-08-25')", ORDER_TO_CANCEL);
    run_sql("INSERT IGNORE INTO movement (org_id, id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id) VALUES"
            " (1, 70, 'm70', %d, 'enrol', %d, '2026-09-01', '2026-08-25', %d)", YOUNGER_PUPIL, CLASS_9A, ORDER_TO_CANCEL);
    fixture_ok(movement_fold_all(fixture_schema_db(), SCHOOL));
}

void add_arriving_pupil(void)
{
    run_sql("INSERT IGNORE INTO person (id, uid, login, surname, given, born_on, sex, sort_key, fold_key, key_version)"
            " VALUES (60, 'p60', '000000400060', 'Бекова', 'Айша', '2010-03-03', 'F', 'бекова', 'бекова айша', 1)");
    run_sql("INSERT IGNORE INTO pupil (org_id, id, uid, person_id, surname, given, born_on, sex, sort_key, fold_key, key_version, grade, registered_at, standing)"
            " SELECT 3, 60, 'u60', id, surname, given, born_on, sex, sort_key, fold_key, 1, 10, '2026-08-20', 'left' FROM person WHERE id = 60");
    run_sql("INSERT IGNORE INTO departure (org_id, id, pupil_id, order_id, year, number, left_on, class, to_org_id, to_org_uid, to_name)"
            " VALUES (3, 60, 60, 2, 2026, 1, '2026-09-20', '10|А|А|A', 1, 'o1', '№ 60 мектеп|Школа № 60|School No 60')");
    run_sql("INSERT IGNORE INTO arriving (org_id, id, from_org_id, from_pupil_id, departure_id, person_id, surname, given, born_on, sort_key, fold_key, key_version,"
            " from_name, from_kind, class, left_on, order_number, order_dated, made_at)"
            " SELECT 1, %d, 3, 60, 60, id, surname, given, born_on, sort_key, fold_key, 1, 'A|A|A', 'school', '10|А|А|A', '2026-09-20', '7-у', '2026-09-19', '2026-09-19'"
            " FROM person WHERE id = 60", ARRIVING_PUPIL);
}

static void begin(void)
{
    log_set_level(LOG_LEVEL_ERROR);
    fixture_ok(clock_set_today("2026-10-05"));
    fixture_ok(registers_init(areas));
    fixture_ok(doc_init());
    config = *fixture_config();
    config.static_dir = SOURCE_DIR "/tests/app/data/static";
    fixture_ok(worker_init(&worker, &config));
    sign_out();
    fill_database();
}

static void end(void)
{
    worker_release(&worker);
    clock_shift(0);
}

void school_add(TCase *tcase)
{
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_set_timeout(tcase, 120);
}

/* ---- asking ---- */

struct body {
    const char *bytes;
    size_t left;
};

static NEOERR *read_body(void *transport, char *buffer, size_t size, size_t *got)
{
    struct body *body = transport;
    *got = body->left < size ? body->left : size;
    memcpy(buffer, body->bytes, *got);
    body->bytes += *got;
    body->left -= *got;
    return STATUS_OK;
}

static struct answer ask(struct http_request request, const char *bytes, size_t length)
{
    struct body body = {bytes, length};
    struct http_response response;
    struct answer answer = {.location = ""};
    struct pool *pool = fixture_pool();
    request.read = read_body;
    request.transport = &body;
    request.content_length = length;
    request.cookies = asking == 0 ? "" : pool_printf(pool, "%s=%s", auth_cookie_name(&config), token_of(asking));
    request.remote_address = "127.0.0.1";
    request.user_agent = request.if_none_match = "";
    request.accept_language = "en";
    http_response_init(&response);
    app_handle(&worker, pool, &request, &response);
    answer.status = response.status;
    answer.body = response.body.buf == NULL ? "" : pool_strndup(pool, response.body.buf, (size_t)response.body.len);
    for (const struct http_header *header = response.headers; header != NULL; header = header->next)
        if (strcmp(header->name, "Location") == 0)
            answer.location = header->value;
    http_response_release(&response);
    return answer;
}

const char *path_of(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *path = written(format, args);
    va_end(args);
    return path;
}

struct answer get(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *path = pool_vprintf(fixture_pool(), format, args), *query = strchr(path, '?');
    va_end(args);
    if (query != NULL)
        *query++ = '\0';
    return ask((struct http_request){.method = HTTP_GET, .path = path, .query = query != NULL ? query : "", .content_type = ""}, "", 0);
}

static const struct sent *find_sent(const struct sent *fields, const char *name)
{
    for (; fields->name != NULL; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields;
    return NULL;
}

static size_t count_sent(const struct sent *fields)
{
    size_t count = 0;
    while (fields[count].name != NULL)
        count++;
    return count;
}

const struct sent *sent_with(const struct sent *fields, const char *name, const char *value)
{
    size_t count = count_sent(fields), kept = 0;
    struct sent *changed = pool_alloc(fixture_pool(), (count + 2) * sizeof *changed);
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].name, name) != 0)
            changed[kept++] = fields[i];
    if (value != NULL)
        changed[kept] = (struct sent){name, value, NULL, 0};
    return changed;
}

static const struct sent *with_keys(const struct sent *fields)
{
    char key[CRYPTO_UUID_SIZE];
    crypto_uuid(key);
    if (find_sent(fields, "form_key") == NULL)
        fields = sent_with(fields, "form_key", pool_strdup(fixture_pool(), key));
    if (find_sent(fields, "csrf") == NULL)
        fields = sent_with(fields, "csrf", csrf_of(asking));
    return fields;
}

#define BOUNDARY "----------------------------mektep"

/* Every byte of a value but the plainest goes as %XX, so that a test can send what is no UTF-8. */
static void add_urlencoded(STRING *out, const struct sent *field)
{
    fixture_ok(string_appendf(out, "%s%s=", out->len > 0 ? "&" : "", field->name));
    for (const unsigned char *byte = (const unsigned char *)field->value; *byte != '\0'; byte++)
        fixture_ok(string_appendf(out, "%%%02X", *byte));
}

static void add_part(STRING *out, const struct sent *field)
{
    fixture_ok(string_appendf(out, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"", field->name));
    if (field->filename != NULL)
        fixture_ok(string_appendf(out, "; filename=\"%s\"\r\nContent-Type: application/octet-stream", field->filename));
    fixture_ok(string_append(out, "\r\n\r\n"));
    fixture_ok(string_appendn(out, field->value, (int)(field->filename != NULL ? field->length : strlen(field->value))));
    fixture_ok(string_append(out, "\r\n"));
}

static bool has_file(const struct sent *fields)
{
    for (; fields->name != NULL; fields++)
        if (fields->filename != NULL)
            return true;
    return false;
}

static struct answer send_fields(const char *path, const struct sent *fields, bool multipart)
{
    STRING body;
    const char *type = multipart ? "multipart/form-data; boundary=" BOUNDARY : "application/x-www-form-urlencoded";
    string_init(&body);
    for (const struct sent *field = with_keys(fields); field->name != NULL; field++)
        multipart ? add_part(&body, field) : add_urlencoded(&body, field);
    if (multipart)
        fixture_ok(string_append(&body, "--" BOUNDARY "--\r\n"));
    struct answer answer = ask((struct http_request){.method = HTTP_POST, .path = path, .query = "", .content_type = type}, body.buf, (size_t)body.len);
    string_clear(&body);
    return answer;
}

struct answer post(const char *path, const struct sent *fields)
{
    return send_fields(path, fields, has_file(fields));
}

struct answer post_multipart(const char *path, const struct sent *fields)
{
    return send_fields(path, fields, true);
}

static char *text_between(const char *text, const char *from, const char *to)
{
    const char *start = strstr(text, from);
    if (start == NULL)
        return pool_strdup(fixture_pool(), "");
    start += strlen(from);
    const char *stop = strstr(start, to);
    return pool_strndup(fixture_pool(), start, stop != NULL ? (size_t)(stop - start) : strlen(start));
}

static const struct {
    const char *escaped, plain;
} escapes[] = {{"&#39;", '\''}, {"&quot;", '"'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}};

static const char *unescaped(char *text)
{
    char *out = text;
    for (const char *from = text; *from != '\0'; out++) {
        size_t i = 0, count = sizeof escapes / sizeof *escapes;
        while (i < count && strncmp(from, escapes[i].escaped, strlen(escapes[i].escaped)) != 0)
            i++;
        *out = i < count ? escapes[i].plain : *from;
        from += i < count ? strlen(escapes[i].escaped) : 1;
    }
    *out = '\0';
    return text;
}

const char *error_at(struct answer answer, const char *name)
{
    if (*name == '\0')
        return unescaped(text_between(answer.body, "id=\"summary\"", "</div>"));
    return unescaped(text_between(answer.body, path_of("id=\"field-%s-error\">", name), "</p>"));
}

const char *page_words(const char *page)
{
    return unescaped(pool_strdup(fixture_pool(), page));
}

const char *main_of(const char *page)
{
    const char *start = strstr(page, "<main");
    if (start == NULL)
        start = page;
    return pool_strndup(fixture_pool(), start, strnlen(start, 2500));
}

struct answer post_again(const char *path, const struct sent *fields)
{
    struct answer answer = post(path, fields);
    ck_assert_status(answer, 200);
    return post(path, sent_with(fields, "warned", unescaped(text_between(answer.body, "name=\"warned\" value=\"", "\""))));
}

/* ---- scans and orders ---- */

const char TINY_PDF[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const char TINY_PNG[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9c" "c\0\1\0\0\5\0\1\r\n-\xb4\0\0\0\0IEND\xae" "B`\x82";
const size_t TINY_PNG_SIZE = sizeof TINY_PNG - 1;

static const char ADD_FILE[] =
    "INSERT INTO file (org_id, purpose, state, name, mime, size, sha256, made_at, made_by) VALUES (?, 'scan', 'clean', 'prikaz.pdf', 'application/pdf', 9, ?, '2026-10-01', ?)";

const char *clean_scan(int64_t org)
{
    int64_t id;
    fixture_ok(db_exec(fixture_schema_db(), ADD_FILE, DB_VALUES(DB_INT(org), DB_TEXT("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"), DB_ID(asking)),
                       NULL, &id));
    return pool_printf(fixture_pool(), "%lld", (long long)id);
}

const struct sent *enrolment(int64_t class)
{
    static struct sent fields[12];
    size_t i = 0;
    fields[i++] = (struct sent){"action", "submit", NULL, 0};
    fields[i++] = (struct sent){"grade", class == CLASS_9A ? "9" : class == GROUP ? "1" : "10", NULL, 0};
    fields[i++] = (struct sent){"class", path_of("%lld", (long long)class), NULL, 0};
    fields[i++] = (struct sent){"order_scan", clean_scan(class == GROUP ? COLLEGE : SCHOOL), NULL, 0};
    fields[i++] = (struct sent){"order_number", "7-у", NULL, 0};
    fields[i++] = (struct sent){"order_date", "01.10.2026", NULL, 0};
    fields[i++] = (struct sent){"order_summary", "О зачислении", NULL, 0};
    fields[i] = (struct sent){0};
    return fields;
}

const char *process_of(struct answer answer)
{
    const char *address = strstr(answer.location, "/processes/");
    ck_assert_msg(address != NULL, "%d does not lead to a process: %s %s", answer.status, answer.location, answer.body);
    return pool_strndup(fixture_pool(), answer.location, strcspn(answer.location, "?"));
}
