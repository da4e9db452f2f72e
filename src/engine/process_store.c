/* process_store.c: the rows of a process: its values, its subjects, what happened to it. */
#include "engine/process_store.h"

#include "base/json.h"
#include "engine/area.h"

#include <stdlib.h>
#include <string.h>

const char *const process_states[] = {
    [PROCESS_DRAFT] = "draft",         [PROCESS_WAITING] = "waiting", [PROCESS_DONE] = "done",
    [PROCESS_CANCELLED] = "cancelled", [PROCESS_REFUSED] = "refused",
};

const struct step *process_step_find(const struct process *process, const char *id)
{
    for (const struct step *step = process->steps; step->id != NULL; step++)
        if (strcmp(step->id, id) == 0)
            return step;
    return NULL;
}

const struct step *process_step_next(const struct process_run *run)
{
    const struct step *step = run->step + 1;
    while (step->id != NULL && step->when != NULL && !step->when(run))
        step++;
    return step->id != NULL ? step : NULL;
}

/* Values stay in one form_data over all steps; only the table of fields changes. */
NEOERR *process_run_at(struct process_run *run, const struct step *step)
{
    run->step = step;
    for (const struct step *at = step; at >= run->process->steps; at--)
        if (at->fields != NULL) {
            run->form->fields = at->fields;
            return STATUS_OK;
        }
    return nerr_raise(ERROR_INTERNAL, "process %s has no fields before step %s", run->process->id, step->id);
}

NEOERR *process_run_new(struct request *rq, const struct process *process, struct process_run **out)
{
    struct process_run *run = pool_alloc(rq->pool, sizeof *run);
    run->rq = rq;
    run->process = process;
    run->state = PROCESS_DRAFT;
    run->version = 1;
    if (process->when != NULL && !process->when(rq))
        return nerr_raise(ERROR_NOT_FOUND, "process %s is not for this organisation", process->id);
    TRY(form_data_new(rq, process->steps[0].fields, &run->form));
    run->form->detail = run;
    *out = run;
    return nerr_pass(process_run_at(run, &process->steps[0]));
}

NEOERR *process_add_subject(struct process_run *run, int64_t subject)
{
    size_t at = run->subject_count;
    while (at > 0 && run->subjects[at - 1].id > subject)
        at--;
    if (at > 0 && run->subjects[at - 1].id == subject)
        return STATUS_OK;
    if ((run->subject_count & (run->subject_count - 1)) == 0) {
        size_t room = run->subject_count == 0 ? 1 : run->subject_count * 2;
        struct process_subject *grown = pool_alloc(run->rq->pool, room * sizeof *grown);
        if (run->subject_count > 0)
            memcpy(grown, run->subjects, run->subject_count * sizeof *grown);
        run->subjects = grown;
    }
    memmove(&run->subjects[at + 1], &run->subjects[at], (run->subject_count++ - at) * sizeof *run->subjects);
    run->subjects[at] = (struct process_subject){.id = subject, .is_changed = true};
    return STATUS_OK;
}

/* ---- loading ---- */

struct load {
    struct request *rq;
    struct process_run *run;
    char *step, *packed;
    int64_t started_by;
};

static NEOERR *take_process(void *data, const struct db_row *row)
{
    struct load *load = data;
    const struct process *process = process_find(db_get(row, 0));
    struct process_run *run;
    if (process == NULL)
        return nerr_raise(ERROR_INTERNAL, "no process %s in the program", db_get(row, 0));
    TRY(process_run_new(load->rq, process, &run));
    for (enum process_state state = PROCESS_DRAFT; state <= PROCESS_REFUSED; state++)
        if (strcmp(process_states[state], db_get(row, 1)) == 0)
            run->state = state;
    load->step = pool_strdup(load->rq->pool, db_get(row, 2));
    load->packed = pool_strdup(load->rq->pool, db_get(row, 3));
    run->made = db_get_int(row, 4);
    run->order = db_get_int(row, 5);
    run->version = db_get_int(row, 6);
    run->started_by = db_get_int(row, 7);
    run->changed_at = db_get_time(row, 8);
    run->sent_by = db_get_int(row, 9);
    run->year = (int)db_get_int(row, 10);
    if (db_get(row, 11) != NULL)
        run->work = (struct process_work){
            .id = db_get_int(row, 11), .done = db_get_int(row, 12), .all = db_get_int(row, 13), .said = pool_strdup(load->rq->pool, db_get(row, 14)),
            .is_open = strcmp(db_get(row, 15), "waiting") == 0 || strcmp(db_get(row, 15), "running") == 0,
        };
    load->run = run;
    return STATUS_OK;
}

static NEOERR *take_subject(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    TRY(process_add_subject(run, db_get_int(row, 0)));
    struct process_subject *subject = &run->subjects[run->subject_count - 1];
    subject->packed = pool_strdup(run->rq->pool, db_get(row, 1));
    subject->outcome = pool_strdup(run->rq->pool, db_get(row, 2));
    subject->is_changed = false;
    return STATUS_OK;
}

static void keep_stored(struct process_run *run, const struct process_subject *stored, size_t count)
{
    run->gone = pool_alloc(run->rq->pool, (count + 1) * sizeof *run->gone);
    run->came_count = run->subject_count;
    for (size_t i = 0; i < count; i++) {
        struct process_subject *now = process_subject_find(run->subjects, run->subject_count, stored[i].id);
        if (now == NULL) {
            run->gone[run->gone_count++] = stored[i];
            continue;
        }
        *now = stored[i];
        run->came_count--;
    }
}

NEOERR *process_run_seed(struct process_run *run)
{
    const struct process_rows *rows = process_rows(run);
    const struct process_subject *stored = run->subjects;
    size_t count = run->subject_count;
    if (rows == NULL || rows->seed == NULL || run->state > PROCESS_WAITING)
        return STATUS_OK;
    run->subjects = NULL;
    run->subject_count = 0;
    TRY(rows->seed(run));
    keep_stored(run, stored, count);
    return STATUS_OK;
}

static const char LOAD[] =
    "SELECT p.kind, p.state, p.step, p.packed, p.made_id, p.order_id, p.version, p.started_by, p.changed_at, " PROCESS_SENT_BY ","
    " p.year, j.id, j.done, j.total, j.said, j.state"
    " FROM process p"
    " LEFT JOIN job j ON j.org_id = p.org_id AND j.id = p.job_id"
    " WHERE p.org_id = ? AND p.id = ?";
static const char LOAD_SUBJECTS[] =
    "SELECT subject_id, packed, outcome"
    " FROM process_row"
    " WHERE org_id = ? AND process_id = ?"
    " ORDER BY subject_id";

NEOERR *process_run_load(struct request *rq, int64_t id, struct process_run **out)
{
    struct load load = {.rq = rq};
    const struct db_value *key = DB_VALUES(DB_INT(rq->place.org), DB_INT(id));
    TRY(db_one(rq->db, LOAD, key, take_process, &load));
    struct process_run *run = load.run;
    run->id = id;
    TRY(db_each(rq->db, LOAD_SUBJECTS, key, take_subject, run));
    if (run->process->begin != NULL)
        TRY(run->process->begin(run));
    TRY(form_unpack(run->form, load.packed));
    const struct step *step = process_step_find(run->process, load.step);
    if (step == NULL)
        return nerr_raise(ERROR_INTERNAL, "process %s has no step %s", run->process->id, load.step);
    *out = run;
    TRY(process_run_at(run, step));
    return nerr_pass(process_run_seed(run));
}

const struct permission *process_permission(const struct process_run *run)
{
    return run->step->who != NULL ? run->step->who : run->process->permission;
}

bool process_is_own_confirmation(const struct process_run *run)
{
    return run->step->kind == STEP_CONFIRM && run->state == PROCESS_WAITING && run->sent_by == run->rq->session.account;
}

bool process_may_act(const struct process_run *run)
{
    return request_may(run->rq, process_permission(run)) && !process_is_own_confirmation(run);
}

/* ---- saving, inside a transaction ---- */

static const char LOCK[] =
    "SELECT version FROM process WHERE org_id = ? AND id = ? AND state IN ('draft', 'waiting') FOR UPDATE";
static const char ADD[] =
    "INSERT INTO process (org_id, kind, year, state, step, packed, title, subject_kind, started_by, started_at, changed_at)"
    " VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?)";
static const char SET_SUBJECTS[] =
    "INSERT INTO process_row (org_id, process_id, subject_id, packed, outcome)"
    " SELECT ?, ?, j.id, j.packed, j.outcome FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', packed TEXT PATH '$.packed',"
    "  outcome VARCHAR(40) PATH '$.outcome')) j"
    " ON DUPLICATE KEY UPDATE packed = VALUES(packed), outcome = VALUES(outcome), version = process_row.version + 1";
static const char FORGET_SUBJECTS[] =
    "DELETE x FROM " PROCESS_SUBJECTS " STRAIGHT_JOIN process_row x ON x.org_id = ? AND x.process_id = ? AND x.subject_id = s.id";
static const char SAVE[] =
    "UPDATE process"
    " SET state = ?, step = ?, packed = ?, title = ?, made_id = ?, order_id = ?, changed_at = ?, version = version + 1"
    " WHERE org_id = ? AND id = ?";
static const char EVENTS[] =
    "INSERT INTO process_event (org_id, process_id, step, event, at, account_id, remark)"
    " SELECT ?, ?, ?, j.event, ?, ?, j.remark FROM JSON_TABLE(?, '$[*]' COLUMNS (n FOR ORDINALITY, event VARCHAR(20) PATH '$.event',"
    "  remark TEXT PATH '$.remark')) j ORDER BY j.n";

NEOERR *process_store_lock(struct db *db, struct process_run *run)
{
    int64_t version;
    bool found;
    if (run->id == 0)
        return STATUS_OK;
    TRY(db_number(db, LOCK, DB_VALUES(DB_INT(run->rq->place.org), DB_INT(run->id)), &version, &found));
    if (!found || version != run->version)
        return nerr_raise(ERROR_CONFLICT, "process %lld was changed meanwhile", (long long)run->id);
    return STATUS_OK;
}

NEOERR *process_store_add(struct db *db, struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t now = clock_now();
    if (run->id != 0)
        return STATUS_OK;
    TRY(db_exec(db, ADD,
                DB_VALUES(DB_INT(rq->place.org), DB_TEXT(run->process->id), DB_INT(rq->place.year), DB_TEXT(process_states[run->state]),
                          DB_TEXT(run->step->id), DB_TEXT(""), DB_TEXT(run->process->subject_kind), DB_INT(rq->session.account), DB_TIME(now),
                          DB_TIME(now)),
                NULL, &run->id));
    return nerr_pass(process_store_event(run, "start", NULL));
}

/* What the process is about, for the task list: its first subject, or what it makes. */
static NEOERR *title_of(struct process_run *run, const char **title)
{
    const struct process_rows *rows = run->process->steps[0].rows;
    *title = run->title != NULL ? run->title : "";
    if (rows == NULL || rows->label == NULL || run->subject_count == 0 || run->title != NULL)
        return STATUS_OK;
    TRY(process_rows_label(run));
    const char *label = run->subjects[0].label;
    *title = run->subject_count == 1 ? label : pool_printf(run->rq->pool, "%s + %zu", label, run->subject_count - 1);
    return STATUS_OK;
}

static NEOERR *write_changed(const struct process_run *run, STRING *json)
{
    for (size_t i = 0; i < run->subject_count; i++) {
        if (!run->subjects[i].is_changed)
            continue;
        TRY(string_append_char(json, json->len == 0 ? '[' : ','));
        TRY(json_id(json, "id", run->subjects[i].id));
        TRY(json_text(json, "packed", run->subjects[i].packed));
        TRY(json_text(json, "outcome", run->subjects[i].outcome));
        TRY(string_append_char(json, '}'));
    }
    return json->len == 0 ? STATUS_OK : nerr_pass(string_append_char(json, ']'));
}

/* Those that are new or have other values, however many, in one statement. */
static NEOERR *save_subjects(struct db *db, struct process_run *run)
{
    struct request *rq = run->rq;
    const struct db_value org = DB_INT(rq->place.org), id = DB_INT(run->id);
    STRING json;
    string_init(&json);
    NEOERR *error = write_changed(run, &json);
    if (error == STATUS_OK && json.len > 0)
        error = db_exec(db, SET_SUBJECTS, DB_VALUES(org, id, DB_TEXT(json.buf)), NULL, NULL);
    string_clear(&json);
    TRY(error);
    return run->gone_count == 0 ? STATUS_OK
                                : nerr_pass(db_exec(db, FORGET_SUBJECTS,
                                                    DB_VALUES(DB_TEXT(process_subject_ids(rq->pool, run->gone, run->gone_count)), org, id), NULL, NULL));
}

NEOERR *process_store_save(struct db *db, struct process_run *run, const struct step *step, enum process_state state)
{
    const char *title;
    TRY(title_of(run, &title));
    TRY(form_attach_files(db, run->form));
    TRY(process_store_add(db, run));
    TRY(save_subjects(db, run));
    return nerr_pass(db_exec(db, SAVE,
                             DB_VALUES(DB_TEXT(process_states[state]), DB_TEXT(step->id), DB_TEXT(form_pack(run->form)), DB_TEXT(title),
                                       DB_ID(run->made), DB_ID(run->order), DB_TIME(clock_now()), DB_INT(run->rq->place.org), DB_INT(run->id)),
                             NULL, NULL));
}

NEOERR *process_store_event(struct process_run *run, const char *event, const char *remark)
{
    if (run->event_count == sizeof run->events / sizeof run->events[0])
        return nerr_raise(ERROR_INTERNAL, "process %s: too many events in a transaction", run->process->id);
    run->events[run->event_count++] = (struct process_event){event, remark};
    return STATUS_OK;
}

static NEOERR *write_events(const struct process_run *run, STRING *json)
{
    for (size_t i = 0; i < run->event_count; i++) {
        TRY(string_append_char(json, i == 0 ? '[' : ','));
        TRY(json_text(json, "event", run->events[i].event));
        TRY(json_text(json, "remark", run->events[i].remark));
        TRY(string_append_char(json, '}'));
    }
    return nerr_pass(string_append_char(json, ']'));
}

NEOERR *process_store_events(struct db *db, struct process_run *run)
{
    STRING json;
    if (run->event_count == 0)
        return STATUS_OK;
    string_init(&json);
    NEOERR *error = write_events(run, &json);
    if (error == STATUS_OK)
        error = db_exec(db, EVENTS,
                        DB_VALUES(DB_INT(run->rq->place.org), DB_INT(run->id), DB_TEXT(run->step->id), DB_TIME(clock_now()),
                                  DB_ID(run->rq->session.account), DB_TEXT(json.buf)),
                        NULL, NULL);
    string_clear(&json);
    run->event_count = 0;
    return nerr_pass(error);
}
