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

START_TEST(who_leads_a_class_already_is_told_of_and_not_refused)
{
    const char *leader = path_of("%lld", (long long)school_person("class-teacher", SCHOOL));
    const struct sent *fields = sent_with(new_class(), "class_teacher", leader);
    sign_in("secretary", SCHOOL);
    speak(leads_already[_i].language);
    ck_assert_has(get(START).body, path_of("<option value=\"%s\">Служащая class-teacher · ", leader));
    const char *before = rows_stored();
    struct answer answer = post(START, fields);
    ck_assert_status(answer, 200);
    ck_assert_has(answer.body, leads_already[_i].words);
    ck_assert_str_eq(rows_stored(), before);
    ck_assert_status(post_again(START, fields), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class_head WHERE person_id = %s AND valid_to IS NULL", leader), 2);
}
END_TEST

/* CON-09: the picker has those whose files permit it, and nobody else. */
START_TEST(only_those_whose_files_permit_it_can_be_chosen)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = get(START);
    ck_assert_has(answer.body, path_of("<option value=\"%lld\">Служащая teacher</option>", (long long)school_person("teacher", SCHOOL)));
    ck_assert_has(answer.body, "Служащая class-teacher · leads 10-A");
    ck_assert_has_not(answer.body, "Служащая deputy");
    run_sql("UPDATE employee SET may_lead_class = 0 WHERE person_id = %lld", (long long)school_person("class-teacher", SCHOOL));
    ck_assert_has_not(get(START).body, "Служащая class-teacher");
    ck_assert_has(get("/1/2026/classes/1/general/edit").body, "Служащая class-teacher"); /* leads this very one */
    ck_assert_has_not(get("/1/2026/classes/2/general/edit").body, "Служащая class-teacher");
}
END_TEST

START_TEST(a_new_class_has_the_places_of_the_organisation)
{
    sign_in("head", SCHOOL);
    ck_assert_status(post("/1/2026/settings", SENT({"class_places", "25"}, {"version", "0"}, {"action", "submit"})), 303);
    sign_in("secretary", SCHOOL);
    ck_assert_has(get(START).body, "value=\"25\"");
    ck_assert_status(post(START, sent_with(new_class(), "capacity", "25")), 303);
    ck_assert_has(get("/1/2026/contingent").body, "8-B · 0 / 25");
    ck_assert_has(get("/1/2026/contingent?format=csv").body, "Free places");
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
    {"class_teacher", "5", "“Class teacher”: choose from the list"},
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

START_TEST(who_leads_another_class_is_told_of_when_put_in_by_editing_too)
{
    const struct sent *fields = SENT({"version", "1"}, {"name_ru", "Б"}, {"name_kk", "Б"}, {"name_en", "B"}, {"class_teacher", "11"}, {"leads_from", "01.10.2026"});
    sign_in("secretary", SCHOOL);
    struct answer answer = post("/1/2026/classes/2/general/edit", fields);
    ck_assert_status(answer, 200);
    ck_assert_has(answer.body, "The teacher already leads a class");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class_head WHERE class_id = 2"), 0);
    ck_assert_status(post_again("/1/2026/classes/2/general/edit", fields), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS(' ', person_id, valid_from) FROM class_head WHERE class_id = 2"), "11 2026-10-01");
    ck_assert_has(get("/1/2026/classes/2/history").body, "Служащая class-teacher");
}
END_TEST

/* From which day another one leads the class; what stands there before is not changed. */
static const struct {
    const char *from, *field, *words, *rows;
} changes[] = {
    {"", NULL, NULL, "11 2026-09-01 2026-10-04,10 2026-10-05"},
    {"21.09.2026", NULL, NULL, "11 2026-09-01 2026-09-20,10 2026-09-21"},
    {"01.12.2026", NULL, NULL, "11 2026-09-01 2026-11-30,10 2026-12-01"},
    {"31.08.2026", "leads_from", "Who leads the class now does so since 01.09.2026: choose that day or a later one", "11 2026-09-01"},
    {"01.09.2027", "leads_from", "The school year of this class ends on 31.08.2027: choose an earlier day", "11 2026-09-01"},
    {"31.02.2026", "leads_from", "there is no such date", "11 2026-09-01"},
};

START_TEST(another_class_teacher_leads_from_a_day_on)
{
    sign_in("secretary", SCHOOL);
    const struct sent *fields = sent_with(sent_with(same_class, "class_teacher", "10"), "leads_from", changes[_i].from);
    struct answer answer = post(EDIT, fields);
    ck_assert_status(answer, changes[_i].words == NULL ? 303 : 422);
    if (changes[_i].words != NULL)
        ck_assert_has(error_at(answer, changes[_i].field), changes[_i].words);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', person_id, valid_from, valid_to) ORDER BY id) FROM class_head WHERE class_id = 1"),
                     changes[_i].rows);
}
END_TEST

START_TEST(who_led_the_class_stands_on_its_page)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(EDIT, sent_with(sent_with(same_class, "class_teacher", "10"), "leads_from", "21.09.2026")), 303);
    struct answer answer = get("/1/2026/classes/1/general");
    ck_assert_has(answer.body, "Служащая class-teacher");
    ck_assert_has(answer.body, "20.09.2026");
    ck_assert_has(answer.body, "21.09.2026");
    ck_assert_has(get("/1/2026/classes/1/general?format=csv").body, "20.09.2026");
    ck_assert_has_not(answer.body, "Leads the class from");
}
END_TEST

START_TEST(who_led_a_class_of_a_year_that_is_over_stays)
{
    run_sql("UPDATE class SET year = 2025 WHERE id = 1");
    run_sql("INSERT INTO school_year (org_id, year, starts_on, ends_on) VALUES (1, 2025, '2025-09-01', '2026-05-25')");
    run_sql("UPDATE class_head SET valid_to = '2026-08-31', valid_from = '2025-09-01' WHERE class_id = 1");
    sign_in("secretary", SCHOOL);
    ck_assert_has(get("/1/2025/classes/1/general").body, "Служащая class-teacher");
    struct answer answer = post("/1/2025/classes/1/general/edit", sent_with(same_class, "class_teacher", "10"));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, "class_teacher"), "The school year of this class is over: who led it stays as it is");
    ck_assert_status(post("/1/2025/classes/1/general/edit", same_class), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class_head WHERE class_id = 1"), 1);
}
END_TEST

/* CON-10…CON-19, word for word. */
static const struct {
    const char *language, *words[20];
} labels[] = {
    {"ru", {"Общие сведения", "Сведения об образовательном процессе", "Список учащихся", "Операции", "Редактировать", "Расформировать класс", "Год поступления",
            "Профиль образования", "Признак класса", "Количество обучающихся, в том числе", "1 - Мальчиков/юношей, 0 - Девочек/девушек",
            "ФИО классного руководителя", "Кабинет", "В классе имеются ученики, обучающиеся на дому", "С нарушением развития", NULL}},
    {"kk", {"Жалпы мәліметтер", "Білім беру үдерісі туралы мәліметтер", "Оқушылар тізімі", "Операциялар", "Редакциялау", "Сыныпты тарату", NULL}},
};

START_TEST(the_page_of_a_class_says_what_the_book_says)
{
    sign_in("secretary", SCHOOL);
    speak(labels[_i].language);
    const char *page = page_words(get("/1/2026/classes/1/general").body);
    for (const char *const *words = labels[_i].words; *words != NULL; words++)
        ck_assert_has(page, *words);
    ck_assert_has(get(EDIT).body, strcmp(labels[_i].language, "ru") == 0 ? "value=\"submit\">Сохранить</button></li>" : "value=\"submit\">Сақтау</button></li>");
    page = page_words(get(START).body);
    for (const char *const *words = (const char *const[]){"Русский", "Қазақша", "English", NULL}; *words != NULL; words++)
        ck_assert_has(page, *words);
}
END_TEST

/* CON-18, CON-19: what the files say, beside the marks of the class. */
START_TEST(home_schooled_pupils_and_special_needs_are_counted)
{
    sign_in("secretary", SCHOOL);
    ck_assert_has_not(get("/1/2026/classes/1").body, "class=\"chip\">At home");
    run_sql("UPDATE pupil SET study_form = 'home' WHERE id = 1");
    run_sql("INSERT INTO pupil_health (org_id, pupil_id, examined_on, special_need) VALUES (1, 1, '2026-09-10', 'speech'), (1, 1, '2026-09-20', 'speech')");
    const char *page = page_words(get("/1/2026/classes/1/general").body);
    ck_assert_has(page, "Taught at home, by their files");
    ck_assert_has(page, "<dd>1</dd>");
    ck_assert_has(page, "With special educational needs, by their files");
    ck_assert_has(get("/1/2026/classes/1").body, "At home");
    ck_assert_has(get("/1/2026/classes/1?study_form=home").body, "Сейітов");
    ck_assert_has_not(get("/1/2026/classes/1?study_form=full-time").body, "Сейітов");
    sign_in("personnel", SCHOOL);
    ck_assert_has_not(get("/1/2026/classes/1/general").body, "With special educational needs");
}
END_TEST

Suite *process_class_suite(void)
{
    Suite *suite = suite_create("classes");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, a_class_is_made_with_three_names_and_its_teacher);
    tcase_add_test(tcase, the_new_class_teacher_has_the_role_at_once);
    tcase_add_loop_test(tcase, who_leads_a_class_already_is_told_of_and_not_refused, 0, 2);
    tcase_add_test(tcase, only_those_whose_files_permit_it_can_be_chosen);
    tcase_add_test(tcase, a_new_class_has_the_places_of_the_organisation);
    tcase_add_loop_test(tcase, another_class_teacher_leads_from_a_day_on, 0, (int)(sizeof changes / sizeof *changes));
    tcase_add_test(tcase, who_led_the_class_stands_on_its_page);
    tcase_add_test(tcase, who_led_a_class_of_a_year_that_is_over_stays);
    tcase_add_loop_test(tcase, the_page_of_a_class_says_what_the_book_says, 0, 2);
    tcase_add_test(tcase, home_schooled_pupils_and_special_needs_are_counted);
    tcase_add_loop_test(tcase, a_wrong_value_is_told_at_its_field_and_nothing_is_stored, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, spaces_at_the_ends_are_taken_away_silently);
    tcase_add_test(tcase, two_classes_of_a_year_have_different_names);
    tcase_add_test(tcase, a_group_has_the_places_that_its_type_asks_for);
    tcase_add_test(tcase, an_edited_class_keeps_its_history);
    tcase_add_test(tcase, another_class_teacher_ends_the_one_before);
    tcase_add_test(tcase, who_leads_another_class_is_told_of_when_put_in_by_editing_too);
    suite_add_tcase(suite, tcase);
    return suite;
}
