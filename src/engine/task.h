/* task.h: one inbox, «Список задач»: process steps, approvals, unfilled things. */
#ifndef MEKTEP_TASK_H
#define MEKTEP_TASK_H

#include "engine/request.h"

/* Texts and button are in the language of the page. */
struct task {
    const char *text, *detail;           /* detail NULL = nothing */
    int64_t since;                       /* milliseconds; 0 = not known */
    struct date due;                     /* year 0 = none */
    const char *address, *button;
};
typedef NEOERR *task_add_fn(struct request *rq, const struct task *task);

/* Tasks that are rows of one table. */
struct task_rows {
    const char *count_sql;               /* how many an organisation has */
    const char *rows_sql;                /* the first of them; binds the organisation and a limit */
    void (*say)(struct request *rq, const struct db_row *row, struct task *task);
};

/* Where tasks come from. */
struct task_source {
    const char *id;                      /* "drafts" */
    const struct permission *permission; /* who has these; NULL = everybody, find binds the account */
    const struct task_rows *rows;        /* NULL = find */
    /* Adds the number of tasks to *count and calls add for at most limit of them; add NULL = only count. */
    NEOERR *(*find)(struct request *rq, size_t limit, size_t *count, task_add_fn *add);
};

NEOERR *task_page(struct request *rq, struct response *rs);          /* «Список задач» */
NEOERR *task_show(struct request *rq, size_t limit);                 /* Tasks.rows.N.{text,detail,since,due,late,href,button} Tasks.count */
NEOERR *task_count(struct request *rq, int *count);                  /* for the session's number */
NEOERR *task_count_refresh(struct request *rq);                      /* stores it in the session row */

#endif
