/* test_merge.c: a file registered by mistake is withdrawn and restored; two files of one human are merged with a preview. */
#include "school.h"
#include "school_suites.h"

#include "school/pupils/movement.h"

#include <string.h>

static void tell(void *data, const char *line)
{
    (void)line;
    ++*(int *)data;
}

static int faults_of_the_ledger(void)
{
    int faults = 0;
    fixture_ok(movement_ledger.check(fixture_schema_db(), SCHOOL, tell, &faults));
    return faults;
}

START_TEST(a_withdrawn_file_is_in_no_list_and_its_history_stays)
{
    sign_in("secretary", SCHOOL);
    ck_assert_has(get("/1/2026/pupils/%d", NEW_PUPIL).body, "/1/2026/start/withdraw-pupil?subject=2");
    ck_assert_status(post("/1/2026/start/withdraw-pupil", SENT({"action", "submit"}, {"subject", "2"}, {"reason", "дважды"})), 303);
    ck_assert_has_not(get("/1/2026/without-class").body, "Ерғалиев");
    ck_assert_has_not(get("/1/2026/pupils?standing=present").body, "Ерғалиев");
    ck_assert_has_not(get("/1/2026/search?q=%%D0%%95%%D1%%80%%D2%%93").body, "/1/2026/pupils/2");
    ck_assert_has(get("/1/2026/withdrawn").body, "Ерғалиев");
    ck_assert_has(get("/1/2026/withdrawn").body, "дважды");
    ck_assert_status(get("/1/2026/pupils/2/history"), 200);
    ck_assert_int_eq(faults_of_the_ledger(), 0);
    ck_assert_status(post("/1/2026/start/restore-pupil", SENT({"action", "submit"}, {"subject", "2"}, {"reason", "нашёлся"})), 303);
    ck_assert_has(get("/1/2026/without-class").body, "Ерғалиев");
}
END_TEST

START_TEST(who_has_been_in_a_class_is_excluded_by_order_not_withdrawn)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post("/1/2026/start/withdraw-pupil", SENT({"action", "submit"}, {"subject", "1"}, {"reason", "дважды"}));
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "this needs an exclusion by order");
    ck_assert_status(get("/1/2026/start/withdraw-pupil?subject=%d", STRANGE_PUPIL), 404);
    sign_in("class-teacher", SCHOOL);
    ck_assert_status(get("/1/2026/start/withdraw-pupil?subject=2"), 403);
}
END_TEST

START_TEST(the_rows_and_values_of_the_double_go_over_as_the_preview_says)
{
    run_sql("UPDATE pupil SET surname = 'Сейітов', given = 'Айдар', fold_key = (SELECT fold_key FROM person WHERE id = 12), phone = '+7 701 000 00 01',"
            " birth_place = 'Тараз' WHERE id = 2");
    run_sql("UPDATE pupil SET birth_place = 'Алматы' WHERE id = 1");
    run_sql("UPDATE person SET iin = NULL WHERE id = 12");
    run_sql("UPDATE person SET iin = '%s' WHERE id = (SELECT person_id FROM pupil WHERE id = 2)", iin_of("10052750001"));
    run_sql("INSERT INTO pupil_document (org_id, pupil_id, kind, number) VALUES (1, 2, 'passport', '123')");
    run_sql("INSERT INTO kinship (org_id, pupil_id, person_id, degree) VALUES (1, 2, 13, 'mother'), (1, 2, 10, 'father')");
    sign_in("secretary", SCHOOL);
    struct answer answer = get("/1/2026/start/merge-pupils?subject=2");
    ck_assert_has(answer.body, "Choose the file that is kept");
    ck_assert_has(answer.body, "Сейітов Айдар Маратұлы");
    const struct sent *fields = SENT({"action", "refresh"}, {"subject", "2"}, {"keep", "1"});
    answer = post("/1/2026/start/merge-pupils", fields);
    ck_assert_has(answer.body, "Documents: 1 go over.");
    ck_assert_has(answer.body, "Family: 1 go over.");
    ck_assert_has(answer.body, "Phone: “+7 701 000 00 01” is taken over.");
    ck_assert_has(answer.body, "Place of birth: “Алматы” stays, “Тараз” is left in the double.");
    ck_assert_status(post("/1/2026/start/merge-pupils", sent_with(fields, "action", "submit")), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', p.phone, p.birth_place, h.iin, (SELECT COUNT(*) FROM pupil_document d WHERE d.pupil_id = 1),"
                             " (SELECT COUNT(*) FROM kinship k WHERE k.pupil_id = 1)) FROM pupil p JOIN person h ON h.id = p.person_id WHERE p.id = 1"),
                     path_of("+7 701 000 00 01|Алматы|%s|1|2", iin_of("10052750001")));
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', standing, merged_into) FROM pupil WHERE id = 2"), "withdrawn|1");
    ck_assert_has(get("/1/2026/pupils/1/history").body, "+7 701 000 00 01");
    ck_assert_int_eq(faults_of_the_ledger(), 0);
}
END_TEST

START_TEST(a_file_with_movements_is_the_one_that_is_kept)
{
    sign_in("secretary", SCHOOL);
    run_sql("UPDATE pupil SET fold_key = (SELECT fold_key FROM person WHERE id = 12) WHERE id = 2");
    struct answer answer = post("/1/2026/start/merge-pupils", SENT({"action", "submit"}, {"subject", "1"}, {"keep", "2"}));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "This file has movements by order and is kept");
    ck_assert_status(post("/1/2026/start/merge-pupils", SENT({"action", "submit"}, {"subject", "2"}, {"keep", "6"})), 422); /* STRANGE_PUPIL */
    answer = post("/1/2026/start/merge-pupils", SENT({"action", "submit"}, {"subject", "2"}, {"keep_login", "Әділ"}, {"keep", "1"}));
    ck_assert_has(error_at(answer, "keep_login"), "a whole number in digits");
}
END_TEST

Suite *merge_suite(void)
{
    Suite *suite = suite_create("merge");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, a_withdrawn_file_is_in_no_list_and_its_history_stays);
    tcase_add_test(tcase, who_has_been_in_a_class_is_excluded_by_order_not_withdrawn);
    tcase_add_test(tcase, the_rows_and_values_of_the_double_go_over_as_the_preview_says);
    tcase_add_test(tcase, a_file_with_movements_is_the_one_that_is_kept);
    suite_add_tcase(suite, tcase);
    return suite;
}
