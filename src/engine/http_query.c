/* http_query.c: see http.h. */
#include "engine/http.h"
