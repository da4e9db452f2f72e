/* text.c: see text.h. */
#include "base/text.h"
