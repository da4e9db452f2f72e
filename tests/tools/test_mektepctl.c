/* test_mektepctl.c: the commands of mektepctl, run as an operator runs them. */
#include "tools_suites.h"
#include "fixture.h"

#include "base/crypto.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];

static const char *in_folder(const char *name)
{
    return pool_printf(fixture_pool(), "%s/%s", folder, name);
}

static void begin(void)
{
    const struct config *config = fixture_config();
    snprintf(folder, sizeof folder, "/tmp/mektep-ctl-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    FILE *file = fopen(in_folder("mektep.conf"), "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "[server]\nlisten = socket\nbase_url = http://127.0.0.1:8080\n[database]\nsocket = %s\nname = %s\nuser = %s\npassword = %s\n",
            config->db_socket, config->db_name, config->db_user, config->db_password);
    fprintf(file, "schema_user = %s\nschema_password = %s\n", config->db_schema_user, config->db_schema_password);
    fprintf(file, "[paths]\nfiles = %s\ntemplates = %s\nstatic = %s\nlocale = %s\nschemas = %s\nsql = %s\n", config->files_dir, config->template_dir,
            config->static_dir, config->locale_dir, config->schema_dir, config->sql_dir);
    fclose(file);
}

static void end(void)
{
    ck_assert_int_eq(system(pool_printf(fixture_pool(), "rm -r %s", folder)), 0);
}

/* Runs mektepctl with words of a shell's command line and returns its exit status; *output is what it said, both ways. */
static int ctl(const char *words, const char **output)
{
    char *said = pool_alloc(fixture_pool(), 8192);
    FILE *pipe = popen(pool_printf(fixture_pool(), "%s/mektepctl -c %s %s 2>&1", BUILD_DIR, in_folder("mektep.conf"), words), "r");
    ck_assert_ptr_nonnull(pipe);
    ck_assert_uint_lt(fread(said, 1, 8191, pipe), 8191);
    int status = pclose(pipe);
    ck_assert(WIFEXITED(status));
    *output = said;
    return WEXITSTATUS(status);
}

static int64_t number(const char *sql)
{
    int64_t value = -1;
    fixture_ok(db_number(fixture_db(), sql, DB_NO_VALUES, &value, NULL));
    return value;
}

/* The value after "login\t" in what a command said. */
static const char *said_value(const char *output, const char *name)
{
    const char *line = strstr(output, pool_printf(fixture_pool(), "%s\t", name));
    ck_assert_msg(line != NULL, "%s", output);
    line += strlen(name) + 1;
    return pool_strndup(fixture_pool(), line, strcspn(line, "\n"));
}

static void run_sql(const char *sql)
{
    fixture_ok(db_exec(fixture_schema_db(), sql, DB_NO_VALUES, NULL, NULL));
}

static void assert_password(const char *login, const char *password)
{
    char *stored = NULL;
    fixture_ok(db_string(fixture_db(), fixture_pool(), "SELECT a.password FROM account a JOIN person p ON p.id = a.person_id WHERE p.login = ?",
                         DB_VALUES(DB_TEXT(login)), &stored));
    ck_assert_ptr_nonnull(stored);
    ck_assert(crypto_password_verify(stored, password));
}

START_TEST(without_a_command_or_with_an_unknown_one_the_usage_lists_them_all)
{
    static const char *const names[] = {"migrate", "admin", "password", "factor-off", "check", "rekey", "demo"};
    const char *output;
    ck_assert_int_eq(ctl("", &output), 2);
    ck_assert_int_eq(ctl("fly", &output), 2);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_msg(strstr(output, pool_printf(fixture_pool(), "\n  %s", names[i])) != NULL, "%s: %s", names[i], output);
    ck_assert_int_eq(ctl("migrate sideways", &output), 2);
    ck_assert_int_eq(ctl("admin --surname", &output), 2);
    ck_assert_int_eq(ctl("check --loudly", &output), 2);
}
END_TEST

START_TEST(migrate_on_a_schema_that_is_up_to_date_changes_nothing)
{
    const char *output;
    int64_t before = number("SELECT COUNT(*) FROM schema_migration");
    ck_assert_msg(ctl("migrate", &output) == 0, "%s", output);
    ck_assert_ptr_null(strstr(output, "applied"));
    ck_assert_int_eq(number("SELECT COUNT(*) FROM schema_migration"), before);
}
END_TEST

START_TEST(admin_makes_an_administrator_of_the_installation_with_a_code)
{
    const char *output;
    ck_assert_msg(ctl("admin --surname=Ахметов --given Ерлан", &output) == 0, "%s", output);
    ck_assert_str_eq(said_value(output, "login"), "000000504801");
    ck_assert_uint_eq(strlen(said_value(output, "code")), 10);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM role_grant WHERE role = 'administrator' AND org_id IS NULL AND territory_id IS NULL"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM account WHERE password IS NULL"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM activation_slip WHERE used_at IS NULL"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE subject_kind = 'account' AND action = 'create'"), 1);
}
END_TEST

START_TEST(admin_takes_a_password_from_standard_input_and_no_code_is_made)
{
    const char *output;
    ck_assert_msg(ctl("admin --surname Ахметов --given Ерлан --password-from-stdin < /dev/null", &output) != 0, "%s", output);
    ck_assert_int_ne(ctl("admin --surname Ахметов --given Ерлан --password-from-stdin < /dev/null", &output), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM person"), 0);
    FILE *file = fopen(in_folder("password"), "w");
    fputs("көк аспан астында\n", file);
    fclose(file);
    ck_assert_msg(ctl(pool_printf(fixture_pool(), "admin --surname Ахметов --given Ерлан --password-from-stdin < %s", in_folder("password")), &output) == 0,
                  "%s", output);
    assert_password(said_value(output, "login"), "көк аспан астында");
    ck_assert_ptr_null(strstr(output, "code"));
    ck_assert_int_eq(number("SELECT COUNT(*) FROM activation_slip"), 0);
}
END_TEST

START_TEST(admin_refuses_a_name_that_is_none)
{
    const char *output;
    ck_assert_int_eq(ctl("admin --surname 'Ахметов<b>' --given Ерлан", &output), 1);
    ck_assert_int_ne(ctl("admin --surname Ахметов", &output), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM person"), 0);
}
END_TEST

START_TEST(password_sets_a_good_one_for_a_known_login_only)
{
    const char *output;
    ck_assert_int_eq(ctl("admin --surname Ахметов --given Ерлан", &output), 0);
    const char *login = said_value(output, "login");
    FILE *file = fopen(in_folder("good"), "w");
    fputs("қызыл алма ағашы\n", file);
    fclose(file);
    ck_assert_msg(ctl(pool_printf(fixture_pool(), "password %s < %s", login, in_folder("good")), &output) == 0, "%s", output);
    assert_password(login, "қызыл алма ағашы");
    ck_assert_int_ne(ctl(pool_printf(fixture_pool(), "password 000000999999 < %s", in_folder("good")), &output), 0);
    ck_assert_ptr_nonnull(strstr(output, "000000999999"));
    ck_assert_int_ne(ctl(pool_printf(fixture_pool(), "password %s < %s", login, "/etc/hostname"), &output), 0);
    assert_password(login, "қызыл алма ағашы");
}
END_TEST

START_TEST(factor_off_opens_a_lost_account_and_says_when_there_is_none)
{
    const char *output;
    ck_assert_int_eq(ctl("admin --surname Ким --given Олег", &output), 0);
    ck_assert_int_eq(ctl("factor-off 000000504801", &output), 1);
    ck_assert_ptr_nonnull(strstr(output, "the account has no second factor"));
    run_sql("INSERT INTO second_factor (account_id, secret, made_at, confirmed_at) SELECT id, '', made_at, made_at FROM account");
    run_sql("INSERT INTO recovery_code (account_id, code_hash) SELECT id, 'x' FROM account");
    run_sql("INSERT INTO pending_sign_in (token_hash, account_id, made_at) SELECT 'x', id, made_at FROM account");
    ck_assert_int_eq(ctl("factor-off 000000504801", &output), 0);
    ck_assert_int_eq(number("SELECT (SELECT COUNT(*) FROM second_factor) + (SELECT COUNT(*) FROM recovery_code) + (SELECT COUNT(*) FROM pending_sign_in)"), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE subject_kind = 'account' AND action = 'factor-off'"), 1);
    ck_assert_int_eq(ctl("factor-off 000000999999", &output), 1);
    ck_assert_int_eq(ctl("factor-off", &output), 2);
}
END_TEST

START_TEST(check_of_an_installation_without_organisations_finds_nothing)
{
    const char *output;
    ck_assert_msg(ctl("check", &output) == 0, "%s", output);
    ck_assert_str_eq(output, "0 organisations checked, no differences\n");
}
END_TEST

START_TEST(rekey_builds_old_keys_anew_and_leaves_the_rest)
{
    const char *output;
    ck_assert_int_eq(ctl("admin --surname Ахметов --given Ерлан", &output), 0);
    ck_assert_int_eq(ctl("admin --surname Бекова --given Айгүл", &output), 0);
    fixture_ok(db_exec(fixture_db(), "UPDATE person SET fold_key = 'old', key_version = 0 WHERE surname = 'Ахметов'", DB_NO_VALUES, NULL, NULL));
    ck_assert_msg(ctl("rekey", &output) == 0, "%s", output);
    ck_assert_ptr_nonnull(strstr(output, "person: 1\n"));
    ck_assert_int_eq(number("SELECT COUNT(*) FROM person WHERE key_version = 0 OR fold_key = 'old'"), 0);
    ck_assert_int_eq(ctl("rekey", &output), 0);
    ck_assert_ptr_nonnull(strstr(output, "person: 0\n"));
}
END_TEST

START_TEST(rekey_builds_the_keys_of_organisations_too)
{
    const char *output;
    fixture_ok(db_exec(fixture_db(),
                       "INSERT INTO organisation (id, uid, territory_id, kind, languages) SELECT 1, 'o1', MIN(id), 'school', 'kk' FROM territory WHERE level = 2",
                       DB_NO_VALUES, NULL, NULL));
    fixture_ok(db_exec(fixture_db(),
                       "INSERT INTO organisation_name (organisation_id, valid_from, name_kk, name_ru, name_en, fold_key)"
                       " VALUES (1, '2020-01-01', 'Ескі', 'Ё', 'Old', 'old'), (1, '2024-01-01', 'Қала', 'Город', 'Town', 'old')",
                       DB_NO_VALUES, NULL, NULL));
    ck_assert_msg(ctl("rekey", &output) == 0, "%s", output);
    ck_assert_msg(strstr(output, "organisation: 2\n") != NULL, "%s", output);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM organisation_name WHERE fold_key LIKE '%кала%'"), 1);
    ck_assert_int_eq(ctl("rekey", &output), 0);
    ck_assert_ptr_nonnull(strstr(output, "organisation: 0\n"));
}
END_TEST

Suite *mektepctl_suite(void)
{
    Suite *suite = suite_create("mektepctl");
    TCase *tcase = tcase_create("mektepctl");
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, without_a_command_or_with_an_unknown_one_the_usage_lists_them_all);
    tcase_add_test(tcase, migrate_on_a_schema_that_is_up_to_date_changes_nothing);
    tcase_add_test(tcase, admin_makes_an_administrator_of_the_installation_with_a_code);
    tcase_add_test(tcase, admin_takes_a_password_from_standard_input_and_no_code_is_made);
    tcase_add_test(tcase, admin_refuses_a_name_that_is_none);
    tcase_add_test(tcase, password_sets_a_good_one_for_a_known_login_only);
    tcase_add_test(tcase, factor_off_opens_a_lost_account_and_says_when_there_is_none);
    tcase_add_test(tcase, check_of_an_installation_without_organisations_finds_nothing);
    tcase_add_test(tcase, rekey_builds_old_keys_anew_and_leaves_the_rest);
    tcase_add_test(tcase, rekey_builds_the_keys_of_organisations_too);
    suite_add_tcase(suite, tcase);
    return suite;
}
