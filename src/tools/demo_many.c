/* demo_many.c: schools beside the demonstration's own, for trying mektep at the size of a region: a few statements fill a school. */
#include "tools/demo.h"

#include "base/crypto.h"
#include "base/iin.h"
#include "base/text.h"
#include "school/people/person.h"

#include <string.h>

enum {
    FIRST_NUMBER = 1000, /* of a school's name: the demonstration's own is No 60 */
    CLASS_SIZE = 25,
    GRADES = 11,
};

/* ---- the school, its staff and classes ---- */

static const struct demo_post posts[] = {
    {"Директор", "Директор", 1, {"head"}},
    {"Секретарь", "Хатшы", 1, {"secretary"}},
    {"Учитель начальных классов", "Бастауыш сынып мұғалімі", 4, {"teacher"}, .leads = true},
    {"Учитель математики", "Математика мұғалімі", 4, {"teacher"}, .leads = true},
    {0},
};

static const char *const letters[][2] = {
    {"А", "A"}, {"Б", "B"}, {"В", "V"}, {"Г", "G"}, {"Д", "D"}, {"Е", "E"}, {"Ж", "Zh"}, {"З", "Z"}, {"И", "I"}, {"К", "K"},
    {"Л", "L"}, {"М", "M"}, {"Н", "N"}, {"О", "O"}, {"П", "P"}, {"Р", "R"}, {"С", "S"}, {"Т", "T"}, {"У", "U"}, {"Ф", "F"},
};
enum { CLASSES_MAX = GRADES * sizeof letters / sizeof *letters };
_Static_assert(CLASSES_MAX * CLASS_SIZE >= DEMO_PUPILS_A_SCHOOL_MAX, "a letter for each class");

/* Some numbers have no control digit: then one of another series. */
static const char *make_bin(struct demo *demo, int number)
{
    const char *eleven;
    int series = 1;
    do
        eleven = pool_printf(demo->pool, "12004%d%05d", series++, number);
    while (iin_control_digit(eleven) < 0);
    return eleven;
}

static const char FIND_DISTRICT[] =
    "SELECT id FROM territory WHERE level = 2 ORDER BY id LIMIT 1 OFFSET ?";
static const char COUNT_DISTRICTS[] =
    "SELECT COUNT(*) FROM territory WHERE level = 2";

static NEOERR *add_school(struct demo *demo, int number, struct demo_plan *plan)
{
    int name = FIRST_NUMBER + number;
    int64_t districts;
    *plan = (struct demo_plan){
        .org = {.kind = "school", .uid = demo_uid(demo, "", "school", number), .street = "Орталық көше"},
        .names = {pool_printf(demo->pool, "№ %d орта мектеп", name), pool_printf(demo->pool, "Средняя школа № %d", name),
                  pool_printf(demo->pool, "Secondary school No %d", name)},
        .bin = make_bin(demo, number),
        .address = pool_printf(demo->pool, "Орталық көше, %d", number),
    };
    TRY(db_number(demo->db, COUNT_DISTRICTS, DB_NO_VALUES, &districts, NULL));
    TRY(db_number(demo->db, FIND_DISTRICT, DB_VALUES(DB_INT(number % districts)), &plan->territory, NULL));
    return nerr_pass(demo_organisation(demo, plan));
}

/* Classes 1-А, 2-А … 11-А, 1-Б … */
static NEOERR *add_classes(struct demo *demo, const struct demo_org *org, const struct demo_staff *staff, struct demo_class *classes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *const *letter = letters[i / GRADES];
        classes[i] = (struct demo_class){.grade = 1 + (int)(i % GRADES), .language = i / GRADES % 2 == 0 ? LANG_KK : LANG_RU,
                                         .names = {letter[0], letter[0], letter[1]}};
        TRY(demo_class(demo, org, &classes[i]));
        TRY(demo_head(demo, org, &classes[i], &staff->leaders[i % staff->count], "class-teacher"));
    }
    return STATUS_OK;
}

/* ---- the pupils ---- */

/* The rows travel as one JSON text; nothing in made-up values has to be escaped. */
#define PUPIL_ROWS                                                                                                              \
    "JSON_TABLE(?, '$[*]' COLUMNS (person CHAR(36) PATH '$.person', pupil CHAR(36) PATH '$.pupil', iin CHAR(12) PATH '$.iin',"   \
    " surname VARCHAR(100) PATH '$.surname', given VARCHAR(100) PATH '$.given', patronymic VARCHAR(100) PATH '$.patronymic',"    \
    " born_on DATE PATH '$.born_on', sex CHAR(1) PATH '$.sex', sort_key VARCHAR(800) PATH '$.sort_key',"                         \
    " fold_key VARCHAR(320) PATH '$.fold_key', class BIGINT PATH '$.class', grade INT PATH '$.grade',"                           \
    " phone VARCHAR(60) PATH '$.phone', address VARCHAR(300) PATH '$.address')) j"

static NEOERR *write_pupil(struct demo *demo, const struct demo_org *org, const struct demo_class *class, STRING *json)
{
    struct demo_person person = demo_new_pupil(demo, org, class->grade, class->language);
    struct name_keys keys;
    char hex[2 * sizeof keys.sort + 1];
    const char *iin = demo_iin(demo, person.born);
    demo_name(demo, &person);
    name_keys_make(demo->pool, person.surname, person.given, person.patronymic, &keys);
    crypto_hex(keys.sort, keys.sort_length, hex);
    TRY(string_appendf(json, "%s{\"person\":\"%s\",\"pupil\":\"%s\",", json->len > 1 ? "," : "", demo_uid(demo, "", "person", demo->people),
                       demo_uid(demo, org->uid, "pupil", demo->people)));
    TRY(string_appendf(json, iin == NULL ? "\"iin\":null," : "\"iin\":\"%s\",", iin));
    TRY(string_appendf(json, "\"surname\":\"%s\",\"given\":\"%s\",\"patronymic\":\"%s\",", person.surname, person.given, person.patronymic));
    TRY(string_appendf(json, "\"born_on\":\"%04d-%02d-%02d\",\"sex\":\"%c\",", person.born.year, person.born.month, person.born.day, person.sex));
    TRY(string_appendf(json, "\"sort_key\":\"%s\",\"fold_key\":\"%s\",\"class\":%lld,\"grade\":%d,", hex, keys.fold, (long long)class->id, class->grade));
    const char *address = pool_printf(demo->pool, "%s, %d", org->street, 1 + (int)demo_random(demo, 300));
    return nerr_pass(string_appendf(json, "\"phone\":\"%s\",\"address\":\"%s\"}", demo_now_and_then(demo, 10, demo_phone(demo)),
                                    demo_now_and_then(demo, 8, address)));
}

static NEOERR *write_pupils(struct demo *demo, const struct demo_org *org, const struct demo_class *classes, int pupils, STRING *json)
{
    TRY(string_append(json, "["));
    for (int i = 0; i < pupils; i++) {
        demo->people++;
        TRY(write_pupil(demo, org, &classes[i / CLASS_SIZE], json));
    }
    return nerr_pass(string_append(json, "]"));
}

static const char ADD_PERSONS[] =
    "INSERT INTO person (uid, login, iin, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version)"
    " SELECT j.person, LPAD(NEXT VALUE FOR login_number, 12, '0'), j.iin, j.surname, j.given, j.patronymic, j.born_on, j.sex,"
    "  UNHEX(j.sort_key), j.fold_key, ? FROM " PUPIL_ROWS;
/* The fold of their one movement stands here at once. */
static const char ADD_PUPILS[] =
    "INSERT INTO pupil (org_id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, grade,"
    " no_iin_reason, phone, address, citizenship, nationality, birth_place, registered_at, class_id, standing)"
    " SELECT ?, j.pupil, h.id, h.surname, h.given, h.patronymic, h.born_on, h.sex, h.sort_key, h.fold_key, h.key_version, j.grade,"
    "  IF(h.iin IS NULL, 'applied', NULL), j.phone, j.address, 'KZ', 'kazakh', '', ?, j.class, 'enrolled'"
    " FROM " PUPIL_ROWS " JOIN person h ON h.uid = CONVERT(j.person USING ascii)";
static const char ADD_ACCOUNTS[] =
    "INSERT INTO account (person_id, language, made_at) SELECT person_id, 'kk', ? FROM pupil WHERE org_id = ?";
/* The UUID is made of the pupil's: eight digits, then four times a hyphen. */
static const char ADD_MOVEMENTS[] =
    "INSERT INTO movement (org_id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id)"
    " SELECT p.org_id, REGEXP_REPLACE(MD5(p.uid), '^(.{8})(.{4})(.{4})(.{4})', '\\\\1-\\\\2-\\\\3-\\\\4-'), p.id, 'enrol', p.class_id, ?, ?, ?"
    " FROM pupil p WHERE p.org_id = ?";
static const char ADD_MEMBERSHIPS[] =
    "INSERT INTO membership (org_id, pupil_id, from_on, class_id, to_on, movement_id)"
    " SELECT org_id, pupil_id, effective_on, to_class_id, NULL, id FROM movement WHERE org_id = ?";

/* All pupils by one order: the paper of each takes longer than a hundred pupils. */
static NEOERR *add_pupils(struct demo *demo, const struct demo_org *org, const char *json)
{
    struct db *db = demo->db;
    struct date dated = {demo->year, 8, 25}, on = {demo->year, 9, 1};
    int64_t order;
    demo->orders = 0;
    struct db_value id = DB_INT(org->id), now = DB_TIME(clock_now()), recorded = DB_TIME(demo_morning(demo, on));
    TRY(db_exec(db, ADD_PERSONS, DB_VALUES(DB_INT(TEXT_KEY_VERSION), DB_TEXT(json)), NULL, NULL));
    TRY(db_exec(db, ADD_PUPILS, DB_VALUES(id, now, DB_TEXT(json)), NULL, NULL));
    TRY(demo_order(demo, org, "enrol", dated, "О зачислении учащихся в 1–11 классы", &order));
    TRY(db_exec(db, ADD_ACCOUNTS, DB_VALUES(now, id), NULL, NULL));
    TRY(db_exec(db, ADD_MOVEMENTS, DB_VALUES(DB_DATE(on), recorded, DB_INT(order), id), NULL, NULL));
    return nerr_pass(db_exec(db, ADD_MEMBERSHIPS, DB_VALUES(id), NULL, NULL));
}

/* ---- the whole ---- */

NEOERR *demo_one_of_many(struct demo *demo, int number, int pupils)
{
    struct demo_plan plan;
    struct demo_staff *staff = pool_alloc(demo->pool, sizeof *staff);
    size_t count = ((size_t)pupils + CLASS_SIZE - 1) / CLASS_SIZE;
    struct demo_class *classes = pool_alloc(demo->pool, count * sizeof *classes);
    STRING json;
    string_init(&json);
    TRY(add_school(demo, number, &plan));
    TRY(demo_employees(demo, &plan.org, posts, staff));
    TRY(add_classes(demo, &plan.org, staff, classes, count));
    NEOERR *error = write_pupils(demo, &plan.org, classes, pupils, &json);
    if (error == STATUS_OK)
        error = add_pupils(demo, &plan.org, json.buf);
    string_clear(&json);
    return nerr_pass(error);
}
