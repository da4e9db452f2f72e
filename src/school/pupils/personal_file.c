/* personal_file.c: «Личное дело»: the file of a pupil as one document: what its tabs show to the person who prints it. */
#include "school/pupils/pupils.h"

#include "engine/audit.h"
#include "school/permissions.h"

static const struct form *const records[] = {&pupil_personal_form, &pupil_contacts_form, &pupil_education_form};

/* see: the right beyond seeing the pupil; left out without it, and each look is kept. */
static const struct {
    const struct list *list;
    const struct permission *see;
} tables[] = {
    {&pupil_documents_list, NULL},    {&pupil_family_list, NULL},    {&pupil_social_list, NULL}, {&pupil_health_list, &see_health},
    {&pupil_achievements_list, NULL}, {&pupil_movements_list, NULL},
};

/* What form_show_record has put together for a page, as lines of the document. */
static NEOERR *write_record(struct request *rq, struct doc *doc, const struct form *form, int64_t pupil)
{
    struct doc_pair pairs[32];
    size_t count = 0;
    TRY(form_show_record(rq, form, pupil));
    for (HDF *fact = hdf_get_child(rq->hdf, "Form.shown"); fact != NULL && count < sizeof pairs / sizeof pairs[0]; fact = hdf_obj_next(fact))
        pairs[count++] = (struct doc_pair){hdf_get_value(fact, "label", ""), hdf_get_value(fact, "value", "")};
    TRY(doc_text(doc, DOC_HEADING, request_words(rq, form->title)));
    TRY(doc_pairs(doc, pairs, count));
    return nerr_pass(hdf_remove_tree(rq->hdf, "Form.shown"));
}

static NEOERR *write_table(struct request *rq, struct doc *doc, size_t table, int64_t pupil)
{
    const struct permission *see = tables[table].see;
    if (see != NULL && !request_may(rq, see))
        return STATUS_OK;
    if (see != NULL)
        TRY(audit_add(rq->db, rq, "pupil", pupil, "look", request_words(rq, tables[table].list->title), NULL));
    return nerr_pass(list_write(rq, tables[table].list, pupil, doc));
}

static NEOERR *build(struct form_data *form, struct doc *doc)
{
    struct request *rq = form->rq;
    int64_t pupil;
    TRY(request_id(rq, 0, &pupil));
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++)
        TRY(write_record(rq, doc, records[i], pupil));
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        TRY(write_table(rq, doc, i, pupil));
    return STATUS_OK;
}

static NEOERR *head(struct form_data *form, struct doc_head *head)
{
    int64_t pupil;
    TRY(request_id(form->rq, 0, &pupil));
    return nerr_pass(pupil_label(form->rq, pupil, &head->subtitle));
}

const struct output personal_file = {
    .id = "personal-file", .title = N_("Personal file"), .permission = &see_contingent, .formats = {"pdf", "docx", "html"}, .head = head, .build = build,
};

NEOERR *personal_file_page(struct request *rq, struct response *rs)
{
    int64_t pupil;
    TRY(request_id(rq, 0, &pupil));
    TRY(pupil_check_scope(rq, &see_contingent, pupil));
    return nerr_pass(rq->http->method == HTTP_POST ? output_post_page(rq, rs) : output_page(rq, rs));
}
