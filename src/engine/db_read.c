/* db_read.c: the usual ways from a query to a value or a template. */
#include "engine/db_private.h"

struct number {
    int64_t value;
    bool found;
};

static NEOERR *take_number(void *data, const struct db_row *row)
{
    struct number *number = data;
    number->value = db_get_int(row, 0);
    number->found = db_get(row, 0) != NULL;
    return STATUS_OK;
}

/* For queries where no row is an answer too. */
static NEOERR *first_or_none(struct db *db, const char *sql, const struct db_value *values, db_row_fn *row_fn, void *data)
{
    NEOERR *error = db_one(db, sql, values, row_fn, data);
    nerr_handle(&error, ERROR_NOT_FOUND);
    return nerr_pass(error);
}

NEOERR *db_number(struct db *db, const char *sql, const struct db_value *values, int64_t *number, bool *found)
{
    struct number got = {0};
    TRY(first_or_none(db, sql, values, take_number, &got));
    *number = got.value;
    if (found != NULL)
        *found = got.found;
    return STATUS_OK;
}

struct text {
    struct pool *pool;
    char *value;
};

static NEOERR *take_text(void *data, const struct db_row *row)
{
    struct text *text = data;
    text->value = pool_strdup(text->pool, db_get(row, 0));
    return STATUS_OK;
}

NEOERR *db_string(struct db *db, struct pool *pool, const char *sql, const struct db_value *values, char **text)
{
    struct text got = {.pool = pool};
    TRY(first_or_none(db, sql, values, take_text, &got));
    *text = got.value;
    return STATUS_OK;
}

static NEOERR *row_to_hdf(void *data, const struct db_row *row)
{
    HDF *hdf = data;
    for (size_t i = 0; i < db_columns(row); i++)
        if (db_get(row, i) != NULL)
            TRY(hdf_set_value(hdf, db_name(row, i), db_get(row, i)));
    return STATUS_OK;
}

struct children {
    HDF *parent;
    size_t count;
};

static NEOERR *row_to_child(void *data, const struct db_row *row)
{
    struct children *children = data;
    HDF *child = NULL;
    char name[24];
    snprintf(name, sizeof name, "%zu", children->count++);
    TRY(hdf_get_node(children->parent, name, &child));
    return nerr_pass(row_to_hdf(child, row));
}

NEOERR *db_hdf(struct db *db, const char *sql, const struct db_value *values, HDF *parent, const char *under, size_t *count)
{
    struct children children = {.parent = parent};
    if (under != NULL)
        TRY(hdf_get_node(parent, under, &children.parent));
    TRY(db_each(db, sql, values, row_to_child, &children));
    if (count != NULL)
        *count = children.count;
    return STATUS_OK;
}

NEOERR *db_hdf_one(struct db *db, const char *sql, const struct db_value *values, HDF *hdf)
{
    return nerr_pass(db_one(db, sql, values, row_to_hdf, hdf));
}
