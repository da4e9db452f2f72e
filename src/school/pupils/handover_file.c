/* handover_file.c: the file of a pupil goes along to another organisation: a copy as of that day, the sender keeps its own. (CON-30) */
#include "school/pupils/handover.h"

#include "engine/file.h"

#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 200 }; /* scans of one file: far above any */

struct carrying {
    struct db *db;
    struct pool *pool;
    int64_t from_org, from_pupil, org, pupil;
    struct {
        int64_t from, to;
    } files[FILES_MAX]; /* copied so far: two rows may share a scan */
    size_t file_count;
};

/* ---- scans ---- */

static NEOERR *copy_of(struct carrying *carrying, int64_t file, int64_t *copy)
{
    for (size_t i = 0; i < carrying->file_count; i++)
        if (carrying->files[i].from == file) {
            *copy = carrying->files[i].to;
            return STATUS_OK;
        }
    TRY(file_copy(carrying->db, carrying->from_org, file, carrying->org, copy));
    if (carrying->file_count < FILES_MAX) {
        carrying->files[carrying->file_count].from = file;
        carrying->files[carrying->file_count++].to = *copy;
    }
    return STATUS_OK;
}

/* Ids joined by "," of scans there as ids of their copies here. */
static NEOERR *copy_scans(struct carrying *carrying, const char *ids, const char **copies)
{
    char *rest = pool_strdup(carrying->pool, ids), *id;
    *copies = "";
    while ((id = strsep(&rest, ",")) != NULL && id[0] != '\0') {
        int64_t copy;
        TRY(copy_of(carrying, strtoll(id, NULL, 10), &copy));
        if (copy != 0)
            *copies = pool_printf(carrying->pool, "%s%s%lld", *copies, (*copies)[0] != '\0' ? "," : "", (long long)copy);
    }
    return STATUS_OK;
}

/* ---- rows ---- */

/* Each table of the file: which rows the copy does not have yet, and how one is copied. f is the row there, t one here. */
#define ROWS(table, same)                                                                                                            \
    "SELECT f.id, f.file_id FROM " table " f WHERE f.org_id = ? AND f.pupil_id = ?"                                                  \
    " AND NOT EXISTS (SELECT 1 FROM " table " t WHERE t.org_id = ? AND t.pupil_id = ? AND " same ") ORDER BY f.id"
#define COPY(table, columns) \
    "INSERT INTO " table " (org_id, pupil_id, file_id, " columns ") SELECT ?, ?, ?, " columns " FROM " table " WHERE org_id = ? AND id = ?"

static const struct {
    const char *rows, *copy;
} tables[] = {
    {ROWS("pupil_document", "t.kind = f.kind AND t.series = f.series AND t.number = f.number AND t.issued_on <=> f.issued_on"),
     COPY("pupil_document", "kind, series, number, issued_by, issued_on")},
    {ROWS("pupil_social", "t.category = f.category AND t.valid_from = f.valid_from AND t.ground = f.ground"),
     COPY("pupil_social", "category, ground, valid_from, valid_to")},
    {ROWS("pupil_health", "t.examined_on = f.examined_on AND t.health_group <=> f.health_group AND t.pe_group <=> f.pe_group"
                          " AND t.special_need <=> f.special_need"),
     COPY("pupil_health", "examined_on, health_group, pe_group, special_need, conclusion")},
    {ROWS("pupil_achievement", "t.contest = f.contest AND t.held_on = f.held_on AND t.contest_place = f.contest_place"),
     COPY("pupil_achievement", "contest_kind, contest, contest_level, contest_place, held_on")},
};

struct rows {
    struct pool *pool;
    struct row {
        int64_t id;
        const char *scans;
        struct row *next;
    } *first, **last;
};

static NEOERR *take_row(void *data, const struct db_row *row)
{
    struct rows *rows = data;
    struct row *kept = pool_alloc(rows->pool, sizeof *kept);
    *kept = (struct row){db_get_int(row, 0), pool_strdup(rows->pool, db_get(row, 1)), NULL};
    *rows->last = kept;
    rows->last = &kept->next;
    return STATUS_OK;
}

static NEOERR *carry_table(struct carrying *carrying, size_t table)
{
    const struct db_value org = DB_INT(carrying->org), pupil = DB_INT(carrying->pupil), from_org = DB_INT(carrying->from_org);
    struct rows rows = {.pool = carrying->pool, .last = &rows.first};
    TRY(db_each(carrying->db, tables[table].rows, DB_VALUES(from_org, DB_INT(carrying->from_pupil), org, pupil), take_row, &rows));
    for (const struct row *row = rows.first; row != NULL; row = row->next) {
        const char *scans;
        TRY(copy_scans(carrying, row->scans, &scans));
        TRY(db_exec(carrying->db, tables[table].copy, DB_VALUES(org, pupil, DB_TEXT(scans), from_org, DB_INT(row->id)), NULL, NULL));
    }
    return STATUS_OK;
}

static const char CARRY_FAMILY[] =
    "INSERT INTO kinship (org_id, pupil_id, person_id, degree, phone, email, work, ended_on, end_reason)"
    " SELECT p.org_id, p.id, k.person_id, k.degree, k.phone, k.email, k.work, k.ended_on, k.end_reason"
    " FROM kinship k"
    " JOIN pupil p ON p.org_id = ? AND p.id = ?"
    " LEFT JOIN kinship o ON o.org_id = p.org_id AND o.pupil_id = p.id AND o.person_id = k.person_id"
    " WHERE k.org_id = ? AND k.pupil_id = ? AND o.id IS NULL";

/* ---- the record ---- */

/* What may be empty here and filled there: text is empty as '', the rest as NULL. */
#define TEXT(column) column " = IF(p." column " = '', f." column ", p." column ")"
#define REST(column) column " = COALESCE(p." column ", f." column ")"
static const char FILL[] =
    "UPDATE pupil p JOIN pupil f ON f.org_id = ? AND f.id = ? SET p." TEXT("email") ", p." TEXT("phone") ", p." TEXT("address") ", p." TEXT("reg_address")
    ", p." TEXT("birth_place") ", p." TEXT("surname_latin") ", p." TEXT("given_latin") ", p." REST("territory_id") ", p." REST("reg_territory_id")
    ", p." REST("citizenship") ", p." REST("nationality") ", p." REST("language") ", p." REST("study_form") ", p." REST("second_language")
    ", p." REST("profile") ", p.version = p.version + 1 WHERE p.org_id = ? AND p.id = ?";
static const char PHOTOS[] =
    "SELECT f.id, f.photo_id FROM pupil f JOIN pupil p ON p.org_id = ? AND p.id = ? AND p.photo_id = '' WHERE f.org_id = ? AND f.id = ? AND f.photo_id <> ''";
static const char SET_PHOTO[] = "UPDATE pupil SET photo_id = ? WHERE org_id = ? AND id = ?";

static NEOERR *carry_photo(struct carrying *carrying)
{
    const struct db_value org = DB_INT(carrying->org), pupil = DB_INT(carrying->pupil);
    struct rows rows = {.pool = carrying->pool, .last = &rows.first};
    const char *copy;
    TRY(db_each(carrying->db, PHOTOS, DB_VALUES(org, pupil, DB_INT(carrying->from_org), DB_INT(carrying->from_pupil)), take_row, &rows));
    if (rows.first == NULL)
        return STATUS_OK;
    TRY(copy_scans(carrying, rows.first->scans, &copy));
    return nerr_pass(db_exec(carrying->db, SET_PHOTO, DB_VALUES(DB_TEXT(copy), org, pupil), NULL, NULL));
}

NEOERR *handover_carry(struct db *db, struct request *rq, int64_t from_org, int64_t from_pupil, int64_t pupil)
{
    struct carrying *carrying = pool_alloc(rq->pool, sizeof *carrying);
    const struct db_value there = DB_INT(from_org), their = DB_INT(from_pupil), here = DB_INT(rq->place.org), our = DB_INT(pupil);
    *carrying = (struct carrying){.db = db, .pool = rq->pool, .from_org = from_org, .from_pupil = from_pupil, .org = rq->place.org, .pupil = pupil};
    TRY(db_exec(db, FILL, DB_VALUES(there, their, here, our), NULL, NULL));
    TRY(carry_photo(carrying));
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        TRY(carry_table(carrying, i));
    return nerr_pass(db_exec(db, CARRY_FAMILY, DB_VALUES(here, our, there, their), NULL, NULL));
}

static const char NEW_FILE[] =
    "INSERT INTO pupil (org_id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, grade, resident, no_iin_reason,"
    " entered_on, entered_from, registered_at)"
    " SELECT ?, UUID(), f.person_id, f.surname, f.given, f.patronymic, f.born_on, f.sex, f.sort_key, f.fold_key, f.key_version, ?, f.resident,"
    "  f.no_iin_reason, ?, ?, ?"
    " FROM pupil f WHERE f.org_id = ? AND f.id = ?";

NEOERR *handover_new_file(struct db *db, struct request *rq, int64_t from_org, int64_t from_pupil, const struct new_file *file, int64_t *pupil)
{
    TRY(db_exec(db, NEW_FILE,
                DB_VALUES(DB_INT(rq->place.org), DB_INT(file->grade), DB_DATE(file->entered), DB_TEXT(file->entered_from), DB_TIME(clock_now()),
                          DB_INT(from_org), DB_INT(from_pupil)),
                NULL, pupil));
    return nerr_pass(handover_carry(db, rq, from_org, from_pupil, *pupil));
}
