/* registers.c: finds rows of the areas' registers by id. */
#include "engine/area.h"

#include <stdlib.h>
#include <string.h>

enum register_kind {
    REGISTER_ROUTE, REGISTER_ROLE, REGISTER_PERMISSION, REGISTER_FORM, REGISTER_PROCESS, REGISTER_LIST, REGISTER_OUTPUT,
    REGISTER_TASK, REGISTER_JOB, REGISTER_CODE_LIST, REGISTER_SETTING, REGISTER_MENU, REGISTER_SEARCH, REGISTER_LEDGER,
};

/* Where an area keeps each register. The id is the first member of every row. */
static const struct register_shape {
    const char *name;
    size_t offset;
    size_t row_size; /* 0: an array of pointers to rows */
} shapes[] = {
    [REGISTER_ROUTE] = {"route", offsetof(struct area, routes), sizeof(struct route)},
    [REGISTER_ROLE] = {"role", offsetof(struct area, roles), sizeof(struct role)},
    [REGISTER_PERMISSION] = {"permission", offsetof(struct area, permissions), 0},
    [REGISTER_FORM] = {"form", offsetof(struct area, forms), 0},
    [REGISTER_PROCESS] = {"process", offsetof(struct area, processes), 0},
    [REGISTER_LIST] = {"list", offsetof(struct area, lists), 0},
    [REGISTER_OUTPUT] = {"output", offsetof(struct area, outputs), 0},
    [REGISTER_TASK] = {"task source", offsetof(struct area, task_sources), sizeof(struct task_source)},
    [REGISTER_JOB] = {"job", offsetof(struct area, jobs), sizeof(struct job_kind)},
    [REGISTER_CODE_LIST] = {"code list", offsetof(struct area, code_lists), 0},
    [REGISTER_SETTING] = {"setting", offsetof(struct area, settings), sizeof(struct setting)},
    [REGISTER_MENU] = {"menu item", offsetof(struct area, menu), sizeof(struct menu_item)},
    [REGISTER_SEARCH] = {"search source", offsetof(struct area, searches), sizeof(struct search_source)},
    [REGISTER_LEDGER] = {"ledger", offsetof(struct area, ledgers), 0},
};

struct entry {
    const struct register_shape *shape;
    const char *id;
    const void *row;
};

static const struct area *const *all_areas;
static struct entry *entries; /* by kind and id */
static size_t entry_count;

/* The n-th row of a register, NULL after the last. */
static const void *row_at(const struct area *area, const struct register_shape *shape, size_t n, const char **id)
{
    const void *rows, *row;
    memcpy(&rows, (const char *)area + shape->offset, sizeof rows);
    if (rows == NULL)
        return NULL;
    if (shape->row_size != 0)
        row = (const char *)rows + n * shape->row_size;
    else
        memcpy(&row, (const char *)rows + n * sizeof row, sizeof row);
    if (row != NULL)
        memcpy(id, row, sizeof *id);
    return row == NULL || *id == NULL ? NULL : row;
}

static size_t gather(const struct area *const *areas, struct entry *into)
{
    size_t count = 0;
    for (; *areas != NULL; areas++) {
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
            const void *row;
            const char *id;
            for (size_t n = 0; (row = row_at(*areas, &shapes[i], n, &id)) != NULL; n++, count++)
                if (into != NULL)
                    into[count] = (struct entry){&shapes[i], id, row};
        }
    }
    return count;
}

static int compare_entries(const void *first, const void *second)
{
    const struct entry *a = first, *b = second;
    return a->shape != b->shape ? (a->shape > b->shape) - (a->shape < b->shape) : strcmp(a->id, b->id);
}

/* As compare_entries; the GET of a page goes before its POST. */
static int compare_for_sort(const void *first, const void *second)
{
    const struct entry *a = first, *b = second;
    int order = compare_entries(a, b);
    if (order != 0 || a->shape != &shapes[REGISTER_ROUTE])
        return order;
    return (int)((const struct route *)a->row)->method - (int)((const struct route *)b->row)->method;
}

/* One address may have two routes of one id: the GET that shows a form and the POST that takes it. Links mean the GET. */
static bool is_post_of(const struct entry *shown, const struct entry *posted)
{
    const struct route *a = shown->row, *b = posted->row;
    return shown->shape == &shapes[REGISTER_ROUTE] && strcmp(a->path, b->path) == 0 && a->method == HTTP_GET && b->method == HTTP_POST;
}

static NEOERR *refuse_doubled_ids(void)
{
    size_t kept = 0;
    for (size_t i = 0; i < entry_count; i++) {
        const struct entry *last = kept == 0 ? NULL : &entries[kept - 1];
        if (last == NULL || compare_entries(last, &entries[i]) != 0)
            entries[kept++] = entries[i];
        else if (!is_post_of(last, &entries[i]))
            return nerr_raise(ERROR_INTERNAL, "index the registers: two rows of the register %s have the id %s", last->shape->name, last->id);
    }
    entry_count = kept;
    return STATUS_OK;
}

NEOERR *registers_init(const struct area *const *areas)
{
    all_areas = areas;
    entry_count = gather(areas, NULL);
    free(entries);
    entries = calloc(entry_count + 1, sizeof *entries);
    if (entries == NULL)
        return nerr_raise(ERROR_INTERNAL, "index the registers: no memory for %zu rows", entry_count);
    gather(areas, entries);
    qsort(entries, entry_count, sizeof *entries, compare_for_sort);
    TRY(refuse_doubled_ids());
    return nerr_pass(route_index(areas));
}

const struct area *const *registers(void)
{
    return all_areas;
}

static const void *find(enum register_kind kind, const char *id)
{
    const struct entry wanted = {.shape = &shapes[kind], .id = id};
    const struct entry *found = entry_count == 0 ? NULL : bsearch(&wanted, entries, entry_count, sizeof *entries, compare_entries);
    return found == NULL ? NULL : found->row;
}

const struct route *route_by_id(const char *id) { return find(REGISTER_ROUTE, id); }
const struct role *role_find(const char *id) { return find(REGISTER_ROLE, id); }
const struct permission *permission_find(const char *id) { return find(REGISTER_PERMISSION, id); }
const struct process *process_find(const char *id) { return find(REGISTER_PROCESS, id); }
const struct list *list_find(const char *id) { return find(REGISTER_LIST, id); }
const struct output *output_find(const char *id) { return find(REGISTER_OUTPUT, id); }
const struct job_kind *job_find(const char *id) { return find(REGISTER_JOB, id); }
const struct setting *setting_find(const char *key) { return find(REGISTER_SETTING, key); }
const struct code_list *code_list_find(const char *id) { return find(REGISTER_CODE_LIST, id); }
