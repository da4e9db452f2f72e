/* test_process_disband.c: a class is disbanded (CON-31, CON-32), an order is cancelled, pupils graduate by an order of its own. */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define START "/1/2026/start/disband-class"

static const char *version_now(void)
{
    return text_of("SELECT version FROM process ORDER BY id DESC LIMIT 1");
}

static const struct sent *order_of(const char *number)
{
    const struct sent *fields = SENT({"action", "submit"}, {"order_date", "02.10.2026"}, {"order_summary", "О движении"});
    return sent_with(sent_with(fields, "order_number", number), "order_scan", clean_scan(SCHOOL));
}

static const struct sent *disbanding(const char *number)
{
    return sent_with(sent_with(sent_with(order_of(number), "disbanded", "1"), "disband_reason", "few"), "effective_on", "02.10.2026");
}

static void confirm(struct answer answer)
{
    ck_assert_status(answer, 303);
    ck_assert_has(answer.location, "check=1");
    ck_assert_status(post(process_of(answer), SENT({"action", "submit"}, {"checked", "1"}, {"version", version_now()})), 303);
}

/* PUPIL and NEW_PUPIL are in 10-А, and there is 10-В. */
static void fill_class(void)
{
    sign_in("secretary", SCHOOL);
    run_sql("INSERT INTO class (org_id, id, uid, year, grade, name_kk, name_ru, name_en) VALUES (1, 12, 'c12', 2026, 10, 'В', 'В', 'V')");
    ck_assert_status(post("/1/2026/start/enrol-pupil", sent_with(enrolment(CLASS_10A), "subject", "2")), 303);
}

static const char *standings(void)
{
    return text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', id, standing, class_id) ORDER BY id) FROM pupil WHERE id IN (1, 2)");
}

START_TEST(the_list_comes_after_the_reason)
{
    fill_class();
    ck_assert_has(get("/1/2026/classes/%d", CLASS_10A).body, "start/disband-class?class=1");
    struct answer answer = get(START "?class=%d", CLASS_10A);
    ck_assert_has(answer.body, "10-A");
    ck_assert_has_not(answer.body, "Сейітов");
    answer = post(START, sent_with(disbanding("8-у"), "action", "refresh"));
    ck_assert_has(answer.body, "Сейітов Айдар");
    ck_assert_has(answer.body, "own_class.2");
    ck_assert_has_not(answer.body, "value=\"1\" >10-A");
}
END_TEST

START_TEST(a_class_ends_and_each_pupil_goes_to_the_class_chosen)
{
    fill_class();
    confirm(post(START, sent_with(sent_with(disbanding("8-у"), "class", "12"), "own_class.2", "2")));
    ck_assert_str_eq(standings(), "1 enrolled 12,2 enrolled 2");
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(DISTINCT CONCAT_WS(' ', kind, reason, effective_on)) FROM movement WHERE reason IS NOT NULL"), "transfer disbanded 2026-10-02");
    ck_assert_str_eq(text_of("SELECT ended_on FROM class WHERE id = 1"), "2026-10-02");
    ck_assert_str_eq(text_of("SELECT valid_to FROM class_head WHERE class_id = 1"), "2026-10-01");
    ck_assert_has_not(get("/1/2026/contingent").body, "/1/2026/classes/1\"");
    ck_assert_has(get("/1/2026/classes/1").body, "disbanded on");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_kind = 'class' AND subject_id = 1 AND action = 'disband-class'"), 1);
    struct answer answer = post(START, sent_with(disbanding("9-у"), "class", "12"));
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "The class is disbanded already, or there is none");
}
END_TEST

START_TEST(nobody_is_left_without_a_class)
{
    fill_class();
    int64_t before = count_of("SELECT COUNT(*) FROM movement") + count_of("SELECT COUNT(*) FROM process");
    struct answer answer = post(START, sent_with(disbanding("8-у"), "own_class.1", "12"));
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "Choose the new class, here or for all");
    ck_assert_has(answer.body, "1 line cannot be taken");
    answer = post(START, sent_with(disbanding("8-у"), "class", "3"));
    ck_assert_has(error_at(answer, "class"), "choose from the list");
    ck_assert_has(error_at(post(START, sent_with(disbanding("8-у"), "order_scan", NULL)), "order_scan"), "Attach “Order”");
    ck_assert_status(post(START, sent_with(disbanding("8-у"), "disbanded", "5")), 422);
    ck_assert_status(get(START "?class=5"), 404);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement") + count_of("SELECT COUNT(*) FROM process"), before);
}
END_TEST

/* ---- cancelling ---- */

static struct answer cancel(const char *order, const char *number)
{
    return post("/1/2026/start/cancel-order", sent_with(order_of(number), "subject", order));
}

static const char *order_numbered(const char *number)
{
    return text_of("SELECT id FROM school_order WHERE number = '%s' AND org_id = 1", number);
}

START_TEST(a_cancelled_disbanding_gives_back_class_head_and_pupils)
{
    fill_class();
    const char *before = standings();
    confirm(post(START, sent_with(disbanding("8-у"), "class", "12")));
    struct answer answer = get("/1/2026/start/cancel-order?subject=%s", order_numbered("8-у"));
    ck_assert_has(answer.body, "again 10-A, not 10-V");
    ck_assert_status(cancel(order_numbered("8-у"), "9-у"), 303);
    ck_assert_str_eq(standings(), before);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class WHERE id = 1 AND ended_on IS NULL"), 1);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class_head WHERE class_id = 1 AND valid_to IS NULL"), 1);
    answer = get("/1/2026/orders/%s", order_numbered("8-у"));
    ck_assert_has(answer.body, "Cancelled by");
    ck_assert_has_not(answer.body, "start/cancel-order");
    ck_assert_has(cancel(order_numbered("8-у"), "10-у").body, "The order is cancelled already by order № 9-у");
    ck_assert_has(cancel(order_numbered("9-у"), "10-у").body, "This order cancels another one");
}
END_TEST

START_TEST(a_class_whose_name_was_given_again_does_not_come_back)
{
    fill_class();
    confirm(post(START, sent_with(disbanding("8-у"), "class", "12")));
    run_sql("INSERT INTO class (org_id, id, uid, year, grade, name_kk, name_ru, name_en) VALUES (1, 13, 'c13', 2026, 10, 'А', 'А', 'A')");
    struct answer answer = cancel(order_numbered("8-у"), "9-у");
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "10-A: another class has this name now");
}
END_TEST

START_TEST(an_order_is_cancelled_by_who_moves_pupils_and_not_before_its_date)
{
    fill_class();
    struct answer answer = post("/1/2026/start/cancel-order", sent_with(sent_with(order_of("8-у"), "subject", order_numbered("7-у")), "order_date", "01.09.2026"));
    ck_assert_has(error_at(answer, "order_date"), "The order that is cancelled is of");
    ck_assert_status(cancel("2", "8-у"), 404);
    sign_in("class-teacher", SCHOOL);
    ck_assert_status(cancel(order_numbered("7-у"), "8-у"), 403);
    sign_in("personnel", SCHOOL);
    ck_assert_has_not(get("/1/2026/orders/%s", order_numbered("7-у")).body, "start/cancel-order");
}
END_TEST

/* ---- graduation ---- */

START_TEST(pupils_graduate_each_with_a_certificate)
{
    fill_class();
    const char *process = process_of(post("/1/2026/start/graduate-pupils", SENT({"ids", "1,2"}, {"list", "pupils"})));
    const struct sent *fields = sent_with(sent_with(sent_with(order_of("8-у"), "certificate", "general"), "graduated_on", "03.10.2026"), "own_certificate.2", "altyn-belgi");
    confirm(post(process, sent_with(fields, "version", version_now())));
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', pupil_id, reason, certificate) ORDER BY pupil_id) FROM movement WHERE kind = 'graduate'"),
                     "1 graduated general,2 graduated altyn-belgi");
    struct answer answer = get("/1/2026/graduates?certificate=altyn-belgi");
    ck_assert_has(answer.body, "Ерғалиев");
    ck_assert_has_not(answer.body, "Сейітов");
    ck_assert_has_not(get("/1/2026/graduates?year=2025").body, "Сейітов");
    ck_assert_has(get("/1/2026/archive").body, "Сейітов");
}
END_TEST

Suite *process_disband_suite(void)
{
    Suite *suite = suite_create("disbanding");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, the_list_comes_after_the_reason);
    tcase_add_test(tcase, a_class_ends_and_each_pupil_goes_to_the_class_chosen);
    tcase_add_test(tcase, nobody_is_left_without_a_class);
    tcase_add_test(tcase, a_cancelled_disbanding_gives_back_class_head_and_pupils);
    tcase_add_test(tcase, a_class_whose_name_was_given_again_does_not_come_back);
    tcase_add_test(tcase, an_order_is_cancelled_by_who_moves_pupils_and_not_before_its_date);
    tcase_add_test(tcase, pupils_graduate_each_with_a_certificate);
    suite_add_tcase(suite, tcase);
    return suite;
}
