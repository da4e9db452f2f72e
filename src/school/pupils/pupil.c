/* pupil.c: a pupil as a subject: the label, whose eyes may see the file and its scans. */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/file.h"
#include "school/permissions.h"

struct label {
    struct request *rq;
    char **label;
};

static NEOERR *take_label(void *data, const struct db_row *row)
{
    struct label *label = data;
    struct pool *pool = label->rq->pool;
    const char *name = name_full(pool, db_get(row, 0), db_get(row, 1), db_get(row, 2));
    const char *born = i18n_date(pool, db_get_date(row, 3));
    *label->label = pool_printf(pool, "%s%s%s", name, born[0] != '\0' ? ", " : "", born);
    return STATUS_OK;
}

static const char LABEL[] =
    "SELECT surname, given, patronymic, born_on FROM pupil WHERE org_id = ? AND id = ?";

NEOERR *pupil_label(struct request *rq, int64_t pupil, char **label)
{
    struct label take = {rq, label};
    return nerr_pass(db_one(rq->db, LABEL, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil)), take_label, &take));
}

struct whose {
    int64_t person, class;
};

static NEOERR *take_whose(void *data, const struct db_row *row)
{
    struct whose *whose = data;
    *whose = (struct whose){db_get_int(row, 0), db_get_int(row, 1)};
    return STATUS_OK;
}

static const char WHOSE[] =
    "SELECT person_id, class_id FROM pupil WHERE org_id = ? AND id = ?";
static const char IS_CHILD[] =
    "SELECT 1 FROM kinship WHERE org_id = ? AND pupil_id = ? AND person_id = ? LIMIT 1";

NEOERR *pupil_check_scope(struct request *rq, const struct permission *permission, int64_t pupil)
{
    unsigned scopes = request_scopes(rq, permission);
    struct whose whose;
    int64_t one;
    bool reached = false;
    TRY(db_one(rq->db, WHOSE, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil)), take_whose, &whose));
    if (scopes & (SCOPE_ORGANISATION | SCOPE_ALL))
        return STATUS_OK;
    if ((scopes & SCOPE_SELF) && whose.person == rq->session.person)
        return STATUS_OK;
    if ((scopes & SCOPE_OWN_CLASS) && whose.class != 0)
        TRY(class_is_own(rq, whose.class, &reached));
    if (!reached && (scopes & SCOPE_OWN_CHILD))
        TRY(db_number(rq->db, IS_CHILD, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil), DB_INT(rq->session.person)), &one, &reached));
    return reached ? STATUS_OK : nerr_raise(ERROR_DENIED, "%s", permission->id);
}

/* ---- scans ---- */

static const char HOLDERS[] =
    "SELECT DISTINCT pupil_id FROM pupil_document WHERE org_id = ? AND FIND_IN_SET(?, file_id)";

struct holders {
    int64_t pupils[8]; /* brothers and sisters may share a scan */
    size_t count;
};

static NEOERR *take_holder(void *data, const struct db_row *row)
{
    struct holders *holders = data;
    if (holders->count < sizeof holders->pupils / sizeof holders->pupils[0])
        holders->pupils[holders->count++] = db_get_int(row, 0);
    return STATUS_OK;
}

static NEOERR *find_file(struct request *rq, int64_t file, bool *reached)
{
    struct holders holders = {0};
    TRY(db_each(rq->db, HOLDERS, DB_VALUES(DB_INT(rq->place.org), DB_INT(file)), take_holder, &holders));
    for (size_t i = 0; i < holders.count && !*reached; i++) {
        NEOERR *error = pupil_check_scope(rq, &see_contingent, holders.pupils[i]);
        *reached = error == STATUS_OK;
        if (error != STATUS_OK && !nerr_handle(&error, ERROR_DENIED))
            return nerr_pass(error);
    }
    return STATUS_OK;
}

const struct file_reach pupil_files = {find_file};
