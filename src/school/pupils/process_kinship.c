/* process_kinship.c: «Регистрация родства»: a parent, or a person in their place, of one pupil or of several children at once (CON-27). */
#include "school/pupils/pupils.h"

#include "school/codes.h"
#include "school/people/same_person.h"
#include "school/permissions.h"

#include <string.h>

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"pupil", N_("Pupil"), FIELD_SHOWN},
    SAME_PERSON_FIELD,
    {"iin", N_("IIN"), FIELD_IIN},
    {"surname", N_("Surname"), FIELD_NAME, REQUIRED},
    {"given", N_("Given name"), FIELD_NAME, REQUIRED},
    {"patronymic", N_("Patronymic"), FIELD_NAME},
    {"born_on", N_("Date of birth"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"sex", N_("Sex"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &sex_codes},
    {"email", N_("E-mail"), FIELD_EMAIL},
    {"degree", N_("Degree of kinship"), FIELD_CHOICE, REQUIRED, .codes = &kinship_degree_codes},
    {"phone", N_("Phones"), FIELD_PHONE, .hint = N_("Several are separated by a comma")},
    {"work", N_("Place of work and position"), FIELD_TEXT, WIDE, .max = 300},
    {0},
};

/* A class teacher adds parents in the own class only. */
static NEOERR *label_own(struct request *rq, struct process_subject *pupils, size_t count)
{
    if ((request_scopes(rq, &edit_pupils) & (SCOPE_ORGANISATION | SCOPE_ALL)) == 0)
        for (size_t i = 0; i < count; i++)
            TRY(pupil_check_scope(rq, &edit_pupils, pupils[i].id));
    return nerr_pass(pupil_labels(rq, pupils, count));
}

/* ---- rules ---- */

/* Degrees whose holder is older than the child. */
static bool is_older(const char *degree)
{
    static const char *const older[] = {"mother", "father", "grandmother", "grandfather"};
    for (size_t i = 0; i < sizeof older / sizeof older[0]; i++)
        if (strcmp(older[i], degree) == 0)
            return true;
    return false;
}

static NEOERR *refuse(struct process_run *run, struct process_subject *subject, const char *field, const char *words)
{
    const char *said = pool_printf(run->rq->pool, request_words(run->rq, words), subject->label);
    if (run->subject_count == 1)
        return nerr_pass(form_error(run->form, field, "%s", said));
    subject->message = said;
    return STATUS_OK;
}

static NEOERR *judge(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    struct process_subject *pupil = process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0));
    struct date born = db_get_date(row, 1), parent_born = form_date(run->form, "born_on");
    if (db_get_int(row, 2) != 0)
        return nerr_pass(refuse(run, pupil, "same", N_("%s cannot be of one's own family: this is the same person")));
    if (db_get_int(row, 3) != 0)
        return nerr_pass(refuse(run, pupil, "same", N_("%s: this person stands in the family already; open the tab “Family”")));
    if (is_older(form_text(run->form, "degree")) && born.year != 0 && date_compare(parent_born, born) >= 0)
        return nerr_pass(refuse(run, pupil, "born_on", N_("%s is older than this parent: check the date of birth")));
    return STATUS_OK;
}

static const char FAMILIES[] =
    "SELECT p.id, p.born_on, p.person_id = ?, k.id IS NOT NULL"
    " FROM " PROCESS_SUBJECTS
    " JOIN pupil p ON p.org_id = ? AND p.id = s.id"
    " LEFT JOIN kinship k ON k.org_id = p.org_id AND k.pupil_id = p.id AND k.person_id = ?";

static NEOERR *check_rows(struct process_run *run)
{
    struct db_value same = DB_INT(form_number(run->form, "same"));
    const char *ids = process_subject_ids(run->rq->pool, run->subjects, run->subject_count);
    return nerr_pass(db_each(run->rq->db, FAMILIES, DB_VALUES(same, DB_TEXT(ids), DB_INT(run->rq->place.org), same), judge, run));
}

/* ---- writing ---- */

static const char ADD[] =
    "INSERT INTO kinship (org_id, pupil_id, person_id, degree, phone, email, work) VALUES (?, ?, ?, ?, ?, ?, ?)";

static NEOERR *apply(struct db *db, struct process_run *run)
{
    struct form_data *form = run->form;
    struct db_value org = DB_INT(run->rq->place.org), degree = DB_TEXT(form_text(form, "degree"));
    struct db_value phone = DB_TEXT(form_text(form, "phone")), email = DB_TEXT(form_text(form, "email")), work = DB_TEXT(form_text(form, "work"));
    int64_t person;
    TRY(same_person_take(db, run, &person));
    for (size_t i = 0; i < run->subject_count; i++) {
        TRY(db_exec(db, ADD, DB_VALUES(org, DB_INT(run->subjects[i].id), DB_INT(person), degree, phone, email, work), NULL, NULL));
        TRY(pupil_roles_changed(db, run->rq->place.org, run->subjects[i].id));
    }
    return STATUS_OK;
}

static NEOERR *will(struct process_run *run)
{
    TRY(process_will(run, "%s", request_words(run->rq, N_("The parent stands in the family of the pupil."))));
    return nerr_pass(process_will(run, "%s", _("The parent gets a login and sees the child's file.")));
}

static const char LAST_OF[] =
    "SELECT id FROM kinship WHERE org_id = ? AND pupil_id = ? ORDER BY id DESC LIMIT 1";

static NEOERR *done(struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t pupil = run->subjects[0].id, kinship;
    const char *slip;
    TRY(db_number(rq->db, LAST_OF, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil)), &kinship, NULL));
    TRY(kinship_slip(rq, kinship, &slip));
    TRY(process_next(run, _("Open the family"), route_url(rq, "pupil-tab", route_number(rq, pupil), "family"), true));
    if (slip != NULL)
        TRY(process_next(run, _("Activation slip"), slip, false));
    return nerr_pass(process_next(run, _("Add another parent"), process_url(rq, run->process, pupil), false));
}

static const struct process_rows rows = {.list = &pupils_list, .label = label_own, .check = check_rows};

const struct process register_kinship = {
    .id = "register-kinship",
    .title = N_("Registration of kinship"),
    .subject_kind = "pupil",
    .subject_route = "pupil",
    .permission = &edit_pupils,
    .steps = {{.id = "data", .title = N_("Adding parents"), .submit = N_("Create"), .kind = STEP_FORM, .fields = fields, .rows = &rows}},
    .menu = "contingent",
    .fallback_route = "contingent",
    .begin = pupil_begin,
    .check = same_person_check,
    .apply = apply,
    .will = will,
    .done = done,
};
