/* app.h: from a request to its answer, in one place and in order; needs no FastCGI and no nginx. */
#ifndef MEKTEP_APP_H
#define MEKTEP_APP_H

#include "engine/request.h"

/* Opens everything a worker needs (languages, templates, fonts, database); words in the error say what is missing. */
NEOERR *worker_init(struct worker *worker, const struct config *config);
void worker_release(struct worker *worker);

/* path → route → session → permission with scope → for a POST: CSRF → fields → page function → template → response.
 * Never fails: an error becomes its page. */
void app_handle(struct worker *worker, struct pool *pool, struct http_request *request, struct http_response *response);

/* The same as http_handle_fn; data is the worker. */
void app_serve(void *data, struct pool *pool, struct http_request *request, struct http_response *response);

#endif
