/* worker.c: see app.h. */
#include "app/app.h"
