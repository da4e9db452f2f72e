/* page_pupil.c: the pupil's file (CON-25): its tabs, the pages that edit it, the page of one row of it. */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/audit.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/college/college.h"
#include "school/permissions.h"

#include <string.h>

/* ---- tabs ---- */

static NEOERR *show_personal(struct request *rq, int64_t id)
{
    if (request_may(rq, &edit_pupils))
        TRY(page_operation(rq, _("Adding parents"), process_url(rq, &register_kinship, id)));
    TRY(page_operation(rq, _("Personal file"), route_url(rq, "personal-file", route_number(rq, id))));
    return nerr_pass(pupil_photo_show(rq, id));
}

static NEOERR *show_history(struct request *rq, int64_t id)
{
    TRY(view_set(rq->hdf, "Card.history", "1"));
    return nerr_pass(audit_show(rq, "pupil", id));
}

static const struct tab {
    const char *id, *title;
    NEOERR *(*show)(struct request *rq, int64_t id); /* what the page has beside the record or list; NULL = nothing */
    const struct form *record;                       /* filled in once, or … */
    const char *edit_route;
    const struct list *list;                         /* … in rows */
    const struct form *form;                         /* of one row; NULL = rows are written elsewhere */
    const char *add, *add_route;                     /* msgid and route of the button for a new row */
    const struct process *adds;                      /* the process of that button, where a form does not do */
    const char *adds_for;                            /* what its address calls the pupil; NULL = the pupil is its subject */
    NEOERR *(*operations)(struct request *rq, int64_t row); /* on the page of a row; NULL = none */
    bool (*when)(const struct request *rq);          /* false: not in this organisation; NULL = everywhere */
    const struct permission *see;                    /* beyond seeing the pupil: each look is kept in the history; NULL = nothing more */
} tabs[] = {
    {"personal", N_("Personal data"), show_personal, .record = &pupil_personal_form, .edit_route = "pupil-edit"},
    {"documents", N_("Documents"), .list = &pupil_documents_list, .form = &pupil_document_form, .add = N_("Add a document"), .add_route = "pupil-document-new"},
    {"contacts", N_("Addresses and contacts"), corrections_show, .record = &pupil_contacts_form, .edit_route = "pupil-contacts-edit"},
    {"family", N_("Family"), .list = &pupil_family_list, .form = &pupil_kinship_form, .add = N_("Adding parents"), .adds = &register_kinship,
     .operations = kinship_operations},
    {"education", N_("Education"), .record = &pupil_education_form, .edit_route = "pupil-education-edit"},
    {"social", N_("Social passport"), .list = &pupil_social_list, .form = &pupil_social_form, .add = N_("Add a category"), .add_route = "pupil-social-new"},
    {"health", N_("Health"), .list = &pupil_health_list, .form = &pupil_health_form, .add = N_("Add an examination"), .add_route = "pupil-health-new",
     .see = &see_health},
    {"achievements", N_("Achievements"), .list = &pupil_achievements_list, .form = &pupil_achievement_form, .add = N_("Add an achievement"),
     .add_route = "pupil-achievement-new"},
    {"meals", N_("Free meals"), .list = &pupil_meals_list, .form = &meal_form, .add = N_("Application for free meals"), .adds = &register_meal,
     .adds_for = "pupil"},
    {"movement", N_("Movement"), departures_show, .list = &pupil_movements_list},
    {"claims", N_("Claims to a budget place"), .list = &pupil_claims_list, .form = &pupil_claim_form, .add = N_("Add a claim"),
     .add_route = "pupil-claim-new", .when = is_college},
    {"scholarships", N_("Scholarships"), .list = &pupil_scholarships_list, .when = is_college},
    {"papers", N_("Papers issued"), .list = &pupil_papers_list, .form = &pupil_certificate_form, .add = N_("Order a certificate"), .add_route = "pupil-paper-new"},
    {"history", N_("History"), show_history},
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
        if (tabs[i].form == form || tabs[i].record == form)
            return &tabs[i];
    return find_tab("contacts"); /* of the forms of corrections */
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
    const char *name, *class, *standing, *study_form, *funding;
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
    summary->study_form = pool_strdup(summary->pool, db_get_or(row, 9, ""));
    summary->funding = pool_strdup(summary->pool, db_get_or(row, 10, ""));
    return STATUS_OK;
}

static const char SUMMARY[] =
    "SELECT p.surname, p.given, p.patronymic, IF(c.id IS NULL, NULL, " CLASS_PACKED "), c.id, p.standing, p.born_on, h.login, p.person_id,"
    " COALESCE(p.ordered_form, p.study_form), " PUPIL_FUNDING
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
    {"enrolled", N_("Academic leave"), NULL, &academic_leave},
    {"enrolled", N_("Repeating a course"), NULL, &repeat_course},
    {"enrolled", N_("Change of speciality"), NULL, &change_speciality},
    {"enrolled", N_("Change of the form of study"), NULL, &change_form},
    {"enrolled", N_("Change of the basis of study"), NULL, &change_funding},
    {"enrolled", N_("Assignment of a scholarship"), NULL, &assign_scholarship},
    {"on-leave", N_("Return from leave"), "arrow-counterclockwise", &return_from_leave},
    {"on-leave", N_("Exclude"), NULL, &exclude_pupil},
    {"registered", N_("Merge with another file"), NULL, &merge_pupils},
    {"registered", N_("Withdraw: registered by mistake"), NULL, &withdraw_pupil},
    {"withdrawn", N_("Restore"), "arrow-counterclockwise", &restore_pupil},
};

static NEOERR *show_moves(struct request *rq, const struct summary *summary, int64_t id)
{
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        const struct process *process = moves[i].process;
        if (strcmp(moves[i].standing, summary->standing) != 0 || !request_may(rq, process->permission) || (process->when != NULL && !process->when(rq)))
            continue;
        const char *label = request_words(rq, moves[i].label), *address = process_url(rq, process, id);
        TRY(moves[i].icon != NULL ? page_action(rq, label, address, moves[i].icon, true) : page_operation(rq, label, address));
    }
    return STATUS_OK;
}

/* Who is in no class: the words for it and the list; the last one is for all others. */
static const struct nowhere {
    const char *standing, *words, *route;
} nowheres[] = {
    {"withdrawn", N_("Registered by mistake"), "withdrawn"},
    {"on-leave", N_("On academic leave"), "on-leave"},
    {NULL, N_("Without class"), "without-class"},
};

static const struct nowhere *nowhere_of(const char *standing)
{
    const struct nowhere *nowhere = nowheres;
    while (nowhere->standing != NULL && strcmp(nowhere->standing, standing) != 0)
        nowhere++;
    return nowhere;
}

static NEOERR *show_frame(struct request *rq, const struct summary *summary, int64_t id, const struct tab *current)
{
    const struct nowhere *nowhere = nowhere_of(summary->standing);
    const char *class = request_words(rq, nowhere->words), *class_href = route_url(rq, nowhere->route);
    if (summary->whose.class != 0) {
        class = class_label(rq, summary->class);
        class_href = route_url(rq, "class", route_number(rq, summary->whose.class));
    }
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, class, class_href));
    TRY(page_crumb(rq, summary->name, NULL));
    const char *facts = pool_printf(rq->pool, "%s · %s · № %s", class, i18n_date(rq->pool, summary->born), summary->login);
    if (is_college(rq) && summary->study_form[0] != '\0')
        facts = pool_printf(rq->pool, "%s · %s", facts, code_name(&study_form_codes, summary->study_form));
    if (is_college(rq) && summary->funding[0] != '\0')
        facts = pool_printf(rq->pool, _("%s · basis of study: %s"), facts, code_name(&funding_codes, summary->funding));
    TRY(page_facts(rq, facts));
    for (size_t i = 0; i < TABS; i++)
        if ((tabs[i].see == NULL || request_may(rq, tabs[i].see)) && (tabs[i].when == NULL || tabs[i].when(rq)))
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

static const char *adding_address(struct request *rq, const struct tab *tab, int64_t id)
{
    if (tab->adds == NULL)
        return route_url(rq, tab->add_route, route_number(rq, id));
    if (tab->adds_for == NULL)
        return process_url(rq, tab->adds, id);
    return route_with(rq->pool, process_url(rq, tab->adds, 0), tab->adds_for, route_number(rq, id));
}

static NEOERR *show_tab(struct request *rq, struct response *rs, const struct tab *tab, int64_t id)
{
    bool done;
    TRY(look(rq, tab, id, true));
    if (tab->show != NULL)
        TRY(tab->show(rq, id));
    if (tab->record != NULL && request_may(rq, tab->record->edit))
        TRY(page_operation(rq, _("Edit"), route_url(rq, tab->edit_route, route_number(rq, id))));
    if (tab->record != NULL)
        return nerr_pass(form_show_record(rq, tab->record, id));
    if (tab->list == NULL)
        return STATUS_OK;
    TRY(list_answer(rq, rs, tab->list, id, NULL, &done));
    if (done)
        return STATUS_OK;
    if (tab->add != NULL && request_may(rq, tab->form->edit)) {
        TRY(page_action(rq, _(tab->add), adding_address(rq, tab, id), "plus-lg", true));
    }
    return nerr_pass(list_show(rq, tab->list, id, NULL));
}

NEOERR *pupil_page(struct request *rq, struct response *rs)
{
    const struct tab *tab = find_tab(rq->ids[1] != NULL ? rq->ids[1] : "personal");
    struct summary summary;
    int64_t id;
    if (tab == NULL || (tab->when != NULL && !tab->when(rq)))
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

/* «Сохранить» of the file's operations (CON-25). */
NEOERR *pupil_edit_page(struct request *rq, struct response *rs)
{
    const struct form *form = rq->route->detail;
    struct summary summary;
    int64_t id;
    TRY(open_pupil(rq, &id, &summary));
    TRY(form_edit_page(rq, rs, form, id, route_url(rq, "pupil-tab", route_number(rq, id), tab_of_form(form)->id)));
    TRY(page_operation_save(rq));
    return nerr_pass(edit_frame(rq, &summary, id, request_words(rq, form->title)));
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
    if (row != 0 && tab->operations != NULL)
        TRY(tab->operations(rq, row));
    return nerr_pass(edit_frame(rq, &summary, pupil, request_words(rq, form->title)));
}
