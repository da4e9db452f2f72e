/* area.c: what the contingent brings to the registers. */
#include "school/pupils/class.h"
#include "school/pupils/movement.h"
#include "school/pupils/pupils.h"

#include "school/permissions.h"

#include <string.h>

/* ---- ids for the walk over all pages ---- */

static const char SOME_CLASS[] = "SELECT id FROM class WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_CLASS_TAB[] = "SELECT id, 'general' FROM class WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_PUPIL[] = "SELECT id FROM pupil WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_PUPIL_TAB[] = "SELECT id, 'movement' FROM pupil WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_DOCUMENT[] = "SELECT pupil_id, id FROM pupil_document WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_SOCIAL[] = "SELECT pupil_id, id FROM pupil_social WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_HEALTH[] = "SELECT pupil_id, id FROM pupil_health WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_ACHIEVEMENT[] = "SELECT pupil_id, id FROM pupil_achievement WHERE org_id = ? ORDER BY id LIMIT 1";

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

static const char *const *some_document(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_DOCUMENT, DB_VALUES(DB_INT(org)));
}

static const char *const *some_social(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_SOCIAL, DB_VALUES(DB_INT(org)));
}

static const char *const *some_health(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_HEALTH, DB_VALUES(DB_INT(org)));
}

static const char *const *some_achievement(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_ACHIEVEMENT, DB_VALUES(DB_INT(org)));
}

static const char SOME_ORDER[] = "SELECT id FROM school_order WHERE org_id = ? ORDER BY id LIMIT 1";

static const char *const *some_order(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_ORDER, DB_VALUES(DB_INT(org)));
}

static const struct route routes[] = {
    {"contingent", HTTP_GET, "/ORG/YEAR/contingent", contingent_page, &see_contingent, .title = N_("Contingent")},
    {"pupils", HTTP_GET, "/ORG/YEAR/pupils", pupils_page, &see_contingent, .detail = &pupils_list, .title = N_("Pupils")},
    {"pupils", HTTP_POST, "/ORG/YEAR/pupils", pupils_page, &see_contingent, .detail = &pupils_list},
    {"alphabetical", HTTP_GET, "/ORG/YEAR/alphabetical", pupils_page, &see_contingent, .detail = &alphabetical_list,
     .title = N_("Alphabetical list of pupils")},
    {"without-class", HTTP_GET, "/ORG/YEAR/without-class", pupils_page, &see_contingent, .detail = &without_class_list, .title = N_("Without class")},
    {"without-class", HTTP_POST, "/ORG/YEAR/without-class", pupils_page, &see_contingent, .detail = &without_class_list},
    {"archive", HTTP_GET, "/ORG/YEAR/archive", pupils_page, &see_contingent, .detail = &archive_list, .title = N_("Archive")},
    {"archive", HTTP_POST, "/ORG/YEAR/archive", pupils_page, &see_contingent, .detail = &archive_list},
    {"graduates", HTTP_GET, "/ORG/YEAR/graduates", pupils_page, &see_orders, .detail = &graduates_list, .title = N_("Graduates")},
    {"graduates", HTTP_POST, "/ORG/YEAR/graduates", pupils_page, &see_orders, .detail = &graduates_list},
    {"year-report", HTTP_GET, "/ORG/YEAR/orders/{order}/classes", year_report_page, &see_orders, .sample = some_order},
    {"class", HTTP_GET, "/ORG/YEAR/classes/{class}", class_page, &see_contingent, .sample = some_class},
    {"class-tab", HTTP_GET, "/ORG/YEAR/classes/{class}/{tab}", class_page, &see_contingent, .sample = some_class_tab},
    {"class-edit", HTTP_GET, "/ORG/YEAR/classes/{class}/{tab}/edit", class_edit_page, &manage_classes, .sample = some_class_tab},
    {"class-edit", HTTP_POST, "/ORG/YEAR/classes/{class}/{tab}/edit", class_edit_page, &manage_classes, ROUTE_KEPT, .sample = some_class_tab},
    {"pupil", HTTP_GET, "/ORG/YEAR/pupils/{pupil}", pupil_page, &see_contingent, .sample = some_pupil},
    {"pupil-edit", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/edit", pupil_edit_page, &edit_pupils, .sample = some_pupil},
    {"pupil-edit", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/edit", pupil_edit_page, &edit_pupils, ROUTE_KEPT, .sample = some_pupil},
    {"pupil-document-new", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/documents/new", pupil_record_page, &edit_pupils, .detail = &pupil_document_form, .sample = some_pupil},
    {"pupil-document-new", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/documents/new", pupil_record_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &pupil_document_form, .sample = some_pupil},
    {"pupil-document", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/documents/{document}", pupil_record_page, &see_contingent, .detail = &pupil_document_form, .sample = some_document},
    {"pupil-document", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/documents/{document}", pupil_record_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &pupil_document_form, .sample = some_document},
    {"pupil-social-new", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/social/new", pupil_record_page, &edit_pupils, .detail = &pupil_social_form, .sample = some_pupil},
    {"pupil-social-new", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/social/new", pupil_record_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &pupil_social_form, .sample = some_pupil},
    {"pupil-social", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/social/{category}", pupil_record_page, &see_contingent, .detail = &pupil_social_form, .sample = some_social},
    {"pupil-social", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/social/{category}", pupil_record_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &pupil_social_form, .sample = some_social},
    {"pupil-health-new", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/health/new", pupil_record_page, &edit_pupils, .detail = &pupil_health_form, .sample = some_pupil},
    {"pupil-health-new", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/health/new", pupil_record_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &pupil_health_form, .sample = some_pupil},
    {"pupil-health", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/health/{examination}", pupil_record_page, &see_health, .detail = &pupil_health_form, .sample = some_health},
    {"pupil-health", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/health/{examination}", pupil_record_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &pupil_health_form, .sample = some_health},
    {"pupil-achievement-new", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/achievements/new", pupil_record_page, &edit_pupils, .detail = &pupil_achievement_form, .sample = some_pupil},
    {"pupil-achievement-new", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/achievements/new", pupil_record_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &pupil_achievement_form, .sample = some_pupil},
    {"pupil-achievement", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/achievements/{achievement}", pupil_record_page, &see_contingent, .detail = &pupil_achievement_form, .sample = some_achievement},
    {"pupil-achievement", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/achievements/{achievement}", pupil_record_page, &edit_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .detail = &pupil_achievement_form, .sample = some_achievement},
    {"pupil-tab", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/{tab}", pupil_page, &see_contingent, .sample = some_pupil_tab},
    {0},
};

static const struct form *const forms[] = {&class_general_form, &class_education_form, &pupil_personal_form,
                                            &pupil_document_form, &pupil_social_form,    &pupil_health_form,   &pupil_achievement_form, NULL};
static const struct process *const processes[] = {&register_class, &register_group, &register_pupil, &enrol_pupil,
                                                   &transfer_pupil, &exclude_pupil, &reinstate_pupil, &graduate_pupils, &pass_year, &disband_class, NULL};
static const struct list *const lists[] = {&classes_list, &pupils_list, &alphabetical_list, &without_class_list, &class_pupils_list, &archive_list,
                                            &pupil_documents_list, &pupil_family_list, &pupil_social_list, &pupil_health_list, &pupil_achievements_list,
                                            &pupil_movements_list, &graduates_list, &year_report_list, NULL};
static const struct ledger *const ledgers[] = {&movement_ledger, NULL};

static const struct menu_item menu[] = {
    {"contingent", N_("Contingent"), MENU_SECOND, "management", "contingent", 30},
    {"my-classes", N_("My classes"), MENU_GO_TO, NULL, "contingent", 50},
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
    FOUND_PUPIL " WHERE p.org_id = ? AND p.fold_key LIKE ? ORDER BY p.sort_key LIMIT ?";
static const char BY_DIGITS[] =
    FOUND_PUPIL " WHERE p.org_id = ? AND (h.login LIKE ? OR h.iin LIKE ?) ORDER BY p.sort_key LIMIT ?";

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
    "SELECT c.id, " CLASS_PACKED ", (SELECT COUNT(*) FROM pupil p WHERE p.org_id = c.org_id AND p.class_id = c.id)"
    " FROM class c"
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
                             DB_VALUES(DB_INT(rq->place.org), DB_INT(rq->place.year), DB_TEXT(pattern), DB_TEXT(pattern), DB_TEXT(pattern), DB_INT(limit)),
                             add_class, rq));
}

static const struct search_source searches[] = {
    {"pupils", N_("Pupils"), &see_contingent, find_pupils},
    {"classes", N_("Classes"), &see_contingent, find_classes},
    {0},
};

static const char DOCUMENT_USES[] = "SELECT 1 FROM pupil_document WHERE org_id = ? AND FIND_IN_SET(?, file_id) LIMIT 1";
static const char SOCIAL_USES[] = "SELECT 1 FROM pupil_social WHERE org_id = ? AND FIND_IN_SET(?, file_id) LIMIT 1";
static const char HEALTH_USES[] = "SELECT 1 FROM pupil_health WHERE org_id = ? AND FIND_IN_SET(?, file_id) LIMIT 1";
static const char ACHIEVEMENT_USES[] = "SELECT 1 FROM pupil_achievement WHERE org_id = ? AND FIND_IN_SET(?, file_id) LIMIT 1";
static const char *const file_uses[] = {DOCUMENT_USES, SOCIAL_USES, HEALTH_USES, ACHIEVEMENT_USES, NULL};
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
    .menu = menu,
    .file_uses = file_uses,
    .searches = searches,
    .ledgers = ledgers,
    .references = references,
};
