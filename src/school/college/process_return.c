/* process_return.c: return from academic leave by order, into a group. */
#include "school/college/college.h"

#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/process_movement.h"
#include "school/pupils/pupils.h"

static const struct field fields[] = {
    MOVEMENT_FACTS,
    CLASS_FIELDS,
    ORDER_FIELDS,
    EFFECTIVE_FIELD,
    {0},
};

static const struct field row_fields[] = {OWN_CLASS, {0}};
static const struct process_rows rows = {.list = &on_leave_list, .fields = row_fields, MOVEMENT_ROWS};

static const struct movement_rule rule = {
    .orders = {"contingent", "return", "effective_on"},
    .kind = "return",
    .standing = "on-leave",
    .summary = N_("On the return from academic leave"),
    .summary_in_class = N_("On the return from academic leave into group %s"),
    .will = N_("The book of movement gets a line: returned from academic leave into the group from the date of the order."),
    .will_in_class = N_("The book of movement gets a line: returned from academic leave into %s from the date of the order."),
};

const struct process return_from_leave = {
    .id = "return-from-leave",
    .title = N_("Return from academic leave"),
    .when = is_college,
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Return to studies"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_PROCESS,
    .check = movement_check,
    .fallback_route = "on-leave",
};
