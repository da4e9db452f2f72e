/* command_exchange.c: mektepctl export, import, schema: the contingent as XML. */
#include "tools/tools.h"

#include "school/exchange/exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- out ---- */

static bool is_package(const char *path)
{
    size_t length = strlen(path);
    return length < 4 || strcasecmp(path + length - 4, ".xml") != 0;
}

static NEOERR *write_export(struct tool *tool, struct db *db, int64_t org, const char *out, int fd)
{
    const struct exchange_extent extent = {.org = org};
    TRY(is_package(out) ? exchange_write_package(db, tool->config, &extent, fd, NULL) : exchange_write_xml(db, &extent, fd, NULL));
    return fsync(fd) == 0 || errno == EINVAL ? STATUS_OK : nerr_raise_errno(ERROR_INTERNAL, "writing %s", out);
}

/* A whole file or none: it gets its name when it is complete. */
static NEOERR *export_to(struct tool *tool, struct db *db, int64_t org, const char *out)
{
    const char *partial = pool_printf(tool->pool, "%s.partial", out);
    int fd = open(partial, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return nerr_raise(ERROR_INPUT, "%s: %s", partial, strerror(errno));
    NEOERR *error = write_export(tool, db, org, out, fd);
    close(fd);
    if (error == STATUS_OK && rename(partial, out) != 0)
        error = nerr_raise(ERROR_INPUT, "%s: %s", out, strerror(errno));
    if (error != STATUS_OK)
        unlink(partial);
    return nerr_pass(error);
}

NEOERR *command_export(struct tool *tool)
{
    const char *out = NULL, *org = "0";
    char *end;
    TRY(tool_read(tool, (const struct tool_option[]){{"out", .value = &out}, {"org", .value = &org}, {0}}, NULL));
    int64_t number = strtoll(org, &end, 10);
    if (out == NULL || *end != '\0' || number < 0)
        return nerr_raise(ERROR_INPUT, "export: --out FILE.zip or FILE.xml is needed; --org takes a number");
    struct db *db = db_new(tool->config, DB_PROGRAM);
    NEOERR *error = export_to(tool, db, number, out);
    db_free(db);
    return nerr_pass(error);
}

NEOERR *command_schema(struct tool *tool)
{
    TRY(tool_read(tool, (const struct tool_option[]){{0}}, NULL));
    return nerr_pass(exchange_write_schema(STDOUT_FILENO));
}

/* ---- in ---- */

static const char LEFT_ROWS[] =
    "SELECT line, kind, verdict, reason FROM import_row WHERE batch_id = ? AND verdict IN ('conflict', 'rejected') ORDER BY id LIMIT 100";

static NEOERR *print_left(void *data, const struct db_row *row)
{
    (void)data;
    fprintf(stderr, "line %s: %s: %s: %s\n", db_get(row, 0), db_get(row, 1), db_get(row, 2), db_get_or(row, 3, "it stands here with other values"));
    return STATUS_OK;
}

static NEOERR *tell_counts(struct db *db, const struct import *import, const struct import_counts *counts)
{
    printf("batch %lld:", (long long)import->id);
    for (int verdict = 0; verdict < IMPORT_VERDICTS; verdict++)
        printf(" %lld %s", (long long)counts->rows[verdict], import_verdicts[verdict]);
    putchar('\n');
    TRY(db_each(db, LEFT_ROWS, DB_VALUES(DB_INT(import->id)), print_left, NULL));
    int64_t left = counts->rows[IMPORT_CONFLICT] + counts->rows[IMPORT_REJECTED];
    return left == 0 ? STATUS_OK : nerr_raise(ERROR_CONFLICT, "%lld rows are not taken; the others are imported", (long long)left);
}

static NEOERR *import_from(struct tool *tool, struct db *db, const char *path, int fd)
{
    struct import import;
    struct import_counts counts;
    TRY(import_begin(db, 0, 0, 0, &import));
    TRY(import_read(db, tool->config, tool->pool, fd, &import, NULL));
    if (import.fault != NULL)
        return nerr_raise(ERROR_INPUT, "%s is refused, nothing is changed: line %d: %s", path, import.line, import.fault);
    TRY(import_count(db, import.id, &counts));
    TRY(import_apply(db, tool->config, tool->pool, fd, &import, NULL));
    return nerr_pass(tell_counts(db, &import, &counts));
}

NEOERR *command_import(struct tool *tool)
{
    const char *path = NULL;
    TRY(tool_read(tool, (const struct tool_option[]){{0}}, &path));
    if (path == NULL)
        return nerr_raise(ERROR_INPUT, "import: a file is needed");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return nerr_raise(ERROR_INPUT, "%s: %s", path, strerror(errno));
    struct db *db = db_new(tool->config, DB_PROGRAM);
    NEOERR *error = import_from(tool, db, path, fd);
    db_free(db);
    close(fd);
    return nerr_pass(error);
}
