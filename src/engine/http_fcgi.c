/* http_fcgi.c: see http.h. */
#include "engine/http.h"
