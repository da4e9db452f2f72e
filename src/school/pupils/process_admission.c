/* process_admission.c: an application for admission is registered with a number. */
#include "school/pupils/admission.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "base/text.h"
#include "engine/place.h"
#include "school/codes.h"
#include "school/people/same_person.h"
#include "school/permissions.h"

/* ---- registration ---- */

/* In spring and summer the next school year is meant. */
static int year_of_entry(struct request *rq)
{
    struct date today = request_today(rq);
    return today.year > rq->place.year && today.month < 9 ? rq->place.year + 1 : rq->place.year;
}

static NEOERR *year_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct request *rq = form->rq;
    (void)field;
    for (int year = rq->place.year; year <= rq->place.year + 1; year++) {
        struct choice choice = {.value = pool_printf(rq->pool, "%d", year), .label = pool_printf(rq->pool, "%d–%d", year, year + 1)};
        TRY(add(form, &choice));
    }
    return STATUS_OK;
}

static const struct field application_fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"year", N_("School year"), FIELD_CHOICE, REQUIRED | RADIO, .choices = year_choices},
    {"grade", N_("Parallel"), FIELD_CHOICE, REQUIRED, .choices = class_grade_choices},
    {"submitted_on", N_("Submitted on"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"iin", N_("IIN"), FIELD_IIN, NEW_GROUP},
    {"surname", N_("Surname"), FIELD_NAME, REQUIRED},
    {"given", N_("Given name"), FIELD_NAME, REQUIRED},
    {"patronymic", N_("Patronymic"), FIELD_NAME},
    {"born_on", N_("Date of birth"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"sex", N_("Sex"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &sex_codes},
    APPLICANT_FIELDS,
    {"papers", N_("Papers brought"), FIELD_TICKS, NEW_GROUP, .choices = admission_paper_choices, .hint = N_("The receipt names what is missing")},
    {0},
};

static NEOERR *begin_application(struct process_run *run)
{
    struct request *rq = run->rq;
    TRY(form_set(run->form, "school", rq->place.name));
    TRY(form_set_number(run->form, "year", year_of_entry(rq)));
    TRY(form_set(run->form, "grade", "1"));
    return nerr_pass(form_set_date(run->form, "submitted_on", request_today(rq)));
}

static const char FIND_DOUBLE[] =
    "SELECT number FROM application WHERE org_id = ? AND year = ? AND fold_key = ? AND born_on = ? AND state IN ('submitted', 'accepted') LIMIT 1";

static NEOERR *check_application(struct process_run *run)
{
    struct form_data *form = run->form;
    int64_t number;
    bool found;
    TRY(same_person_check(run));
    TRY(db_number(run->rq->db, FIND_DOUBLE,
                  DB_VALUES(DB_INT(run->rq->place.org), DB_INT(form_number(form, "year")), DB_TEXT(text_fold(run->rq->pool, run->title)),
                            DB_DATE(form_date(form, "born_on"))),
                  &number, &found));
    return found ? nerr_pass(form_error(form, "surname", _("There is an application of this child already: № %lld"), (long long)number)) : STATUS_OK;
}

static const char NEXT_NUMBER[] = "SELECT COALESCE(MAX(number), 0) + 1 FROM application WHERE org_id = ? AND year = ?";
static const char ADD[] =
    "INSERT INTO application (org_id, year, number, submitted_on, surname, given, patronymic, iin, born_on, sex, sort_key, fold_key, key_version, grade,"
    " language, speciality, address, applicant, degree, phone, email, papers)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static NEOERR *apply_application(struct db *db, struct process_run *run)
{
    struct form_data *form = run->form;
    struct person child = same_person_typed(form);
    struct db_value org = DB_INT(run->rq->place.org), year = DB_INT(form_number(form, "year"));
    struct name_keys keys;
    int64_t number;
    name_keys_make(run->rq->pool, child.surname, child.given, child.patronymic, &keys);
    TRY(place_lock(db, run->rq)); /* one number at a time */
    TRY(db_number(db, NEXT_NUMBER, DB_VALUES(org, year), &number, NULL));
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(org, year, DB_INT(number), DB_DATE(form_date(form, "submitted_on")), DB_TEXT(child.surname), DB_TEXT(child.given),
                                       DB_TEXT(child.patronymic), DB_TEXT(child.iin), DB_DATE(child.born), DB_TEXT(child.sex), DB_SORT_KEY(keys),
                                       DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION), DB_INT(form_number(form, "grade")),
                                       DB_TEXT(form_text_or_null(form, "language")), DB_TEXT(form_text(form, "speciality")), DB_TEXT(form_text(form, "address")),
                                       DB_TEXT(form_text(form, "applicant")), DB_TEXT(form_text_or_null(form, "degree")), DB_TEXT(form_text(form, "phone")),
                                       DB_TEXT(form_text(form, "email")), DB_TEXT(form_text(form, "papers"))),
                             NULL, &run->made));
}

static NEOERR *done_application(struct process_run *run)
{
    struct request *rq = run->rq;
    const char *made = route_number(rq, run->made);
    TRY(process_next(run, _("Receipt"), route_url(rq, "application-print", made), true));
    TRY(process_next(run, _("Open the application"), route_url(rq, "application", made), false));
    return nerr_pass(process_next(run, _("Register another application"), process_url(rq, run->process, 0), false));
}

const struct process register_application = {
    .id = "register-application",
    .title = N_("Registration of an application for admission"),
    .subject_kind = "application",
    .subject_route = "application",
    .permission = &register_pupils,
    .steps = {{.id = "data", .title = N_("Filling in the data"), .submit = N_("Register"), .kind = STEP_FORM, .fields = application_fields}},
    .menu = "applications",
    .fallback_route = "applications",
    .begin = begin_application,
    .check = check_application,
    .apply = apply_application,
    .done = done_application,
};
