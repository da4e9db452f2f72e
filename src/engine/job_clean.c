/* job_clean.c: what has served its time is deleted, once an hour, by the job process. */
#include "engine/job.h"

#include "engine/file.h"
#include "engine/process.h"

enum { DAY_MS = 24 * 3600 * 1000 };

/* The ? is the moment before which a row may go. */
static const struct {
    const char *sql;
    int days;
} retention[] = {
    {"DELETE FROM job WHERE ended_at < ?", JOB_KEPT_DAYS},
    {"DELETE FROM session WHERE seen_at < ?", 30},
    {"DELETE FROM form_key WHERE made_at < ?", 2},
    {"DELETE FROM sign_in_failure WHERE at < ?", 1},
    {"DELETE FROM activation_slip WHERE valid_until < ?", 30},
};

static const char FORGET_POSTED[] = "DELETE FROM form_draft WHERE made_at < ?";

NEOERR *job_clean(struct db *db, const struct config *config)
{
    int64_t now = clock_now();
    for (size_t i = 0; i < sizeof retention / sizeof retention[0]; i++)
        TRY(db_exec(db, retention[i].sql, DB_VALUES(DB_TIME(now - retention[i].days * (int64_t)DAY_MS)), NULL, NULL));
    int64_t since = now - config->draft_days * (int64_t)DAY_MS;
    TRY(db_exec(db, FORGET_POSTED, DB_VALUES(DB_TIME(since)), NULL, NULL));
    TRY(process_clean(db, since));
    return nerr_pass(file_clean(db, config));
}
