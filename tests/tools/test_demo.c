/* test_demo.c: the made-up school and college: plausible, nobody's, the same each time. */
#include "tools_suites.h"
#include "fixture.h"

#include "base/iin.h"
#include "school/pupils/movement.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char config_path[] = "/tmp/mektep-demo-XXXXXX";

/* The whole demonstration is filled in once; its tests only read. */
static char filled[4096];

static void write_config(void)
{
    const struct config *config = fixture_config();
    memcpy(config_path + sizeof config_path - 7, "XXXXXX", 6);
    FILE *file = fdopen(mkstemp(config_path), "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "[server]\nlisten = socket\nbase_url = http://127.0.0.1:8080\n[database]\nsocket = %s\nname = %s\nuser = %s\npassword = %s\n",
            config->db_socket, config->db_name, config->db_user, config->db_password);
    fprintf(file, "[paths]\nfiles = %s\ntemplates = %s\nstatic = %s\nlocale = %s\nschemas = %s\nsql = %s\n", config->files_dir, config->template_dir,
            config->static_dir, config->locale_dir, config->schema_dir, config->sql_dir);
    fclose(file);
}

static void remove_config(void)
{
    unlink(config_path);
}

/* What a command of mektepctl said; its exit status. */
static int ctl(const char *words, char *said, size_t size)
{
    FILE *pipe = popen(pool_printf(fixture_pool(), "%s/mektepctl -c %s --today 2026-11-24 %s 2>&1", BUILD_DIR, config_path, words), "r");
    ck_assert_ptr_nonnull(pipe);
    said[fread(said, 1, size - 1, pipe)] = '\0';
    return WEXITSTATUS(pclose(pipe));
}

static char said[32 * 1024];

static void fill_once(void)
{
    fixture_reset();
    fixture_ok(db_exec(fixture_schema_db(), "ALTER TABLE organisation AUTO_INCREMENT = 1", DB_NO_VALUES, NULL, NULL)); /* the school is 1, the college 2 */
    write_config();
    ck_assert_msg(ctl("demo", filled, sizeof filled) == 0, "%s", filled);
    fixture_end();
}

static int64_t number(const char *sql)
{
    int64_t value = -1;
    fixture_ok(db_number(fixture_db(), sql, DB_NO_VALUES, &value, NULL));
    return value;
}

static NEOERR *check_iin(void *data, const struct db_row *row)
{
    const char *iin = db_get(row, 0);
    struct date born;
    char sex;
    ck_assert_msg(iin_check(iin) == IIN_OK, "%s", iin);
    ck_assert_msg(!iin_reads(iin, &born, &sex), "%s may be somebody's", iin);
    (*(int *)data)++;
    return STATUS_OK;
}

START_TEST(the_school_and_the_college_have_the_size_that_was_promised)
{
    ck_assert_int_eq(number("SELECT COUNT(*) FROM organisation"), 2);
    ck_assert_int_ge(number("SELECT COUNT(*) FROM pupil WHERE org_id = 1 AND standing = 'enrolled'"), 1000);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM pupil WHERE org_id = 2 AND standing = 'enrolled'"), 364);
    ck_assert_int_eq(number("SELECT COUNT(DISTINCT grade) FROM class WHERE org_id = 1"), 11);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM (SELECT COUNT(*) AS n FROM class c WHERE c.org_id = 1"
                            " AND c.year = (SELECT MAX(y.year) FROM class y) GROUP BY c.grade HAVING n NOT IN (2, 3)) t"), 0);
    ck_assert_int_eq(number("SELECT COUNT(DISTINCT language) FROM class WHERE org_id = 1"), 2);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM employee WHERE org_id = 1"), 80);
}
END_TEST

START_TEST(every_iin_is_right_and_nobodys)
{
    int count = 0;
    fixture_ok(db_each(fixture_db(), "SELECT iin FROM person WHERE iin IS NOT NULL", DB_NO_VALUES, check_iin, &count));
    ck_assert_int_gt(count, 1500);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM pupil p JOIN person h ON h.id = p.person_id WHERE (h.iin IS NULL) <> (p.no_iin_reason IS NOT NULL)"), 0);
}
END_TEST

START_TEST(only_the_listed_logins_have_a_password)
{
    int lines = 0;
    for (const char *line = filled; *line != '\0'; line = strchr(line, '\n') + 1, lines++) {
        const char *login = strchr(line, '\t') + 1;
        ck_assert_int_eq(number(pool_printf(fixture_pool(),
                                            "SELECT COUNT(*) FROM account a JOIN person p ON p.id = a.person_id"
                                            " WHERE a.password IS NOT NULL AND p.login = '%.12s'", login)), 1);
    }
    ck_assert_int_eq(lines, 16);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM account WHERE password IS NOT NULL"), lines);
}
END_TEST

START_TEST(surnames_and_patronymics_are_those_of_the_sex)
{
    ck_assert_int_eq(number("SELECT COUNT(*) FROM person WHERE sex = 'M' AND (surname RLIKE '(ова|ева|ина|ына|ая)$' OR patronymic RLIKE '(қызы|вна)$')"), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM person WHERE sex = 'F' AND (surname RLIKE '(ов|ев|ин|ын|ий)$' OR patronymic RLIKE '(ұлы|вич)$')"), 0);
}
END_TEST

static void tell(void *data, const char *line)
{
    (void)data;
    ck_abort_msg("%s", line);
}

START_TEST(classes_are_the_fold_of_the_ledger_and_every_order_has_its_scan)
{
    fixture_ok(movement_ledger.check(fixture_db(), 1, tell, NULL));
    fixture_ok(movement_ledger.check(fixture_db(), 2, tell, NULL));
    ck_assert_int_eq(number("SELECT COUNT(*) FROM school_order o LEFT JOIN order_scan s ON s.org_id = o.org_id AND s.order_id = o.id WHERE s.file_id IS NULL"), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM class c LEFT JOIN class_head h ON h.org_id = c.org_id AND h.class_id = c.id WHERE h.id IS NULL"), 0);
}
END_TEST

START_TEST(somebody_is_waited_for_and_somebody_arrives_in_each)
{
    ck_assert_int_eq(number("SELECT COUNT(*) FROM departure WHERE org_id = 1 AND state = 'open'"), 3);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM departure WHERE org_id = 1 AND state = 'confirmed' AND arrival_on > left_on"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM arriving t JOIN departure d ON d.id = t.departure_id AND d.to_org_id = t.org_id WHERE t.state = 'waiting'"), 2);
}
END_TEST

START_TEST(an_installation_with_people_is_left_alone)
{
    ck_assert_msg(ctl("demo --empty", said, sizeof said) == 0, "%s", said);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM person"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM role_grant WHERE role = 'administrator'"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM organisation"), 0);
    ck_assert_int_eq(ctl("demo", said, sizeof said), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM person"), 1);
}
END_TEST

START_TEST(many_schools_stand_beside_the_two)
{
    int iins = 0;
    ck_assert_int_eq(ctl("demo --schools 3", said, sizeof said), 2);
    ck_assert_int_eq(ctl("demo --schools 3 --pupils 5001", said, sizeof said), 1);
    ck_assert_msg(ctl("demo --schools 3 --pupils 60", said, sizeof said) == 0, "%s", said);
    int64_t last = number("SELECT MAX(id) FROM organisation");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM organisation"), 5);
    ck_assert_int_eq(number("SELECT COUNT(DISTINCT territory_id) FROM organisation"), 4);
    ck_assert_int_eq(number(pool_printf(fixture_pool(), "SELECT COUNT(*) FROM pupil WHERE org_id = %d AND standing = 'enrolled'", (int)last)), 60);
    ck_assert_int_eq(number(pool_printf(fixture_pool(), "SELECT COUNT(*) FROM class WHERE org_id = %d", (int)last)), 3);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM person p LEFT JOIN account a ON a.person_id = p.id WHERE a.id IS NULL"), 0);
    fixture_ok(db_each(fixture_db(), "SELECT iin FROM person WHERE iin IS NOT NULL", DB_NO_VALUES, check_iin, &iins));
    for (int64_t org = last - 2; org <= last; org++)
        fixture_ok(movement_ledger.check(fixture_db(), org, tell, NULL));
}
END_TEST

START_TEST(routes_gives_every_page_an_address_that_the_demonstration_can_show)
{
    int lines = 0;
    ck_assert_msg(ctl("routes", said, sizeof said) == 0, "%s", said);
    for (const char *line = said; *line != '\0'; line = strchr(line, '\n') + 1, lines++) {
        const char *address = strchr(strchr(line, '\t') + 1, '\t') + 1;
        ck_assert_msg(*address == '/', "%.60s", line);
    }
    ck_assert_int_gt(lines, 40);
}
END_TEST

Suite *demo_suite(void)
{
    Suite *suite = suite_create("demo");
    TCase *empty = tcase_create("demo --empty"), *full = tcase_create("demo"), *many = tcase_create("demo --schools");
    fixture_add(empty);
    tcase_add_checked_fixture(empty, write_config, remove_config);
    tcase_add_test(empty, an_installation_with_people_is_left_alone);
    suite_add_tcase(suite, empty);
    tcase_add_unchecked_fixture(full, fill_once, remove_config);
    tcase_add_checked_fixture(full, NULL, fixture_end);
    tcase_add_test(full, the_school_and_the_college_have_the_size_that_was_promised);
    tcase_add_test(full, every_iin_is_right_and_nobodys);
    tcase_add_test(full, only_the_listed_logins_have_a_password);
    tcase_add_test(full, surnames_and_patronymics_are_those_of_the_sex);
    tcase_add_test(full, classes_are_the_fold_of_the_ledger_and_every_order_has_its_scan);
    tcase_add_test(full, somebody_is_waited_for_and_somebody_arrives_in_each);
    tcase_add_test(full, routes_gives_every_page_an_address_that_the_demonstration_can_show);
    tcase_set_timeout(full, 60);
    suite_add_tcase(suite, full);
    fixture_add(many);
    tcase_add_checked_fixture(many, write_config, remove_config);
    tcase_add_test(many, many_schools_stand_beside_the_two);
    suite_add_tcase(suite, many);
    return suite;
}
