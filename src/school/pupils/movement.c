/* movement.c: the movement ledger and its fold: membership by dates, and where a pupil stands. */
#include "school/pupils/movement.h"
#include "school/pupils/pupils.h"

#include "base/crypto.h"

#include <stdlib.h>
#include <string.h>

/* ---- adding ---- */

static const char ADD[] =
    "INSERT INTO movement (org_id, uid, pupil_id, kind, from_class_id, to_class_id, effective_on, recorded_at, order_id, reason, note, voids_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

NEOERR *movement_add(struct db *db, int64_t org, const struct movement *movement)
{
    char uid[CRYPTO_UUID_SIZE];
    crypto_uuid(uid);
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(DB_INT(org), DB_TEXT(uid), DB_INT(movement->pupil), DB_TEXT(movement->kind), DB_ID(movement->from_class),
                                       DB_ID(movement->to_class), DB_DATE(movement->effective), DB_TIME(clock_now()), DB_INT(movement->order),
                                       DB_TEXT(movement->reason), DB_TEXT(movement->note), DB_ID(movement->voids)),
                             NULL, NULL));
}

/* ---- where a row would stand ---- */

static const struct kind {
    const char *kind;
    bool begins_inside, ends_inside; /* in a class */
} kinds[] = {
    {"open-balance", false, true}, {"enrol", false, true},    {"reinstate", false, true}, {"transfer", true, true},
    {"promote", true, true},       {"stay", true, true},      {"exclude", true, false},   {"graduate", true, false},
};

static struct kind kind_of(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i];
    return (struct kind){.kind = kind};
}

struct placing {
    const struct process_run *run;
    const char *kind;
    struct date effective;
    struct movement_place *places;
};

static NEOERR *place_after(void *data, const struct db_row *row)
{
    struct placing *placing = data;
    const struct process_run *run = placing->run;
    struct movement_place *place = &placing->places[process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0)) - run->subjects];
    struct date on = db_get_date(row, 2);
    if (date_compare(on, placing->effective) <= 0) {
        place->class = db_get_int(row, 1);
        return STATUS_OK;
    }
    if (place->later.year != 0)
        return STATUS_OK;
    place->later = on;
    if (kind_of(db_get(row, 3)).begins_inside != kind_of(placing->kind).ends_inside)
        place->fit = MOVEMENT_UPSETS_LATER;
    return STATUS_OK;
}

/* The unvoided rows of the subjects, of each in the order in which they take effect. */
static const char ROWS_OF_SUBJECTS[] =
    "SELECT m.pupil_id, m.to_class_id, m.effective_on, m.kind"
    " FROM " PROCESS_SUBJECTS
    " JOIN movement m ON m.org_id = ? AND m.pupil_id = s.id"
    " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"
    " WHERE m.voids_id IS NULL AND v.id IS NULL"
    " ORDER BY m.pupil_id, m.effective_on, m.id";

NEOERR *movement_places(const struct process_run *run, const char *kind, struct date effective, struct movement_place **places)
{
    struct request *rq = run->rq;
    struct placing placing = {run, kind, effective, pool_alloc(rq->pool, (run->subject_count + 1) * sizeof *placing.places)};
    bool inside = kind_of(kind).begins_inside;
    *places = placing.places;
    memset(placing.places, 0, (run->subject_count + 1) * sizeof *placing.places);
    TRY(db_each(rq->db, ROWS_OF_SUBJECTS,
                DB_VALUES(DB_TEXT(process_subject_ids(rq->pool, run->subjects, run->subject_count)), DB_INT(rq->place.org)), place_after, &placing));
    for (size_t i = 0; i < run->subject_count; i++)
        if (inside != (placing.places[i].class != 0))
            placing.places[i].fit = inside ? MOVEMENT_IS_OUTSIDE : MOVEMENT_IS_INSIDE;
    return STATUS_OK;
}

/* ---- the fold ---- */

enum { STAYS_MAX = 200 }; /* movements of one pupil in one organisation: far above any life */

struct stay {
    int64_t movement, class;
    struct date from, to; /* to: exclusive, year 0 = until now */
};
struct fold {
    struct stay stays[STAYS_MAX];
    size_t count;
    bool open;   /* the last stay goes on */
    bool left;   /* the last row took the pupil out */
};

/* The unvoided rows of a pupil, in the order in which they take effect. */
static const char ROWS[] =
    "SELECT m.id, m.to_class_id, m.effective_on"
    " FROM movement m"
    " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"
    " WHERE m.org_id = ? AND m.pupil_id = ? AND m.voids_id IS NULL AND v.id IS NULL"
    " ORDER BY m.effective_on, m.id";

/* A row with a class begins a stay there, one without takes the pupil out; either ends the stay before. */
static NEOERR *fold_row(void *data, const struct db_row *row)
{
    struct fold *fold = data;
    int64_t class = db_get_int(row, 1);
    struct date date = db_get_date(row, 2);
    if (fold->open)
        fold->stays[fold->count - 1].to = date;
    fold->open = class != 0;
    fold->left = class == 0;
    if (class == 0)
        return STATUS_OK;
    if (fold->count == STAYS_MAX)
        return nerr_raise(ERROR_INTERNAL, "a pupil with more than %d movements", STAYS_MAX);
    fold->stays[fold->count++] = (struct stay){.movement = db_get_int(row, 0), .class = class, .from = date};
    return STATUS_OK;
}

static NEOERR *fold_pupil(struct db *db, int64_t org, int64_t pupil, struct fold *fold)
{
    memset(fold, 0, sizeof *fold);
    return nerr_pass(db_each(db, ROWS, DB_VALUES(DB_INT(org), DB_INT(pupil)), fold_row, fold));
}

static int64_t class_now(const struct fold *fold)
{
    return fold->open ? fold->stays[fold->count - 1].class : 0;
}

static const char *standing_now(const struct fold *fold)
{
    return fold->open ? "enrolled" : fold->left ? "left" : "registered";
}

static const char FORGET[] =
    "DELETE FROM membership WHERE org_id = ? AND pupil_id = ?";
static const char ADD_STAY[] =
    "INSERT INTO membership (org_id, pupil_id, from_on, class_id, to_on, movement_id) VALUES (?, ?, ?, ?, ?, ?)";
static const char SET_STANDING[] =
    "UPDATE pupil SET class_id = ?, standing = ? WHERE org_id = ? AND id = ? AND NOT (class_id <=> ? AND standing = ?)";

NEOERR *movement_fold(struct db *db, int64_t org, int64_t pupil)
{
    struct fold fold;
    int64_t changed;
    TRY(fold_pupil(db, org, pupil, &fold));
    TRY(db_exec(db, FORGET, DB_VALUES(DB_INT(org), DB_INT(pupil)), NULL, NULL));
    for (size_t i = 0; i < fold.count; i++) {
        const struct stay *stay = &fold.stays[i];
        TRY(db_exec(db, ADD_STAY,
                    DB_VALUES(DB_INT(org), DB_INT(pupil), DB_DATE(stay->from), DB_INT(stay->class), DB_DATE(stay->to), DB_INT(stay->movement)), NULL,
                    NULL));
    }
    struct db_value class = DB_ID(class_now(&fold)), standing = DB_TEXT(standing_now(&fold));
    TRY(db_exec(db, SET_STANDING, DB_VALUES(class, standing, DB_INT(org), DB_INT(pupil), class, standing), &changed, NULL));
    return changed > 0 ? nerr_pass(pupil_roles_changed(db, org, pupil)) : STATUS_OK;
}

/* ---- a whole organisation ---- */

struct pupils {
    int64_t *ids;
    size_t count, room;
};

static NEOERR *take_id(void *data, const struct db_row *row)
{
    struct pupils *pupils = data;
    if (pupils->count == pupils->room) {
        pupils->room = pupils->room == 0 ? 1024 : pupils->room * 2;
        int64_t *grown = realloc(pupils->ids, pupils->room * sizeof *grown);
        if (grown == NULL)
            return nerr_raise(ERROR_INTERNAL, "no memory for %zu pupils", pupils->room);
        pupils->ids = grown;
    }
    pupils->ids[pupils->count++] = db_get_int(row, 0);
    return STATUS_OK;
}

static const char PUPILS[] =
    "SELECT id FROM pupil WHERE org_id = ? ORDER BY id";

typedef NEOERR *pupil_fn(struct db *db, int64_t org, int64_t pupil, void *data);

static NEOERR *each_pupil(struct db *db, int64_t org, pupil_fn *use, void *data)
{
    struct pupils pupils = {0};
    NEOERR *error = db_each(db, PUPILS, DB_VALUES(DB_INT(org)), take_id, &pupils);
    for (size_t i = 0; error == STATUS_OK && i < pupils.count; i++)
        error = use(db, org, pupils.ids[i], data);
    free(pupils.ids);
    return nerr_pass(error);
}

static NEOERR *fold_one(struct db *db, int64_t org, int64_t pupil, void *data)
{
    (void)data;
    return nerr_pass(movement_fold(db, org, pupil));
}

NEOERR *movement_fold_all(struct db *db, int64_t org)
{
    return nerr_pass(each_pupil(db, org, fold_one, NULL));
}

/* ---- checking what is stored against the fold ---- */

struct stored {
    struct fold *fold;
    size_t seen;
    bool differs;
};

static NEOERR *compare_stay(void *data, const struct db_row *row)
{
    struct stored *stored = data;
    size_t at = stored->seen++;
    if (at >= stored->fold->count) {
        stored->differs = true;
        return STATUS_OK;
    }
    const struct stay *stay = &stored->fold->stays[at];
    struct date to = db_get_date(row, 2);
    if (stay->movement != db_get_int(row, 0) || stay->class != db_get_int(row, 1) || date_compare(stay->to, to) != 0 ||
        date_compare(stay->from, db_get_date(row, 3)) != 0)
        stored->differs = true;
    return STATUS_OK;
}

static NEOERR *compare_standing(void *data, const struct db_row *row)
{
    struct stored *stored = data;
    if (db_get_int(row, 0) != class_now(stored->fold) || strcmp(db_get(row, 1), standing_now(stored->fold)) != 0)
        stored->differs = true;
    return STATUS_OK;
}

static const char STORED_STAYS[] =
    "SELECT s.movement_id, s.class_id, s.to_on, s.from_on"
    " FROM membership s"
    " JOIN movement m ON m.org_id = s.org_id AND m.id = s.movement_id"
    " WHERE s.org_id = ? AND s.pupil_id = ?"
    " ORDER BY m.effective_on, m.id";
static const char STORED_STANDING[] =
    "SELECT class_id, standing FROM pupil WHERE org_id = ? AND id = ?";

struct telling {
    void (*tell)(void *data, const char *line);
    void *data;
};

static NEOERR *check_pupil(struct db *db, int64_t org, int64_t pupil, void *data)
{
    struct telling *telling = data;
    struct fold fold;
    struct stored stored = {.fold = &fold};
    char line[120];
    const struct db_value *key = DB_VALUES(DB_INT(org), DB_INT(pupil));
    TRY(fold_pupil(db, org, pupil, &fold));
    TRY(db_each(db, STORED_STAYS, key, compare_stay, &stored));
    TRY(db_one(db, STORED_STANDING, key, compare_standing, &stored));
    if (!stored.differs && stored.seen == fold.count)
        return STATUS_OK;
    snprintf(line, sizeof line, "organisation %lld, pupil %lld: membership is not the fold of the ledger", (long long)org, (long long)pupil);
    telling->tell(telling->data, line);
    return STATUS_OK;
}

static NEOERR *check_ledger(struct db *db, int64_t org, void (*tell)(void *data, const char *line), void *data)
{
    struct telling telling = {tell, data};
    return nerr_pass(each_pupil(db, org, check_pupil, &telling));
}

/* ---- cancelling an order ---- */

struct voiding {
    struct movement rows[STAYS_MAX * 20];
    size_t count;
};

static const char ROWS_OF_ORDER[] =
    "SELECT m.id, m.pupil_id, m.kind, m.from_class_id, m.to_class_id, m.effective_on"
    " FROM movement m"
    " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"
    " WHERE m.org_id = ? AND m.order_id = ? AND m.voids_id IS NULL AND v.id IS NULL"
    " ORDER BY m.pupil_id";
static const char LATER_ROWS[] =
    "SELECT COUNT(*)"
    " FROM movement m"
    " JOIN movement l ON l.org_id = m.org_id AND l.pupil_id = m.pupil_id AND l.order_id <> m.order_id AND l.voids_id IS NULL"
    "  AND (l.effective_on > m.effective_on OR (l.effective_on = m.effective_on AND l.id > m.id))"
    " LEFT JOIN movement v ON v.org_id = l.org_id AND v.voids_id = l.id"
    " LEFT JOIN movement mv ON mv.org_id = m.org_id AND mv.voids_id = m.id"
    " WHERE m.org_id = ? AND m.order_id = ? AND m.voids_id IS NULL AND v.id IS NULL AND mv.id IS NULL";

static NEOERR *take_movement(void *data, const struct db_row *row)
{
    struct voiding *voiding = data;
    if (voiding->count == sizeof voiding->rows / sizeof voiding->rows[0])
        return nerr_raise(ERROR_INTERNAL, "an order with more than %zu movements", voiding->count);
    voiding->rows[voiding->count++] = (struct movement){
        .voids = db_get_int(row, 0), .pupil = db_get_int(row, 1), .kind = "void",
        .from_class = db_get_int(row, 4), .to_class = db_get_int(row, 3), .effective = db_get_date(row, 5),
    };
    return STATUS_OK;
}

static NEOERR *cancel_order(struct request *rq, int64_t order, int64_t cancelling_order)
{
    struct db *db = rq->db;
    int64_t org = rq->place.org, later;
    struct voiding *voiding = pool_alloc(rq->pool, sizeof *voiding);
    const struct db_value *key = DB_VALUES(DB_INT(org), DB_INT(order));
    TRY(db_number(db, LATER_ROWS, key, &later, NULL));
    if (later > 0)
        return nerr_raise(ERROR_CONFLICT, "later movements depend on order %lld", (long long)order);
    TRY(db_each(db, ROWS_OF_ORDER, key, take_movement, voiding));
    for (size_t i = 0; i < voiding->count; i++) {
        voiding->rows[i].order = cancelling_order;
        TRY(movement_add(db, org, &voiding->rows[i]));
        TRY(movement_fold(db, org, voiding->rows[i].pupil));
    }
    return STATUS_OK;
}

const struct ledger movement_ledger = {
    .id = "movement",
    .table = "movement",
    .cancel_order = cancel_order,
    .check = check_ledger,
};
