/* job.c: jobs are rows: added, claimed with a lease, run, ended. See job.h. */
#include "engine/job.h"

#include "base/log.h"
#include "engine/area.h"

#include <poll.h>
#include <string.h>

enum { POLL_MS = 1000, BEAT_MS = 1000, CLEAN_EVERY_MS = 3600 * 1000 };

/* ---- adding ---- */

static const char ADD[] =
    "INSERT INTO job (org_id, kind, state, account_id, language, input, made_at) "
    "VALUES (?, ?, 'waiting', ?, ?, ?, ?)";

NEOERR *job_add(struct db *db, const char *kind, int64_t org, int64_t account, enum language language, const char *input, int64_t *id)
{
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(DB_INT(org), DB_TEXT(kind), DB_ID(account), DB_TEXT(language_codes[language]), DB_TEXT(input),
                                       DB_TIME(clock_now())),
                             NULL, id));
}

/* ---- what a running job says; all on its own connection, and of its own claim only ---- */

#define OF_THIS_CLAIM " WHERE org_id = ? AND id = ? AND tries = ?"
#define CLAIM_OF(job) DB_INT((job)->org), DB_INT((job)->id), DB_INT((job)->claim)

static NEOERR *execute(struct job *job, const char *sql, struct db_value value)
{
    return nerr_pass(db_exec(job->heart, sql, DB_VALUES(value, CLAIM_OF(job)), NULL, NULL));
}

static const char BEAT[] = "UPDATE job SET done = ?, total = ?, lease_until = ?" OF_THIS_CLAIM " AND state = 'running'";
static const char WANTS_STOP[] = "SELECT wants_stop FROM job WHERE org_id = ? AND id = ?";

NEOERR *job_progress(struct job *job, int64_t done, int64_t all, bool *cancelled)
{
    int64_t now = clock_monotonic(), wants_stop = 0, changed;
    if (job->beat_at == 0 || now - job->beat_at >= BEAT_MS || done == all) {
        int64_t until = clock_now() + JOB_LEASE_SECONDS * 1000;
        TRY(db_exec(job->heart, BEAT, DB_VALUES(DB_INT(done), DB_INT(all), DB_TIME(until), CLAIM_OF(job)), &changed, NULL));
        if (changed == 0)
            return nerr_raise(ERROR_CONFLICT, "job %lld was taken over by another process", (long long)job->id);
        TRY(db_number(job->heart, WANTS_STOP, DB_VALUES(DB_INT(job->org), DB_INT(job->id)), &wants_stop, NULL));
        job->beat_at = now;
        job->is_cancelled = wants_stop != 0;
    }
    *cancelled = job->is_cancelled;
    return STATUS_OK;
}

static const char SAY[] = "UPDATE job SET said = CONCAT_WS('\\n', said, ?)" OF_THIS_CLAIM;

NEOERR *job_say(struct job *job, const char *words)
{
    return nerr_pass(execute(job, SAY, DB_TEXT(words)));
}

static const char RESULT_FILE[] = "UPDATE job SET result_file = ?" OF_THIS_CLAIM;

NEOERR *job_result_file(struct job *job, int64_t file)
{
    return nerr_pass(execute(job, RESULT_FILE, DB_INT(file)));
}

static const char RESULT_DATA[] = "UPDATE job SET result_data = ?" OF_THIS_CLAIM;

NEOERR *job_result_data(struct job *job, const char *packed)
{
    return nerr_pass(execute(job, RESULT_DATA, DB_TEXT(packed)));
}

/* It waits by its lease; having come to an end, it has not taken its process down. */
static const char POSTPONE[] = "UPDATE job SET state = 'waiting', lease_until = ?, tries = 0" OF_THIS_CLAIM;

NEOERR *job_postpone(struct job *job, int seconds)
{
    job->is_postponed = true;
    return nerr_pass(execute(job, POSTPONE, DB_TIME(clock_now() + (int64_t)seconds * 1000)));
}

const char *job_input(const struct job *job, const char *name)
{
    struct http_fields fields = {0};
    NEOERR *error = job->input == NULL ? STATUS_OK : http_parse_query(job->pool, job->input, strlen(job->input), &fields);
    const char *value = error == STATUS_OK ? http_get(&fields, name) : NULL;
    if (error != STATUS_OK)
        log_error(error);
    error_release(error);
    return value == NULL ? "" : value;
}

/* ---- ending ---- */

static const char END[] = "UPDATE job SET state = ?, ended_at = ?, lease_until = NULL" OF_THIS_CLAIM " AND state IN ('waiting', 'running')";

struct ending {
    struct job *job;
    const char *state;
};

static NEOERR *end_job(struct db *db, void *data)
{
    const struct ending *ending = data;
    const struct job *job = ending->job;
    int64_t changed;
    TRY(db_exec(db, END, DB_VALUES(DB_TEXT(ending->state), DB_TIME(clock_now()), CLAIM_OF(job)), &changed, NULL));
    bool tells = changed > 0 && strcmp(ending->state, "done") != 0 && job->kind != NULL && job->kind->give_up != NULL;
    return tells ? nerr_pass(job->kind->give_up(db, job)) : STATUS_OK;
}

static NEOERR *end(struct job *job, const char *state)
{
    return nerr_pass(db_run(job->heart, end_job, &(struct ending){job, state}));
}

/* ---- claiming ---- */

struct claim {
    struct job *job;
    bool found;
    const char *kind;
    int64_t tries;
};

#define COLUMNS "org_id, id, kind, account_id, language, input, tries "

/* Waiting ones have no lease; a running one whose lease has ended has lost its process. */
static const char NEXT[] =
    "SELECT " COLUMNS
    "FROM job "
    "WHERE state IN ('waiting', 'running') AND (lease_until IS NULL OR lease_until < ?) "
    "ORDER BY id "
    "LIMIT 1 "
    "FOR UPDATE SKIP LOCKED";

static NEOERR *take(void *data, const struct db_row *row)
{
    struct claim *claim = data;
    struct job *job = claim->job;
    job->org = db_get_int(row, 0);
    job->id = db_get_int(row, 1);
    claim->kind = pool_strdup(job->pool, db_get(row, 2));
    job->kind = job_find(claim->kind);
    job->account = db_get_int(row, 3);
    language_from_code(db_get(row, 4), &job->language);
    job->input = pool_strdup(job->pool, db_get(row, 5));
    claim->tries = job->claim = db_get_int(row, 6);
    claim->found = true;
    return STATUS_OK;
}

static const char CLAIM[] =
    "UPDATE job "
    "SET state = 'running', started_at = ?, lease_until = ?, tries = tries + 1, done = 0, total = 0, said = NULL, result_file = NULL,"
    " result_data = NULL "
    "WHERE org_id = ? AND id = ?";

static NEOERR *claim_next(struct db *db, void *data)
{
    struct claim *claim = data;
    struct job *job = claim->job;
    int64_t now = clock_now();
    claim->found = false;
    TRY(db_each(db, NEXT, DB_VALUES(DB_TIME(now)), take, claim));
    if (!claim->found)
        return STATUS_OK;
    if (claim->tries >= JOB_TRIES) {
        log_write(LOG_LEVEL_ERROR, "job %lld of kind \"%s\" is given up: it took its process down %d times", (long long)job->id, claim->kind, JOB_TRIES);
        return nerr_pass(end_job(db, &(struct ending){job, "failed"}));
    }
    job->claim++;
    return nerr_pass(db_exec(db, CLAIM, DB_VALUES(DB_TIME(now), DB_TIME(now + JOB_LEASE_SECONDS * 1000), DB_INT(job->org), DB_INT(job->id)),
                             NULL, NULL));
}

/* ---- cancelling ---- */

static const char WAITING[] =
    "SELECT " COLUMNS
    "FROM job "
    "WHERE org_id = ? AND id = ? AND account_id = ? AND state = 'waiting' "
    "FOR UPDATE";
static const char STOP[] = "UPDATE job SET wants_stop = 1 WHERE org_id = ? AND id = ? AND account_id = ? AND state = 'running'";

struct cancelling {
    struct request *rq;
    int64_t id;
};

static NEOERR *cancel(struct db *db, void *data)
{
    const struct cancelling *cancelling = data;
    struct request *rq = cancelling->rq;
    struct job job = {.worker = rq->worker, .db = db, .pool = rq->pool};
    struct claim claim = {.job = &job};
    const struct db_value *key = DB_VALUES(DB_INT(rq->place.org), DB_INT(cancelling->id), DB_INT(rq->session.account));
    TRY(db_each(db, WAITING, key, take, &claim));
    if (!claim.found)
        return nerr_pass(db_exec(db, STOP, key, NULL, NULL));
    return nerr_pass(end_job(db, &(struct ending){&job, "cancelled"}));
}

NEOERR *job_cancel(struct request *rq, int64_t id)
{
    return nerr_pass(db_run(rq->db, cancel, &(struct cancelling){rq, id}));
}

/* ---- running ---- */

/* Without a database nothing can be said of the job: its lease ends and it is claimed again. */
static NEOERR *run(struct job *job, const char *kind)
{
    if (job->kind == NULL) {
        log_write(LOG_LEVEL_ERROR, "job %lld: there is no kind \"%s\"", (long long)job->id, kind);
        return nerr_pass(end(job, "failed"));
    }
    i18n_use(job->language);
    NEOERR *error = job->kind->run(job);
    if (error == STATUS_OK && job->is_postponed)
        return STATUS_OK;
    if (error == STATUS_OK)
        return nerr_pass(end(job, job->is_cancelled ? "cancelled" : "done"));
    if (nerr_match(error, ERROR_UNAVAILABLE))
        return nerr_pass(error);
    log_write(LOG_LEVEL_ERROR, "job %lld of kind \"%s\" failed", (long long)job->id, kind);
    log_error(error);
    bool is_full = nerr_match(error, ERROR_FULL);
    error_release(error);
    if (is_full)
        TRY(job_say(job, _("The disk of the server is full. Nothing was saved; tell your administrator, then send it again.")));
    return nerr_pass(end(job, "failed"));
}

NEOERR *job_run_one(struct worker *worker, bool *ran)
{
    struct job job = {.worker = worker, .db = worker->db, .pool = pool_new()};
    struct claim claim = {.job = &job};
    NEOERR *error = db_run(worker->db, claim_next, &claim);
    *ran = error == STATUS_OK && claim.found;
    if (*ran && claim.tries < JOB_TRIES) {
        job.heart = db_new(worker->config, DB_PROGRAM);
        error = run(&job, claim.kind);
        db_free(job.heart);
    }
    pool_free(job.pool);
    return nerr_pass(error);
}

/* ---- the process ---- */

static void log_and_release(NEOERR *error)
{
    if (error != STATUS_OK)
        log_error(error);
    error_release(error);
}

NEOERR *job_serve(struct worker *worker, volatile sig_atomic_t *stop)
{
    sigset_t none;
    int64_t cleaned_at = 0;
    sigemptyset(&none);
    while (!*stop) {
        bool ran = false;
        log_and_release(job_run_one(worker, &ran));
        if (cleaned_at == 0 || clock_monotonic() - cleaned_at >= CLEAN_EVERY_MS) {
            log_and_release(job_clean(worker->db, worker->config));
            cleaned_at = clock_monotonic();
        }
        if (!ran && !*stop)
            ppoll(NULL, 0, &(struct timespec){.tv_sec = POLL_MS / 1000}, &none);
    }
    return STATUS_OK;
}
