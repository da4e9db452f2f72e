/* name.c: see name.h. */
#include "base/name.h"
