/* command_check.c: mektepctl check: is what is stored of each ledger still what its rows say? */
#include "tools/tools.h"

#include "engine/area.h"

static void tell_difference(void *data, const char *line)
{
    ++*(int *)data;
    puts(line);
}

static NEOERR *check_organisation(struct db *db, int64_t org, int *differences)
{
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct ledger *const *ledger = (*area)->ledgers; ledger != NULL && *ledger != NULL; ledger++)
            TRY((*ledger)->check(db, org, tell_difference, differences));
    return STATUS_OK;
}

static NEOERR *check_all(struct tool *tool, struct db *db)
{
    int64_t *orgs = NULL;
    size_t count = 0;
    int differences = 0;
    TRY(tool_organisations(tool, db, &orgs, &count));
    for (size_t i = 0; i < count; i++)
        TRY(check_organisation(db, orgs[i], &differences));
    if (differences > 0)
        return nerr_raise(ERROR_CONFLICT, "%zu organisations checked, %d differences", count, differences);
    printf("%zu organisations checked, no differences\n", count);
    return STATUS_OK;
}

NEOERR *command_check(struct tool *tool)
{
    TRY(tool_read(tool, (const struct tool_option[]){{0}}, NULL));
    struct db *db = db_new(tool->config, DB_PROGRAM);
    NEOERR *error = check_all(tool, db);
    db_free(db);
    return nerr_pass(error);
}
