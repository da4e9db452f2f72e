/* log.c: see log.h. */
#include "base/log.h"
