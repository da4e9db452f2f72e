/* command_routes.c: mektepctl routes: every page with an address that can be opened, for tests that walk them all. */
#include "tools/tools.h"

#include "engine/area.h"

#include <string.h>

struct walk {
    struct db *db;
    struct pool *pool;
    int64_t org;
    int year;
    const char *kind; /* of the organisation */
};

/* The path with ORG and YEAR and the sample ids in place; NULL when the organisation has nothing to show there. */
static const char *address_of(const struct walk *walk, const struct route *route)
{
    const char *const *sample = route->sample != NULL ? route->sample(walk->db, walk->pool, walk->org) : NULL;
    char *address = pool_strdup(walk->pool, ""), *rest = pool_strdup(walk->pool, route->path + 1), *segment;
    while ((segment = strsep(&rest, "/")) != NULL) {
        const char *value = segment;
        if (strcmp(segment, "ORG") == 0)
            value = pool_printf(walk->pool, "%lld", (long long)walk->org);
        else if (strcmp(segment, "YEAR") == 0)
            value = pool_printf(walk->pool, "%d", walk->year);
        else if (segment[0] == '{')
            value = sample != NULL && *sample != NULL ? *sample++ : NULL;
        if (value == NULL)
            return NULL;
        address = pool_printf(walk->pool, "%s/%s", address, value);
    }
    return address;
}

/* Who may open it: "-" without signing in, "*" any signed-in person, or roles joined by ",". */
static const char *openers(struct pool *pool, const struct route *route)
{
    const char *roles = NULL;
    if (route->flags & ROUTE_PUBLIC)
        return "-";
    if (route->permission == NULL)
        return "*";
    for (const struct grant *grant = route->permission->grants; grant->role != NULL; grant++)
        roles = roles == NULL ? grant->role : pool_printf(pool, "%s,%s", roles, grant->role);
    return roles != NULL ? roles : "*";
}

static bool is_page(const struct route *route)
{
    return route->method == HTTP_GET && !(route->flags & ROUTE_SMALL);
}

/* Nothing leads to it in an organisation of the other kind. */
static bool is_of_kind(const struct walk *walk, const struct route *route)
{
    bool is_college = strcmp(walk->kind, "college") == 0;
    const struct request rq = {.place.org = walk->org, .place.year = walk->year, .place.kind = is_college ? ORGANISATION_COLLEGE : ORGANISATION_SCHOOL};
    return route->when == NULL || route->when(&rq);
}

static void tell_routes(const struct walk *walk)
{
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct route *route = (*area)->routes; route != NULL && route->id != NULL; route++) {
            bool has_place = strncmp(route->path, "/ORG/", 5) == 0;
            if (!is_page(route) || has_place != (walk->org != 0) || !is_of_kind(walk, route))
                continue;
            const char *address = address_of(walk, route);
            printf("%s\t%s\t%s\t%s\n", route->id, walk->kind, address != NULL ? address : "", openers(walk->pool, route));
        }
}

static const char KIND[] = "SELECT kind FROM organisation WHERE id = ?";
static const char LAST_YEAR[] = "SELECT MAX(year) FROM school_year WHERE org_id = ?";
static const char ORGANISATIONS[] = "SELECT MIN(id) FROM organisation WHERE id > ?";

/* The routes without a place once, then those of each organisation. */
static NEOERR *walk_all(struct walk *walk)
{
    bool found = true;
    while (found) {
        int64_t year;
        char *kind;
        tell_routes(walk);
        TRY(db_number(walk->db, ORGANISATIONS, DB_VALUES(DB_INT(walk->org)), &walk->org, &found));
        TRY(db_string(walk->db, walk->pool, KIND, DB_VALUES(DB_INT(walk->org)), &kind));
        TRY(db_number(walk->db, LAST_YEAR, DB_VALUES(DB_INT(walk->org)), &year, NULL));
        walk->kind = kind;
        walk->year = (int)year;
    }
    return STATUS_OK;
}

NEOERR *command_routes(struct tool *tool)
{
    TRY(tool_read(tool, (const struct tool_option[]){{0}}, NULL));
    struct walk walk = {.db = db_new(tool->config, DB_PROGRAM), .pool = tool->pool, .kind = "-"};
    NEOERR *error = walk_all(&walk);
    db_free(walk.db);
    return nerr_pass(error);
}
