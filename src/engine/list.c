/* list.c: a list on a page: rows, search, filters, sort, paging, actions, formats; and all its ids. */
#include "engine/list_query.h"

#include "engine/area.h"
#include "engine/page.h"

#include <stdlib.h>
#include <string.h>

/* ---- columns and filters ---- */

static NEOERR *show_column(struct list_query *query, const struct list_column *column, const char *address)
{
    struct request *rq = query->rq;
    const struct list_asked *ask = query->asked;
    bool is_sorted = column == ask->sort;
    HDF *out;
    TRY(view_append(rq->hdf, "List.columns", &out));
    TRY(view_set(out, "name", column->name));
    TRY(view_set(out, "label", request_words(rq, column->label)));
    TRY(view_set(out, "number", (column->flags & COLUMN_NUMBER) != 0 ? "1" : NULL));
    TRY(view_set(out, "sticky", (column->flags & COLUMN_STICKY) != 0 ? "1" : NULL));
    if (is_sorted)
        TRY(view_set(out, "sorted", ask->descending ? "desc" : "asc"));
    if ((column->flags & COLUMN_SORTABLE) == 0 || ask->by_digits)
        return STATUS_OK;
    const char *sort = is_sorted && !ask->descending ? pool_printf(rq->pool, "-%s", column->name) : column->name;
    return nerr_pass(view_set(out, "sort_href", route_with(rq->pool, address, "sort", sort)));
}

static NEOERR *show_columns(struct list_query *query, const char *address)
{
    for (const struct list_column *column = query->list->columns; column->name != NULL; column++)
        if ((column->flags & COLUMN_PAPER) == 0)
            TRY(show_column(query, column, address));
    return STATUS_OK;
}

static NEOERR *show_filter(struct request *rq, const struct list_choice *row)
{
    HDF *out, *choice;
    TRY(view_append(rq->hdf, "List.filters", &out));
    TRY(view_set(out, "name", row->filter->name));
    TRY(view_set(out, "label", request_words(rq, row->filter->label)));
    TRY(view_set(out, "value", row->filter->is_day ? list_day(rq, row) : row->value));
    TRY(view_set(out, "is_day", row->filter->is_day ? "1" : NULL));
    for (size_t i = 0; i < row->choices.count; i++) {
        TRY(view_append(out, "choices", &choice));
        TRY(view_set(choice, "value", row->choices.rows[i]->value));
        TRY(view_set(choice, "label", row->choices.rows[i]->label));
        TRY(view_set(choice, "selected", strcmp(row->choices.rows[i]->value, row->value) == 0 ? "1" : NULL));
    }
    return STATUS_OK;
}

static NEOERR *show_filters(struct list_query *query)
{
    for (size_t i = 0; i < query->asked->filter_count; i++)
        TRY(show_filter(query->rq, &query->asked->filters[i]));
    return STATUS_OK;
}

/* ---- formats and paging: links, so there are none in a search by digits ---- */

static NEOERR *show_link(struct request *rq, const char *under, const char *label, const char *address, bool is_current)
{
    HDF *out;
    TRY(view_append(rq->hdf, under, &out));
    TRY(view_set(out, "label", label));
    TRY(view_set(out, "href", address));
    return nerr_pass(view_set(out, "current", is_current ? "1" : NULL));
}

/* The document may be in another language than the page: that is a part of the address, too. */
static NEOERR *show_formats(struct request *rq, const char *address)
{
    enum language language = rq->language;
    language_from_code(request_query(rq, "in"), &language);
    for (const struct doc_format *const *format = doc_formats; *format != NULL; format++)
        TRY(show_link(rq, "List.formats", _(doc_format_label(*format)), route_with(rq->pool, address, "format", doc_format_id(*format)), false));
    for (enum language other = 0; other < LANGUAGES; other++)
        TRY(show_link(rq, "List.languages", language_labels[other], route_with(rq->pool, address, "in", language_codes[other]), other == language));
    return STATUS_OK;
}

static NEOERR *show_page_link(struct request *rq, const char *address, size_t page, bool is_current)
{
    const char *number = pool_printf(rq->pool, "%zu", page);
    return nerr_pass(show_link(rq, "List.paging", number, route_with(rq->pool, address, "page", page == 1 ? "" : number), is_current));
}

/* First, last and the five around the page one is on; a gap has no address. */
NEOERR *list_paging(struct request *rq, const char *address, size_t page, size_t pages)
{
    bool is_gap = false;
    for (size_t at = 1; at <= pages; at++) {
        if (at == 1 || at == pages || (at + 2 >= page && at <= page + 2)) {
            TRY(show_page_link(rq, address, at, at == page));
            is_gap = false;
        } else if (!is_gap) {
            TRY(show_link(rq, "List.paging", "…", NULL, false));
            is_gap = true;
        }
    }
    return STATUS_OK;
}

/* ---- actions ---- */

/* Where an action leads this person, on whichever record. */
struct way {
    const struct list_action *action;
    const struct process *process; /* NULL: to a route */
    const char *start;             /* the address of that process for no subject */
    const char *label;
};

/* False: the person may not, or the process is not for this organisation. */
static bool find_way(struct request *rq, const struct list_action *action, struct way *way)
{
    static const char start[] = "start:";
    *way = (struct way){.action = action, .label = request_words(rq, action->label)};
    if ((action->permission != NULL && !request_may(rq, action->permission)) || (action->when != NULL && !action->when(rq)))
        return false;
    if (strncmp(action->route, start, sizeof start - 1) != 0)
        return route_is_open(rq, route_by_id(action->route));
    way->process = process_find(action->route + sizeof start - 1);
    if (way->process == NULL || (way->process->when != NULL && !way->process->when(rq)) || !request_may(rq, way->process->permission))
        return false;
    way->start = process_url(rq, way->process, 0);
    return true;
}

/* id 0: on none in particular. */
static const char *way_address(struct request *rq, const struct way *way, int64_t id)
{
    if (way->process != NULL)
        return id == 0 ? way->start : process_url_for(rq, way->start, id);
    return id == 0 ? route_url(rq, way->action->route) : route_url(rq, way->action->route, route_number(rq, id));
}

static NEOERR *show_actions(struct request *rq, const char *name, const struct list_action *actions)
{
    for (const struct list_action *action = actions; action != NULL && action->label != NULL; action++) {
        struct way way;
        HDF *out;
        if (!find_way(rq, action, &way))
            continue;
        TRY(view_append(rq->hdf, name, &out));
        TRY(view_set(out, "label", way.label));
        TRY(view_set(out, "href", way_address(rq, &way, 0)));
        TRY(view_set(out, "icon", action->icon));
        TRY(view_set(out, "primary", action->primary ? "1" : NULL));
    }
    return STATUS_OK;
}

static NEOERR *show_hidden(struct list_query *query, const char *name, const char *value)
{
    HDF *out;
    TRY(view_append(query->rq->hdf, "List.hidden", &out));
    TRY(view_set(out, "name", name));
    return nerr_pass(view_set(out, "value", value));
}

/* What the ticked rows are posted with, so that "all N found" finds the same again. */
static NEOERR *show_bulk(struct list_query *query)
{
    struct request *rq = query->rq;
    TRY(show_actions(rq, "List.bulk", query->list->bulk_actions));
    if (hdf_get_obj(rq->hdf, "List.bulk") == NULL)
        return STATUS_OK;
    TRY(show_hidden(query, "list", query->list->id));
    TRY(show_hidden(query, "list_subject", route_number(rq, query->subject)));
    TRY(show_hidden(query, "q", query->asked->search));
    for (size_t i = 0; i < query->asked->filter_count; i++)
        TRY(show_hidden(query, query->asked->filters[i].filter->name, query->asked->filters[i].value));
    return nerr_pass(form_key_show(rq));
}

/* ---- rows ---- */

struct rows {
    struct list_query *query;
    bool are_linked;
    struct way *ways; /* the actions of each row */
    size_t way_count;
    size_t number; /* running, of the last one shown */
};

static void begin_rows(struct list_query *query, struct rows *rows)
{
    const struct list *list = query->list;
    *rows = (struct rows){.query = query, .are_linked = list->row_route != NULL && route_is_open(query->rq, route_by_id(list->row_route))};
    size_t count = 0;
    while (list->row_actions != NULL && list->row_actions[count].label != NULL)
        count++;
    rows->ways = pool_alloc(query->rq->pool, (count + 1) * sizeof *rows->ways);
    for (size_t i = 0; i < count; i++)
        rows->way_count += find_way(query->rq, &list->row_actions[i], &rows->ways[rows->way_count]);
}

static const char *cell_class(const struct list_column *column)
{
    bool is_sticky = (column->flags & COLUMN_STICKY) != 0;
    if (column->flags & COLUMN_NUMBER)
        return is_sticky ? "cell-number cell-sticky" : "cell-number";
    if (column->flags & COLUMN_DATE)
        return is_sticky ? "cell-date cell-sticky" : "cell-date";
    return is_sticky ? "cell-sticky" : NULL;
}

static NEOERR *show_cell(struct request *rq, HDF *row, const struct list_column *column, const char *value, const char *href)
{
    const char *text = list_cell(rq, column, value), *class = cell_class(column);
    HDF *out;
    TRY(view_append(row, "cells", &out));
    TRY(view_set(out, "value", text));
    if (class != NULL)
        TRY(view_set(out, "class", class));
    if ((column->flags & COLUMN_LINK) != 0)
        TRY(view_set(out, "href", href));
    return (column->flags & COLUMN_CHIP) == 0 || *text == '\0' ? STATUS_OK : nerr_pass(view_set(out, "chip", "1"));
}

static NEOERR *show_ways(const struct rows *rows, HDF *row, int64_t id)
{
    for (size_t i = 0; i < rows->way_count; i++) {
        HDF *out;
        TRY(view_append(row, "actions", &out));
        TRY(view_set(out, "label", rows->ways[i].label));
        TRY(view_set(out, "href", way_address(rows->query->rq, &rows->ways[i], id)));
    }
    return STATUS_OK;
}

static char *row_address(const struct list_query *query, int64_t id)
{
    struct request *rq = query->rq;
    const char *route = query->list->row_route, *number = route_number(rq, id);
    return query->list->row_of_subject ? route_url(rq, route, route_number(rq, query->subject), number) : route_url(rq, route, number);
}

static NEOERR *show_row(void *data, const struct db_row *row)
{
    struct rows *rows = data;
    const struct list *list = rows->query->list;
    struct request *rq = rows->query->rq;
    int64_t id = db_get_int(row, 0);
    const char *href = rows->are_linked ? row_address(rows->query, id) : NULL;
    size_t at = 1;
    HDF *out;
    TRY(view_append(rq->hdf, "List.rows", &out));
    TRY(view_set_int(out, "id", id));
    TRY(view_set_int(out, "number", (int64_t)++rows->number));
    TRY(view_set(out, "href", href));
    for (const struct list_column *column = list->columns; column->name != NULL; column++, at++)
        if ((column->flags & COLUMN_PAPER) == 0)
            TRY(show_cell(rq, out, column, db_get(row, at), column->address != NULL ? column->address(rq, id) : href));
    return nerr_pass(show_ways(rows, out, id));
}

/* A page past the end shows the last one. */
static size_t page_asked(const struct request *rq, size_t pages)
{
    int64_t page = request_query_number(rq, "page");
    return page < 1 ? 1 : (uint64_t)page > pages ? pages : (size_t)page;
}

static NEOERR *show_rows(struct list_query *query, size_t *total, size_t *page, size_t *pages)
{
    struct request *rq = query->rq;
    struct rows rows;
    int64_t count;
    char *sql;
    begin_rows(query, &rows);
    TRY(list_sql(query, LIST_COUNT, 0, 0, &sql));
    TRY(db_number(rq->db, sql, query->values, &count, NULL));
    *total = (size_t)count;
    *pages = count == 0 ? 1 : (*total + LIST_PAGE_ROWS - 1) / LIST_PAGE_ROWS;
    *page = page_asked(rq, *pages);
    rows.number = (*page - 1) * LIST_PAGE_ROWS;
    if (count > 0)
        TRY(list_sql(query, LIST_ROWS, LIST_PAGE_ROWS, rows.number, &sql));
    if (count > 0)
        TRY(db_each(rq->db, sql, query->values, show_row, &rows));
    TRY(view_set_int(rq->hdf, "List.from", count == 0 ? 0 : (int64_t)(*page - 1) * LIST_PAGE_ROWS + 1));
    return nerr_pass(view_set_int(rq->hdf, "List.to", (int64_t)rows.number));
}

/* ---- columns of chips: one that is empty on the whole page takes no room ---- */

static bool has_chip(HDF *rows, const char *cell)
{
    for (HDF *row = hdf_obj_child(rows); row != NULL; row = hdf_obj_next(row))
        if (hdf_get_value(hdf_get_obj(row, cell), "chip", NULL) != NULL)
            return true;
    return false;
}

static NEOERR *leave_out(struct request *rq, HDF *rows, const char *cell, size_t at)
{
    for (HDF *row = hdf_obj_child(rows); row != NULL; row = hdf_obj_next(row))
        TRY(hdf_remove_tree(row, cell));
    return nerr_pass(hdf_remove_tree(rq->hdf, pool_printf(rq->pool, "List.columns.%zu", at)));
}

static NEOERR *leave_out_bare(struct list_query *query)
{
    struct request *rq = query->rq;
    HDF *rows = hdf_get_obj(rq->hdf, "List.rows");
    size_t at = 0;
    for (const struct list_column *column = query->list->columns; column->name != NULL; column++) {
        if ((column->flags & COLUMN_PAPER) != 0)
            continue;
        const char *cell = pool_printf(rq->pool, "cells.%zu", at);
        if ((column->flags & COLUMN_CHIP) != 0 && column != query->asked->sort && !has_chip(rows, cell))
            TRY(leave_out(rq, rows, cell, at));
        at++;
    }
    return STATUS_OK;
}

/* ---- the whole ---- */

static NEOERR *show_facts(struct list_query *query, const char *address, size_t total)
{
    struct request *rq = query->rq;
    const struct list *list = query->list;
    const struct list_asked *ask = query->asked;
    TRY(view_set(rq->hdf, "List.id", list->id));
    TRY(view_set(rq->hdf, "List.title", request_words(rq, list->title)));
    TRY(view_set(rq->hdf, "List.note", list->note != NULL ? list->note(query) : list_counted_words(query)));
    TRY(view_set_int(rq->hdf, "List.total", (int64_t)total));
    TRY(view_set(rq->hdf, "List.address", address));
    TRY(view_set(rq->hdf, "List.numbered", list->numbered ? "1" : NULL));
    TRY(view_set(rq->hdf, "List.searchable", list->search_sql != NULL || list->digits_sql != NULL ? "1" : NULL));
    TRY(view_set(rq->hdf, "List.search_post", list->digits_sql != NULL ? "1" : NULL));
    TRY(view_set(rq->hdf, "List.search", ask->search));
    TRY(view_set(rq->hdf, "List.sort", ask->sort_asked));
    TRY(view_set(rq->hdf, "List.row_actions", hdf_get_obj(rq->hdf, "List.rows.0.actions") != NULL ? "1" : NULL));
    bool is_narrowed = list_is_narrowed(query) || list->empty == NULL;
    return nerr_pass(view_set(rq->hdf, "List.empty", is_narrowed ? _("Nothing was found") : request_words(rq, list->empty)));
}

static NEOERR *show_table(struct list_query *query, const char *address, size_t *total, size_t *page, size_t *pages)
{
    if (query->list->slices != NULL)
        return nerr_pass(list_counts_show(query, address, total));
    TRY(show_rows(query, total, page, pages));
    TRY(show_columns(query, address));
    return nerr_pass(leave_out_bare(query));
}

NEOERR *list_show(struct request *rq, const struct list *list, int64_t subject, const void *detail)
{
    struct list_query *query;
    size_t total = 0, page = 1, pages = 1;
    TRY(list_query_new(rq, list, subject, detail, &query));
    const char *address = list_address(query);
    TRY(show_table(query, address, &total, &page, &pages));
    TRY(show_facts(query, address, total));
    TRY(show_filters(query));
    if (!query->asked->by_digits) {
        TRY(show_formats(rq, address));
        TRY(list_paging(rq, address, page, pages));
    }
    TRY(show_bulk(query));
    return nerr_pass(show_actions(rq, "List.actions", list->page_actions));
}

NEOERR *list_page(struct request *rq, struct response *rs)
{
    const struct list *list = rq->route->detail;
    bool done;
    TRY(page_begin(rq, rs, "list.cs", request_words(rq, list->title)));
    TRY(list_answer(rq, rs, list, 0, NULL, &done));
    if (done)
        return STATUS_OK;
    TRY(page_crumb(rq, request_words(rq, list->title), NULL));
    return nerr_pass(list_show(rq, list, 0, NULL));
}

/* ---- all ids ---- */

struct ids {
    struct pool *pool;
    int64_t *rows;
    size_t count, room;
};

static NEOERR *keep_id(void *data, const struct db_row *row)
{
    struct ids *ids = data;
    if (ids->count == ids->room) {
        ids->room = ids->room == 0 ? 256 : ids->room * 2;
        int64_t *grown = pool_alloc(ids->pool, ids->room * sizeof *grown);
        if (ids->count > 0)
            memcpy(grown, ids->rows, ids->count * sizeof *grown);
        ids->rows = grown;
    }
    ids->rows[ids->count++] = db_get_int(row, 0);
    return STATUS_OK;
}

/* The ids are kept first: row_fn may run statements of its own. */
NEOERR *list_each_id(struct request *rq, const struct list *list, int64_t subject, const void *detail, NEOERR *(*row_fn)(void *data, int64_t id),
                     void *data_out)
{
    struct list_query *query;
    struct ids ids = {.pool = rq->pool};
    char *sql;
    TRY(list_query_new(rq, list, subject, detail, &query));
    TRY(list_sql(query, LIST_IDS, 0, 0, &sql));
    TRY(db_each(rq->db, sql, query->values, keep_id, &ids));
    for (size_t i = 0; i < ids.count; i++)
        TRY(row_fn(data_out, ids.rows[i]));
    return STATUS_OK;
}
