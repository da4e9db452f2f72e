/* page_my_classes.c: «Мои классы»: what a class teacher, curator or master has to do with: the own classes of the year with what is
 * missing in their files, and the birthdays of the week. */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/page.h"
#include "school/permissions.h"

#include <string.h>

enum { WEEK = 7 };

bool class_leads_one(const struct request *rq)
{
    return (request_scopes(rq, &see_contingent) & SCOPE_OWN_CLASS) != 0;
}

/* ---- classes ---- */

/* In the order of the counts in CLASSES. */
static const char *const missing[] = {"iin", "address", "born"};
enum { MISSING = sizeof missing / sizeof missing[0], FIRST_MISSING = 6 };

static NEOERR *show_missing(struct request *rq, HDF *class, const char *address, const char *code, int64_t count)
{
    HDF *out;
    if (count == 0)
        return STATUS_OK;
    TRY(view_append(class, "missing", &out));
    TRY(view_set(out, "label", code_name(&pupil_unfilled_codes, code)));
    TRY(view_set(out, "count", i18n_number(rq->pool, count)));
    return nerr_pass(view_set(out, "href", route_with(rq->pool, address, "unfilled", code)));
}

static NEOERR *show_class(void *data, const struct db_row *row)
{
    struct request *rq = data;
    const char *address = route_url(rq, "class", db_get(row, 0)), *room = db_get(row, 5);
    const char *facts = pool_printf(rq->pool, n_("%d pupil", "%d pupils", (unsigned long)db_get_int(row, 2)), (int)db_get_int(row, 2));
    HDF *out;
    facts = pool_printf(rq->pool, request_words(rq, N_("%s · %d boys, %d girls")), facts, (int)db_get_int(row, 3), (int)db_get_int(row, 4));
    if (room[0] != '\0')
        facts = pool_printf(rq->pool, _("%s · room %s"), facts, room);
    TRY(view_append(rq->hdf, "My.classes", &out));
    TRY(view_set(out, "label", class_label(rq, db_get(row, 1))));
    TRY(view_set(out, "facts", facts));
    TRY(view_set(out, "href", address));
    TRY(view_set(out, "print", route_with(rq->pool, address, "format", "html")));
    TRY(view_set(out, "general", route_url(rq, "class-tab", db_get(row, 0), "general")));
    for (size_t i = 0; i < MISSING; i++)
        TRY(show_missing(rq, out, address, missing[i], db_get_int(row, FIRST_MISSING + i)));
    return STATUS_OK;
}

#define LACKS(code) "COUNT(IF(FIND_IN_SET('" code "', " PUPIL_UNFILLED ") > 0, p.id, NULL))"

static const char CLASSES[] =
    "SELECT c.id, " CLASS_PACKED ", COUNT(p.id), COALESCE(SUM(p.sex = 'M'), 0), COALESCE(SUM(p.sex = 'F'), 0), c.room, " LACKS("iin") ", " LACKS("address") ", " LACKS("born")
    " FROM " CLASS_FROM
    " LEFT JOIN membership s ON " CLASS_HAS
    " LEFT JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id"
    " LEFT JOIN person h ON h.id = p.person_id"
    " WHERE c.org_id = ? AND c.year = ? AND c.ended_on IS NULL"
    "  AND EXISTS (SELECT 1 FROM class_head d WHERE d.org_id = c.org_id AND d.class_id = c.id AND d.person_id = ?"
    "   AND d.valid_from <= ? AND (d.valid_to IS NULL OR d.valid_to >= ?))"
    " GROUP BY c.id ORDER BY c.grade, c.name_ru";

static NEOERR *show_classes(struct request *rq, struct date today)
{
    return nerr_pass(db_each(rq->db, CLASSES,
                             DB_VALUES(DB_INT(class_year_now(rq)), DB_INT(rq->place.org), DB_INT(rq->place.year), DB_INT(rq->session.person),
                                       DB_DATE(today), DB_DATE(today)),
                             show_class, rq));
}

/* ---- birthdays ---- */

static bool is_leap(int year)
{
    return date_is_real((struct date){year, 2, 29});
}

/* "11-25,11-26,…" of the days from today on; who was born on 29 February has it on the 28th of other years. */
static const char *days_of_week(struct pool *pool, struct date today)
{
    const char *days = "";
    for (int i = 0; i < WEEK; i++) {
        struct date day = date_add_days(today, i);
        days = pool_printf(pool, "%s%s%02d-%02d", days, i > 0 ? "," : "", day.month, day.day);
        if (day.month == 2 && day.day == 28 && !is_leap(day.year))
            days = pool_printf(pool, "%s,02-29", days);
    }
    return days;
}

static NEOERR *show_birthday(void *data, const struct db_row *row)
{
    struct request *rq = data;
    struct date born = db_get_date(row, 4), today = request_today(rq), day = {today.year, born.month, born.day};
    HDF *out;
    if (date_compare(day, today) < 0)
        day.year++;
    if (!date_is_real(day))
        day.day--;
    int years = day.year - born.year;
    TRY(view_append(rq->hdf, "My.birthdays", &out));
    TRY(view_set(out, "name", name_full(rq->pool, db_get(row, 1), db_get(row, 2), db_get(row, 3))));
    TRY(view_set(out, "href", route_url(rq, "pupil", db_get(row, 0))));
    TRY(view_set(out, "class", class_label(rq, db_get(row, 5))));
    TRY(view_set(out, "day", i18n_date_day(rq->pool, day)));
    return nerr_pass(view_setf(out, "age", n_("%d year", "%d years", (unsigned long)years), years));
}

static const char BIRTHDAYS[] =
    "SELECT DISTINCT p.id, p.surname, p.given, p.patronymic, p.born_on, " CLASS_PACKED ", FIND_IN_SET(DATE_FORMAT(p.born_on, '%m-%d'), ?) AS day, p.sort_key"
    " FROM class_head d"
    " JOIN class c ON c.org_id = d.org_id AND c.id = d.class_id"
    " JOIN membership s ON s.org_id = d.org_id AND s.class_id = d.class_id AND s.from_on <= ? AND (s.to_on IS NULL OR s.to_on > ?)"
    " JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id"
    " WHERE d.org_id = ? AND d.person_id = ? AND d.valid_from <= ? AND (d.valid_to IS NULL OR d.valid_to >= ?)"
    " HAVING day > 0 ORDER BY day, p.sort_key";

static NEOERR *show_birthdays(struct request *rq, struct date today)
{
    struct db_value on = DB_DATE(today);
    return nerr_pass(db_each(rq->db, BIRTHDAYS,
                             DB_VALUES(DB_TEXT(days_of_week(rq->pool, today)), on, on, DB_INT(rq->place.org), DB_INT(rq->session.person), on, on),
                             show_birthday, rq));
}

NEOERR *my_classes_page(struct request *rq, struct response *rs)
{
    struct date today = request_today(rq);
    TRY(page_begin(rq, rs, "my_classes.cs", request_words(rq, N_("My classes"))));
    TRY(page_facts(rq, i18n_school_year(rq->pool, rq->place.year)));
    TRY(page_crumb(rq, request_words(rq, N_("My classes")), NULL));
    TRY(page_menu(rq, "contingent"));
    TRY(view_set(rq->hdf, "My.empty", request_words(rq, N_("You lead no class of this school year today"))));
    TRY(show_classes(rq, today));
    return nerr_pass(show_birthdays(rq, today));
}
