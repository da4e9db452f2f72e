/* import_undo.c: what the orders of a batch have done is cancelled by one order for each organisation: movements, departures, scholarships.
 * Files and classes stay. */
#include "school/exchange/exchange.h"

#include "base/crypto.h"
#include "engine/audit.h"
#include "school/codes.h"
#include "school/exchange/opening.h"
#include "school/pupils/handover.h"
#include "school/pupils/movement.h"

#include <stdlib.h>
#include <string.h>

struct undoing {
    struct pool *pool;
    const struct import *import;
    int64_t *orgs;
    size_t org_count;
    struct movement *rows;
    size_t row_count;
};

/* Rows of the batch's own orders, and rows that the batch added to orders that were here before. */
#define BATCH_MOVEMENTS                                                                                       \
    "(SELECT m.org_id, m.id FROM school_order d JOIN movement m ON m.org_id = d.org_id AND m.order_id = d.id" \
    "  WHERE d.org_id = ? AND d.import_id = ?"                                                                \
    " UNION"                                                                                                  \
    " SELECT m.org_id, m.id FROM import_row r JOIN movement m ON m.org_id = ? AND m.id = r.target_id"         \
    "  WHERE r.batch_id = ? AND r.kind = 'movement' AND r.applied = 1)"
#define IN_FORCE                                                                                              \
    " JOIN movement m ON m.org_id = b.org_id AND m.id = b.id AND m.voids_id IS NULL"                          \
    " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"

static const char COUNT[] =
    "SELECT COUNT(*) FROM " BATCH_MOVEMENTS " b" IN_FORCE " WHERE v.id IS NULL";
static const char ROWS[] =
    "SELECT m.id, m.pupil_id, m.from_class_id, m.to_class_id, m.effective_on FROM " BATCH_MOVEMENTS " b" IN_FORCE
    " WHERE v.id IS NULL ORDER BY m.pupil_id, m.id DESC";
static const char LATER_ROWS[] =
    "SELECT COUNT(*) FROM " BATCH_MOVEMENTS " b" IN_FORCE
    " JOIN movement l ON l.org_id = m.org_id AND l.pupil_id = m.pupil_id AND l.id > m.id AND l.voids_id IS NULL"
    " LEFT JOIN movement lv ON lv.org_id = l.org_id AND lv.voids_id = l.id"
    " LEFT JOIN " BATCH_MOVEMENTS " lb ON lb.org_id = l.org_id AND lb.id = l.id"
    " WHERE v.id IS NULL AND lv.id IS NULL AND lb.id IS NULL";

static NEOERR *take_row(void *data, const struct db_row *row)
{
    struct undoing *undoing = data;
    undoing->rows[undoing->row_count++] = (struct movement){
        .voids = db_get_int(row, 0), .pupil = db_get_int(row, 1), .kind = "void", .from_class = db_get_int(row, 3), .to_class = db_get_int(row, 2),
        .effective = db_get_date(row, 4),
    };
    return STATUS_OK;
}

static const char TODAY_ZONE[] =
    "SELECT time_zone FROM organisation WHERE id = ?";
static const char ADD_ORDER[] =
    "INSERT INTO school_order (org_id, uid, journal, year, number, ordinal, state, kind, dated, summary, recorded_at, recorded_by)"
    " VALUES (?, ?, 'contingent', ?, ?, ?, 'signed', 'cancel', ?, ?, ?, ?)";

static NEOERR *add_order(struct db *db, const struct undoing *undoing, int64_t org, int64_t *order)
{
    struct date today;
    int64_t number;
    char uid[CRYPTO_UUID_SIZE], *zone;
    crypto_uuid(uid);
    TRY(db_string(db, undoing->pool, TODAY_ZONE, DB_VALUES(DB_INT(org)), &zone));
    TRY(clock_today(zone, &today));
    TRY(opening_order_number(db, org, today.year, &number));
    const char *written = pool_printf(undoing->pool, "%lld", (long long)number);
    const char *summary = pool_printf(undoing->pool, _("Import %lld is cancelled"), (long long)undoing->import->id);
    return nerr_pass(db_exec(db, ADD_ORDER,
                             DB_VALUES(DB_INT(org), DB_TEXT(uid), DB_INT(today.year), DB_TEXT(written), DB_INT(number), DB_DATE(today),
                                       DB_TEXT(summary), DB_TIME(clock_now()), DB_ID(undoing->import->account)),
                             NULL, order));
}

/* ---- orders, the newest first ---- */

struct orders {
    int64_t *ids;
    size_t count;
};

static NEOERR *take_order(void *data, const struct db_row *row)
{
    struct orders *orders = data;
    orders->ids[orders->count++] = db_get_int(row, 0);
    return STATUS_OK;
}

static const char COUNT_ORDERS[] =
    "SELECT COUNT(*) FROM school_order WHERE org_id = ? AND import_id = ?";

/* Those of the batch's orders that the statement tells, by the organisation and the batch. */
static NEOERR *list_orders(struct db *db, const struct undoing *undoing, int64_t org, const char *sql, struct orders *orders)
{
    const struct db_value *key = DB_VALUES(DB_INT(org), DB_INT(undoing->import->id));
    int64_t count;
    TRY(db_number(db, COUNT_ORDERS, key, &count, NULL));
    *orders = (struct orders){.ids = pool_alloc(undoing->pool, ((size_t)count + 1) * sizeof *orders->ids)};
    return nerr_pass(db_each(db, sql, key, take_order, orders));
}

/* ---- departures ---- */

/* Who came back leaves again before the departure itself is taken back. */
static const char HANDOVER_ORDERS[] =
    "SELECT d.id FROM school_order d WHERE d.org_id = ? AND d.import_id = ?"
    " AND (EXISTS (SELECT 1 FROM departure x WHERE x.org_id = d.org_id AND x.order_id = d.id)"
    "  OR EXISTS (SELECT 1 FROM departure x WHERE x.org_id = d.org_id AND x.returned_by = d.id)"
    "  OR EXISTS (SELECT 1 FROM arriving a WHERE a.org_id = d.org_id AND a.order_id = d.id))"
    " ORDER BY EXISTS (SELECT 1 FROM departure x WHERE x.org_id = d.org_id AND x.order_id = d.id), d.recorded_at DESC, d.id DESC";
/* Of orders that were here before; the entries are those in every organisation that the departures lead to. */
static const char CLOSE_OTHERS[] =
    "UPDATE import_row r JOIN departure d ON d.org_id = ? AND d.id = r.target_id"
    " LEFT JOIN arriving a ON a.departure_id = d.id AND a.org_id = d.to_org_id AND a.state IN ('waiting', 'declined')"
    " SET d.state = 'returned', d.returned_by = ?, d.version = d.version + 1, a.state = 'taken-back', a.version = a.version + 1"
    " WHERE r.batch_id = ? AND r.kind = 'departure' AND r.verdict = 'new' AND r.applied = 1 AND d.state <> 'returned'";

static NEOERR *undo_departures(struct db *db, const struct undoing *undoing, struct request *by, int64_t order)
{
    struct orders orders;
    TRY(list_orders(db, undoing, by->place.org, HANDOVER_ORDERS, &orders));
    for (size_t i = 0; i < orders.count; i++)
        TRY(handover_undo(db, by, orders.ids[i], order));
    return nerr_pass(db_exec(db, CLOSE_OTHERS, DB_VALUES(DB_INT(by->place.org), DB_INT(order), DB_INT(undoing->import->id)), NULL, NULL));
}

/* ---- the other ledgers ---- */

static NEOERR *undo_ledger(struct db *db, const struct undoing *undoing, struct request *by, const struct ledger *ledger, int64_t order)
{
    struct orders orders;
    const char *sql = pool_printf(undoing->pool,
                                  "SELECT DISTINCT d.id FROM school_order d JOIN %s t ON t.org_id = d.org_id AND t.order_id = d.id"
                                  " WHERE d.org_id = ? AND d.import_id = ? ORDER BY d.recorded_at DESC, d.id DESC",
                                  ledger->table);
    TRY(list_orders(db, undoing, by->place.org, sql, &orders));
    for (size_t i = 0; i < orders.count; i++)
        TRY(ledger->cancel_order(by, orders.ids[i], order));
    return STATUS_OK;
}

static NEOERR *undo_ledgers(struct db *db, const struct undoing *undoing, struct request *by, int64_t order)
{
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct ledger *const *ledger = (*area)->ledgers; ledger != NULL && *ledger != NULL; ledger++)
            if (*ledger != &movement_ledger)
                TRY(undo_ledger(db, undoing, by, *ledger, order));
    return STATUS_OK;
}

/* ---- an organisation ---- */

static const char COUNT_OTHERS[] =
    "SELECT COUNT(*) FROM organisation o JOIN import_row r ON r.batch_id = ? AND r.kind IN ('departure', 'scholarship') AND r.org_uid = o.uid AND r.applied = 1"
    " WHERE o.id = ?";

static NEOERR *undo_organisation(struct db *db, struct undoing *undoing, int64_t org)
{
    struct request by = {.db = db, .pool = undoing->pool, .place.org = org, .session.account = undoing->import->account};
    const struct db_value o = DB_INT(org), b = DB_INT(undoing->import->id);
    int64_t count, others, later, order, audit;
    TRY(db_number(db, LATER_ROWS, DB_VALUES(o, b, o, b, o, b, o, b), &later, NULL));
    if (later > 0)
        return nerr_raise(ERROR_CONFLICT, "%lld later movements depend on import %lld", (long long)later, (long long)undoing->import->id);
    TRY(db_number(db, COUNT, DB_VALUES(o, b, o, b), &count, NULL));
    TRY(db_number(db, COUNT_OTHERS, DB_VALUES(b, o), &others, NULL));
    if (count + others == 0)
        return STATUS_OK;
    undoing->rows = pool_alloc(undoing->pool, (size_t)count * sizeof *undoing->rows);
    undoing->row_count = 0;
    TRY(db_each(db, ROWS, DB_VALUES(o, b, o, b), take_row, undoing));
    TRY(add_order(db, undoing, org, &order));
    for (size_t i = 0; i < undoing->row_count; i++)
        undoing->rows[i].order = order;
    TRY(movement_record(db, org, undoing->rows, undoing->row_count));
    TRY(undo_departures(db, undoing, &by, order));
    TRY(undo_ledgers(db, undoing, &by, order));
    return nerr_pass(audit_add(db, &by, "import", undoing->import->id, "cancel", NULL, &audit));
}

static const char COUNT_ORGANISATIONS[] =
    "SELECT COUNT(*) FROM import_row WHERE batch_id = ? AND kind = 'organisation' AND target_id IS NOT NULL";
static const char ORGANISATIONS[] =
    "SELECT target_id FROM import_row WHERE batch_id = ? AND kind = 'organisation' AND target_id IS NOT NULL";
static const char SET_UNDONE[] =
    "UPDATE import_batch SET state = 'undone', undone_at = ? WHERE org_id = ? AND id = ?";

static NEOERR *take_organisation(void *data, const struct db_row *row)
{
    struct undoing *undoing = data;
    undoing->orgs[undoing->org_count++] = db_get_int(row, 0);
    return STATUS_OK;
}

static NEOERR *undo(struct db *db, void *data)
{
    struct undoing *undoing = data;
    const struct import *import = undoing->import;
    int64_t count;
    undoing->org_count = 0;
    TRY(db_number(db, COUNT_ORGANISATIONS, DB_VALUES(DB_INT(import->id)), &count, NULL));
    undoing->orgs = pool_alloc(undoing->pool, ((size_t)count + 1) * sizeof *undoing->orgs);
    TRY(db_each(db, ORGANISATIONS, DB_VALUES(DB_INT(import->id)), take_organisation, undoing));
    for (size_t i = 0; i < undoing->org_count; i++)
        TRY(undo_organisation(db, undoing, undoing->orgs[i]));
    return nerr_pass(db_exec(db, SET_UNDONE, DB_VALUES(DB_TIME(clock_now()), DB_INT(import->org), DB_INT(import->id)), NULL, NULL));
}

NEOERR *import_undo(struct db *db, struct pool *pool, const struct import *import)
{
    return nerr_pass(db_run(db, undo, &(struct undoing){.pool = pool, .import = import}));
}
