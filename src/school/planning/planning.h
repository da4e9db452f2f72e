/* planning.h: the face of the area: study periods of a school year, shifts. */
#ifndef MEKTEP_PLANNING_H
#define MEKTEP_PLANNING_H

#include "engine/area.h"

extern const struct area planning_area;

/* A quarter or semester. Days of the year that are in no period are holidays. */
struct period {
    int64_t id, version;
    const char *kind; /* code list period_kind */
    struct date starts_on, ends_on;
};
enum { PERIODS_MAX = 7 }; /* each kind stands once in a year */
struct periods {
    struct period rows[PERIODS_MAX];
    size_t count;
};

/* The periods of a school year of the organisation, by their first days; locked inside a transaction. */
NEOERR *periods_load(struct request *rq, int year, struct periods *periods);

/* The period that a day is in; NULL in the holidays and outside of the year. */
const struct period *period_of(const struct periods *periods, struct date day);

/* "quarter 2, week 3" of today in the year of the place, "holidays" between two periods, "" outside of all. Weeks begin on Monday. */
NEOERR *period_now(struct request *rq, const char **words);

/* The periods that the year of the place has, for a FIELD_CHOICE; the value is the kind's code. */
NEOERR *period_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));

/* *words names the periods of a school year that reach beyond these days, NULL for none: the year cannot be made as short. */
NEOERR *periods_outside(struct request *rq, int year, struct date first, struct date last, const char **words);

/* The days of a quarter or semester as the ministry's order of that year had them; what it did not say has year 0. False when nothing
 * is known. */
bool calendar_known(int year, const char *kind, struct date *starts_on, struct date *ends_on);

/* The shifts of the organisation, for a FIELD_CHOICE or a list's filter; the value is the id. */
NEOERR *shift_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));

#endif
