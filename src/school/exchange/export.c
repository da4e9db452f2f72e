/* export.c: the contingent as XML and as a package, streamed from the database. */
#include "school/exchange/exchange.h"

#include "engine/file.h"
#include "engine/zip.h"
#include "school/exchange/sql.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct export {
    struct db *db;
    struct pool *pool;
    int64_t org;
    int fd;
    const struct exchange_progress *progress;
    struct xml_writer *writer;
    const struct exchange_kind *kind; /* of the rows under way */
    bool leaves_open;                 /* the element gets children */
    int64_t *orgs;
    size_t org_count, org_room;
};

/* ---- rows ---- */

static NEOERR *write_row(void *data, const struct db_row *row)
{
    struct export *export = data;
    TRY(xml_start(export->writer, export->kind->element));
    for (size_t i = 0; i < db_columns(row); i++)
        TRY(xml_put_attribute(export->writer, db_name(row, i), db_get(row, i)));
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

static NEOERR *write_organisation(struct export *export, int64_t org)
{
    for (const struct exchange_kind *kind = exchange_organisation; kind->element != NULL; kind++)
        TRY(write_kind(export, kind, kind->from, DB_VALUES(DB_INT(org))));
    return nerr_pass(xml_end(export->writer));
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
    if (export->org_count == export->org_room) {
        size_t room = export->org_room == 0 ? 64 : export->org_room * 2;
        int64_t *grown = realloc(export->orgs, room * sizeof *grown);
        if (grown == NULL)
            return nerr_raise(NERR_NOMEM, "no memory for %zu organisations", room);
        export->orgs = grown;
        export->org_room = room;
    }
    export->orgs[export->org_count++] = db_get_int(row, 0);
    return STATUS_OK;
}

static NEOERR *write_all(struct export *export)
{
    struct db_value org = DB_INT(export->org);
    TRY(xml_start(export->writer, "contingent"));
    TRY(xml_put_attribute(export->writer, "xmlns", CONTINGENT_NAMESPACE));
    TRY(export->org == 0 ? write_kind(export, exchange_person, exchange_all_persons, DB_NO_VALUES)
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
    export->org_count = 0;
    return STATUS_OK;
}

static NEOERR *write_once(struct db *db, void *data)
{
    struct export *export = data;
    TRY(begin_again(export));
    TRY(db_each(db, ORGANISATIONS, DB_VALUES(DB_INT(export->org)), take_organisation, export));
    if (export->org != 0 && export->org_count == 0)
        return nerr_raise(ERROR_NOT_FOUND, "there is no organisation %lld", (long long)export->org);
    TRY(xml_writer_open(export->fd, &export->writer));
    NEOERR *error = write_all(export);
    if (error == STATUS_OK)
        return nerr_pass(xml_writer_close(export->writer));
    xml_writer_abandon(export->writer);
    return nerr_pass(error);
}

static const char ONE_MOMENT[] =
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ";

NEOERR *exchange_write_xml(struct db *db, int64_t org, int fd, const struct exchange_progress *progress)
{
    struct export export = {.db = db, .pool = pool_new(), .org = org, .fd = fd, .progress = progress};
    NEOERR *error = db_exec(db, ONE_MOMENT, DB_NO_VALUES, NULL, NULL);
    if (error == STATUS_OK)
        error = db_run(db, write_once, &export);
    pool_free(export.pool);
    free(export.orgs);
    return nerr_pass(error);
}

/* ---- the package ---- */

struct packing {
    struct zip_writer *writer;
    struct pool *pool;
    const struct config *config;
};

static const char SCANS_OF_ONE[] =
    "SELECT DISTINCT f.sha256 FROM order_scan t"
    " JOIN school_order d ON d.org_id = t.org_id AND d.id = t.order_id AND d.state <> 'reserved'"
    " JOIN file f ON f.org_id = t.org_id AND f.id = t.file_id"
    " WHERE t.org_id = ?"
    " ORDER BY f.sha256";
static const char SCANS_OF_ALL[] =
    "SELECT DISTINCT f.sha256 FROM order_scan t"
    " JOIN school_order d ON d.org_id = t.org_id AND d.id = t.order_id AND d.state <> 'reserved'"
    " JOIN file f ON f.org_id = t.org_id AND f.id = t.file_id"
    " WHERE t.org_id IN (SELECT id FROM organisation)"
    " ORDER BY f.sha256";

/* A scan whose content never came here, by a bare XML, is told in the XML only. */
static NEOERR *pack_scan(void *data, const struct db_row *row)
{
    struct packing *packing = data;
    const char *sha256 = db_get(row, 0), *path = file_store_path(packing->pool, packing->config, sha256);
    if (access(path, R_OK) != 0)
        return errno == ENOENT ? STATUS_OK : nerr_raise_errno(ERROR_INTERNAL, "reading the scan %s", sha256);
    NEOERR *error = zip_add_path(packing->writer, pool_printf(packing->pool, "files/%s", sha256), path);
    pool_reset(packing->pool);
    return nerr_pass(error);
}

static NEOERR *pack(struct db *db, int64_t org, struct packing *packing, int xml)
{
    TRY(zip_add_file(packing->writer, "contingent.xml", xml));
    return nerr_pass(org == 0 ? db_each(db, SCANS_OF_ALL, DB_NO_VALUES, pack_scan, packing)
                              : db_each(db, SCANS_OF_ONE, DB_VALUES(DB_INT(org)), pack_scan, packing));
}

static NEOERR *write_package(struct db *db, const struct config *config, int64_t org, int fd, int xml)
{
    struct packing packing = {.pool = pool_new(), .config = config};
    NEOERR *error = zip_write_open(fd, &packing.writer);
    if (error == STATUS_OK) {
        error = pack(db, org, &packing, xml);
        if (error == STATUS_OK)
            error = zip_write_close(packing.writer);
        else
            zip_write_abandon(packing.writer);
    }
    pool_free(packing.pool);
    return nerr_pass(error);
}

NEOERR *exchange_write_package(struct db *db, const struct config *config, int64_t org, int fd, const struct exchange_progress *progress)
{
    FILE *xml = tmpfile();
    if (xml == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "making a temporary file for the export");
    NEOERR *error = exchange_write_xml(db, org, fileno(xml), progress);
    if (error == STATUS_OK)
        error = write_package(db, config, org, fd, fileno(xml));
    fclose(xml);
    return nerr_pass(error);
}
