/* date.h: civil dates (no time, no zone) and how people write them. */
#ifndef MEKTEP_DATE_H
#define MEKTEP_DATE_H

#include "base/error.h"
#include "base/pool.h"

struct date {
    int year, month, day; /* month 1…12; year 0 = no date */
};
enum { DATE_ISO_SIZE = 11 }; /* "2026-11-23" and NUL */

enum date_verdict {
    DATE_OK,
    DATE_UNREADABLE, /* not a date in any form known */
    DATE_IMPOSSIBLE, /* 31.02.2026 */
    DATE_FAR,        /* before 1900 or after 2200: forms refuse it, import keeps and flags it */
};

/* Reads дд.мм.гггг, 1.9.25, 1/9/2025, 2025-09-01, "1 сентября 2025", "1 қыркүйек 2025", "1 September 2025", with or without «г.», «ж.».
 * Two-digit years: 00…69 → 2000…, 70…99 → 1900…. The date is set whenever the verdict is not DATE_UNREADABLE. */
enum date_verdict date_parse(const char *text, struct date *date);

bool date_from_iso(const char *iso, struct date *date);          /* false: not ISO, or impossible */
void date_to_iso(struct date date, char out[DATE_ISO_SIZE]);      /* "" for no date */
bool date_is_real(struct date date);
int date_compare(struct date a, struct date b);
struct date date_add_days(struct date date, int days);
int date_days_between(struct date from, struct date to);
int date_weekday(struct date date); /* 1 Monday … 7 Sunday */
int date_age(struct date born, struct date on); /* whole years */

#endif
