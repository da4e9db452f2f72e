/* task.c: see task.h. */
#include "engine/task.h"
