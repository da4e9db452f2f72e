/* test_http_query.c: urlencoded fields, percent-encoding, cookies, headers. */
#include "engine_suites.h"
#include "fixture.h"

#include "engine/http.h"

#include <signal.h>
#include <string.h>

static NEOERR *parse(const char *text, struct http_fields *fields)
{
    return http_parse_query(fixture_pool(), text, strlen(text), fields);
}

START_TEST(fields_come_decoded_and_in_order)
{
    struct http_fields fields;
    fixture_ok(parse("name=%D2%93+x%2B&empty=&bare&&ids=1&ids=2", &fields));
    ck_assert_uint_eq(fields.count, 5);
    ck_assert_str_eq(http_get(&fields, "name"), "ғ x+");
    ck_assert_str_eq(http_get(&fields, "empty"), "");
    ck_assert_str_eq(http_get(&fields, "bare"), "");
    ck_assert_str_eq(http_get(&fields, "ids"), "1");
    ck_assert_str_eq(fields.rows[4].value, "2");
    ck_assert_ptr_null(http_get(&fields, "absent"));
}
END_TEST

START_TEST(no_text_has_no_fields)
{
    struct http_fields fields;
    fixture_ok(parse("", &fields));
    ck_assert_uint_eq(fields.count, 0);
}
END_TEST

static const char *const malformed[] = {
    "a=%", "a=%4", "a=%4g", "a=%g4", "%=1", "a=%FF", "a=%C0%80", "a=%ED%A0%80", "a=%00", "=1", "=", "a b=1", "a%20b=1", "<a>=1", "\xd2\x93=1", "a=\xd2",
    "a=1&b=%",
};

START_TEST(malformed_fields_are_refused)
{
    struct http_fields fields;
    fixture_fails(parse(malformed[_i], &fields), ERROR_INPUT);
}
END_TEST

/* count fields of name= with value_bytes each. */
static NEOERR *parse_many(size_t count, size_t value_bytes)
{
    struct http_fields fields;
    size_t each = value_bytes + 3;
    char *text = pool_alloc(fixture_pool(), count * each + 1);
    for (size_t i = 0; i < count; i++) {
        memset(text + i * each, 'x', each);
        text[i * each + 1] = '=';
        text[(i + 1) * each - 1] = '&';
    }
    return http_parse_query(fixture_pool(), text, count * each, &fields);
}

START_TEST(the_limits_hold_on_count_value_and_all_together)
{
    fixture_ok(parse_many(HTTP_FIELDS_MAX, 1));
    fixture_fails(parse_many(HTTP_FIELDS_MAX + 1, 1), ERROR_TOO_BIG);
    fixture_ok(parse_many(1, HTTP_FIELD_MAX));
    fixture_fails(parse_many(1, HTTP_FIELD_MAX + 1), ERROR_TOO_BIG);
    fixture_ok(parse_many(HTTP_FORM_MAX / HTTP_FIELD_MAX, HTTP_FIELD_MAX));
    fixture_fails(parse_many(HTTP_FORM_MAX / HTTP_FIELD_MAX + 1, HTTP_FIELD_MAX), ERROR_TOO_BIG);
}
END_TEST

START_TEST(the_limit_holds_on_a_name)
{
    struct http_fields fields;
    char name[HTTP_FIELD_NAME_MAX + 2];
    memset(name, 'n', sizeof name);
    fixture_ok(http_parse_query(fixture_pool(), name, HTTP_FIELD_NAME_MAX, &fields));
    fixture_fails(http_parse_query(fixture_pool(), name, HTTP_FIELD_NAME_MAX + 1, &fields), ERROR_TOO_BIG);
}
END_TEST

START_TEST(what_is_escaped_comes_back_the_same)
{
    static const char value[] = "Ғ&=+ %/?#\"<>~-._\n9";
    struct http_fields fields;
    char *escaped = http_escape(fixture_pool(), value);
    ck_assert_uint_eq(strspn(escaped, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%~-._"), strlen(escaped));
    fixture_ok(parse(pool_printf(fixture_pool(), "v=%s", escaped), &fields));
    ck_assert_str_eq(http_get(&fields, "v"), value);
}
END_TEST

static const struct {
    const char *header, *value; /* of the cookie "id"; NULL = it is not there */
} cookies[] = {
    {"id=abc", "abc"}, {"other=1; id=abc", "abc"}, {"id=abc; id=def", "abc"}, {"xid=1;id=abc ; y=2", "abc"}, {"id=a=b", "a=b"},
    {"id=", ""}, {"", NULL}, {"id", NULL}, {"=abc", NULL}, {"ID=abc", NULL}, {"xid=abc", NULL}, {"idx=abc", NULL}, {";;; id=abc", "abc"},
    {"broken; =; id=abc", "abc"},
};

START_TEST(a_cookie_is_found_among_others_and_malformed_ones)
{
    char *value = http_cookie(fixture_pool(), cookies[_i].header, "id");
    if (cookies[_i].value == NULL)
        ck_assert_ptr_null(value);
    else
        ck_assert_pstr_eq(value, cookies[_i].value);
}
END_TEST

START_TEST(a_line_break_in_a_header_ends_the_process)
{
    struct http_response response;
    http_response_init(&response);
    http_header(fixture_pool(), &response, "Location", "/a\r\nSet-Cookie: b=c");
}
END_TEST

Suite *http_query_suite(void)
{
    Suite *suite = suite_create("http_query");
    TCase *tcase = tcase_create("http_query");
    fixture_add_plain(tcase);
    tcase_add_test(tcase, fields_come_decoded_and_in_order);
    tcase_add_test(tcase, no_text_has_no_fields);
    tcase_add_loop_test(tcase, malformed_fields_are_refused, 0, (int)(sizeof malformed / sizeof *malformed));
    tcase_add_test(tcase, the_limits_hold_on_count_value_and_all_together);
    tcase_add_test(tcase, the_limit_holds_on_a_name);
    tcase_add_test(tcase, what_is_escaped_comes_back_the_same);
    tcase_add_loop_test(tcase, a_cookie_is_found_among_others_and_malformed_ones, 0, (int)(sizeof cookies / sizeof *cookies));
    tcase_add_test_raise_signal(tcase, a_line_break_in_a_header_ends_the_process, SIGABRT);
    suite_add_tcase(suite, tcase);
    return suite;
}
