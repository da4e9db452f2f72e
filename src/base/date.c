/* date.c: see date.h. */
#include "base/date.h"
