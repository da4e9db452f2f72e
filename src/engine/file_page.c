/* file_page.c: see file.h. */
#include "engine/file.h"
