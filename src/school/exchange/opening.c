/* opening.c: see opening.h. */
#include "school/exchange/opening.h"

#include "base/crypto.h"
#include "school/codes.h"
#include "school/pupils/movement.h"

#include <string.h>

static const char NEXT_NUMBER[] =
    "SELECT IFNULL(MAX(ordinal), 0) + 1 FROM school_order WHERE org_id = ? AND journal = 'contingent' AND year = ?";

NEOERR *opening_order_number(struct db *db, int64_t org, int year, int64_t *number)
{
    return nerr_pass(db_number(db, NEXT_NUMBER, DB_VALUES(DB_INT(org), DB_INT(year)), number, NULL));
}

/* A pupil stands in the class since the day of entry, or since the class' school year began. */
#define WITHOUT_MOVEMENTS                                                                                                             \
    " FROM import_row r FORCE INDEX (by_kind)"                                                                                                              \
    " STRAIGHT_JOIN import_row y FORCE INDEX (by_kind) ON y.batch_id = r.batch_id AND y.kind = 'class' AND y.is_double = 0"                                          \
    "  AND y.uid = CONVERT(JSON_VALUE(r.packed, '$.\"class\"') USING ascii) COLLATE ascii_bin"                                        \
    " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = r.target_id"                                                                            \
    " STRAIGHT_JOIN class c ON c.org_id = p.org_id AND c.id = y.target_id"                                                                     \
    " LEFT JOIN school_year s ON s.org_id = c.org_id AND s.year = c.year"                                                             \
    " LEFT JOIN movement m ON m.org_id = p.org_id AND m.pupil_id = p.id"                                                              \
    " WHERE r.batch_id = ? AND r.kind = 'pupil' AND r.org_uid = ? AND r.verdict IN ('new', 'same', 'changed') AND m.id IS NULL"
static const char COUNT[] =
    "SELECT COUNT(*)" WITHOUT_MOVEMENTS;
static const char PUPILS[] =
    "SELECT p.id, c.id, COALESCE(p.entered_on, s.starts_on, MAKEDATE(c.year, 244))" WITHOUT_MOVEMENTS " ORDER BY r.id";

struct opening {
    struct movement *rows;
    size_t count;
};

static NEOERR *take_pupil(void *data, const struct db_row *row)
{
    struct opening *opening = data;
    opening->rows[opening->count++] = (struct movement){
        .pupil = db_get_int(row, 0), .kind = "open-balance", .to_class = db_get_int(row, 1), .effective = db_get_date(row, 2),
    };
    return STATUS_OK;
}

static const char ADD_ORDER[] =
    "INSERT INTO school_order (org_id, uid, journal, year, number, ordinal, state, kind, dated, summary, import_id, recorded_at, recorded_by)"
    " VALUES (?, ?, 'contingent', ?, ?, ?, 'signed', 'opening-balance', ?, ?, ?, ?, ?)";

static NEOERR *add_order(struct db *db, struct pool *pool, const struct config *config, const struct import *import, int64_t org, int64_t *order)
{
    struct date today;
    int64_t number;
    char uid[CRYPTO_UUID_SIZE];
    crypto_uuid(uid);
    TRY(clock_today(config->time_zone, &today));
    TRY(opening_order_number(db, org, today.year, &number));
    const char *written = pool_printf(pool, "%lld", (long long)number);
    return nerr_pass(db_exec(db, ADD_ORDER,
                             DB_VALUES(DB_INT(org), DB_TEXT(uid), DB_INT(today.year), DB_TEXT(written), DB_INT(number), DB_DATE(today),
                                       DB_TEXT(code_name(&order_kind_codes, "opening-balance")), DB_INT(import->id), DB_TIME(clock_now()),
                                       DB_ID(import->account)),
                             NULL, order));
}

NEOERR *opening_balance_add(struct db *db, struct pool *pool, const struct config *config, const struct import *import, int64_t org, const char *org_uid)
{
    const struct db_value *key = DB_VALUES(DB_INT(org), DB_INT(import->id), DB_TEXT(org_uid));
    struct opening opening = {0};
    int64_t count, order;
    TRY(db_number(db, COUNT, key, &count, NULL));
    if (count == 0)
        return STATUS_OK;
    opening.rows = pool_alloc(pool, (size_t)count * sizeof *opening.rows);
    TRY(db_each(db, PUPILS, key, take_pupil, &opening));
    TRY(add_order(db, pool, config, import, org, &order));
    for (size_t i = 0; i < opening.count; i++)
        opening.rows[i].order = order;
    return nerr_pass(movement_record(db, org, opening.rows, opening.count));
}
