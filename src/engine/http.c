/* http.c: see http.h. */
#include "engine/http.h"
