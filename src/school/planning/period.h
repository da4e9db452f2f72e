/* period.h: what the files of the area share: the days of a year, what is known of them, the rules of periods. */
#ifndef MEKTEP_PERIOD_H
#define MEKTEP_PERIOD_H

#include "school/planning/planning.h"

/* ---- calendar.c: days ---- */

enum { CALENDAR_DAYS_MAX = 402 };

/* The days of a school year, and which of them are public holidays. */
struct calendar {
    struct date first, last;
    bool six_days;                        /* Saturday is a school day */
    const char *holidays[CALENDAR_DAYS_MAX]; /* by days since the first: msgid of what the day is off for, NULL for none */
};
struct calendar_counts {
    int weeks;       /* from Monday, with a school day at least */
    int school_days; /* days of the school week that are no public holidays */
    int days;
};

void calendar_make(struct date first, struct date last, bool six_days, struct calendar *calendar);
/* The msgid of a public holiday, also of the day off that stands for one at a weekend; NULL for none. */
const char *calendar_holiday(const struct calendar *calendar, struct date day);
struct calendar_counts calendar_count(const struct calendar *calendar, struct date from, struct date to);

/* ---- period.c: rules ---- */

/* A school year of the organisation; ERROR_NOT_FOUND when it is not set. */
struct school_year {
    int year;
    struct date first, last;
};
NEOERR *school_year_load(struct request *rq, int year, struct school_year *out);

/* The next period that the year has not got yet, with days that are free; false when there is none. */
bool period_next(const struct request *rq, const struct school_year *year, const struct periods *periods, struct period *next);

/* Kinds that this organisation may have: a college has semesters, a school quarters or semesters. */
NEOERR *period_kind_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));

/* Says what is wrong with the n-th of them at its fields, whose names end with "_ID". */
NEOERR *period_check(struct form_data *form, const struct school_year *year, const struct periods *periods, size_t n);

/* "kind_12": the field of one row. */
const char *period_field(struct request *rq, const char *name, const struct period *period);

/* ---- strip.c ---- */

/* Strip.* : the year as a drawing and as a table. */
NEOERR *strip_show(struct request *rq, const struct school_year *year, const struct periods *periods);

/* ---- pages and shift.c ---- */

extern const struct form period_form, shift_form;
extern const struct list shifts_list;
NEOERR *periods_page(struct request *rq, struct response *rs);
NEOERR *shift_edit_page(struct request *rq, struct response *rs);

#endif
