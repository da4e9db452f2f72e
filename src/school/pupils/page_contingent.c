/* page_contingent.c: «Контингент»: the classes of the year, all pupils, pupils without class. */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "engine/page.h"

#include <stdlib.h>
#include <string.h>

static NEOERR *list_with_panel(struct request *rq, struct response *rs, const struct list *list, int grade, bool archive)
{
    bool done;
    TRY(page_begin(rq, rs, "list.cs", request_words(rq, list->title)));
    TRY(list_answer(rq, rs, list, 0, NULL, &done));
    if (done)
        return STATUS_OK;
    TRY(page_crumb(rq, _("Contingent"), list == &classes_list ? NULL : route_url(rq, "contingent")));
    if (list != &classes_list)
        TRY(page_crumb(rq, request_words(rq, list->title), NULL));
    TRY(panel_show(rq, grade, 0, archive));
    return nerr_pass(list_show(rq, list, 0, NULL));
}

NEOERR *contingent_list_page(struct request *rq, struct response *rs)
{
    const struct list *list = rq->route->detail;
    bool done;
    TRY(page_begin(rq, rs, "list.cs", request_words(rq, list->title)));
    TRY(list_answer(rq, rs, list, 0, NULL, &done));
    if (done)
        return STATUS_OK;
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, request_words(rq, list->title), NULL));
    TRY(page_menu(rq, "contingent"));
    return nerr_pass(list_show(rq, list, 0, NULL));
}

NEOERR *handover_crumbs(struct request *rq, const struct list *list, int64_t id, const char *name, const char *last)
{
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, request_words(rq, list->title), route_url(rq, list->id)));
    TRY(page_crumb_record(rq, name, route_url(rq, list->row_route, route_number(rq, id)), last));
    return nerr_pass(page_menu(rq, "contingent"));
}

NEOERR *handover_form_page(struct request *rq, struct response *rs, const struct form *form, const struct list *list, int64_t id, const char *name)
{
    TRY(hdf_remove_tree(rq->hdf, "Form.shown"));
    TRY(form_edit_page(rq, rs, form, id, route_url(rq, list->row_route, route_number(rq, id))));
    TRY(page_facts(rq, name));
    return nerr_pass(handover_crumbs(rq, list, id, name, _(form->title)));
}

static int chosen_grade(const struct request *rq)
{
    const char *grade = request_query(rq, "grade");
    return grade[0] != '\0' ? atoi(grade) : -1;
}

static bool has_role_in(const struct request *rq, int64_t org)
{
    for (size_t i = 0; i < rq->session.org_count; i++)
        if (rq->session.orgs[i].id == org)
            return true;
    return false;
}

/* The panel's form leads here: another organisation to its contingent, a class to its page, the archive to the pupils who left, else
 * the classes of the parallel. */
NEOERR *contingent_page(struct request *rq, struct response *rs)
{
    int64_t class = request_query_number(rq, "class"), org = request_query_number(rq, "org");
    if (org != rq->place.org && has_role_in(rq, org))
        return nerr_pass(response_redirect(rq, rs, route_url_at(rq->pool, org, rq->place.year, (const char *const[]){"contingent", NULL})));
    if (class != 0)
        return nerr_pass(response_redirect(rq, rs, route_url(rq, "class", route_number(rq, class))));
    if (request_query(rq, "archive")[0] == '1')
        return nerr_pass(response_redirect(rq, rs, route_url(rq, "archive")));
    return nerr_pass(list_with_panel(rq, rs, &classes_list, chosen_grade(rq), false));
}

NEOERR *pupils_page(struct request *rq, struct response *rs)
{
    return nerr_pass(list_with_panel(rq, rs, rq->route->detail, chosen_grade(rq), rq->route->detail == &archive_list));
}
