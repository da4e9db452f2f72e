/* scholarship.c: «Стипендиаты» (CON-46): the ledger of scholarships, its lists, the page of one. A row assigns a scholarship, another
 * one stops it, a third may undo either: each by an order. */
#include "school/college/college.h"
#include "school/college/pages.h"
#include "school/college/scholarship.h"

#include "base/name.h"
#include "engine/audit.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/office/order.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include <string.h>

/* ---- lists ---- */

static const struct code states[] = {
    {"coming", {"Тағайындалды", "Назначена", "Assigned"}},
    {"current", {"Төленуде", "Выплачивается", "Paid"}},
    {"ended", {"Мерзімі аяқталды", "Срок истёк", "Ended"}},
    {"stopped", {"Тоқтатылды", "Прекращена", "Stopped"}},
    {"cancelled", {"Бұйрық жойылды", "Приказ отменён", "Cancelled"}},
    {0},
};
static const struct code_list state_codes = {"scholarship_state", N_("State"), states};

/* packed: how it ended ("" "stopped" "cancelled"), first day, last day ("" = none). */
#define STATE_PACKED "CONCAT_WS('|', IF(v.id IS NOT NULL, 'cancelled', IF(t.id IS NOT NULL, 'stopped', '')), s.from_on, " SCHOLARSHIP_LAST ")"

static const char *state_of(struct request *rq, const char *packed)
{
    char *rest = pool_strdup(rq->pool, packed), *end = strsep(&rest, "|"), *from = strsep(&rest, "|");
    struct date today = request_today(rq), first = {0}, last = {0};
    date_from_iso(from, &first);
    date_from_iso(rest, &last);
    if (strcmp(end, "cancelled") == 0)
        return end;
    if (date_compare(last, today) < 0)
        return end[0] != '\0' ? end : "ended";
    return date_compare(first, today) > 0 ? "coming" : "current";
}

static const char *show_state(struct request *rq, const char *packed)
{
    return code_name(&state_codes, state_of(rq, packed));
}

static const char *show_amount(struct request *rq, const char *amount)
{
    return pool_printf(rq->pool, "%s ₸", i18n_number(rq->pool, strtoll(amount, NULL, 10)));
}

static const char *show_last(struct request *rq, const char *iso)
{
    struct date date;
    return strcmp(iso, SCHOLARSHIP_FOREVER) != 0 && date_from_iso(iso, &date) ? i18n_date(rq->pool, date) : "";
}

#define SCHOLARSHIP_COLUMNS                                                                                                       \
    {"kind", N_("Kind of scholarship"), "s.kind", .flags = COLUMN_SORTABLE, .width = 1.6, .codes = &scholarship_kind_codes},       \
    {"amount", N_("Sum a month"), "s.amount", .flags = COLUMN_SORTABLE | COLUMN_NUMBER, .show = show_amount},                      \
    {"from_on", N_("Paid from"), "s.from_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},                                             \
    {"until_on", N_("Paid until"), SCHOLARSHIP_LAST, .flags = COLUMN_SORTABLE, .show = show_last},                                 \
    {"order", N_("Order"), "o.number", "o.ordinal", COLUMN_SORTABLE},                                                              \
    {"dated", N_("Order date"), "o.dated", .flags = COLUMN_SORTABLE | COLUMN_DATE | COLUMN_PAPER},                                 \
    {"state", N_("State"), STATE_PACKED, .show = show_state},                                                                      \
    {0}
#define COLUMN_NAME \
    {"name", N_("Full name"), "CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, ''))", "p.sort_key", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 3}

static const struct list_column columns[] = {
    COLUMN_NAME,
    {"class", N_("Class"), "IF(c.id IS NULL, '', " CLASS_PACKED ")", "CONCAT(LPAD(c.grade, 2, '0'), c.name_ru)", COLUMN_SORTABLE, .show = class_label},
    SCHOLARSHIP_COLUMNS,
};
static const struct list_column group_columns[] = {COLUMN_NAME, SCHOLARSHIP_COLUMNS};
static const struct list_column pupil_columns[] = {
    {"number", N_("Number"), "s.id", .flags = COLUMN_STICKY | COLUMN_LINK, .width = 0.8}, SCHOLARSHIP_COLUMNS,
};

/* Today by its date: the address of those who are paid now. */
static NEOERR *day_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    char today[DATE_ISO_SIZE];
    (void)field;
    date_to_iso(request_today(form->rq), today);
    return nerr_pass(add(form, &(struct choice){.value = today, .label = _("paid today")}));
}

static const struct list_filter filters[] = {
    {"on", N_("Paid"), "(? BETWEEN s.from_on AND " SCHOLARSHIP_LAST " AND v.id IS NULL)", .choices = day_choices},
    {"kind", N_("Kind of scholarship"), "s.kind = ?", .codes = &scholarship_kind_codes},
    {"grade", N_("Parallel"), "c.grade = ?", .choices = class_grade_choices},
    {0},
};

static const struct list_action stopping[] = {
    {N_("Stop"), "start:stop-scholarship", &move_pupils, "x-lg"},
    {0},
};

#define SCHOLARSHIP_LIST                                                                                                           \
    .permission = &see_contingent, .id_sql = "s.id", .from = SCHOLARSHIP_FROM, .scope = pupil_list_scope, .default_sort = "-from_on", \
    .tie_sql = "p.sort_key, s.id", .row_route = "scholarship", .numbered = true, .row_actions = stopping

const struct list scholarships_list = {
    .id = "scholarships", .title = N_("Scholarship holders"), .where = "s.org_id = ? AND " SCHOLARSHIP_IS_ONE, .bind = list_bind_org, .columns = columns,
    .filters = filters, .search_sql = "p.fold_key LIKE ?", .bulk_actions = stopping, .landscape = true, SCHOLARSHIP_LIST,
    .empty = N_("Nobody has a scholarship yet: tick students in the list of a group"),
};

const struct list class_scholarships_list = {
    .id = "class-scholarships", .title = N_("Scholarship holders"), .where = "s.org_id = ? AND p.class_id = ? AND " SCHOLARSHIP_IS_ONE,
    .bind = list_bind_org_subject, .columns = group_columns, .search_sql = "p.fold_key LIKE ?", .bulk_actions = stopping, SCHOLARSHIP_LIST,
    .empty = N_("Nobody of the group has a scholarship: tick students in its list"),
};

const struct list pupil_scholarships_list = {
    .id = "pupil-scholarships", .title = N_("Scholarships"), .where = "s.org_id = ? AND s.pupil_id = ? AND " SCHOLARSHIP_IS_ONE,
    .bind = list_bind_org_subject, .columns = pupil_columns, SCHOLARSHIP_LIST, .empty = N_("No scholarships"),
};

/* ---- the page of one ---- */

struct summary {
    struct request *rq;
    const char *name, *state;
    int64_t pupil;
};

static NEOERR *take_order(struct request *rq, const char *label, const char *id, const char *number, struct date dated)
{
    if (id == NULL)
        return STATUS_OK;
    const char *words = order_words(rq, number, dated);
    bool may_open = request_may(rq, &see_orders);
    return may_open ? nerr_pass(page_fact(rq, label, words, route_url(rq, "order", id))) : nerr_pass(form_fact(rq, label, words));
}

static NEOERR *take_scholarship(void *data, const struct db_row *row)
{
    struct summary *summary = data;
    struct request *rq = summary->rq;
    summary->name = name_full(rq->pool, db_get(row, 0), db_get(row, 1), db_get(row, 2));
    summary->pupil = db_get_int(row, 3);
    summary->state = state_of(rq, db_get(row, 8));
    TRY(form_fact(rq, request_words(rq, N_("Pupil")), summary->name));
    TRY(form_fact(rq, _("Kind of scholarship"), code_name(&scholarship_kind_codes, db_get(row, 4))));
    TRY(form_fact(rq, _("Sum a month"), show_amount(rq, db_get(row, 5))));
    TRY(form_fact(rq, _("Paid from"), i18n_date(rq->pool, db_get_date(row, 6))));
    TRY(form_fact(rq, _("Paid until"), show_last(rq, db_get(row, 7))));
    TRY(form_fact(rq, _("State"), code_name(&state_codes, summary->state)));
    TRY(take_order(rq, _("assigned by"), db_get(row, 9), db_get(row, 10), db_get_date(row, 11)));
    return nerr_pass(take_order(rq, _("stopped by"), db_get(row, 12), db_get(row, 13), db_get_date(row, 14)));
}

static const char LOAD[] =
    "SELECT p.surname, p.given, p.patronymic, p.id, s.kind, s.amount, s.from_on, " SCHOLARSHIP_LAST ", " STATE_PACKED ", o.id, o.number, o.dated,"
    " q.id, q.number, q.dated"
    " FROM " SCHOLARSHIP_FROM
    " LEFT JOIN school_order q ON q.org_id = t.org_id AND q.id = t.order_id"
    " WHERE s.org_id = ? AND s.id = ? AND " SCHOLARSHIP_IS_ONE;

NEOERR *scholarship_page(struct request *rq, struct response *rs)
{
    struct summary summary = {.rq = rq};
    int64_t id;
    TRY(request_id(rq, 0, &id));
    TRY(page_begin(rq, rs, "card.cs", _("Scholarship")));
    TRY(db_one(rq->db, LOAD, DB_VALUES(DB_INT(rq->place.org), DB_INT(id)), take_scholarship, &summary));
    TRY(pupil_check_scope(rq, &see_contingent, summary.pupil));
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, summary.name, route_url(rq, "pupil", route_number(rq, summary.pupil))));
    TRY(page_crumb(rq, _("Scholarship"), NULL));
    TRY(page_facts(rq, summary.name));
    TRY(page_menu(rq, "contingent"));
    bool may_stop = strcmp(summary.state, "current") == 0 || strcmp(summary.state, "coming") == 0;
    if (may_stop && request_may(rq, stop_scholarship.permission))
        TRY(page_operation(rq, _("Stop"), process_url(rq, &stop_scholarship, id)));
    TRY(view_set(rq->hdf, "Card.history", "1"));
    return nerr_pass(audit_show(rq, "scholarship", id));
}

/* ---- the ledger ---- */

static const char *say_dependent(struct request *rq, const struct db_row *row)
{
    return pool_printf(rq->pool, _("%s: %s, order № %s of %s"), db_get(row, 0), code_name(&scholarship_kind_codes, db_get(row, 1)), db_get(row, 2),
                       i18n_date(rq->pool, db_get_date(row, 3)));
}

#define WHO "CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, ''))"
/* Stops of what the order assigned; and what was assigned after a stop of it, and would meet what goes on again. */
static const char DEPENDENTS[] =
    "SELECT " WHO ", d.kind, o.number, o.dated"
    " FROM scholarship s"
    " LEFT JOIN scholarship v ON v.org_id = s.org_id AND v.voids_id = s.id"
    " LEFT JOIN scholarship a ON a.org_id = s.org_id AND a.id = s.stops_id"
    " JOIN scholarship d ON d.org_id = s.org_id AND d.pupil_id = s.pupil_id AND d.order_id <> s.order_id AND d.voids_id IS NULL"
    "  AND (d.stops_id = s.id OR (s.stops_id IS NOT NULL AND d.stops_id IS NULL AND d.recorded_at > s.recorded_at AND d.kind = s.kind"
    "   AND (a.until_on IS NULL OR d.from_on <= a.until_on)))"
    " LEFT JOIN scholarship dv ON dv.org_id = d.org_id AND dv.voids_id = d.id"
    " JOIN pupil p ON p.org_id = d.org_id AND p.id = d.pupil_id"
    " JOIN school_order o ON o.org_id = d.org_id AND o.id = d.order_id"
    " WHERE s.org_id = ? AND s.order_id = ? AND s.voids_id IS NULL AND v.id IS NULL AND dv.id IS NULL"
    " ORDER BY p.sort_key"
    " LIMIT ?";

static NEOERR *dependents(struct request *rq, int64_t order, size_t limit, ledger_tell_fn *tell, void *data)
{
    return nerr_pass(order_tell(rq, DEPENDENTS, order, limit, say_dependent, tell, data));
}

static const char *say_undone(struct request *rq, const struct db_row *row)
{
    const char *kind = code_name(&scholarship_kind_codes, db_get(row, 1)), *from = i18n_date(rq->pool, db_get_date(row, 2));
    const char *words = db_get_int(row, 3) != 0 ? _("%s: the scholarship is paid on from %s: %s") : _("%s: the scholarship is not paid from %s: %s");
    return pool_printf(rq->pool, words, db_get(row, 0), from, kind);
}

static const char UNDONE[] =
    "SELECT " WHO ", s.kind, s.from_on, s.stops_id IS NOT NULL"
    " FROM scholarship s"
    " LEFT JOIN scholarship v ON v.org_id = s.org_id AND v.voids_id = s.id"
    " JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id"
    " WHERE s.org_id = ? AND s.order_id = ? AND s.voids_id IS NULL AND v.id IS NULL"
    " ORDER BY p.sort_key"
    " LIMIT ?";

static NEOERR *undone(struct request *rq, int64_t order, size_t limit, ledger_tell_fn *tell, void *data)
{
    return nerr_pass(order_tell(rq, UNDONE, order, limit, say_undone, tell, data));
}

static NEOERR *refuse_dependent(void *data, const char *words)
{
    (void)data;
    return nerr_raise(ERROR_CONFLICT, "it depends on the order: %s", words);
}

static const char VOID_ALL[] =
    "INSERT INTO scholarship (org_id, uid, pupil_id, kind, amount, from_on, until_on, order_id, recorded_at, voids_id)"
    " SELECT s.org_id, UUID(), s.pupil_id, s.kind, s.amount, s.from_on, s.until_on, ?, ?, s.id"
    " FROM scholarship s"
    " LEFT JOIN scholarship v ON v.org_id = s.org_id AND v.voids_id = s.id"
    " WHERE s.org_id = ? AND s.order_id = ? AND s.voids_id IS NULL AND v.id IS NULL";

static NEOERR *cancel_rows(struct request *rq, int64_t order, int64_t cancelling_order)
{
    TRY(dependents(rq, order, 1, refuse_dependent, NULL));
    return nerr_pass(db_exec(rq->db, VOID_ALL,
                             DB_VALUES(DB_INT(cancelling_order), DB_TIME(clock_now()), DB_INT(rq->place.org), DB_INT(order)), NULL, NULL));
}

struct checking {
    int64_t org;
    void (*tell)(void *data, const char *line);
    void *data;
};

static NEOERR *tell_overlap(void *data, const struct db_row *row)
{
    const struct checking *checking = data;
    char line[160];
    snprintf(line, sizeof line, "organisation %lld, pupil %lld: two scholarships of the kind %s at once", (long long)checking->org,
             (long long)db_get_int(row, 0), db_get(row, 1));
    checking->tell(checking->data, line);
    return STATUS_OK;
}

static const char OVERLAPS[] =
    "SELECT DISTINCT x.pupil_id, x.kind"
    " FROM (SELECT s.pupil_id, s.kind, s.from_on, LAG(" SCHOLARSHIP_LAST ") OVER (PARTITION BY s.pupil_id, s.kind ORDER BY s.from_on, s.id) AS last_before"
    "  FROM scholarship s" SCHOLARSHIP_ENDS " WHERE s.org_id = ? AND v.id IS NULL AND " SCHOLARSHIP_IS_ONE ") x"
    " WHERE x.from_on <= x.last_before";

static NEOERR *check_ledger(struct db *db, int64_t org, void (*tell)(void *data, const char *line), void *data)
{
    struct checking checking = {org, tell, data};
    return nerr_pass(db_each(db, OVERLAPS, DB_VALUES(DB_INT(org)), tell_overlap, &checking));
}

const struct ledger scholarship_ledger = {
    .id = "scholarship", .table = "scholarship", .cancel_order = cancel_rows, .dependents = dependents, .undone = undone, .check = check_ledger,
};
