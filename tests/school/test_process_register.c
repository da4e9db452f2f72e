/* test_process_register.c: a pupil's or student's file is created (CON-21, CON-22, CON-28), and an employee's. */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define START "/1/2026/start/register-pupil"
#define ELEVEN "11052760012"

static const struct sent *new_file(void)
{
    static struct sent fields[12];
    size_t i = 0;
    fields[i++] = (struct sent){"action", "submit", NULL, 0};
    fields[i++] = (struct sent){"grade", "10", NULL, 0};
    fields[i++] = (struct sent){"resident", "1", NULL, 0};
    fields[i++] = (struct sent){"iin", iin_of(ELEVEN), NULL, 0};
    fields[i++] = (struct sent){"surname", "Қасымова", NULL, 0};
    fields[i++] = (struct sent){"given", "Әйгерім", NULL, 0};
    fields[i++] = (struct sent){"patronymic", "Нұрланқызы", NULL, 0};
    fields[i++] = (struct sent){"born_on", "27.05.2011", NULL, 0};
    fields[i++] = (struct sent){"sex", "F", NULL, 0};
    fields[i++] = (struct sent){"email", "a@example.kz", NULL, 0};
    fields[i] = (struct sent){0};
    return fields;
}

static int64_t files(void)
{
    return count_of("SELECT COUNT(*) FROM pupil WHERE org_id = 1");
}

START_TEST(a_pupil_gets_a_file_a_person_and_a_login_and_stands_without_a_class)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post(START, new_file());
    ck_assert_status(answer, 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', p.surname, p.given, p.patronymic, p.born_on, p.sex, p.grade, p.resident, p.email, p.standing, h.iin)"
                             " FROM pupil p JOIN person h ON h.id = p.person_id WHERE p.surname = 'Қасымова'"),
                     path_of("Қасымова|Әйгерім|Нұрланқызы|2011-05-27|F|10|1|a@example.kz|registered|%s", iin_of(ELEVEN)));
    const char *login = text_of("SELECT h.login FROM person h JOIN account a ON a.person_id = h.id AND a.password IS NULL WHERE h.surname = 'Қасымова'");
    ck_assert_uint_eq(strlen(login), 12);
    ck_assert_has(get("/1/2026/without-class").body, "Қасымова Әйгерім Нұрланқызы");
    const char *made = text_of("SELECT MAX(id) FROM pupil");
    answer = get("%s", process_of(answer));
    ck_assert_has(answer.body, path_of("/1/2026/start/enrol-pupil?subject=%s", made));
    ck_assert_has(answer.body, path_of("/1/2026/pupils/%s", made));
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_kind = 'pupil' AND subject_id = %s AND action = 'register-pupil'", made), 1);
}
END_TEST

START_TEST(from_a_class_page_the_class_is_taken_along_to_the_enrolment)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = get(START "?class=%d", CLASS_10A);
    ck_assert_has(answer.body, "10-A");
    ck_assert_has(answer.body, "<option value=\"10\" selected>");
    answer = post(START, sent_with(new_file(), "class", "1"));
    ck_assert_status(answer, 303);
    ck_assert_has(get("%s", process_of(answer)).body, "class=1");
    ck_assert_status(get(START "?class=%d", STRANGE_CLASS), 404);
}
END_TEST

static const struct {
    const char *field, *value, *words;
} wrong[] = {
    {"grade", "", "Choose “Parallel”"},
    {"grade", "13", "“Parallel”: choose from the list"},
    {"resident", "2", "“Residency”: choose from the list"},
    {"iin", "", "Fill in “IIN”"},
    {"iin", "12345", "“IIN” has 12 digits"},
    {"iin", "110527600120x", "“IIN” has 12 digits"},
    {"iin", "000000000000", "“IIN”: the control digit is wrong"},
    {"surname", "", "Fill in “Surname”"},
    {"surname", "Қасымова1", "“Surname”: only letters, a hyphen, an apostrophe and a space inside"},
    {"surname", "<b>Ким</b>", "“Surname”: only letters, a hyphen, an apostrophe and a space inside"},
    {"surname", "Ким\xF0\x9F\x98\x80", "“Surname”: only letters, a hyphen, an apostrophe and a space inside"},
    {"surname", "Кaсымова", "“Surname” has Latin letters among Cyrillic ones; it should be: Касымова"},
    {"given", "", "Fill in “Given name”"},
    {"born_on", "", "Fill in “Date of birth”"},
    {"born_on", "30.02.2011", "“Date of birth”: there is no such date"},
    {"born_on", "вчера", "“Date of birth”: write the date as day.month.year"},
    {"born_on", "06.10.2026", "“Date of birth” cannot be later than today"},
    {"born_on", "01.01.0211", "“Date of birth”: check the year"},
    {"sex", "", "Choose “Sex”"},
    {"sex", "X", "“Sex”: choose from the list"},
    {"email", "no address", "“E-mail”: write the address as name@example.kz"},
};

START_TEST(a_wrong_value_is_told_at_its_field_kept_and_nothing_is_stored)
{
    sign_in("secretary", SCHOOL);
    const char *before = rows_stored();
    struct answer answer = post(START, sent_with(new_file(), wrong[_i].field, wrong[_i].value));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, wrong[_i].field), wrong[_i].words);
    ck_assert_has(answer.body, "value=\"Нұрланқызы\"");
    ck_assert_has_not(answer.body, "<b>Ким");
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(a_wrong_control_digit_is_refused_and_another_birth_date_is_only_a_warning)
{
    sign_in("secretary", SCHOOL);
    char *wrong_digit = pool_strdup(fixture_pool(), iin_of(ELEVEN));
    wrong_digit[11] = wrong_digit[11] == '9' ? '0' : (char)(wrong_digit[11] + 1);
    ck_assert_has(error_at(post(START, sent_with(new_file(), "iin", wrong_digit)), "iin"), "the control digit is wrong");
    struct answer answer = post(START, sent_with(sent_with(new_file(), "born_on", "28.05.2011"), "given", ""));
    ck_assert_has(answer.body, "The number says another birth date or sex");
    ck_assert_status(post_again(START, sent_with(new_file(), "born_on", "28.05.2011")), 303);
}
END_TEST

START_TEST(without_an_iin_a_reason_is_needed_but_not_from_a_non_resident)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, sent_with(sent_with(new_file(), "iin", ""), "no_iin_reason", "applied")), 303);
    ck_assert_str_eq(text_of("SELECT no_iin_reason FROM pupil ORDER BY id DESC LIMIT 1"), "applied");
    const struct sent *other = sent_with(sent_with(new_file(), "surname", "Иванова"), "iin", "");
    ck_assert_status(post(START, sent_with(other, "resident", "0")), 303);
    ck_assert_int_eq(count_of("SELECT resident FROM pupil ORDER BY id DESC LIMIT 1"), 0);
}
END_TEST

START_TEST(who_has_the_same_iin_is_shown_and_has_no_second_file)
{
    sign_in("secretary", SCHOOL);
    const struct sent *same = sent_with(new_file(), "iin", text_of("SELECT iin FROM person WHERE surname = 'Сейітов'"));
    int64_t before = files();
    struct answer answer = post(START, same);
    ck_assert_status(answer, 422);
    ck_assert_str_ne(error_at(answer, "same"), "");
    ck_assert_has(answer.body, "the same person: Сейітов Айдар Маратұлы");
    ck_assert_has_not(answer.body, "another person with the same name");
    ck_assert_status(post(START, sent_with(same, "same", "0")), 422);
    answer = post(START, sent_with(same, "same", path_of("%lld", (long long)school_person("pupil", SCHOOL))));
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "This person already has a file here");
    ck_assert_int_eq(files(), before);
}
END_TEST

START_TEST(who_has_the_same_name_and_birth_date_may_be_another)
{
    sign_in("secretary", SCHOOL);
    const struct sent *like = sent_with(sent_with(sent_with(new_file(), "surname", "Ерғалиев"), "given", "Санжар"), "patronymic", "");
    like = sent_with(sent_with(like, "born_on", "11.03.2010"), "sex", "M");
    like = sent_with(sent_with(like, "iin", ""), "no_iin_reason", "applied");
    struct answer answer = post(START, like);
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "another person with the same name and birth date");
    ck_assert_status(post(START, sent_with(like, "same", "0")), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM person WHERE surname = 'Ерғалиев'"), 2);
}
END_TEST

START_TEST(a_person_of_another_organisation_is_not_named_but_stays_one_person)
{
    sign_in("secretary", SCHOOL);
    run_sql("UPDATE person SET iin = '%s' WHERE id = %lld", iin_of(ELEVEN), (long long)school_person("strange", STRANGE));
    struct answer answer = post(START, new_file());
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "the same person, already known to another organisation");
    ck_assert_has_not(answer.body, STRANGE_WORDS);
    int64_t people = count_of("SELECT COUNT(*) FROM person");
    ck_assert_status(post(START, sent_with(new_file(), "same", path_of("%lld", (long long)school_person("strange", STRANGE)))), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM person"), people);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil WHERE person_id = %lld", (long long)school_person("strange", STRANGE)), 2);
}
END_TEST

START_TEST(a_person_that_was_not_offered_cannot_be_taken_over)
{
    sign_in("secretary", SCHOOL);
    int64_t before = files();
    post(START, sent_with(new_file(), "same", path_of("%lld", (long long)school_person("strange", STRANGE))));
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil WHERE org_id = 1 AND person_id = %lld", (long long)school_person("strange", STRANGE)), 0);
    (void)before;
}
END_TEST

START_TEST(the_same_form_posted_twice_makes_one_file)
{
    sign_in("secretary", SCHOOL);
    int64_t before = files();
    const struct sent *fields = sent_with(new_file(), "form_key", "00000000-0000-4000-8000-000000000001");
    struct answer first = post(START, fields), second = post(START, fields);
    ck_assert_status(first, 303);
    ck_assert_str_eq(first.location, second.location);
    ck_assert_int_eq(files(), before + 1);
}
END_TEST

START_TEST(in_a_college_the_date_of_entry_is_needed_and_the_iin_is_not)
{
    sign_in("secretary", COLLEGE);
    const struct sent *fields = sent_with(sent_with(new_file(), "grade", "1"), "iin", "");
    struct answer answer = post("/2/2026/start/register-pupil", fields);
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, "entered_on"), "Fill in “Date of entry”");
    ck_assert_str_eq(error_at(answer, "iin"), "");
    ck_assert_status(post("/2/2026/start/register-pupil", sent_with(fields, "entered_on", "01.09.2026")), 303);
    ck_assert_str_eq(text_of("SELECT entered_on FROM pupil WHERE org_id = 2 ORDER BY id DESC LIMIT 1"), "2026-09-01");
}
END_TEST

/* ---- an employee ---- */

START_TEST(an_employee_gets_a_file_a_login_and_the_ticked_roles)
{
    sign_in("head", SCHOOL);
    struct answer answer = post("/1/2026/start/register-employee",
                                SENT({"action", "submit"}, {"surname", "Омарова"}, {"given", "Ботагөз"}, {"position", "Хатшы"}, {"hired_on", "01.10.2026"},
                                     {"roles", "secretary"}, {"roles", "teacher"}, {"may_lead_class", "1"}));
    ck_assert_status(answer, 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', e.position, e.hired_on, e.may_lead_class, (SELECT GROUP_CONCAT(role ORDER BY role) FROM role_grant g"
                             " WHERE g.person_id = e.person_id AND g.org_id = 1), a.password IS NULL)"
                             " FROM employee e JOIN account a ON a.person_id = e.person_id WHERE e.surname = 'Омарова'"),
                     "Хатшы|2026-10-01|1|secretary,teacher|1");
    ck_assert_has(get("%s", process_of(answer)).body, "Activation slip");
}
END_TEST

START_TEST(roles_that_follow_from_other_data_or_reach_farther_cannot_be_ticked)
{
    static const char *const roles[] = {"administrator", "region", "pupil", "class-teacher"};
    sign_in("head", SCHOOL);
    const char *before = rows_stored();
    struct answer answer = post("/1/2026/start/register-employee",
                                SENT({"action", "submit"}, {"surname", "Омарова"}, {"given", "Ботагөз"}, {"position", "Хатшы"}, {"hired_on", "01.10.2026"},
                                     {"roles", roles[_i]}));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(who_may_not_give_roles_gives_none_with_a_new_file)
{
    sign_in("personnel", SCHOOL);
    struct answer answer = post("/1/2026/start/register-employee",
                                SENT({"action", "submit"}, {"surname", "Омарова"}, {"given", "Ботагөз"}, {"position", "Хатшы"}, {"hired_on", "01.10.2026"},
                                     {"roles", "head"}));
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM role_grant WHERE role = 'head' AND org_id = 1"), 1);
    (void)answer;
}
END_TEST

Suite *process_register_suite(void)
{
    Suite *suite = suite_create("registration");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, a_pupil_gets_a_file_a_person_and_a_login_and_stands_without_a_class);
    tcase_add_test(tcase, from_a_class_page_the_class_is_taken_along_to_the_enrolment);
    tcase_add_loop_test(tcase, a_wrong_value_is_told_at_its_field_kept_and_nothing_is_stored, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, a_wrong_control_digit_is_refused_and_another_birth_date_is_only_a_warning);
    tcase_add_test(tcase, without_an_iin_a_reason_is_needed_but_not_from_a_non_resident);
    tcase_add_test(tcase, who_has_the_same_iin_is_shown_and_has_no_second_file);
    tcase_add_test(tcase, who_has_the_same_name_and_birth_date_may_be_another);
    tcase_add_test(tcase, a_person_of_another_organisation_is_not_named_but_stays_one_person);
    tcase_add_test(tcase, a_person_that_was_not_offered_cannot_be_taken_over);
    tcase_add_test(tcase, the_same_form_posted_twice_makes_one_file);
    tcase_add_test(tcase, in_a_college_the_date_of_entry_is_needed_and_the_iin_is_not);
    tcase_add_test(tcase, an_employee_gets_a_file_a_login_and_the_ticked_roles);
    tcase_add_loop_test(tcase, roles_that_follow_from_other_data_or_reach_farther_cannot_be_ticked, 0, 4);
    tcase_add_test(tcase, who_may_not_give_roles_gives_none_with_a_new_file);
    suite_add_tcase(suite, tcase);
    return suite;
}
