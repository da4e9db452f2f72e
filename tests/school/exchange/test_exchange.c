/* test_exchange.c: what goes out comes in elsewhere and goes out the same, byte for byte. */
#include "fixture.h"
#include "school/exchange/exchange.h"
#include "school/pupils/movement.h"
#include "school_suites.h"
#include "tools/tools.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int new_file(void)
{
    return memfd_create("test", MFD_CLOEXEC);
}

static void assert_same_content(int a, int b)
{
    static char left[64 * 1024], right[64 * 1024];
    ck_assert_int_eq(lseek(a, 0, SEEK_END), lseek(b, 0, SEEK_END));
    ssize_t got;
    for (off_t at = 0; (got = pread(a, left, sizeof left, at)) > 0; at += got) {
        ck_assert_int_eq(pread(b, right, (size_t)got, at), got);
        ck_assert_msg(memcmp(left, right, (size_t)got) == 0, "the files differ after byte %lld", (long long)at);
    }
}

/* The school and the college of the demonstration, made once: a package, its XML, and how many scans there are. */
static int first, first_xml;
static int64_t scans, records;

/* Rows of families, files and departures, of each kind at least one. */
#define RECORDS                                                                                                              \
    "SELECT IF(k * d * s * h * a * q * w * l = 0, 0, k + d + s + h + a + q + w + l) FROM (SELECT (SELECT COUNT(*) FROM kinship) AS k," \
    " (SELECT COUNT(*) FROM departure WHERE class <> '') AS l,"                                                               \
    " (SELECT COUNT(*) FROM pupil_document) AS d, (SELECT COUNT(*) FROM pupil_social) AS s, (SELECT COUNT(*) FROM pupil_health) AS h," \
    " (SELECT COUNT(*) FROM pupil_achievement) AS a, (SELECT COUNT(*) FROM paper) AS q, (SELECT COUNT(*) FROM application) AS w) x"

static int64_t number(const char *sql)
{
    int64_t value;
    fixture_ok(db_number(fixture_db(), sql, DB_NO_VALUES, &value, NULL));
    return value;
}

static void fill(void)
{
    struct tool tool = {.pool = fixture_pool(), .config = fixture_config()};
    FILE *out = stdout;
    fixture_reset();
    stdout = fopen("/dev/null", "w");
    fixture_ok(command_demo(&tool));
    fclose(stdout);
    stdout = out;
    first = new_file();
    first_xml = new_file();
    fixture_ok(exchange_write_package(fixture_db(), fixture_config(), 0, first, NULL));
    fixture_ok(exchange_write_xml(fixture_db(), 0, first_xml, NULL));
    scans = number("SELECT COUNT(*) FROM order_scan");
    records = number(RECORDS);
    ck_assert_int_gt(records, 100);
    fixture_end();
}

static void take_in(int fd)
{
    struct import import;
    struct import_counts counts;
    fixture_ok(import_begin(fixture_db(), 0, 0, 0, &import));
    fixture_ok(import_read(fixture_db(), fixture_config(), fixture_pool(), fd, &import, NULL));
    ck_assert_msg(import.fault == NULL, "line %d: %s", import.line, import.fault);
    fixture_ok(import_count(fixture_db(), import.id, &counts));
    ck_assert_int_gt(counts.rows[IMPORT_NEW], 0);
    ck_assert_int_eq(counts.rows[IMPORT_SAME] + counts.rows[IMPORT_CHANGED] + counts.rows[IMPORT_CONFLICT] + counts.rows[IMPORT_REJECTED], 0);
    fixture_ok(import_apply(fixture_db(), fixture_config(), fixture_pool(), fd, &import, NULL));
}

static void tell_difference(void *data, const char *line)
{
    (void)data;
    ck_abort_msg("%s", line);
}

static NEOERR *check_ledger(void *data, const struct db_row *row)
{
    int64_t *orgs = data;
    orgs[0]++;
    orgs[orgs[0]] = db_get_int(row, 0);
    return STATUS_OK;
}

static void check_ledgers(void)
{
    int64_t orgs[8] = {0};
    fixture_ok(db_each(fixture_db(), "SELECT id FROM organisation", DB_NO_VALUES, check_ledger, orgs));
    for (int64_t i = 1; i <= orgs[0]; i++)
        fixture_ok(movement_ledger.check(fixture_db(), orgs[i], tell_difference, NULL));
}

START_TEST(a_package_taken_in_elsewhere_goes_out_the_same_byte_for_byte)
{
    int second = new_file(), second_xml = new_file();
    take_in(first);
    check_ledgers();
    ck_assert_int_gt(scans, 0);
    ck_assert_int_eq(number(RECORDS), records);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM order_scan t JOIN file f ON f.id = t.file_id AND f.state <> 'bad'"), scans);
    fixture_ok(exchange_write_xml(fixture_db(), 0, second_xml, NULL));
    assert_same_content(first_xml, second_xml);
    fixture_ok(exchange_write_package(fixture_db(), fixture_config(), 0, second, NULL));
    assert_same_content(first, second);
}
END_TEST

START_TEST(a_bare_xml_does_the_same_and_its_scans_wait_for_their_content)
{
    int second = new_file();
    take_in(first_xml);
    fixture_ok(exchange_write_xml(fixture_db(), 0, second, NULL));
    assert_same_content(first_xml, second);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM file WHERE purpose = 'scan' AND state = 'bad' AND fault IS NOT NULL"), scans);
}
END_TEST

START_TEST(the_export_of_one_organisation_holds_nothing_of_another)
{
    int fd = new_file();
    struct xml_schema *schema;
    struct xml_reader *reader;
    enum xml_event event;
    take_in(first_xml);
    int64_t organisations = 0, org = number("SELECT MIN(id) FROM organisation");
    int64_t pupils = number(pool_printf(fixture_pool(), "SELECT COUNT(*) FROM pupil WHERE org_id = %lld", (long long)org));
    fixture_ok(exchange_write_xml(fixture_db(), org, fd, NULL));
    lseek(fd, 0, SEEK_SET);
    fixture_ok(xml_schema_load(SOURCE_DIR "/schemas/contingent.xsd", &schema));
    fixture_ok(xml_open(fixture_pool(), fd, schema, &reader));
    do {
        fixture_ok(xml_next(reader, &event));
        organisations += event == XML_START && strcmp(xml_name(reader), "organisation") == 0;
        pupils -= event == XML_START && strcmp(xml_name(reader), "pupil") == 0;
    } while (event != XML_DONE);
    ck_assert_int_eq(organisations, 1);
    ck_assert_int_eq(pupils, 0);
    fixture_fails(exchange_write_xml(fixture_db(), 99999, fd, NULL), ERROR_NOT_FOUND);
    xml_close(reader);
    xml_schema_free(schema);
}
END_TEST

START_TEST(taken_in_twice_everything_is_the_same_and_nothing_is_added)
{
    int second = new_file();
    struct import import;
    struct import_counts counts;
    take_in(first);
    fixture_ok(import_begin(fixture_db(), 0, 0, 0, &import));
    fixture_ok(import_read(fixture_db(), fixture_config(), fixture_pool(), first, &import, NULL));
    fixture_ok(import_count(fixture_db(), import.id, &counts));
    ck_assert_int_gt(counts.rows[IMPORT_SAME], 0);
    ck_assert_int_eq(counts.rows[IMPORT_NEW] + counts.rows[IMPORT_CHANGED] + counts.rows[IMPORT_CONFLICT] + counts.rows[IMPORT_REJECTED], 0);
    fixture_ok(import_apply(fixture_db(), fixture_config(), fixture_pool(), first, &import, NULL));
    fixture_ok(exchange_write_package(fixture_db(), fixture_config(), 0, second, NULL));
    assert_same_content(first, second);
}
END_TEST

Suite *exchange_suite(void)
{
    Suite *suite = suite_create("exchange");
    TCase *tcase = tcase_create("exchange");
    fixture_add(tcase);
    tcase_set_timeout(tcase, 120);
    tcase_add_unchecked_fixture(tcase, fill, NULL);
    tcase_add_test(tcase, a_package_taken_in_elsewhere_goes_out_the_same_byte_for_byte);
    tcase_add_test(tcase, a_bare_xml_does_the_same_and_its_scans_wait_for_their_content);
    tcase_add_test(tcase, the_export_of_one_organisation_holds_nothing_of_another);
    tcase_add_test(tcase, taken_in_twice_everything_is_the_same_and_nothing_is_added);
    suite_add_tcase(suite, tcase);
    return suite;
}
