/* list.c: a list on a page: rows, search, filters, sort, paging, actions, formats; and all its ids. */
#include "engine/list_query.h"

#include "base/text.h"
#include "engine/area.h"
#include "engine/page.h"

#include <stdlib.h>
#include <string.h>

/* ---- addresses ---- */

/* The page's own address with its query, from the first page on and without a format. */
static char *own_address(const struct request *rq)
{
    char *address = pool_strdup(rq->pool, rq->http->path);
    if (rq->http->query[0] != '\0')
        address = pool_printf(rq->pool, "%s?%s", address, rq->http->query);
    address = route_with(rq->pool, address, "page", NULL);
    address = route_with(rq->pool, address, "in", NULL);
    return route_with(rq->pool, address, "format", NULL);
}

/* ---- head: columns, filters, formats, paging ---- */

static NEOERR *show_columns(struct list_query *query, const char *address)
{
    struct request *rq = query->rq;
    bool descending;
    const struct list_column *sorted = list_sort(query, &descending);
    for (const struct list_column *column = query->list->columns; column->name != NULL; column++) {
        HDF *out;
        bool here = column == sorted;
        if (column->flags & COLUMN_PAPER)
            continue;
        TRY(view_append(rq->hdf, "List.columns", &out));
        TRY(view_set(out, "name", column->name));
        TRY(view_set(out, "label", request_words(rq, column->label)));
        TRY(view_set(out, "number", column->flags & COLUMN_NUMBER ? "1" : NULL));
        TRY(view_set(out, "sticky", column->flags & COLUMN_STICKY ? "1" : NULL));
        TRY(view_set(out, "sorted", !here ? NULL : descending ? "desc" : "asc"));
        if (column->flags & COLUMN_SORTABLE)
            TRY(view_set(out, "sort_href", route_with(rq->pool, address, "sort",
                                                      here && !descending ? pool_printf(rq->pool, "-%s", column->name) : column->name)));
    }
    return STATUS_OK;
}

struct filter_form {
    HDF *out;
    const char *value;
};

static NEOERR *add_filter_choice(struct form_data *form, const struct choice *choice)
{
    struct filter_form *filter = form->detail;
    HDF *out;
    TRY(view_append(filter->out, "choices", &out));
    TRY(view_set(out, "value", choice->value));
    TRY(view_set(out, "label", choice->label));
    return nerr_pass(view_set(out, "selected", strcmp(choice->value, filter->value) == 0 ? "1" : NULL));
}

static NEOERR *show_filter(struct list_query *query, const struct list_filter *filter)
{
    static const struct field no_fields[] = {{0}};
    struct filter_form detail = {.value = list_filter_value(query->rq, filter)};
    struct form_data *form;
    TRY(view_append(query->rq->hdf, "List.filters", &detail.out));
    TRY(view_set(detail.out, "name", filter->name));
    TRY(view_set(detail.out, "label", request_words(query->rq, filter->label)));
    TRY(view_set(detail.out, "value", detail.value));
    TRY(form_data_new(query->rq, no_fields, &form));
    form->detail = &detail;
    if (filter->choices != NULL)
        return nerr_pass(filter->choices(form, no_fields, add_filter_choice));
    for (const struct code *code = filter->codes->codes; code->code != NULL; code++)
        TRY(add_filter_choice(form, &(struct choice){.value = code->code, .label = code_name(filter->codes, code->code)}));
    return STATUS_OK;
}

static NEOERR *show_filters(struct list_query *query)
{
    for (const struct list_filter *filter = query->list->filters; filter != NULL && filter->name != NULL; filter++)
        if (filter->when == NULL || filter->when(query->rq))
            TRY(show_filter(query, filter));
    return STATUS_OK;
}

static NEOERR *show_formats(struct list_query *query, const char *address)
{
    struct request *rq = query->rq;
    for (const struct doc_format *const *format = doc_formats; *format != NULL; format++) {
        HDF *out;
        TRY(view_append(rq->hdf, "List.formats", &out));
        TRY(view_set(out, "id", doc_format_id(*format)));
        TRY(view_set(out, "label", _(doc_format_label(*format))));
        TRY(view_set(out, "href", route_with(rq->pool, address, "format", doc_format_id(*format))));
        for (enum language language = LANG_KK; language < LANGUAGES; language++) {
            HDF *other;
            TRY(view_append(out, "languages", &other));
            TRY(view_set(other, "code", language_codes[language]));
            TRY(view_set(other, "href", route_with(rq->pool, hdf_get_value(out, "href", ""), "in", language_codes[language])));
        }
    }
    return STATUS_OK;
}

static NEOERR *show_page_link(struct list_query *query, const char *address, size_t page, size_t current)
{
    HDF *out;
    struct pool *pool = query->rq->pool;
    TRY(view_append(query->rq->hdf, "List.paging", &out));
    TRY(view_setf(out, "text", "%zu", page));
    TRY(view_set(out, "href", page == 1 ? address : route_with(pool, address, "page", pool_printf(pool, "%zu", page))));
    return nerr_pass(view_set(out, "current", page == current ? "1" : NULL));
}

/* First, last and the five around the page one is on; a gap is an empty link. */
static NEOERR *show_paging(struct list_query *query, const char *address, size_t page, size_t pages)
{
    bool gap = false;
    for (size_t at = 1; at <= pages && pages > 1; at++) {
        HDF *out;
        if (at == 1 || at == pages || (at + 2 >= page && at <= page + 2)) {
            TRY(show_page_link(query, address, at, page));
            gap = false;
        } else if (!gap) {
            TRY(view_append(query->rq->hdf, "List.paging", &out));
            TRY(view_set(out, "text", "…"));
            gap = true;
        }
    }
    return STATUS_OK;
}

/* ---- actions ---- */

/* "start:PROCESS": the process, when it is for this organisation; else NULL. */
static const struct process *started_by(struct request *rq, const struct list_action *action)
{
    const struct process *process = strncmp(action->route, "start:", 6) == 0 ? process_find(action->route + 6) : NULL;
    return process != NULL && (process->when == NULL || process->when(rq)) ? process : NULL;
}

static char *action_address(struct request *rq, const struct list_action *action, int64_t id)
{
    const struct process *process = started_by(rq, action);
    if (process != NULL)
        return process_url(rq, process, id);
    if (strncmp(action->route, "start:", 6) == 0)
        return NULL;
    return id == 0 ? route_url(rq, action->route) : route_url(rq, action->route, route_number(rq, id));
}

static NEOERR *show_actions(struct request *rq, HDF *hdf, const char *name, const struct list_action *actions, int64_t id)
{
    for (const struct list_action *action = actions; action != NULL && action->label != NULL; action++) {
        HDF *out;
        char *address = request_may(rq, action->permission) ? action_address(rq, action, id) : NULL;
        if (address == NULL)
            continue;
        TRY(view_append(hdf, name, &out));
        TRY(view_set(out, "label", request_words(rq, action->label)));
        TRY(view_set(out, "href", address));
        TRY(view_set(out, "icon", action->icon));
        TRY(view_set(out, "primary", action->primary ? "1" : NULL));
    }
    return STATUS_OK;
}

/* What a bulk action posts along, so that "all N found" finds the same rows again. */
static NEOERR *show_hidden(struct list_query *query, const char *name, const char *value)
{
    HDF *out;
    if (value[0] == '\0')
        return STATUS_OK;
    TRY(view_append(query->rq->hdf, "List.hidden", &out));
    TRY(view_set(out, "name", name));
    return nerr_pass(view_set(out, "value", value));
}

static NEOERR *show_bulk(struct list_query *query)
{
    struct request *rq = query->rq;
    TRY(show_actions(rq, rq->hdf, "List.bulk", query->list->bulk_actions, 0));
    TRY(show_hidden(query, "list", query->list->id));
    TRY(show_hidden(query, "list_subject", route_number(rq, query->subject)));
    TRY(show_hidden(query, "q", list_parameter(rq, "q")));
    for (const struct list_filter *filter = query->list->filters; filter != NULL && filter->name != NULL; filter++)
        TRY(show_hidden(query, filter->name, list_filter_value(rq, filter)));
    return STATUS_OK;
}

/* ---- rows ---- */

struct rows {
    struct list_query *query;
    size_t number;
};

static NEOERR *show_cell(struct request *rq, HDF *row, const struct list_column *column, const char *value, const char *href)
{
    HDF *out;
    TRY(view_append(row, "cells", &out));
    TRY(view_set(out, "value", list_cell(rq, column, value)));
    TRY(view_set(out, "label", request_words(rq, column->label)));
    TRY(view_set(out, "href", column->flags & COLUMN_LINK ? href : NULL));
    TRY(view_set(out, "chip", column->flags & COLUMN_CHIP ? "1" : NULL));
    TRY(view_set(out, "number", column->flags & COLUMN_NUMBER ? "1" : NULL));
    return nerr_pass(view_set(out, "sticky", column->flags & COLUMN_STICKY ? "1" : NULL));
}

static NEOERR *show_row(void *data, const struct db_row *row)
{
    struct rows *rows = data;
    const struct list *list = rows->query->list;
    struct request *rq = rows->query->rq;
    int64_t id = db_get_int(row, 0);
    const char *href = list->row_route != NULL ? route_url(rq, list->row_route, route_number(rq, id)) : NULL;
    size_t at = 1;
    HDF *out;
    TRY(view_append(rq->hdf, "List.rows", &out));
    TRY(view_set_int(out, "id", id));
    TRY(view_set(out, "href", href));
    if (list->numbered)
        TRY(view_setf(out, "number", "%zu", rows->number));
    rows->number++;
    for (const struct list_column *column = list->columns; column->name != NULL; column++, at++)
        if (!(column->flags & COLUMN_PAPER))
            TRY(show_cell(rq, out, column, db_get(row, at), href));
    return nerr_pass(show_actions(rq, out, "actions", list->row_actions, id));
}

static bool is_filtered(const struct list_query *query)
{
    if (list_parameter(query->rq, "q")[0] != '\0')
        return true;
    for (const struct list_filter *filter = query->list->filters; filter != NULL && filter->name != NULL; filter++)
        if (list_filter_value(query->rq, filter)[0] != '\0')
            return true;
    return false;
}

static NEOERR *show_facts(struct list_query *query, size_t total, size_t first, size_t shown)
{
    struct request *rq = query->rq;
    const struct list *list = query->list;
    HDF *hdf = rq->hdf;
    TRY(view_set(hdf, "List.id", list->id));
    TRY(view_set(hdf, "List.title", request_words(rq, list->title)));
    TRY(view_setf(hdf, "List.total", "%zu", total));
    TRY(view_set(hdf, "List.total_text", i18n_number(rq->pool, (int64_t)total)));
    TRY(view_setf(hdf, "List.from", "%zu", shown == 0 ? 0 : first + 1));
    TRY(view_setf(hdf, "List.to", "%zu", first + shown));
    TRY(view_set(hdf, "List.search", list_parameter(rq, "q")));
    TRY(view_set(hdf, "List.can_search", list->search_sql != NULL ? "1" : NULL));
    TRY(view_set(hdf, "List.numbered", list->numbered ? "1" : NULL));
    TRY(view_set(hdf, "List.action", rq->http->path));
    TRY(view_set(hdf, "List.filtered", is_filtered(query) ? "1" : NULL));
    if (total == 0)
        TRY(view_set(hdf, "List.empty", is_filtered(query) ? _("Nothing was found") : request_words(rq, list->empty)));
    return STATUS_OK;
}

NEOERR *list_show(struct request *rq, const struct list *list, int64_t subject, const void *detail)
{
    struct list_query *query;
    struct rows rows;
    char *sql, *address = own_address(rq);
    int64_t total;
    size_t page = (size_t)request_query_number(rq, "page"), pages;
    TRY(list_query_new(rq, list, subject, detail, &query));
    TRY(list_sql(query, LIST_COUNT, 0, 0, &sql));
    TRY(db_number(rq->db, sql, query->values, &total, NULL));
    pages = ((size_t)total + LIST_PAGE_ROWS - 1) / LIST_PAGE_ROWS;
    page = page < 1 ? 1 : page > pages ? (pages > 0 ? pages : 1) : page;
    rows = (struct rows){query, (page - 1) * LIST_PAGE_ROWS + 1};
    TRY(list_sql(query, LIST_ROWS, LIST_PAGE_ROWS, (page - 1) * LIST_PAGE_ROWS, &sql));
    TRY(db_each(rq->db, sql, query->values, show_row, &rows));
    TRY(show_facts(query, (size_t)total, (page - 1) * LIST_PAGE_ROWS, rows.number - (page - 1) * LIST_PAGE_ROWS - 1));
    TRY(show_columns(query, address));
    TRY(show_filters(query));
    TRY(show_formats(query, address));
    TRY(show_paging(query, address, page, pages));
    TRY(show_bulk(query));
    return nerr_pass(show_actions(rq, rq->hdf, "List.actions", list->page_actions, 0));
}

NEOERR *list_page(struct request *rq, struct response *rs)
{
    const struct list *list = rq->route->detail;
    bool done;
    TRY(page_begin(rq, rs, "list.cs", request_words(rq, list->title)));
    TRY(page_crumb(rq, request_words(rq, list->title), NULL));
    TRY(list_answer_document(rq, rs, list, 0, NULL, &done));
    return done ? STATUS_OK : nerr_pass(list_show(rq, list, 0, NULL));
}

/* ---- all ids ---- */

struct ids {
    NEOERR *(*row_fn)(void *data, int64_t id);
    void *data;
};

static NEOERR *give_id(void *data, const struct db_row *row)
{
    struct ids *ids = data;
    return nerr_pass(ids->row_fn(ids->data, db_get_int(row, 0)));
}

NEOERR *list_each_id(struct request *rq, const struct list *list, int64_t subject, const void *detail, NEOERR *(*row_fn)(void *data, int64_t id),
                     void *data_out)
{
    struct list_query *query;
    struct ids ids = {row_fn, data_out};
    char *sql;
    TRY(list_query_new(rq, list, subject, detail, &query));
    TRY(list_sql(query, LIST_IDS, 0, 0, &sql));
    return nerr_pass(db_each(rq->db, sql, query->values, give_id, &ids));
}
