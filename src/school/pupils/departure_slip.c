/* departure_slip.c: «Открепительный талон»: what a pupil takes to the other organisation, with the arrival slip to be sent back; of one
 * departure, or of all by one order. */
#include "school/pupils/certificate.h"
#include "school/pupils/class.h"
#include "school/pupils/handover.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "school/codes.h"
#include "school/office/order.h"
#include "school/permissions.h"

#include <string.h>

struct slip {
    const char *number, *name, *born, *class, *language, *left_on, *order, *destination;
    struct slip *next;
};
struct slips {
    struct request *rq;
    struct slip *first, **last;
    size_t count;
};

static NEOERR *take_slip(void *data, const struct db_row *row)
{
    struct slips *slips = data;
    struct request *rq = slips->rq;
    struct pool *pool = rq->pool;
    struct slip *slip = pool_alloc(pool, sizeof *slip);
    *slip = (struct slip){
        .number = pool_printf(pool, "№ %s · %s", db_get(row, 0), i18n_date(pool, db_get_date(row, 8))),
        .name = name_full(pool, db_get(row, 1), db_get(row, 2), db_get(row, 3)),
        .born = i18n_date(pool, db_get_date(row, 4)),
        .class = class_label(rq, db_get(row, 5)),
        .language = code_name(&instruction_language_codes, db_get(row, 9)),
        .left_on = i18n_date(pool, db_get_date(row, 6)),
        .order = order_words(rq, db_get(row, 7), db_get_date(row, 8)),
        .destination = handover_destination(rq, db_get_int(row, 10) != 0, pool_strdup(pool, db_get(row, 11)), pool_strdup(pool, db_get(row, 12))),
    };
    *slips->last = slip;
    slips->last = &slip->next;
    slips->count++;
    return STATUS_OK;
}

static const char SLIPS[] =
    "SELECT d.number, p.surname, p.given, p.patronymic, p.born_on, d.class, d.left_on, o.number, o.dated, COALESCE(p.language, c.language),"
    " d.to_org_uid IS NOT NULL, d.to_name, d.to_place"
    " FROM departure d"
    " JOIN pupil p ON p.org_id = d.org_id AND p.id = d.pupil_id"
    " JOIN school_order o ON o.org_id = d.org_id AND o.id = d.order_id"
    " LEFT JOIN movement m ON m.org_id = d.org_id AND m.order_id = d.order_id AND m.pupil_id = d.pupil_id"
    " LEFT JOIN class c ON c.org_id = m.org_id AND c.id = m.from_class_id"
    " WHERE d.org_id = ? AND (d.id = ? OR d.order_id = ?)"
    " ORDER BY d.number";

static NEOERR *load_slips(struct request *rq, struct slips *slips)
{
    bool of_order = strcmp(rq->route->id, "order-slips") == 0;
    int64_t id;
    *slips = (struct slips){.rq = rq, .last = &slips->first};
    TRY(request_id(rq, 0, &id));
    TRY(db_each(rq->db, SLIPS, DB_VALUES(DB_INT(rq->place.org), DB_INT(of_order ? 0 : id), DB_INT(of_order ? id : 0)), take_slip, slips));
    return slips->count > 0 ? STATUS_OK : nerr_raise(ERROR_NOT_FOUND, "no departure of %lld in organisation %lld", (long long)id, (long long)rq->place.org);
}

static NEOERR *head(struct form_data *form, struct doc_head *head)
{
    struct slips slips;
    TRY(load_slips(form->rq, &slips));
    if (slips.count == 1)
        head->subtitle = slips.first->number;
    return STATUS_OK;
}

static NEOERR *write_slip(struct request *rq, struct doc *doc, const struct slip *slip, const char *signer)
{
    const struct doc_pair pairs[] = {
        {_("Full name"), slip->name},
        {_("Date of birth"), slip->born},
        {request_words(rq, N_("Class")), slip->class},
        {_("Language of instruction"), slip->language},
        {_("Date of departure"), slip->left_on},
        {_("Order"), slip->order},
        {_("Leaves for"), slip->destination},
    };
    const char *words = request_words(rq, N_("%s, born %s, has arrived at __________________________________________________ and is enrolled in class __________ "
                                             "by order № __________ of ____________________."));
    TRY(doc_pairs(doc, pairs, sizeof pairs / sizeof pairs[0]));
    TRY(doc_sign(doc, _("Head"), signer));
    TRY(doc_card(doc));
    TRY(doc_text(doc, DOC_HEADING, _("Arrival slip")));
    TRY(doc_text(doc, DOC_SMALL, _("To be sent back to the organisation that has given out the departure slip")));
    TRY(doc_text(doc, DOC_NORMAL, pool_printf(rq->pool, words, slip->name, slip->born)));
    return nerr_pass(doc_sign(doc, _("Head"), ""));
}

static NEOERR *build(struct form_data *form, struct doc *doc)
{
    struct request *rq = form->rq;
    struct slips slips;
    const char *signer;
    TRY(load_slips(rq, &slips));
    TRY(order_signer(rq, request_today(rq), &signer));
    for (const struct slip *slip = slips.first; slip != NULL; slip = slip->next) {
        if (slip != slips.first)
            TRY(doc_page(doc));
        if (slips.count > 1)
            TRY(doc_text(doc, DOC_HEADING, slip->number));
        TRY(write_slip(rq, doc, slip, signer));
    }
    return STATUS_OK;
}

const struct output departure_slip = {
    .id = "departure-slip", .title = N_("Departure slip"), .permission = &register_pupils, .formats = {"pdf", "docx", "html"}, .head = head, .build = build,
};

NEOERR *departure_slip_page(struct request *rq, struct response *rs)
{
    struct slips slips;
    TRY(load_slips(rq, &slips));
    return nerr_pass(rq->http->method == HTTP_POST ? output_post_page(rq, rs) : output_page(rq, rs));
}
