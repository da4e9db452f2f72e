/* movement_cancel.c: an order undone: its rows are voided by rows of the cancelling order, classes that it made end, those that it
 * ended go on. What came after it has to be cancelled first. */
#include "school/pupils/movement.h"

#include "engine/audit.h"
#include "school/codes.h"
#include "school/office/order.h"
#include "school/pupils/class.h"
#include "school/pupils/handover.h"

#include <string.h>

#define UNVOIDED(row, void) " LEFT JOIN movement " void " ON " void ".org_id = " row ".org_id AND " void ".voids_id = " row ".id"
#define STILL_STANDS(row, void) row ".voids_id IS NULL AND " void ".id IS NULL"

/* ---- what depends on it ---- */

static const char *say_movement(struct request *rq, const struct db_row *row)
{
    struct pool *pool = rq->pool;
    const char *on = i18n_date(pool, db_get_date(row, 2)), *kind = code_name(&movement_kind_codes, db_get(row, 1));
    return pool_printf(pool, _("%s: %s, %s, order № %s of %s"), db_get(row, 0), kind, on, db_get(row, 3), i18n_date(pool, db_get_date(row, 4)));
}

#define WHO_MOVED "SELECT CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), l.kind, l.effective_on, o.number, o.dated"

/* Later rows of the same pupils, by other orders. */
static const char LATER_ROWS[] =
    WHO_MOVED
    " FROM movement m" UNVOIDED("m", "mv")
    " JOIN movement l ON l.org_id = m.org_id AND l.pupil_id = m.pupil_id AND l.order_id <> m.order_id"
    "  AND (l.effective_on > m.effective_on OR (l.effective_on = m.effective_on AND l.id > m.id))" UNVOIDED("l", "lv")
    " JOIN pupil p ON p.org_id = l.org_id AND p.id = l.pupil_id"
    " JOIN school_order o ON o.org_id = l.org_id AND o.id = l.order_id"
    " WHERE m.org_id = ? AND m.order_id = ? AND " STILL_STANDS("m", "mv") " AND " STILL_STANDS("l", "lv")
    " ORDER BY p.sort_key, l.effective_on"
    " LIMIT ?";

/* Others who entered a class that the order made. */
static const char IN_ITS_CLASSES[] =
    WHO_MOVED
    " FROM class c"
    " JOIN membership s ON s.org_id = c.org_id AND s.class_id = c.id"
    " JOIN movement l ON l.org_id = s.org_id AND l.id = s.movement_id AND l.order_id <> c.made_by_order"
    " JOIN pupil p ON p.org_id = l.org_id AND p.id = l.pupil_id"
    " JOIN school_order o ON o.org_id = l.org_id AND o.id = l.order_id"
    " WHERE c.org_id = ? AND c.made_by_order = ? AND c.ended_on IS NULL"
    "  AND NOT EXISTS (SELECT 1 FROM movement m WHERE m.org_id = l.org_id AND m.pupil_id = l.pupil_id AND m.order_id = c.made_by_order)"
    " ORDER BY p.sort_key"
    " LIMIT ?";

static const char *say_class(struct request *rq, const struct db_row *row)
{
    return pool_printf(rq->pool, request_words(rq, N_("%s: another class has this name now")), class_label(rq, db_get(row, 0)));
}

/* Of the classes that it ended, those whose names have been given again. */
static const char NAMES_TAKEN[] =
    "SELECT " CLASS_PACKED
    " FROM class c"
    " JOIN class t ON t.org_id = c.org_id AND t.year = c.year AND t.grade = c.grade AND t.name_ru = c.name_ru AND t.ended_on IS NULL"
    " WHERE c.org_id = ? AND c.ended_by_order = ?"
    " LIMIT ?";

static NEOERR *dependents(struct request *rq, int64_t order, size_t limit, ledger_tell_fn *tell, void *data)
{
    TRY(order_tell(rq, LATER_ROWS, order, limit, say_movement, tell, data));
    TRY(order_tell(rq, IN_ITS_CLASSES, order, limit, say_movement, tell, data));
    TRY(handover_dependents(rq, order, limit, tell, data));
    return nerr_pass(order_tell(rq, NAMES_TAKEN, order, limit, say_class, tell, data));
}

/* ---- what it would change ---- */

static const char *say_undone(struct request *rq, const struct db_row *row)
{
    struct pool *pool = rq->pool;
    const char *who = db_get(row, 0), *on = i18n_date(pool, db_get_date(row, 3));
    const char *from = class_label(rq, db_get(row, 2)), *to = class_label(rq, db_get(row, 1));
    if (db_get_int(row, 4) != 0)
        return pool_printf(pool, _("%s: from %s as before the order: %s"), who, on, code_name(&movement_kind_codes, db_get(row, 5)));
    if (from[0] == '\0')
        from = request_words(rq, N_("in no class"));
    if (to[0] == '\0')
        to = request_words(rq, N_("in no class"));
    return pool_printf(pool, _("%s: from %s again %s, not %s"), who, on, from, to);
}

#define PACKED_OF(c) "IF(" c ".id IS NULL, '', CONCAT_WS('|', " c ".grade, " c ".name_kk, " c ".name_ru, " c ".name_en))"
static const char UNDONE[] =
    "SELECT CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), " PACKED_OF("t") ", " PACKED_OF("f") ", m.effective_on,"
    " " MOVEMENT_KEEPS_CLASS("m") ", m.kind"
    " FROM movement m" UNVOIDED("m", "v")
    " JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id"
    " LEFT JOIN class f ON f.org_id = m.org_id AND f.id = m.from_class_id"
    " LEFT JOIN class t ON t.org_id = m.org_id AND t.id = m.to_class_id"
    " WHERE m.org_id = ? AND m.order_id = ? AND " STILL_STANDS("m", "v")
    " ORDER BY p.sort_key"
    " LIMIT ?";

static NEOERR *undone(struct request *rq, int64_t order, size_t limit, ledger_tell_fn *tell, void *data)
{
    return nerr_pass(order_tell(rq, UNDONE, order, limit, say_undone, tell, data));
}

/* ---- undoing ---- */

static const char COUNT[] =
    "SELECT COUNT(*) FROM movement m" UNVOIDED("m", "v") " WHERE m.org_id = ? AND m.order_id = ? AND " STILL_STANDS("m", "v");
/* The people too: no other organisation takes them meanwhile (handover_lock). */
static const char ROWS_OF_ORDER[] =
    "SELECT m.id, m.pupil_id, m.from_class_id, m.to_class_id, m.effective_on"
    " FROM movement m" UNVOIDED("m", "v")
    " JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id"
    " JOIN person h ON h.id = p.person_id"
    " WHERE m.org_id = ? AND m.order_id = ? AND " STILL_STANDS("m", "v")
    " ORDER BY p.id"
    " FOR UPDATE";

struct voiding {
    struct movement *rows;
    size_t count, room;
    int64_t order;
};

static NEOERR *take_row(void *data, const struct db_row *row)
{
    struct voiding *voiding = data;
    if (voiding->count == voiding->room)
        return nerr_raise(ERROR_RETRY, "the order has got more than %zu movements meanwhile", voiding->room);
    voiding->rows[voiding->count++] = (struct movement){
        .voids = db_get_int(row, 0), .pupil = db_get_int(row, 1), .kind = "void", .from_class = db_get_int(row, 3), .to_class = db_get_int(row, 2),
        .effective = db_get_date(row, 4), .order = voiding->order,
    };
    return STATUS_OK;
}

static NEOERR *refuse_dependent(void *data, const char *words)
{
    (void)data;
    return nerr_raise(ERROR_CONFLICT, "it depends on the order: %s", words);
}

/* Each file's history says that the order was cancelled. */
static NEOERR *audit_rows(struct request *rq, const struct voiding *voiding)
{
    struct process_subject *pupils = pool_alloc(rq->pool, (voiding->count + 1) * sizeof *pupils);
    for (size_t i = 0; i < voiding->count; i++)
        pupils[i].id = voiding->rows[i].pupil;
    return voiding->count == 0 ? STATUS_OK : nerr_pass(audit_add_all(rq->db, rq, "pupil", process_subject_ids(rq->pool, pupils, voiding->count), "cancel"));
}

static NEOERR *cancel_rows(struct request *rq, int64_t order, int64_t cancelling_order)
{
    struct db *db = rq->db;
    int64_t org = rq->place.org, count;
    const struct db_value *key = DB_VALUES(DB_INT(org), DB_INT(order));
    struct voiding voiding = {.order = cancelling_order};
    TRY(db_number(db, COUNT, key, &count, NULL));
    voiding.room = (size_t)count;
    voiding.rows = pool_alloc(rq->pool, (voiding.room + 1) * sizeof *voiding.rows);
    TRY(db_each(db, ROWS_OF_ORDER, key, take_row, &voiding));
    TRY(dependents(rq, order, 1, refuse_dependent, NULL));
    TRY(movement_record(db, org, voiding.rows, voiding.count));
    TRY(audit_rows(rq, &voiding));
    TRY(handover_undo(db, rq, order, cancelling_order));
    return nerr_pass(class_undo(db, org, order, request_today(rq)));
}

const struct ledger movement_ledger = {
    .id = "movement",
    .table = "movement",
    .cancel_order = cancel_rows,
    .dependents = dependents,
    .undone = undone,
    .check = movement_check_fold,
};
