/* auth_code.c: the second page of a sign-in: the code of the second factor. (AUTH-01) */
#include "engine/auth_private.h"

#include "engine/page.h"

#include <string.h>

enum { MINUTE = 60 * 1000 };

static const struct field fields[] = {
    {"code", N_("Code"), FIELD_TEXT, REQUIRED, .hint = N_("Six digits of the app, or one of the recovery codes"), .max = 40, .autocomplete = "one-time-code"},
    {0},
};

/* ---- the sign-in that waits ---- */

struct asking {
    struct request *rq;
    const struct account *account;
    db_change_fn *change;
    void *data;
    char token[CRYPTO_TOKEN_SIZE];
};

static const char FORGET_OLD[] =
    "DELETE FROM pending_sign_in WHERE account_id = ? AND made_at < ?";
static const char ADD[] =
    "INSERT INTO pending_sign_in (token_hash, account_id, made_at) VALUES (?, ?, ?)";

static NEOERR *begin_waiting(struct db *db, void *data)
{
    struct asking *asking = data;
    unsigned char hash[CRYPTO_HASH_BYTES];
    int64_t now = clock_now(), account = asking->account->id;
    if (asking->change != NULL)
        TRY(asking->change(db, asking->data));
    crypto_token(asking->token);
    crypto_sha256(asking->token, strlen(asking->token), hash);
    TRY(db_exec(db, FORGET_OLD, DB_VALUES(DB_INT(account), DB_TIME(now - (int64_t)AUTH_LOCK_MINUTES * MINUTE)), NULL, NULL));
    return nerr_pass(db_exec(db, ADD, DB_VALUES(DB_BYTES(hash, sizeof hash), DB_INT(account), DB_TIME(now)), NULL, NULL));
}

NEOERR *sign_in_ask_code(struct request *rq, struct response *rs, const struct account *account, db_change_fn *change, void *data, const char *next)
{
    struct asking asking = {rq, account, change, data, ""};
    TRY(db_run(rq->db, begin_waiting, &asking));
    pending_cookie(rq, rs, asking.token);
    return nerr_pass(response_redirect(rq, rs, route_with(rq->pool, route_url(rq, "sign-in-code"), "next", strcmp(next, "/") != 0 ? next : "")));
}

static const char WAITING[] =
    "SELECT account_id FROM pending_sign_in WHERE token_hash = ? AND made_at > ?";

/* account->id 0 when no sign-in of this browser waits. */
static NEOERR *find_waiting(struct request *rq, unsigned char hash[CRYPTO_HASH_BYTES], struct account *account)
{
    int64_t id = 0;
    *account = (struct account){0};
    if (!pending_hash(rq, hash))
        return STATUS_OK;
    TRY(db_number(rq->db, WAITING, DB_VALUES(DB_BYTES(hash, CRYPTO_HASH_BYTES), DB_TIME(clock_now() - (int64_t)AUTH_CODE_MINUTES * MINUTE)), &id, NULL));
    if (id == 0)
        return STATUS_OK;
    TRY(account_load(rq, id, account));
    if (account->blocked)
        account->id = 0;
    return STATUS_OK;
}

/* ---- guessing ---- */

static const char TRIES[] =
    "SELECT COALESCE(SUM(tries), 0) FROM pending_sign_in WHERE account_id = ? AND made_at > ?";
static const char COUNT_TRY[] =
    "UPDATE pending_sign_in SET tries = tries + 1 WHERE token_hash = ?";

/* Who guesses codes knows the password: from many addresses it is still one account. */
static NEOERR *check_lock(struct request *rq, const struct account *account, int *wait)
{
    int64_t tries = 0, since = clock_now() - (int64_t)AUTH_LOCK_MINUTES * MINUTE;
    TRY(lock_check(rq, account->login, wait));
    TRY(db_number(rq->db, TRIES, DB_VALUES(DB_INT(account->id), DB_TIME(since)), &tries, NULL));
    if (*wait == 0 && tries >= AUTH_CODE_FAILURES)
        *wait = AUTH_LOCK_MINUTES * 60;
    return STATUS_OK;
}

/* ---- the pages ---- */

static NEOERR *start_again(struct request *rq, struct response *rs)
{
    pending_cookie(rq, rs, NULL);
    return nerr_pass(response_redirect(rq, rs, route_with(rq->pool, route_with(rq->pool, route_url(rq, "sign-in"), "again", "1"), "next", sign_in_next(rq))));
}

NEOERR *auth_code_page(struct request *rq, struct response *rs)
{
    unsigned char hash[CRYPTO_HASH_BYTES];
    struct form_data *form;
    struct account account;
    if (rq->session.id != 0)
        return nerr_pass(response_redirect(rq, rs, sign_in_next(rq)));
    TRY(find_waiting(rq, hash, &account));
    if (account.id == 0)
        return nerr_pass(start_again(rq, rs));
    TRY(form_data_new(rq, fields, &form));
    return nerr_pass(sign_in_show(rq, rs, "sign_in_code.cs", _("Code of the sign-in"), form));
}

struct proving {
    struct request *rq;
    int64_t account;
    const char *code;
};

static const char FORGET[] =
    "DELETE FROM pending_sign_in WHERE account_id = ?";

/* A wrong code undoes nothing but itself: ERROR_DENIED. */
static NEOERR *prove(struct db *db, void *data)
{
    const struct proving *proving = data;
    enum factor_use use;
    TRY(factor_use(db, proving->rq, proving->account, proving->code, &use));
    if (use == FACTOR_WRONG)
        return nerr_raise(ERROR_DENIED, "sign in account %lld: the code is wrong", (long long)proving->account);
    if (use == FACTOR_RECOVERED)
        TRY(sign_in_audit(db, proving->rq, proving->account, "recovery-code"));
    return nerr_pass(db_exec(db, FORGET, DB_VALUES(DB_INT(proving->account)), NULL, NULL));
}

static NEOERR *refuse_code(struct request *rq, struct response *rs, struct form_data *form, const struct account *account, const unsigned char *hash)
{
    TRY(lock_failure(rq, account->login));
    TRY(db_exec(rq->db, COUNT_TRY, DB_VALUES(DB_BYTES(hash, CRYPTO_HASH_BYTES)), NULL, NULL));
    TRY(form_error(form, "code", "%s", _("The code is wrong or has been used. Wait for the next one.")));
    return nerr_pass(sign_in_refuse(rq, rs, "sign_in_code.cs", _("Code of the sign-in"), form));
}

NEOERR *auth_code_post_page(struct request *rq, struct response *rs)
{
    unsigned char hash[CRYPTO_HASH_BYTES];
    struct form_data *form;
    struct account account;
    int wait;
    TRY(find_waiting(rq, hash, &account));
    if (account.id == 0)
        return nerr_pass(start_again(rq, rs));
    TRY(form_data_new(rq, fields, &form));
    TRY(form_read(form));
    if (form->error_count > 0)
        return nerr_pass(sign_in_refuse(rq, rs, "sign_in_code.cs", _("Code of the sign-in"), form));
    TRY(check_lock(rq, &account, &wait));
    if (wait > 0)
        return nerr_pass(sign_in_lock(rq, rs, "sign_in_code.cs", _("Code of the sign-in"), form, wait));
    struct proving proving = {rq, account.id, form_text(form, "code")};
    NEOERR *error = sign_in_open(rq, rs, &account, prove, &proving, sign_in_next(rq));
    if (nerr_handle(&error, ERROR_DENIED))
        return nerr_pass(refuse_code(rq, rs, form, &account, hash));
    if (error == STATUS_OK)
        pending_cookie(rq, rs, NULL);
    return nerr_pass(error);
}
