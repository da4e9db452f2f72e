/* task.h: one inbox, «Список задач»: process steps, approvals, unfilled things. */
#ifndef MEKTEP_TASK_H
#define MEKTEP_TASK_H

#include "engine/request.h"

/* Where tasks come from: a query whose rows are (title facts). Each row: id, text, detail, since (DATETIME), due (DATE or NULL). */
struct task_source {
    const char *id;          /* "drafts" */
    const char *label;       /* msgid: "Continue", the button */
    const struct permission *permission; /* who sees these; NULL = own ones only, bound by the account */
    /* Fills rows: calls add for each; limit 0 = only count into *count. */
    NEOERR *(*find)(struct request *rq, size_t limit, size_t *count,
                    NEOERR *(*add)(struct request *rq, const char *text, const char *detail, int64_t since, struct date due,
                                   const char *address, const char *button, void *data), void *data);
};

NEOERR *task_page(struct request *rq, struct response *rs);          /* «Список задач» */
NEOERR *task_show(struct request *rq, size_t limit);                 /* Tasks.rows.N.{text,detail,since,due,late,href,button} Tasks.count */
NEOERR *task_count(struct request *rq, int *count);                  /* for the session's number */
NEOERR *task_count_refresh(struct request *rq);                      /* stores it in the session row */

#endif
