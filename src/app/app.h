/* app.h: from a request to its answer, in one place and in order; needs no FastCGI and no nginx. */
#ifndef MEKTEP_APP_H
#define MEKTEP_APP_H

#include "engine/request.h"

/* Opens everything a worker needs (languages, fonts, static files); words in the error say what is missing. Templates are parsed as
 * they are used, those of a process that serves all at once, before it does. The database is opened by the first statement: without it
 * pages are 503 until it is there. registers_init has run. */
NEOERR *worker_init(struct worker *worker, const struct config *config);
void worker_release(struct worker *worker);

/* Once the database answers, is its schema the worker's own or the next one? Until then ERROR_UNAVAILABLE. */
NEOERR *worker_check_schema(struct worker *worker);

/* The process "web" or "job": serves until SIGTERM, which lets it finish what it has begun. ready() is called once it can.
 * A database that is gone is waited for; one of another release's schema is an error. */
NEOERR *worker_serve(const struct config *config, const char *kind, void (*ready)(void));

/* path → route → session → permission with scope → for a POST: fields, CSRF → page function → template → response.
 * Never fails: an error becomes its page. */
void app_handle(struct worker *worker, struct pool *pool, struct http_request *request, struct http_response *response);

/* The same as http_handle_fn; data is the worker. */
void app_serve(void *data, struct pool *pool, struct http_request *request, struct http_response *response);

#endif
