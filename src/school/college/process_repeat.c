/* process_repeat.c: a student repeats a course by order: in a group of a lower course, or of the same one in the next school year. */
#include "school/college/college.h"

#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/process_movement.h"
#include "school/pupils/pupils.h"

#include <string.h>

/* ---- the groups of this year and of the next one ---- */

static NEOERR *add_group(void *data, const struct db_row *row)
{
    struct choice_adding *adding = data;
    struct request *rq = adding->form->rq;
    int year = (int)db_get_int(row, 2);
    struct choice choice = {.value = db_get(row, 0), .label = class_label(rq, db_get(row, 1))};
    if (year != rq->place.year)
        choice.label = pool_printf(rq->pool, "%s · %s", choice.label, i18n_school_year(rq->pool, year));
    return nerr_pass(adding->add(adding->form, &choice));
}

static const char GROUPS[] =
    "SELECT c.id, " CLASS_PACKED ", c.year"
    " FROM class c"
    " WHERE c.org_id = ? AND c.year IN (?, ?) AND c.ended_on IS NULL AND (? = '' OR c.grade = ?)"
    " ORDER BY c.year, c.grade, c.name_ru";

static NEOERR *group_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct choice_adding adding = {form, add};
    struct db_value grade = DB_TEXT(form_text(form, "grade"));
    int year = form->rq->place.year;
    (void)field;
    return nerr_pass(db_each(form->rq->db, GROUPS, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(year), DB_INT(year + 1), grade, grade), add_group, &adding));
}

static const struct field fields[] = {
    MOVEMENT_FACTS,
    {"grade", N_("Course to repeat"), FIELD_CHOICE, REQUIRED, .choices = class_grade_choices},
    {"class", N_("To class"), FIELD_CHOICE, REQUIRED, .choices = group_choices, .depends = "grade",
     .hint = N_("Of a lower course this year, or of the same course of the next year")},
    ORDER_FIELDS,
    EFFECTIVE_FIELD,
    {0},
};

static const struct field row_fields[] = {{"own_class", N_("To class"), FIELD_CHOICE, .choices = group_choices}, {0}};

/* ---- rules ---- */

/* The group that each student is in. */
struct courses {
    struct process_run *run;
    struct course {
        int grade, year;
    } *rows;
    struct class to; /* the one that the last student goes to: most go to the same */
};

static NEOERR *take_course(void *data, const struct db_row *row)
{
    struct courses *courses = data;
    struct process_run *run = courses->run;
    const struct process_subject *student = process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0));
    courses->rows[student - run->subjects] = (struct course){(int)db_get_int(row, 1), (int)db_get_int(row, 2)};
    return STATUS_OK;
}

static NEOERR *judge(struct courses *courses, size_t at)
{
    struct process_run *run = courses->run;
    struct process_subject *student = &run->subjects[at];
    const struct course *from = &courses->rows[at];
    struct class *to = &courses->to;
    int64_t id;
    TRY(movement_class(run, student, &id));
    if (id == 0 || from->year == 0 || student->message != NULL)
        return STATUS_OK;
    if (to->id != id)
        TRY(class_load(run->rq, id, to));
    bool repeats = to->year == from->year ? to->grade < from->grade : to->year > from->year && to->grade <= from->grade;
    if (repeats)
        return STATUS_OK;
    return nerr_pass(movement_refuse(run, student, "class",
                                     pool_printf(run->rq->pool, _("%s is on course %d: choose a group of a lower course, or of the same course of the next year"),
                                                 student->label, from->grade)));
}

static const char COURSES[] =
    "SELECT p.id, c.grade, c.year"
    " FROM " PROCESS_SUBJECTS
    " JOIN pupil p ON p.org_id = ? AND p.id = s.id"
    " JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id";

static NEOERR *check_rows(struct process_run *run)
{
    struct pool *pool = run->rq->pool;
    struct courses courses = {.run = run, .rows = pool_alloc(pool, (run->subject_count + 1) * sizeof *courses.rows)};
    int faulty = run->form->error_count;
    memset(courses.rows, 0, (run->subject_count + 1) * sizeof *courses.rows);
    TRY(movement_check_rows(run));
    if (run->form->error_count > faulty || form_has_error(run->form, "class"))
        return STATUS_OK;
    const char *ids = process_subject_ids(pool, run->subjects, run->subject_count);
    TRY(db_each(run->rq->db, COURSES, DB_VALUES(DB_TEXT(ids), DB_INT(run->rq->place.org)), take_course, &courses));
    for (size_t i = 0; i < run->subject_count; i++)
        TRY(judge(&courses, i));
    return STATUS_OK;
}

static const struct process_rows rows = {.list = &pupils_list, .fields = row_fields, .label = pupil_labels, .check = check_rows};

static const struct movement_rule rule = {
    .orders = {"contingent", "stay", "effective_on"},
    .kind = "stay",
    .standing = "enrolled",
    .summary = N_("On repeating a course"),
    .into_next_year = true,
    .will = N_("The book of movement gets a line: repeats the course in the group from the date of the order."),
    .will_in_class = N_("The book of movement gets a line: repeats the course in %s from the date of the order."),
};

const struct process repeat_course = {
    .id = "repeat-course",
    .title = N_("Repeating a course"),
    .when = is_college,
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Leave to repeat"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_PROCESS,
    .check = movement_check,
    .fallback_route = "contingent",
};
