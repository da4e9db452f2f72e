/* clock.h: the one door to the time of day, so that tests, --today and an operator can set it. */
#ifndef MEKTEP_CLOCK_H
#define MEKTEP_CLOCK_H

#include "base/date.h"

enum { CLOCK_TEXT_SIZE = 24 }; /* "2026-11-23 08:58:03.123" and NUL */

int64_t clock_now(void);                       /* milliseconds since 1970 in UTC */
int64_t clock_monotonic(void);                 /* milliseconds, for measuring only */
void clock_shift(int64_t milliseconds);        /* all later calls are moved by this; 0 = true time */
NEOERR *clock_set_today(const char *iso_date); /* moves the clock to the morning of that day, from where it runs on */

void clock_format(int64_t instant, char out[CLOCK_TEXT_SIZE]); /* UTC, as MariaDB's DATETIME(3) takes it */
bool clock_parse(const char *text, int64_t *instant);          /* the reverse */

/* The civil date and time of an instant in a zone of glibc's tzdata ("Asia/Almaty"); an unknown zone is an error. */
NEOERR *clock_local(int64_t instant, const char *zone, struct tm *local);
NEOERR *clock_today(const char *zone, struct date *today);

#endif
