/* area.c: what territories, organisations and school years bring to the registers. */
#include "school/org/org.h"

#include "school/permissions.h"

static const char SOME_ORGANISATION[] = "SELECT id FROM organisation ORDER BY id LIMIT 1";
static const char SOME_TERRITORY[] = "SELECT id FROM territory WHERE level = 2 ORDER BY id LIMIT 1";
static const char SOME_YEAR[] = "SELECT year FROM school_year WHERE org_id = ? ORDER BY year DESC LIMIT 1";

static const char *const *some_organisation(struct db *db, struct pool *pool, int64_t org)
{
    (void)org;
    return route_sample(db, pool, SOME_ORGANISATION, DB_NO_VALUES);
}

static const char *const *some_territory(struct db *db, struct pool *pool, int64_t org)
{
    (void)org;
    return route_sample(db, pool, SOME_TERRITORY, DB_NO_VALUES);
}

static const char *const *some_year(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_YEAR, DB_VALUES(DB_INT(org)));
}

static const struct route routes[] = {
    {"organisations", HTTP_GET, "/organisations", list_page, &see_organisations, .detail = &organisations_list, .title = N_("Organisations")},
    {"organisations", HTTP_POST, "/organisations", list_page, &see_organisations, .detail = &organisations_list},
    {"organisation-new", HTTP_GET, "/organisation-new", form_new_page, &manage_organisations, ROUTE_SMALL, "organisation-edit"},
    {"organisation", HTTP_GET, "/organisations/{organisation}", organisation_page, &see_organisations, .sample = some_organisation},
    {"organisation-edit", HTTP_GET, "/organisations/{organisation}/edit", organisation_edit_page, &manage_organisations, .sample = some_organisation},
    {"organisation-edit", HTTP_POST, "/organisations/{organisation}/edit", organisation_edit_page, &manage_organisations, ROUTE_KEPT,
     .sample = some_organisation},
    {"territories", HTTP_GET, "/territories", list_page, &manage_territories, .detail = &territories_list, .title = N_("Territories")},
    {"territories", HTTP_POST, "/territories", list_page, &manage_territories, .detail = &territories_list},
    {"territory-new", HTTP_GET, "/territory-new", form_new_page, &manage_territories, ROUTE_SMALL, "territory-edit"},
    {"territory-edit", HTTP_GET, "/territories/{territory}", territory_edit_page, &manage_territories, .sample = some_territory},
    {"territory-edit", HTTP_POST, "/territories/{territory}", territory_edit_page, &manage_territories, ROUTE_KEPT, .sample = some_territory},
    {"own-organisation", HTTP_GET, "/ORG/YEAR/organisation", own_organisation_page, &manage_organisation, .title = N_("Organisation")},
    {"own-organisation", HTTP_POST, "/ORG/YEAR/organisation", own_organisation_page, &manage_organisation, ROUTE_KEPT},
    {"years", HTTP_GET, "/ORG/YEAR/years", list_page, &manage_organisation, .detail = &years_list, .title = N_("School years")},
    {"years", HTTP_POST, "/ORG/YEAR/years", list_page, &manage_organisation, .detail = &years_list},
    {"year-new", HTTP_GET, "/ORG/YEAR/year-new", form_new_page, &manage_organisation, ROUTE_SMALL, "year-edit"},
    {"year-edit", HTTP_GET, "/ORG/YEAR/years/{year}", year_edit_page, &manage_organisation, .sample = some_year},
    {"year-edit", HTTP_POST, "/ORG/YEAR/years/{year}", year_edit_page, &manage_organisation, ROUTE_KEPT, .sample = some_year},
    {0},
};

static const struct form *const forms[] = {&organisation_form, &territory_form, &year_form, NULL};
static const struct list *const lists[] = {&organisations_list, &territories_list, &years_list, NULL};

static const struct menu_item menu[] = {
    {"administration", N_("Administration"), MENU_TOP, NULL, NULL, 60},
    {"organisations", N_("Organisations"), MENU_SECOND, "administration", "organisations", 10},
    {"territories", N_("Territories"), MENU_SECOND, "administration", "territories", 20},
    {"feedback-list", N_("Feedback"), MENU_SECOND, "administration", "feedback-list", 30},
    {"installation", N_("Settings of the installation"), MENU_SECOND, "administration", "installation", 90},
    {"own-organisation", N_("Organisation"), MENU_SECOND, "management", "own-organisation", 70},
    {"years", N_("School years"), MENU_SECOND, "management", "years", 80},
    {0},
};

const struct area org_area = {.id = "org", .routes = routes, .forms = forms, .lists = lists, .menu = menu};
