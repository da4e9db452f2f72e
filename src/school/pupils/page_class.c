/* page_class.c: the page of a class or group: tabs (CON-10), general facts (CON-12…CON-19), edit (CON-11, CON-20). */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "engine/audit.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/college/college.h"
#include "school/permissions.h"
#include "school/planning/planning.h"

#include <string.h>

/* ---- forms ---- */

static const struct {
    const char *field, *duty;
} head_fields[] = {{"class_teacher", "class-teacher"}, {"master", "master"}, {"curator", "curator"}};

static const char FIND_HEAD[] =
    "SELECT person_id FROM class_head WHERE org_id = ? AND class_id = ? AND duty = ? AND valid_to IS NULL ORDER BY id DESC LIMIT 1";

static NEOERR *load_general(struct form_data *form, int64_t id)
{
    struct request *rq = form->rq;
    TRY(form_load_columns(&class_general_form, form, id));
    for (size_t i = 0; i < sizeof head_fields / sizeof head_fields[0]; i++) {
        int64_t person;
        bool found;
        TRY(db_number(rq->db, FIND_HEAD, DB_VALUES(DB_INT(rq->place.org), DB_INT(id), DB_TEXT(head_fields[i].duty)), &person, &found));
        if (found)
            TRY(form_set_number(form, head_fields[i].field, person));
    }
    return STATUS_OK;
}

static NEOERR *save_general(struct db *db, struct form_data *form, int64_t id)
{
    struct request *rq = form->rq;
    TRY(form_save_columns(&class_general_form, db, form, id));
    for (size_t i = 0; i < sizeof head_fields / sizeof head_fields[0]; i++) {
        int64_t now = 0, wanted = form_number(form, head_fields[i].field);
        TRY(db_number(db, FIND_HEAD, DB_VALUES(DB_INT(rq->place.org), DB_INT(id), DB_TEXT(head_fields[i].duty)), &now, NULL));
        if (now != wanted)
            TRY(class_head_set(db, rq->place.org, id, head_fields[i].duty, wanted, request_today(rq)));
    }
    return STATUS_OK;
}

static const char FIND_OTHER[] =
    "SELECT o.id FROM class o JOIN class c ON c.org_id = o.org_id AND c.year = o.year AND c.grade = o.grade AND c.id <> o.id"
    " WHERE c.org_id = ? AND c.id = ? AND o.name_ru = ? AND o.ended_on IS NULL LIMIT 1";

static NEOERR *check_general(struct form_data *form)
{
    int64_t other;
    bool found;
    TRY(db_number(form->rq->db, FIND_OTHER, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(form->subject), DB_TEXT(form_text(form, "name_ru"))), &other,
                  &found));
    if (found)
        TRY(form_error(form, "name_ru", "%s", request_words(form->rq, N_("A class with this name is already there this year"))));
    return STATUS_OK;
}

static NEOERR *class_scope(struct request *rq, int64_t id, bool edit)
{
    return nerr_pass(class_check_scope(rq, edit ? &manage_classes : &see_contingent, id));
}

static const struct field general_fields[] = {
    {"name_ru", N_("Russian"), FIELD_CLASS_NAME, REQUIRED, .max = 20},
    {"name_kk", N_("Kazakh"), FIELD_CLASS_NAME, REQUIRED, .max = 20},
    {"name_en", N_("English"), FIELD_CLASS_NAME, REQUIRED, .max = 20},
    {"entry_year", N_("Year of entry"), FIELD_NUMBER, .max = 2200, .hint = N_("for example: 2020")},
    {"mark", N_("Class mark"), FIELD_CHOICE, .codes = &class_mark_codes, .when = form_in_school},
    {"class_teacher", N_("Full name of the class teacher"), FIELD_PERSON, .column = "", .choices = class_head_choices, .when = form_in_school},
    {"master", N_("Master of vocational training"), FIELD_PERSON, .column = "", .choices = class_head_choices, .when = form_in_college},
    {"curator", N_("Curator"), FIELD_PERSON, .column = "", .choices = class_head_choices, .when = form_in_college},
    {"room", N_("Room"), FIELD_TEXT, .max = 30},
    {"capacity", N_("Places"), FIELD_NUMBER, .max = 200},
    {"home_schooled", N_("The class has pupils taught at home"), FIELD_TICK, .when = form_in_school},
    {"impairment", N_("With developmental impairment"), FIELD_TICK, .when = form_in_school},
    {0},
};

const struct form class_general_form = {
    .id = "class-general", .title = N_("General information"), .table = "class", .subject_kind = "class", .fields = general_fields,
    .see = &see_contingent, .edit = &manage_classes, .load = load_general, .check = check_general, .save = save_general, .scope = class_scope,
};

static const struct field education_fields[] = {
    {"language", N_("Language of instruction"), FIELD_CHOICE, .codes = &instruction_language_codes},
    {"profile", N_("Education profile"), FIELD_CHOICE, .codes = &education_profile_codes, .when = form_in_school},
    {"shift_id", N_("Shift"), FIELD_CHOICE, .choices = shift_choices},
    {"speciality_id", N_("Speciality"), FIELD_CHOICE, .choices = speciality_choices, .when = form_in_college},
    {"group_type", N_("Type"), FIELD_CHOICE, .codes = &group_type_codes, .when = form_in_college},
    {"places", N_("Places by the plan"), FIELD_NUMBER, .max = 200, .when = form_in_college},
    {"budget_places", N_("Budget places among them"), FIELD_NUMBER, .max = 200, .when = form_in_college, .hint = N_("In a mixed group")},
    {"last_grade", N_("Last course"), FIELD_CHOICE, .choices = class_grade_choices, .when = form_in_college,
     .hint = N_("After it the group graduates; when it is not filled in, after the fourth")},
    {0},
};

static NEOERR *check_education(struct form_data *form)
{
    bool is_mixed = strcmp(form_text(form, "group_type"), "mixed") == 0;
    if (!is_mixed && form_text(form, "budget_places")[0] != '\0')
        TRY(form_error(form, "budget_places", "%s", _("Only a mixed group has places of both kinds: leave it empty")));
    else if (form_number(form, "budget_places") > form_number(form, "places"))
        TRY(form_error(form, "budget_places", "%s", _("There are more budget places than places")));
    return STATUS_OK;
}

const struct form class_education_form = {
    .id = "class-education", .title = N_("About the educational process"), .table = "class", .subject_kind = "class",
    .fields = education_fields, .see = &see_contingent, .edit = &manage_classes, .check = check_education, .scope = class_scope,
};

/* ---- tabs ---- */

static NEOERR *show_general(struct request *rq, struct response *rs, const struct class *class);
static NEOERR *show_education(struct request *rq, struct response *rs, const struct class *class);
static NEOERR *show_pupils(struct request *rq, struct response *rs, const struct class *class);
static NEOERR *show_scholarships(struct request *rq, struct response *rs, const struct class *class);
static NEOERR *show_history(struct request *rq, struct response *rs, const struct class *class);

static const struct tab {
    const char *id, *title;
    NEOERR *(*show)(struct request *rq, struct response *rs, const struct class *class);
    const struct form *form; /* what «Редактировать» opens */
    bool (*when)(const struct request *rq); /* false: not in this organisation; NULL = everywhere */
} tabs[] = {
    {"general", N_("General information"), show_general, &class_general_form, NULL},
    {"education", N_("About the educational process"), show_education, &class_education_form, NULL},
    {"pupils", N_("List of pupils"), show_pupils, NULL, NULL},
    {"scholarships", N_("Scholarship holders"), show_scholarships, NULL, is_college},
    {"history", N_("History"), show_history, NULL, NULL},
};

static const struct tab *find_tab(const char *id)
{
    for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++)
        if (strcmp(tabs[i].id, id) == 0)
            return &tabs[i];
    return NULL;
}

static NEOERR *show_general(struct request *rq, struct response *rs, const struct class *class)
{
    (void)rs;
    TRY(form_fact(rq, request_words(rq, N_("Number of pupils")),
                  pool_printf(rq->pool, request_words(rq, N_("%d, including: %d boys, %d girls")), class->pupils, class->boys, class->girls)));
    return nerr_pass(form_show_record(rq, &class_general_form, class->id));
}

static NEOERR *show_education(struct request *rq, struct response *rs, const struct class *class)
{
    (void)rs;
    return nerr_pass(form_show_record(rq, &class_education_form, class->id));
}

static NEOERR *show_list(struct request *rq, struct response *rs, const struct list *list, const struct class *class)
{
    bool done;
    TRY(list_answer(rq, rs, list, class->id, NULL, &done));
    return done ? STATUS_OK : nerr_pass(list_show(rq, list, class->id, NULL));
}

static NEOERR *show_pupils(struct request *rq, struct response *rs, const struct class *class)
{
    return nerr_pass(show_list(rq, rs, &class_pupils_list, class));
}

static NEOERR *show_scholarships(struct request *rq, struct response *rs, const struct class *class)
{
    return nerr_pass(show_list(rq, rs, &class_scholarships_list, class));
}

static NEOERR *show_history(struct request *rq, struct response *rs, const struct class *class)
{
    (void)rs;
    TRY(view_set(rq->hdf, "Card.history", "1"));
    return nerr_pass(audit_show(rq, "class", class->id));
}

/* ---- the frame of the page ---- */

static NEOERR *take_head(void *data, const struct db_row *row)
{
    struct request *rq = data;
    bool may_open = db_get(row, 1)[0] != '\0' && route_is_open(rq, route_by_id("employee"));
    return nerr_pass(page_fact(rq, request_words(rq, N_("class teacher")), db_get(row, 0), may_open ? route_url(rq, "employee", db_get(row, 1)) : NULL));
}

static const char HEAD_NAME[] =
    "SELECT CONCAT_WS(' ', h.surname, h.given, NULLIF(h.patronymic, '')), e.id"
    " FROM class_head d JOIN person h ON h.id = d.person_id"
    " LEFT JOIN employee e ON e.org_id = d.org_id AND e.person_id = d.person_id AND e.left_on IS NULL"
    " WHERE d.org_id = ? AND d.class_id = ? AND d.valid_to IS NULL ORDER BY d.duty LIMIT 1";

static NEOERR *show_facts(struct request *rq, const struct class *class)
{
    char *facts = pool_printf(rq->pool, n_("%d pupil", "%d pupils", (unsigned long)class->pupils), class->pupils);
    facts = pool_printf(rq->pool, request_words(rq, N_("%s · %d boys, %d girls")), facts, class->boys, class->girls);
    if (class->room[0] != '\0')
        facts = pool_printf(rq->pool, _("%s · room %s"), facts, class->room);
    if (class->ended_on.year != 0)
        facts = pool_printf(rq->pool, request_words(rq, N_("%s · disbanded on %s")), facts, i18n_date(rq->pool, class->ended_on));
    TRY(page_facts(rq, facts));
    return nerr_pass(db_each(rq->db, HEAD_NAME, DB_VALUES(DB_INT(rq->place.org), DB_INT(class->id)), take_head, rq));
}

static char *tab_address(struct request *rq, const struct class *class, const struct tab *tab)
{
    if (tab->show == show_pupils)
        return route_url(rq, "class", route_number(rq, class->id));
    return route_url(rq, "class-tab", route_number(rq, class->id), tab->id);
}

static NEOERR *show_frame(struct request *rq, const struct class *class, const struct tab *current)
{
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, class->label, NULL));
    TRY(show_facts(rq, class));
    for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++)
        if (tabs[i].when == NULL || tabs[i].when(rq))
            TRY(page_tab(rq, request_words(rq, tabs[i].title), tab_address(rq, class, &tabs[i]), &tabs[i] == current,
                         tabs[i].show == show_pupils ? i18n_number(rq->pool, class->pupils) : NULL));
    return nerr_pass(panel_show(rq, class->grade, class->id, false));
}

static NEOERR *show_operations(struct request *rq, const struct class *class, const struct tab *current)
{
    const char *id = route_number(rq, class->id);
    if (request_may(rq, &manage_classes))
        TRY(page_operation(rq, _("Edit"), route_url(rq, "class-edit", id, current->form != NULL ? current->id : "general")));
    if (request_may(rq, disband_class.permission) && class->ended_on.year == 0)
        TRY(page_operation(rq, request_words(rq, N_("Disband the class")), route_with(rq->pool, process_url(rq, &disband_class, 0), "class", id)));
    if (request_may(rq, &make_slips) && route_by_id("slips") != NULL)
        TRY(page_operation(rq, _("Activation slips"), route_with(rq->pool, route_url(rq, "slips"), "whom", pool_printf(rq->pool, "class:%s", id))));
    if (request_may(rq, &register_pupils))
        TRY(page_action(rq, _("Add"), route_with(rq->pool, process_url(rq, &register_pupil, 0), "class", id), "plus-lg", true));
    return STATUS_OK;
}

static NEOERR *open_class(struct request *rq, struct class *class)
{
    int64_t id;
    TRY(request_id(rq, 0, &id));
    TRY(class_load(rq, id, class));
    return nerr_pass(class_check_scope(rq, &see_contingent, id));
}

NEOERR *class_page(struct request *rq, struct response *rs)
{
    struct class class;
    const struct tab *tab = find_tab(rq->ids[1] != NULL ? rq->ids[1] : "pupils");
    if (tab == NULL || (tab->when != NULL && !tab->when(rq)))
        return nerr_raise(ERROR_NOT_FOUND, "no tab %s of a class", rq->ids[1]);
    TRY(open_class(rq, &class));
    TRY(page_begin(rq, rs, "card.cs", class.label));
    TRY(tab->show(rq, rs, &class));
    if (rs->template_name == NULL)
        return STATUS_OK;
    TRY(show_frame(rq, &class, tab));
    return nerr_pass(show_operations(rq, &class, tab));
}

NEOERR *class_edit_page(struct request *rq, struct response *rs)
{
    struct class class;
    const struct tab *tab = find_tab(rq->ids[1]);
    if (tab == NULL || tab->form == NULL)
        return nerr_raise(ERROR_NOT_FOUND, "nothing to edit in tab %s of a class", rq->ids[1]);
    TRY(open_class(rq, &class));
    TRY(form_edit_page(rq, rs, tab->form, class.id, tab_address(rq, &class, tab)));
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, class.label, tab_address(rq, &class, tab)));
    TRY(page_crumb(rq, request_words(rq, tab->title), NULL));
    TRY(page_facts(rq, class.label));
    return nerr_pass(page_menu(rq, "contingent"));
}
