/* route.h: the register of pages: method, address, permission, function; dispatch and the building of links. */
#ifndef MEKTEP_ROUTE_H
#define MEKTEP_ROUTE_H

#include "engine/request.h"

typedef NEOERR *page_fn(struct request *rq, struct response *rs);

enum route_flags {
    ROUTE_PUBLIC = 1 << 0,    /* no session needed: sign-in, activation, help */
    ROUTE_ANYBODY = 1 << 1,   /* any signed-in person; permission is NULL */
    ROUTE_UPLOADS = 1 << 2,   /* takes multipart with files */
    ROUTE_NO_CSRF = 1 << 3,   /* only for sign-in, activation and the language, for which no session is needed */
    ROUTE_KEPT = 1 << 5,      /* a form posted here after its session has lapsed is kept (auth_keep_form) */
    ROUTE_PACKAGES = 1 << 6,  /* with ROUTE_UPLOADS: they are as large as a package of the exchange may be */
    ROUTE_NO_FACTOR = 1 << 7, /* open to who must set up a second factor first */
    ROUTE_SMALL = 1 << 4,     /* a fragment for htmx or a file: not walked as a page by the page tests */
};

struct route {
    const char *id;          /* "pupil": links are built by it; the POST of the same path may have the id of its GET */
    enum http_method method; /* HTTP_GET serves HEAD too */
    /* "/ORG/YEAR/pupils/{pupil}/{tab}": ORG and YEAR are numbers and set request->place; {…} are one segment each. */
    const char *path;
    page_fn *page;
    const struct permission *permission;
    unsigned flags;
    const void *detail;      /* the struct list, form, process… a generic page function works on */
    /* For the walk over all pages: sample ids "12" for {…}, ended by NULL, mostly by route_sample; NULL when the path has none. */
    const char *const *(*sample)(struct db *db, struct pool *pool, int64_t org);
    const char *title;       /* msgid: the page's name in «why can I not?», in menus and search */
    bool (*when)(const struct request *rq); /* false: nothing leads there in this organisation (schools have no scholarships) */
};

/* The address of a route in the place of the request; values fill {…} in order and are percent-encoded. Ends with NULL.
 * An unknown id or a wrong number of values aborts: the tests call each. */
#define route_url(rq, ...) route_url_(rq, (const char *const[]){__VA_ARGS__, NULL})
char *route_url_(const struct request *rq, const char *const *id_and_values);

/* As route_url for another organisation and year. */
char *route_url_at(struct pool *pool, int64_t org, int year, const char *const *id_and_values);

/* The largest file that the route of the request takes, in megabytes. */
int route_upload_max_mb(const struct request *rq);

/* A number as a value of route_url. */
char *route_number(const struct request *rq, int64_t number);

/* An address with name=value added to its query; an empty value takes the name out. */
char *route_with(struct pool *pool, const char *address, const char *name, const char *value);

/* True when the person may open the route here: it is public, or the person is signed in and holds its permission, and a
 * route of an organisation is asked for in one. */
bool route_is_open(const struct request *rq, const struct route *route);

enum route_match { ROUTE_FOUND, ROUTE_NO_PATH, ROUTE_NO_METHOD };
/* Finds the route and fills rq->route, rq->ids, and place.org and place.year as numbers only. */
enum route_match route_find(struct request *rq, enum http_method method, const char *path);
const struct route *route_by_id(const char *id); /* NULL for an unknown one */

/* Ids for a route's .sample: the columns of the first row, none when there is no row. */
const char *const *route_sample(struct db *db, struct pool *pool, const char *sql, const struct db_value *values);

/* Splits and sorts the paths of all areas; registers_init calls it. ERROR_INTERNAL for a path that makes no sense. */
struct area;
NEOERR *route_index(const struct area *const *areas);

#endif
