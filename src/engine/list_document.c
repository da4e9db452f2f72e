/* list_document.c: a list as a document: exactly what it shows, all pages of it, in any format and language. */
#include "engine/list_query.h"

#include "engine/output.h"
#include "engine/route.h"

#include <string.h>

enum { COLUMNS_MAX = 40 };

struct writing {
    struct list_query *query;
    const struct doc_format *format;
    struct doc *doc;
    size_t number;
};

static bool is_printed(const struct list_column *column)
{
    return (column->flags & COLUMN_SCREEN) == 0;
}

static NEOERR *write_columns(struct writing *writing)
{
    const struct list *list = writing->query->list;
    struct doc_column columns[COLUMNS_MAX];
    size_t count = 0;
    if (list->numbered)
        columns[count++] = (struct doc_column){.title = "№", .kind = DOC_NUMBER, .width = 0.4};
    for (const struct list_column *column = list->columns; column->name != NULL && count < COLUMNS_MAX; column++)
        if (is_printed(column))
            columns[count++] = (struct doc_column){
                .title = request_words(writing->query->rq, column->label),
                .kind = (column->flags & COLUMN_DATE) != 0 ? DOC_DATE : (column->flags & COLUMN_NUMBER) != 0 ? DOC_NUMBER : DOC_TEXT,
                .width = column->width,
            };
    return nerr_pass(doc_table(writing->doc, columns, count));
}

static NEOERR *write_row(void *data, const struct db_row *row)
{
    struct writing *writing = data;
    struct request *rq = writing->query->rq;
    const struct list *list = writing->query->list;
    const char *cells[COLUMNS_MAX];
    size_t count = 0, at = 1;
    if (list->numbered)
        cells[count++] = pool_printf(rq->pool, "%zu", ++writing->number);
    for (const struct list_column *column = list->columns; column->name != NULL && count < COLUMNS_MAX; column++, at++)
        if (is_printed(column))
            cells[count++] = (column->flags & COLUMN_DATE) != 0 ? db_get(row, at) : list_cell(rq, column, db_get(row, at));
    return nerr_pass(doc_row(writing->doc, cells));
}

static NEOERR *write_foot(struct writing *writing)
{
    const struct list_query *query = writing->query;
    return query->list->foot != NULL ? nerr_pass(query->list->foot(query, writing->doc)) : STATUS_OK;
}

static NEOERR *write_rows(struct writing *writing)
{
    char *sql;
    if (writing->query->list->slices != NULL)
        return nerr_pass(list_counts_write(writing->query, writing->doc));
    TRY(write_columns(writing));
    TRY(list_sql(writing->query, LIST_ROWS, 0, 0, &sql));
    return nerr_pass(db_each(writing->query->rq->db, sql, writing->query->values, write_row, writing));
}

NEOERR *list_write(struct request *rq, const struct list *list, int64_t subject, struct doc *doc)
{
    struct writing writing = {.doc = doc};
    TRY(list_query_new(rq, list, subject, NULL, &writing.query));
    TRY(doc_text(doc, DOC_HEADING, request_words(rq, list->title)));
    return nerr_pass(write_rows(&writing));
}

static const char *add_fact(struct pool *pool, const char *facts, const char *label, const char *value)
{
    return pool_printf(pool, "%s%s%s%s%s", facts, facts[0] != '\0' ? " · " : "", label, label[0] != '\0' ? ": " : "", value);
}

/* "10-Б", where the list is one of several things on a page; "": the page is the list. */
static const char *page_title(const struct list_query *query)
{
    return query->rq->route->detail == query->list ? "" : hdf_get_value(query->rq->hdf, "Page.title", "");
}

/* "10-Б · Parallel: 5 · аскар": what narrows the list. */
static const char *subtitle(const struct list_query *query)
{
    struct request *rq = query->rq;
    const char *facts = page_title(query), *note = query->list->note != NULL ? query->list->note(query) : list_counted_words(query);
    if (note[0] != '\0')
        facts = add_fact(rq->pool, facts, "", note);
    for (size_t i = 0; i < query->asked->filter_count; i++) {
        const struct list_choice *row = &query->asked->filters[i];
        if (row->filter->is_day)
            facts = add_fact(rq->pool, facts, request_words(rq, row->filter->label), list_day(rq, row));
        for (size_t j = 0; j < row->choices.count; j++)
            if (strcmp(row->choices.rows[j]->value, row->value) == 0)
                facts = add_fact(rq->pool, facts, request_words(rq, row->filter->label), row->choices.rows[j]->label);
    }
    if (query->asked->search[0] != '\0')
        facts = add_fact(rq->pool, facts, "", query->asked->search);
    return facts[0] != '\0' ? facts : NULL;
}

static NEOERR *write_document(void *data, int fd)
{
    struct writing *writing = data;
    struct list_query *query = writing->query;
    struct doc_head head;
    output_head(query->rq, request_words(query->rq, query->list->title), &head);
    head.subtitle = subtitle(query);
    head.landscape = query->list->landscape;
    TRY(doc_open(writing->format, &head, fd, &writing->doc));
    NEOERR *failed = write_rows(writing);
    if (failed == STATUS_OK)
        failed = write_foot(writing);
    if (failed == STATUS_OK)
        return nerr_pass(doc_close(writing->doc));
    doc_abandon(writing->doc);
    return nerr_pass(failed);
}

static NEOERR *answer_document(struct list_query *query, struct response *rs, const struct doc_format *format)
{
    struct writing writing = {.query = query, .format = format};
    struct request *rq = query->rq;
    const char *title = request_words(rq, query->list->title), *page = page_title(query);
    const char *name = page[0] != '\0' ? pool_printf(rq->pool, "%s %s", title, page) : title;
    return nerr_pass(output_answer(rq, rs, format, name, write_document, &writing));
}

/* The document's language may be another than the page's: the choices of filters are asked for in it, too. */
static NEOERR *answer_in(struct request *rq, struct response *rs, const struct list *list, int64_t subject, const void *detail,
                         const struct doc_format *format, enum language language)
{
    enum language of_page = rq->language;
    struct list_query *query;
    i18n_use(rq->language = language);
    NEOERR *failed = list_query_new(rq, list, subject, detail, &query);
    if (failed == STATUS_OK)
        failed = answer_document(query, rs, format);
    i18n_use(rq->language = of_page);
    return nerr_pass(failed);
}

/* Digits are answered where they were posted, words are shown at an address that can be kept. */
static NEOERR *answer_words(struct request *rq, struct response *rs, const struct list *list, int64_t subject, const void *detail, bool *done)
{
    struct list_query *query;
    TRY(list_query_new(rq, list, subject, detail, &query));
    *done = !query->asked->by_digits;
    return *done ? nerr_pass(response_redirect(rq, rs, list_address(query))) : STATUS_OK;
}

NEOERR *list_answer(struct request *rq, struct response *rs, const struct list *list, int64_t subject, const void *detail, bool *done)
{
    const struct doc_format *format = doc_format_find(request_query(rq, "format"));
    enum language language = rq->language;
    if (rq->http->method == HTTP_POST)
        return nerr_pass(answer_words(rq, rs, list, subject, detail, done));
    *done = format != NULL;
    if (format == NULL)
        return STATUS_OK;
    language_from_code(request_query(rq, "in"), &language);
    return nerr_pass(answer_in(rq, rs, list, subject, detail, format, language));
}

/* ---- every statement a list can make, for the test that prepares them ---- */

typedef NEOERR *sql_fn(void *data, const char *sql);

static NEOERR *tell_counts(struct list_query *query, sql_fn *tell, void *data)
{
    char *sql;
    for (const struct list_slice *slice = query->list->slices; slice->name != NULL; slice++) {
        query->asked->slice = slice;
        TRY(list_sql(query, LIST_COUNTS, 0, 0, &sql));
        TRY(tell(data, sql));
    }
    return STATUS_OK;
}

static NEOERR *tell_statements(struct list_query *query, sql_fn *tell, void *data)
{
    char *sql;
    if (query->list->slices != NULL)
        return nerr_pass(tell_counts(query, tell, data));
    TRY(list_sql(query, LIST_COUNT, 0, 0, &sql));
    TRY(tell(data, sql));
    for (const struct list_column *column = query->list->columns; column->name != NULL; column++) {
        query->asked->sort = column;
        TRY(list_sql(query, LIST_ROWS, LIST_PAGE_ROWS, 0, &sql));
        TRY(tell(data, sql));
        TRY(list_sql(query, LIST_IDS, 0, 0, &sql));
        TRY(tell(data, sql));
    }
    return STATUS_OK;
}

/* Bit n of filters: the n-th filter is set. */
static void set_filters(struct list_asked *ask, unsigned filters)
{
    for (size_t i = 0; i < ask->filter_count; i++)
        ask->filters[i].value = (filters >> i & 1) != 0 ? "1" : "";
}

NEOERR *list_each_sql(struct request *rq, const struct list *list, NEOERR *(*tell)(void *data, const char *sql), void *data)
{
    const struct {
        const char *words;
        bool by_digits, possible;
    } searches[] = {{"", false, true}, {"fcrfh", false, list->search_sql != NULL}, {"1", true, list->digits_sql != NULL}};
    struct list_query *query;
    TRY(list_query_new(rq, list, 0, NULL, &query));
    for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++) {
        query->asked->search = searches[i].words;
        query->asked->by_digits = searches[i].by_digits;
        for (unsigned filters = 0; searches[i].possible && filters < 1u << query->asked->filter_count; filters++) {
            set_filters(query->asked, filters);
            TRY(tell_statements(query, tell, data));
        }
    }
    return STATUS_OK;
}
