/* db_statement.c: prepared statements: kept by their text, bound by kind, rows fetched as text into buffers that grow. */
#include "engine/db_private.h"

#include <stdlib.h>
#include <string.h>

enum { PARAMETERS_MAX = 200, COLUMN_BYTES_MIN = 24, COLUMN_BYTES_FIRST = 256 };

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count == 0 ? 1 : count, size);
    if (memory == NULL)
        abort(); /* as pool.h: the master starts another process */
    return memory;
}

static NEOERR *statement_fault(struct db *db, MYSQL_STMT *handle, const char *sql)
{
    return nerr_pass(db_fault(db, mysql_stmt_errno(handle), mysql_stmt_error(handle), sql));
}

/* ---- results ---- */

/* The library takes a copy of the binds, so this is called again whenever a buffer has moved. */
static NEOERR *bind_results(struct db *db, struct statement *statement)
{
    for (unsigned i = 0; i < statement->row.count; i++) {
        struct db_column *column = &statement->row.columns[i];
        statement->results[i] = (MYSQL_BIND){
            .buffer_type = MYSQL_TYPE_STRING,
            .buffer = column->buffer,
            .buffer_length = column->size,
            .length = &column->length,
            .is_null = &column->is_null,
            .error = &column->error,
        };
    }
    if (mysql_stmt_bind_result(statement->handle, statement->results))
        return statement_fault(db, statement->handle, statement->sql);
    return STATUS_OK;
}

static void column_size(struct db_column *column, unsigned long size)
{
    free(column->buffer);
    column->buffer = allocate(size + 1, 1);
    column->size = size;
}

static NEOERR *describe_results(struct db *db, struct statement *statement)
{
    statement->metadata = mysql_stmt_result_metadata(statement->handle);
    if (statement->metadata == NULL)
        return STATUS_OK;
    unsigned count = mysql_num_fields(statement->metadata);
    const MYSQL_FIELD *fields = mysql_fetch_fields(statement->metadata);
    statement->row = (struct db_row){.columns = allocate(count, sizeof *statement->row.columns), .count = count};
    statement->results = allocate(count, sizeof *statement->results);
    for (unsigned i = 0; i < count; i++) {
        unsigned long size = fields[i].length;
        if (size < COLUMN_BYTES_MIN)
            size = COLUMN_BYTES_MIN;
        if (size > COLUMN_BYTES_FIRST)
            size = COLUMN_BYTES_FIRST;
        statement->row.columns[i].name = fields[i].name;
        column_size(&statement->row.columns[i], size);
    }
    return nerr_pass(bind_results(db, statement));
}

/* Fetches what was cut once more, into larger buffers; all of them before the new bind, which forgets the row. */
static NEOERR *fetch_long_values(struct db *db, struct statement *statement)
{
    for (unsigned i = 0; i < statement->row.count; i++) {
        struct db_column *column = &statement->row.columns[i];
        if (column->is_null || column->length <= column->size)
            continue;
        column_size(column, column->length + column->length / 2);
        MYSQL_BIND bind = statement->results[i];
        bind.buffer = column->buffer;
        bind.buffer_length = column->size;
        if (mysql_stmt_fetch_column(statement->handle, &bind, i, 0) != 0)
            return statement_fault(db, statement->handle, statement->sql);
    }
    return nerr_pass(bind_results(db, statement));
}

NEOERR *statement_fetch(struct db *db, struct statement *statement, bool *found)
{
    int status = mysql_stmt_fetch(statement->handle);
    *found = status == 0 || status == MYSQL_DATA_TRUNCATED;
    if (status == MYSQL_NO_DATA)
        return STATUS_OK;
    if (!*found)
        return statement_fault(db, statement->handle, statement->sql);
    if (status == MYSQL_DATA_TRUNCATED)
        TRY(fetch_long_values(db, statement));
    for (unsigned i = 0; i < statement->row.count; i++) {
        struct db_column *column = &statement->row.columns[i];
        column->buffer[column->is_null ? 0 : column->length] = '\0';
    }
    return STATUS_OK;
}

/* ---- preparing, keeping ---- */

void statement_free(struct statement *statement)
{
    if (statement->metadata != NULL)
        mysql_free_result(statement->metadata);
    mysql_stmt_close(statement->handle);
    for (unsigned i = 0; i < statement->row.count; i++)
        free(statement->row.columns[i].buffer);
    free(statement->row.columns);
    free(statement->results);
    free(statement->sql);
    free(statement);
}

NEOERR *statement_prepare(struct db *db, const char *sql, struct statement **out)
{
    struct statement *statement = allocate(1, sizeof *statement);
    statement->sql = strdup(sql);
    statement->handle = mysql_stmt_init(db->mysql);
    if (statement->sql == NULL || statement->handle == NULL)
        abort();
    NEOERR *error = STATUS_OK;
    if (mysql_stmt_prepare(statement->handle, sql, (unsigned long)strlen(sql)) != 0)
        error = statement_fault(db, statement->handle, sql);
    else
        error = describe_results(db, statement);
    if (error != STATUS_OK) {
        statement_free(statement);
        return nerr_pass(error);
    }
    *out = statement;
    return STATUS_OK;
}

static uint64_t hash_text(const char *text) /* FNV-1a */
{
    uint64_t hash = 14695981039346656037u;
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

static void keep_first(struct db *db, size_t from, struct statement *statement)
{
    memmove(&db->kept[1], &db->kept[0], from * sizeof db->kept[0]);
    db->kept[0] = statement;
}

NEOERR *statement_get(struct db *db, const char *sql, struct statement **out)
{
    uint64_t hash = hash_text(sql);
    for (size_t i = 0; i < db->kept_count; i++) {
        if (db->kept[i]->hash == hash && strcmp(db->kept[i]->sql, sql) == 0) {
            *out = db->kept[i];
            keep_first(db, i, *out);
            return STATUS_OK;
        }
    }
    TRY(statement_prepare(db, sql, out));
    (*out)->hash = hash;
    if (db->kept_count == STATEMENTS_KEPT)
        statement_free(db->kept[--db->kept_count]);
    keep_first(db, db->kept_count++, *out);
    return STATUS_OK;
}

void statements_drop(struct db *db)
{
    while (db->kept_count > 0)
        statement_free(db->kept[--db->kept_count]);
}

/* ---- parameters ---- */

static const enum enum_field_types parameter_types[] = {
    [DB_KIND_INT] = MYSQL_TYPE_LONGLONG,
    [DB_KIND_TEXT] = MYSQL_TYPE_STRING,
    [DB_KIND_BYTES] = MYSQL_TYPE_BLOB,
    [DB_KIND_NULL] = MYSQL_TYPE_NULL,
};

NEOERR *statement_execute(struct db *db, struct statement *statement, const struct db_value *values)
{
    MYSQL_BIND parameters[PARAMETERS_MAX]; /* 22 kB: only those in use are set */
    int64_t numbers[PARAMETERS_MAX];
    unsigned count = 0;
    for (; values[count].kind != DB_END; count++) {
        const struct db_value *value = &values[count];
        if (count == PARAMETERS_MAX)
            return nerr_raise(ERROR_INTERNAL, "more than %d values for: %.150s", PARAMETERS_MAX, statement->sql);
        numbers[count] = value->number;
        bool number = value->kind == DB_KIND_INT;
        parameters[count] = (MYSQL_BIND){
            .buffer_type = parameter_types[value->kind],
            .buffer = number ? (void *)&numbers[count] : (void *)(uintptr_t)value->bytes,
            .buffer_length = number ? sizeof numbers[count] : (unsigned long)value->length,
        };
    }
    if (count != mysql_stmt_param_count(statement->handle))
        return nerr_raise(ERROR_INTERNAL, "%u values given, %lu wanted by: %.150s", count,
                          mysql_stmt_param_count(statement->handle), statement->sql);
    if (count > 0 && mysql_stmt_bind_param(statement->handle, parameters))
        return statement_fault(db, statement->handle, statement->sql);
    if (mysql_stmt_execute(statement->handle) != 0)
        return statement_fault(db, statement->handle, statement->sql);
    return STATUS_OK;
}
