/* http_multipart.c: see http.h. */
#include "engine/http.h"
