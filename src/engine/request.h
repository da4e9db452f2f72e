/* request.h: one request on its way through the program: what was asked, by whom, where, and the page that grows for it. */
#ifndef MEKTEP_REQUEST_H
#define MEKTEP_REQUEST_H

#include "engine/db.h"
#include "engine/http.h"
#include "engine/session.h"
#include "engine/view.h"

/* What a worker keeps from one request to the next. */
struct worker {
    const struct config *config;
    struct db *db;
    struct view *view;
    struct pool *pool;   /* lives as long as the worker */
    uint64_t served;
    uint32_t tag;        /* random: request numbers of two workers differ */
    HDF *statics;        /* css = "mektep-1a2b.css" …: hashed names of static files, for Page.static */
    int schema_number;   /* that this program needs; a later release may put its files there while the worker runs */
    bool schema_is_right; /* checked once, as soon as the database answers */
};

enum { PATH_IDS_MAX = 4 };

struct request {
    struct worker *worker;
    struct db *db;                 /* the worker's */
    struct pool *pool;             /* freed after the answer */
    char id[32];                   /* "1a2b3c-000042": in the log and on the 500 page */
    const struct http_request *http;
    const struct route *route;
    const char *ids[PATH_IDS_MAX]; /* values of {…} segments after ORG and YEAR, in order */
    struct http_fields query, posted;
    struct session session;
    struct place place;
    unsigned scopes;               /* scope bits of the route's permission that this person holds here */
    const struct permission *lacking; /* a right that the page itself asked for in vain: the 403 page names it; NULL = the route's */
    enum language language;
    HDF *hdf;                      /* the page's data; Page.* is filled by page_head */
};

struct response {
    struct http_response http;
    const char *template_name;     /* rendered after the page function; NULL = the body is ready or there is none */
};

/* A cleaned value of the query (GET) or "" ; a number, 0 when absent or not a number. */
const char *request_query(const struct request *rq, const char *name);
int64_t request_query_number(const struct request *rq, const char *name);

/* A posted value as typed, or "". */
const char *request_posted(const struct request *rq, const char *name);

/* The id in the n-th {…} segment after ORG and YEAR as a number; ERROR_NOT_FOUND when it is none. */
NEOERR *request_id(const struct request *rq, int n, int64_t *id);

/* Forgets what was made of the answer so far: another one takes its place. */
void response_clear(struct response *rs);

/* Page function's way out after a successful POST: 303 to an address of route_url. */
NEOERR *response_redirect(struct request *rq, struct response *rs, const char *address);

/* As above, with words shown once on the next page (kept in the session row). kind is "ok" or "warn". */
NEOERR *response_redirect_with(struct request *rq, struct response *rs, const char *address, const char *kind, const char *words);

/* Today in the zone of the place (or the installation's). */
struct date request_today(const struct request *rq);

/* Words of the organisation's kind: C_("college", msgid) in a college, _(msgid) elsewhere. */
const char *request_words(const struct request *rq, const char *msgid);

/* True when the person holds the permission here in any of the scopes asked for. */
bool request_may(const struct request *rq, const struct permission *permission);
unsigned request_scopes(const struct request *rq, const struct permission *permission);

#endif
