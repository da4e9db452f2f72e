/* codelist.c: see codelist.h. */
#include "engine/codelist.h"
