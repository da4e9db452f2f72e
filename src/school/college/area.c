/* area.c: what the college brings to the registers. */
#include "school/college/college.h"
#include "school/college/pages.h"

#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

static const char SOME_SPECIALITY[] = "SELECT id FROM speciality WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_SCHOLARSHIP[] = "SELECT id FROM scholarship WHERE org_id = ? AND stops_id IS NULL AND voids_id IS NULL ORDER BY id LIMIT 1";

static const char *const *some_speciality(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_SPECIALITY, DB_VALUES(DB_INT(org)));
}

static const char *const *some_scholarship(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_SCHOLARSHIP, DB_VALUES(DB_INT(org)));
}

static const struct route routes[] = {
    {"on-leave", HTTP_GET, "/ORG/YEAR/on-leave", contingent_list_page, &see_contingent, .detail = &on_leave_list, .title = N_("On academic leave"),
     .when = is_college},
    {"on-leave", HTTP_POST, "/ORG/YEAR/on-leave", contingent_list_page, &see_contingent, .detail = &on_leave_list, .when = is_college},
    {"budget-places", HTTP_GET, "/ORG/YEAR/budget-places", contingent_list_page, &see_orders, .detail = &budget_places_list, .title = N_("Free budget places"),
     .when = is_college},
    {"claimants", HTTP_GET, "/ORG/YEAR/claimants", contingent_list_page, &see_orders, .detail = &claimants_list, .title = N_("Claimants to a budget place"),
     .when = is_college},
    {"claimants", HTTP_POST, "/ORG/YEAR/claimants", contingent_list_page, &see_orders, .detail = &claimants_list, .when = is_college},
    {"scholarships", HTTP_GET, "/ORG/YEAR/scholarships", contingent_list_page, &see_contingent, .detail = &scholarships_list, .title = N_("Scholarship holders"),
     .when = is_college},
    {"scholarships", HTTP_POST, "/ORG/YEAR/scholarships", contingent_list_page, &see_contingent, .detail = &scholarships_list, .when = is_college},
    {"scholarship", HTTP_GET, "/ORG/YEAR/scholarships/{scholarship}", scholarship_page, &see_contingent, .sample = some_scholarship, .when = is_college},
    {"specialities", HTTP_GET, "/ORG/YEAR/specialities", contingent_list_page, &see_periods, .detail = &specialities_list, .title = N_("Specialities"),
     .when = is_college},
    {"speciality-new", HTTP_GET, "/ORG/YEAR/speciality-new", form_new_page, &manage_classes, ROUTE_SMALL, "speciality-edit", .when = is_college},
    {"speciality-edit", HTTP_GET, "/ORG/YEAR/specialities/{speciality}", speciality_edit_page, &manage_classes,
     .sample = some_speciality, .when = is_college},
    {"speciality-edit", HTTP_POST, "/ORG/YEAR/specialities/{speciality}", speciality_edit_page, &manage_classes, ROUTE_KEPT,
     .sample = some_speciality, .when = is_college},
    {0},
};

static const struct form *const forms[] = {&speciality_form, &pupil_claim_form, NULL};
static const struct process *const processes[] = {&academic_leave, &return_from_leave, &repeat_course, &change_speciality, &change_form, &change_funding,
                                                   &assign_scholarship, &stop_scholarship, NULL};
static const struct list *const lists[] = {&on_leave_list, &budget_places_list, &claimants_list, &scholarships_list, &class_scholarships_list,
                                            &pupil_scholarships_list, &pupil_claims_list, &specialities_list, NULL};
static const struct ledger *const ledgers[] = {&scholarship_ledger, NULL};

static const char GROUPS_OF[] = "SELECT COUNT(*) FROM class WHERE org_id = ? AND speciality_id = ?";

static const struct reference references[] = {
    {"speciality", N_("Groups"), GROUPS_OF},
    {0},
};

const struct area college_area = {
    .id = "college", .routes = routes, .forms = forms, .processes = processes, .lists = lists, .ledgers = ledgers, .references = references,
};
