/* route.c: addresses: finding the route of one, building one for a route. */
#include "engine/route.h"

#include "base/log.h"
#include "base/text.h"
#include "engine/area.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SEGMENTS_MAX = 12 };

/* In the order in which paths are tried: a word goes before a place for any word. */
enum segment_kind { SEGMENT_WORD, SEGMENT_ORG, SEGMENT_YEAR, SEGMENT_ID };

struct segment {
    const char *text;
    size_t length;
    enum segment_kind kind; /* of a route's path only */
};

struct split_route {
    const struct route *route;
    struct segment segments[SEGMENTS_MAX];
    size_t count;
};

static struct split_route *split_routes; /* by number of segments, then as tried */
static size_t split_count;

/* ---- the index ---- */

/* "/" has no segments; false for a path with more than SEGMENTS_MAX or without / at its beginning. */
static bool split(const char *path, struct segment segments[SEGMENTS_MAX], size_t *count)
{
    *count = 0;
    if (*path != '/')
        return false;
    if (path[1] == '\0')
        return true;
    while (*path == '/') {
        if (*count == SEGMENTS_MAX)
            return false;
        size_t length = strcspn(path + 1, "/");
        segments[(*count)++] = (struct segment){.text = path + 1, .length = length};
        path += 1 + length;
    }
    return true;
}

static bool segment_is(const struct segment *segment, const char *word)
{
    return strlen(word) == segment->length && memcmp(segment->text, word, segment->length) == 0;
}

static enum segment_kind kind_of(const struct segment *segment)
{
    if (segment_is(segment, "ORG"))
        return SEGMENT_ORG;
    if (segment_is(segment, "YEAR"))
        return SEGMENT_YEAR;
    return segment->length > 2 && segment->text[0] == '{' ? SEGMENT_ID : SEGMENT_WORD;
}

static int compare_segments(const struct segment *a, const struct segment *b)
{
    if (a->kind != b->kind)
        return (int)a->kind - (int)b->kind;
    if (a->kind != SEGMENT_WORD)
        return 0;
    int order = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static int compare_routes(const void *first, const void *second)
{
    const struct split_route *a = first, *b = second;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t i = 0; i < a->count; i++) {
        int order = compare_segments(&a->segments[i], &b->segments[i]);
        if (order != 0)
            return order;
    }
    return (int)a->route->method - (int)b->route->method;
}

static NEOERR *add_route(const struct route *route)
{
    struct split_route *added = &split_routes[split_count++];
    size_t ids = 0;
    added->route = route;
    if (!split(route->path, added->segments, &added->count))
        return nerr_raise(ERROR_INTERNAL, "register the route %s: its path %s cannot be split", route->id, route->path);
    for (size_t i = 0; i < added->count; i++) {
        added->segments[i].kind = kind_of(&added->segments[i]);
        ids += added->segments[i].kind == SEGMENT_ID;
    }
    if (ids > PATH_IDS_MAX)
        return nerr_raise(ERROR_INTERNAL, "register the route %s: its path has %zu ids, at most %d may be", route->id, ids, PATH_IDS_MAX);
    return STATUS_OK;
}

static NEOERR *refuse_doubled_paths(void)
{
    for (size_t i = 1; i < split_count; i++)
        if (compare_routes(&split_routes[i - 1], &split_routes[i]) == 0)
            return nerr_raise(ERROR_INTERNAL, "register the route %s: %s answers %s too", split_routes[i].route->id,
                              split_routes[i - 1].route->id, split_routes[i].route->path);
    return STATUS_OK;
}

NEOERR *route_index(const struct area *const *areas)
{
    size_t count = 0;
    for (const struct area *const *area = areas; *area != NULL; area++)
        for (const struct route *route = (*area)->routes; route != NULL && route->id != NULL; route++)
            count++;
    free(split_routes);
    split_routes = calloc(count + 1, sizeof *split_routes);
    split_count = 0;
    if (split_routes == NULL)
        return nerr_raise(ERROR_INTERNAL, "register %zu routes: no memory", count);
    for (const struct area *const *area = areas; *area != NULL; area++)
        for (const struct route *route = (*area)->routes; route != NULL && route->id != NULL; route++)
            TRY(add_route(route));
    qsort(split_routes, split_count, sizeof *split_routes, compare_routes);
    return nerr_pass(refuse_doubled_paths());
}

/* ---- finding ---- */

/* A number as addresses have it: no sign, no zero in front, at most digits digits. */
static bool read_number(const struct segment *segment, size_t digits, int64_t *number)
{
    if (segment->length == 0 || segment->length > digits || segment->text[0] == '0')
        return false;
    *number = 0;
    for (size_t i = 0; i < segment->length; i++) {
        if (segment->text[i] < '0' || segment->text[i] > '9')
            return false;
        *number = *number * 10 + (segment->text[i] - '0');
    }
    return true;
}

static bool segment_fits(const struct segment *wanted, const struct segment *given)
{
    int64_t number;
    switch (wanted->kind) {
    case SEGMENT_WORD: return compare_segments(wanted, &(struct segment){given->text, given->length, SEGMENT_WORD}) == 0;
    case SEGMENT_ORG: return read_number(given, 9, &number);
    case SEGMENT_YEAR: return given->length == 4 && read_number(given, 4, &number) && number >= 1900 && number <= 2200;
    case SEGMENT_ID: return given->length > 0;
    }
    return false;
}

static bool route_fits(const struct split_route *route, const struct segment *segments, size_t count)
{
    if (route->count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!segment_fits(&route->segments[i], &segments[i]))
            return false;
    return true;
}

static void take_route(struct request *rq, const struct split_route *found, const struct segment *segments)
{
    size_t ids = 0;
    int64_t year = 0;
    rq->route = found->route;
    for (size_t i = 0; i < found->count; i++) {
        if (found->segments[i].kind == SEGMENT_ORG)
            read_number(&segments[i], 9, &rq->place.org);
        if (found->segments[i].kind == SEGMENT_YEAR && read_number(&segments[i], 4, &year))
            rq->place.year = (int)year;
        if (found->segments[i].kind == SEGMENT_ID)
            rq->ids[ids++] = pool_strndup(rq->pool, segments[i].text, segments[i].length);
    }
}

enum route_match route_find(struct request *rq, enum http_method method, const char *path)
{
    struct segment segments[SEGMENTS_MAX];
    size_t count;
    enum route_match match = ROUTE_NO_PATH;
    if (!split(path, segments, &count))
        return ROUTE_NO_PATH;
    if (method == HTTP_HEAD)
        method = HTTP_GET;
    for (size_t i = 0; i < split_count; i++) {
        if (!route_fits(&split_routes[i], segments, count))
            continue;
        if (split_routes[i].route->method == method) {
            take_route(rq, &split_routes[i], segments);
            return ROUTE_FOUND;
        }
        match = ROUTE_NO_METHOD;
    }
    return match;
}

bool route_is_open(const struct request *rq, const struct route *route)
{
    if (rq->place.org == 0 && strncmp(route->path, "/ORG/", 5) == 0)
        return false;
    if (route->when != NULL && !route->when(rq))
        return false;
    if ((route->flags & ROUTE_PUBLIC) != 0)
        return true;
    if (rq->session.id == 0)
        return false;
    return route->permission == NULL || request_may(rq, route->permission);
}

/* ---- building ---- */

static _Noreturn void refuse_url(const char *id, const char *why)
{
    log_write(LOG_LEVEL_ERROR, "build the address of the route %s: %s", id, why);
    abort();
}

static char *number_text(struct pool *pool, int64_t number)
{
    char digits[TEXT_DIGITS_SIZE];
    return pool_strdup(pool, text_digits(number, digits));
}

static const char *segment_text(struct pool *pool, enum segment_kind kind, int64_t org, int year, const char *const **values, const char *id)
{
    if (kind == SEGMENT_ORG)
        return number_text(pool, org);
    if (kind == SEGMENT_YEAR)
        return number_text(pool, year);
    if (**values == NULL)
        refuse_url(id, "it wants more values");
    return http_escape(pool, *(*values)++);
}

/* The segments after one another, each with its slash. */
static char *join_segments(struct pool *pool, const struct segment *segments, size_t count)
{
    size_t bytes = 1;
    for (size_t i = 0; i < count; i++)
        bytes += 1 + segments[i].length;
    char *address = pool_alloc(pool, bytes), *end = address;
    for (size_t i = 0; i < count; i++) {
        *end++ = '/';
        end = mempcpy(end, segments[i].text, segments[i].length);
    }
    return address;
}

char *route_url_at(struct pool *pool, int64_t org, int year, const char *const *id_and_values)
{
    const char *id = *id_and_values++;
    const struct route *route = route_by_id(id);
    struct segment segments[SEGMENTS_MAX];
    size_t count;
    if (route == NULL)
        refuse_url(id, "there is no such route");
    split(route->path, segments, &count);
    for (size_t i = 0; i < count; i++) {
        enum segment_kind kind = kind_of(&segments[i]);
        if (kind == SEGMENT_WORD)
            continue;
        segments[i].text = segment_text(pool, kind, org, year, &id_and_values, id);
        segments[i].length = strlen(segments[i].text);
    }
    if (*id_and_values != NULL)
        refuse_url(id, "it wants fewer values");
    return count == 0 ? pool_strdup(pool, "/") : join_segments(pool, segments, count);
}

char *route_url_(const struct request *rq, const char *const *id_and_values)
{
    return route_url_at(rq->pool, rq->place.org, rq->place.year, id_and_values);
}

char *route_number(const struct request *rq, int64_t number)
{
    return number_text(rq->pool, number);
}

char *route_with(struct pool *pool, const char *address, const char *name, const char *value)
{
    size_t path_length = strcspn(address, "?"), name_length = strlen(name);
    const char *pair = address + path_length;
    char *made = pool_strndup(pool, address, path_length);
    char mark = '?';
    while (*pair != '\0') {
        size_t length = strcspn(++pair, "&");
        bool is_it = strncmp(pair, name, name_length) == 0 && (name_length == length || pair[name_length] == '=');
        if (length > 0 && !is_it) {
            made = pool_printf(pool, "%s%c%.*s", made, mark, (int)length, pair);
            mark = '&';
        }
        pair += length;
    }
    return *value == '\0' ? made : pool_printf(pool, "%s%c%s=%s", made, mark, name, http_escape(pool, value));
}

/* ---- what a route takes ---- */

int route_upload_max_mb(const struct request *rq)
{
    const struct config *config = rq->worker->config;
    return rq->route->flags & ROUTE_PACKAGES ? config->package_max_mb : config->upload_max_mb;
}

/* ---- samples ---- */

struct sample {
    struct pool *pool;
    const char *ids[PATH_IDS_MAX + 1];
};

static NEOERR *take_sample(void *data, const struct db_row *row)
{
    struct sample *sample = data;
    for (size_t i = 0; i < db_columns(row) && i < PATH_IDS_MAX; i++)
        sample->ids[i] = pool_strdup(sample->pool, db_get(row, i));
    return STATUS_OK;
}

const char *const *route_sample(struct db *db, struct pool *pool, const char *sql, const struct db_value *values)
{
    struct sample *sample = pool_alloc(pool, sizeof *sample);
    sample->pool = pool;
    error_release(db_one(db, sql, values, take_sample, sample));
    return sample->ids;
}
