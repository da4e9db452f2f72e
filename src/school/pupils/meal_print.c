/* meal_print.c: «Заявление на бесплатное питание» on paper: filled in from the pupil's file, for the signature of who applies (CON-41). */
#include "school/pupils/class.h"
#include "school/pupils/meals.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "school/codes.h"
#include "school/permissions.h"

static NEOERR *load_printed(struct request *rq, struct meal *meal)
{
    int64_t id;
    TRY(request_id(rq, 0, &id));
    return nerr_pass(meal_load(rq, &see_contingent, id, meal));
}

static NEOERR *head(struct form_data *form, struct doc_head *head)
{
    struct meal meal;
    TRY(load_printed(form->rq, &meal));
    head->subtitle = pool_printf(form->rq->pool, "№ %lld · %s", (long long)meal.number, i18n_date(form->rq->pool, meal.submitted));
    return STATUS_OK;
}

/* What the file says of the pupil. */
struct printed {
    struct request *rq;
    const char *name, *class, *address, *phone;
    struct date born;
};

static NEOERR *take_pupil(void *data, const struct db_row *row)
{
    struct printed *printed = data;
    struct request *rq = printed->rq;
    printed->name = name_full(rq->pool, db_get(row, 0), db_get(row, 1), db_get(row, 2));
    printed->born = db_get_date(row, 3);
    printed->class = class_label(rq, db_get(row, 4));
    printed->address = pool_strdup(rq->pool, db_get(row, 5));
    printed->phone = pool_strdup(rq->pool, db_get(row, 6));
    return STATUS_OK;
}

/* The class is that of the first day, or the one there is now. */
static const char PUPIL[] =
    "SELECT p.surname, p.given, p.patronymic, p.born_on, IF(c.id IS NULL, '', " CLASS_PACKED "), p.address,"
    " COALESCE(NULLIF((SELECT k.phone FROM kinship k WHERE k.org_id = p.org_id AND k.pupil_id = p.id AND k.ended_on IS NULL AND k.phone <> ''"
    "  ORDER BY k.id LIMIT 1), ''), p.phone)"
    " FROM pupil p"
    " LEFT JOIN membership s ON s.org_id = p.org_id AND s.pupil_id = p.id AND s.from_on <= ? AND (s.to_on IS NULL OR s.to_on > ?)"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = COALESCE(s.class_id, p.class_id)"
    " WHERE p.org_id = ? AND p.id = ? LIMIT 1";

static NEOERR *build(struct form_data *form, struct doc *doc)
{
    struct request *rq = form->rq;
    struct printed printed = {.rq = rq};
    struct meal meal;
    TRY(load_printed(rq, &meal));
    TRY(db_one(rq->db, PUPIL, DB_VALUES(DB_DATE(meal.from), DB_DATE(meal.from), DB_INT(rq->place.org), DB_INT(meal.pupil)), take_pupil, &printed));
    const struct doc_pair pairs[] = {
        {_("To the head"), rq->place.name},
        {_("Applicant"), meal.applicant},
        {_("Address"), printed.address},
        {_("Phone"), printed.phone},
    };
    TRY(doc_pairs(doc, pairs, sizeof pairs / sizeof pairs[0]));
    TRY(doc_text(doc, DOC_NORMAL,
                 pool_printf(rq->pool, request_words(rq, N_("I ask to include my child %s, born %s, class %s, in the list of those provided with free meals from %s to %s.")),
                             printed.name, i18n_date(rq->pool, printed.born), printed.class, i18n_date(rq->pool, meal.from), i18n_date(rq->pool, meal.to))));
    TRY(doc_text(doc, DOC_NORMAL, pool_printf(rq->pool, "%s: %s", _("Ground"), code_name(&meal_ground_codes, meal.ground))));
    if (meal.ground_document[0] != '\0')
        TRY(doc_text(doc, DOC_NORMAL, pool_printf(rq->pool, "%s: %s", _("Document"), meal.ground_document)));
    TRY(doc_text(doc, DOC_SMALL, _("I agree that data of information systems which are a secret protected by law are used for the decision.")));
    return nerr_pass(doc_sign(doc, i18n_date(rq->pool, meal.submitted), meal.applicant));
}

const struct output meal_application = {
    .id = "meal-application", .title = N_("Application for free meals"), .permission = &see_contingent, .formats = {"pdf", "docx", "html"}, .head = head,
    .build = build,
};

NEOERR *meal_print_page(struct request *rq, struct response *rs)
{
    struct meal meal;
    TRY(load_printed(rq, &meal));
    return nerr_pass(rq->http->method == HTTP_POST ? output_post_page(rq, rs) : output_page(rq, rs));
}
