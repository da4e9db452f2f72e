/* process_enrol.c: «Перевод/зачисление обучающегося»: pupils enter a class by order (CON-24). */
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
static const struct process_rows rows = {.list = &without_class_list, .fields = row_fields, MOVEMENT_ROWS};

static const struct movement_rule rule = {
    .orders = {.journal = "contingent", .kind = "enrol", .day = "effective_on"},
    .kind = "enrol",
    .standing = "registered",
    .summary = N_("On enrolment"),
    .summary_in_class = N_("On enrolment in class %s"),
    .will = N_("The book of movement gets a line: enrolled in the class from the date of the order."),
    .will_in_class = N_("The book of movement gets a line: enrolled in %s from the date of the order."),
};

const struct process enrol_pupil = {
    .id = "enrol-pupil",
    .title = N_("Transfer or enrolment of a pupil"),
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Enrol"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_PROCESS,
    .check = movement_check_entry,
    .fallback_route = "without-class",
};
