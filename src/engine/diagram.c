/* diagram.c: see process.h. */
#include "engine/process.h"
