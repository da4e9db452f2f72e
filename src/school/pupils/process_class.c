/* process_class.c: «Регистрация класса» (CON-06) and «Регистрация группы» (CON-07). */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/crypto.h"
#include "engine/setting.h"
#include "school/codes.h"
#include "school/college/college.h"
#include "school/permissions.h"

#include <string.h>

static bool is_of_type(const struct form_data *form, const char *type)
{
    return strcmp(form_text(form, "group_type"), type) == 0;
}

/* A mixed group has both. */
static bool has_budget_places(const struct form_data *form)
{
    return is_of_type(form, "budget") || is_of_type(form, "mixed");
}

static bool has_extra_budget_places(const struct form_data *form)
{
    return is_of_type(form, "extra-budget") || is_of_type(form, "mixed");
}

static const struct field class_fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"grade", N_("Parallel"), FIELD_CHOICE, REQUIRED, .choices = class_grade_choices},
    {"name_ru", N_("Russian"), FIELD_CLASS_NAME, REQUIRED, .hint = N_("for example: А"), .max = 10},
    {"name_kk", N_("Kazakh"), FIELD_CLASS_NAME, REQUIRED, .max = 10},
    {"name_en", N_("English"), FIELD_CLASS_NAME, REQUIRED, .max = 10},
    {"profile", N_("Education profile"), FIELD_CHOICE, .codes = &education_profile_codes},
    {"impairment", N_("With developmental impairment"), FIELD_TICK},
    {"class_teacher", N_("Class teacher"), FIELD_PERSON, REQUIRED, .choices = class_head_choices,
     .hint = N_("Those whose files permit to lead a class")},
    {"language", N_("Language of instruction"), FIELD_CHOICE, NEW_GROUP, .codes = &instruction_language_codes},
    {"capacity", N_("Places"), FIELD_NUMBER, .max = 60, .hint = N_("When it is filled in, a full class warns at enrolment")},
    {"room", N_("Room"), FIELD_TEXT, .max = 30},
    {0},
};

static const struct field group_fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"grade", N_("Course"), FIELD_CHOICE, REQUIRED, .choices = class_grade_choices},
    {"name_ru", N_("Russian"), FIELD_CLASS_NAME, REQUIRED, .hint = N_("for example: ЭГС"), .max = 20},
    {"name_kk", N_("Kazakh"), FIELD_CLASS_NAME, REQUIRED, .max = 20},
    {"name_en", N_("English"), FIELD_CLASS_NAME, REQUIRED, .max = 20},
    {"group_type", N_("Type"), FIELD_CHOICE, REQUIRED, .codes = &group_type_codes},
    {"places", N_("Extra-budget places"), FIELD_NUMBER, REQUIRED, .max = 200, .depends = "group_type", .when = has_extra_budget_places},
    {"budget_places", N_("Budget places"), FIELD_NUMBER, REQUIRED, .max = 200, .depends = "group_type", .when = has_budget_places},
    {"language", N_("Language of instruction"), FIELD_CHOICE, .codes = &instruction_language_codes},
    {"speciality_id", N_("Speciality"), FIELD_CHOICE, .choices = speciality_choices},
    {"master", N_("Master of vocational training"), FIELD_PERSON, .choices = class_head_choices},
    {"curator", N_("Curator"), FIELD_PERSON, .choices = class_head_choices},
    {0},
};

static NEOERR *begin(struct process_run *run)
{
    const char *grade = request_query(run->rq, "grade"), *places;
    TRY(form_set(run->form, "school", run->rq->place.name));
    if (is_school(run->rq)) {
        TRY(setting_get(run->rq->db, run->rq->pool, run->rq->place.org, "class.places", &places));
        TRY(form_set(run->form, "capacity", places));
    }
    if (grade[0] != '\0')
        TRY(form_set(run->form, "grade", grade));
    return STATUS_OK;
}

static const char FIND_NAME[] =
    "SELECT id FROM class WHERE org_id = ? AND year = ? AND grade = ? AND name_ru = ? AND ended_on IS NULL LIMIT 1";

static const char *const duties[][2] = {{"class_teacher", "class-teacher"}, {"master", "master"}, {"curator", "curator"}};
enum { DUTIES = sizeof duties / sizeof duties[0] };

static NEOERR *check(struct process_run *run)
{
    struct form_data *form = run->form;
    int64_t there;
    bool found;
    for (size_t i = 0; i < DUTIES; i++)
        if (form_number(form, duties[i][0]) != 0)
            TRY(class_head_warn(form, duties[i][0]));
    TRY(db_number(run->rq->db, FIND_NAME,
                  DB_VALUES(DB_INT(run->rq->place.org), DB_INT(run->rq->place.year), DB_INT(form_number(form, "grade")),
                            DB_TEXT(form_text(form, "name_ru"))),
                  &there, &found));
    if (found)
        TRY(form_error(form, "name_ru", "%s", request_words(run->rq, N_("A class with this name is already there this year"))));
    if (form_text(form, "master")[0] != '\0' && strcmp(form_text(form, "master"), form_text(form, "curator")) == 0)
        TRY(form_error(form, "curator", "%s", _("The master and the curator are different people")));
    run->title = class_label(run->rq, pool_printf(run->rq->pool, "%s|%s|%s|%s", form_text(form, "grade"), form_text(form, "name_kk"),
                                                  form_text(form, "name_ru"), form_text(form, "name_en")));
    return STATUS_OK;
}

static const char ADD[] =
    "INSERT INTO class (org_id, uid, year, grade, name_kk, name_ru, name_en, language, profile, impairment, room, capacity, entry_year,"
    " group_type, places, budget_places, speciality_id)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/* The first day of the school year, or today when it has begun. */
static struct date leads_from(struct request *rq)
{
    struct date first = {rq->place.year, 9, 1}, today = request_today(rq);
    return date_compare(today, first) > 0 && today.year <= rq->place.year + 1 ? today : first;
}

static NEOERR *set_heads(struct db *db, struct process_run *run)
{
    for (size_t i = 0; i < DUTIES; i++)
        if (form_number(run->form, duties[i][0]) != 0)
            TRY(class_head_set(db, run->rq->place.org, run->made, duties[i][1], form_number(run->form, duties[i][0]), leads_from(run->rq)));
    return STATUS_OK;
}

static NEOERR *apply(struct db *db, struct process_run *run)
{
    struct form_data *form = run->form;
    int64_t grade = form_number(form, "grade");
    int64_t places = form_number(form, "places") + form_number(form, "budget_places");
    int entry_year = run->rq->place.year - (int)(grade > 0 ? grade - 1 : 0);
    char uid[CRYPTO_UUID_SIZE];
    crypto_uuid(uid);
    TRY(db_exec(db, ADD,
                DB_VALUES(DB_INT(run->rq->place.org), DB_TEXT(uid), DB_INT(run->rq->place.year), DB_INT(grade), DB_TEXT(form_text(form, "name_kk")),
                          DB_TEXT(form_text(form, "name_ru")), DB_TEXT(form_text(form, "name_en")), DB_TEXT(form_text_or_null(form, "language")),
                          DB_TEXT(form_text_or_null(form, "profile")), DB_INT(form_ticked(form, "impairment", NULL)), DB_TEXT(form_text(form, "room")),
                          DB_ID(form_number(form, "capacity")), DB_INT(entry_year), DB_TEXT(form_text_or_null(form, "group_type")), DB_ID(places),
                          DB_ID(is_of_type(form, "mixed") ? form_number(form, "budget_places") : 0), DB_ID(form_number(form, "speciality_id"))),
                NULL, &run->made));
    return nerr_pass(set_heads(db, run));
}

static NEOERR *done(struct process_run *run)
{
    struct request *rq = run->rq;
    TRY(process_next(run, request_words(rq, N_("Open the class")), route_url(rq, "class", route_number(rq, run->made)), true));
    TRY(process_next(run, request_words(rq, N_("Add a class")), process_url(rq, run->process, 0), false));
    return nerr_pass(process_next(run, request_words(rq, N_("Register a pupil")), process_url(rq, &register_pupil, 0), false));
}

/* What the two have in common: a class and a group differ in their fields and where they are. */
#define REGISTRATION(its_fields)                                                                                                              \
    .subject_kind = "class", .subject_route = "class", .permission = &manage_classes,                                                         \
    .steps = {{.id = "data", .title = N_("Filling in the data"), .submit = N_("Create"), .kind = STEP_FORM, .fields = its_fields}},           \
    .menu = "contingent", .fallback_route = "contingent", .begin = begin, .check = check, .apply = apply, .done = done

const struct process register_class = {
    .id = "register-class", .title = N_("Registration of a class"), .when = is_school, REGISTRATION(class_fields),
};

const struct process register_group = {
    .id = "register-group", .title = N_("Registration of a group"), .when = is_college, REGISTRATION(group_fields),
};
