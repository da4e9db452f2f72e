/* area.c: what the contingent brings to the registers. */
#include "school/pupils/class.h"
#include "school/pupils/movement.h"
#include "school/pupils/pupils.h"

#include "school/college/college.h"
#include "school/office/order.h"
#include "school/permissions.h"

#include <string.h>

/* ---- ids for the walk over all pages ---- */

static const char SOME_CLASS[] = "SELECT id FROM class WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_CLASS_TAB[] = "SELECT id, 'general' FROM class WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_PUPIL[] = "SELECT id FROM pupil WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_PUPIL_TAB[] = "SELECT id, 'movement' FROM pupil WHERE org_id = ? ORDER BY id LIMIT 1";
static const char *const *some_class(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_CLASS, DB_VALUES(DB_INT(org)));
}

static const char *const *some_class_tab(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_CLASS_TAB, DB_VALUES(DB_INT(org)));
}

static const char *const *some_pupil(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_PUPIL, DB_VALUES(DB_INT(org)));
}

static const char *const *some_pupil_tab(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_PUPIL_TAB, DB_VALUES(DB_INT(org)));
}

/* The rows of a tab of the file (tabs[] in page_pupil.c): how the walk finds one, and their pages. */
#define SOME_ROW(name, table)                                                                                                     \
    static const char SOME_##table[] = "SELECT pupil_id, id FROM " #table " WHERE org_id = ? ORDER BY id LIMIT 1";                \
    static const char *const *name(struct db *db, struct pool *pool, int64_t org)                                                 \
    {                                                                                                                             \
        return route_sample(db, pool, SOME_##table, DB_VALUES(DB_INT(org)));                                                      \
    }

static const char SOME_PAPER[] = "SELECT id FROM paper WHERE org_id = ? ORDER BY state = 'issued' DESC, id LIMIT 1";
/* Its page is outside of them: one of every organisation. */
static const char SOME_CODE[] = "SELECT code FROM paper WHERE code IS NOT NULL ORDER BY id LIMIT 1";

static const char *const *some_paper(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_PAPER, DB_VALUES(DB_INT(org)));
}

static const char *const *some_code(struct db *db, struct pool *pool, int64_t org)
{
    (void)org;
    return route_sample(db, pool, SOME_CODE, DB_NO_VALUES);
}

static const char SOME_MEAL[] = "SELECT id FROM meal WHERE org_id = ? ORDER BY id LIMIT 1";

static const char *const *some_meal(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_MEAL, DB_VALUES(DB_INT(org)));
}

static const char SOME_APPLICATION[] = "SELECT id FROM application WHERE org_id = ? ORDER BY id LIMIT 1";

static const char *const *some_application(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_APPLICATION, DB_VALUES(DB_INT(org)));
}

static const char SOME_DEPARTURE[] = "SELECT id FROM departure WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_SLIPS[] = "SELECT order_id FROM departure WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_ARRIVING[] = "SELECT id FROM arriving WHERE org_id = ? ORDER BY id LIMIT 1";

static const char *const *some_departure(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_DEPARTURE, DB_VALUES(DB_INT(org)));
}

static const char *const *some_slips(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_SLIPS, DB_VALUES(DB_INT(org)));
}

static const char *const *some_arriving(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_ARRIVING, DB_VALUES(DB_INT(org)));
}

SOME_ROW(some_document, pupil_document)
SOME_ROW(some_kinship, kinship)
SOME_ROW(some_social, pupil_social)
SOME_ROW(some_health, pupil_health)
SOME_ROW(some_achievement, pupil_achievement)
SOME_ROW(some_claim, budget_claim)

#define PUPIL_EDIT(id, path, form)                                                                                                 \
    {id, HTTP_GET, "/ORG/YEAR/pupils/{pupil}/" path, pupil_edit_page, &edit_pupils, .detail = &form, .sample = some_pupil},        \
    {id, HTTP_POST, "/ORG/YEAR/pupils/{pupil}/" path, pupil_edit_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &form, .sample = some_pupil}
#define APPLICATION_EDIT(id, path, form)                                                                                                             \
    {id, HTTP_GET, "/ORG/YEAR/applications/{application}/" path, application_edit_page, &register_pupils, .detail = &form, .sample = some_application}, \
    {id, HTTP_POST, "/ORG/YEAR/applications/{application}/" path, application_edit_page, &register_pupils, ROUTE_KEPT, .detail = &form,              \
     .sample = some_application}
#define MEAL_EDIT(id, path, permission, form)                                                                                                    \
    {id, HTTP_GET, "/ORG/YEAR/meals/{meal}/" path, meal_edit_page, &permission, .detail = &form, .sample = some_meal},                            \
    {id, HTTP_POST, "/ORG/YEAR/meals/{meal}/" path, meal_edit_page, &permission, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &form, .sample = some_meal}
#define PUPIL_ROW(id, tab, see, form, some)                                                                                        \
    {id, HTTP_GET, "/ORG/YEAR/pupils/{pupil}/" tab "/{row}", pupil_record_page, &see, .detail = &form, .sample = some},            \
    {id, HTTP_POST, "/ORG/YEAR/pupils/{pupil}/" tab "/{row}", pupil_record_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &form, .sample = some}
#define NEW_PUPIL_ROW(id, tab, form)                                                                                               \
    {id, HTTP_GET, "/ORG/YEAR/pupils/{pupil}/" tab "/new", pupil_record_page, &edit_pupils, .detail = &form, .sample = some_pupil}, \
    {id, HTTP_POST, "/ORG/YEAR/pupils/{pupil}/" tab "/new", pupil_record_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &form, .sample = some_pupil}
#define CLAIM_ROW(id, row, see, some)                                                                                              \
    {id, HTTP_GET, "/ORG/YEAR/pupils/{pupil}/claims/" row, pupil_record_page, &see, .detail = &pupil_claim_form, .sample = some, .when = is_college}, \
    {id, HTTP_POST, "/ORG/YEAR/pupils/{pupil}/claims/" row, pupil_record_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &pupil_claim_form, \
     .sample = some, .when = is_college}

static const struct route routes[] = {
    {"contingent", HTTP_GET, "/ORG/YEAR/contingent", contingent_page, &see_contingent, .title = N_("Contingent")},
    {"pupils", HTTP_GET, "/ORG/YEAR/pupils", pupils_page, &see_contingent, .detail = &pupils_list, .title = N_("Pupils")},
    {"pupils", HTTP_POST, "/ORG/YEAR/pupils", pupils_page, &see_contingent, .detail = &pupils_list},
    {"alphabetical", HTTP_GET, "/ORG/YEAR/alphabetical", pupils_page, &see_contingent, .detail = &alphabetical_list,
     .title = N_("Alphabetical list of pupils")},
    {"without-class", HTTP_GET, "/ORG/YEAR/without-class", pupils_page, &see_contingent, .detail = &without_class_list, .title = N_("Without class")},
    {"without-class", HTTP_POST, "/ORG/YEAR/without-class", pupils_page, &see_contingent, .detail = &without_class_list},
    {"withdrawn", HTTP_GET, "/ORG/YEAR/withdrawn", list_page, &register_pupils, .detail = &withdrawn_list, .title = N_("Registered by mistake")},
    {"archive", HTTP_GET, "/ORG/YEAR/archive", pupils_page, &see_contingent, .detail = &archive_list, .title = N_("Archive")},
    {"archive", HTTP_POST, "/ORG/YEAR/archive", pupils_page, &see_contingent, .detail = &archive_list},
    {"graduates", HTTP_GET, "/ORG/YEAR/graduates", pupils_page, &see_orders, .detail = &graduates_list, .title = N_("Graduates")},
    {"graduates", HTTP_POST, "/ORG/YEAR/graduates", pupils_page, &see_orders, .detail = &graduates_list},
    {"year-report", HTTP_GET, "/ORG/YEAR/orders/{order}/classes", year_report_page, &see_orders, .sample = order_sample},
    {"my-classes", HTTP_GET, "/ORG/YEAR/my-classes", my_classes_page, &edit_pupils, .title = N_("My classes")},
    {"class", HTTP_GET, "/ORG/YEAR/classes/{class}", class_page, &see_contingent, .sample = some_class},
    {"class-tab", HTTP_GET, "/ORG/YEAR/classes/{class}/{tab}", class_page, &see_contingent, .sample = some_class_tab},
    {"class-edit", HTTP_GET, "/ORG/YEAR/classes/{class}/{tab}/edit", class_edit_page, &manage_classes, .sample = some_class_tab},
    {"class-edit", HTTP_POST, "/ORG/YEAR/classes/{class}/{tab}/edit", class_edit_page, &manage_classes, ROUTE_KEPT, .sample = some_class_tab},
    {"pupil", HTTP_GET, "/ORG/YEAR/pupils/{pupil}", pupil_page, &see_contingent, .sample = some_pupil},
    PUPIL_EDIT("pupil-edit", "edit", pupil_personal_form),
    PUPIL_EDIT("pupil-contacts-edit", "contacts/edit", pupil_contacts_form),
    PUPIL_EDIT("pupil-education-edit", "education/edit", pupil_education_form),
    PUPIL_EDIT("contacts-corrections", "contacts/corrections", corrections_form),
    {"contacts-propose", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/contacts/propose", pupil_edit_page, &propose_corrections, .detail = &contacts_proposal_form,
     .sample = some_pupil},
    {"contacts-propose", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/contacts/propose", pupil_edit_page, &propose_corrections, ROUTE_KEPT,
     .detail = &contacts_proposal_form, .sample = some_pupil},
    NEW_PUPIL_ROW("pupil-document-new", "documents", pupil_document_form),
    PUPIL_ROW("pupil-document", "documents", see_contingent, pupil_document_form, some_document),
    PUPIL_ROW("pupil-kinship", "family", see_contingent, pupil_kinship_form, some_kinship),
    NEW_PUPIL_ROW("pupil-social-new", "social", pupil_social_form),
    PUPIL_ROW("pupil-social", "social", see_contingent, pupil_social_form, some_social),
    NEW_PUPIL_ROW("pupil-health-new", "health", pupil_health_form),
    PUPIL_ROW("pupil-health", "health", see_health, pupil_health_form, some_health),
    NEW_PUPIL_ROW("pupil-achievement-new", "achievements", pupil_achievement_form),
    PUPIL_ROW("pupil-achievement", "achievements", see_contingent, pupil_achievement_form, some_achievement),
    CLAIM_ROW("pupil-claim-new", "new", edit_pupils, some_pupil),
    CLAIM_ROW("pupil-claim", "{row}", see_contingent, some_claim),
    {"pupil-paper-new", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/papers/new", pupil_record_page, &order_papers, .detail = &pupil_certificate_form, .sample = some_pupil},
    {"pupil-paper-new", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/papers/new", pupil_record_page, &order_papers, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &pupil_certificate_form, .sample = some_pupil},
    {"applications", HTTP_GET, "/ORG/YEAR/applications", list_page, &register_pupils, .detail = &applications_list, .title = N_("Applications for admission")},
    {"applications", HTTP_POST, "/ORG/YEAR/applications", list_page, &register_pupils, .detail = &applications_list},
    {"admitted", HTTP_GET, "/ORG/YEAR/admitted", list_page, &register_pupils, .detail = &admitted_list, .title = N_("Accepted, to be enrolled")},
    {"admitted", HTTP_POST, "/ORG/YEAR/admitted", list_page, &register_pupils, .detail = &admitted_list},
    {"application", HTTP_GET, "/ORG/YEAR/applications/{application}", application_page, &register_pupils, .sample = some_application},
    APPLICATION_EDIT("application-edit", "edit", application_form),
    APPLICATION_EDIT("application-end", "end", application_end_form),
    {"application-print", HTTP_GET, "/ORG/YEAR/applications/{application}/print", application_print_page, &register_pupils, .detail = &application_receipt,
     .sample = some_application},
    {"application-print", HTTP_POST, "/ORG/YEAR/applications/{application}/print", application_print_page, &register_pupils, .detail = &application_receipt,
     .sample = some_application},
    {"meals", HTTP_GET, "/ORG/YEAR/meals", pupils_page, &register_meals, .detail = &meals_list, .title = N_("Applications for free meals")},
    {"meal-permits", HTTP_GET, "/ORG/YEAR/meal-permits", pupils_page, &see_contingent, .detail = &meal_permits_list,
     .title = N_("List of those permitted free meals")},
    {"meal", HTTP_GET, "/ORG/YEAR/meals/{meal}", meal_page, &see_contingent, .sample = some_meal},
    MEAL_EDIT("meal-edit", "edit", register_meals, meal_form),
    MEAL_EDIT("meal-decision", "decision", decide_meals, meal_decision_form),
    MEAL_EDIT("meal-end", "end", decide_meals, meal_end_form),
    {"meal-print", HTTP_GET, "/ORG/YEAR/meals/{meal}/print", meal_print_page, &see_contingent, .detail = &meal_application, .sample = some_meal},
    {"meal-print", HTTP_POST, "/ORG/YEAR/meals/{meal}/print", meal_print_page, &see_contingent, .detail = &meal_application, .sample = some_meal},
    {"departures", HTTP_GET, "/ORG/YEAR/departures", contingent_list_page, &register_pupils, .detail = &departures_list, .title = N_("Arrival not confirmed")},
    {"departure", HTTP_GET, "/ORG/YEAR/departures/{departure}", departure_page, &register_pupils, .sample = some_departure},
    {"arrival-slip", HTTP_GET, "/ORG/YEAR/departures/{departure}/arrival", arrival_slip_page, &register_pupils, .sample = some_departure},
    {"arrival-slip", HTTP_POST, "/ORG/YEAR/departures/{departure}/arrival", arrival_slip_page, &register_pupils, ROUTE_UPLOADS | ROUTE_KEPT,
     .sample = some_departure},
    {"departure-print", HTTP_GET, "/ORG/YEAR/departures/{departure}/print", departure_slip_page, &register_pupils, .detail = &departure_slip,
     .sample = some_departure},
    {"departure-print", HTTP_POST, "/ORG/YEAR/departures/{departure}/print", departure_slip_page, &register_pupils, .detail = &departure_slip,
     .sample = some_departure},
    {"order-slips", HTTP_GET, "/ORG/YEAR/orders/{order}/departures", departure_slip_page, &register_pupils, .detail = &departure_slip, .sample = some_slips},
    {"order-slips", HTTP_POST, "/ORG/YEAR/orders/{order}/departures", departure_slip_page, &register_pupils, .detail = &departure_slip, .sample = some_slips},
    {"arriving", HTTP_GET, "/ORG/YEAR/arriving", contingent_list_page, &register_pupils, .detail = &arriving_list, .title = N_("Arriving")},
    {"arriving", HTTP_POST, "/ORG/YEAR/arriving", contingent_list_page, &register_pupils, .detail = &arriving_list},
    {"arriving-pupil", HTTP_GET, "/ORG/YEAR/arriving/{arriving}", arriving_page, &register_pupils, .sample = some_arriving},
    {"arriving-decline", HTTP_GET, "/ORG/YEAR/arriving/{arriving}/decline", arriving_decline_page, &move_pupils, .sample = some_arriving},
    {"arriving-decline", HTTP_POST, "/ORG/YEAR/arriving/{arriving}/decline", arriving_decline_page, &move_pupils, ROUTE_KEPT, .sample = some_arriving},
    {"papers", HTTP_GET, "/ORG/YEAR/papers", list_page, &issue_papers, .detail = &papers_list, .title = N_("Papers issued")},
    {"paper", HTTP_GET, "/ORG/YEAR/papers/{paper}", certificate_page, &see_contingent, .sample = some_paper},
    {"paper", HTTP_POST, "/ORG/YEAR/papers/{paper}", certificate_page, &issue_papers, ROUTE_UPLOADS | ROUTE_KEPT, .sample = some_paper},
    {"paper-print", HTTP_GET, "/ORG/YEAR/papers/{paper}/print", certificate_print_page, &order_papers, .detail = &certificate_output, .sample = some_paper},
    {"paper-print", HTTP_POST, "/ORG/YEAR/papers/{paper}/print", certificate_print_page, &order_papers, .detail = &certificate_output, .sample = some_paper},
    {"paper-check", HTTP_GET, "/papers/{code}", certificate_check_page, NULL, ROUTE_PUBLIC, .sample = some_code},
    {"personal-file", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/print", personal_file_page, &see_contingent, .detail = &personal_file, .sample = some_pupil},
    {"personal-file", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/print", personal_file_page, &see_contingent, .detail = &personal_file, .sample = some_pupil},
    {"pupil-tab", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/{tab}", pupil_page, &see_contingent, .sample = some_pupil_tab},
    {0},
};

static const struct form *const forms[] = {&class_general_form, &class_education_form, &pupil_personal_form, &pupil_contacts_form, &pupil_education_form,
                                            &pupil_document_form, &pupil_kinship_form, &pupil_social_form, &pupil_health_form, &pupil_achievement_form,
                                            &pupil_certificate_form, &certificate_decision_form, &application_form, &application_end_form,
                                            &contacts_proposal_form, &corrections_form, &meal_form, &meal_decision_form, &meal_end_form,
                                            &arrival_slip_form, &arriving_decline_form, NULL};
static const struct process *const processes[] = {&register_class, &register_group, &register_pupil, &register_kinship,
                                                   &register_application, &accept_application, &accept_applications, &register_meal, &enrol_pupil,
                                                   &withdraw_pupil, &restore_pupil, &merge_pupils, &transfer_pupil, &exclude_pupil, &reinstate_pupil,
                                                   &graduate_pupils, &pass_year, &disband_class, &accept_arriving, NULL};
static const struct list *const lists[] = {&classes_list, &class_heads_list, &pupils_list, &alphabetical_list, &without_class_list,
                                            &class_pupils_list, &archive_list,
                                            &pupil_documents_list, &pupil_family_list, &pupil_social_list, &pupil_health_list, &pupil_achievements_list,
                                            &pupil_movements_list, &pupil_papers_list, &papers_list, &applications_list, &admitted_list,
                                            &withdrawn_list, &departures_list, &arriving_list, &graduates_list, &year_report_list, &pupil_meals_list,
                                            &meals_list, &meal_permits_list, NULL};
static const struct ledger *const ledgers[] = {&movement_ledger, NULL};

static const struct output *const outputs[] = {&certificate_output, &departure_slip, &personal_file, &application_receipt, &meal_application, NULL};
static const struct task_source tasks[] = {
    {"certificates", &issue_papers, &certificate_tasks},
    {"corrections", &edit_pupils, .find = corrections_find},
    {"meals", &decide_meals, &meal_tasks},
    {"arriving", &move_pupils, &arriving_tasks},
    {"departures", &register_pupils, &departure_tasks},
    {0},
};

static const struct setting settings[] = {
    {"class.places", SETTING_ORGANISATION, "",
     {"class_places", N_("Places in a class"), FIELD_NUMBER, .max = 60, .hint = N_("What a new class has, until somebody writes another number")}},
    {0},
};

static const struct menu_item menu[] = {
    {"contingent", N_("Contingent"), MENU_SECOND, "management", "contingent", 30},
    {"applications", N_("Admission"), MENU_SECOND, "management", "applications", 33},
    {"papers", N_("Papers issued"), MENU_SECOND, "management", "papers", 35},
    {"my-classes", N_("My classes"), MENU_GO_TO, NULL, "my-classes", 50, class_leads_one},
    {0},
};

/* ---- quick search ---- */

static NEOERR *add_pupil(void *data, const struct db_row *row)
{
    struct request *rq = data;
    const char *class = db_get(row, 2), *born = i18n_date(rq->pool, db_get_date(row, 3));
    const char *detail = pool_printf(rq->pool, "%s · %s · № %s", class != NULL ? class_label(rq, class) : request_words(rq, N_("Without class")), born,
                                     db_get(row, 4));
    return nerr_pass(search_hit(rq, db_get(row, 1), detail, route_url(rq, "pupil", db_get(row, 0))));
}

#define FOUND_PUPIL                                                                                                                    \
    "SELECT p.id, CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), IF(c.id IS NULL, NULL, " CLASS_PACKED "), p.born_on, h.login" \
    " FROM pupil p JOIN person h ON h.id = p.person_id LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"

static const char BY_NAME[] =
    FOUND_PUPIL " WHERE p.org_id = ? AND p.standing <> 'withdrawn' AND p.fold_key LIKE ? ORDER BY p.sort_key LIMIT ?";
static const char BY_DIGITS[] =
    FOUND_PUPIL " WHERE p.org_id = ? AND p.standing <> 'withdrawn' AND (h.login LIKE ? OR h.iin LIKE ?) ORDER BY p.sort_key LIMIT ?";

static NEOERR *find_pupils(struct request *rq, const char *words, const char *fold, const char *digits, size_t limit)
{
    struct db_value org = DB_INT(rq->place.org), pattern = DB_TEXT(pool_printf(rq->pool, "%%%s%%", digits[0] != '\0' ? digits : fold));
    (void)words;
    if ((request_scopes(rq, &see_contingent) & (SCOPE_ORGANISATION | SCOPE_ALL)) == 0)
        return STATUS_OK;
    if (digits[0] != '\0')
        return nerr_pass(db_each(rq->db, BY_DIGITS, DB_VALUES(org, pattern, pattern, DB_INT(limit)), add_pupil, rq));
    return nerr_pass(db_each(rq->db, BY_NAME, DB_VALUES(org, pattern, DB_INT(limit)), add_pupil, rq));
}

static NEOERR *add_class(void *data, const struct db_row *row)
{
    struct request *rq = data;
    const char *detail = pool_printf(rq->pool, request_words(rq, N_("%s pupils")), db_get(row, 2));
    return nerr_pass(search_hit(rq, class_label(rq, db_get(row, 1)), detail, route_url(rq, "class", db_get(row, 0))));
}

static const char FIND_CLASSES[] =
    "SELECT c.id, " CLASS_PACKED ", " CLASS_PUPILS
    " FROM " CLASS_FROM
    " WHERE c.org_id = ? AND c.year = ? AND c.ended_on IS NULL"
    "  AND (CONCAT(c.grade, '-', c.name_ru) LIKE ? OR CONCAT(c.grade, c.name_ru) LIKE ? OR c.name_kk LIKE ?)"
    " ORDER BY c.grade, c.name_ru LIMIT ?";

static NEOERR *find_classes(struct request *rq, const char *words, const char *fold, const char *digits, size_t limit)
{
    const char *pattern = pool_printf(rq->pool, "%s%%", digits[0] != '\0' ? digits : words);
    (void)fold;
    if (strpbrk(words, "%_\\") != NULL)
        return STATUS_OK;
    return nerr_pass(db_each(rq->db, FIND_CLASSES,
                             DB_VALUES(DB_INT(class_year_now(rq)), DB_INT(rq->place.org), DB_INT(rq->place.year), DB_TEXT(pattern), DB_TEXT(pattern),
                                       DB_TEXT(pattern), DB_INT(limit)),
                             add_class, rq));
}

static const struct search_source searches[] = {
    {"pupils", N_("Pupils"), &see_contingent, find_pupils},
    {"classes", N_("Classes"), &see_contingent, find_classes},
    {0},
};

#define USES(table, pupil, scans, see) "SELECT 1 FROM " #table " WHERE org_id = ? AND FIND_IN_SET(?, " #scans ") LIMIT 1",
static const char *const file_uses[] = {PUPIL_SCANS(USES) NULL};

static const char OF_SHIFT[] = "SELECT COUNT(*) FROM class WHERE org_id = ? AND shift_id = ?";

static const struct reference references[] = {
    {"shift", N_("Classes"), OF_SHIFT},
    {0},
};

const struct area pupils_area = {
    .id = "pupils",
    .routes = routes,
    .forms = forms,
    .processes = processes,
    .lists = lists,
    .outputs = outputs,
    .task_sources = tasks,
    .settings = settings,
    .menu = menu,
    .file_uses = file_uses,
    .searches = searches,
    .ledgers = ledgers,
    .references = references,
};
