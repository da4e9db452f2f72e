/* output.c: see output.h. */
#include "engine/output.h"
