/* area.c: what study periods and shifts bring to the registers. */
#include "school/planning/period.h"

#include "school/permissions.h"

static const char SOME_SHIFT[] = "SELECT id FROM shift WHERE org_id = ? ORDER BY number LIMIT 1";

static const char *const *some_shift(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_SHIFT, DB_VALUES(DB_INT(org)));
}

static const struct route routes[] = {
    {"periods", HTTP_GET, "/ORG/YEAR/periods", periods_page, &see_periods, .title = N_("Periods")},
    {"periods", HTTP_POST, "/ORG/YEAR/periods", periods_page, &manage_periods},
    {"shifts", HTTP_GET, "/ORG/YEAR/shifts", list_page, &see_periods, .detail = &shifts_list, .title = N_("Shifts")},
    {"shifts", HTTP_POST, "/ORG/YEAR/shifts", list_page, &see_periods, .detail = &shifts_list},
    {"shift-new", HTTP_GET, "/ORG/YEAR/shift-new", form_new_page, &manage_periods, ROUTE_SMALL, "shift-edit"},
    {"shift-edit", HTTP_GET, "/ORG/YEAR/shifts/{shift}", shift_edit_page, &manage_periods, .sample = some_shift},
    {"shift-edit", HTTP_POST, "/ORG/YEAR/shifts/{shift}", shift_edit_page, &manage_periods, ROUTE_KEPT, .sample = some_shift},
    {0},
};

static const struct form *const forms[] = {&period_form, &shift_form, NULL};
static const struct list *const lists[] = {&shifts_list, NULL};

static const struct setting settings[] = {
    {"planning.six_days", SETTING_ORGANISATION, "",
     {"planning_six_days", N_("The school week has six days"), FIELD_TICK, .hint = N_("School days of the periods are counted by it")}},
    {0},
};

/* NAV-08, NAV-09 */
static const struct menu_item menu[] = {
    {"periods", N_("Periods"), MENU_GO_TO, NULL, "periods", 50},
    {"shifts", N_("Shifts"), MENU_GO_TO, NULL, "shifts", 60},
    {0},
};

const struct area planning_area = {
    .id = "planning", .routes = routes, .forms = forms, .lists = lists, .settings = settings, .menu = menu,
};
