/* file_check.c: see file.h. */
#include "engine/file.h"
