/* search.c: see menu.h. */
#include "engine/menu.h"
