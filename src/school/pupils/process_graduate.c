/* process_graduate.c: «Выпуск обучающихся»: pupils leave with a certificate, by an order of its own. (CON-38) */
#include "school/pupils/process_movement.h"

#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

static const struct field fields[] = {
    MOVEMENT_FACTS,
    {"certificate", N_("Kind of certificate"), FIELD_CHOICE, REQUIRED, .choices = certificate_choices},
    {"graduated_on", N_("Date of graduation"), FIELD_DATE, REQUIRED},
    ORDER_FIELDS,
    {0},
};

static const struct field row_fields[] = {{"own_certificate", N_("Kind of certificate"), FIELD_CHOICE, .choices = certificate_choices}, {0}};
static const struct process_rows rows = {.list = &pupils_list, .fields = row_fields, MOVEMENT_ROWS};

static const struct movement_rule rule = {
    .orders = {.journal = "contingent", .kind = "graduate", .day = "graduated_on"},
    .kind = "graduate",
    .standing = "enrolled",
    .reason = "graduated",
    .summary = N_("On graduation"),
    .will = N_("The book of movement gets a line: graduated on the date of graduation. The file goes to the archive."),
};

const struct process graduate_pupils = {
    .id = "graduate-pupils",
    .title = N_("Graduation of pupils"),
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Graduate them"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_PROCESS,
    .check = movement_check,
    .fallback_route = "graduates",
};
