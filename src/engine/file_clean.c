/* file_clean.c: files whose time is over go: results of jobs, and uploads that nothing refers to; their content with the last row of it.
 *
 * An upload has a day until which nobody asks (file.keep_until). From then on it goes, unless some row uses it: then it is asked for again
 * a period later. Who makes a row refer to a file locks the file first (file_attach), so that it is either gone before or found in use.
 */
#include "engine/area.h"
#include "engine/file.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SWEPT_AT_ONCE = 500, HOUR_MS = 3600 * 1000 };

struct sweeping {
    struct db *db;
    const struct config *config;
    struct pool *pool;
    struct due {
        int64_t org, id;
        bool is_result;
    } rows[SWEPT_AT_ONCE];
    size_t count;
    const struct due *due;                   /* the one in hand */
    const char *contents[1 + FILE_PAGES_MAX]; /* of it, once its rows are gone */
    size_t content_count;
};

/* ---- is it used? ---- */

/* Scans in the values of a process, which its page shows as long as it is there: "order_scan=12%2C13". */
static const char IN_PROCESS[] =
    "SELECT 1 FROM process WHERE org_id = ? AND packed REGEXP CONCAT('(=|,|%2C)', ?, '(&|,|%2C|$)') LIMIT 1";

static NEOERR *find_use(struct db *db, const struct due *due, const char *sql, bool *used)
{
    int64_t one;
    return *used ? STATUS_OK : nerr_pass(db_number(db, sql, DB_VALUES(DB_INT(due->org), DB_INT(due->id)), &one, used));
}

static NEOERR *is_used(struct db *db, const struct due *due, bool *used)
{
    *used = false;
    if (due->is_result)
        return STATUS_OK;
    TRY(find_use(db, due, IN_PROCESS, used));
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const char *const *sql = (*area)->file_uses; sql != NULL && *sql != NULL; sql++)
            TRY(find_use(db, due, *sql, used));
    return STATUS_OK;
}

/* ---- the rows ---- */

static const char LOCK[] = "SELECT id FROM file WHERE org_id = ? AND id = ? FOR UPDATE";
static const char KEEP[] = "UPDATE file SET keep_until = ? WHERE org_id = ? AND id = ?";
static const char CONTENTS[] =
    "SELECT sha256 FROM file WHERE org_id = ? AND id = ?"
    " UNION SELECT sha256 FROM file_image WHERE org_id = ? AND file_id = ?";
static const char FORGET_IMAGES[] = "DELETE FROM file_image WHERE org_id = ? AND file_id = ?";
static const char FORGET[] = "DELETE FROM file WHERE org_id = ? AND id = ?";

static NEOERR *take_content(void *data, const struct db_row *row)
{
    struct sweeping *sweeping = data;
    if (sweeping->content_count < sizeof sweeping->contents / sizeof sweeping->contents[0])
        sweeping->contents[sweeping->content_count++] = pool_strdup(sweeping->pool, db_get(row, 0));
    return STATUS_OK;
}

static NEOERR *forget(struct db *db, void *data)
{
    struct sweeping *sweeping = data;
    struct db_value org = DB_INT(sweeping->due->org), id = DB_INT(sweeping->due->id);
    int64_t locked;
    bool used;
    sweeping->content_count = 0;
    TRY(db_number(db, LOCK, DB_VALUES(org, id), &locked, NULL));
    TRY(is_used(db, sweeping->due, &used));
    if (used)
        return nerr_pass(db_exec(db, KEEP, DB_VALUES(DB_TIME(file_keep_until(sweeping->config)), org, id), NULL, NULL));
    TRY(db_each(db, CONTENTS, DB_VALUES(org, id, org, id), take_content, sweeping));
    TRY(db_exec(db, FORGET_IMAGES, DB_VALUES(org, id), NULL, NULL));
    return nerr_pass(db_exec(db, FORGET, DB_VALUES(org, id), NULL, NULL));
}

/* ---- the content ---- */

static const char IS_NAMED[] =
    "SELECT 1 FROM file WHERE sha256 = ? UNION ALL SELECT 1 FROM file_image WHERE sha256 = ? LIMIT 1";

static NEOERR *is_named(struct sweeping *sweeping, const char *sha256, bool *named)
{
    int64_t one;
    return nerr_pass(db_number(sweeping->db, IS_NAMED, DB_VALUES(DB_TEXT(sha256), DB_TEXT(sha256)), &one, named));
}

/* Content is stored before a row speaks of it: what was stored within the hour may be about to get one. */
static bool is_fresh(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && clock_now() - (int64_t)about.st_mtime * 1000 < HOUR_MS;
}

/* The content steps aside before it is looked at for the last time, so that the same content stored meanwhile is another file, and stays. */
static NEOERR *drop_content(struct sweeping *sweeping, const char *sha256)
{
    const char *path = file_store_path(sweeping->pool, sweeping->config, sha256);
    const char *aside = pool_printf(sweeping->pool, "%s/leaving-%s", sweeping->config->files_dir, sha256);
    bool named;
    TRY(is_named(sweeping, sha256, &named));
    if (named || (rename(path, aside) != 0 && errno == ENOENT))
        return STATUS_OK;
    TRY(is_named(sweeping, sha256, &named));
    if ((named || is_fresh(aside) ? rename(aside, path) : unlink(aside)) != 0)
        return nerr_raise_errno(ERROR_INTERNAL, "deleting %s", path);
    return STATUS_OK;
}

/* ---- the sweep ---- */

static const char DUE[] = "SELECT org_id, id, purpose = 'result' FROM file WHERE keep_until < ? ORDER BY keep_until LIMIT ?";

static NEOERR *take_due(void *data, const struct db_row *row)
{
    struct sweeping *sweeping = data;
    sweeping->rows[sweeping->count++] = (struct due){db_get_int(row, 0), db_get_int(row, 1), db_get_int(row, 2) != 0};
    return STATUS_OK;
}

static NEOERR *sweep(struct sweeping *sweeping)
{
    TRY(db_each(sweeping->db, DUE, DB_VALUES(DB_TIME(clock_now()), DB_INT(SWEPT_AT_ONCE)), take_due, sweeping));
    for (size_t i = 0; i < sweeping->count; i++) {
        sweeping->due = &sweeping->rows[i];
        TRY(db_run(sweeping->db, forget, sweeping));
        for (size_t content = 0; content < sweeping->content_count; content++)
            TRY(drop_content(sweeping, sweeping->contents[content]));
    }
    return STATUS_OK;
}

NEOERR *file_clean(struct db *db, const struct config *config)
{
    struct pool *pool = pool_new();
    struct sweeping *sweeping = pool_alloc(pool, sizeof *sweeping);
    sweeping->db = db;
    sweeping->config = config;
    sweeping->pool = pool;
    NEOERR *error = sweep(sweeping);
    pool_free(pool);
    return nerr_pass(error);
}
