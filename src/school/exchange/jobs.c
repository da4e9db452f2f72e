/* jobs.c: the long work of the exchange in the background: export, reading, applying, undoing. */
#include "school/exchange/pages.h"

#include "engine/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static NEOERR *tell(void *data, int64_t done, int64_t all, bool *stop)
{
    return nerr_pass(job_progress(data, done, all, stop));
}

/* ---- out ---- */

static const char ORGANISATION_UID[] =
    "SELECT LEFT(uid, 8) FROM organisation WHERE id = ?";

static NEOERR *store_package(struct job *job, int fd)
{
    char *uid;
    int64_t file;
    TRY(db_string(job->db, job->pool, ORGANISATION_UID, DB_VALUES(DB_INT(job->org)), &uid));
    const char *name = pool_printf(job->pool, "contingent-%s.zip", uid);
    TRY(file_store(job->db, job->worker->config, job->org, job->account, FILE_RESULT, name, "application/zip", fd, &file));
    return nerr_pass(job_result_file(job, file));
}

NEOERR *export_job(struct job *job)
{
    const struct exchange_progress progress = {tell, job};
    const struct exchange_extent extent = {.org = job->org, .account = job->account, .without_health = job_input(job, "health")[0] == '\0'};
    FILE *package = tmpfile();
    if (package == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "making a temporary file for an export");
    NEOERR *error = exchange_write_package(job->db, job->worker->config, &extent, fileno(package), &progress);
    if (error == STATUS_OK)
        error = store_package(job, fileno(package));
    else if (job->is_cancelled)
        nerr_ignore(&error);
    fclose(package);
    return nerr_pass(error);
}

/* ---- in ---- */

struct batch_job {
    struct batch batch;
    struct import import;
    int fd;
};

static NEOERR *begin(struct job *job, struct batch_job *work)
{
    int64_t id = strtoll(job_input(job, "batch"), NULL, 10);
    TRY(batch_load(job->db, job->pool, job->org, id, &work->batch));
    work->import = (struct import){.id = id, .org = job->org, .account = job->account};
    return nerr_pass(file_open(job->db, job->worker->config, job->org, work->batch.file, &work->fd));
}

NEOERR *import_read_job(struct job *job)
{
    const struct exchange_progress progress = {tell, job};
    struct batch_job work;
    TRY(begin(job, &work));
    NEOERR *error = import_read(job->db, job->worker->config, job->pool, work.fd, &work.import, &progress);
    close(work.fd);
    return nerr_pass(error);
}

NEOERR *import_apply_job(struct job *job)
{
    const struct exchange_progress progress = {tell, job};
    struct batch_job work;
    TRY(begin(job, &work));
    NEOERR *error = import_apply(job->db, job->worker->config, job->pool, work.fd, &work.import, &progress);
    close(work.fd);
    return nerr_pass(error);
}

NEOERR *import_undo_job(struct job *job)
{
    struct batch_job work;
    bool moved;
    TRY(begin(job, &work));
    close(work.fd);
    NEOERR *error = import_undo(job->db, job->pool, &work.import);
    if (!nerr_handle(&error, ERROR_CONFLICT))
        return nerr_pass(error);
    const char *words = N_("Later orders depend on this import: cancel them first");
    return nerr_pass(batch_move(job->db, job->org, work.import.id, "undoing", "applied", words, &moved));
}

/* What came to nothing goes back to where it was, with words, so that the person can try again. */
static const struct {
    const char *job, *from, *to, *words;
} ways_back[] = {
    {"import-read", "reading", "refused", N_("The file could not be read to its end; send it again")},
    {"import-apply", "applying", "staged", N_("The import did not succeed; nothing of the organisation under way was changed")},
    {"import-undo", "undoing", "applied", N_("The cancelling did not succeed; nothing was changed")},
};

NEOERR *import_give_up(struct db *db, const struct job *job)
{
    int64_t batch = strtoll(job_input(job, "batch"), NULL, 10);
    bool moved;
    for (size_t i = 0; i < sizeof ways_back / sizeof ways_back[0]; i++)
        if (strcmp(ways_back[i].job, job->kind->id) == 0)
            return nerr_pass(batch_move(db, job->org, batch, ways_back[i].from, ways_back[i].to, ways_back[i].words, &moved));
    return STATUS_OK;
}
