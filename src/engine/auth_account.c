/* auth_account.c: accounts, their passwords and the slips that activate them. */
#include "engine/auth_private.h"

#include "base/name.h"
#include "base/text.h"

#include <string.h>

enum { LOGIN_DIGITS = 12, CODE_LETTERS = 10 };

/* ---- finding ---- */

static const char FIND[] =
    "SELECT a.id, a.person_id, p.login, a.password, p.surname, p.given, p.patronymic, a.blocked_at, f.confirmed_at "
    "FROM person p JOIN account a ON a.person_id = p.id LEFT JOIN second_factor f ON f.account_id = a.id "
    "WHERE p.login = ?";
static const char LOAD[] =
    "SELECT a.id, a.person_id, p.login, a.password, p.surname, p.given, p.patronymic, a.blocked_at, f.confirmed_at "
    "FROM account a JOIN person p ON p.id = a.person_id LEFT JOIN second_factor f ON f.account_id = a.id "
    "WHERE a.id = ?";

struct taking {
    struct pool *pool;
    struct account *account;
};

static NEOERR *take_account(void *data, const struct db_row *row)
{
    struct taking *taking = data;
    *taking->account = (struct account){
        .id = db_get_int(row, 0),
        .person = db_get_int(row, 1),
        .login = pool_strdup(taking->pool, db_get(row, 2)),
        .password = pool_strdup(taking->pool, db_get(row, 3)),
        .full_name = name_full(taking->pool, db_get(row, 4), db_get(row, 5), db_get(row, 6)),
        .blocked = db_get(row, 7) != NULL,
        .has_factor = db_get(row, 8) != NULL,
    };
    return STATUS_OK;
}

/* "504805" as 000000504805; "" when it can be no login. */
static const char *login_of(struct pool *pool, const char *typed)
{
    const char *clean = text_clean(pool, typed, false);
    size_t length = strlen(clean);
    if (length == 0 || length > LOGIN_DIGITS || strspn(clean, "0123456789") != length)
        return "";
    return pool_printf(pool, "%.*s%s", (int)(LOGIN_DIGITS - length), "000000000000", clean);
}

NEOERR *account_find(struct request *rq, const char *typed, struct account *account)
{
    struct taking taking = {rq->pool, account};
    const char *login = login_of(rq->pool, typed);
    *account = (struct account){.login = login, .full_name = ""};
    return nerr_pass(db_each(rq->db, FIND, DB_VALUES(DB_TEXT(login)), take_account, &taking));
}

NEOERR *account_load(struct request *rq, int64_t id, struct account *account)
{
    struct taking taking = {rq->pool, account};
    return nerr_pass(db_one(rq->db, LOAD, DB_VALUES(DB_INT(id)), take_account, &taking));
}

/* ---- making ---- */

static const char FIND_LOGIN[] =
    "SELECT login FROM person WHERE id = ?";
static const char ADD[] =
    "INSERT INTO account (person_id, made_at) VALUES (?, ?)";

static NEOERR *take_login(void *data, const struct db_row *row)
{
    snprintf(data, LOGIN_DIGITS + 1, "%s", db_get(row, 0));
    return STATUS_OK;
}

NEOERR *auth_account_new(struct db *db, int64_t person, int64_t *account, char login[13])
{
    TRY(db_one(db, FIND_LOGIN, DB_VALUES(DB_INT(person)), take_login, login));
    return nerr_pass(db_exec(db, ADD, DB_VALUES(DB_INT(person), DB_TIME(clock_now())), NULL, account));
}

static const char HAS_ACCOUNT[] =
    "SELECT id FROM account WHERE person_id = ?";

NEOERR *auth_account_need(struct db *db, int64_t person)
{
    int64_t account;
    char login[LOGIN_DIGITS + 1];
    bool found;
    TRY(db_number(db, HAS_ACCOUNT, DB_VALUES(DB_INT(person)), &account, &found));
    return found ? STATUS_OK : nerr_pass(auth_account_new(db, person, &account, login));
}

static const char END_SLIPS[] =
    "UPDATE activation_slip SET valid_until = ? WHERE account_id = ? AND used_at IS NULL AND valid_until > ?";
static const char ADD_SLIP[] =
    "INSERT INTO activation_slip (account_id, code_hash, made_at, valid_until) VALUES (?, ?, ?, ?)";

NEOERR *auth_slip_new(struct db *db, int64_t account, char code[11])
{
    unsigned char hash[CRYPTO_HASH_BYTES];
    int64_t now = clock_now(), until = now + (int64_t)AUTH_SLIP_DAYS * 24 * 3600 * 1000;
    crypto_code(code, CODE_LETTERS);
    crypto_sha256(code, CODE_LETTERS, hash);
    TRY(db_exec(db, END_SLIPS, DB_VALUES(DB_TIME(now), DB_INT(account), DB_TIME(now)), NULL, NULL));
    return nerr_pass(db_exec(db, ADD_SLIP, DB_VALUES(DB_INT(account), DB_BYTES(hash, sizeof hash), DB_TIME(now), DB_TIME(until)), NULL, NULL));
}

static const char SET_PASSWORD[] =
    "UPDATE account SET password = ? WHERE id = ?";

NEOERR *auth_password_set(struct db *db, int64_t account, const char *password)
{
    char stored[CRYPTO_PASSWORD_SIZE];
    TRY(crypto_password_hash(password, stored));
    return nerr_pass(db_exec(db, SET_PASSWORD, DB_VALUES(DB_TEXT(stored), DB_INT(account)), NULL, NULL));
}

/* ---- what a password must not be ---- */

/* Of the lists of leaked passwords: what is long enough to pass otherwise, without digits at the end. */
static const char *const commonest[] = {
    "password", "passw0rd", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm", "qazwsxedc", "1qaz2wsx", "1q2w3e4r", "1q2w3e4r5t", "q1w2e3r4",
    "q1w2e3r4t5", "iloveyou", "letmein", "welcome", "administrator", "admin", "superman", "football", "princess", "sunshine", "marina",
    "nastya", "kazakhstan", "qazaqstan", "almaty", "astana", "mektep", "school", "student", "teacher", "parol", "gfhjkm",
    "йцукенгшщз", "йцукен", "фывапролдж", "ячсмить", "пароль", "казахстан", "қазақстан", "алматы", "астана", "мектеп", "школа", "ученик",
    "оқушы", "учитель", "мұғалім", "құпиясөз", NULL,
};

static bool is_common(const char *folded)
{
    size_t length = strlen(folded);
    while (length > 0 && folded[length - 1] >= '0' && folded[length - 1] <= '9')
        length--;
    for (const char *const *word = commonest; *word != NULL; word++)
        if (strlen(*word) == length && strncmp(folded, *word, length) == 0)
            return true;
    return false;
}

/* One short piece again and again ("1111111111", "abcabcabcabc"), or a run of neighbours ("1234567890"). */
static bool is_pattern(const char *password)
{
    size_t length = strlen(password), run = 1;
    for (size_t piece = 1; piece <= 4; piece++)
        if (length > piece && memcmp(password, password + piece, length - piece) == 0)
            return true;
    for (size_t i = 1; i < length; i++) {
        int step = password[i] - password[i - 1];
        run += step == 1 || step == -1 || step == -9 || step == 9;
    }
    return run == length;
}

/* True when a word of the name with at least four letters stands in the password, in any script. */
static bool has_name(struct pool *pool, const char *password, const char *full_name)
{
    char *rest = text_fold(pool, full_name), *word;
    const char *folded = text_fold(pool, password);
    while ((word = strsep(&rest, " ")) != NULL)
        if (text_length(word) >= 4 && strstr(folded, word) != NULL)
            return true;
    return false;
}

static const char *find_fault(struct pool *pool, const char *password, const char *login, const char *full_name)
{
    if (!text_is_utf8(password, strlen(password)) || text_length(password) < AUTH_PASSWORD_MIN)
        return _("The password is too short: at least 10 characters");
    const char *short_login = login + strspn(login, "0"); /* as people type it */
    if (short_login[0] != '\0' && strstr(password, short_login) != NULL)
        return _("The password must not hold the login");
    if (has_name(pool, password, full_name))
        return _("The password must not hold your name");
    if (is_common(text_lower(pool, password)) || is_pattern(password))
        return _("This password is one of the first that are tried; think of another one");
    return NULL;
}

const char *auth_password_fault(const char *password, const char *login, const char *full_name)
{
    struct pool *pool = pool_new();
    const char *fault = find_fault(pool, password, login, full_name);
    pool_free(pool);
    return fault;
}
