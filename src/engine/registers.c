/* registers.c: see area.h. */
#include "engine/area.h"
