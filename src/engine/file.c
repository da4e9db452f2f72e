/* file.c: see file.h. */
#include "engine/file.h"
