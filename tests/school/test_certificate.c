/* test_certificate.c: certificates of study: ordered, issued by the register, checked by their code; the personal file as a document. */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define ORDER_PATH "/1/2026/pupils/1/papers/new"
#define ORDERED SENT({"version", "0"}, {"addressee", "әкімдікке"})

static const char *last_paper(void)
{
    return path_of("/1/2026/papers/%s", text_of("SELECT MAX(id) FROM paper"));
}

START_TEST(the_office_issues_at_once_with_the_next_number)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(ORDER_PATH, ORDERED), 303);
    ck_assert_status(post(ORDER_PATH, ORDERED), 303);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS('|', state, year, number, issued_on, full_name, class, school_year, LENGTH(code)) ORDER BY id) FROM paper"),
                     "issued|2026|1|2026-10-05|Сейітов Айдар Маратұлы|10|А|А|A|2026|43,issued|2026|2|2026-10-05|Сейітов Айдар Маратұлы|10|А|А|A|2026|43");
    ck_assert_has(get("/1/2026/pupils/1/papers").body, "Certificate of study");
    ck_assert_has(get("/1/2026/papers").body, "Сейітов Айдар Маратұлы");
    ck_assert_status(get("%s/print", last_paper()), 200);
    struct answer answer = post(path_of("%s/print", last_paper()), SENT({"document_language", "ru"}, {"document_format", "html"}));
    ck_assert_has(answer.body, "Дана в том, что Сейітов Айдар Маратұлы, дата рождения 27.05.2010, обучается в организации «Школа № 60», класс 10-А, в 2026–2027 учебном году.");
    ck_assert_status(post(path_of("%s/print", last_paper()), SENT({"document_language", "kk"}, {"document_format", "pdf"})), 200);
}
END_TEST

START_TEST(an_order_of_a_parent_is_a_task_for_the_office)
{
    sign_in("parent", SCHOOL);
    ck_assert_has(get("/1/2026/pupils/1/papers").body, ORDER_PATH);
    ck_assert_status(post(ORDER_PATH, ORDERED), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', state, number) FROM paper"), "ordered");
    const char *paper = last_paper();
    ck_assert_has(get("%s", paper).body, "Ordered");
    ck_assert_status(get("%s/print", paper), 404);
    ck_assert_status(post(paper, SENT({"version", "1"}, {"addressee", "x"}, {"decision", "issue"})), 403);
    ck_assert_status(post("/1/2026/pupils/2/papers/new", ORDERED), 403);
    sign_in("secretary", SCHOOL);
    const char *tasks = get("/1/2026/tasks").body;
    ck_assert_has(tasks, "Order of a certificate: Сейітов Айдар Маратұлы");
    ck_assert_has(tasks, paper);
    ck_assert_has(error_at(post(paper, SENT({"version", "1"}, {"addressee", "в акимат"}, {"decision", "refuse"})), "remark"), "Fill in");
    ck_assert_status(post(paper, SENT({"version", "1"}, {"addressee", "в акимат"}, {"decision", "issue"})), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', state, number, addressee) FROM paper"), "issued|1|в акимат");
    ck_assert_has_not(get("/1/2026/tasks").body, paper);
    ck_assert_status(post(paper, SENT({"version", "3"}, {"addressee", "в акимат"}, {"decision", "refuse"}, {"remark", "нет"})), 303);
    ck_assert_str_eq(text_of("SELECT state FROM paper"), "issued");
}
END_TEST

START_TEST(a_refused_order_says_why_to_who_ordered)
{
    sign_in("parent", SCHOOL);
    ck_assert_status(post(ORDER_PATH, ORDERED), 303);
    sign_in("head", SCHOOL);
    ck_assert_status(post(last_paper(), SENT({"version", "1"}, {"addressee", "x"}, {"decision", "refuse"}, {"remark", "выдана вчера"})), 303);
    sign_in("parent", SCHOOL);
    ck_assert_has(get("%s", last_paper()).body, "выдана вчера");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM paper WHERE code IS NOT NULL"), 0);
}
END_TEST

START_TEST(the_code_shows_what_the_paper_says_to_anybody_and_nothing_else)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(ORDER_PATH, ORDERED), 303);
    run_sql("UPDATE pupil SET surname = 'Другой', phone = '+7 701 999 99 99' WHERE id = 1");
    const char *code = text_of("SELECT code FROM paper"), *iin = text_of("SELECT iin FROM person WHERE surname = 'Сейітов'");
    ck_assert_has(get("%s", last_paper()).body, path_of("/papers/%s", code));
    sign_out();
    struct answer answer = get("/papers/%s", code);
    ck_assert_status(answer, 200);
    ck_assert_has(answer.body, "Сейітов Айдар Маратұлы");
    ck_assert_has_not(answer.body, iin);
    ck_assert_has_not(answer.body, "+7 701");
    ck_assert_has_not(answer.body, "әкімдікке");
    ck_assert_status(get("/papers/%.42sA", code[41] == 'A' ? "B" : code), 404);
    ck_assert_status(get("/papers/1"), 404);
}
END_TEST

START_TEST(who_is_in_no_class_gets_no_certificate_of_study)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post("/1/2026/pupils/2/papers/new", ORDERED);
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "The pupil is in no class now");
}
END_TEST

START_TEST(the_personal_file_prints_what_the_reader_may_see)
{
    const struct sent *html = SENT({"document_language", "en"}, {"document_format", "html"});
    const char *iin = text_of("SELECT iin FROM person WHERE surname = 'Сейітов'");
    run_sql("INSERT INTO pupil_health (org_id, pupil_id, examined_on, conclusion) VALUES (1, 1, '2026-09-01', 'ПМПК № 5')");
    sign_in("secretary", SCHOOL);
    ck_assert_status(get("/1/2026/pupils/1/print"), 200);
    struct answer answer = post("/1/2026/pupils/1/print", html);
    ck_assert_has(answer.body, iin);
    ck_assert_has(answer.body, "ПМПК № 5");
    ck_assert_has(answer.body, "Служащая parent");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE action = 'look'"), 1);
    ck_assert_status(post("/1/2026/pupils/1/print", SENT({"document_language", "ru"}, {"document_format", "docx"})), 200);
    sign_in("personnel", SCHOOL);
    answer = post("/1/2026/pupils/1/print", html);
    ck_assert_status(answer, 200);
    ck_assert_has_not(answer.body, iin);
    ck_assert_has_not(answer.body, "ПМПК № 5");
    sign_in("class-teacher", SCHOOL);
    ck_assert_status(get("/1/2026/pupils/2/print"), 403);
    ck_assert_status(post("/1/2026/pupils/2/print", html), 403);
}
END_TEST

Suite *certificate_suite(void)
{
    Suite *suite = suite_create("certificates");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, the_office_issues_at_once_with_the_next_number);
    tcase_add_test(tcase, an_order_of_a_parent_is_a_task_for_the_office);
    tcase_add_test(tcase, a_refused_order_says_why_to_who_ordered);
    tcase_add_test(tcase, the_code_shows_what_the_paper_says_to_anybody_and_nothing_else);
    tcase_add_test(tcase, who_is_in_no_class_gets_no_certificate_of_study);
    tcase_add_test(tcase, the_personal_file_prints_what_the_reader_may_see);
    suite_add_tcase(suite, tcase);
    return suite;
}
