/* process_task.c: tasks that processes make: one's own drafts, and steps that wait for a permission one holds. */
#include "engine/process_store.h"

#include "engine/area.h"

#include <string.h>

struct finding {
    struct request *rq;
    size_t limit, *count;
    task_add_fn *add;
    const char *button;
    bool own;
};

static const char *step_title(struct request *rq, const struct process *process, const char *id)
{
    const struct step *step = process_step_find(process, id);
    return step != NULL ? request_words(rq, step->title) : "";
}

static NEOERR *take_task(void *data, const struct db_row *row)
{
    struct finding *finding = data;
    struct request *rq = finding->rq;
    const struct process *process = process_find(db_get(row, 1));
    if (process == NULL || (*finding->count)++ >= finding->limit || finding->add == NULL)
        return STATUS_OK;
    const char *title = db_get_or(row, 3, ""), *remark = db_get(row, 5);
    const char *text = pool_printf(rq->pool, "%s%s%s", request_words(rq, process->title), title[0] != '\0' ? ": " : "", title);
    const char *state = db_get_int(row, 6) != 0 ? _("being carried out") : finding->own ? _("draft") : _("waiting");
    const char *detail = remark != NULL ? pool_printf(rq->pool, _("returned: “%s”"), remark)
                                        : pool_printf(rq->pool, "%s, %s", state, step_title(rq, process, db_get(row, 2)));
    return nerr_pass(finding->add(rq, &(struct task){text, detail, db_get_time(row, 4), .address = route_url(rq, "process", db_get(row, 0)),
                                                     .button = finding->button}));
}

static const char DRAFTS[] =
    "SELECT p.id, p.kind, p.step, p.title, p.changed_at,"
    " (SELECT e.remark FROM process_event e WHERE e.org_id = p.org_id AND e.process_id = p.id AND e.event = 'return' ORDER BY e.id DESC LIMIT 1),"
    " " PROCESS_IS_WORKING
    " FROM process p"
    " WHERE p.org_id = ? AND p.state = 'draft' AND p.started_by = ?"
    " ORDER BY p.changed_at DESC"
    " LIMIT 500";

NEOERR *process_find_drafts(struct request *rq, size_t limit, size_t *count, task_add_fn *add)
{
    struct finding finding = {.rq = rq, .limit = limit, .count = count, .add = add, .button = _("Continue"), .own = true};
    return nerr_pass(db_each(rq->db, DRAFTS, DB_VALUES(DB_INT(rq->place.org), DB_INT(rq->session.account)), take_task, &finding));
}

static const char WAITING[] =
    "SELECT p.id, p.kind, p.step, p.title, p.changed_at, NULL, " PROCESS_IS_WORKING
    " FROM process p"
    " WHERE p.org_id = ? AND p.state = 'waiting' AND p.kind = ? AND p.step = ? AND COALESCE(" PROCESS_SENT_BY ", 0) <> ?"
    " ORDER BY p.changed_at"
    " LIMIT 500";

NEOERR *process_find_waiting(struct request *rq, size_t limit, size_t *count, task_add_fn *add)
{
    struct finding finding = {.rq = rq, .limit = limit, .count = count, .add = add, .button = _("Open")};
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct process *const *process = (*area)->processes; process != NULL && *process != NULL; process++)
            for (const struct step *step = (*process)->steps; step->id != NULL; step++)
                if (step->kind == STEP_CONFIRM && step->who != NULL && request_may(rq, step->who))
                    TRY(db_each(rq->db, WAITING,
                                DB_VALUES(DB_INT(rq->place.org), DB_TEXT((*process)->id), DB_TEXT(step->id), DB_INT(rq->session.account)),
                                take_task, &finding));
    return STATUS_OK;
}
