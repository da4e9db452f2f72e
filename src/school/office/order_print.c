/* order_print.c: an order as it is printed to be signed: the organisation's words, with what the form says in them. */
#include "school/office/order.h"

#include "engine/page.h"
#include "school/permissions.h"

#include <string.h>

enum { NUMBER_AND_NAME = 2, COLUMNS_MAX = 10 };

/* ---- the words ---- */

/* What stands for a name in braces; what the form does not say yet leaves a line to be written on. */
static const char *say_name(struct process_run *run, const char *name)
{
    struct request *rq = run->rq;
    const struct field *field = order_field(run->process, name);
    const char *words = "";
    if (strcmp(name, "day") == 0)
        words = order_day(run).year != 0 ? i18n_date_long(rq->pool, order_day(run)) : "";
    else if (field != NULL)
        words = form_display(rq, field, form_text(run->form, name));
    return words[0] != '\0' ? words : "__________";
}

static const char *fill(struct process_run *run, const char *text)
{
    struct pool *pool = run->rq->pool;
    const char *filled = "", *brace, *end;
    while ((brace = strchr(text, '{')) != NULL && (end = strchr(brace, '}')) != NULL) {
        const char *name = pool_strndup(pool, brace + 1, (size_t)(end - brace - 1));
        filled = pool_printf(pool, "%s%.*s%s", filled, (int)(brace - text), text, say_name(run, name));
        text = end + 1;
    }
    return pool_printf(pool, "%s%s", filled, text);
}

/* ---- the people ---- */

static const char *outcome_of(const struct process_run *run, const struct process_subject *subject)
{
    const char *outcome = code_name(run->process->steps[0].rows->outcomes, subject->outcome);
    return subject->outcome_words == NULL ? outcome : pool_printf(run->rq->pool, "%s: %s", outcome, subject->outcome_words);
}

static NEOERR *open_table(struct process_run *run, struct doc *doc)
{
    const struct process_rows *rows = run->process->steps[0].rows;
    struct doc_column columns[COLUMNS_MAX] = {{"№", DOC_NUMBER, 0.4}, {request_words(run->rq, N_("Full name, date of birth")), DOC_TEXT, 4}};
    size_t count = NUMBER_AND_NAME;
    if (rows->outcomes != NULL)
        columns[count++] = (struct doc_column){_("Outcome"), DOC_TEXT, 2};
    for (const struct field *field = rows->outcomes == NULL ? rows->fields : NULL; field != NULL && field->name != NULL && count < COLUMNS_MAX; field++)
        columns[count++] = (struct doc_column){request_words(run->rq, field->label), DOC_TEXT, 2};
    return nerr_pass(doc_table(doc, columns, count));
}

static NEOERR *add_subject(struct process_run *run, struct doc *doc, const struct process_subject *subject, size_t number)
{
    const struct process_rows *rows = run->process->steps[0].rows;
    const char *cells[COLUMNS_MAX] = {pool_printf(run->rq->pool, "%zu", number), subject->label};
    size_t count = NUMBER_AND_NAME;
    struct form_data *row = NULL;
    if (rows->outcomes != NULL)
        cells[count++] = outcome_of(run, subject);
    else if (rows->fields != NULL)
        TRY(process_row(run, subject, &row));
    for (const struct field *field = row != NULL ? row->fields : NULL; field != NULL && field->name != NULL && count < COLUMNS_MAX; field++)
        TRY(process_row_words(run, field, &cells[count++]));
    return nerr_pass(doc_row(doc, cells));
}

static NEOERR *print_people(struct process_run *run, struct doc *doc)
{
    const struct process_rows *rows = run->process->steps[0].rows;
    if (rows == NULL || run->subject_count == 0)
        return STATUS_OK;
    TRY(process_rows_label(run));
    if (rows->judge != NULL && run->state <= PROCESS_WAITING)
        TRY(rows->judge(run));
    struct process_subject **ranked = process_rows_ranked(run);
    TRY(open_table(run, doc));
    for (size_t i = 0; i < run->subject_count; i++)
        TRY(add_subject(run, doc, ranked[i], i + 1));
    return STATUS_OK;
}

/* ---- the document ---- */

/* The run of the address, kept for head and build. */
static NEOERR *load(struct form_data *form, struct process_run **run)
{
    if (form->detail == NULL) {
        TRY(process_run_load_page(form->rq, run));
        form->detail = *run;
    }
    *run = form->detail;
    if ((*run)->process->paper == NULL || strcmp((*run)->process->paper, ORDER_PAPER) != 0)
        return nerr_raise(ERROR_NOT_FOUND, "the process %s makes no order", (*run)->process->id);
    return STATUS_OK;
}

static NEOERR *head(struct form_data *form, struct doc_head *head)
{
    struct process_run *run;
    struct request *rq = form->rq;
    TRY(load(form, &run));
    const char *number = form_text(run->form, "order_number");
    struct date dated = form_date(run->form, "order_date");
    head->title = pool_printf(rq->pool, _("Order № %s"), number[0] != '\0' ? number : "____");
    head->subtitle = dated.year != 0 ? i18n_date_long(rq->pool, dated) : NULL;
    return STATUS_OK;
}

static const char HEAD_OF_SCHOOL[] =
    "SELECT CONCAT_WS(' ', h.surname, h.given, NULLIF(h.patronymic, '')) FROM role_grant g JOIN person h ON h.id = g.person_id"
    " WHERE g.org_id = ? AND g.role = 'head' AND g.valid_from <= ? AND (g.valid_to IS NULL OR g.valid_to >= ?) ORDER BY g.id DESC LIMIT 1";

NEOERR *order_signer(struct request *rq, struct date on, const char **name)
{
    char *found;
    TRY(db_string(rq->db, rq->pool, HEAD_OF_SCHOOL, DB_VALUES(DB_INT(rq->place.org), DB_DATE(on), DB_DATE(on)), &found));
    *name = found != NULL ? found : "";
    return STATUS_OK;
}

static NEOERR *build(struct form_data *form, struct doc *doc)
{
    struct process_run *run;
    struct request *rq = form->rq;
    const char *text, *signer;
    char *rest, *line;
    TRY(load(form, &run));
    struct date dated = form_date(run->form, "order_date");
    TRY(order_text(rq, ((const struct order_series *)run->process->detail)->kind, &text));
    TRY(doc_text(doc, DOC_STRONG, form_text(run->form, "order_summary")));
    rest = pool_strdup(rq->pool, text);
    while ((line = strsep(&rest, "\n")) != NULL)
        TRY(strcmp(line, "{list}") == 0 ? print_people(run, doc) : doc_text(doc, DOC_NORMAL, fill(run, line)));
    TRY(order_signer(rq, dated.year != 0 ? dated : request_today(rq), &signer));
    return nerr_pass(doc_sign(doc, _("Head"), signer));
}

const struct output order_output = {
    .id = "order", .title = N_("Print the order"), .permission = &see_orders, .formats = {"pdf", "docx", "html"}, .head = head, .build = build,
};

NEOERR *order_print_page(struct request *rq, struct response *rs)
{
    struct form_data form = {.rq = rq};
    struct process_run *run;
    TRY(load(&form, &run));
    TRY(rq->http->method == HTTP_POST ? output_post_page(rq, rs) : output_page(rq, rs));
    return STATUS_OK;
}
