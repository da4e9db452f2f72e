/* movement_fold.c: the fold of the movement ledger: membership by dates, and where a pupil stands. The database makes it of the rows
 * of any number of pupils at once; the check makes it a second time, of some hundreds of them in memory, and compares. */
#include "school/pupils/movement.h"
#include "school/pupils/pupils.h"

#include "engine/auth.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing it ---- */

/* The unvoided rows m of the subjects. */
#define ROWS_IN_FORCE                                                     \
    PROCESS_SUBJECTS                                                      \
    " STRAIGHT_JOIN " MOVEMENT_OF_PUPIL("m") " ON m.org_id = ? AND m.pupil_id = s.id" \
    " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"
#define NOT_VOIDED " m.voids_id IS NULL AND v.id IS NULL"

static const char FORGET[] =
    "DELETE x FROM " PROCESS_SUBJECTS " STRAIGHT_JOIN membership x ON x.org_id = ? AND x.pupil_id = s.id";

#define NEXT(column) "LEAD(m." column ") OVER (PARTITION BY m.pupil_id ORDER BY m.effective_on, m.id)"
#define BACK_HERE "LEAD(m.id) OVER (PARTITION BY m.pupil_id, m.to_class_id ORDER BY m.effective_on, m.id)"

/* A row with a class begins a stay there, one without takes the pupil out; either ends the stay before, unless it keeps the class. The last stay in a class may
 * end its year: the pupil has graduated from it, or goes on in a class of a later year. */
static const char ADD_STAYS[] =
    "INSERT INTO membership (org_id, pupil_id, from_on, class_id, to_on, movement_id, ends_year)"
    " SELECT f.org_id, f.pupil_id, f.effective_on, f.to_class_id, f.next_on, f.id,"
    "  f.back_here IS NULL AND COALESCE(f.next_kind = 'graduate' OR n.year > c.year, 0)"
    " FROM (SELECT m.org_id, m.pupil_id, m.effective_on, m.to_class_id, m.id, " NEXT("effective_on") " AS next_on, " NEXT("kind") " AS next_kind,"
    "  " NEXT("to_class_id") " AS next_class, " BACK_HERE " AS back_here"
    "  FROM " ROWS_IN_FORCE " WHERE" NOT_VOIDED " AND NOT " MOVEMENT_KEEPS_CLASS("m") ") f"
    " LEFT JOIN class c ON c.org_id = f.org_id AND c.id = f.to_class_id"
    " LEFT JOIN class n ON n.org_id = f.org_id AND n.id = f.next_class"
    " WHERE f.to_class_id IS NOT NULL";

/* The stay o that goes on, if there is one, says the class of a pupil p. */
#define PUPILS_AND_STAYS                                                                             \
    PROCESS_SUBJECTS                                                                                 \
    " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = s.id"                                         \
    " LEFT JOIN membership o ON o.org_id = p.org_id AND o.pupil_id = p.id AND o.to_on IS NULL"
/* Of the unvoided rows of p, in the order in which they take effect, what the last one says that says anything. */
#define LAST_SAID(what, says)                                                                                       \
    "(SELECT " what " FROM " MOVEMENT_OF_PUPIL("m") " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id" \
    " WHERE m.org_id = p.org_id AND m.pupil_id = p.id AND" NOT_VOIDED " AND " says                                  \
    " ORDER BY m.effective_on DESC, m.id DESC LIMIT 1)"
#define STANDING_NOW                                                                                                \
    "IF(o.class_id IS NOT NULL, 'enrolled',"                                                                        \
    " COALESCE(" LAST_SAID("IF(m.kind = 'leave', 'on-leave', 'left')", "NOT " MOVEMENT_KEEPS_CLASS("m")) ","         \
    " IF(p.standing = 'withdrawn', 'withdrawn', 'registered')))"

/* Roles follow from the standing, of the pupil and of the kin. */
static const char PEOPLE_CONCERNED[] =
    "SELECT p.person_id, k.person_id"
    " FROM " PUPILS_AND_STAYS
    " LEFT JOIN kinship k ON k.org_id = p.org_id AND k.pupil_id = p.id"
    " WHERE p.standing <> " STANDING_NOW;
/* And what orders say of the studies of a student. */
static const char SET_STANDING[] =
    "UPDATE " PUPILS_AND_STAYS
    " SET p.class_id = o.class_id, p.standing = " STANDING_NOW ","
    "  p.funding = " LAST_SAID("m.funding", "m.funding IS NOT NULL") ","
    "  p.ordered_form = " LAST_SAID("m.study_form", "m.study_form IS NOT NULL");

static NEOERR *take_people(void *data, const struct db_row *row)
{
    STRING *ids = data;
    TRY(string_appendf(ids, "%c%s", ids->len == 0 ? '[' : ',', db_get(row, 0)));
    return db_get(row, 1) == NULL ? STATUS_OK : nerr_pass(string_appendf(ids, ",%s", db_get(row, 1)));
}

static NEOERR *roles_changed(struct db *db, const struct db_value *subjects)
{
    STRING ids;
    string_init(&ids);
    NEOERR *error = db_each(db, PEOPLE_CONCERNED, subjects, take_people, &ids);
    if (error == STATUS_OK && ids.len > 0)
        error = string_append_char(&ids, ']');
    if (error == STATUS_OK && ids.len > 0)
        error = auth_roles_changed_of(db, ids.buf);
    string_clear(&ids);
    return nerr_pass(error);
}

NEOERR *movement_fold_pupils(struct db *db, int64_t org, const char *pupils)
{
    const struct db_value *subjects = DB_VALUES(DB_TEXT(pupils), DB_INT(org));
    TRY(db_exec(db, FORGET, subjects, NULL, NULL));
    TRY(db_exec(db, ADD_STAYS, subjects, NULL, NULL));
    TRY(roles_changed(db, subjects));
    return nerr_pass(db_exec(db, SET_STANDING, subjects, NULL, NULL));
}

NEOERR *movement_fold(struct db *db, int64_t org, int64_t pupil)
{
    char one[24];
    snprintf(one, sizeof one, "[%lld]", (long long)pupil);
    return nerr_pass(movement_fold_pupils(db, org, one));
}

/* ---- a whole organisation ---- */

struct pupils {
    int64_t *ids;
    size_t count, room;
};

static NEOERR *take_id(void *data, const struct db_row *row)
{
    struct pupils *pupils = data;
    if (pupils->count == pupils->room) {
        pupils->room = pupils->room == 0 ? 1024 : pupils->room * 2;
        int64_t *grown = realloc(pupils->ids, pupils->room * sizeof *grown);
        if (grown == NULL)
            return nerr_raise(ERROR_INTERNAL, "no memory for %zu pupils", pupils->room);
        pupils->ids = grown;
    }
    pupils->ids[pupils->count++] = db_get_int(row, 0);
    return STATUS_OK;
}

static const char PUPILS[] =
    "SELECT id FROM pupil WHERE org_id = ? ORDER BY id";

static NEOERR *list_pupils(struct db *db, int64_t org, struct pupils *pupils)
{
    *pupils = (struct pupils){0};
    return nerr_pass(db_each(db, PUPILS, DB_VALUES(DB_INT(org)), take_id, pupils));
}

static NEOERR *fold_listed(struct db *db, int64_t org, const struct pupils *pupils, STRING *ids)
{
    for (size_t i = 0; i < pupils->count; i++)
        TRY(string_appendf(ids, "%c%lld", i == 0 ? '[' : ',', (long long)pupils->ids[i]));
    TRY(string_append_char(ids, ']'));
    return nerr_pass(movement_fold_pupils(db, org, ids->buf));
}

NEOERR *movement_fold_all(struct db *db, int64_t org)
{
    struct pupils pupils;
    STRING ids;
    string_init(&ids);
    NEOERR *error = list_pupils(db, org, &pupils);
    if (error == STATUS_OK && pupils.count > 0)
        error = fold_listed(db, org, &pupils, &ids);
    string_clear(&ids);
    free(pupils.ids);
    return nerr_pass(error);
}

/* ---- checking what is stored: the fold once more, by another way ---- */

enum {
    STAYS_MAX = 200,  /* movements of one pupil in one organisation: far above any life */
    SLICE_MAX = 500,  /* pupils that three statements read at once */
};

struct stay {
    int64_t movement, class;
    struct date from, to; /* to: exclusive, year 0 = until now */
    int64_t year;         /* of the class */
    bool ends_year;
};
struct fold {
    int64_t pupil;
    struct stay stays[STAYS_MAX];
    size_t count;
    bool open;   /* the last stay goes on */
    bool left;   /* the last row took the pupil out, … */
    bool on_leave; /* … for an academic leave */
    char funding[24], study_form[24]; /* "" = no row says */
    size_t seen; /* stays stored */
    bool differs;
};
struct slice {
    struct fold *folds; /* of pupils that follow one another, by id */
    size_t count;
};

static int compare_pupil(const void *id, const void *fold)
{
    int64_t a = *(const int64_t *)id, b = ((const struct fold *)fold)->pupil;
    return (a > b) - (a < b);
}

static struct fold *fold_of(const struct slice *slice, int64_t pupil)
{
    return bsearch(&pupil, slice->folds, slice->count, sizeof *slice->folds, compare_pupil);
}

/* The unvoided rows of pupils, of each in the order in which they take effect. */
static const char ROWS[] =
    "SELECT m.pupil_id, m.id, m.to_class_id, m.effective_on, m.kind, c.year, m.funding, m.study_form"
    " FROM movement m"
    " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"
    " LEFT JOIN class c ON c.org_id = m.org_id AND c.id = m.to_class_id"
    " WHERE m.org_id = ? AND m.pupil_id BETWEEN ? AND ? AND m.voids_id IS NULL AND v.id IS NULL"
    " ORDER BY m.pupil_id, m.effective_on, m.id";

static void keep_said(char *said, size_t size, const char *now)
{
    if (now != NULL)
        snprintf(said, size, "%s", now);
}

static bool keeps_class(const char *kind, int64_t class)
{
    return class == 0 && (strcmp(kind, "funding") == 0 || strcmp(kind, "form") == 0);
}

static void end_stay(struct fold *fold, const struct db_row *row)
{
    struct stay *last = &fold->stays[fold->count - 1];
    last->to = db_get_date(row, 3);
    last->ends_year = strcmp(db_get(row, 4), "graduate") == 0 || db_get_int(row, 5) > last->year;
}

/* A row with a class begins a stay there, one without takes the pupil out; either ends the stay before, unless it keeps the class. */
static NEOERR *fold_row(void *data, const struct db_row *row)
{
    struct fold *fold = fold_of(data, db_get_int(row, 0));
    int64_t class = db_get_int(row, 2);
    if (fold == NULL) /* of a file deleted since */
        return STATUS_OK;
    keep_said(fold->funding, sizeof fold->funding, db_get(row, 6));
    keep_said(fold->study_form, sizeof fold->study_form, db_get(row, 7));
    if (keeps_class(db_get(row, 4), class))
        return STATUS_OK;
    fold->on_leave = strcmp(db_get(row, 4), "leave") == 0;
    if (fold->open)
        end_stay(fold, row);
    for (size_t i = 0; i < fold->count; i++)
        if (fold->stays[i].class == class)
            fold->stays[i].ends_year = false; /* is there again */
    fold->open = class != 0;
    fold->left = class == 0;
    if (class == 0)
        return STATUS_OK;
    if (fold->count == STAYS_MAX)
        return nerr_raise(ERROR_INTERNAL, "a pupil with more than %d movements", STAYS_MAX);
    fold->stays[fold->count++] = (struct stay){.movement = db_get_int(row, 1), .class = class, .from = db_get_date(row, 3), .year = db_get_int(row, 5)};
    return STATUS_OK;
}

static const char STORED_STAYS[] =
    "SELECT s.pupil_id, s.movement_id, s.class_id, s.to_on, s.from_on, s.ends_year"
    " FROM membership s"
    " JOIN movement m ON m.org_id = s.org_id AND m.id = s.movement_id"
    " WHERE s.org_id = ? AND s.pupil_id BETWEEN ? AND ?"
    " ORDER BY s.pupil_id, m.effective_on, m.id";

static NEOERR *compare_stay(void *data, const struct db_row *row)
{
    struct fold *fold = fold_of(data, db_get_int(row, 0));
    if (fold == NULL)
        return STATUS_OK;
    size_t at = fold->seen++;
    if (at >= fold->count)
        return STATUS_OK;
    const struct stay *stay = &fold->stays[at];
    if (stay->movement != db_get_int(row, 1) || stay->class != db_get_int(row, 2) || date_compare(stay->to, db_get_date(row, 3)) != 0 ||
        date_compare(stay->from, db_get_date(row, 4)) != 0 || stay->ends_year != (db_get_int(row, 5) != 0))
        fold->differs = true;
    return STATUS_OK;
}

static int64_t class_now(const struct fold *fold)
{
    return fold->open ? fold->stays[fold->count - 1].class : 0;
}

static const char *standing_now(const struct fold *fold)
{
    return fold->open ? "enrolled" : fold->on_leave ? "on-leave" : fold->left ? "left" : "registered";
}

static const char STORED_STANDINGS[] =
    "SELECT id, class_id, IF(standing = 'withdrawn', 'registered', standing), COALESCE(funding, ''), COALESCE(ordered_form, '')"
    " FROM pupil WHERE org_id = ? AND id BETWEEN ? AND ?";

static NEOERR *compare_standing(void *data, const struct db_row *row)
{
    struct fold *fold = fold_of(data, db_get_int(row, 0));
    if (fold != NULL && (db_get_int(row, 1) != class_now(fold) || strcmp(db_get(row, 2), standing_now(fold)) != 0 ||
                         strcmp(db_get(row, 3), fold->funding) != 0 || strcmp(db_get(row, 4), fold->study_form) != 0))
        fold->differs = true;
    return STATUS_OK;
}

struct checking {
    struct db *db;
    int64_t org;
    void (*tell)(void *data, const char *line);
    void *data;
};

static void tell_differences(const struct checking *checking, const struct slice *slice)
{
    char line[120];
    for (const struct fold *fold = slice->folds; fold < slice->folds + slice->count; fold++) {
        if (!fold->differs && fold->seen == fold->count)
            continue;
        snprintf(line, sizeof line, "organisation %lld, pupil %lld: membership is not the fold of the ledger", (long long)checking->org,
                 (long long)fold->pupil);
        checking->tell(checking->data, line);
    }
}

static NEOERR *check_slice(const struct checking *checking, struct slice *slice, const int64_t *ids)
{
    const struct db_value *range = DB_VALUES(DB_INT(checking->org), DB_INT(ids[0]), DB_INT(ids[slice->count - 1]));
    memset(slice->folds, 0, slice->count * sizeof *slice->folds);
    for (size_t i = 0; i < slice->count; i++)
        slice->folds[i].pupil = ids[i];
    TRY(db_each(checking->db, ROWS, range, fold_row, slice));
    TRY(db_each(checking->db, STORED_STAYS, range, compare_stay, slice));
    TRY(db_each(checking->db, STORED_STANDINGS, range, compare_standing, slice));
    tell_differences(checking, slice);
    return STATUS_OK;
}

static NEOERR *check_listed(const struct checking *checking, const struct pupils *pupils)
{
    struct slice slice = {.folds = malloc(SLICE_MAX * sizeof *slice.folds)};
    NEOERR *error = slice.folds == NULL ? nerr_raise(ERROR_INTERNAL, "no memory for %d pupils", SLICE_MAX) : STATUS_OK;
    for (size_t at = 0; error == STATUS_OK && at < pupils->count; at += slice.count) {
        slice.count = pupils->count - at < SLICE_MAX ? pupils->count - at : SLICE_MAX;
        error = check_slice(checking, &slice, &pupils->ids[at]);
    }
    free(slice.folds);
    return nerr_pass(error);
}

NEOERR *movement_check_fold(struct db *db, int64_t org, void (*tell)(void *data, const char *line), void *data)
{
    struct checking checking = {db, org, tell, data};
    struct pupils pupils;
    NEOERR *error = list_pupils(db, org, &pupils);
    if (error == STATUS_OK)
        error = check_listed(&checking, &pupils);
    free(pupils.ids);
    return nerr_pass(error);
}
