/* test_http_multipart.c: uploads pushed in chunks of every size, and everything malformed. */
#include "engine_suites.h"
#include "fixture.h"

#include "engine/http.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TYPE "multipart/form-data; boundary=\"--x\""
#define HEAD(name) "Content-Disposition: form-data; name=\"" name "\"\r\n"
#define FILE_HEAD(name, file) "Content-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\nContent-Type: application/pdf\r\n"

enum { FILE_MAX = 1000 };

static NEOERR *parse_bytes(const char *type, const char *bytes, size_t length, size_t chunk, struct http_fields *fields)
{
    struct multipart *parser;
    TRY(multipart_new(fixture_pool(), type, "/tmp", FILE_MAX, &parser));
    for (size_t at = 0; at < length; at += chunk)
        TRY(multipart_push(parser, bytes + at, length - at < chunk ? length - at : chunk));
    return nerr_pass(multipart_end(parser, fields));
}

static NEOERR *parse(const char *type, const char *text, struct http_fields *fields)
{
    return parse_bytes(type, text, strlen(text), strlen(text) + 1, fields);
}

static void check_content(const struct upload *upload, const char *bytes, size_t length)
{
    char buffer[FILE_MAX + 1];
    ck_assert_ptr_nonnull(upload);
    ck_assert_uint_eq(upload->size, length);
    ck_assert_int_eq(read(upload->fd, buffer, sizeof buffer), (int)length);
    ck_assert_mem_eq(buffer, bytes, length);
}

/* ---- what is right ---- */

/* Its file holds all that looks like a delimiter and is none. */
#define TRAPS "\r\r\n\r\n-\r\n--\r\n---\r\n----\r\r\n----y\0--x"
static const char sample[] =
    "a preamble\r\n----x\r\n" HEAD("words") "\r\n\xd2\x92 \r\n two lines\r\n"
    "----x\r\n" FILE_HEAD("scan", "C:\\\\orders\\\\\xd0\xb1\xd2\xb1\xd0\xb9.pdf") "\r\n" TRAPS "\r\n"
    "----x\r\n" FILE_HEAD("nothing", "") "\r\n\r\n"
    "----x\r\n" FILE_HEAD("empty", "empty.pdf") "\r\n\r\n"
    "----x\r\nContent-Type: text/plain\r\ncontent-disposition: FORM-DATA; name=bare\r\n\r\n\r\n"
    "----x--\r\nan epilogue\r\n----x\r\nof no meaning";

START_TEST(a_form_is_read_the_same_in_chunks_of_every_size)
{
    struct http_fields fields;
    fixture_ok(parse_bytes(TYPE, sample, sizeof sample - 1, (size_t)_i, &fields));
    ck_assert_uint_eq(fields.count, 5);
    ck_assert_str_eq(http_get(&fields, "words"), "Ғ \r\n two lines");
    const struct upload *scan = http_find(&fields, "scan")->upload;
    check_content(scan, TRAPS, sizeof TRAPS - 1);
    ck_assert_str_eq(scan->filename, "бұй.pdf");
    ck_assert_uint_eq(strlen(scan->sha256), 64);
    ck_assert(!scan->too_big);
    ck_assert_ptr_null(http_find(&fields, "nothing")->upload);
    ck_assert_str_eq(http_get(&fields, "nothing"), "");
    check_content(http_find(&fields, "empty")->upload, "", 0);
    ck_assert_str_eq(http_get(&fields, "bare"), "");
}
END_TEST

START_TEST(the_hash_is_that_of_the_content)
{
    struct http_fields fields;
    fixture_ok(parse(TYPE, "----x\r\n" FILE_HEAD("f", "abc") "\r\nabc\r\n----x--", &fields));
    ck_assert_str_eq(fields.rows[0].upload->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

START_TEST(a_file_over_the_limit_is_counted_and_not_kept)
{
    struct http_fields fields;
    for (size_t size = FILE_MAX; size <= FILE_MAX + 1; size++) {
        char *content = pool_alloc(fixture_pool(), size + 1);
        memset(content, 'x', size);
        char *body = pool_printf(fixture_pool(), "----x\r\n" FILE_HEAD("f", "big.pdf") "\r\n%s\r\n----x\r\n" HEAD("after") "\r\nhere\r\n----x--", content);
        fixture_ok(parse_bytes(TYPE, body, strlen(body), 100, &fields));
        const struct upload *upload = http_find(&fields, "f")->upload;
        ck_assert_uint_eq(upload->size, size);
        ck_assert_int_eq(upload->too_big, size > FILE_MAX);
        ck_assert_int_eq(lseek(upload->fd, 0, SEEK_END), size > FILE_MAX ? 0 : (int)size);
        ck_assert_int_eq(upload->sha256[0] == '\0', size > FILE_MAX);
        ck_assert_str_eq(http_get(&fields, "after"), "here");
    }
}
END_TEST

static const struct {
    const char *sent, *filename;
} filenames[] = {
    {"scan.pdf", "scan.pdf"}, {"/etc/passwd", "passwd"}, {"..\\\\..\\\\a.pdf", "a.pdf"}, {"a \\\"b\\\".pdf", "a \"b\".pdf"}, {"a;b=c.pdf", "a;b=c.pdf"},
    {" a\t.pdf ", "a .pdf"}, {"folder/", ""},
};

START_TEST(only_the_last_part_of_a_filename_is_kept_cleaned)
{
    struct http_fields fields;
    char *body = pool_printf(fixture_pool(), "----x\r\nContent-Disposition: form-data; filename=\"%s\"; name=f\r\n\r\nx\r\n----x--", filenames[_i].sent);
    fixture_ok(parse(TYPE, body, &fields));
    ck_assert_str_eq(fields.rows[0].upload->filename, filenames[_i].filename);
}
END_TEST

START_TEST(nothing_of_an_upload_stays_when_the_pool_goes)
{
    struct pool *pool = pool_new();
    struct multipart *parser;
    struct http_fields fields;
    static const char body[] = "----x\r\n" FILE_HEAD("f", "a.pdf") "\r\nabc\r\n----x--";
    fixture_ok(multipart_new(pool, TYPE, "/tmp", FILE_MAX, &parser));
    fixture_ok(multipart_push(parser, body, sizeof body - 1));
    fixture_ok(multipart_end(parser, &fields));
    int fd = fields.rows[0].upload->fd;
    ck_assert_int_eq(lseek(fd, 0, SEEK_CUR), 0);
    pool_free(pool);
    ck_assert_int_eq(lseek(fd, 0, SEEK_CUR), -1);
}
END_TEST

/* ---- what is wrong ---- */

static const char *const wrong_types[] = {
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=\"",
    "multipart/form-data; boundary=\"a",
    "multipart/mixed; boundary=x",
    "multipart/form-datax; boundary=x",
    "multipart/form-data; boundary=a; boundary=b",
    "multipart/form-data; boundary=\"a \"",
    "multipart/form-data; boundary=a<b",
    "multipart/form-data; boundary=\"a\" b",
    "text/plain",
    "",
    "multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890",
};

START_TEST(a_type_without_a_good_boundary_is_refused)
{
    struct http_fields fields;
    fixture_fails(parse(wrong_types[_i], "", &fields), ERROR_INPUT);
}
END_TEST

static const char *const malformed[] = {
    "",
    "no delimiter at all",
    "----x",
    "----x\r\n",
    "----x-",
    "----xy\r\n" HEAD("a") "\r\n1\r\n----x--",
    "----x\n" HEAD("a") "\r\n1\r\n----x--",
    "----x\r\n" HEAD("a") "\r\n1",
    "----x\r\n" HEAD("a") "\r\n1\r\n----x",
    "----x\r\n" HEAD("a") "\r\n1\r\n----x\r\n",
    "----x\r\n" HEAD("a") "1\r\n----x--",
    "----x\r\n\r\n1\r\n----x--",
    "----x\r\nContent-Type: text/plain\r\n\r\n1\r\n----x--",
    "----x\r\nno header\r\n\r\n1\r\n----x--",
    "----x\r\n: no name\r\n\r\n1\r\n----x--",
    "----x\r\n" HEAD("a") " folded: x\ny\r\n\r\n1\r\n----x--",
    "----x\r\n" HEAD("a") HEAD("b") "\r\n1\r\n----x--",
    "----x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n----x--",
    "----x\r\nContent-Disposition: form-data\r\n\r\n1\r\n----x--",
    "----x\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n----x--",
    "----x\r\nContent-Disposition: form-data; name=\"a\"x\r\n\r\n1\r\n----x--",
    "----x\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n1\r\n----x--",
    "----x\r\n" HEAD("") "\r\n1\r\n----x--",
    "----x\r\n" HEAD("a b") "\r\n1\r\n----x--",
    "----x\r\n" HEAD("a%22") "\r\n1\r\n----x--",
    "----x\r\n" HEAD("a") "\r\n\xff\r\n----x--",
    "----x\r\n" HEAD("a") "\r\n\xd2\r\n----x--",
    "----x\r\n" FILE_HEAD("a", "\xd2.pdf") "\r\n1\r\n----x--",
    "----x\r\n" HEAD("a") "Content-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n----x--",
    "----x\r\n" HEAD("a") "Content-Transfer-Encoding: base64\r\n\r\nMQ==\r\n----x--",
};

START_TEST(a_malformed_form_is_refused_in_chunks_of_every_size)
{
    struct http_fields fields;
    size_t length = strlen(malformed[_i]);
    for (size_t chunk = 1; chunk <= length + 1; chunk++)
        fixture_fails(parse_bytes(TYPE, malformed[_i], length, chunk, &fields), ERROR_INPUT);
}
END_TEST

START_TEST(a_nul_in_a_value_or_a_head_is_refused)
{
    static const char in_value[] = "----x\r\n" HEAD("a") "\r\n1\0" "2\r\n----x--";
    static const char in_head[] = "----x\r\nX: \0" "1\r\n" HEAD("a") "\r\n1\r\n----x--";
    struct http_fields fields;
    fixture_fails(parse_bytes(TYPE, in_value, sizeof in_value - 1, 7, &fields), ERROR_INPUT);
    fixture_fails(parse_bytes(TYPE, in_head, sizeof in_head - 1, 7, &fields), ERROR_INPUT);
}
END_TEST

/* begin, count times part, end. */
static NEOERR *parse_repeated(const char *begin, const char *part, size_t count, const char *end)
{
    struct http_fields fields;
    size_t length = strlen(part);
    char *body = pool_alloc(fixture_pool(), strlen(begin) + count * length + strlen(end) + 1), *to = body;
    to = stpcpy(to, begin);
    for (size_t i = 0; i < count; i++, to += length)
        memcpy(to, part, length);
    stpcpy(to, end);
    return parse_bytes(TYPE, body, strlen(body), 65536, &fields);
}

START_TEST(the_limits_hold_on_files_fields_values_and_heads)
{
    static const char file[] = "----x\r\n" FILE_HEAD("f", "a") "\r\n1\r\n", field[] = "----x\r\n" HEAD("f") "\r\n1\r\n";
    static const char value[] = "----x\r\n" HEAD("f") "\r\n";
    fixture_ok(parse_repeated("", file, HTTP_UPLOADS_MAX, "----x--"));
    fixture_fails(parse_repeated("", file, HTTP_UPLOADS_MAX + 1, "----x--"), ERROR_TOO_BIG);
    fixture_ok(parse_repeated("", field, HTTP_FIELDS_MAX, "----x--"));
    fixture_fails(parse_repeated("", field, HTTP_FIELDS_MAX + 1, "----x--"), ERROR_TOO_BIG);
    fixture_ok(parse_repeated(value, "x", HTTP_FIELD_MAX, "\r\n----x--"));
    fixture_fails(parse_repeated(value, "x", HTTP_FIELD_MAX + 1, "\r\n----x--"), ERROR_TOO_BIG);
    fixture_fails(parse_repeated("----x\r\nX: ", "x", HTTP_PART_HEADER_MAX, "\r\n\r\n----x--"), ERROR_TOO_BIG);
}
END_TEST

Suite *http_multipart_suite(void)
{
    Suite *suite = suite_create("http_multipart");
    TCase *tcase = tcase_create("http_multipart");
    fixture_add_plain(tcase);
    tcase_add_loop_test(tcase, a_form_is_read_the_same_in_chunks_of_every_size, 1, 120);
    tcase_add_test(tcase, the_hash_is_that_of_the_content);
    tcase_add_test(tcase, a_file_over_the_limit_is_counted_and_not_kept);
    tcase_add_loop_test(tcase, only_the_last_part_of_a_filename_is_kept_cleaned, 0, (int)(sizeof filenames / sizeof *filenames));
    tcase_add_test(tcase, nothing_of_an_upload_stays_when_the_pool_goes);
    tcase_add_loop_test(tcase, a_type_without_a_good_boundary_is_refused, 0, (int)(sizeof wrong_types / sizeof *wrong_types));
    tcase_add_loop_test(tcase, a_malformed_form_is_refused_in_chunks_of_every_size, 0, (int)(sizeof malformed / sizeof *malformed));
    tcase_add_test(tcase, a_nul_in_a_value_or_a_head_is_refused);
    tcase_add_test(tcase, the_limits_hold_on_files_fields_values_and_heads);
    suite_add_tcase(suite, tcase);
    return suite;
}
