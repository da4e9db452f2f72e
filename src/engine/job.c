/* job.c: see job.h. */
#include "engine/job.h"
