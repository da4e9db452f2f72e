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

/* The hashes of the files in the column, in its order. */
#define FILES_READ                                                                                                            \
    "IF(t.%s = '', NULL, (SELECT GROUP_CONCAT(f.sha256 ORDER BY j.n SEPARATOR ' ')"                                           \
    " FROM JSON_TABLE(CONCAT('[', t.%s, ']'), '$[*]' COLUMNS (n FOR ORDINALITY, id BIGINT UNSIGNED PATH '$')) j"              \
    " JOIN file f ON f.org_id = t.org_id AND f.id = j.id))"

static const char *read_sql(struct pool *pool, const struct exchange_field *field)
{
    if (field->read != NULL)
        return field->read;
    if (field->type == EXCHANGE_FILES)
        return pool_printf(pool, FILES_READ, field->column, field->column);
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

/* What stands in a list of words separated by spaces, j.word, the n-th of them. */
#define WORDS_OF(list)                                                                                                        \
    "JSON_TABLE(CONCAT('[\"', REPLACE(" list ", ' ', '\",\"'), '\"]'), '$[*]'"                                                \
    " COLUMNS (n FOR ORDINALITY, word VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PATH '$')) j"
/* The files of the organisation by the hashes; of the same content the youngest. */
#define FILES_WRITE                                                                                                           \
    "IF(%s IS NULL, NULL, (SELECT GROUP_CONCAT((SELECT MAX(f.id) FROM file f WHERE f.org_id = o.target_id AND f.purpose = 'scan' AND f.sha256 = j.word)" \
    " ORDER BY j.n SEPARATOR ',') FROM " WORDS_OF("%s") "))"

static const char *typed_sql(struct pool *pool, const struct exchange_field *field)
{
    const char *value = staged(pool, field);
    switch (field->type) {
    case EXCHANGE_REF: return pool_printf(pool, "%s.target_id", ref_alias(pool, field));
    case EXCHANGE_KATO: return pool_printf(pool, "(SELECT x.id FROM territory x WHERE x.kato = %s)", staged_uid(pool, field));
    case EXCHANGE_TICK: return pool_printf(pool, "IFNULL(%s, 0)", value);
    case EXCHANGE_CODES: return pool_printf(pool, "REPLACE(%s, ' ', ',')", value);
    case EXCHANGE_INSTANT: return pool_printf(pool, "REPLACE(REPLACE(%s, 'T', ' '), 'Z', '')", value);
    case EXCHANGE_FILES: return pool_printf(pool, FILES_WRITE, value, value);
    default: return value;
    }
}

static const char *write_sql(struct pool *pool, const struct exchange_field *field)
{
    if (field->write != NULL)
        return field->write;
    return pool_printf(pool, field->flags & EXCHANGE_BLANK ? "IFNULL(%s, '')" : "%s", typed_sql(pool, field));
}

/* STRAIGHT_JOIN: rows staged a moment ago have no statistics, and another order costs the square of them. */
static const char row_alone[] = "import_row r FORCE INDEX (by_kind)";
static const char organisation_of_row[] =
    "import_row r FORCE INDEX (by_kind)"
    " STRAIGHT_JOIN import_row o FORCE INDEX (by_kind) ON o.batch_id = r.batch_id AND o.kind = 'organisation' AND o.uid = r.org_uid AND o.is_double = 0";

/* The staged rows of one kind, r, each with its organisation, o, and with what those references lead to, y_…, that the words use; t as the
 * caller joins it. */
static const char *staged_rows(struct pool *pool, const struct exchange_kind *kind, const char *words)
{
    struct text text = {pool, kind == exchange_person || kind == exchange_organisation ? row_alone : organisation_of_row};
    for EACH_FIELD(field, kind)
        if (field->type == EXCHANGE_REF) {
            const char *y = ref_alias(pool, field);
            if (strstr(words, pool_printf(pool, "%s.", y)) == NULL)
                continue;
            say(&text, " LEFT JOIN import_row %s FORCE INDEX (by_kind) ON %s.batch_id = r.batch_id AND %s.kind = '%s' AND %s.uid = %s AND %s.is_double = 0", y, y, y, field->kind,
                y, staged_uid(pool, field), y);
        }
    return text.words;
}

/* ---- judging ---- */

const char *exchange_locate_sql(struct pool *pool, const struct exchange_kind *kind)
{
    return pool_printf(pool, "UPDATE %s STRAIGHT_JOIN %s t ON %s SET r.target_id = %s WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict IS NULL",
                       staged_rows(pool, kind, kind->match), kind->table, kind->match, kind->id, kind->element);
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

/* By the uids of the elements, which the reader has made of the hashes. */
const char *exchange_files_sql(struct pool *pool, const struct exchange_kind *kind, const struct exchange_field *field)
{
    const char *uids = pool_printf(pool, "JSON_VALUE(s.packed, '$.\"#%s\"')", field->attribute);
    return pool_printf(pool,
                       "UPDATE (SELECT DISTINCT s.id FROM import_row s FORCE INDEX (by_kind) STRAIGHT_JOIN " WORDS_OF("%s")
                       "  LEFT JOIN import_row x FORCE INDEX (by_kind) ON x.batch_id = s.batch_id AND x.kind = 'file' AND x.uid = j.word"
                       "   AND x.is_double = 0 AND IFNULL(x.verdict, '') NOT IN ('rejected', 'conflict')"
                       "  WHERE s.batch_id = ? AND s.kind = '%s' AND %s IS NOT NULL AND x.id IS NULL) d"
                       " STRAIGHT_JOIN import_row r ON r.batch_id = ? AND r.id = d.id"
                       " SET r.verdict = 'rejected', r.reason = ? WHERE r.verdict IS NULL",
                       uids, kind->element, uids);
}

const char *exchange_foreign_sql(struct pool *pool, const struct exchange_kind *kind)
{
    if (!kind->is_of_school || kind->fields[0].type != EXCHANGE_UID)
        return NULL;
    return pool_printf(pool,
                       "UPDATE %s STRAIGHT_JOIN %s t ON t.uid = r.uid AND NOT t.org_id <=> o.target_id"
                       " SET r.verdict = 'rejected', r.reason = ? WHERE r.batch_id = ? AND r.verdict IS NULL AND r.kind = '%s'",
                       organisation_of_row, kind->table, kind->element);
}

/* True when the attribute says what the column holds. What comes later in the file has no target yet. */
static const char *equal_sql(struct pool *pool, const struct exchange_field *field)
{
    if (field->type == EXCHANGE_REF && !(field->flags & EXCHANGE_LATER))
        return pool_printf(pool, "t.%s <=> %s", field->column, write_sql(pool, field));
    return pool_printf(pool, "BINARY %s <=> BINARY %s", read_sql(pool, field), staged(pool, field));
}

const char *exchange_new_sql(struct pool *pool, const struct exchange_kind *kind)
{
    return pool_printf(pool, "UPDATE %s SET r.verdict = 'new' WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict IS NULL AND r.target_id IS NULL", row_alone,
                       kind->element);
}

static const char *own_row(const struct exchange_kind *kind)
{
    return strcmp(kind->id, "t.id") == 0 ? "t.id = r.target_id" : kind->match;
}

const char *exchange_verdict_sql(struct pool *pool, const struct exchange_kind *kind)
{
    struct text equal = {pool, own_row(kind)};
    for EACH_FIELD(field, kind)
        if (!is_made(field) && field->type != EXCHANGE_UID && !(field->flags & EXCHANGE_NOT_COMPARED))
            say(&equal, " AND %s", equal_sql(pool, field));
    return pool_printf(pool, "UPDATE %s LEFT JOIN %s t ON %s SET r.verdict = IF(%s, 'same', '%s') WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict IS NULL",
                       staged_rows(pool, kind, equal.words), kind->table, own_row(kind), equal.words, kind->is_ledger ? "conflict" : "changed", kind->element);
}

/* ---- applying ---- */

static const char *of_organisation(const struct exchange_kind *kind)
{
    return kind == exchange_person ? "" : " AND r.org_uid = ?";
}

const char *exchange_insert_sql(struct pool *pool, const struct exchange_kind *kind, const char *condition)
{
    bool any = false;
    struct text columns = {pool, kind->is_of_school ? "org_id" : ""}, values = {pool, kind->is_of_school ? "o.target_id" : ""};
    for EACH_FIELD(field, kind) {
        if (field->column == NULL || field->flags & EXCHANGE_LATER)
            continue;
        const char *comma = columns.words[0] == '\0' ? "" : ", ";
        say(&columns, "%s%s", comma, field->column);
        say(&values, "%s%s", comma, write_sql(pool, field));
        any = true;
    }
    if (!any)
        return NULL;
    return pool_printf(pool, "INSERT INTO %s (%s) SELECT %s FROM %s WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict = 'new' AND r.target_id IS NULL%s%s", kind->table,
                       columns.words, values.words, staged_rows(pool, kind, values.words), kind->element, of_organisation(kind), condition);
}

const char *exchange_target_sql(struct pool *pool, const struct exchange_kind *kind)
{
    return pool_printf(pool,
                       "UPDATE %s STRAIGHT_JOIN %s t ON %s SET r.target_id = %s, r.applied = 1"
                       " WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict = 'new'%s AND r.target_id IS NULL",
                       staged_rows(pool, kind, kind->match), kind->table, kind->match, kind->id, kind->element, of_organisation(kind));
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
    return pool_printf(pool, "UPDATE %s STRAIGHT_JOIN %s t ON %s SET %s%s%s WHERE r.batch_id = ? AND r.kind = '%s' AND r.verdict IN (%s)%s",
                       staged_rows(pool, kind, pool_printf(pool, "%s %s", own_row(kind), sets.words)), kind->table, own_row(kind), sets.words,
                       kind->has_version && !later ? ", t.version = t.version + 1" : "", later ? "" : ", r.applied = 1", kind->element,
                       later ? "'new', 'changed'" : "'changed'", of_organisation(kind));
}
