/* process_meal.c: «Заявление на бесплатное питание» is registered with a number, for a pupil of a class (CON-41). */
#include "school/pupils/class.h"
#include "school/pupils/meals.h"
#include "school/pupils/pupils.h"

#include "engine/file.h"
#include "engine/place.h"
#include "school/codes.h"
#include "school/permissions.h"

/* ---- whose ---- */

static NEOERR *add_pupil(void *data, const struct db_row *row)
{
    struct choice_adding *adding = data;
    struct choice choice = {.value = db_get(row, 0), .label = db_get(row, 1)};
    return nerr_pass(adding->add(adding->form, &choice));
}

static const char PUPILS[] =
    "SELECT id, CONCAT_WS(' ', surname, given, NULLIF(patronymic, '')) FROM pupil WHERE org_id = ? AND class_id = ? ORDER BY sort_key";

static NEOERR *pupil_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct choice_adding adding = {form, add};
    (void)field;
    return nerr_pass(db_each(form->rq->db, PUPILS, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(form_number(form, "class"))), add_pupil, &adding));
}

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"class", N_("Class"), FIELD_CHOICE, REQUIRED, .choices = class_choices_seen},
    {"pupil", N_("Pupil"), FIELD_CHOICE, REQUIRED, .choices = pupil_choices, .depends = "class"},
    MEAL_FIELDS,
    {0},
};

/* ---- opening ---- */

static const char CLASS_OF[] = "SELECT class_id FROM pupil WHERE org_id = ? AND id = ?";
/* The parent first; who has died or lost the rights stands in the family as ended. */
static const char PARENT[] =
    "SELECT CONCAT_WS(' ', h.surname, h.given, NULLIF(h.patronymic, '')) FROM kinship k JOIN person h ON h.id = k.person_id"
    " WHERE k.org_id = ? AND k.pupil_id = ? AND k.ended_on IS NULL ORDER BY FIELD(k.degree, 'father', 'mother') DESC, k.id LIMIT 1";

/* From a pupil's file: class, pupil and parent are known. */
static NEOERR *begin_of_pupil(struct process_run *run, int64_t pupil)
{
    struct request *rq = run->rq;
    const struct db_value *key = DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil));
    int64_t class;
    char *parent;
    TRY(pupil_check_scope(rq, &register_meals, pupil));
    TRY(db_number(rq->db, CLASS_OF, key, &class, NULL));
    TRY(db_string(rq->db, rq->pool, PARENT, key, &parent));
    TRY(form_set_number(run->form, "class", class));
    TRY(form_set_number(run->form, "pupil", pupil));
    return parent != NULL ? nerr_pass(form_set(run->form, "applicant", parent)) : STATUS_OK;
}

static const char LAST_DAY[] = "SELECT CAST(ends_on AS CHAR) FROM school_year WHERE org_id = ? AND year = ?";

static NEOERR *begin(struct process_run *run)
{
    struct request *rq = run->rq;
    struct date today = request_today(rq);
    int64_t pupil = request_query_number(rq, "pupil");
    char *last;
    TRY(form_set(run->form, "school", rq->place.name));
    TRY(form_set_date(run->form, "submitted_on", today));
    TRY(form_set_date(run->form, "valid_from", today));
    TRY(db_string(rq->db, rq->pool, LAST_DAY, DB_VALUES(DB_INT(rq->place.org), DB_INT(rq->place.year)), &last));
    if (last != NULL)
        TRY(form_set(run->form, "valid_to", last));
    return pupil != 0 ? nerr_pass(begin_of_pupil(run, pupil)) : STATUS_OK;
}

/* ---- rules and writing ---- */

static NEOERR *check(struct process_run *run)
{
    int64_t pupil = form_number(run->form, "pupil");
    if (pupil == 0 || run->form->error_count > 0)
        return STATUS_OK;
    TRY(pupil_check_scope(run->rq, &register_meals, pupil));
    TRY(pupil_label(run->rq, pupil, &run->title));
    return nerr_pass(meal_check_term(run->form, pupil, 0));
}

static const char NEXT_NUMBER[] = "SELECT COALESCE(MAX(number), 0) + 1 FROM meal WHERE org_id = ? AND year = ?";
static const char ADD[] =
    "INSERT INTO meal (org_id, pupil_id, year, number, submitted_on, applicant, ground, ground_document, file_id, valid_from, valid_to)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static NEOERR *apply(struct db *db, struct process_run *run)
{
    struct form_data *form = run->form;
    struct date submitted = form_date(form, "submitted_on");
    struct db_value org = DB_INT(run->rq->place.org), year = DB_INT(submitted.year);
    int64_t number;
    TRY(place_lock(db, run->rq)); /* one number at a time */
    TRY(db_number(db, NEXT_NUMBER, DB_VALUES(org, year), &number, NULL));
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(org, DB_INT(form_number(form, "pupil")), year, DB_INT(number), DB_DATE(submitted), DB_TEXT(form_text(form, "applicant")),
                                       DB_TEXT(form_text(form, "ground")), DB_TEXT(form_text(form, "ground_document")), DB_TEXT(form_text(form, "file_id")),
                                       DB_DATE(form_date(form, "valid_from")), DB_DATE(form_date(form, "valid_to"))),
                             NULL, &run->made));
}

static NEOERR *will(struct process_run *run)
{
    TRY(process_will(run, "%s", _("The application gets a number and can be printed for the signature.")));
    return nerr_pass(process_will(run, "%s", _("The head, a deputy or the administration decides on it.")));
}

static NEOERR *done(struct process_run *run)
{
    struct request *rq = run->rq;
    const char *made = route_number(rq, run->made);
    TRY(process_next(run, _("Print the application"), route_url(rq, "meal-print", made), true));
    TRY(process_next(run, _("Open the application"), route_url(rq, "meal", made), false));
    return nerr_pass(process_next(run, _("Register another application"), process_url(rq, run->process, 0), false));
}

const struct process register_meal = {
    .id = "register-meal",
    .title = N_("Application for free meals"),
    .subject_kind = "meal",
    .subject_route = "meal",
    .permission = &register_meals,
    .steps = {{.id = "data", .title = N_("Filling in the data"), .submit = N_("Register"), .kind = STEP_FORM, .fields = fields}},
    .menu = "contingent",
    .fallback_route = "meal-permits",
    .begin = begin,
    .check = check,
    .apply = apply,
    .will = will,
    .done = done,
};
