/* list_document.c: a list as a document: exactly what it shows, all pages of it, in any format and language. */
#include "engine/list_query.h"

#include "engine/output.h"

#include <string.h>

enum { COLUMNS_MAX = 40 };

struct writing {
    struct request *rq;
    const struct list *list;
    int64_t subject;
    const void *detail;
    const struct doc_format *format;
    struct doc *doc;
    size_t number;
};

static bool is_printed(const struct list_column *column)
{
    return (column->flags & COLUMN_SCREEN) == 0;
}

static NEOERR *write_head(struct writing *writing)
{
    struct doc_column columns[COLUMNS_MAX];
    size_t count = 0;
    if (writing->list->numbered)
        columns[count++] = (struct doc_column){.title = "№", .kind = DOC_NUMBER, .width = 0.4};
    for (const struct list_column *column = writing->list->columns; column->name != NULL && count < COLUMNS_MAX; column++)
        if (is_printed(column))
            columns[count++] = (struct doc_column){
                .title = request_words(writing->rq, column->label),
                .kind = column->flags & COLUMN_DATE ? DOC_DATE : column->flags & COLUMN_NUMBER ? DOC_NUMBER : DOC_TEXT,
                .width = column->width,
            };
    return nerr_pass(doc_table(writing->doc, columns, count));
}

static NEOERR *write_row(void *data, const struct db_row *row)
{
    struct writing *writing = data;
    const char *cells[COLUMNS_MAX];
    size_t count = 0, at = 1;
    if (writing->list->numbered)
        cells[count++] = pool_printf(writing->rq->pool, "%zu", ++writing->number);
    for (const struct list_column *column = writing->list->columns; column->name != NULL && count < COLUMNS_MAX; column++, at++)
        if (is_printed(column))
            cells[count++] = column->flags & COLUMN_DATE ? db_get(row, at) : list_cell(writing->rq, column, db_get(row, at));
    return nerr_pass(doc_row(writing->doc, cells));
}

static NEOERR *write_list(struct writing *writing)
{
    struct list_query *query;
    char *sql;
    TRY(write_head(writing));
    TRY(list_query_new(writing->rq, writing->list, writing->subject, writing->detail, &query));
    TRY(list_sql(query, LIST_ROWS, 0, 0, &sql));
    return nerr_pass(db_each(writing->rq->db, sql, query->values, write_row, writing));
}

/* "10-Б": the page's title, where the list is one of several things on it. */
static const char *subtitle(struct writing *writing)
{
    const char *page = hdf_get_value(writing->rq->hdf, "Page.title", "");
    return strcmp(page, request_words(writing->rq, writing->list->title)) == 0 ? NULL : page;
}

static NEOERR *write_document(void *data, int fd)
{
    struct writing *writing = data;
    struct doc_head head;
    output_head(writing->rq, request_words(writing->rq, writing->list->title), &head);
    head.subtitle = subtitle(writing);
    head.landscape = writing->list->landscape;
    TRY(doc_open(writing->format, &head, fd, &writing->doc));
    NEOERR *error = write_list(writing);
    if (error == STATUS_OK)
        return nerr_pass(doc_close(writing->doc));
    doc_abandon(writing->doc);
    return nerr_pass(error);
}

NEOERR *list_document(struct request *rq, const struct list *list, int64_t subject, const void *detail, const struct doc_format *format, int fd)
{
    struct writing writing = {.rq = rq, .list = list, .subject = subject, .detail = detail, .format = format};
    return nerr_pass(write_document(&writing, fd));
}

NEOERR *list_answer_document(struct request *rq, struct response *rs, const struct list *list, int64_t subject, const void *detail, bool *done)
{
    struct writing writing = {.rq = rq, .list = list, .subject = subject, .detail = detail};
    enum language page_language = rq->language, language = page_language;
    writing.format = doc_format_find(request_query(rq, "format"));
    *done = writing.format != NULL;
    if (!*done)
        return STATUS_OK;
    language_from_code(request_query(rq, "in"), &language);
    i18n_use(language);
    rq->language = language;
    const char *name = request_words(rq, list->title);
    if (subtitle(&writing) != NULL)
        name = pool_printf(rq->pool, "%s %s", name, subtitle(&writing));
    NEOERR *error = output_answer(rq, rs, writing.format, name, write_document, &writing);
    i18n_use(page_language);
    rq->language = page_language;
    return nerr_pass(error);
}

/* ---- every statement a list can make, for the test that prepares them ---- */

NEOERR *list_each_sql(const struct list *list, NEOERR *(*sql_fn)(void *data, const char *sql), void *data)
{
    struct pool *pool = pool_new();
    NEOERR *error = STATUS_OK;
    char *base = pool_printf(pool, "FROM %s WHERE %s", list->from, list->where);
    if (list->search_sql != NULL)
        base = pool_printf(pool, "%s AND %s", base, list->search_sql);
    if (list->digits_sql != NULL)
        base = pool_printf(pool, "%s AND %s", base, list->digits_sql);
    for (const struct list_filter *filter = list->filters; filter != NULL && filter->name != NULL; filter++)
        base = pool_printf(pool, "%s AND %s", base, filter->sql);
    if (list->group_by != NULL)
        base = pool_printf(pool, "%s GROUP BY %s", base, list->group_by);
    for (const struct list_column *column = list->columns; error == STATUS_OK && column->name != NULL; column++)
        error = sql_fn(data, pool_printf(pool, "SELECT %s AS id, %s AS %s_value %s ORDER BY %s, %s LIMIT ? OFFSET ?", list->id_sql, column->sql,
                                         column->name, base, column->sort_sql != NULL ? column->sort_sql : column->sql, list->tie_sql));
    pool_free(pool);
    return nerr_pass(error);
}
