/* test_config.c: the configuration file: every key, and where a wrong one is. */
#include "engine_suites.h"
#include "fixture.h"

#include "engine/config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/mektep-config-XXXXXX";

static void make_folder(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(mkdir(pool_printf(fixture_pool(), "%s/there", folder), 0700), 0);
}

static void remove_folder(void)
{
    unlink(pool_printf(fixture_pool(), "%s/mektep.conf", folder));
    rmdir(pool_printf(fixture_pool(), "%s/there", folder));
    rmdir(folder);
    memcpy(strrchr(folder, '-') + 1, "XXXXXX", 6);
}

/* The paths that every installation has; a test adds what it is about. */
static const char usual[] =
    "[paths]\nfiles = there\ntemplates = there\nstatic = there\nlocale = there\nschemas = there\nsql = there\n";

static NEOERR *load(const char *text, struct config *config)
{
    const char *path = pool_printf(fixture_pool(), "%s/mektep.conf", folder);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    return config_load(fixture_pool(), path, config);
}

static const char *with_usual(const char *server)
{
    return pool_printf(fixture_pool(), "%s%s", server, usual);
}

START_TEST(a_key_fills_its_member_and_a_missing_one_has_its_usual_value)
{
    struct config config;
    fixture_ok(load(with_usual("[server]\nbase_url = https://mektep.example.kz\nweb_workers = 7\nlisten = run/s\n"
                               "[database]\npassword = a ; b # c\n"), &config));
    ck_assert_str_eq(config.base_url, "https://mektep.example.kz");
    ck_assert(config_is_tls(&config));
    ck_assert_int_eq(config.web_workers, 7);
    ck_assert_int_eq(config.job_workers, 1);
    ck_assert_str_eq(config.db_password, "a ; b # c");
    ck_assert_str_eq(config.db_name, "mektep");
    ck_assert_int_eq(config.upload_max_mb, 20);
    ck_assert_int_eq(config.package_max_mb, 1024);
    ck_assert_int_eq(config.unused_file_days, 30);
    ck_assert_int_eq(config.draft_days, 400);
    ck_assert_str_eq(config.clamd_socket, "");
    ck_assert_str_eq(config.time_zone, "Asia/Almaty");
    ck_assert_str_eq(config.listen, pool_printf(fixture_pool(), "%s/run/s", folder));
    ck_assert_str_eq(config.files_dir, pool_printf(fixture_pool(), "%s/there", folder));
}
END_TEST

START_TEST(the_commented_sample_that_is_installed_loads_but_for_its_folders)
{
    struct config config;
    NEOERR *error = config_load(fixture_pool(), BUILD_DIR "/mektep.conf", &config);
    if (error != STATUS_OK)
        ck_assert_ptr_nonnull(strstr(error_message(error), "cannot be read: No such file"));
    error_release(error);
}
END_TEST

static const struct {
    const char *text;  /* before the usual paths */
    const char *where; /* what the message says */
} wrong[] = {
    {"[server]\nbase_url = http://mektep.example.kz\n", ":2: base_url is https"},
    {"[server]\nbase_url = http://127.0.0.1.example.kz\n", ":2: base_url is https"},
    {"[server]\nbase_url = https://mektep.example.kz/\n", ":2: base_url is https"},
    {"[server]\n\n# why\nweb_workers = many\n", ":4: web_workers is a whole number from 1 to 64, not \"many\""},
    {"[server]\nweb_workers = 0\n", ":2: web_workers is"},
    {"[server]\nweb_workers = 65\n", ":2: web_workers is"},
    {"[server]\nworkers = 3\n", ":2: there is no key workers in [server]"},
    {"[sever]\nbase_url = https://a.kz\n", ":2: there is no key base_url in [sever]"},
    {"base_url = https://a.kz\n", ":1: there is no key base_url in []"},
    {"[server]\nlisten = 127.0.0.1:0\n", ":2: listen is"},
    {"[server]\nlisten = 127.0.0.1:99999\n", ":2: listen is"},
    {"[server]\nsecret_key = 0123\n", ":2: secret_key is 64 hex digits"},
    {"[server]\nlog_level = loud\n", ":2: log_level is"},
    {"[server]\nlog_level = info\nlog_level = info\n", ":3: log_level stands in line 2 already"},
    {"[school]\ntime_zone = Asia/Atlantis\n", ":2: time_zone"},
    {"[school]\nupload_max_mb = 20MB\n", ":2: upload_max_mb is"},
    {"[server]\nlisten =\n", ":2: listen is empty"},
    {"[server\nbase_url = https://a.kz\n", ":1: this is neither"},
    {"[server]\nbase_url https//a.kz\n", ":2: this is neither"},
    {"[database]\nuser = x\n", ": base_url is missing in [server]"},
    {"[server]\nbase_url = https://a.kz\n[paths]\nsql = nowhere\n", ":4: sql: the folder"},
};

START_TEST(a_wrong_line_is_named_with_file_and_line)
{
    struct config config;
    NEOERR *error = load(with_usual(wrong[_i].text), &config);
    ck_assert_ptr_ne(error, STATUS_OK);
    ck_assert_ptr_nonnull(strstr(error_message(error), folder));
    ck_assert_msg(strstr(error_message(error), wrong[_i].where) != NULL, "%s, wanted %s", error_message(error), wrong[_i].where);
    error_release(error);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_named)
{
    struct config config;
    fixture_fails(config_load(fixture_pool(), "/nowhere/mektep.conf", &config), ERROR_INPUT);
}
END_TEST

START_TEST(one_machine_may_do_without_tls)
{
    struct config config;
    fixture_ok(load(with_usual("[server]\nbase_url = http://127.0.0.1:8080\nlisten = 127.0.0.1:9000\n"), &config));
    ck_assert(!config_is_tls(&config));
    ck_assert_str_eq(config.listen, "127.0.0.1:9000");
}
END_TEST

Suite *config_suite(void)
{
    Suite *suite = suite_create("config");
    TCase *tcase = tcase_create("config");
    fixture_add_plain(tcase);
    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, a_key_fills_its_member_and_a_missing_one_has_its_usual_value);
    tcase_add_test(tcase, the_commented_sample_that_is_installed_loads_but_for_its_folders);
    tcase_add_loop_test(tcase, a_wrong_line_is_named_with_file_and_line, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, a_file_that_is_not_there_is_named);
    tcase_add_test(tcase, one_machine_may_do_without_tls);
    suite_add_tcase(suite, tcase);
    return suite;
}
