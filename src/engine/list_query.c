/* list_query.c: the SQL of a list, joined from the constant parts of its row; whatever comes from outside is a value. */
#include "engine/list_query.h"

#include "base/text.h"
#include "engine/route.h"

#include <string.h>

enum { SEARCH_WORDS_MAX = 5, YEARS_CHOSEN_FROM = 30 };

/* The bytes are copied: DB_DATE's live no longer than the block that gave them. */
NEOERR *list_value(struct list_query *query, struct db_value value)
{
    if (query->count + 1 >= sizeof query->values / sizeof query->values[0])
        return nerr_raise(ERROR_INTERNAL, "ask the list %s: more than %zu values", query->list->id, query->count);
    if (value.bytes != NULL)
        value.bytes = pool_copy(query->rq->pool, value.bytes, value.length);
    query->values[query->count++] = value;
    query->values[query->count] = (struct db_value){.kind = DB_END};
    return STATUS_OK;
}

NEOERR *list_year_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    int this_year = request_today(form->rq).year;
    (void)field;
    for (int year = this_year; year > this_year - YEARS_CHOSEN_FROM; year--) {
        const char *text = pool_printf(form->rq->pool, "%d", year);
        TRY(add(form, &(struct choice){.value = text, .label = text}));
    }
    return STATUS_OK;
}

NEOERR *list_bind_org(struct list_query *query)
{
    return nerr_pass(list_value(query, DB_INT(query->rq->place.org)));
}

NEOERR *list_bind_org_subject(struct list_query *query)
{
    TRY(list_bind_org(query));
    return nerr_pass(list_value(query, DB_INT(query->subject)));
}

/* ---- what is asked ---- */

/* The form of ticked rows and that of posted words name their list; other posted forms are none of ours. */
static const char *asked(const struct list_query *query, const char *name)
{
    const struct request *rq = query->rq;
    bool is_posted = strcmp(request_posted(rq, "list"), query->list->id) == 0;
    const char *value = http_get(is_posted ? &rq->posted : &rq->query, name);
    return value == NULL ? NULL : text_clean(rq->pool, value, false);
}

static const char *asked_or(const struct list_query *query, const char *name, const char *otherwise)
{
    const char *value = asked(query, name);
    return value != NULL ? value : otherwise;
}

static bool only_digits(const char *words)
{
    size_t length = strlen(words);
    return length > 0 && strspn(words, "0123456789 ") == length;
}

static void read_search(struct list_query *query)
{
    const struct list *list = query->list;
    struct list_asked *ask = query->asked;
    ask->search = list->search_sql == NULL && list->digits_sql == NULL ? "" : asked_or(query, "q", "");
    ask->by_digits = list->digits_sql != NULL && query->rq->http->method == HTTP_POST && only_digits(ask->search);
}

static const struct list_column *find_column(const struct list *list, const char *name)
{
    for (const struct list_column *column = list->columns; column->name != NULL; column++)
        if (strcmp(column->name, name) == 0)
            return column;
    return NULL;
}

static void read_sort(struct list_query *query)
{
    const struct list *list = query->list;
    struct list_asked *ask = query->asked;
    const char *usual = list->default_sort != NULL ? list->default_sort : "", *name = asked_or(query, "sort", usual);
    const struct list_column *column = find_column(list, name + (name[0] == '-'));
    if (column == NULL || (column->flags & COLUMN_SORTABLE) == 0)
        name = usual;
    ask->sort = find_column(list, name + (name[0] == '-'));
    ask->descending = name[0] == '-';
    ask->sort_asked = strcmp(name, usual) == 0 ? "" : name;
}

/* A list of counts by its first slice, where nothing else is said. */
static const struct list_slice *find_slice(const struct list_query *query, const struct list *list)
{
    const char *name = asked_or(query, "by", "");
    const struct list_slice *found = NULL;
    for (const struct list_slice *slice = list->slices; slice != NULL && slice->name != NULL; slice++) {
        bool is_open = slice->when == NULL || slice->when(query->rq);
        if (is_open && (found == NULL || strcmp(slice->name, name) == 0))
            found = slice;
    }
    return found;
}

/* A column that is not for this organisation counts nothing. */
static const struct list_column *find_counted(const struct list_query *query, const struct list *list)
{
    const struct list_column *column = find_column(list, asked_or(query, "count", ""));
    return column != NULL && column->when != NULL && !column->when(query->rq) ? NULL : column;
}

static void read_counts(struct list_query *query)
{
    const struct list *list = query->list->counts_of != NULL ? query->list->counts_of : query->list;
    struct list_asked *ask = query->asked;
    ask->slice = find_slice(query, list);
    if (list == query->list)
        return;
    ask->counted = find_counted(query, list);
    ask->key = asked(query, "key");
}

static bool is_choice(const struct choice_set *choices, const char *value)
{
    for (size_t i = 0; i < choices->count; i++)
        if (strcmp(choices->rows[i]->value, value) == 0)
            return true;
    return false;
}

static const char *iso(struct pool *pool, struct date date)
{
    char text[DATE_ISO_SIZE];
    date_to_iso(date, text);
    return pool_strdup(pool, text);
}

static void read_day(const struct list_query *query, struct list_choice *row)
{
    struct pool *pool = query->rq->pool;
    struct date day;
    row->usual = iso(pool, row->filter->usual_day != NULL ? row->filter->usual_day(query->rq) : request_today(query->rq));
    row->value = date_parse(asked_or(query, row->filter->name, ""), &day) == DATE_OK ? iso(pool, day) : row->usual;
}

/* A filter's choices may depend on the filters before it: together they are a form. */
static NEOERR *read_filter(struct list_query *query, struct form_data *form, const struct field *field, const struct list_filter *filter)
{
    struct list_choice *row = &query->asked->filters[query->asked->filter_count++];
    row->filter = filter;
    row->usual = filter->fallback != NULL ? filter->fallback : "";
    if (filter->is_day) {
        read_day(query, row);
        return STATUS_OK;
    }
    row->value = asked_or(query, filter->name, row->usual);
    TRY(choice_gather(form, field, &row->choices));
    if (row->value[0] != '\0' && (filter->choices != NULL || filter->codes != NULL) && !is_choice(&row->choices, row->value))
        row->value = row->usual;
    return nerr_pass(form_set(form, filter->name, row->value));
}

const char *list_filter_value(const struct list_query *query, const char *name)
{
    for (size_t i = 0; i < query->asked->filter_count; i++)
        if (strcmp(query->asked->filters[i].filter->name, name) == 0)
            return query->asked->filters[i].value;
    return "";
}

const char *list_day(struct request *rq, const struct list_choice *row)
{
    struct date day;
    return date_from_iso(row->value, &day) ? i18n_date(rq->pool, day) : row->value;
}

const char *list_slice_name(const struct list_query *query)
{
    return query->asked->slice != NULL ? query->asked->slice->name : "";
}

static size_t count_filters(const struct list *list)
{
    size_t count = 0;
    while (list->filters != NULL && list->filters[count].name != NULL)
        count++;
    return count;
}

static NEOERR *read_filters(struct list_query *query)
{
    struct request *rq = query->rq;
    size_t count = count_filters(query->list);
    struct field *fields = pool_alloc(rq->pool, (count + 1) * sizeof *fields);
    struct form_data *form;
    for (size_t i = 0; i < count; i++) {
        const struct list_filter *filter = &query->list->filters[i];
        fields[i] = (struct field){.name = filter->name, .label = filter->label, .kind = FIELD_CHOICE, .codes = filter->codes, .choices = filter->choices};
    }
    TRY(form_data_new(rq, fields, &form));
    form->subject = query->subject;
    query->asked->filters = pool_alloc(rq->pool, (count + 1) * sizeof *query->asked->filters);
    for (size_t i = 0; i < count; i++)
        if (query->list->filters[i].when == NULL || query->list->filters[i].when(rq))
            TRY(read_filter(query, form, &fields[i], &query->list->filters[i]));
    return STATUS_OK;
}

NEOERR *list_query_new(struct request *rq, const struct list *list, int64_t subject, const void *detail, struct list_query **out)
{
    struct list_query *query = pool_alloc(rq->pool, sizeof *query);
    query->rq = rq;
    query->list = list;
    query->subject = subject;
    query->detail = detail;
    query->asked = pool_alloc(rq->pool, sizeof *query->asked);
    read_search(query);
    read_sort(query);
    read_counts(query);
    *out = query;
    return nerr_pass(read_filters(query));
}

static bool is_usual(const struct list_choice *row)
{
    return strcmp(row->value, row->usual) == 0;
}

bool list_is_narrowed(const struct list_query *query)
{
    for (size_t i = 0; i < query->asked->filter_count; i++)
        if (!is_usual(&query->asked->filters[i]))
            return true;
    return query->asked->search[0] != '\0';
}

/* ---- the address ---- */

static bool is_own_name(const struct list *list, const char *name)
{
    static const char *const names[] = {"q", "sort", "page", "format"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    if (list->slices != NULL && strcmp(name, "by") == 0)
        return true;
    for (size_t i = 0; i < count_filters(list); i++)
        if (strcmp(list->filters[i].name, name) == 0)
            return true;
    return false;
}

/* route_with takes empty values out, but "all" is an empty value where the usual one is another. */
static char *add_pair(struct pool *pool, char *address, const char *name, const char *value)
{
    return pool_printf(pool, "%s%c%s=%s", address, strchr(address, '?') == NULL ? '?' : '&', name, http_escape(pool, value));
}

char *list_address(const struct list_query *query)
{
    const struct request *rq = query->rq;
    const struct list_asked *ask = query->asked;
    const char *id_and_values[PATH_IDS_MAX + 2] = {rq->route->id};
    for (size_t i = 0; i < PATH_IDS_MAX; i++)
        id_and_values[i + 1] = rq->ids[i];
    char *address = route_url_(rq, id_and_values);
    for (size_t i = 0; i < rq->query.count; i++)
        if (!is_own_name(query->list, rq->query.rows[i].name))
            address = add_pair(rq->pool, address, rq->query.rows[i].name, rq->query.rows[i].value);
    if (ask->search[0] != '\0' && !ask->by_digits)
        address = add_pair(rq->pool, address, "q", ask->search);
    if (ask->sort_asked[0] != '\0')
        address = add_pair(rq->pool, address, "sort", ask->sort_asked);
    if (query->list->slices != NULL && ask->slice != NULL && ask->slice != query->list->slices)
        address = add_pair(rq->pool, address, "by", ask->slice->name);
    for (size_t i = 0; i < ask->filter_count; i++)
        if (!is_usual(&ask->filters[i]))
            address = add_pair(rq->pool, address, ask->filters[i].filter->name, ask->filters[i].value);
    return address;
}

/* ---- the conditions ---- */

static NEOERR *add_condition(struct list_query *query, char **sql, const char *condition, struct db_value value)
{
    TRY(list_value(query, value));
    *sql = pool_printf(query->rq->pool, "%s AND (%s)", *sql, condition);
    return STATUS_OK;
}

/* Every word must be in the key. A folded word holds letters and digits only, so none of LIKE's signs. */
static NEOERR *match_words(struct list_query *query, const char *text, char **sql)
{
    struct pool *pool = query->rq->pool;
    char *rest = text_fold(pool, text), *word;
    *sql = pool_strdup(pool, rest[0] == '\0' ? "FALSE" : "TRUE");
    for (int i = 0; i < SEARCH_WORDS_MAX && (word = strsep(&rest, " ")) != NULL && word[0] != '\0'; i++)
        TRY(add_condition(query, sql, query->list->search_sql, DB_TEXT(pool_printf(pool, "%%%s%%", word))));
    return STATUS_OK;
}

static NEOERR *match_digits(struct list_query *query, char **sql)
{
    struct pool *pool = query->rq->pool;
    char *pattern = pool_printf(pool, "%%%s%%", query->asked->search), *end = pattern;
    for (const char *c = pattern; *c != '\0'; c++)
        if (*c != ' ')
            *end++ = *c;
    *end = '\0';
    *sql = pool_strdup(pool, "TRUE");
    return nerr_pass(add_condition(query, sql, query->list->digits_sql, DB_TEXT(pattern)));
}

/* Words are tried as typed and as the same keys in the other keyboard layout. */
static NEOERR *search_condition(struct list_query *query, char **sql)
{
    const struct list_asked *ask = query->asked;
    struct pool *pool = query->rq->pool;
    const char *switched = text_other_layout(pool, ask->search);
    char *typed = pool_strdup(pool, "FALSE"), *other = typed;
    if (query->list->search_sql != NULL) {
        TRY(match_words(query, ask->search, &typed));
        if (switched != NULL)
            TRY(match_words(query, switched, &other));
    }
    if (ask->by_digits)
        TRY(match_digits(query, &other));
    *sql = pool_printf(pool, "(%s OR %s)", typed, other);
    return STATUS_OK;
}

/* The rows behind one number: the condition that it counts, in the row where it stands. */
static NEOERR *counted_conditions(struct list_query *query, char **sql)
{
    const struct list_asked *ask = query->asked;
    if (ask->counted != NULL)
        *sql = pool_printf(query->rq->pool, "%s AND (%s)", *sql, ask->counted->sql);
    if (ask->counted == NULL || ask->key == NULL)
        return STATUS_OK;
    return nerr_pass(add_condition(query, sql, pool_printf(query->rq->pool, "COALESCE(%s, '') = ?", ask->slice->key_sql), DB_TEXT(ask->key)));
}

static NEOERR *conditions(struct list_query *query, char **sql)
{
    const struct list *list = query->list;
    struct pool *pool = query->rq->pool;
    const char *scope = "";
    char *search = NULL;
    query->count = 0;
    query->values[0] = (struct db_value){.kind = DB_END};
    *sql = pool_printf(pool, "(%s)", list->where);
    if (list->bind != NULL)
        TRY(list->bind(query));
    if (list->scope != NULL)
        TRY(list->scope(query, &scope));
    if (scope[0] != '\0')
        *sql = pool_printf(pool, "%s AND (%s)", *sql, scope);
    if (query->asked->search[0] != '\0') {
        TRY(search_condition(query, &search));
        *sql = pool_printf(pool, "%s AND %s", *sql, search);
    }
    for (size_t i = 0; i < query->asked->filter_count; i++)
        if (query->asked->filters[i].value[0] != '\0' && query->asked->filters[i].filter->sql != NULL)
            TRY(add_condition(query, sql, query->asked->filters[i].filter->sql, DB_TEXT(query->asked->filters[i].value)));
    return nerr_pass(counted_conditions(query, sql));
}

/* ---- the statement ---- */

static char *counts_sql(const struct list_query *query, const char *where)
{
    const struct list_slice *slice = query->asked->slice;
    struct pool *pool = query->rq->pool;
    char *sql = pool_printf(pool, "SELECT %s AS sliced", slice->key_sql);
    for (const struct list_column *column = query->list->columns; column->name != NULL; column++)
        sql = pool_printf(pool, "%s, SUM(%s)", sql, column->sql);
    return pool_printf(pool, "%s FROM %s WHERE %s GROUP BY sliced ORDER BY sliced IS NULL, MIN(%s)", sql, query->list->from, where,
                       slice->sort_sql != NULL ? slice->sort_sql : slice->key_sql);
}

static char *select_part(const struct list_query *query, enum list_what what)
{
    struct pool *pool = query->rq->pool;
    char *sql = pool_printf(pool, "SELECT %s AS id", query->list->id_sql);
    for (const struct list_column *column = query->list->columns; what == LIST_ROWS && column->name != NULL; column++)
        sql = pool_printf(pool, "%s, %s", sql, column->sql);
    return sql;
}

static char *order_part(const struct list_query *query)
{
    const struct list_column *sort = query->asked->sort;
    struct pool *pool = query->rq->pool;
    if (sort == NULL)
        return pool_printf(pool, " ORDER BY %s", query->list->tie_sql);
    return pool_printf(pool, " ORDER BY %s%s, %s", sort->sort_sql != NULL ? sort->sort_sql : sort->sql, query->asked->descending ? " DESC" : "",
                       query->list->tie_sql);
}

NEOERR *list_sql(struct list_query *query, enum list_what what, size_t limit, size_t offset, char **sql)
{
    const struct list *list = query->list;
    struct pool *pool = query->rq->pool;
    char *where;
    TRY(conditions(query, &where));
    if (what == LIST_COUNTS) {
        *sql = counts_sql(query, where);
        return STATUS_OK;
    }
    *sql = pool_printf(pool, "%s FROM %s WHERE %s%s%s", select_part(query, what), list->from, where, list->group_by != NULL ? " GROUP BY " : "",
                       list->group_by != NULL ? list->group_by : "");
    *sql = what == LIST_COUNT ? pool_printf(pool, "SELECT COUNT(*) FROM (%s) AS found", *sql) : pool_printf(pool, "%s%s", *sql, order_part(query));
    if (limit == 0)
        return STATUS_OK;
    *sql = pool_printf(pool, "%s LIMIT ? OFFSET ?", *sql);
    TRY(list_value(query, DB_INT(limit)));
    return nerr_pass(list_value(query, DB_INT(offset)));
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
    if ((column->flags & COLUMN_DATE) != 0 && date_from_iso(value, &date))
        return i18n_date(rq->pool, date);
    return value;
}
