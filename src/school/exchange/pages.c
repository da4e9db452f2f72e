/* pages.c: the pages of the exchange: export, upload of a package, its preview, applying, undoing. */
#include "school/exchange/pages.h"

#include "engine/file.h"
#include "engine/form.h"
#include "engine/page.h"
#include "school/permissions.h"

#include <string.h>

enum { REFRESH_SECONDS = 2, BATCHES_SHOWN = 50 };

/* An import of the installation has its addresses outside of any organisation. */
static const char *address_of_imports(struct request *rq)
{
    return rq->place.org == 0 ? route_url(rq, "all-imports") : route_url(rq, "imports");
}

static const char *address_of_import(struct request *rq, int64_t batch)
{
    const char *id = route_number(rq, batch);
    return rq->place.org == 0 ? route_url(rq, "all-import", id) : route_url(rq, "import", id);
}

/* ---- export ---- */

static const struct {
    const char *label, *sql;
} extent[] = {
    {N_("Pupils"), "SELECT COUNT(*) FROM pupil WHERE org_id = ?"},
    {N_("Classes"), "SELECT COUNT(*) FROM class WHERE org_id = ?"},
    {N_("Orders"), "SELECT COUNT(*) FROM school_order WHERE org_id = ? AND state <> 'reserved'"},
    {N_("Scans"), "SELECT COUNT(*) FROM order_scan WHERE org_id = ?"},
};

static NEOERR *show_extent(struct request *rq)
{
    int64_t count;
    for (size_t i = 0; i < sizeof extent / sizeof extent[0]; i++) {
        TRY(db_number(rq->db, extent[i].sql, DB_VALUES(DB_INT(rq->place.org)), &count, NULL));
        TRY(form_fact(rq, request_words(rq, extent[i].label), i18n_number(rq->pool, count)));
    }
    return STATUS_OK;
}

static NEOERR *add_export(struct db *db, void *data)
{
    struct request *rq = data;
    bool repeated;
    char *result;
    int64_t job;
    TRY(form_key_take(db, rq, &repeated, &result));
    if (repeated)
        return nerr_pass(view_set(rq->hdf, "Export.job", result));
    TRY(job_add(db, "export", rq->place.org, rq->session.account, rq->language, request_may(rq, &see_health) ? "health=1" : NULL, &job));
    const char *address = route_url(rq, "job", route_number(rq, job));
    TRY(view_set(rq->hdf, "Export.job", address));
    return nerr_pass(form_key_result(db, rq, address));
}

NEOERR *export_page(struct request *rq, struct response *rs)
{
    if (rq->http->method == HTTP_POST) {
        TRY(db_run(rq->db, add_export, rq));
        return nerr_pass(response_redirect(rq, rs, hdf_get_value(rq->hdf, "Export.job", "/")));
    }
    TRY(page_begin(rq, rs, "export.cs", _("Export of the contingent")));
    TRY(page_crumb(rq, _("Export of the contingent"), NULL));
    TRY(page_menu(rq, "export"));
    TRY(form_key_show(rq));
    TRY(view_set(rq->hdf, "Export.without_health", request_may(rq, &see_health) ? NULL : "1"));
    return nerr_pass(show_extent(rq));
}

/* ---- batches ---- */

static const struct state {
    const char *state, *words;
    bool is_under_way, may_apply, may_undo;
} states[] = {
    {"reading", N_("The file is being read"), .is_under_way = true},
    {"staged", N_("Read: look at what will change and apply it"), .may_apply = true},
    {"applying", N_("Being applied"), .is_under_way = true},
    {"applied", N_("Applied"), .may_undo = true},
    {"undoing", N_("Being cancelled"), .is_under_way = true},
    {"refused", N_("The file was refused; nothing has changed")},
    {"undone", N_("Cancelled by order")},
};

static const struct state *state_of(const char *word)
{
    size_t at = 0;
    while (strcmp(states[at].state, word) != 0)
        at++;
    return &states[at];
}

struct loading {
    struct pool *pool;
    struct batch *batch;
};

static NEOERR *take_batch(void *data, const struct db_row *row)
{
    const struct loading *loading = data;
    *loading->batch = (struct batch){
        .id = db_get_int(row, 0), .file = db_get_int(row, 1), .account = db_get_int(row, 2),
        .state = pool_strdup(loading->pool, db_get(row, 3)), .fault = pool_strdup(loading->pool, db_get(row, 4)),
        .made_at = db_get_time(row, 5), .applied_at = db_get_time(row, 6), .undone_at = db_get_time(row, 7),
    };
    return STATUS_OK;
}

static const char LOAD[] =
    "SELECT id, file_id, made_by, state, fault, made_at, applied_at, undone_at FROM import_batch WHERE org_id = ? AND id = ?";

NEOERR *batch_load(struct db *db, struct pool *pool, int64_t org, int64_t id, struct batch *batch)
{
    return nerr_pass(db_one(db, LOAD, DB_VALUES(DB_INT(org), DB_INT(id)), take_batch, &(struct loading){pool, batch}));
}

static const char MOVE[] =
    "UPDATE import_batch SET state = ?, fault = ? WHERE org_id = ? AND id = ? AND state = ?";

NEOERR *batch_move(struct db *db, int64_t org, int64_t id, const char *from, const char *to, const char *fault, bool *moved)
{
    int64_t changed;
    TRY(db_exec(db, MOVE, DB_VALUES(DB_TEXT(to), DB_TEXT(fault), DB_INT(org), DB_INT(id), DB_TEXT(from)), &changed, NULL));
    *moved = changed > 0;
    return STATUS_OK;
}

/* ---- upload ---- */

static const struct field upload_fields[] = {
    {"package", N_("Package (ZIP) or XML file"), FIELD_FILE, REQUIRED},
    {0},
};

struct receiving {
    struct request *rq;
    int64_t file;
    const char *address;
};

static NEOERR *receive(struct db *db, void *data)
{
    struct receiving *receiving = data;
    struct request *rq = receiving->rq;
    struct import import;
    bool repeated;
    char *result;
    TRY(form_key_take(db, rq, &repeated, &result));
    if (repeated) {
        receiving->address = result;
        return STATUS_OK;
    }
    TRY(import_begin(db, rq->place.org, rq->session.account, receiving->file, &import));
    const char *input = pool_printf(rq->pool, "batch=%lld", (long long)import.id);
    TRY(job_add(db, "import-read", rq->place.org, rq->session.account, rq->language, input, NULL));
    receiving->address = address_of_import(rq, import.id);
    return nerr_pass(form_key_result(db, rq, receiving->address));
}

static NEOERR *show_batch_row(void *data, const struct db_row *row)
{
    struct request *rq = data;
    HDF *out;
    TRY(view_append(rq->hdf, "Imports.rows", &out));
    TRY(view_set(out, "href", address_of_import(rq, db_get_int(row, 0))));
    TRY(view_set(out, "name", db_get_or(row, 1, "—")));
    TRY(view_set(out, "when", i18n_time(rq->pool, db_get_time(row, 2), rq->place.time_zone != NULL ? rq->place.time_zone : rq->worker->config->time_zone)));
    return nerr_pass(view_set(out, "state", _(state_of(db_get(row, 3))->words)));
}

static const char BATCHES[] =
    "SELECT b.id, f.name, b.made_at, b.state FROM import_batch b LEFT JOIN file f ON f.org_id = b.org_id AND f.id = b.file_id"
    " WHERE b.org_id = ? ORDER BY b.id DESC LIMIT ?";

static NEOERR *show_imports(struct request *rq, struct response *rs, const char *refused)
{
    struct form_data *form;
    TRY(page_begin(rq, rs, "imports.cs", _("Import of the contingent")));
    TRY(page_crumb(rq, _("Import of the contingent"), NULL));
    TRY(page_menu(rq, rq->place.org == 0 ? "all-imports" : "imports"));
    TRY(form_data_new(rq, upload_fields, &form));
    if (refused != NULL) {
        rs->http.status = 422;
        TRY(form_error(form, "package", "%s", refused));
    }
    TRY(form_show(form));
    TRY(view_set(rq->hdf, "Imports.refused", refused));
    TRY(view_set(rq->hdf, "Imports.action", address_of_imports(rq)));
    TRY(view_set_int(rq->hdf, "Imports.max_mb", route_upload_max_mb(rq)));
    return nerr_pass(db_each(rq->db, BATCHES, DB_VALUES(DB_INT(rq->place.org), DB_INT(BATCHES_SHOWN)), show_batch_row, rq));
}

NEOERR *imports_page(struct request *rq, struct response *rs)
{
    const struct http_field *field = http_find(&rq->posted, "package");
    struct receiving receiving = {.rq = rq};
    const char *refused = NULL;
    if (rq->http->method != HTTP_POST)
        return nerr_pass(show_imports(rq, rs, NULL));
    TRY(file_take(rq, field != NULL ? field->upload : NULL, FILE_PACKAGE, &receiving.file, &refused));
    if (refused != NULL)
        return nerr_pass(show_imports(rq, rs, refused));
    TRY(db_run(rq->db, receive, &receiving));
    return nerr_pass(response_redirect(rq, rs, receiving.address));
}

/* ---- the preview ---- */

static const struct code verdict_names[] = {
    {"new", {"Жаңа", "Новое", "New"}},
    {"same", {"Өзгеріссіз", "Без изменений", "Same"}},
    {"changed", {"Өзгереді", "Изменится", "Changed"}},
    {"conflict", {"Қайшылық", "Конфликт", "In conflict"}},
    {"rejected", {"Қабылданбады", "Отклонено", "Rejected"}},
    {0},
};
static const struct code_list verdict_codes = {"import_verdict", N_("Verdict"), verdict_names};

static const struct code kind_names[] = {
    {"person", {"Адам", "Человек", "Person"}},
    {"organisation", {"Ұйым", "Организация", "Organisation"}},
    {"name", {"Ұйымның атауы", "Название организации", "Name of the organisation"}},
    {"year", {"Оқу жылы", "Учебный год", "School year"}},
    {"period", {"Оқу кезеңі", "Учебный период", "Study period"}},
    {"shift", {"Ауысым", "Смена", "Shift"}},
    {"speciality", {"Мамандық", "Специальность", "Speciality"}},
    {"class", {"Сынып (топ)", "Класс (группа)", "Class (group)"}},
    {"class-head", {"Сынып жетекшісі", "Руководитель класса", "Head of a class"}},
    {"pupil", {"Жеке іс", "Личное дело", "Pupil's file"}},
    {"kinship", {"Туыстық", "Родство", "Kinship"}},
    {"document", {"Құжат", "Документ", "Document"}},
    {"social", {"Әлеуметтік санат", "Социальная категория", "Social category"}},
    {"health", {"Денсаулығы", "Здоровье", "Health"}},
    {"achievement", {"Жетістік", "Достижение", "Achievement"}},
    {"paper", {"Берілген қағаз", "Выданный документ", "Paper issued"}},
    {"application", {"Қабылдау туралы өтініш", "Заявление о приёме", "Application for admission"}},
    {"order", {"Бұйрық", "Приказ", "Order"}},
    {"scan", {"Бұйрықтың сканы", "Скан приказа", "Scan of an order"}},
    {"movement", {"Қозғалыс", "Движение", "Movement"}},
    {"departure", {"Кету", "Выбытие", "Departure"}},
    {"scholarship", {"Шәкіртақы", "Стипендия", "Scholarship"}},
    {"file", {"Сканның мазмұны", "Содержимое скана", "Content of a scan"}},
    {"meal", {"Тегін тамақтануға өтініш", "Заявление о бесплатном питании", "Application for free meals"}},
    {"claim", {"Бюджеттік орынға үміткер", "Претендент на бюджетное место", "Claim to a budget place"}},
    {"correction", {"Байланыс деректерін түзету", "Исправление контактов", "Correction of contacts"}},
    {"order-text", {"Бұйрық мәтіні", "Текст приказа", "Text of an order"}},
    {0},
};
static const struct code_list kind_codes = {"import_kind", N_("Kind"), kind_names};

#define V(attribute) "JSON_VALUE(r.packed, '$.\"" attribute "\"')"
#define OTHER_VALUES N_("It stands here with other values")

static const char *show_reason(struct request *rq, const char *value)
{
    (void)rq;
    return _(value);
}

static const struct list_column row_columns[] = {
    {"line", N_("Line"), "r.line", .flags = COLUMN_SORTABLE | COLUMN_NUMBER, .width = 0.6},
    {"kind", N_("Kind"), "r.kind", .flags = COLUMN_SORTABLE, .width = 1.2, .codes = &kind_codes},
    {"what", N_("What it is"),
     "CONCAT_WS(' ', " V("surname") ", " V("given") ", " V("grade") ", " V("name-ru") ", " V("ru") ", " V("number") ", " V("name") ", " V("effective-on") ")",
     .flags = COLUMN_STICKY, .width = 2.5},
    {"verdict", N_("Verdict"), "r.verdict", .flags = COLUMN_SORTABLE, .width = 1, .codes = &verdict_codes},
    {"reason", N_("Reason"), "COALESCE(r.reason, IF(r.verdict = 'conflict', '" OTHER_VALUES "', ''))", .width = 3, .show = show_reason},
    {0},
};

static const struct list_filter row_filters[] = {
    {"verdict", N_("Verdict"), "r.verdict = ?", .codes = &verdict_codes},
    {"kind", N_("Kind"), "r.kind = ?", .codes = &kind_codes},
    {0},
};

const struct list import_rows_list = {
    .id = "import-rows", .title = N_("Rows of the import"), .permission = &exchange_data, .id_sql = "r.id",
    .from = "import_batch b JOIN import_row r ON r.batch_id = b.id", .where = "b.org_id = ? AND b.id = ?", .bind = list_bind_org_subject,
    .columns = row_columns, .filters = row_filters, .default_sort = "-verdict", .tie_sql = "r.id", .empty = N_("There are no rows"), .landscape = true,
};

static NEOERR *show_count(void *data, const struct db_row *row)
{
    struct request *rq = data;
    HDF *out;
    TRY(view_append(rq->hdf, "Import.counts", &out));
    TRY(view_set(out, "label", code_name(&kind_codes, db_get(row, 0))));
    for (size_t verdict = 0; verdict < IMPORT_VERDICTS; verdict++)
        TRY(view_set(out, import_verdicts[verdict], db_get(row, 1 + verdict)));
    return STATUS_OK;
}

static const char COUNTS[] =
    "SELECT r.kind, SUM(r.verdict = 'new'), SUM(r.verdict = 'same'), SUM(r.verdict = 'changed'), SUM(r.verdict = 'conflict'), SUM(r.verdict = 'rejected')"
    " FROM import_batch b JOIN import_row r ON r.batch_id = b.id WHERE b.org_id = ? AND b.id = ? GROUP BY r.kind ORDER BY MIN(r.id)";

static NEOERR *show_import(struct request *rq, struct response *rs, const struct batch *batch)
{
    const struct state *state = state_of(batch->state);
    struct import_counts counts;
    TRY(page_crumb(rq, _("Import of the contingent"), address_of_imports(rq)));
    TRY(page_crumb(rq, route_number(rq, batch->id), NULL));
    TRY(page_menu(rq, rq->place.org == 0 ? "all-imports" : "imports"));
    TRY(form_key_show(rq));
    TRY(view_set(rq->hdf, "Import.state", batch->state));
    TRY(view_set(rq->hdf, "Import.state_words", _(state->words)));
    TRY(view_set(rq->hdf, "Import.fault", batch->fault != NULL ? import_fault_words(rq->pool, batch->fault) : NULL));
    TRY(view_set(rq->hdf, "Import.action", address_of_import(rq, batch->id)));
    if (state->is_under_way) {
        TRY(view_set(rq->hdf, "Import.poll", address_of_import(rq, batch->id)));
        http_header(rq->pool, &rs->http, "Refresh", pool_printf(rq->pool, "%d", REFRESH_SECONDS));
        return STATUS_OK;
    }
    TRY(import_count(rq->db, batch->id, &counts));
    bool brings = counts.rows[IMPORT_NEW] + counts.rows[IMPORT_CHANGED] > 0;
    if (state->may_apply && brings)
        TRY(view_set_int(rq->hdf, "Import.may_apply", 1));
    if (state->may_apply && !brings)
        TRY(view_set(rq->hdf, "Import.state_words", _("Read: the file brings nothing new")));
    if (state->may_undo)
        TRY(view_set_int(rq->hdf, "Import.may_undo", 1));
    TRY(db_each(rq->db, COUNTS, DB_VALUES(DB_INT(rq->place.org), DB_INT(batch->id)), show_count, rq));
    return strcmp(batch->state, "refused") == 0 ? STATUS_OK : nerr_pass(list_show(rq, &import_rows_list, batch->id, NULL));
}

/* ---- applying and undoing ---- */

static const struct deed {
    const char *action, *from, *to, *job;
} deeds[] = {
    {"apply", "staged", "applying", "import-apply"},
    {"undo", "applied", "undoing", "import-undo"},
};

struct doing {
    struct request *rq;
    int64_t batch;
    const struct deed *deed;
};

static NEOERR *do_deed(struct db *db, void *data)
{
    const struct doing *doing = data;
    struct request *rq = doing->rq;
    bool moved, repeated;
    char *result;
    TRY(form_key_take(db, rq, &repeated, &result));
    if (repeated)
        return STATUS_OK;
    TRY(batch_move(db, rq->place.org, doing->batch, doing->deed->from, doing->deed->to, NULL, &moved));
    if (!moved)
        return nerr_raise(ERROR_CONFLICT, "import %lld is not in the state “%s” any more", (long long)doing->batch, doing->deed->from);
    const char *input = pool_printf(rq->pool, "batch=%lld", (long long)doing->batch);
    return nerr_pass(job_add(db, doing->deed->job, rq->place.org, rq->session.account, rq->language, input, NULL));
}

static NEOERR *post_import(struct request *rq, struct response *rs, int64_t batch)
{
    struct doing doing = {.rq = rq, .batch = batch};
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
        if (strcmp(request_posted(rq, "action"), deeds[i].action) == 0)
            doing.deed = &deeds[i];
    if (doing.deed == NULL)
        return nerr_raise(ERROR_INPUT, "an import is applied or undone, nothing else");
    TRY(db_run(rq->db, do_deed, &doing));
    return nerr_pass(response_redirect(rq, rs, address_of_import(rq, batch)));
}

NEOERR *import_page(struct request *rq, struct response *rs)
{
    struct batch batch;
    int64_t id;
    bool done;
    TRY(request_id(rq, 0, &id));
    TRY(batch_load(rq->db, rq->pool, rq->place.org, id, &batch));
    if (rq->http->method == HTTP_POST)
        return nerr_pass(post_import(rq, rs, id));
    TRY(page_begin(rq, rs, "import.cs", pool_printf(rq->pool, _("Import № %lld"), (long long)id)));
    TRY(list_answer(rq, rs, &import_rows_list, id, NULL, &done));
    return done ? STATUS_OK : nerr_pass(show_import(rq, rs, &batch));
}
