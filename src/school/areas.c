/* areas.c: the one list of the school's areas; registers_init takes it. */
#include "school/areas.h"

#include "school/desk/desk.h"
#include "school/office/order.h"
#include "school/pupils/pupils.h"

const struct area *const areas[] = {
    &desk_area,
    &pupils_area,
    &office_area,
    NULL,
};
