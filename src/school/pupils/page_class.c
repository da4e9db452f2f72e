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

enum { HEADS = sizeof head_fields / sizeof head_fields[0] };

/* Of each duty: who has it, and since when; person 0 = nobody. */
struct head {
    int64_t person;
    struct date since;
};

static NEOERR *take_leader(void *data, const struct db_row *row)
{
    struct head *heads = data;
    for (size_t i = 0; i < HEADS; i++)
        if (strcmp(head_fields[i].duty, db_get(row, 0)) == 0 && heads[i].person == 0)
            heads[i] = (struct head){db_get_int(row, 1), db_get_date(row, 2)};
    return STATUS_OK;
}

static const char FIND_HEADS[] =
    "SELECT d.duty, d.person_id, d.valid_from FROM class_head d JOIN class c ON c.org_id = d.org_id AND c.id = d.class_id"
    " WHERE d.org_id = ? AND d.class_id = ? AND " CLASS_HEAD_IS_LAST " ORDER BY " CLASS_HEAD_ORDER ", d.id DESC";

static NEOERR *find_heads(struct request *rq, int64_t class, struct head heads[HEADS])
{
    memset(heads, 0, HEADS * sizeof *heads);
    return nerr_pass(db_each(rq->db, FIND_HEADS, DB_VALUES(DB_INT(rq->place.org), DB_INT(class)), take_leader, heads));
}

static NEOERR *load_general(struct form_data *form, int64_t id)
{
    struct request *rq = form->rq;
    struct head heads[HEADS];
    struct class class;
    TRY(form_load_columns(&class_general_form, form, id));
    TRY(find_heads(rq, id, heads));
    for (size_t i = 0; i < HEADS; i++)
        if (heads[i].person != 0)
            TRY(form_set_number(form, head_fields[i].field, heads[i].person));
    TRY(class_load(rq, id, &class));
    return nerr_pass(form_set(form, "pupils", pool_printf(rq->pool, _("%d - boys, %d - girls"), class.boys, class.girls)));
}

/* From when whoever is new leads the class: the day that was filled in, or today. */
static struct date leads_from(const struct form_data *form)
{
    struct date from = form_date(form, "leads_from");
    return from.year != 0 ? from : request_today(form->rq);
}

static NEOERR *save_general(struct db *db, struct form_data *form, int64_t id)
{
    struct head heads[HEADS];
    TRY(form_save_columns(&class_general_form, db, form, id));
    TRY(find_heads(form->rq, id, heads));
    for (size_t i = 0; i < HEADS; i++) {
        int64_t wanted = form_number(form, head_fields[i].field);
        if (heads[i].person != wanted)
            TRY(class_head_set(db, form->rq->place.org, id, head_fields[i].duty, wanted, leads_from(form)));
    }
    return STATUS_OK;
}

static const char FIND_OTHER[] =
    "SELECT o.id FROM class o JOIN class c ON c.org_id = o.org_id AND c.year = o.year AND c.grade = o.grade AND c.id <> o.id"
    " WHERE c.org_id = ? AND c.id = ? AND o.name_ru = ? AND o.ended_on IS NULL LIMIT 1";

/* A change of who leads: not in a year that is over, not before the one who leads now began; the next school year has a class of its own. */
static NEOERR *check_head(struct form_data *form, const struct class *class, const char *field, const struct head *now)
{
    struct request *rq = form->rq;
    struct date from = leads_from(form), last = {class->year + 1, 8, 31};
    if (class->as_of.year != 0)
        return nerr_pass(form_error(form, field, "%s", request_words(rq, N_("The school year of this class is over: who led it stays as it is"))));
    if (now->person != 0 && date_compare(from, now->since) < 0)
        return nerr_pass(form_error(form, "leads_from", _("Who leads the class now does so since %s: choose that day or a later one"),
                                    i18n_date(rq->pool, now->since)));
    if (date_compare(from, last) > 0)
        return nerr_pass(form_error(form, "leads_from", request_words(rq, N_("The school year of this class ends on %s: choose an earlier day")),
                                    i18n_date(rq->pool, last)));
    return form_number(form, field) != 0 ? nerr_pass(class_head_warn(form, field)) : STATUS_OK;
}

static NEOERR *check_heads(struct form_data *form)
{
    struct head heads[HEADS];
    struct class class;
    TRY(class_load(form->rq, form->subject, &class));
    TRY(find_heads(form->rq, form->subject, heads));
    for (size_t i = 0; i < HEADS; i++)
        if (heads[i].person != form_number(form, head_fields[i].field))
            TRY(check_head(form, &class, head_fields[i].field, &heads[i]));
    return STATUS_OK;
}

static NEOERR *check_general(struct form_data *form)
{
    int64_t other;
    bool found;
    TRY(check_heads(form));
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

/* A record that is shown has no such day: each leader's own stands in the list. */
static bool is_edited(const struct form_data *form)
{
    return strcmp(form->rq->route->id, "class-edit") == 0;
}

static const struct field general_fields[] = {
    {"name_ru", N_("Russian"), FIELD_CLASS_NAME, REQUIRED, .max = 20},
    {"name_kk", N_("Kazakh"), FIELD_CLASS_NAME, REQUIRED, .max = 20},
    {"name_en", N_("English"), FIELD_CLASS_NAME, REQUIRED, .max = 20},
    {"entry_year", N_("Year of entry"), FIELD_NUMBER, .max = 2200, .hint = N_("for example: 2020")},
    {"profile", N_("Education profile"), FIELD_CHOICE, .codes = &education_profile_codes, .when = form_in_school},
    {"mark", N_("Class mark"), FIELD_CHOICE, .codes = &class_mark_codes, .when = form_in_school},
    {"pupils", N_("Number of pupils, including"), FIELD_SHOWN},
    {"class_teacher", N_("Full name of the class teacher"), FIELD_PERSON, .column = "", .choices = class_head_choices, .when = form_in_school,
     .hint = N_("Those whose files permit to lead a class")},
    {"master", N_("Master of vocational training"), FIELD_PERSON, .column = "", .choices = class_head_choices, .when = form_in_college},
    {"curator", N_("Curator"), FIELD_PERSON, .column = "", .choices = class_head_choices, .when = form_in_college},
    {"leads_from", N_("Leads the class from"), FIELD_DATE, .column = "", .when = is_edited, .hint = N_("When somebody else leads it now; empty: from today")},
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

/* What the files of the pupils say: CON-18 and CON-19 are theirs, too. */
#define COUNT_PUPILS                                                                                              \
    "SELECT COUNT(*) FROM " CLASS_FROM " JOIN membership s ON " CLASS_HAS                             \
    " JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id WHERE c.org_id = ? AND c.id = ?"

static const char AT_HOME[] =
    COUNT_PUPILS " AND p.study_form = 'home'";
static const char WITH_NEEDS[] =
    COUNT_PUPILS " AND EXISTS (SELECT 1 FROM pupil_health n WHERE n.org_id = p.org_id AND n.pupil_id = p.id AND n.special_need IS NOT NULL)";

static const struct {
    const char *label, *sql;
    const struct permission *see; /* beyond seeing the class; NULL = nothing */
} marks[] = {
    {N_("Taught at home, by their files"), AT_HOME, NULL},
    {N_("With special educational needs, by their files"), WITH_NEEDS, &see_health},
};
enum { MARKS = sizeof marks / sizeof marks[0] };

static NEOERR *show_mark(struct request *rq, const struct class *class, size_t mark)
{
    int64_t count;
    if (is_college(rq) || (marks[mark].see != NULL && !request_may(rq, marks[mark].see)))
        return STATUS_OK;
    TRY(db_number(rq->db, marks[mark].sql, DB_VALUES(DB_INT(class_year_now(rq)), DB_INT(rq->place.org), DB_INT(class->id)), &count, NULL));
    return nerr_pass(form_fact(rq, _(marks[mark].label), count > 0 ? i18n_number(rq->pool, count) : ""));
}

static NEOERR *show_general(struct request *rq, struct response *rs, const struct class *class)
{
    bool done;
    TRY(list_answer(rq, rs, &class_heads_list, class->id, class, &done));
    if (done)
        return STATUS_OK;
    TRY(form_show_record(rq, &class_general_form, class->id));
    for (size_t i = 0; i < MARKS; i++)
        TRY(show_mark(rq, class, i));
    return nerr_pass(list_show(rq, &class_heads_list, class->id, class));
}

static NEOERR *show_education(struct request *rq, struct response *rs, const struct class *class)
{
    (void)rs;
    return nerr_pass(form_show_record(rq, &class_education_form, class->id));
}

static NEOERR *show_list(struct request *rq, struct response *rs, const struct list *list, const struct class *class)
{
    bool done;
    TRY(list_answer(rq, rs, list, class->id, class, &done));
    return done ? STATUS_OK : nerr_pass(list_show(rq, list, class->id, class));
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
    " FROM class_head d JOIN class c ON c.org_id = d.org_id AND c.id = d.class_id JOIN person h ON h.id = d.person_id"
    " LEFT JOIN employee e ON e.org_id = d.org_id AND e.person_id = d.person_id AND e.left_on IS NULL"
    " WHERE d.org_id = ? AND d.class_id = ? AND " CLASS_HEAD_IS_LAST " ORDER BY " CLASS_HEAD_ORDER " LIMIT 1";

static NEOERR *show_facts(struct request *rq, const struct class *class)
{
    char *facts = pool_printf(rq->pool, n_("%d pupil", "%d pupils", (unsigned long)class->pupils), class->pupils);
    facts = pool_printf(rq->pool, request_words(rq, N_("%s · %d boys, %d girls")), facts, class->boys, class->girls);
    if (class->room[0] != '\0')
        facts = pool_printf(rq->pool, _("%s · room %s"), facts, class->room);
    if (class->as_of.year != 0)
        facts = pool_printf(rq->pool, _("%s · as of %s"), facts, i18n_date(rq->pool, class->as_of));
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
    if (request_may(rq, disband_class.permission) && class->ended_on.year == 0 && class->as_of.year == 0)
        TRY(page_operation(rq, request_words(rq, N_("Disband the class")), route_with(rq->pool, process_url(rq, &disband_class, 0), "class", id)));
    if (request_may(rq, &make_slips) && route_by_id("slips") != NULL)
        TRY(page_operation(rq, _("Activation slips"), route_with(rq->pool, route_url(rq, "slips"), "whom", pool_printf(rq->pool, "class:%s", id))));
    if (request_may(rq, &register_pupils) && class->as_of.year == 0)
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
    TRY(page_operation_save(rq));
    return nerr_pass(page_menu(rq, "contingent"));
}
