/* test_job.c: jobs: claimed once, run, said, cancelled, given up, cleaned away. */
#include "engine_suites.h"
#include "fixture.h"

#include "engine_area.h"

#include <string.h>

enum { ORG = 7 };

static struct request *rq;

static void begin(void)
{
    engine_area_use();
    rq = fixture_request(ORG);
}

static int64_t add(const char *input)
{
    int64_t id = 0;
    fixture_ok(job_add(rq->db, "test", ORG, 1, LANG_RU, input, &id));
    return id;
}

static bool run_one(void)
{
    bool ran = false;
    fixture_ok(job_run_one(rq->worker, &ran));
    return ran;
}

static const char *column(int64_t id, const char *name)
{
    char *text = NULL;
    fixture_ok(db_string(rq->db, rq->pool, pool_printf(rq->pool, "SELECT %s FROM job WHERE org_id = ? AND id = ?", name),
                         DB_VALUES(DB_INT(ORG), DB_INT(id)), &text));
    return text == NULL ? "" : text;
}

static void set(int64_t id, const char *assignment)
{
    fixture_ok(db_exec(rq->db, pool_printf(rq->pool, "UPDATE job SET %s WHERE org_id = ? AND id = ?", assignment),
                       DB_VALUES(DB_INT(ORG), DB_INT(id)), NULL, NULL));
}

static void show(int64_t id)
{
    struct response rs = {0};
    http_response_init(&rs.http);
    rq->ids[0] = pool_printf(rq->pool, "%lld", (long long)id);
    fixture_ok(job_page(rq, &rs));
    http_response_release(&rs.http);
}

START_TEST(a_job_runs_once_in_the_language_of_who_asked_and_says_its_lines)
{
    int64_t id = add("do=say");
    ck_assert_str_eq(column(id, "state"), "waiting");
    ck_assert(run_one());
    ck_assert(!run_one());
    ck_assert_int_eq(engine_area_runs, 1);
    ck_assert_str_eq(column(id, "state"), "done");
    ck_assert_str_eq(column(id, "result_data"), "rows=4");
    i18n_use(LANG_RU);
    ck_assert_str_eq(column(id, "said"), pool_printf(rq->pool, "%s\nsecond line", _("Saved")));
}
END_TEST

START_TEST(jobs_run_in_the_order_in_which_they_were_added)
{
    int64_t first = add("do=say"), second = add("do=say");
    ck_assert(run_one());
    ck_assert_str_eq(column(first, "state"), "done");
    ck_assert_str_eq(column(second, "state"), "waiting");
}
END_TEST

START_TEST(a_failed_job_is_failed_and_not_run_again)
{
    int64_t id = add("do=fail");
    ck_assert(run_one());
    ck_assert_str_eq(column(id, "state"), "failed");
    ck_assert(!run_one());
}
END_TEST

START_TEST(a_kind_that_is_gone_fails)
{
    int64_t id = 0;
    fixture_ok(job_add(rq->db, "of-an-earlier-release", ORG, 1, LANG_KK, NULL, &id));
    ck_assert(run_one());
    ck_assert_str_eq(column(id, "state"), "failed");
}
END_TEST

START_TEST(a_job_under_a_lease_is_left_alone_and_taken_when_the_lease_ends)
{
    int64_t id = add("do=say");
    set(id, "state = 'running', tries = 1, lease_until = '2099-01-01'");
    ck_assert(!run_one());
    set(id, "lease_until = '2001-01-01'");
    ck_assert(run_one());
    ck_assert_str_eq(column(id, "state"), "done");
    ck_assert_str_eq(column(id, "tries"), "2");
}
END_TEST

START_TEST(a_job_that_took_three_processes_down_is_given_up)
{
    int64_t id = add("do=say");
    set(id, "state = 'running', tries = 3, lease_until = '2001-01-01'");
    ck_assert(run_one());
    ck_assert_int_eq(engine_area_runs, 0);
    ck_assert_str_eq(column(id, "state"), "failed");
}
END_TEST

/* How a job ended, and whether what waits for it is told that nothing came of it. */
static const struct {
    const char *input, *before, *after, *told;
} endings[] = {
    {"do=say", NULL, "done", ""},
    {"do=fail", NULL, "failed", "do=fail;"},
    {"do=full", NULL, "failed", "do=full;"},
    {"do=say", "state = 'running', tries = 3, lease_until = '2001-01-01'", "failed", "do=say;"},
    {"do=wait", "wants_stop = 1", "cancelled", "do=wait;"},
    {"do=lease", NULL, "done", ""},
};

START_TEST(what_waits_for_a_job_is_told_when_nothing_came_of_it)
{
    int64_t id = add(endings[_i].input);
    if (endings[_i].before != NULL)
        set(id, endings[_i].before);
    ck_assert(run_one());
    ck_assert_str_eq(column(id, "state"), endings[_i].after);
    ck_assert_str_eq(engine_area_given_up, endings[_i].told);
}
END_TEST

START_TEST(a_job_that_lost_the_database_keeps_its_lease_and_starts_again_later)
{
    bool ran = false;
    int64_t id = add("do=lose");
    fixture_fails(job_run_one(rq->worker, &ran), ERROR_UNAVAILABLE);
    ck_assert_str_eq(column(id, "state"), "running");
    clock_shift((JOB_LEASE_SECONDS + 1) * 1000);
    set(id, "input = 'do=say'");
    ck_assert(run_one());
    ck_assert_str_eq(column(id, "state"), "done");
}
END_TEST

START_TEST(a_job_that_lost_its_lease_to_another_process_says_nothing_more)
{
    int64_t id = add("do=lease");
    ck_assert(run_one());
    ck_assert_int_eq(engine_area_runs, 2);
    ck_assert_str_eq(column(id, "state"), "done");
    ck_assert_str_eq(column(id, "done"), "3");
    ck_assert_ptr_null(strstr(column(id, "said"), "said by the first"));
}
END_TEST

START_TEST(after_the_clock_went_back_jobs_wait_for_nothing)
{
    int64_t first = add("do=say");
    clock_shift(-(int64_t)3600 * 1000);
    int64_t second = add("do=progress");
    ck_assert(run_one() && run_one());
    ck_assert_str_eq(column(first, "state"), "done");
    ck_assert_str_eq(column(second, "state"), "done");
}
END_TEST

START_TEST(a_full_disk_is_told_with_words)
{
    int64_t id = add("do=full");
    ck_assert(run_one());
    ck_assert_str_eq(column(id, "state"), "failed");
    i18n_use(LANG_RU);
    ck_assert_str_eq(column(id, "said"), _("The disk of the server is full. Nothing was saved; tell your administrator, then send it again."));
}
END_TEST

START_TEST(progress_is_seen_while_a_transaction_runs)
{
    int64_t id = add("do=progress");
    ck_assert(run_one());
    ck_assert_str_eq(column(id, "state"), "done");
}
END_TEST

START_TEST(cancel_stops_a_running_job)
{
    int64_t id = add("do=wait");
    set(id, "wants_stop = 1"); /* as the page does while it runs */
    ck_assert(run_one());
    ck_assert_str_eq(column(id, "state"), "cancelled");
}
END_TEST

START_TEST(cancel_ends_a_waiting_job_at_once_and_only_ones_own)
{
    struct response rs = {0};
    int64_t id = add("do=say");
    http_response_init(&rs.http);
    rq->ids[0] = pool_printf(rq->pool, "%lld", (long long)id);
    rq->session.account = 2;
    fixture_fails(job_cancel_page(rq, &rs), ERROR_NOT_FOUND);
    ck_assert_str_eq(column(id, "state"), "waiting");
    rq->session.account = 1;
    fixture_ok(job_cancel_page(rq, &rs));
    ck_assert_str_eq(column(id, "state"), "cancelled");
    ck_assert_str_eq(engine_area_given_up, "do=say;");
    ck_assert_int_eq(rs.http.status, 303);
    ck_assert(!run_one());
    http_response_release(&rs.http);
}
END_TEST

START_TEST(the_page_shows_progress_then_what_came_of_it)
{
    int64_t id = add("do=say");
    set(id, "done = 25, total = 100");
    show(id);
    ck_assert_str_eq(hdf_get_value(rq->hdf, "Job.state", ""), "waiting");
    ck_assert_str_eq(hdf_get_value(rq->hdf, "Job.all", ""), "100");
    ck_assert_ptr_nonnull(hdf_get_obj(rq->hdf, "Job.poll"));
    ck_assert_ptr_nonnull(hdf_get_obj(rq->hdf, "Job.cancel"));
    ck_assert_ptr_null(hdf_get_obj(rq->hdf, "Job.next"));
    ck_assert(run_one());
    struct request *later = fixture_request(ORG);
    rq = later;
    show(id);
    ck_assert_str_eq(hdf_get_value(rq->hdf, "Job.state", ""), "done");
    ck_assert_str_eq(hdf_get_value(rq->hdf, "Job.lines.1.text", ""), "second line");
    ck_assert_ptr_null(hdf_get_obj(rq->hdf, "Job.poll"));
    ck_assert_ptr_nonnull(hdf_get_obj(rq->hdf, "Job.next"));
}
END_TEST

START_TEST(somebody_elses_job_is_not_found_nor_that_of_another_organisation)
{
    struct response rs = {0};
    int64_t id = add("do=say");
    rq->ids[0] = pool_printf(rq->pool, "%lld", (long long)id);
    rq->session.account = 2;
    fixture_fails(job_page(rq, &rs), ERROR_NOT_FOUND);
    rq->session.account = 1;
    rq->place.org = ORG + 1;
    fixture_fails(job_page(rq, &rs), ERROR_NOT_FOUND);
}
END_TEST

START_TEST(what_has_served_its_time_is_deleted_and_nothing_else)
{
    int64_t old = add("do=say"), fresh = add("do=say"), waiting = add("do=say"), left = 0;
    set(old, "state = 'done', ended_at = '2001-01-01'");
    set(fresh, "state = 'done', ended_at = '2099-01-01'");
    set(waiting, "made_at = '2001-01-01'");
    static const char failure[] = "INSERT INTO sign_in_failure (login, address, at) VALUES ('x', '::1', ?)";
    fixture_ok(db_exec(rq->db, failure, DB_VALUES(DB_TIME(clock_now())), NULL, NULL));
    fixture_ok(db_exec(rq->db, failure, DB_VALUES(DB_TEXT("2001-01-01")), NULL, NULL));
    fixture_ok(job_clean(rq->db, rq->worker->config));
    ck_assert_str_eq(column(old, "state"), "");
    ck_assert_str_eq(column(fresh, "state"), "done");
    ck_assert_str_eq(column(waiting, "state"), "waiting");
    fixture_ok(db_number(rq->db, "SELECT COUNT(*) FROM sign_in_failure", DB_NO_VALUES, &left, NULL));
    ck_assert_int_eq(left, 1);
}
END_TEST

Suite *job_suite(void)
{
    Suite *suite = suite_create("job");
    TCase *tcase = tcase_create("job");
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, begin, NULL);
    tcase_add_test(tcase, a_job_runs_once_in_the_language_of_who_asked_and_says_its_lines);
    tcase_add_test(tcase, jobs_run_in_the_order_in_which_they_were_added);
    tcase_add_test(tcase, a_failed_job_is_failed_and_not_run_again);
    tcase_add_test(tcase, a_kind_that_is_gone_fails);
    tcase_add_test(tcase, a_job_under_a_lease_is_left_alone_and_taken_when_the_lease_ends);
    tcase_add_test(tcase, a_job_that_took_three_processes_down_is_given_up);
    tcase_add_loop_test(tcase, what_waits_for_a_job_is_told_when_nothing_came_of_it, 0, (int)(sizeof endings / sizeof *endings));
    tcase_add_test(tcase, a_job_that_lost_the_database_keeps_its_lease_and_starts_again_later);
    tcase_add_test(tcase, a_job_that_lost_its_lease_to_another_process_says_nothing_more);
    tcase_add_test(tcase, after_the_clock_went_back_jobs_wait_for_nothing);
    tcase_add_test(tcase, a_full_disk_is_told_with_words);
    tcase_add_test(tcase, progress_is_seen_while_a_transaction_runs);
    tcase_add_test(tcase, cancel_stops_a_running_job);
    tcase_add_test(tcase, cancel_ends_a_waiting_job_at_once_and_only_ones_own);
    tcase_add_test(tcase, the_page_shows_progress_then_what_came_of_it);
    tcase_add_test(tcase, somebody_elses_job_is_not_found_nor_that_of_another_organisation);
    tcase_add_test(tcase, what_has_served_its_time_is_deleted_and_nothing_else);
    suite_add_tcase(suite, tcase);
    return suite;
}
