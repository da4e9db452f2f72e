/* process_job.c: processes without a person at the page: a large one carried out in the background, old drafts that end. */
#include "engine/process_store.h"

#include "engine/i18n.h"

#include <stdlib.h>
#include <string.h>

/* ---- a request of nobody's browser ---- */

static NEOERR *take_place(void *data, const struct db_row *row)
{
    struct request *rq = data;
    rq->place.kind = strcmp(db_get(row, 0), "college") == 0 ? ORGANISATION_COLLEGE : ORGANISATION_SCHOOL;
    rq->place.time_zone = pool_strdup(rq->pool, db_get(row, 1));
    rq->place.name = pool_strdup(rq->pool, db_get(row, 2));
    rq->session.person = db_get_int(row, 3);
    return STATUS_OK;
}

static const char PLACE[] =
    "SELECT o.kind, o.time_zone, n.name_ru, a.person_id"
    " FROM organisation o"
    " JOIN organisation_name n ON n.organisation_id = o.id"
    " LEFT JOIN account a ON a.id = ?"
    " WHERE o.id = ?"
    " ORDER BY n.valid_from DESC"
    " LIMIT 1";

/* rq holds what is known already: pool, db, org, account, language. */
static NEOERR *load_run(struct request *rq, int64_t id, struct process_run **run)
{
    TRY(db_one(rq->db, PLACE, DB_VALUES(DB_INT(rq->session.account), DB_INT(rq->place.org)), take_place, rq));
    return nerr_pass(process_run_load(rq, id, run));
}

/* ---- carrying out ---- */

static const char SET_JOB[] = "UPDATE process SET job_id = ? WHERE org_id = ? AND id = ?";

NEOERR *process_work_add(struct db *db, struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t job;
    TRY(process_store_save(db, run, run->step, run->state));
    const char *input = pool_printf(rq->pool, "process=%lld&year=%d", (long long)run->id, rq->place.year);
    TRY(job_add(db, "process", rq->place.org, rq->session.account, rq->language, input, &job));
    return nerr_pass(db_exec(db, SET_JOB, DB_VALUES(DB_INT(job), DB_INT(rq->place.org), DB_INT(run->id)), NULL, NULL));
}

NEOERR *process_progress(struct process_run *run, size_t done)
{
    bool stopped;
    if (run->job == NULL)
        return STATUS_OK;
    TRY(job_progress(run->job, (int64_t)done, (int64_t)run->subject_count, &stopped));
    return stopped ? nerr_raise(ERROR_CONFLICT, "process %lld was stopped", (long long)run->id) : STATUS_OK;
}

/* Why it was not done, for the person who opens it again. */
static NEOERR *say_refused(struct job *job, const struct process_run *run)
{
    TRY(job_say(job, _("It was not carried out, and nothing was changed:")));
    for (HDF *row = hdf_obj_child(run->form->errors); row != NULL; row = hdf_obj_next(row))
        TRY(job_say(job, hdf_obj_value(row)));
    return STATUS_OK;
}

/* What was committed before a crash is found done; what was not is done from its beginning. */
NEOERR *process_job(struct job *job)
{
    struct request rq = {
        .worker = job->worker, .db = job->db, .pool = job->pool, .language = job->language, .session.account = job->account,
        .place.org = job->org, .place.year = atoi(job_input(job, "year")),
    };
    struct process_run *run;
    bool refused;
    TRY(load_run(&rq, strtoll(job_input(job, "process"), NULL, 10), &run));
    if (run->state > PROCESS_WAITING)
        return STATUS_OK;
    run->job = job;
    run->is_confirmed = true;
    NEOERR *error = process_carry_out(run, &refused);
    if (refused)
        return nerr_pass(say_refused(job, run));
    if (job->is_cancelled)
        nerr_handle(&error, ERROR_CONFLICT);
    return nerr_pass(error);
}

/* ---- old drafts ---- */

struct old {
    int64_t org, id;
    int year;
};
struct old_drafts {
    struct old rows[100];
    size_t count;
};

static NEOERR *take_old(void *data, const struct db_row *row)
{
    struct old_drafts *drafts = data;
    drafts->rows[drafts->count++] = (struct old){db_get_int(row, 0), db_get_int(row, 1), (int)db_get_int(row, 2)};
    return STATUS_OK;
}

static const char OLD[] =
    "SELECT org_id, id, year FROM process WHERE state = 'draft' AND changed_at < ? ORDER BY changed_at LIMIT 100";

/* The system ends it: nobody's account stands at the event. */
static NEOERR *end_draft(struct db *db, void *data)
{
    const char *reason = N_("the draft was not continued");
    struct process_run *run = data;
    TRY(process_store_lock(db, run));
    if (run->process->release != NULL)
        TRY(run->process->release(db, run, reason));
    TRY(process_store_save(db, run, run->step, PROCESS_CANCELLED));
    TRY(process_store_event(run, "cancel", NULL));
    return nerr_pass(process_store_events(db, run));
}

static NEOERR *end_old(struct db *db, struct pool *pool, const struct old *old)
{
    struct request rq = {.db = db, .pool = pool, .place.org = old->org, .place.year = old->year};
    struct process_run *run;
    TRY(load_run(&rq, old->id, &run));
    NEOERR *error = db_run(db, end_draft, run);
    nerr_handle(&error, ERROR_CONFLICT); /* continued this very moment */
    return nerr_pass(error);
}

NEOERR *process_clean(struct db *db, int64_t since)
{
    struct old_drafts drafts = {.count = 0};
    struct pool *pool = pool_new();
    NEOERR *error = db_each(db, OLD, DB_VALUES(DB_TIME(since)), take_old, &drafts);
    for (size_t i = 0; error == STATUS_OK && i < drafts.count; i++)
        error = end_old(db, pool, &drafts.rows[i]);
    pool_free(pool);
    return nerr_pass(error);
}
