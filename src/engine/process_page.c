/* process_page.c: the pages of all processes: the step under way, "check your answers", what was done, the diagram. */
#include "engine/process_store.h"

#include "base/text.h"
#include "engine/auth.h"
#include "engine/output.h"
#include "engine/page.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { REFRESH_SECONDS = 2 };

/* ---- what the templates get ---- */

static NEOERR *show_steps(struct process_run *run)
{
    int number = 0;
    for (const struct step *step = run->process->steps; step->id != NULL; step++) {
        HDF *out;
        if (step->when != NULL && !step->when(run))
            continue;
        TRY(view_append(run->rq->hdf, "Process.steps", &out));
        TRY(view_set_int(out, "number", ++number));
        TRY(view_set(out, "title", request_words(run->rq, step->title)));
        TRY(view_set(out, "state", step < run->step ? "done" : step == run->step ? "now" : "next"));
    }
    return STATUS_OK;
}

bool process_rows_may_change(const struct process_run *run)
{
    return run->state == PROCESS_DRAFT && run->step == run->process->steps && !run->work.is_open && process_may_act(run);
}

static const struct {
    enum outcome outcome;
    const char *value, *label;
} outcome_words[] = {
    {OUTCOME_ACCEPT, "accept", N_("Confirm")},
    {OUTCOME_RETURN, "return", N_("Return for correction")},
    {OUTCOME_REFUSE, "refuse", N_("Refuse")},
};

static NEOERR *show_outcomes(struct process_run *run)
{
    for (size_t i = 0; i < sizeof outcome_words / sizeof outcome_words[0]; i++) {
        HDF *out;
        if (run->step->kind != STEP_CONFIRM || process_move_find(run, outcome_words[i].value) == NULL)
            continue;
        TRY(view_append(run->rq->hdf, "Process.outcomes", &out));
        TRY(view_set(out, "value", outcome_words[i].value));
        TRY(view_set(out, "label", _(outcome_words[i].label)));
    }
    return STATUS_OK;
}

static const char *own_address(const struct process_run *run)
{
    if (run->id == 0)
        return route_url(run->rq, "start", run->process->id);
    return route_url(run->rq, "process", route_number(run->rq, run->id));
}

/* Where «Отменить» leads: the card of the subject, or the section. */
static const char *way_out(const struct process_run *run)
{
    if (run->process->subject_route != NULL && run->subject_count > 0)
        return route_url(run->rq, run->process->subject_route, route_number(run->rq, run->subjects[0].id));
    return route_url(run->rq, run->process->fallback_route);
}

static const char LAST_REMARK[] =
    "SELECT remark FROM process_event WHERE org_id = ? AND process_id = ? AND remark IS NOT NULL ORDER BY id DESC LIMIT 1";

/* Why it was returned or refused, beside the form that is to be mended; at a confirmation what is being typed. */
static NEOERR *show_remark(struct process_run *run)
{
    struct request *rq = run->rq;
    char *remark = NULL;
    if (run->step->kind == STEP_CONFIRM && run->state == PROCESS_WAITING)
        return nerr_pass(view_set(rq->hdf, "Process.remark", request_posted(rq, "remark")));
    if (run->id != 0)
        TRY(db_string(rq->db, rq->pool, LAST_REMARK, DB_VALUES(DB_INT(rq->place.org), DB_INT(run->id)), &remark));
    return nerr_pass(view_set(rq->hdf, "Process.remark", remark));
}

/* What is printed to be signed: of a form by a button that keeps it first, of what is kept by a link. */
static NEOERR *show_paper(struct process_run *run)
{
    struct request *rq = run->rq;
    if (run->process->paper == NULL || !route_is_open(rq, route_by_id(run->process->paper)))
        return STATUS_OK;
    const struct output *output = route_by_id(run->process->paper)->detail;
    TRY(view_set(rq->hdf, "Process.paper.label", request_words(rq, output->title)));
    return run->id == 0 ? STATUS_OK : nerr_pass(view_set(rq->hdf, "Process.paper.href", route_url(rq, run->process->paper, route_number(rq, run->id))));
}

static NEOERR *show_process(struct process_run *run)
{
    struct request *rq = run->rq;
    TRY(view_set(rq->hdf, "Process.title", request_words(rq, run->process->title)));
    TRY(view_set(rq->hdf, "Process.step_title", request_words(rq, run->step->title)));
    TRY(view_set(rq->hdf, "Process.submit", run->step->submit != NULL ? request_words(rq, run->step->submit) : NULL));
    TRY(view_set(rq->hdf, "Process.action", own_address(run)));
    TRY(view_set_int(rq->hdf, "Process.id", run->id));
    TRY(view_set_int(rq->hdf, "Process.version", run->version));
    TRY(view_set(rq->hdf, "Process.state", process_states[run->state]));
    TRY(view_set(rq->hdf, "Process.way_out", way_out(run)));
    TRY(view_set(rq->hdf, "Process.tasks_href", route_url(rq, "tasks")));
    TRY(view_set(rq->hdf, "Process.upload", route_url(rq, "file-upload")));
    if (run->id != 0) {
        TRY(view_set(rq->hdf, "Process.diagram_href", route_url(rq, "process-diagram", route_number(rq, run->id))));
        TRY(view_set(rq->hdf, "Process.saved", i18n_time(rq->pool, run->changed_at, rq->place.time_zone)));
    } else {
        TRY(view_set(rq->hdf, "Process.diagram_href", "#diagram"));
    }
    TRY(show_paper(run));
    TRY(view_set(rq->hdf, "Process.show_back", run->step > run->process->steps && run->step->kind == STEP_FORM ? "1" : NULL));
    TRY(show_remark(run));
    TRY(show_steps(run));
    return nerr_pass(show_outcomes(run));
}

/* Breadcrumb of processes: ПРОЦЕССЫ > process > step (NAV-20). */
NEOERR *process_page_begin(struct process_run *run, struct response *rs, const char *template_name, const char *title)
{
    struct request *rq = run->rq;
    TRY(page_begin(rq, rs, template_name, title));
    TRY(page_crumb(rq, _("Processes"), route_url(rq, "tasks")));
    TRY(page_crumb(rq, request_words(rq, run->process->title), NULL));
    TRY(page_crumb(rq, request_words(rq, run->step->title), NULL));
    TRY(view_set(rq->hdf, "Page.crumbs_kind", "process"));
    if (strcmp(title, request_words(rq, run->process->title)) != 0)
        TRY(page_facts(rq, request_words(rq, run->process->title)));
    TRY(page_menu(rq, run->process->menu));
    TRY(show_process(run));
    return nerr_pass(diagram_show(run));
}

/* The values of all form steps, as people read them. */
static NEOERR *show_answers(struct process_run *run)
{
    for (const struct step *step = run->process->steps; step->id != NULL && step <= run->step; step++)
        for (const struct field *field = step->fields; field != NULL && field->name != NULL; field++) {
            const char *words = form_display_of(run->form, field);
            if (words[0] == '\0' || field->kind == FIELD_HIDDEN || (field->when != NULL && !field->when(run->form)))
                continue;
            TRY(form_fact(run->rq, request_words(run->rq, field->label), words));
        }
    TRY(form_show_messages(run->form));
    return nerr_pass(form_key_show(run->rq));
}

/* A job has tried and did not come through: why. */
static NEOERR *warn_of_work(struct process_run *run)
{
    if (run->work.id == 0)
        return STATUS_OK;
    const char *words = run->work.said != NULL ? run->work.said : _("It was not carried out, and nothing was changed. You can send it again.");
    return nerr_pass(form_warn(run->form, "", "%s", words));
}

/* Of wrong values nothing follows. */
static NEOERR *show_preview(struct process_run *run)
{
    return run->process->preview != NULL && run->form->error_count == 0 ? nerr_pass(run->process->preview(run)) : STATUS_OK;
}

static NEOERR *show_form_page(struct process_run *run, struct response *rs, int status)
{
    rs->http.status = status;
    TRY(warn_of_work(run));
    TRY(process_rows_show(run, run->step == run->process->steps));
    TRY(process_page_begin(run, rs, "process.cs", request_words(run->rq, run->step->title)));
    if (run->step->kind == STEP_FORM)
        TRY(form_show(run->form));
    else
        TRY(show_answers(run));
    if (run->step->kind == STEP_CONFIRM || run->rq->http->method == HTTP_POST)
        TRY(show_preview(run));
    if (run->process->will != NULL)
        TRY(run->process->will(run));
    return STATUS_OK;
}

static NEOERR *show_check_page(struct process_run *run, struct response *rs)
{
    TRY(process_check(run));
    TRY(process_rows_show(run, false));
    TRY(process_page_begin(run, rs, "process_check.cs", _("Check before you confirm")));
    TRY(show_answers(run));
    TRY(show_preview(run));
    if (run->process->will != NULL)
        TRY(run->process->will(run));
    return STATUS_OK;
}

static const struct {
    enum process_state state;
    const char *words;
} ended_words[] = {
    {PROCESS_DONE, N_("Done")},
    {PROCESS_CANCELLED, N_("The process was cancelled; nothing was changed")},
    {PROCESS_REFUSED, N_("The process was refused; nothing was changed")},
    {PROCESS_WAITING, N_("Waiting for confirmation")},
    {PROCESS_DRAFT, N_("A draft of another person")},
};

/* While a job carries it out: asked again by script every second, by the browser itself where there is no script. */
static NEOERR *show_work(struct process_run *run, struct response *rs)
{
    struct request *rq = run->rq;
    TRY(view_set(rq->hdf, "Done.text", _("Being carried out")));
    TRY(view_set(rq->hdf, "Done.poll", own_address(run)));
    TRY(view_set_int(rq->hdf, "Done.done", run->work.done));
    TRY(view_set_int(rq->hdf, "Done.all", (int64_t)run->subject_count));
    http_header(rq->pool, &rs->http, "Refresh", pool_printf(rq->pool, "%d", REFRESH_SECONDS));
    return STATUS_OK;
}

static NEOERR *show_state_page(struct process_run *run, struct response *rs)
{
    struct request *rq = run->rq;
    TRY(process_rows_show(run, false));
    TRY(process_page_begin(run, rs, "process_done.cs", request_words(rq, run->process->title)));
    TRY(show_answers(run));
    for (size_t i = 0; i < sizeof ended_words / sizeof ended_words[0]; i++)
        if (ended_words[i].state == run->state)
            TRY(view_set(rq->hdf, "Done.text", _(ended_words[i].words)));
    TRY(view_set_int(rq->hdf, "Done.number", run->id));
    if (run->work.is_open)
        return nerr_pass(show_work(run, rs));
    if (process_is_own_confirmation(run))
        TRY(view_setf(rq->hdf, "Done.why", _("You have sent it yourself, so another person confirms it: %s."), process_who(run, run->step, 0)));
    if (run->state == PROCESS_DONE && run->process->done != NULL)
        return nerr_pass(run->process->done(run));
    if (run->state == PROCESS_DONE && run->process->subject_route != NULL && (run->made != 0 || run->subject_count == 1)) {
        int64_t subject = run->made != 0 ? run->made : run->subjects[0].id;
        return nerr_pass(process_next(run, _("Open the card"), route_url(rq, run->process->subject_route, route_number(rq, subject)), true));
    }
    return nerr_pass(process_next(run, _("Task list"), route_url(rq, "tasks"), false));
}

NEOERR *process_will(struct process_run *run, const char *format, ...)
{
    HDF *out;
    va_list args;
    TRY(view_append(run->rq->hdf, "Will", &out));
    va_start(args, format);
    const char *words = pool_vprintf(run->rq->pool, format, args);
    va_end(args);
    return nerr_pass(view_set(out, "text", words));
}

NEOERR *process_change(struct process_run *run, const struct process_change *change)
{
    struct request *rq = run->rq;
    int count = hdf_get_int_value(rq->hdf, "Change.count", 0);
    HDF *out;
    TRY(view_set_int(rq->hdf, "Change.count", count + 1));
    if (count >= PROCESS_CHANGES_SHOWN)
        return STATUS_OK;
    TRY(view_append(rq->hdf, "Change.rows", &out));
    TRY(view_set(out, "who", change->who));
    TRY(view_set(out, "from", i18n_date(rq->pool, change->from)));
    TRY(view_set(out, "until", change->until.year != 0 ? i18n_date(rq->pool, change->until) : NULL));
    TRY(view_set(out, "before", change->before));
    TRY(view_set(out, "after", change->after));
    return nerr_pass(view_set(out, "then", change->then));
}

NEOERR *process_change_total(struct process_run *run, const char *words)
{
    HDF *out;
    TRY(view_append(run->rq->hdf, "Change.totals", &out));
    return nerr_pass(view_set(out, "text", words));
}

NEOERR *process_next(struct process_run *run, const char *label, const char *address, bool primary)
{
    HDF *out;
    TRY(view_append(run->rq->hdf, "Done.next", &out));
    TRY(view_set(out, "label", label));
    TRY(view_set(out, "href", address));
    return nerr_pass(view_set(out, "primary", primary ? "1" : NULL));
}

char *process_url(struct request *rq, const struct process *process, int64_t subject)
{
    char *address = route_url(rq, "start", process->id);
    return subject == 0 ? address : process_url_for(rq, address, subject);
}

char *process_url_for(struct request *rq, const char *address, int64_t subject)
{
    return pool_printf(rq->pool, "%s?subject=%" PRId64, address, subject);
}

/* ---- acting ---- */

static NEOERR *deny(const struct process_run *run, const struct permission *permission)
{
    run->rq->lacking = permission;
    return nerr_raise(ERROR_DENIED, "work on the process %s: the permission %s is needed", run->process->id, permission->id);
}

static NEOERR *deny_unless_may(const struct process_run *run)
{
    return process_may_act(run) ? STATUS_OK : deny(run, process_permission(run));
}

/* A stale tab or another person was faster: what was typed stays, with the version of now. */
static NEOERR *show_overtaken(struct process_run *run, struct response *rs)
{
    if (run->id != 0) {
        struct process_run *now;
        TRY(process_run_load(run->rq, run->id, &now));
        if (now->state > PROCESS_WAITING || now->step != run->step)
            return nerr_pass(response_redirect_with(run->rq, rs, own_address(now), "warn", _("This was changed meanwhile; here is how it stands now")));
        run->version = now->version;
    }
    TRY(form_error(run->form, "", "%s", _("This was changed meanwhile in another window. Check your values and press the button again")));
    return nerr_pass(show_form_page(run, rs, 409));
}

static NEOERR *make_move(struct process_run *run, struct response *rs, const struct move *move, const char *remark, bool asks)
{
    const char *address;
    bool refused;
    if (run->id == 0 && strcmp(request_posted(run->rq, "action"), "cancel") == 0)
        return nerr_pass(response_redirect(run->rq, rs, way_out(run)));
    NEOERR *error = process_move_make(run, move, remark, asks, &address, &refused);
    if (nerr_handle(&error, ERROR_CONFLICT))
        return nerr_pass(show_overtaken(run, rs));
    TRY(error);
    if (refused)
        return nerr_pass(show_form_page(run, rs, run->form->error_count > 0 ? 422 : 200));
    return nerr_pass(response_redirect(run->rq, rs, address));
}

/* For several subjects a page with all answers stands between the form and the transaction. */
static NEOERR *save_and_check(struct process_run *run, struct response *rs)
{
    const char *address;
    bool refused;
    NEOERR *error = process_move_make(run, process_move_find(run, "draft"), NULL, false, &address, &refused);
    if (nerr_handle(&error, ERROR_CONFLICT))
        return nerr_pass(show_overtaken(run, rs));
    TRY(error);
    return nerr_pass(response_redirect(run->rq, rs, route_with(run->rq->pool, address, "check", "1")));
}

static NEOERR *read_posted(struct process_run *run)
{
    TRY(form_read(run->form));
    return run->step == run->process->steps ? nerr_pass(process_rows_read(run)) : STATUS_OK;
}

static NEOERR *act(struct process_run *run, struct response *rs)
{
    struct request *rq = run->rq;
    const char *action = request_posted(rq, "action");
    const char *remark = text_clean(rq->pool, request_posted(rq, "remark"), true);
    bool checked = request_posted(rq, "checked")[0] == '1';
    const struct move *move = process_move_find(run, action);
    bool refresh = strcmp(action, "refresh") == 0, stops = false;
    run->is_confirmed = checked || run->step->kind == STEP_CONFIRM;
    if (move == NULL && !refresh)
        return nerr_raise(ERROR_INPUT, "process %s has no action %s at step %s", run->process->id, action, run->step->id);
    if (run->step->kind == STEP_FORM && strcmp(action, "cancel") != 0)
        TRY(checked ? form_check(run->form) : read_posted(run));
    if (refresh) {
        TRY(form_reset_errors(run->form));
        return nerr_pass(show_form_page(run, rs, 200));
    }
    bool is_form = run->step->kind == STEP_FORM && process_move_checks(move) && !checked, is_listed = is_form && process_is_of_many(run);
    /* Where nothing is wrong so far and nothing is shown first, the rules are read once, in the transaction. */
    bool asks = is_form && !is_listed && !form_says_anything(run->form);
    if (process_move_checks(move) && !asks)
        TRY(process_check(run));
    if (process_move_needs_remark(move) && remark[0] == '\0')
        TRY(form_error(run->form, "remark", "%s", _("Say why: the person will read it")));
    if ((process_move_checks(move) || process_move_needs_remark(move)) && run->form->error_count > 0)
        return nerr_pass(show_form_page(run, rs, 422));
    if (is_listed)
        return nerr_pass(save_and_check(run, rs));
    if (is_form && !asks)
        TRY(form_stop_at_warnings(run->form, &stops));
    if (stops)
        return nerr_pass(show_form_page(run, rs, 200));
    return nerr_pass(make_move(run, rs, move, remark[0] != '\0' ? remark : NULL, asks));
}

/* ---- pages ---- */

static NEOERR *add_named_subjects(struct process_run *run, const struct http_fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++) {
        char *rest = pool_strdup(run->rq->pool, fields->rows[i].value), *id;
        if (strcmp(fields->rows[i].name, name) != 0)
            continue;
        rest += rest[0] == '['; /* of process_subject_ids */
        while ((id = strsep(&rest, ",")) != NULL)
            if (strtoll(id, NULL, 10) > 0)
                TRY(process_add_subject(run, strtoll(id, NULL, 10)));
    }
    return STATUS_OK;
}

static NEOERR *open_new(struct request *rq, struct process_run **run)
{
    const struct process *process = process_find(rq->ids[0]);
    if (process == NULL)
        return nerr_raise(ERROR_NOT_FOUND, "no process %s", rq->ids[0]);
    TRY(process_run_new(rq, process, run));
    return nerr_pass(deny_unless_may(*run));
}

/* Every subject must be one that this person may touch here. */
static NEOERR *begin_new(struct process_run *run)
{
    TRY(process_rows_label(run));
    if (run->process->begin != NULL)
        TRY(run->process->begin(run));
    return nerr_pass(process_run_seed(run));
}

/* The form as it was posted when the session had lapsed already, of the version that was then. */
static NEOERR *show_kept(struct process_run *run, struct response *rs)
{
    run->version = strtoll(request_posted(run->rq, "version"), NULL, 10);
    TRY(read_posted(run));
    TRY(form_say_kept(run->form));
    return nerr_pass(show_form_page(run, rs, 200));
}

NEOERR *process_new_page(struct request *rq, struct response *rs)
{
    struct process_run *run;
    bool kept;
    TRY(open_new(rq, &run));
    TRY(auth_kept_form(rq, &kept));
    TRY(add_named_subjects(run, kept ? &rq->posted : &rq->query, "subject"));
    TRY(begin_new(run));
    return nerr_pass(kept ? show_kept(run, rs) : show_form_page(run, rs, 200));
}

static NEOERR *add_listed(void *data, int64_t id)
{
    return nerr_pass(process_add_subject(data, id));
}

/* Rows ticked in a list, or all that it finds: a draft is made of them, and its page opened. */
static NEOERR *start_from_list(struct process_run *run, struct response *rs)
{
    struct request *rq = run->rq;
    const struct list *list = list_find(request_posted(rq, "list"));
    const char *address;
    bool refused;
    if (request_posted(rq, "all")[0] == '1' && list != NULL)
        TRY(list_each_id(rq, list, strtoll(request_posted(rq, "list_subject"), NULL, 10), NULL, add_listed, run));
    else
        TRY(add_named_subjects(run, &rq->posted, "ids"));
    if (run->subject_count == 0)
        return nerr_pass(response_redirect_with(rq, rs, way_out(run), "warn", _("Tick at least one line first")));
    TRY(begin_new(run));
    TRY(process_move_make(run, process_move_find(run, "draft"), NULL, false, &address, &refused));
    return nerr_pass(response_redirect(rq, rs, address));
}

NEOERR *process_start_page(struct request *rq, struct response *rs)
{
    struct process_run *run;
    TRY(open_new(rq, &run));
    if (request_posted(rq, "action")[0] == '\0')
        return nerr_pass(start_from_list(run, rs));
    TRY(add_named_subjects(run, &rq->posted, "subject"));
    TRY(begin_new(run));
    return nerr_pass(act(run, rs));
}

NEOERR *process_run_load_page(struct request *rq, struct process_run **run)
{
    int64_t id;
    TRY(request_id(rq, 0, &id));
    TRY(process_run_load(rq, id, run));
    if (process_may_act(*run) || request_may(rq, (*run)->process->permission) || (*run)->started_by == rq->session.account)
        return STATUS_OK;
    return nerr_pass(deny(*run, (*run)->process->permission));
}

NEOERR *process_page(struct request *rq, struct response *rs)
{
    struct process_run *run;
    bool kept;
    TRY(process_run_load_page(rq, &run));
    if (run->state > PROCESS_WAITING || run->work.is_open || !process_may_act(run))
        return nerr_pass(show_state_page(run, rs));
    if (request_query(rq, "check")[0] == '1' && run->step->kind == STEP_FORM)
        return nerr_pass(show_check_page(run, rs));
    if (run->step->kind == STEP_CONFIRM)
        TRY(process_check(run)); /* who confirms reads what whoever sent it was told */
    TRY(auth_kept_form(rq, &kept));
    return nerr_pass(kept && run->step->kind == STEP_FORM ? show_kept(run, rs) : show_form_page(run, rs, 200));
}

NEOERR *process_post_page(struct request *rq, struct response *rs)
{
    struct process_run *run;
    TRY(process_run_load_page(rq, &run));
    if (run->state > PROCESS_WAITING || run->work.is_open)
        return nerr_pass(response_redirect(rq, rs, own_address(run)));
    if (process_is_own_confirmation(run)) {
        rs->http.status = 403;
        return nerr_pass(show_state_page(run, rs));
    }
    TRY(deny_unless_may(run));
    run->version = strtoll(request_posted(rq, "version"), NULL, 10);
    return nerr_pass(act(run, rs));
}

NEOERR *process_diagram_page(struct request *rq, struct response *rs)
{
    struct process_run *run;
    TRY(process_run_load_page(rq, &run));
    return nerr_pass(process_page_begin(run, rs, "diagram.cs", _("Process diagram")));
}
