/* page.c: see page.h. */
#include "engine/page.h"
