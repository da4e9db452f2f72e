/* command_rekey.c: mektepctl rekey: builds the sort and search keys of names anew, after a release that makes them in another way. */
#include "tools/tools.h"

#include "base/text.h"
#include "school/org/org.h"
#include "school/people/person.h"

#include <string.h>

enum { BATCH = 500 };

/* The tables that hold names; those of the directory have no organisation, and theirs is 0 = 0. */
static const struct {
    const char *name, *select, *update;
    bool is_directory;
} tables[] = {
    {"person",
     "SELECT id, surname, given, patronymic FROM person WHERE 0 = ? AND key_version <> ? AND id > ? ORDER BY id LIMIT ?",
     "UPDATE person SET sort_key = ?, fold_key = ?, key_version = ? WHERE 0 = ? AND id = ?", true},
    {"pupil",
     "SELECT id, surname, given, patronymic FROM pupil WHERE org_id = ? AND key_version <> ? AND id > ? ORDER BY id LIMIT ?",
     "UPDATE pupil SET sort_key = ?, fold_key = ?, key_version = ? WHERE org_id = ? AND id = ?", false},
    {"application",
     "SELECT id, surname, given, patronymic FROM application WHERE org_id = ? AND key_version <> ? AND id > ? ORDER BY id LIMIT ?",
     "UPDATE application SET sort_key = ?, fold_key = ?, key_version = ? WHERE org_id = ? AND id = ?", false},
    {"arriving",
     "SELECT id, surname, given, patronymic FROM arriving WHERE org_id = ? AND key_version <> ? AND id > ? ORDER BY id LIMIT ?",
     "UPDATE arriving SET sort_key = ?, fold_key = ?, key_version = ? WHERE org_id = ? AND id = ?", false},
    {"employee",
     "SELECT id, surname, given, patronymic FROM employee WHERE org_id = ? AND key_version <> ? AND id > ? ORDER BY id LIMIT ?",
     "UPDATE employee SET sort_key = ?, fold_key = ?, key_version = ? WHERE org_id = ? AND id = ?", false},
};
enum { TABLES = sizeof tables / sizeof tables[0] };

struct batch {
    struct pool *pool;
    size_t table, count;
    int64_t org, last;
    struct named {
        int64_t id;
        struct name_keys keys;
    } rows[BATCH];
};

static NEOERR *take_name(void *data, const struct db_row *row)
{
    struct batch *batch = data;
    struct named *named = &batch->rows[batch->count++];
    named->id = batch->last = db_get_int(row, 0);
    name_keys_make(batch->pool, db_get(row, 1), db_get(row, 2), db_get(row, 3), &named->keys);
    return STATUS_OK;
}

static NEOERR *store_batch(struct db *db, void *data)
{
    const struct batch *batch = data;
    for (size_t i = 0; i < batch->count; i++) {
        const struct named *named = &batch->rows[i];
        TRY(db_exec(db, tables[batch->table].update,
                    DB_VALUES(DB_SORT_KEY(named->keys), DB_TEXT(named->keys.fold), DB_INT(TEXT_KEY_VERSION), DB_INT(batch->org), DB_INT(named->id)),
                    NULL, NULL));
    }
    return STATUS_OK;
}

/* Batch after batch: broken off, it goes on where it was. */
static NEOERR *rekey_table(struct db *db, struct batch *batch, size_t *done)
{
    do {
        batch->pool = pool_new();
        batch->count = 0;
        NEOERR *error = db_each(db, tables[batch->table].select,
                                DB_VALUES(DB_INT(batch->org), DB_INT(TEXT_KEY_VERSION), DB_INT(batch->last), DB_INT(BATCH)), take_name, batch);
        if (error == STATUS_OK && batch->count > 0)
            error = db_run(db, store_batch, batch);
        pool_free(batch->pool);
        TRY(error);
        *done += batch->count;
    } while (batch->count == BATCH);
    return STATUS_OK;
}

/* ---- names of organisations: few, with a key that says no version, so all are looked at ---- */

enum { NAMES_MAX = 64 }; /* of one organisation, one after the other */

struct renaming {
    struct pool *pool;
    int64_t org;
    size_t count;
    struct {
        const char *from, *fold;
    } rows[NAMES_MAX];
};

static const char NAMES[] =
    "SELECT valid_from, name_kk, name_ru, name_en, fold_key FROM organisation_name WHERE organisation_id = ? ORDER BY valid_from";

static NEOERR *take_stale(void *data, const struct db_row *row)
{
    struct renaming *renaming = data;
    const char *fold = organisation_fold(renaming->pool, db_get(row, 1), db_get(row, 2), db_get(row, 3));
    if (strcmp(fold, db_get(row, 4)) != 0 && renaming->count < NAMES_MAX) {
        renaming->rows[renaming->count].from = pool_strdup(renaming->pool, db_get(row, 0));
        renaming->rows[renaming->count++].fold = fold;
    }
    return STATUS_OK;
}

static const char SET_FOLD[] =
    "UPDATE organisation_name SET fold_key = ? WHERE organisation_id = ? AND valid_from = ?";

static NEOERR *rekey_organisation(struct db *db, void *data)
{
    struct renaming *renaming = data;
    renaming->count = 0;
    TRY(db_each(db, NAMES, DB_VALUES(DB_INT(renaming->org)), take_stale, renaming));
    for (size_t i = 0; i < renaming->count; i++)
        TRY(db_exec(db, SET_FOLD, DB_VALUES(DB_TEXT(renaming->rows[i].fold), DB_INT(renaming->org), DB_TEXT(renaming->rows[i].from)), NULL, NULL));
    return STATUS_OK;
}

static NEOERR *rekey_organisations(struct tool *tool, struct db *db, const int64_t *orgs, size_t count)
{
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        struct renaming renaming = {.pool = tool->pool, .org = orgs[i]};
        TRY(db_run(db, rekey_organisation, &renaming));
        done += renaming.count;
    }
    printf("organisation: %zu\n", done);
    return STATUS_OK;
}

static NEOERR *rekey(struct tool *tool, struct db *db)
{
    int64_t *orgs = NULL;
    size_t count = 0;
    struct batch *batch = pool_alloc(tool->pool, sizeof *batch);
    TRY(tool_organisations(tool, db, &orgs, &count));
    for (size_t table = 0; table < TABLES; table++) {
        size_t done = 0, places = tables[table].is_directory ? 1 : count;
        for (size_t i = 0; i < places; i++) {
            *batch = (struct batch){.table = table, .org = tables[table].is_directory ? 0 : orgs[i]};
            TRY(rekey_table(db, batch, &done));
        }
        printf("%s: %zu\n", tables[table].name, done);
    }
    return nerr_pass(rekey_organisations(tool, db, orgs, count));
}

NEOERR *command_rekey(struct tool *tool)
{
    TRY(tool_read(tool, (const struct tool_option[]){{0}}, NULL));
    struct db *db = db_new(tool->config, DB_PROGRAM);
    NEOERR *error = rekey(tool, db);
    db_free(db);
    return nerr_pass(error);
}
