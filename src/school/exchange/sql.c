/* sql.c: see sql.h. Only constant parts are joined here; values are bound. */
#include "school/exchange/sql.h"

#include <stdarg.h>
#include <string.h>

struct text {
    struct pool *pool;
    const char *words;
};

static void __attribute__((format(printf, 2, 3))) say(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *more = pool_vprintf(text->pool, format, args);
    va_end(args);
    text->words = pool_printf(text->pool, "%s%s", text->words, more);
}

static bool is_made(const struct exchange_field *field)
{
    return field->type == EXCHANGE_MADE;
}

#define EACH_FIELD(field, kind) (const struct exchange_field *field = (kind)->fields; field->attribute != NULL; field++)

/* ---- an attribute from the database ---- */

static const char *read_ref(struct pool *pool, const struct exchange_field *field)
{
    const struct exchange_kind *kind = exchange_kind_find(field->kind);
    return pool_printf(pool, "(SELECT x.uid FROM %s x WHERE %sx.id = t.%s)", kind->table, kind->is_of_school ? "x.org_id = t.org_id AND " : "",
                       field->column != NULL ? field->column : "id AND FALSE");
}

/* A territory without a code of its own is told by the one it belongs to. */
#define KATO_READ "(SELECT COALESCE(x.kato, p.kato) FROM territory x LEFT JOIN territory p ON p.id = x.parent_id WHERE x.id = t.%s)"

static const char *read_sql(struct pool *pool, const struct exchange_field *field)
{
    if (field->read != NULL)
        return field->read;
    if (field->flags & EXCHANGE_BLANK)
        return pool_printf(pool, "NULLIF(t.%s, '')", field->column);
    switch (field->type) {
    case EXCHANGE_REF: return read_ref(pool, field);
    case EXCHANGE_KATO: return pool_printf(pool, KATO_READ, field->column);
    case EXCHANGE_TICK: return pool_printf(pool, "NULLIF(t.%s, 0)", field->column);
    case EXCHANGE_CODES: return pool_printf(pool, "REPLACE(t.%s, ',', ' ')", field->column);
    case EXCHANGE_TIME: return pool_printf(pool, "TIME_FORMAT(t.%s, '%%H:%%i')", field->column);
    case EXCHANGE_INSTANT: return pool_printf(pool, "CONCAT(REPLACE(t.%s, ' ', 'T'), 'Z')", field->column);
    default: return pool_printf(pool, "t.%s", field->column);
    }
}

const char *exchange_export_sql(struct pool *pool, const struct exchange_kind *kind, const char *from)
{
    struct text text = {pool, ""};
    for EACH_FIELD(field, kind)
        if (!is_made(field))
            say(&text, "%s %s AS `%s`", text.words[0] == '\0' ? "SELECT" : ",", read_sql(pool, field), field->attribute);
    say(&text, " %s", from);
    return text.words;
}

/* ---- a column from the staged row ---- */

static const char *staged(struct pool *pool, const struct exchange_field *field)
{
    return pool_printf(pool, "JSON_VALUE(r.packed, '$.\"%s\"')", field->attribute);
}

static const char *staged_uid(struct pool *pool, const struct exchange_field *field)
{
    return pool_printf(pool, "CONVERT(%s USING ascii) COLLATE ascii_bin", staged(pool, field));
}

static const char *ref_alias(struct pool *pool, const struct exchange_field *field)
{
    char *alias = pool_printf(pool, "y_%s", field->attribute), *dash;
    while ((dash = strchr(alias, '-')) != NULL)
        *dash = '_';
    return alias;
}

static const char *typed_sql(struct pool *pool, const struct exchange_field *field)
{
    const char *value = staged(pool, field);
    switch (field->type) {
    case EXCHANGE_REF: return pool_printf(pool, "%s.target_id", ref_alias(pool, field));
    case EXCHANGE_KATO: return pool_printf(pool, "(SELECT x.id FROM territory x WHERE x.kato = %s)", staged_uid(pool, field));
    case EXCHANGE_TICK: return pool_printf(pool, "IFNULL(%s, 0)", value);
    case EXCHANGE_CODES: return pool_printf(pool, "REPLACE(%s, ' ', ',')", value);
    case EXCHANGE_INSTANT: return pool_printf(pool, "REPLACE(REPLACE(%s, 'T', ' '), 'Z', '')", value);
    default: return value;
    }
}

static const char *write_sql(struct pool *pool, const struct exchange_field *field)
{
    if (field->write != NULL)
        return field->write;
    return pool_printf(pool, field->flags & EXCHANGE_BLANK ? "IFNULL(%s, '')" : "%s", typed_sql(pool, field));
}

/* The staged rows of one kind, r, each with its organisation, o, and with what its references lead to, y_…; t as the caller joins it.
 * STRAIGHT_JOIN: rows staged a moment ago have no statistics, and another order costs the square of them. */
static const char *staged_rows(struct pool *pool, const struct exchange_kind *kind)
{
    struct text text = {pool, "import_row r FORCE INDEX (by_kind)"};
    if (kind != exchange_person && kind != exchange_organisation)
        say(&text, " STRAIGHT_JOIN import_row o FORCE INDEX (by_kind) ON o.batch_id = r.batch_id AND o.kind = 'organisation' AND o.uid = r.org_uid AND o.is_double = 0");
    for EACH_FIELD(field, kind)
        if (field->type == EXCHANGE_REF) {
            const char *y = ref_alias(pool, field);
            say(&text, " LEFT JOIN import_row %s FORCE INDEX (by_kind) ON %s.batch_id = r.batch_id AND %s.kind = '%s' AND %s.uid = %s AND %s.is_double = 0", y, y, y, field->kind,
                y, staged_uid(pool, field), y);
        }
    return text.words;
}

/* ---- judging ---- */

const char *exchange_locate_sql(struct pool *pool, const struct exchange_kind *kind)
{
    return pool_printf(pool, "UPDATE %s STRAIGHT_JOIN %s t ON %s SET r.target_id = %s WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict IS NULL",
                       staged_rows(pool, kind), kind->table, kind->match, kind->id, kind->element);
}

const char *exchange_reference_sql(struct pool *pool, const struct exchange_kind *kind, const struct exchange_field *field)
{
    return pool_printf(pool,
                       "UPDATE import_row r FORCE INDEX (by_kind) LEFT JOIN import_row y FORCE INDEX (by_kind) ON y.batch_id = r.batch_id AND y.kind = '%s' AND y.uid = %s"
                       " AND y.is_double = 0"
                       " AND IFNULL(y.verdict, '') NOT IN ('rejected', 'conflict')%s"
                       " SET r.verdict = 'rejected', r.reason = ?"
                       " WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict IS NULL AND %s IS NOT NULL AND y.id IS NULL",
                       field->kind, staged_uid(pool, field), strcmp(field->kind, "person") == 0 ? "" : " AND y.org_uid = r.org_uid", kind->element,
                       staged(pool, field));
}

/* True when the attribute says what the column holds. */
static const char *equal_sql(struct pool *pool, const struct exchange_field *field)
{
    if (field->type == EXCHANGE_REF)
        return pool_printf(pool, "t.%s <=> %s", field->column, write_sql(pool, field));
    return pool_printf(pool, "BINARY %s <=> BINARY %s", read_sql(pool, field), staged(pool, field));
}

const char *exchange_verdict_sql(struct pool *pool, const struct exchange_kind *kind)
{
    struct text text = {pool, ""};
    say(&text, "UPDATE %s LEFT JOIN %s t ON r.target_id IS NOT NULL AND %s SET r.verdict = CASE WHEN r.target_id IS NULL THEN 'new' WHEN TRUE",
        staged_rows(pool, kind), kind->table, strcmp(kind->id, "t.id") == 0 ? "t.id = r.target_id" : kind->match);
    for EACH_FIELD(field, kind)
        if (!is_made(field) && field->type != EXCHANGE_UID && !(field->flags & EXCHANGE_NOT_COMPARED))
            say(&text, " AND %s", equal_sql(pool, field));
    say(&text, " THEN 'same' ELSE '%s' END WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict IS NULL", kind->is_ledger ? "conflict" : "changed",
        kind->element);
    return text.words;
}

/* ---- applying ---- */

static const char *of_organisation(const struct exchange_kind *kind)
{
    return kind == exchange_person ? "" : " AND r.org_uid = ?";
}

const char *exchange_insert_sql(struct pool *pool, const struct exchange_kind *kind, const char *condition)
{
    struct text columns = {pool, kind->is_of_school ? "org_id" : ""}, values = {pool, kind->is_of_school ? "o.target_id" : ""};
    for EACH_FIELD(field, kind) {
        if (field->column == NULL || field->flags & EXCHANGE_LATER)
            continue;
        const char *comma = columns.words[0] == '\0' ? "" : ", ";
        say(&columns, "%s%s", comma, field->column);
        say(&values, "%s%s", comma, write_sql(pool, field));
    }
    return pool_printf(pool, "INSERT INTO %s (%s) SELECT %s FROM %s WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict = 'new' AND r.target_id IS NULL%s%s", kind->table,
                       columns.words, values.words, staged_rows(pool, kind), kind->element, of_organisation(kind), condition);
}

const char *exchange_target_sql(struct pool *pool, const struct exchange_kind *kind)
{
    return pool_printf(pool,
                       "UPDATE %s STRAIGHT_JOIN %s t ON %s SET r.target_id = %s, r.applied = 1"
                       " WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict = 'new'%s AND r.target_id IS NULL",
                       staged_rows(pool, kind), kind->table, kind->match, kind->id, kind->element, of_organisation(kind));
}

static bool is_written(const struct exchange_field *field, bool later)
{
    bool waits = (field->flags & EXCHANGE_LATER) != 0;
    if (field->column == NULL || waits != later)
        return false;
    return field->type != EXCHANGE_UID && strcmp(field->attribute, "#login") != 0;
}

const char *exchange_update_sql(struct pool *pool, const struct exchange_kind *kind, bool later)
{
    struct text sets = {pool, ""};
    for EACH_FIELD(field, kind)
        if (is_written(field, later))
            say(&sets, "%st.%s = %s", sets.words[0] == '\0' ? "" : ", ", field->column, write_sql(pool, field));
    if (sets.words[0] == '\0')
        return NULL;
    return pool_printf(pool, "UPDATE %s STRAIGHT_JOIN %s t ON %s SET %s%s%s WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict = '%s'%s", staged_rows(pool, kind),
                       kind->table, strcmp(kind->id, "t.id") == 0 ? "t.id = r.target_id" : kind->match, sets.words,
                       kind->has_version ? ", t.version = t.version + 1" : "", later ? "" : ", r.applied = 1", kind->element,
                       later ? "new" : "changed", of_organisation(kind));
}
