/* http_field.h: what the two parsers of forms share; not for others. */
#ifndef MEKTEP_HTTP_FIELD_H
#define MEKTEP_HTTP_FIELD_H

#include "engine/http.h"

/* Fields as they arrive, held to the limits of http.h. */
struct field_gatherer {
    struct pool *pool;
    struct http_fields *fields;
    size_t room;  /* rows there is place for */
    size_t bytes; /* of all values so far */
};

/* name and value are the pool's already; ERROR_TOO_BIG past a limit. */
NEOERR *http_field_add(struct field_gatherer *gatherer, const char *name, const char *value, size_t length, struct upload *upload);

/* ERROR_INPUT for a name that is empty or not [A-Za-z0-9_.-]+, ERROR_TOO_BIG for a long one. */
NEOERR *http_check_name(const char *name);

/* Decodes %XX; ERROR_INPUT for a broken escape, bad UTF-8 or NUL. */
NEOERR *http_unescape(struct pool *pool, const char *text, size_t length, bool plus_is_space, char **out);

#endif
