/* test_process_rows.c: one order for many: values of their own, a page of their own, in the background, old drafts. */
#include "school.h"
#include "school_suites.h"

#include "engine/job.h"
#include "engine/process.h"

#include <string.h>

#define START "/1/2026/start/enrol-pupil"

enum { MANY = 260, SOME = 60 };

/* Registered for parallel 10, with the names Много001, Много002 …, from id 1001 on. */
static void add_pupils(int count)
{
    run_sql("INSERT INTO person (id, uid, login, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version)"
            " SELECT 1000 + seq, CONCAT('m', seq), LPAD(500000 + seq, 12, '0'), CONCAT('Много', LPAD(seq, 3, '0')), 'Ученик', '', '2010-01-01', 'M',"
            " LPAD(seq, 3, '0'), CONCAT('много', LPAD(seq, 3, '0')), 1 FROM seq_1_to_%d", count);
    run_sql("INSERT INTO pupil (org_id, id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, grade, registered_at)"
            " SELECT 1, id, uid, id, surname, given, patronymic, born_on, sex, sort_key, fold_key, 1, 10, '2026-08-20' FROM person WHERE id > 1000");
}

static const char *version_now(void)
{
    return text_of("SELECT version FROM process");
}

/* All pupils without a class that the words find, as the list sends them. */
static const char *chosen(const char *words)
{
    sign_in("secretary", SCHOOL);
    return process_of(post(START, SENT({"all", "1"}, {"list", "without-class"}, {"q", words})));
}

static void fill_in(const char *process, int64_t class)
{
    struct answer answer = post(process, sent_with(enrolment(class), "version", version_now()));
    ck_assert_status(answer, 303);
    ck_assert_has(answer.location, "check=1");
}

static struct answer confirm(const char *process)
{
    return post(process, SENT({"action", "submit"}, {"checked", "1"}, {"version", version_now()}));
}

static bool run_job(void)
{
    bool ran;
    fixture_ok(job_run_one(school_worker(), &ran));
    return ran;
}

/* ---- values of their own ---- */

START_TEST(of_several_pupils_one_may_go_to_another_class_by_the_same_order)
{
    const char *process = chosen("");
    run_sql("UPDATE pupil SET grade = 10 WHERE id = %d", YOUNGER_PUPIL);
    struct answer answer = post(process, sent_with(sent_with(enrolment(CLASS_10A), "version", version_now()), "own_class.3", "2"));
    ck_assert_status(answer, 303);
    answer = get("%s?check=1", process);
    ck_assert_has(answer.body, "To 10-A: 2.");
    ck_assert_has(answer.body, "To 10-B: 1.");
    ck_assert_status(confirm(process), 303);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(class_id ORDER BY id) FROM pupil WHERE id IN (2, 3, 4)"), "1,2,1");
    ck_assert_int_eq(count_of("SELECT COUNT(DISTINCT order_id) FROM movement WHERE pupil_id IN (2, 3, 4)"), 1);
}
END_TEST

START_TEST(a_class_of_another_parallel_or_organisation_is_told_at_the_line)
{
    static const char *const strange[] = {"3", "5", "x"};
    const char *process = chosen("");
    const struct sent *fields = sent_with(enrolment(CLASS_10A), "version", version_now());
    struct answer answer = post(process, sent_with(fields, "own_class.3", strange[_i]));
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "1 line cannot be taken, see below");
    ck_assert_has(answer.body, "“To class”: choose from the list");
    ck_assert_has_not(answer.body, STRANGE_WORDS);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = 3"), 0);
}
END_TEST

START_TEST(each_class_that_gets_too_many_warns)
{
    const char *process = chosen("");
    run_sql("UPDATE class SET capacity = 1 WHERE id = %d", CLASS_10A);
    fill_in(process, CLASS_10A);
    ck_assert_has(get("%s?check=1", process).body, "10-A has too few places: 3 come, 1 of 1 are taken");
}
END_TEST

/* ---- a page of their own ---- */

START_TEST(more_than_fifty_stand_on_a_page_of_their_own_and_are_found_by_name)
{
    add_pupils(SOME);
    const char *process = chosen("Много");
    struct answer answer = get("%s", process);
    ck_assert_has(answer.body, "value=\"rows\"");
    ck_assert_has_not(answer.body, "Много001");
    answer = get("%s/rows", process);
    ck_assert_has(answer.body, "Много050");
    ck_assert_has_not(answer.body, "Много051");
    ck_assert_has(get("%s/rows?page=2", process).body, "Много051");
    answer = get("%s/rows?q=%s", process, "%D0%BC%D0%BD%D0%BE%D0%B3%D0%BE017");
    ck_assert_has(answer.body, "Много017");
    ck_assert_has_not(answer.body, "Много018");
    ck_assert_has(answer.body, "1–1 / 1");
}
END_TEST

START_TEST(the_button_keeps_what_was_typed_and_leads_to_the_page_of_the_chosen)
{
    add_pupils(SOME);
    const char *process = chosen("Много");
    struct answer answer = post(process, sent_with(sent_with(enrolment(CLASS_10A), "version", version_now()), "action", "rows"));
    ck_assert_str_eq(answer.location, path_of("%s/rows", process));
    ck_assert_has(text_of("SELECT packed FROM process"), "class=1");
}
END_TEST

static const char *classes_of_rows(void)
{
    return text_of("SELECT GROUP_CONCAT(CONCAT(packed, ' ', n) ORDER BY packed SEPARATOR '|')"
                   " FROM (SELECT COALESCE(packed, '') AS packed, COUNT(*) AS n FROM process_row GROUP BY 1) counted");
}

START_TEST(a_class_is_set_for_one_for_the_ticked_and_for_all_found)
{
    add_pupils(SOME);
    const char *process = chosen("Много"), *rows = path_of("%s/rows", process);
    fill_in(process, CLASS_10A);
    ck_assert_status(post(rows, SENT({"action", "save"}, {"own_class.1001", "2"}, {"version", version_now()})), 303);
    ck_assert_str_eq(classes_of_rows(), " 59|own_class=2 1");
    ck_assert_status(post(rows, SENT({"action", "ticked"}, {"ids", "1002"}, {"ids", "1003"}, {"own_class", "2"}, {"version", version_now()})), 303);
    ck_assert_str_eq(classes_of_rows(), " 57|own_class=2 3");
    ck_assert_status(post(rows, SENT({"action", "found"}, {"own_class", "2"}, {"version", version_now()})), 303);
    ck_assert_str_eq(classes_of_rows(), "own_class=2 60");
    ck_assert_status(post(rows, SENT({"action", "ticked"}, {"ids", "1001"}, {"own_class", ""}, {"version", version_now()})), 303);
    ck_assert_str_eq(classes_of_rows(), " 1|own_class=2 59");
    ck_assert_status(confirm(process), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil WHERE class_id = %d", CLASS_10B), 59);
}
END_TEST

START_TEST(only_lines_with_a_message_are_found_and_a_stale_page_sets_nothing)
{
    add_pupils(SOME);
    const char *process = chosen("Много"), *rows = path_of("%s/rows", process), *version = version_now();
    run_sql("UPDATE pupil SET standing = 'enrolled', class_id = 1 WHERE id = 1007");
    struct answer answer = get("%s/rows?only=1", process);
    ck_assert_has(answer.body, "is already in 10-A");
    ck_assert_has_not(answer.body, "Много008");
    ck_assert_status(post(rows, SENT({"action", "save"}, {"own_class.1001", "2"}, {"version", version})), 303);
    ck_assert_status(post(rows, SENT({"action", "found"}, {"own_class", "1"}, {"version", version})), 303);
    ck_assert_str_eq(classes_of_rows(), " 59|own_class=2 1");
    ck_assert_has(get("%s/rows", process).body, "This was changed meanwhile");
    ck_assert_status(post(rows, SENT({"action", "other"}, {"version", version_now()})), 400);
}
END_TEST

START_TEST(the_page_shows_many_with_few_statements)
{
    add_pupils(MANY);
    const char *process = chosen("Много");
    unsigned before = db_statements(school_worker()->db);
    get("%s/rows", process);
    ck_assert_uint_lt(db_statements(school_worker()->db) - before, 30);
}
END_TEST

/* ---- in the background ---- */

START_TEST(above_two_hundred_a_job_carries_it_out_and_the_process_is_locked_meanwhile)
{
    add_pupils(MANY);
    const char *process = chosen("Много");
    fill_in(process, CLASS_10A);
    ck_assert_status(confirm(process), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id > 1000"), 0);
    struct answer answer = get("%s", process);
    ck_assert_has(answer.body, "Being carried out");
    ck_assert_has(answer.body, "0 / 260");
    ck_assert_has(get("/1/2026/tasks").body, "being carried out");
    int64_t events = count_of("SELECT COUNT(*) FROM process_event");
    confirm(process);
    post(process, SENT({"action", "cancel"}, {"version", version_now()}));
    post(path_of("%s/rows", process), SENT({"action", "found"}, {"own_class", "2"}, {"version", version_now()}));
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM process_event"), events);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM job WHERE kind = 'process'"), 1);
    ck_assert(run_job());
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil WHERE id > 1000 AND class_id = %d", CLASS_10A), MANY);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_kind = 'pupil' AND action = 'enrol-pupil'"), MANY);
    ck_assert_str_eq(text_of("SELECT CONCAT(state, ' ', order_id) FROM process"), text_of("SELECT CONCAT('done ', MAX(id)) FROM school_order WHERE org_id = 1"));
    answer = get("%s", process);
    ck_assert_has(answer.body, "Done");
    ck_assert_has(answer.body, "Open the order");
}
END_TEST

START_TEST(a_job_that_begins_again_after_its_work_was_committed_makes_no_second_order)
{
    add_pupils(MANY);
    const char *process = chosen("Много");
    fill_in(process, CLASS_10A);
    confirm(process);
    ck_assert(run_job());
    int64_t orders = count_of("SELECT COUNT(*) FROM school_order"), movements = count_of("SELECT COUNT(*) FROM movement");
    run_sql("UPDATE job SET state = 'running', lease_until = '2001-01-01'");
    ck_assert(run_job());
    ck_assert_str_eq(text_of("SELECT state FROM job"), "done");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM school_order"), orders);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement"), movements);
}
END_TEST

START_TEST(what_no_longer_holds_stops_the_job_and_the_person_reads_why)
{
    add_pupils(MANY);
    const char *process = chosen("Много");
    fill_in(process, CLASS_10A);
    confirm(process);
    run_sql("UPDATE pupil SET standing = 'enrolled', class_id = 1 WHERE id = 1007");
    ck_assert(run_job());
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id > 1000"), 0);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM school_order WHERE org_id = 1 AND state = 'signed'"), 1);
    struct answer answer = get("%s", process);
    ck_assert_has(answer.body, "It was not carried out, and nothing was changed:");
    ck_assert_has(answer.body, "1 line cannot be taken, see below");
    run_sql("UPDATE pupil SET standing = 'registered', class_id = NULL WHERE id = 1007");
    ck_assert_status(confirm(process), 303);
    ck_assert(run_job());
    ck_assert_str_eq(text_of("SELECT state FROM process"), "done");
}
END_TEST

START_TEST(a_job_that_broke_off_gives_the_process_back)
{
    add_pupils(MANY);
    const char *process = chosen("Много");
    fill_in(process, CLASS_10A);
    confirm(process);
    run_sql("UPDATE job SET state = 'failed', ended_at = '2026-10-05'");
    ck_assert_has(get("%s", process).body, "It was not carried out, and nothing was changed. You can send it again.");
    ck_assert_status(confirm(process), 303);
    ck_assert(run_job());
    ck_assert_str_eq(text_of("SELECT state FROM process"), "done");
}
END_TEST

/* ---- old drafts ---- */

START_TEST(a_draft_that_nobody_continued_ends_and_its_number_is_a_gap_with_the_reason)
{
    const char *process = chosen("");
    fill_in(process, CLASS_10A);
    fixture_ok(process_clean(school_worker()->db, clock_now() - 1000000));
    ck_assert_str_eq(text_of("SELECT state FROM process"), "draft");
    run_sql("UPDATE process SET changed_at = '2001-01-01'");
    fixture_ok(job_clean(school_worker()->db, fixture_config()));
    ck_assert_str_eq(text_of("SELECT state FROM process"), "cancelled");
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', state, gap_reason) FROM school_order WHERE number = '7-у' AND org_id = 1"),
                     "gap|the draft was not continued");
    ck_assert_has(get("/1/2026/orders").body, "the draft was not continued");
    ck_assert_status(get("%s/diagram", process), 200);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM process_event WHERE event = 'cancel' AND account_id IS NULL"), 1);
}
END_TEST

Suite *process_rows_suite(void)
{
    Suite *suite = suite_create("rows");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, of_several_pupils_one_may_go_to_another_class_by_the_same_order);
    tcase_add_loop_test(tcase, a_class_of_another_parallel_or_organisation_is_told_at_the_line, 0, 3);
    tcase_add_test(tcase, each_class_that_gets_too_many_warns);
    tcase_add_test(tcase, more_than_fifty_stand_on_a_page_of_their_own_and_are_found_by_name);
    tcase_add_test(tcase, the_button_keeps_what_was_typed_and_leads_to_the_page_of_the_chosen);
    tcase_add_test(tcase, a_class_is_set_for_one_for_the_ticked_and_for_all_found);
    tcase_add_test(tcase, only_lines_with_a_message_are_found_and_a_stale_page_sets_nothing);
    tcase_add_test(tcase, the_page_shows_many_with_few_statements);
    tcase_add_test(tcase, above_two_hundred_a_job_carries_it_out_and_the_process_is_locked_meanwhile);
    tcase_add_test(tcase, a_job_that_begins_again_after_its_work_was_committed_makes_no_second_order);
    tcase_add_test(tcase, what_no_longer_holds_stops_the_job_and_the_person_reads_why);
    tcase_add_test(tcase, a_job_that_broke_off_gives_the_process_back);
    tcase_add_test(tcase, a_draft_that_nobody_continued_ends_and_its_number_is_a_gap_with_the_reason);
    suite_add_tcase(suite, tcase);
    return suite;
}
