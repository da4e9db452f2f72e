/* clock.c: see clock.h. */
#include "base/clock.h"
