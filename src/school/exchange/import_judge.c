/* import_judge.c: what each staged row is to this installation: new, same, changed, in conflict, rejected. */
#include "school/exchange/exchange.h"

#include "school/exchange/sql.h"

#include <string.h>

const char *const import_verdicts[IMPORT_VERDICTS] = {
    [IMPORT_NEW] = "new", [IMPORT_SAME] = "same", [IMPORT_CHANGED] = "changed", [IMPORT_CONFLICT] = "conflict", [IMPORT_REJECTED] = "rejected",
};

#define V(attribute) "JSON_VALUE(r.packed, '$.\"" attribute "\"')"
#define V_OF(alias, attribute) "JSON_VALUE(" alias ".packed, '$.\"" attribute "\"')"
#define ASCII(value) "CONVERT(" value " USING ascii) COLLATE ascii_bin"
/* Staged rows first and the school's by their keys: see sql.c. */
#define ORGANISATION_OF_ROW " FORCE INDEX (by_kind) STRAIGHT_JOIN import_row o FORCE INDEX (by_kind) ON o.batch_id = r.batch_id AND o.kind = 'organisation' AND o.uid = r.org_uid AND o.is_double = 0"

/* ---- once, before the kinds ---- */

/* What the reader found wrong with a row stays; everything else is judged anew. */
static const char FORGET_VERDICTS[] =
    "UPDATE import_row SET target_id = NULL, verdict = IF(is_bad, 'rejected', NULL), reason = IF(is_bad, reason, NULL)"
    " WHERE batch_id = ? AND (is_bad OR target_id IS NOT NULL OR verdict IS NOT NULL)";
/* By the first of each: joined with all before it, a row that stands a million times would be looked at by each of them. */
static const char MARK_DOUBLES[] =
    "UPDATE (SELECT x.kind, x.uid, MIN(x.id) AS first_id FROM import_row x FORCE INDEX (by_kind) WHERE x.batch_id = ?"
    "  GROUP BY x.kind, x.uid HAVING COUNT(*) > 1) d"
    " STRAIGHT_JOIN import_row r FORCE INDEX (by_kind) ON r.batch_id = ? AND r.kind = d.kind AND r.uid = d.uid AND r.id > d.first_id"
    " SET r.is_double = 1, r.verdict = 'rejected', r.reason = ?";

/* ---- rules of a kind; the words are bound first, then the batch, then what else is asked ---- */

/* A number of a register that stands in a row of the table, or twice in the file. */
#define NUMBER_TAKEN(kind, table)                                                                                                   \
    {kind, N_("This number stands in the register already"),                                                                       \
     "UPDATE import_row r" ORGANISATION_OF_ROW                                                                                     \
     " STRAIGHT_JOIN " table " t ON t.org_id = o.target_id AND t.year = " V("year") " AND t.number = " V("number")                 \
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = '" kind "' AND r.verdict IS NULL AND NOT t.id <=> r.target_id"}, \
    {kind, N_("This number stands twice in the file"),                                                                             \
     "UPDATE import_row r JOIN (SELECT x.id, ROW_NUMBER() OVER (PARTITION BY x.org_uid, " V_OF("x", "year") ", " V_OF("x", "number") \
     " ORDER BY x.id) AS nth FROM import_row x WHERE x.batch_id = ? AND x.kind = '" kind "') d ON d.id = r.id AND d.nth > 1"        \
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = '" kind "' AND r.verdict IS NULL"}

static const struct rule {
    const char *kind, *words, *sql;
    bool asks_org; /* a third value: the organisation of the batch */
} rules[] = {
    {"person", N_("This IIN stands twice in the file"),
     "UPDATE import_row r JOIN (SELECT x.id, ROW_NUMBER() OVER (PARTITION BY " V_OF("x", "iin") " ORDER BY x.id) AS nth"
     "  FROM import_row x WHERE x.batch_id = ? AND x.kind = 'person' AND " V_OF("x", "iin") " IS NOT NULL) d ON d.id = r.id AND d.nth > 1"
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'person' AND r.verdict IS NULL"},
    {"person", N_("This IIN is another person's here"),
     "UPDATE import_row r FORCE INDEX (by_kind) STRAIGHT_JOIN person t ON t.iin = " ASCII(V("iin"))
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'person' AND r.verdict IS NULL"
     " AND r.target_id IS NOT NULL AND r.target_id <> t.id"},
    {"person", N_("The person is here already by the IIN"),
     "UPDATE import_row r FORCE INDEX (by_kind) STRAIGHT_JOIN person t ON t.iin = " ASCII(V("iin"))
     " SET r.target_id = t.id, r.verdict = 'same', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'person' AND r.verdict IS NULL AND r.target_id IS NULL"},
    {"person", N_("An organisation's own import leaves persons as they are"),
     "UPDATE import_row r SET r.verdict = 'same', r.reason = ?"
     " WHERE r.batch_id = ? AND r.kind = 'person' AND r.verdict IS NULL AND r.target_id IS NOT NULL AND ? <> 0", .asks_org = true},
    {"organisation", N_("The file may bring this organisation only"),
     "UPDATE import_row r SET r.verdict = 'rejected', r.reason = ?"
     " WHERE r.batch_id = ? AND r.kind = 'organisation' AND r.verdict IS NULL AND NOT ? IN (0, IFNULL(r.target_id, -1))", .asks_org = true},
    {"organisation", N_("This BIN is another organisation's here"),
     "UPDATE import_row r FORCE INDEX (by_kind) STRAIGHT_JOIN organisation t ON t.bin = " ASCII(V("bin"))
     " SET r.verdict = 'rejected', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'organisation' AND r.verdict IS NULL AND NOT r.target_id <=> t.id"},
    {"organisation", N_("The kind of an organisation does not change"),
     "UPDATE import_row r FORCE INDEX (by_kind) STRAIGHT_JOIN organisation t ON t.id = r.target_id"
     " SET r.verdict = 'rejected', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'organisation' AND r.verdict IS NULL AND t.kind <> " V("kind")},
    {"organisation", N_("The territory is not in the register"),
     "UPDATE import_row r FORCE INDEX (by_kind) LEFT JOIN territory t ON t.kato = " ASCII(V("territory"))
     " SET r.verdict = 'rejected', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'organisation' AND r.verdict IS NULL AND t.id IS NULL"},
    {NULL, N_("Its organisation is not taken"),
     "UPDATE import_row r" ORGANISATION_OF_ROW
     " SET r.verdict = 'rejected', r.reason = ? WHERE r.batch_id = ? AND r.kind <> 'organisation' AND r.verdict IS NULL AND o.verdict = 'rejected'"},
    {"period", N_("The whole year is no period of its own"),
     "UPDATE import_row r SET r.verdict = 'rejected', r.reason = ?"
     " WHERE r.batch_id = ? AND r.kind = 'period' AND r.verdict IS NULL AND " V("kind") " = 'year'"},
    {"period", N_("The period is not within its school year"),
     "UPDATE import_row r" ORGANISATION_OF_ROW
     " LEFT JOIN import_row y FORCE INDEX (by_kind) ON y.batch_id = r.batch_id AND y.kind = 'year' AND y.org_uid = r.org_uid AND y.is_double = 0"
     "  AND " V_OF("y", "year") " = " V("year")
     " LEFT JOIN school_year t ON t.org_id = o.target_id AND t.year = " V("year")
     " SET r.verdict = 'rejected', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'period' AND r.verdict IS NULL"
     " AND NOT IFNULL(COALESCE(" V_OF("y", "starts-on") ", t.starts_on) <= " V("starts-on") " AND " V("starts-on") " < " V("ends-on")
     " AND " V("ends-on") " <= COALESCE(" V_OF("y", "ends-on") ", t.ends_on), FALSE)"},
    {"period", N_("It overlaps with another period of the file"),
     "UPDATE import_row r STRAIGHT_JOIN import_row x FORCE INDEX (by_kind) ON x.batch_id = r.batch_id AND x.kind = 'period' AND x.org_uid = r.org_uid"
     "  AND x.is_double = 0 AND x.id < r.id AND " V_OF("x", "year") " = " V("year") " AND " V_OF("x", "starts-on") " <= " V("ends-on") " AND " V_OF("x", "ends-on") " >= "
     V("starts-on") " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'period' AND r.verdict IS NULL"},
    {"period", N_("It overlaps with another period here"),
     "UPDATE import_row r" ORGANISATION_OF_ROW
     " STRAIGHT_JOIN period t ON t.org_id = o.target_id AND t.year = " V("year") " AND t.kind <> " ASCII(V("kind"))
     "  AND t.starts_on <= " V("ends-on") " AND t.ends_on >= " V("starts-on")
     " LEFT JOIN import_row x FORCE INDEX (by_kind) ON x.batch_id = r.batch_id AND x.kind = 'period' AND x.org_uid = r.org_uid"
     "  AND " V_OF("x", "year") " = " V("year") " AND " ASCII(V_OF("x", "kind")) " = t.kind"
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'period' AND r.verdict IS NULL AND x.id IS NULL"},
    {"shift", N_("The shift must end after it begins"),
     "UPDATE import_row r SET r.verdict = 'rejected', r.reason = ?"
     " WHERE r.batch_id = ? AND r.kind = 'shift' AND r.verdict IS NULL AND " V("begins-at") " >= " V("ends-at")},
    {"class", N_("Its shift is neither here nor in the file"),
     "UPDATE import_row r" ORGANISATION_OF_ROW
     " LEFT JOIN import_row x FORCE INDEX (by_kind) ON x.batch_id = r.batch_id AND x.kind = 'shift' AND x.org_uid = r.org_uid"
     "  AND IFNULL(x.verdict, '') <> 'rejected' AND " V_OF("x", "number") " = " V("shift")
     " LEFT JOIN shift t ON t.org_id = o.target_id AND t.number = " V("shift")
     " SET r.verdict = 'rejected', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'class' AND r.verdict IS NULL"
     " AND " V("shift") " IS NOT NULL AND x.id IS NULL AND t.id IS NULL"},
    {"class", N_("Its speciality is neither here nor in the file"),
     "UPDATE import_row r" ORGANISATION_OF_ROW
     " LEFT JOIN import_row x FORCE INDEX (by_kind) ON x.batch_id = r.batch_id AND x.kind = 'speciality' AND x.org_uid = r.org_uid"
     "  AND IFNULL(x.verdict, '') <> 'rejected' AND " V_OF("x", "code") " = " V("speciality")
     " LEFT JOIN speciality t ON t.org_id = o.target_id AND t.code = " V("speciality")
     " SET r.verdict = 'rejected', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'class' AND r.verdict IS NULL"
     " AND " V("speciality") " IS NOT NULL AND x.id IS NULL AND t.id IS NULL"},
    {"paper", N_("This number stands in the register already"),
     "UPDATE import_row r" ORGANISATION_OF_ROW
     " STRAIGHT_JOIN paper t ON t.org_id = o.target_id AND t.kind = " ASCII(V("kind")) " AND t.year = " V("year") " AND t.number = " V("number")
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'paper' AND r.verdict IS NULL AND NOT t.id <=> r.target_id"},
    {"paper", N_("This code is another paper's here"),
     "UPDATE import_row r" ORGANISATION_OF_ROW " STRAIGHT_JOIN paper t ON t.code = " ASCII(V("code"))
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'paper' AND r.verdict IS NULL AND NOT t.id <=> r.target_id"},
    {"paper", N_("This number or code stands twice in the file"),
     "UPDATE import_row r JOIN (SELECT x.id, ROW_NUMBER() OVER (PARTITION BY x.org_uid, " V_OF("x", "kind") ", " V_OF("x", "year") ","
     "  " V_OF("x", "number") " ORDER BY x.id) AS nth, ROW_NUMBER() OVER (PARTITION BY " V_OF("x", "code") " ORDER BY x.id) AS coded"
     "  FROM import_row x WHERE x.batch_id = ? AND x.kind = 'paper' AND " V_OF("x", "number") " IS NOT NULL) d"
     "  ON d.id = r.id AND (d.nth > 1 OR d.coded > 1)"
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'paper' AND r.verdict IS NULL"},
    NUMBER_TAKEN("application", "application"),
    NUMBER_TAKEN("meal", "meal"),
    {"class", N_("A class of this name stands already in that year"),
     "UPDATE import_row r" ORGANISATION_OF_ROW
     " STRAIGHT_JOIN class t ON t.org_id = o.target_id AND t.year = " V("year") " AND t.grade = " V("grade") " AND t.name_ru = " V("name-ru")
     " AND t.ended_on IS NULL"
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'class' AND r.verdict IS NULL"
     " AND NOT t.id <=> r.target_id AND " V("ended-on") " IS NULL"},
    {"class", N_("A class of this name stands twice in the file"),
     "UPDATE import_row r JOIN (SELECT x.id, ROW_NUMBER() OVER (PARTITION BY x.org_uid, " V_OF("x", "year") ", " V_OF("x", "grade") ","
     "  " V_OF("x", "name-ru") " ORDER BY x.id) AS nth FROM import_row x WHERE x.batch_id = ? AND x.kind = 'class'"
     "  AND " V_OF("x", "ended-on") " IS NULL) d ON d.id = r.id AND d.nth > 1"
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'class' AND r.verdict IS NULL"},
    {"pupil", N_("The person has another file in this organisation"),
     "UPDATE import_row r" ORGANISATION_OF_ROW
     " STRAIGHT_JOIN import_row h FORCE INDEX (by_kind) ON h.batch_id = r.batch_id AND h.kind = 'person' AND h.uid = " ASCII(V("person")) " AND h.is_double = 0"
     " STRAIGHT_JOIN pupil t ON t.org_id = o.target_id AND t.person_id = h.target_id"
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'pupil' AND r.verdict IS NULL AND NOT t.id <=> r.target_id"},
    {"pupil", N_("The person has two files in the file"),
     "UPDATE import_row r JOIN (SELECT x.id, ROW_NUMBER() OVER (PARTITION BY x.org_uid, " V_OF("x", "person") " ORDER BY x.id) AS nth"
     "  FROM import_row x WHERE x.batch_id = ? AND x.kind = 'pupil') d ON d.id = r.id AND d.nth > 1"
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'pupil' AND r.verdict IS NULL"},
    {"order", N_("This order number stands twice in the file"),
     "UPDATE import_row r JOIN (SELECT x.id, ROW_NUMBER() OVER (PARTITION BY x.org_uid, " V_OF("x", "journal") ", " V_OF("x", "year") ","
     "  " V_OF("x", "number") ", IFNULL(" V_OF("x", "doubled") ", 0) ORDER BY x.id) AS nth FROM import_row x WHERE x.batch_id = ?"
     "  AND x.kind = 'order') d ON d.id = r.id AND d.nth > 1"
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'order' AND r.verdict IS NULL"},
    {"order", N_("A reserved number is no order yet"),
     "UPDATE import_row r SET r.verdict = 'rejected', r.reason = ?"
     " WHERE r.batch_id = ? AND r.kind = 'order' AND r.verdict IS NULL AND " V("state") " = 'reserved'"},
    {"movement", N_("The row that it cancels is cancelled already"),
     "UPDATE import_row r" ORGANISATION_OF_ROW
     " STRAIGHT_JOIN import_row y FORCE INDEX (by_kind) ON y.batch_id = r.batch_id AND y.kind = 'movement' AND y.uid = " ASCII(V("voids")) " AND y.is_double = 0"
     " STRAIGHT_JOIN movement t ON t.org_id = o.target_id AND t.voids_id = y.target_id"
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'movement' AND r.verdict IS NULL AND NOT t.id <=> r.target_id"},
    {"movement", N_("A row is cancelled twice in the file"),
     "UPDATE import_row r JOIN (SELECT x.id, ROW_NUMBER() OVER (PARTITION BY " V_OF("x", "voids") " ORDER BY x.id) AS nth"
     "  FROM import_row x WHERE x.batch_id = ? AND x.kind = 'movement' AND " V_OF("x", "voids") " IS NOT NULL) d ON d.id = r.id AND d.nth > 1"
     " SET r.verdict = 'conflict', r.reason = ? WHERE r.batch_id = ? AND r.kind = 'movement' AND r.verdict IS NULL"},
    {"movement", N_("A cancelling row must name what it cancels, and no other row may"),
     "UPDATE import_row r SET r.verdict = 'rejected', r.reason = ?"
     " WHERE r.batch_id = ? AND r.kind = 'movement' AND r.verdict IS NULL AND (" V("kind") " = 'void') <> (" V("voids") " IS NOT NULL)"},
};

/* A rule that looks at the whole file binds the batch once more, before the words. */
static bool asks_file(const struct rule *rule)
{
    return strstr(rule->sql, "ROW_NUMBER") != NULL;
}

static NEOERR *run_rule(struct db *db, const struct import *import, const struct rule *rule)
{
    struct db_value words = DB_TEXT(rule->words), batch = DB_INT(import->id);
    if (asks_file(rule))
        return nerr_pass(db_exec(db, rule->sql, DB_VALUES(batch, words, batch), NULL, NULL));
    if (rule->asks_org)
        return nerr_pass(db_exec(db, rule->sql, DB_VALUES(words, batch, DB_INT(import->org)), NULL, NULL));
    return nerr_pass(db_exec(db, rule->sql, DB_VALUES(words, batch), NULL, NULL));
}

/* ---- one kind after the other ---- */

static NEOERR *check_references(struct db *db, struct pool *pool, const struct import *import, const struct exchange_kind *kind)
{
    const struct db_value words = DB_TEXT(N_("It refers to something that is not in the file or is not taken")), batch = DB_INT(import->id);
    for (const struct exchange_field *field = kind->fields; field->attribute != NULL; field++) {
        if (field->type == EXCHANGE_REF)
            TRY(db_exec(db, exchange_reference_sql(pool, kind, field), DB_VALUES(words, batch), NULL, NULL));
        if (field->type == EXCHANGE_FILES)
            TRY(db_exec(db, exchange_files_sql(pool, kind, field), DB_VALUES(batch, batch, words), NULL, NULL));
    }
    return STATUS_OK;
}

static NEOERR *refuse_foreign(struct db *db, struct pool *pool, const struct import *import, const struct exchange_kind *kind)
{
    const char *sql = exchange_foreign_sql(pool, kind), *words = N_("This row is another organisation's here");
    return sql == NULL ? STATUS_OK : nerr_pass(db_exec(db, sql, DB_VALUES(DB_TEXT(words), DB_INT(import->id)), NULL, NULL));
}

static NEOERR *judge_kind(struct db *db, struct pool *pool, const struct import *import, const struct exchange_kind *kind)
{
    const struct db_value *batch = DB_VALUES(DB_INT(import->id));
    TRY(db_exec(db, exchange_locate_sql(pool, kind), batch, NULL, NULL));
    TRY(refuse_foreign(db, pool, import, kind));
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].kind != NULL ? strcmp(rules[i].kind, kind->element) == 0 : kind == exchange_organisation)
            TRY(run_rule(db, import, &rules[i]));
    TRY(check_references(db, pool, import, kind));
    TRY(db_exec(db, exchange_new_sql(pool, kind), batch, NULL, NULL));
    return nerr_pass(db_exec(db, exchange_verdict_sql(pool, kind), batch, NULL, NULL));
}

struct judging {
    struct pool *pool;
    const struct import *import;
};

static NEOERR *judge(struct db *db, void *data)
{
    const struct judging *judging = data;
    const struct db_value batch = DB_INT(judging->import->id);
    TRY(db_exec(db, FORGET_VERDICTS, DB_VALUES(batch), NULL, NULL));
    TRY(db_exec(db, MARK_DOUBLES, DB_VALUES(batch, batch, DB_TEXT(N_("This row stands twice in the file"))), NULL, NULL));
    for (const struct exchange_kind *kind = exchange_kinds; kind->element != NULL; kind++)
        TRY(judge_kind(db, judging->pool, judging->import, kind));
    return STATUS_OK;
}

NEOERR *import_judge(struct db *db, struct pool *pool, const struct import *import)
{
    return nerr_pass(db_run(db, judge, &(struct judging){pool, import}));
}

/* ---- counting ---- */

static const char COUNT[] =
    "SELECT verdict + 0, COUNT(*) FROM import_row WHERE batch_id = ? AND verdict IS NOT NULL GROUP BY verdict";

static NEOERR *take_count(void *data, const struct db_row *row)
{
    struct import_counts *counts = data;
    counts->rows[db_get_int(row, 0) - 1] = db_get_int(row, 1);
    return STATUS_OK;
}

NEOERR *import_count(struct db *db, int64_t batch, struct import_counts *counts)
{
    *counts = (struct import_counts){0};
    return nerr_pass(db_each(db, COUNT, DB_VALUES(DB_INT(batch)), take_count, counts));
}
