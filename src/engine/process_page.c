/* process_page.c: see process.h. */
#include "engine/process.h"
