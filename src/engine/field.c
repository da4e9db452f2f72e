/* field.c: see field.h. */
#include "engine/field.h"
