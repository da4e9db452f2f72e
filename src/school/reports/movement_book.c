/* movement_book.c: «Книга движения учащихся»: who was there, came, left and is there, each number with its pupils and orders. (CON-39)
 *
 * A row of the base is a stay in a class (membership) within a period. Each stay that began before a period or in it and did not end in it is
 * there at its end, so the balance closes by itself: at the beginning + arrived - left = at the end, in every slice. */
#include "school/reports/reports.h"

#include "engine/list.h"
#include "school/codes.h"
#include "school/permissions.h"
#include "school/planning/planning.h"
#include "school/pupils/class.h"
#include "school/pupils/movement.h"

#include <string.h>

/* ---- the periods: one, or the months or study periods that are in it ---- */

struct spans {
    struct request *rq;
    const char *json;
};

static void add_span(struct spans *spans, const char *name, struct date from, struct date to)
{
    char first[DATE_ISO_SIZE], last[DATE_ISO_SIZE];
    date_to_iso(from, first);
    date_to_iso(to, last);
    spans->json = pool_printf(spans->rq->pool, "%s%s{\"name\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}", spans->json, spans->json[0] != '\0' ? "," : "", name,
                              first, last);
}

static void add_months(struct spans *spans, struct date from, struct date to)
{
    for (struct date first = from; date_compare(first, to) <= 0;) {
        struct date next = first.month == 12 ? (struct date){first.year + 1, 1, 1} : (struct date){first.year, first.month + 1, 1};
        struct date last = date_add_days(next, -1);
        add_span(spans, pool_printf(spans->rq->pool, "%04d-%02d", first.year, first.month), first, date_compare(last, to) < 0 ? last : to);
        first = next;
    }
}

/* The holidays belong to the period before them, so that no day is left out. */
static NEOERR *add_periods(struct spans *spans, struct date from, struct date to)
{
    struct periods periods;
    struct date first = from;
    TRY(periods_load(spans->rq, spans->rq->place.year, &periods));
    for (size_t i = 0; i < periods.count && date_compare(first, to) <= 0; i++) {
        bool is_last = i + 1 == periods.count;
        struct date last = is_last ? to : date_add_days(periods.rows[i + 1].starts_on, -1);
        if (date_compare(last, first) < 0)
            continue;
        add_span(spans, periods.rows[i].kind, first, date_compare(last, to) < 0 ? last : to);
        first = date_add_days(last, 1);
    }
    return STATUS_OK;
}

static struct date day_of(const struct list_query *query, const char *filter)
{
    struct date day = {0};
    date_from_iso(list_filter_value(query, filter), &day);
    return day;
}

static NEOERR *bind(struct list_query *query)
{
    struct spans spans = {query->rq, ""};
    struct date from = day_of(query, "from"), to = day_of(query, "to");
    const char *slice = list_slice_name(query);
    if (date_compare(to, from) < 0)
        to = from;
    if (strcmp(slice, "month") == 0)
        add_months(&spans, from, to);
    else if (strcmp(slice, "period") == 0)
        TRY(add_periods(&spans, from, to));
    if (spans.json[0] == '\0')
        add_span(&spans, "", from, to);
    TRY(list_value(query, DB_TEXT(pool_printf(query->rq->pool, "[%s]", spans.json))));
    return nerr_pass(list_bind_org(query));
}

/* ---- the base ---- */

/* The movement that ended a stay: the next one of the pupil that is in force and does not leave the class as it was. */
#define ENDED_BY                                                                                                            \
    "(SELECT x.id FROM movement x LEFT JOIN movement v ON v.org_id = x.org_id AND v.voids_id = x.id"                        \
    " WHERE x.org_id = s.org_id AND x.pupil_id = s.pupil_id AND x.effective_on = s.to_on AND x.voids_id IS NULL AND v.id IS NULL" \
    " AND (x.effective_on > m.effective_on OR x.id > m.id) AND NOT " MOVEMENT_KEEPS_CLASS("x") " ORDER BY x.id LIMIT 1)"

#define STAYS                                                                                                                     \
    "JSON_TABLE(?, '$[*]' COLUMNS (name VARCHAR(20) PATH '$.name', from_on DATE PATH '$.from', to_on DATE PATH '$.to')) t"        \
    " JOIN membership s ON s.org_id = ? AND s.from_on <= t.to_on AND (s.to_on IS NULL OR s.to_on >= t.from_on)"                   \
    " JOIN movement m ON m.org_id = s.org_id AND m.id = s.movement_id"                                                           \
    " JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id"                                                                 \
    " JOIN class c ON c.org_id = s.org_id AND c.id = s.class_id"                                                                 \
    " LEFT JOIN movement e ON e.org_id = s.org_id AND e.id = " ENDED_BY                                                          \
    " LEFT JOIN departure d ON d.org_id = e.org_id AND d.pupil_id = e.pupil_id AND d.order_id = e.order_id"                      \
    " LEFT JOIN organisation g ON g.id = d.to_org_id"

#define CAME "s.from_on BETWEEN t.from_on AND t.to_on AND m.kind "
#define WENT "s.to_on BETWEEN t.from_on AND t.to_on AND COALESCE(e.kind, '') "
#define TRANSFERRED WENT "= 'exclude' AND e.reason = 'transfer' AND "
#define IS_NEAR "COALESCE(g.territory_id, 0) = (SELECT w.territory_id FROM organisation w WHERE w.id = s.org_id)"

static const struct list_column columns[] = {
    {"start", N_("At the beginning"), "s.from_on < t.from_on AND (s.to_on IS NULL OR s.to_on >= t.from_on)", .flags = COLUMN_OPENING},
    {"enrolled", N_("by enrolment"), CAME "IN ('enrol', 'open-balance')", .group = N_("Arrived")},
    {"arrived", N_("from an organisation of this system"), CAME "= 'arrive'", .group = N_("Arrived")},
    {"reinstated", N_("by reinstatement"), CAME "= 'reinstate'", .group = N_("Arrived")},
    {"returned", N_("from academic leave"), CAME "= 'return'", .group = N_("Arrived"), .when = is_college},
    {"from-class", N_("from another class"), CAME "NOT IN ('enrol', 'open-balance', 'arrive', 'reinstate', 'return')", .group = N_("Arrived")},
    {"near", N_("to organisations of this district"), TRANSFERRED IS_NEAR, .group = N_("Left")},
    {"far", N_("to other organisations"), TRANSFERRED "NOT " IS_NEAR, .group = N_("Left")},
    {"abroad", N_("abroad"), WENT "= 'exclude' AND e.reason = 'abroad'", .group = N_("Left")},
    {"other", N_("for other reasons"), WENT "= 'exclude' AND COALESCE(e.reason, '') NOT IN ('transfer', 'abroad')", .group = N_("Left")},
    {"graduated", N_("with a certificate"), WENT "= 'graduate'", .group = N_("Left")},
    {"leave", N_("on academic leave"), WENT "= 'leave'", .group = N_("Left"), .when = is_college},
    {"to-class", N_("to another class"), WENT "NOT IN ('exclude', 'graduate', 'leave')", .group = N_("Left")},
    {"end", N_("At the end"), "s.from_on <= t.to_on AND (s.to_on IS NULL OR s.to_on > t.to_on)", .flags = COLUMN_CLOSING | COLUMN_CHART},
    {0},
};

/* "2026-09" */
static const char *month_words(struct request *rq, const char *key)
{
    int year = 0, month = 1;
    if (sscanf(key, "%4d-%2d", &year, &month) != 2 || month < 1 || month > 12)
        return key;
    return i18n_month_year(rq->pool, month, year);
}

static const struct list_slice slices[] = {
    {"month", N_("Months"), "t.name", .show = month_words, .in_time = true},
    {"period", N_("Study periods"), "t.name", "t.from_on", .codes = &period_kind_codes, .in_time = true},
    {"grade", N_("Parallels"), "c.grade", .show = report_grade},
    {"class", N_("Classes"), REPORT_CLASS, REPORT_CLASS_SORT, .show = report_class},
    {"language", N_("Language of instruction"), "COALESCE(p.language, c.language)", .codes = &instruction_language_codes},
    {0},
};

static const struct list_filter filters[] = {
    {"from", N_("From the day"), .is_day = true, .usual_day = report_first_day},
    {"to", N_("To the day"), .is_day = true, .usual_day = report_last_day},
    {"grade", N_("Parallel"), "c.grade = ?", .choices = class_grade_choices},
    {"class", N_("Class"), "c.id = ?", .choices = class_choices},
    {0},
};

const struct list movement_book = {
    .id = "movement-book", .title = N_("Book of pupil movement"), .permission = &see_reports, .id_sql = "p.id", .from = STAYS, .where = "TRUE", .bind = bind,
    .columns = columns, .filters = filters, .tie_sql = "p.id", .slices = slices, .opens = "movement-book-pupils", .landscape = true, .foot = report_foot,
    .empty = N_("Nobody was in a class in these days"),
};

/* ---- what a number opens ---- */

static const char *destination(struct request *rq, const char *packed)
{
    char *rest = pool_strdup(rq->pool, packed);
    const char *reason = strsep(&rest, "|");
    const char *words = reason[0] != '\0' ? code_name(&movement_reason_codes, reason) : "";
    return rest == NULL || rest[0] == '\0' ? words : pool_printf(rq->pool, "%s%s%s", words, words[0] != '\0' ? ": " : "", rest);
}

#define ORDER_OF(m) "(SELECT o.number FROM school_order o WHERE o.org_id = " m ".org_id AND o.id = " m ".order_id)"

static const struct list_column pupil_columns[] = {
    {"name", N_("Full name"), "CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, ''))", "p.sort_key", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK,
     .width = 3},
    {"class", N_("Class"), CLASS_PACKED, REPORT_CLASS_SORT, COLUMN_SORTABLE, .show = class_label},
    {"came", N_("Since"), "s.from_on", .flags = COLUMN_SORTABLE | COLUMN_DATE, .width = 1.1},
    {"came_by", N_("Movement"), "m.kind", .flags = COLUMN_SORTABLE, .codes = &movement_kind_codes, .width = 1.5},
    {"came_order", N_("Order"), ORDER_OF("m")},
    {"went", N_("Until"), "s.to_on", .flags = COLUMN_SORTABLE | COLUMN_DATE, .width = 1.1},
    {"went_by", N_("Movement"), "e.kind", .flags = COLUMN_SORTABLE, .codes = &movement_kind_codes, .width = 1.5},
    {"went_order", N_("Order"), ORDER_OF("e")},
    {"where", N_("Reason, where to"), "IF(e.id IS NULL, '', CONCAT(COALESCE(e.reason, ''), '|', COALESCE(e.note, '')))", .show = destination, .width = 2},
    {0},
};

const struct list movement_book_pupils = {
    .id = "movement-book-pupils", .title = N_("Book of pupil movement: pupils"), .permission = &see_reports, .id_sql = "p.id", .from = STAYS, .where = "TRUE",
    .bind = bind, .columns = pupil_columns, .filters = filters, .search_sql = "p.fold_key LIKE ?", .default_sort = "name",
    .tie_sql = "s.from_on, s.movement_id, t.from_on", .row_route = "pupil", .counts_of = &movement_book, .numbered = true, .landscape = true,
};
