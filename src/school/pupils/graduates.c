/* graduates.c: «Выпускники» (CON-38), and the report on the passage of the classes to the next school year. */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "engine/page.h"
#include "school/office/order.h"
#include "school/codes.h"
#include "school/permissions.h"

/* ---- graduates: those who left with a certificate, and those who go on with the one of nine classes ---- */

#define CLASS_OF(c) "IF(" c ".id IS NULL, '', CONCAT_WS('|', " c ".grade, " c ".name_kk, " c ".name_ru, " c ".name_en))"
#define CLASS_SORT(c) "CONCAT(LPAD(" c ".grade, 2, '0'), " c ".name_ru)"
#define UNVOIDED " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"

static const struct list_column graduate_columns[] = {
    {"number", N_("Number"), "h.login", .flags = COLUMN_SORTABLE, .width = 1.2},
    {"name", N_("Full name"), "CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, ''))", "p.sort_key", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK,
     .width = 3},
    {"born", N_("Date of birth"), "p.born_on", .flags = COLUMN_SORTABLE | COLUMN_DATE | COLUMN_PAPER, .width = 1.1},
    {"class", N_("Class"), CLASS_OF("c"), CLASS_SORT("c"), COLUMN_SORTABLE, .show = class_label},
    {"graduated_on", N_("Date of graduation"), "m.effective_on", .flags = COLUMN_SORTABLE | COLUMN_DATE, .width = 1.1},
    {"certificate", N_("Kind of certificate"), "m.certificate", .flags = COLUMN_SORTABLE, .width = 2.5, .codes = &certificate_kind_codes},
    {"next", N_("Goes on in"), CLASS_OF("t"), CLASS_SORT("t"), COLUMN_SORTABLE, .show = class_label},
    {"order", N_("Order"), "o.number", "o.ordinal", COLUMN_SORTABLE},
    {0},
};

static const struct list_filter graduate_filters[] = {
    {"year", N_("Year of graduation"), "YEAR(m.effective_on) = ?", .choices = list_year_choices},
    {"certificate", N_("Kind of certificate"), "m.certificate = ?", .choices = certificate_choices},
    {"grade", N_("Parallel"), "c.grade = ?", .choices = class_grade_choices},
    {0},
};

const struct list graduates_list = {
    .id = "graduates", .title = N_("Graduates"), .permission = &see_orders, .id_sql = "p.id",
    .from = "movement m" UNVOIDED
            " JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id JOIN person h ON h.id = p.person_id"
            " JOIN school_order o ON o.org_id = m.org_id AND o.id = m.order_id"
            " LEFT JOIN class c ON c.org_id = m.org_id AND c.id = m.from_class_id LEFT JOIN class t ON t.org_id = m.org_id AND t.id = m.to_class_id",
    .where = "m.org_id = ? AND m.is_graduation = 1 AND m.voids_id IS NULL AND v.id IS NULL", .bind = list_bind_org, .columns = graduate_columns,
    .filters = graduate_filters, .search_sql = "p.fold_key LIKE ?", .default_sort = "-graduated_on", .tie_sql = "p.sort_key, m.id", .row_route = "pupil",
    .empty = N_("Nobody has graduated yet"), .numbered = true, .landscape = true,
};

/* ---- the report: from which class to which, how many ---- */

static const struct list_column report_columns[] = {
    {"from", N_("From class"), CLASS_OF("f"), CLASS_SORT("f"), COLUMN_SORTABLE | COLUMN_STICKY, .show = class_label},
    {"kind", N_("Movement"), "m.kind", .flags = COLUMN_SORTABLE, .width = 2, .codes = &movement_kind_codes},
    {"to", N_("To class"), CLASS_OF("t"), CLASS_SORT("t"), COLUMN_SORTABLE, .show = class_label},
    {"pupils", N_("Pupils"), "COUNT(*)", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {"boys", N_("Boys"), "SUM(p.sex = 'M')", .flags = COLUMN_NUMBER},
    {"girls", N_("Girls"), "SUM(p.sex = 'F')", .flags = COLUMN_NUMBER},
    {0},
};

const struct list year_report_list = {
    .id = "year-report", .title = N_("Report on the transfer to the next school year"), .permission = &see_orders, .id_sql = "MIN(m.id)",
    .from = "movement m" UNVOIDED
            " JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id"
            " LEFT JOIN class f ON f.org_id = m.org_id AND f.id = m.from_class_id LEFT JOIN class t ON t.org_id = m.org_id AND t.id = m.to_class_id",
    .where = "m.org_id = ? AND m.order_id = ? AND m.voids_id IS NULL AND v.id IS NULL", .group_by = "f.id, t.id, m.kind",
    .bind = list_bind_org_subject, .columns = report_columns, .default_sort = "from", .tie_sql = "MIN(m.id)",
    .empty = N_("The order has moved nobody, or it was cancelled"), .numbered = true,
};

NEOERR *year_report_page(struct request *rq, struct response *rs)
{
    int64_t order;
    bool done;
    TRY(request_id(rq, 0, &order));
    TRY(order_exists(rq, order));
    TRY(page_begin(rq, rs, "list.cs", request_words(rq, year_report_list.title)));
    TRY(list_answer(rq, rs, &year_report_list, order, NULL, &done));
    if (done)
        return STATUS_OK;
    TRY(page_crumb(rq, _("Orders"), route_url(rq, "orders")));
    TRY(page_crumb(rq, request_words(rq, year_report_list.title), NULL));
    TRY(page_menu(rq, "contingent"));
    return nerr_pass(list_show(rq, &year_report_list, order, NULL));
}
