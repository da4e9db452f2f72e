/* test_audit.c: audit and settings: what is written, what a card's history shows, what a settings page stores. */
#include "engine_suites.h"
#include "fixture.h"

#include "engine/audit.h"
#include "engine/setting.h"
#include "engine_area.h"

#include <string.h>

enum { ORG = 7 };

static struct request *rq;

static void begin(void)
{
    engine_area_use();
    rq = fixture_request(ORG);
}

static int64_t count(const char *sql)
{
    int64_t number = -1;
    fixture_ok(db_number(rq->db, sql, DB_NO_VALUES, &number, NULL));
    return number;
}

static struct form_data *pupil(const char *surname, const char *born_on, const char *iin)
{
    static const char *const names[] = {"surname", "born_on", "iin"};
    const char *const values[] = {surname, born_on, iin};
    const struct area *area = registers()[0];
    struct form_data *form = NULL;
    fixture_ok(form_data_new(rq, area->forms[0]->fields, &form));
    for (size_t i = 0; i < 3; i++)
        fixture_ok(form_set(form, names[i], values[i]));
    return form;
}

START_TEST(an_action_says_who_when_and_from_where)
{
    int64_t id = 0;
    fixture_ok(audit_add(rq->db, rq, "pupil", 12, "create", "by hand", &id));
    ck_assert_int_gt(id, 0);
    ck_assert_int_eq(count("SELECT COUNT(*) FROM audit WHERE org_id = 7 AND account_id = 1 AND request = 'test-000001'"
                           " AND address = '127.0.0.1' AND subject_kind = 'pupil' AND subject_id = 12 AND action = 'create' AND summary = 'by hand'"),
                     1);
    fixture_ok(audit_add(rq->db, NULL, "account", 3, "password", NULL, NULL));
    ck_assert_int_eq(count("SELECT COUNT(*) FROM audit WHERE org_id = 0 AND account_id IS NULL AND request IS NULL"), 1);
}
END_TEST

START_TEST(only_what_differs_is_written_and_nothing_when_nothing_does)
{
    struct form_data *before = pupil("Ахметов", "2011-05-27", ""), *after = pupil("Ахметова", "2011-05-27", "");
    fixture_ok(audit_difference(rq->db, before, before, "pupil", 12, "edit"));
    ck_assert_int_eq(count("SELECT COUNT(*) FROM audit"), 0);
    fixture_ok(audit_difference(rq->db, before, after, "pupil", 12, "edit"));
    ck_assert_int_eq(count("SELECT COUNT(*) FROM audit"), 1);
    ck_assert_int_eq(count("SELECT COUNT(*) FROM audit_field"), 1);
    ck_assert_int_eq(count("SELECT COUNT(*) FROM audit_field WHERE field = 'surname' AND value_before = 'Ахметов' AND value_after = 'Ахметова'"), 1);
}
END_TEST

START_TEST(a_protected_value_is_never_written)
{
    fixture_ok(audit_difference(rq->db, pupil("А", "", "110527500011"), pupil("А", "", "110527500022"), "pupil", 12, "edit"));
    ck_assert_int_eq(count("SELECT COUNT(*) FROM audit_field WHERE field = 'iin' AND value_before IS NULL AND value_after IS NULL"), 1);
}
END_TEST

START_TEST(history_shows_the_newest_first_in_words_of_the_reader)
{
    fixture_ok(audit_add(rq->db, rq, "pupil", 12, "create", NULL, NULL));
    fixture_ok(audit_difference(rq->db, pupil("А", "2011-05-27", ""), pupil("А", "2011-05-28", ""), "pupil", 12, "edit"));
    fixture_ok(audit_add(rq->db, rq, "pupil", 13, "create", NULL, NULL));
    fixture_ok(audit_show(rq, "pupil", 12));
    ck_assert_str_eq(hdf_get_value(rq->hdf, "History.0.action", ""), "Changed");
    ck_assert_str_eq(hdf_get_value(rq->hdf, "History.0.fields.0.label", ""), "Born on");
    ck_assert_str_eq(hdf_get_value(rq->hdf, "History.0.fields.0.before", ""), "27.05.2011");
    ck_assert_str_eq(hdf_get_value(rq->hdf, "History.0.fields.0.after", ""), "28.05.2011");
    ck_assert_str_eq(hdf_get_value(rq->hdf, "History.1.action", ""), "Created");
    ck_assert_ptr_null(hdf_get_obj(rq->hdf, "History.1.fields"));
    ck_assert_ptr_null(hdf_get_obj(rq->hdf, "History.2"));
}
END_TEST

START_TEST(history_of_another_organisation_is_empty)
{
    fixture_ok(audit_add(rq->db, rq, "pupil", 12, "create", NULL, NULL));
    rq->place.org = ORG + 1;
    fixture_ok(audit_show(rq, "pupil", 12));
    ck_assert_ptr_null(hdf_get_obj(rq->hdf, "History"));
}
END_TEST

/* ---- settings ---- */

static bool is_on(int64_t org, const char *key)
{
    const char *on = NULL;
    fixture_ok(settings_on(rq->db, rq->pool, org, &on));
    return setting_is_on(on, key);
}

START_TEST(a_setting_has_its_standard_until_somebody_sets_it)
{
    const char *value = NULL;
    fixture_ok(setting_get(rq->db, rq->pool, ORG, "order.word", &value));
    ck_assert_str_eq(value, "usual");
    ck_assert(!is_on(ORG, "order.second_person"));
    fixture_ok(db_exec(rq->db, "INSERT INTO setting_value (org_id, setting_key, value) VALUES (7, 'order.second_person', '1')", DB_NO_VALUES, NULL, NULL));
    ck_assert(is_on(ORG, "order.second_person"));
    ck_assert(!is_on(ORG, "second_person"));
    ck_assert(!is_on(ORG + 1, "order.second_person"));
    fixture_fails(setting_get(rq->db, rq->pool, ORG, "no.such.setting", &value), ERROR_INTERNAL);
}
END_TEST

static int post(const char *word, const char *version)
{
    static struct role const head = {.id = "head"};
    struct response rs = {0};
    struct http_field fields[] = {
        {.name = "order_word", .value = word},
        {.name = "version", .value = version},
        {.name = "form_key", .value = "00000000-0000-4000-8000-000000000001"},
    };
    static struct http_request http = {.method = HTTP_POST, .path = "/7/2026/settings", .remote_address = "127.0.0.1"};
    http_response_init(&rs.http);
    rq->http = &http;
    rq->route = route_by_id("settings");
    rq->session.roles[0] = &head;
    rq->posted = (struct http_fields){fields, sizeof fields / sizeof fields[0]};
    fixture_ok(setting_page(rq, &rs));
    http_response_release(&rs.http);
    return rs.http.status;
}

START_TEST(the_page_of_settings_stores_what_was_changed_with_audit)
{
    const char *value = NULL;
    ck_assert_int_eq(post("own", "0"), 303);
    fixture_ok(setting_get(rq->db, rq->pool, ORG, "order.word", &value));
    ck_assert_str_eq(value, "own");
    ck_assert_int_eq(count("SELECT COUNT(*) FROM setting_value"), 1);
    ck_assert_int_eq(count("SELECT COUNT(*) FROM audit_field WHERE value_before = 'usual' AND value_after = 'own'"), 1);
}
END_TEST

START_TEST(the_page_of_settings_refuses_what_is_wrong_and_what_is_stale)
{
    ck_assert_int_eq(post("", "0"), 422);
    ck_assert_int_eq(post("own", "5"), 409);
    ck_assert_int_eq(count("SELECT COUNT(*) FROM setting_value"), 0);
}
END_TEST

Suite *audit_suite(void)
{
    Suite *suite = suite_create("audit");
    TCase *tcase = tcase_create("audit");
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, begin, NULL);
    tcase_add_test(tcase, an_action_says_who_when_and_from_where);
    tcase_add_test(tcase, only_what_differs_is_written_and_nothing_when_nothing_does);
    tcase_add_test(tcase, a_protected_value_is_never_written);
    tcase_add_test(tcase, history_shows_the_newest_first_in_words_of_the_reader);
    tcase_add_test(tcase, history_of_another_organisation_is_empty);
    tcase_add_test(tcase, a_setting_has_its_standard_until_somebody_sets_it);
    tcase_add_test(tcase, the_page_of_settings_stores_what_was_changed_with_audit);
    tcase_add_test(tcase, the_page_of_settings_refuses_what_is_wrong_and_what_is_stale);
    suite_add_tcase(suite, tcase);
    return suite;
}
