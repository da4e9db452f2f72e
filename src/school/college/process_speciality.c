/* process_speciality.c: change of speciality by order: a student goes over to a group of another speciality. */
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

/* ---- rules ---- */

static const char SPECIALITY[] = "SELECT speciality_id FROM class WHERE org_id = ? AND id = ?";

/* The speciality of each student. */
struct specialities {
    struct process_run *run;
    int64_t *rows;
};

static NEOERR *take_speciality(void *data, const struct db_row *row)
{
    struct specialities *specialities = data;
    struct process_run *run = specialities->run;
    const struct process_subject *student = process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0));
    specialities->rows[student - run->subjects] = db_get_int(row, 1);
    return STATUS_OK;
}

static NEOERR *judge(struct process_run *run, struct process_subject *student, int64_t from)
{
    int64_t class, to;
    TRY(movement_class(run, student, &class));
    if (student->message != NULL || class == 0)
        return STATUS_OK;
    TRY(db_number(run->rq->db, SPECIALITY, DB_VALUES(DB_INT(run->rq->place.org), DB_INT(class)), &to, NULL));
    if (to != 0 && to != from)
        return STATUS_OK;
    const char *words = to == 0 ? _("%s: the group does not say its speciality; fill it in on the page of the group")
                                : _("%s: the group is of the same speciality; this needs a transfer");
    return nerr_pass(movement_refuse(run, student, "class", pool_printf(run->rq->pool, words, student->label)));
}

static const char SPECIALITIES[] =
    "SELECT p.id, c.speciality_id"
    " FROM " PROCESS_SUBJECTS
    " JOIN pupil p ON p.org_id = ? AND p.id = s.id"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id";

static NEOERR *check_rows(struct process_run *run)
{
    struct pool *pool = run->rq->pool;
    struct specialities specialities = {run, pool_alloc(pool, (run->subject_count + 1) * sizeof *specialities.rows)};
    int faulty = run->form->error_count;
    TRY(movement_check_rows(run));
    if (run->form->error_count > faulty || form_has_error(run->form, "class"))
        return STATUS_OK;
    const char *ids = process_subject_ids(pool, run->subjects, run->subject_count);
    TRY(db_each(run->rq->db, SPECIALITIES, DB_VALUES(DB_TEXT(ids), DB_INT(run->rq->place.org)), take_speciality, &specialities));
    for (size_t i = 0; i < run->subject_count; i++)
        TRY(judge(run, &run->subjects[i], specialities.rows[i]));
    return STATUS_OK;
}

static const struct process_rows rows = {.list = &pupils_list, .fields = row_fields, .label = pupil_labels, .check = check_rows};

static const struct movement_rule rule = {
    .orders = {"contingent", "speciality", "effective_on"},
    .kind = "speciality",
    .standing = "enrolled",
    .summary = N_("On a transfer to another speciality"),
    .summary_in_class = N_("On a transfer to another speciality, into group %s"),
    .will = N_("The book of movement gets a line: changed the speciality from the date of the order."),
    .will_in_class = N_("The book of movement gets a line: changed the speciality, in %s from the date of the order."),
};

const struct process change_speciality = {
    .id = "change-speciality",
    .title = N_("Change of speciality"),
    .when = is_college,
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Transfer"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_PROCESS,
    .check = movement_check,
    .fallback_route = "contingent",
};
