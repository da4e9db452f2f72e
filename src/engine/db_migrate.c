/* db_migrate.c: see db.h. */
#include "engine/db.h"
