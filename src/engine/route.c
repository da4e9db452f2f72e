/* route.c: see route.h. */
#include "engine/route.h"
