/* process.c: what the buttons of a process do: draft, submit, back, cancel, accept, return, refuse; and the transaction of each. */
#include "engine/process_store.h"

#include "engine/audit.h"
#include "engine/route.h"

#include <string.h>

/* ---- rules ---- */

NEOERR *process_check(struct process_run *run)
{
    TRY(process_rows_check(run));
    if (run->process->check != NULL)
        TRY(run->process->check(run));
    return STATUS_OK;
}

/* ---- moves ---- */

struct move {
    const char *action;
    enum step_kind at;            /* the kind of step that has this button */
    enum outcome outcome;         /* for STEP_CONFIRM: allowed only when the step lists it */
    bool checks;
    enum { GO_ON, GO_BACK, STAY, END } way;
    enum process_state ends_as;   /* for END */
    const char *event;            /* NULL = not worth an event */
    bool reserves, needs_remark;
    const char *release_reason;   /* msgid; NULL = nothing is released */
    const char *leads_to;         /* route of the process; NULL = its own page */
    bool prints;                  /* leads to the process' paper */
};

static const struct move moves[] = {
    {.action = "submit", .at = STEP_FORM, .checks = true, .way = GO_ON, .event = "submit"},
    {.action = "draft", .at = STEP_FORM, .way = STAY, .reserves = true},
    {.action = "paper", .at = STEP_FORM, .way = STAY, .reserves = true, .prints = true},
    {.action = "rows", .at = STEP_FORM, .way = STAY, .reserves = true, .leads_to = "process-rows"},
    {.action = "back", .at = STEP_FORM, .way = GO_BACK},
    {.action = "cancel", .at = STEP_FORM, .way = END, .ends_as = PROCESS_CANCELLED, .event = "cancel",
     .release_reason = N_("the draft was cancelled")},
    {.action = "accept", .at = STEP_CONFIRM, .outcome = OUTCOME_ACCEPT, .checks = true, .way = GO_ON, .event = "accept"},
    {.action = "return", .at = STEP_CONFIRM, .outcome = OUTCOME_RETURN, .way = GO_BACK, .event = "return", .needs_remark = true},
    {.action = "refuse", .at = STEP_CONFIRM, .outcome = OUTCOME_REFUSE, .way = END, .ends_as = PROCESS_REFUSED, .event = "refuse",
     .release_reason = N_("the order was not confirmed"), .needs_remark = true},
};

static bool lists_outcome(const struct step *step, enum outcome outcome)
{
    for (size_t i = 0; i < sizeof step->outcomes / sizeof step->outcomes[0]; i++)
        if (step->outcomes[i] == outcome)
            return true;
    return false;
}

const struct move *process_move_find(const struct process_run *run, const char *action)
{
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
        if (strcmp(moves[i].action, action) == 0 && moves[i].at == run->step->kind && (!moves[i].prints || run->process->paper != NULL) &&
            (moves[i].outcome == 0 || lists_outcome(run->step, moves[i].outcome)))
            return &moves[i];
    return NULL;
}

bool process_move_checks(const struct move *move)
{
    return move->checks;
}

bool process_move_needs_remark(const struct move *move)
{
    return move->needs_remark;
}

static const struct step *form_step_before(const struct process_run *run)
{
    const struct step *step = run->step;
    while (step > run->process->steps) {
        step--;
        if (step->kind == STEP_FORM && (step->when == NULL || step->when(run)))
            return step;
    }
    return run->process->steps;
}

struct making {
    struct process_run *run;
    const struct move *move;
    const char *remark;
    bool asks;
    int64_t id_before, order_before; /* a transaction that is run again begins from these */
    const char *address;
    bool refused;
};

static NEOERR *audit_all(struct db *db, struct process_run *run)
{
    const struct process *process = run->process;
    if (run->made != 0)
        return nerr_pass(audit_add(db, run->rq, process->subject_kind, run->made, process->id, run->title, NULL));
    if (process->subject_kind == NULL || run->subject_count == 0)
        return STATUS_OK;
    const char *ids = process_subject_ids(run->rq->pool, run->subjects, run->subject_count);
    return nerr_pass(audit_add_all(db, run->rq, process->subject_kind, ids, process->id));
}

/* The row of the process is there before apply, so that the order can name it; what it says is saved after. */
static NEOERR *apply(struct db *db, struct process_run *run)
{
    TRY(process_store_add(db, run));
    TRY(run->process->apply(db, run));
    TRY(audit_all(db, run));
    for (size_t i = 0; i < run->subject_count; i++)
        run->subjects[i].is_changed |= run->subjects[i].outcome != NULL; /* what became of it is kept */
    TRY(process_store_save(db, run, run->step, PROCESS_DONE));
    return nerr_pass(process_store_event(run, "apply", NULL));
}

static NEOERR *go(struct db *db, struct making *making)
{
    struct process_run *run = making->run;
    const struct move *move = making->move;
    const struct step *next = process_step_next(run);
    if (move->way == GO_ON && next == NULL)
        return nerr_pass(run->subject_count > PROCESS_AT_ONCE_MAX ? process_work_add(db, run) : apply(db, run));
    if (move->way == GO_ON)
        return nerr_pass(process_store_save(db, run, next, next->kind == STEP_CONFIRM ? PROCESS_WAITING : PROCESS_DRAFT));
    if (move->way == GO_BACK)
        return nerr_pass(process_store_save(db, run, form_step_before(run), PROCESS_DRAFT));
    return nerr_pass(process_store_save(db, run, run->step, move->way == END ? move->ends_as : PROCESS_DRAFT));
}

static const char *leads_to(const struct process_run *run, const struct move *move)
{
    if (move->prints)
        return run->process->paper;
    return move->leads_to != NULL ? move->leads_to : "process";
}

static NEOERR *begin_again(struct making *making)
{
    struct process_run *run = making->run;
    run->id = making->id_before;
    run->order = making->order_before;
    run->made = 0;
    run->event_count = 0;
    making->refused = false;
    return nerr_pass(form_reset_errors(run->form));
}

static NEOERR *check_inside(struct db *db, struct making *making)
{
    struct process_run *run = making->run;
    if (run->process->lock != NULL)
        TRY(run->process->lock(db, run));
    TRY(process_check(run));
    making->refused = run->form->error_count > 0;
    if (!making->refused && making->asks)
        TRY(form_stop_at_warnings(run->form, &making->refused));
    if (making->refused)
        return nerr_raise(ERROR_CONFLICT, "the rules of %s do not hold", run->process->id);
    return STATUS_OK;
}

static NEOERR *make_change(struct db *db, void *data)
{
    struct making *making = data;
    struct process_run *run = making->run;
    const struct move *move = making->move;
    bool repeated;
    char *result;
    TRY(begin_again(making));
    TRY(form_key_take(db, run->rq, &repeated, &result));
    making->address = result;
    if (repeated)
        return STATUS_OK;
    TRY(process_store_lock(db, run));
    if (move->checks)
        TRY(check_inside(db, making));
    if (move->reserves && run->process->reserve != NULL) {
        TRY(process_store_save(db, run, run->step, run->state));
        TRY(run->process->reserve(db, run));
    }
    if (move->release_reason != NULL && run->process->release != NULL)
        TRY(run->process->release(db, run, move->release_reason));
    TRY(go(db, making));
    if (move->event != NULL)
        TRY(process_store_event(run, move->event, making->remark));
    TRY(process_store_events(db, run));
    making->address = route_url(run->rq, leads_to(run, move), route_number(run->rq, run->id));
    return nerr_pass(form_key_result(db, run->rq, making->address));
}

NEOERR *process_move_make(struct process_run *run, const struct move *move, const char *remark, bool asks, const char **address, bool *refused)
{
    struct making making = {.run = run, .move = move, .remark = remark, .asks = asks, .id_before = run->id, .order_before = run->order};
    NEOERR *error = db_run(run->rq->db, make_change, &making);
    *refused = making.refused;
    if (error != STATUS_OK)
        run->id = making.id_before;
    if (making.refused && nerr_handle(&error, ERROR_CONFLICT))
        return STATUS_OK;
    *address = making.address;
    return nerr_pass(error);
}

static NEOERR *carry_out(struct db *db, void *data)
{
    struct making *making = data;
    TRY(begin_again(making));
    TRY(process_store_lock(db, making->run));
    TRY(check_inside(db, making));
    TRY(apply(db, making->run));
    return nerr_pass(process_store_events(db, making->run));
}

NEOERR *process_carry_out(struct process_run *run, bool *refused)
{
    struct making making = {.run = run, .id_before = run->id, .order_before = run->order};
    NEOERR *error = db_run(run->rq->db, carry_out, &making);
    *refused = making.refused;
    if (making.refused)
        nerr_handle(&error, ERROR_CONFLICT);
    return nerr_pass(error);
}
