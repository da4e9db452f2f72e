/* export.c: the contingent as XML and as a package, streamed from the database. */
#include "school/exchange/exchange.h"

#include "base/crypto.h"
#include "engine/audit.h"
#include "engine/file.h"
#include "engine/zip.h"
#include "school/exchange/sql.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct content {
    char sha256[CRYPTO_HEX_SIZE];
};

struct export {
    struct db *db;
    struct pool *pool;
    const struct exchange_extent *extent;
    int fd;
    const struct exchange_progress *progress;
    struct xml_writer *writer;
    const struct exchange_kind *kind; /* of the rows under way */
    bool leaves_open;                 /* the element gets children */
    int64_t *orgs;
    size_t org_count, org_room;
    struct content *contents;         /* of the scans that are named */
    size_t content_count, content_room;
};

/* Makes room for one more of the rows. */
static NEOERR *grow(void *rows, size_t size, size_t count, size_t *room)
{
    void **array = rows;
    if (count < *room)
        return STATUS_OK;
    size_t wanted = *room == 0 ? 64 : *room * 2;
    void *grown = realloc(*array, wanted * size);
    if (grown == NULL)
        return nerr_raise(NERR_NOMEM, "no memory for %zu rows of an export", wanted);
    *array = grown;
    *room = wanted;
    return STATUS_OK;
}

/* ---- rows ---- */

static NEOERR *take_content(struct export *export, const char *sha256)
{
    TRY(grow(&export->contents, sizeof *export->contents, export->content_count, &export->content_room));
    snprintf(export->contents[export->content_count++].sha256, sizeof export->contents->sha256, "%s", sha256);
    return STATUS_OK;
}

static NEOERR *write_row(void *data, const struct db_row *row)
{
    struct export *export = data;
    TRY(xml_start(export->writer, export->kind->element));
    for (size_t i = 0; i < db_columns(row); i++) {
        TRY(xml_put_attribute(export->writer, db_name(row, i), db_get(row, i)));
        if (strcmp(db_name(row, i), "sha256") == 0)
            TRY(take_content(export, db_get(row, i)));
    }
    return export->leaves_open ? STATUS_OK : nerr_pass(xml_end(export->writer));
}

static NEOERR *write_kind(struct export *export, const struct exchange_kind *kind, const char *from, const struct db_value *values)
{
    export->kind = kind;
    export->leaves_open = kind == exchange_organisation;
    NEOERR *error = db_each(export->db, exchange_export_sql(export->pool, kind, from), values, write_row, export);
    pool_reset(export->pool);
    return nerr_pass(error);
}

static const char SEEN_OF_HEALTH[] =
    "SELECT JSON_ARRAYAGG(p.id) FROM pupil p WHERE p.org_id = ? AND p.standing <> 'withdrawn'"
    " AND EXISTS (SELECT 1 FROM pupil_health h WHERE h.org_id = p.org_id AND h.pupil_id = p.id)";

static NEOERR *record_looks(const struct export *export, int64_t org)
{
    const struct request by = {.place.org = org, .session.account = export->extent->account};
    char *pupils;
    TRY(db_string(export->db, export->pool, SEEN_OF_HEALTH, DB_VALUES(DB_INT(org)), &pupils));
    NEOERR *error = pupils == NULL ? STATUS_OK : audit_add_all(export->db, &by, "pupil", pupils, "look");
    pool_reset(export->pool);
    return nerr_pass(error);
}

static NEOERR *write_organisation(struct export *export, int64_t org)
{
    bool without_health = export->extent->without_health;
    for (const struct exchange_kind *kind = exchange_organisation; kind->element != NULL; kind++) {
        const char *from = without_health && kind->from_without_health != NULL ? kind->from_without_health : kind->from;
        TRY(write_kind(export, kind, from, DB_VALUES(DB_INT(org))));
    }
    TRY(xml_end(export->writer));
    return without_health ? STATUS_OK : nerr_pass(record_looks(export, org));
}

static NEOERR *tell(const struct export *export, size_t done)
{
    bool stop = false;
    if (export->progress != NULL)
        TRY(export->progress->tell(export->progress->data, (int64_t)done, (int64_t)export->org_count, &stop));
    return stop ? nerr_raise(ERROR_CONFLICT, "the export was cancelled") : STATUS_OK;
}

/* ---- organisations ---- */

static const char ORGANISATIONS[] =
    "SELECT id FROM organisation WHERE ? IN (0, id) ORDER BY uid";

static NEOERR *take_organisation(void *data, const struct db_row *row)
{
    struct export *export = data;
    TRY(grow(&export->orgs, sizeof *export->orgs, export->org_count, &export->org_room));
    export->orgs[export->org_count++] = db_get_int(row, 0);
    return STATUS_OK;
}

static NEOERR *write_all(struct export *export)
{
    struct db_value org = DB_INT(export->extent->org);
    TRY(xml_start(export->writer, "contingent"));
    TRY(xml_put_attribute(export->writer, "xmlns", CONTINGENT_NAMESPACE));
    TRY(export->extent->org == 0 ? write_kind(export, exchange_person, exchange_all_persons, DB_NO_VALUES)
                         : write_kind(export, exchange_person, exchange_person->from, DB_VALUES(org, org, org)));
    for (size_t i = 0; i < export->org_count; i++) {
        TRY(tell(export, i));
        TRY(write_organisation(export, export->orgs[i]));
    }
    return STATUS_OK;
}

/* ---- one moment ---- */

static NEOERR *begin_again(struct export *export)
{
    if (lseek(export->fd, 0, SEEK_SET) != 0 || ftruncate(export->fd, 0) != 0)
        return nerr_raise_errno(ERROR_INTERNAL, "writing the export");
    export->org_count = export->content_count = 0;
    return STATUS_OK;
}

static NEOERR *write_once(struct db *db, void *data)
{
    struct export *export = data;
    TRY(begin_again(export));
    TRY(db_each(db, ORGANISATIONS, DB_VALUES(DB_INT(export->extent->org)), take_organisation, export));
    if (export->extent->org != 0 && export->org_count == 0)
        return nerr_raise(ERROR_NOT_FOUND, "there is no organisation %lld", (long long)export->extent->org);
    TRY(xml_writer_open(export->fd, &export->writer));
    NEOERR *error = write_all(export);
    if (error == STATUS_OK)
        return nerr_pass(xml_writer_close(export->writer));
    xml_writer_abandon(export->writer);
    return nerr_pass(error);
}

static const char ONE_MOMENT[] =
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";

static NEOERR *write_moment(struct export *export)
{
    TRY(db_exec(export->db, ONE_MOMENT, DB_NO_VALUES, NULL, NULL));
    return nerr_pass(db_run(export->db, write_once, export));
}

static void end(struct export *export)
{
    pool_free(export->pool);
    free(export->orgs);
    free(export->contents);
}

NEOERR *exchange_write_xml(struct db *db, const struct exchange_extent *extent, int fd, const struct exchange_progress *progress)
{
    struct export export = {.db = db, .pool = pool_new(), .extent = extent, .fd = fd, .progress = progress};
    NEOERR *error = write_moment(&export);
    end(&export);
    return nerr_pass(error);
}

/* ---- the package ---- */

static int compare_contents(const void *a, const void *b)
{
    return strcmp(((const struct content *)a)->sha256, ((const struct content *)b)->sha256);
}

/* A hash that came by a bare XML may be that of somebody else's content: only what the organisation has itself is given out. With 0 that
 * of every organisation. */
static const char IS_HERE[] =
    "SELECT 1 FROM file WHERE sha256 = ? AND ? IN (0, org_id) AND purpose = 'scan' AND state <> 'bad' LIMIT 1";

static NEOERR *pack_content(struct export *export, const struct config *config, struct zip_writer *writer, const char *sha256)
{
    const char *path = file_store_path(export->pool, config, sha256);
    int64_t one;
    bool here;
    TRY(db_number(export->db, IS_HERE, DB_VALUES(DB_TEXT(sha256), DB_INT(export->extent->org)), &one, &here));
    if (here && access(path, R_OK) == 0)
        TRY(zip_add_path(writer, pool_printf(export->pool, "files/%s", sha256), path));
    else if (here && errno != ENOENT)
        return nerr_raise_errno(ERROR_INTERNAL, "reading the scan %s", sha256);
    pool_reset(export->pool);
    return STATUS_OK;
}

static NEOERR *pack(struct export *export, const struct config *config, struct zip_writer *writer)
{
    TRY(zip_add_file(writer, "contingent.xml", export->fd));
    qsort(export->contents, export->content_count, sizeof *export->contents, compare_contents);
    for (size_t i = 0; i < export->content_count; i++)
        if (i == 0 || compare_contents(&export->contents[i - 1], &export->contents[i]) != 0)
            TRY(pack_content(export, config, writer, export->contents[i].sha256));
    return STATUS_OK;
}

static NEOERR *write_package(struct export *export, const struct config *config, int fd)
{
    struct zip_writer *writer;
    TRY(write_moment(export));
    TRY(zip_write_open(fd, &writer));
    NEOERR *error = pack(export, config, writer);
    if (error == STATUS_OK)
        return nerr_pass(zip_write_close(writer));
    zip_write_abandon(writer);
    return nerr_pass(error);
}

NEOERR *exchange_write_package(struct db *db, const struct config *config, const struct exchange_extent *extent, int fd,
                               const struct exchange_progress *progress)
{
    FILE *xml = tmpfile();
    if (xml == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "making a temporary file for the export");
    struct export export = {.db = db, .pool = pool_new(), .extent = extent, .fd = fileno(xml), .progress = progress};
    NEOERR *error = write_package(&export, config, fd);
    end(&export);
    fclose(xml);
    return nerr_pass(error);
}
