/* test_correction.c: a parent proposes corrections of contacts; the class teacher takes them line by line. */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define PROPOSE "/1/2026/pupils/1/contacts/propose"
#define DECIDE "/1/2026/pupils/1/contacts/corrections"

static void propose(const char *address, const char *phone)
{
    sign_in("parent", SCHOOL);
    ck_assert_status(post(PROPOSE, SENT({"version", "1"}, {"address", address}, {"phone", phone})), 303);
}

START_TEST(what_is_proposed_changes_nothing_until_it_is_accepted_line_by_line)
{
    run_sql("UPDATE pupil SET address = 'улица Абая, 1', phone = '+7 701 000 00 01' WHERE id = 1");
    sign_in("parent", SCHOOL);
    ck_assert_has(get("/1/2026/pupils/1/contacts").body, PROPOSE);
    propose("улица Сатпаева, 2", "+7 701 000 00 02");
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', address, phone, version) FROM pupil WHERE id = 1"), "улица Абая, 1|+7 701 000 00 01|1");
    ck_assert_has(get("/1/2026/pupils/1/contacts").body, "Address, proposed");
    ck_assert_status(get(DECIDE), 403);
    sign_in("class-teacher", SCHOOL);
    ck_assert_has(get("/1/2026/tasks").body, DECIDE);
    const char *page = get(DECIDE).body;
    ck_assert_has(page, "Accept: улица Сатпаева, 2");
    ck_assert_has(page, "Keep: улица Абая, 1");
    ck_assert_has_not(page, "name=\"email\"");
    struct answer answer = post(DECIDE, SENT({"version", "1"}, {"address", "accept"}));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "phone"), "Choose “Phone”");
    ck_assert_status(post(DECIDE, SENT({"version", "1"}, {"address", "accept"}, {"phone", "refuse"})), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', address, phone, version) FROM pupil WHERE id = 1"), "улица Сатпаева, 2|+7 701 000 00 01|2");
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS('|', field, state) ORDER BY field) FROM correction"), "address|accepted,phone|refused");
    page = get("/1/2026/pupils/1/history").body;
    ck_assert_has(page, "улица Абая, 1");
    ck_assert_has_not(page, "+7 701 000 00 02");
    ck_assert_has_not(get("/1/2026/tasks").body, DECIDE);
    ck_assert_has(get(DECIDE).body, "None waits for a decision.");
    sign_in("parent", SCHOOL);
    ck_assert_has(get("/1/2026/pupils/1/contacts").body, "Phone, not accepted");
}
END_TEST

START_TEST(a_newer_proposal_takes_the_place_of_one_that_waits)
{
    propose("улица Абая, 1", "");
    propose("улица Абая, 3", "");
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS('|', field, value, state) ORDER BY id) FROM correction"),
                     "address|улица Абая, 1|replaced,address|улица Абая, 3|proposed");
    sign_in("class-teacher", SCHOOL);
    ck_assert_status(post(DECIDE, SENT({"version", "1"}, {"address", "accept"})), 303);
    ck_assert_str_eq(text_of("SELECT address FROM pupil WHERE id = 1"), "улица Абая, 3");
}
END_TEST

START_TEST(only_of_the_own_child_and_to_the_own_class)
{
    sign_in("parent", SCHOOL);
    ck_assert_status(get("/1/2026/pupils/2/contacts/propose"), 403);
    ck_assert_status(post("/1/2026/pupils/2/contacts/propose", SENT({"version", "1"}, {"address", "x"})), 403);
    sign_in("secretary", SCHOOL);
    ck_assert_status(get(PROPOSE), 403);
    sign_in("class-teacher", SCHOOL);
    ck_assert_status(get("/1/2026/pupils/2/contacts/corrections"), 403);
    propose("улица Абая, 1", "");
    sign_in("secretary", SCHOOL);
    ck_assert_has_not(get("/1/2026/tasks").body, DECIDE); /* it is the class teacher's */
    run_sql("UPDATE class_head SET valid_to = '2026-09-02'");
    ck_assert_has(get("/1/2026/tasks").body, DECIDE);
}
END_TEST

Suite *correction_suite(void)
{
    Suite *suite = suite_create("corrections");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, what_is_proposed_changes_nothing_until_it_is_accepted_line_by_line);
    tcase_add_test(tcase, a_newer_proposal_takes_the_place_of_one_that_waits);
    tcase_add_test(tcase, only_of_the_own_child_and_to_the_own_class);
    suite_add_tcase(suite, tcase);
    return suite;
}
