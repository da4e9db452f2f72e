/* test_helper.c: foreign programs and the walls around them. */
#include "engine_suites.h"
#include "fixture.h"

#include "engine/helper.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char folder[64];

static void begin(void)
{
    snprintf(folder, sizeof folder, "/tmp/mektep-helper-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void end(void)
{
    ck_assert_int_eq(system(pool_printf(fixture_pool(), "rm -r %s", folder)), 0);
}

static struct helper_result shell(int seconds, const char *script)
{
    struct helper_result result;
    fixture_ok(helper_run(fixture_pool(), folder, seconds, (const char *const[]){"sh", "-c", script, NULL}, &result));
    return result;
}

START_TEST(output_and_status_come_back)
{
    struct helper_result result = shell(10, "echo out; echo err >&2; exit 3");
    ck_assert_int_eq(result.status, 3);
    ck_assert(!result.timed_out);
    ck_assert_str_eq(result.output, "out\nerr\n");
}
END_TEST

START_TEST(it_runs_in_its_folder_with_nothing_of_ours)
{
    ck_assert_int_eq(setenv("MEKTEP_SECRET", "x", 1), 0);
    ck_assert_int_ge(dup2(STDERR_FILENO, 20), 0);
    struct helper_result result = shell(10, "echo \"$MEKTEP_SECRET\"; pwd; echo $HOME; ls /proc/self/fd | grep -c '^20$'; cat");
    ck_assert_str_eq(result.output, pool_printf(fixture_pool(), "\n%s\n%s\n0\n", folder, folder));
}
END_TEST

START_TEST(long_output_is_cut_and_the_helper_still_ends)
{
    struct helper_result result = shell(10, "head -c 1000000 /dev/zero | tr '\\0' x");
    ck_assert_int_eq(result.status, 0);
    ck_assert_uint_eq(strlen(result.output), 64 * 1024);
}
END_TEST

START_TEST(over_its_time_it_is_killed_with_its_children)
{
    struct helper_result result = shell(1, "sleep 1000 & echo $!; wait");
    ck_assert(result.timed_out);
    ck_assert_int_eq(result.status, -1);
    int child = atoi(result.output);
    ck_assert_int_gt(child, 1);
    struct pollfd ended = {.fd = (int)syscall(SYS_pidfd_open, child, 0), .events = POLLIN};
    if (ended.fd >= 0)
        ck_assert_int_eq(poll(&ended, 1, 10 * 1000), 1); /* killed, it still may have some steps to go */
    else
        ck_assert_int_eq(errno, ESRCH);
}
END_TEST

START_TEST(a_closed_output_does_not_hide_a_helper_that_stays)
{
    struct helper_result result = shell(1, "exec >&- 2>&-; sleep 1000");
    ck_assert(result.timed_out);
}
END_TEST

START_TEST(a_file_without_end_is_stopped)
{
    struct helper_result result = shell(20, "head -c 600000000 /dev/zero > big");
    ck_assert_int_ne(result.status, 0);
    ck_assert(!result.timed_out);
}
END_TEST

/* Every wall by what the helper itself is told of it. */
static const struct {
    const char *script, *says;
} walls[] = {
    {"ulimit -c; ulimit -n; ulimit -f; ulimit -v", "0\n64\n524288\n2097152\n"}, /* 512-byte blocks, kilobytes */
    {"ulimit -t", "11\n"},
    {"grep -E '^(NoNewPrivs|Seccomp):' /proc/self/status | tr -d '[:blank:]'", "NoNewPrivs:1\nSeccomp:2\n"},
    {"ls -A", ""},
};

START_TEST(each_wall_stands)
{
    ck_assert_str_eq(shell(10, walls[_i].script).output, walls[_i].says);
}
END_TEST

START_TEST(it_reaches_no_network_and_no_socket_of_this_machine)
{
    static const char *const families[] = {"AF_INET", "AF_INET6", "AF_UNIX", "16"}; /* 16: AF_NETLINK */
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        struct helper_result result;
        const char *script = pool_printf(fixture_pool(), "use Socket qw(:DEFAULT); socket(my $s, %s, SOCK_DGRAM, 0) and print \"open\"; print $!+0;",
                                         families[i]);
        fixture_ok(helper_run(fixture_pool(), folder, 20, (const char *const[]){"perl", "-e", script, NULL}, &result));
        ck_assert_str_eq(result.output, "1"); /* EPERM */
    }
}
END_TEST

START_TEST(a_signal_is_a_failure)
{
    ck_assert_int_eq(shell(10, "kill -9 $$").status, -1);
}
END_TEST

START_TEST(what_is_not_installed_is_our_fault)
{
    struct helper_result result;
    fixture_fails(helper_run(fixture_pool(), folder, 5, (const char *const[]){"mektep-no-such-program", NULL}, &result), ERROR_INTERNAL);
}
END_TEST

Suite *helper_suite(void)
{
    Suite *suite = suite_create("helper");
    TCase *tcase = tcase_create("helper");
    fixture_add_plain(tcase);
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, output_and_status_come_back);
    tcase_add_test(tcase, it_runs_in_its_folder_with_nothing_of_ours);
    tcase_add_test(tcase, long_output_is_cut_and_the_helper_still_ends);
    tcase_add_test(tcase, over_its_time_it_is_killed_with_its_children);
    tcase_add_test(tcase, a_closed_output_does_not_hide_a_helper_that_stays);
    tcase_add_test(tcase, a_file_without_end_is_stopped);
    tcase_add_loop_test(tcase, each_wall_stands, 0, (int)(sizeof walls / sizeof walls[0]));
    tcase_add_test(tcase, it_reaches_no_network_and_no_socket_of_this_machine);
    tcase_add_test(tcase, a_signal_is_a_failure);
    tcase_add_test(tcase, what_is_not_installed_is_our_fault);
    suite_add_tcase(suite, tcase);
    return suite;
}
