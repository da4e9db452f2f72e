/* process_store.h: between process.c and process_page.c: the rows of a process in the database. */
#ifndef MEKTEP_PROCESS_STORE_H
#define MEKTEP_PROCESS_STORE_H

#include "engine/process.h"

/* The words of process.state, in the order of enum process_state. */
extern const char *const process_states[];

/* A run that is not stored yet, at its first step. ERROR_DENIED without the permission, ERROR_NOT_FOUND where it does not apply. */
NEOERR *process_run_new(struct request *rq, const struct process *process, struct process_run **out);
/* A stored run, at its step; ERROR_NOT_FOUND for another organisation's. */
NEOERR *process_run_load(struct request *rq, int64_t id, struct process_run **out);

/* The subjects as process_rows.seed finds them now, where it has one. */
NEOERR *process_run_seed(struct process_run *run);
/* Puts the run at a step: its fields become the form's. */
NEOERR *process_run_at(struct process_run *run, const struct step *step);
const struct step *process_step_find(const struct process *process, const char *id);
/* The next step that is not skipped; NULL after the last. */
const struct step *process_step_next(const struct process_run *run);
/* What is needed for the step that it stands at. */
const struct permission *process_permission(const struct process_run *run);
/* It waits for a confirmation, and this person has sent it there: a second person confirms. */
bool process_is_own_confirmation(const struct process_run *run);
/* The account that sent a process p to its confirmation last, in SQL. */
#define PROCESS_SENT_BY                                                                                                       \
    "(SELECT e.account_id FROM process_event e WHERE e.org_id = p.org_id AND e.process_id = p.id AND e.event = 'submit'"      \
    " ORDER BY e.id DESC LIMIT 1)"
/* The organisation's roles that hold a step's permission, in words; those after max_bytes are left out, 0 = none is. */
const char *process_who(const struct process_run *run, const struct step *step, size_t max_bytes);
/* True when the person may do this step now: holds its permission, and is not the one who sent what is to be confirmed. */
bool process_may_act(const struct process_run *run);

/* The rules over rows and fields, into the form's errors and the rows' messages. */
NEOERR *process_check(struct process_run *run);

/* ---- subjects ---- */

const struct process_rows *process_rows(const struct process_run *run); /* NULL: it has none */
bool process_is_of_many(const struct process_run *run);                 /* they are listed, and looked through before it is carried out */
NEOERR *process_rows_read(struct process_run *run);                     /* posted values "FIELD.ID" */
NEOERR *process_row_set(struct process_run *run, struct process_subject *subject); /* posted values "FIELD", for several */
NEOERR *process_rows_check(struct process_run *run);
/* Process.{row_count,rows_listed,rows_later,rows_href,rows_edit,subjects,outcomes} Process.row_facts.N.label Process.row_fields.N.label
 * Process.rows.N.{id,label,message,href,outcome} Process.rows.N.facts.M.value
 * Process.rows.N.cells.M: words, or a field as in Form.fields with none and spoken
 * Process.apart.{title,count,href} Process.apart.rows.N: as Process.rows */
NEOERR *process_rows_show(struct process_run *run, bool editable);
NEOERR *process_row_show(struct process_run *run, const char *under, const struct process_subject *subject, bool editable);
NEOERR *process_row_fields_show(struct process_run *run);
const char *process_row_none(const struct process_run *run); /* what an empty row field means */
/* This person may set row fields now. */
bool process_rows_may_change(const struct process_run *run);

/* ---- for the pages ---- */

NEOERR *process_page_begin(struct process_run *run, struct response *rs, const char *template_name, const char *title);

/* What a button does with a run; the names are those of the posted action. */
struct move;
const struct move *process_move_find(const struct process_run *run, const char *action); /* NULL: not at this step */
bool process_move_checks(const struct move *move); /* "submit" and "accept": the values must be right */
bool process_move_needs_remark(const struct move *move);
/* Makes the move in one transaction. asks: the rules were not read yet, and what they warn of is to be shown first. *address: where to
 * go on. *refused: the rules said no or warned inside the transaction, form and rows hold the words. */
NEOERR *process_move_make(struct process_run *run, const struct move *move, const char *remark, bool asks, const char **address, bool *refused);

/* Checks and applies in one transaction: for the job. */
NEOERR *process_carry_out(struct process_run *run, bool *refused);

/* p is being carried out by a job, in SQL. */
#define PROCESS_IS_WORKING \
    "EXISTS (SELECT 1 FROM job j WHERE j.org_id = p.org_id AND j.id = p.job_id AND j.state IN ('waiting', 'running'))"

/* All of the following run inside a transaction. */
NEOERR *process_work_add(struct db *db, struct process_run *run);     /* the job that carries it out */
NEOERR *process_store_lock(struct db *db, struct process_run *run);   /* checks the version and that it still runs */
NEOERR *process_store_add(struct db *db, struct process_run *run);    /* its row, when there is none yet; the values come by save */
NEOERR *process_store_save(struct db *db, struct process_run *run, const struct step *step, enum process_state state);
NEOERR *process_store_event(struct process_run *run, const char *event, const char *remark); /* kept until they are written together */
NEOERR *process_store_events(struct db *db, struct process_run *run);

#endif
