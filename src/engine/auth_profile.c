/* auth_profile.c: «Профиль»: one's own data, password, sessions and language. (AUTH-09) */
#include "engine/auth_private.h"

#include "engine/audit.h"
#include "engine/page.h"

#include <stdlib.h>
#include <string.h>

static const struct field change_fields[] = {
    {"current", N_("Current password"), FIELD_PASSWORD, REQUIRED, .autocomplete = "current-password"},
    {"password", N_("New password"), FIELD_PASSWORD, REQUIRED, .hint = N_("At least 10 characters; not your name, not the login"),
     .autocomplete = "new-password"},
    {"again", N_("New password once more"), FIELD_PASSWORD, REQUIRED, .autocomplete = "new-password"},
    {0},
};

NEOERR *password_check(struct form_data *form, const char *login, const char *full_name)
{
    const char *password = form_text(form, "password"), *fault;
    if (form_has_error(form, "password"))
        return STATUS_OK;
    if ((fault = auth_password_fault(password, login, full_name)) != NULL)
        return nerr_pass(form_error(form, "password", "%s", fault));
    if (!form_has_error(form, "again") && strcmp(password, form_text(form, "again")) != 0)
        return nerr_pass(form_error(form, "again", "%s", _("The two passwords differ")));
    return STATUS_OK;
}

NEOERR *current_password_check(struct form_data *form, const struct account *account)
{
    struct request *rq = form->rq;
    int wait;
    TRY(lock_check(rq, account->login, &wait));
    if (wait > 0)
        return nerr_pass(form_error(form, "current", "%s", _("Too many attempts failed. Try again later.")));
    if (form->error_count > 0 || crypto_password_verify(account->password != NULL ? account->password : "", form_text(form, "current")))
        return STATUS_OK;
    TRY(lock_failure(rq, account->login));
    return nerr_pass(form_error(form, "current", "%s", _("The current password is wrong")));
}

/* ---- sessions ---- */

static const struct {
    const char *token, *name;
} browsers[] = {
    {"YaBrowser/", "Yandex"}, {"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
}, systems[] = {
    {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
};

/* "Firefox, Windows": enough to know one's own machines again. */
static const char *short_agent(struct pool *pool, const char *agent)
{
    const char *browser = NULL, *system = NULL;
    for (size_t i = 0; i < sizeof browsers / sizeof browsers[0] && browser == NULL; i++)
        browser = strstr(agent, browsers[i].token) != NULL ? browsers[i].name : NULL;
    for (size_t i = 0; i < sizeof systems / sizeof systems[0] && system == NULL; i++)
        system = strstr(agent, systems[i].token) != NULL ? systems[i].name : NULL;
    if (browser == NULL && system == NULL)
        return _("Unknown browser");
    return pool_printf(pool, "%s%s%s", browser != NULL ? browser : "", browser != NULL && system != NULL ? ", " : "", system != NULL ? system : "");
}

static const char SESSIONS[] =
    "SELECT id, made_at, seen_at, address, agent FROM session "
    "WHERE account_id = ? AND ended_at IS NULL AND seen_at > ? AND made_at > ? "
    "ORDER BY seen_at DESC LIMIT 50";

static NEOERR *show_session(void *data, const struct db_row *row)
{
    struct request *rq = data;
    int64_t id = db_get_int(row, 0);
    HDF *out;
    TRY(view_append(rq->hdf, "Profile.sessions", &out));
    TRY(view_set_int(out, "id", id));
    TRY(view_set(out, "since", i18n_time(rq->pool, db_get_time(row, 1), rq->place.time_zone)));
    TRY(view_set(out, "seen", i18n_time(rq->pool, db_get_time(row, 2), rq->place.time_zone)));
    TRY(view_set(out, "address", db_get(row, 3)));
    TRY(view_set(out, "agent", short_agent(rq->pool, db_get(row, 4))));
    return nerr_pass(view_set(out, "current", id == rq->session.id ? "1" : NULL));
}

static NEOERR *show_sessions(struct request *rq)
{
    int64_t now = clock_now();
    return nerr_pass(db_each(rq->db, SESSIONS,
                             DB_VALUES(DB_INT(rq->session.account), DB_TIME(now - (int64_t)AUTH_IDLE_MINUTES * 60 * 1000),
                                       DB_TIME(now - (int64_t)AUTH_ABSOLUTE_HOURS * 3600 * 1000)),
                             show_session, rq));
}

/* ---- the page ---- */

static NEOERR *show_profile(struct request *rq, struct response *rs, struct form_data *form)
{
    TRY(page_begin(rq, rs, "profile.cs", _("Profile")));
    TRY(page_facts(rq, rq->session.full_name));
    TRY(page_crumb(rq, _("Profile"), NULL));
    TRY(form_show(form));
    TRY(view_set(rq->hdf, "Profile.name", rq->session.full_name));
    TRY(view_set(rq->hdf, "Profile.login", rq->session.login));
    TRY(view_set(rq->hdf, "Profile.password_action", route_url(rq, "profile-password")));
    TRY(view_set(rq->hdf, "Profile.factor", rq->session.is_administrative || rq->session.has_factor ? route_url(rq, "second-factor") : NULL));
    TRY(view_set(rq->hdf, "Profile.factor_is_on", rq->session.has_factor ? "1" : NULL));
    TRY(view_set(rq->hdf, "Profile.session_action", route_url(rq, "profile-session")));
    TRY(view_set(rq->hdf, "Profile.language_action", route_url(rq, "language")));
    return nerr_pass(show_sessions(rq));
}

NEOERR *auth_profile_page(struct request *rq, struct response *rs)
{
    struct form_data *form;
    TRY(form_data_new(rq, change_fields, &form));
    return nerr_pass(show_profile(rq, rs, form));
}

struct change {
    struct request *rq;
    const char *password;
};

/* Whoever else knew the old password is out. */
static NEOERR *change_password(struct db *db, void *data)
{
    const struct change *change = data;
    const struct request *rq = change->rq;
    TRY(auth_password_set(db, rq->session.account, change->password));
    TRY(session_end(db, rq, rq->session.account, 0));
    return nerr_pass(audit_add(db, rq, "account", rq->session.account, "password", NULL, NULL));
}

NEOERR *auth_password_post_page(struct request *rq, struct response *rs)
{
    struct form_data *form;
    struct account account;
    TRY(form_data_new(rq, change_fields, &form));
    TRY(form_read(form));
    TRY(account_load(rq, rq->session.account, &account));
    TRY(current_password_check(form, &account));
    TRY(password_check(form, account.login, account.full_name));
    if (form->error_count > 0) {
        rs->http.status = 422;
        return nerr_pass(show_profile(rq, rs, form));
    }
    struct change change = {rq, form_text(form, "password")};
    TRY(db_run(rq->db, change_password, &change));
    return nerr_pass(response_redirect_with(rq, rs, route_url(rq, "profile"), "ok", _("The password is changed; your other sessions have ended.")));
}

/* session = an id of one's own, or "others". */
NEOERR *auth_session_end_post_page(struct request *rq, struct response *rs)
{
    const char *which = request_posted(rq, "session");
    int64_t id = strcmp(which, "others") == 0 ? 0 : strtoll(which, NULL, 10);
    if (id == 0 && strcmp(which, "others") != 0)
        return nerr_raise(ERROR_INPUT, "end a session: none was named");
    TRY(session_end(rq->db, rq, rq->session.account, id));
    return nerr_pass(response_redirect_with(rq, rs, route_url(rq, "profile"), "ok",
                                            id != 0 ? _("The session has ended.") : _("Your other sessions have ended.")));
}

static const char SET_LANGUAGE[] =
    "UPDATE account SET language = ? WHERE id = ?";

NEOERR *auth_language_post_page(struct request *rq, struct response *rs)
{
    enum language language;
    if (!language_from_code(request_posted(rq, "language"), &language))
        return nerr_raise(ERROR_INPUT, "change the language: %s is none of ours", request_posted(rq, "language"));
    if (rq->session.account != 0)
        TRY(db_exec(rq->db, SET_LANGUAGE, DB_VALUES(DB_TEXT(language_codes[language]), DB_INT(rq->session.account)), NULL, NULL));
    language_cookie(rq, rs, language);
    return nerr_pass(response_redirect(rq, rs, local_address(rq, request_posted(rq, "address"))));
}
