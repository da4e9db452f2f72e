/* job.h: background work: a row of job, claimed with a lease, with progress, cancel, a result kept a week. */
#ifndef MEKTEP_JOB_H
#define MEKTEP_JOB_H

#include "engine/request.h"

struct job {
    int64_t id;
    int64_t org;         /* 0 = of the installation */
    int64_t account;     /* who asked; 0 = the system */
    enum language language;
    const char *input;   /* urlencoded parameters */
    const struct job_kind *kind;
    struct worker *worker;
    struct db *db;
    struct pool *pool;
    struct db *heart;    /* writes the job's own row: seen by others, and never locked, while db is in a transaction */
    int64_t claim;       /* which of its claims this one is: once another process has taken it over, nothing more is written of it */
    int64_t beat_at;     /* when progress was written last, by clock_monotonic */
    bool is_cancelled;
    bool is_postponed;
};

enum { JOB_TRIES = 3, JOB_LEASE_SECONDS = 60, JOB_KEPT_DAYS = 7 };

struct job_kind {
    const char *id;      /* "export" */
    const char *label;   /* msgid, shown with progress */
    /* May start again after a crash: everything it did before must be harmless to do twice. */
    NEOERR *(*run)(struct job *job);
    /* What waits for the job (an import, a file being checked) learns that nothing came of it: in the transaction that ends the job as
     * failed, as given up after JOB_TRIES crashes or as cancelled. Only org, id, account and input are set. NULL = nothing waits. */
    NEOERR *(*give_up)(struct db *db, const struct job *job);
    const char *next;    /* route that shows what came of it, by the job's id; NULL = the page of the job says it all */
};

/* Adds a job in the running transaction (or alone). input may be NULL. */
NEOERR *job_add(struct db *db, const char *kind, int64_t org, int64_t account, enum language language, const char *input, int64_t *id);

/* For run functions: progress as done of all; *cancelled tells when the person pressed cancel: then return STATUS_OK. Renews the lease;
 * ERROR_CONFLICT when it had ended and another process has taken the job over.
 * Written at most once a second, so it may be called for every row. */
NEOERR *job_progress(struct job *job, int64_t done, int64_t all, bool *cancelled);
NEOERR *job_say(struct job *job, const char *words);                             /* a line of the result, translated */
NEOERR *job_result_file(struct job *job, int64_t file);                          /* the file to download */
NEOERR *job_result_data(struct job *job, const char *packed);                    /* anything its page needs, urlencoded */
/* Something outside is missing: the job is not done yet and begins anew after that time, however often. Then return STATUS_OK. */
NEOERR *job_postpone(struct job *job, int seconds);
const char *job_input(const struct job *job, const char *name);                  /* "" when absent */

/* Stops a job of this account: one that waits ends at once, one that runs is asked to. */
NEOERR *job_cancel(struct request *rq, int64_t id);

/* The job process: claims and runs jobs until *stop. Signals that set it must be blocked: it waits with an empty mask. */
NEOERR *job_serve(struct worker *worker, volatile sig_atomic_t *stop);
/* Claims and runs one job in this process, for tests; *ran false when there is none. */
NEOERR *job_run_one(struct worker *worker, bool *ran);

/* Deletes what has served its time: ended jobs and their files, old sessions, form keys, failures, slips; drafts end. */
NEOERR *job_clean(struct db *db, const struct config *config);

/* Job.{state,state_label,done,all,poll,cancel,result,next} Job.lines.N.text: by htmx every second, by a Refresh header without.
 * The routes: GET "job" …/jobs/{job}, POST "job-cancel" …/jobs/{job}/cancel; kinds of the engine: "file-check". */
NEOERR *job_page(struct request *rq, struct response *rs);
NEOERR *job_cancel_page(struct request *rq, struct response *rs);

#endif
