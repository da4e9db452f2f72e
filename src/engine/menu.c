/* menu.c: which menu items a person sees here, and where they lead. (NAV-03, NAV-04, NAV-05) */
#include "engine/menu.h"

#include "engine/area.h"

#include <stdlib.h>
#include <string.h>

static const char *const page_names[] = {
    [MENU_TOP] = "Page.top", [MENU_SECOND] = "Page.second", [MENU_GO_TO] = "Page.goto", [MENU_NAME] = "Page.name",
};

/* The items the person may open here, by rank. */
struct open_items {
    const struct menu_item **rows;
    size_t count;
};

static int compare_ranks(const void *first, const void *second)
{
    const struct menu_item *a = *(const struct menu_item *const *)first, *b = *(const struct menu_item *const *)second;
    return a->rank != b->rank ? a->rank - b->rank : strcmp(a->id, b->id);
}

static bool is_open(const struct request *rq, const struct menu_item *item)
{
    const struct route *route = item->route == NULL ? NULL : route_by_id(item->route);
    return route != NULL && (item->when == NULL || item->when(rq)) && route_is_open(rq, route);
}

/* A top item without a route of its own is kept here too; it is shown when it has a child. */
static struct open_items gather(const struct request *rq)
{
    struct open_items items = {0};
    size_t room = 0;
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct menu_item *item = (*area)->menu; item != NULL && item->label != NULL; item++)
            room++;
    items.rows = pool_alloc(rq->pool, (room + 1) * sizeof *items.rows);
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct menu_item *item = (*area)->menu; item != NULL && item->label != NULL; item++)
            if (is_open(rq, item) || (item->place == MENU_TOP && item->route == NULL && (item->when == NULL || item->when(rq))))
                items.rows[items.count++] = item;
    qsort(items.rows, items.count, sizeof *items.rows, compare_ranks);
    return items;
}

static const struct menu_item *first_child(const struct open_items *items, const struct menu_item *top)
{
    for (size_t i = 0; i < items->count; i++)
        if (items->rows[i]->place == MENU_SECOND && strcmp(items->rows[i]->parent, top->id) == 0)
            return items->rows[i];
    return NULL;
}

/* Where an item leads; NULL for a top item that has neither a route nor an open child. */
static const char *address_of(const struct request *rq, const struct open_items *items, const struct menu_item *item)
{
    if (item->route == NULL)
        item = first_child(items, item);
    return item == NULL ? NULL : route_url(rq, item->route);
}

static const struct menu_item *find_current(const struct request *rq, const struct open_items *items, const char *current)
{
    for (size_t i = 0; i < items->count; i++) {
        const struct menu_item *item = items->rows[i];
        bool is_route = current == NULL && rq->route != NULL && item->route != NULL && strcmp(item->route, rq->route->id) == 0;
        if ((item->place == MENU_TOP || item->place == MENU_SECOND) && (is_route || (current != NULL && strcmp(item->id, current) == 0)))
            return item;
    }
    return NULL;
}

/* The id of the top item one is in, "" for none. */
static const char *top_of(const struct menu_item *current)
{
    if (current == NULL)
        return "";
    return current->place == MENU_TOP ? current->id : current->parent;
}

static NEOERR *show_item(struct request *rq, const struct open_items *items, const struct menu_item *item, bool is_current)
{
    HDF *out;
    const char *address = address_of(rq, items, item);
    if (address == NULL)
        return STATUS_OK;
    TRY(view_append(rq->hdf, page_names[item->place], &out));
    TRY(view_set(out, "label", request_words(rq, item->label)));
    TRY(view_set(out, "href", address));
    return nerr_pass(view_set(out, "current", is_current ? "1" : NULL));
}

NEOERR *menu_show(struct request *rq, const char *current_id)
{
    struct open_items items = gather(rq);
    const struct menu_item *current = find_current(rq, &items, current_id);
    const char *top = top_of(current);
    for (size_t i = 0; i < items.count; i++) {
        const struct menu_item *item = items.rows[i];
        if (item->place == MENU_SECOND && strcmp(item->parent, top) != 0)
            continue;
        TRY(show_item(rq, &items, item, item == current || (item->place == MENU_TOP && strcmp(item->id, top) == 0)));
    }
    return STATUS_OK;
}

NEOERR *menu_each(struct request *rq, NEOERR *(*tell)(struct request *rq, const struct menu_item *item, const char *address, void *data), void *data)
{
    struct open_items items = gather(rq);
    for (size_t i = 0; i < items.count; i++) {
        const char *address = address_of(rq, &items, items.rows[i]);
        if (address != NULL)
            TRY(tell(rq, items.rows[i], address, data));
    }
    return STATUS_OK;
}
