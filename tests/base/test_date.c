/* test_date.c: civil dates as people write them, and arithmetic. */
#include "base_suites.h"

#include "base/date.h"

static const struct {
    const char *text;
    enum date_verdict verdict;
    const char *iso; /* NULL = not looked at */
} readings[] = {
    {"01.09.2025", DATE_OK, "2025-09-01"},
    {"1.9.25", DATE_OK, "2025-09-01"},
    {"1/9/2025", DATE_OK, "2025-09-01"},
    {"1-9-2025", DATE_OK, "2025-09-01"},
    {"2025-09-01", DATE_OK, "2025-09-01"},
    {" 01 . 09 . 2025 ", DATE_OK, "2025-09-01"},
    {"01.09.2025 г.", DATE_OK, "2025-09-01"},
    {"01.09.2025 ж.", DATE_OK, "2025-09-01"},
    {"1 сентября 2025", DATE_OK, "2025-09-01"},
    {"1 сентября 2025 г.", DATE_OK, "2025-09-01"},
    {"1 СЕНТЯБРЯ 2025 года", DATE_OK, "2025-09-01"},
    {"1 қыркүйек 2025", DATE_OK, "2025-09-01"},
    {"2025 жылғы 1 қыркүйек", DATE_OK, "2025-09-01"},
    {"2025 ж. 1 Қыркүйек", DATE_OK, "2025-09-01"},
    {"1 September 2025", DATE_OK, "2025-09-01"},
    {"September 1, 2025", DATE_OK, "2025-09-01"},
    {"31 қаңтар 2025", DATE_OK, "2025-01-31"},
    {"5 ақпан 2025", DATE_OK, "2025-02-05"},
    {"8 марта 2025", DATE_OK, "2025-03-08"},
    {"22 наурыз 2025", DATE_OK, "2025-03-22"},
    {"1 сәуір 2025", DATE_OK, "2025-04-01"},
    {"9 мая 2025", DATE_OK, "2025-05-09"},
    {"25 мамыр 2025", DATE_OK, "2025-05-25"},
    {"1 маусым 2025", DATE_OK, "2025-06-01"},
    {"6 шілде 2025", DATE_OK, "2025-07-06"},
    {"30 тамыз 2025", DATE_OK, "2025-08-30"},
    {"25 қазан 2025", DATE_OK, "2025-10-25"},
    {"3 қараша 2025", DATE_OK, "2025-11-03"},
    {"16 желтоқсан 2025", DATE_OK, "2025-12-16"},
    {"16 декабря 2025", DATE_OK, "2025-12-16"},
    {"27.05.69", DATE_OK, "2069-05-27"},
    {"27.05.70", DATE_OK, "1970-05-27"},
    {"29.02.2024", DATE_OK, "2024-02-29"},
    {"29.02.2023", DATE_IMPOSSIBLE, NULL},
    {"29.02.1900", DATE_IMPOSSIBLE, NULL},
    {"31.02.2026", DATE_IMPOSSIBLE, NULL},
    {"00.09.2025", DATE_IMPOSSIBLE, NULL},
    {"01.13.2025", DATE_IMPOSSIBLE, NULL},
    {"31.03.0200", DATE_FAR, "0200-03-31"},
    {"31.12.1899", DATE_FAR, "1899-12-31"},
    {"01.01.1900", DATE_OK, "1900-01-01"},
    {"31.12.2200", DATE_OK, "2200-12-31"},
    {"01.01.2201", DATE_FAR, "2201-01-01"},
    {"", DATE_UNREADABLE, NULL},
    {"сегодня", DATE_UNREADABLE, NULL},
    {"1 сентября", DATE_UNREADABLE, NULL},
    {"09.2025", DATE_UNREADABLE, NULL},
    {"1.9.2025.7", DATE_UNREADABLE, NULL},
    {"1.9.5", DATE_UNREADABLE, NULL},
    {"1.9.12025", DATE_UNREADABLE, NULL},
    {"001.9.2025", DATE_UNREADABLE, NULL},
    {"01.09.2025; DROP", DATE_UNREADABLE, NULL},
    {"1 сентября 2025 в школе", DATE_UNREADABLE, NULL},
    {"99999999999999999999.1.1", DATE_UNREADABLE, NULL},
    {"\xD1", DATE_UNREADABLE, NULL},
};

START_TEST(dates_are_read_as_people_write_them)
{
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        struct date date = {0};
        char iso[DATE_ISO_SIZE];
        enum date_verdict verdict = date_parse(readings[i].text, &date);
        date_to_iso(date, iso);
        ck_assert_msg(verdict == readings[i].verdict, "\"%s\": verdict %d, %s", readings[i].text, (int)verdict, iso);
        if (readings[i].iso != NULL)
            ck_assert_str_eq(iso, readings[i].iso);
    }
}
END_TEST

START_TEST(an_impossible_date_is_kept_for_the_import)
{
    struct date date = {0};
    ck_assert_int_eq(date_parse("31.02.2026", &date), DATE_IMPOSSIBLE);
    ck_assert_int_eq(date.year * 10000 + date.month * 100 + date.day, 20260231);
}
END_TEST

START_TEST(iso_is_read_strictly_and_written_back)
{
    static const char *const wrong[] = {"2025-9-1", "2025-09-31", "2025/09/01", "25-09-01", "2025-09-01 ", "0000-00-00", "", "----------"};
    struct date date = {1, 2, 3};
    char iso[DATE_ISO_SIZE];
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        ck_assert_msg(!date_from_iso(wrong[i], &date), "%s", wrong[i]);
    ck_assert(!date_from_iso(NULL, &date));
    ck_assert_int_eq(date.month, 2);
    ck_assert(date_from_iso("2024-02-29", &date));
    date_to_iso(date, iso);
    ck_assert_str_eq(iso, "2024-02-29");
    date_to_iso((struct date){0}, iso);
    ck_assert_str_eq(iso, "");
}
END_TEST

START_TEST(every_day_of_four_centuries_follows_the_one_before)
{
    struct date first = {1800, 1, 1}, day = first;
    int weekday = date_weekday(first);
    ck_assert_int_eq(weekday, 3);
    for (int n = 1; n <= 146097; n++) {
        struct date next = date_add_days(day, 1);
        weekday = weekday % 7 + 1;
        ck_assert(date_is_real(next));
        ck_assert_int_eq(date_compare(day, next), -1);
        ck_assert_int_eq(date_days_between(first, next), n);
        ck_assert_int_eq(date_weekday(next), weekday);
        day = next;
    }
    ck_assert_int_eq(date_compare(day, (struct date){2200, 1, 1}), 0);
    ck_assert_int_eq(date_compare(date_add_days(day, -146097), first), 0);
}
END_TEST

START_TEST(an_age_grows_on_the_birthday)
{
    struct date born = {2008, 2, 29};
    ck_assert_int_eq(date_age(born, (struct date){2026, 2, 28}), 17);
    ck_assert_int_eq(date_age(born, (struct date){2026, 3, 1}), 18);
    ck_assert_int_eq(date_age(born, (struct date){2028, 2, 29}), 20);
    ck_assert_int_eq(date_age(born, (struct date){2028, 2, 28}), 19);
}
END_TEST

Suite *date_suite(void)
{
    Suite *suite = suite_create("date");
    TCase *tcase = tcase_create("date");
    tcase_set_timeout(tcase, 30);
    tcase_add_test(tcase, dates_are_read_as_people_write_them);
    tcase_add_test(tcase, an_impossible_date_is_kept_for_the_import);
    tcase_add_test(tcase, iso_is_read_strictly_and_written_back);
    tcase_add_test(tcase, every_day_of_four_centuries_follows_the_one_before);
    tcase_add_test(tcase, an_age_grows_on_the_birthday);
    suite_add_tcase(suite, tcase);
    return suite;
}
