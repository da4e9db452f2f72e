/* start.c: the start page of a role: numbers, what waits, what one does here; for a new organisation the first steps. */
#include "school/desk/desk.h"

#include "engine/page.h"
#include "school/permissions.h"
#include "school/planning/planning.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include <string.h>

enum { TASKS_SHOWN = 8 };

/* ---- numbers of the organisation ---- */

struct numbers {
    int64_t enrolled, without_class, classes, staff, orders, unscanned, no_iin, no_address, no_birth_date, years, unconfirmed;
};

static NEOERR *take_numbers(void *data, const struct db_row *row)
{
    struct numbers *numbers = data;
    *numbers = (struct numbers){
        db_get_int(row, 0), db_get_int(row, 1), db_get_int(row, 2), db_get_int(row, 3), db_get_int(row, 4),
        db_get_int(row, 5), db_get_int(row, 6), db_get_int(row, 7), db_get_int(row, 8), db_get_int(row, 9), db_get_int(row, 10),
    };
    return STATUS_OK;
}

static const char NUMBERS[] =
    "SELECT COALESCE(SUM(p.standing = 'enrolled'), 0), COALESCE(SUM(p.standing = 'registered'), 0),"
    " (SELECT COUNT(*) FROM class c WHERE c.org_id = ? AND c.year = ? AND c.ended_on IS NULL),"
    " (SELECT COUNT(*) FROM employee e WHERE e.org_id = ? AND e.left_on IS NULL),"
    " (SELECT COUNT(*) FROM school_order o WHERE o.org_id = ? AND o.state = 'signed'),"
    " (SELECT COUNT(*) FROM school_order o LEFT JOIN order_scan s ON s.org_id = o.org_id AND s.order_id = o.id"
    "  WHERE o.org_id = ? AND o.state = 'signed' AND s.file_id IS NULL),"
    " COALESCE(SUM(h.iin IS NULL AND p.resident = 1 AND p.standing NOT IN ('left', 'withdrawn')), 0),"
    " COALESCE(SUM(p.address = '' AND p.standing NOT IN ('left', 'withdrawn')), 0),"
    " COALESCE(SUM(p.born_on IS NULL AND p.standing NOT IN ('left', 'withdrawn')), 0),"
    " (SELECT COUNT(*) FROM school_year y WHERE y.org_id = ?),"
    " (SELECT COUNT(*) FROM departure d WHERE d.org_id = ? AND d.state = 'open')"
    " FROM pupil p JOIN person h ON h.id = p.person_id"
    " WHERE p.org_id = ?";

static NEOERR *load_numbers(struct request *rq, struct numbers *numbers)
{
    int64_t org = rq->place.org;
    return nerr_pass(db_one(rq->db, NUMBERS,
                            DB_VALUES(DB_INT(org), DB_INT(rq->place.year), DB_INT(org), DB_INT(org), DB_INT(org), DB_INT(org), DB_INT(org), DB_INT(org)),
                            take_numbers, numbers));
}

static NEOERR *add_card(struct request *rq, const char *label, int64_t value, const char *href)
{
    HDF *out;
    TRY(view_append(rq->hdf, "Start.cards", &out));
    TRY(view_set(out, "label", request_words(rq, label)));
    TRY(view_set(out, "value", i18n_number(rq->pool, value)));
    return nerr_pass(view_set(out, "href", href));
}

static NEOERR *show_cards(struct request *rq, const struct numbers *numbers)
{
    TRY(add_card(rq, N_("Pupils"), numbers->enrolled, route_url(rq, "pupils")));
    TRY(add_card(rq, N_("Without class"), numbers->without_class, route_url(rq, "without-class")));
    TRY(add_card(rq, N_("Classes"), numbers->classes, route_url(rq, "contingent")));
    if (request_may(rq, &see_orders))
        TRY(add_card(rq, N_("Orders without scan"), numbers->unscanned, route_with(rq->pool, route_url(rq, "orders"), "scan", "0")));
    return STATUS_OK;
}

/* Each number opens the list of exactly those it counts. */
static NEOERR *add_count(struct request *rq, const char *label, int64_t count, const char *href)
{
    HDF *out;
    if (count == 0)
        return STATUS_OK;
    TRY(view_append(rq->hdf, "Start.unfilled", &out));
    TRY(view_set(out, "label", request_words(rq, label)));
    TRY(view_set(out, "count", i18n_number(rq->pool, count)));
    return nerr_pass(view_set(out, "href", href));
}

static NEOERR *add_unfilled(struct request *rq, const char *label, int64_t count, const char *what)
{
    const char *pupils = route_with(rq->pool, route_url(rq, "pupils"), "unfilled", what);
    return nerr_pass(add_count(rq, label, count, route_with(rq->pool, pupils, "standing", "present")));
}

static NEOERR *show_unfilled(struct request *rq, const struct numbers *numbers)
{
    TRY(add_unfilled(rq, N_("Pupils without IIN"), numbers->no_iin, "iin"));
    TRY(add_unfilled(rq, N_("without address"), numbers->no_address, "address"));
    TRY(add_unfilled(rq, N_("without birth date"), numbers->no_birth_date, "born"));
    if (request_may(rq, &register_pupils))
        TRY(add_count(rq, N_("Arrival not confirmed"), numbers->unconfirmed, route_url(rq, "departures")));
    return STATUS_OK;
}

/* ---- the first steps of a new organisation ---- */

static NEOERR *add_step(struct request *rq, const char *label, bool done, const char *href)
{
    HDF *out;
    TRY(view_append(rq->hdf, "Start.steps", &out));
    TRY(view_set(out, "label", request_words(rq, label)));
    TRY(view_set(out, "state", done ? "done" : "next"));
    return nerr_pass(view_set(out, "href", done ? NULL : href));
}

static NEOERR *show_first_steps(struct request *rq, const struct numbers *numbers)
{
    const struct process *adding = is_college(rq) ? &register_group : &register_class;
    if (numbers->enrolled > 0 && numbers->classes > 0 && numbers->years > 0)
        return STATUS_OK;
    if (request_may(rq, &manage_organisation))
        TRY(add_step(rq, N_("Set the first and the last day of the school year"), numbers->years > 0, route_url(rq, "years")));
    if (request_may(rq, &manage_staff))
        TRY(add_step(rq, N_("Add the staff and give them roles"), numbers->staff > 1, route_url(rq, "staff")));
    if (request_may(rq, &manage_classes))
        TRY(add_step(rq, N_("Add the classes"), numbers->classes > 0, process_url(rq, adding, 0)));
    if (request_may(rq, &register_pupils))
        TRY(add_step(rq, N_("Register the pupils, or import them"), numbers->enrolled + numbers->without_class > 0, process_url(rq, &register_pupil, 0)));
    if (request_may(rq, &move_pupils))
        TRY(add_step(rq, N_("Enrol them by order"), numbers->enrolled > 0, route_url(rq, "without-class")));
    return STATUS_OK;
}

/* ---- what one does here ---- */

static NEOERR *add_action(struct request *rq, const char *label, const struct permission *permission, const char *href)
{
    HDF *out;
    if (!request_may(rq, permission))
        return STATUS_OK;
    TRY(view_append(rq->hdf, "Start.actions", &out));
    TRY(view_set(out, "label", request_words(rq, label)));
    return nerr_pass(view_set(out, "href", href));
}

/* What leads to a page by its route; processes are added by hand, they differ between school and college. */
static const struct {
    const char *label, *route;
    const struct permission *permission;
} pages[] = {
    {N_("Enrol"), "without-class", &move_pupils},
    {N_("Orders"), "orders", &see_orders},
    {N_("Staff"), "staff", &see_staff},
    {N_("Activation slips"), "slips", &make_slips},
    {N_("Export of the contingent"), "export", &exchange_data},
    {N_("Import of the contingent"), "imports", &exchange_data},
};

static NEOERR *show_actions(struct request *rq)
{
    TRY(add_action(rq, N_("Creation of personal files"), &register_pupils, process_url(rq, &register_pupil, 0)));
    TRY(add_action(rq, is_college(rq) ? N_("Add a group") : N_("Add a class"), &manage_classes,
                   process_url(rq, is_college(rq) ? &register_group : &register_class, 0)));
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        TRY(add_action(rq, pages[i].label, pages[i].permission, route_url(rq, pages[i].route)));
    return STATUS_OK;
}

/* Class heads, parents and pupils see their own classes and files. */
static NEOERR *show_own(struct request *rq)
{
    if (class_leads_one(rq))
        return nerr_pass(add_action(rq, N_("My classes"), &see_contingent, route_url(rq, "my-classes")));
    if (request_scopes(rq, &see_contingent) & (SCOPE_ORGANISATION | SCOPE_ALL))
        return STATUS_OK;
    return nerr_pass(add_action(rq, N_("Personal file"), &see_contingent, route_url(rq, "pupils")));
}

/* "secretary · Monday, 23 November · quarter 2, week 4" */
static NEOERR *show_facts(struct request *rq)
{
    const char *facts = "", *period;
    for (size_t i = 0; rq->session.roles[i] != NULL; i++)
        facts = pool_printf(rq->pool, "%s%s%s", facts, i > 0 ? ", " : "", request_words(rq, rq->session.roles[i]->label));
    facts = pool_printf(rq->pool, "%s · %s", facts, i18n_date_day(rq->pool, request_today(rq)));
    TRY(period_now(rq, &period));
    return nerr_pass(page_facts(rq, period[0] != '\0' ? pool_printf(rq->pool, "%s · %s", facts, period) : facts));
}

static const char GIVEN_NAME[] = "SELECT CONCAT_WS(' ', given, NULLIF(patronymic, '')) FROM person WHERE id = ?";

NEOERR *start_page(struct request *rq, struct response *rs)
{
    struct numbers numbers;
    char *name;
    TRY(db_string(rq->db, rq->pool, GIVEN_NAME, DB_VALUES(DB_INT(rq->session.person)), &name));
    TRY(page_begin(rq, rs, "start.cs", pool_printf(rq->pool, _("Good day, %s"), name)));
    TRY(show_facts(rq));
    TRY(task_show(rq, TASKS_SHOWN));
    TRY(show_own(rq));
    if (request_scopes(rq, &see_contingent) & (SCOPE_ORGANISATION | SCOPE_ALL)) {
        TRY(load_numbers(rq, &numbers));
        TRY(show_cards(rq, &numbers));
        TRY(show_unfilled(rq, &numbers));
        TRY(show_first_steps(rq, &numbers));
    }
    return nerr_pass(show_actions(rq));
}

NEOERR *home_page(struct request *rq, struct response *rs)
{
    struct date today = request_today(rq);
    int year = today.month >= 8 ? today.year : today.year - 1; /* the school year turns in August, when classes are made */
    if (rq->session.home_org == 0)
        return nerr_pass(response_redirect(rq, rs, route_url(rq, "organisations")));
    return nerr_pass(response_redirect(rq, rs, route_url_at(rq->pool, rq->session.home_org, year, (const char *const[]){"desk", NULL})));
}
