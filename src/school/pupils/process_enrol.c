/* process_enrol.c: «Перевод/зачисление обучающегося»: pupils enter a class by order (CON-24). */
#include "school/pupils/class.h"
#include "school/pupils/movement.h"
#include "school/pupils/pupils.h"

#include "school/office/order.h"
#include "school/permissions.h"

#include <stdlib.h>
#include <string.h>

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"pupil", N_("Pupil"), FIELD_SHOWN},
    {"grade", N_("Parallel"), FIELD_CHOICE, REQUIRED, .choices = class_grade_choices},
    {"class", N_("To class"), FIELD_CHOICE, REQUIRED, .choices = class_choices, .depends = "grade"},
    ORDER_FIELDS,
    {"effective_on", N_("Effective from"), FIELD_DATE, .hint = N_("Empty: from the date of the order")},
    {0},
};

/* Sixty first-graders go to three classes by one order. */
static const struct field row_fields[] = {
    {"own_class", N_("To class"), FIELD_CHOICE, .choices = class_choices},
    {0},
};

/* ---- subjects ---- */

static struct db_value subjects_of(const struct process_run *run)
{
    return DB_TEXT(process_subject_ids(run->rq->pool, run->subjects, run->subject_count));
}

static NEOERR *judge_pupil(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    struct process_subject *subject = process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0));
    if (strcmp(db_get(row, 1), "registered") == 0 || subject->message != NULL)
        return STATUS_OK;
    if (strcmp(db_get(row, 1), "enrolled") == 0)
        subject->message = pool_printf(run->rq->pool, _("%s is already in %s"), subject->label, class_label(run->rq, db_get(row, 2)));
    else
        subject->message = pool_printf(run->rq->pool, _("%s has left: this needs a reinstatement"), subject->label);
    return STATUS_OK;
}

static const char STANDINGS[] =
    "SELECT p.id, p.standing, IF(c.id IS NULL, NULL, " CLASS_PACKED ")"
    " FROM " PROCESS_SUBJECTS
    " JOIN pupil p ON p.org_id = ? AND p.id = s.id"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id";

static NEOERR *check_pupils(struct process_run *run)
{
    return nerr_pass(db_each(run->rq->db, STANDINGS, DB_VALUES(subjects_of(run), DB_INT(run->rq->place.org)), judge_pupil, run));
}

static const struct process_rows one_or_many = {.list = &without_class_list, .fields = row_fields, .label = pupil_labels, .check = check_pupils};

/* ---- which class ---- */

static NEOERR *class_of(struct process_run *run, const struct process_subject *subject, int64_t *class)
{
    struct form_data *row;
    TRY(process_row(run, subject, &row));
    *class = form_number(row, "own_class");
    if (*class == 0)
        *class = form_number(run->form, "class");
    return STATUS_OK;
}

/* A class and how many enter it. */
struct target {
    struct class class;
    int coming;
};
enum { TARGETS_MAX = 200 }; /* above any number of classes of one parallel */
struct targets {
    struct target rows[TARGETS_MAX];
    size_t count;
};

static NEOERR *add_target(struct process_run *run, struct targets *targets, int64_t class)
{
    size_t at = 0;
    while (at < targets->count && targets->rows[at].class.id != class)
        at++;
    if (at == targets->count) {
        if (class == 0 || at == TARGETS_MAX)
            return STATUS_OK;
        NEOERR *error = class_load(run->rq, class, &targets->rows[at].class);
        if (nerr_handle(&error, ERROR_NOT_FOUND))
            return STATUS_OK;
        TRY(error);
        targets->count++;
    }
    targets->rows[at].coming++;
    return STATUS_OK;
}

static NEOERR *find_targets(struct process_run *run, struct targets **out)
{
    struct targets *targets = *out = pool_alloc(run->rq->pool, sizeof *targets);
    for (size_t i = 0; i < run->subject_count; i++) {
        int64_t class;
        TRY(class_of(run, &run->subjects[i], &class));
        TRY(add_target(run, targets, class));
    }
    return STATUS_OK;
}

/* ---- rules ---- */

static NEOERR *chosen_class(struct process_run *run, struct class *class, bool *found)
{
    int64_t id = form_number(run->form, "class");
    *found = false;
    if (id == 0)
        return STATUS_OK;
    NEOERR *error = class_load(run->rq, id, class);
    if (nerr_handle(&error, ERROR_NOT_FOUND))
        return STATUS_OK;
    *found = error == STATUS_OK;
    return nerr_pass(error);
}

static NEOERR *begin_class(struct process_run *run)
{
    struct request *rq = run->rq;
    struct class class;
    int64_t id = request_query_number(rq, "class");
    const char *summary = request_words(rq, N_("On enrolment"));
    if (id != 0) {
        TRY(class_load(rq, id, &class));
        TRY(form_set_number(run->form, "class", id));
        TRY(form_set_number(run->form, "grade", class.grade));
        summary = pool_printf(rq->pool, request_words(rq, N_("On enrolment in class %s")), class.label);
    }
    return nerr_pass(form_set(run->form, "order_summary", summary));
}

static const char GRADE[] =
    "SELECT grade FROM pupil WHERE org_id = ? AND id = ?";

static NEOERR *begin(struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t grade;
    TRY(form_set(run->form, "school", rq->place.name));
    if (run->subject_count > 0) {
        TRY(db_number(rq->db, GRADE, DB_VALUES(DB_INT(rq->place.org), DB_INT(run->subjects[0].id)), &grade, NULL));
        TRY(form_set_number(run->form, "grade", grade));
    }
    if (run->subject_count == 1) {
        TRY(process_rows_label(run));
        TRY(form_set(run->form, "pupil", run->subjects[0].label));
    }
    TRY(begin_class(run));
    return nerr_pass(order_begin(run));
}

static struct date effective_date(const struct process_run *run)
{
    struct date date = form_date(run->form, "effective_on");
    return date.year != 0 ? date : form_date(run->form, "order_date");
}

static const char BORN_LAST[] =
    "SELECT MAX(p.born_on) > ? FROM " PROCESS_SUBJECTS " JOIN pupil p ON p.org_id = ? AND p.id = s.id";

static NEOERR *check_born_before(struct process_run *run, struct date effective)
{
    int64_t is_later;
    TRY(db_number(run->rq->db, BORN_LAST, DB_VALUES(DB_DATE(effective), subjects_of(run), DB_INT(run->rq->place.org)), &is_later, NULL));
    return is_later == 0 ? STATUS_OK : nerr_pass(form_error(run->form, "effective_on", "%s", _("The enrolment cannot be before the birth date")));
}

/* "10-Б is full" for one; for several what comes to what is there, of each class that is too small. */
static NEOERR *warn_of_places(struct process_run *run)
{
    struct request *rq = run->rq;
    struct targets *targets;
    const char *words = "";
    TRY(find_targets(run, &targets));
    for (size_t i = 0; i < targets->count; i++) {
        const struct class *class = &targets->rows[i].class;
        int coming = targets->rows[i].coming;
        if (class->capacity == 0 || class->pupils + coming <= class->capacity)
            continue;
        const char *one = pool_printf(rq->pool, request_words(rq, N_("%s is full: %d of %d places are taken")), class->label, class->pupils, class->capacity);
        if (coming > 1)
            one = pool_printf(rq->pool, request_words(rq, N_("%s has too few places: %d come, %d of %d are taken")), class->label, coming, class->pupils, class->capacity);
        words = pool_printf(rq->pool, "%s%s%s", words, words[0] != '\0' ? "; " : "", one);
    }
    return words[0] == '\0' ? STATUS_OK : nerr_pass(form_warn(run->form, "class", "%s", words));
}

static NEOERR *check(struct process_run *run)
{
    struct form_data *form = run->form;
    struct class class;
    bool found;
    TRY(order_check(run));
    TRY(chosen_class(run, &class, &found));
    if (found && (class.grade != form_number(form, "grade") || class.year != run->rq->place.year))
        TRY(form_error(form, "class", "%s", request_words(run->rq, N_("The class is of another parallel: choose again"))));
    TRY(warn_of_places(run));
    return nerr_pass(check_born_before(run, effective_date(run)));
}

/* ---- writing ---- */

static NEOERR *pass_over(void *data, const struct db_row *row)
{
    (void)data;
    (void)row;
    return STATUS_OK;
}

static const char LOCK[] =
    "SELECT p.id FROM " PROCESS_SUBJECTS " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = s.id ORDER BY p.id FOR UPDATE";

static NEOERR *enrol(struct db *db, struct process_run *run, const struct process_subject *subject)
{
    int64_t org = run->rq->place.org;
    struct movement movement = {.pupil = subject->id, .kind = "enrol", .effective = effective_date(run), .order = run->order};
    TRY(class_of(run, subject, &movement.to_class));
    TRY(movement_add(db, org, &movement));
    return nerr_pass(movement_fold(db, org, subject->id));
}

static NEOERR *apply(struct db *db, struct process_run *run)
{
    TRY(db_each(db, LOCK, DB_VALUES(subjects_of(run), DB_INT(run->rq->place.org)), pass_over, NULL));
    TRY(order_take(db, run));
    for (size_t i = 0; i < run->subject_count; i++) {
        TRY(enrol(db, run, &run->subjects[i]));
        TRY(process_progress(run, i + 1));
    }
    return STATUS_OK;
}

/* ---- words ---- */

static NEOERR *will(struct process_run *run)
{
    struct request *rq = run->rq;
    struct targets *targets;
    TRY(find_targets(run, &targets));
    if (targets->count == 0)
        TRY(process_will(run, "%s", request_words(rq, N_("The book of movement gets a line: enrolled in the class from the date of the order."))));
    for (size_t i = 0; i < targets->count; i++) {
        const char *class = targets->rows[i].class.label;
        int coming = targets->rows[i].coming;
        if (run->subject_count == 1)
            TRY(process_will(run, request_words(rq, N_("The book of movement gets a line: enrolled in %s from the date of the order.")), class));
        else
            TRY(process_will(run, _("Enrolled in %s: %d."), class, coming));
    }
    return nerr_pass(order_will(run));
}

static NEOERR *done(struct process_run *run)
{
    struct request *rq = run->rq;
    const char *class = form_text(run->form, "class");
    TRY(process_next(run, request_words(rq, N_("Open the class")), route_url(rq, "class", class), true));
    if (request_may(rq, &see_orders))
        TRY(process_next(run, _("Open the order"), route_url(rq, "order", route_number(rq, run->order)), false));
    return nerr_pass(process_next(run, request_words(rq, N_("Pupils without class")), route_url(rq, "without-class"), false));
}

static const struct order_series enrolment_orders = {.journal = "contingent", .kind = "enrol"};

const struct process enrol_pupil = {
    .id = "enrol-pupil",
    .title = N_("Transfer or enrolment of a pupil"),
    .subject_kind = "pupil",
    .subject_route = "pupil",
    .permission = &move_pupils,
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Enrol"), .kind = STEP_FORM, .fields = fields, .rows = &one_or_many},
        {.id = "confirm", .title = N_("Confirmation"), .kind = STEP_CONFIRM, .who = &confirm_orders, .when = order_needs_second_person,
         .when_words = N_("by the setting of the organisation"), .outcomes = {OUTCOME_ACCEPT, OUTCOME_RETURN, OUTCOME_REFUSE}},
    },
    .detail = &enrolment_orders,
    .menu = "contingent",
    .fallback_route = "without-class",
    .begin = begin,
    .check = check,
    .apply = apply,
    .reserve = order_reserve,
    .release = order_release,
    .will = will,
    .done = done,
};
