/* area.c: what the exchange brings to the registers. */
#include "school/exchange/pages.h"
#include "school/permissions.h"

static const char *const *some_batch(struct db *db, struct pool *pool, int64_t org)
{
    static const char SOME[] = "SELECT MAX(id) FROM import_batch WHERE org_id = ?";
    return route_sample(db, pool, SOME, DB_VALUES(DB_INT(org)));
}

static const char *const *some_batch_of_installation(struct db *db, struct pool *pool, int64_t org)
{
    (void)org;
    return some_batch(db, pool, 0);
}

static const struct route routes[] = {
    {"export", HTTP_GET, "/ORG/YEAR/exchange/export", export_page, &exchange_data, .title = N_("Export of the contingent")},
    {"export", HTTP_POST, "/ORG/YEAR/exchange/export", export_page, &exchange_data},
    {"imports", HTTP_GET, "/ORG/YEAR/exchange/import", imports_page, &exchange_data, .title = N_("Import of the contingent")},
    {"imports", HTTP_POST, "/ORG/YEAR/exchange/import", imports_page, &exchange_data, ROUTE_UPLOADS | ROUTE_PACKAGES},
    {"import", HTTP_GET, "/ORG/YEAR/exchange/import/{batch}", import_page, &exchange_data, .sample = some_batch},
    {"import", HTTP_POST, "/ORG/YEAR/exchange/import/{batch}", import_page, &exchange_data, .sample = some_batch},
    {"all-imports", HTTP_GET, "/exchange/import", imports_page, &exchange_data, .title = N_("Import of organisations")},
    {"all-imports", HTTP_POST, "/exchange/import", imports_page, &exchange_data, ROUTE_UPLOADS | ROUTE_PACKAGES},
    {"all-import", HTTP_GET, "/exchange/import/{batch}", import_page, &exchange_data, .sample = some_batch_of_installation},
    {"all-import", HTTP_POST, "/exchange/import/{batch}", import_page, &exchange_data, .sample = some_batch_of_installation},
    {0},
};

static const struct job_kind jobs[] = {
    {"export", N_("Export of the contingent"), export_job},
    {"import-read", N_("Reading of an import"), import_read_job, import_give_up},
    {"import-apply", N_("Applying of an import"), import_apply_job, import_give_up},
    {"import-undo", N_("Cancelling of an import"), import_undo_job, import_give_up},
    {0},
};

static const struct menu_item menu[] = {
    {"export", N_("Export of the contingent"), MENU_SECOND, "management", "export", 83},
    {"imports", N_("Import of the contingent"), MENU_SECOND, "management", "imports", 84},
    {"all-imports", N_("Import of organisations"), MENU_SECOND, "administration", "all-imports", 40},
    {0},
};

static const struct list *const lists[] = {&import_rows_list, NULL};

static const char PACKAGE_USES[] = "SELECT 1 FROM import_batch WHERE org_id = ? AND file_id = ? LIMIT 1";
static const char *const file_uses[] = {PACKAGE_USES, NULL};

const struct area exchange_area = {
    .id = "exchange", .routes = routes, .jobs = jobs, .lists = lists, .menu = menu, .file_uses = file_uses,
};
