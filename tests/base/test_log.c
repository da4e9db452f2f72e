/* test_log.c: each line of the log is one JSON object, whatever is in it. */
#include "base_suites.h"

#include "base/log.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int log_fd;
static char logged[16384];

/* Each test is a process of its own, so stderr need not be put back. */
static void begin(void)
{
    ck_assert_ptr_null(error_init());
    log_fd = memfd_create("log", MFD_CLOEXEC);
    ck_assert_int_ge(dup2(log_fd, STDERR_FILENO), 0);
}

static const char *log_text(void)
{
    ssize_t length = pread(log_fd, logged, sizeof logged - 1, 0);
    ck_assert_int_ge(length, 0);
    logged[length] = '\0';
    return logged;
}

/* A JSON object of strings and numbers on a line of its own; enough of the grammar for what the log writes. */
static const char *skip_string(const char *c)
{
    ck_assert_int_eq(*c++, '"');
    for (; *c != '"'; c++) {
        ck_assert_int_ge((unsigned char)*c, 0x20);
        if (*c == '\\')
            ck_assert_ptr_nonnull(strchr("\"\\u", *++c));
    }
    return c + 1;
}

static const char *skip_object(const char *c)
{
    ck_assert_int_eq(*c++, '{');
    for (;;) {
        c = skip_string(c);
        ck_assert_int_eq(*c++, ':');
        c = *c == '"' ? skip_string(c) : c + strspn(c, "0123456789.");
        if (*c == '}')
            break;
        ck_assert_int_eq(*c++, ',');
    }
    ck_assert_int_eq(c[1], '\n');
    return c + 2;
}

static void check_lines(int wanted)
{
    int lines = 0;
    const char *c = log_text();
    ck_assert(text_is_utf8(c, strlen(c)));
    for (; *c != '\0'; lines++)
        c = skip_object(c);
    ck_assert_int_eq(lines, wanted);
}

START_TEST(a_message_is_one_line_of_json)
{
    log_set_process("web");
    log_set_request("1a2b3c-000042");
    log_write(LOG_LEVEL_WARNING, "the \"file\" C:\\a\nis %d bytes", 7);
    check_lines(1);
    ck_assert_ptr_nonnull(strstr(log_text(), "\"level\":\"warning\",\"process\":\"web\""));
    ck_assert_ptr_nonnull(strstr(log_text(), "\"request\":\"1a2b3c-000042\""));
    ck_assert_ptr_nonnull(strstr(log_text(), "the \\\"file\\\" C:\\\\a\\u000ais 7 bytes"));
    log_set_request(NULL);
    log_write(LOG_LEVEL_ERROR, "again");
    check_lines(2);
    ck_assert_ptr_null(strstr(strchr(log_text(), '\n'), "\"request\""));
}
END_TEST

START_TEST(lines_below_the_level_are_not_written)
{
    log_set_level(LOG_LEVEL_ERROR);
    log_write(LOG_LEVEL_WARNING, "not this");
    log_request("GET", "/", 200, 1, 1, 1);
    log_write(LOG_LEVEL_ERROR, "but this");
    check_lines(1);
    ck_assert_ptr_nonnull(strstr(log_text(), "but this"));
}
END_TEST

START_TEST(a_request_says_what_it_cost)
{
    log_request("GET", "/1/2026/pupils", 200, 12.345, 9876, 3);
    check_lines(1);
    ck_assert_ptr_nonnull(strstr(log_text(), "\"method\":\"GET\",\"path\":\"/1/2026/pupils\",\"status\":200,\"ms\":12.3"));
    ck_assert_ptr_nonnull(strstr(log_text(), "\"bytes\":9876,\"statements\":3}"));
}
END_TEST

START_TEST(long_values_are_cut_between_letters_and_the_rest_of_the_line_stays)
{
    struct pool *pool = pool_new();
    char *path = pool_alloc(pool, 9001);
    for (size_t i = 0; i < 9000; i += 2)
        memcpy(path + i, "қ", 2);
    log_request("GET", path, 404, 1, 1, 1);
    log_write(LOG_LEVEL_ERROR, "x%s", path);
    memset(path, '\n', 9000);
    log_request("GET", path, 404, 1, 1, 1);
    log_write(LOG_LEVEL_ERROR, "%s", path);
    check_lines(4);
    ck_assert_ptr_nonnull(strstr(log_text(), "\"status\":404"));
    pool_free(pool);
}
END_TEST

static NEOERR *fail_deep(int depth)
{
    return depth == 0 ? nerr_raise(ERROR_INTERNAL, "read \"%s\"", "the file") : nerr_pass(fail_deep(depth - 1));
}

START_TEST(an_error_is_one_line_with_its_trace)
{
    NEOERR *error = fail_deep(60);
    log_error(error);
    log_error(STATUS_OK);
    check_lines(1);
    ck_assert_ptr_nonnull(strstr(log_text(), "\"message\":\"read \\\"the file\\\"\",\"trace\":\""));
    ck_assert_ptr_nonnull(strstr(log_text(), "fail_deep"));
    error_release(error);
}
END_TEST

Suite *log_suite(void)
{
    Suite *suite = suite_create("log");
    TCase *tcase = tcase_create("log");
    tcase_add_checked_fixture(tcase, begin, NULL);
    tcase_add_test(tcase, a_message_is_one_line_of_json);
    tcase_add_test(tcase, lines_below_the_level_are_not_written);
    tcase_add_test(tcase, a_request_says_what_it_cost);
    tcase_add_test(tcase, long_values_are_cut_between_letters_and_the_rest_of_the_line_stays);
    tcase_add_test(tcase, an_error_is_one_line_with_its_trace);
    suite_add_tcase(suite, tcase);
    return suite;
}
