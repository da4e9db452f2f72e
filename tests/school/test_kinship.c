/* test_kinship.c: the family in a pupil's file: parents are registered, known people stay one person, contacts, the end (CON-27). */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define START "/1/2026/start/register-kinship"
#define PARENT_ROW "/1/2026/pupils/1/family/1"

static const struct sent *new_parent(const char *pupil)
{
    static struct sent fields[14];
    size_t i = 0;
    fields[i++] = (struct sent){"action", "submit", NULL, 0};
    fields[i++] = (struct sent){"subject", pupil, NULL, 0};
    fields[i++] = (struct sent){"surname", "Ким", NULL, 0};
    fields[i++] = (struct sent){"given", "Сергей", NULL, 0};
    fields[i++] = (struct sent){"born_on", "01.02.1982", NULL, 0};
    fields[i++] = (struct sent){"sex", "M", NULL, 0};
    fields[i++] = (struct sent){"degree", "father", NULL, 0};
    fields[i++] = (struct sent){"phone", "+7 701 123 45 67, +7 727 222 33 44", NULL, 0};
    fields[i++] = (struct sent){"work", "ТОО «Заря», инженер", NULL, 0};
    fields[i] = (struct sent){0};
    return fields;
}

static const struct sent *with_second_pupil(const struct sent *fields, const char *pupil)
{
    static struct sent more[16];
    size_t count = 0;
    for (; fields[count].name != NULL; count++)
        more[count] = fields[count];
    more[count] = (struct sent){"subject", pupil, NULL, 0};
    more[count + 1] = (struct sent){0};
    return more;
}

START_TEST(a_parent_gets_a_login_and_sees_the_file)
{
    sign_in("secretary", SCHOOL);
    ck_assert_has(get("/1/2026/pupils/%d", NEW_PUPIL).body, path_of(START "?subject=%d", NEW_PUPIL));
    struct answer answer = post(START, new_parent("2"));
    ck_assert_status(answer, 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', h.surname, h.given, h.born_on, k.degree, k.phone, k.work, a.password IS NULL) FROM kinship k"
                             " JOIN person h ON h.id = k.person_id JOIN account a ON a.person_id = h.id WHERE k.pupil_id = 2"),
                     "Ким|Сергей|1982-02-01|father|+7 701 123 45 67, +7 727 222 33 44|ТОО «Заря», инженер|1");
    ck_assert_has(get("%s", process_of(answer)).body, "whom=person%3A");
    const char *family = get("/1/2026/pupils/%d/family", NEW_PUPIL).body;
    ck_assert_has(family, "Ким Сергей");
    ck_assert_has(family, text_of("SELECT login FROM person WHERE given = 'Сергей'"));
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_kind = 'pupil' AND subject_id = 2 AND action = 'register-kinship'"), 1);
}
END_TEST

START_TEST(brothers_and_sisters_get_the_parent_at_once_and_share_the_contacts)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, with_second_pupil(new_parent("2"), "3")), 303); /* to the check of what is filled in */
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM kinship k JOIN person h ON h.id = k.person_id WHERE h.given = 'Сергей'"), 0);
    const char *process = path_of("/1/2026/processes/%s", text_of("SELECT MAX(id) FROM process"));
    ck_assert_status(post(process, SENT({"action", "submit"}, {"checked", "1"}, {"version", text_of("SELECT version FROM process")})), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(DISTINCT k.pupil_id) FROM kinship k JOIN person h ON h.id = k.person_id WHERE h.given = 'Сергей'"), 2);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM person WHERE given = 'Сергей'"), 1);
    const char *row = path_of("/1/2026/pupils/2/family/%s", text_of("SELECT id FROM kinship WHERE pupil_id = 2"));
    ck_assert_status(post(row, SENT({"version", "1"}, {"surname", "Ким"}, {"given", "Сергей"}, {"born_on", "01.02.1982"}, {"sex", "M"},
                                    {"degree", "father"}, {"phone", "+7 702 000 00 00"})), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', phone, work, version) FROM kinship WHERE pupil_id = 3"), "+7 702 000 00 00||2");
    ck_assert_has(get("/1/2026/pupils/3/history").body, "Contacts of Ким Сергей, changed in the file of another child");
}
END_TEST

START_TEST(an_employee_who_is_a_parent_stays_one_person_whose_name_is_not_changed_here)
{
    const char *iin = iin_of("80010145001");
    int64_t people, teacher = school_person("teacher", SCHOOL);
    sign_in("secretary", SCHOOL);
    run_sql("UPDATE person SET iin = '%s' WHERE id = %lld", iin, (long long)teacher);
    people = count_of("SELECT COUNT(*) FROM person");
    const struct sent *fields = sent_with(sent_with(new_parent("2"), "iin", iin), "degree", "mother");
    struct answer answer = post(START, fields);
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "the same person: Служащая teacher");
    ck_assert_status(post_again(START, sent_with(fields, "same", path_of("%lld", (long long)teacher))), 303); /* the number says another date */
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM person"), people);
    const char *row = path_of("/1/2026/pupils/2/family/%s", text_of("SELECT id FROM kinship WHERE pupil_id = 2"));
    ck_assert_has_not(get("%s", row).body, "name=\"surname\"");
    ck_assert_status(post(row, SENT({"version", "1"}, {"surname", "Другая"}, {"degree", "mother"}, {"phone", "+7 702 000 00 00"})), 303);
    ck_assert_str_eq(text_of("SELECT surname FROM person WHERE id = %lld", (long long)teacher), "Служащая");
}
END_TEST

static const struct {
    const char *pupil, *field, *value, *same, *words;
} wrong[] = {
    {"1", "born_on", "01.02.2012", NULL, "is older than this parent"},
    {"2", "surname", "", NULL, "Fill in “Surname”"},
    {"2", "degree", "", NULL, "Choose “Degree of kinship”"},
    {"2", "degree", "son", NULL, "“Degree of kinship”: choose from the list"},
    {"2", "phone", "позвоните", NULL, "“Phones”: write the number"},
};

START_TEST(a_wrong_parent_is_told_at_the_field_and_nothing_is_stored)
{
    sign_in("secretary", SCHOOL);
    const char *before = rows_stored();
    struct answer answer = post(START, sent_with(new_parent(wrong[_i].pupil), wrong[_i].field, wrong[_i].value));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, wrong[_i].field), wrong[_i].words);
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(nobody_stands_twice_in_a_family_nor_in_the_own_one)
{
    sign_in("secretary", SCHOOL);
    const struct sent *fields = sent_with(sent_with(sent_with(new_parent("1"), "surname", "Служащая"), "given", "parent"), "born_on", "01.01.1980");
    fields = sent_with(fields, "same", path_of("%lld", (long long)school_person("parent", SCHOOL)));
    ck_assert_has(error_at(post(START, fields), "same"), "this person stands in the family already");
    fields = sent_with(sent_with(sent_with(new_parent("1"), "surname", "Сейітов"), "given", "Айдар"), "patronymic", "Маратұлы");
    fields = sent_with(sent_with(sent_with(fields, "born_on", "27.05.2010"), "degree", "brother"), "same",
                       path_of("%lld", (long long)school_person("pupil", SCHOOL)));
    ck_assert_has(error_at(post(START, fields), "same"), "cannot be of one's own family");
}
END_TEST

START_TEST(a_kinship_that_has_ended_stays_and_closes_the_file)
{
    sign_in("parent", SCHOOL);
    ck_assert_status(get("/1/2026/pupils/1"), 200);
    ck_assert_status(get(PARENT_ROW), 200);
    ck_assert_status(post(PARENT_ROW, SENT({"version", "1"}, {"degree", "mother"})), 403);
    sign_in("secretary", SCHOOL);
    const struct sent *fields = SENT({"version", "1"}, {"surname", "Служащая"}, {"given", "parent"}, {"born_on", "01.01.1980"}, {"sex", "F"},
                                     {"degree", "mother"}, {"ended_on", "01.10.2026"});
    ck_assert_has(error_at(post(PARENT_ROW, fields), "end_reason"), "A kinship ends on a day and for a reason");
    ck_assert_status(post(PARENT_ROW, sent_with(fields, "end_reason", "rights-taken")), 303);
    ck_assert_has(get("/1/2026/pupils/1/family").body, "ended 01.10.2026");
    ck_assert_has(get("/1/2026/pupils/1/history").body, "Parental rights were taken away");
    sign_in("parent", SCHOOL);
    ck_assert_status(get("/1/2026/pupils/1"), 404); /* no role is left here */
}
END_TEST

START_TEST(a_class_teacher_adds_parents_in_the_own_class_only)
{
    sign_in("class-teacher", SCHOOL);
    ck_assert_status(get(START "?subject=%d", PUPIL), 200);
    ck_assert_status(get(START "?subject=%d", NEW_PUPIL), 403);
    ck_assert_status(post(START, new_parent("2")), 403);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM kinship WHERE pupil_id = 2"), 0);
    sign_in("secretary", SCHOOL);
    ck_assert_status(get(START "?subject=%d", STRANGE_PUPIL), 404);
    ck_assert_status(get("/1/2026/pupils/2/family/1"), 404);
}
END_TEST

START_TEST(an_official_gets_no_new_password_from_the_school_of_the_child)
{
    sign_in("secretary", SCHOOL);
    const char *slips = path_of("/1/2026/slips?whom=person%%3A%lld", (long long)school_person("district", SCHOOL));
    run_sql("INSERT INTO kinship (org_id, pupil_id, person_id, degree) VALUES (1, 2, %lld, 'mother')", (long long)school_person("district", SCHOOL));
    ck_assert_has_not(get("%s", slips).body, "value=\"person:");
    run_sql("UPDATE role_grant SET valid_to = '2026-01-01' WHERE role = 'district'");
    ck_assert_has(get("%s", slips).body, "value=\"person:");
}
END_TEST

Suite *kinship_suite(void)
{
    Suite *suite = suite_create("kinship");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, a_parent_gets_a_login_and_sees_the_file);
    tcase_add_test(tcase, brothers_and_sisters_get_the_parent_at_once_and_share_the_contacts);
    tcase_add_test(tcase, an_employee_who_is_a_parent_stays_one_person_whose_name_is_not_changed_here);
    tcase_add_loop_test(tcase, a_wrong_parent_is_told_at_the_field_and_nothing_is_stored, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, nobody_stands_twice_in_a_family_nor_in_the_own_one);
    tcase_add_test(tcase, a_kinship_that_has_ended_stays_and_closes_the_file);
    tcase_add_test(tcase, a_class_teacher_adds_parents_in_the_own_class_only);
    tcase_add_test(tcase, an_official_gets_no_new_password_from_the_school_of_the_child);
    suite_add_tcase(suite, tcase);
    return suite;
}
