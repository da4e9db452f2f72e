/* file.c: rows of files: whose they are, what they are, whether they are clean. */
#include "engine/file.h"

#include "engine/file_kind.h"
#include "engine/file_store.h"
#include "engine/job.h"
#include "engine/route.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RESULT_KEPT_DAYS = 7 };
static const int64_t DAY_MS = 24 * 3600 * 1000;

/* In the order of the ENUMs of the table. */
static const char *const states[] = {[FILE_CHECKING] = "checking", [FILE_CLEAN] = "clean", [FILE_BAD] = "bad"};
static const char *const purposes[] = {[FILE_SCAN] = "scan", [FILE_PHOTO] = "photo", [FILE_PACKAGE] = "package", [FILE_RESULT] = "result"};

/* ---- adding ---- */

struct adding {
    const struct config *config;
    int64_t org, account, id;
    enum file_use use;
    enum language language;
    const char *name, *mime;
    char sha256[CRYPTO_HEX_SIZE];
    int64_t size;
};

static const char ADD[] =
    "INSERT INTO file (org_id, purpose, state, name, mime, size, sha256, made_at, made_by, keep_until) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/* Pictures and scans are looked into by a job; a package is by its import, a result is our own. */
static bool is_checked(enum file_use use)
{
    return use == FILE_SCAN || use == FILE_PHOTO;
}

int64_t file_keep_until(const struct config *config)
{
    return clock_now() + config->unused_file_days * DAY_MS;
}

static NEOERR *add(struct db *db, void *data)
{
    struct adding *adding = data;
    int64_t now = clock_now(), keep_until = adding->use == FILE_RESULT ? now + RESULT_KEPT_DAYS * DAY_MS : file_keep_until(adding->config);
    char input[32];
    TRY(db_exec(db, ADD,
                DB_VALUES(DB_INT(adding->org), DB_TEXT(purposes[adding->use]),
                          DB_TEXT(states[is_checked(adding->use) ? FILE_CHECKING : FILE_CLEAN]), DB_TEXT(adding->name), DB_TEXT(adding->mime),
                          DB_INT(adding->size), DB_TEXT(adding->sha256), DB_TIME(now), DB_ID(adding->account), DB_TIME(keep_until)),
                NULL, &adding->id));
    if (!is_checked(adding->use))
        return STATUS_OK;
    snprintf(input, sizeof input, "file=%lld", (long long)adding->id);
    return nerr_pass(job_add(db, "file-check", adding->org, 0, adding->language, input, NULL));
}

static NEOERR *store_and_add(struct db *db, struct pool *pool, int fd, struct adding *adding)
{
    TRY(file_store_content(pool, adding->config, fd, adding->sha256, &adding->size));
    return nerr_pass(db_in_transaction(db) ? add(db, adding) : db_run(db, add, adding));
}

NEOERR *file_store(struct db *db, const struct config *config, int64_t org, int64_t account, enum file_use use, const char *name,
                   const char *mime, int fd, int64_t *id)
{
    struct pool *pool = pool_new();
    struct adding adding = {.config = config, .org = org, .account = account, .use = use, .name = name, .mime = mime};
    NEOERR *error = store_and_add(db, pool, fd, &adding);
    pool_free(pool);
    *id = adding.id;
    return nerr_pass(error);
}

NEOERR *file_is_genuine(int fd, enum file_use use, const char *mime, bool *genuine)
{
    struct pool *pool = pool_new();
    const char *found = "";
    NEOERR *error = file_kind_of(pool, fd, &found);
    *genuine = strcmp(found, mime) == 0 && file_kind_is_taken(use, found);
    pool_free(pool);
    return nerr_pass(error);
}

/* ---- copying ---- */

static const char COPY[] =
    "INSERT INTO file (org_id, purpose, state, fault, name, mime, size, sha256, pages, made_at)"
    " SELECT ?, purpose, state, fault, name, mime, size, sha256, pages, ? FROM file WHERE org_id = ? AND id = ?";
static const char COPY_IMAGES[] =
    "INSERT INTO file_image (org_id, file_id, page, sha256, width, height)"
    " SELECT ?, ?, page, sha256, width, height FROM file_image WHERE org_id = ? AND file_id = ?";
static const char IS_CHECKING[] = "SELECT 1 FROM file WHERE org_id = ? AND id = ? AND state = 'checking'";

NEOERR *file_copy(struct db *db, int64_t org, int64_t id, int64_t to_org, int64_t *copy)
{
    struct db_value from = DB_INT(org), file = DB_INT(id), to = DB_INT(to_org);
    int64_t changed, one;
    bool checking;
    char input[32];
    TRY(db_exec(db, COPY, DB_VALUES(to, DB_TIME(clock_now()), from, file), &changed, copy));
    if (changed == 0) {
        *copy = 0;
        return STATUS_OK;
    }
    TRY(db_exec(db, COPY_IMAGES, DB_VALUES(to, DB_INT(*copy), from, file), NULL, NULL));
    TRY(db_number(db, IS_CHECKING, DB_VALUES(to, DB_INT(*copy)), &one, &checking));
    if (!checking)
        return STATUS_OK;
    snprintf(input, sizeof input, "file=%lld", (long long)*copy);
    return nerr_pass(job_add(db, "file-check", to_org, 0, LANG_KK, input, NULL));
}

/* ---- uploads ---- */

/* Why an upload is not taken, in the language of the page; NULL when it is. */
static const char *refusal(struct request *rq, const struct upload *upload, enum file_use use, const char *mime)
{
    struct pool *pool = rq->pool;
    if (upload->too_big)
        return pool_printf(pool, _("“%s” is larger than %d MB. Attach a smaller file."), upload->filename, route_upload_max_mb(rq));
    if (upload->size == 0)
        return pool_printf(pool, _("“%s” is empty. Attach another file."), upload->filename);
    if (!file_kind_is_taken(use, mime))
        return pool_printf(pool, "%s %s", pool_printf(pool, _("“%s” is %s."), upload->filename, _(file_kind_name(mime))),
                           _(file_kind_wanted(use)));
    return NULL;
}

NEOERR *file_take(struct request *rq, struct upload *upload, enum file_use use, int64_t *id, const char **refused)
{
    const char *mime = "";
    if (upload == NULL) {
        *refused = _("No file is chosen. Choose one.");
        return STATUS_OK;
    }
    if (!upload->too_big && upload->size > 0)
        TRY(file_kind_of(rq->pool, upload->fd, &mime));
    *refused = refusal(rq, upload, use, mime);
    if (*refused != NULL)
        return STATUS_OK;
    struct adding adding = {
        .config = rq->worker->config,
        .org = rq->place.org,
        .account = rq->session.id != 0 ? rq->session.account : rq->session.lapsed_account,
        .use = use,
        .language = rq->language,
        .name = upload->filename,
        .mime = mime,
    };
    TRY(store_and_add(rq->db, rq->pool, upload->fd, &adding));
    *id = adding.id;
    return STATUS_OK;
}

/* ---- reading ---- */

struct loading {
    struct pool *pool;
    struct file *file;
};

static enum file_state state_of(const char *word)
{
    for (enum file_state state = FILE_CHECKING; state < FILE_BAD; state++)
        if (strcmp(states[state], word) == 0)
            return state;
    return FILE_BAD;
}

static NEOERR *take_file(void *data, const struct db_row *row)
{
    const struct loading *loading = data;
    *loading->file = (struct file){
        .id = db_get_int(row, 0),
        .state = state_of(db_get(row, 1)),
        .fault = pool_strdup(loading->pool, db_get(row, 2)),
        .name = pool_strdup(loading->pool, db_get(row, 3)),
        .mime = pool_strdup(loading->pool, db_get(row, 4)),
        .size = db_get_int(row, 5),
        .sha256 = pool_strdup(loading->pool, db_get(row, 6)),
        .pages = (int)db_get_int(row, 7),
    };
    return STATUS_OK;
}

static const char LOAD[] = "SELECT id, state, fault, name, mime, size, sha256, pages FROM file WHERE org_id = ? AND id = ?";

NEOERR *file_load(struct db *db, struct pool *pool, int64_t org, int64_t id, struct file *file)
{
    return nerr_pass(db_one(db, LOAD, DB_VALUES(DB_INT(org), DB_INT(id)), take_file, &(struct loading){pool, file}));
}

NEOERR *file_open(struct db *db, const struct config *config, int64_t org, int64_t id, int *fd)
{
    struct pool *pool = pool_new();
    struct file file = {0};
    NEOERR *error = file_load(db, pool, org, id, &file);
    if (error == STATUS_OK) {
        *fd = open(file_store_path(pool, config, file.sha256), O_RDONLY | O_CLOEXEC);
        if (*fd < 0)
            error = nerr_raise_errno(ERROR_INTERNAL, "opening the content of file %lld, %s", (long long)id, file.sha256);
    }
    pool_free(pool);
    return nerr_pass(error);
}

/* ---- attaching ---- */

static const char IS_OWN_SCAN[] =
    "SELECT 1 FROM file WHERE org_id = ? AND id = ? AND purpose = 'scan' AND made_by = ?";

NEOERR *file_is_own_scan(struct request *rq, int64_t id, bool *own)
{
    int64_t one;
    return nerr_pass(db_number(rq->db, IS_OWN_SCAN, DB_VALUES(DB_INT(rq->place.org), DB_INT(id), DB_INT(rq->session.account)), &one, own));
}

static const char LOCK[] = "SELECT id FROM file WHERE org_id = ? AND id = ? FOR UPDATE";

NEOERR *file_attach(struct db *db, int64_t org, const char *ids)
{
    for (const char *id = ids; *id != '\0'; id += strcspn(id, ","), id += *id == ',') {
        int64_t number = strtoll(id, NULL, 10), locked;
        bool found;
        TRY(db_number(db, LOCK, DB_VALUES(DB_INT(org), DB_INT(number)), &locked, &found));
        if (!found)
            return nerr_raise(ERROR_CONFLICT, "attach the file %lld of organisation %lld: it is gone", (long long)number, (long long)org);
    }
    return STATUS_OK;
}
