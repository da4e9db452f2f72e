/* area.h: what an area of the school brings: rows of every register. The one list of areas is src/school/areas.c. */
#ifndef MEKTEP_AREA_H
#define MEKTEP_AREA_H

#include "engine/codelist.h"
#include "engine/document.h"
#include "engine/form.h"
#include "engine/job.h"
#include "engine/list.h"
#include "engine/menu.h"
#include "engine/output.h"
#include "engine/process.h"
#include "engine/reference.h"
#include "engine/route.h"
#include "engine/setting.h"
#include "engine/task.h"

/* Every member is an array that ends with NULL (pointers) or a row of zeros; a NULL member is an empty one. */
struct area {
    const char *id; /* the folder's name */
    const struct route *routes;                    /* ends with .id NULL */
    const struct role *roles;                      /* ends with .id NULL */
    /* Roles that follow from other data (pupil, parent, class teacher): calls add for each one in force today, in any organisation.
     * What changes them calls auth_roles_changed. */
    NEOERR *(*derived_roles)(struct db *db, int64_t person, struct date today, NEOERR *(*add)(void *data, int64_t org, const char *role), void *data);
    const struct permission *const *permissions;
    const struct form *const *forms;
    const struct process *const *processes;
    const struct list *const *lists;
    const struct output *const *outputs;           /* output forms: slips, books, certificates */
    const struct task_source *task_sources;        /* ends with .id NULL */
    const struct job_kind *jobs;                   /* ends with .id NULL */
    const struct code_list *const *code_lists;
    const struct setting *settings;                /* ends with .key NULL */
    const struct menu_item *menu;                  /* ends with .label NULL */
    const struct search_source *searches;          /* quick search; ends with .id NULL */
    const struct ledger *const *ledgers;
    const char *const *file_uses;                  /* SQL with an organisation and a file: a row when the area's tables refer to it */
    const struct reference *references;            /* what keeps records of other areas from being deleted; ends with .kind NULL */
};

/* Is told one line after another, in words of the page. */
typedef NEOERR *ledger_tell_fn(void *data, const char *words);

/* A ledger: rows are added by orders, never changed; a fold of the unvoided ones gives today's state. */
struct ledger {
    const char *id;
    const char *table;
    /* Writes the rows that void all unvoided rows of an order and folds again; ERROR_CONFLICT when something depends on them. */
    NEOERR *(*cancel_order)(struct request *rq, int64_t order, int64_t cancelling_order);
    /* Tells what depends on an order, at most limit of each kind. */
    NEOERR *(*dependents)(struct request *rq, int64_t order, size_t limit, ledger_tell_fn *tell, void *data);
    /* Tells what a cancellation would change. */
    NEOERR *(*undone)(struct request *rq, int64_t order, size_t limit, ledger_tell_fn *tell, void *data);
    /* Compares the fold with what is stored, for one organisation; tell() gets one line a difference. */
    NEOERR *(*check)(struct db *db, int64_t org, void (*tell)(void *data, const char *line), void *data);
};

/* Says which areas the program has, once at start; indexes every register by id and refuses a doubled id. */
NEOERR *registers_init(const struct area *const *areas);

/* Walks: for (const struct area *const *a = registers(); *a; a++). */
const struct area *const *registers(void);

const struct process *process_find(const char *id);
const struct list *list_find(const char *id);
const struct output *output_find(const char *id);
const struct job_kind *job_find(const char *id);
const struct permission *permission_find(const char *id);
const struct role *role_find(const char *id);
const struct setting *setting_find(const char *key);
const struct code_list *code_list_find(const char *id);

#endif
