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

/* ---- subjects ---- */

struct standing {
    struct pool *pool;
    const char *standing, *class;
    struct date born;
    int grade;
};

static NEOERR *take_standing(void *data, const struct db_row *row)
{
    struct standing *standing = data;
    standing->standing = pool_strdup(standing->pool, db_get(row, 0));
    standing->class = pool_strdup(standing->pool, db_get(row, 1));
    standing->born = db_get_date(row, 2);
    standing->grade = (int)db_get_int(row, 3);
    return STATUS_OK;
}

static const char STANDING[] =
    "SELECT p.standing, IF(c.id IS NULL, NULL, " CLASS_PACKED "), p.born_on, p.grade"
    " FROM pupil p"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " WHERE p.org_id = ? AND p.id = ?";
static const char LOCK[] =
    "SELECT id FROM pupil WHERE org_id = ? AND id = ? FOR UPDATE";

static NEOERR *load_standing(struct request *rq, int64_t pupil, struct standing *standing)
{
    *standing = (struct standing){.pool = rq->pool};
    return nerr_pass(db_one(rq->db, STANDING, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil)), take_standing, standing));
}

static NEOERR *check_pupil(struct process_run *run, int64_t pupil, const char **words)
{
    struct request *rq = run->rq;
    struct standing standing;
    char *label;
    *words = NULL;
    TRY(load_standing(rq, pupil, &standing));
    if (strcmp(standing.standing, "registered") == 0)
        return STATUS_OK;
    TRY(pupil_label(rq, pupil, &label));
    if (strcmp(standing.standing, "enrolled") == 0)
        *words = pool_printf(rq->pool, _("%s is already in %s"), label, class_label(rq, standing.class));
    else
        *words = pool_printf(rq->pool, _("%s has left: this needs a reinstatement"), label);
    return STATUS_OK;
}

static const struct process_rows one_or_many = {.list = &without_class_list, .label = pupil_label, .check = check_pupil};

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

static NEOERR *begin(struct process_run *run)
{
    struct request *rq = run->rq;
    struct standing standing;
    char *label;
    TRY(form_set(run->form, "school", rq->place.name));
    if (run->subject_count > 0) {
        TRY(load_standing(rq, run->subjects[0], &standing));
        TRY(form_set_number(run->form, "grade", standing.grade));
    }
    if (run->subject_count == 1) {
        TRY(pupil_label(rq, run->subjects[0], &label));
        TRY(form_set(run->form, "pupil", label));
    }
    TRY(begin_class(run));
    return nerr_pass(order_begin(run));
}

static struct date effective_date(const struct process_run *run)
{
    struct date date = form_date(run->form, "effective_on");
    return date.year != 0 ? date : form_date(run->form, "order_date");
}

static NEOERR *check_born_before(struct process_run *run, struct date effective)
{
    for (size_t i = 0; i < run->subject_count; i++) {
        struct standing standing;
        TRY(load_standing(run->rq, run->subjects[i], &standing));
        if (standing.born.year != 0 && effective.year != 0 && date_compare(effective, standing.born) < 0)
            return nerr_pass(form_error(run->form, "effective_on", "%s", _("The enrolment cannot be before the birth date")));
    }
    return STATUS_OK;
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
    if (found && class.capacity > 0 && class.pupils + (int)run->subject_count > class.capacity)
        TRY(form_warn(form, "class", request_words(run->rq, N_("%s is full: %d of %d places are taken")), class.label, class.pupils, class.capacity));
    return nerr_pass(check_born_before(run, effective_date(run)));
}

/* ---- writing ---- */

static NEOERR *lock_all(struct db *db, struct process_run *run)
{
    int64_t id;
    for (size_t i = 0; i < run->subject_count; i++)
        TRY(db_number(db, LOCK, DB_VALUES(DB_INT(run->rq->place.org), DB_INT(run->subjects[i])), &id, NULL));
    return STATUS_OK;
}

static NEOERR *apply(struct db *db, struct process_run *run)
{
    int64_t org = run->rq->place.org;
    TRY(lock_all(db, run));
    TRY(order_take(db, run));
    for (size_t i = 0; i < run->subject_count; i++) {
        struct movement movement = {
            .pupil = run->subjects[i], .kind = "enrol", .to_class = form_number(run->form, "class"),
            .effective = effective_date(run), .order = run->order,
        };
        TRY(movement_add(db, org, &movement));
        TRY(movement_fold(db, org, run->subjects[i]));
    }
    return STATUS_OK;
}

/* ---- words ---- */

static NEOERR *will(struct process_run *run)
{
    struct class class;
    bool found;
    TRY(chosen_class(run, &class, &found));
    if (found)
        TRY(process_will(run, request_words(run->rq, N_("The book of movement gets a line: enrolled in %s from the date of the order.")), class.label));
    else
        TRY(process_will(run, "%s", request_words(run->rq, N_("The book of movement gets a line: enrolled in the class from the date of the order."))));
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
