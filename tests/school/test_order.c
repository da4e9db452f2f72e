/* test_order.c: an order is printed to be signed in the organisation's words; its scan comes with it or, where the organisation wants
 * it so, later. */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define START "/1/2026/start/enrol-pupil"

static const struct sent *of_new_pupil(void)
{
    return sent_with(enrolment(CLASS_10A), "subject", path_of("%d", NEW_PUPIL));
}

static const struct sent *without_scan(void)
{
    return sent_with(of_new_pupil(), "order_scan", NULL);
}

static const char *printed(const char *process, const char *language)
{
    struct answer answer = post(path_of("%s/order", process), SENT({"document_language", language}, {"document_format", "html"}));
    ck_assert_status(answer, 200);
    return page_words(answer.body);
}

/* ---- printed ---- */

START_TEST(a_form_is_kept_and_printed_before_there_is_a_scan)
{
    sign_in("secretary", SCHOOL);
    ck_assert_has(get(START "?subject=%d", NEW_PUPIL).body, "value=\"paper\"");
    struct answer answer = post(START, sent_with(without_scan(), "action", "paper"));
    ck_assert_status(answer, 303);
    ck_assert_ptr_nonnull(strstr(answer.location, "/order"));
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', state, number) FROM school_order WHERE id = (SELECT order_id FROM process)"), "reserved|7-у");
    ck_assert_status(get("%s", answer.location), 200);
    const char *process = path_of("/1/2026/processes/%s", text_of("SELECT MAX(id) FROM process"));
    const char *words = printed(process, "ru");
    ck_assert_has(words, "Приказ № 7-у");
    ck_assert_has(words, "О зачислении");
    ck_assert_has(words, "1. Зачислить с 1");
    ck_assert_has(words, "Ерғалиев Санжар");
    ck_assert_has(words, "10-А");
    ck_assert_has(words, "Служащая head");
    ck_assert_has(printed(process, "kk"), "бастап қабылдансын");
    ck_assert_status(post(path_of("%s/order", process), SENT({"document_language", "kk"}, {"document_format", "docx"})), 200);
    ck_assert_status(post(path_of("%s/order", process), SENT({"document_language", "ru"}, {"document_format", "pdf"})), 200);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = %d", NEW_PUPIL), 0);
}
END_TEST

START_TEST(what_is_not_filled_in_leaves_a_line_to_write_on)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post("/1/2026/start/exclude-pupil", SENT({"subject", "1"}, {"action", "paper"})), 303);
    ck_assert_has(printed(path_of("/1/2026/processes/%s", text_of("SELECT MAX(id) FROM process")), "en"), "reason: __________:");
}
END_TEST

START_TEST(a_signed_order_is_printed_again_and_a_process_without_one_has_none)
{
    sign_in("secretary", SCHOOL);
    const char *process = process_of(post(START, of_new_pupil()));
    ck_assert_has(get("%s", process).body, path_of("%s/order", process));
    ck_assert_has(printed(process, "en"), "Order № 7-у");
    struct answer answer = post("/1/2026/start/withdraw-pupil", SENT({"subject", "3"}, {"reason", "Дважды"}, {"action", "submit"}));
    ck_assert_status(answer, 303);
    ck_assert_status(get("%s/order", process_of(answer)), 404);
    ck_assert_status(post("/1/2026/start/withdraw-pupil", SENT({"subject", "2"}, {"reason", "Дважды"}, {"action", "paper"})), 400);
    sign_in("personnel", SCHOOL);
    ck_assert_status(get("%s/order", process), 403);
}
END_TEST

/* ---- the organisation's own words ---- */

#define TEXT "/1/2026/order-texts/enrol"

START_TEST(an_organisation_writes_its_orders_in_its_own_words)
{
    sign_in("head", SCHOOL);
    ck_assert_has(get("/1/2026/order-texts").body, TEXT);
    struct answer page = get(TEXT);
    ck_assert_has(page.body, "Зачислить с {day}");
    ck_assert_has(page.body, "{class} – To class");
    ck_assert_status(post(TEXT, SENT({"version", "0"}, {"text_kk", ""}, {"text_ru", "Принять в {class} по приказу {order_number}:\n{list}\nКонец."}, {"text_en", ""})), 303);
    ck_assert_has(get("/1/2026/order-texts").body, "own words");
    sign_in("secretary", SCHOOL);
    const char *process = process_of(post(START, of_new_pupil())), *words = printed(process, "ru");
    ck_assert_has(words, "Принять в 10-А по приказу 7-у:");
    ck_assert_has(words, "Конец.");
    ck_assert_has_not(words, "ПРИКАЗЫВАЮ");
    ck_assert_has(printed(process, "kk"), "бастап қабылдансын");
    ck_assert_status(get(TEXT), 403);
}
END_TEST

START_TEST(usual_words_stay_the_programs)
{
    sign_in("head", SCHOOL);
    const char *usual = "On the ground of the applications and documents handed in, I ORDER:\n1. To enrol from {day}:\n{list}\n"
                        "2. Control over the execution of this order rests with me.";
    ck_assert_status(post(TEXT, SENT({"version", "0"}, {"text_kk", ""}, {"text_ru", ""}, {"text_en", usual})), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT(text_kk, text_ru, text_en) FROM order_text"), "");
    ck_assert_has_not(get("/1/2026/order-texts").body, "own words");
}
END_TEST

START_TEST(a_text_with_an_unknown_name_is_refused_at_its_field)
{
    sign_in("head", SCHOOL);
    struct answer answer = post(TEXT, SENT({"version", "0"}, {"text_kk", "{klass} {list}"}, {"text_ru", "{day"}, {"text_en", "{order_scan}"}));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "text_kk"), "has no {klass}");
    ck_assert_has(error_at(answer, "text_ru"), "no closing one");
    ck_assert_has(error_at(answer, "text_en"), "has no {order_scan}");
    ck_assert_has(answer.body, "{klass} {list}");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM order_text"), 0);
    ck_assert_status(get("/1/2026/order-texts/nothing"), 404);
}
END_TEST

START_TEST(a_text_changed_by_another_person_is_not_written_over)
{
    sign_in("head", SCHOOL);
    const struct sent *mine = SENT({"version", "0"}, {"text_kk", ""}, {"text_ru", "Первый"}, {"text_en", ""});
    ck_assert_status(post(TEXT, mine), 303);
    ck_assert_status(post(TEXT, sent_with(mine, "text_ru", "Второй")), 409);
    ck_assert_str_eq(text_of("SELECT text_ru FROM order_text"), "Первый");
}
END_TEST

/* ---- scans that come later ---- */

static void let_scans_wait(void)
{
    run_sql("INSERT INTO setting_value (org_id, setting_key, value) VALUES (1, 'order.scan_later', '1')");
}

START_TEST(the_organisation_decides_whether_a_scan_may_come_later)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post(START, without_scan());
    ck_assert_status(answer, 422);
    ck_assert_str_ne(error_at(answer, "order_scan"), "");
    let_scans_wait();
    ck_assert_status(post(START, without_scan()), 303);
    ck_assert_has(get("/1/2026/orders?scan=0").body, "7-у");
    const char *order = text_of("SELECT MAX(id) FROM school_order WHERE org_id = 1");
    ck_assert_has(get("/1/2026/orders/%s", order).body, path_of("/1/2026/orders/%s/scan", order));
    answer = post(path_of("/1/2026/orders/%s/scan", order), SENT({"version", "0"}, {"order_scan", ""}));
    ck_assert_status(answer, 422);
    ck_assert_str_ne(error_at(answer, "order_scan"), "");
    ck_assert_status(post(path_of("/1/2026/orders/%s/scan", order), SENT({"version", "0"}, {"order_scan", clean_scan(SCHOOL)})), 303);
    ck_assert_has_not(get("/1/2026/orders?scan=0").body, "7-у");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_kind = 'order' AND subject_id = %s AND action = 'edit'", order), 1);
}
END_TEST

START_TEST(scans_are_added_after_those_there_and_never_of_another_school)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post("/1/2026/orders/1/scan", SENT({"version", "0"}, {"order_scan", clean_scan(SCHOOL)})), 303);
    ck_assert_status(post("/1/2026/orders/1/scan", SENT({"version", "0"}, {"order_scan", clean_scan(SCHOOL)})), 409);
    ck_assert_status(post("/1/2026/orders/1/scan", SENT({"version", "1"}, {"order_scan", clean_scan(SCHOOL)})), 303);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(position ORDER BY position) FROM order_scan WHERE org_id = 1 AND order_id = 1"), "1,2");
    struct answer answer = post("/1/2026/orders/1/scan", SENT({"version", "2"}, {"order_scan", path_of("%d", STRANGE_FILE)}));
    ck_assert_status(answer, 422);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM order_scan WHERE file_id = %d AND org_id = 1", STRANGE_FILE), 0);
    ck_assert_status(get("/1/2026/orders/%d/scan", STRANGE_ORDER), 404);
    run_sql("UPDATE school_order SET state = 'gap' WHERE id = 1");
    ck_assert_status(get("/1/2026/orders/1/scan"), 404);
    sign_in("class-teacher", SCHOOL);
    ck_assert_status(get("/1/2026/orders/1/scan"), 403);
}
END_TEST

Suite *order_suite(void)
{
    Suite *suite = suite_create("orders");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, a_form_is_kept_and_printed_before_there_is_a_scan);
    tcase_add_test(tcase, what_is_not_filled_in_leaves_a_line_to_write_on);
    tcase_add_test(tcase, a_signed_order_is_printed_again_and_a_process_without_one_has_none);
    tcase_add_test(tcase, an_organisation_writes_its_orders_in_its_own_words);
    tcase_add_test(tcase, usual_words_stay_the_programs);
    tcase_add_test(tcase, a_text_with_an_unknown_name_is_refused_at_its_field);
    tcase_add_test(tcase, a_text_changed_by_another_person_is_not_written_over);
    tcase_add_test(tcase, the_organisation_decides_whether_a_scan_may_come_later);
    tcase_add_test(tcase, scans_are_added_after_those_there_and_never_of_another_school);
    suite_add_tcase(suite, tcase);
    return suite;
}
