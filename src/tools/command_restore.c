/* command_restore.c: mektepctl restore: what mektepctl backup wrote, into an installation that holds nothing yet. */
#include "tools/tools.h"

#include "engine/file.h"
#include "tools/backup.h"
#include "tools/client.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <string.h>
#include <unistd.h>

enum { LINE_SIZE = 256, HEX = CRYPTO_HEX_SIZE - 1 };

struct restore {
    struct pool *pool;
    const struct config *config;
    const char *dir;
    FILE *manifest;
    int schema;            /* of the database in the backup */
    const char *database;  /* its name in dir */
    size_t count;          /* of files */
};

static const char *in_dir(const struct restore *restore, const char *name)
{
    return pool_printf(restore->pool, "%s/%s", restore->dir, name);
}

/* ---- the manifest ---- */

/* Calls each for every line of a file, from the beginning; sha256 ends with NUL. */
static NEOERR *each_line(struct restore *restore, NEOERR *(*each)(struct restore *restore, const char *sha256, const char *name))
{
    char line[LINE_SIZE];
    rewind(restore->manifest);
    while (fgets(line, sizeof line, restore->manifest) != NULL) {
        if (*line == '#')
            continue;
        line[strcspn(line, "\n")] = '\0';
        if (strspn(line, "0123456789abcdef") != HEX || strncmp(line + HEX, "  ", 2) != 0)
            return nerr_raise(ERROR_INPUT, "%s: a line is not understood: %s", in_dir(restore, BACKUP_MANIFEST), line);
        line[HEX] = '\0';
        TRY(each(restore, line, line + HEX + 2));
    }
    return STATUS_OK;
}

static bool is_file(const char *name)
{
    return strncmp(name, BACKUP_FILES "/", strlen(BACKUP_FILES "/")) == 0;
}

static NEOERR *verify(struct restore *restore, const char *sha256, const char *name)
{
    char found[CRYPTO_HEX_SIZE];
    struct pool *pool = pool_new();
    NEOERR *error = backup_hash(pool, pool_printf(pool, "%s/%s", restore->dir, name), found);
    pool_free(pool);
    TRY(error);
    if (strcmp(found, sha256) != 0)
        return nerr_raise(ERROR_INPUT, "%s/%s is not what was backed up: it was damaged", restore->dir, name);
    if (is_file(name))
        restore->count++;
    else
        restore->database = pool_strdup(restore->pool, name);
    return STATUS_OK;
}

/* Everything is read once before anything is changed. */
static NEOERR *read_manifest(struct restore *restore)
{
    const char *path = in_dir(restore, BACKUP_MANIFEST);
    char line[LINE_SIZE];
    size_t count = 0;
    bool is_ended = false;
    restore->manifest = fopen(path, "re");
    if (restore->manifest == NULL)
        return nerr_raise(ERROR_INPUT, "%s is no backup, or one that broke off: %s: %s", restore->dir, path, strerror(errno));
    if (fscanf(restore->manifest, BACKUP_FIRST_LINE, &restore->schema) != 1)
        return nerr_raise(ERROR_INPUT, "%s is not the manifest of a backup", path);
    TRY(each_line(restore, verify));
    rewind(restore->manifest);
    while (!is_ended && fgets(line, sizeof line, restore->manifest) != NULL)
        is_ended = sscanf(line, BACKUP_LAST_LINE, &count) == 1;
    if (!is_ended || count != restore->count || restore->database == NULL)
        return nerr_raise(ERROR_INPUT, "%s is only a part of a manifest", path);
    return STATUS_OK;
}

/* ---- the installation ---- */

static const char COUNT_TABLES[] = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()";

static NEOERR *check_empty(const struct restore *restore, struct db *db)
{
    int64_t tables;
    glob_t found;
    TRY(db_number(db, COUNT_TABLES, DB_NO_VALUES, &tables, NULL));
    if (tables > 0)
        return nerr_raise(ERROR_CONFLICT, "the database %s is not empty: a backup is restored into a new one only", restore->config->db_name);
    int status = glob(pool_printf(restore->pool, "%s/" BACKUP_FOLDERS, restore->config->files_dir), 0, NULL, &found);
    globfree(&found);
    if (status != GLOB_NOMATCH)
        return nerr_raise(ERROR_CONFLICT, "the folder %s is not empty: a backup is restored into a new one only", restore->config->files_dir);
    return STATUS_OK;
}

static NEOERR *check_release(const struct restore *restore)
{
    int number;
    TRY(db_schema_number(restore->config->sql_dir, &number));
    if (restore->schema > number)
        return nerr_raise(ERROR_INPUT, "the backup has the schema %d, this release only %d: install the newer one", restore->schema, number);
    return STATUS_OK;
}

static NEOERR *restore_file(struct restore *restore, const char *sha256, const char *name)
{
    bool is_added;
    if (!is_file(name))
        return STATUS_OK;
    return nerr_pass(backup_copy(in_dir(restore, BACKUP_FILES), restore->config->files_dir, sha256, &is_added));
}

static NEOERR *load(const struct restore *restore)
{
    const char *path = in_dir(restore, restore->database);
    const char *arguments[] = {"mariadb", NULL, "--batch", "--default-character-set=utf8mb4", restore->config->db_name, NULL};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return nerr_raise(ERROR_INPUT, "%s: %s", path, strerror(errno));
    NEOERR *error = client_run(restore->pool, restore->config, arguments, fd, STDOUT_FILENO);
    close(fd);
    return nerr_pass(error);
}

static void tell(const char *line)
{
    puts(line);
}

/* The database comes last: while it is empty no page is served. The migration gives the program its rights. */
static NEOERR *restore_all(struct restore *restore, struct db *db)
{
    TRY(check_empty(restore, db));
    TRY(check_release(restore));
    TRY(each_line(restore, restore_file));
    TRY(load(restore));
    TRY(db_migrate(db, restore->config->sql_dir, tell));
    printf("restored: the database and %zu files\n", restore->count);
    return STATUS_OK;
}

NEOERR *command_restore(struct tool *tool)
{
    struct restore restore = {.pool = tool->pool, .config = tool->config};
    TRY(tool_read(tool, (const struct tool_option[]){{0}}, &restore.dir));
    if (restore.dir == NULL)
        return nerr_raise(ERROR_INPUT, "restore: a folder is needed");
    struct db *db = db_new(tool->config, DB_SCHEMA);
    NEOERR *error = read_manifest(&restore);
    if (error == STATUS_OK)
        error = restore_all(&restore, db);
    db_free(db);
    if (restore.manifest != NULL)
        fclose(restore.manifest);
    return nerr_pass(error);
}
