/* db_value.c: values that go into a statement and columns that come out. */
#include "engine/db_private.h"

#include <stdlib.h>
#include <string.h>

struct db_value db_text(const char *text)
{
    if (text == NULL)
        return DB_NULL;
    return (struct db_value){.kind = DB_KIND_TEXT, .bytes = text, .length = strlen(text)};
}

struct db_value db_id(int64_t id)
{
    return id == 0 ? DB_NULL : DB_INT(id);
}

struct db_value db_date(struct date date, char buffer[DATE_ISO_SIZE])
{
    if (date.year == 0)
        return DB_NULL;
    date_to_iso(date, buffer);
    return db_text(buffer);
}

struct db_value db_time(int64_t instant, char buffer[CLOCK_TEXT_SIZE])
{
    if (instant == 0)
        return DB_NULL;
    clock_format(instant, buffer);
    return db_text(buffer);
}

size_t db_columns(const struct db_row *row)
{
    return row->count;
}

const char *db_name(const struct db_row *row, size_t column)
{
    return row->columns[column].name;
}

const char *db_get(const struct db_row *row, size_t column)
{
    return row->columns[column].is_null ? NULL : row->columns[column].buffer;
}

const char *db_get_or(const struct db_row *row, size_t column, const char *none)
{
    const char *text = db_get(row, column);
    return text == NULL ? none : text;
}

size_t db_length(const struct db_row *row, size_t column)
{
    return row->columns[column].is_null ? 0 : row->columns[column].length;
}

int64_t db_get_int(const struct db_row *row, size_t column)
{
    return strtoll(db_get_or(row, column, "0"), NULL, 10);
}

struct date db_get_date(const struct db_row *row, size_t column)
{
    struct date date = {0};
    if (!date_from_iso(db_get_or(row, column, ""), &date))
        return (struct date){0};
    return date;
}

int64_t db_get_time(const struct db_row *row, size_t column)
{
    int64_t instant = 0;
    if (!clock_parse(db_get_or(row, column, ""), &instant))
        return 0;
    return instant;
}
