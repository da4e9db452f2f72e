/* job_page.c: how far a job is, its result, and the button that stops it. */
#include "engine/job.h"

#include "engine/area.h"
#include "engine/page.h"

#include <string.h>

enum { REFRESH_SECONDS = 2 };

/* Only who asked for a job sees it. */
static const char ROW[] =
    "SELECT id, kind, state, done, total, IF(total = 0, 0, FLOOR(100 * done / total)) AS percent, said, result_file "
    "FROM job "
    "WHERE org_id = ? AND id = ? AND account_id = ?";

static const char RESULT_NAME[] = "SELECT name FROM file WHERE org_id = ? AND id = ?";

static NEOERR *show_result(struct request *rq, const char *file)
{
    char *name = NULL;
    TRY(db_string(rq->db, rq->pool, RESULT_NAME, DB_VALUES(DB_INT(rq->place.org), DB_TEXT(file)), &name));
    if (name == NULL)
        return STATUS_OK; /* cleaned away after a week */
    TRY(view_set(rq->hdf, "Job.result_name", name));
    return nerr_pass(view_set(rq->hdf, "Job.result_href", route_url(rq, "file", file)));
}

NEOERR *job_page(struct request *rq, struct response *rs)
{
    int64_t id = 0;
    HDF *job = NULL;
    TRY(request_id(rq, 0, &id));
    TRY(hdf_get_node(rq->hdf, "Job", &job));
    TRY(db_hdf_one(rq->db, ROW, DB_VALUES(DB_INT(rq->place.org), DB_INT(id), DB_INT(rq->session.account)), job));
    const struct job_kind *kind = job_find(hdf_get_value(job, "kind", ""));
    const char *state = hdf_get_value(job, "state", ""), *file = hdf_get_value(job, "result_file", NULL);
    const char *label = kind == NULL ? _("Background work") : request_words(rq, kind->label);
    bool is_open = strcmp(state, "waiting") == 0 || strcmp(state, "running") == 0;
    TRY(page_begin(rq, rs, "job.cs", label));
    TRY(page_crumb(rq, label, NULL));
    TRY(view_set(job, "label", label));
    if (file != NULL)
        TRY(show_result(rq, file));
    if (!is_open)
        return STATUS_OK;
    TRY(view_set(job, "cancel", route_url(rq, "job-cancel", route_number(rq, id))));
    TRY(view_set_int(job, "refresh", REFRESH_SECONDS));
    http_header(rq->pool, &rs->http, "Refresh", pool_printf(rq->pool, "%d", REFRESH_SECONDS));
    return STATUS_OK;
}

static const char CANCEL[] =
    "UPDATE job "
    "SET ended_at = IF(state = 'waiting', ?, ended_at), wants_stop = 1, state = IF(state = 'waiting', 'cancelled', state) "
    "WHERE org_id = ? AND id = ? AND account_id = ? AND state IN ('waiting', 'running')";

NEOERR *job_cancel_page(struct request *rq, struct response *rs)
{
    int64_t id = 0;
    TRY(request_id(rq, 0, &id));
    TRY(db_exec(rq->db, CANCEL, DB_VALUES(DB_TIME(clock_now()), DB_INT(rq->place.org), DB_INT(id), DB_INT(rq->session.account)), NULL, NULL));
    return nerr_pass(response_redirect(rq, rs, route_url(rq, "job", route_number(rq, id))));
}
