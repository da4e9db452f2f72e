/* year.c: the school years of an organisation: first and last day. (SYS-06) */
#include "school/org/org.h"

#include "engine/page.h"
#include "engine/place.h"
#include "school/permissions.h"
#include "school/planning/planning.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_YEAR = 1990, DAYS_MAX = 400 };

static const struct field fields[] = {
    {"year", N_("First year"), FIELD_NUMBER, REQUIRED, .max = 2200, .hint = N_("2026 is the school year 2026–2027")},
    {"starts_on", N_("First day"), FIELD_DATE, REQUIRED},
    {"ends_on", N_("Last day"), FIELD_DATE, REQUIRED},
    {0},
};

static const char LOAD[] = "SELECT version, year, starts_on, ends_on FROM school_year WHERE org_id = ? AND year = ?";

static NEOERR *load(struct form_data *form, int64_t id)
{
    return nerr_pass(db_one(form->rq->db, LOAD, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id)), form_take_columns, form));
}

static const char OVERLAP[] =
    "SELECT year FROM school_year WHERE org_id = ? AND year <> ? AND starts_on <= ? AND ends_on >= ? LIMIT 1";

static NEOERR *check(struct form_data *form)
{
    struct date starts = form_date(form, "starts_on"), ends = form_date(form, "ends_on");
    int64_t year = form_number(form, "year"), other;
    const char *outside;
    bool found;
    if (year < FIRST_YEAR || (form->subject != 0 && year != form->subject))
        TRY(form_error(form, "year", "%s", _("The first year of a school year cannot be changed; add another one")));
    if (date_compare(ends, starts) <= 0)
        TRY(form_error(form, "ends_on", "%s", _("The last day must be after the first day")));
    else if (date_days_between(starts, ends) > DAYS_MAX)
        TRY(form_error(form, "ends_on", "%s", _("A school year is not longer than a year")));
    TRY(periods_outside(form->rq, (int)year, starts, ends, &outside));
    if (outside != NULL)
        TRY(form_error(form, "ends_on", _("Periods of this year would be outside of it: %s"), outside));
    if (starts.year != year)
        TRY(form_error(form, "starts_on", _("The first day must be in %lld"), (long long)year));
    TRY(db_number(form->rq->db, OVERLAP, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(year), DB_DATE(ends), DB_DATE(starts)), &other, &found));
    if (found)
        TRY(form_error(form, "starts_on", _("These days overlap with the school year %s"), i18n_school_year(form->rq->pool, (int)other)));
    return STATUS_OK;
}

static const char SAVE[] = "UPDATE school_year SET version = version + 1, starts_on = ?, ends_on = ? WHERE org_id = ? AND year = ?";
static const char ADD[] =
    "INSERT INTO school_year (starts_on, ends_on, org_id, year) VALUES (?, ?, ?, ?)"
    " ON DUPLICATE KEY UPDATE starts_on = VALUES(starts_on), ends_on = VALUES(ends_on), version = version + 1";

static NEOERR *write_year(struct db *db, struct form_data *form, const char *sql, int64_t year)
{
    const struct db_value *values =
        DB_VALUES(DB_DATE(form_date(form, "starts_on")), DB_DATE(form_date(form, "ends_on")), DB_INT(form->rq->place.org), DB_INT(year));
    TRY(db_exec(db, sql, values, NULL, NULL));
    return nerr_pass(places_changed(db));
}

static NEOERR *save(struct db *db, struct form_data *form, int64_t id)
{
    return nerr_pass(write_year(db, form, SAVE, id));
}

static NEOERR *add(struct db *db, struct form_data *form, int64_t *id)
{
    *id = form_number(form, "year");
    return nerr_pass(write_year(db, form, ADD, *id));
}

const struct form year_form = {
    .id = "school-year", .title = N_("School year"), .table = "school_year", .subject_kind = "school-year", .fields = fields,
    .see = &manage_organisation, .edit = &manage_organisation, .load = load, .check = check, .save = save, .add = add,
};

static const char *show_year(struct request *rq, const char *value)
{
    return i18n_school_year(rq->pool, atoi(value));
}

static const struct list_column columns[] = {
    {"year", N_("School year"), "y.year", .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .show = show_year},
    {"starts_on", N_("First day"), "y.starts_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"ends_on", N_("Last day"), "y.ends_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"classes", N_("Classes"), "(SELECT COUNT(*) FROM class c WHERE c.org_id = y.org_id AND c.year = y.year)", .flags = COLUMN_NUMBER},
    {0},
};

static const struct list_action actions[] = {
    {N_("Add a school year"), "year-new", &manage_organisation, "plus-lg", true},
    {0},
};

const struct list years_list = {
    .id = "years", .title = N_("School years"), .permission = &manage_organisation, .id_sql = "y.year", .from = "school_year y", .where = "y.org_id = ?",
    .bind = list_bind_org, .columns = columns, .default_sort = "-year", .tie_sql = "y.year", .row_route = "year-edit", .page_actions = actions,
    .empty = N_("There are no school years yet"),
};

NEOERR *year_edit_page(struct request *rq, struct response *rs)
{
    int64_t id = 0;
    if (strcmp(rq->ids[0], "new") != 0)
        TRY(request_id(rq, 0, &id));
    TRY(form_edit_page(rq, rs, &year_form, id, route_url(rq, "years")));
    TRY(page_crumb(rq, _("School years"), route_url(rq, "years")));
    TRY(page_crumb(rq, _("School year"), NULL));
    return nerr_pass(page_menu(rq, "years"));
}
