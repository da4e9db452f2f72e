/* test_i18n.c: words, plurals, dates and numbers in three languages. */
#include "engine_suites.h"
#include "fixture.h"

#include "engine/i18n.h"

#include <stdlib.h>
#include <string.h>

static void begin(void)
{
    setenv("LANGUAGE", "de", 1); /* must not win */
    fixture_ok(i18n_init(BUILD_DIR "/locale"));
}

static const char *in_all(const char *(*words)(enum language language))
{
    const char *all = "";
    for (enum language language = 0; language < LANGUAGES; language++) {
        i18n_use(language);
        all = pool_printf(fixture_pool(), "%s%s|", all, words(language));
    }
    return all;
}

static const char *sign_in(enum language language)
{
    (void)language;
    return _("Sign in");
}

START_TEST(words_are_in_the_language_in_use)
{
    ck_assert_str_eq(in_all(sign_in), "Кіру|Войти|Sign in|");
    ck_assert_str_eq(_(""), "");
    ck_assert_str_eq(_("no words of the program"), "no words of the program");
}
END_TEST

static const char *college_class(enum language language)
{
    (void)language;
    return C_("college", "Class");
}

static const char *college_sign_in(enum language language)
{
    (void)language;
    return C_("college", "Sign in");
}

START_TEST(a_college_has_words_of_its_own_and_falls_back_to_the_plain_ones)
{
    ck_assert_str_eq(in_all(college_class), "Топ|Группа|Group|");
    ck_assert_str_eq(in_all(college_sign_in), "Кіру|Войти|Sign in|");
}
END_TEST

static const struct {
    unsigned long count;
    const char *kk, *ru, *en;
} plurals[] = {
    {1, "Тым көп әрекет сәтсіз аяқталды. 1 минуттан кейін қайталап көріңіз.", "Слишком много неудачных попыток. Повторите через 1 минуту.", "Too many attempts failed. Try again in 1 minute."},
    {2, "Тым көп әрекет сәтсіз аяқталды. 2 минуттан кейін қайталап көріңіз.", "Слишком много неудачных попыток. Повторите через 2 минуты.", "Too many attempts failed. Try again in 2 minutes."},
    {5, "Тым көп әрекет сәтсіз аяқталды. 5 минуттан кейін қайталап көріңіз.", "Слишком много неудачных попыток. Повторите через 5 минут.", "Too many attempts failed. Try again in 5 minutes."},
    {21, "Тым көп әрекет сәтсіз аяқталды. 21 минуттан кейін қайталап көріңіз.", "Слишком много неудачных попыток. Повторите через 21 минуту.", "Too many attempts failed. Try again in 21 minutes."},
    {112, "Тым көп әрекет сәтсіз аяқталды. 112 минуттан кейін қайталап көріңіз.", "Слишком много неудачных попыток. Повторите через 112 минут.", "Too many attempts failed. Try again in 112 minutes."},
};

START_TEST(numbers_take_the_form_of_the_language)
{
    const char *const expected[LANGUAGES] = {plurals[_i].kk, plurals[_i].ru, plurals[_i].en};
    for (enum language language = 0; language < LANGUAGES; language++) {
        unsigned long n = plurals[_i].count;
        i18n_use(language);
        ck_assert_str_eq(pool_printf(fixture_pool(), n_("Too many attempts failed. Try again in %lu minute.", "Too many attempts failed. Try again in %lu minutes.", n), n),
                         expected[language]);
    }
}
END_TEST

static const struct date day = {2026, 11, 23};

static const char *long_date(enum language language)
{
    (void)language;
    return i18n_date_long(fixture_pool(), day);
}

static const char *week_day(enum language language)
{
    (void)language;
    return i18n_date_day(fixture_pool(), day);
}

START_TEST(dates_are_written_as_each_language_does)
{
    ck_assert_str_eq(in_all(long_date), "2026 жылғы 23 қараша|23 ноября 2026\u00a0г.|23 November 2026|");
    ck_assert_str_eq(in_all(week_day), "дүйсенбі, 23 қараша|понедельник, 23 ноября|Monday, 23 November|");
    ck_assert_str_eq(i18n_date(fixture_pool(), day), "23.11.2026");
    ck_assert_str_eq(i18n_date(fixture_pool(), (struct date){0}), "");
    ck_assert_str_eq(i18n_date_long(fixture_pool(), (struct date){0}), "");
    ck_assert_str_eq(i18n_date_day(fixture_pool(), (struct date){2026, 2, 31}), "31.02.2026");
    ck_assert_str_eq(i18n_school_year(fixture_pool(), 2026), "2026–2027");
    ck_assert_str_eq(i18n_school_year(fixture_pool(), 0), "");
}
END_TEST

START_TEST(an_instant_is_shown_in_its_zone)
{
    int64_t instant;
    ck_assert(clock_parse("2026-11-23 08:58:03.123", &instant));
    ck_assert_str_eq(i18n_time(fixture_pool(), instant, "Asia/Almaty"), "23.11.2026 13:58");
    ck_assert_str_eq(i18n_time(fixture_pool(), instant, "No/Where"), "23.11.2026 08:58");
}
END_TEST

static const struct {
    int64_t number;
    const char *ru, *en;
} numbers[] = {
    {0, "0", "0"}, {999, "999", "999"}, {1042, "1\u00a0042", "1,042"}, {-1234567, "-1\u00a0234\u00a0567", "-1,234,567"},
    {INT64_MIN, "-9\u00a0223\u00a0372\u00a0036\u00a0854\u00a0775\u00a0808", "-9,223,372,036,854,775,808"},
};

START_TEST(numbers_are_grouped)
{
    i18n_use(LANG_RU);
    ck_assert_str_eq(i18n_number(fixture_pool(), numbers[_i].number), numbers[_i].ru);
    i18n_use(LANG_EN);
    ck_assert_str_eq(i18n_number(fixture_pool(), numbers[_i].number), numbers[_i].en);
}
END_TEST

static const struct {
    size_t bytes;
    const char *ru, *en;
} sizes[] = {
    {0, "0\u00a0Б", "0\u00a0B"}, {1023, "1023\u00a0Б", "1023\u00a0B"}, {1024, "1\u00a0КБ", "1\u00a0KB"},
    {1258291, "1,2\u00a0МБ", "1.2\u00a0MB"}, {20 * 1024 * 1024, "20\u00a0МБ", "20\u00a0MB"}, {150 * 1024 + 300, "150\u00a0КБ", "150\u00a0KB"},
};

START_TEST(sizes_are_short)
{
    i18n_use(LANG_RU);
    ck_assert_str_eq(i18n_size(fixture_pool(), sizes[_i].bytes), sizes[_i].ru);
    i18n_use(LANG_EN);
    ck_assert_str_eq(i18n_size(fixture_pool(), sizes[_i].bytes), sizes[_i].en);
}
END_TEST

START_TEST(a_language_changes_no_number_that_goes_to_the_database)
{
    i18n_use(LANG_RU);
    ck_assert_str_eq(pool_printf(fixture_pool(), "%.1f", 1.5), "1.5");
}
END_TEST

START_TEST(a_missing_language_stops_the_start)
{
    fixture_fails(i18n_init("/nonexistent"), ERROR_INTERNAL);
}
END_TEST

Suite *i18n_suite(void)
{
    Suite *suite = suite_create("i18n");
    TCase *tcase = tcase_create("languages");
    fixture_add_plain(tcase);
    tcase_add_checked_fixture(tcase, begin, i18n_end);
    tcase_add_test(tcase, words_are_in_the_language_in_use);
    tcase_add_test(tcase, a_college_has_words_of_its_own_and_falls_back_to_the_plain_ones);
    tcase_add_loop_test(tcase, numbers_take_the_form_of_the_language, 0, sizeof plurals / sizeof plurals[0]);
    tcase_add_test(tcase, dates_are_written_as_each_language_does);
    tcase_add_test(tcase, an_instant_is_shown_in_its_zone);
    tcase_add_loop_test(tcase, numbers_are_grouped, 0, sizeof numbers / sizeof numbers[0]);
    tcase_add_loop_test(tcase, sizes_are_short, 0, sizeof sizes / sizeof sizes[0]);
    tcase_add_test(tcase, a_language_changes_no_number_that_goes_to_the_database);
    tcase_add_test(tcase, a_missing_language_stops_the_start);
    suite_add_tcase(suite, tcase);
    return suite;
}
