/* setting.c: see setting.h. */
#include "engine/setting.h"
