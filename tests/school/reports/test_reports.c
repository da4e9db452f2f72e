/* test_reports.c: books and reports: numbers that close, open what they count, and say the same in documents. (CON-39, CON-43, STA-03) */
#include "reports/book.h"
#include "school_suites.h"

#include <stdlib.h>
#include <string.h>

/* An order that is far back shows first what it changes. */
static void carry_out(const char *start, const struct sent *fields)
{
    struct answer answer = post(start, fields);
    if (answer.status == 200)
        answer = post_again(start, fields);
    ck_assert_status(answer, 303);
}

/* In 2026: PUPIL came on the first of September; two come on the fifth of October, one leaves on the seventh for the stranger's school's
 * district, one is transferred on the tenth. */
static void make_history(void)
{
    sign_in("secretary", SCHOOL);
    run_sql("UPDATE class SET capacity = NULL");
    run_sql("UPDATE school_year SET starts_on = '2026-09-01', ends_on = '2027-05-25' WHERE year = 2026");
    const struct sent *fields = sent_with(enrolment(CLASS_10A), "effective_on", "01.10.2026");
    carry_out("/1/2026/start/enrol-pupil", sent_with(fields, "subject", "2"));
    fields = sent_with(sent_with(fields, "order_number", "8-у"), "order_scan", clean_scan(SCHOOL));
    carry_out("/1/2026/start/enrol-pupil", sent_with(sent_with(fields, "order_date", "02.10.2026"), "subject", "3"));
    fields = sent_with(sent_with(sent_with(fields, "class", "2"), "order_number", "9-у"), "order_scan", clean_scan(SCHOOL));
    fields = sent_with(sent_with(fields, "effective_on", "03.10.2026"), "order_date", "03.10.2026");
    carry_out("/1/2026/start/transfer-pupil", sent_with(fields, "subject", "3"));
    fields = sent_with(sent_with(sent_with(fields, "class", NULL), "grade", NULL), "effective_on", NULL);
    fields = sent_with(sent_with(sent_with(fields, "order_number", "10-у"), "order_scan", clean_scan(SCHOOL)), "order_date", "05.10.2026");
    fields = sent_with(sent_with(sent_with(fields, "left_on", "05.10.2026"), "reason", "abroad"), "to_name", "Школа, Бишкек");
    carry_out("/1/2026/start/exclude-pupil", sent_with(sent_with(fields, "to_place", "Бишкек"), "subject", "1"));
    run_sql("INSERT INTO pupil_social (org_id, pupil_id, category, valid_from) VALUES (1, 2, 'orphan', '2026-09-01'), (1, 2, 'low-income', '2026-09-01'),"
            " (1, 3, 'orphan', '2020-09-01')");
    run_sql("UPDATE pupil_social SET valid_to = '2021-05-25' WHERE org_id = 1 AND pupil_id = 3");
    run_sql("INSERT INTO pupil_achievement (org_id, pupil_id, contest_kind, contest, contest_level, contest_place, held_on)"
            " VALUES (1, 2, 'olympiad', 'Олимпиада', 'region', '1', '2026-10-02'), (1, 2, 'sport', 'Бег', 'district', 'participant', '2026-10-03')");
}

static const struct book_row *row_of(const struct book *book, const char *label)
{
    for (size_t i = 0; i < book->count; i++)
        if (strcmp(book->rows[i].label, label) == 0)
            return &book->rows[i];
    ck_abort_msg("no row %s", label);
}

static int64_t number_of(const struct book *book, const char *label, const char *title)
{
    for (size_t i = 0; i < book->columns; i++)
        if (strcmp(book->titles[i], title) == 0)
            return row_of(book, label)->numbers[i];
    ck_abort_msg("no column %s", title);
}

START_TEST(the_book_of_movement_tells_who_came_and_left_and_closes)
{
    static struct book book;
    make_history();
    book_read(&book, "/1/2026/reports/movement-book");
    ck_assert_int_eq(number_of(&book, "October 2026", "Arrived: by enrolment"), 2);
    ck_assert_int_eq(number_of(&book, "October 2026", "Arrived: from another class"), 1);
    ck_assert_int_eq(number_of(&book, "October 2026", "Left: to another class"), 1);
    ck_assert_int_eq(number_of(&book, "October 2026", "Left: abroad"), 1);
    ck_assert_int_eq(number_of(&book, "October 2026", "At the end"), 2);
    ck_assert_int_eq(number_of(&book, "Total", "At the beginning"), number_of(&book, "September 2026", "At the beginning"));
    ck_assert_int_eq(number_of(&book, "Total", "At the end"), 2);
    book_read(&book, "/1/2026/reports/movement-book?by=class&from=03.10.2026&to=04.10.2026");
    ck_assert_int_eq(number_of(&book, "10-A", "At the beginning"), 3);
    ck_assert_int_eq(number_of(&book, "10-A", "At the end"), 2);
    ck_assert_int_eq(number_of(&book, "10-B", "Arrived: from another class"), 1);
    book_read(&book, "/1/2026/reports/movement-book?by=grade");
    book_read(&book, "/1/2026/reports/movement-book?by=language");
    book_read(&book, "/1/2026/reports/movement-book?from=05.10.2026&to=01.10.2026"); /* reversed: the one day */
    ck_assert_int_eq(number_of(&book, "Total", "Left: abroad"), 1);
}
END_TEST

START_TEST(study_periods_leave_no_day_out)
{
    static struct book months, periods;
    make_history();
    run_sql("INSERT INTO period (org_id, year, kind, starts_on, ends_on) VALUES (1, 2026, 'quarter-1', '2026-09-01', '2026-10-02'), (1, 2026, 'quarter-2', '2026-10-05', '2026-12-27')");
    book_read(&months, "/1/2026/reports/movement-book");
    book_read(&periods, "/1/2026/reports/movement-book?by=period");
    ck_assert_uint_eq(periods.count, 3);
    for (size_t i = 0; i < months.columns; i++)
        ck_assert_int_eq(row_of(&months, "Total")->numbers[i], row_of(&periods, "Total")->numbers[i]);
    ck_assert_int_eq(periods.rows[0].numbers[months.columns - 1], periods.rows[1].numbers[0]);
}
END_TEST

/* ---- numbers and what they open ---- */

static const char *const reports[] = {"movement-book", "roll", "social-passport", "achievements", "graduate-counts"};

/* The number of the link at a place of the page. */
static int64_t number_at(const char *link)
{
    const char *text = strchr(link, '>');
    return text != NULL ? strtoll(text + 1, NULL, 10) : -1;
}

static void open_number(const char *link)
{
    char *address = pool_strndup(fixture_pool(), link, strcspn(link, "\""));
    int64_t number = number_at(link);
    struct answer answer = get("%s", page_words(address));
    ck_assert_status(answer, 200);
    const char *found = strstr(answer.body, "class=\"list-found\">");
    ck_assert_msg(found != NULL, "%s: nothing found for %lld", address, (long long)number);
    ck_assert_msg(strtoll(found + strcspn(found, "0123456789"), NULL, 10) == number, "%s: not %lld", address, (long long)number);
}

static size_t open_numbers(const char *page, const char *report)
{
    const char *start = path_of("/1/2026/reports/%s/pupils?", report);
    size_t count = 0;
    for (const char *at = strstr(page, start); at != NULL; at = strstr(at + 1, start), count++)
        open_number(at);
    return count;
}

/* Every way that the form offers. */
static size_t open_slices(const char *report)
{
    char *page = pool_strdup(fixture_pool(), get("/1/2026/reports/%s", report).body), *at = strstr(page, "name=\"by\"");
    char *end = at != NULL ? strstr(at, "</select>") : NULL;
    size_t count = 0;
    ck_assert_msg(end != NULL, "%s: no slices", report);
    *end = '\0';
    while ((at = strstr(at, "<option value=\"")) != NULL) {
        at += strlen("<option value=\"");
        count += open_numbers(get("/1/2026/reports/%s?by=%s", report, pool_strndup(fixture_pool(), at, strcspn(at, "\""))).body, report);
    }
    return count;
}

START_TEST(each_number_opens_exactly_those_that_it_counts)
{
    make_history();
    run_sql("UPDATE movement SET certificate = 'basic-honours' WHERE org_id = 1 AND pupil_id = 3 AND kind = 'transfer'");
    ck_assert_uint_gt(open_slices(reports[_i]), 5);
}
END_TEST

START_TEST(somebody_of_two_categories_is_one_pupil_and_what_has_ended_counts_no_more)
{
    make_history();
    char *text = pool_strdup(fixture_pool(), get("/1/2026/reports/social-passport?by=grade&format=csv").body);
    ck_assert_has(text, "Social category: Orphan");
    ck_assert_has(text, "parallel 10;2;0;1;0;1;0");
}
END_TEST

START_TEST(a_report_is_signed_and_says_what_it_is)
{
    make_history();
    const char *page = get("/1/2026/reports/roll?format=html").body;
    ck_assert_has(page, "Responsible person");
    ck_assert_has(page, "Electronic form “Consolidated report on pupils (NEDB)”. Made on 05.10.2026");
    ck_assert_has(page, "Nationality"); /* a table of each slice */
    ck_assert_has(page, "Age, years");
}
END_TEST

START_TEST(only_the_administration_sees_reports)
{
    static const char *const others[] = {"teacher", "class-teacher", "parent", "pupil", "personnel"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        sign_in(others[i], SCHOOL);
        ck_assert_status(get("/1/2026/reports/movement-book"), 403);
        ck_assert_status(get("/1/2026/reports/roll/pupils?count=all"), 403);
    }
    sign_in("deputy", SCHOOL);
    ck_assert_status(get("/1/2026/reports/movement-book"), 200);
}
END_TEST

START_TEST(whose_special_need_is_opened_is_kept)
{
    make_history();
    run_sql("INSERT INTO pupil_health (org_id, pupil_id, examined_on, special_need) VALUES (1, 2, '2026-09-10', 'hearing')");
    ck_assert_status(get("/1/2026/reports/roll/pupils?by=need&count=all&key=hearing"), 200);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE org_id = 1 AND action = 'look'"), 1);
    ck_assert_status(get("/1/2026/reports/roll/pupils?by=class&count=all"), 200);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE org_id = 1 AND action = 'look'"), 1);
}
END_TEST

Suite *reports_suite(void)
{
    Suite *suite = suite_create("reports");
    TCase *tcase = tcase_create("reports");
    school_add(tcase);
    tcase_add_test(tcase, the_book_of_movement_tells_who_came_and_left_and_closes);
    tcase_add_test(tcase, study_periods_leave_no_day_out);
    tcase_add_loop_test(tcase, each_number_opens_exactly_those_that_it_counts, 0, sizeof reports / sizeof *reports);
    tcase_add_test(tcase, somebody_of_two_categories_is_one_pupil_and_what_has_ended_counts_no_more);
    tcase_add_test(tcase, a_report_is_signed_and_says_what_it_is);
    tcase_add_test(tcase, only_the_administration_sees_reports);
    tcase_add_test(tcase, whose_special_need_is_opened_is_kept);
    suite_add_tcase(suite, tcase);
    return suite;
}
