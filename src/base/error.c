/* error.c: see error.h. */
#include "base/error.h"
