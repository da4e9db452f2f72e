/* request.c: see request.h. */
#include "engine/request.h"
