/* job_page.c: how far a job is, its result, and the button that stops it. */
#include "engine/job.h"

#include "engine/area.h"
#include "engine/page.h"

#include <string.h>

enum { REFRESH_SECONDS = 2 };

static const struct {
    const char *state, *words;
    bool is_open;
} states[] = {
    {"waiting", N_("Waiting for its turn"), true},
    {"running", N_("Under way"), true},
    {"done", N_("Done")},
    {"failed", N_("It did not succeed. What happened stands in the log.")},
    {"cancelled", N_("Cancelled")},
};

struct shown {
    struct request *rq;
    const char *kind, *state, *said;
    int64_t done, all, result_file;
};

/* Only who asked for a job sees it. */
static const char ROW[] =
    "SELECT kind, state, done, total, said, result_file "
    "FROM job "
    "WHERE org_id = ? AND id = ? AND account_id = ?";

static NEOERR *take_job(void *data, const struct db_row *row)
{
    struct shown *shown = data;
    struct pool *pool = shown->rq->pool;
    shown->kind = pool_strdup(pool, db_get(row, 0));
    shown->state = pool_strdup(pool, db_get(row, 1));
    shown->done = db_get_int(row, 2);
    shown->all = db_get_int(row, 3);
    shown->said = pool_strdup(pool, db_get_or(row, 4, ""));
    shown->result_file = db_get_int(row, 5);
    return STATUS_OK;
}

static NEOERR *show_lines(struct request *rq, const char *said)
{
    char *rest = pool_strdup(rq->pool, said);
    for (const char *line; (line = strsep(&rest, "\n")) != NULL;) {
        HDF *out = NULL;
        if (line[0] == '\0')
            continue;
        TRY(view_append(rq->hdf, "Job.lines", &out));
        TRY(view_set(out, "text", line));
    }
    return STATUS_OK;
}

/* While it goes on: asked again by script every second, and by the browser itself where there is no script. */
static NEOERR *show_open(struct request *rq, struct response *rs, const struct shown *shown, const char *id)
{
    TRY(view_set(rq->hdf, "Job.poll", route_url(rq, "job", id)));
    TRY(view_set(rq->hdf, "Job.cancel", route_url(rq, "job-cancel", id)));
    TRY(view_set_int(rq->hdf, "Job.done", shown->done));
    if (shown->all > 0)
        TRY(view_set_int(rq->hdf, "Job.all", shown->all));
    http_header(rq->pool, &rs->http, "Refresh", pool_printf(rq->pool, "%d", REFRESH_SECONDS));
    return STATUS_OK;
}

static NEOERR *show_ended(struct request *rq, const struct shown *shown, const struct job_kind *kind, const char *id)
{
    if (shown->result_file != 0)
        TRY(view_set(rq->hdf, "Job.result", route_url(rq, "file", route_number(rq, shown->result_file))));
    if (kind != NULL && kind->next != NULL && strcmp(shown->state, "done") == 0)
        TRY(view_set(rq->hdf, "Job.next", route_url(rq, kind->next, id)));
    return STATUS_OK;
}

NEOERR *job_page(struct request *rq, struct response *rs)
{
    struct shown shown = {.rq = rq};
    int64_t id = 0;
    TRY(request_id(rq, 0, &id));
    TRY(db_one(rq->db, ROW, DB_VALUES(DB_INT(rq->place.org), DB_INT(id), DB_INT(rq->session.account)), take_job, &shown));
    const struct job_kind *kind = job_find(shown.kind);
    const char *label = kind == NULL ? _("Background work") : request_words(rq, kind->label);
    size_t state = 0;
    while (strcmp(states[state].state, shown.state) != 0)
        state++;
    TRY(page_begin(rq, rs, "job.cs", label));
    TRY(page_crumb(rq, label, NULL));
    TRY(view_set(rq->hdf, "Job.state", shown.state));
    TRY(view_set(rq->hdf, "Job.state_label", _(states[state].words)));
    TRY(show_lines(rq, shown.said));
    if (states[state].is_open)
        return nerr_pass(show_open(rq, rs, &shown, route_number(rq, id)));
    return nerr_pass(show_ended(rq, &shown, kind, route_number(rq, id)));
}

NEOERR *job_cancel_page(struct request *rq, struct response *rs)
{
    struct shown shown = {.rq = rq};
    int64_t id = 0;
    TRY(request_id(rq, 0, &id));
    TRY(db_one(rq->db, ROW, DB_VALUES(DB_INT(rq->place.org), DB_INT(id), DB_INT(rq->session.account)), take_job, &shown));
    TRY(job_cancel(rq, id));
    return nerr_pass(response_redirect(rq, rs, route_url(rq, "job", route_number(rq, id))));
}
