/* test_admission.c: applications for admission: number and papers, receipt, accepted ones enrolled by one order of ticks. */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define START "/1/2026/start/register-application"

static const struct sent *new_application(void)
{
    static struct sent fields[16];
    size_t i = 0;
    fields[i++] = (struct sent){"action", "submit", NULL, 0};
    fields[i++] = (struct sent){"year", "2026", NULL, 0};
    fields[i++] = (struct sent){"grade", "1", NULL, 0};
    fields[i++] = (struct sent){"submitted_on", "02.10.2026", NULL, 0};
    fields[i++] = (struct sent){"surname", "Қасымова", NULL, 0};
    fields[i++] = (struct sent){"given", "Әйгерім", NULL, 0};
    fields[i++] = (struct sent){"born_on", "27.05.2020", NULL, 0};
    fields[i++] = (struct sent){"sex", "F", NULL, 0};
    fields[i++] = (struct sent){"language", "kk", NULL, 0};
    fields[i++] = (struct sent){"applicant", "Қасымова Гүлнар", NULL, 0};
    fields[i++] = (struct sent){"papers", "birth-certificate", NULL, 0};
    fields[i++] = (struct sent){"papers", "photos", NULL, 0};
    fields[i] = (struct sent){0};
    return fields;
}

static const char *application(void)
{
    return path_of("/1/2026/applications/%s", text_of("SELECT MAX(id) FROM application"));
}

static const struct sent *acceptance(const char *subject)
{
    return sent_with(SENT({"action", "submit"}, {"grade", "1"}, {"resident", "1"}, {"no_iin_reason", "applied"}, {"surname", "Қасымова"},
                          {"given", "Әйгерім"}, {"born_on", "27.05.2020"}, {"sex", "F"}), "subject", subject);
}

START_TEST(an_application_gets_a_number_and_a_receipt_that_names_the_missing_papers)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, new_application()), 303);
    ck_assert_status(post(START, sent_with(new_application(), "given", "Айша")), 303);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS('|', year, number, submitted_on, state, surname, given, papers) ORDER BY id SEPARATOR ' ') FROM application"),
                     "2026|1|2026-10-02|submitted|Қасымова|Әйгерім|birth-certificate,photos 2026|2|2026-10-02|submitted|Қасымова|Айша|birth-certificate,photos");
    ck_assert_has(get("/1/2026/applications").body, "Medical certificate");
    struct answer answer = post(path_of("%s/print", application()), SENT({"document_language", "ru"}, {"document_format", "html"}));
    ck_assert_has(answer.body, "Свидетельство о рождении ребёнка; Фотографии 3×4");
    ck_assert_has(answer.body, "Документ, удостоверяющий личность родителя; Медицинская справка; Адресная справка");
    ck_assert_status(post(path_of("%s/print", application()), SENT({"document_language", "kk"}, {"document_format", "pdf"})), 200);
    ck_assert_has(error_at(post(START, sent_with(new_application(), "given", "Айша")), "surname"), "There is an application of this child already: № 2");
}
END_TEST

START_TEST(accepted_ones_become_files_that_one_order_enrols)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, new_application()), 303);
    const char *id = text_of("SELECT MAX(id) FROM application");
    struct answer answer = get("/1/2026/start/accept-application?subject=%s", id);
    ck_assert_has(answer.body, "value=\"Қасымова\"");
    ck_assert_has(answer.body, "Medical certificate");
    ck_assert_status(post("/1/2026/start/accept-application", acceptance(id)), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', a.state, p.standing, p.grade, p.language, p.surname) FROM application a JOIN pupil p ON p.id = a.pupil_id"),
                     "accepted|registered|1|kk|Қасымова");
    ck_assert_status(post("/1/2026/start/accept-application", acceptance(id)), 422);
    const char *pupil = text_of("SELECT pupil_id FROM application");
    ck_assert_has(get("/1/2026/admitted").body, "Қасымова Әйгерім");
    ck_assert_has(get("%s", application()).body, path_of("/1/2026/pupils/%s", pupil));
    run_sql("INSERT INTO class (org_id, id, uid, year, grade, name_kk, name_ru, name_en) VALUES (1, 20, 'c20', 2026, 1, 'А', 'А', 'A')");
    answer = post("/1/2026/start/enrol-pupil", SENT({"ids", pupil}, {"list", "admitted"}));
    ck_assert_status(answer, 303);
    const struct sent *order = sent_with(sent_with(enrolment(20), "grade", "1"), "version", text_of("SELECT MAX(version) FROM process WHERE kind = 'enrol-pupil'"));
    ck_assert_status(post(process_of(answer), order), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', standing, class_id) FROM pupil WHERE id = %s", pupil), "enrolled|20");
    ck_assert_has_not(get("/1/2026/admitted").body, "Қасымова Әйгерім");
}
END_TEST

#define MANY "/1/2026/start/accept-applications"

static const char *apply_with(const char *given, const char *iin)
{
    ck_assert_status(post(START, sent_with(sent_with(new_application(), "given", given), "iin", iin)), 303);
    return text_of("SELECT MAX(id) FROM application");
}

static struct answer accept_many(const char *ids)
{
    const char *process = process_of(post(MANY, SENT({"ids", ids}, {"list", "applications"})));
    return post(process, SENT({"action", "submit"}, {"checked", "1"}, {"version", text_of("SELECT MAX(version) FROM process WHERE kind = 'accept-applications'")}));
}

START_TEST(ticked_applications_become_files_at_once)
{
    sign_in("secretary", SCHOOL);
    const char *first = apply_with("Әйгерім", iin_of("20052760001")), *second = apply_with("Айша", iin_of("20052760002"));
    ck_assert_has(get("/1/2026/applications").body, MANY);
    ck_assert_status(accept_many(path_of("%s,%s", first, second)), 303);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS('|', a.state, p.given, p.standing, p.grade, p.language) ORDER BY a.id) FROM application a JOIN pupil p ON p.id = a.pupil_id"),
                     "accepted|Әйгерім|registered|1|kk,accepted|Айша|registered|1|kk");
    ck_assert_int_eq(count_of("SELECT COUNT(DISTINCT p.person_id) FROM application a JOIN pupil p ON p.id = a.pupil_id JOIN account c ON c.person_id = p.person_id"), 2);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_kind = 'application' AND action = 'accept-applications'"), 2);
}
END_TEST

START_TEST(who_is_to_be_asked_about_is_accepted_alone_and_the_others_wait)
{
    sign_in("secretary", SCHOOL);
    const char *good = apply_with("Әйгерім", iin_of("20052760001")), *twin = apply_with("Айша", iin_of("20052760001"));
    const char *bare = apply_with("Дана", NULL), *known = apply_with("Инна", NULL);
    run_sql("UPDATE person SET fold_key = (SELECT fold_key FROM application WHERE id = %s), born_on = '2020-05-27' WHERE id = %lld", known,
            (long long)school_person("parent", SCHOOL));
    const char *ids[] = {path_of("%s,%s", good, twin), path_of("%s,%s", good, bare), path_of("%s,%s", good, known)};
    const char *words[] = {"The same IIN as № 1", "Fill in “IIN”: accept this one by itself", "Somebody like this is known already"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        struct answer answer = accept_many(ids[i]);
        ck_assert_status(answer, 422);
        ck_assert_has(page_words(answer.body), words[i]);
    }
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM application WHERE state = 'accepted'"), 0);
    ck_assert_status(accept_many(good), 303);
    struct answer again = accept_many(path_of("%s,%s", good, twin));
    ck_assert_status(again, 422);
    ck_assert_has(page_words(again.body), "This application has been decided already");
}
END_TEST

START_TEST(a_refused_application_says_why_and_is_not_accepted)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, new_application()), 303);
    const char *path = application(), *id = text_of("SELECT MAX(id) FROM application");
    ck_assert_has(error_at(post(path_of("%s/end", path), SENT({"version", "1"}, {"state", "refused"})), "remark"), "Fill in");
    ck_assert_status(post(path_of("%s/end", path), SENT({"version", "1"}, {"state", "refused"}, {"remark", "нет мест"})), 303);
    ck_assert_has(get("%s", path).body, "нет мест");
    ck_assert_has_not(get("%s", path).body, "accept-application");
    struct answer answer = post("/1/2026/start/accept-application", acceptance(id));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "This application has been decided already");
    ck_assert_has(error_at(post(path_of("%s/end", path), SENT({"version", "2"}, {"state", "withdrawn"}, {"remark", "x"})), ""), "has been decided already");
}
END_TEST

START_TEST(papers_that_are_brought_later_are_ticked_in_the_application)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, new_application()), 303);
    const char *edit = path_of("%s/edit", application());
    ck_assert_status(post(edit, SENT({"version", "1"}, {"surname", "Қасымова"}, {"given", "Әйгерім"}, {"born_on", "27.05.2020"}, {"sex", "F"}, {"grade", "1"},
                                     {"papers", "birth-certificate"}, {"papers", "photos"}, {"papers", "medical-certificate"})), 303);
    ck_assert_str_eq(text_of("SELECT papers FROM application"), "birth-certificate,photos,medical-certificate");
    ck_assert_has_not(get("/1/2026/applications").body, "Medical certificate");
    sign_in("parent", SCHOOL);
    ck_assert_status(get("/1/2026/applications"), 403);
    sign_in("secretary", COLLEGE);
    ck_assert_status(get("/2/2026/applications/%s", text_of("SELECT MAX(id) FROM application")), 404);
}
END_TEST

Suite *admission_suite(void)
{
    Suite *suite = suite_create("admission");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, an_application_gets_a_number_and_a_receipt_that_names_the_missing_papers);
    tcase_add_test(tcase, accepted_ones_become_files_that_one_order_enrols);
    tcase_add_test(tcase, ticked_applications_become_files_at_once);
    tcase_add_test(tcase, who_is_to_be_asked_about_is_accepted_alone_and_the_others_wait);
    tcase_add_test(tcase, a_refused_application_says_why_and_is_not_accepted);
    tcase_add_test(tcase, papers_that_are_brought_later_are_ticked_in_the_application);
    suite_add_tcase(suite, tcase);
    return suite;
}
