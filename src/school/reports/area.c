/* area.c: what the books and reports bring to the registers, and what they share. */
#include "school/reports/reports.h"

#include "engine/audit.h"
#include "engine/list.h"
#include "engine/page.h"
#include "school/office/order.h"
#include "school/permissions.h"
#include "school/pupils/class.h"

#include <stdlib.h>
#include <string.h>

/* ---- keys of slices ---- */

const char *report_grade(struct request *rq, const char *key)
{
    return class_grade_label(rq, atoi(key));
}

/* A class of another year than the page's says which: over a summer there are two of a name. */
const char *report_class(struct request *rq, const char *key)
{
    char *rest = pool_strdup(rq->pool, key);
    strsep(&rest, "|");
    int year = rest != NULL ? atoi(strsep(&rest, "|")) : 0;
    if (rest == NULL)
        return key;
    const char *label = class_label(rq, rest);
    return year == rq->place.year ? label : pool_printf(rq->pool, "%s, %s", label, i18n_school_year(rq->pool, year));
}

/* ---- days ---- */

struct date report_first_day(const struct request *rq)
{
    return (struct date){rq->place.year, 9, 1};
}

struct date report_last_day(const struct request *rq)
{
    struct date today = request_today(rq), last = {rq->place.year + 1, 8, 31};
    return date_compare(today, last) < 0 ? today : last;
}

/* ---- the foot ---- */

NEOERR *report_foot(const struct list_query *query, struct doc *doc)
{
    struct request *rq = query->rq;
    const char *head;
    TRY(order_signer(rq, request_today(rq), &head));
    TRY(doc_sign(doc, _("Responsible person"), ""));
    TRY(doc_sign(doc, _("Head"), head));
    return nerr_pass(doc_text(doc, DOC_SMALL, pool_printf(rq->pool, _("Electronic form “%s”. Made on %s"), request_words(rq, query->list->title),
                                                           i18n_date(rq->pool, request_today(rq)))));
}

/* ---- pages ---- */

/* What opens a number by a special need shows whose it is. */
static NEOERR *note_look(struct request *rq)
{
    if (strcmp(request_query(rq, "by"), "need") != 0)
        return STATUS_OK;
    return nerr_pass(audit_add(rq->db, rq, "organisation", rq->place.org, "look", _("Special educational needs"), NULL));
}

static NEOERR *report_page(struct request *rq, struct response *rs)
{
    const struct list *list = rq->route->detail;
    const struct list *report = list->counts_of != NULL ? list->counts_of : list;
    const char *title = request_words(rq, report->title);
    bool done;
    TRY(page_begin(rq, rs, "list.cs", title));
    if (report != list)
        TRY(note_look(rq));
    TRY(list_answer(rq, rs, list, 0, NULL, &done));
    if (done)
        return STATUS_OK;
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, title, report == list ? NULL : route_url(rq, report->id)));
    if (report != list)
        TRY(page_crumb(rq, _("Pupils"), NULL));
    TRY(page_menu(rq, "contingent"));
    return nerr_pass(list_show(rq, list, 0, NULL));
}

#define REPORT(id, report, words)                                                                                             \
    {id, HTTP_GET, "/ORG/YEAR/reports/" id, report_page, &see_reports, .detail = &report, .title = words},                    \
    {id "-pupils", HTTP_GET, "/ORG/YEAR/reports/" id "/pupils", report_page, &see_reports, .detail = &report##_pupils},       \
    {id "-pupils", HTTP_POST, "/ORG/YEAR/reports/" id "/pupils", report_page, &see_reports, .detail = &report##_pupils}

static const struct route routes[] = {
    REPORT("movement-book", movement_book, N_("Book of pupil movement")),
    REPORT("roll", roll_counts, N_("Consolidated report on pupils (NEDB)")),
    REPORT("social-passport", social_counts, N_("Social passport")),
    REPORT("achievements", achievement_counts, N_("Winners and participants of contests")),
    REPORT("graduate-counts", graduate_counts, N_("Report on graduates")),
    {0},
};

static const struct list *const lists[] = {
    &movement_book,  &movement_book_pupils, &roll_counts,     &roll_counts_pupils,     &social_counts, &social_counts_pupils, &achievement_counts,
    &achievement_counts_pupils, &graduate_counts, &graduate_counts_pupils, NULL,
};

const struct area reports_area = {.id = "reports", .routes = routes, .lists = lists};
