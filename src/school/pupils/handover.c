/* handover.c: see handover.h. The statements that reach into another organisation go by the departure that has sent the pupil there. */
#include "school/pupils/handover.h"

#include "engine/audit.h"
#include "engine/place.h"
#include "school/office/order.h"
#include "school/org/org.h"
#include "school/pupils/class.h"

#include <string.h>

const char *handover_destination(struct request *rq, bool packed, const char *name, const char *place)
{
    const char *words = packed ? name_in_language(rq, name) : name;
    return place[0] == '\0' ? words : pool_printf(rq->pool, "%s, %s", words, place);
}

/* What is done over there has nobody's name: who it was is known here. */
static struct request there(const struct request *rq, int64_t org)
{
    struct request other = {.place.org = org};
    memcpy(other.id, rq->id, sizeof other.id);
    return other;
}

/* ---- leaving ---- */

static const char LAST_NUMBER[] = "SELECT COALESCE(MAX(number), 0) FROM departure WHERE org_id = ? AND year = ?";
static const char NAME_OF[] = "SELECT " ORGANISATION_NAME " FROM organisation o WHERE o.id = ? AND o.closed_on IS NULL";
static const char ADD_DEPARTURES[] =
    "INSERT INTO departure (org_id, pupil_id, order_id, year, number, left_on, class, to_org_id, to_org_uid, to_name, to_place)"
    " SELECT m.org_id, m.pupil_id, m.order_id, ?, ? + ROW_NUMBER() OVER (ORDER BY p.sort_key, p.id), m.effective_on,"
    "  IF(c.id IS NULL, '', " CLASS_PACKED "), w.id, w.uid, ?, ?"
    " FROM movement m"
    " JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id"
    " LEFT JOIN class c ON c.org_id = m.org_id AND c.id = m.from_class_id"
    " LEFT JOIN organisation w ON w.id = ?"
    " WHERE m.org_id = ? AND m.order_id = ?";
#define ARRIVING_COLUMNS                                                                                                            \
    "org_id, from_org_id, from_pupil_id, departure_id, person_id, surname, given, patronymic, born_on, sort_key, fold_key,"          \
    " key_version, from_name, from_kind, class, left_on, order_number, order_dated"
#define ARRIVING_VALUES                                                                                                             \
    "d.to_org_id, d.org_id, p.id, d.id, p.person_id, p.surname, p.given, p.patronymic, p.born_on, p.sort_key, p.fold_key, p.key_version," \
    "  " ORGANISATION_NAME ", o.kind, d.class, d.left_on, r.number, r.dated"
#define ARRIVING_FROM                                                                                                               \
    " FROM departure d"                                                                                                             \
    " JOIN pupil p ON p.org_id = d.org_id AND p.id = d.pupil_id"                                                                    \
    " JOIN school_order r ON r.org_id = d.org_id AND r.id = d.order_id"                                                             \
    " JOIN organisation o ON o.id = d.org_id"
/* Into the rows of whichever of every organisation they go to. */
static const char ADD_ARRIVING[] =
    "INSERT INTO arriving (" ARRIVING_COLUMNS ", made_at) SELECT " ARRIVING_VALUES ", ?" ARRIVING_FROM
    " WHERE d.org_id = ? AND d.order_id = ? AND d.to_org_id IS NOT NULL";
/* Of every organisation: the entries are those of the departures here. */
static const char IDS_OF_ARRIVING[] =
    "SELECT JSON_ARRAYAGG(t.id) FROM departure d JOIN arriving t ON t.departure_id = d.id AND t.org_id = d.to_org_id"
    " WHERE d.org_id = ? AND d.order_id = ?";

static NEOERR *add_arriving(struct db *db, struct process_run *run, int64_t to_org)
{
    struct request *rq = run->rq;
    const struct request other = there(rq, to_org);
    const struct db_value org = DB_INT(rq->place.org), order = DB_INT(run->order);
    char *ids;
    TRY(db_exec(db, ADD_ARRIVING, DB_VALUES(DB_TIME(clock_now()), org, order), NULL, NULL));
    TRY(db_string(db, rq->pool, IDS_OF_ARRIVING, DB_VALUES(org, order), &ids));
    return nerr_pass(audit_add_all(db, &other, "arriving", ids != NULL ? ids : "[]", "create"));
}

NEOERR *handover_leave(struct db *db, struct process_run *run, const struct destination *destination)
{
    struct request *rq = run->rq;
    const struct db_value org = DB_INT(rq->place.org);
    const char *name = destination->name;
    int year = form_date(run->form, "order_date").year;
    int64_t last;
    TRY(place_lock(db, rq)); /* one number at a time */
    TRY(db_number(db, LAST_NUMBER, DB_VALUES(org, DB_INT(year)), &last, NULL));
    if (destination->org != 0) {
        char *packed;
        TRY(db_string(db, rq->pool, NAME_OF, DB_VALUES(DB_INT(destination->org)), &packed));
        if (packed == NULL)
            return nerr_raise(ERROR_RETRY, "organisation %lld was closed meanwhile", (long long)destination->org);
        name = packed;
    }
    TRY(db_exec(db, ADD_DEPARTURES,
                DB_VALUES(DB_INT(year), DB_INT(last), DB_TEXT(name), DB_TEXT(destination->place), DB_ID(destination->org), org, DB_INT(run->order)), NULL,
                NULL));
    return destination->org != 0 ? nerr_pass(add_arriving(db, run, destination->org)) : STATUS_OK;
}

/* ---- entering a class ---- */

static const char COME_BACK[] =
    "UPDATE departure d JOIN movement m ON m.org_id = d.org_id AND m.pupil_id = d.pupil_id"
    " SET d.state = 'returned', d.returned_by = m.order_id, d.version = d.version + 1"
    " WHERE d.org_id = ? AND m.order_id = ? AND m.to_class_id IS NOT NULL AND d.state = 'open'";
/* In every organisation that a returned departure led to. */
static const char TAKE_BACK[] =
    "UPDATE departure d JOIN arriving t ON t.departure_id = d.id AND t.org_id = d.to_org_id"
    " SET t.state = 'taken-back', t.version = t.version + 1"
    " WHERE d.org_id = ? AND d.returned_by = ? AND t.state IN ('waiting', 'declined')";
static const char ARRIVE[] =
    "UPDATE arriving t"
    " JOIN pupil p ON p.org_id = t.org_id AND p.person_id = t.person_id"
    " JOIN movement m ON m.org_id = p.org_id AND m.pupil_id = p.id"
    " SET t.state = 'accepted', t.order_id = m.order_id, t.pupil_id = p.id, t.version = t.version + 1"
    " WHERE t.org_id = ? AND m.order_id = ? AND m.to_class_id IS NOT NULL AND t.state IN ('waiting', 'declined')";

#define DEPARTURES_OF_ARRIVING \
    "UPDATE arriving t JOIN departure d ON d.org_id = t.from_org_id AND d.id = t.departure_id JOIN school_order r ON r.org_id = t.org_id AND r.id = t.order_id"
/* A slip that came on paper before stays as it is. In every organisation that a pupil has come from. */
static const char CONFIRM[] =
    DEPARTURES_OF_ARRIVING " SET d.arrival_number = r.number, d.arrival_on = r.dated, d.state = 'confirmed'"
    " WHERE t.org_id = ? AND t.order_id = ? AND d.state = 'open'";
/* In every organisation that a pupil has come from. */
static const char MARK_ACCEPTED[] =
    DEPARTURES_OF_ARRIVING " SET d.is_accepted = 1, d.declined = '', d.version = d.version + 1 WHERE t.org_id = ? AND t.order_id = ? AND d.is_accepted = 0";
static const char SENDERS[] =
    "SELECT from_org_id, departure_id FROM arriving WHERE org_id = ? AND order_id = ?";

/* Whom a change at one side concerns at the other. */
struct concerned {
    struct pool *pool;
    struct one_concerned {
        int64_t org, id;
        struct one_concerned *next;
    } *first;
};

static NEOERR *take_concerned(void *data, const struct db_row *row)
{
    struct concerned *concerned = data;
    struct one_concerned *one = pool_alloc(concerned->pool, sizeof *one);
    *one = (struct one_concerned){db_get_int(row, 0), db_get_int(row, 1), concerned->first};
    concerned->first = one;
    return STATUS_OK;
}

/* Each side has the change in its own history. */
static NEOERR *tell_other_side(struct db *db, struct request *rq, const char *kind, const char *sql, int64_t order, const char *words)
{
    struct concerned concerned = {.pool = rq->pool};
    TRY(db_each(db, sql, DB_VALUES(DB_INT(rq->place.org), DB_INT(order)), take_concerned, &concerned));
    for (const struct one_concerned *one = concerned.first; one != NULL; one = one->next) {
        const struct request other = there(rq, one->org);
        TRY(audit_add(db, &other, kind, one->id, "edit", words, NULL));
    }
    return STATUS_OK;
}

/* Of every organisation: where the entries of returned departures stand. */
static const char RECEIVERS[] =
    "SELECT t.org_id, t.id FROM departure d JOIN arriving t ON t.departure_id = d.id AND t.org_id = d.to_org_id"
    " WHERE d.org_id = ? AND d.returned_by = ? AND t.state = 'taken-back'";

static NEOERR *take_back(struct db *db, struct request *rq, int64_t order)
{
    int64_t changed;
    TRY(db_exec(db, TAKE_BACK, DB_VALUES(DB_INT(rq->place.org), DB_INT(order)), &changed, NULL));
    return changed == 0 ? STATUS_OK : nerr_pass(tell_other_side(db, rq, "arriving", RECEIVERS, order, _("Taken back by the organisation that the pupil left")));
}

NEOERR *handover_enter(struct db *db, struct request *rq, int64_t order)
{
    const struct db_value *key = DB_VALUES(DB_INT(rq->place.org), DB_INT(order));
    int64_t returned, arrived;
    TRY(db_exec(db, COME_BACK, key, &returned, NULL));
    if (returned > 0)
        TRY(take_back(db, rq, order));
    TRY(db_exec(db, ARRIVE, key, &arrived, NULL));
    if (arrived == 0)
        return STATUS_OK;
    TRY(db_exec(db, CONFIRM, key, NULL, NULL));
    TRY(db_exec(db, MARK_ACCEPTED, key, NULL, NULL));
    return nerr_pass(tell_other_side(db, rq, "departure", SENDERS, order, _("Accepted by the organisation that the pupil went to")));
}

/* ---- cancelled orders ---- */

static const char UNDO_EXCLUSION[] =
    "UPDATE departure SET state = 'returned', returned_by = ?, version = version + 1 WHERE org_id = ? AND order_id = ? AND state <> 'returned'";
/* In every organisation that a returned departure led to. */
static const char SEND_AGAIN[] =
    "UPDATE departure d JOIN arriving t ON t.departure_id = d.id AND t.org_id = d.to_org_id"
    " SET t.state = IF(t.reason = '', 'waiting', 'declined'), t.version = t.version + 1"
    " WHERE d.org_id = ? AND d.returned_by = ? AND t.state = 'taken-back'";
static const char LEAVE_AGAIN[] =
    "UPDATE departure SET state = 'open', returned_by = NULL, version = version + 1 WHERE org_id = ? AND returned_by = ?";
/* The slip of paper has a name, an order has none. In every organisation that a pupil has come from. */
static const char UNDO_CONFIRMATION[] =
    DEPARTURES_OF_ARRIVING " SET d.state = 'open', d.arrival_number = '', d.arrival_on = NULL WHERE t.org_id = ? AND t.order_id = ? AND d.arrival_name = ''"
    " AND d.state = 'confirmed'";
/* In every organisation that a pupil has come from. */
static const char MARK_NOT_ACCEPTED[] =
    DEPARTURES_OF_ARRIVING " SET d.is_accepted = 0, d.declined = t.reason, d.version = d.version + 1 WHERE t.org_id = ? AND t.order_id = ?";
static const char UNDO_ARRIVAL[] =
    "UPDATE arriving SET state = IF(reason = '', 'waiting', 'declined'), order_id = NULL, pupil_id = NULL, version = version + 1"
    " WHERE org_id = ? AND order_id = ?";

NEOERR *handover_undo(struct db *db, struct request *rq, int64_t order, int64_t cancelling_order)
{
    const struct db_value org = DB_INT(rq->place.org), *key = DB_VALUES(org, DB_INT(order));
    int64_t returned;
    TRY(db_exec(db, UNDO_EXCLUSION, DB_VALUES(DB_INT(cancelling_order), org, DB_INT(order)), &returned, NULL));
    if (returned > 0)
        TRY(take_back(db, rq, cancelling_order));
    TRY(db_exec(db, SEND_AGAIN, key, NULL, NULL));
    TRY(db_exec(db, LEAVE_AGAIN, key, NULL, NULL));
    TRY(tell_other_side(db, rq, "departure", SENDERS, order, _("The organisation that the pupil went to has cancelled its order")));
    TRY(db_exec(db, UNDO_CONFIRMATION, key, NULL, NULL));
    TRY(db_exec(db, MARK_NOT_ACCEPTED, key, NULL, NULL));
    return nerr_pass(db_exec(db, UNDO_ARRIVAL, key, NULL, NULL));
}

/* ---- after an import ---- */

/* Of every organisation: departures may have been here before the organisation that they lead to. */
static const char FIND_DESTINATIONS[] =
    "UPDATE departure d JOIN organisation o ON o.uid = d.to_org_uid SET d.to_org_id = o.id WHERE o.id = ? AND d.to_org_id IS NULL";
/* What was accepted is told by the first order that has brought the pupil into a class there since.
 * Of every organisation that pupils have left for this one, or have left this one for. */
static const char RESTORE[] =
    "INSERT INTO arriving (" ARRIVING_COLUMNS ", made_at, state, reason, order_id, pupil_id) SELECT " ARRIVING_VALUES ", r.recorded_at,"
    "  CASE WHEN d.is_accepted = 1 THEN 'accepted' WHEN d.state = 'returned' THEN 'taken-back' WHEN d.declined <> '' THEN 'declined' ELSE 'waiting' END,"
    "  d.declined, a.order_id, a.pupil_id" ARRIVING_FROM
    " LEFT JOIN arriving t ON t.departure_id = d.id"
    " LEFT JOIN movement a ON d.is_accepted = 1 AND a.org_id = d.to_org_id AND a.id ="
    "  (SELECT m.id FROM pupil q JOIN movement m ON m.org_id = q.org_id AND m.pupil_id = q.id AND m.to_class_id IS NOT NULL AND m.voids_id IS NULL"
    "    AND m.recorded_at >= r.recorded_at LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"
    "   WHERE q.org_id = d.to_org_id AND q.person_id = p.person_id AND v.id IS NULL ORDER BY m.recorded_at, m.id LIMIT 1)"
    " WHERE d.to_org_id IS NOT NULL AND ? IN (d.org_id, d.to_org_id) AND t.id IS NULL";

NEOERR *handover_restore(struct db *db, int64_t org)
{
    const struct db_value *key = DB_VALUES(DB_INT(org));
    TRY(db_exec(db, FIND_DESTINATIONS, key, NULL, NULL));
    return nerr_pass(db_exec(db, RESTORE, key, NULL, NULL));
}

/* ---- one organisation at a time ---- */

/* The stays x of the same human in every organisation but this one; q is the subject. */
#define STAYS_ELSEWHERE                                                        \
    " JOIN pupil e ON e.person_id = q.person_id AND e.org_id <> q.org_id"      \
    " JOIN membership x ON x.org_id = e.org_id AND x.pupil_id = e.id"

static const char *say_dependent(struct request *rq, const struct db_row *row)
{
    const char *name = db_get(row, 0);
    if (db_get(row, 1) == NULL)
        return pool_printf(rq->pool, _("%s: in a class of another organisation since %s"), name, i18n_date(rq->pool, db_get_date(row, 4)));
    return pool_printf(rq->pool, _("%s: accepted by %s, order № %s of %s"), name, name_in_language(rq, db_get(row, 1)), db_get_or(row, 2, ""),
                       i18n_date(rq->pool, db_get_date(row, 3)));
}

/* Rows of the order that took somebody out of a class. Looks into every organisation. */
static const char TAKEN_ELSEWHERE[] =
    "SELECT CONCAT_WS(' ', q.surname, q.given, NULLIF(q.patronymic, '')), MAX(IF(d.is_accepted = 1, d.to_name, NULL)), MAX(d.arrival_number),"
    " MAX(d.arrival_on), MIN(x.from_on)"
    " FROM movement m"
    " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"
    " JOIN pupil q ON q.org_id = m.org_id AND q.id = m.pupil_id"
    STAYS_ELSEWHERE " AND (x.to_on IS NULL OR x.to_on > m.effective_on)"
    " LEFT JOIN departure d ON d.org_id = m.org_id AND d.order_id = m.order_id AND d.pupil_id = m.pupil_id"
    " WHERE m.org_id = ? AND m.order_id = ? AND m.to_class_id IS NULL AND m.voids_id IS NULL AND v.id IS NULL"
    " GROUP BY q.id"
    " LIMIT ?";

NEOERR *handover_dependents(struct request *rq, int64_t order, size_t limit, ledger_tell_fn *tell, void *data)
{
    return nerr_pass(order_tell(rq, TAKEN_ELSEWHERE, order, limit, say_dependent, tell, data));
}

#define OF_PUPILS PROCESS_SUBJECTS " JOIN pupil q ON q.org_id = ? AND q.id = s.id"
#define OF_ARRIVING PROCESS_SUBJECTS " JOIN arriving q ON q.org_id = ? AND q.id = s.id"
#define ON_THAT_DAY STAYS_ELSEWHERE " AND (x.to_on IS NULL OR x.to_on > ?) GROUP BY q.id"

/* Each looks into every organisation. */
static const char PUPILS_ELSEWHERE[] = "SELECT q.id, MAX(x.to_on IS NULL), MAX(x.to_on) FROM " OF_PUPILS ON_THAT_DAY;
/* Looks into every organisation. */
static const char ARRIVING_ELSEWHERE[] = "SELECT q.id, MAX(x.to_on IS NULL), MAX(x.to_on) FROM " OF_ARRIVING ON_THAT_DAY;
static const char LOCK_PUPILS[] = "SELECT h.id FROM " OF_PUPILS " JOIN person h ON h.id = q.person_id ORDER BY h.id FOR UPDATE";
static const char LOCK_ARRIVING[] = "SELECT h.id FROM " OF_ARRIVING " JOIN person h ON h.id = q.person_id ORDER BY h.id FOR UPDATE";

static NEOERR *judge_elsewhere(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    struct request *rq = run->rq;
    struct process_subject *subject = process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0));
    if (subject->message != NULL)
        return STATUS_OK;
    if (db_get_int(row, 1) != 0)
        subject->message = pool_printf(rq->pool, _("%s is in a class of another organisation, which has to exclude the pupil first"), subject->label);
    else
        subject->message = pool_printf(rq->pool, _("%s was in a class of another organisation until %s: choose that day or a later one"), subject->label,
                                       i18n_date(rq->pool, db_get_date(row, 2)));
    return STATUS_OK;
}

NEOERR *handover_check_elsewhere(struct process_run *run, enum handover_subjects are, struct date on)
{
    const char *ids = process_subject_ids(run->rq->pool, run->subjects, run->subject_count);
    return nerr_pass(db_each(run->rq->db, are == SUBJECTS_PUPILS ? PUPILS_ELSEWHERE : ARRIVING_ELSEWHERE,
                             DB_VALUES(DB_TEXT(ids), DB_INT(run->rq->place.org), DB_DATE(on)), judge_elsewhere, run));
}

NEOERR *handover_lock(struct db *db, struct process_run *run, enum handover_subjects are)
{
    const char *ids = process_subject_ids(run->rq->pool, run->subjects, run->subject_count);
    return nerr_pass(db_each(db, are == SUBJECTS_PUPILS ? LOCK_PUPILS : LOCK_ARRIVING, DB_VALUES(DB_TEXT(ids), DB_INT(run->rq->place.org)), NULL, NULL));
}
