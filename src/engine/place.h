/* place.h: the organisation of an address, kept by the worker until somebody changes it. */
#ifndef MEKTEP_PLACE_H
#define MEKTEP_PLACE_H

#include "engine/request.h"

enum { TERRITORY_LEVELS = 3 }; /* district, region, republic */

/* Fills rq->place of the organisation rq->place.org and territories (the place's and those above it, 0 for none). version is
 * kept_version's, as this request read it: what is kept of another one is loaded anew. *found is false when there is no such
 * organisation. */
NEOERR *place_load(struct request *rq, int64_t version, int64_t territories[TERRITORY_LEVELS], bool *found);

/* The name that an organisation has today in the language of the request, of its pool; "" when there is none. */
NEOERR *place_name(struct request *rq, int64_t version, int64_t org, const char **name);

/* One at a time in the organisation of the request until the end of the transaction: for the next number of something, or where there may be
 * no row yet to be locked. */
NEOERR *place_lock(struct db *db, const struct request *rq);

/* In the transaction that changes an organisation, its names or school years, or a territory: every worker reads it anew. The last
 * statement of a long one, since all of them wait for this row. */
NEOERR *places_changed(struct db *db);

#endif
