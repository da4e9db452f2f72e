/* test_zip.c: packages that are refused, and that the same entries give the same bytes. */
#include "engine/zip.h"
#include "engine_suites.h"
#include "fixture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

static const struct zip_limits limits = {.files = 10, .total = 20 * 1024 * 1024, .ratio = 100};

static void init_errors(void)
{
    fixture_ok(error_init());
}

static int new_file(void)
{
    return memfd_create("test", MFD_CLOEXEC);
}

/* ---- a maker of packages that no honest program makes ---- */

struct maker {
    unsigned char bytes[64 * 1024];
    size_t length, directory_length;
    unsigned char directory[16 * 1024];
    unsigned entries;
};

static size_t put(unsigned char *to, unsigned size, unsigned long value)
{
    for (unsigned i = 0; i < size; i++)
        to[i] = (unsigned char)(value >> (8 * i));
    return size;
}

/* The part that the local header and the directory share. */
static size_t put_facts(unsigned char *to, const char *name, const char *content, unsigned flags, unsigned long claimed)
{
    size_t length = strlen(content), at = 0;
    at += put(to + at, 2, 20);
    at += put(to + at, 2, flags);
    at += put(to + at, 2, 0);
    at += put(to + at, 4, 0x00210000);
    at += put(to + at, 4, crc32(0, (const Bytef *)content, (uInt)length));
    at += put(to + at, 4, length);
    at += put(to + at, 4, claimed);
    at += put(to + at, 2, strlen(name));
    return at + put(to + at, 2, 0);
}

static void add(struct maker *maker, const char *name, const char *content, unsigned flags, unsigned long claimed)
{
    size_t began = maker->length, name_length = strlen(name);
    unsigned char *local = maker->bytes + maker->length, *central = maker->directory + maker->directory_length;
    size_t at = put(local, 4, 0x04034b50);
    at += put_facts(local + at, name, content, flags, claimed);
    memcpy(local + at, name, name_length);
    memcpy(local + at + name_length, content, strlen(content));
    maker->length += at + name_length + strlen(content);
    at = put(central, 4, 0x02014b50);
    at += put(central + at, 2, 20);
    at += put_facts(central + at, name, content, flags, claimed);
    at += put(central + at, 2, 0);
    at += put(central + at, 2, 0);
    at += put(central + at, 2, 0);
    at += put(central + at, 4, 0);
    at += put(central + at, 4, began);
    memcpy(central + at, name, name_length);
    maker->directory_length += at + name_length;
    maker->entries++;
}

/* The record and the locator of ZIP64, which tell of all entries. */
static void put_zip64(struct maker *maker, size_t directory_at)
{
    unsigned char *record = maker->bytes + maker->length;
    size_t at = put(record, 4, 0x06064b50);
    at += put(record + at, 8, 44);
    at += put(record + at, 4, 0x002d002d);
    at += put(record + at, 8, 0);
    at += put(record + at, 8, maker->entries);
    at += put(record + at, 8, maker->entries);
    at += put(record + at, 8, maker->directory_length);
    at += put(record + at, 8, directory_at);
    at += put(record + at, 4, 0x07064b50);
    at += put(record + at, 4, 0);
    at += put(record + at, 8, maker->length);
    maker->length += at + put(record + at, 4, 1);
}

static void put_directory(struct maker *maker)
{
    memcpy(maker->bytes + maker->length, maker->directory, maker->directory_length);
    maker->length += maker->directory_length;
}

static int put_end(struct maker *maker, unsigned entries, size_t directory_at)
{
    unsigned char *end = maker->bytes + maker->length;
    size_t at = put(end, 4, 0x06054b50);
    at += put(end + at, 4, 0);
    at += put(end + at, 2, entries);
    at += put(end + at, 2, entries);
    at += put(end + at, 4, maker->directory_length);
    at += put(end + at, 4, directory_at);
    at += put(end + at, 2, 0);
    maker->length += at;
    int fd = new_file();
    ck_assert_int_eq(write(fd, maker->bytes, maker->length), (ssize_t)maker->length);
    return fd;
}

static int finish(struct maker *maker)
{
    size_t directory_at = maker->length;
    put_directory(maker);
    return put_end(maker, maker->entries, directory_at);
}

static void refused(int fd, const char *reason)
{
    struct zip_package *package = NULL;
    NEOERR *error = zip_read_open(fd, &limits, &package);
    ck_assert_msg(error != STATUS_OK, "taken, though %s", reason);
    ck_assert_msg(strstr(error_message(error), reason) != NULL, "%s: %s", reason, error_message(error));
    fixture_fails(error, ERROR_INPUT);
    close(fd);
}

START_TEST(a_plain_package_is_read)
{
    struct maker maker = {0};
    struct zip_package *package;
    char content[6] = "";
    int out = new_file(), fd;
    add(&maker, "contingent.xml", "hello", 0, 5);
    fd = finish(&maker);
    fixture_ok(zip_read_open(fd, &limits, &package));
    ck_assert_uint_eq(zip_count(package), 1);
    ck_assert_str_eq(zip_entry_name(package, 0), "contingent.xml");
    fixture_ok(zip_extract(package, "contingent.xml", out));
    ck_assert_int_eq(pread(out, content, 6, 0), 5);
    ck_assert_str_eq(content, "hello");
    fixture_fails(zip_extract(package, "files/x", out), ERROR_NOT_FOUND);
    zip_read_close(package);
    close(fd);
    close(out);
}
END_TEST

static const char *const bad_names[] = {"../x", "a/../../x", "/etc/passwd", "a/..", "..", "a\\x", "C:x", "a\nb", "./x", "\xff\xfe"};

START_TEST(names_that_leave_the_package_are_refused)
{
    struct maker maker = {0};
    add(&maker, bad_names[_i], "hello", 0x800, 5);
    struct zip_package *package;
    int fd = finish(&maker);
    fixture_fails(zip_read_open(fd, &limits, &package), ERROR_INPUT);
    close(fd);
}
END_TEST

START_TEST(a_name_that_stands_twice_is_refused)
{
    struct maker maker = {0};
    add(&maker, "contingent.xml", "hello", 0, 5);
    add(&maker, "files/x", "hello", 0, 5);
    add(&maker, "contingent.xml", "other", 0, 5);
    refused(finish(&maker), "already exists");
}
END_TEST

START_TEST(an_encrypted_entry_is_refused)
{
    struct maker maker = {0};
    add(&maker, "contingent.xml", "hello hello hello", 1, 5);
    refused(finish(&maker), "encrypted");
}
END_TEST

START_TEST(too_many_entries_are_refused)
{
    struct maker maker = {0};
    char name[] = "a";
    for (int i = 0; i < 11; i++, name[0]++)
        add(&maker, name, "x", 0, 1);
    refused(finish(&maker), "more than 10 entries");
}
END_TEST

/* The end says little and is right by itself; what libzip would go by says more than it could keep. */
START_TEST(entries_that_only_zip64_tells_of_are_refused)
{
    struct maker maker = {0};
    char name[] = "a";
    for (int i = 0; i < 11; i++, name[0]++)
        add(&maker, name, "x", 0, 1);
    size_t directory_at = maker.length;
    put_directory(&maker);
    put_zip64(&maker, directory_at);
    refused(put_end(&maker, 1, directory_at), "more than 10 entries");
}
END_TEST

/* libzip takes the end that fits best, which need not be the last one. */
START_TEST(an_earlier_end_with_too_many_entries_is_refused)
{
    struct maker maker = {0};
    char name[] = "a";
    for (int i = 0; i < 11; i++, name[0]++)
        add(&maker, name, "x", 0, 1);
    size_t directory_at = maker.length;
    put_directory(&maker);
    close(put_end(&maker, maker.entries, directory_at));
    refused(put_end(&maker, 0, maker.length), "more than 10 entries");
}
END_TEST

START_TEST(too_much_unpacked_is_refused)
{
    struct maker maker = {0};
    add(&maker, "a", "x", 0, 19 * 1024 * 1024);
    add(&maker, "b", "x", 0, 2 * 1024 * 1024);
    struct zip_package *package;
    int fd = finish(&maker);
    fixture_fails(zip_read_open(fd, &limits, &package), ERROR_INPUT);
    close(fd);
}
END_TEST

START_TEST(what_is_no_package_is_refused)
{
    int fd = new_file();
    ck_assert_int_eq(write(fd, "<?xml version='1.0'?>", 21), 21);
    refused(fd, "not a ZIP");
    refused(new_file(), "not a ZIP");
}
END_TEST

START_TEST(a_package_that_breaks_off_is_refused)
{
    struct maker maker = {0};
    add(&maker, "contingent.xml", "hello", 0, 5);
    int fd = finish(&maker);
    ck_assert_int_eq(ftruncate(fd, (off_t)maker.length - 10), 0);
    refused(fd, "broken off");
}
END_TEST

START_TEST(an_entry_that_is_broken_is_refused_while_it_is_read)
{
    struct maker maker = {0};
    struct zip_package *package;
    add(&maker, "contingent.xml", "hello", 0, 5);
    int fd = finish(&maker), out = new_file();
    ck_assert_int_eq(pwrite(fd, "J", 1, 30 + 14), 1);
    fixture_ok(zip_read_open(fd, &limits, &package));
    fixture_fails(zip_extract(package, "contingent.xml", out), ERROR_INPUT);
    zip_read_close(package);
    close(fd);
    close(out);
}
END_TEST

/* ---- our own ---- */

static void write_package(int fd, int content)
{
    struct zip_writer *writer;
    fixture_ok(zip_write_open(fd, &writer));
    fixture_ok(zip_add_file(writer, "contingent.xml", content));
    fixture_ok(zip_add_bytes(writer, "files/ә", "scan", 4));
    fixture_ok(zip_write_close(writer));
}

START_TEST(the_same_entries_give_the_same_bytes_on_another_day)
{
    static char first[8192], second[8192];
    int content = new_file(), one = new_file(), two = new_file();
    ck_assert_int_eq(ftruncate(content, 100000), 0);
    setenv("TZ", "Asia/Almaty", 1);
    write_package(one, content);
    clock_shift(400LL * 24 * 3600 * 1000);
    setenv("TZ", "America/New_York", 1);
    write_package(two, content);
    ssize_t length = pread(one, first, sizeof first, 0);
    ck_assert_int_gt(length, 0);
    ck_assert_int_eq(pread(two, second, sizeof second, 0), length);
    ck_assert_mem_eq(first, second, (size_t)length);
    close(content);
    close(one);
    close(two);
}
END_TEST

START_TEST(a_bomb_goes_off_before_it_fills_the_disk)
{
    struct zip_package *package;
    int content = new_file(), fd = new_file(), out = new_file();
    ck_assert_int_eq(ftruncate(content, 16 * 1024 * 1024), 0);
    write_package(fd, content);
    fixture_ok(zip_read_open(fd, &limits, &package));
    fixture_fails(zip_extract(package, "contingent.xml", out), ERROR_INPUT);
    ck_assert_int_lt(lseek(out, 0, SEEK_END), 4 * 1024 * 1024);
    fixture_ok(zip_extract(package, "files/ә", out));
    zip_read_close(package);
    close(content);
    close(fd);
    close(out);
}
END_TEST

START_TEST(an_abandoned_package_and_a_missing_file_leave_nothing_behind)
{
    struct zip_writer *writer;
    int fd = new_file();
    fixture_ok(zip_write_open(fd, &writer));
    fixture_ok(zip_add_bytes(writer, "a", "b", 1));
    zip_write_abandon(writer);
    ck_assert_int_eq(lseek(fd, 0, SEEK_END), 0);
    fixture_ok(zip_write_open(fd, &writer));
    fixture_ok(zip_add_path(writer, "a", "/nowhere/at/all"));
    fixture_fails(zip_write_close(writer), ERROR_INTERNAL);
    close(fd);
}
END_TEST

Suite *zip_suite(void)
{
    Suite *suite = suite_create("zip");
    TCase *tcase = tcase_create("zip");
    tcase_set_timeout(tcase, 30);
    tcase_add_unchecked_fixture(tcase, init_errors, NULL);
    tcase_add_checked_fixture(tcase, NULL, fixture_end);
    tcase_add_test(tcase, a_plain_package_is_read);
    tcase_add_loop_test(tcase, names_that_leave_the_package_are_refused, 0, sizeof bad_names / sizeof bad_names[0]);
    tcase_add_test(tcase, a_name_that_stands_twice_is_refused);
    tcase_add_test(tcase, an_encrypted_entry_is_refused);
    tcase_add_test(tcase, too_many_entries_are_refused);
    tcase_add_test(tcase, entries_that_only_zip64_tells_of_are_refused);
    tcase_add_test(tcase, an_earlier_end_with_too_many_entries_is_refused);
    tcase_add_test(tcase, too_much_unpacked_is_refused);
    tcase_add_test(tcase, what_is_no_package_is_refused);
    tcase_add_test(tcase, a_package_that_breaks_off_is_refused);
    tcase_add_test(tcase, an_entry_that_is_broken_is_refused_while_it_is_read);
    tcase_add_test(tcase, the_same_entries_give_the_same_bytes_on_another_day);
    tcase_add_test(tcase, a_bomb_goes_off_before_it_fills_the_disk);
    tcase_add_test(tcase, an_abandoned_package_and_a_missing_file_leave_nothing_behind);
    suite_add_tcase(suite, tcase);
    return suite;
}
