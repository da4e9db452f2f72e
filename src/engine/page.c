/* page.c: the frame of every page, and the pages for what can go wrong. */
#include "engine/page.h"

#include "base/log.h"
#include "engine/area.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

NEOERR *page_begin(struct request *rq, struct response *rs, const char *template_name, const char *title)
{
    rs->template_name = template_name;
    TRY(view_set(rq->hdf, "Page.title", title));
    return nerr_pass(view_setf(rq->hdf, "Page.template", "%.*s", (int)strcspn(template_name, "."), template_name));
}

NEOERR *page_facts(struct request *rq, const char *facts)
{
    return nerr_pass(view_set(rq->hdf, "Page.facts", facts));
}

NEOERR *page_fact(struct request *rq, const char *words, const char *name, const char *address)
{
    HDF *fact;
    TRY(view_append(rq->hdf, "Page.facts", &fact));
    TRY(view_set(fact, "words", words));
    TRY(view_set(fact, "name", name));
    return nerr_pass(view_set(fact, "href", address));
}

NEOERR *page_crumb(struct request *rq, const char *text, const char *address)
{
    HDF *crumb;
    TRY(view_append(rq->hdf, "Page.crumbs", &crumb));
    TRY(view_set(crumb, "text", text));
    return nerr_pass(view_set(crumb, "href", address));
}

NEOERR *page_crumb_record(struct request *rq, const char *name, const char *address, const char *last)
{
    if (last == NULL)
        return nerr_pass(page_crumb(rq, name, NULL));
    TRY(page_crumb(rq, name, address));
    return nerr_pass(page_crumb(rq, last, NULL));
}

static NEOERR *add_link(struct request *rq, const char *under, const char *label, const char *address, HDF **out)
{
    TRY(view_append(rq->hdf, under, out));
    TRY(view_set(*out, "label", label));
    return nerr_pass(view_set(*out, "href", address));
}

NEOERR *page_tab(struct request *rq, const char *label, const char *address, bool current, const char *count)
{
    HDF *tab;
    TRY(add_link(rq, "Page.tabs", label, address, &tab));
    TRY(view_set(tab, "count", count));
    return nerr_pass(view_set(tab, "current", current ? "1" : NULL));
}

NEOERR *page_action(struct request *rq, const char *label, const char *address, const char *icon, bool primary)
{
    HDF *action;
    TRY(add_link(rq, "Page.actions", label, address, &action));
    TRY(view_set(action, "icon", icon));
    return nerr_pass(view_set(action, "primary", primary ? "1" : NULL));
}

NEOERR *page_operation(struct request *rq, const char *label, const char *address)
{
    HDF *operation;
    return nerr_pass(add_link(rq, "Page.operations", label, address, &operation));
}

NEOERR *page_operation_save(struct request *rq)
{
    return nerr_pass(view_set(rq->hdf, "Page.save", "1"));
}

NEOERR *page_menu(struct request *rq, const char *second_id)
{
    return nerr_pass(view_set(rq->hdf, "Page.menu", second_id));
}

/* ---- the frame ---- */

/* Links of the frame: each stands there when its route does and the person may open it. */
static const struct {
    const char *name, *route;
} frame_links[] = {
    {"Page.person.href", "profile"},
    {"Page.org.href", "desk"},
    {"Page.tasks.href", "tasks"},
    {"Page.search.href", "search"},
    {"Page.help.href", "help"},
    {"Page.feedback.action", "feedback"},
    {"Page.language.action", "language"},
    {"Page.sign_in.href", "sign-in"},
    {"Page.sign_out.action", "sign-out"},
};

static NEOERR *show_frame_links(struct request *rq)
{
    TRY(view_set(rq->hdf, "Page.home.href", "/"));
    for (size_t i = 0; i < sizeof frame_links / sizeof *frame_links; i++) {
        const struct route *route = route_by_id(frame_links[i].route);
        if (route != NULL && route_is_open(rq, route))
            TRY(view_set(rq->hdf, frame_links[i].name, route_url(rq, frame_links[i].route)));
    }
    return STATUS_OK;
}

static NEOERR *show_languages(struct request *rq)
{
    TRY(view_set(rq->hdf, "Page.lang", language_codes[rq->language]));
    for (int language = 0; language < LANGUAGES; language++) {
        HDF *out;
        TRY(view_append(rq->hdf, "Page.languages", &out));
        TRY(view_set(out, "code", language_codes[language]));
        TRY(view_set(out, "label", language_labels[language]));
        TRY(view_set(out, "current", language == (int)rq->language ? "1" : NULL));
    }
    return STATUS_OK;
}

static const char FORGET_FLASH[] =
    "UPDATE session SET flash_kind = NULL, flash = NULL "
    "WHERE id = ?";

static NEOERR *show_flash(struct request *rq)
{
    const char *words = rq->session.flash;
    if (words == NULL)
        return STATUS_OK;
    rq->session.flash = NULL; /* a failure below is not tried again on the error's page */
    TRY(view_set(rq->hdf, "Page.flash.kind", rq->session.flash_kind));
    TRY(view_set(rq->hdf, "Page.flash.text", words));
    return nerr_pass(db_exec(rq->db, FORGET_FLASH, DB_VALUES(DB_INT(rq->session.id)), NULL, NULL));
}

static NEOERR *show_person(struct request *rq)
{
    if (rq->session.id == 0)
        return STATUS_OK;
    TRY(view_set(rq->hdf, "Page.signed_in", "1"));
    TRY(view_set(rq->hdf, "Page.person.name", rq->session.short_name));
    TRY(view_set(rq->hdf, "Page.csrf", rq->session.csrf));
    TRY(view_set_int(rq->hdf, "Page.tasks.count", rq->session.waiting_tasks));
    return nerr_pass(show_flash(rq));
}

/* The start page of an organisation in a school year. */
static const char *desk_address(struct request *rq, int64_t org, int year)
{
    return route_by_id("desk") == NULL ? NULL : route_url_at(rq->pool, org, year, (const char *const[]){"desk", NULL});
}

/* A school year begins on 1 September; from July on people work at the coming one. */
static int current_year(const struct request *rq)
{
    struct date today = request_today(rq);
    return today.month >= 7 ? today.year : today.year - 1;
}

static NEOERR *show_year(struct request *rq, int year)
{
    HDF *out;
    TRY(add_link(rq, "Page.years", i18n_school_year(rq->pool, year), desk_address(rq, rq->place.org, year), &out));
    return nerr_pass(view_set(out, "current", year == rq->place.year ? "1" : NULL));
}

/* The organisation's own, and the one of the address where it is none of them; the latest first. */
static NEOERR *show_years(struct request *rq)
{
    const char *rest = rq->place.years != NULL ? rq->place.years : "";
    bool shown = false;
    TRY(view_set_int(rq->hdf, "Page.year.value", rq->place.year));
    TRY(view_set(rq->hdf, "Page.year.label", i18n_school_year(rq->pool, rq->place.year)));
    while (*rest != '\0') {
        int year = (int)strtol(rest, (char **)&rest, 10);
        rest += *rest == ',';
        if (!shown && year < rq->place.year)
            TRY(show_year(rq, rq->place.year));
        shown = shown || year <= rq->place.year;
        TRY(show_year(rq, year));
    }
    return shown ? STATUS_OK : nerr_pass(show_year(rq, rq->place.year));
}

static NEOERR *show_orgs(struct request *rq)
{
    int year = rq->place.year != 0 ? rq->place.year : current_year(rq);
    for (size_t i = 0; rq->session.org_count > 1 && i < rq->session.org_count; i++) {
        const struct session_org *org = &rq->session.orgs[i];
        HDF *out;
        TRY(add_link(rq, "Page.orgs", org->name, desk_address(rq, org->id, year), &out));
        TRY(view_set(out, "current", org->id == rq->place.org ? "1" : NULL));
    }
    return STATUS_OK;
}

/* The organisation's own words only for those who have a role in it. */
static NEOERR *show_place(struct request *rq)
{
    TRY(show_orgs(rq));
    if (rq->place.org == 0 || rq->session.roles[0] == NULL)
        return STATUS_OK;
    TRY(view_set_int(rq->hdf, "Page.org.id", rq->place.org));
    TRY(view_set(rq->hdf, "Page.org.name", rq->place.name));
    return rq->place.year == 0 ? STATUS_OK : nerr_pass(show_years(rq));
}

static NEOERR *show_address(struct request *rq)
{
    const char *query = rq->http->query;
    return nerr_pass(view_setf(rq->hdf, "Page.address", "%s%s%s", rq->http->path, *query == '\0' ? "" : "?", query));
}

NEOERR *page_finish(struct request *rq, struct response *rs)
{
    (void)rs;
    TRY(show_languages(rq));
    TRY(show_person(rq));
    TRY(show_place(rq));
    TRY(show_address(rq));
    TRY(show_frame_links(rq));
    TRY(menu_show(rq, hdf_get_value(rq->hdf, "Page.menu", NULL)));
    return rq->worker->statics == NULL ? STATUS_OK : nerr_pass(hdf_copy(rq->hdf, "Page.static", rq->worker->statics));
}

/* ---- faults ---- */

enum { RETRY_AFTER_SECONDS = 5 };

static const struct {
    int status;
    const char *title, *words;
} faults[] = {
    [FAULT_NOT_FOUND] = {404, N_("The page was not found"),
                         N_("Nothing stands at this address, or it belongs to another organisation.")},
    [FAULT_DENIED] = {403, N_("You may not open this page"), N_("Your rights do not reach it.")},
    [FAULT_INPUT] = {400, N_("The request could not be read"),
                     N_("What the browser sent is damaged. Go back and try again.")},
    [FAULT_METHOD] = {405, N_("This address does not work this way"), N_("Go back and use the links and buttons of the page.")},
    [FAULT_FORGED] = {403, N_("The form is out of date"),
                      N_("It was opened before you signed in last. Go back, open the page again and send it once more.")},
    [FAULT_TOO_BIG] = {413, N_("Too much was sent at once"), N_("Send a smaller file or fewer rows. A larger package of the exchange is imported on the server.")},
    [FAULT_CONFLICT] = {409, N_("Somebody has changed this meanwhile"),
                        N_("Nothing of yours was saved. Open the page again, look at what stands there now and repeat your change.")},
    [FAULT_UNCERTAIN] = {503, N_("It is not known whether this was saved"),
                         N_("The connection to the database broke off at the last moment. Send the form again: it is never done twice.")},
    [FAULT_BUSY] = {503, N_("Too many people work on this at once"), N_("Nothing was saved. Try again in a few seconds.")},
    [FAULT_UNAVAILABLE] = {503, N_("The database cannot be reached"), N_("Nothing was lost. Try again in a few seconds.")},
    [FAULT_FULL] = {507, N_("There is no room for files"),
                    N_("The disk of the server is full. Nothing was saved; tell your administrator, then send it again.")},
    [FAULT_OURS] = {500, N_("The program made a mistake"),
                    N_("Nothing was saved. The mistake is written down; tell your administrator its number.")},
};

static const struct {
    unsigned scopes;
    const char *words;
} reaches[] = {
    {SCOPE_ALL | SCOPE_TERRITORY | SCOPE_ORGANISATION, N_("You have this right, but not for this very record.")},
    {SCOPE_OWN_CLASS, N_("You have this right for the classes and groups that you lead.")},
    {SCOPE_OWN_LESSON, N_("You have this right for the classes and groups that you teach.")},
    {SCOPE_OWN_CHILD, N_("You have this right for your own children.")},
    {SCOPE_SELF, N_("You have this right for your own file.")},
};

static NEOERR *show_roles_that_may(struct request *rq, const struct permission *permission)
{
    for (const struct grant *grant = permission->grants; grant->role != NULL; grant++) {
        const struct role *role = role_find(grant->role);
        HDF *out;
        if (role == NULL)
            continue;
        TRY(view_append(rq->hdf, "Error.may", &out));
        TRY(view_set(out, "role", _(role->label)));
    }
    return STATUS_OK;
}

/* Why the person may not: what the page needs, who has it, what the person has. */
static NEOERR *show_why(struct request *rq)
{
    for (const struct role *const *role = rq->session.roles; *role != NULL; role++) {
        HDF *out;
        TRY(view_append(rq->hdf, "Error.held", &out));
        TRY(view_set(out, "role", _((*role)->label)));
    }
    const struct permission *needed = rq->lacking != NULL || rq->route == NULL ? rq->lacking : rq->route->permission;
    if (needed == NULL)
        return STATUS_OK;
    TRY(view_set(rq->hdf, "Error.permission", _(needed->label)));
    for (size_t i = 0; i < sizeof reaches / sizeof *reaches; i++)
        if ((request_scopes(rq, needed) & reaches[i].scopes) != 0)
            return nerr_pass(view_set(rq->hdf, "Error.reach", _(reaches[i].words)));
    return nerr_pass(show_roles_that_may(rq, needed));
}

/* The page begins anew: nothing that it held before may be seen. */
static NEOERR *fill_fault(struct request *rq, struct response *rs, enum page_fault fault)
{
    hdf_destroy(&rq->hdf);
    TRY(hdf_init(&rq->hdf));
    TRY(page_begin(rq, rs, "error.cs", _(faults[fault].title)));
    TRY(view_set_int(rq->hdf, "Error.status", faults[fault].status));
    TRY(view_set(rq->hdf, "Error.title", _(faults[fault].title)));
    TRY(view_set(rq->hdf, "Error.words", _(faults[fault].words)));
    if (fault == FAULT_OURS)
        TRY(view_set(rq->hdf, "Error.number", rq->id));
    return fault == FAULT_DENIED ? nerr_pass(show_why(rq)) : STATUS_OK;
}

void page_fault(struct request *rq, struct response *rs, enum page_fault fault)
{
    response_clear(rs);
    rs->http.status = faults[fault].status;
    if (rs->http.status == 503)
        http_header(rq->pool, &rs->http, "Retry-After", pool_printf(rq->pool, "%d", RETRY_AFTER_SECONDS));
    NEOERR *error = fill_fault(rq, rs, fault);
    if (error == STATUS_OK)
        return;
    log_error(error);
    error_release(error);
    rs->template_name = NULL;
}

static enum page_fault fault_of(NEOERR *error)
{
    const struct {
        NERR_TYPE type;
        enum page_fault fault;
    } types[] = {
        {ERROR_NOT_FOUND, FAULT_NOT_FOUND}, {ERROR_DENIED, FAULT_DENIED}, {ERROR_INPUT, FAULT_INPUT}, {ERROR_TOO_BIG, FAULT_TOO_BIG},
        {ERROR_CONFLICT, FAULT_CONFLICT}, {ERROR_UNCERTAIN, FAULT_UNCERTAIN}, {ERROR_RETRY, FAULT_BUSY}, {ERROR_UNAVAILABLE, FAULT_UNAVAILABLE},
        {ERROR_FULL, FAULT_FULL},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (nerr_match(error, types[i].type))
            return types[i].fault;
    return FAULT_OURS;
}

void page_error(struct request *rq, struct response *rs, NEOERR *error)
{
    enum page_fault fault = fault_of(error);
    if (fault == FAULT_OURS)
        log_error(error);
    else
        log_write(faults[fault].status == 503 ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO, "answered %d: %s", faults[fault].status, error_message(error));
    error_release(error);
    page_fault(rq, rs, fault);
}

/* ---- static files ---- */

/* A line of the manifest: "mektep.css mektep-1a2b3c.css". */
static NEOERR *take_static(HDF *statics, const char *line)
{
    char name[128], hashed[128];
    if (sscanf(line, "%127s %127s", name, hashed) != 2)
        return nerr_raise(ERROR_INTERNAL, "read the manifest of static files: no two names in the line %s", line);
    char *dot = strchr(name, '.');
    if (dot != NULL && strncmp(name, "mektep.", 7) == 0)
        return nerr_pass(view_set(statics, dot + 1, hashed));
    if (dot != NULL)
        *dot = '\0';
    return nerr_pass(view_set(statics, name, hashed));
}

NEOERR *page_statics(struct worker *worker)
{
    char *path = pool_printf(worker->pool, "%s/manifest", worker->config->static_dir), line[300];
    NEOERR *error = STATUS_OK;
    FILE *manifest = fopen(path, "re");
    if (manifest == NULL)
        return nerr_raise(ERROR_INTERNAL, "read the manifest of static files %s: %s", path, strerror(errno));
    if (worker->statics == NULL)
        error = hdf_init(&worker->statics);
    while (error == STATUS_OK && fgets(line, sizeof line, manifest) != NULL)
        error = take_static(worker->statics, line);
    fclose(manifest);
    return nerr_pass(error);
}
