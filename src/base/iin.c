/* iin.c: see iin.h. */
#include "base/iin.h"
