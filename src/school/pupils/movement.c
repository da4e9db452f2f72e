/* movement.c: the movement ledger: rows added and undone, and where a new row would stand among those there. */
#include "school/pupils/movement.h"
#include "school/pupils/pupils.h"

#include "base/crypto.h"
#include "base/json.h"

#include <stdlib.h>
#include <string.h>

/* ---- adding ---- */

/* Who enters a group of one type enters on its basis of study. */
static const char ADD[] =
    "INSERT INTO movement (org_id, uid, pupil_id, kind, from_class_id, to_class_id, effective_on, recorded_at, order_id, reason, note,"
    " period, certificate, funding, study_form, until_on, voids_id)"
    " SELECT ?, j.uid, j.pupil, j.kind, j.from_class, j.to_class, j.effective, ?, j.of_order, j.reason, j.note, j.period, j.certificate,"
    "  COALESCE(j.funding, CASE g.group_type WHEN 'budget' THEN 'budget' WHEN 'extra-budget' THEN 'paid' END), j.study_form, j.until_on, j.voids"
    " FROM JSON_TABLE(?, '$[*]' COLUMNS ("
    "  uid CHAR(36) PATH '$.uid', pupil BIGINT UNSIGNED PATH '$.pupil', kind VARCHAR(20) PATH '$.kind',"
    "  from_class BIGINT UNSIGNED PATH '$.from', to_class BIGINT UNSIGNED PATH '$.to', effective DATE PATH '$.effective',"
    "  of_order BIGINT UNSIGNED PATH '$.order', reason VARCHAR(40) PATH '$.reason', note VARCHAR(300) PATH '$.note',"
    "  period VARCHAR(20) PATH '$.period', certificate VARCHAR(40) PATH '$.certificate', funding VARCHAR(20) PATH '$.funding',"
    "  study_form VARCHAR(20) PATH '$.study_form', until_on DATE PATH '$.until', voids BIGINT UNSIGNED PATH '$.voids')) j"
    " LEFT JOIN class g ON g.org_id = ? AND g.id = j.to_class AND j.kind IN ('enrol', 'reinstate')";

static NEOERR *write_row(STRING *json, const struct movement *row)
{
    char uid[CRYPTO_UUID_SIZE], effective[DATE_ISO_SIZE], until[DATE_ISO_SIZE];
    crypto_uuid(uid);
    date_to_iso(row->effective, effective);
    date_to_iso(row->until, until);
    TRY(json_text(json, "uid", uid));
    TRY(json_id(json, "pupil", row->pupil));
    TRY(json_text(json, "kind", row->kind));
    TRY(json_id(json, "from", row->from_class));
    TRY(json_id(json, "to", row->to_class));
    TRY(json_text(json, "effective", effective));
    TRY(json_id(json, "order", row->order));
    TRY(json_text(json, "reason", row->reason));
    TRY(json_text(json, "note", row->note));
    TRY(json_text(json, "period", row->period));
    TRY(json_text(json, "certificate", row->certificate));
    TRY(json_text(json, "funding", row->funding));
    TRY(json_text(json, "study_form", row->study_form));
    TRY(json_text(json, "until", row->until.year != 0 ? until : NULL));
    TRY(json_id(json, "voids", row->voids));
    return nerr_pass(string_append_char(json, '}'));
}

static NEOERR *write_rows(const struct movement *rows, size_t count, STRING *json, STRING *pupils)
{
    for (size_t i = 0; i < count; i++) {
        TRY(string_append_char(json, i == 0 ? '[' : ','));
        TRY(write_row(json, &rows[i]));
        TRY(string_appendf(pupils, "%c%lld", i == 0 ? '[' : ',', (long long)rows[i].pupil));
    }
    TRY(string_append_char(json, ']'));
    return nerr_pass(string_append_char(pupils, ']'));
}

NEOERR *movement_record(struct db *db, int64_t org, const struct movement *rows, size_t count)
{
    STRING json, pupils;
    if (count == 0)
        return STATUS_OK;
    string_init(&json);
    string_init(&pupils);
    NEOERR *error = write_rows(rows, count, &json, &pupils);
    if (error == STATUS_OK)
        error = db_exec(db, ADD, DB_VALUES(DB_INT(org), DB_TIME(clock_now()), DB_TEXT(json.buf), DB_INT(org)), NULL, NULL);
    if (error == STATUS_OK)
        error = movement_fold_pupils(db, org, pupils.buf);
    string_clear(&json);
    string_clear(&pupils);
    return nerr_pass(error);
}

/* ---- where a row would stand ---- */

/* Where somebody stands on a day. */
enum place_state { IS_OUTSIDE = 1, IS_INSIDE = 2, IS_ON_LEAVE = 4, AS_BEFORE = 0 };

static const struct kind {
    const char *kind;
    unsigned begins;       /* any of these */
    enum place_state ends;
} kinds[] = {
    {"open-balance", IS_OUTSIDE, IS_INSIDE},
    {"arrive", IS_OUTSIDE, IS_INSIDE},
    {"enrol", IS_OUTSIDE, IS_INSIDE},
    {"reinstate", IS_OUTSIDE, IS_INSIDE},
    {"transfer", IS_INSIDE, IS_INSIDE},
    {"promote", IS_INSIDE, IS_INSIDE},
    {"stay", IS_INSIDE, IS_INSIDE},
    {"speciality", IS_INSIDE, IS_INSIDE},
    {"form", IS_INSIDE, AS_BEFORE},
    {"funding", IS_INSIDE, AS_BEFORE},
    {"leave", IS_INSIDE, IS_ON_LEAVE},
    {"return", IS_ON_LEAVE, IS_INSIDE},
    {"exclude", IS_INSIDE | IS_ON_LEAVE, IS_OUTSIDE},
    {"graduate", IS_INSIDE, IS_OUTSIDE},
};

static struct kind kind_of(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i];
    return (struct kind){kind, 0, IS_OUTSIDE};
}

static enum place_state state_after(enum place_state before, const char *kind)
{
    enum place_state ends = kind_of(kind).ends;
    return ends != AS_BEFORE ? ends : before;
}

/* What is wrong with beginning there. */
static enum movement_fit misfit(const char *kind, enum place_state state)
{
    unsigned begins = kind_of(kind).begins;
    if ((begins & state) != 0)
        return MOVEMENT_FITS;
    if (begins == IS_ON_LEAVE)
        return MOVEMENT_NOT_ON_LEAVE;
    return state == IS_ON_LEAVE ? MOVEMENT_IS_ON_LEAVE : state == IS_INSIDE ? MOVEMENT_IS_INSIDE : MOVEMENT_IS_OUTSIDE;
}

struct placing {
    const struct process_run *run;
    const char *kind;
    struct date effective;
    struct movement_place *places;
    enum place_state *states;
};

/* The rows up to the day say where the pupil is, the first one after it must still begin where the new row ends. */
static NEOERR *place_after(void *data, const struct db_row *row)
{
    struct placing *placing = data;
    const struct process_run *run = placing->run;
    size_t at = (size_t)(process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0)) - run->subjects);
    struct movement_place *place = &placing->places[at];
    enum place_state *state = &placing->states[at];
    const char *kind = db_get(row, 3);
    struct date on = db_get_date(row, 2);
    if (date_compare(on, placing->effective) <= 0) {
        *state = state_after(*state, kind);
        if (db_get(row, 1) != NULL || *state != IS_INSIDE)
            place->class = db_get_int(row, 1);
        return STATUS_OK;
    }
    if (place->later.year != 0)
        return STATUS_OK;
    place->later = on;
    place->later_kind = pool_strdup(run->rq->pool, db_get(row, 3));
    if (misfit(kind, state_after(*state, placing->kind)) != MOVEMENT_FITS)
        place->fit = MOVEMENT_UPSETS_LATER;
    return STATUS_OK;
}

/* The unvoided rows of the subjects, of each in the order in which they take effect. */
static const char ROWS_OF_SUBJECTS[] =
    "SELECT m.pupil_id, m.to_class_id, m.effective_on, m.kind"
    " FROM " PROCESS_SUBJECTS
    " STRAIGHT_JOIN " MOVEMENT_OF_PUPIL("m") " ON m.org_id = ? AND m.pupil_id = s.id"
    " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"
    " WHERE m.voids_id IS NULL AND v.id IS NULL"
    " ORDER BY m.pupil_id, m.effective_on, m.id";

NEOERR *movement_places(const struct process_run *run, const char *kind, struct date effective, struct movement_place **places)
{
    struct request *rq = run->rq;
    size_t room = run->subject_count + 1;
    struct placing placing = {run, kind, effective, pool_alloc(rq->pool, room * sizeof *placing.places), pool_alloc(rq->pool, room * sizeof *placing.states)};
    *places = placing.places;
    memset(placing.places, 0, room * sizeof *placing.places);
    for (size_t i = 0; i < room; i++)
        placing.states[i] = IS_OUTSIDE;
    TRY(db_each(rq->db, ROWS_OF_SUBJECTS,
                DB_VALUES(DB_TEXT(process_subject_ids(rq->pool, run->subjects, run->subject_count)), DB_INT(rq->place.org)), place_after, &placing));
    for (size_t i = 0; i < run->subject_count; i++)
        if (misfit(kind, placing.states[i]) != MOVEMENT_FITS)
            placing.places[i].fit = misfit(kind, placing.states[i]);
    return STATUS_OK;
}
