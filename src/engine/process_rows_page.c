/* process_rows_page.c: the subjects of a process on a page of their own, when there are more than fit under its fields: found by
 * name or by what is wrong with them, their row fields set for one, for the ticked, for all found. */
#include "engine/process_store.h"

#include "base/text.h"
#include "engine/list.h"
#include "engine/page.h"
#include "engine/route.h"

#include <stdlib.h>
#include <string.h>

struct found {
    struct process_subject **rows;
    size_t count;
    const char *search, *outcome;
    bool only_bad;
};

/* In the label or in what is known beside it. */
static bool has_words(const struct process_run *run, const struct process_subject *subject, const char *key)
{
    const char *const *facts = process_rows(run)->facts;
    if (key[0] == '\0' || strstr(text_fold(run->rq->pool, subject->label), key) != NULL)
        return true;
    for (size_t i = 0; facts != NULL && facts[i] != NULL; i++)
        if (strstr(text_fold(run->rq->pool, subject->facts[i]), key) != NULL)
            return true;
    return false;
}

static bool has_outcome(const struct process_subject *subject, const char *outcome)
{
    return outcome[0] == '\0' || (subject->outcome != NULL && strcmp(subject->outcome, outcome) == 0);
}

static NEOERR *find_rows(struct process_run *run, struct found *found)
{
    struct request *rq = run->rq;
    struct process_subject **ranked = process_rows_ranked(run);
    const char *key = text_fold(rq->pool, request_query(rq, "q"));
    *found = (struct found){.rows = ranked, .search = request_query(rq, "q"), .outcome = request_query(rq, "outcome"),
                            .only_bad = request_query(rq, "only")[0] == '1'};
    for (size_t i = 0; i < run->subject_count; i++)
        if ((!found->only_bad || ranked[i]->message != NULL) && has_outcome(ranked[i], found->outcome) && has_words(run, ranked[i], key))
            found->rows[found->count++] = ranked[i];
    return STATUS_OK;
}

/* The page's own address with what was asked for. */
static char *address_of(const struct process_run *run, const struct found *found)
{
    struct pool *pool = run->rq->pool;
    char *address = route_url(run->rq, "process-rows", route_number(run->rq, run->id));
    address = route_with(pool, route_with(pool, address, "q", found->search), "only", found->only_bad ? "1" : "");
    return route_with(pool, address, "outcome", found->outcome);
}

static NEOERR *show_bar(struct process_run *run, const struct process_subject *any)
{
    struct form_data *form;
    TRY(process_row(run, any, &form));
    for (const struct field *field = form->fields; field->name != NULL; field++) {
        HDF *out;
        TRY(form_set(form, field->name, ""));
        TRY(view_append(run->rq->hdf, "Rows.fields", &out));
        TRY(form_show_input(form, field, out));
        TRY(view_set(out, "none", process_row_none(run)));
    }
    return STATUS_OK;
}

/* To choose from: each outcome with the number of those that have it. */
static NEOERR *show_outcomes(const struct process_run *run, const char *chosen)
{
    const struct code_list *outcomes = process_rows(run)->outcomes;
    for (const struct code *code = outcomes != NULL ? outcomes->codes : NULL; code != NULL && code->code != NULL; code++) {
        HDF *out;
        TRY(view_append(run->rq->hdf, "Rows.outcomes", &out));
        TRY(view_set(out, "value", code->code));
        TRY(view_setf(out, "label", "%s · %zu", code_name(outcomes, code->code), process_outcome_count(run, code->code)));
        TRY(view_set(out, "selected", strcmp(code->code, chosen) == 0 ? "1" : NULL));
    }
    return STATUS_OK;
}

static NEOERR *show_found(struct process_run *run, const struct found *found, bool editable)
{
    struct request *rq = run->rq;
    size_t pages = found->count == 0 ? 1 : (found->count + PROCESS_ROWS_SHOWN - 1) / PROCESS_ROWS_SHOWN;
    int64_t asked = request_query_number(rq, "page");
    size_t page = asked < 1 ? 1 : (size_t)asked > pages ? pages : (size_t)asked;
    size_t from = (page - 1) * PROCESS_ROWS_SHOWN, to = from;
    for (; to < found->count && to < from + PROCESS_ROWS_SHOWN; to++)
        TRY(process_row_show(run, "Process.rows", found->rows[to], editable));
    TRY(show_outcomes(run, found->outcome));
    TRY(view_set(rq->hdf, "Rows.search", found->search));
    TRY(view_set(rq->hdf, "Rows.only", found->only_bad ? "1" : NULL));
    TRY(view_set(rq->hdf, "Rows.edit", editable ? "1" : NULL));
    TRY(view_set(rq->hdf, "Rows.address", route_url(rq, "process-rows", route_number(rq, run->id))));
    TRY(view_set(rq->hdf, "Rows.action", route_with(rq->pool, address_of(run, found), "page", page > 1 ? route_number(rq, (int64_t)page) : "")));
    TRY(view_set_int(rq->hdf, "List.total", (int64_t)found->count));
    TRY(view_set_int(rq->hdf, "List.from", found->count == 0 ? 0 : (int64_t)from + 1));
    TRY(view_set_int(rq->hdf, "List.to", (int64_t)to));
    return nerr_pass(list_paging(rq, address_of(run, found), page, pages));
}

static NEOERR *show_page(struct process_run *run, struct response *rs)
{
    struct request *rq = run->rq;
    struct found found;
    bool editable = process_rows_may_change(run);
    TRY(process_page_begin(run, rs, "process_all_rows.cs", _("Chosen")));
    TRY(view_set_int(rq->hdf, "Process.row_count", (int64_t)run->subject_count));
    TRY(process_row_fields_show(run));
    TRY(find_rows(run, &found));
    TRY(show_found(run, &found, editable));
    if (editable && run->subject_count > 0)
        TRY(show_bar(run, &run->subjects[0]));
    return nerr_pass(form_key_show(rq));
}

/* Messages as of now; what the check says of the fields stands on the process' own page. */
static NEOERR *load(struct request *rq, struct process_run **run)
{
    TRY(process_run_load_page(rq, run));
    if (process_rows(*run) == NULL)
        return nerr_raise(ERROR_NOT_FOUND, "process %s has no subjects", (*run)->process->id);
    if ((*run)->state <= PROCESS_WAITING)
        TRY(process_rows_check(*run));
    TRY(process_rows_label(*run));
    return nerr_pass(form_reset_errors((*run)->form));
}

NEOERR *process_rows_page(struct request *rq, struct response *rs)
{
    struct process_run *run;
    TRY(load(rq, &run));
    return nerr_pass(show_page(run, rs));
}

/* ---- setting ---- */

static NEOERR *set_ticked(struct process_run *run)
{
    const struct http_fields *posted = &run->rq->posted;
    for (size_t i = 0; i < posted->count; i++) {
        if (strcmp(posted->rows[i].name, "ids") != 0)
            continue;
        struct process_subject *subject = process_subject_find(run->subjects, run->subject_count, strtoll(posted->rows[i].value, NULL, 10));
        if (subject != NULL)
            TRY(process_row_set(run, subject));
    }
    return STATUS_OK;
}

static NEOERR *set_found(struct process_run *run)
{
    struct found found;
    TRY(find_rows(run, &found));
    for (size_t i = 0; i < found.count; i++)
        TRY(process_row_set(run, found.rows[i]));
    return STATUS_OK;
}

static NEOERR *save(struct process_run *run)
{
    return nerr_pass(process_rows_read(run));
}

/* The buttons of the page; each saves what stands at the lines too. */
static const struct {
    const char *action;
    NEOERR *(*set)(struct process_run *run);
} settings[] = {{"ticked", set_ticked}, {"found", set_found}, {"save", save}};

static NEOERR *set_posted(struct process_run *run)
{
    const char *action = request_posted(run->rq, "action");
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        if (strcmp(settings[i].action, action) != 0)
            continue;
        TRY(process_rows_read(run));
        return nerr_pass(settings[i].set(run));
    }
    return nerr_raise(ERROR_INPUT, "the rows of a process have no action %s", action);
}

NEOERR *process_rows_post_page(struct request *rq, struct response *rs)
{
    struct process_run *run;
    const char *there = pool_printf(rq->pool, "%s%s%s", rq->http->path, rq->http->query[0] != '\0' ? "?" : "", rq->http->query), *address;
    bool refused;
    TRY(load(rq, &run));
    if (!process_rows_may_change(run))
        return nerr_pass(response_redirect(rq, rs, there));
    run->version = strtoll(request_posted(rq, "version"), NULL, 10);
    TRY(set_posted(run));
    NEOERR *error = process_move_make(run, process_move_find(run, "draft"), NULL, false, &address, &refused);
    if (nerr_handle(&error, ERROR_CONFLICT))
        return nerr_pass(response_redirect_with(rq, rs, there, "warn", _("This was changed meanwhile; here is how it stands now")));
    TRY(error);
    return nerr_pass(response_redirect(rq, rs, there));
}
