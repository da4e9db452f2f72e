/* list_query.c: the SQL of a list, joined from the constant parts of its row; whatever comes from outside is a value. */
#include "engine/list_query.h"

#include "base/text.h"

#include <ctype.h>
#include <string.h>

enum { WORDS_MAX = 5 };

const char *list_parameter(const struct request *rq, const char *name)
{
    const char *value = request_query(rq, name);
    return value[0] != '\0' ? value : text_clean(rq->pool, request_posted(rq, name), false);
}

NEOERR *list_value(struct list_query *query, struct db_value value)
{
    if (query->count + 1 >= sizeof query->values / sizeof query->values[0])
        return nerr_raise(ERROR_INTERNAL, "list %s has too many values", query->list->id);
    query->values[query->count++] = value;
    query->values[query->count] = (struct db_value){.kind = DB_END};
    return STATUS_OK;
}

NEOERR *list_query_new(struct request *rq, const struct list *list, int64_t subject, const void *detail, struct list_query **out)
{
    struct list_query *query = pool_alloc(rq->pool, sizeof *query);
    query->rq = rq;
    query->list = list;
    query->subject = subject;
    query->detail = detail;
    *out = query;
    return STATUS_OK;
}

/* ---- search ---- */

static bool only_digits(const char *words)
{
    size_t digits = 0;
    for (const char *c = words; *c != '\0'; c++) {
        digits += isdigit((unsigned char)*c) != 0;
        if (!isdigit((unsigned char)*c) && *c != ' ')
            return false;
    }
    return digits > 0;
}

static char *digits_of(struct pool *pool, const char *words)
{
    char *digits = pool_strdup(pool, words), *out = digits;
    for (const char *c = words; *c != '\0'; c++)
        if (isdigit((unsigned char)*c))
            *out++ = *c;
    *out = '\0';
    return digits;
}

/* Each word must be found, as typed or as the keys of the other keyboard layout. */
static NEOERR *search_words(struct list_query *query, const char *words, char **sql)
{
    struct pool *pool = query->rq->pool;
    const char *condition = query->list->search_sql, *other = text_other_layout(pool, words);
    char *typed = text_fold(pool, words), *switched = other != NULL ? text_fold(pool, other) : NULL, *word;
    for (int i = 0; i < WORDS_MAX && (word = strsep(&typed, " ")) != NULL; i++) {
        const char *twin = switched != NULL ? strsep(&switched, " ") : NULL;
        TRY(list_value(query, DB_TEXT(pool_printf(pool, "%%%s%%", word))));
        if (twin != NULL)
            TRY(list_value(query, DB_TEXT(pool_printf(pool, "%%%s%%", twin))));
        *sql = twin != NULL ? pool_printf(pool, "%s AND (%s OR %s)", *sql, condition, condition) : pool_printf(pool, "%s AND %s", *sql, condition);
    }
    return STATUS_OK;
}

static NEOERR *add_search(struct list_query *query, char **sql)
{
    struct pool *pool = query->rq->pool;
    const char *words = list_parameter(query->rq, "q");
    if (words[0] == '\0')
        return STATUS_OK;
    if (only_digits(words) && query->list->digits_sql != NULL) {
        TRY(list_value(query, DB_TEXT(pool_printf(pool, "%%%s%%", digits_of(pool, words)))));
        *sql = pool_printf(pool, "%s AND %s", *sql, query->list->digits_sql);
        return STATUS_OK;
    }
    return query->list->search_sql != NULL ? nerr_pass(search_words(query, words, sql)) : STATUS_OK;
}

/* ---- filters and sort ---- */

const char *list_filter_value(const struct request *rq, const struct list_filter *filter)
{
    const char *value = list_parameter(rq, filter->name);
    if (value[0] == '\0' && filter->fallback != NULL && http_get(&rq->query, filter->name) == NULL)
        return filter->fallback;
    return value;
}

static NEOERR *add_filters(struct list_query *query, char **sql)
{
    for (const struct list_filter *filter = query->list->filters; filter != NULL && filter->name != NULL; filter++) {
        const char *value = list_filter_value(query->rq, filter);
        if (value[0] == '\0' || (filter->when != NULL && !filter->when(query->rq)))
            continue;
        TRY(list_value(query, DB_TEXT(value)));
        *sql = pool_printf(query->rq->pool, "%s AND %s", *sql, filter->sql);
    }
    return STATUS_OK;
}

static const struct list_column *find_sortable(const struct list *list, const char *name)
{
    for (const struct list_column *column = list->columns; column->name != NULL; column++)
        if ((column->flags & COLUMN_SORTABLE) && strcmp(column->name, name) == 0)
            return column;
    return NULL;
}

const struct list_column *list_sort(const struct list_query *query, bool *descending)
{
    const char *name = list_parameter(query->rq, "sort");
    const struct list_column *column = find_sortable(query->list, name[0] == '-' ? name + 1 : name);
    if (column == NULL) {
        name = query->list->default_sort;
        column = find_sortable(query->list, name[0] == '-' ? name + 1 : name);
    }
    *descending = name[0] == '-';
    return column;
}

/* ---- the statement ---- */

static char *select_part(const struct list_query *query, enum list_what what)
{
    struct pool *pool = query->rq->pool;
    char *sql = pool_printf(pool, "SELECT %s AS id", query->list->id_sql);
    for (const struct list_column *column = query->list->columns; what == LIST_ROWS && column->name != NULL; column++)
        sql = pool_printf(pool, "%s, %s AS %s_value", sql, column->sql, column->name);
    return sql;
}

static char *order_part(const struct list_query *query)
{
    bool descending;
    const struct list_column *column = list_sort(query, &descending);
    const char *by = column == NULL ? NULL : column->sort_sql != NULL ? column->sort_sql : column->sql;
    if (by == NULL)
        return pool_printf(query->rq->pool, " ORDER BY %s", query->list->tie_sql);
    return pool_printf(query->rq->pool, " ORDER BY %s%s, %s", by, descending ? " DESC" : "", query->list->tie_sql);
}

NEOERR *list_sql(struct list_query *query, enum list_what what, size_t limit, size_t offset, char **out)
{
    const struct list *list = query->list;
    struct pool *pool = query->rq->pool;
    const char *scope = "";
    char *sql = pool_printf(pool, "%s FROM %s WHERE %s", select_part(query, what), list->from, list->where);
    query->count = 0;
    query->values[0] = (struct db_value){.kind = DB_END};
    TRY(list->bind(query));
    if (list->scope != NULL)
        TRY(list->scope(query, &scope));
    if (scope[0] != '\0')
        sql = pool_printf(pool, "%s AND %s", sql, scope);
    TRY(add_search(query, &sql));
    TRY(add_filters(query, &sql));
    if (list->group_by != NULL)
        sql = pool_printf(pool, "%s GROUP BY %s", sql, list->group_by);
    if (what == LIST_COUNT)
        sql = pool_printf(pool, "SELECT COUNT(*) FROM (%s) AS found", sql);
    else
        sql = pool_printf(pool, "%s%s", sql, order_part(query));
    if (limit > 0) {
        sql = pool_printf(pool, "%s LIMIT ? OFFSET ?", sql);
        TRY(list_value(query, DB_INT(limit)));
        TRY(list_value(query, DB_INT(offset)));
    }
    *out = sql;
    return STATUS_OK;
}

const char *list_cell(struct request *rq, const struct list_column *column, const char *value)
{
    struct date date;
    if (value == NULL || value[0] == '\0')
        return "";
    if (column->codes != NULL)
        return code_name(column->codes, value);
    if (column->show != NULL)
        return column->show(rq, value);
    if ((column->flags & COLUMN_DATE) && date_from_iso(value, &date))
        return i18n_date(rq->pool, date);
    return value;
}
