/* config.c: see config.h. */
#include "engine/config.h"
