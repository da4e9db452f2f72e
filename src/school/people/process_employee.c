/* process_employee.c: an employee is added with roles and a login; the full hiring by order comes with the personnel area. */
#include "school/people/people.h"

#include "base/crypto.h"
#include "base/name.h"
#include "engine/auth.h"
#include "school/codes.h"
#include "school/people/person.h"
#include "school/permissions.h"

#include <string.h>

/* Who may add staff need not be one who gives roles. */
static bool may_give_roles(const struct form_data *form)
{
    return request_may(form->rq, &grant_roles);
}

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
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

struct known {
    struct pool *pool;
    int64_t id;
    const char *fold;
};

static NEOERR *take_known(void *data, const struct person *found)
{
    struct known *known = data;
    known->id = found->id;
    known->fold = text_fold(known->pool, name_full(known->pool, found->surname, found->given, found->patronymic));
    return STATUS_OK;
}

static struct person typed_person(const struct form_data *form)
{
    return (struct person){
        .surname = form_text(form, "surname"), .given = form_text(form, "given"), .patronymic = form_text(form, "patronymic"),
        .iin = form_text_or_null(form, "iin"), .born = form_date(form, "born_on"), .sex = form_text_or_null(form, "sex"),
    };
}

/* The same person in two organisations, or a parent who is hired, is one row: found by the IIN. */
static NEOERR *find_known(struct process_run *run, struct known *known)
{
    struct person like = {.surname = "", .given = "", .patronymic = "", .iin = form_text_or_null(run->form, "iin")};
    *known = (struct known){.pool = run->rq->pool};
    return like.iin == NULL ? STATUS_OK : nerr_pass(person_find_same(run->rq->db, run->rq->pool, &like, take_known, known));
}

static const char IS_EMPLOYEE[] = "SELECT id FROM employee WHERE org_id = ? AND person_id = ?";

static NEOERR *check(struct process_run *run)
{
    struct form_data *form = run->form;
    struct known known;
    int64_t employee;
    bool found;
    run->title = name_full(run->rq->pool, form_text(form, "surname"), form_text(form, "given"), form_text(form, "patronymic"));
    TRY(find_known(run, &known));
    if (known.id == 0)
        return STATUS_OK;
    if (strcmp(known.fold, text_fold(run->rq->pool, run->title)) != 0)
        TRY(form_error(form, "iin", "%s", _("This IIN is already known as another person's")));
    TRY(db_number(run->rq->db, IS_EMPLOYEE, DB_VALUES(DB_INT(run->rq->place.org), DB_INT(known.id)), &employee, &found));
    if (found)
        TRY(form_error(form, "iin", "%s", _("This person already has a file among the staff")));
    return STATUS_OK;
}

static const char ADD[] =
    "INSERT INTO employee (org_id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, position,"
    " may_lead_class, email, phone, hired_on)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static NEOERR *apply(struct db *db, struct process_run *run)
{
    struct form_data *form = run->form;
    struct person person = typed_person(form);
    struct name_keys keys;
    struct known known;
    char uid[CRYPTO_UUID_SIZE];
    crypto_uuid(uid);
    TRY(find_known(run, &known));
    person.id = known.id;
    if (person.id == 0)
        TRY(person_add(db, run->rq->pool, &person));
    name_keys_make(run->rq->pool, person.surname, person.given, person.patronymic, &keys);
    TRY(db_exec(db, ADD,
                DB_VALUES(DB_INT(run->rq->place.org), DB_TEXT(uid), DB_INT(person.id), DB_TEXT(person.surname), DB_TEXT(person.given),
                          DB_TEXT(person.patronymic), DB_DATE(person.born), DB_TEXT(person.sex), DB_SORT_KEY(keys), DB_TEXT(keys.fold),
                          DB_INT(TEXT_KEY_VERSION), DB_TEXT(form_text(form, "position")), DB_INT(form_ticked(form, "may_lead_class", NULL)),
                          DB_TEXT(form_text(form, "email")), DB_TEXT(form_text(form, "phone")), DB_DATE(form_date(form, "hired_on"))),
                NULL, &run->made));
    TRY(auth_account_need(db, person.id));
    return may_give_roles(form) ? nerr_pass(roles_set(db, run->rq, person.id, form_text(form, "roles"))) : STATUS_OK;
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
