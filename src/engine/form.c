/* form.c: see form.h. */
#include "engine/form.h"
