/* test_meals.c: free meals: an application is registered, printed, decided on and ended early (CON-41); who may have them on a date
 * (CON-42); who sees that. */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define START "/1/2026/start/register-meal"

static const struct sent *an_application(void)
{
    static const struct sent fields[] = {
        {.name = "action", .value = "submit"}, {.name = "class", .value = "1"}, {.name = "pupil", .value = "1"}, {.name = "submitted_on", .value = "02.10.2026"},
        {.name = "applicant", .value = "Сейітова Гүлнар"}, {.name = "ground", .value = "low-income"}, {.name = "ground_document", .value = "справка № 7"},
        {.name = "valid_from", .value = "05.10.2026"}, {.name = "valid_to", .value = "25.05.2027"}, {0},
    };
    return fields;
}

static const char *last_meal(void)
{
    return path_of("/1/2026/meals/%s", text_of("SELECT MAX(id) FROM meal"));
}

static const char *version_of_last(void)
{
    return text_of("SELECT version FROM meal ORDER BY id DESC LIMIT 1");
}

static struct answer decide(const char *state, const char *remark)
{
    return post(path_of("%s/decision", last_meal()), SENT({"version", version_of_last()}, {"state", state}, {"remark", remark}, {"decided_on", "05.10.2026"},
                                                          {"valid_from", "05.10.2026"}, {"valid_to", "25.05.2027"}));
}

static void grant(void)
{
    sign_in("head", SCHOOL);
    ck_assert_status(decide("granted", ""), 303);
    sign_in("secretary", SCHOOL);
}

START_TEST(an_application_is_registered_printed_and_granted)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = get(START "?pupil=1");
    ck_assert_has(answer.body, "value=\"1\" selected>Сейітов Айдар Маратұлы</option>");
    ck_assert_has(answer.body, "value=\"Служащая parent\"");
    ck_assert_has(answer.body, "value=\"25.05.2027\"");
    answer = post(START, sent_with(an_application(), "file_id", clean_scan(SCHOOL)));
    ck_assert_status(answer, 303);
    ck_assert_has(get("%s", process_of(answer)).body, path_of("%s/print", last_meal()));
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', year, number, submitted_on, ground, valid_from, valid_to, state, file_id <> '') FROM meal"),
                     "2026|1|2026-10-02|low-income|2026-10-05|2027-05-25|submitted|1");
    answer = post(path_of("%s/print", last_meal()), SENT({"document_language", "ru"}, {"document_format", "html"}));
    ck_assert_has(answer.body, "Заявление на бесплатное питание");
    ck_assert_has(answer.body, "Прошу включить моего ребёнка Сейітов Айдар Маратұлы, дата рождения 27.05.2010, класс 10-А,");
    ck_assert_has(answer.body, "Сейітова Гүлнар");
    ck_assert_has(answer.body, "справка № 7");
    ck_assert_status(post(path_of("%s/print", last_meal()), SENT({"document_language", "kk"}, {"document_format", "pdf"})), 200);
    ck_assert_has_not(get("/1/2026/meal-permits").body, "Сейітов");
    ck_assert_status(get("%s/decision", last_meal()), 403);
    sign_in("head", SCHOOL);
    ck_assert_has(get("/1/2026/tasks").body, "Application for free meals: Сейітов Айдар Маратұлы");
    grant();
    ck_assert_has(get("/1/2026/meal-permits").body, "Сейітов Айдар Маратұлы");
    ck_assert_has(get("%s", last_meal()).body, "Granted");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_kind = 'meal'"), 2);
    answer = post(path_of("%s/edit", last_meal()), sent_with(an_application(), "version", version_of_last()));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "This application has been decided already");
}
END_TEST

START_TEST(a_refused_one_says_why_and_stays)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, an_application()), 303);
    sign_in("head", SCHOOL);
    ck_assert_has(error_at(decide("refused", ""), "remark"), "Fill in");
    ck_assert_status(decide("refused", "доход выше"), 303);
    ck_assert_status(decide("granted", ""), 422);
    ck_assert_has_not(get("/1/2026/meal-permits").body, "Сейітов");
    ck_assert_has(get("/1/2026/meals?state=refused").body, "доход выше");
    ck_assert_has_not(get("/1/2026/meals?state=granted").body, "доход выше");
    ck_assert_status(post(START, an_application()), 303); /* the term is free again */
    ck_assert_int_eq(count_of("SELECT MAX(number) FROM meal"), 2);
}
END_TEST

/* The list asks a date: today, unless another is written. */
static const struct {
    const char *on;
    bool has;
} dates[] = {
    {"", true}, {"?on=05.10.2026", true}, {"?on=4.10.2026", false}, {"?on=2027-05-25", true}, {"?on=26.05.2027", false}, {"?on=nonsense", true},
};

START_TEST(the_list_has_those_of_its_date)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, an_application()), 303);
    grant();
    const char *page = get("/1/2026/meal-permits%s", dates[_i].on).body;
    ck_assert_int_eq(strstr(page, "Сейітов Айдар") != NULL, dates[_i].has);
    ck_assert_ptr_nonnull(strstr(page, "name=\"on\" value=\"")); /* and says it */
}
END_TEST

START_TEST(the_list_in_every_format_says_its_date_and_class)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, an_application()), 303);
    grant();
    struct answer answer = get("/1/2026/meal-permits?on=06.10.2026&class=1&format=html&in=ru");
    ck_assert_has(answer.body, "Список имеющих разрешение на бесплатное питание");
    ck_assert_has(answer.body, "На дату: 06.10.2026");
    ck_assert_has(answer.body, "10-А");
    for (const char *const *format = (const char *const[]){"csv", "xlsx", "pdf", "png", "docx", NULL}; *format != NULL; format++)
        ck_assert_status(get("/1/2026/meal-permits?format=%s", *format), 200);
    ck_assert_has_not(get("/1/2026/meal-permits?class=2").body, "Сейітов");
    run_sql("UPDATE membership SET to_on = '2026-10-20' WHERE pupil_id = 1"); /* who has left eats here no more */
    ck_assert_has_not(get("/1/2026/meal-permits?on=20.10.2026").body, "Сейітов");
    ck_assert_has(get("/1/2026/meal-permits?on=19.10.2026").body, "Сейітов");
}
END_TEST

START_TEST(meals_end_early_with_a_reason)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, an_application()), 303);
    grant();
    const char *end = path_of("%s/end", last_meal());
    ck_assert_status(get("%s", end), 403);
    sign_in("deputy", SCHOOL);
    struct answer answer = post(end, SENT({"version", version_of_last()}, {"ended_on", "26.05.2027"}, {"remark", "доход вырос"}));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "ended_on"), "The permission is for 05.10.2026–25.05.2027");
    ck_assert_has(error_at(post(end, SENT({"version", version_of_last()}, {"ended_on", "01.12.2026"}, {"remark", ""})), "remark"), "Fill in");
    ck_assert_status(post(end, SENT({"version", version_of_last()}, {"ended_on", "01.12.2026"}, {"remark", "доход вырос"})), 303);
    ck_assert_has(get("/1/2026/meal-permits?on=30.11.2026").body, "Сейітов");
    ck_assert_has_not(get("/1/2026/meal-permits?on=01.12.2026").body, "Сейітов");
    ck_assert_has(get("/1/2026/meals?state=ended").body, "доход вырос");
    ck_assert_status(post(end, SENT({"version", version_of_last()}, {"ended_on", "01.11.2026"}, {"remark", "ещё раз"})), 422);
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, sent_with(an_application(), "valid_from", "01.12.2026")), 303); /* the rest of the term is free */
}
END_TEST

static const struct {
    const char *field, *value, *at, *words;
} wrong[] = {
    {"valid_to", "04.10.2026", "valid_to", "The term ends before it begins"},
    {"valid_from", "25.05.2027", "valid_from", "These days overlap with the application № 1, 05.10.2026–25.05.2027"},
    {"valid_from", "01.09.2026", "valid_from", "These days overlap with the application № 1"},
    {"pupil", "2", "pupil", "choose from the list"},
    {"class", "5", "class", "choose from the list"},
    {"ground", "hunger", "ground", "choose from the list"},
    {"submitted_on", "06.10.2026", "submitted_on", "cannot be later than today"},
};

START_TEST(a_wrong_application_is_told_at_its_field_and_not_stored)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, an_application()), 303);
    const struct sent *fields = sent_with(an_application(), wrong[_i].field, wrong[_i].value);
    const char *before = rows_stored();
    struct answer answer = post(START, fields);
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, wrong[_i].at), wrong[_i].words);
    ck_assert_has(answer.body, "value=\"справка № 7\"");
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(parents_and_class_heads_see_their_own)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START, an_application()), 303);
    grant();
    const char *own = last_meal();
    run_sql("INSERT INTO movement (org_id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id) VALUES (1, 'mx', 4, 'enrol', 3, '2026-09-01', '2026-08-25', 1)");
    run_sql("INSERT INTO membership (org_id, pupil_id, from_on, class_id, movement_id) SELECT 1, 4, '2026-09-01', 3, MAX(id) FROM movement");
    run_sql("UPDATE pupil SET class_id = 3, standing = 'enrolled' WHERE id = 4");
    run_sql("INSERT INTO meal (org_id, id, pupil_id, year, number, submitted_on, applicant, ground, valid_from, valid_to, state)"
            " VALUES (1, 90, 4, 2026, 9, '2026-10-01', 'x', 'orphan', '2026-10-01', '2027-05-25', 'granted')");
    ck_assert_has(get("/1/2026/meal-permits").body, "Әбенова");
    for (const char *const *role = (const char *const[]){"parent", "class-teacher", "pupil", NULL}; *role != NULL; role++) {
        sign_in(*role, SCHOOL);
        struct answer answer = get("/1/2026/meal-permits");
        ck_assert_has(answer.body, "Сейітов");
        ck_assert_has_not(answer.body, "Әбенова");
        ck_assert_status(get("%s", own), 200);
        ck_assert_status(get("/1/2026/meals/90"), 403);
        ck_assert_status(get("/1/2026/meals/90/print"), 403);
        ck_assert_has(get("/1/2026/pupils/1/meals").body, "Granted");
        ck_assert_status(get("%s/decision", own), 403);
    }
    ck_assert_status(get(START), 403);
    sign_in("class-teacher", SCHOOL);
    ck_assert_has_not(get(START "?pupil=1").body, "9-A");
    ck_assert_status(get(START "?pupil=4"), 403);
    ck_assert_has(error_at(post(START, sent_with(sent_with(an_application(), "class", "3"), "pupil", "4")), "class"), "choose from the list");
    ck_assert_status(get("/1/2026/meals/90/edit"), 403);
    ck_assert_has_not(get("/1/2026/meals").body, "Әбенова");
    sign_in("teacher", SCHOOL);
    ck_assert_status(get("/1/2026/meal-permits"), 403);
}
END_TEST

Suite *meals_suite(void)
{
    Suite *suite = suite_create("meals");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, an_application_is_registered_printed_and_granted);
    tcase_add_test(tcase, a_refused_one_says_why_and_stays);
    tcase_add_loop_test(tcase, the_list_has_those_of_its_date, 0, (int)(sizeof dates / sizeof *dates));
    tcase_add_test(tcase, the_list_in_every_format_says_its_date_and_class);
    tcase_add_test(tcase, meals_end_early_with_a_reason);
    tcase_add_loop_test(tcase, a_wrong_application_is_told_at_its_field_and_not_stored, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, parents_and_class_heads_see_their_own);
    suite_add_tcase(suite, tcase);
    return suite;
}
