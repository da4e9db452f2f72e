/* orders.c: the organisation's orders: the list (CON-40, REC-08) with gaps and doubles, and the page of one. */
#include "school/office/order.h"

#include "base/text.h"
#include "engine/audit.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"

#include <string.h>

/* ---- the list ---- */

static const struct code scan_states[] = {
    {"1", {"Сканы бар", "Со сканом", "With scan"}},
    {"0", {"Сканы жоқ", "Без скана", "Without scan"}},
    {0},
};
static const struct code_list scan_codes = {"has_scan", N_("Scan"), scan_states};

static const char *show_remark(struct request *rq, const char *value)
{
    (void)rq;
    return _(value);
}

/* The remarks are msgids, in SQL as in the table of reasons. */
#define DOUBLED N_("the number stands twice")
#define UNSCANNED N_("no scan")
#define CANCELLED N_("cancelled")
#define IS_CANCELLED "EXISTS (SELECT 1 FROM school_order x WHERE x.org_id = o.org_id AND x.cancels_id = o.id)"
#define HAS_SCAN "EXISTS (SELECT 1 FROM order_scan s WHERE s.org_id = o.org_id AND s.order_id = o.id)"

static const struct list_column columns[] = {
    {"number", N_("Order number"), "o.number", "o.ordinal", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 1},
    {"dated", N_("Order date"), "o.dated", .flags = COLUMN_SORTABLE | COLUMN_DATE, .width = 1},
    {"summary", N_("Summary"), "o.summary", .width = 4},
    {"journal", N_("Journal"), "o.journal", .flags = COLUMN_SORTABLE, .width = 1.2, .codes = &order_journal_codes},
    {"state", N_("State"), "o.state", .flags = COLUMN_SORTABLE, .width = 1, .codes = &order_state_codes},
    {"pupils", N_("Pupils"),
     "(SELECT COUNT(DISTINCT m.pupil_id) FROM movement m WHERE m.org_id = o.org_id AND m.order_id = o.id)"
     " + (SELECT COUNT(DISTINCT m.pupil_id) FROM scholarship m WHERE m.org_id = o.org_id AND m.order_id = o.id)",
     .flags = COLUMN_NUMBER, .width = 0.8},
    {"remark", N_("To be noted"),
     "COALESCE(o.gap_reason, IF(" IS_CANCELLED ", '" CANCELLED "', NULL), IF(o.doubled > 0, '" DOUBLED "', IF(o.state = 'signed' AND NOT " HAS_SCAN ", '" UNSCANNED "', NULL)))",
     .flags = COLUMN_CHIP, .width = 1.5, .show = show_remark},
    {0},
};

static const struct list_filter filters[] = {
    {"journal", N_("Journal"), "o.journal = ?", .codes = &order_journal_codes},
    {"year", N_("Year"), "o.year = ?", .choices = list_year_choices},
    {"state", N_("State"), "o.state = ?", .codes = &order_state_codes},
    {"scan", N_("Scan"), "(o.state = 'signed' AND " HAS_SCAN " = ?)", .codes = &scan_codes},
    {0},
};

static const struct list_action actions[] = {{N_("Texts of orders"), "order-texts", &manage_organisation}, {0}};

static const struct list orders_list = {
    .id = "orders", .title = N_("Orders"), .permission = &see_orders, .id_sql = "o.id", .from = "school_order o", .where = "o.org_id = ?",
    .bind = list_bind_org, .columns = columns, .filters = filters, .search_sql = "CONCAT(o.number, ' ', o.summary) LIKE ?",
    .default_sort = "-dated", .tie_sql = "o.id DESC", .row_route = "order", .page_actions = actions, .empty = N_("There are no orders yet: the first enrolment makes one"),
    .landscape = true,
};

/* ---- numbers of the year's journals that nobody has: they went lost on paper or came late ---- */

static NEOERR *take_missing(void *data, const struct db_row *row)
{
    struct request *rq = data;
    HDF *out;
    int64_t missing = db_get_int(row, 1) - db_get_int(row, 2);
    if (missing <= 0)
        return STATUS_OK;
    TRY(view_append(rq->hdf, "Orders.gaps", &out));
    return nerr_pass(view_setf(out, "text", n_("%s: %lld number of this year is missing", "%s: %lld numbers of this year are missing", (unsigned long)missing),
                               code_name(&order_journal_codes, db_get(row, 0)), (long long)missing));
}

static const char MISSING[] =
    "SELECT journal, MAX(ordinal), COUNT(DISTINCT ordinal) FROM school_order WHERE org_id = ? AND year = ? AND ordinal > 0 GROUP BY journal";

static NEOERR *orders_page(struct request *rq, struct response *rs)
{
    bool done;
    TRY(page_begin(rq, rs, "orders.cs", _("Orders")));
    TRY(list_answer(rq, rs, &orders_list, 0, NULL, &done));
    if (done)
        return STATUS_OK;
    TRY(page_crumb(rq, _("Orders"), NULL));
    TRY(page_menu(rq, "contingent"));
    TRY(db_each(rq->db, MISSING, DB_VALUES(DB_INT(rq->place.org), DB_INT(request_today(rq).year)), take_missing, rq));
    return nerr_pass(list_show(rq, &orders_list, 0, NULL));
}

/* ---- scans that come after the order was carried out ---- */

static const struct field scan_fields[] = {
    {"order", N_("Order"), FIELD_SHOWN},
    {"order_scan", N_("Scan"), FIELD_FILE, REQUIRED | SEVERAL},
    {0},
};

static NEOERR *take_signed(void *data, const struct db_row *row)
{
    struct form_data *form = data;
    TRY(form_set(form, "version", db_get(row, 0)));
    return nerr_pass(form_set(form, "order", order_words(form->rq, db_get(row, 1), db_get_date(row, 2))));
}

/* The number of its scans is the version: two who attach at once are told. */
static const char SIGNED[] =
    "SELECT (SELECT COUNT(*) FROM order_scan s WHERE s.org_id = o.org_id AND s.order_id = o.id), o.number, o.dated"
    " FROM school_order o WHERE o.org_id = ? AND o.id = ? AND o.state = 'signed' FOR UPDATE";

static NEOERR *load_signed(struct form_data *form, int64_t id)
{
    return nerr_pass(db_one(form->rq->db, SIGNED, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id)), take_signed, form));
}

static const struct form scan_form = {
    .id = "order-scan", .title = N_("Attach the scan"), .table = "order_scan", .subject_kind = "order", .fields = scan_fields,
    .see = &see_orders, .edit = &move_pupils, .load = load_signed, .check = order_check_scans, .save = order_add_scans,
};

static NEOERR *scan_page(struct request *rq, struct response *rs)
{
    int64_t id;
    TRY(request_id(rq, 0, &id));
    TRY(form_edit_page(rq, rs, &scan_form, id, route_url(rq, "order", rq->ids[0])));
    TRY(page_crumb(rq, _("Orders"), route_url(rq, "orders")));
    TRY(page_crumb(rq, _("Attach the scan"), NULL));
    return nerr_pass(page_menu(rq, "contingent"));
}

/* ---- one order ---- */

/* The order that this one cancels, or that has cancelled it. */
static NEOERR *show_other(struct request *rq, const char *label, const char *id, const char *number, struct date dated)
{
    return id == NULL ? STATUS_OK : nerr_pass(page_fact(rq, _(label), order_words(rq, number, dated), route_url(rq, "order", id)));
}

static NEOERR *take_order(void *data, const struct db_row *row)
{
    struct request *rq = data;
    const char *number = db_get(row, 0), *dated = i18n_date(rq->pool, db_get_date(row, 1));
    TRY(view_set(rq->hdf, "Order.title", order_words(rq, number, db_get_date(row, 1))));
    TRY(view_set(rq->hdf, "Order.summary", db_get(row, 2)));
    TRY(form_fact(rq, _("Order number"), number));
    TRY(form_fact(rq, _("Order date"), dated));
    TRY(form_fact(rq, _("Summary"), db_get(row, 2)));
    TRY(form_fact(rq, _("Journal"), code_name(&order_journal_codes, db_get(row, 3))));
    TRY(form_fact(rq, _("Kind"), code_name(&order_kind_codes, db_get(row, 4))));
    TRY(form_fact(rq, _("State"), code_name(&order_state_codes, db_get(row, 5))));
    if (db_get(row, 6) != NULL)
        TRY(form_fact(rq, _("To be noted"), _(db_get(row, 6))));
    TRY(form_fact(rq, _("Recorded"), i18n_time(rq->pool, db_get_time(row, 7), rq->place.time_zone)));
    if (db_get_int(row, 8) != 0)
        TRY(view_set(rq->hdf, "Order.process", route_url(rq, "process", db_get(row, 8))));
    TRY(show_other(rq, N_("Cancelled by"), db_get(row, 9), db_get(row, 10), db_get_date(row, 11)));
    TRY(show_other(rq, N_("Cancels"), db_get(row, 12), db_get(row, 13), db_get_date(row, 14)));
    bool is_signed = strcmp(db_get(row, 5), "signed") == 0;
    TRY(view_set(rq->hdf, "Order.is_signed", is_signed ? "1" : NULL));
    TRY(view_set(rq->hdf, "Order.may_be_cancelled", is_signed && strcmp(db_get(row, 4), "cancel") != 0 && db_get(row, 9) == NULL ? "1" : NULL));
    return STATUS_OK;
}

static const char ORDER[] =
    "SELECT o.number, o.dated, o.summary, o.journal, o.kind, o.state, o.gap_reason, o.recorded_at, o.process_id, x.id, x.number, x.dated,"
    " c.id, c.number, c.dated"
    " FROM school_order o"
    " LEFT JOIN school_order x ON x.org_id = o.org_id AND x.cancels_id = o.id"
    " LEFT JOIN school_order c ON c.org_id = o.org_id AND c.id = o.cancels_id"
    " WHERE o.org_id = ? AND o.id = ? LIMIT 1";

static NEOERR *show_scan(void *data, const struct db_row *row)
{
    struct request *rq = data;
    HDF *out;
    TRY(view_append(rq->hdf, "Order.scans", &out));
    TRY(view_set(out, "name", db_get(row, 1)));
    TRY(view_set(out, "size", i18n_size(rq->pool, (size_t)db_get_int(row, 2))));
    TRY(view_set(out, "href", route_url(rq, "file", db_get(row, 0))));
    for (int64_t page = 1; page <= db_get_int(row, 3); page++) {
        HDF *image;
        TRY(view_append(out, "pages", &image));
        TRY(view_set(image, "src", route_url(rq, "file-image", db_get(row, 0), route_number(rq, page))));
    }
    return STATUS_OK;
}

static const char SCANS[] =
    "SELECT f.id, f.name, f.size, f.pages FROM order_scan s JOIN file f ON f.org_id = s.org_id AND f.id = s.file_id"
    " WHERE s.org_id = ? AND s.order_id = ? ORDER BY s.position";

static NEOERR *show_person(void *data, const struct db_row *row)
{
    struct request *rq = data;
    HDF *out;
    TRY(view_append(rq->hdf, "Order.people", &out));
    TRY(view_set(out, "name", db_get(row, 1)));
    TRY(view_set(out, "href", route_url(rq, "pupil", db_get(row, 0))));
    TRY(view_set(out, "kind", code_name(db_get_int(row, 5) != 0 ? &scholarship_kind_codes : &movement_kind_codes, db_get(row, 2))));
    TRY(view_set(out, "class", class_label(rq, db_get(row, 3))));
    return nerr_pass(view_set(out, "date", i18n_date(rq->pool, db_get_date(row, 4))));
}

static const char PEOPLE[] =
    "SELECT p.id, CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), m.kind, IF(c.id IS NULL, '', " CLASS_PACKED "), m.on_day, m.is_scholarship"
    " FROM (SELECT org_id, pupil_id, kind, to_class_id, effective_on AS on_day, 0 AS is_scholarship FROM movement WHERE org_id = ? AND order_id = ?"
    "  UNION ALL SELECT org_id, pupil_id, kind, NULL, from_on, 1 FROM scholarship WHERE org_id = ? AND order_id = ?) m"
    " JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id"
    " LEFT JOIN class c ON c.org_id = m.org_id AND c.id = m.to_class_id"
    " WHERE m.org_id = ?"
    " ORDER BY p.sort_key"
    " LIMIT 1000";

static NEOERR *order_page(struct request *rq, struct response *rs)
{
    struct db_value org = DB_INT(rq->place.org);
    int64_t id;
    TRY(request_id(rq, 0, &id));
    const struct db_value *key = DB_VALUES(DB_INT(rq->place.org), DB_INT(id));
    TRY(db_one(rq->db, ORDER, key, take_order, rq));
    TRY(page_begin(rq, rs, "order.cs", hdf_get_value(rq->hdf, "Order.title", "")));
    TRY(page_facts(rq, hdf_get_value(rq->hdf, "Order.summary", "")));
    TRY(page_crumb(rq, _("Orders"), route_url(rq, "orders")));
    TRY(page_crumb(rq, hdf_get_value(rq->hdf, "Order.title", ""), NULL));
    TRY(page_menu(rq, "contingent"));
    if (hdf_get_obj(rq->hdf, "Order.may_be_cancelled") != NULL && request_may(rq, cancel_order.permission))
        TRY(page_operation(rq, _("Cancel the order"), process_url(rq, &cancel_order, id)));
    if (hdf_get_obj(rq->hdf, "Order.is_signed") != NULL && request_may(rq, scan_form.edit))
        TRY(page_operation(rq, _("Attach the scan"), route_url(rq, "order-scan", rq->ids[0])));
    TRY(db_each(rq->db, SCANS, key, show_scan, rq));
    TRY(db_each(rq->db, PEOPLE, DB_VALUES(org, DB_INT(id), org, DB_INT(id), org), show_person, rq));
    return nerr_pass(audit_show(rq, "order", id));
}

/* ---- registers ---- */

static const char SOME_ORDER[] = "SELECT id FROM school_order WHERE org_id = ? ORDER BY id LIMIT 1";

const char *const *order_sample(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_ORDER, DB_VALUES(DB_INT(org)));
}

static const char SOME_SIGNED_ORDER[] = "SELECT id FROM school_order WHERE org_id = ? AND state = 'signed' ORDER BY id LIMIT 1";

static const char *const *some_signed_order(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_SIGNED_ORDER, DB_VALUES(DB_INT(org)));
}

static const char SOME_ORDER_PROCESS[] = "SELECT id FROM process WHERE org_id = ? AND order_id IS NOT NULL ORDER BY id LIMIT 1";

static const char *const *some_order_process(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_ORDER_PROCESS, DB_VALUES(DB_INT(org)));
}

static const char *const *some_kind(struct db *db, struct pool *pool, int64_t org)
{
    static const char *const kind[] = {"enrol", NULL};
    (void)db;
    (void)pool;
    (void)org;
    return kind;
}

static const struct route routes[] = {
    {"orders", HTTP_GET, "/ORG/YEAR/orders", orders_page, &see_orders, .title = N_("Orders")},
    {"order", HTTP_GET, "/ORG/YEAR/orders/{order}", order_page, &see_orders, .sample = order_sample},
    {"order-scan", HTTP_GET, "/ORG/YEAR/orders/{order}/scan", scan_page, &move_pupils, .sample = some_signed_order},
    {"order-scan", HTTP_POST, "/ORG/YEAR/orders/{order}/scan", scan_page, &move_pupils, ROUTE_UPLOADS | ROUTE_KEPT, .sample = some_signed_order},
    {ORDER_PAPER, HTTP_GET, "/ORG/YEAR/processes/{process}/order", order_print_page, NULL, ROUTE_ANYBODY, .detail = &order_output, .sample = some_order_process},
    {ORDER_PAPER, HTTP_POST, "/ORG/YEAR/processes/{process}/order", order_print_page, NULL, ROUTE_ANYBODY, .detail = &order_output, .sample = some_order_process},
    {"order-texts", HTTP_GET, "/ORG/YEAR/order-texts", order_texts_page, &manage_organisation, .title = N_("Texts of orders")},
    {"order-text", HTTP_GET, "/ORG/YEAR/order-texts/{kind}", order_text_page, &manage_organisation, .sample = some_kind},
    {"order-text", HTTP_POST, "/ORG/YEAR/order-texts/{kind}", order_text_page, &manage_organisation, ROUTE_KEPT, .sample = some_kind},
    {0},
};

static NEOERR *add_found(void *data, const struct db_row *row)
{
    struct request *rq = data;
    const char *text = order_words(rq, db_get(row, 1), db_get_date(row, 2));
    return nerr_pass(search_hit(rq, text, db_get(row, 3), route_url(rq, "order", db_get(row, 0))));
}

static const char FIND[] =
    "SELECT id, number, dated, summary FROM school_order WHERE org_id = ? AND state = 'signed' AND (number LIKE ? OR summary LIKE ?)"
    " ORDER BY dated DESC, id DESC LIMIT ?";

static NEOERR *find_orders(struct request *rq, const char *words, const char *fold, const char *digits, size_t limit)
{
    (void)fold;
    (void)digits;
    if (strpbrk(words, "%_\\") != NULL)
        return STATUS_OK;
    return nerr_pass(db_each(rq->db, FIND,
                             DB_VALUES(DB_INT(rq->place.org), DB_TEXT(pool_printf(rq->pool, "%s%%", words)),
                                       DB_TEXT(pool_printf(rq->pool, "%%%s%%", words)), DB_INT(limit)),
                             add_found, rq));
}

static const struct search_source searches[] = {{"orders", N_("Orders"), &see_orders, find_orders}, {0}};
static const struct list *const lists[] = {&orders_list, NULL};
static const struct form *const forms[] = {&order_text_form, &scan_form, NULL};
static const struct output *const outputs[] = {&order_output, NULL};

static const char SCAN_USES[] = "SELECT 1 FROM order_scan WHERE org_id = ? AND file_id = ? LIMIT 1";
static const char *const file_uses[] = {SCAN_USES, NULL};

static const struct process *const processes[] = {&cancel_order, NULL};

const struct area office_area = {
    .id = "office", .routes = routes, .processes = processes, .lists = lists, .forms = forms, .outputs = outputs, .searches = searches,
    .file_uses = file_uses,
};
