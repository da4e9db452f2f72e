/* process_exclude.c: «Исключение обучающегося»: pupils leave by order; their files go to the archive (CON-30, CON-36). */
#include "school/pupils/process_movement.h"

#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"
#include "school/planning/planning.h"

#include <string.h>

static const struct field fields[] = {
    MOVEMENT_FACTS,
    {"reason", N_("Reason"), FIELD_CHOICE, REQUIRED, .choices = exclusion_reason_choices},
    {"note", N_("Where to"), FIELD_TEXT, WIDE, .max = 300, .hint = N_("The organisation and the settlement, when the pupil goes to another one")},
    {"left_on", N_("Date of departure"), FIELD_DATE, REQUIRED},
    {"period", N_("Quarter of exclusion"), FIELD_CHOICE, .choices = period_choices, .hint = N_("Empty: the one that the date of departure is in")},
    ORDER_FIELDS,
    {0},
};

/* G2: the quarter is kept beside the date of departure, and says the same. */
static NEOERR *check(struct process_run *run)
{
    struct form_data *form = run->form;
    struct date left_on = form_date(form, "left_on");
    const char *chosen = form_text(form, "period");
    struct periods periods;
    TRY(movement_check(run));
    if (left_on.year == 0 || form_has_error(form, "period"))
        return STATUS_OK;
    TRY(periods_load(run->rq, run->year != 0 ? run->year : run->rq->place.year, &periods));
    const struct period *period = period_of(&periods, left_on);
    if (chosen[0] == '\0')
        return period == NULL ? STATUS_OK : nerr_pass(form_set(form, "period", period->kind));
    if (period == NULL || strcmp(period->kind, chosen) != 0)
        TRY(form_error(form, "period", "%s", _("The date of departure is not in this quarter")));
    return STATUS_OK;
}

static const struct process_rows rows = {.list = &pupils_list, MOVEMENT_ROWS};

static const struct movement_rule rule = {
    .orders = {.journal = "contingent", .kind = "exclude", .day = "left_on"},
    .kind = "exclude",
    .standing = "enrolled",
    .or_standing = "on-leave",
    .summary = N_("On exclusion"),
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
    .check = check,
    .fallback_route = "contingent",
};
