/* areas.c: the one list of the school's areas; registers_init takes it. */
#include "school/areas.h"

#include "engine/auth.h"
#include "school/permissions.h"

const struct area *const areas[] = {
    &auth_area,
    &roles_area,
    NULL,
};
