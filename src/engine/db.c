/* db.c: see db.h. */
#include "engine/db.h"
