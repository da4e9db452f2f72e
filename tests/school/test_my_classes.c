/* test_my_classes.c: «Мои классы»: what a class teacher has to do with, and nothing of the others. */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define PAGE "/1/2026/my-classes"

START_TEST(a_class_teacher_has_the_own_class_with_what_is_missing)
{
    sign_in("class-teacher", SCHOOL);
    ck_assert_has(get("/1/2026/").body, PAGE);
    struct answer answer = get(PAGE);
    ck_assert_status(answer, 200);
    ck_assert_has(answer.body, "10-A");
    ck_assert_has_not(answer.body, "10-B");
    ck_assert_has(answer.body, "1 boy");
    ck_assert_has(answer.body, "/1/2026/classes/1?unfilled=address");
    ck_assert_has_not(answer.body, "unfilled=iin");
    ck_assert_has(get("/1/2026/classes/1?unfilled=address").body, "Сейітов");
    ck_assert_has_not(get("/1/2026/classes/1?unfilled=iin").body, "Сейітов");
    ck_assert_has(answer.body, "/1/2026/classes/1?format=html");
    ck_assert_has(get("/1/2026/classes/1?format=html").body, "Сейітов Айдар Маратұлы");
    run_sql("UPDATE pupil SET address = 'Абая, 1' WHERE id = 1");
    ck_assert_has(get(PAGE).body, "All files are filled in.");
}
END_TEST

/* Today is 5 October; the week ends on the 11th. */
static const struct {
    const char *born, *says;
} birthdays[] = {
    {"2010-10-05", "16 years"}, {"2010-10-11", "16 years"}, {"2010-10-12", NULL}, {"2010-10-04", NULL},
};

START_TEST(the_birthdays_of_the_week_stand_there)
{
    run_sql("UPDATE pupil SET born_on = '%s' WHERE id = 1", birthdays[_i].born);
    run_sql("UPDATE pupil SET born_on = '2010-10-06' WHERE id = 4"); /* in no class of this teacher */
    sign_in("class-teacher", SCHOOL);
    struct answer answer = get(PAGE);
    ck_assert_has_not(answer.body, "Әбенова");
    if (birthdays[_i].says == NULL)
        ck_assert_has(answer.body, "Nobody this week.");
    else
        ck_assert_has(answer.body, birthdays[_i].says);
}
END_TEST

START_TEST(another_class_is_refused_at_each_address)
{
    static const char *const paths[] = {"/1/2026/classes/2", "/1/2026/classes/2/general", "/1/2026/classes/2/education", "/1/2026/classes/2/history",
                                        "/1/2026/classes/2?format=csv", "/1/2026/classes/2/general?format=csv", "/1/2026/pupils/2", "/1/2026/pupils/2/edit",
                                        "/1/2026/classes/1/general/edit"};
    run_sql("INSERT INTO class_head (org_id, class_id, person_id, duty, valid_from, valid_to) VALUES (1, 2, 11, 'class-teacher', '2025-09-01', '2026-10-04')");
    run_sql("INSERT INTO class_head (org_id, class_id, person_id, duty, valid_from) VALUES (1, 3, 11, 'class-teacher', '2026-10-06')");
    sign_in("class-teacher", SCHOOL);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        ck_assert_status(get("%s", paths[i]), 403);
    ck_assert_status(get("/1/2026/classes/3"), 403); /* from tomorrow on */
    ck_assert_status(get("/1/2026/classes/1/general"), 200);
    ck_assert_status(get("/1/2026/pupils/1/edit"), 200);
    ck_assert_has_not(get("/1/2026/contingent").body, "10-B"); /* nor in the panel */
}
END_TEST

START_TEST(who_leads_no_class_has_no_such_page_in_the_menu)
{
    sign_in("teacher", SCHOOL);
    ck_assert_status(get(PAGE), 403);
    sign_in("parent", SCHOOL);
    ck_assert_status(get(PAGE), 403);
    ck_assert_has_not(get("/1/2026/").body, PAGE);
    sign_in("secretary", SCHOOL);
    ck_assert_has_not(get("/1/2026/").body, PAGE);
    ck_assert_has(get(PAGE).body, "You lead no class of this school year today");
    sign_in("curator", COLLEGE);
    ck_assert_has(get("/2/2026/my-classes").body, "SW-26");
}
END_TEST

Suite *my_classes_suite(void)
{
    Suite *suite = suite_create("my classes");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, a_class_teacher_has_the_own_class_with_what_is_missing);
    tcase_add_loop_test(tcase, the_birthdays_of_the_week_stand_there, 0, (int)(sizeof birthdays / sizeof *birthdays));
    tcase_add_test(tcase, another_class_is_refused_at_each_address);
    tcase_add_test(tcase, who_leads_no_class_has_no_such_page_in_the_menu);
    suite_add_tcase(suite, tcase);
    return suite;
}
