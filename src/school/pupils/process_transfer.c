/* process_transfer.c: «Перевод/зачисление обучающегося»: pupils go over to another class by order (CON-29). */
#include "school/pupils/process_movement.h"

#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

static const struct field fields[] = {
    MOVEMENT_FACTS,
    CLASS_FIELDS,
    ORDER_FIELDS,
    EFFECTIVE_FIELD,
    {0},
};

static const struct field row_fields[] = {OWN_CLASS, {0}};
static const struct process_rows rows = {.list = &pupils_list, .fields = row_fields, MOVEMENT_ROWS};

static const struct movement_rule rule = {
    .orders = {.journal = "contingent", .kind = "transfer", .day = "effective_on"},
    .kind = "transfer",
    .standing = "enrolled",
    .summary = N_("On transfer to another class"),
    .summary_in_class = N_("On transfer to class %s"),
    .will = N_("The book of movement gets a line: transferred to the class from the date of the order."),
    .will_in_class = N_("The book of movement gets a line: transferred to %s from the date of the order."),
};

const struct process transfer_pupil = {
    .id = "transfer-pupil",
    .title = N_("Transfer or enrolment of a pupil"),
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Enrol"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_PROCESS,
    .check = movement_check,
    .fallback_route = "contingent",
};
