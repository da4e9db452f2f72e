/* test_db_migrate.c: what db_migrate applies and what it refuses; on a schema of its own beside the migrated one. */
#include "engine_suites.h"
#include "fixture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct config config;
static char folder[64];
static int told;

static void count_line(const char *line)
{
    (void)line;
    told++;
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(pool_printf(fixture_pool(), "%s/%s", folder, name), "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

/* A database of the test's own, made and dropped by the schema's account. */
static void begin(void)
{
    told = 0;
    snprintf(folder, sizeof folder, "/tmp/mektep-sql-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    fixture_ok(db_exec(fixture_schema_db(), "CREATE OR REPLACE DATABASE mektep_test_migrate CHARACTER SET utf8mb4", DB_NO_VALUES, NULL, NULL));
    config = *fixture_config();
    config.db_name = "mektep_test_migrate";
    put("grants.list", "# nothing yet\n");
    put("0001-first.sql", "CREATE TABLE colour (name VARCHAR(20) PRIMARY KEY); -- with a ; in the comment\n"
                          "INSERT INTO colour (name) VALUES ('red;'), ('көк');\n");
    put("0002-second.sql", "ALTER TABLE colour ADD COLUMN shade INT NULL;\n");
    put("README", "not a migration");
}

static void end(void)
{
    fixture_ok(db_exec(fixture_schema_db(), "DROP DATABASE mektep_test_migrate", DB_NO_VALUES, NULL, NULL));
    ck_assert_int_eq(system(pool_printf(fixture_pool(), "rm -r %s", folder)), 0);
}

static NEOERR *migrate(void)
{
    struct db *db = db_new(&config, DB_SCHEMA);
    NEOERR *error = db_migrate(db, folder, count_line);
    db_free(db);
    return nerr_pass(error);
}

static NEOERR *check_as(enum db_account account)
{
    int needed;
    fixture_ok(db_schema_number(folder, &needed));
    struct db *db = db_new(&config, account);
    NEOERR *error = db_check_schema(db, needed);
    db_free(db);
    return nerr_pass(error);
}

static int64_t number(const char *sql)
{
    int64_t value = -1;
    struct db *db = db_new(&config, DB_SCHEMA);
    fixture_ok(db_number(db, sql, DB_NO_VALUES, &value, NULL));
    db_free(db);
    return value;
}

static void assert_refused(const char *words)
{
    NEOERR *error = migrate();
    ck_assert_ptr_nonnull(error);
    ck_assert_msg(strstr(error_message(error), words) != NULL, "%s", error_message(error));
    error_release(error);
}

START_TEST(each_file_is_applied_once_in_order)
{
    fixture_ok(migrate());
    ck_assert_int_eq(told, 3);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM colour WHERE shade IS NULL"), 2);
    fixture_ok(migrate());
    ck_assert_int_eq(told, 4);
    put("0003-third.sql", "INSERT INTO colour (name) VALUES ('ақ');");
    fixture_ok(migrate());
    ck_assert_int_eq(number("SELECT COUNT(*) FROM colour"), 3);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM schema_migration WHERE applied_at IS NOT NULL"), 3);
}
END_TEST

START_TEST(a_changed_old_file_is_refused)
{
    fixture_ok(migrate());
    put("0001-first.sql", "CREATE TABLE colour (name VARCHAR(30) PRIMARY KEY);");
    assert_refused("changed after it was applied");
}
END_TEST

START_TEST(a_renamed_old_file_is_refused)
{
    fixture_ok(migrate());
    ck_assert_int_eq(rename(pool_printf(fixture_pool(), "%s/0002-second.sql", folder), pool_printf(fixture_pool(), "%s/0002-other.sql", folder)), 0);
    assert_refused("changed after it was applied");
}
END_TEST

START_TEST(a_missing_old_file_is_refused)
{
    fixture_ok(migrate());
    ck_assert_int_eq(remove(pool_printf(fixture_pool(), "%s/0002-second.sql", folder)), 0);
    assert_refused("missing");
}
END_TEST

START_TEST(a_gap_in_the_numbers_is_refused_before_anything_is_applied)
{
    put("0004-fourth.sql", "SELECT 1;");
    assert_refused("does not follow");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'colour'"), 0);
}
END_TEST

START_TEST(a_file_that_breaks_off_names_its_statement_and_must_be_mended_by_hand)
{
    put("0003-third.sql", "INSERT INTO colour (name) VALUES ('ақ'); INSERT INTO colour (name) VALUES ('red;'); SELECT 1;");
    assert_refused("0003-third.sql, statement 2");
    assert_refused("broke off half-way");
}
END_TEST

START_TEST(the_list_of_grants_gives_and_takes_away)
{
    put("0003-third.sql", "CREATE TABLE shape (name VARCHAR(20));");
    put("grants.list", "# comment\ncolour SELECT INSERT\nschema_migration SELECT\n\n");
    fixture_ok(migrate());
    struct db *program = db_new(&config, DB_PROGRAM);
    fixture_ok(db_exec(program, "INSERT INTO colour (name) VALUES ('сары')", DB_NO_VALUES, NULL, NULL));
    fixture_fails(db_exec(program, "DELETE FROM colour", DB_NO_VALUES, NULL, NULL), ERROR_INTERNAL);
    fixture_fails(db_exec(program, "SELECT name FROM shape", DB_NO_VALUES, NULL, NULL), ERROR_INTERNAL);
    put("grants.list", "colour SELECT\n");
    fixture_ok(migrate());
    fixture_fails(db_exec(program, "INSERT INTO colour (name) VALUES ('қара')", DB_NO_VALUES, NULL, NULL), ERROR_INTERNAL);
    db_free(program);
    put("grants.list", "colour SELECT EVERYTHING\n");
    assert_refused("EVERYTHING");
}
END_TEST

START_TEST(the_program_runs_on_its_schema_and_on_the_next_one_only)
{
    put("grants.list", "schema_migration SELECT\n");
    fixture_fails(check_as(DB_PROGRAM), ERROR_UNAVAILABLE);
    fixture_ok(migrate());
    fixture_ok(check_as(DB_PROGRAM));
    put("0003-third.sql", "SELECT 1;");
    fixture_fails(check_as(DB_PROGRAM), ERROR_UNAVAILABLE);
    fixture_ok(migrate());
    ck_assert_int_eq(remove(pool_printf(fixture_pool(), "%s/0003-third.sql", folder)), 0);
    fixture_ok(check_as(DB_PROGRAM));
    ck_assert_int_eq(remove(pool_printf(fixture_pool(), "%s/0002-second.sql", folder)), 0);
    fixture_fails(check_as(DB_PROGRAM), ERROR_UNAVAILABLE);
}
END_TEST

Suite *db_migrate_suite(void)
{
    Suite *suite = suite_create("db_migrate");
    TCase *tcase = tcase_create("db_migrate");
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, each_file_is_applied_once_in_order);
    tcase_add_test(tcase, a_changed_old_file_is_refused);
    tcase_add_test(tcase, a_renamed_old_file_is_refused);
    tcase_add_test(tcase, a_missing_old_file_is_refused);
    tcase_add_test(tcase, a_gap_in_the_numbers_is_refused_before_anything_is_applied);
    tcase_add_test(tcase, a_file_that_breaks_off_names_its_statement_and_must_be_mended_by_hand);
    tcase_add_test(tcase, the_list_of_grants_gives_and_takes_away);
    tcase_add_test(tcase, the_program_runs_on_its_schema_and_on_the_next_one_only);
    suite_add_tcase(suite, tcase);
    return suite;
}
