/* task.h: one inbox, «Список задач»: process steps, approvals, unfilled things. */
#ifndef MEKTEP_TASK_H
#define MEKTEP_TASK_H

#include "engine/request.h"

/* One task: since in milliseconds, due year 0 = none; text, detail and button in the language of the page. */
typedef NEOERR *task_add_fn(struct request *rq, const char *text, const char *detail, int64_t since, struct date due, const char *address,
                            const char *button, void *data);

/* Where tasks come from. */
struct task_source {
    const char *id;                      /* "drafts" */
    const struct permission *permission; /* who has these; NULL = everybody, find binds the account */
    /* Adds the number of tasks to *count and calls add for at most limit of them; add NULL = only count. */
    NEOERR *(*find)(struct request *rq, size_t limit, size_t *count, task_add_fn *add, void *data);
};

NEOERR *task_page(struct request *rq, struct response *rs);          /* «Список задач» */
NEOERR *task_show(struct request *rq, size_t limit);                 /* Tasks.rows.N.{text,detail,since,due,late,href,button} Tasks.count */
NEOERR *task_count(struct request *rq, int *count);                  /* for the session's number */
NEOERR *task_count_refresh(struct request *rq);                      /* stores it in the session row */

#endif
