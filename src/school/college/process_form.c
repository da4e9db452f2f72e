/* process_form.c: change of the form of study by order, in the same group or in another one. */
#include "school/college/college.h"

#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/process_movement.h"
#include "school/pupils/pupils.h"

#include <string.h>

static const struct field fields[] = {
    MOVEMENT_FACTS,
    {"study_form", N_("New form of study"), FIELD_CHOICE, REQUIRED, .codes = &study_form_codes},
    ORDER_FIELDS,
    EFFECTIVE_FIELD,
    OTHER_CLASS_FIELDS,
    {0},
};

static const struct field row_fields[] = {OWN_CLASS, {0}};

/* ---- rules ---- */

static NEOERR *judge(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    struct process_subject *student = process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0));
    const char *now = db_get(row, 1), *wanted = form_text(run->form, "study_form");
    if (student->message != NULL || now == NULL || strcmp(now, wanted) != 0)
        return STATUS_OK;
    return nerr_pass(movement_refuse(run, student, "study_form",
                                     pool_printf(run->rq->pool, _("%s studies in this form already: %s"), student->label, code_name(&study_form_codes, now))));
}

static const char FORMS[] =
    "SELECT p.id, COALESCE(p.ordered_form, p.study_form) FROM " PROCESS_SUBJECTS " JOIN pupil p ON p.org_id = ? AND p.id = s.id";

static NEOERR *check_rows(struct process_run *run)
{
    const char *ids = process_subject_ids(run->rq->pool, run->subjects, run->subject_count);
    TRY(movement_check_rows(run));
    return nerr_pass(db_each(run->rq->db, FORMS, DB_VALUES(DB_TEXT(ids), DB_INT(run->rq->place.org)), judge, run));
}

static const struct process_rows rows = {.list = &pupils_list, .fields = row_fields, .label = pupil_labels, .check = check_rows};

static const struct movement_rule rule = {
    .orders = {"contingent", "form", "effective_on"},
    .kind = "form",
    .standing = "enrolled",
    .summary = N_("On a change of the form of study"),
    .keeps_class = true,
    .will = N_("The book of movement gets a line: the form of study is changed from the date of the order."),
    .will_in_class = N_("The book of movement gets a line: the form of study is changed, in %s from the date of the order."),
};

const struct process change_form = {
    .id = "change-form",
    .title = N_("Change of the form of study"),
    .when = is_college,
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Change"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_PROCESS,
    .check = movement_check,
    .fallback_route = "contingent",
};
