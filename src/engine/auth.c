/* auth.c: see auth.h. */
#include "engine/auth.h"
