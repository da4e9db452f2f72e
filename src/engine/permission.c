/* permission.c: the roles that a person holds, kept by the worker and narrowed to the place of each request. */
#include "engine/permission.h"

#include "engine/area.h"
#include "engine/auth_private.h"

#include <string.h>

enum {
    HELD_MAX = 64, /* roles of one person in all places */
    PEOPLE_KEPT = 4096,
};

/* The roles of one account, true as of roles_version, kept_version (an import brings roles, too) and a day: roles begin and end with
 * days. */
struct holder {
    int64_t account, roles_version, kept_version;
    struct date day;
    struct held {
        const struct role *role;
        int64_t org, territory;
    } held[HELD_MAX];
    size_t held_count;
    int64_t orgs[SESSION_ORGS_MAX];
    size_t org_count;
};

/* One place for each account modulo PEOPLE_KEPT: the last one in it stays. */
static struct holder holders[PEOPLE_KEPT];

/* ---- loading ---- */

static void add_org(struct holder *holder, int64_t org)
{
    for (size_t i = 0; i < holder->org_count; i++)
        if (holder->orgs[i] == org)
            return;
    if (holder->org_count < SESSION_ORGS_MAX)
        holder->orgs[holder->org_count++] = org;
}

static void add_held(struct holder *holder, const char *id, int64_t org, int64_t territory)
{
    const struct role *role = role_find(id);
    if (role == NULL || holder->held_count == HELD_MAX)
        return;
    holder->held[holder->held_count++] = (struct held){role, org, territory};
    if (role->level == LEVEL_ORGANISATION && org != 0)
        add_org(holder, org);
}

static const char GRANTED[] =
    "SELECT role, org_id, territory_id FROM role_grant "
    "WHERE person_id = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?) "
    "ORDER BY id";

static NEOERR *take_granted(void *data, const struct db_row *row)
{
    add_held(data, db_get(row, 0), db_get_int(row, 1), db_get_int(row, 2));
    return STATUS_OK;
}

static NEOERR *take_derived(void *data, int64_t org, const char *role)
{
    add_held(data, role, org, 0);
    return STATUS_OK;
}

static NEOERR *load_holder(struct request *rq, struct holder *holder)
{
    struct date today = request_today(rq);
    TRY(db_each(rq->db, GRANTED, DB_VALUES(DB_INT(rq->session.person), DB_DATE(today), DB_DATE(today)), take_granted, holder));
    for (const struct area *const *area = registers(); *area != NULL; area++)
        if ((*area)->derived_roles != NULL)
            TRY((*area)->derived_roles(rq->db, rq->session.person, today, take_derived, holder));
    return STATUS_OK;
}

static NEOERR *get_holder(struct request *rq, int64_t roles_version, int64_t kept_version, struct holder **out)
{
    struct holder *holder = &holders[(uint64_t)rq->session.account % PEOPLE_KEPT];
    struct date today = request_today(rq);
    *out = holder;
    if (holder->account == rq->session.account && holder->roles_version == roles_version && holder->kept_version == kept_version &&
        date_compare(holder->day, today) == 0)
        return STATUS_OK;
    *holder = (struct holder){0};
    TRY(load_holder(rq, holder));
    holder->account = rq->session.account;
    holder->roles_version = roles_version;
    holder->kept_version = kept_version;
    holder->day = today;
    return STATUS_OK;
}

/* ---- the place ---- */

/* Outside an organisation roles of territories and of the installation count, wherever they are. */
static bool reaches(const struct held *held, const struct place *place, const int64_t territories[TERRITORY_LEVELS])
{
    switch (held->role->level) {
    case LEVEL_INSTALLATION:
        return true;
    case LEVEL_TERRITORY:
        for (size_t i = 0; i < TERRITORY_LEVELS; i++)
            if (place->org != 0 && held->territory != 0 && territories[i] == held->territory)
                return true;
        return place->org == 0;
    case LEVEL_ORGANISATION:
        return place->org != 0 && held->org == place->org;
    }
    return false;
}

static void add_role(struct session *session, size_t *count, const struct role *role)
{
    for (size_t i = 0; i < *count; i++)
        if (session->roles[i] == role)
            return;
    if (*count < ROLES_HELD_MAX)
        session->roles[(*count)++] = role;
}

static NEOERR *name_orgs(struct request *rq, int64_t kept_version, const struct holder *holder)
{
    for (size_t i = 0; i < holder->org_count; i++) {
        rq->session.orgs[i].id = holder->orgs[i];
        TRY(place_name(rq, kept_version, holder->orgs[i], &rq->session.orgs[i].name));
    }
    return STATUS_OK;
}

NEOERR *auth_roles_load(struct request *rq, int64_t roles_version, int64_t kept_version, const int64_t territories[TERRITORY_LEVELS])
{
    struct session *session = &rq->session;
    struct holder *holder;
    size_t count = 0;
    TRY(get_holder(rq, roles_version, kept_version, &holder));
    for (size_t i = 0; i < holder->held_count; i++) {
        const struct held *held = &holder->held[i];
        if (reaches(held, &rq->place, territories))
            add_role(session, &count, held->role);
        session->is_administrative |= held->role->administrative;
        if (held->role->level == LEVEL_TERRITORY && session->home_territory == 0)
            session->home_territory = held->territory;
    }
    session->org_count = holder->org_count;
    session->home_org = holder->org_count > 0 ? holder->orgs[0] : 0;
    return nerr_pass(name_orgs(rq, kept_version, holder));
}

static const char RAISE_VERSION[] =
    "UPDATE account SET roles_version = roles_version + 1 WHERE person_id = ?";

NEOERR *auth_roles_changed(struct db *db, int64_t person)
{
    return nerr_pass(db_exec(db, RAISE_VERSION, DB_VALUES(DB_INT(person)), NULL, NULL));
}

static const char RAISE_VERSIONS[] =
    "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s STRAIGHT_JOIN account a ON a.person_id = s.id"
    " SET a.roles_version = a.roles_version + 1";

NEOERR *auth_roles_changed_of(struct db *db, const char *people)
{
    return nerr_pass(db_exec(db, RAISE_VERSIONS, DB_VALUES(DB_TEXT(people)), NULL, NULL));
}
