/* crypto.c: see crypto.h. */
#include "base/crypto.h"
