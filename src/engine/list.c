/* list.c: see list.h. */
#include "engine/list.h"
