/* file_kind.c: see file_kind.h. */
#include "engine/file_kind.h"
