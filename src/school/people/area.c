/* area.c: what the staff brings to the registers. */
#include "school/people/people.h"

#include "school/permissions.h"

static const char SOME_EMPLOYEE[] = "SELECT id FROM employee WHERE org_id = ? ORDER BY id LIMIT 1";

static const char *const *some_employee(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_EMPLOYEE, DB_VALUES(DB_INT(org)));
}

static const struct route routes[] = {
    {"staff", HTTP_GET, "/ORG/YEAR/staff", list_page, &see_staff, .detail = &staff_list, .title = N_("Staff")},
    {"staff", HTTP_POST, "/ORG/YEAR/staff", list_page, &see_staff, .detail = &staff_list},
    {"employee", HTTP_GET, "/ORG/YEAR/staff/{employee}", employee_page, &see_staff, .sample = some_employee},
    {"employee-edit", HTTP_GET, "/ORG/YEAR/staff/{employee}/edit", employee_edit_page, &manage_staff, .sample = some_employee},
    {"employee-edit", HTTP_POST, "/ORG/YEAR/staff/{employee}/edit", employee_edit_page, &manage_staff, ROUTE_KEPT, .sample = some_employee},
    {"employee-roles", HTTP_GET, "/ORG/YEAR/staff/{employee}/roles", employee_roles_page, &grant_roles, .sample = some_employee},
    {"employee-roles", HTTP_POST, "/ORG/YEAR/staff/{employee}/roles", employee_roles_page, &grant_roles, ROUTE_KEPT, .sample = some_employee},
    {"slips", HTTP_GET, "/ORG/YEAR/slips", output_page, &make_slips, .detail = &activation_slips, .title = N_("User data export")},
    {"slips", HTTP_POST, "/ORG/YEAR/slips", output_post_page, &make_slips, .detail = &activation_slips},
    {0},
};

static const struct process *const processes[] = {&register_employee, NULL};
static const struct list *const lists[] = {&staff_list, NULL};
static const struct form *const forms[] = {&employee_form, &employee_roles_form, NULL};
static const struct output *const outputs[] = {&activation_slips, NULL};

static const struct menu_item menu[] = {
    {"staff", N_("Staff"), MENU_SECOND, "management", "staff", 40},
    {0},
};

/* ---- quick search ---- */

static NEOERR *add_found(void *data, const struct db_row *row)
{
    struct request *rq = data;
    return nerr_pass(search_hit(rq, db_get(row, 1), db_get(row, 2), route_url(rq, "employee", db_get(row, 0))));
}

static const char FIND[] =
    "SELECT e.id, CONCAT_WS(' ', e.surname, e.given, NULLIF(e.patronymic, '')), e.position"
    " FROM employee e JOIN person h ON h.id = e.person_id"
    " WHERE e.org_id = ? AND e.left_on IS NULL AND (e.fold_key LIKE ? OR h.login LIKE ?)"
    " ORDER BY e.sort_key LIMIT ?";

static NEOERR *find_staff(struct request *rq, const char *words, const char *fold, const char *digits, size_t limit)
{
    const char *pattern = pool_printf(rq->pool, "%%%s%%", fold);
    const char *login = *digits != '\0' ? pool_printf(rq->pool, "%%%s%%", digits) : ""; /* ASCII: letters cannot be compared with it */
    (void)words;
    return nerr_pass(db_each(rq->db, FIND, DB_VALUES(DB_INT(rq->place.org), DB_TEXT(pattern), DB_TEXT(login), DB_INT(limit)), add_found, rq));
}

static const struct search_source searches[] = {{"staff", N_("Staff"), &see_staff, find_staff}, {0}};

const struct area people_area = {
    .id = "people", .routes = routes, .forms = forms, .processes = processes, .lists = lists, .outputs = outputs, .menu = menu, .searches = searches,
};
