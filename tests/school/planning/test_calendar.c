/* test_calendar.c: public holidays, school days and weeks against a hand count; the days of known years. */
#include "school.h"
#include "school_suites.h"
#include "school/planning/period.h"

static struct date day(const char *iso)
{
    struct date date;
    ck_assert_msg(date_from_iso(iso, &date), "%s", iso);
    return date;
}

/* Counted by hand on the calendar of 2026–2027. */
static const struct {
    const char *from, *to;
    int weeks, five, six, days;
} counts[] = {
    {"2026-09-01", "2026-10-25", 8, 39, 47, 55},  /* Tuesday to Sunday; Republic Day, a Sunday, is moved out of it */
    {"2026-11-02", "2026-12-27", 8, 39, 47, 56},  /* without 16 December */
    {"2027-01-11", "2027-03-21", 10, 49, 59, 70}, /* without 8 March */
    {"2027-03-29", "2027-05-25", 9, 39, 47, 58},  /* 7 May; 1 May is a Saturday, 9 May a Sunday */
};

START_TEST(days_are_counted_as_by_hand)
{
    for (int six = 0; six <= 1; six++) {
        struct calendar calendar;
        calendar_make(day("2026-09-01"), day("2027-05-25"), six, &calendar);
        struct calendar_counts count = calendar_count(&calendar, day(counts[_i].from), day(counts[_i].to));
        ck_assert_int_eq(count.weeks, counts[_i].weeks);
        ck_assert_int_eq(count.school_days, six ? counts[_i].six : counts[_i].five);
        ck_assert_int_eq(count.days, counts[_i].days);
    }
}
END_TEST

static const struct {
    const char *first, *last, *day, *holiday; /* NULL = an ordinary day */
} holidays[] = {
    {"2026-09-01", "2027-05-25", "2026-10-25", "Republic Day"},
    {"2026-09-01", "2027-05-25", "2026-10-26", "Republic Day"},
    {"2021-09-01", "2022-05-25", "2021-10-25", NULL},
    {"2021-09-01", "2022-05-25", "2021-12-01", "First President Day"},
    {"2021-09-01", "2022-05-25", "2021-12-17", "Independence Day"},
    {"2026-09-01", "2027-05-25", "2026-12-17", NULL},
    {"2026-09-01", "2027-05-25", "2027-03-24", "Nauryz"},       /* for Sunday, the 21st */
    {"2023-09-01", "2024-05-25", "2024-01-08", NULL},           /* Christmas on a Sunday is not moved */
    {"2025-09-01", "2026-05-31", "2026-05-27", "Kurban Ait"},
    {"2026-09-01", "2027-05-25", "2027-05-26", NULL},           /* outside of the year */
};

START_TEST(a_public_holiday_at_a_weekend_gives_the_next_school_day)
{
    struct calendar calendar;
    calendar_make(day(holidays[_i].first), day(holidays[_i].last), false, &calendar);
    ck_assert_pstr_eq(calendar_holiday(&calendar, day(holidays[_i].day)), holidays[_i].holiday);
}
END_TEST

static const struct {
    int year;
    const char *kind, *from, *to; /* NULL = nothing is known */
} known[] = {
    {2014, "q1", "2014-09-01", "2014-11-03"}, {2014, "q4", "2015-04-01", "2015-05-25"}, /* PER-10 */
    {2014, "q3", "2015-01-09", "2015-03-19"}, {2026, "q3", "2027-01-11", "2027-03-21"},
    {2026, "s1", "2026-09-01", "2026-12-27"}, {2026, "s2", "2027-01-11", "2027-05-25"},
    {2021, "q4", "2022-03-31", ""},           {2015, "q1", NULL, NULL},
};

START_TEST(the_days_of_known_years_are_at_hand)
{
    struct date from = {0}, to = {0};
    char iso[2][DATE_ISO_SIZE];
    ck_assert_int_eq(calendar_known(known[_i].year, known[_i].kind, &from, &to), known[_i].from != NULL);
    if (known[_i].from == NULL)
        return;
    date_to_iso(from, iso[0]);
    date_to_iso(to, iso[1]);
    ck_assert_str_eq(iso[0], known[_i].from);
    ck_assert_str_eq(iso[1], known[_i].to);
}
END_TEST

Suite *calendar_suite(void)
{
    Suite *suite = suite_create("calendar");
    TCase *tcase = tcase_create("all");
    tcase_add_loop_test(tcase, days_are_counted_as_by_hand, 0, (int)(sizeof counts / sizeof *counts));
    tcase_add_loop_test(tcase, a_public_holiday_at_a_weekend_gives_the_next_school_day, 0, (int)(sizeof holidays / sizeof *holidays));
    tcase_add_loop_test(tcase, the_days_of_known_years_are_at_hand, 0, (int)(sizeof known / sizeof *known));
    suite_add_tcase(suite, tcase);
    return suite;
}
