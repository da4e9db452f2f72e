/* permission.c: see permission.h. */
#include "engine/permission.h"
