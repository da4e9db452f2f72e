/* test_import.c: what an import makes of good rows, wrong rows, changed rows and wrong files; and its cancelling. */
#include "fixture.h"
#include "base/crypto.h"
#include "engine/zip.h"
#include "school/areas.h"
#include "school/exchange/exchange.h"
#include "school/exchange/kinds.h"
#include "school/pupils/movement.h"
#include "school_suites.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- a small school ---- */

#define UID(n) "00000000-0000-4000-8000-0000000000" n
#define ORG UID("01")
#define HEAD_LINES "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<contingent xmlns=\"urn:mektep:contingent:1\">\n"
#define PERSON(n, iin, surname) "<person uid=\"" UID(n) "\" " iin " surname=\"" surname "\" given=\"Айша\" born-on=\"2011-05-27\" sex=\"F\"/>\n"
#define BEGIN_ORG                                                                                                          \
    "<organisation uid=\"" ORG "\" kind=\"school\" territory=\"750000000\" languages=\"kk ru\" time-zone=\"Asia/Almaty\">\n" \
    "<name from=\"2020-09-01\" kk=\"№ 1 мектеп\" ru=\"Школа № 1\" en=\"School No 1\"/>\n"                                   \
    "<year year=\"2026\" starts-on=\"2026-09-01\" ends-on=\"2027-05-25\"/>\n"                                               \
    "<class uid=\"" UID("11") "\" year=\"2026\" grade=\"5\" name-kk=\"А\" name-ru=\"А\" name-en=\"A\"/>\n"                  \
    "<class uid=\"" UID("12") "\" year=\"2026\" grade=\"5\" name-kk=\"Ә\" name-ru=\"Б\" name-en=\"B\"/>\n"                  \
    "<class-head class=\"" UID("11") "\" person=\"" UID("23") "\" duty=\"class-teacher\" from=\"2026-09-01\"/>\n"
#define PUPIL_IN(n, person, class)                                                                                         \
    "<pupil uid=\"" UID(n) "\" person=\"" UID(person) "\" surname=\"О'Нил &quot;Х&quot; \\\" given=\"Айша\" grade=\"5\" " class \
    " registered-at=\"2026-08-20T05:00:00.000Z\"/>\n"
#define ORDER(n, number, kind, more)                                                                                       \
    "<order uid=\"" UID(n) "\" journal=\"contingent\" year=\"2026\" number=\"" number "\" state=\"signed\" kind=\"" kind    \
    "\" dated=\"2026-08-25\" summary=\"Туралы\" " more " recorded-at=\"2026-08-25T05:00:00.000Z\"/>\n"
#define PAPER(n, number, code)                                                                                             \
    "<paper uid=\"" UID(n) "\" pupil=\"" UID("31") "\" kind=\"study\" state=\"issued\" ordered-at=\"2026-08-25T05:00:00.000Z\" year=\"2026\"" \
    " number=\"" number "\" code=\"" code "\"/>\n"
#define APPLICATION(n, number)                                                                                             \
    "<application uid=\"" UID(n) "\" year=\"2026\" number=\"" number "\" submitted-on=\"2026-08-01\" state=\"submitted\" surname=\"Серікова\"" \
    " given=\"Дана\" born-on=\"2020-02-01\" sex=\"F\" grade=\"1\" papers=\"photos birth-certificate\"/>\n"
#define FIRST_ORDER "<order uid=\"" UID("41") "\""
#define MOVEMENT(n, pupil, position, kind, more, date, order)                                                              \
    "<movement uid=\"" UID(n) "\" pupil=\"" UID(pupil) "\" position=\"" position "\" kind=\"" kind "\" " more " effective-on=\"" date \
    "\" recorded-at=\"2026-08-25T05:00:00.000Z\" order=\"" UID(order) "\"/>\n"
#define END_LINES "</organisation>\n</contingent>\n"

/* Enrolled into 5-А, then the same day into 5-Ә: only the position tells which is the later one. */
static const char small[] =
    HEAD_LINES PERSON("21", "", "Серікова") PERSON("22", "", "Оспанова") PERSON("23", "", "Мұғалімова") BEGIN_ORG
    PUPIL_IN("31", "21", "") PUPIL_IN("32", "22", "class=\"" UID("11") "\"")
    ORDER("41", "1-у", "enrol", "") ORDER("42", "2-у", "transfer", "")
    MOVEMENT("51", "31", "2", "transfer", "from-class=\"" UID("11") "\" to-class=\"" UID("12") "\"", "2026-09-01", "42")
    MOVEMENT("52", "31", "1", "enrol", "to-class=\"" UID("11") "\"", "2026-09-01", "41") END_LINES;

static void know_ledgers(void)
{
    fixture_ok(registers_init(areas));
}

static int file_of(const char *text)
{
    int fd = memfd_create("test", MFD_CLOEXEC);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    return fd;
}

static struct import read_text(const char *text)
{
    struct import import;
    int fd = file_of(text);
    fixture_ok(import_begin(fixture_db(), 0, 0, 0, &import));
    fixture_ok(import_read(fixture_db(), fixture_config(), fixture_pool(), fd, &import, NULL));
    close(fd);
    return import;
}

static struct import take_in(const char *text)
{
    struct import import = read_text(text);
    int fd = file_of(text);
    ck_assert_msg(import.fault == NULL, "line %d: %s", import.line, import.fault);
    fixture_ok(import_apply(fixture_db(), fixture_config(), fixture_pool(), fd, &import, NULL));
    close(fd);
    return import;
}

static int64_t number(const char *sql)
{
    int64_t value;
    fixture_ok(db_number(fixture_db(), sql, DB_NO_VALUES, &value, NULL));
    return value;
}

static const char *string(const char *sql)
{
    char *value;
    fixture_ok(db_string(fixture_db(), fixture_pool(), sql, DB_NO_VALUES, &value));
    return value != NULL ? value : "";
}

static const char *replaced(const char *text, const char *what, const char *with)
{
    const char *at = strstr(text, what);
    ck_assert_msg(at != NULL, "%s is not in the text", what);
    return pool_printf(fixture_pool(), "%.*s%s%s", (int)(at - text), text, with, at + strlen(what));
}

static const char *verdict_of(const struct import *import, const char *uid)
{
    char *verdict;
    fixture_ok(db_string(fixture_db(), fixture_pool(), "SELECT CONCAT_WS(': ', verdict, reason) FROM import_row WHERE batch_id = ? AND uid = ? ORDER BY id DESC LIMIT 1",
                         DB_VALUES(DB_INT(import->id), DB_TEXT(uid)), &verdict));
    return verdict != NULL ? verdict : "";
}

/* ---- good rows ---- */

START_TEST(rows_become_a_school_with_its_ledger)
{
    take_in(small);
    ck_assert_str_eq(string("SELECT c.uid FROM pupil p JOIN class c ON c.id = p.class_id WHERE p.uid = '" UID("31") "'"), UID("12"));
    ck_assert_str_eq(string("SELECT standing FROM pupil WHERE uid = '" UID("31") "'"), "enrolled");
    ck_assert_str_eq(string("SELECT surname FROM pupil WHERE uid = '" UID("31") "'"), "О'Нил \"Х\" \\");
    ck_assert_str_eq(string("SELECT name_kk FROM organisation_name"), "№ 1 мектеп");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM person WHERE LENGTH(login) = 12 AND LENGTH(sort_key) > 0 AND fold_key <> ''"), 3);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM account"), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM employee WHERE may_lead_class = 1"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE action = 'import'"), 1);
}
END_TEST

START_TEST(pupils_without_movements_enter_by_one_opening_balance_order)
{
    take_in(small);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM school_order WHERE kind = 'opening-balance' AND state = 'signed'"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM movement m JOIN pupil p ON p.id = m.pupil_id WHERE m.kind = 'open-balance' AND m.effective_on = '2026-09-01'"
                            " AND p.uid = '" UID("32") "'"), 1);
    ck_assert_str_eq(string("SELECT c.uid FROM pupil p JOIN class c ON c.id = p.class_id WHERE p.uid = '" UID("32") "'"), UID("11"));
    take_in(small);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM school_order"), 3);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM movement"), 3);
}
END_TEST

START_TEST(what_changed_elsewhere_is_changed_here_and_the_ledger_never)
{
    take_in(small);
    const char *changed = replaced(small, "name-kk=\"Ә\"", "name-kk=\"Б\" room=\"12\"");
    changed = replaced(changed, "number=\"1-у\"", "number=\"7-у\"");
    struct import import = take_in(changed);
    ck_assert_str_eq(verdict_of(&import, UID("12")), "changed");
    ck_assert_str_eq(verdict_of(&import, UID("11")), "same");
    ck_assert_str_eq(verdict_of(&import, UID("41")), "conflict");
    ck_assert_str_eq(string("SELECT CONCAT(name_kk, room, version) FROM class WHERE uid = '" UID("12") "'"), "Б122");
    ck_assert_str_eq(string("SELECT number FROM school_order WHERE uid = '" UID("41") "'"), "1-у");
}
END_TEST

START_TEST(a_number_that_stands_in_the_journal_becomes_a_double)
{
    take_in(small);
    const char *other = replaced(small, ORDER("41", "1-у", "enrol", ""), ORDER("41", "1-у", "enrol", "") ORDER("43", "1-у", "other", "doubled=\"3\""));
    take_in(other);
    ck_assert_int_eq(number("SELECT doubled FROM school_order WHERE uid = '" UID("43") "'"), 1);
}
END_TEST

/* ---- wrong rows ---- */

static const struct wrong {
    const char *what, *with, *uid, *verdict;
} wrong[] = {
    {PERSON("22", "", "Оспанова"), PERSON("22", "iin=\"110527600008\"", "Оспанова"), UID("22"), "rejected: The control digit of the IIN is wrong"},
    {PERSON("22", "", "Оспанова"), PERSON("22", "iin=\"110527600008\"", "Оспанова"), UID("32"), "rejected: It refers to something that is not in the file or is not taken"},
    {PERSON("22", "", "Оспанова"), "", UID("32"), "rejected: It refers to something that is not in the file or is not taken"},
    {PERSON("22", "", "Оспанова"), PERSON("22", "", "Оспанова") PERSON("22", "", "Оспан"), UID("22"), "rejected: This row stands twice in the file"},
    {"territory=\"750000000\"", "territory=\"999999999\"", ORG, "rejected: The territory is not in the register"},
    {"territory=\"750000000\"", "territory=\"999999999\"", UID("51"), "rejected: Its organisation is not taken"},
    {"languages=\"kk ru\"", "languages=\"kk\" bin=\"123456789012\"", ORG, "rejected: The control digit of the BIN is wrong"},
    {"Asia/Almaty", "Asia/Nowhere", ORG, "rejected: The time zone is not known"},
    {"name-kk=\"Ә\" name-ru=\"Б\"", "name-kk=\"Ә\" name-ru=\"А\"", UID("12"), "conflict: A class of this name stands twice in the file"},
    {PUPIL_IN("32", "22", "class=\"" UID("11") "\""), PUPIL_IN("32", "21", ""), UID("32"), "conflict: The person has two files in the file"},
    {FIRST_ORDER, PAPER("61", "1", "a") PAPER("62", "1", "b") FIRST_ORDER, UID("62"), "conflict: This number or code stands twice in the file"},
    {FIRST_ORDER, PAPER("61", "1", "a") PAPER("62", "2", "a") FIRST_ORDER, UID("62"), "conflict: This number or code stands twice in the file"},
    {FIRST_ORDER, APPLICATION("71", "1") APPLICATION("72", "1") FIRST_ORDER, UID("72"), "conflict: This number stands twice in the file"},
    {"number=\"2-у\"", "number=\"1-у\"", UID("42"), "conflict: This order number stands twice in the file"},
    {"number=\"2-у\" state=\"signed\"", "number=\"2-у\" state=\"reserved\"", UID("42"), "rejected: A reserved number is no order yet"},
    {"kind=\"enrol\" to-class", "kind=\"void\" to-class", UID("52"), "rejected: A cancelling row must name what it cancels, and no other row may"},
    {"to-class=\"" UID("12") "\"", "to-class=\"" UID("99") "\"", UID("51"), "rejected: It refers to something that is not in the file or is not taken"},
};

START_TEST(a_wrong_row_is_left_out_with_its_reason)
{
    struct import import = take_in(replaced(small, wrong[_i].what, wrong[_i].with));
    ck_assert_str_eq(verdict_of(&import, wrong[_i].uid), wrong[_i].verdict);
}
END_TEST

START_TEST(numbers_of_the_registers_are_given_once)
{
    const char *text = replaced(small, FIRST_ORDER, PAPER("61", "1", "a") APPLICATION("71", "1") FIRST_ORDER);
    take_in(text);
    ck_assert_str_eq(string("SELECT CONCAT_WS('|', p.number, p.code, a.number, a.papers, a.surname) FROM paper p JOIN application a"), "1|a|1|photos,birth-certificate|Серікова");
    struct import import = take_in(replaced(small, FIRST_ORDER, PAPER("63", "1", "c") PAPER("64", "3", "a") APPLICATION("73", "1") FIRST_ORDER));
    ck_assert_str_eq(verdict_of(&import, UID("63")), "conflict: This number stands in the register already");
    ck_assert_str_eq(verdict_of(&import, UID("64")), "conflict: This code is another paper's here");
    ck_assert_str_eq(verdict_of(&import, UID("73")), "conflict: This number stands in the register already");
    import = take_in(text);
    ck_assert_str_eq(verdict_of(&import, UID("61")), "same");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM paper") + number("SELECT COUNT(*) FROM application"), 2);
}
END_TEST

START_TEST(a_row_of_another_organisation_is_not_touched)
{
    take_in(small);
    const char *other = replaced(small, "organisation uid=\"" ORG "\"", "organisation uid=\"" UID("02") "\"");
    struct import import = take_in(other);
    ck_assert_str_eq(verdict_of(&import, UID("11")), "rejected: This row is another organisation's here");
    ck_assert_str_eq(verdict_of(&import, UID("31")), "rejected: This row is another organisation's here");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM pupil"), 2);
}
END_TEST

START_TEST(a_person_known_by_the_iin_is_the_same_person)
{
    take_in(replaced(small, PERSON("21", "", "Серікова"), PERSON("21", "iin=\"110527600007\"", "Серікова")));
    const char *other = replaced(small, PERSON("21", "", "Серікова"), PERSON("21", "iin=\"110527600007\"", "Серікова"));
    other = replaced(other, "person uid=\"" UID("21") "\"", "person uid=\"" UID("29") "\"");
    other = replaced(other, "person=\"" UID("21") "\"", "person=\"" UID("29") "\"");
    struct import import = read_text(other);
    ck_assert_str_eq(verdict_of(&import, UID("29")), "same: The person is here already by the IIN");
    ck_assert_str_eq(verdict_of(&import, UID("31")), "same");
}
END_TEST

START_TEST(an_organisations_own_import_brings_only_that_one_and_leaves_persons_as_they_are)
{
    struct import import;
    take_in(small);
    const char *text = replaced(small, "surname=\"Серікова\"", "surname=\"Басқаева\"");
    int64_t org = number("SELECT id FROM organisation");
    int fd = file_of(text);
    fixture_ok(import_begin(fixture_db(), org, 0, 0, &import));
    fixture_ok(import_read(fixture_db(), fixture_config(), fixture_pool(), fd, &import, NULL));
    ck_assert_str_eq(verdict_of(&import, UID("21")), "same: An organisation's own import leaves persons as they are");
    ck_assert_str_eq(verdict_of(&import, ORG), "same");
    fixture_ok(import_begin(fixture_db(), org + 1, 0, 0, &import));
    fixture_ok(import_read(fixture_db(), fixture_config(), fixture_pool(), fd, &import, NULL));
    ck_assert_str_eq(verdict_of(&import, ORG), "rejected: The file may bring this organisation only");
    close(fd);
}
END_TEST

/* ---- wrong files ---- */

static const struct refused {
    const char *what, *with;
    int line;
} refused[] = {
    {"urn:mektep:contingent:1", "urn:mektep:contingent:2", 2},
    {END_LINES, "", 0},
    {"<contingent ", "<!DOCTYPE contingent>\n<contingent ", 2},
    {"encoding=\"UTF-8\"", "encoding=\"windows-1251\"", 1},
    {"grade=\"5\"", "grade=\"55\"", 9},
    {"kind=\"transfer\"", "kind=\"teleport\"", 0},
    {"2026-09-01", "2026-02-31", 0},
    {"<year ", "<script>alert(1)</script><year ", 8},
};

START_TEST(a_wrong_file_is_refused_and_changes_nothing)
{
    struct import import = read_text(replaced(small, refused[_i].what, refused[_i].with));
    ck_assert_ptr_nonnull(import.fault);
    ck_assert_msg(refused[_i].line == 0 || import.line == refused[_i].line, "line %d: %s", import.line, import.fault);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM import_row"), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM import_batch WHERE state = 'refused' AND fault <> ''"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM organisation"), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM person"), 0);
}
END_TEST

START_TEST(a_refusal_is_kept_without_a_language_and_told_in_the_readers)
{
    struct pool *pool = fixture_pool();
    char *stored;
    read_text(replaced(small, "encoding=\"UTF-8\"", "encoding=\"windows-1251\""));
    fixture_ok(db_string(fixture_db(), pool, "SELECT fault FROM import_batch", DB_NO_VALUES, &stored));
    ck_assert_str_eq(stored, "xml 1 the encoding of the file must be UTF-8");
    ck_assert_str_eq(import_fault_words(pool, stored), "Line 1: The file does not follow the rules of the exchange: the encoding of the file must be UTF-8");
    ck_assert_str_eq(import_fault_words(pool, "stranger 0 a.exe"), "“a.exe” does not belong into a package");
    ck_assert_str_eq(import_fault_words(pool, "Later orders depend on this import: cancel them first"), "Later orders depend on this import: cancel them first");
}
END_TEST

/* ---- undo ---- */

START_TEST(an_import_is_undone_by_one_cancelling_order)
{
    struct import import = take_in(small);
    fixture_ok(import_undo(fixture_db(), fixture_pool(), &import));
    ck_assert_int_eq(number("SELECT COUNT(*) FROM school_order WHERE kind = 'cancel'"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM movement WHERE voids_id IS NOT NULL"), 3);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM membership"), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM pupil WHERE standing = 'registered' AND class_id IS NULL"), 2);
    ck_assert_str_eq(string("SELECT state FROM import_batch"), "undone");
}
END_TEST

START_TEST(an_import_that_later_movements_depend_on_is_not_undone)
{
    struct import import = take_in(small);
    struct movement later = {.kind = "exclude", .effective = {2026, 10, 1}};
    int64_t org = number("SELECT id FROM organisation");
    later.pupil = number("SELECT id FROM pupil WHERE uid = '" UID("31") "'");
    later.order = 1;
    fixture_ok(movement_record(fixture_db(), org, &later, 1));
    fixture_fails(import_undo(fixture_db(), fixture_pool(), &import), ERROR_CONFLICT);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM movement WHERE voids_id IS NOT NULL"), 0);
    ck_assert_str_eq(string("SELECT state FROM import_batch"), "applied");
}
END_TEST

#define DEPARTURE(n, order, more)                                                                                            \
    "<departure uid=\"" UID(n) "\" pupil=\"" UID("31") "\" order=\"" UID(order) "\" state=\"open\" year=\"2026\" number=\"1\" left-on=\"2026-10-01\" " \
    more "/>\n"
#define SCHOLARSHIP(n, more)                                                                                                 \
    "<scholarship uid=\"" UID(n) "\" pupil=\"" UID("31") "\" kind=\"state\" amount=\"20000\" from-on=\"2026-09-01\" order=\"" UID("41") "\""           \
    " recorded-at=\"2026-08-25T05:00:00.000Z\" " more "/>\n"

/* Excluded for another school of the installation, and a scholarship stopped. */
static const char *leaving(void)
{
    const char *rows = MOVEMENT("53", "31", "3", "exclude", "from-class=\"" UID("12") "\" reason=\"transfer\"", "2026-10-01", "43")
        DEPARTURE("61", "43", "to-organisation=\"" UID("02") "\" to-name=\"Б|Б|B\"") SCHOLARSHIP("71", "") SCHOLARSHIP("72", "stops=\"" UID("71") "\"")
        END_LINES;
    const char *text = replaced(small, END_LINES, rows);
    return replaced(text, ORDER("42", "2-у", "transfer", ""), ORDER("42", "2-у", "transfer", "") ORDER("43", "3-у", "exclude", ""));
}

static void add_destination(void)
{
    fixture_ok(db_exec(fixture_schema_db(),
                       "INSERT INTO organisation (uid, territory_id, kind, languages) SELECT '" UID("02") "', id, 'school', 'kk' FROM territory WHERE kato = '750000000'",
                       DB_NO_VALUES, NULL, NULL));
}

START_TEST(an_undone_import_takes_back_its_departures_and_scholarships)
{
    add_destination();
    struct import import = take_in(leaving());
    ck_assert_str_eq(string("SELECT CONCAT_WS(' ', d.state, t.state) FROM departure d JOIN arriving t ON t.departure_id = d.id AND t.org_id = d.to_org_id"), "open waiting");
    fixture_ok(import_undo(fixture_db(), fixture_pool(), &import));
    ck_assert_str_eq(string("SELECT CONCAT_WS(' ', d.state, t.state, r.kind) FROM departure d JOIN arriving t ON t.departure_id = d.id"
                            " JOIN school_order r ON r.id = d.returned_by"), "returned taken-back cancel");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM scholarship s LEFT JOIN scholarship v ON v.voids_id = s.id WHERE s.voids_id IS NULL AND v.id IS NULL"), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM school_order WHERE kind = 'cancel'"), 1);
}
END_TEST

START_TEST(a_departure_that_came_back_in_the_same_import_is_taken_back_too)
{
    struct import import = take_in(replaced(leaving(), "state=\"open\"", "returned-by=\"" UID("41") "\" state=\"returned\""));
    ck_assert_str_eq(string("SELECT state FROM departure"), "returned");
    fixture_ok(import_undo(fixture_db(), fixture_pool(), &import));
    ck_assert_str_eq(string("SELECT CONCAT_WS(' ', d.state, r.kind) FROM departure d JOIN school_order r ON r.id = d.returned_by"), "returned cancel");
}
END_TEST

START_TEST(an_organisation_that_comes_later_finds_who_arrives_there)
{
    take_in(leaving());
    ck_assert_int_eq(number("SELECT COUNT(*) FROM arriving"), 0);
    take_in(replaced(replaced(HEAD_LINES BEGIN_ORG END_LINES, ORG, UID("02")), "<class-head class=\"" UID("11") "\" person=\"" UID("23") "\" duty=\"class-teacher\" from=\"2026-09-01\"/>\n", ""));
    ck_assert_str_eq(string("SELECT CONCAT_WS(' ', t.state, o.uid) FROM arriving t JOIN organisation o ON o.id = t.org_id"), "waiting " UID("02"));
}
END_TEST

/* ---- scans ---- */

#define PDF "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"
#define FILE_ROW(sha, name, mime, size) "<file sha256=\"" sha "\" name=\"" name "\" mime=\"" mime "\" size=\"" size "\"/>\n"

/* The small school with a document that has a scan, as a package with that content. */
static int package_of(const char *content, const char *sha256, const char *name, const char *mime, size_t size)
{
    struct zip_writer *writer;
    int fd = memfd_create("test", MFD_CLOEXEC);
    const char *file = pool_printf(fixture_pool(), FILE_ROW("%s", "%s", "%s", "%zu"), sha256, name, mime, size);
    const char *document = pool_printf(fixture_pool(), "<document uid=\"" UID("81") "\" pupil=\"" UID("31") "\" kind=\"birth-certificate\" files=\"%s\"/>\n", sha256);
    const char *text = replaced(small, "<pupil ", pool_printf(fixture_pool(), "%s<pupil ", file));
    text = replaced(text, FIRST_ORDER, pool_printf(fixture_pool(), "%s%s", document, FIRST_ORDER));
    fixture_ok(zip_write_open(fd, &writer));
    fixture_ok(zip_add_bytes(writer, "contingent.xml", text, strlen(text)));
    if (content != NULL)
        fixture_ok(zip_add_bytes(writer, pool_printf(fixture_pool(), "files/%s", sha256), content, strlen(content)));
    fixture_ok(zip_write_close(writer));
    return fd;
}

static struct import take_package(int fd)
{
    struct import import;
    fixture_ok(import_begin(fixture_db(), 0, 0, 0, &import));
    fixture_ok(import_read(fixture_db(), fixture_config(), fixture_pool(), fd, &import, NULL));
    if (import.fault == NULL)
        fixture_ok(import_apply(fixture_db(), fixture_config(), fixture_pool(), fd, &import, NULL));
    close(fd);
    return import;
}

static const char *sha256_of(const char *content)
{
    static char sha256[CRYPTO_HEX_SIZE];
    struct crypto_hash *hash = crypto_hash_new(fixture_pool());
    crypto_hash_add(hash, content, strlen(content));
    crypto_hash_end(hash, sha256);
    return sha256;
}

#define LIES N_("The content in the package is not what the file says")
#define OTHER_HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
static const struct content_case {
    const char *content, *sha256, *mime, *fault; /* sha256 NULL = its own; fault NULL = taken */
    int size;                                    /* 0 = its own */
} contents[] = {
    {PDF, NULL, "application/pdf", NULL, 0},
    {PDF, NULL, "image/png", LIES, 0},
    {"#!/bin/sh\nrm -rf /\n", NULL, "application/pdf", LIES, 0},
    {"#!/bin/sh\nrm -rf /\n", NULL, "text/x-shellscript", LIES, 0},
    {"<html><script>alert(1)</script></html>", NULL, "text/html", LIES, 0},
    {"", NULL, "application/pdf", LIES, 1},
    {PDF, OTHER_HASH, "application/pdf", LIES, 0},
    {PDF, NULL, "application/pdf", LIES, 7},
    {NULL, OTHER_HASH, "application/pdf", "The content did not come with the import", 48211},
};

START_TEST(a_scan_is_taken_by_its_content)
{
    const struct content_case *c = &contents[_i];
    const char *sha256 = c->sha256 != NULL ? c->sha256 : sha256_of(c->content);
    struct import import = take_package(package_of(c->content, sha256, "құжат.pdf", c->mime, c->size != 0 ? (size_t)c->size : strlen(c->content)));
    ck_assert_ptr_null(import.fault);
    ck_assert_str_eq(string("SELECT CONCAT_WS(': ', f.state, f.fault) FROM pupil_document d JOIN file f ON f.org_id = d.org_id AND f.id = d.file_id"),
                     c->fault == NULL ? "checking" : pool_printf(fixture_pool(), "bad: %s", c->fault));
    ck_assert_int_eq(number("SELECT COUNT(*) FROM job WHERE kind = 'file-check'"), c->fault == NULL);
}
END_TEST

START_TEST(a_scan_larger_than_an_upload_may_be_is_not_taken)
{
    struct config *config = fixture_config();
    int max = config->upload_max_mb;
    config->upload_max_mb = 0;
    take_package(package_of(PDF, sha256_of(PDF), "құжат.pdf", "application/pdf", strlen(PDF)));
    config->upload_max_mb = max;
    ck_assert_str_eq(string("SELECT CONCAT_WS(': ', state, fault) FROM file"), "bad: The scan is larger than an upload may be");
}
END_TEST

START_TEST(the_name_of_a_scan_holds_no_folders)
{
    struct import import = take_package(package_of(PDF, sha256_of(PDF), "../../etc/passwd", "application/pdf", strlen(PDF)));
    ck_assert_str_eq(verdict_of(&import, UID("81")), "rejected: It refers to something that is not in the file or is not taken");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM file"), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM pupil_document"), 0);
}
END_TEST

static const char *const strange_names[] = {"files/../contingent2.xml", "../evil", "/etc/passwd", "files/x.pdf", "files/" OTHER_HASH "/x", "a.exe"};

START_TEST(a_package_with_another_path_is_refused)
{
    struct zip_writer *writer;
    int fd = memfd_create("test", MFD_CLOEXEC);
    fixture_ok(zip_write_open(fd, &writer));
    fixture_ok(zip_add_bytes(writer, "contingent.xml", small, strlen(small)));
    fixture_ok(zip_add_bytes(writer, strange_names[_i], "x", 1));
    fixture_ok(zip_write_close(writer));
    ck_assert_ptr_nonnull(take_package(fd).fault);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM organisation"), 0);
}
END_TEST

START_TEST(more_scans_than_a_row_may_have_are_refused)
{
    const char *many = "";
    for (int i = 0; i < 21; i++)
        many = pool_printf(fixture_pool(), "%s" OTHER_HASH " ", many);
    const char *document = pool_printf(fixture_pool(), "<document uid=\"" UID("81") "\" pupil=\"" UID("31") "\" kind=\"birth-certificate\" files=\"%s\"/>\n", many);
    struct import import = read_text(replaced(small, FIRST_ORDER, pool_printf(fixture_pool(), "%s%s", document, FIRST_ORDER)));
    ck_assert_int_eq(import.refusal, IMPORT_BAD_XML);
}
END_TEST

START_TEST(a_row_with_a_scan_that_the_file_does_not_name_is_left_out)
{
    const char *document = "<document uid=\"" UID("81") "\" pupil=\"" UID("31") "\" kind=\"birth-certificate\" files=\"" OTHER_HASH "\"/>\n" FIRST_ORDER;
    struct import import = take_in(replaced(small, FIRST_ORDER, document));
    ck_assert_str_eq(verdict_of(&import, UID("81")), "rejected: It refers to something that is not in the file or is not taken");
}
END_TEST

/* Whatever has a uid. */
static const char *const foreign[] = {
    "<document uid=\"" UID("81") "\" pupil=\"" UID("31") "\" kind=\"birth-certificate\"/>\n",
    "<meal uid=\"" UID("81") "\" pupil=\"" UID("31") "\" year=\"2026\" number=\"1\" submitted-on=\"2026-09-01\" ground=\"orphan\" valid-from=\"2026-09-01\""
    " valid-to=\"2027-05-25\" state=\"granted\"/>\n",
    "<claim uid=\"" UID("81") "\" pupil=\"" UID("31") "\" claimed-on=\"2026-09-01\" ground=\"orphan\"/>\n",
    "<correction uid=\"" UID("81") "\" pupil=\"" UID("31") "\" field=\"phone\" value=\"+7\" state=\"proposed\" proposed-at=\"2026-08-25T05:00:00.000Z\"/>\n",
};

START_TEST(a_row_that_another_organisation_has_is_refused)
{
    take_in(replaced(small, FIRST_ORDER, pool_printf(fixture_pool(), "%s%s", foreign[_i], FIRST_ORDER)));
    add_destination();
    for (const struct exchange_kind *kind = exchange_kinds; kind->element != NULL; kind++)
        if (strncmp(foreign[_i] + 1, kind->element, strlen(kind->element)) == 0)
            fixture_ok(db_exec(fixture_schema_db(), pool_printf(fixture_pool(), "UPDATE %s SET org_id = (SELECT MAX(id) FROM organisation)", kind->table), DB_NO_VALUES, NULL, NULL));
    struct import import = take_in(replaced(small, FIRST_ORDER, pool_printf(fixture_pool(), "%s%s", foreign[_i], FIRST_ORDER)));
    ck_assert_str_eq(verdict_of(&import, UID("81")), "rejected: This row is another organisation's here");
}
END_TEST

Suite *import_suite(void)
{
    Suite *suite = suite_create("import");
    TCase *tcase = tcase_create("import");
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, know_ledgers, NULL);
    tcase_add_test(tcase, rows_become_a_school_with_its_ledger);
    tcase_add_test(tcase, pupils_without_movements_enter_by_one_opening_balance_order);
    tcase_add_test(tcase, what_changed_elsewhere_is_changed_here_and_the_ledger_never);
    tcase_add_test(tcase, numbers_of_the_registers_are_given_once);
    tcase_add_test(tcase, a_number_that_stands_in_the_journal_becomes_a_double);
    tcase_add_loop_test(tcase, a_wrong_row_is_left_out_with_its_reason, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_test(tcase, a_row_of_another_organisation_is_not_touched);
    tcase_add_test(tcase, a_person_known_by_the_iin_is_the_same_person);
    tcase_add_test(tcase, an_organisations_own_import_brings_only_that_one_and_leaves_persons_as_they_are);
    tcase_add_loop_test(tcase, a_wrong_file_is_refused_and_changes_nothing, 0, sizeof refused / sizeof refused[0]);
    tcase_add_test(tcase, a_refusal_is_kept_without_a_language_and_told_in_the_readers);
    tcase_add_test(tcase, an_import_is_undone_by_one_cancelling_order);
    tcase_add_test(tcase, an_import_that_later_movements_depend_on_is_not_undone);
    tcase_add_test(tcase, an_undone_import_takes_back_its_departures_and_scholarships);
    tcase_add_test(tcase, a_departure_that_came_back_in_the_same_import_is_taken_back_too);
    tcase_add_test(tcase, an_organisation_that_comes_later_finds_who_arrives_there);
    tcase_add_loop_test(tcase, a_scan_is_taken_by_its_content, 0, sizeof contents / sizeof contents[0]);
    tcase_add_test(tcase, a_scan_larger_than_an_upload_may_be_is_not_taken);
    tcase_add_test(tcase, the_name_of_a_scan_holds_no_folders);
    tcase_add_loop_test(tcase, a_package_with_another_path_is_refused, 0, sizeof strange_names / sizeof strange_names[0]);
    tcase_add_test(tcase, more_scans_than_a_row_may_have_are_refused);
    tcase_add_test(tcase, a_row_with_a_scan_that_the_file_does_not_name_is_left_out);
    tcase_add_loop_test(tcase, a_row_that_another_organisation_has_is_refused, 0, sizeof foreign / sizeof foreign[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
