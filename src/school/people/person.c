/* person.c: the directory of persons. */
#include "school/people/person.h"

#include "base/crypto.h"
#include "base/iin.h"
#include "base/name.h"

void name_keys_make(struct pool *pool, const char *surname, const char *given, const char *patronymic, struct name_keys *keys)
{
    const char *full = name_full(pool, surname, given, patronymic);
    keys->sort_length = text_sort_key(full, keys->sort, sizeof keys->sort);
    keys->fold = text_fold(pool, full);
}

static const char NEXT_LOGIN[] =
    "SELECT LPAD(NEXT VALUE FOR login_number, 12, '0')";
static const char ADD[] =
    "INSERT INTO person (uid, login, iin, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

NEOERR *person_add(struct db *db, struct pool *pool, struct person *person)
{
    char uid[CRYPTO_UUID_SIZE];
    char *login;
    struct name_keys keys;
    crypto_uuid(uid);
    name_keys_make(pool, person->surname, person->given, person->patronymic, &keys);
    TRY(db_string(db, pool, NEXT_LOGIN, DB_NO_VALUES, &login));
    person->login = login;
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(DB_TEXT(uid), DB_TEXT(login), DB_TEXT(person->iin), DB_TEXT(person->surname), DB_TEXT(person->given),
                                       DB_TEXT(person->patronymic), DB_DATE(person->born), DB_TEXT(person->sex), DB_SORT_KEY(keys),
                                       DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION)),
                             NULL, &person->id));
}

static const char SAVE[] =
    "UPDATE person SET iin = ?, surname = ?, given = ?, patronymic = ?, born_on = ?, sex = ?, sort_key = ?, fold_key = ?, key_version = ?,"
    " version = version + 1"
    " WHERE id = ?";

NEOERR *person_save(struct db *db, struct pool *pool, const struct person *person)
{
    struct name_keys keys;
    name_keys_make(pool, person->surname, person->given, person->patronymic, &keys);
    return nerr_pass(db_exec(db, SAVE,
                             DB_VALUES(DB_TEXT(person->iin), DB_TEXT(person->surname), DB_TEXT(person->given), DB_TEXT(person->patronymic),
                                       DB_DATE(person->born), DB_TEXT(person->sex), DB_SORT_KEY(keys), DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION),
                                       DB_INT(person->id)),
                             NULL, NULL));
}

struct finding {
    struct pool *pool;
    NEOERR *(*use)(void *data, const struct person *found);
    void *data;
};

static NEOERR *take_person(void *data, const struct db_row *row)
{
    struct finding *finding = data;
    struct person person = {
        .id = db_get_int(row, 0),
        .surname = pool_strdup(finding->pool, db_get(row, 1)),
        .given = pool_strdup(finding->pool, db_get(row, 2)),
        .patronymic = pool_strdup(finding->pool, db_get(row, 3)),
        .iin = pool_strdup(finding->pool, db_get(row, 4)),
        .born = db_get_date(row, 5),
        .sex = pool_strdup(finding->pool, db_get(row, 6)),
        .login = pool_strdup(finding->pool, db_get(row, 7)),
    };
    return nerr_pass(finding->use(finding->data, &person));
}

#define PERSON_COLUMNS "h.id, h.surname, h.given, h.patronymic, h.iin, h.born_on, h.sex, h.login"

static const char LOAD[] =
    "SELECT " PERSON_COLUMNS " FROM person h WHERE h.id = ?";
static const char FIND_SAME[] =
    "SELECT " PERSON_COLUMNS " FROM person h WHERE h.iin = ?"
    " UNION"
    " SELECT " PERSON_COLUMNS " FROM person h WHERE h.fold_key = ? AND h.born_on = ?"
    " LIMIT 10";

static NEOERR *keep_person(void *data, const struct person *found)
{
    *(struct person *)data = *found;
    return STATUS_OK;
}

NEOERR *person_load(struct db *db, struct pool *pool, int64_t id, struct person *person)
{
    struct finding finding = {pool, keep_person, person};
    return nerr_pass(db_one(db, LOAD, DB_VALUES(DB_INT(id)), take_person, &finding));
}

NEOERR *person_find_same(struct db *db, struct pool *pool, const struct person *like, NEOERR *(*use)(void *data, const struct person *found), void *data)
{
    struct finding finding = {pool, use, data};
    struct name_keys keys;
    const char *iin = like->iin != NULL && iin_check(like->iin) == IIN_OK ? like->iin : NULL; /* a wrong one is nobody's */
    name_keys_make(pool, like->surname, like->given, like->patronymic, &keys);
    return nerr_pass(db_each(db, FIND_SAME, DB_VALUES(DB_TEXT(iin), DB_TEXT(keys.fold), DB_DATE(like->born)), take_person, &finding));
}
