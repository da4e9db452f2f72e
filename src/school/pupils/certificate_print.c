/* certificate_print.c: a certificate of study as a document with a QR code, and the public page that the code leads to. */
#include "school/pupils/class.h"
#include "school/pupils/certificate.h"
#include "school/pupils/pupils.h"

#include "engine/page.h"
#include "school/codes.h"
#include "school/org/org.h"
#include "school/permissions.h"

#include <string.h>

const char *certificate_address(struct request *rq, const struct certificate *paper)
{
    return pool_printf(rq->pool, "%s%s", rq->worker->config->base_url, route_url(rq, "paper-check", paper->code));
}

static const char *school_year(struct pool *pool, int year)
{
    return pool_printf(pool, "%d–%d", year, year + 1);
}

/* Classes and groups are told apart by the organisation that has issued it, also where the page is of none. */
static const char *class_of(struct request *rq, const struct certificate *paper)
{
    return class_label_in(rq, paper->is_college ? ORGANISATION_COLLEGE : ORGANISATION_SCHOOL, paper->class);
}

NEOERR *certificate_facts(struct request *rq, const struct certificate *paper)
{
    TRY(form_fact(rq, _("Number"), pool_printf(rq->pool, "%lld", (long long)paper->number)));
    TRY(form_fact(rq, _("Issued on"), i18n_date(rq->pool, paper->issued)));
    TRY(form_fact(rq, _("Issued by"), name_in_language(rq, paper->organisation)));
    TRY(form_fact(rq, _("Full name"), paper->full_name));
    TRY(form_fact(rq, _("Date of birth"), i18n_date(rq->pool, paper->born)));
    TRY(form_fact(rq, paper->is_college ? C_("college", "Class") : _("Class"), class_of(rq, paper)));
    TRY(form_fact(rq, _("School year"), school_year(rq->pool, paper->school_year)));
    return nerr_pass(form_fact(rq, _("Form of study"), code_name(&study_form_codes, paper->study_form)));
}

/* ---- the document ---- */

static NEOERR *load_printed(struct request *rq, struct certificate *paper)
{
    int64_t id;
    TRY(request_id(rq, 0, &id));
    TRY(certificate_load(rq, id, paper));
    return strcmp(paper->state, "issued") == 0 ? STATUS_OK : nerr_raise(ERROR_NOT_FOUND, "the paper %lld is not issued", (long long)id);
}

static NEOERR *head(struct form_data *form, struct doc_head *head)
{
    struct request *rq = form->rq;
    struct certificate paper;
    TRY(load_printed(rq, &paper));
    head->organisation = name_in_language(rq, paper.organisation);
    head->subtitle = pool_printf(rq->pool, "№ %lld · %s", (long long)paper.number, i18n_date(rq->pool, paper.issued));
    return STATUS_OK;
}

static NEOERR *build(struct form_data *form, struct doc *doc)
{
    struct request *rq = form->rq;
    struct certificate paper;
    TRY(load_printed(rq, &paper));
    const char *organisation = name_in_language(rq, paper.organisation), *born = i18n_date(rq->pool, paper.born);
    const char *words = paper.is_college ? _("This is to certify that %s, born %s, is a student of %s, group %s, in the school year %s.")
                                         : _("This is to certify that %s, born %s, is a pupil of %s, class %s, in the school year %s.");
    TRY(doc_text(doc, DOC_NORMAL,
                 pool_printf(rq->pool, words, paper.full_name, born, organisation, class_of(rq, &paper), school_year(rq->pool, paper.school_year))));
    TRY(doc_text(doc, DOC_NORMAL, pool_printf(rq->pool, "%s: %s.", _("Form of study"), code_name(&study_form_codes, paper.study_form))));
    TRY(doc_text(doc, DOC_NORMAL, pool_printf(rq->pool, _("The certificate is given to be presented: %s."), paper.addressee)));
    TRY(doc_sign(doc, _("Head"), paper.signed_by));
    return nerr_pass(doc_qr(doc, certificate_address(rq, &paper), _("The code leads to the page of the organisation's register that shows this certificate.")));
}

const struct output certificate_output = {
    .id = "paper", .title = N_("Certificate of study"), .permission = &order_papers, .formats = {"pdf", "docx", "html"}, .head = head, .build = build,
};

NEOERR *certificate_print_page(struct request *rq, struct response *rs)
{
    struct certificate paper;
    TRY(load_printed(rq, &paper));
    return nerr_pass(rq->http->method == HTTP_POST ? output_post_page(rq, rs) : output_page(rq, rs));
}

/* ---- the public page ---- */

NEOERR *certificate_check_page(struct request *rq, struct response *rs)
{
    struct certificate paper;
    TRY(certificate_load_by_code(rq, rq->ids[0], &paper));
    TRY(page_begin(rq, rs, "card.cs", code_name(&paper_kind_codes, paper.kind)));
    TRY(page_facts(rq, _("A paper with this code has been issued and says:")));
    return nerr_pass(certificate_facts(rq, &paper));
}
