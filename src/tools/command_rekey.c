/* command_rekey.c: mektepctl rekey: builds the sort and search keys of names anew, after a release that makes them in another way. */
#include "tools/tools.h"

#include "base/text.h"
#include "school/people/person.h"

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
    return STATUS_OK;
}

NEOERR *command_rekey(struct tool *tool)
{
    TRY(tool_read(tool, (const struct tool_option[]){{0}}, NULL));
    struct db *db = db_new(tool->config, DB_PROGRAM);
    NEOERR *error = rekey(tool, db);
    db_free(db);
    return nerr_pass(error);
}
