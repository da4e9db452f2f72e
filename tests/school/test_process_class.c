/* test_process_class.c: a class (CON-06) or group (CON-07) is registered and edited; who may lead it (CON-08, CON-09). */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define START "/1/2026/start/register-class"

static const struct sent *new_class(void)
{
    static struct sent fields[12];
    size_t i = 0;
    fields[i++] = (struct sent){"action", "submit", NULL, 0};
    fields[i++] = (struct sent){"grade", "8", NULL, 0};
    fields[i++] = (struct sent){"name_ru", "Б", NULL, 0};
    fields[i++] = (struct sent){"name_kk", "Ә", NULL, 0};
    fields[i++] = (struct sent){"name_en", "B", NULL, 0};
    fields[i++] = (struct sent){"class_teacher", path_of("%lld", (long long)school_person("teacher", SCHOOL)), NULL, 0};
    fields[i++] = (struct sent){"capacity", "28", NULL, 0};
    fields[i++] = (struct sent){"room", "212", NULL, 0};
    fields[i] = (struct sent){0};
    return fields;
}

START_TEST(a_class_is_made_with_three_names_and_its_teacher)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post(START, new_class());
    ck_assert_status(answer, 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', year, grade, name_ru, name_kk, name_en, capacity, room) FROM class WHERE org_id = 1 AND grade = 8"),
                     "2026|8|Б|Ә|B|28|212");
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', h.person_id, h.duty, h.valid_from) FROM class_head h JOIN class c ON c.id = h.class_id WHERE c.grade = 8"),
                     path_of("%lld|class-teacher|2026-10-05", (long long)school_person("teacher", SCHOOL)));
    ck_assert_has(get("%s", process_of(answer)).body, "Open the class");
    speak("kk");
    ck_assert_has(get("/1/2026/classes/%s", text_of("SELECT id FROM class WHERE grade = 8")).body, "8-Ә");
}
END_TEST

START_TEST(the_new_class_teacher_has_the_role_at_once)
{
    sign_in("teacher", SCHOOL);
    ck_assert_status(get("/1/2026/contingent"), 403);
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, new_class()), 303);
    sign_in("teacher", SCHOOL);
    ck_assert_status(get("/1/2026/contingent"), 200);
}
END_TEST

static const struct {
    const char *language, *words;
} leads_already[] = {
    {"ru", "У учителя классное руководство уже имеется"}, /* CON-08 */
    {"kk", "Оқытушыда сынып жетекшілігі жүктеулі"},
};

START_TEST(who_leads_a_class_already_stands_unselectable_and_is_refused)
{
    const char *leader = path_of("%lld", (long long)school_person("class-teacher", SCHOOL));
    sign_in("secretary", SCHOOL);
    speak(leads_already[_i].language);
    ck_assert_has(get(START).body, path_of("<option value=\"%s\" disabled>", leader));
    const char *before = rows_stored();
    struct answer answer = post(START, sent_with(new_class(), "class_teacher", leader));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, "class_teacher"), leads_already[_i].words);
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

static const struct {
    const char *field, *value, *words;
} wrong[] = {
    {"grade", "", "Choose “Parallel”"},
    {"name_ru", "", "Fill in “Russian”"},
    {"name_kk", "", "Fill in “Kazakh”"},
    {"name_en", "", "Fill in “English”"},
    {"name_ru", "Б!", "“Russian”: no characters other than letters, digits and a hyphen"},
    {"name_ru", "Б В", "“Russian”: no characters other than letters, digits and a hyphen"},
    {"name_kk", "<i>", "“Kazakh”: no characters other than letters, digits and a hyphen"},
    {"name_en", "ABCDEFGHIJK", "“English” is too long: 11 letters, at most 10"},
    {"class_teacher", "", "Choose “Class teacher”"},
    {"class_teacher", "5", "The teacher has no permission to lead a class"},
    {"class_teacher", "19", "“Class teacher”: choose from the list"},
    {"capacity", "61", "“Places”: the number is too big"},
    {"capacity", "-1", "“Places”: a whole number in digits"},
    {"capacity", "99999999999999999999", "“Places”: the number is too big"},
    {"language", "xx", "“Language of instruction”: choose from the list"},
};

START_TEST(a_wrong_value_is_told_at_its_field_and_nothing_is_stored)
{
    sign_in("secretary", SCHOOL);
    const char *before = rows_stored();
    struct answer answer = post(START, sent_with(new_class(), wrong[_i].field, wrong[_i].value));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, wrong[_i].field), wrong[_i].words);
    ck_assert_has(answer.body, "value=\"212\"");
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(spaces_at_the_ends_are_taken_away_silently)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, sent_with(new_class(), "name_ru", " Б\xE2\x80\x8B ")), 303);
    ck_assert_str_eq(text_of("SELECT name_ru FROM class WHERE grade = 8"), "Б");
}
END_TEST

START_TEST(two_classes_of_a_year_have_different_names)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post(START, sent_with(sent_with(new_class(), "grade", "10"), "name_ru", "А"));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, "name_ru"), "A class with this name is already there this year");
}
END_TEST

START_TEST(a_group_has_the_places_that_its_type_asks_for)
{
    sign_in("secretary", COLLEGE);
    const struct sent *group = SENT({"action", "submit"}, {"grade", "1"}, {"name_ru", "ЭГС-26"}, {"name_kk", "ЭГС-26"}, {"name_en", "EGS-26"},
                                    {"group_type", "budget"}, {"budget_places", "25"}, {"places", "7"});
    ck_assert_status(post("/2/2026/start/register-group", group), 303);
    ck_assert_int_eq(count_of("SELECT places FROM class WHERE org_id = 2 AND name_ru = 'ЭГС-26'"), 25);
    struct answer answer = post("/2/2026/start/register-group", sent_with(sent_with(group, "budget_places", NULL), "name_ru", "ЭГС-27"));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, "budget_places"), "Fill in “Budget places”");
    ck_assert_status(post("/2/2026/start/register-class", new_class()), 404);
    sign_in("secretary", SCHOOL);
    ck_assert_status(post("/1/2026/start/register-group", group), 404);
}
END_TEST

/* ---- the page of a class ---- */

#define EDIT "/1/2026/classes/1/general/edit"

static const struct sent same_class[] = {
    {"version", "1", NULL, 0}, {"name_ru", "А", NULL, 0},        {"name_kk", "А", NULL, 0},
    {"name_en", "A", NULL, 0}, {"class_teacher", "11", NULL, 0}, {"room", "305", NULL, 0}, {0},
};

START_TEST(an_edited_class_keeps_its_history)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(EDIT, same_class), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', f.field, f.value_before, f.value_after) FROM audit a JOIN audit_field f ON f.audit_id = a.id"
                             " WHERE a.subject_kind = 'class' AND a.subject_id = 1"),
                     "room||305");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class_head WHERE class_id = 1"), 1);
    ck_assert_has(get("/1/2026/classes/1/history").body, "305");
}
END_TEST

START_TEST(another_class_teacher_ends_the_one_before)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(EDIT, sent_with(same_class, "class_teacher", "10")), 303);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', person_id, valid_from, valid_to) ORDER BY id) FROM class_head WHERE class_id = 1"),
                     "11 2026-09-01 2026-10-04,10 2026-10-05");
}
END_TEST

START_TEST(who_leads_another_class_cannot_be_put_in_by_editing_either)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post("/1/2026/classes/2/general/edit",
                                SENT({"version", "1"}, {"name_ru", "Б"}, {"name_kk", "Б"}, {"name_en", "B"}, {"class_teacher", "11"}));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, "class_teacher"), "The teacher already leads a class");
}
END_TEST

Suite *process_class_suite(void)
{
    Suite *suite = suite_create("classes");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, a_class_is_made_with_three_names_and_its_teacher);
    tcase_add_test(tcase, the_new_class_teacher_has_the_role_at_once);
    tcase_add_loop_test(tcase, who_leads_a_class_already_stands_unselectable_and_is_refused, 0, 2);
    tcase_add_loop_test(tcase, a_wrong_value_is_told_at_its_field_and_nothing_is_stored, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, spaces_at_the_ends_are_taken_away_silently);
    tcase_add_test(tcase, two_classes_of_a_year_have_different_names);
    tcase_add_test(tcase, a_group_has_the_places_that_its_type_asks_for);
    tcase_add_test(tcase, an_edited_class_keeps_its_history);
    tcase_add_test(tcase, another_class_teacher_ends_the_one_before);
    tcase_add_test(tcase, who_leads_another_class_cannot_be_put_in_by_editing_either);
    suite_add_tcase(suite, tcase);
    return suite;
}
