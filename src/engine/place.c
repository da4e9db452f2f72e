/* place.c: organisations as they stand in addresses: what a worker has read of one serves until kept_version is raised. */
#include "engine/place.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES_KEPT = 2048 };

/* One organisation: true as of a version and a day, since names come into force on days. */
struct kept_place {
    int64_t org, version;
    struct date day;
    enum organisation_kind kind;
    int64_t territories[TERRITORY_LEVELS];
    const char *names[LANGUAGES], *time_zone, *years;
    char bytes[]; /* of the texts */
};

/* One place for each organisation modulo PLACES_KEPT: the last one in it stays. */
static struct kept_place *places[PLACES_KEPT];

/* ---- loading ---- */

static const char ORGANISATION[] =
    "SELECT o.kind, o.time_zone, (SELECT GROUP_CONCAT(y.year ORDER BY y.year DESC) FROM school_year y WHERE y.org_id = o.id),"
    " n.name_kk, n.name_ru, n.name_en, o.territory_id, t.parent_id, u.parent_id"
    " FROM organisation o"
    " LEFT JOIN organisation_name n ON n.organisation_id = o.id AND n.valid_from ="
    " (SELECT MAX(m.valid_from) FROM organisation_name m WHERE m.organisation_id = o.id AND m.valid_from <= ?)"
    " LEFT JOIN territory t ON t.id = o.territory_id"
    " LEFT JOIN territory u ON u.id = t.parent_id"
    " WHERE o.id = ?";

enum { KIND, TIME_ZONE, YEARS, NAMES, TERRITORIES = NAMES + LANGUAGES };

/* Copies a text to where *end stands, and moves it on. */
static const char *put_text(char **end, const char *text)
{
    char *copy = *end;
    *end = stpcpy(copy, text) + 1;
    return copy;
}

static struct kept_place *place_new(const struct db_row *row)
{
    size_t bytes = 0;
    for (size_t i = TIME_ZONE; i < TERRITORIES; i++)
        bytes += strlen(db_get_or(row, i, "")) + 1;
    struct kept_place *place = calloc(1, sizeof *place + bytes);
    if (place == NULL)
        abort(); /* as pool.h: the master starts another process */
    char *end = place->bytes;
    place->kind = strcmp(db_get(row, KIND), "college") == 0 ? ORGANISATION_COLLEGE : ORGANISATION_SCHOOL;
    place->time_zone = put_text(&end, db_get_or(row, TIME_ZONE, ""));
    place->years = put_text(&end, db_get_or(row, YEARS, ""));
    for (size_t i = 0; i < LANGUAGES; i++)
        place->names[i] = put_text(&end, db_get_or(row, NAMES + i, ""));
    for (size_t i = 0; i < TERRITORY_LEVELS; i++)
        place->territories[i] = db_get_int(row, TERRITORIES + i);
    return place;
}

static NEOERR *take_place(void *data, const struct db_row *row)
{
    struct kept_place **place = data;
    *place = place_new(row);
    return STATUS_OK;
}

/* Valid until the next call; NULL when there is no such organisation. */
static NEOERR *get_place(struct request *rq, int64_t version, int64_t org, const struct kept_place **out)
{
    struct kept_place **kept = &places[(uint64_t)org % PLACES_KEPT];
    struct date today = request_today(rq);
    *out = *kept;
    if (*kept != NULL && (*kept)->org == org && (*kept)->version == version && date_compare((*kept)->day, today) == 0)
        return STATUS_OK;
    free(*kept);
    *kept = NULL;
    TRY(db_each(rq->db, ORGANISATION, DB_VALUES(DB_DATE(today), DB_INT(org)), take_place, kept));
    *out = *kept;
    if (*kept == NULL)
        return STATUS_OK;
    (*kept)->org = org;
    (*kept)->version = version;
    (*kept)->day = today;
    return STATUS_OK;
}

NEOERR *place_load(struct request *rq, int64_t version, int64_t territories[TERRITORY_LEVELS], bool *found)
{
    struct place *place = &rq->place;
    const struct kept_place *kept;
    TRY(get_place(rq, version, place->org, &kept));
    *found = kept != NULL;
    if (kept == NULL)
        return STATUS_OK;
    place->kind = kept->kind;
    for (enum language language = 0; language < LANGUAGES; language++)
        place->names[language] = pool_strdup(rq->pool, kept->names[language]);
    place->name = place->names[rq->language];
    place->time_zone = pool_strdup(rq->pool, kept->time_zone);
    place->territory = kept->territories[0];
    place->years = pool_strdup(rq->pool, kept->years);
    memcpy(territories, kept->territories, sizeof kept->territories);
    return STATUS_OK;
}

NEOERR *place_name(struct request *rq, int64_t version, int64_t org, const char **name)
{
    const struct kept_place *kept;
    TRY(get_place(rq, version, org, &kept));
    *name = kept == NULL ? "" : pool_strdup(rq->pool, kept->names[rq->language]);
    return STATUS_OK;
}

static const char LOCK[] = "SELECT id FROM organisation WHERE id = ? FOR UPDATE";

NEOERR *place_lock(struct db *db, const struct request *rq)
{
    return nerr_pass(db_each(db, LOCK, DB_VALUES(DB_INT(rq->place.org)), NULL, NULL));
}

static const char RAISE[] =
    "INSERT INTO kept_version (id, version) VALUES (1, 1) ON DUPLICATE KEY UPDATE version = version + 1";

NEOERR *places_changed(struct db *db)
{
    return nerr_pass(db_exec(db, RAISE, DB_NO_VALUES, NULL, NULL));
}
