/* strip.c: a school year as a strip: periods and holidays, numbered weeks, public holidays; and the same as a table with counts. */
#include "school/planning/period.h"

#include "engine/setting.h"
#include "school/codes.h"

/* Pixels of the drawing; the template draws what these say. */
enum { DAY_WIDTH = 4, MONTHS_Y = 12, BAND_Y = 20, BAND_HEIGHT = 34, WEEKS_Y = 70, HEIGHT = 78 };

struct strip {
    struct request *rq;
    const struct school_year *year;
    struct calendar calendar;
    struct calendar_counts total; /* of the periods */
};

static int x_of(const struct strip *strip, struct date day)
{
    return date_days_between(strip->year->first, day) * DAY_WIDTH;
}

/* A box from one day to another, both inside. */
static NEOERR *add_box(struct strip *strip, const char *under, struct date from, struct date to, HDF **out)
{
    int x = x_of(strip, from), width = x_of(strip, date_add_days(to, 1)) - x;
    TRY(view_append(strip->rq->hdf, under, out));
    TRY(view_set_int(*out, "x", x));
    TRY(view_set_int(*out, "width", width));
    return nerr_pass(view_set_int(*out, "middle", x + width / 2));
}

static NEOERR *set_counts(HDF *out, const struct calendar_counts *counts)
{
    TRY(view_set_int(out, "weeks", counts->weeks));
    TRY(view_set_int(out, "school_days", counts->school_days));
    return nerr_pass(view_set_int(out, "days", counts->days));
}

static NEOERR *add_line(struct strip *strip, const char *label, struct date from, struct date to, bool is_period)
{
    struct request *rq = strip->rq;
    struct calendar_counts counts = calendar_count(&strip->calendar, from, to);
    HDF *out;
    TRY(add_box(strip, "Strip.bands", from, to, &out));
    TRY(view_set(out, "label", label));
    TRY(view_set(out, "from", i18n_date(rq->pool, from)));
    TRY(view_set(out, "to", i18n_date(rq->pool, to)));
    TRY(view_set(out, "is_period", is_period ? "1" : NULL));
    if (!is_period)
        return nerr_pass(view_set_int(out, "days", counts.days));
    strip->total.weeks += counts.weeks;
    strip->total.school_days += counts.school_days;
    strip->total.days += counts.days;
    return nerr_pass(set_counts(out, &counts));
}

/* The weeks of a period that have school days, numbered as teachers count them. */
static NEOERR *add_weeks(struct strip *strip, const struct period *period)
{
    int number = 0;
    HDF *out;
    for (struct date day = period->starts_on; date_compare(day, period->ends_on) <= 0; number++) {
        struct date sunday = date_add_days(day, 7 - date_weekday(day));
        struct date last = date_compare(sunday, period->ends_on) < 0 ? sunday : period->ends_on;
        TRY(add_box(strip, "Strip.weeks", day, last, &out));
        TRY(view_set_int(out, "number", number + 1));
        day = date_add_days(sunday, 1);
    }
    return STATUS_OK;
}

static NEOERR *add_periods(struct strip *strip, const struct periods *periods)
{
    for (size_t i = 0; i < periods->count; i++) {
        const struct period *period = &periods->rows[i], *before = i > 0 ? &periods->rows[i - 1] : NULL;
        if (before != NULL && date_days_between(before->ends_on, period->starts_on) > 1)
            TRY(add_line(strip, _("Holidays"), date_add_days(before->ends_on, 1), date_add_days(period->starts_on, -1), false));
        TRY(add_line(strip, code_name(&period_kind_codes, period->kind), period->starts_on, period->ends_on, true));
        TRY(add_weeks(strip, period));
    }
    return STATUS_OK;
}

static NEOERR *add_days(struct strip *strip)
{
    struct request *rq = strip->rq;
    HDF *out;
    for (struct date day = strip->year->first; date_compare(day, strip->year->last) <= 0; day = date_add_days(day, 1)) {
        const char *holiday = calendar_holiday(&strip->calendar, day);
        if (day.day == 1) {
            TRY(add_box(strip, "Strip.months", day, day, &out));
            TRY(view_setf(out, "label", "%02d.%02d", day.day, day.month));
        }
        if (holiday == NULL)
            continue;
        TRY(add_box(strip, "Strip.holidays", day, day, &out));
        TRY(view_set(out, "date", i18n_date(rq->pool, day)));
        TRY(view_set(out, "name", _(holiday)));
    }
    return STATUS_OK;
}

static NEOERR *show_frame(const struct strip *strip)
{
    HDF *hdf = strip->rq->hdf;
    struct date today = request_today(strip->rq);
    TRY(view_set_int(hdf, "Strip.width", x_of(strip, date_add_days(strip->year->last, 1))));
    TRY(view_set_int(hdf, "Strip.height", HEIGHT));
    TRY(view_set_int(hdf, "Strip.months_y", MONTHS_Y));
    TRY(view_set_int(hdf, "Strip.band_y", BAND_Y));
    TRY(view_set_int(hdf, "Strip.band_height", BAND_HEIGHT));
    TRY(view_set_int(hdf, "Strip.label_y", BAND_Y + BAND_HEIGHT / 2 + 4));
    TRY(view_set_int(hdf, "Strip.weeks_y", WEEKS_Y));
    if (date_compare(strip->year->first, today) <= 0 && date_compare(today, strip->year->last) <= 0)
        TRY(view_set_int(hdf, "Strip.today", x_of(strip, today) + DAY_WIDTH / 2));
    return nerr_pass(set_counts(hdf_get_obj(hdf, "Strip.total"), &strip->total));
}

NEOERR *strip_show(struct request *rq, const struct school_year *year, const struct periods *periods)
{
    struct strip *strip = pool_alloc(rq->pool, sizeof *strip);
    const char *on;
    TRY(settings_on(rq->db, rq->pool, rq->place.org, &on));
    *strip = (struct strip){.rq = rq, .year = year};
    calendar_make(year->first, year->last, setting_is_on(on, "planning.six_days"), &strip->calendar);
    TRY(add_periods(strip, periods));
    TRY(add_days(strip));
    TRY(view_set(rq->hdf, "Strip.six_days", strip->calendar.six_days ? "1" : NULL));
    TRY(view_set(rq->hdf, "Strip.total", ""));
    return nerr_pass(show_frame(strip));
}
