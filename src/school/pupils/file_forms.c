/* file_forms.c: the forms of a pupil's file that are filled in once, not in rows: personal data, contacts, education. (CON-25, G11) */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/text.h"
#include "school/codes.h"
#include "school/org/org.h"
#include "school/people/same_person.h"
#include "school/permissions.h"

#include <string.h>

static NEOERR *pupil_scope(struct request *rq, int64_t id, bool edit)
{
    return nerr_pass(pupil_check_scope(rq, edit ? &edit_pupils : &see_contingent, id));
}

#define FORM_OF_FILE .table = "pupil", .subject_kind = "pupil", .see = &see_contingent, .edit = &edit_pupils, .scope = pupil_scope

/* ---- personal data ---- */

static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz' -";

static NEOERR *check_latin(struct form_data *form, const struct field *field, const char *value)
{
    if (value[strspn(value, LETTERS)] != '\0')
        return nerr_pass(form_error(form, field->name, _("“%s”: only Latin letters, a hyphen, an apostrophe and a space, as in the passport"), _(field->label)));
    return STATUS_OK;
}

static const struct field personal_fields[] = {
    {"login", N_("Login"), FIELD_SHOWN},
    {"surname", N_("Surname"), FIELD_NAME, REQUIRED},
    {"given", N_("Given name"), FIELD_NAME, REQUIRED},
    {"patronymic", N_("Patronymic"), FIELD_NAME},
    {"surname_latin", N_("Surname in the passport"), FIELD_TEXT, .max = 100, .check = check_latin, .hint = N_("In Latin letters")},
    {"given_latin", N_("Given name in the passport"), FIELD_TEXT, .max = 100, .check = check_latin, .hint = N_("In Latin letters")},
    {"iin", N_("IIN"), FIELD_IIN, PROTECTED, .column = ""},
    {"no_iin_reason", N_("No IIN yet"), FIELD_CHOICE, .codes = &no_iin_reason_codes},
    {"resident", N_("Residency"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &residency_codes},
    {"born_on", N_("Date of birth"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"sex", N_("Sex"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &sex_codes},
    {"birth_place", N_("Place of birth"), FIELD_TEXT, WIDE, .max = 300},
    {"citizenship", N_("Citizenship"), FIELD_CHOICE, .codes = &citizenship_codes},
    {"nationality", N_("Nationality"), FIELD_CHOICE, .codes = &nationality_codes},
    {"photo_id", N_("Photo"), FIELD_FILE},
    {0},
};

static NEOERR *take_person(void *data, const struct db_row *row)
{
    TRY(form_set(data, "iin", db_get_or(row, 0, "")));
    return nerr_pass(form_set(data, "login", db_get(row, 1)));
}

static const char PERSON[] =
    "SELECT h.iin, h.login FROM pupil p JOIN person h ON h.id = p.person_id WHERE p.org_id = ? AND p.id = ?";

static NEOERR *load_personal(struct form_data *form, int64_t id)
{
    TRY(form_load_columns(&pupil_personal_form, form, id));
    return nerr_pass(db_one(form->rq->db, PERSON, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id)), take_person, form));
}

static const char PERSON_OF[] =
    "SELECT person_id FROM pupil WHERE org_id = ? AND id = ?";

static NEOERR *person_of(struct db *db, const struct form_data *form, int64_t *person)
{
    return nerr_pass(db_number(db, PERSON_OF, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(form->subject)), person, NULL));
}

static NEOERR *check_personal(struct form_data *form)
{
    int64_t person;
    TRY(person_of(form->rq->db, form, &person));
    TRY(same_person_check_iin(form, person));
    if (form_in_school(form) && pupil_is_resident(form) && form_text(form, "iin")[0] == '\0' && form_text(form, "no_iin_reason")[0] == '\0')
        TRY(form_error(form, "iin", "%s", _("Fill in the IIN, or choose why there is none yet")));
    return STATUS_OK;
}

static const char SAVE_KEYS[] =
    "UPDATE pupil SET sort_key = ?, fold_key = ?, key_version = ? WHERE org_id = ? AND id = ?";

static NEOERR *save_personal(struct db *db, struct form_data *form, int64_t id)
{
    struct request *rq = form->rq;
    struct person person = same_person_typed(form);
    struct name_keys keys;
    name_keys_make(rq->pool, person.surname, person.given, person.patronymic, &keys);
    TRY(form_save_columns(&pupil_personal_form, db, form, id));
    TRY(db_exec(db, SAVE_KEYS, DB_VALUES(DB_SORT_KEY(keys), DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION), DB_INT(rq->place.org), DB_INT(id)), NULL, NULL));
    TRY(person_of(db, form, &person.id));
    return nerr_pass(person_save(db, rq->pool, &person));
}

const struct form pupil_personal_form = {
    .id = "pupil-personal", .title = N_("Personal data"), .fields = personal_fields, FORM_OF_FILE, .see_protected = &see_pupil_numbers,
    .load = load_personal, .check = check_personal, .save = save_personal,
};

/* The photo as the job that checked it has made it; none before that. */
static const char PHOTO[] =
    "SELECT f.id FROM pupil p JOIN file f ON f.org_id = p.org_id AND f.id = p.photo_id AND f.pages > 0 WHERE p.org_id = ? AND p.id = ?";

NEOERR *pupil_photo_show(struct request *rq, int64_t id)
{
    int64_t file;
    bool found;
    TRY(db_number(rq->db, PHOTO, DB_VALUES(DB_INT(rq->place.org), DB_INT(id)), &file, &found));
    return found ? nerr_pass(view_set(rq->hdf, "Card.photo", route_url(rq, "file-image", route_number(rq, file), "1"))) : STATUS_OK;
}

/* ---- addresses and contacts ---- */

const struct field pupil_contact_fields[] = {
    {"reg_territory_id", N_("Registered in"), FIELD_CHOICE, .choices = territory_choices, .hint = N_("Region and district")},
    {"reg_address", N_("Address of registration"), FIELD_TEXT, WIDE, .max = 300},
    {"territory_id", N_("Lives in"), FIELD_CHOICE, NEW_GROUP, .choices = territory_choices, .hint = N_("Region and district")},
    {"address", N_("Address"), FIELD_TEXT, WIDE, .max = 300, .hint = N_("Where the pupil lives")},
    {"phone", N_("Phone"), FIELD_PHONE, NEW_GROUP},
    {"email", N_("E-mail"), FIELD_EMAIL},
    {0},
};

const struct form pupil_contacts_form = {.id = "pupil-contacts", .title = N_("Addresses and contacts"), .fields = pupil_contact_fields, FORM_OF_FILE};

/* ---- education ---- */

static const struct field education_fields[] = {
    {"class_shown", N_("Class"), FIELD_SHOWN},
    {"shift_shown", N_("Shift"), FIELD_SHOWN},
    {"language", N_("Language of instruction"), FIELD_CHOICE, .codes = &instruction_language_codes, .hint = N_("Empty: as in the class")},
    {"study_form", N_("Form of study"), FIELD_CHOICE, .codes = &study_form_codes},
    {"second_language", N_("Second language"), FIELD_CHOICE, .codes = &second_language_codes},
    {"profile", N_("Education profile"), FIELD_CHOICE, .codes = &education_profile_codes, .hint = N_("Empty: as in the class"), .when = form_in_school},
    {"entered_on", N_("Date of entry"), FIELD_DATE, NEW_GROUP, .required_when = form_in_college},
    {"entered_from", N_("Entered from"), FIELD_TEXT, WIDE, .max = 300, .hint = N_("School, kindergarten or country")},
    {0},
};

static NEOERR *take_class(void *data, const struct db_row *row)
{
    struct form_data *form = data;
    struct request *rq = form->rq;
    const char *shift = db_get(row, 1);
    TRY(form_set(form, "class_shown", db_get(row, 0) != NULL ? class_label(rq, db_get(row, 0)) : request_words(rq, N_("Without class"))));
    return nerr_pass(form_set(form, "shift_shown", shift != NULL ? shift : ""));
}

static const char CLASS_OF[] =
    "SELECT IF(c.id IS NULL, NULL, " CLASS_PACKED "), CONCAT_WS(' ', s.number, NULLIF(s.name, ''))"
    " FROM pupil p"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " LEFT JOIN shift s ON s.org_id = c.org_id AND s.id = c.shift_id"
    " WHERE p.org_id = ? AND p.id = ?";

static NEOERR *load_education(struct form_data *form, int64_t id)
{
    TRY(form_load_columns(&pupil_education_form, form, id));
    return nerr_pass(db_one(form->rq->db, CLASS_OF, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id)), take_class, form));
}

static const char BORN[] =
    "SELECT 1 FROM pupil WHERE org_id = ? AND id = ? AND born_on > ?";

static NEOERR *check_education(struct form_data *form)
{
    struct request *rq = form->rq;
    int64_t one;
    bool is_early;
    TRY(db_number(rq->db, BORN, DB_VALUES(DB_INT(rq->place.org), DB_INT(form->subject), DB_DATE(form_date(form, "entered_on"))), &one, &is_early));
    return is_early ? nerr_pass(form_error(form, "entered_on", "%s", _("The date of entry is before the birth date"))) : STATUS_OK;
}

const struct form pupil_education_form = {
    .id = "pupil-education", .title = N_("Education"), .fields = education_fields, FORM_OF_FILE, .load = load_education, .check = check_education,
};
