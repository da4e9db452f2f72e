/* process_reinstate.c: «Восстановление обучающегося»: somebody who left comes back into a class by order (CON-37). */
#include "school/pupils/process_movement.h"

#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

static const struct field fields[] = {
    MOVEMENT_FACTS,
    CLASS_FIELDS,
    ENTRY_FUNDING_FIELD,
    ORDER_FIELDS,
    EFFECTIVE_FIELD,
    {0},
};

static const struct field row_fields[] = {OWN_CLASS, {0}};
static const struct process_rows rows = {.list = &archive_list, .fields = row_fields, MOVEMENT_ROWS};

static const struct movement_rule rule = {
    .orders = {.journal = "contingent", .kind = "reinstate", .day = "effective_on"},
    .kind = "reinstate",
    .standing = "left",
    .summary = N_("On reinstatement"),
    .summary_in_class = N_("On reinstatement in class %s"),
    .will = N_("The book of movement gets a line: reinstated in the class from the date of the order."),
    .will_in_class = N_("The book of movement gets a line: reinstated in %s from the date of the order."),
};

const struct process reinstate_pupil = {
    .id = "reinstate-pupil",
    .title = N_("Reinstatement of a pupil"),
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Reinstate"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_PROCESS,
    .check = movement_check_entry,
    .fallback_route = "archive",
};
