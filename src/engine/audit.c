/* audit.c: see audit.h. */
#include "engine/audit.h"
