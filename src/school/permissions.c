/* permissions.c: the roles of the school and what they may do: the whole of it, in two tables. */
#include "school/permissions.h"

static const struct role roles[] = {
    {"administrator", N_("System administrator"), LEVEL_INSTALLATION, .administrative = true},
    {"republic", N_("Official of the republic"), LEVEL_INSTALLATION, .administrative = true},
    {"region", N_("Official of a region"), LEVEL_TERRITORY, .administrative = true},
    {"district", N_("Official of a district"), LEVEL_TERRITORY, .administrative = true},
    {"head", N_("Head"), LEVEL_ORGANISATION, .administrative = true},
    {"deputy", N_("Deputy head"), LEVEL_ORGANISATION, .administrative = true},
    {"administration", N_("School administration"), LEVEL_ORGANISATION, .administrative = true},
    {"personnel", N_("Personnel officer"), LEVEL_ORGANISATION, .administrative = true},
    {"secretary", N_("Secretary"), LEVEL_ORGANISATION, .administrative = true},
    {"teacher", N_("Teacher"), LEVEL_ORGANISATION},
    {"class-teacher", N_("Class teacher"), LEVEL_ORGANISATION, .derived = true},
    {"curator", N_("Curator"), LEVEL_ORGANISATION, .derived = true},
    {"master", N_("Master of vocational training"), LEVEL_ORGANISATION, .derived = true},
    {"pupil", N_("Pupil"), LEVEL_ORGANISATION, .derived = true},
    {"parent", N_("Parent"), LEVEL_ORGANISATION, .derived = true},
    {0},
};

#define OFFICE(scope) {"head", scope}, {"deputy", scope}, {"administration", scope}, {"secretary", scope}
#define CLASS_HEADS {"class-teacher", SCOPE_OWN_CLASS}, {"curator", SCOPE_OWN_CLASS}, {"master", SCOPE_OWN_CLASS}

const struct permission see_contingent = {
    "see-contingent", N_("See classes and pupils"),
    {OFFICE(SCOPE_ORGANISATION), {"personnel", SCOPE_ORGANISATION}, CLASS_HEADS, {"pupil", SCOPE_SELF}, {"parent", SCOPE_OWN_CHILD}},
};
const struct permission see_pupil_numbers = {
    "see-pupil-numbers", N_("See the IIN of pupils"),
    {OFFICE(SCOPE_ORGANISATION), CLASS_HEADS, {"pupil", SCOPE_SELF}, {"parent", SCOPE_OWN_CHILD}},
};
const struct permission see_health = {
    "see-health", N_("See what a pupil's file says of health"),
    {OFFICE(SCOPE_ORGANISATION), CLASS_HEADS, {"pupil", SCOPE_SELF}, {"parent", SCOPE_OWN_CHILD}},
};
const struct permission register_pupils = {
    "register-pupils", N_("Register pupils"), {OFFICE(SCOPE_ORGANISATION)},
};
const struct permission edit_pupils = {
    "edit-pupils", N_("Edit pupils' files"), {OFFICE(SCOPE_ORGANISATION), CLASS_HEADS},
};
const struct permission order_papers = {
    "order-papers", N_("Order certificates"),
    {OFFICE(SCOPE_ORGANISATION), CLASS_HEADS, {"pupil", SCOPE_SELF}, {"parent", SCOPE_OWN_CHILD}},
};
const struct permission propose_corrections = {
    "propose-corrections", N_("Propose corrections of contacts"),
    {{"personnel", SCOPE_ORGANISATION}, {"pupil", SCOPE_SELF}, {"parent", SCOPE_OWN_CHILD}},
};
const struct permission issue_papers = {
    "issue-papers", N_("Issue certificates"), {OFFICE(SCOPE_ORGANISATION)},
};
const struct permission register_meals = {
    "register-meals", N_("Register applications for free meals"), {OFFICE(SCOPE_ORGANISATION), CLASS_HEADS},
};
const struct permission decide_meals = {
    "decide-meals", N_("Decide on free meals"),
    {{"head", SCOPE_ORGANISATION}, {"deputy", SCOPE_ORGANISATION}, {"administration", SCOPE_ORGANISATION}},
};
const struct permission move_pupils = {
    "move-pupils", N_("Move pupils by order"), {{"head", SCOPE_ORGANISATION}, {"deputy", SCOPE_ORGANISATION}, {"secretary", SCOPE_ORGANISATION}},
};
const struct permission manage_classes = {
    "manage-classes", N_("Add and change classes"), {OFFICE(SCOPE_ORGANISATION)},
};
const struct permission see_periods = {
    "see-periods", N_("See study periods and shifts"),
    {OFFICE(SCOPE_ORGANISATION), {"personnel", SCOPE_ORGANISATION}, {"teacher", SCOPE_ORGANISATION}, {"class-teacher", SCOPE_ORGANISATION},
     {"curator", SCOPE_ORGANISATION}, {"master", SCOPE_ORGANISATION}},
};
const struct permission manage_periods = {
    "manage-periods", N_("Change study periods and shifts"),
    {{"head", SCOPE_ORGANISATION}, {"deputy", SCOPE_ORGANISATION}, {"administration", SCOPE_ORGANISATION}},
};
const struct permission see_staff = {
    "see-staff", N_("See the staff"), {OFFICE(SCOPE_ORGANISATION), {"personnel", SCOPE_ORGANISATION}, {"administrator", SCOPE_ALL}},
};
const struct permission manage_staff = {
    "manage-staff", N_("Add and change staff"),
    {{"head", SCOPE_ORGANISATION}, {"personnel", SCOPE_ORGANISATION}, {"administrator", SCOPE_ALL}},
};
const struct permission grant_roles = {
    "grant-roles", N_("Give and take roles"), {{"head", SCOPE_ORGANISATION}, {"administrator", SCOPE_ALL}},
};
const struct permission make_slips = {
    "make-slips", N_("Print activation slips"),
    {OFFICE(SCOPE_ORGANISATION), {"personnel", SCOPE_ORGANISATION}, CLASS_HEADS, {"administrator", SCOPE_ALL}},
};
const struct permission see_orders = {
    "see-orders", N_("See orders"), {OFFICE(SCOPE_ORGANISATION), {"personnel", SCOPE_ORGANISATION}},
};
const struct permission confirm_orders = {
    "confirm-orders", N_("Confirm orders"), {{"head", SCOPE_ORGANISATION}, {"deputy", SCOPE_ORGANISATION}},
};
const struct permission see_files = {
    "see-files", N_("Attach and open scans"),
    {OFFICE(SCOPE_ORGANISATION), {"personnel", SCOPE_ORGANISATION}, CLASS_HEADS, {"administrator", SCOPE_ALL}},
};
const struct permission exchange_data = {
    "exchange-data", N_("Export and import the contingent"),
    {{"head", SCOPE_ORGANISATION}, {"administration", SCOPE_ORGANISATION}, {"secretary", SCOPE_ORGANISATION}, {"administrator", SCOPE_ALL}},
};
const struct permission see_organisations = {
    "see-organisations", N_("See organisations"),
    {{"administrator", SCOPE_ALL}, {"republic", SCOPE_ALL}, {"region", SCOPE_TERRITORY}, {"district", SCOPE_TERRITORY}},
};
const struct permission manage_organisations = {
    "manage-organisations", N_("Add organisations"), {{"administrator", SCOPE_ALL}},
};
const struct permission manage_organisation = {
    "manage-organisation", N_("Change the organisation's data and settings"), {{"head", SCOPE_ORGANISATION}, {"administrator", SCOPE_ALL}},
};
const struct permission manage_territories = {
    "manage-territories", N_("Change the register of territories"), {{"administrator", SCOPE_ALL}},
};
const struct permission see_feedback = {
    "see-feedback", N_("Read feedback"), {{"administrator", SCOPE_ALL}},
};
const struct permission manage_installation = {
    "manage-installation", N_("Change the installation's settings"), {{"administrator", SCOPE_ALL}},
};

const struct permission see_reports = {
    "see-reports", N_("See books and reports"), {OFFICE(SCOPE_ORGANISATION)},
};

static const struct permission *const permissions[] = {
    &see_contingent, &see_pupil_numbers, &see_health, &register_pupils, &edit_pupils, &order_papers, &issue_papers, &propose_corrections,
    &register_meals, &decide_meals, &move_pupils, &manage_classes, &see_periods, &manage_periods, &see_staff, &manage_staff, &grant_roles,
    &make_slips, &see_orders, &see_reports, &confirm_orders, &see_files, &exchange_data, &see_organisations, &manage_organisations, &manage_organisation,
    &manage_territories, &see_feedback, &manage_installation, NULL,
};

/* ---- roles that follow from other data ---- */

/* The only statement that asks for a person's school rows in every organisation; the worker keeps its answer. */
static const char DERIVED[] =
    "SELECT org_id, 'pupil' FROM pupil WHERE person_id = ? AND standing NOT IN ('left', 'withdrawn') "
    "UNION "
    "SELECT k.org_id, 'parent' FROM kinship k JOIN pupil p ON p.org_id = k.org_id AND p.id = k.pupil_id "
    "WHERE k.person_id = ? AND k.ended_on IS NULL AND p.standing NOT IN ('left', 'withdrawn') "
    "UNION "
    "SELECT org_id, duty FROM class_head WHERE person_id = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)";

struct deriving {
    NEOERR *(*add)(void *data, int64_t org, const char *role);
    void *data;
};

static NEOERR *take_derived(void *data, const struct db_row *row)
{
    const struct deriving *deriving = data;
    return nerr_pass(deriving->add(deriving->data, db_get_int(row, 0), db_get(row, 1)));
}

static NEOERR *derive_roles(struct db *db, int64_t person, struct date today, NEOERR *(*add)(void *data, int64_t org, const char *role), void *data)
{
    struct deriving deriving = {add, data};
    return nerr_pass(db_each(db, DERIVED, DB_VALUES(DB_INT(person), DB_INT(person), DB_INT(person), DB_DATE(today), DB_DATE(today)), take_derived, &deriving));
}

const struct area roles_area = {.id = "roles", .roles = roles, .permissions = permissions, .derived_roles = derive_roles};
