/* permission.c: the roles that a person holds, kept by the worker and narrowed to the place of each request. */
#include "engine/permission.h"

#include "engine/area.h"
#include "engine/auth_private.h"

#include <string.h>

enum {
    HELD_MAX = 64,               /* roles of one person in all places */
    PEOPLE_KEPT = 512,
    KEPT_MILLISECONDS = 60 * 1000, /* roles begin and end with days, too */
};

/* The roles of one account, true as of roles_version. */
struct holder {
    int64_t account, roles_version, loaded_at;
    struct pool *pool; /* names of organisations */
    struct held {
        const struct role *role;
        int64_t org, territory;
    } held[HELD_MAX];
    size_t held_count;
    struct held_org {
        int64_t id;
        const char *names[LANGUAGES];
    } orgs[SESSION_ORGS_MAX];
    size_t org_count;
};

/* One place for each account modulo PEOPLE_KEPT: the last one in it stays. */
static struct holder holders[PEOPLE_KEPT];

/* ---- loading ---- */

static void add_org(struct holder *holder, int64_t org)
{
    for (size_t i = 0; i < holder->org_count; i++)
        if (holder->orgs[i].id == org)
            return;
    if (holder->org_count < SESSION_ORGS_MAX)
        holder->orgs[holder->org_count++].id = org;
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

static const char ORG_NAMES[] =
    "SELECT name_kk, name_ru, name_en FROM organisation_name "
    "WHERE organisation_id = ? AND valid_from <= ? "
    "ORDER BY valid_from DESC LIMIT 1";

struct naming {
    struct holder *holder;
    struct held_org *org;
};

static NEOERR *take_names(void *data, const struct db_row *row)
{
    struct naming *naming = data;
    for (size_t i = 0; i < LANGUAGES; i++)
        naming->org->names[i] = pool_strdup(naming->holder->pool, db_get_or(row, i, ""));
    return STATUS_OK;
}

static NEOERR *load_holder(struct request *rq, struct holder *holder)
{
    struct date today = request_today(rq);
    TRY(db_each(rq->db, GRANTED, DB_VALUES(DB_INT(rq->session.person), DB_DATE(today), DB_DATE(today)), take_granted, holder));
    for (const struct area *const *area = registers(); *area != NULL; area++)
        if ((*area)->derived_roles != NULL)
            TRY((*area)->derived_roles(rq->db, rq->session.person, today, take_derived, holder));
    for (size_t i = 0; i < holder->org_count; i++) {
        struct naming naming = {holder, &holder->orgs[i]};
        TRY(db_each(rq->db, ORG_NAMES, DB_VALUES(DB_INT(holder->orgs[i].id), DB_DATE(today)), take_names, &naming));
    }
    return STATUS_OK;
}

static NEOERR *get_holder(struct request *rq, int64_t roles_version, struct holder **out)
{
    struct holder *holder = &holders[(uint64_t)rq->session.account % PEOPLE_KEPT];
    int64_t now = clock_monotonic();
    *out = holder;
    if (holder->account == rq->session.account && holder->roles_version == roles_version && now - holder->loaded_at < KEPT_MILLISECONDS)
        return STATUS_OK;
    pool_free(holder->pool);
    *holder = (struct holder){.pool = pool_new()};
    TRY(load_holder(rq, holder));
    holder->account = rq->session.account;
    holder->roles_version = roles_version;
    holder->loaded_at = now;
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

NEOERR *auth_roles_load(struct request *rq, int64_t roles_version, const int64_t territories[TERRITORY_LEVELS])
{
    struct session *session = &rq->session;
    struct holder *holder;
    size_t count = 0;
    TRY(get_holder(rq, roles_version, &holder));
    for (size_t i = 0; i < holder->held_count; i++) {
        const struct held *held = &holder->held[i];
        if (reaches(held, &rq->place, territories))
            add_role(session, &count, held->role);
        session->is_administrative |= held->role->administrative;
        if (held->role->level == LEVEL_TERRITORY && session->home_territory == 0)
            session->home_territory = held->territory;
    }
    for (size_t i = 0; i < holder->org_count; i++)
        session->orgs[i] = (struct session_org){holder->orgs[i].id, pool_strdup(rq->pool, holder->orgs[i].names[rq->language])};
    session->org_count = holder->org_count;
    session->home_org = holder->org_count > 0 ? holder->orgs[0].id : 0;
    return STATUS_OK;
}

static const char RAISE_VERSION[] =
    "UPDATE account SET roles_version = roles_version + 1 WHERE person_id = ?";

NEOERR *auth_roles_changed(struct db *db, int64_t person)
{
    return nerr_pass(db_exec(db, RAISE_VERSION, DB_VALUES(DB_INT(person)), NULL, NULL));
}
