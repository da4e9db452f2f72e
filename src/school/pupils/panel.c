/* panel.c: the left panel of the contingent: organisation, parallel, class, archive, search, output forms. (CON-02…CON-05) */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "engine/page.h"
#include "school/permissions.h"

#include <string.h>

struct panel {
    const char *under, *selected;
};

static NEOERR *add_option(struct form_data *form, const struct choice *choice)
{
    struct panel *panel = form->detail;
    HDF *out;
    TRY(view_append(form->rq->hdf, panel->under, &out));
    TRY(view_set(out, "value", choice->value));
    TRY(view_set(out, "label", choice->note == NULL ? choice->label : pool_printf(form->rq->pool, "%s · %s", choice->label, choice->note)));
    return nerr_pass(view_set(out, "selected", strcmp(choice->value, panel->selected) == 0 ? "1" : NULL));
}

static NEOERR *show_org(struct request *rq, int64_t id, const char *name)
{
    HDF *out;
    TRY(view_append(rq->hdf, "Panel.orgs", &out));
    TRY(view_set_int(out, "value", id));
    TRY(view_set(out, "label", name));
    return nerr_pass(view_set(out, "selected", id == rq->place.org ? "1" : NULL));
}

/* Where the person has a role; an official of a territory has none in the organisation looked at. */
static NEOERR *show_orgs(struct request *rq)
{
    const struct session *session = &rq->session;
    bool shown = false;
    for (size_t i = 0; i < session->org_count; i++) {
        TRY(show_org(rq, session->orgs[i].id, session->orgs[i].name));
        shown = shown || session->orgs[i].id == rq->place.org;
    }
    return shown ? STATUS_OK : nerr_pass(show_org(rq, rq->place.org, rq->place.name));
}

static NEOERR *show_selects(struct request *rq, const char *grade, const char *class)
{
    static const struct field no_fields[] = {{0}};
    struct panel panel = {"Panel.grades", grade};
    struct form_data *form;
    TRY(form_data_new(rq, no_fields, &form));
    TRY(form_set(form, "grade", grade));
    form->detail = &panel;
    TRY(class_grade_choices(form, no_fields, add_option));
    panel = (struct panel){"Panel.classes", class};
    return nerr_pass(class_choices_seen(form, no_fields, add_option));
}

static const char WITHOUT_CLASS[] =
    "SELECT COUNT(*) FROM pupil WHERE org_id = ? AND standing = 'registered'";

static NEOERR *show_without_class(struct request *rq)
{
    int64_t count;
    if ((request_scopes(rq, &see_contingent) & (SCOPE_ORGANISATION | SCOPE_ALL)) == 0)
        return STATUS_OK;
    TRY(db_number(rq->db, WITHOUT_CLASS, DB_VALUES(DB_INT(rq->place.org)), &count, NULL));
    TRY(view_set(rq->hdf, "Panel.without_class.href", route_url(rq, "without-class")));
    TRY(view_set(rq->hdf, "Panel.without_class.label", request_words(rq, N_("Without class"))));
    return nerr_pass(view_set(rq->hdf, "Panel.without_class.count", i18n_number(rq->pool, count)));
}

/* «ВЫХОДНЫЕ ФОРМЫ/ОПЕРАЦИИ»: what the person may do; what is not for this organisation is left out. */
static const struct {
    const char *label, *route;
    const struct process *process;
    const struct permission *permission;
} operations[] = {
    {N_("Add a class"), NULL, &register_class, &manage_classes},
    {N_("Add a group"), NULL, &register_group, &manage_classes},
    {N_("Creation of personal files"), NULL, &register_pupil, &register_pupils},
    {N_("Application for free meals"), NULL, &register_meal, &register_meals},
    {N_("List of those permitted free meals"), "meal-permits", NULL, &see_contingent},
    {N_("Alphabetical list of pupils"), "alphabetical", NULL, &see_contingent},
    {N_("Book of pupil movement"), "movement-book", NULL, &see_reports},
    {N_("Consolidated report on pupils (NEDB)"), "roll", NULL, &see_reports},
    {N_("Social passport"), "social-passport", NULL, &see_reports},
    {N_("Winners and participants of contests"), "achievements", NULL, &see_reports},
    {N_("Orders"), "orders", NULL, &see_orders},
    {N_("Arriving"), "arriving", NULL, &register_pupils},
    {N_("Arrival not confirmed"), "departures", NULL, &register_pupils},
    {N_("Graduates"), "graduates", NULL, &see_orders},
    {N_("Report on graduates"), "graduate-counts", NULL, &see_reports},
    {N_("On academic leave"), "on-leave", NULL, &see_contingent},
    {N_("Free budget places"), "budget-places", NULL, &see_orders},
    {N_("Claimants to a budget place"), "claimants", NULL, &see_orders},
    {N_("Scholarship holders"), "scholarships", NULL, &see_contingent},
    {N_("Specialities"), "specialities", NULL, &see_periods},
    {N_("User data export"), "slips", NULL, &make_slips},
    {N_("Export of the contingent"), "export", NULL, &exchange_data},
    {N_("Import of the contingent"), "imports", NULL, &exchange_data},
};

static NEOERR *show_operations(struct request *rq)
{
    for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        const struct process *process = operations[i].process;
        HDF *out;
        bool (*when)(const struct request *) = process != NULL ? process->when : route_by_id(operations[i].route)->when;
        if (!request_may(rq, operations[i].permission) || (when != NULL && !when(rq)))
            continue;
        TRY(view_append(rq->hdf, "Panel.outputs", &out));
        TRY(view_set(out, "label", request_words(rq, operations[i].label)));
        TRY(view_set(out, "href", process != NULL ? process_url(rq, process, 0) : route_url(rq, operations[i].route)));
    }
    return STATUS_OK;
}

/* Of the orders that passed this year and are in force the last one. */
static const char PASSED[] =
    "SELECT p.id"
    " FROM process p"
    " LEFT JOIN school_order x ON x.org_id = p.org_id AND x.cancels_id = p.order_id"
    " WHERE p.org_id = ? AND p.kind = ? AND p.state = 'done' AND p.year = ? AND x.id IS NULL"
    " ORDER BY p.id DESC LIMIT 1";

/* CON-33; afterwards CON-35. */
static NEOERR *show_passage(struct request *rq)
{
    const char *next = i18n_school_year(rq->pool, rq->place.year + 1);
    int64_t done;
    bool found;
    HDF *out;
    if (!request_may(rq, pass_year.permission))
        return STATUS_OK;
    TRY(db_number(rq->db, PASSED, DB_VALUES(DB_INT(rq->place.org), DB_TEXT(pass_year.id), DB_INT(rq->place.year)), &done, &found));
    TRY(view_append(rq->hdf, "Panel.outputs", &out));
    TRY(view_set(out, "label", pool_printf(rq->pool, found ? _("The transfer to the school year %s is completed")
                                                           : request_words(rq, N_("Transfer all classes to the school year %s")), next)));
    return nerr_pass(view_set(out, "href", found ? route_url(rq, "process", route_number(rq, done)) : process_url(rq, &pass_year, 0)));
}

NEOERR *panel_show(struct request *rq, int grade, int64_t class, bool archive)
{
    const char *grade_text = grade >= 0 ? pool_printf(rq->pool, "%d", grade) : "";
    const char *class_text = class != 0 ? pool_printf(rq->pool, "%lld", (long long)class) : "";
    TRY(page_menu(rq, "contingent"));
    TRY(view_set(rq->hdf, "Panel.action", route_url(rq, "contingent")));
    TRY(show_orgs(rq));
    TRY(view_set(rq->hdf, "Panel.archive", archive ? "1" : NULL));
    TRY(view_set(rq->hdf, "Panel.grade_label", request_words(rq, N_("Parallel"))));
    TRY(view_set(rq->hdf, "Panel.class_label", request_words(rq, N_("Class"))));
    TRY(view_set(rq->hdf, "Panel.search.action", route_url(rq, "pupils")));
    TRY(show_selects(rq, grade_text, class_text));
    TRY(show_without_class(rq));
    TRY(show_operations(rq));
    return nerr_pass(show_passage(rq));
}
