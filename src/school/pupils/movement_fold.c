/* movement_fold.c: the fold of the movement ledger: membership by dates, and where a pupil stands. The database makes it of the rows
 * of any number of pupils at once; the check makes it a second time, pupil by pupil, and compares. */
#include "school/pupils/movement.h"
#include "school/pupils/pupils.h"

#include "engine/auth.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing it ---- */

/* The unvoided rows m of the subjects. */
#define ROWS_IN_FORCE                                                     \
    PROCESS_SUBJECTS                                                      \
    " STRAIGHT_JOIN movement m ON m.org_id = ? AND m.pupil_id = s.id"     \
    " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"
#define NOT_VOIDED " m.voids_id IS NULL AND v.id IS NULL"

static const char FORGET[] =
    "DELETE x FROM " PROCESS_SUBJECTS " STRAIGHT_JOIN membership x ON x.org_id = ? AND x.pupil_id = s.id";

/* A row with a class begins a stay there, one without takes the pupil out; either ends the stay before, unless it keeps the class. */
static const char ADD_STAYS[] =
    "INSERT INTO membership (org_id, pupil_id, from_on, class_id, to_on, movement_id)"
    " SELECT f.org_id, f.pupil_id, f.effective_on, f.to_class_id, f.next_on, f.id"
    " FROM (SELECT m.org_id, m.pupil_id, m.effective_on, m.to_class_id, m.id,"
    "  LEAD(m.effective_on) OVER (PARTITION BY m.pupil_id ORDER BY m.effective_on, m.id) AS next_on"
    "  FROM " ROWS_IN_FORCE " WHERE" NOT_VOIDED " AND NOT " MOVEMENT_KEEPS_CLASS("m") ") f"
    " WHERE f.to_class_id IS NOT NULL";

/* The stay o that goes on, if there is one, says the class of a pupil p. */
#define PUPILS_AND_STAYS                                                                             \
    PROCESS_SUBJECTS                                                                                 \
    " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = s.id"                                         \
    " LEFT JOIN membership o ON o.org_id = p.org_id AND o.pupil_id = p.id AND o.to_on IS NULL"
/* Of the unvoided rows of p, in the order in which they take effect, what the last one says that says anything. */
#define LAST_SAID(what, says)                                                                                       \
    "(SELECT " what " FROM movement m LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"            \
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
static const char SET_STANDING[] =
    "UPDATE " PUPILS_AND_STAYS
    " SET p.class_id = o.class_id, p.standing = " STANDING_NOW
    " WHERE NOT (p.class_id <=> o.class_id AND p.standing = " STANDING_NOW ")";

/* What orders say of the studies of a student. */
static const char SET_STUDIES[] =
    "UPDATE " PROCESS_SUBJECTS " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = s.id"
    " SET p.funding = " LAST_SAID("m.funding", "m.funding IS NOT NULL") ","
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
    TRY(db_exec(db, SET_STANDING, subjects, NULL, NULL));
    return nerr_pass(db_exec(db, SET_STUDIES, subjects, NULL, NULL));
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

enum { STAYS_MAX = 200 }; /* movements of one pupil in one organisation: far above any life */

struct stay {
    int64_t movement, class;
    struct date from, to; /* to: exclusive, year 0 = until now */
};
struct fold {
    struct stay stays[STAYS_MAX];
    size_t count;
    bool open;     /* the last stay goes on */
    bool left;     /* the last row took the pupil out, … */
    bool on_leave; /* … for an academic leave */
    char funding[24], study_form[24]; /* "" = no row says */
};

/* The unvoided rows of a pupil, in the order in which they take effect. */
static const char ROWS[] =
    "SELECT m.id, m.to_class_id, m.effective_on, m.kind, m.funding, m.study_form"
    " FROM movement m"
    " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"
    " WHERE m.org_id = ? AND m.pupil_id = ? AND m.voids_id IS NULL AND v.id IS NULL"
    " ORDER BY m.effective_on, m.id";

static void keep_said(char *said, size_t size, const char *now)
{
    if (now != NULL)
        snprintf(said, size, "%s", now);
}

static bool keeps_class(const char *kind, int64_t class)
{
    return class == 0 && (strcmp(kind, "funding") == 0 || strcmp(kind, "form") == 0);
}

/* A row with a class begins a stay there, one without takes the pupil out; either ends the stay before. */
static NEOERR *fold_row(void *data, const struct db_row *row)
{
    struct fold *fold = data;
    int64_t class = db_get_int(row, 1);
    struct date date = db_get_date(row, 2);
    keep_said(fold->funding, sizeof fold->funding, db_get(row, 4));
    keep_said(fold->study_form, sizeof fold->study_form, db_get(row, 5));
    if (keeps_class(db_get(row, 3), class))
        return STATUS_OK;
    fold->on_leave = strcmp(db_get(row, 3), "leave") == 0;
    if (fold->open)
        fold->stays[fold->count - 1].to = date;
    fold->open = class != 0;
    fold->left = class == 0;
    if (class == 0)
        return STATUS_OK;
    if (fold->count == STAYS_MAX)
        return nerr_raise(ERROR_INTERNAL, "a pupil with more than %d movements", STAYS_MAX);
    fold->stays[fold->count++] = (struct stay){.movement = db_get_int(row, 0), .class = class, .from = date};
    return STATUS_OK;
}

static NEOERR *fold_pupil(struct db *db, int64_t org, int64_t pupil, struct fold *fold)
{
    memset(fold, 0, sizeof *fold);
    return nerr_pass(db_each(db, ROWS, DB_VALUES(DB_INT(org), DB_INT(pupil)), fold_row, fold));
}

static int64_t class_now(const struct fold *fold)
{
    return fold->open ? fold->stays[fold->count - 1].class : 0;
}

static const char *standing_now(const struct fold *fold)
{
    return fold->open ? "enrolled" : fold->on_leave ? "on-leave" : fold->left ? "left" : "registered";
}

struct stored {
    struct fold *fold;
    size_t seen;
    bool differs;
};

static NEOERR *compare_stay(void *data, const struct db_row *row)
{
    struct stored *stored = data;
    size_t at = stored->seen++;
    if (at >= stored->fold->count) {
        stored->differs = true;
        return STATUS_OK;
    }
    const struct stay *stay = &stored->fold->stays[at];
    struct date to = db_get_date(row, 2);
    if (stay->movement != db_get_int(row, 0) || stay->class != db_get_int(row, 1) || date_compare(stay->to, to) != 0 ||
        date_compare(stay->from, db_get_date(row, 3)) != 0)
        stored->differs = true;
    return STATUS_OK;
}

static NEOERR *compare_standing(void *data, const struct db_row *row)
{
    struct stored *stored = data;
    const struct fold *fold = stored->fold;
    if (db_get_int(row, 0) != class_now(fold) || strcmp(db_get(row, 1), standing_now(fold)) != 0 || strcmp(db_get(row, 2), fold->funding) != 0 ||
        strcmp(db_get(row, 3), fold->study_form) != 0)
        stored->differs = true;
    return STATUS_OK;
}

static const char STORED_STAYS[] =
    "SELECT s.movement_id, s.class_id, s.to_on, s.from_on"
    " FROM membership s"
    " JOIN movement m ON m.org_id = s.org_id AND m.id = s.movement_id"
    " WHERE s.org_id = ? AND s.pupil_id = ?"
    " ORDER BY m.effective_on, m.id";
static const char STORED_STANDING[] =
    "SELECT class_id, IF(standing = 'withdrawn', 'registered', standing), COALESCE(funding, ''), COALESCE(ordered_form, '')"
    " FROM pupil WHERE org_id = ? AND id = ?";

struct telling {
    void (*tell)(void *data, const char *line);
    void *data;
};

static NEOERR *check_pupil(struct db *db, int64_t org, int64_t pupil, const struct telling *telling)
{
    struct fold fold;
    struct stored stored = {.fold = &fold};
    char line[120];
    const struct db_value *key = DB_VALUES(DB_INT(org), DB_INT(pupil));
    TRY(fold_pupil(db, org, pupil, &fold));
    TRY(db_each(db, STORED_STAYS, key, compare_stay, &stored));
    TRY(db_one(db, STORED_STANDING, key, compare_standing, &stored));
    if (!stored.differs && stored.seen == fold.count)
        return STATUS_OK;
    snprintf(line, sizeof line, "organisation %lld, pupil %lld: membership is not the fold of the ledger", (long long)org, (long long)pupil);
    telling->tell(telling->data, line);
    return STATUS_OK;
}

NEOERR *movement_check_fold(struct db *db, int64_t org, void (*tell)(void *data, const char *line), void *data)
{
    struct telling telling = {tell, data};
    struct pupils pupils;
    NEOERR *error = list_pupils(db, org, &pupils);
    for (size_t i = 0; error == STATUS_OK && i < pupils.count; i++)
        error = check_pupil(db, org, pupils.ids[i], &telling);
    free(pupils.ids);
    return nerr_pass(error);
}
