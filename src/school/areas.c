/* areas.c: the one list of the school's areas; registers_init takes it. */
#include "school/areas.h"

#include "engine/auth.h"
#include "school/college/college.h"
#include "school/desk/desk.h"
#include "school/exchange/exchange.h"
#include "school/office/order.h"
#include "school/org/org.h"
#include "school/people/people.h"
#include "school/permissions.h"
#include "school/planning/planning.h"
#include "school/pupils/pupils.h"
#include "school/reports/reports.h"

const struct area *const areas[] = {
    &auth_area,
    &roles_area,
    &desk_area,
    &org_area,
    &planning_area,
    &pupils_area,
    &college_area,
    &people_area,
    &office_area,
    &reports_area,
    &exchange_area,
    NULL,
};
