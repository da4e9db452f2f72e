/* test_exchange.c: what goes out comes in elsewhere and goes out the same, byte for byte. */
#include "fixture.h"
#include "engine/file.h"
#include "engine/zip.h"
#include "school/exchange/exchange.h"
#include "school/exchange/kinds.h"
#include "school/pupils/movement.h"
#include "school/pupils/pupils.h"
#include "school_suites.h"
#include "tools/tools.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct exchange_extent everything = {.org = 0};

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

/* The school and the college of the demonstration with what it lacks, made once: a package, its XML, how many scans there are, and what is
 * not in the file but follows from it. */
static int first, first_xml;
static int64_t scans, files;
static char *first_derived;

static int64_t number(const char *sql)
{
    int64_t value;
    fixture_ok(db_number(fixture_db(), sql, DB_NO_VALUES, &value, NULL));
    return value;
}

/* Entries of those who arrive, and classes that orders have ended and raised. */
static char *derived(void)
{
    static const char *const sql[] = {
        "SELECT GROUP_CONCAT(CONCAT_WS('|', o.uid, f.uid, h.uid, d.uid, t.state, t.surname, t.from_name, t.class, t.left_on, t.order_number, t.made_at,"
        " t.reason, r.uid, p.uid) ORDER BY d.uid) FROM arriving t JOIN organisation o ON o.id = t.org_id JOIN organisation f ON f.id = t.from_org_id"
        " JOIN person h ON h.id = t.person_id JOIN departure d ON d.id = t.departure_id LEFT JOIN school_order r ON r.id = t.order_id"
        " LEFT JOIN pupil p ON p.id = t.pupil_id",
        "SELECT GROUP_CONCAT(CONCAT_WS('|', p.uid, c.uid, m.from_on, m.to_on, m.ends_year) ORDER BY p.uid, m.from_on, c.uid) FROM membership m"
        " JOIN pupil p ON p.id = m.pupil_id JOIN class c ON c.id = m.class_id",
        "SELECT GROUP_CONCAT(CONCAT_WS('|', uid, standing, funding, ordered_form) ORDER BY uid) FROM pupil",
    };
    char *text = pool_strdup(fixture_pool(), ""), *part;
    for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
        fixture_ok(db_string(fixture_db(), fixture_pool(), sql[i], DB_NO_VALUES, &part));
        ck_assert_ptr_nonnull(part);
        text = pool_printf(fixture_pool(), "%s%s\n", text, part);
    }
    return text;
}

static void run_sql(const char *sql)
{
    fixture_ok(db_exec(fixture_schema_db(), sql, DB_NO_VALUES, NULL, NULL));
}

/* A picture of a content of its own. */
static int64_t add_picture(int64_t org, int nth)
{
    unsigned char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0\x90wS\xde#";
    int64_t id;
    int fd = new_file();
    png[sizeof png - 2] = (unsigned char)nth;
    ck_assert_int_eq(write(fd, png, sizeof png), (ssize_t)sizeof png);
    fixture_ok(file_store(fixture_db(), fixture_config(), org, 0, FILE_SCAN, pool_printf(fixture_pool(), "сурет %d.png", nth), "image/png", fd, &id));
    close(fd);
    return id;
}

/* Whatever holds scans holds some: a photo one, the others two, of which one stands in several rows. */
#define HOLDER(table, pupil, scans, see) {#table, #scans},
static const struct {
    const char *table, *scans;
} holders[] = {PUPIL_SCANS(HOLDER)};
enum { HOLDERS = sizeof holders / sizeof holders[0] };

static void add_scans_of_rows(void)
{
    for (size_t i = 0; i < HOLDERS; i++) {
        int64_t org = number(pool_printf(fixture_pool(), "SELECT MIN(org_id) FROM %s", holders[i].table));
        bool is_photo = strcmp(holders[i].scans, "photo_id") == 0;
        const char *ids = pool_printf(fixture_pool(), "%lld", (long long)add_picture(org, (int)i));
        if (!is_photo)
            ids = pool_printf(fixture_pool(), "%lld,%s", (long long)add_picture(org, 100), ids);
        run_sql(pool_printf(fixture_pool(), "UPDATE %s SET %s = '%s' WHERE org_id = %lld ORDER BY id LIMIT 3", holders[i].table, holders[i].scans, ids,
                            (long long)org));
    }
}

static void add_what_the_demonstration_lacks(void)
{
    add_scans_of_rows();
    run_sql("UPDATE speciality SET qualifications = '4S06130101 Оператор\n4S06130103 Техник-бағдарламашы' LIMIT 1");
    run_sql("INSERT INTO order_text (org_id, kind, text_kk, text_ru) SELECT MIN(id), 'enrol', 'БҰЙЫРАМЫН:\n{list} «а» & <б>', '' FROM organisation");
    run_sql("INSERT INTO correction (org_id, pupil_id, field, value, state, proposed_at, proposed_by, decided_at)"
            " SELECT org_id, id, 'territory_id', (SELECT id FROM territory WHERE kato = '750000000'), 'proposed', '2026-10-05 10:00:00.123', 1, NULL FROM pupil LIMIT 1");
    run_sql("INSERT INTO correction (org_id, pupil_id, field, value, state, proposed_at, proposed_by, decided_at)"
            " SELECT org_id, id, 'phone', '', 'refused', '2026-10-05 10:00:00.123', 1, '2026-10-06' FROM pupil LIMIT 1");
    run_sql("UPDATE class c SET c.ended_on = '2026-10-05', c.ended_by_order = (SELECT MAX(d.id) FROM school_order d WHERE d.org_id = c.org_id),"
            " c.made_by_order = (SELECT MIN(d.id) FROM school_order d WHERE d.org_id = c.org_id) ORDER BY c.id DESC LIMIT 1");
    run_sql("INSERT INTO scholarship (org_id, uid, pupil_id, kind, amount, from_on, until_on, order_id, recorded_at, stops_id)"
            " SELECT org_id, UUID(), pupil_id, kind, amount, from_on + INTERVAL 30 DAY, NULL, order_id, recorded_at, id FROM scholarship WHERE stops_id IS NULL LIMIT 1");
    run_sql("INSERT INTO scholarship (org_id, uid, pupil_id, kind, amount, from_on, until_on, order_id, recorded_at, voids_id)"
            " SELECT org_id, UUID(), pupil_id, kind, amount, from_on, NULL, order_id, recorded_at, id FROM scholarship WHERE stops_id IS NOT NULL LIMIT 1");
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
    add_what_the_demonstration_lacks();
    first = new_file();
    first_xml = new_file();
    fixture_ok(exchange_write_package(fixture_db(), fixture_config(), &everything, first, NULL));
    fixture_ok(exchange_write_xml(fixture_db(), &everything, first_xml, NULL));
    scans = number("SELECT COUNT(*) FROM order_scan");
    files = number("SELECT COUNT(DISTINCT org_id, sha256) FROM file WHERE mime = 'image/png'");
    first_derived = strdup(derived());
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

/* A kind that the file does not have would not be tried at all. */
static void check_kinds(void)
{
    for (const struct exchange_kind *kind = exchange_kinds; kind->element != NULL; kind++)
        ck_assert_msg(number(pool_printf(fixture_pool(), "SELECT COUNT(*) FROM import_row WHERE kind = '%s' AND verdict = 'new'", kind->element)) > 0,
                      "there is no %s in the file", kind->element);
}

START_TEST(a_package_taken_in_elsewhere_goes_out_the_same_byte_for_byte)
{
    int second = new_file(), second_xml = new_file();
    take_in(first);
    check_kinds();
    check_ledgers();
    ck_assert_int_gt(scans, 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM order_scan t JOIN file f ON f.id = t.file_id AND f.state <> 'bad'"), scans);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM file WHERE mime = 'image/png' AND state <> 'bad'"), files);
    ck_assert_str_eq(derived(), first_derived);
    fixture_ok(exchange_write_xml(fixture_db(), &everything, second_xml, NULL));
    assert_same_content(first_xml, second_xml);
    fixture_ok(exchange_write_package(fixture_db(), fixture_config(), &everything, second, NULL));
    assert_same_content(first, second);
}
END_TEST

START_TEST(a_bare_xml_does_the_same_and_its_scans_wait_for_their_content)
{
    int second = new_file();
    take_in(first_xml);
    fixture_ok(exchange_write_xml(fixture_db(), &everything, second, NULL));
    assert_same_content(first_xml, second);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM file WHERE purpose = 'scan' AND state = 'bad' AND fault IS NOT NULL"), scans + files);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM file WHERE state <> 'bad'"), 0);
}
END_TEST

/* The content is in the store, of another organisation perhaps: who knows its hash only does not get it. */
START_TEST(content_that_did_not_come_with_the_scan_is_not_given_out)
{
    int second = new_file();
    struct zip_package *package;
    static const struct zip_limits limits = {.files = 100, .total = 1 << 30, .ratio = 1000};
    take_in(first_xml);
    for (size_t i = 0; i < HOLDERS; i++)
        add_picture(0, (int)i);
    fixture_ok(exchange_write_package(fixture_db(), fixture_config(), &(struct exchange_extent){.org = number("SELECT MIN(id) FROM organisation")}, second, NULL));
    fixture_ok(zip_read_open(second, &limits, &package));
    ck_assert_uint_eq(zip_count(package), 1);
    zip_read_close(package);
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
    fixture_ok(exchange_write_xml(fixture_db(), &(struct exchange_extent){.org = org}, fd, NULL));
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
    fixture_fails(exchange_write_xml(fixture_db(), &(struct exchange_extent){.org = 99999}, fd, NULL), ERROR_NOT_FOUND);
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
    fixture_ok(exchange_write_package(fixture_db(), fixture_config(), &everything, second, NULL));
    assert_same_content(first, second);
}
END_TEST

/* How often a word stands in an XML. */
static size_t count_in(int fd, const char *words)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = pool_alloc(fixture_pool(), (size_t)size + 1);
    size_t count = 0;
    ck_assert_int_eq(pread(fd, text, (size_t)size, 0), size);
    for (const char *at = text; (at = strstr(at, words)) != NULL; at += strlen(words))
        count++;
    return count;
}

START_TEST(who_does_not_see_health_gets_a_file_without_it_and_its_scans)
{
    static const struct exchange_extent open = {.without_health = true};
    int xml = new_file();
    take_in(first);
    size_t all = count_in(first_xml, "<file ");
    ck_assert_uint_gt(count_in(first_xml, "<health "), 0);
    fixture_ok(exchange_write_xml(fixture_db(), &open, xml, NULL));
    ck_assert_uint_eq(count_in(xml, "<health "), 0);
    ck_assert_uint_eq(count_in(xml, "<file "), all - 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE action = 'look'"), 0);
}
END_TEST

START_TEST(each_pupil_whose_health_goes_out_was_looked_at)
{
    int xml = new_file();
    take_in(first);
    fixture_ok(exchange_write_xml(fixture_db(), &(struct exchange_extent){.account = 7}, xml, NULL));
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE action = 'look' AND subject_kind = 'pupil' AND account_id = 7"),
                     number("SELECT COUNT(DISTINCT pupil_id) FROM pupil_health"));
}
END_TEST

/* ---- the tables, one by one ---- */

static const char *documented(void)
{
    int fd = open(SOURCE_DIR "/docs/exchange.md", O_RDONLY | O_CLOEXEC);
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = pool_alloc(fixture_pool(), (size_t)size + 1);
    ck_assert_int_eq(pread(fd, text, (size_t)size, 0), size);
    close(fd);
    return text;
}

static bool is_exchanged(const char *table)
{
    for (const struct exchange_kind *kind = exchange_kinds; kind->element != NULL; kind++)
        if (strcmp(kind->table, table) == 0)
            return true;
    return false;
}

static NEOERR *check_table(void *data, const struct db_row *row)
{
    const char *table = db_get(row, 0), *docs = data;
    const char *line = strstr(docs, pool_printf(fixture_pool(), "\n| `%s` | ", table));
    ck_assert_msg(line != NULL, "the table %s is not in docs/exchange.md: does it travel?", table);
    const char *travels = strstr(line + 4, " | ") + 3;
    ck_assert_msg((strncmp(travels, "yes |", 5) == 0) == is_exchanged(table), "docs/exchange.md says of %s: %.10s", table, travels);
    return STATUS_OK;
}

START_TEST(of_every_table_of_an_organisation_it_is_said_whether_it_travels)
{
    static const char TABLES[] = "SELECT TABLE_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND COLUMN_NAME = 'org_id'";
    fixture_ok(db_each(fixture_schema_db(), TABLES, DB_NO_VALUES, check_table, (void *)documented()));
}
END_TEST

/* Columns that do not travel: keys, what is counted or folded here, accounts, and what else stands beside them. */
static const char *const columns_that_stay[] = {
    "*.id", "*.org_id", "*.version", "*.sort_key", "*.fold_key", "*.key_version", "*.recorded_by", "person.login", "organisation.id",
    "class.is_open", "class.speciality", "pupil.class_id", "pupil.standing", "pupil.withdrawn_on", "pupil.withdraw_reason", "pupil.merged_into",
    "pupil.funding", "pupil.ordered_form", "correction.decided_by", "paper.issued_by", "school_order.process_id", "school_order.ordinal",
    "movement.is_graduation", "file.purpose", "file.state", "file.fault", "file.pages", "file.made_at", "file.made_by", "file.keep_until",
    "file.name", "file.mime", "file.size", "file.sha256", "order_scan.file_id", NULL,
};

static bool stays(const char *table, const char *column)
{
    for (const char *const *name = columns_that_stay; *name != NULL; name++)
        if (strcmp(*name, pool_printf(fixture_pool(), "%s.%s", (*name)[0] == '*' ? "*" : table, column)) == 0)
            return true;
    return false;
}

static bool travels(const char *table, const char *column)
{
    for (const struct exchange_kind *kind = exchange_kinds; kind->element != NULL; kind++)
        for (const struct exchange_field *field = kind->fields; field->attribute != NULL; field++)
            if (strcmp(kind->table, table) == 0 && field->column != NULL && strcmp(field->column, column) == 0)
                return true;
    return false;
}

static NEOERR *check_column(void *data, const struct db_row *row)
{
    const char *table = db_get(row, 0), *column = db_get(row, 1);
    (void)data;
    ck_assert_msg(!is_exchanged(table) || stays(table, column) || travels(table, column), "%s.%s is left behind", table, column);
    return STATUS_OK;
}

START_TEST(every_column_of_a_table_that_travels_does_or_is_known_to_stay)
{
    static const char COLUMNS[] = "SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()";
    fixture_ok(db_each(fixture_schema_db(), COLUMNS, DB_NO_VALUES, check_column, NULL));
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
    tcase_add_test(tcase, content_that_did_not_come_with_the_scan_is_not_given_out);
    tcase_add_test(tcase, who_does_not_see_health_gets_a_file_without_it_and_its_scans);
    tcase_add_test(tcase, each_pupil_whose_health_goes_out_was_looked_at);
    tcase_add_test(tcase, the_export_of_one_organisation_holds_nothing_of_another);
    tcase_add_test(tcase, taken_in_twice_everything_is_the_same_and_nothing_is_added);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("tables");
    fixture_add(tcase);
    tcase_add_test(tcase, of_every_table_of_an_organisation_it_is_said_whether_it_travels);
    tcase_add_test(tcase, every_column_of_a_table_that_travels_does_or_is_known_to_stay);
    suite_add_tcase(suite, tcase);
    return suite;
}
