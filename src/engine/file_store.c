/* file_store.c: see file.h. */
#include "engine/file.h"
