/* demo_process.c: work under way: a draft that waits for its order, a process that was done, a job that ended, an import that
 * was refused. */
#include "tools/demo.h"

#include "school/pupils/pupils.h"

#include <string.h>

static const char ADD_PROCESS[] =
    "INSERT INTO process (org_id, kind, year, state, step, packed, title, subject_kind, order_id, started_by, started_at, changed_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, 'pupil', ?, ?, ?, ?)";
static const char ADD_EVENT[] =
    "INSERT INTO process_event (org_id, process_id, step, event, at, account_id) VALUES (?, ?, ?, ?, ?, ?)";

/* An enrolment in a state, with the events that led there; events ends with NULL. */
static NEOERR *add_process(struct demo *demo, const struct demo_org *org, const char *state, const char *packed, const char *title, int64_t order,
                           int64_t at, const char *const *events, int64_t *id)
{
    const char *step = enrol_pupil.steps[0].id;
    TRY(db_exec(demo->db, ADD_PROCESS,
                DB_VALUES(DB_INT(org->id), DB_TEXT(enrol_pupil.id), DB_INT(demo->year), DB_TEXT(state), DB_TEXT(step), DB_TEXT(packed),
                          DB_TEXT(title), DB_ID(order), DB_INT(demo->secretary.account), DB_TIME(at), DB_TIME(at)),
                NULL, id));
    for (; *events != NULL; events++)
        TRY(db_exec(demo->db, ADD_EVENT,
                    DB_VALUES(DB_INT(org->id), DB_INT(*id), DB_TEXT(step), DB_TEXT(*events), DB_TIME(at), DB_INT(demo->secretary.account)), NULL, NULL));
    return STATUS_OK;
}

static const char ADD_SUBJECT[] =
    "INSERT INTO process_row (org_id, process_id, subject_id) VALUES (?, ?, ?)";

NEOERR *demo_draft(struct demo *demo, const struct demo_org *org, int64_t pupil, const struct demo_person *person, int grade)
{
    static const char *const events[] = {"start", NULL};
    int64_t id;
    const char *title = pool_printf(demo->pool, "%s %s %s, %02d.%02d.%d", person->surname, person->given, person->patronymic, person->born.day,
                                    person->born.month, person->born.year);
    TRY(add_process(demo, org, "draft", pool_printf(demo->pool, "grade=%d", grade), title, 0, clock_now(), events, &id));
    return nerr_pass(db_exec(demo->db, ADD_SUBJECT, DB_VALUES(DB_INT(org->id), DB_INT(id), DB_INT(pupil)), NULL, NULL));
}

static const char ADD_SUBJECTS[] =
    "INSERT INTO process_row (org_id, process_id, subject_id)"
    " SELECT org_id, ?, pupil_id FROM movement WHERE org_id = ? AND order_id = ?";
static const char SET_PROCESS[] =
    "UPDATE school_order SET process_id = ? WHERE org_id = ? AND id = ?";

NEOERR *demo_done(struct demo *demo, const struct demo_org *org, int64_t order, int64_t at, const char *title, const char *packed)
{
    static const char *const events[] = {"start", "submit", "apply", NULL};
    int64_t id;
    TRY(add_process(demo, org, "done", packed, title, order, at, events, &id));
    TRY(db_exec(demo->db, ADD_SUBJECTS, DB_VALUES(DB_INT(id), DB_INT(org->id), DB_INT(order)), NULL, NULL));
    return nerr_pass(db_exec(demo->db, SET_PROCESS, DB_VALUES(DB_INT(id), DB_INT(org->id), DB_INT(order)), NULL, NULL));
}

static const char ADD_JOB[] =
    "INSERT INTO job (org_id, kind, state, account_id, language, made_at, started_at, ended_at, done, total)"
    " VALUES (?, 'file-check', 'done', ?, 'ru', ?, ?, ?, 1, 1)";

NEOERR *demo_job(struct demo *demo, const struct demo_org *org)
{
    struct db_value now = DB_TIME(clock_now());
    return nerr_pass(db_exec(demo->db, ADD_JOB, DB_VALUES(DB_INT(org->id), DB_INT(demo->secretary.account), now, now, now), NULL, NULL));
}

static const char ADD_IMPORT[] =
    "INSERT INTO import_batch (org_id, state, fault, made_at, made_by)"
    " VALUES (?, 'refused', 'Строка 1: файл должен быть в кодировке UTF-8', ?, ?)";

NEOERR *demo_import(struct demo *demo, int64_t org)
{
    return nerr_pass(db_exec(demo->db, ADD_IMPORT, DB_VALUES(DB_INT(org), DB_TIME(clock_now()), DB_INT(demo->secretary.account)), NULL, NULL));
}
