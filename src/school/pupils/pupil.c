/* pupil.c: a pupil as a subject: the label, whose eyes may see the file and its scans. */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/auth.h"
#include "engine/file.h"
#include "school/permissions.h"

#include <string.h>

static void say_label(struct request *rq, struct process_subject *subject, const struct db_row *row)
{
    const char *name = name_full(rq->pool, db_get(row, 1), db_get(row, 2), db_get(row, 3));
    const char *born = i18n_date(rq->pool, db_get_date(row, 4));
    subject->label = pool_printf(rq->pool, "%s%s%s", name, born[0] != '\0' ? ", " : "", born);
}

static const char LABELS[] =
    "SELECT p.id, p.surname, p.given, p.patronymic, p.born_on"
    " FROM " PROCESS_SUBJECTS
    " JOIN pupil p ON p.org_id = ? AND p.id = s.id"
    " ORDER BY p.sort_key, p.id";

static void say_label_in_class(struct request *rq, struct process_subject *subject, const struct db_row *row)
{
    const char **facts = pool_alloc(rq->pool, 3 * sizeof *facts);
    subject->label = name_full(rq->pool, db_get(row, 1), db_get(row, 2), db_get(row, 3));
    facts[0] = i18n_date(rq->pool, db_get_date(row, 4));
    facts[1] = class_label(rq, db_get(row, 6));
    facts[2] = class_grade_label(rq, (int)db_get_int(row, 5));
    subject->facts = facts;
}

static const char LABELS_IN_CLASS[] =
    "SELECT p.id, p.surname, p.given, p.patronymic, p.born_on, COALESCE(c.grade, p.grade), IF(c.id IS NULL, NULL, " CLASS_PACKED ")"
    " FROM " PROCESS_SUBJECTS
    " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = s.id"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " ORDER BY c.grade, c.name_ru, p.sort_key, p.id";

NEOERR *pupil_labels(struct request *rq, struct process_subject *pupils, size_t count)
{
    return nerr_pass(process_subjects_label(rq, pupils, count, LABELS, say_label));
}

NEOERR *pupil_labels_by_class(struct request *rq, struct process_subject *pupils, size_t count)
{
    return nerr_pass(process_subjects_label(rq, pupils, count, LABELS_IN_CLASS, say_label_in_class));
}

NEOERR *pupil_label(struct request *rq, int64_t pupil, const char **label)
{
    struct process_subject one = {.id = pupil};
    TRY(pupil_labels(rq, &one, 1));
    *label = one.label;
    return STATUS_OK;
}

NEOERR *pupil_begin(struct process_run *run)
{
    TRY(form_set(run->form, "school", run->rq->place.name));
    if (run->subject_count != 1)
        return STATUS_OK;
    TRY(process_rows_label(run));
    return nerr_pass(form_set(run->form, "pupil", run->subjects[0].label));
}

bool pupil_is_resident(const struct form_data *form)
{
    return strcmp(form_text(form, "resident"), "0") != 0;
}

enum { KIN_MAX = 32 };

struct holders {
    int64_t people[1 + KIN_MAX];
    size_t count;
};

static NEOERR *take_holder(void *data, const struct db_row *row)
{
    struct holders *holders = data;
    if (holders->count < sizeof holders->people / sizeof holders->people[0])
        holders->people[holders->count++] = db_get_int(row, 0);
    return STATUS_OK;
}

static const char HOLDERS[] =
    "SELECT person_id FROM pupil WHERE org_id = ? AND id = ?"
    " UNION SELECT person_id FROM kinship WHERE org_id = ? AND pupil_id = ?";

NEOERR *pupil_roles_changed(struct db *db, int64_t org, int64_t pupil)
{
    struct holders holders = {.count = 0};
    TRY(db_each(db, HOLDERS, DB_VALUES(DB_INT(org), DB_INT(pupil), DB_INT(org), DB_INT(pupil)), take_holder, &holders));
    for (size_t i = 0; i < holders.count; i++)
        TRY(auth_roles_changed(db, holders.people[i]));
    return STATUS_OK;
}

static NEOERR *take_whose(void *data, const struct db_row *row)
{
    struct pupil_whose *whose = data;
    *whose = (struct pupil_whose){db_get_int(row, 0), db_get_int(row, 1)};
    return STATUS_OK;
}

static const char WHOSE[] =
    "SELECT person_id, class_id FROM pupil WHERE org_id = ? AND id = ?";
static const char IS_CHILD[] =
    "SELECT 1 FROM kinship WHERE org_id = ? AND pupil_id = ? AND person_id = ? AND ended_on IS NULL LIMIT 1";

NEOERR *pupil_check_scope(struct request *rq, const struct permission *permission, int64_t pupil)
{
    struct pupil_whose whose;
    TRY(db_one(rq->db, WHOSE, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil)), take_whose, &whose));
    return nerr_pass(pupil_check_whose(rq, permission, pupil, &whose));
}

NEOERR *pupil_check_whose(struct request *rq, const struct permission *permission, int64_t pupil, const struct pupil_whose *whose)
{
    unsigned scopes = request_scopes(rq, permission);
    int64_t one;
    bool reached = false;
    if (scopes & (SCOPE_ORGANISATION | SCOPE_ALL))
        return STATUS_OK;
    if ((scopes & SCOPE_SELF) && whose->person == rq->session.person)
        return STATUS_OK;
    if (scopes & SCOPE_OWN_CLASS)
        TRY(class_has_own(rq, pupil, &reached));
    if (!reached && (scopes & SCOPE_OWN_CHILD))
        TRY(db_number(rq->db, IS_CHILD, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil), DB_INT(rq->session.person)), &one, &reached));
    return reached ? STATUS_OK : nerr_raise(ERROR_DENIED, "%s", permission->id);
}

/* ---- scans ---- */

struct scan_holders {
    int64_t pupils[8]; /* brothers and sisters may share a scan */
    size_t count;
};

static NEOERR *take_scan_holder(void *data, const struct db_row *row)
{
    struct scan_holders *holders = data;
    if (holders->count < sizeof holders->pupils / sizeof holders->pupils[0])
        holders->pupils[holders->count++] = db_get_int(row, 0);
    return STATUS_OK;
}

#define HOLDS(table, pupil, scans, see) {"SELECT DISTINCT " #pupil " FROM " #table " WHERE org_id = ? AND FIND_IN_SET(?, " #scans ")", &see},
static const struct {
    const char *sql;
    const struct permission *see;
} scans[] = {PUPIL_SCANS(HOLDS)};
enum { SCANS = sizeof scans / sizeof scans[0] };

static NEOERR *find_holders(struct request *rq, size_t kind, int64_t file, struct scan_holders *holders)
{
    *holders = (struct scan_holders){.count = 0};
    return nerr_pass(db_each(rq->db, scans[kind].sql, DB_VALUES(DB_INT(rq->place.org), DB_INT(file)), take_scan_holder, holders));
}

static NEOERR *find_file(struct request *rq, int64_t file, bool *reached)
{
    struct scan_holders holders;
    for (size_t kind = 0; kind < SCANS && !*reached; kind++) {
        TRY(find_holders(rq, kind, file, &holders));
        for (size_t i = 0; i < holders.count && !*reached; i++) {
            NEOERR *error = pupil_check_scope(rq, scans[kind].see, holders.pupils[i]);
            *reached = error == STATUS_OK;
            if (error != STATUS_OK && !nerr_handle(&error, ERROR_DENIED))
                return nerr_pass(error);
        }
    }
    return STATUS_OK;
}

/* What needs a right of its own is not opened by the one that opens all other scans of the organisation. */
static NEOERR *hides_file(struct request *rq, int64_t file, bool *hidden)
{
    struct scan_holders holders;
    for (size_t kind = 0; kind < SCANS && !*hidden; kind++) {
        if (scans[kind].see == &see_contingent || request_may(rq, scans[kind].see))
            continue;
        TRY(find_holders(rq, kind, file, &holders));
        *hidden = holders.count > 0;
    }
    return STATUS_OK;
}

const struct file_reach pupil_files = {find_file, hides_file};
