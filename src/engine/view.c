/* view.c: see view.h. */
#include "engine/view.h"
