/* process_disband.c: «Расформирование группы/класса»: a class ends by order, and each of its pupils goes to another one. (CON-31, CON-32) */
#include "school/pupils/process_movement.h"

#include "engine/audit.h"
#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include <stdlib.h>

static const struct movement_rule rule = {
    .orders = {.journal = "contingent", .kind = "disband", .day = "effective_on"},
    .kind = "transfer",
    .standing = "enrolled",
    .reason = "disbanded",
    .summary = N_("On disbanding class %s"),
    .will = N_("There is nobody in the class."),
    .will_in_class = N_("The book of movement gets a line: transferred to %s from the date of the order."),
};

static int64_t class_of_run(const struct process_run *run)
{
    return form_number(run->form, "disbanded");
}

static bool has_reason(const struct form_data *form)
{
    return form_text(form, "disband_reason")[0] != '\0';
}

/* ---- where the pupils may go: classes of the same parallel ---- */

static NEOERR *add_class(void *data, const struct db_row *row)
{
    struct choice_adding *adding = data;
    struct choice choice = {.value = db_get(row, 0), .label = class_label(adding->form->rq, db_get(row, 1))};
    return nerr_pass(adding->add(adding->form, &choice));
}

static const char OTHER_CLASSES[] =
    "SELECT c.id, " CLASS_PACKED
    " FROM class d"
    " JOIN class c ON c.org_id = d.org_id AND c.year = d.year AND c.grade = d.grade AND c.id <> d.id AND c.ended_on IS NULL"
    " WHERE d.org_id = ? AND d.id = ?"
    " ORDER BY c.name_ru";

static NEOERR *other_class_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct choice_adding adding = {form, add};
    (void)field;
    return nerr_pass(db_each(form->rq->db, OTHER_CLASSES, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(form_number(form, "disbanded"))), add_class,
                             &adding));
}

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"name", N_("Class"), FIELD_SHOWN},
    {"parallel", N_("Parallel"), FIELD_SHOWN},
    {"disbanded", N_("Class"), FIELD_HIDDEN},
    ORDER_FIELDS,
    EFFECTIVE_FIELD,
    {"disband_reason", N_("Reason"), FIELD_CHOICE, REQUIRED, .codes = &disband_reason_codes},
    {"class", N_("To class"), FIELD_CHOICE, .choices = other_class_choices, .depends = "disband_reason", .when = has_reason,
     .hint = N_("For all; another one can be chosen for each pupil below")},
    {0},
};

static const struct field row_fields[] = {{"own_class", N_("To class"), FIELD_CHOICE, .choices = other_class_choices}, {0}};

/* ---- the class and its pupils ---- */

static NEOERR *take_subject(void *data, const struct db_row *row)
{
    return nerr_pass(process_add_subject(data, db_get_int(row, 0)));
}

static const char PUPILS[] = "SELECT id FROM pupil WHERE org_id = ? AND class_id = ? ORDER BY id";

/* Known facts are not among the values that are stored: they are read again. Of no class there are none, and the check says so. */
static NEOERR *show_class(struct process_run *run)
{
    struct class class;
    NEOERR *error = class_load(run->rq, class_of_run(run), &class);
    if (nerr_handle(&error, ERROR_NOT_FOUND))
        return STATUS_OK;
    TRY(error);
    TRY(form_set(run->form, "name", class.label));
    TRY(form_set(run->form, "parallel", class_grade_label(run->rq, class.grade)));
    return nerr_pass(form_set_number(run->form, "grade", class.grade));
}

/* The list stands there once the reason is chosen. */
static NEOERR *seed(struct process_run *run)
{
    TRY(show_class(run));
    return nerr_pass(db_each(run->rq->db, PUPILS, DB_VALUES(DB_INT(run->rq->place.org), DB_INT(class_of_run(run))), take_subject, run));
}

static bool is_listed(const struct process_run *run)
{
    return has_reason(run->form);
}

static NEOERR *begin(struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t id = request_query_number(rq, "class");
    struct class class;
    if (id != 0)
        TRY(class_load(rq, id, &class));
    else if (rq->http != NULL)
        id = strtoll(request_posted(rq, "disbanded"), NULL, 10);
    TRY(form_set(run->form, "school", rq->place.name));
    if (run->id == 0) {
        TRY(form_set_number(run->form, "disbanded", id));
        TRY(show_class(run));
        TRY(form_set(run->form, "order_summary", pool_printf(rq->pool, request_words(rq, rule.summary), form_text(run->form, "name"))));
    }
    return nerr_pass(order_begin(run));
}

/* ---- rules ---- */

static NEOERR *check_rows(struct process_run *run)
{
    TRY(movement_check_rows(run));
    for (size_t i = 0; i < run->subject_count; i++) {
        int64_t class;
        TRY(movement_class(run, &run->subjects[i], &class));
        if (class == 0 && run->subjects[i].message == NULL)
            run->subjects[i].message = request_words(run->rq, N_("Choose the new class, here or for all"));
    }
    return STATUS_OK;
}

static const char IS_OPEN[] = "SELECT id FROM class WHERE org_id = ? AND id = ? AND ended_on IS NULL";

static NEOERR *check(struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t id;
    bool open;
    TRY(db_number(rq->db, IS_OPEN, DB_VALUES(DB_INT(rq->place.org), DB_INT(class_of_run(run))), &id, &open));
    if (!open)
        TRY(form_error(run->form, "", "%s", request_words(rq, N_("The class is disbanded already, or there is none"))));
    run->title = form_text(run->form, "name");
    return nerr_pass(movement_check(run));
}

static NEOERR *apply(struct db *db, struct process_run *run)
{
    TRY(movement_apply(db, run));
    TRY(class_end(db, run->rq->place.org, class_of_run(run), run->order, order_day(run)));
    return nerr_pass(audit_add(db, run->rq, "class", class_of_run(run), run->process->id, NULL, NULL));
}

/* ---- words ---- */

static NEOERR *will(struct process_run *run)
{
    TRY(process_will(run, request_words(run->rq, N_("%s is disbanded: the class ends, and nobody leads it any more.")), form_text(run->form, "name")));
    return has_reason(run->form) ? nerr_pass(movement_will(run)) : nerr_pass(order_will(run));
}

static NEOERR *done(struct process_run *run)
{
    struct request *rq = run->rq;
    TRY(show_class(run));
    TRY(form_fact(rq, request_words(rq, N_("Class")), form_text(run->form, "name")));
    TRY(process_next(run, request_words(rq, N_("Open the class")), route_url(rq, "class", route_number(rq, class_of_run(run))), false));
    return nerr_pass(movement_done(run));
}

static const char *const facts[] = {N_("Date of birth"), NULL};

static const struct process_rows rows = {
    .seed = seed, .label = pupil_labels_by_class, .facts = facts, .fields = row_fields, .check = check_rows, .is_listed = is_listed,
};

const struct process disband_class = {
    .id = "disband-class",
    .title = N_("Disbanding of a group or class"),
    .subject_kind = "pupil",
    .permission = &move_pupils,
    .steps = {
        {.id = "data", .title = N_("Filling in the data"), .submit = N_("Disband"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    .menu = "contingent",
    .fallback_route = "contingent",
    ORDER_PROCESS,
    .begin = begin, .lock = movement_lock, .check = check, .apply = apply, .will = will, .done = done,
};
