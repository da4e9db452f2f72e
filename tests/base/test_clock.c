/* test_clock.c: the time of day: moved, formatted, in a zone. */
#include "base_suites.h"

#include "base/clock.h"

#include <string.h>

static void begin(void)
{
    ck_assert_ptr_null(error_init());
}

static void end(void)
{
    clock_shift(0);
}

static int64_t instant_of(const char *text)
{
    int64_t instant = 0;
    ck_assert_msg(clock_parse(text, &instant), "%s", text);
    return instant;
}

START_TEST(a_shift_moves_now_and_not_the_monotonic_clock)
{
    int64_t before = clock_now(), measured = clock_monotonic();
    clock_shift(86400000);
    ck_assert_int_ge(clock_now(), before + 86400000);
    ck_assert_int_lt(clock_now(), before + 86400000 + 60000);
    ck_assert_int_lt(clock_monotonic(), measured + 60000);
}
END_TEST

START_TEST(today_can_be_set_for_every_zone_of_the_country)
{
    static const char *const zones[] = {"Asia/Almaty", "Asia/Aqtau", "Asia/Qyzylorda", "UTC"};
    ck_assert_ptr_null(clock_set_today("2027-02-28"));
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        struct date today;
        ck_assert_ptr_null(clock_today(zones[i], &today));
        ck_assert_int_eq(today.year * 10000 + today.month * 100 + today.day, 20270228);
    }
    NEOERR *error = clock_set_today("28.02.2027");
    ck_assert(nerr_match(error, ERROR_INPUT));
    error_release(error);
}
END_TEST

START_TEST(an_instant_is_written_as_the_database_takes_it_and_read_back)
{
    static const char *const texts[] = {"1970-01-01 00:00:00.000", "2026-11-23 08:58:03.123", "2024-02-29 23:59:59.999", "1969-12-31 23:59:59.999"};
    static const int64_t instants[] = {0, 1795424283123, 1709251199999, -1};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char text[CLOCK_TEXT_SIZE];
        clock_format(instants[i], text);
        ck_assert_str_eq(text, texts[i]);
        if (instants[i] >= 0)
            ck_assert_int_eq(instant_of(texts[i]), instants[i]);
    }
}
END_TEST

START_TEST(what_is_no_instant_is_not_read)
{
    static const char *const texts[] = {"", "2026-11-23", "2026-11-23 08:58", "noon"};
    int64_t instant;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ck_assert_msg(!clock_parse(texts[i], &instant), "%s", texts[i]);
}
END_TEST

/* Almaty went from UTC+6 to UTC+5 on 01.03.2024; tables that do not know it give yesterday's hour. */
START_TEST(almaty_has_been_at_utc_plus_5_since_march_2024)
{
    struct tm local;
    ck_assert_ptr_null(clock_local(instant_of("2024-02-28 12:00:00.000"), "Asia/Almaty", &local));
    ck_assert_int_eq(local.tm_hour, 18);
    ck_assert_ptr_null(clock_local(instant_of("2024-03-02 12:00:00.000"), "Asia/Almaty", &local));
    ck_assert_int_eq(local.tm_hour, 17);
    ck_assert_ptr_null(clock_local(instant_of("2024-03-02 12:00:00.000"), "Europe/Lisbon", &local));
    ck_assert_int_eq(local.tm_hour, 12);
}
END_TEST

START_TEST(an_unknown_zone_is_an_error_that_names_it)
{
    static const char *const zones[] = {"Asia/Nowhere", "Asia", "", "../zoneinfo/UTC"};
    struct tm local;
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        NEOERR *error = clock_local(0, zones[i], &local);
        ck_assert_msg(nerr_match(error, ERROR_INTERNAL), "%s", zones[i]);
        ck_assert_ptr_nonnull(strstr(error_message(error), zones[i]));
        error_release(error);
    }
}
END_TEST

Suite *clock_suite(void)
{
    Suite *suite = suite_create("clock");
    TCase *tcase = tcase_create("clock");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, a_shift_moves_now_and_not_the_monotonic_clock);
    tcase_add_test(tcase, today_can_be_set_for_every_zone_of_the_country);
    tcase_add_test(tcase, an_instant_is_written_as_the_database_takes_it_and_read_back);
    tcase_add_test(tcase, what_is_no_instant_is_not_read);
    tcase_add_test(tcase, almaty_has_been_at_utc_plus_5_since_march_2024);
    tcase_add_test(tcase, an_unknown_zone_is_an_error_that_names_it);
    suite_add_tcase(suite, tcase);
    return suite;
}
