/* auth_factor.c: the second factor of an account: a sealed secret, the steps that are used up, recovery codes. (RFC 6238) */
#include "engine/auth_private.h"

#include <ctype.h>
#include <string.h>

enum { MINUTE = 60 * 1000, CODE_LETTERS = 10, CODES_LENGTH = FACTOR_CODES * CODE_LETTERS };

static NEOERR *read_key(const struct request *rq, unsigned char key[CRYPTO_KEY_BYTES])
{
    if (crypto_key_read(rq->worker->config->secret_key, key))
        return STATUS_OK;
    return nerr_raise(ERROR_INTERNAL, "secret_key is missing in [server] of the configuration");
}

/* ---- reading ---- */

static const char LOAD[] =
    "SELECT f.secret, f.made_at, f.confirmed_at, f.codes, f.codes_until,"
    " (SELECT COUNT(*) FROM recovery_code r WHERE r.account_id = f.account_id AND r.used_at IS NULL) "
    "FROM second_factor f "
    "WHERE f.account_id = ?";

struct loading {
    struct request *rq;
    struct factor *factor;
};

static NEOERR *take_factor(void *data, const struct db_row *row)
{
    const struct loading *loading = data;
    struct factor *factor = loading->factor;
    unsigned char key[CRYPTO_KEY_BYTES];
    char codes[CODES_LENGTH + 1] = "";
    int64_t now = clock_now();
    TRY(read_key(loading->rq, key));
    factor->confirmed_at = db_get_time(row, 2);
    factor->codes_left = (int)db_get_int(row, 5);
    if (factor->confirmed_at == 0 && now - db_get_time(row, 1) > (int64_t)AUTH_OFFER_MINUTES * MINUTE)
        return STATUS_OK;
    factor->state = factor->confirmed_at == 0 ? FACTOR_OFFERED : FACTOR_ON;
    if (!crypto_open(key, db_get(row, 0), factor->secret, TOTP_SECRET_BYTES))
        return nerr_raise(ERROR_INTERNAL, "a second factor was sealed with another secret_key than the configuration's");
    if (db_get(row, 3) != NULL && now < db_get_time(row, 4) && crypto_open(key, db_get(row, 3), codes, CODES_LENGTH))
        factor->codes = pool_strdup(loading->rq->pool, codes);
    return STATUS_OK;
}

NEOERR *factor_load(struct request *rq, int64_t account, struct factor *factor)
{
    struct loading loading = {rq, factor};
    *factor = (struct factor){.state = FACTOR_NONE};
    return nerr_pass(db_each(rq->db, LOAD, DB_VALUES(DB_INT(account)), take_factor, &loading));
}

/* ---- taking a code ---- */

/* A step is used up by the first who comes with its code, and earlier ones with it. */
static const char USE_STEP[] =
    "UPDATE second_factor SET last_step = ? WHERE account_id = ? AND last_step < ?";
static const char USE_RECOVERY[] =
    "UPDATE recovery_code SET used_at = ? WHERE account_id = ? AND code_hash = ? AND used_at IS NULL";

static NEOERR *use_step(struct db *db, int64_t account, const struct factor *factor, const char *code, int64_t *changed)
{
    int64_t step;
    TRY(totp_match(factor->secret, code, &step));
    if (step == 0)
        return STATUS_OK;
    return nerr_pass(db_exec(db, USE_STEP, DB_VALUES(DB_INT(step), DB_INT(account), DB_INT(step)), changed, NULL));
}

static NEOERR *hash_recovery(const struct request *rq, const char *code, unsigned char hash[CRYPTO_HASH_BYTES])
{
    unsigned char key[CRYPTO_KEY_BYTES];
    TRY(read_key(rq, key));
    crypto_keyed_hash(key, code, CODE_LETTERS, hash);
    return STATUS_OK;
}

static NEOERR *use_recovery(struct db *db, const struct request *rq, int64_t account, const char *code, int64_t *changed)
{
    unsigned char hash[CRYPTO_HASH_BYTES];
    TRY(hash_recovery(rq, code, hash));
    return nerr_pass(db_exec(db, USE_RECOVERY, DB_VALUES(DB_TIME(clock_now()), DB_INT(account), DB_BYTES(hash, sizeof hash)), changed, NULL));
}

char *plain_code(struct pool *pool, const char *typed)
{
    char *code = pool_strdup(pool, typed), *out = code;
    for (const char *c = typed; *c != '\0'; c++)
        if (isalnum((unsigned char)*c))
            *out++ = (char)toupper((unsigned char)*c);
    *out = '\0';
    return code;
}

NEOERR *factor_use(struct db *db, struct request *rq, int64_t account, const char *typed, enum factor_use *use)
{
    struct factor factor;
    const char *code = plain_code(rq->pool, typed);
    bool is_recovery = strlen(code) == CODE_LETTERS;
    int64_t changed = 0;
    TRY(factor_load(rq, account, &factor));
    if (factor.state != FACTOR_NONE && strlen(code) == TOTP_CODE_SIZE - 1)
        TRY(use_step(db, account, &factor, code, &changed));
    if (factor.state == FACTOR_ON && is_recovery)
        TRY(use_recovery(db, rq, account, code, &changed));
    *use = changed == 0 ? FACTOR_WRONG : is_recovery ? FACTOR_RECOVERED : FACTOR_RIGHT;
    return STATUS_OK;
}

/* ---- changing ---- */

static const char OFFER[] =
    "INSERT INTO second_factor (account_id, secret, made_at) VALUES (?, ?, ?) "
    "ON DUPLICATE KEY UPDATE secret = IF(confirmed_at IS NULL, VALUES(secret), secret), made_at = IF(confirmed_at IS NULL, VALUES(made_at), made_at)";

NEOERR *factor_offer(struct db *db, struct request *rq)
{
    unsigned char key[CRYPTO_KEY_BYTES], secret[TOTP_SECRET_BYTES];
    TRY(read_key(rq, key));
    crypto_bytes(secret, sizeof secret);
    const char *sealed = crypto_seal(rq->pool, key, secret, sizeof secret);
    return nerr_pass(db_exec(db, OFFER, DB_VALUES(DB_INT(rq->session.account), DB_TEXT(sealed), DB_TIME(clock_now())), NULL, NULL));
}

static const char FORGET_CODES[] =
    "DELETE FROM recovery_code WHERE account_id = ?";
static const char ADD_CODE[] =
    "INSERT INTO recovery_code (account_id, code_hash) VALUES (?, ?)";
static const char SHOW_CODES[] =
    "UPDATE second_factor SET codes = ?, codes_until = ? WHERE account_id = ?";

NEOERR *factor_new_codes(struct db *db, struct request *rq)
{
    unsigned char key[CRYPTO_KEY_BYTES], hash[CRYPTO_HASH_BYTES];
    char codes[CODES_LENGTH + 1];
    int64_t account = rq->session.account, until = clock_now() + (int64_t)AUTH_OFFER_MINUTES * MINUTE;
    TRY(read_key(rq, key));
    TRY(db_exec(db, FORGET_CODES, DB_VALUES(DB_INT(account)), NULL, NULL));
    for (char *code = codes; code < codes + CODES_LENGTH; code += CODE_LETTERS) {
        crypto_code(code, CODE_LETTERS);
        TRY(hash_recovery(rq, code, hash));
        TRY(db_exec(db, ADD_CODE, DB_VALUES(DB_INT(account), DB_BYTES(hash, sizeof hash)), NULL, NULL));
    }
    const char *sealed = crypto_seal(rq->pool, key, codes, CODES_LENGTH);
    return nerr_pass(db_exec(db, SHOW_CODES, DB_VALUES(DB_TEXT(sealed), DB_TIME(until), DB_INT(account)), NULL, NULL));
}

static const char CONFIRM[] =
    "UPDATE second_factor SET confirmed_at = ? WHERE account_id = ?";

NEOERR *factor_confirm(struct db *db, struct request *rq)
{
    TRY(db_exec(db, CONFIRM, DB_VALUES(DB_TIME(clock_now()), DB_INT(rq->session.account)), NULL, NULL));
    TRY(session_end(db, rq, rq->session.account, 0));
    return nerr_pass(factor_new_codes(db, rq));
}

static const char HIDE_CODES[] =
    "UPDATE second_factor SET codes = NULL WHERE account_id = ?";

NEOERR *factor_hide_codes(struct db *db, struct request *rq)
{
    return nerr_pass(db_exec(db, HIDE_CODES, DB_VALUES(DB_INT(rq->session.account)), NULL, NULL));
}

static const char FORGET_FACTOR[] =
    "DELETE FROM second_factor WHERE account_id = ?";
static const char FORGET_PENDING[] =
    "DELETE FROM pending_sign_in WHERE account_id = ?";

NEOERR *auth_factor_end(struct db *db, int64_t account, bool *was_on)
{
    int64_t changed;
    TRY(db_exec(db, FORGET_CODES, DB_VALUES(DB_INT(account)), NULL, NULL));
    TRY(db_exec(db, FORGET_PENDING, DB_VALUES(DB_INT(account)), NULL, NULL));
    TRY(db_exec(db, FORGET_FACTOR, DB_VALUES(DB_INT(account)), &changed, NULL));
    *was_on = changed > 0;
    return STATUS_OK;
}
