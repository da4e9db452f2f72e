/* pool.c: see pool.h. */
#include "base/pool.h"
