/* area.c: what the contingent brings to the registers. */
#include "school/pupils/class.h"
#include "school/pupils/movement.h"
#include "school/pupils/pupils.h"

#include "base/text.h"
#include "school/permissions.h"

#include <string.h>

/* ---- ids for the walk over all pages ---- */

static const char SOME_CLASS[] = "SELECT id FROM class WHERE org_id = ? ORDER BY id LIMIT 1";
static const char SOME_PUPIL[] = "SELECT id FROM pupil WHERE org_id = ? ORDER BY id LIMIT 1";

static const char *const *sample(struct db *db, struct pool *pool, int64_t org, const char *sql, const char *second)
{
    const char **ids = pool_alloc(pool, 3 * sizeof *ids);
    char *id = NULL;
    error_release(db_string(db, pool, sql, DB_VALUES(DB_INT(org)), &id));
    ids[0] = id;
    ids[1] = second;
    return ids;
}

static const char *const *some_class(struct db *db, struct pool *pool, int64_t org)
{
    return sample(db, pool, org, SOME_CLASS, NULL);
}

static const char *const *some_class_tab(struct db *db, struct pool *pool, int64_t org)
{
    return sample(db, pool, org, SOME_CLASS, "general");
}

static const char *const *some_pupil(struct db *db, struct pool *pool, int64_t org)
{
    return sample(db, pool, org, SOME_PUPIL, NULL);
}

static const char *const *some_pupil_tab(struct db *db, struct pool *pool, int64_t org)
{
    return sample(db, pool, org, SOME_PUPIL, "movement");
}

static const char *const *some_new_document(struct db *db, struct pool *pool, int64_t org)
{
    return sample(db, pool, org, SOME_PUPIL, "new");
}

static const struct route routes[] = {
    {"contingent", HTTP_GET, "/ORG/YEAR/contingent", contingent_page, &see_contingent, .title = N_("Contingent")},
    {"pupils", HTTP_GET, "/ORG/YEAR/pupils", pupils_page, &see_contingent, .detail = &pupils_list, .title = N_("Pupils")},
    {"pupils", HTTP_POST, "/ORG/YEAR/pupils", pupils_page, &see_contingent, .detail = &pupils_list},
    {"alphabetical", HTTP_GET, "/ORG/YEAR/alphabetical", pupils_page, &see_contingent, .detail = &alphabetical_list,
     .title = N_("Alphabetical list of pupils")},
    {"without-class", HTTP_GET, "/ORG/YEAR/without-class", pupils_page, &see_contingent, .detail = &without_class_list, .title = N_("Without class")},
    {"without-class", HTTP_POST, "/ORG/YEAR/without-class", pupils_page, &see_contingent, .detail = &without_class_list},
    {"class", HTTP_GET, "/ORG/YEAR/classes/{class}", class_page, &see_contingent, .sample = some_class},
    {"class-tab", HTTP_GET, "/ORG/YEAR/classes/{class}/{tab}", class_page, &see_contingent, .sample = some_class_tab},
    {"class-edit", HTTP_GET, "/ORG/YEAR/classes/{class}/{tab}/edit", class_edit_page, &manage_classes, .sample = some_class_tab},
    {"class-edit", HTTP_POST, "/ORG/YEAR/classes/{class}/{tab}/edit", class_edit_page, &manage_classes, .sample = some_class_tab},
    {"pupil", HTTP_GET, "/ORG/YEAR/pupils/{pupil}", pupil_page, &see_contingent, .sample = some_pupil},
    {"pupil-edit", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/edit", pupil_edit_page, &edit_pupils, .sample = some_pupil},
    {"pupil-edit", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/edit", pupil_edit_page, &edit_pupils, .sample = some_pupil},
    {"pupil-document", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/documents/{document}", pupil_document_page, &edit_pupils, .sample = some_new_document},
    {"pupil-document", HTTP_POST, "/ORG/YEAR/pupils/{pupil}/documents/{document}", pupil_document_page, &edit_pupils, ROUTE_UPLOADS,
     .sample = some_new_document},
    {"pupil-tab", HTTP_GET, "/ORG/YEAR/pupils/{pupil}/{tab}", pupil_page, &see_contingent, .sample = some_pupil_tab},
    {0},
};

static const struct form *const forms[] = {&class_general_form, &class_education_form, &pupil_personal_form, &pupil_document_form, NULL};
static const struct process *const processes[] = {&register_class, &register_group, &register_pupil, &enrol_pupil, NULL};
static const struct list *const lists[] = {&classes_list, &pupils_list, &alphabetical_list, &without_class_list, &class_pupils_list, NULL};
static const struct ledger *const ledgers[] = {&movement_ledger, NULL};

static const struct menu_item menu[] = {
    {"contingent", N_("Contingent"), MENU_SECOND, "management", "contingent", 30},
    {"my-classes", N_("My classes"), MENU_GO_TO, NULL, "contingent", 50},
    {0},
};

/* ---- quick search ---- */

struct finding {
    struct request *rq;
    NEOERR *(*add)(struct request *rq, const char *text, const char *detail, const char *address);
};

static NEOERR *add_pupil(void *data, const struct db_row *row)
{
    struct finding *finding = data;
    struct request *rq = finding->rq;
    const char *class = db_get(row, 2), *born = i18n_date(rq->pool, db_get_date(row, 3));
    const char *detail = pool_printf(rq->pool, "%s · %s · № %s", class != NULL ? class_label(rq, class) : request_words(rq, N_("Without class")), born,
                                     db_get(row, 4));
    return nerr_pass(finding->add(rq, db_get(row, 1), detail, route_url(rq, "pupil", db_get(row, 0))));
}

#define FOUND_PUPIL                                                                                                                    \
    "SELECT p.id, CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), IF(c.id IS NULL, NULL, " CLASS_PACKED "), p.born_on, h.login" \
    " FROM pupil p JOIN person h ON h.id = p.person_id LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"

static const char BY_NAME[] =
    FOUND_PUPIL " WHERE p.org_id = ? AND (p.fold_key LIKE ? OR p.fold_key LIKE ?) ORDER BY p.sort_key LIMIT ?";
static const char BY_DIGITS[] =
    FOUND_PUPIL " WHERE p.org_id = ? AND (h.login LIKE ? OR h.iin LIKE ?) ORDER BY p.sort_key LIMIT ?";

static NEOERR *find_pupils(struct request *rq, const char *words, const char *fold, const char *digits, size_t limit,
                           NEOERR *(*add)(struct request *rq, const char *text, const char *detail, const char *address))
{
    struct finding finding = {rq, add};
    const char *other = text_other_layout(rq->pool, words);
    const char *pattern = pool_printf(rq->pool, "%%%s%%", digits[0] != '\0' ? digits : fold);
    const char *twin = other != NULL ? pool_printf(rq->pool, "%%%s%%", text_fold(rq->pool, other)) : pattern;
    if ((request_scopes(rq, &see_contingent) & (SCOPE_ORGANISATION | SCOPE_ALL)) == 0)
        return STATUS_OK;
    return nerr_pass(db_each(rq->db, digits[0] != '\0' ? BY_DIGITS : BY_NAME,
                             DB_VALUES(DB_INT(rq->place.org), DB_TEXT(pattern), DB_TEXT(digits[0] != '\0' ? pattern : twin), DB_INT(limit)), add_pupil,
                             &finding));
}

static NEOERR *add_class(void *data, const struct db_row *row)
{
    struct finding *finding = data;
    struct request *rq = finding->rq;
    const char *detail = pool_printf(rq->pool, request_words(rq, N_("%s pupils")), db_get(row, 2));
    return nerr_pass(finding->add(rq, class_label(rq, db_get(row, 1)), detail, route_url(rq, "class", db_get(row, 0))));
}

static const char FIND_CLASSES[] =
    "SELECT c.id, " CLASS_PACKED ", (SELECT COUNT(*) FROM pupil p WHERE p.org_id = c.org_id AND p.class_id = c.id)"
    " FROM class c"
    " WHERE c.org_id = ? AND c.year = ? AND c.ended_on IS NULL"
    "  AND (CONCAT(c.grade, '-', c.name_ru) LIKE ? OR CONCAT(c.grade, c.name_ru) LIKE ? OR c.name_kk LIKE ?)"
    " ORDER BY c.grade, c.name_ru LIMIT ?";

static NEOERR *find_classes(struct request *rq, const char *words, const char *fold, const char *digits, size_t limit,
                            NEOERR *(*add)(struct request *rq, const char *text, const char *detail, const char *address))
{
    struct finding finding = {rq, add};
    const char *pattern = pool_printf(rq->pool, "%s%%", digits[0] != '\0' ? digits : words);
    (void)fold;
    if (strpbrk(words, "%_\\") != NULL)
        return STATUS_OK;
    return nerr_pass(db_each(rq->db, FIND_CLASSES,
                             DB_VALUES(DB_INT(rq->place.org), DB_INT(rq->place.year), DB_TEXT(pattern), DB_TEXT(pattern), DB_TEXT(pattern), DB_INT(limit)),
                             add_class, &finding));
}

static const struct search_source searches[] = {
    {"pupils", N_("Pupils"), &see_contingent, find_pupils},
    {"classes", N_("Classes"), &see_contingent, find_classes},
    {0},
};

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
    .searches = searches,
    .ledgers = ledgers,
    .references = references,
};
