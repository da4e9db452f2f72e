/* period.c: study periods: loading, the rules they keep, defaults, choices, what day it is. (PER-01…11) */
#include "school/planning/period.h"

#include "school/codes.h"

#include <string.h>

/* ---- loading ---- */

struct load {
    struct request *rq;
    struct periods *periods;
};

static NEOERR *take_period(void *data, const struct db_row *row)
{
    struct load *load = data;
    if (load->periods->count == PERIODS_MAX)
        return nerr_raise(ERROR_INTERNAL, "a year with more than %d periods", PERIODS_MAX);
    load->periods->rows[load->periods->count++] = (struct period){
        .id = db_get_int(row, 0), .version = db_get_int(row, 1), .kind = pool_strdup(load->rq->pool, db_get(row, 2)),
        .starts_on = db_get_date(row, 3), .ends_on = db_get_date(row, 4),
    };
    return STATUS_OK;
}

#define PERIODS "SELECT id, version, kind, starts_on, ends_on FROM period WHERE org_id = ? AND year = ? ORDER BY starts_on, id"
static const char LOAD[] = PERIODS;
static const char LOAD_LOCKED[] = PERIODS " FOR UPDATE";

NEOERR *periods_load(struct request *rq, int year, struct periods *periods)
{
    struct load load = {rq, periods};
    periods->count = 0;
    return nerr_pass(db_each(rq->db, db_in_transaction(rq->db) ? LOAD_LOCKED : LOAD, DB_VALUES(DB_INT(rq->place.org), DB_INT(year)), take_period, &load));
}

static NEOERR *take_year(void *data, const struct db_row *row)
{
    struct school_year *year = data;
    *year = (struct school_year){(int)db_get_int(row, 0), db_get_date(row, 1), db_get_date(row, 2)};
    return STATUS_OK;
}

static const char YEAR[] = "SELECT year, starts_on, ends_on FROM school_year WHERE org_id = ? AND year = ?";
static const char YEAR_LOCKED[] = "SELECT year, starts_on, ends_on FROM school_year WHERE org_id = ? AND year = ? FOR UPDATE";

NEOERR *school_year_load(struct request *rq, int year, struct school_year *out)
{
    return nerr_pass(db_one(rq->db, db_in_transaction(rq->db) ? YEAR_LOCKED : YEAR, DB_VALUES(DB_INT(rq->place.org), DB_INT(year)), take_year, out));
}

/* ---- what day it is ---- */

static bool is_inside(const struct period *period, struct date day)
{
    return date_compare(period->starts_on, day) <= 0 && date_compare(day, period->ends_on) <= 0;
}

const struct period *period_of(const struct periods *periods, struct date day)
{
    for (size_t i = 0; i < periods->count; i++)
        if (is_inside(&periods->rows[i], day))
            return &periods->rows[i];
    return NULL;
}

static int week_of(const struct period *period, struct date day)
{
    struct date monday = date_add_days(period->starts_on, 1 - date_weekday(period->starts_on));
    return date_days_between(monday, day) / 7 + 1;
}

static bool is_between(const struct periods *periods, struct date day)
{
    return periods->count > 0 && date_compare(periods->rows[0].ends_on, day) < 0 &&
           date_compare(day, periods->rows[periods->count - 1].starts_on) < 0;
}

NEOERR *period_now(struct request *rq, const char **words)
{
    struct periods periods;
    struct date today = request_today(rq);
    *words = "";
    TRY(periods_load(rq, rq->place.year, &periods));
    const struct period *period = period_of(&periods, today);
    if (period != NULL)
        *words = pool_printf(rq->pool, period->kind[0] == 'q' ? _("quarter %d, week %d") : _("semester %d, week %d"), period->kind[1] - '0',
                             week_of(period, today));
    else if (is_between(&periods, today))
        *words = _("holidays");
    return STATUS_OK;
}

NEOERR *periods_outside(struct request *rq, int year, struct date first, struct date last, const char **words)
{
    struct periods periods;
    *words = NULL;
    TRY(periods_load(rq, year, &periods));
    for (size_t i = 0; i < periods.count; i++)
        if (date_compare(periods.rows[i].starts_on, first) < 0 || date_compare(periods.rows[i].ends_on, last) > 0)
            *words = pool_printf(rq->pool, "%s%s%s", *words != NULL ? *words : "", *words != NULL ? ", " : "",
                                 code_name(&period_kind_codes, periods.rows[i].kind));
    return STATUS_OK;
}

/* ---- choices ---- */

static bool has_kind(const struct request *rq, const char *kind)
{
    return kind[0] == 's' || (kind[0] == 'q' && rq->place.kind == ORGANISATION_SCHOOL);
}

NEOERR *period_kind_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    for (const struct code *code = period_kind_codes.codes; code->code != NULL; code++) {
        struct choice choice = {.value = code->code, .label = code_name(&period_kind_codes, code->code)};
        if (has_kind(form->rq, code->code))
            TRY(add(form, &choice));
    }
    return STATUS_OK;
}

NEOERR *period_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct periods periods;
    (void)field;
    TRY(periods_load(form->rq, form->rq->place.year, &periods));
    for (size_t i = 0; i < periods.count; i++) {
        struct choice choice = {.value = periods.rows[i].kind, .label = code_name(&period_kind_codes, periods.rows[i].kind)};
        TRY(add(form, &choice));
    }
    return STATUS_OK;
}

/* ---- defaults ---- */

static bool overlaps(const struct period *a, const struct period *b)
{
    return date_compare(a->starts_on, b->ends_on) <= 0 && date_compare(b->starts_on, a->ends_on) <= 0;
}

static bool is_free(const struct periods *periods, const struct period *period)
{
    for (size_t i = 0; i < periods->count; i++)
        if (overlaps(&periods->rows[i], period) || strcmp(periods->rows[i].kind, period->kind) == 0)
            return false;
    return true;
}

/* The days of the ministry's order, inside the organisation's own year. */
static bool take_known_days(const struct school_year *year, struct period *period)
{
    if (!calendar_known(year->year, period->kind, &period->starts_on, &period->ends_on))
        return false;
    if (date_compare(period->starts_on, year->first) < 0)
        period->starts_on = year->first;
    if (period->ends_on.year == 0 || date_compare(period->ends_on, year->last) > 0)
        period->ends_on = year->last;
    return date_compare(period->starts_on, period->ends_on) < 0;
}

/* All that is left of the year after the last period. */
static bool take_rest(const struct school_year *year, const struct periods *periods, struct period *period)
{
    period->starts_on = periods->count > 0 ? date_add_days(periods->rows[periods->count - 1].ends_on, 1) : year->first;
    period->ends_on = year->last;
    return date_compare(period->starts_on, period->ends_on) < 0;
}

/* Semesters go on with semesters. */
static bool is_of_same_sort(const struct periods *periods, const char *kind)
{
    return periods->count == 0 || periods->rows[0].kind[0] == kind[0];
}

bool period_next(const struct request *rq, const struct school_year *year, const struct periods *periods, struct period *next)
{
    for (const struct code *code = period_kind_codes.codes; code->code != NULL; code++) {
        *next = (struct period){.kind = code->code};
        if (!has_kind(rq, code->code) || !is_of_same_sort(periods, code->code))
            continue;
        if (take_known_days(year, next) && is_free(periods, next))
            return true;
        if (take_rest(year, periods, next) && is_free(periods, next))
            return true;
    }
    return false;
}

/* ---- rules ---- */

const char *period_field(struct request *rq, const char *name, const struct period *period)
{
    return pool_printf(rq->pool, "%s_%lld", name, (long long)period->id);
}

static const char *days_words(struct request *rq, const struct period *period)
{
    return pool_printf(rq->pool, "%s (%s – %s)", code_name(&period_kind_codes, period->kind), i18n_date(rq->pool, period->starts_on),
                       i18n_date(rq->pool, period->ends_on));
}

static NEOERR *check_against(struct form_data *form, const struct period *period, const struct period *other)
{
    struct request *rq = form->rq;
    if (other->kind[0] != '\0' && strcmp(period->kind, other->kind) == 0)
        TRY(form_error(form, period_field(rq, "kind", period), _("“%s” is there twice in this school year"), code_name(&period_kind_codes, period->kind)));
    else if (overlaps(period, other))
        TRY(form_error(form, period_field(rq, "starts_on", period), _("%s and %s overlap"), days_words(rq, other), days_words(rq, period)));
    return STATUS_OK;
}

NEOERR *period_check(struct form_data *form, const struct school_year *year, const struct periods *periods, size_t n)
{
    const struct period *period = &periods->rows[n];
    struct request *rq = form->rq;
    const char *starts = period_field(rq, "starts_on", period), *ends = period_field(rq, "ends_on", period);
    const char *first = i18n_date(rq->pool, year->first), *last = i18n_date(rq->pool, year->last);
    if (date_compare(period->starts_on, year->first) < 0 || date_compare(period->starts_on, year->last) > 0)
        TRY(form_error(form, starts, _("The start must be within the school year: %s – %s"), first, last));
    if (date_compare(period->ends_on, year->first) < 0 || date_compare(period->ends_on, year->last) > 0)
        TRY(form_error(form, ends, _("The end must be within the school year: %s – %s"), first, last));
    if (date_compare(period->ends_on, period->starts_on) <= 0)
        TRY(form_error(form, ends, "%s", _("The end must be after the start")));
    for (size_t i = 0; i < n; i++)
        TRY(check_against(form, period, &periods->rows[i]));
    return STATUS_OK;
}
