/* process_employee.c: an employee is added with roles and a login; the full hiring by order comes with the personnel area. */
#include "school/people/people.h"

#include "base/crypto.h"
#include "base/text.h"
#include "school/codes.h"
#include "school/people/same_person.h"
#include "school/permissions.h"

/* Who may add staff need not be one who gives roles. */
static bool may_give_roles(const struct form_data *form)
{
    return request_may(form->rq, &grant_roles);
}

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    SAME_PERSON_FIELD,
    {"iin", N_("IIN"), FIELD_IIN},
    {"surname", N_("Surname"), FIELD_NAME, REQUIRED},
    {"given", N_("Given name"), FIELD_NAME, REQUIRED},
    {"patronymic", N_("Patronymic"), FIELD_NAME},
    {"born_on", N_("Date of birth"), FIELD_DATE, FUTURE_NO},
    {"sex", N_("Sex"), FIELD_CHOICE, RADIO, .codes = &sex_codes},
    {"position", N_("Position"), FIELD_TEXT, REQUIRED, .max = 200},
    {"may_lead_class", N_("May be a class teacher"), FIELD_TICK},
    {"hired_on", N_("Hired on"), FIELD_DATE, REQUIRED},
    {"email", N_("E-mail"), FIELD_EMAIL},
    {"phone", N_("Phone"), FIELD_PHONE},
    {"roles", N_("Roles"), FIELD_TICKS, .choices = role_choices, .hint = N_("Rights are the sum of all roles"), .when = may_give_roles},
    {0},
};

static NEOERR *begin(struct process_run *run)
{
    TRY(form_set(run->form, "school", run->rq->place.name));
    return nerr_pass(form_set_date(run->form, "hired_on", request_today(run->rq)));
}

static const char IS_EMPLOYEE[] = "SELECT id FROM employee WHERE org_id = ? AND person_id = ?";

static NEOERR *check(struct process_run *run)
{
    int64_t employee, same = form_number(run->form, "same");
    bool found;
    TRY(same_person_check(run));
    TRY(db_number(run->rq->db, IS_EMPLOYEE, DB_VALUES(DB_INT(run->rq->place.org), DB_INT(same)), &employee, &found));
    return found ? nerr_pass(form_error(run->form, "same", "%s", _("This person already has a file among the staff"))) : STATUS_OK;
}

static const char ADD[] =
    "INSERT INTO employee (org_id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, position,"
    " may_lead_class, email, phone, hired_on)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static NEOERR *add_employee(struct db *db, struct process_run *run, int64_t person)
{
    struct form_data *form = run->form;
    const char *surname = form_text(form, "surname"), *given = form_text(form, "given"), *patronymic = form_text(form, "patronymic");
    struct name_keys keys;
    char uid[CRYPTO_UUID_SIZE];
    crypto_uuid(uid);
    name_keys_make(run->rq->pool, surname, given, patronymic, &keys);
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(DB_INT(run->rq->place.org), DB_TEXT(uid), DB_INT(person), DB_TEXT(surname), DB_TEXT(given), DB_TEXT(patronymic),
                                       DB_DATE(form_date(form, "born_on")), DB_TEXT(form_text_or_null(form, "sex")), DB_SORT_KEY(keys), DB_TEXT(keys.fold),
                                       DB_INT(TEXT_KEY_VERSION), DB_TEXT(form_text(form, "position")), DB_INT(form_ticked(form, "may_lead_class", NULL)),
                                       DB_TEXT(form_text(form, "email")), DB_TEXT(form_text(form, "phone")), DB_DATE(form_date(form, "hired_on"))),
                             NULL, &run->made));
}

static NEOERR *apply(struct db *db, struct process_run *run)
{
    int64_t person;
    TRY(same_person_take(db, run, &person));
    TRY(add_employee(db, run, person));
    return may_give_roles(run->form) ? nerr_pass(roles_set(db, run->rq, person, form_text(run->form, "roles"))) : STATUS_OK;
}

static const char PERSON_OF[] = "SELECT person_id FROM employee WHERE org_id = ? AND id = ?";

static NEOERR *done(struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t person;
    TRY(db_number(rq->db, PERSON_OF, DB_VALUES(DB_INT(rq->place.org), DB_INT(run->made)), &person, NULL));
    if (request_may(rq, &make_slips))
        TRY(process_next(run, _("Activation slip"),
                         route_with(rq->pool, route_url(rq, "slips"), "whom", pool_printf(rq->pool, "person:%lld", (long long)person)), true));
    TRY(process_next(run, _("Open the file"), route_url(rq, "employee", route_number(rq, run->made)), false));
    return nerr_pass(process_next(run, _("Add another employee"), process_url(rq, run->process, 0), false));
}

const struct process register_employee = {
    .id = "register-employee",
    .title = N_("Registration of an employee"),
    .subject_kind = "employee",
    .subject_route = "employee",
    .permission = &manage_staff,
    .steps = {{.id = "data", .title = N_("Filling in the data"), .submit = N_("Create"), .kind = STEP_FORM, .fields = fields}},
    .menu = "staff",
    .fallback_route = "staff",
    .begin = begin,
    .check = check,
    .apply = apply,
    .done = done,
};
