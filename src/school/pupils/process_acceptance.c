/* process_acceptance.c: an application that is accepted becomes a pupil's file: one by one with its own form, or many at once. */
#include "school/pupils/admission.h"
#include "school/pupils/class.h"
#include "school/pupils/process_register.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "school/codes.h"
#include "school/permissions.h"

#include <string.h>

static const struct field acceptance_fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"application", N_("Application"), FIELD_SHOWN},
    {"missing", N_("Papers missing"), FIELD_SHOWN},
    SAME_PERSON_FIELD,
    PUPIL_DATA_FIELDS,
    {0},
};

static NEOERR *take_application(void *data, const struct db_row *row)
{
    struct form_data *form = data;
    struct pool *pool = form->rq->pool;
    TRY(form_set(form, "application", pool_printf(pool, "№ %s, %s", db_get(row, 0), i18n_date(pool, db_get_date(row, 1)))));
    TRY(form_set(form, "missing", admission_missing(form->rq, db_get(row, 2))));
    return nerr_pass(form_take_columns(form, row));
}

static const char LOAD[] =
    "SELECT number, submitted_on, papers, grade, iin, surname, given, patronymic, born_on, sex, email"
    " FROM application WHERE org_id = ? AND id = ?";

static NEOERR *begin_acceptance(struct process_run *run)
{
    struct request *rq = run->rq;
    TRY(form_set(run->form, "school", rq->place.name));
    TRY(form_set(run->form, "resident", "1"));
    if (run->subject_count == 1)
        TRY(db_one(rq->db, LOAD, DB_VALUES(DB_INT(rq->place.org), DB_INT(run->subjects[0].id)), take_application, run->form));
    return STATUS_OK;
}

static void say_label(struct request *rq, struct process_subject *subject, const struct db_row *row)
{
    subject->label = pool_printf(rq->pool, "№ %s, %s", db_get(row, 1), name_full(rq->pool, db_get(row, 2), db_get(row, 3), db_get(row, 4)));
}

static const char LABELS[] =
    "SELECT a.id, a.number, a.surname, a.given, a.patronymic FROM " PROCESS_SUBJECTS " JOIN application a ON a.org_id = ? AND a.id = s.id"
    " ORDER BY a.id";

static NEOERR *label_applications(struct request *rq, struct process_subject *subjects, size_t count)
{
    return nerr_pass(process_subjects_label(rq, subjects, count, LABELS, say_label));
}

static const char IS_OPEN[] =
    "SELECT 1 FROM application WHERE org_id = ? AND id = ? AND state = 'submitted'";

/* Each becomes a file of its own, with the data of its own form: one at a time. */
static NEOERR *check_one(struct process_run *run)
{
    int64_t one;
    bool is_open;
    if (run->subject_count > 1)
        return nerr_pass(form_error(run->form, "", "%s", _("Applications are accepted one by one")));
    TRY(db_number(run->rq->db, IS_OPEN, DB_VALUES(DB_INT(run->rq->place.org), DB_INT(run->subjects[0].id)), &one, &is_open));
    return is_open ? STATUS_OK : nerr_pass(form_error(run->form, "", "%s", _("This application has been decided already")));
}

static const char ACCEPT[] =
    "UPDATE application SET state = 'accepted', pupil_id = ?, version = version + 1 WHERE org_id = ? AND id = ? AND state = 'submitted'";
static const char TAKE_OVER[] =
    "UPDATE pupil p JOIN application a ON a.org_id = p.org_id AND a.id = ?"
    " SET p.language = a.language, p.address = a.address WHERE p.org_id = ? AND p.id = ?";

static NEOERR *apply_acceptance(struct db *db, struct process_run *run)
{
    struct db_value org = DB_INT(run->rq->place.org), application = DB_INT(run->subjects[0].id);
    int64_t pupil, changed;
    TRY(pupil_add(db, run, &pupil));
    TRY(db_exec(db, ACCEPT, DB_VALUES(DB_INT(pupil), org, application), &changed, NULL));
    if (changed != 1)
        return nerr_raise(ERROR_CONFLICT, "application %lld was decided meanwhile", (long long)run->subjects[0].id);
    return nerr_pass(db_exec(db, TAKE_OVER, DB_VALUES(application, org, DB_INT(pupil)), NULL, NULL));
}

static const char PUPIL_OF[] =
    "SELECT pupil_id FROM application WHERE org_id = ? AND id = ?";

static NEOERR *done_acceptance(struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t pupil;
    TRY(db_number(rq->db, PUPIL_OF, DB_VALUES(DB_INT(rq->place.org), DB_INT(run->subjects[0].id)), &pupil, NULL));
    TRY(process_next(run, _("Accepted, to be enrolled"), route_url(rq, "admitted"), true));
    TRY(process_next(run, _("Adding parents"), process_url(rq, &register_kinship, pupil), false));
    return nerr_pass(process_next(run, _("Open the file"), route_url(rq, "pupil", route_number(rq, pupil)), false));
}

static const struct process_rows acceptance_rows = {.label = label_applications, .check = check_one};

const struct process accept_application = {
    .id = "accept-application",
    .title = N_("Acceptance of an application for admission"),
    .subject_kind = "application",
    .subject_route = "application",
    .permission = &register_pupils,
    .steps = {{.id = "data", .title = N_("Filling in the data"), .submit = N_("Accept"), .kind = STEP_FORM, .fields = acceptance_fields, .rows = &acceptance_rows}},
    .menu = "applications",
    .fallback_route = "applications",
    .begin = begin_acceptance,
    .check = pupil_check_new,
    .apply = apply_acceptance,
    .done = done_acceptance,
};

/* ---- many at once: those of whom nothing is to be asked ---- */

static const struct field many_fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"entered_on", N_("Date of entry"), FIELD_DATE, REQUIRED, .when = form_in_college},
    {0},
};

static NEOERR *begin_many(struct process_run *run)
{
    return nerr_pass(form_set(run->form, "school", run->rq->place.name));
}

/* The run that this application would have by itself. */
static NEOERR *run_of_one(struct process_run *many, struct process_subject *subject, struct process_run **out)
{
    struct process_run *one = pool_alloc(many->rq->pool, sizeof *one);
    *one = (struct process_run){.rq = many->rq, .process = &accept_application, .step = accept_application.steps, .subjects = subject, .subject_count = 1};
    TRY(form_data_new(many->rq, acceptance_fields, &one->form));
    one->form->detail = one;
    TRY(begin_acceptance(one));
    *out = one;
    return nerr_pass(form_set(one->form, "entered_on", form_text(many->form, "entered_on")));
}

/* What its own form would say, and anything that form would ask about, is a reason to accept it by itself. */
static const char *why_alone(const struct process_run *one)
{
    HDF *said = hdf_obj_child(one->form->errors);
    if (form_has_error(one->form, ""))
        return hdf_get_value(one->form->errors, "_", "");
    if (form_has_error(one->form, "same"))
        return _("Somebody like this is known already: accept this one by itself");
    if (said == NULL)
        said = hdf_obj_child(one->form->warnings);
    return said == NULL ? NULL : pool_printf(one->rq->pool, _("%s: accept this one by itself"), hdf_obj_value(said));
}

static NEOERR *check_of_many(struct process_run *many, struct process_subject *subject, const char **iin)
{
    struct process_run *one;
    TRY(run_of_one(many, subject, &one));
    TRY(form_check(one->form)); /* whether it is the same person as a known one is asked there, too */
    TRY(check_one(one));
    TRY(pupil_check_new(one));
    *iin = form_text(one->form, "iin");
    subject->message = why_alone(one);
    return STATUS_OK;
}

static NEOERR *check_many(struct process_run *run)
{
    const char **iins = pool_alloc(run->rq->pool, (run->subject_count + 1) * sizeof *iins);
    for (size_t i = 0; i < run->subject_count; i++) {
        TRY(check_of_many(run, &run->subjects[i], &iins[i]));
        for (size_t other = 0; other < i; other++)
            if (iins[i][0] != '\0' && strcmp(iins[i], iins[other]) == 0)
                run->subjects[i].message = pool_printf(run->rq->pool, _("The same IIN as %s"), run->subjects[other].label);
    }
    return STATUS_OK;
}

static NEOERR *apply_many(struct db *db, struct process_run *run)
{
    for (size_t i = 0; i < run->subject_count; i++) {
        struct process_run *one;
        TRY(run_of_one(run, &run->subjects[i], &one));
        TRY(apply_acceptance(db, one));
        TRY(process_progress(run, i + 1));
    }
    return STATUS_OK;
}

static NEOERR *will_many(struct process_run *run)
{
    return nerr_pass(process_will(run, n_("%zu file is made; then one order enrols.", "%zu files are made; then one order enrols them.", run->subject_count),
                                  run->subject_count));
}

static NEOERR *done_many(struct process_run *run)
{
    TRY(process_next(run, _("Accepted, to be enrolled"), route_url(run->rq, "admitted"), true));
    return nerr_pass(process_next(run, _("Applications for admission"), route_url(run->rq, "applications"), false));
}

static const struct process_rows many_rows = {.list = &applications_list, .label = label_applications, .check = check_many};

const struct process accept_applications = {
    .id = "accept-applications",
    .title = N_("Acceptance of applications for admission"),
    .subject_kind = "application",
    .subject_route = "application",
    .permission = &register_pupils,
    .steps = {{.id = "data", .title = N_("Filling in the data"), .submit = N_("Accept"), .kind = STEP_FORM, .fields = many_fields, .rows = &many_rows}},
    .menu = "applications",
    .fallback_route = "applications",
    .begin = begin_many,
    .apply = apply_many,
    .will = will_many,
    .done = done_many,
};
