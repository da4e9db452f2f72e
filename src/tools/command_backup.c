/* command_backup.c: mektepctl backup: the database and the content store into a folder, as backup.h says. */
#include "tools/tools.h"

#include "base/clock.h"
#include "tools/backup.h"
#include "tools/client.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct backup {
    struct pool *pool;
    const struct config *config;
    const char *dir, *files;  /* where it goes */
    const char *database;     /* its name in dir */
    int fd;                   /* of the manifest under way; its lock keeps a second backup out */
    FILE *manifest;
    struct timespec begun;    /* by the clock of that disk: what is older is of an earlier backup */
    size_t count, added;      /* files listed, files copied */
};

static bool is_before(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec < b->tv_nsec);
}

static const char *in_dir(const struct backup *backup, const char *name)
{
    return pool_printf(backup->pool, "%s/%s", backup->dir, name);
}

/* ---- the database ---- */

/* One snapshot, streamed to the disk; nothing is locked meanwhile. */
static NEOERR *dump(const struct backup *backup)
{
    const char *path = in_dir(backup, backup->database);
    const char *arguments[] = {"mariadb-dump", NULL, "--single-transaction", "--quick", "--hex-blob", "--no-tablespaces", "--skip-comments",
                               "--default-character-set=utf8mb4", backup->config->db_name, NULL};
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return nerr_raise(ERROR_INPUT, "%s: %s", path, strerror(errno));
    NEOERR *error = client_run(backup->pool, backup->config, arguments, STDIN_FILENO, fd);
    if (error == STATUS_OK && fsync(fd) != 0)
        error = nerr_raise_errno(ERROR_INTERNAL, "writing %s", path);
    close(fd);
    return nerr_pass(error);
}

/* ---- the files ---- */

/* Copies a content unless it is there, and lists it unless it is listed; what is listed has a new time. */
static NEOERR *take_file(struct backup *backup, const char *sha256, const char *name)
{
    char path[PATH_MAX];
    struct stat facts;
    bool is_added;
    snprintf(path, sizeof path, "%s/%s", backup->files, name);
    if (stat(path, &facts) == 0 && !is_before(&facts.st_mtim, &backup->begun))
        return STATUS_OK;
    TRY(backup_copy(backup->config->files_dir, backup->files, sha256, &is_added));
    if (utimensat(AT_FDCWD, path, NULL, 0) != 0)
        return nerr_raise_errno(ERROR_INTERNAL, "marking %s", path);
    fprintf(backup->manifest, "%s  files/%s\n", sha256, name);
    backup->count++;
    backup->added += is_added;
    return STATUS_OK;
}

/* Takes away what an earlier backup in the same folder had and this one has not. */
static NEOERR *drop_old_file(struct backup *backup, const char *sha256, const char *name)
{
    char path[PATH_MAX];
    struct stat facts;
    (void)sha256;
    snprintf(path, sizeof path, "%s/%s", backup->files, name);
    if (stat(path, &facts) == 0 && is_before(&facts.st_mtim, &backup->begun) && unlink(path) != 0)
        return nerr_raise_errno(ERROR_INTERNAL, "taking away %s", path);
    return STATUS_OK;
}

/* Calls each for every content of a store. */
static NEOERR *walk(struct backup *backup, const char *files, NEOERR *(*each)(struct backup *backup, const char *sha256, const char *name))
{
    glob_t found;
    NEOERR *error = STATUS_OK;
    int status = glob(pool_printf(backup->pool, "%s/" BACKUP_FOLDERS "/*", files), 0, NULL, &found);
    if (status == GLOB_NOMATCH)
        return STATUS_OK;
    if (status != 0)
        return nerr_raise(ERROR_INTERNAL, "reading the folder %s", files);
    for (size_t i = 0; error == STATUS_OK && i < found.gl_pathc; i++) {
        const char *name = found.gl_pathv[i] + strlen(files) + 1;
        char sha256[CRYPTO_HEX_SIZE];
        snprintf(sha256, sizeof sha256, "%.2s%s", name, name + 3);
        error = each(backup, sha256, name);
    }
    globfree(&found);
    return nerr_pass(error);
}

/* ---- the whole ---- */

static NEOERR *open_manifest(struct backup *backup)
{
    const char *path = in_dir(backup, BACKUP_MANIFEST_PARTIAL);
    struct stat facts;
    if ((mkdir(backup->dir, 0700) != 0 && errno != EEXIST) || (mkdir(backup->files, 0700) != 0 && errno != EEXIST))
        return nerr_raise(ERROR_INPUT, "%s: %s", backup->files, strerror(errno));
    backup->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (backup->fd < 0)
        return nerr_raise(ERROR_INPUT, "%s: %s", path, strerror(errno));
    if (flock(backup->fd, LOCK_EX | LOCK_NB) != 0)
        return nerr_raise(ERROR_CONFLICT, "another backup is being written to %s", backup->dir);
    if (ftruncate(backup->fd, 0) != 0 || futimens(backup->fd, NULL) != 0 || fstat(backup->fd, &facts) != 0 ||
        (backup->manifest = fdopen(backup->fd, "w")) == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "writing %s", path);
    backup->begun = facts.st_mtim;
    return STATUS_OK;
}

/* With its name the manifest takes the place of an earlier one in one stroke. */
static NEOERR *name_manifest(const struct backup *backup)
{
    fprintf(backup->manifest, BACKUP_LAST_LINE, backup->count);
    if (fflush(backup->manifest) != 0 || fsync(backup->fd) != 0)
        return nerr_raise_errno(ERROR_INTERNAL, "writing the manifest of %s", backup->dir);
    if (rename(in_dir(backup, BACKUP_MANIFEST_PARTIAL), in_dir(backup, BACKUP_MANIFEST)) != 0)
        return nerr_raise_errno(ERROR_INTERNAL, "naming the manifest of %s", backup->dir);
    return STATUS_OK;
}

static NEOERR *drop_old_databases(const struct backup *backup)
{
    glob_t found;
    const char *ours = in_dir(backup, backup->database);
    if (glob(in_dir(backup, "database-*.sql"), 0, NULL, &found) != 0)
        return nerr_raise(ERROR_INTERNAL, "reading the folder %s", backup->dir);
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (strcmp(found.gl_pathv[i], ours) != 0)
            unlink(found.gl_pathv[i]);
    globfree(&found);
    return STATUS_OK;
}

static const char SCHEMA_NUMBER[] = "SELECT MAX(number) FROM schema_migration WHERE applied_at IS NOT NULL";

/* The store is looked at before and after the snapshot of the database: a file that the snapshot names is in the store at one of
 * the two moments, also when it comes or goes meanwhile. */
static NEOERR *write_backup(struct backup *backup, struct db *db)
{
    int64_t schema;
    char sha256[CRYPTO_HEX_SIZE];
    TRY(db_number(db, SCHEMA_NUMBER, DB_NO_VALUES, &schema, NULL));
    TRY(open_manifest(backup));
    fprintf(backup->manifest, BACKUP_FIRST_LINE, (int)schema);
    TRY(walk(backup, backup->config->files_dir, take_file));
    TRY(dump(backup));
    TRY(walk(backup, backup->config->files_dir, take_file));
    TRY(backup_hash(backup->pool, in_dir(backup, backup->database), sha256));
    fprintf(backup->manifest, "%s  %s\n", sha256, backup->database);
    TRY(name_manifest(backup));
    TRY(drop_old_databases(backup));
    TRY(walk(backup, backup->files, drop_old_file));
    printf("%s: the database and %zu files, of which %zu are new here\n", backup->dir, backup->count, backup->added);
    return STATUS_OK;
}

NEOERR *command_backup(struct tool *tool)
{
    struct backup backup = {.pool = tool->pool, .config = tool->config, .fd = -1};
    TRY(tool_read(tool, (const struct tool_option[]){{0}}, &backup.dir));
    if (backup.dir == NULL)
        return nerr_raise(ERROR_INPUT, "backup: a folder is needed");
    backup.files = in_dir(&backup, BACKUP_FILES);
    backup.database = pool_printf(tool->pool, "database-%lld.sql", (long long)clock_now());
    struct db *db = db_new(tool->config, DB_SCHEMA);
    NEOERR *error = write_backup(&backup, db);
    db_free(db);
    if (backup.manifest != NULL)
        fclose(backup.manifest);
    else if (backup.fd >= 0)
        close(backup.fd);
    return nerr_pass(error);
}
