/* list_count.c: lists of counts: a table of numbers that open what they count, its sum, bars, and the same in documents. (STA-10) */
#include "engine/list_query.h"

#include "engine/route.h"

#include <string.h>

enum { COUNTS_MAX = 40, BARS_MAX = 60, BAR_HEIGHT = 24, BAR_LONGEST = 50 };

struct counted {
    const char *key; /* "" = not said */
    const char *label;
    int64_t numbers[COUNTS_MAX];
};
struct counts {
    struct list_query *query;
    struct open_column { /* those that are for this organisation */
        const struct list_column *column;
        const char *label, *group;
        size_t at; /* which number of a row */
    } columns[COUNTS_MAX];
    size_t column_count;
    struct counted *rows;
    size_t count, room;
};

static const char *column_label(struct request *rq, const struct list_column *column)
{
    return column->codes != NULL ? code_name(column->codes, column->name) : request_words(rq, column->label);
}

const char *list_key(struct request *rq, const struct list_slice *slice, const char *key)
{
    if (key[0] == '\0')
        return _("not said");
    if (slice->codes != NULL)
        return code_name(slice->codes, key);
    return slice->show != NULL ? slice->show(rq, key) : key;
}

const char *list_counted_words(const struct list_query *query)
{
    const struct list_asked *ask = query->asked;
    struct request *rq = query->rq;
    if (ask->counted == NULL)
        return "";
    const char *words = column_label(rq, ask->counted);
    if (ask->counted->group != NULL)
        words = pool_printf(rq->pool, "%s: %s", request_words(rq, ask->counted->group), words);
    return ask->key == NULL ? words : pool_printf(rq->pool, "%s · %s", words, list_key(rq, ask->slice, ask->key));
}

/* ---- what is counted ---- */

static NEOERR *take_row(void *data, const struct db_row *row)
{
    struct counts *counts = data;
    struct list_query *query = counts->query;
    struct pool *pool = query->rq->pool;
    if (counts->count == counts->room) {
        struct counted *rows = pool_alloc(pool, (counts->room * 2 + 16) * sizeof *rows);
        if (counts->count > 0)
            memcpy(rows, counts->rows, counts->count * sizeof *rows);
        counts->rows = rows;
        counts->room = counts->room * 2 + 16;
    }
    struct counted *counted = &counts->rows[counts->count++];
    counted->key = pool_strdup(pool, db_get_or(row, 0, ""));
    counted->label = list_key(query->rq, query->asked->slice, counted->key);
    for (size_t i = 0; i < COUNTS_MAX && query->list->columns[i].name != NULL; i++)
        counted->numbers[i] = db_get_int(row, i + 1);
    return STATUS_OK;
}

static void open_columns(struct counts *counts)
{
    struct request *rq = counts->query->rq;
    const struct list_column *column = counts->query->list->columns;
    for (size_t at = 0; at < COUNTS_MAX && column->name != NULL; at++, column++)
        if (column->when == NULL || column->when(rq))
            counts->columns[counts->column_count++] = (struct open_column){
                column, column_label(rq, column), column->group != NULL ? request_words(rq, column->group) : "", at};
}

static bool is_counted(const struct counts *counts, const struct open_column *open)
{
    for (size_t i = 0; i < counts->count; i++)
        if (counts->rows[i].numbers[open->at] != 0)
            return true;
    return false;
}

/* On a page there is room for what there is: a column of a group that counts nothing anywhere is left out. */
static void leave_out_bare(struct counts *counts)
{
    size_t kept = 0;
    for (size_t i = 0; i < counts->column_count; i++)
        if (counts->columns[i].group[0] == '\0' || is_counted(counts, &counts->columns[i]))
            counts->columns[kept++] = counts->columns[i];
    counts->column_count = kept;
}

static NEOERR *load(struct list_query *query, struct counts *counts)
{
    char *sql;
    *counts = (struct counts){.query = query};
    open_columns(counts);
    TRY(list_sql(query, LIST_COUNTS, 0, 0, &sql));
    return nerr_pass(db_each(query->rq->db, sql, query->values, take_row, counts));
}

/* The row that a column's sum is taken from; NULL = all are added up. */
static const struct counted *balance_row(const struct counts *counts, const struct list_column *column)
{
    if (!counts->query->asked->slice->in_time || counts->count == 0)
        return NULL;
    if ((column->flags & COLUMN_OPENING) != 0)
        return &counts->rows[0];
    return (column->flags & COLUMN_CLOSING) != 0 ? &counts->rows[counts->count - 1] : NULL;
}

static int64_t sum_of(const struct counts *counts, const struct open_column *open)
{
    const struct counted *balance = balance_row(counts, open->column);
    int64_t sum = 0;
    if (balance != NULL)
        return balance->numbers[open->at];
    for (size_t i = 0; i < counts->count; i++)
        sum += counts->rows[i].numbers[open->at];
    return sum;
}

/* ---- on the page ---- */

/* The list of what is counted: the same filters and slice, the column, and the row unless it is the sum. */
static const char *opens(const struct counts *counts, const char *address, const struct list_column *column, const struct counted *row)
{
    const struct list_query *query = counts->query;
    struct pool *pool = query->rq->pool;
    if (query->list->opens == NULL)
        return NULL;
    const char *asked = strchr(address, '?');
    const char *href = pool_printf(pool, "%s%s%scount=%s", route_url(query->rq, query->list->opens), asked != NULL ? asked : "?",
                                   asked != NULL ? "&" : "", column->name);
    return row == NULL ? href : pool_printf(pool, "%s&key=%s", href, http_escape(pool, row->key));
}

static NEOERR *show_number(const struct counts *counts, HDF *row, int64_t number, const char *href)
{
    HDF *out;
    TRY(view_append(row, "cells", &out));
    TRY(view_set(out, "class", number == 0 ? "cell-number cell-quiet" : "cell-number"));
    TRY(view_set(out, "value", i18n_number(counts->query->rq->pool, number)));
    return number == 0 ? STATUS_OK : nerr_pass(view_set(out, "href", href));
}

static NEOERR *show_row(const struct counts *counts, const struct counted *row, const char *address)
{
    HDF *out, *cell;
    TRY(view_append(counts->query->rq->hdf, "List.rows", &out));
    TRY(view_append(out, "cells", &cell));
    TRY(view_set(cell, "value", row->label));
    TRY(view_set(cell, "class", "cell-sticky"));
    for (size_t i = 0; i < counts->column_count; i++)
        TRY(show_number(counts, out, row->numbers[counts->columns[i].at], opens(counts, address, counts->columns[i].column, row)));
    return STATUS_OK;
}

static NEOERR *show_sum(const struct counts *counts, const char *address)
{
    HDF *out, *cell;
    TRY(hdf_get_node(counts->query->rq->hdf, "List.sum", &out));
    TRY(view_append(out, "cells", &cell));
    TRY(view_set(cell, "value", _("Total")));
    TRY(view_set(cell, "class", "cell-sticky"));
    for (size_t i = 0; i < counts->column_count; i++) {
        const struct list_column *column = counts->columns[i].column;
        TRY(show_number(counts, out, sum_of(counts, &counts->columns[i]), opens(counts, address, column, balance_row(counts, column))));
    }
    return STATUS_OK;
}

static NEOERR *show_head(struct request *rq, const char *label, size_t span)
{
    HDF *out;
    TRY(view_append(rq->hdf, "List.heads", &out));
    TRY(view_set(out, "label", label));
    return nerr_pass(view_set_int(out, "span", (int64_t)span));
}

/* The heads above the columns: one over neighbours of a group, an empty one over others. None when no column has a group. */
static NEOERR *show_heads(const struct counts *counts)
{
    const struct open_column *columns = counts->columns;
    struct request *rq = counts->query->rq;
    bool are_grouped = false;
    for (size_t i = 0; i < counts->column_count; i++)
        are_grouped = are_grouped || columns[i].group[0] != '\0';
    if (!are_grouped)
        return STATUS_OK;
    TRY(show_head(rq, "", 1));
    for (size_t i = 0, span; i < counts->column_count; i += span) {
        for (span = 1; i + span < counts->column_count && strcmp(columns[i].group, columns[i + span].group) == 0; span++)
            ;
        TRY(show_head(rq, columns[i].group, span));
    }
    return STATUS_OK;
}

static NEOERR *show_column(struct request *rq, const char *label, bool is_number)
{
    HDF *out;
    TRY(view_append(rq->hdf, "List.columns", &out));
    TRY(view_set(out, "label", label));
    return nerr_pass(view_set(out, is_number ? "number" : "sticky", "1"));
}

static NEOERR *show_columns(const struct counts *counts)
{
    struct request *rq = counts->query->rq;
    TRY(show_heads(counts));
    TRY(show_column(rq, request_words(rq, counts->query->asked->slice->label), false));
    for (size_t i = 0; i < counts->column_count; i++)
        TRY(show_column(rq, counts->columns[i].label, true));
    return STATUS_OK;
}

/* A filter like the others, but for "all". */
static NEOERR *show_slices(const struct list_query *query)
{
    struct request *rq = query->rq;
    HDF *out, *choice;
    TRY(view_append(rq->hdf, "List.filters", &out));
    TRY(view_set(out, "name", "by"));
    TRY(view_set(out, "label", _("By")));
    TRY(view_set(out, "is_needed", "1"));
    for (const struct list_slice *slice = query->list->slices; slice->name != NULL; slice++) {
        if (slice->when != NULL && !slice->when(rq))
            continue;
        TRY(view_append(out, "choices", &choice));
        TRY(view_set(choice, "value", slice->name));
        TRY(view_set(choice, "label", request_words(rq, slice->label)));
        TRY(view_set(choice, "selected", slice == query->asked->slice ? "1" : NULL));
    }
    return STATUS_OK;
}

static NEOERR *show_bar(const struct counts *counts, size_t row, const struct open_column *open, int64_t greatest)
{
    struct request *rq = counts->query->rq;
    const struct counted *counted = &counts->rows[row];
    int64_t number = counted->numbers[open->at];
    HDF *out;
    TRY(view_append(rq->hdf, "List.bars", &out));
    TRY(view_set(out, "label", counted->label));
    TRY(view_set(out, "value", i18n_number(rq->pool, number)));
    TRY(view_set_int(out, "length", number * BAR_LONGEST / greatest));
    return nerr_pass(view_set_int(out, "y", (int64_t)row * BAR_HEIGHT));
}

/* Of one row there is nothing to compare, and nobody reads very many. */
static NEOERR *show_bars(const struct counts *counts)
{
    struct request *rq = counts->query->rq;
    const struct open_column *open = counts->columns, *end = open + counts->column_count;
    int64_t greatest = 0;
    while (open < end && (open->column->flags & COLUMN_CHART) == 0)
        open++;
    for (size_t i = 0; open < end && i < counts->count; i++)
        greatest = counts->rows[i].numbers[open->at] > greatest ? counts->rows[i].numbers[open->at] : greatest;
    if (greatest == 0 || counts->count < 2 || counts->count > BARS_MAX)
        return STATUS_OK;
    TRY(view_set(rq->hdf, "List.bars_title", open->label));
    TRY(view_set_int(rq->hdf, "List.bars_height", (int64_t)counts->count * BAR_HEIGHT));
    for (size_t i = 0; i < counts->count; i++)
        TRY(show_bar(counts, i, open, greatest));
    return STATUS_OK;
}

NEOERR *list_counts_show(struct list_query *query, const char *address, size_t *total)
{
    struct counts counts;
    TRY(load(query, &counts));
    leave_out_bare(&counts);
    *total = counts.count;
    TRY(show_slices(query));
    TRY(show_columns(&counts));
    for (size_t i = 0; i < counts.count; i++)
        TRY(show_row(&counts, &counts.rows[i], address));
    TRY(show_sum(&counts, address));
    TRY(show_bars(&counts));
    TRY(view_set_int(query->rq->hdf, "List.from", counts.count > 0));
    return nerr_pass(view_set_int(query->rq->hdf, "List.to", (int64_t)counts.count));
}

/* ---- in documents: the head of a group stands before the words of its columns ---- */

static NEOERR *write_columns(const struct counts *counts, struct doc *doc)
{
    struct request *rq = counts->query->rq;
    struct doc_column columns[COUNTS_MAX + 1] = {{.title = request_words(rq, counts->query->asked->slice->label), .width = 2}};
    for (size_t i = 0; i < counts->column_count; i++) {
        const struct open_column *open = &counts->columns[i];
        const char *title = open->group[0] == '\0' ? open->label : pool_printf(rq->pool, "%s: %s", open->group, open->label);
        columns[i + 1] = (struct doc_column){.title = title, .kind = DOC_NUMBER, .width = open->column->width};
    }
    return nerr_pass(doc_table(doc, columns, counts->column_count + 1));
}

static const char *number_text(const struct counts *counts, int64_t number)
{
    return pool_printf(counts->query->rq->pool, "%lld", (long long)number);
}

static NEOERR *write_row(const struct counts *counts, struct doc *doc, const struct counted *row)
{
    const char *cells[COUNTS_MAX + 1] = {row->label};
    for (size_t i = 0; i < counts->column_count; i++)
        cells[i + 1] = number_text(counts, row->numbers[counts->columns[i].at]);
    return nerr_pass(doc_row(doc, cells));
}

static NEOERR *write_sum(const struct counts *counts, struct doc *doc)
{
    const char *cells[COUNTS_MAX + 1] = {_("Total")};
    for (size_t i = 0; i < counts->column_count; i++)
        cells[i + 1] = number_text(counts, sum_of(counts, &counts->columns[i]));
    return nerr_pass(doc_total(doc, cells));
}

static NEOERR *write_slice(struct list_query *query, struct doc *doc)
{
    struct counts counts;
    TRY(load(query, &counts));
    TRY(write_columns(&counts, doc));
    for (size_t i = 0; i < counts.count; i++)
        TRY(write_row(&counts, doc, &counts.rows[i]));
    return nerr_pass(write_sum(&counts, doc));
}

NEOERR *list_counts_write(struct list_query *query, struct doc *doc)
{
    struct request *rq = query->rq;
    if (!query->list->all_slices)
        return nerr_pass(write_slice(query, doc));
    for (const struct list_slice *slice = query->list->slices; slice->name != NULL; slice++) {
        if (slice->when != NULL && !slice->when(rq))
            continue;
        query->asked->slice = slice;
        TRY(doc_text(doc, DOC_HEADING, request_words(rq, slice->label)));
        TRY(write_slice(query, doc));
    }
    return STATUS_OK;
}
