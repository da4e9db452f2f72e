/* test_periods.c: the periods of a school year: the table and its rules, deleting, two at once, what day it is. (PER-01…11) */
#include "school.h"
#include "school_suites.h"
#include "school/areas.h"
#include "school/planning/planning.h"

#include <string.h>

#define PAGE "/1/2026/periods"

/* Two quarters with their days of the year; ids 1 and 2. */
static void add_quarters(void)
{
    run_sql("INSERT INTO period (org_id, id, year, kind, starts_on, ends_on) VALUES (1, 1, 2026, 'q1', '2026-09-01', '2026-10-25'),"
            " (1, 2, 2026, 'q2', '2026-11-02', '2026-12-27')");
    sign_in("deputy", SCHOOL);
}

static const char *stored(void)
{
    return text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', kind, starts_on, ends_on) ORDER BY starts_on SEPARATOR ', ') FROM period WHERE org_id = 1");
}

/* The table as the page has it, without JavaScript: three parts a date. */
static const struct sent table[] = {
    {.name = "state", .value = "1:1,2:1,"},
    {.name = "action", .value = "save"},
    {.name = "kind_1", .value = "q1"},
    {.name = "starts_on_1", .value = "1"},
    {.name = "starts_on_1_month", .value = "9"},
    {.name = "starts_on_1_year", .value = "2026"},
    {.name = "ends_on_1", .value = "25"},
    {.name = "ends_on_1_month", .value = "10"},
    {.name = "ends_on_1_year", .value = "2026"},
    {.name = "kind_2", .value = "q2"},
    {.name = "starts_on_2", .value = "2"},
    {.name = "starts_on_2_month", .value = "11"},
    {.name = "starts_on_2_year", .value = "2026"},
    {.name = "ends_on_2", .value = "27"},
    {.name = "ends_on_2_month", .value = "12"},
    {.name = "ends_on_2_year", .value = "2026"},
    {0},
};

START_TEST(a_new_period_is_there_at_once_with_the_days_of_the_year)
{
    sign_in("head", SCHOOL);
    ck_assert_status(post(PAGE, SENT({"state", ""}, {"action", "add"})), 303);
    ck_assert_str_eq(stored(), "q1 2026-09-01 2026-10-25");
    ck_assert_has(get(PAGE).body, "name=\"starts_on_");
}
END_TEST

START_TEST(a_year_without_periods_is_filled_by_one_button)
{
    sign_in("administration", SCHOOL);
    ck_assert_has(get(PAGE).body, "Fill in the days of the school year");
    ck_assert_status(post(PAGE, SENT({"state", ""}, {"action", "fill"})), 303);
    ck_assert_str_eq(stored(), "q1 2026-09-01 2026-10-25, q2 2026-11-02 2026-12-27, q3 2027-01-11 2027-03-21, q4 2027-03-29 2027-05-25");
    ck_assert_has_not(get(PAGE).body, "Fill in the days of the school year");
    ck_assert_has_not(get(PAGE).body, "Add a new period");
}
END_TEST

START_TEST(a_college_has_semesters)
{
    sign_in("head", COLLEGE);
    ck_assert_status(post("/2/2026/periods", SENT({"state", ""}, {"action", "fill"})), 303);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', kind, starts_on, ends_on) ORDER BY kind) FROM period WHERE org_id = 2"),
                     "s1 2026-09-01 2026-12-27,s2 2027-01-11 2027-05-25");
    ck_assert_has_not(get("/2/2026/periods").body, "value=\"q1\"");
}
END_TEST

START_TEST(a_year_that_is_not_known_gets_what_is_left_of_it)
{
    sign_in("head", SCHOOL);
    run_sql("INSERT INTO school_year (org_id, year, starts_on, ends_on) VALUES (1, 2027, '2027-09-01', '2028-05-25')");
    ck_assert_has_not(get("/1/2027/periods").body, "Fill in the days of the school year");
    ck_assert_status(post("/1/2027/periods", SENT({"state", ""}, {"action", "add"})), 303);
    ck_assert_str_eq(stored(), "q1 2027-09-01 2028-05-25");
}
END_TEST

START_TEST(the_table_is_saved_with_its_history)
{
    add_quarters();
    ck_assert_status(post(PAGE, sent_with(table, "ends_on_1", "24")), 303);
    ck_assert_str_eq(stored(), "q1 2026-09-01 2026-10-24, q2 2026-11-02 2026-12-27");
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(version ORDER BY id) FROM period"), "2,1");
    const char *page = get(PAGE).body;
    ck_assert_has(page, "<ins>Quarter I</ins>");
    ck_assert_has(page, "<del>25.10.2026</del>");
    ck_assert_has(page, "<ins>24.10.2026</ins>");
}
END_TEST

START_TEST(two_periods_may_change_their_names)
{
    add_quarters();
    ck_assert_status(post(PAGE, sent_with(sent_with(table, "kind_1", "q2"), "kind_2", "q1")), 303);
    ck_assert_str_eq(stored(), "q2 2026-09-01 2026-10-25, q1 2026-11-02 2026-12-27");
}
END_TEST

/* What stands in the day's place for the first day of the second quarter. */
static const struct {
    const char *day, *month, *year, *stored; /* NULL = refused */
} dates[] = {
    {"3", "11", "2026", "2026-11-03"},          {"05.11.2026", "11", "2026", "2026-11-05"}, {"2026-11-06", "9", "2027", "2026-11-06"},
    {"7 ноября 2026", "", "", "2026-11-07"},    {"8 қараша 2026", "", "", "2026-11-08"},    {"9.11.26", "", "", "2026-11-09"},
    {"31", "11", "2026", NULL},                 {"", "", "", NULL},                         {"3", "", "2026", NULL},
    {"третьего", "11", "2026", NULL},
};

START_TEST(a_date_is_three_lists_or_a_whole_one_in_the_first)
{
    add_quarters();
    const struct sent *sent = sent_with(sent_with(table, "starts_on_2", dates[_i].day), "starts_on_2_month", dates[_i].month);
    struct answer answer = post(PAGE, sent_with(sent, "starts_on_2_year", dates[_i].year));
    if (dates[_i].stored != NULL) {
        ck_assert_status(answer, 303);
        ck_assert_str_eq(text_of("SELECT starts_on FROM period WHERE id = 2"), dates[_i].stored);
    } else {
        ck_assert_status(answer, 422);
        ck_assert_str_ne(error_at(answer, "starts_on_2"), "");
        ck_assert_has(answer.body, path_of("value=\"%s\"", dates[_i].day));
        ck_assert_str_eq(text_of("SELECT starts_on FROM period WHERE id = 2"), "2026-11-02");
    }
}
END_TEST

static const struct {
    const char *field, *value, *at, *words;
} wrong[] = {
    {"ends_on_1", "30.08.2026", "ends_on_1", "The end must be within the school year: 01.09.2026 – 25.05.2027"},
    {"starts_on_1", "31.08.2026", "starts_on_1", "The start must be within the school year: 01.09.2026 – 25.05.2027"},
    {"ends_on_2", "26.05.2027", "ends_on_2", "The end must be within the school year: 01.09.2026 – 25.05.2027"},
    {"ends_on_2", "02.11.2026", "ends_on_2", "The end must be after the start"},
    {"starts_on_2", "25.10.2026", "starts_on_2", "Quarter I (01.09.2026 – 25.10.2026) and Quarter II (25.10.2026 – 27.12.2026) overlap"},
    {"kind_2", "q1", "kind_2", "“Quarter I” is there twice in this school year"},
    {"kind_2", "year", "kind_2", "“Period name”: choose from the list"},
};

START_TEST(what_breaks_a_rule_is_told_at_its_field_and_nothing_is_stored)
{
    add_quarters();
    const char *before = stored();
    struct answer answer = post(PAGE, sent_with(table, wrong[_i].field, wrong[_i].value));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, wrong[_i].at), wrong[_i].words);
    ck_assert_str_eq(stored(), before);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_kind = 'period'"), 0);
}
END_TEST

START_TEST(days_that_touch_do_not_overlap)
{
    add_quarters();
    ck_assert_status(post(PAGE, sent_with(table, "starts_on_2", "26.10.2026")), 303);
    ck_assert_str_eq(stored(), "q1 2026-09-01 2026-10-25, q2 2026-10-26 2026-12-27");
}
END_TEST

START_TEST(who_comes_second_is_told_what_the_first_changed)
{
    add_quarters();
    run_sql("UPDATE period SET ends_on = '2026-10-23', version = 2 WHERE id = 1");
    struct answer answer = post(PAGE, sent_with(table, "ends_on_1", "24"));
    ck_assert_status(answer, 409);
    ck_assert_has(answer.body, "<td>24.10.2026</td><td>23.10.2026</td>");
    ck_assert_has(answer.body, "value=\"1:2,2:1,\"");
    ck_assert_str_eq(text_of("SELECT ends_on FROM period WHERE id = 1"), "2026-10-23");
}
END_TEST

START_TEST(a_post_that_comes_twice_is_done_once)
{
    sign_in("head", SCHOOL);
    const struct sent *twice = SENT({"form_key", "11111111-2222-4333-8444-555555555555"}, {"state", ""}, {"action", "add"});
    ck_assert_status(post(PAGE, twice), 303);
    ck_assert_status(post(PAGE, twice), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM period"), 1);
}
END_TEST

/* ---- deleting ---- */

START_TEST(a_period_that_nothing_refers_to_is_deleted)
{
    add_quarters();
    ck_assert_status(post(PAGE, sent_with(sent_with(table, "action", NULL), "delete", "2")), 303);
    ck_assert_str_eq(stored(), "q1 2026-09-01 2026-10-25");
    ck_assert_has(get(PAGE).body, "<b>Deleted</b>");
}
END_TEST

START_TEST(a_period_that_an_area_refers_to_stays)
{
    static const struct reference references[] = {{"period", N_("Subjects"), "SELECT COUNT(*) FROM class WHERE org_id = ? AND ? = 2"}, {0}};
    static const struct area planned = {.id = "planned", .references = references};
    static const struct area *more[32] = {&planned};
    for (size_t i = 0; areas[i] != NULL; i++)
        more[i + 1] = areas[i];
    fixture_ok(registers_init(more));
    add_quarters();
    const char *before = stored();
    struct answer answer = post(PAGE, sent_with(table, "delete", "2"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "The period cannot be deleted, it is in use: Subjects: 3");
    ck_assert_str_eq(stored(), before);
    ck_assert_status(post(PAGE, sent_with(table, "delete", "1")), 303);
    fixture_ok(registers_init(areas));
}
END_TEST

START_TEST(a_year_is_not_made_shorter_than_its_periods)
{
    add_quarters();
    sign_in("head", SCHOOL);
    struct answer answer = post("/1/2026/years/2026", SENT({"version", "1"}, {"year", "2026"}, {"starts_on", "01.09.2026"}, {"ends_on", "20.12.2026"}));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, "ends_on"), "Periods of this year would be outside of it: Quarter II");
}
END_TEST

/* ---- who ---- */

static const struct {
    const char *role;
    int get, post;
} permissions[] = {
    {"head", 200, 303}, {"deputy", 200, 303}, {"administration", 200, 303}, {"secretary", 200, 403}, {"personnel", 200, 403},
    {"teacher", 200, 403}, {"class-teacher", 200, 403}, {"pupil", 403, 403}, {"parent", 403, 403}, {"district", 403, 403},
};

START_TEST(staff_see_the_periods_and_the_leaders_change_them)
{
    add_quarters();
    sign_in(permissions[_i].role, SCHOOL);
    struct answer answer = get(PAGE);
    ck_assert_status(answer, permissions[_i].get);
    ck_assert_int_eq(strstr(answer.body, "name=\"kind_1\"") != NULL, permissions[_i].post == 303);
    ck_assert_status(post(PAGE, table), permissions[_i].post);
}
END_TEST

/* ---- the strip, and what day it is ---- */

START_TEST(the_strip_says_in_numbers_what_it_draws)
{
    add_quarters();
    const char *page = page_words(get(PAGE).body);
    ck_assert_has(page, "Quarter I</th><td class=\"cell-date\">01.09.2026</td><td class=\"cell-date\">25.10.2026</td><td class=\"cell-number\">8</td>"
                        "<td class=\"cell-number\">39</td><td class=\"cell-number\">55</td>");
    ck_assert_has(page, "Holidays</th><td class=\"cell-date\">26.10.2026</td><td class=\"cell-date\">01.11.2026</td><td class=\"cell-number\"></td>"
                        "<td class=\"cell-number\"></td><td class=\"cell-number\">7</td>");
    ck_assert_has(page, "All periods</th><td class=\"cell-number\">16</td><td class=\"cell-number\">78</td><td class=\"cell-number\">111</td>");
    ck_assert_has(page, "<rect class=\"strip-free\" x=\"220\" y=\"20\" width=\"28\"");
    run_sql("INSERT INTO setting_value (org_id, setting_key, value) VALUES (1, 'planning.six_days', '1')");
    ck_assert_has(get(PAGE).body, "<td class=\"cell-number\">94</td>");
}
END_TEST

static const struct {
    const char *today, *words; /* "" = nothing is said */
} todays[] = {
    {"2026-09-01", " · quarter 1, week 1"},  {"2026-09-07", " · quarter 1, week 2"}, {"2026-11-23", " · quarter 2, week 4"},
    {"2026-10-27", " · holidays"},           {"2026-12-27", " · quarter 2, week 8"}, {"2027-04-01", ""},
};

START_TEST(the_start_page_says_which_week_it_is)
{
    add_quarters();
    fixture_ok(clock_set_today(todays[_i].today));
    char now[CLOCK_TEXT_SIZE];
    clock_format(clock_now(), now);
    run_sql("UPDATE session SET made_at = '%s', seen_at = '%s'", now, now);
    ck_assert_status(get("/1/2026/"), 200);
    const char *page = get("/1/2026/").body;
    if (todays[_i].words[0] != '\0') {
        ck_assert_has(page, todays[_i].words);
    } else {
        ck_assert_has_not(page, "week ");
        ck_assert_has_not(page, "holidays");
    }
}
END_TEST

START_TEST(the_heading_is_that_of_the_language)
{
    add_quarters();
    speak("kk");
    ck_assert_has(get(PAGE).body, "<h1>Оқу кезеңдер тізімі: 2026–2027 ж.</h1>");
    ck_assert_has(get(PAGE).body, "Жаңа оқу кезең қосу");
    speak("ru");
    ck_assert_has(get(PAGE).body, "Добавить новый период");
}
END_TEST

static NEOERR *take_choice(struct form_data *form, const struct choice *choice)
{
    *(const char **)form->detail = path_of("%s%s=%s ", *(const char **)form->detail, choice->value, choice->label);
    return STATUS_OK;
}

START_TEST(other_areas_choose_among_the_periods_that_there_are)
{
    const char *told = "";
    add_quarters();
    struct request rq = {.db = fixture_db(), .pool = fixture_pool(), .place = {.org = SCHOOL, .year = SCHOOL_YEAR, .kind = ORGANISATION_SCHOOL}};
    struct form_data form = {.rq = &rq, .detail = &told};
    i18n_use(LANG_EN);
    fixture_ok(period_choices(&form, NULL, take_choice));
    ck_assert_str_eq(told, "q1=Quarter I q2=Quarter II ");
}
END_TEST

#define TABLE_SIZE(table) ((int)(sizeof(table) / sizeof *(table)))

Suite *periods_suite(void)
{
    Suite *suite = suite_create("periods");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, a_new_period_is_there_at_once_with_the_days_of_the_year);
    tcase_add_test(tcase, a_year_without_periods_is_filled_by_one_button);
    tcase_add_test(tcase, a_college_has_semesters);
    tcase_add_test(tcase, a_year_that_is_not_known_gets_what_is_left_of_it);
    tcase_add_test(tcase, the_table_is_saved_with_its_history);
    tcase_add_test(tcase, two_periods_may_change_their_names);
    tcase_add_loop_test(tcase, a_date_is_three_lists_or_a_whole_one_in_the_first, 0, TABLE_SIZE(dates));
    tcase_add_loop_test(tcase, what_breaks_a_rule_is_told_at_its_field_and_nothing_is_stored, 0, TABLE_SIZE(wrong));
    tcase_add_test(tcase, days_that_touch_do_not_overlap);
    tcase_add_test(tcase, who_comes_second_is_told_what_the_first_changed);
    tcase_add_test(tcase, a_post_that_comes_twice_is_done_once);
    tcase_add_test(tcase, a_period_that_nothing_refers_to_is_deleted);
    tcase_add_test(tcase, a_period_that_an_area_refers_to_stays);
    tcase_add_test(tcase, a_year_is_not_made_shorter_than_its_periods);
    tcase_add_loop_test(tcase, staff_see_the_periods_and_the_leaders_change_them, 0, TABLE_SIZE(permissions));
    tcase_add_test(tcase, the_strip_says_in_numbers_what_it_draws);
    tcase_add_loop_test(tcase, the_start_page_says_which_week_it_is, 0, TABLE_SIZE(todays));
    tcase_add_test(tcase, the_heading_is_that_of_the_language);
    tcase_add_test(tcase, other_areas_choose_among_the_periods_that_there_are);
    suite_add_tcase(suite, tcase);
    return suite;
}
