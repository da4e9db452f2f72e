/* helper.c: see helper.h. */
#include "engine/helper.h"
