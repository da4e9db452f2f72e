/* import_apply.c: staged rows become true: an organisation is one transaction, the ledger is folded anew at its end. */
#include "school/exchange/exchange.h"

#include "base/crypto.h"
#include "base/log.h"
#include "engine/audit.h"
#include "engine/file.h"
#include "engine/place.h"
#include "engine/zip.h"
#include "school/codes.h"
#include "school/exchange/opening.h"
#include "school/exchange/sql.h"
#include "school/pupils/handover.h"
#include "school/pupils/movement.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct zip_limits package_limits = {.files = 60000, .total = 8ULL << 30, .ratio = 200};

struct org_uid {
    char text[CRYPTO_UUID_SIZE];
};

struct applying {
    const struct config *config;
    struct pool *pool;            /* one organisation's */
    const struct import *import;
    struct zip_package *package;  /* NULL: a bare XML */
    const char *org_uid;
    struct org_uid *orgs;
    size_t org_count, org_room;
    struct scan *scans;           /* of the organisation, without a file row yet */
    size_t scan_count;
};

/* ---- rows of a kind ---- */

static NEOERR *run(struct db *db, const struct applying *applying, const struct exchange_kind *kind, const char *sql)
{
    const struct db_value batch = DB_INT(applying->import->id);
    if (sql == NULL)
        return STATUS_OK;
    return nerr_pass(db_exec(db, sql, kind == exchange_person ? DB_VALUES(batch) : DB_VALUES(batch, DB_TEXT(applying->org_uid)), NULL, NULL));
}

#define IS_NAMED(attribute) "JSON_VALUE(r.packed, '$.\"" attribute "\"') IS NOT NULL"
#define AS_RECORDED " ORDER BY CAST(JSON_VALUE(r.packed, '$.\"position\"') AS UNSIGNED), JSON_VALUE(r.packed, '$.\"recorded-at\"'), r.id"

/* Rows of a ledger come in as they were recorded: the fold goes by id where dates are the same. What a row names comes in before it. */
static const struct passes {
    const char *element;
    const char *conditions[4];
} passes[] = {
    {"movement", {" AND NOT " IS_NAMED("voids") AS_RECORDED, " AND " IS_NAMED("voids") AS_RECORDED}},
    {"scholarship", {" AND NOT " IS_NAMED("stops") " AND NOT " IS_NAMED("voids"), " AND " IS_NAMED("stops") " AND NOT " IS_NAMED("voids"), " AND " IS_NAMED("voids")}},
    {NULL, {""}},
};

static const char *const *passes_of(const struct exchange_kind *kind)
{
    const struct passes *at = passes;
    while (at->element != NULL && strcmp(at->element, kind->element) != 0)
        at++;
    return at->conditions;
}

static NEOERR *apply_kind(struct db *db, const struct applying *applying, const struct exchange_kind *kind)
{
    struct pool *pool = applying->pool;
    if (!kind->is_ledger)
        TRY(run(db, applying, kind, exchange_update_sql(pool, kind, false)));
    for (const char *const *pass = passes_of(kind); *pass != NULL; pass++) {
        TRY(run(db, applying, kind, exchange_insert_sql(pool, kind, *pass)));
        TRY(run(db, applying, kind, exchange_target_sql(pool, kind)));
    }
    return STATUS_OK;
}

/* ---- scans ---- */

static const char NOT_COME[] = N_("The content did not come with the import");

struct scan {
    const char *sha256, *name, *mime;
    int64_t size;
};

/* Of elements “file” one of a content, of the scans of orders one of a content and name. */
static const char NEW_SCANS[] =
    "SELECT DISTINCT JSON_VALUE(r.packed, '$.\"sha256\"'), JSON_VALUE(r.packed, '$.\"name\"'), JSON_VALUE(r.packed, '$.\"mime\"'),"
    " JSON_VALUE(r.packed, '$.\"size\"')"
    " FROM import_row r FORCE INDEX (by_kind)"
    " LEFT JOIN file f ON f.org_id = ? AND f.purpose = 'scan'"
    "  AND f.sha256 = CONVERT(JSON_VALUE(r.packed, '$.\"sha256\"') USING ascii) COLLATE ascii_bin"
    "  AND (r.kind = 'file' OR BINARY f.name = BINARY JSON_VALUE(r.packed, '$.\"name\"'))"
    " WHERE r.batch_id = ? AND r.kind = ? AND r.verdict = 'new' AND r.org_uid = ? AND f.id IS NULL";
static const char COUNT_SCANS[] =
    "SELECT COUNT(*) FROM import_row WHERE batch_id = ? AND kind = ? AND verdict = 'new' AND org_uid = ?";
static const char ADD_MISSING[] =
    "INSERT INTO file (org_id, purpose, state, fault, name, mime, size, sha256, made_at, made_by) VALUES (?, 'scan', 'bad', ?, ?, ?, ?, ?, ?, ?)";

static NEOERR *take_scan(void *data, const struct db_row *row)
{
    struct applying *applying = data;
    struct pool *pool = applying->pool;
    applying->scans[applying->scan_count++] = (struct scan){
        .sha256 = pool_strdup(pool, db_get(row, 0)), .name = pool_strdup(pool, db_get(row, 1)), .mime = pool_strdup(pool, db_get(row, 2)),
        .size = db_get_int(row, 3),
    };
    return STATUS_OK;
}

static NEOERR *add_missing(struct db *db, const struct applying *applying, int64_t org, const struct scan *scan, const char *fault)
{
    return nerr_pass(db_exec(db, ADD_MISSING,
                             DB_VALUES(DB_INT(org), DB_TEXT(fault), DB_TEXT(scan->name), DB_TEXT(scan->mime), DB_INT(scan->size),
                                       DB_TEXT(scan->sha256), DB_TIME(clock_now()), DB_ID(applying->import->account)),
                             NULL, NULL));
}

static NEOERR *hash_file(struct pool *pool, int fd, char sha256[CRYPTO_HEX_SIZE], off_t *size)
{
    char chunk[64 * 1024];
    struct crypto_hash *hash = crypto_hash_new(pool);
    *size = 0;
    for (ssize_t got; (got = pread(fd, chunk, sizeof chunk, *size)) != 0; *size += got) {
        if (got < 0)
            return nerr_raise_errno(ERROR_INTERNAL, "reading a scan of an import");
        crypto_hash_add(hash, chunk, (size_t)got);
    }
    crypto_hash_end(hash, sha256);
    return STATUS_OK;
}

/* The content decides: another hash, size or kind of file than the XML says is not taken, nor what an upload could not be. */
static NEOERR *add_content(struct db *db, const struct applying *applying, struct pool *pool, int64_t org, const struct scan *scan, int fd)
{
    char sha256[CRYPTO_HEX_SIZE];
    bool genuine;
    off_t size;
    int64_t id;
    TRY(hash_file(pool, fd, sha256, &size));
    if (size > (off_t)applying->config->upload_max_mb << 20)
        return nerr_pass(add_missing(db, applying, org, scan, N_("The scan is larger than an upload may be")));
    TRY(file_is_genuine(fd, FILE_SCAN, scan->mime, &genuine));
    if (strcmp(sha256, scan->sha256) != 0 || size != scan->size || !genuine)
        return nerr_pass(add_missing(db, applying, org, scan, N_("The content in the package is not what the file says")));
    return nerr_pass(file_store(db, applying->config, org, applying->import->account, FILE_SCAN, scan->name, scan->mime, fd, &id));
}

static NEOERR *unpack_scan(struct db *db, const struct applying *applying, struct pool *pool, int64_t org, const struct scan *scan, int fd)
{
    NEOERR *error = zip_extract(applying->package, pool_printf(pool, "files/%s", scan->sha256), fd);
    if (nerr_handle(&error, ERROR_NOT_FOUND))
        return nerr_pass(add_missing(db, applying, org, scan, NOT_COME));
    if (nerr_handle(&error, ERROR_INPUT))
        return nerr_pass(add_missing(db, applying, org, scan, N_("The content in the package is not what the file says")));
    TRY(error);
    return nerr_pass(add_content(db, applying, pool, org, scan, fd));
}

static NEOERR *add_scan(struct db *db, const struct applying *applying, int64_t org, const struct scan *scan)
{
    if (applying->package == NULL)
        return nerr_pass(add_missing(db, applying, org, scan, NOT_COME));
    FILE *content = tmpfile();
    if (content == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "making a temporary file for a scan");
    struct pool *pool = pool_new();
    NEOERR *error = unpack_scan(db, applying, pool, org, scan, fileno(content));
    pool_free(pool);
    fclose(content);
    return nerr_pass(error);
}

static NEOERR *add_scans(struct db *db, struct applying *applying, int64_t org, const char *element)
{
    const struct db_value batch = DB_INT(applying->import->id), kind = DB_TEXT(element), uid = DB_TEXT(applying->org_uid);
    int64_t count;
    TRY(db_number(db, COUNT_SCANS, DB_VALUES(batch, kind, uid), &count, NULL));
    applying->scans = pool_alloc(applying->pool, ((size_t)count + 1) * sizeof *applying->scans);
    applying->scan_count = 0;
    TRY(db_each(db, NEW_SCANS, DB_VALUES(DB_INT(org), batch, kind, uid), take_scan, applying));
    for (size_t i = 0; i < applying->scan_count; i++)
        TRY(add_scan(db, applying, org, &applying->scans[i]));
    return STATUS_OK;
}

/* ---- class heads ---- */

/* Who leads a class is of the staff: without a row there nobody could see or replace them. */
static const char ADD_EMPLOYEES[] =
    "INSERT INTO employee (org_id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, may_lead_class, hired_on)"
    " SELECT d.org_id, UUID(), h.id, h.surname, h.given, h.patronymic, h.born_on, h.sex, h.sort_key, h.fold_key, h.key_version, 1, MIN(d.valid_from)"
    " FROM class_head d"
    " JOIN person h ON h.id = d.person_id"
    " LEFT JOIN employee e ON e.org_id = d.org_id AND e.person_id = d.person_id"
    " WHERE d.org_id = ? AND e.id IS NULL"
    " GROUP BY h.id";

/* ---- an organisation ---- */

static const char ORGANISATION[] =
    "SELECT target_id FROM import_row WHERE batch_id = ? AND kind = 'organisation' AND uid = ? AND is_double = 0";
static const char COUNT_APPLIED[] =
    "SELECT COUNT(*) FROM import_row WHERE batch_id = ? AND org_uid = ? AND applied = 1";

static NEOERR *record(struct db *db, const struct applying *applying, int64_t org)
{
    const struct request by = {.place.org = org, .session.account = applying->import->account};
    int64_t count, audit;
    TRY(db_number(db, COUNT_APPLIED, DB_VALUES(DB_INT(applying->import->id), DB_TEXT(applying->org_uid)), &count, NULL));
    if (count == 0)
        return STATUS_OK;
    const char *summary = pool_printf(applying->pool, "%lld", (long long)count);
    TRY(audit_add(db, &by, "import", applying->import->id, "import", summary, &audit));
    return nerr_pass(places_changed(db));
}

static NEOERR *apply_organisation(struct db *db, void *data)
{
    struct applying *applying = data;
    int64_t org = 0;
    TRY(apply_kind(db, applying, exchange_person));
    for (const struct exchange_kind *kind = exchange_organisation; kind->element != NULL; kind++) {
        if (strcmp(kind->element, "file") == 0 || strcmp(kind->element, "scan") == 0)
            TRY(add_scans(db, applying, org, kind->element));
        TRY(apply_kind(db, applying, kind));
        if (kind == exchange_organisation)
            TRY(db_number(db, ORGANISATION, DB_VALUES(DB_INT(applying->import->id), DB_TEXT(applying->org_uid)), &org, NULL));
    }
    for (const struct exchange_kind *kind = exchange_organisation; kind->element != NULL; kind++)
        TRY(run(db, applying, kind, exchange_update_sql(applying->pool, kind, true)));
    TRY(db_exec(db, ADD_EMPLOYEES, DB_VALUES(DB_INT(org)), NULL, NULL));
    TRY(opening_balance_add(db, applying->pool, applying->config, applying->import, org, applying->org_uid));
    TRY(movement_fold_all(db, org));
    TRY(handover_restore(db, org));
    return nerr_pass(record(db, applying, org));
}

/* ---- the batch ---- */

static const char ORGANISATIONS[] =
    "SELECT uid FROM import_row WHERE batch_id = ? AND kind = 'organisation' AND verdict IN ('new', 'same', 'changed') ORDER BY id";
static const char SET_APPLIED[] =
    "UPDATE import_batch SET state = 'applied', applied_at = ? WHERE org_id = ? AND id = ?";

static NEOERR *take_organisation(void *data, const struct db_row *row)
{
    struct applying *applying = data;
    if (applying->org_count == applying->org_room) {
        size_t room = applying->org_room == 0 ? 64 : applying->org_room * 2;
        struct org_uid *grown = realloc(applying->orgs, room * sizeof *grown);
        if (grown == NULL)
            return nerr_raise(NERR_NOMEM, "no memory for %zu organisations", room);
        applying->orgs = grown;
        applying->org_room = room;
    }
    snprintf(applying->orgs[applying->org_count++].text, sizeof applying->orgs[0].text, "%s", db_get(row, 0));
    return STATUS_OK;
}

static NEOERR *apply_all(struct db *db, struct applying *applying, const struct exchange_progress *progress)
{
    const struct import *import = applying->import;
    bool stop = false;
    TRY(db_each(db, ORGANISATIONS, DB_VALUES(DB_INT(import->id)), take_organisation, applying));
    for (size_t i = 0; i < applying->org_count && !stop; i++) {
        applying->org_uid = applying->orgs[i].text;
        TRY(db_run(db, apply_organisation, applying));
        pool_reset(applying->pool);
        if (progress != NULL)
            TRY(progress->tell(progress->data, (int64_t)i + 1, (int64_t)applying->org_count, &stop));
    }
    if (stop)
        return STATUS_OK;
    return nerr_pass(db_exec(db, SET_APPLIED, DB_VALUES(DB_TIME(clock_now()), DB_INT(import->org), DB_INT(import->id)), NULL, NULL));
}

static NEOERR *open_package(int fd, struct zip_package **package)
{
    char beginning[2] = "";
    if (pread(fd, beginning, sizeof beginning, 0) < 0)
        return nerr_raise_errno(ERROR_INTERNAL, "reading an import");
    *package = NULL;
    return memcmp(beginning, "PK", 2) == 0 ? nerr_pass(zip_read_open(fd, &package_limits, package)) : STATUS_OK;
}

/* Judged again first, unless it was read just now: the installation may have changed since the preview, and an interrupted run goes on
 * where it ended. */
NEOERR *import_apply(struct db *db, const struct config *config, struct pool *pool, int fd, struct import *import, const struct exchange_progress *progress)
{
    struct applying applying = {.config = config, .import = import, .pool = pool_new()};
    NEOERR *error = open_package(fd, &applying.package);
    if (error == STATUS_OK && !import->is_judged)
        error = import_judge(db, pool, import);
    import->is_judged = false;
    if (error == STATUS_OK)
        error = apply_all(db, &applying, progress);
    zip_read_close(applying.package);
    pool_free(applying.pool);
    free(applying.orgs);
    return nerr_pass(error);
}
