/* task.c: one inbox: the sources of all areas, counted for the header, listed on «Список задач». (WF-01, NAV-24) */
#include "engine/task.h"

#include "engine/area.h"
#include "engine/page.h"

#include <stdlib.h>

enum { TASKS_ON_PAGE = 200 };

typedef NEOERR *source_fn(struct request *rq, const struct task_source *source, void *data);

static NEOERR *each_source(struct request *rq, source_fn *use, void *data)
{
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct task_source *source = (*area)->task_sources; source != NULL && source->id != NULL; source++)
            if (source->permission == NULL || request_may(rq, source->permission))
                TRY(use(rq, source, data));
    return STATUS_OK;
}

/* ---- of one source ---- */

struct finding {
    struct request *rq;
    const struct task_rows *rows;
    task_add_fn *add;
};

static NEOERR *take_row(void *data, const struct db_row *row)
{
    const struct finding *finding = data;
    struct task task = {0};
    finding->rows->say(finding->rq, row, &task);
    return nerr_pass(finding->add(finding->rq, &task));
}

static NEOERR *find(struct request *rq, const struct task_source *source, size_t limit, size_t *count, task_add_fn *add)
{
    const struct task_rows *rows = source->rows;
    const struct db_value org = DB_INT(rq->place.org);
    int64_t number;
    if (rows == NULL)
        return nerr_pass(source->find(rq, limit, count, add));
    TRY(db_number(rq->db, rows->count_sql, DB_VALUES(org), &number, NULL));
    *count += (size_t)number;
    return add == NULL ? STATUS_OK : nerr_pass(db_each(rq->db, rows->rows_sql, DB_VALUES(org, DB_INT(limit)), take_row, &(struct finding){rq, rows, add}));
}

/* ---- counted ---- */

static NEOERR *count_source(struct request *rq, const struct task_source *source, void *data)
{
    size_t count = 0;
    TRY(find(rq, source, 0, &count, NULL));
    *(int *)data += (int)count;
    return STATUS_OK;
}

NEOERR *task_count(struct request *rq, int *count)
{
    *count = 0;
    if (rq->place.org == 0)
        return STATUS_OK;
    return nerr_pass(each_source(rq, count_source, count));
}

static const char STORE_COUNT[] =
    "UPDATE session SET waiting_tasks = ?, tasks_counted_at = ? WHERE id = ?";

NEOERR *task_count_refresh(struct request *rq)
{
    int count;
    if (rq->place.org == 0 || rq->session.id == 0)
        return STATUS_OK;
    TRY(task_count(rq, &count));
    rq->session.waiting_tasks = count;
    return nerr_pass(db_exec(rq->db, STORE_COUNT, DB_VALUES(DB_INT(count), DB_TIME(clock_now()), DB_INT(rq->session.id)), NULL, NULL));
}

/* ---- shown ---- */

static NEOERR *add_task(struct request *rq, const struct task *task)
{
    struct date due = task->due;
    HDF *out;
    TRY(view_append(rq->hdf, "Tasks.rows", &out));
    TRY(view_set(out, "text", task->text));
    TRY(view_set(out, "detail", task->detail));
    TRY(view_set(out, "since", task->since != 0 ? i18n_time(rq->pool, task->since, rq->place.time_zone) : NULL));
    TRY(view_set(out, "due", due.year != 0 ? i18n_date(rq->pool, due) : NULL));
    TRY(view_set(out, "late", due.year != 0 && date_compare(due, request_today(rq)) < 0 ? "1" : NULL));
    TRY(view_set(out, "href", task->address));
    return nerr_pass(view_set(out, "button", task->button));
}

struct showing {
    size_t limit, count;
};

static NEOERR *show_source(struct request *rq, const struct task_source *source, void *data)
{
    struct showing *showing = data;
    size_t found = 0, room = showing->limit > showing->count ? showing->limit - showing->count : 0;
    TRY(find(rq, source, room, &found, room > 0 ? add_task : NULL));
    showing->count += found;
    return STATUS_OK;
}

NEOERR *task_show(struct request *rq, size_t limit)
{
    struct showing showing = {.limit = limit};
    if (rq->place.org != 0)
        TRY(each_source(rq, show_source, &showing));
    return nerr_pass(view_set_int(rq->hdf, "Tasks.count", (int64_t)showing.count));
}

NEOERR *task_page(struct request *rq, struct response *rs)
{
    TRY(page_begin(rq, rs, "tasks.cs", _("Task list")));
    TRY(page_crumb(rq, _("Task list"), NULL));
    return nerr_pass(task_show(rq, TASKS_ON_PAGE));
}
