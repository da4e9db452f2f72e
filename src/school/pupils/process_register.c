/* process_register.c: «Регистрация учащегося»: a pupil's (CON-21, CON-28) or student's (CON-22) file is created. */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/crypto.h"
#include "base/iin.h"
#include "base/name.h"
#include "engine/auth.h"
#include "school/codes.h"
#include "school/people/person.h"
#include "school/permissions.h"

#include <stdlib.h>
#include <string.h>

/* ---- conditions of the fields ---- */

/* Starred for residents of a school only (G4); a reason why there is none yet takes the star away. */
static bool needs_iin(const struct form_data *form)
{
    return form_in_school(form) && pupil_is_resident(form) && form_text(form, "no_iin_reason")[0] == '\0';
}

static bool may_lack_iin(const struct form_data *form)
{
    return form_in_school(form) && pupil_is_resident(form);
}

/* ---- likely the same person ---- */

static struct person typed_person(const struct form_data *form)
{
    return (struct person){
        .surname = form_text(form, "surname"), .given = form_text(form, "given"), .patronymic = form_text(form, "patronymic"),
        .iin = form_text_or_null(form, "iin"), .born = form_date(form, "born_on"), .sex = form_text_or_null(form, "sex"),
    };
}

static const char KNOWN_HERE[] =
    "SELECT (SELECT COUNT(*) FROM pupil WHERE org_id = ? AND person_id = ?) + (SELECT COUNT(*) FROM employee WHERE org_id = ? AND person_id = ?)"
    " + (SELECT COUNT(*) FROM kinship WHERE org_id = ? AND person_id = ?)";

/* A person of another organisation is not named: only that the number is known. */
static NEOERR *likely_label(struct request *rq, const struct person *found, const char **label)
{
    int64_t here, org = rq->place.org;
    TRY(db_number(rq->db, KNOWN_HERE,
                  DB_VALUES(DB_INT(org), DB_INT(found->id), DB_INT(org), DB_INT(found->id), DB_INT(org), DB_INT(found->id)), &here, NULL));
    if (here == 0)
        *label = _("the same person, already known to another organisation");
    else
        *label = pool_printf(rq->pool, _("the same person: %s, %s, № %s"), name_full(rq->pool, found->surname, found->given, found->patronymic),
                             i18n_date(rq->pool, found->born), found->login);
    return STATUS_OK;
}

struct found_person {
    struct person person;
    struct found_person *next;
};
struct found_people {
    struct pool *pool;
    const char *typed; /* whom they are like */
    struct found_person *first, **last;
};

static NEOERR *keep_found(void *data, const struct person *found)
{
    struct found_people *people = data;
    struct found_person *kept = pool_alloc(people->pool, sizeof *kept);
    kept->person = *found;
    *people->last = kept;
    people->last = &kept->next;
    return STATUS_OK;
}

static const char *typed_words(struct pool *pool, const struct form_data *form)
{
    return pool_printf(pool, "%s|%s|%s|%s|%s|%s", form_text(form, "surname"), form_text(form, "given"), form_text(form, "patronymic"),
                       form_text(form, "iin"), form_text(form, "born_on"), form_text(form, "sex"));
}

/* Reading, choosing and showing all ask: looked for once, as long as the same person is typed. */
static NEOERR *find_people(const struct form_data *form, struct found_person **first)
{
    struct process_run *run = form->detail;
    struct pool *pool = form->rq->pool;
    struct found_people *people = run->kept;
    struct person typed = typed_person(form);
    const char *words = typed_words(pool, form);
    *first = NULL;
    if (typed.surname[0] == '\0' && typed.iin == NULL)
        return STATUS_OK;
    if (people == NULL || strcmp(people->typed, words) != 0) {
        people = pool_alloc(pool, sizeof *people);
        *people = (struct found_people){.pool = pool, .typed = words, .last = &people->first};
        TRY(person_find_same(form->rq->db, pool, &typed, keep_found, people));
        run->kept = people;
    }
    *first = people->first;
    return STATUS_OK;
}

static bool has_likely(const struct form_data *form)
{
    struct found_person *first = NULL;
    error_release(find_people(form, &first));
    return first != NULL;
}

static bool same_iin(const struct form_data *form, const struct person *person)
{
    const char *iin = form_text(form, "iin");
    return person->iin != NULL && iin[0] != '\0' && strcmp(person->iin, iin) == 0;
}

/* With the same IIN it can only be the same person; with the same name and date it may be another. */
static NEOERR *same_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct request *rq = form->rq;
    struct found_person *found;
    bool certain = false;
    (void)field;
    TRY(find_people(form, &found));
    for (; found != NULL; found = found->next) {
        struct choice choice = {.value = pool_printf(rq->pool, "%lld", (long long)found->person.id)};
        certain = certain || same_iin(form, &found->person);
        TRY(likely_label(rq, &found->person, &choice.label));
        TRY(add(form, &choice));
    }
    if (certain)
        return STATUS_OK;
    return nerr_pass(add(form, &(struct choice){.value = "0", .label = _("another person with the same name and birth date")}));
}

/* ---- fields ---- */

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"class_shown", N_("Class"), FIELD_SHOWN},
    {"same", N_("Is it the same person?"), FIELD_CHOICE, REQUIRED | RADIO, .choices = same_choices, .when = has_likely},
    {"class", N_("Class"), FIELD_HIDDEN},
    {"grade", N_("Parallel"), FIELD_CHOICE, REQUIRED, .choices = class_grade_choices},
    {"resident", N_("Residency"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &residency_codes, .when = form_in_school},
    {"iin", N_("IIN"), FIELD_IIN, .required_when = needs_iin, .depends = "resident"},
    {"no_iin_reason", N_("No IIN yet"), FIELD_CHOICE, .codes = &no_iin_reason_codes, .when = may_lack_iin, .depends = "resident",
     .hint = N_("Only when there is no number yet: the file then stays in “not filled in”")},
    {"surname", N_("Surname"), FIELD_NAME, REQUIRED},
    {"given", N_("Given name"), FIELD_NAME, REQUIRED},
    {"patronymic", N_("Patronymic"), FIELD_NAME},
    {"born_on", N_("Date of birth"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"sex", N_("Sex"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &sex_codes},
    {"email", N_("E-mail"), FIELD_EMAIL},
    {"entered_on", N_("Date of entry"), FIELD_DATE, REQUIRED, .when = form_in_college},
    {0},
};

/* ---- rules ---- */

static NEOERR *begin(struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t id = request_query_number(rq, "class");
    struct class class;
    TRY(form_set(run->form, "school", rq->place.name));
    TRY(form_set(run->form, "resident", "1"));
    if (id == 0)
        id = strtoll(request_posted(rq, "class"), NULL, 10);
    if (id == 0)
        return nerr_pass(form_set(run->form, "grade", request_query(rq, "grade")));
    TRY(class_load(rq, id, &class));
    TRY(form_set_number(run->form, "class", id));
    TRY(form_set(run->form, "class_shown", class.label));
    return nerr_pass(form_set_number(run->form, "grade", class.grade));
}

static const char FIND_PUPIL[] =
    "SELECT id FROM pupil WHERE org_id = ? AND person_id = ? LIMIT 1";

static NEOERR *check_not_here(struct process_run *run, int64_t person)
{
    int64_t pupil;
    bool found;
    const char *label;
    TRY(db_number(run->rq->db, FIND_PUPIL, DB_VALUES(DB_INT(run->rq->place.org), DB_INT(person)), &pupil, &found));
    if (!found)
        return STATUS_OK;
    TRY(pupil_label(run->rq, pupil, &label));
    return nerr_pass(form_error(run->form, "same", _("This person already has a file here: %s"), label));
}

/* A birth date or sex that the number does not say is allowed by the law: a warning (decree No 853). */
static NEOERR *warn_of_iin(struct form_data *form)
{
    struct date born;
    char sex;
    if (form_text(form, "iin")[0] == '\0' || form_has_error(form, "iin") || !iin_reads(form_text(form, "iin"), &born, &sex))
        return STATUS_OK;
    if (date_compare(born, form_date(form, "born_on")) != 0 || sex != form_text(form, "sex")[0])
        return nerr_pass(form_warn(form, "iin", "%s", _("The number says another birth date or sex; check it against the document")));
    return STATUS_OK;
}

static NEOERR *check(struct process_run *run)
{
    struct form_data *form = run->form;
    int64_t same = form_number(form, "same");
    run->title = name_full(run->rq->pool, form_text(form, "surname"), form_text(form, "given"), form_text(form, "patronymic"));
    TRY(warn_of_iin(form));
    return same != 0 ? nerr_pass(check_not_here(run, same)) : STATUS_OK;
}

/* ---- writing ---- */

static const char ADD[] =
    "INSERT INTO pupil (org_id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, grade, resident,"
    " no_iin_reason, email, entered_on, registered_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static NEOERR *add_pupil(struct db *db, struct process_run *run, int64_t person)
{
    struct form_data *form = run->form;
    struct name_keys keys;
    char uid[CRYPTO_UUID_SIZE];
    crypto_uuid(uid);
    name_keys_make(run->rq->pool, form_text(form, "surname"), form_text(form, "given"), form_text(form, "patronymic"), &keys);
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(DB_INT(run->rq->place.org), DB_TEXT(uid), DB_INT(person), DB_TEXT(form_text(form, "surname")),
                                       DB_TEXT(form_text(form, "given")), DB_TEXT(form_text(form, "patronymic")), DB_DATE(form_date(form, "born_on")),
                                       DB_TEXT(form_text(form, "sex")), DB_SORT_KEY(keys), DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION),
                                       DB_INT(form_number(form, "grade")), DB_INT(pupil_is_resident(form)), DB_TEXT(form_text_or_null(form, "no_iin_reason")),
                                       DB_TEXT(form_text(form, "email")), DB_DATE(form_date(form, "entered_on")), DB_TIME(clock_now())),
                             NULL, &run->made));
}

static NEOERR *apply(struct db *db, struct process_run *run)
{
    struct person person = typed_person(run->form);
    person.id = form_number(run->form, "same");
    if (person.id == 0)
        TRY(person_add(db, run->rq->pool, &person));
    TRY(auth_account_need(db, person.id));
    TRY(add_pupil(db, run, person.id));
    return nerr_pass(pupil_roles_changed(db, run->rq->place.org, run->made));
}

static NEOERR *done(struct process_run *run)
{
    struct request *rq = run->rq;
    const char *class = form_text(run->form, "class"), *made = route_number(rq, run->made);
    const char *enrol = process_url(rq, &enrol_pupil, run->made);
    if (class[0] != '\0')
        enrol = route_with(rq->pool, enrol, "class", class);
    if (request_may(rq, &move_pupils))
        TRY(process_next(run, _("Enrol"), enrol, true));
    TRY(process_next(run, request_words(rq, N_("Open the file")), route_url(rq, "pupil", made), false));
    return nerr_pass(process_next(run, request_words(rq, N_("Register another pupil")), process_url(rq, run->process, 0), false));
}

const struct process register_pupil = {
    .id = "register-pupil",
    .title = N_("Registration of a pupil"),
    .subject_kind = "pupil",
    .subject_route = "pupil",
    .permission = &register_pupils,
    .steps = {{.id = "data", .title = N_("Filling in the data"), .submit = N_("Create"), .kind = STEP_FORM, .fields = fields}},
    .menu = "contingent",
    .fallback_route = "contingent",
    .begin = begin,
    .check = check,
    .apply = apply,
    .done = done,
};
