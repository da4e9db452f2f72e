/* process_register.c: «Регистрация учащегося»: a pupil's (CON-21, CON-28) or student's (CON-22) file is created. */
#include "school/pupils/process_register.h"

#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/crypto.h"
#include "base/text.h"
#include "school/codes.h"
#include "school/permissions.h"

#include <stdlib.h>
#include <string.h>

/* ---- conditions of the fields ---- */

bool pupil_needs_iin(const struct form_data *form)
{
    return form_in_school(form) && pupil_is_resident(form) && form_text(form, "no_iin_reason")[0] == '\0';
}

bool pupil_may_lack_iin(const struct form_data *form)
{
    return form_in_school(form) && pupil_is_resident(form);
}

/* ---- fields ---- */

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"class_shown", N_("Class"), FIELD_SHOWN},
    SAME_PERSON_FIELD,
    {"class", N_("Class"), FIELD_HIDDEN},
    PUPIL_DATA_FIELDS,
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

NEOERR *pupil_check_new(struct process_run *run)
{
    int64_t same = form_number(run->form, "same");
    TRY(same_person_check(run));
    return same != 0 ? nerr_pass(check_not_here(run, same)) : STATUS_OK;
}

/* ---- writing ---- */

static const char ADD[] =
    "INSERT INTO pupil (org_id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, grade, resident,"
    " no_iin_reason, email, entered_on, registered_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static NEOERR *add_file(struct db *db, struct process_run *run, int64_t person, int64_t *pupil)
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
                             NULL, pupil));
}

NEOERR *pupil_add(struct db *db, struct process_run *run, int64_t *pupil)
{
    int64_t person;
    TRY(same_person_take(db, run, &person));
    TRY(add_file(db, run, person, pupil));
    return nerr_pass(pupil_roles_changed(db, run->rq->place.org, *pupil));
}

static NEOERR *apply(struct db *db, struct process_run *run)
{
    return nerr_pass(pupil_add(db, run, &run->made));
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
    .check = pupil_check_new,
    .apply = apply,
    .done = done,
};
