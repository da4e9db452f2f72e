/* process_exclude.c: «Исключение обучающегося»: pupils leave by order; their files go to the archive (CON-30, CON-36). */
#include "school/pupils/process_movement.h"

#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

static const struct field fields[] = {
    MOVEMENT_FACTS,
    {"reason", N_("Reason"), FIELD_CHOICE, REQUIRED, .codes = &movement_reason_codes},
    {"note", N_("Where to"), FIELD_TEXT, WIDE, .max = 300, .hint = N_("The organisation and the settlement, when the pupil goes to another one")},
    {"left_on", N_("Date of departure"), FIELD_DATE, REQUIRED},
    ORDER_FIELDS,
    {0},
};

static const struct process_rows rows = {.list = &pupils_list, MOVEMENT_ROWS};

static const struct movement_rule rule = {
    .orders = {.journal = "contingent", .kind = "exclude"},
    .kind = "exclude",
    .standing = "enrolled",
    .summary = N_("On exclusion"),
    .effective_field = "left_on",
    .will = N_("The book of movement gets a line: excluded from the date of departure. The file goes to the archive."),
};

const struct process exclude_pupil = {
    .id = "exclude-pupil",
    .title = N_("Exclusion of a pupil"),
    .steps = {
        {.id = "data", .title = N_("Filling in the reason"), .submit = N_("Delete"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_PROCESS,
    .fallback_route = "contingent",
};
