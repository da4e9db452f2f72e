/* test_college.c: what colleges do beyond schools: academic leave, repeating, change of speciality, form and basis of study, budget places
 * and claims to them (CON-44, CON-45), scholarships (CON-46), specialities and types of groups (CON-07). */
#include "school.h"
#include "school_suites.h"

#include "school/college/college.h"
#include "school/pupils/movement.h"

#include <string.h>

#define START(process) "/2/2026/start/" process

static void begin(void)
{
    add_students();
    sign_in("secretary", COLLEGE);
}

/* An order of the college, each with a number of its own, for a student. */
static const struct sent *order(int64_t student, const char *dated)
{
    static int number = 100;
    const struct sent *fields = SENT({"action", "submit"}, {"order_summary", "Образец"});
    fields = sent_with(sent_with(fields, "order_scan", clean_scan(COLLEGE)), "order_number", path_of("%d-у", ++number));
    return sent_with(sent_with(fields, "order_date", dated), "subject", path_of("%lld", (long long)student));
}

static const struct sent *into(const struct sent *fields, int64_t group, const char *course)
{
    return sent_with(sent_with(fields, "class", path_of("%lld", (long long)group)), "grade", course);
}

static const struct sent *leave(const char *from, const char *until)
{
    return sent_with(sent_with(sent_with(order(STUDENT, "01.10.2026"), "reason", "medical"), "leave_on", from), "until", until);
}

static const char *stands(int64_t student)
{
    return text_of("SELECT CONCAT_WS(' ', standing, COALESCE(class_id, '-'), COALESCE(funding, '-'), COALESCE(ordered_form, '-')) FROM pupil WHERE id = %lld",
                   (long long)student);
}

static void keep_line(void *data, const char *line)
{
    const char **last = data;
    *last = pool_strdup(fixture_pool(), line);
}

static const char *told(const struct ledger *ledger)
{
    const char *line = "";
    fixture_ok(ledger->check(fixture_db(), COLLEGE, keep_line, &line));
    return line;
}

static struct answer cancel_last(void)
{
    const struct sent *fields = order(0, "05.10.2026");
    return post(START("cancel-order"), sent_with(fields, "subject", text_of("SELECT MAX(id) FROM school_order WHERE org_id = 2 AND kind <> 'cancel'")));
}

/* Several by one order: the rows of a list, then the check of the answers. */
static struct answer by_one_order(const char *process, const char *list, const char *ids, const struct sent *fields)
{
    const char *start = path_of("/2/2026/start/%s", process), *version = "SELECT version FROM process ORDER BY id DESC LIMIT 1";
    const char *address = process_of(post(start, SENT({"ids", ids}, {"list", list})));
    struct answer answer = post(address, sent_with(sent_with(fields, "subject", NULL), "version", text_of("%s", version)));
    if (answer.status != 303)
        return answer;
    return post(address, SENT({"action", "submit"}, {"checked", "1"}, {"version", text_of("%s", version)}));
}

/* ---- academic leave ---- */

START_TEST(who_is_on_leave_is_in_no_group_and_stays_a_student)
{
    begin();
    ck_assert_has(get("/2/2026/classes/%d", GROUP).body, "start/academic-leave");
    ck_assert_status(post(START("academic-leave"), leave("02.10.2026", "01.09.2027")), 303);
    ck_assert_str_eq(stands(STUDENT), "on-leave - budget -");
    ck_assert_has_not(get("/2/2026/classes/%d", GROUP).body, "Жаңабаев");
    ck_assert_has_not(get("/2/2026/pupils").body, "Жаңабаев");
    ck_assert_has(get("/2/2026/pupils?standing=on-leave").body, "Жаңабаев");
    ck_assert_has(get("/2/2026/pupils?standing=present").body, "Жаңабаев");
    const char *list = get("/2/2026/on-leave").body;
    ck_assert_has(list, "By medical conclusion");
    ck_assert_has(list, "start/return-from-leave?subject=5");
    const char *file = get("/2/2026/pupils/%d/movement", STUDENT).body;
    ck_assert_has(file, "On academic leave");
    ck_assert_has(file, "Went on academic leave");
    ck_assert_has(page_words(file), "until 01.09.2027");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil p WHERE p.id = %d AND p.standing NOT IN ('left', 'withdrawn')", STUDENT), 1);
    ck_assert_str_eq(told(&movement_ledger), "");
    sign_in("student", COLLEGE);
    ck_assert_status(get("/2/2026/pupils/%d", STUDENT), 200);
}
END_TEST

START_TEST(who_is_on_leave_returns_into_a_group)
{
    begin();
    ck_assert_status(post(START("academic-leave"), leave("01.10.2026", "01.09.2027")), 303);
    const struct sent *back = into(order(STUDENT, "05.10.2026"), SENIOR_GROUP, "2");
    struct answer answer = post(START("return-from-leave"), sent_with(back, "effective_on", "30.09.2026"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "effective_on"), "was not on academic leave on ");
    ck_assert_status(post(START("return-from-leave"), back), 303);
    ck_assert_str_eq(stands(STUDENT), "enrolled 60 budget -");
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', class_id, from_on, COALESCE(to_on, '-')) ORDER BY from_on) FROM membership WHERE pupil_id = 5"),
                     "4 2026-09-01 2026-10-01,60 2026-10-05 -");
    ck_assert_has_not(get("/2/2026/on-leave").body, "Жаңабаев");
}
END_TEST

START_TEST(a_leave_that_is_over_is_noted_in_the_list)
{
    begin();
    ck_assert_status(post_again(START("academic-leave"), leave("10.09.2026", "01.10.2026")), 303);
    ck_assert_has(get("/2/2026/on-leave").body, "the leave is over");
}
END_TEST

/* What does not fit where the student stands. */
static const struct {
    const char *process, *field, *words;
    const char *first; /* what happened before: a process without a class, or NULL */
} misfits[] = {
    {"return-from-leave", "", "is not on academic leave", NULL},
    {"academic-leave", "", "is on academic leave: this needs a return from it", "academic-leave"},
    {"change-form", "", "is on academic leave: this needs a return from it", "academic-leave"},
    {"transfer-pupil", "", "is on academic leave: this needs a return from it", "academic-leave"},
    {"repeat-course", "", "has left already", "exclude-pupil"},
    {"return-from-leave", "", "has left already", "exclude-pupil"},
    {"academic-leave", "", "has left already", "exclude-pupil"},
    {"change-funding", "", "has left already", "exclude-pupil"},
    {"assign-scholarship", "", "is in no group: a scholarship is for those who study", "exclude-pupil"},
};

static const struct sent *everything(const char *dated)
{
    const struct sent *fields = into(sent_with(leave("03.10.2026", "01.09.2027"), "order_date", dated), SENIOR_GROUP, "2");
    fields = sent_with(sent_with(sent_with(fields, "study_form", "evening"), "funding", "paid"), "kind", "state");
    return sent_with(sent_with(fields, "amount", "1"), "paid_from", "01.10.2026");
}

START_TEST(an_order_that_does_not_fit_where_the_student_stands_is_refused)
{
    begin();
    const struct sent *first = sent_with(sent_with(everything("01.10.2026"), "left_on", "02.10.2026"), "leave_on", "02.10.2026");
    bool leaves = misfits[_i].first != NULL && strcmp(misfits[_i].first, "exclude-pupil") == 0;
    if (misfits[_i].first != NULL)
        ck_assert_status(post(path_of(START("%s"), misfits[_i].first), sent_with(first, "reason", leaves ? "health" : "medical")), 303);
    const struct sent *fields = everything("03.10.2026");
    const char *before = rows_stored();
    struct answer answer = post(path_of(START("%s"), misfits[_i].process), fields);
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, misfits[_i].field), misfits[_i].words);
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

static const struct {
    const char *field, *value, *words;
} wrong_leaves[] = {
    {"until", "01.10.2026", "The leave ends before it begins"},
    {"until", "02.10.2026", "The leave ends before it begins"},
    {"until", "", "Fill in “Leave until”"},
    {"leave_on", "", "Fill in “Leave from”"},
    {"reason", "health", "choose from the list"},
    {"leave_on", "31.08.2026", "was in no group on "},
};

START_TEST(a_wrong_leave_is_told_at_its_field)
{
    begin();
    const struct sent *fields = sent_with(leave("02.10.2026", "01.09.2027"), wrong_leaves[_i].field, wrong_leaves[_i].value);
    const char *before = rows_stored();
    struct answer answer = post(START("academic-leave"), fields);
    ck_assert_status(answer, 422);
    ck_assert_has(page_words(error_at(answer, wrong_leaves[_i].field)), wrong_leaves[_i].words);
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(who_does_not_come_back_from_leave_is_excluded_and_the_archive_knows_the_group)
{
    begin();
    ck_assert_status(post(START("academic-leave"), leave("02.10.2026", "01.09.2027")), 303);
    const struct sent *fields = sent_with(sent_with(order(STUDENT, "04.10.2026"), "reason", "own-wish"), "left_on", "04.10.2026");
    ck_assert_status(post(START("exclude-pupil"), fields), 303);
    ck_assert_str_eq(stands(STUDENT), "left - budget -");
    ck_assert_has(get("/2/2026/archive").body, "SW-26");
    ck_assert_status(cancel_last(), 303);
    ck_assert_str_eq(stands(STUDENT), "on-leave - budget -");
    ck_assert_status(cancel_last(), 422); /* the exclusion, cancelled already */
    ck_assert_str_eq(told(&movement_ledger), "");
}
END_TEST

START_TEST(a_school_has_none_of_it)
{
    static const char *const processes[] = {"academic-leave", "return-from-leave", "repeat-course", "change-speciality", "change-form", "change-funding",
                                            "assign-scholarship", "stop-scholarship"};
    sign_in("secretary", SCHOOL);
    for (size_t i = 0; i < sizeof processes / sizeof *processes; i++)
        ck_assert_status(get("/1/2026/start/%s?subject=1", processes[i]), 404);
    ck_assert_has_not(get("/1/2026/pupils").body, "academic");
    ck_assert_has_not(get("/1/2026/pupils/%d", PUPIL).body, "cademic");
    ck_assert_has_not(get("/1/2026/contingent").body, "udget");
    ck_assert_status(get("/1/2026/classes/%d/scholarships", CLASS_10A), 404);
    ck_assert_status(get("/1/2026/pupils/%d/claims", PUPIL), 404);
}
END_TEST

/* ---- repeating, speciality, form ---- */

START_TEST(a_course_is_repeated_lower_or_in_the_next_year_and_nowhere_else)
{
    begin();
    run_sql("INSERT INTO class (org_id, id, uid, year, grade, name_kk, name_ru, name_en) VALUES (2, 62, 'c62', 2027, 1, 'ПО-27', 'ПО-27', 'SW-27'),"
            " (2, 63, 'c63', 2026, 1, 'ПО-26-2', 'ПО-26-2', 'SW-26-2')");
    struct answer answer = post(START("repeat-course"), into(order(STUDENT, "01.10.2026"), 63, "1"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "class"), "is on course 1: choose a group of a lower course, or of the same course of the next year");
    ck_assert_has(get(START("repeat-course") "?subject=%d", STUDENT).body, "SW-27 · 2027");
    ck_assert_status(post(START("repeat-course"), sent_with(into(order(STUDENT, "01.10.2026"), 62, "1"), "effective_on", "01.09.2027")), 303);
    ck_assert_str_eq(stands(STUDENT), "enrolled 62 budget -");
    ck_assert_status(post(START("repeat-course"), into(order(PAID_STUDENT, "01.10.2026"), GROUP, "1")), 303);
    ck_assert_str_eq(stands(PAID_STUDENT), "enrolled 4 paid -");
    ck_assert_str_eq(text_of("SELECT CONCAT(m.kind, ' ', o.kind) FROM movement m JOIN school_order o ON o.id = m.order_id ORDER BY m.id DESC LIMIT 1"), "stay stay");
}
END_TEST

START_TEST(a_group_of_the_same_speciality_changes_no_speciality)
{
    begin();
    run_sql("INSERT INTO class (org_id, id, uid, year, grade, name_kk, name_ru, name_en, speciality_id) VALUES (2, 62, 'c62', 2026, 1, 'Б', 'Б', 'B', 1),"
            " (2, 63, 'c63', 2026, 1, 'В', 'В', 'V', NULL)");
    struct answer answer = post(START("change-speciality"), into(order(STUDENT, "01.10.2026"), 62, "1"));
    ck_assert_has(error_at(answer, "class"), "the group is of the same speciality; this needs a transfer");
    answer = post(START("change-speciality"), into(order(STUDENT, "01.10.2026"), 63, "1"));
    ck_assert_has(error_at(answer, "class"), "the group does not say its speciality");
    ck_assert_status(post(START("change-speciality"), into(order(STUDENT, "01.10.2026"), SENIOR_GROUP, "2")), 303);
    ck_assert_str_eq(stands(STUDENT), "enrolled 60 budget -");
}
END_TEST

START_TEST(the_form_of_study_changes_by_order_in_the_same_group)
{
    begin();
    run_sql("UPDATE pupil SET study_form = 'full-time' WHERE id = %d", STUDENT);
    struct answer answer = post(START("change-form"), sent_with(order(STUDENT, "01.10.2026"), "study_form", "full-time"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "study_form"), "studies in this form already: Full-time");
    ck_assert_status(post(START("change-form"), sent_with(order(STUDENT, "01.10.2026"), "study_form", "evening")), 303);
    ck_assert_str_eq(stands(STUDENT), "enrolled 4 budget evening");
    ck_assert_has(get("/2/2026/pupils/%d", STUDENT).body, "Evening");
    answer = get(START("cancel-order") "?subject=%s", text_of("SELECT MAX(id) FROM school_order WHERE org_id = 2"));
    ck_assert_has(page_words(answer.body), "as before the order: Changed the form of study");
    ck_assert_status(cancel_last(), 303);
    ck_assert_str_eq(stands(STUDENT), "enrolled 4 budget -");
    ck_assert_str_eq(told(&movement_ledger), "");
}
END_TEST

/* A transfer dated before it finds its place: the change of form says nothing of the group. */
START_TEST(a_back_dated_transfer_is_not_undone_by_a_later_change_of_form)
{
    begin();
    run_sql("INSERT INTO class (org_id, id, uid, year, grade, name_kk, name_ru, name_en) VALUES (2, 62, 'c62', 2026, 1, 'Б', 'Б', 'B')");
    ck_assert_status(post(START("change-form"), sent_with(order(STUDENT, "01.10.2026"), "study_form", "evening")), 303);
    ck_assert_status(post_again(START("transfer-pupil"), sent_with(into(order(STUDENT, "02.10.2026"), 62, "1"), "effective_on", "15.09.2026")), 303);
    ck_assert_str_eq(stands(STUDENT), "enrolled 62 budget evening");
    struct answer answer = post(START("exclude-pupil"), sent_with(sent_with(order(STUDENT, "02.10.2026"), "reason", "health"), "left_on", "20.09.2026"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "left_on"), "an order that takes effect on ");
}
END_TEST

static const char PAST[] = "What changes on dates that have passed";

static const struct {
    const char *process, *field, *value;
} keeping[] = {
    {"change-form", "study_form", "evening"},
    {"change-funding", "funding", "paid"},
};

START_TEST(a_back_dated_order_that_leaves_the_student_in_the_group_stops_nobody_and_shows_no_change_of_lists)
{
    begin();
    const char *start = path_of(START("%s"), keeping[_i].process);
    const struct sent *late = sent_with(order(STUDENT, "01.10.2026"), "effective_on", "10.09.2026");
    ck_assert_has_not(post(start, sent_with(late, "action", "refresh")).body, PAST);
    ck_assert_status(post(start, sent_with(late, keeping[_i].field, keeping[_i].value)), 303);
}
END_TEST

START_TEST(a_back_dated_order_into_another_group_shows_once_what_it_changes)
{
    begin();
    const char *start = path_of(START("%s"), keeping[_i].process);
    const struct sent *late = sent_with(into(order(STUDENT, "01.10.2026"), SENIOR_GROUP, "2"), "effective_on", "10.09.2026");
    late = sent_with(late, keeping[_i].field, keeping[_i].value);
    struct answer answer = post(start, late);
    ck_assert_status(answer, 200);
    ck_assert_has(page_words(answer.body), PAST);
    ck_assert_has(answer.body, "<td>SW-26</td><td>EM-25</td>");
    ck_assert_status(post_again(start, late), 303);
}
END_TEST

START_TEST(before_a_group_is_chosen_nobody_is_shown_to_leave_theirs)
{
    begin();
    const struct sent *late = sent_with(sent_with(order(STUDENT, "01.10.2026"), "effective_on", "10.09.2026"), "action", "refresh");
    ck_assert_has_not(post(START("repeat-course"), late).body, PAST);
    ck_assert_has(post(START("repeat-course"), into(late, SENIOR_GROUP, "2")).body, PAST);
}
END_TEST

/* ---- budget places and claims ---- */

static void add_paid(int64_t id, const char *surname)
{
    run_sql("INSERT INTO person (id, uid, login, surname, given, sort_key, fold_key, key_version) VALUES (%d, 'p%d', '0000004000%d', '%s', 'Инна', '%s', '%s', 1)",
            (int)id + 63, (int)id + 63, (int)id + 63, surname, surname, surname);
    run_sql("INSERT INTO pupil (org_id, id, uid, person_id, surname, given, born_on, sort_key, fold_key, key_version, grade, registered_at)"
            " VALUES (2, %d, 'u%d', %d, '%s', 'Инна', '2008-01-01', '%s', '%s', 1, 2, '2026-08-01')", (int)id, (int)id, (int)id + 63, surname, surname, surname);
    run_sql("INSERT INTO movement (org_id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id, funding)"
            " VALUES (2, 'mm%d', %d, 'enrol', 60, '2026-09-01', '2026-08-25', 60, 'paid')", (int)id, (int)id);
    fixture_ok(movement_fold_all(fixture_db(), COLLEGE));
}

static const struct sent *to_budget(int64_t student)
{
    return sent_with(order(student, "01.10.2026"), "funding", "budget");
}

START_TEST(a_budget_place_is_given_while_there_is_a_free_one)
{
    begin();
    run_sql("UPDATE class SET budget_places = 1 WHERE id = %d", SENIOR_GROUP);
    add_paid(8, "Бекова");
    struct answer answer = by_one_order("change-funding", "claimants", "70,8", to_budget(0));
    ck_assert_status(answer, 422);
    ck_assert_has(page_words(answer.body), "free budget places of group EM-25: 1, asked for: 2");
    ck_assert_status(post(START("change-funding"), to_budget(PAID_STUDENT)), 303);
    ck_assert_str_eq(stands(PAID_STUDENT), "enrolled 60 budget -");
    answer = post(START("change-funding"), to_budget(8));
    ck_assert_status(answer, 422);
    ck_assert_has(page_words(error_at(answer, "funding")), "Бекова Инна, 01.01.2008: free budget places of group EM-25: 0, asked for: 1");
    answer = post(START("change-funding"), to_budget(PAID_STUDENT));
    ck_assert_has(error_at(answer, "funding"), "studies on this basis already: Budget");
    ck_assert_has(get(START("change-funding") "?subject=%d", PAID_STUDENT).body, "value=\"paid\" checked");
}
END_TEST

START_TEST(the_place_may_be_in_another_group_where_the_student_goes)
{
    begin();
    ck_assert_status(post(START("change-funding"), into(to_budget(PAID_STUDENT), GROUP, "1")), 303);
    ck_assert_str_eq(stands(PAID_STUDENT), "enrolled 4 budget -");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = 70 AND kind = 'funding' AND from_class_id = 60 AND to_class_id = 4"), 1);
}
END_TEST

START_TEST(a_place_waits_for_who_is_on_leave)
{
    begin();
    run_sql("UPDATE class SET places = 1 WHERE id = %d", GROUP);
    ck_assert_status(post(START("academic-leave"), leave("02.10.2026", "01.09.2027")), 303);
    struct answer answer = post(START("change-funding"), into(to_budget(PAID_STUDENT), GROUP, "1"));
    ck_assert_status(answer, 422);
    ck_assert_has(page_words(error_at(answer, "funding")), "free budget places of group SW-26: 0, asked for: 1");
}
END_TEST

START_TEST(the_list_of_places_counts_them_and_each_number_opens_the_students)
{
    begin();
    add_paid(8, "Бекова");
    ck_assert_status(post(START("change-funding"), to_budget(8)), 303);
    ck_assert_status(post(START("academic-leave"), leave("02.10.2026", "01.09.2027")), 303);
    const char *csv = get("/2/2026/budget-places?format=csv").body;
    ck_assert_has(csv, "SW-26;06130100 SW;1;Budget;2;0;1;1");
    ck_assert_has(csv, "EM-25;07130700 EM;2;Mixed;3;1;0;2");
    const char *page = page_words(get("/2/2026/budget-places").body);
    ck_assert_has(page, "/2/2026/pupils?class=60&funding=budget");
    ck_assert_has(page, "/2/2026/claimants?class=60");
    ck_assert_has(page, "/2/2026/on-leave?class=4");
    page = get("/2/2026/pupils?class=60&funding=budget").body;
    ck_assert_has(page, "Бекова");
    ck_assert_has_not(page, "Платнова");
    ck_assert_has(get("/2/2026/contingent").body, "Free budget places");
}
END_TEST

static const struct sent *claim(const char *ground, const char *mark)
{
    return sent_with(sent_with(SENT({"claimed_on", "01.10.2026"}, {"version", "0"}), "ground", ground), "average_mark", mark);
}

START_TEST(claimants_stand_in_their_order_of_priority)
{
    begin();
    add_paid(8, "Бекова");
    add_paid(9, "Вагина");
    ck_assert_status(post("/2/2026/pupils/70/claims/new", claim("results", "4,75")), 303);
    ck_assert_status(post("/2/2026/pupils/8/claims/new", claim("results", "4.9")), 303);
    ck_assert_status(post("/2/2026/pupils/9/claims/new", claim("orphan", "")), 303);
    const char *csv = get("/2/2026/claimants?format=csv").body;
    const char *first = strstr(csv, "Вагина"), *second = strstr(csv, "Бекова"), *third = strstr(csv, "Платнова");
    ck_assert_msg(first != NULL && second > first && third > second, "in another order: %s", csv);
    ck_assert_has(csv, "4.75");
    const char *page = get("/2/2026/claimants").body;
    ck_assert_has(page, "start/change-funding?subject=9");
    ck_assert_has(page, "Transfer to a budget place");
}
END_TEST

START_TEST(a_claim_is_satisfied_by_the_order_and_waits_again_when_it_is_cancelled)
{
    begin();
    ck_assert_status(post("/2/2026/pupils/70/claims/new", claim("orphan", "")), 303);
    ck_assert_status(by_one_order("change-funding", "claimants", "70", to_budget(0)), 303);
    ck_assert_has_not(get("/2/2026/claimants").body, "Платнова");
    ck_assert_has(get("/2/2026/claimants?state=satisfied").body, "Платнова");
    ck_assert_has(get("/2/2026/pupils/70/claims").body, "Satisfied");
    ck_assert_status(cancel_last(), 303);
    ck_assert_has(get("/2/2026/claimants").body, "Платнова");
}
END_TEST

START_TEST(a_withdrawn_claim_stays_in_the_history_and_another_may_be_made)
{
    begin();
    ck_assert_status(post("/2/2026/pupils/70/claims/new", claim("orphan", "")), 303);
    struct answer answer = post("/2/2026/pupils/70/claims/new", claim("results", "5"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "has a claim that waits already");
    const char *row = text_of("SELECT MAX(id) FROM budget_claim");
    const struct sent *taken_back = sent_with(sent_with(claim("orphan", ""), "version", "1"), "withdrawn_on", "30.09.2026");
    answer = post(path_of("/2/2026/pupils/70/claims/%s", row), taken_back);
    ck_assert_has(error_at(answer, "withdrawn_on"), "withdrawn before it was made");
    ck_assert_status(post(path_of("/2/2026/pupils/70/claims/%s", row), sent_with(taken_back, "withdrawn_on", "02.10.2026")), 303);
    ck_assert_has(get("/2/2026/claimants?state=withdrawn").body, "Платнова");
    ck_assert_status(post("/2/2026/pupils/70/claims/new", claim("results", "5")), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM budget_claim"), 2);
}
END_TEST

START_TEST(who_is_on_the_budget_claims_no_place_of_it)
{
    begin();
    struct answer answer = post("/2/2026/pupils/5/claims/new", claim("orphan", ""));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "Only a student on a paid place claims a budget one");
}
END_TEST

static const char *const wrong_marks[] = {"0", "6", "5.5", "4.", "4.7.5", "4,755", "пять", "-4", "4 7"};

START_TEST(an_average_mark_is_a_number_from_one_to_five)
{
    begin();
    struct answer answer = post("/2/2026/pupils/70/claims/new", claim("results", wrong_marks[_i]));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "average_mark"), "a number from 1 to 5");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM budget_claim"), 0);
}
END_TEST

START_TEST(who_enters_a_mixed_group_says_on_which_basis)
{
    begin();
    run_sql("DELETE FROM movement WHERE pupil_id = 70");
    fixture_ok(movement_fold_all(fixture_db(), COLLEGE));
    const struct sent *fields = into(order(PAID_STUDENT, "01.10.2026"), SENIOR_GROUP, "2");
    struct answer answer = post(START("enrol-pupil"), fields);
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "funding"), "EM-25 has places of both kinds: choose the basis of study");
    ck_assert_status(post(START("enrol-pupil"), sent_with(fields, "funding", "paid")), 303);
    ck_assert_str_eq(stands(PAID_STUDENT), "enrolled 60 paid -");
}
END_TEST

/* ---- scholarships ---- */

static const struct sent *scholarship(const char *kind, const char *from, const char *until)
{
    const struct sent *fields = sent_with(sent_with(order(STUDENT, "01.10.2026"), "kind", kind), "amount", "41898");
    return sent_with(sent_with(fields, "paid_from", from), "paid_until", until);
}

static const struct sent *stopping(const char *on)
{
    const char *last = text_of("SELECT MAX(id) FROM scholarship WHERE stops_id IS NULL AND voids_id IS NULL");
    return sent_with(sent_with(order(0, "05.10.2026"), "subject", last), "stop_on", on);
}

START_TEST(many_get_a_scholarship_by_one_order)
{
    begin();
    ck_assert_status(by_one_order("assign-scholarship", "pupils", "5,70", scholarship("state", "01.09.2026", "31.01.2027")), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(DISTINCT order_id) FROM scholarship WHERE pupil_id IN (5, 70)"), 1);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scholarship"), 2);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_kind = 'pupil' AND action = 'assign-scholarship'"), 2);
    const char *tab = get("/2/2026/classes/%d/scholarships", GROUP).body;
    ck_assert_has(tab, "Жаңабаев");
    ck_assert_has_not(tab, "Платнова");
    ck_assert_has(page_words(get("/2/2026/scholarships").body), "₸");
    ck_assert_has(get("/2/2026/pupils/5/scholarships").body, "State");
    ck_assert_has(get("/2/2026/orders/%s", text_of("SELECT MAX(id) FROM school_order WHERE org_id = 2")).body, "Платнова");
    ck_assert_status(get("/2/2026/scholarships?on=2026-10-05"), 200);
    sign_in("curator", COLLEGE);
    ck_assert_has(get("/2/2026/scholarships").body, "Жаңабаев");
    ck_assert_has_not(get("/2/2026/scholarships").body, "Платнова");
}
END_TEST

START_TEST(two_of_one_kind_do_not_meet)
{
    begin();
    ck_assert_status(post(START("assign-scholarship"), scholarship("state", "01.09.2026", "31.01.2027")), 303);
    struct answer answer = by_one_order("assign-scholarship", "pupils", "5,70", scholarship("state", "31.01.2027", ""));
    ck_assert_status(answer, 422);
    ck_assert_has(page_words(answer.body), "has a scholarship of this kind in these days already, by order № ");
    answer = post(START("assign-scholarship"), scholarship("state", "01.08.2026", "01.09.2026"));
    ck_assert_status(answer, 422);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scholarship"), 1);
    ck_assert_status(post(START("assign-scholarship"), scholarship("named", "01.10.2026", "")), 303);
    ck_assert_status(post(START("assign-scholarship"), scholarship("state", "01.02.2027", "")), 303);
    ck_assert_str_eq(told(&scholarship_ledger), "");
}
END_TEST

START_TEST(a_stopped_scholarship_stays_and_the_next_may_begin)
{
    begin();
    ck_assert_status(post(START("assign-scholarship"), scholarship("state", "01.09.2026", "31.01.2027")), 303);
    ck_assert_status(post(START("stop-scholarship"), stopping("01.10.2026")), 303);
    const char *page = get("/2/2026/scholarships").body;
    ck_assert_has(page, "Stopped");
    ck_assert_has(page_words(page), "30.09.2026");
    struct answer answer = post(START("stop-scholarship"), stopping("02.10.2026"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "it is stopped already");
    ck_assert_status(post(START("assign-scholarship"), scholarship("state", "01.10.2026", "")), 303);
    ck_assert_has(get("/2/2026/scholarships/%s", text_of("SELECT MIN(id) FROM scholarship")).body, "stopped by");
    ck_assert_str_eq(told(&scholarship_ledger), "");
}
END_TEST

static const struct {
    const char *on, *words;
} wrong_stops[] = {{"01.09.2026", "it would stop before it begins"}, {"01.08.2026", "it would stop before it begins"}, {"01.02.2027", "it ends before that day by itself"}};

START_TEST(a_stop_is_within_the_term)
{
    begin();
    ck_assert_status(post(START("assign-scholarship"), scholarship("state", "01.09.2026", "31.01.2027")), 303);
    struct answer answer = post(START("stop-scholarship"), stopping(wrong_stops[_i].on));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), wrong_stops[_i].words);
}
END_TEST

static const struct {
    const char *field, *value, *words;
} wrong_scholarships[] = {
    {"amount", "0", "A scholarship of nothing"},
    {"paid_until", "31.08.2026", "The scholarship ends before it begins"},
    {"paid_from", "", "Fill in “Paid from”"},
    {"kind", "", "Choose “Kind of scholarship”"},
};

START_TEST(a_wrong_scholarship_is_told_at_its_field)
{
    begin();
    struct answer answer = post(START("assign-scholarship"),
                                sent_with(scholarship("state", "01.09.2026", "31.01.2027"), wrong_scholarships[_i].field, wrong_scholarships[_i].value));
    ck_assert_status(answer, 422);
    ck_assert_has(page_words(error_at(answer, wrong_scholarships[_i].field)), wrong_scholarships[_i].words);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM scholarship"), 0);
}
END_TEST

START_TEST(a_cancelled_order_of_scholarships_is_as_if_it_had_not_been)
{
    begin();
    ck_assert_status(post(START("assign-scholarship"), scholarship("state", "01.09.2026", "31.01.2027")), 303);
    const char *assigned = text_of("SELECT MAX(order_id) FROM scholarship");
    ck_assert_status(post(START("stop-scholarship"), stopping("01.10.2026")), 303);
    struct answer answer = post(START("cancel-order"), sent_with(order(0, "05.10.2026"), "subject", assigned));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "Cancel first what depends on this order: Жаңабаев Ерлан: State, order № ");
    ck_assert_status(cancel_last(), 303);
    ck_assert_has_not(get("/2/2026/scholarships").body, "Stopped");
    ck_assert_status(post(START("cancel-order"), sent_with(order(0, "05.10.2026"), "subject", assigned)), 303);
    ck_assert_has(get("/2/2026/scholarships").body, "Cancelled");
    ck_assert_status(post(START("assign-scholarship"), scholarship("state", "01.09.2026", "31.01.2027")), 303);
    ck_assert_str_eq(told(&scholarship_ledger), "");
}
END_TEST

START_TEST(a_stop_is_not_cancelled_when_the_next_scholarship_would_meet_the_first)
{
    begin();
    ck_assert_status(post(START("assign-scholarship"), scholarship("state", "01.09.2026", "31.01.2027")), 303);
    ck_assert_status(post(START("stop-scholarship"), stopping("01.10.2026")), 303);
    const char *stopped = text_of("SELECT MAX(order_id) FROM scholarship");
    ck_assert_status(post(START("assign-scholarship"), scholarship("state", "01.11.2026", "")), 303);
    struct answer answer = post(START("cancel-order"), sent_with(order(0, "05.10.2026"), "subject", stopped));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "Cancel first what depends on this order");
}
END_TEST

START_TEST(the_check_finds_two_scholarships_of_one_kind_at_once)
{
    begin();
    run_sql("INSERT INTO scholarship (org_id, uid, pupil_id, kind, amount, from_on, until_on, order_id, recorded_at) VALUES"
            " (2, 's1', 5, 'state', 1, '2026-09-01', NULL, 60, '2026-09-01'), (2, 's2', 5, 'state', 1, '2026-10-01', '2026-10-31', 60, '2026-09-01')");
    ck_assert_str_eq(told(&scholarship_ledger), "organisation 2, pupil 5: two scholarships of the kind state at once");
}
END_TEST

/* ---- specialities and types of groups (CON-07) ---- */

START_TEST(the_list_of_specialities_is_the_organisations_own)
{
    begin();
    const struct sent *fields = SENT({"code", "06130100"}, {"name_kk", "Есеп"}, {"name_ru", "Учёт"}, {"name_en", "Accounting"}, {"version", "0"});
    struct answer answer = post("/2/2026/specialities/new", fields);
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "code"), "There is a speciality of this code already");
    ck_assert_status(post("/2/2026/specialities/new", sent_with(fields, "code", "04110100")), 303);
    ck_assert_has(get("/2/2026/specialities").body, "Accounting");
    ck_assert_has(get(START("register-group")).body, "04110100 Accounting");
    answer = post("/2/2026/specialities/1", sent_with(sent_with(fields, "version", "1"), "action", "delete"));
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "Groups: 1");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM speciality WHERE org_id = 2"), 3);
}
END_TEST

START_TEST(a_mixed_group_has_places_of_both_kinds)
{
    begin();
    const struct sent *fields = SENT({"action", "submit"}, {"grade", "1"}, {"name_ru", "Я"}, {"name_kk", "Я"}, {"name_en", "Z"}, {"group_type", "mixed"},
                                     {"places", "10"}, {"speciality_id", "2"});
    struct answer answer = post(START("register-group"), fields);
    ck_assert_status(answer, 422);
    ck_assert_has(page_words(error_at(answer, "budget_places")), "Fill in “Budget places”");
    ck_assert_status(post(START("register-group"), sent_with(fields, "budget_places", "15")), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS(' ', places, budget_places, speciality_id) FROM class WHERE name_ru = 'Я'"), "25 15 2");
    const char *edit = path_of("/2/2026/classes/%d/education/edit", SENIOR_GROUP);
    answer = post(edit, SENT({"version", "1"}, {"group_type", "mixed"}, {"places", "2"}, {"budget_places", "3"}));
    ck_assert_has(error_at(answer, "budget_places"), "There are more budget places than places");
    answer = post(edit, SENT({"version", "1"}, {"group_type", "budget"}, {"places", "5"}, {"budget_places", "3"}));
    ck_assert_has(error_at(answer, "budget_places"), "Only a mixed group has places of both kinds");
}
END_TEST

#define LOOP(test, table) tcase_add_loop_test(tcase, test, 0, (int)(sizeof table / sizeof *table))

Suite *college_suite(void)
{
    Suite *suite = suite_create("college");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, who_is_on_leave_is_in_no_group_and_stays_a_student);
    tcase_add_test(tcase, who_is_on_leave_returns_into_a_group);
    tcase_add_test(tcase, a_leave_that_is_over_is_noted_in_the_list);
    LOOP(an_order_that_does_not_fit_where_the_student_stands_is_refused, misfits);
    LOOP(a_wrong_leave_is_told_at_its_field, wrong_leaves);
    tcase_add_test(tcase, who_does_not_come_back_from_leave_is_excluded_and_the_archive_knows_the_group);
    tcase_add_test(tcase, a_school_has_none_of_it);
    tcase_add_test(tcase, a_course_is_repeated_lower_or_in_the_next_year_and_nowhere_else);
    tcase_add_test(tcase, a_group_of_the_same_speciality_changes_no_speciality);
    tcase_add_test(tcase, the_form_of_study_changes_by_order_in_the_same_group);
    tcase_add_test(tcase, a_back_dated_transfer_is_not_undone_by_a_later_change_of_form);
    LOOP(a_back_dated_order_that_leaves_the_student_in_the_group_stops_nobody_and_shows_no_change_of_lists, keeping);
    LOOP(a_back_dated_order_into_another_group_shows_once_what_it_changes, keeping);
    tcase_add_test(tcase, before_a_group_is_chosen_nobody_is_shown_to_leave_theirs);
    tcase_add_test(tcase, a_budget_place_is_given_while_there_is_a_free_one);
    tcase_add_test(tcase, the_place_may_be_in_another_group_where_the_student_goes);
    tcase_add_test(tcase, a_place_waits_for_who_is_on_leave);
    tcase_add_test(tcase, the_list_of_places_counts_them_and_each_number_opens_the_students);
    tcase_add_test(tcase, claimants_stand_in_their_order_of_priority);
    tcase_add_test(tcase, a_claim_is_satisfied_by_the_order_and_waits_again_when_it_is_cancelled);
    tcase_add_test(tcase, a_withdrawn_claim_stays_in_the_history_and_another_may_be_made);
    tcase_add_test(tcase, who_is_on_the_budget_claims_no_place_of_it);
    LOOP(an_average_mark_is_a_number_from_one_to_five, wrong_marks);
    tcase_add_test(tcase, who_enters_a_mixed_group_says_on_which_basis);
    tcase_add_test(tcase, many_get_a_scholarship_by_one_order);
    tcase_add_test(tcase, two_of_one_kind_do_not_meet);
    tcase_add_test(tcase, a_stopped_scholarship_stays_and_the_next_may_begin);
    LOOP(a_stop_is_within_the_term, wrong_stops);
    LOOP(a_wrong_scholarship_is_told_at_its_field, wrong_scholarships);
    tcase_add_test(tcase, a_cancelled_order_of_scholarships_is_as_if_it_had_not_been);
    tcase_add_test(tcase, a_stop_is_not_cancelled_when_the_next_scholarship_would_meet_the_first);
    tcase_add_test(tcase, the_check_finds_two_scholarships_of_one_kind_at_once);
    tcase_add_test(tcase, the_list_of_specialities_is_the_organisations_own);
    tcase_add_test(tcase, a_mixed_group_has_places_of_both_kinds);
    suite_add_tcase(suite, tcase);
    return suite;
}
