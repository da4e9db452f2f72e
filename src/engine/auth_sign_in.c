/* auth_sign_in.c: the pages of people who have not signed in: sign-in, activation by a slip; and sign-out. (AUTH-01, AUTH-05) */
#include "engine/auth_private.h"

#include "engine/audit.h"
#include "engine/page.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const struct field sign_in_fields[] = {
    {"login", N_("Login"), FIELD_TEXT, REQUIRED, .hint = N_("12 digits, as on your slip; zeros in front may be left out"), .max = 40,
     .autocomplete = "username"},
    {"password", N_("Password"), FIELD_PASSWORD, REQUIRED, .autocomplete = "current-password"},
    {0},
};

static const struct field activate_fields[] = {
    {"login", N_("Login"), FIELD_TEXT, REQUIRED, .hint = N_("12 digits, as on your slip; zeros in front may be left out"), .max = 40,
     .autocomplete = "username"},
    {"code", N_("Code of the slip"), FIELD_TEXT, REQUIRED, .hint = N_("10 letters and digits, for example 7KM4P-XW2RA"), .max = 40,
     .autocomplete = "one-time-code"},
    {"password", N_("New password"), FIELD_PASSWORD, REQUIRED, .hint = N_("At least 10 characters; not your name, not the login"),
     .autocomplete = "new-password"},
    {"again", N_("New password once more"), FIELD_PASSWORD, REQUIRED, .autocomplete = "new-password"},
    {0},
};

/* ---- addresses ---- */

/* Browsers take "//host" and "/\host" for other hosts, and drop tabs and line breaks inside; a page of ours is none of these. */
const char *local_address(const struct request *rq, const char *next)
{
    struct request probe = {.pool = rq->pool};
    const char *path = pool_strndup(rq->pool, next, strcspn(next, "?#"));
    for (const char *c = next; *c != '\0'; c++)
        if (iscntrl((unsigned char)*c) || *c == '\\')
            return "/";
    if (next[0] != '/' || next[1] == '/' || route_find(&probe, HTTP_GET, path) != ROUTE_FOUND)
        return "/";
    return next;
}

const char *sign_in_next(const struct request *rq)
{
    const char *next = rq->http->method == HTTP_POST ? request_posted(rq, "next") : request_query(rq, "next");
    return local_address(rq, next);
}

/* ---- showing ---- */

NEOERR *sign_in_show(struct request *rq, struct response *rs, const char *template_name, const char *title, struct form_data *form)
{
    TRY(page_begin(rq, rs, template_name, title));
    TRY(form_show(form));
    TRY(view_set(rq->hdf, "SignIn.next", sign_in_next(rq)));
    TRY(view_set(rq->hdf, "SignIn.sign_in", route_url(rq, "sign-in")));
    TRY(view_set(rq->hdf, "SignIn.code", route_url(rq, "sign-in-code")));
    TRY(view_set(rq->hdf, "SignIn.again", *request_query(rq, "again") != '\0' ? "1" : NULL));
    TRY(view_set(rq->hdf, "SignIn.activate", route_url(rq, "activate")));
    return nerr_pass(view_set(rq->hdf, "SignIn.kept", strstr(sign_in_next(rq), "kept=1") != NULL ? "1" : NULL));
}

NEOERR *sign_in_refuse(struct request *rq, struct response *rs, const char *template_name, const char *title, struct form_data *form)
{
    rs->http.status = 422;
    return nerr_pass(sign_in_show(rq, rs, template_name, title, form));
}

/* Too many failures: says when to come again. */
NEOERR *sign_in_lock(struct request *rq, struct response *rs, const char *template_name, const char *title, struct form_data *form, int seconds)
{
    unsigned long minutes = (unsigned long)(seconds + 59) / 60;
    form_reset_errors(form);
    TRY(form_error(form, "",
                   n_("Too many attempts failed. Try again in %lu minute.", "Too many attempts failed. Try again in %lu minutes.", minutes),
                   minutes));
    rs->http.status = 429;
    http_header(rq->pool, &rs->http, "Retry-After", pool_printf(rq->pool, "%d", seconds));
    return nerr_pass(sign_in_show(rq, rs, template_name, title, form));
}

/* ---- signing in ---- */

struct opening {
    struct request *rq;
    const struct account *account;
    db_change_fn *change;
    void *data;
    char token[CRYPTO_TOKEN_SIZE];
};

NEOERR *sign_in_audit(struct db *db, struct request *rq, int64_t account, const char *action)
{
    int64_t signed_in = rq->session.account;
    rq->session.account = account; /* who did it */
    NEOERR *error = audit_add(db, rq, "account", account, action, NULL, NULL);
    rq->session.account = signed_in;
    return nerr_pass(error);
}

static NEOERR *open_session(struct db *db, void *data)
{
    struct opening *opening = data;
    if (opening->change != NULL)
        TRY(opening->change(db, opening->data));
    TRY(session_open(db, opening->rq, opening->account->id, opening->token));
    TRY(lock_forget(db, opening->rq, opening->account->login));
    return nerr_pass(sign_in_audit(db, opening->rq, opening->account->id, "sign-in"));
}

NEOERR *sign_in_open(struct request *rq, struct response *rs, const struct account *account, db_change_fn *change, void *data, const char *next)
{
    struct opening opening = {rq, account, change, data, ""};
    TRY(db_run(rq->db, open_session, &opening));
    session_cookie(rq, rs, opening.token);
    return nerr_pass(response_redirect(rq, rs, next));
}

NEOERR *sign_in_as(struct request *rq, struct response *rs, const struct account *account, db_change_fn *change, void *data, const char *next)
{
    if (account->has_factor)
        return nerr_pass(sign_in_ask_code(rq, rs, account, change, data, next));
    return nerr_pass(sign_in_open(rq, rs, account, change, data, next));
}

NEOERR *auth_sign_in_page(struct request *rq, struct response *rs)
{
    struct form_data *form;
    if (rq->session.id != 0)
        return nerr_pass(response_redirect(rq, rs, sign_in_next(rq)));
    TRY(form_data_new(rq, sign_in_fields, &form));
    return nerr_pass(sign_in_show(rq, rs, "sign_in.cs", _("Sign in"), form));
}

/* An unknown login takes the time of a known one. */
static bool is_right(const struct account *account, const char *password)
{
    if (account->id != 0 && account->password != NULL && !account->blocked)
        return crypto_password_verify(account->password, password);
    crypto_password_burn();
    return false;
}

struct rehash {
    int64_t account;
    const char *password;
};

static NEOERR *rehash(struct db *db, void *data)
{
    const struct rehash *again = data;
    return nerr_pass(auth_password_set(db, again->account, again->password));
}

NEOERR *auth_sign_in_post_page(struct request *rq, struct response *rs)
{
    struct form_data *form;
    struct account account;
    int wait;
    TRY(form_data_new(rq, sign_in_fields, &form));
    TRY(form_read(form));
    if (form->error_count > 0)
        return nerr_pass(sign_in_refuse(rq, rs, "sign_in.cs", _("Sign in"), form));
    TRY(account_find(rq, form_text(form, "login"), &account));
    TRY(lock_check(rq, account.login, &wait));
    if (wait > 0)
        return nerr_pass(sign_in_lock(rq, rs, "sign_in.cs", _("Sign in"), form, wait));
    const char *password = form_text(form, "password");
    if (!is_right(&account, password)) {
        TRY(lock_failure(rq, account.login));
        TRY(form_error(form, "", "%s", _("The login or the password is wrong")));
        return nerr_pass(sign_in_refuse(rq, rs, "sign_in.cs", _("Sign in"), form));
    }
    struct rehash again = {account.id, password};
    return nerr_pass(sign_in_as(rq, rs, &account, crypto_password_is_old(account.password) ? rehash : NULL, &again, sign_in_next(rq)));
}

static NEOERR *close_session(struct db *db, void *data)
{
    const struct request *rq = data;
    TRY(session_end(db, rq, rq->session.account, rq->session.id));
    return nerr_pass(audit_add(db, rq, "account", rq->session.account, "sign-out", NULL, NULL));
}

NEOERR *auth_sign_out_post_page(struct request *rq, struct response *rs)
{
    TRY(db_run(rq->db, close_session, rq));
    session_cookie(rq, rs, NULL);
    http_header(rq->pool, &rs->http, "Clear-Site-Data", "\"cache\""); /* the Back button shows nothing any more */
    return nerr_pass(response_redirect(rq, rs, route_url(rq, "sign-in")));
}

/* ---- activation ---- */

static const char FIND_SLIP[] =
    "SELECT id FROM activation_slip "
    "WHERE account_id = ? AND code_hash = ? AND used_at IS NULL AND valid_until > ?";

static NEOERR *find_slip(struct request *rq, const struct account *account, const char *typed, int64_t *slip)
{
    unsigned char hash[CRYPTO_HASH_BYTES];
    const char *code = plain_code(rq->pool, typed);
    crypto_sha256(code, strlen(code), hash);
    *slip = 0;
    if (account->id == 0 || account->blocked)
        return STATUS_OK;
    return nerr_pass(db_number(rq->db, FIND_SLIP, DB_VALUES(DB_INT(account->id), DB_BYTES(hash, sizeof hash), DB_TIME(clock_now())), slip, NULL));
}

struct activation {
    struct request *rq;
    int64_t account, slip;
    const char *password;
};

static const char USE_SLIP[] =
    "UPDATE activation_slip SET used_at = ? WHERE id = ? AND used_at IS NULL";

/* The slip is used once: of two at the same time the second finds it used. Every session of before ends. */
static NEOERR *use_slip(struct db *db, void *data)
{
    const struct activation *activation = data;
    int64_t changed;
    TRY(db_exec(db, USE_SLIP, DB_VALUES(DB_TIME(clock_now()), DB_INT(activation->slip)), &changed, NULL));
    if (changed != 1)
        return nerr_raise(ERROR_CONFLICT, "activate account %lld: the slip has been used meanwhile", (long long)activation->account);
    TRY(session_end(db, activation->rq, activation->account, 0));
    TRY(auth_password_set(db, activation->account, activation->password));
    return nerr_pass(sign_in_audit(db, activation->rq, activation->account, "activate"));
}

NEOERR *auth_activate_page(struct request *rq, struct response *rs)
{
    struct form_data *form;
    TRY(form_data_new(rq, activate_fields, &form));
    TRY(form_set(form, "login", request_query(rq, "login"))); /* the slip's QR code brings it */
    return nerr_pass(sign_in_show(rq, rs, "activate.cs", _("First sign-in"), form));
}

NEOERR *auth_activate_post_page(struct request *rq, struct response *rs)
{
    struct form_data *form;
    struct account account;
    struct activation activation = {.rq = rq};
    int wait;
    TRY(form_data_new(rq, activate_fields, &form));
    TRY(form_read(form));
    TRY(account_find(rq, form_text(form, "login"), &account));
    TRY(lock_check(rq, account.login, &wait));
    if (wait > 0)
        return nerr_pass(sign_in_lock(rq, rs, "activate.cs", _("First sign-in"), form, wait));
    TRY(find_slip(rq, &account, form_text(form, "code"), &activation.slip));
    if (form->error_count == 0 && activation.slip == 0) {
        TRY(lock_failure(rq, account.login));
        TRY(form_error(form, "code", "%s", _("The code does not fit this login, has been used or is out of date. Ask for a new slip.")));
    }
    TRY(password_check(form, account.login, activation.slip != 0 ? account.full_name : ""));
    if (form->error_count > 0)
        return nerr_pass(sign_in_refuse(rq, rs, "activate.cs", _("First sign-in"), form));
    activation.account = account.id;
    activation.password = form_text(form, "password");
    return nerr_pass(sign_in_as(rq, rs, &account, use_slip, &activation, "/"));
}
