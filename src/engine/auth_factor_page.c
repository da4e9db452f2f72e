/* auth_factor_page.c: «Вход в два шага» of the profile: turned on, recovery codes, turned off. */
#include "engine/auth_private.h"

#include "engine/audit.h"
#include "engine/document.h"
#include "engine/page.h"

#include <string.h>

#define PASSWORD_FIELD {"current", N_("Current password"), FIELD_PASSWORD, REQUIRED, .autocomplete = "current-password"}
#define CODE_FIELD(words) {"code", N_("Code"), FIELD_TEXT, REQUIRED, .hint = words, .max = 40, .autocomplete = "one-time-code"}

static const struct field offer_fields[] = {PASSWORD_FIELD, {0}};
static const struct field confirm_fields[] = {CODE_FIELD(N_("The six digits that the app shows now")), {0}};
static const struct field change_fields[] = {PASSWORD_FIELD, CODE_FIELD(N_("Six digits of the app, or one of the recovery codes")), {0}};
static const struct field no_fields[] = {{0}};

static NEOERR *turn_off(struct db *db, struct request *rq)
{
    bool was_on;
    return nerr_pass(auth_factor_end(db, rq->session.account, &was_on));
}

/* What the buttons of the page do: in which state, by which fields, with which words afterwards. The first row of a state is its form. */
static const struct deed {
    const char *action;
    int state;
    const struct field *fields;
    NEOERR *(*change)(struct db *db, struct request *rq);
    const char *audit, *words;
} deeds[] = {
    {"offer", FACTOR_NONE, offer_fields, factor_offer, "factor-offer", NULL},
    {"confirm", FACTOR_OFFERED, confirm_fields, factor_confirm, "factor-on",
     N_("Sign-in in two steps is on; your other sessions have ended. Keep the recovery codes.")},
    {"codes", FACTOR_ON, change_fields, factor_new_codes, "recovery-codes", N_("There are new recovery codes; the earlier ones are void.")},
    {"off", FACTOR_ON, change_fields, turn_off, "factor-off", N_("Sign-in in two steps is off.")},
    {"kept", FACTOR_ON, no_fields, factor_hide_codes, "recovery-codes-kept", NULL},
};
enum { DEEDS = sizeof deeds / sizeof deeds[0] };

static const struct deed *find_deed(const char *action)
{
    for (size_t i = 0; i < DEEDS; i++)
        if (strcmp(deeds[i].action, action) == 0)
            return &deeds[i];
    return NULL;
}

static const struct field *fields_of(int state)
{
    size_t i = 0;
    while (deeds[i].state != state)
        i++;
    return deeds[i].fields;
}

/* ---- showing ---- */

/* "JBSW Y3DP …": groups of four are copied without a slip. */
static const char *in_fours(struct pool *pool, const char *text)
{
    char *spaced = pool_alloc(pool, strlen(text) * 5 / 4 + 1), *out = spaced;
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (i > 0 && i % 4 == 0)
            *out++ = ' ';
        *out++ = text[i];
    }
    *out = '\0';
    return spaced;
}

/* The address that apps read from the code (Key Uri Format of Google Authenticator). */
static const char *app_address(const struct request *rq, const char *secret)
{
    const char *host = strstr(rq->worker->config->base_url, "://") + 3;
    const char *issuer = http_escape(rq->pool, pool_printf(rq->pool, "mektep %s", host));
    return pool_printf(rq->pool, "otpauth://totp/%s:%s?secret=%s&issuer=%s", issuer, rq->session.login, secret, issuer);
}

static NEOERR *show_secret(struct request *rq, const struct factor *factor)
{
    const char *secret, *path;
    int side;
    TRY(totp_text(rq->pool, factor->secret, &secret));
    TRY(doc_code_path(rq->pool, app_address(rq, secret), &path, &side));
    TRY(view_set(rq->hdf, "Factor.secret", in_fours(rq->pool, secret)));
    TRY(view_set(rq->hdf, "Factor.path", path));
    return nerr_pass(view_set_int(rq->hdf, "Factor.side", side));
}

static NEOERR *show_codes(struct request *rq, const char *codes)
{
    size_t letters = strlen(codes) / FACTOR_CODES;
    for (const char *code = codes; *code != '\0'; code += letters) {
        HDF *out;
        TRY(view_append(rq->hdf, "Factor.codes", &out));
        TRY(view_setf(out, "text", "%.*s-%.*s", (int)letters / 2, code, (int)(letters - letters / 2), code + letters / 2));
    }
    return STATUS_OK;
}

static NEOERR *show(struct request *rq, struct response *rs, const struct factor *factor, struct form_data *form)
{
    static const char *const states[] = {[FACTOR_NONE] = "none", [FACTOR_OFFERED] = "offered", [FACTOR_ON] = "on"};
    http_header(rq->pool, &rs->http, "Cache-Control", "no-store");
    TRY(page_begin(rq, rs, "second_factor.cs", _("Sign-in in two steps")));
    TRY(page_crumb(rq, _("Profile"), rq->session.lacks_factor ? NULL : route_url(rq, "profile")));
    TRY(page_crumb(rq, _("Sign-in in two steps"), NULL));
    TRY(form_show(form));
    TRY(view_set(rq->hdf, "Factor.state", states[factor->state]));
    TRY(view_set(rq->hdf, "Factor.action", route_url(rq, "second-factor")));
    TRY(view_set(rq->hdf, "Factor.required", rq->session.lacks_factor ? "1" : NULL));
    TRY(view_set(rq->hdf, "Factor.no_key", *rq->worker->config->secret_key == '\0' ? "1" : NULL));
    if (factor->state == FACTOR_OFFERED)
        return nerr_pass(show_secret(rq, factor));
    if (factor->state == FACTOR_NONE)
        return STATUS_OK;
    TRY(view_set(rq->hdf, "Factor.since", i18n_time(rq->pool, factor->confirmed_at, rq->place.time_zone)));
    TRY(view_set_int(rq->hdf, "Factor.left", factor->codes_left));
    return nerr_pass(factor->codes != NULL ? show_codes(rq, factor->codes) : STATUS_OK);
}

NEOERR *auth_factor_page(struct request *rq, struct response *rs)
{
    struct form_data *form;
    struct factor factor;
    TRY(factor_load(rq, rq->session.account, &factor));
    TRY(form_data_new(rq, fields_of((int)factor.state), &form));
    return nerr_pass(show(rq, rs, &factor, form));
}

/* ---- doing ---- */

struct doing {
    struct request *rq;
    const struct deed *deed;
    const char *code; /* NULL: the deed asks for none */
};

/* A wrong code undoes nothing but itself: ERROR_DENIED. */
static NEOERR *do_deed(struct db *db, void *data)
{
    const struct doing *doing = data;
    struct request *rq = doing->rq;
    enum factor_use use = FACTOR_RIGHT;
    bool repeated;
    char *result;
    TRY(form_key_take(db, rq, &repeated, &result));
    if (repeated)
        return STATUS_OK;
    if (doing->code != NULL)
        TRY(factor_use(db, rq, rq->session.account, doing->code, &use));
    if (use == FACTOR_WRONG)
        return nerr_raise(ERROR_DENIED, "change the second factor: the code is wrong");
    TRY(doing->deed->change(db, rq));
    TRY(audit_add(db, rq, "account", rq->session.account, doing->deed->audit, NULL, NULL));
    return nerr_pass(form_key_result(db, rq, route_url(rq, "second-factor")));
}

/* Password first; the code is looked at in the transaction, where it is used up. */
static NEOERR *try_deed(struct doing *doing, struct form_data *form, const struct account *account)
{
    bool has_password = doing->deed->fields == offer_fields || doing->deed->fields == change_fields;
    if (has_password)
        TRY(current_password_check(form, account));
    if (form->error_count > 0)
        return STATUS_OK;
    NEOERR *error = db_run(doing->rq->db, do_deed, doing);
    if (!nerr_handle(&error, ERROR_DENIED))
        return nerr_pass(error);
    TRY(lock_failure(doing->rq, account->login));
    return nerr_pass(form_error(form, "code", "%s", _("The code is wrong or has been used. Wait for the next one.")));
}

static NEOERR *lead_back(struct request *rq, struct response *rs, const char *words)
{
    const char *address = route_url(rq, "second-factor");
    if (words == NULL)
        return nerr_pass(response_redirect(rq, rs, address));
    return nerr_pass(response_redirect_with(rq, rs, address, "ok", _(words)));
}

NEOERR *auth_factor_post_page(struct request *rq, struct response *rs)
{
    struct doing doing = {rq, find_deed(request_posted(rq, "action")), NULL};
    struct form_data *form;
    struct factor factor;
    struct account account;
    if (doing.deed == NULL)
        return nerr_raise(ERROR_INPUT, "change the second factor: no action was named");
    TRY(factor_load(rq, rq->session.account, &factor));
    if ((int)factor.state != doing.deed->state)
        return nerr_pass(lead_back(rq, rs, NULL));
    TRY(account_load(rq, rq->session.account, &account));
    TRY(form_data_new(rq, doing.deed->fields, &form));
    TRY(form_read(form));
    if (doing.deed->fields == confirm_fields || doing.deed->fields == change_fields)
        doing.code = form_text(form, "code");
    TRY(try_deed(&doing, form, &account));
    if (form->error_count == 0)
        return nerr_pass(lead_back(rq, rs, doing.deed->words));
    rs->http.status = 422;
    return nerr_pass(show(rq, rs, &factor, form));
}
