/* zip.c: see zip.h. */
#include "engine/zip.h"
