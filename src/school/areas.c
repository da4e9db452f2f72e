/* areas.c: the one list of the school's areas; registers_init takes it. */
#include "school/areas.h"

const struct area *const areas[] = {
    NULL,
};
