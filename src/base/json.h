/* json.h: JSON written for the database, which takes rows of any number as one value (JSON_TABLE). */
#ifndef MEKTEP_JSON_H
#define MEKTEP_JSON_H

#include "base/error.h"

#include <stdint.h>

/* One more member of the object that is being written; the first one opens it, the caller closes it with "}". NULL writes nothing. */
NEOERR *json_text(STRING *json, const char *name, const char *value);
/* The same for an id; 0 writes nothing. */
NEOERR *json_id(STRING *json, const char *name, int64_t value);

#endif
