/* page_pupil.c: the pupil's file (CON-25): its tabs, personal data, the page of one row of it. */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/audit.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/people/person.h"
#include "school/permissions.h"

#include <string.h>

/* ---- personal data ---- */

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

static const char IIN_HOLDER[] =
    "SELECT h.id FROM person h WHERE h.iin = ? AND h.id <> (SELECT person_id FROM pupil WHERE org_id = ? AND id = ?)";
static const char HOLDER_HERE[] =
    "SELECT CONCAT_WS(' ', surname, given, NULLIF(patronymic, '')) FROM pupil WHERE org_id = ? AND person_id = ?";

/* Who has the number is said only when it is somebody of this organisation. */
static NEOERR *check_iin_free(struct form_data *form)
{
    struct request *rq = form->rq;
    int64_t holder;
    bool found;
    char *name;
    if (form_text(form, "iin")[0] == '\0')
        return STATUS_OK;
    TRY(db_number(rq->db, IIN_HOLDER, DB_VALUES(DB_TEXT(form_text(form, "iin")), DB_INT(rq->place.org), DB_INT(form->subject)), &holder, &found));
    if (!found)
        return STATUS_OK;
    TRY(db_string(rq->db, rq->pool, HOLDER_HERE, DB_VALUES(DB_INT(rq->place.org), DB_INT(holder)), &name));
    if (name != NULL)
        return nerr_pass(form_error(form, "iin", _("This IIN belongs to %s"), name));
    return nerr_pass(form_error(form, "iin", "%s", _("This IIN is already known as another person's")));
}

static const char SAVE_KEYS[] =
    "UPDATE pupil SET sort_key = ?, fold_key = ?, key_version = ? WHERE org_id = ? AND id = ?";
static const char SAVE_PERSON[] =
    "UPDATE person h JOIN pupil p ON p.person_id = h.id"
    " SET h.iin = ?, h.surname = ?, h.given = ?, h.patronymic = ?, h.born_on = ?, h.sex = ?, h.sort_key = ?, h.fold_key = ?, h.key_version = ?,"
    " h.version = h.version + 1"
    " WHERE p.org_id = ? AND p.id = ?";

static NEOERR *save_personal(struct db *db, struct form_data *form, int64_t id)
{
    struct request *rq = form->rq;
    const char *surname = form_text(form, "surname"), *given = form_text(form, "given"), *patronymic = form_text(form, "patronymic");
    struct name_keys keys;
    name_keys_make(rq->pool, surname, given, patronymic, &keys);
    TRY(form_save_columns(&pupil_personal_form, db, form, id));
    TRY(db_exec(db, SAVE_KEYS, DB_VALUES(DB_SORT_KEY(keys), DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION), DB_INT(rq->place.org), DB_INT(id)), NULL, NULL));
    return nerr_pass(db_exec(db, SAVE_PERSON,
                             DB_VALUES(DB_TEXT(form_text_or_null(form, "iin")), DB_TEXT(surname), DB_TEXT(given), DB_TEXT(patronymic),
                                       DB_DATE(form_date(form, "born_on")), DB_TEXT(form_text_or_null(form, "sex")), DB_SORT_KEY(keys),
                                       DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION), DB_INT(rq->place.org), DB_INT(id)),
                             NULL, NULL));
}

static NEOERR *pupil_scope(struct request *rq, int64_t id, bool edit)
{
    return nerr_pass(pupil_check_scope(rq, edit ? &edit_pupils : &see_contingent, id));
}

static const struct field personal_fields[] = {
    {"login", N_("Login"), FIELD_SHOWN},
    {"surname", N_("Surname"), FIELD_NAME, REQUIRED},
    {"given", N_("Given name"), FIELD_NAME, REQUIRED},
    {"patronymic", N_("Patronymic"), FIELD_NAME},
    {"iin", N_("IIN"), FIELD_IIN, PROTECTED, .column = ""},
    {"no_iin_reason", N_("No IIN yet"), FIELD_CHOICE, .codes = &no_iin_reason_codes},
    {"resident", N_("Residency"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &residency_codes},
    {"born_on", N_("Date of birth"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"sex", N_("Sex"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &sex_codes},
    {"birth_place", N_("Place of birth"), FIELD_TEXT, WIDE, .max = 300},
    {"citizenship", N_("Citizenship"), FIELD_CHOICE, .codes = &citizenship_codes},
    {"nationality", N_("Nationality"), FIELD_CHOICE, .codes = &nationality_codes},
    {"address", N_("Address"), FIELD_TEXT, WIDE | NEW_GROUP, .max = 300},
    {"phone", N_("Phone"), FIELD_PHONE},
    {"email", N_("E-mail"), FIELD_EMAIL},
    {"entered_on", N_("Date of entry"), FIELD_DATE, .when = form_in_college},
    {0},
};

static NEOERR *check_personal(struct form_data *form)
{
    TRY(check_iin_free(form));
    if (form_in_school(form) && pupil_is_resident(form) && form_text(form, "iin")[0] == '\0' && form_text(form, "no_iin_reason")[0] == '\0')
        TRY(form_error(form, "iin", "%s", _("Fill in the IIN, or choose why there is none yet")));
    return STATUS_OK;
}

const struct form pupil_personal_form = {
    .id = "pupil-personal", .title = N_("Personal data"), .table = "pupil", .subject_kind = "pupil", .fields = personal_fields,
    .see = &see_contingent, .edit = &edit_pupils, .see_protected = &see_pupil_numbers, .load = load_personal, .check = check_personal,
    .save = save_personal, .scope = pupil_scope,
};

/* ---- tabs ---- */

static NEOERR *show_personal(struct request *rq, int64_t id)
{
    if (request_may(rq, &edit_pupils))
        TRY(page_operation(rq, _("Edit"), route_url(rq, "pupil-edit", route_number(rq, id))));
    return nerr_pass(form_show_record(rq, &pupil_personal_form, id));
}

static NEOERR *show_history(struct request *rq, int64_t id)
{
    TRY(view_set(rq->hdf, "Card.history", "1"));
    return nerr_pass(audit_show(rq, "pupil", id));
}

static const struct tab {
    const char *id, *title;
    NEOERR *(*show)(struct request *rq, int64_t id); /* NULL: the list */
    const struct list *list;
    const struct form *form;                         /* of one row; NULL = rows are written elsewhere */
    const char *add, *add_route;                     /* msgid and route of the button for a new row */
    const struct permission *see;                    /* beyond seeing the pupil: each look is kept in the history; NULL = nothing more */
} tabs[] = {
    {"personal", N_("Personal data"), .show = show_personal},
    {"documents", N_("Documents"), NULL, &pupil_documents_list, &pupil_document_form, N_("Add a document"), "pupil-document-new"},
    {"family", N_("Family"), .list = &pupil_family_list},
    {"social", N_("Social passport"), NULL, &pupil_social_list, &pupil_social_form, N_("Add a category"), "pupil-social-new"},
    {"health", N_("Health"), NULL, &pupil_health_list, &pupil_health_form, N_("Add an examination"), "pupil-health-new", .see = &see_health},
    {"achievements", N_("Achievements"), NULL, &pupil_achievements_list, &pupil_achievement_form, N_("Add an achievement"), "pupil-achievement-new"},
    {"movement", N_("Movement"), .list = &pupil_movements_list},
    {"history", N_("History"), .show = show_history},
};
enum { TABS = sizeof tabs / sizeof tabs[0] };

static const struct tab *find_tab(const char *id)
{
    for (size_t i = 0; i < TABS; i++)
        if (strcmp(tabs[i].id, id) == 0)
            return &tabs[i];
    return NULL;
}

static const struct tab *tab_of_form(const struct form *form)
{
    for (size_t i = 0; i < TABS; i++)
        if (tabs[i].form == form)
            return &tabs[i];
    return NULL;
}

/* Who reads what is protected stands in the pupil's history. */
static NEOERR *look(struct request *rq, const struct tab *tab, int64_t id, bool reads)
{
    if (tab->see == NULL)
        return STATUS_OK;
    TRY(pupil_check_scope(rq, tab->see, id));
    return reads ? nerr_pass(audit_add(rq->db, rq, "pupil", id, "look", request_words(rq, tab->title), NULL)) : STATUS_OK;
}

/* ---- the page ---- */

struct summary {
    struct pool *pool;
    const char *name, *class, *standing;
    struct pupil_whose whose;
    struct date born;
    const char *login;
};

static NEOERR *take_summary(void *data, const struct db_row *row)
{
    struct summary *summary = data;
    summary->name = name_full(summary->pool, db_get(row, 0), db_get(row, 1), db_get(row, 2));
    summary->class = pool_strdup(summary->pool, db_get(row, 3));
    summary->whose = (struct pupil_whose){db_get_int(row, 8), db_get_int(row, 4)};
    summary->standing = pool_strdup(summary->pool, db_get(row, 5));
    summary->born = db_get_date(row, 6);
    summary->login = pool_strdup(summary->pool, db_get(row, 7));
    return STATUS_OK;
}

static const char SUMMARY[] =
    "SELECT p.surname, p.given, p.patronymic, IF(c.id IS NULL, NULL, " CLASS_PACKED "), c.id, p.standing, p.born_on, h.login, p.person_id"
    " FROM pupil p"
    " JOIN person h ON h.id = p.person_id"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " WHERE p.org_id = ? AND p.id = ?";

/* What can be done with a pupil by order, by where the pupil stands; the first is the button of the page. */
static const struct {
    const char *standing, *label, *icon;
    const struct process *process;
} moves[] = {
    {"registered", N_("Enrol"), "box-arrow-in-right", &enrol_pupil},
    {"enrolled", N_("Transfer to another class"), NULL, &transfer_pupil},
    {"enrolled", N_("Exclude"), NULL, &exclude_pupil},
    {"left", N_("Reinstate"), "arrow-counterclockwise", &reinstate_pupil},
};

static NEOERR *show_moves(struct request *rq, const struct summary *summary, int64_t id)
{
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        const char *label = request_words(rq, moves[i].label), *address = process_url(rq, moves[i].process, id);
        if (strcmp(moves[i].standing, summary->standing) != 0 || !request_may(rq, &move_pupils))
            continue;
        TRY(moves[i].icon != NULL ? page_action(rq, label, address, moves[i].icon, true) : page_operation(rq, label, address));
    }
    return STATUS_OK;
}

static NEOERR *show_frame(struct request *rq, const struct summary *summary, int64_t id, const struct tab *current)
{
    const char *class = summary->whose.class != 0 ? class_label(rq, summary->class) : request_words(rq, N_("Without class"));
    const char *class_href =
        summary->whose.class != 0 ? route_url(rq, "class", route_number(rq, summary->whose.class)) : route_url(rq, "without-class");
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, class, class_href));
    TRY(page_crumb(rq, summary->name, NULL));
    TRY(page_facts(rq, pool_printf(rq->pool, "%s · %s · № %s", class, i18n_date(rq->pool, summary->born), summary->login)));
    for (size_t i = 0; i < TABS; i++)
        if (tabs[i].see == NULL || request_may(rq, tabs[i].see))
            TRY(page_tab(rq, request_words(rq, tabs[i].title), route_url(rq, "pupil-tab", route_number(rq, id), tabs[i].id), &tabs[i] == current, NULL));
    TRY(show_moves(rq, summary, id));
    return nerr_pass(page_menu(rq, "contingent"));
}

static NEOERR *open_pupil(struct request *rq, int64_t *id, struct summary *summary)
{
    TRY(request_id(rq, 0, id));
    *summary = (struct summary){.pool = rq->pool};
    TRY(db_one(rq->db, SUMMARY, DB_VALUES(DB_INT(rq->place.org), DB_INT(*id)), take_summary, summary));
    return nerr_pass(pupil_check_whose(rq, &see_contingent, *id, &summary->whose));
}

static NEOERR *show_tab(struct request *rq, struct response *rs, const struct tab *tab, int64_t id)
{
    bool done;
    TRY(look(rq, tab, id, true));
    if (tab->show != NULL)
        return nerr_pass(tab->show(rq, id));
    TRY(list_answer(rq, rs, tab->list, id, NULL, &done));
    if (done)
        return STATUS_OK;
    if (tab->add != NULL && request_may(rq, &edit_pupils))
        TRY(page_action(rq, _(tab->add), route_url(rq, tab->add_route, route_number(rq, id)), "plus-lg", true));
    return nerr_pass(list_show(rq, tab->list, id, NULL));
}

NEOERR *pupil_page(struct request *rq, struct response *rs)
{
    const struct tab *tab = find_tab(rq->ids[1] != NULL ? rq->ids[1] : "personal");
    struct summary summary;
    int64_t id;
    if (tab == NULL)
        return nerr_raise(ERROR_NOT_FOUND, "no tab %s of a pupil's file", rq->ids[1]);
    TRY(open_pupil(rq, &id, &summary));
    TRY(page_begin(rq, rs, "card.cs", summary.name));
    TRY(show_tab(rq, rs, tab, id));
    return rs->template_name == NULL ? STATUS_OK : nerr_pass(show_frame(rq, &summary, id, tab));
}

static NEOERR *edit_frame(struct request *rq, const struct summary *summary, int64_t id, const char *title)
{
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, summary->name, route_url(rq, "pupil", route_number(rq, id))));
    TRY(page_crumb(rq, title, NULL));
    TRY(page_facts(rq, summary->name));
    return nerr_pass(page_menu(rq, "contingent"));
}

NEOERR *pupil_edit_page(struct request *rq, struct response *rs)
{
    struct summary summary;
    int64_t id;
    TRY(open_pupil(rq, &id, &summary));
    TRY(form_edit_page(rq, rs, &pupil_personal_form, id, route_url(rq, "pupil", route_number(rq, id))));
    return nerr_pass(edit_frame(rq, &summary, id, _("Personal data")));
}

/* A row of the file: to be edited, or for those who only see it, to be read. */
NEOERR *pupil_record_page(struct request *rq, struct response *rs)
{
    const struct form *form = rq->route->detail;
    const struct tab *tab = tab_of_form(form);
    struct summary summary;
    int64_t pupil, row = 0;
    TRY(open_pupil(rq, &pupil, &summary));
    if (rq->ids[1] != NULL)
        TRY(request_id(rq, 1, &row));
    TRY(look(rq, tab, pupil, row != 0 && rq->http->method == HTTP_GET));
    if (row != 0 && rq->http->method == HTTP_GET && !request_may(rq, form->edit)) {
        TRY(page_begin(rq, rs, "card.cs", request_words(rq, form->title)));
        TRY(form_show_record(rq, form, row));
    } else {
        TRY(pupil_check_scope(rq, form->edit, pupil));
        TRY(form_edit_page(rq, rs, form, row, route_url(rq, "pupil-tab", route_number(rq, pupil), tab->id)));
    }
    return nerr_pass(edit_frame(rq, &summary, pupil, request_words(rq, form->title)));
}
