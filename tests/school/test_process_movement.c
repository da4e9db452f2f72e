/* test_process_movement.c: transfer (CON-29), exclusion (CON-30), archive (CON-36), reinstatement (CON-37): each by its order. */
#include "school.h"
#include "school_suites.h"

#include <stdlib.h>
#include <string.h>

#define START(process) "/1/2026/start/" process

static const struct sent *of(const struct sent *fields, int64_t pupil)
{
    return sent_with(fields, "subject", path_of("%lld", (long long)pupil));
}

static const struct sent *numbered(const struct sent *fields, const char *number, const char *dated)
{
    return sent_with(sent_with(fields, "order_number", number), "order_date", dated);
}

static const struct sent *exclusion(void)
{
    const struct sent *fields = sent_with(sent_with(enrolment(CLASS_10A), "class", NULL), "grade", NULL);
    return sent_with(sent_with(fields, "reason", "transfer"), "left_on", "02.10.2026");
}

static const char *last_row(int64_t pupil)
{
    return text_of("SELECT CONCAT_WS('|', m.kind, COALESCE(m.from_class_id, '-'), COALESCE(m.to_class_id, '-'), m.effective_on, COALESCE(m.reason, '-'), o.kind)"
                   " FROM movement m JOIN school_order o ON o.id = m.order_id WHERE m.pupil_id = %lld ORDER BY m.id DESC LIMIT 1", (long long)pupil);
}

static const char *stands(int64_t pupil)
{
    return text_of("SELECT CONCAT(standing, ' ', COALESCE(class_id, '-')) FROM pupil WHERE id = %lld", (long long)pupil);
}

/* ---- transfer ---- */

START_TEST(a_pupil_goes_over_to_another_class)
{
    sign_in("secretary", SCHOOL);
    ck_assert_has(get("/1/2026/classes/%d", CLASS_10A).body, "start/transfer-pupil?subject=1");
    struct answer answer = get(START("transfer-pupil") "?subject=%d", PUPIL);
    ck_assert_has(answer.body, "From class");
    ck_assert_has(answer.body, "10-A");
    ck_assert_status(post(START("transfer-pupil"), of(enrolment(CLASS_10B), PUPIL)), 303);
    ck_assert_str_eq(stands(PUPIL), "enrolled 2");
    ck_assert_str_eq(last_row(PUPIL), "transfer|1|2|2026-10-01|-|transfer");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_id = %d AND action = 'transfer-pupil'", PUPIL), 1);
}
END_TEST

START_TEST(nobody_is_transferred_to_the_same_class)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post(START("transfer-pupil"), of(enrolment(CLASS_10A), PUPIL));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "is in this class already");
    answer = post(START("transfer-pupil"), of(enrolment(CLASS_10A), NEW_PUPIL));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "is in no class yet: this needs an enrolment");
}
END_TEST

START_TEST(a_day_before_the_pupil_came_is_refused_at_its_field)
{
    sign_in("secretary", SCHOOL);
    run_sql("UPDATE movement SET effective_on = '2026-09-01' WHERE pupil_id = %d", PUPIL);
    const struct sent *transfer = of(enrolment(CLASS_10B), PUPIL);
    const char *before = rows_stored();
    struct answer answer = post(START("transfer-pupil"), sent_with(transfer, "effective_on", "31.08.2026"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "effective_on"), "was in no class on ");
    answer = post(START("transfer-pupil"), sent_with(transfer, "order_date", "31.08.2026"));
    ck_assert_has(error_at(answer, "order_date"), "was in no class on ");
    answer = post(START("exclude-pupil"), sent_with(sent_with(transfer, "reason", "health"), "left_on", "31.08.2026"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "left_on"), "was in no class on ");
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(a_back_dated_order_may_not_upset_a_later_one)
{
    sign_in("secretary", SCHOOL);
    run_sql("UPDATE movement SET effective_on = '2026-09-01' WHERE pupil_id = %d", PUPIL);
    ck_assert_status(post(START("transfer-pupil"), of(enrolment(CLASS_10B), PUPIL)), 303);
    struct answer answer = post(START("exclude-pupil"), sent_with(numbered(of(exclusion(), PUPIL), "8-у", "01.10.2026"), "left_on", "15.09.2026"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "left_on"), "an order that takes effect on ");
    ck_assert_status(post(START("transfer-pupil"), sent_with(numbered(of(enrolment(CLASS_9A), PUPIL), "8-у", "01.10.2026"), "effective_on", "15.09.2026")), 303);
    ck_assert_str_eq(last_row(PUPIL), "transfer|1|3|2026-09-15|-|transfer");
    ck_assert_str_eq(stands(PUPIL), "enrolled 2");
}
END_TEST

/* ---- exclusion and archive ---- */

START_TEST(who_is_excluded_goes_to_the_archive_with_reason_and_order)
{
    sign_in("secretary", SCHOOL);
    ck_assert_has(get(START("exclude-pupil") "?subject=%d", PUPIL).body, "Filling in the reason");
    struct answer answer = post(START("exclude-pupil"), sent_with(of(exclusion(), PUPIL), "note", "Школа № 12, Тараз"));
    ck_assert_status(answer, 303);
    ck_assert_str_eq(stands(PUPIL), "left -");
    ck_assert_str_eq(last_row(PUPIL), "exclude|1|-|2026-10-02|transfer|exclude");
    ck_assert_str_eq(text_of("SELECT to_on FROM membership WHERE pupil_id = %d", PUPIL), "2026-10-02");
    ck_assert_has_not(get("/1/2026/classes/%d", CLASS_10A).body, "Сейітов Айдар");
    answer = get("/1/2026/archive");
    ck_assert_has(answer.body, "Сейітов Айдар");
    ck_assert_has(answer.body, "Transfer to another organisation");
    ck_assert_has(answer.body, "start/reinstate-pupil?subject=1");
    ck_assert_has(get("/1/2026/archive?format=csv").body, "Школа № 12, Тараз");
    ck_assert_status(get("/1/2026/pupils/%d", PUPIL), 200);
}
END_TEST

static const struct {
    const char *field, *value, *words;
} wrong[] = {
    {"reason", "", "Choose “Reason”"},
    {"reason", "boredom", "“Reason”: choose from the list"},
    {"left_on", "", "Fill in “Date of departure”"},
    {"left_on", "31.02.2026", "“Date of departure”: there is no such date"},
    {"order_scan", NULL, "Attach “Order”"},
    {"order_number", "6-у", "Order № 6-у is already in this year's journal"},
};

START_TEST(a_wrong_exclusion_is_told_at_its_field_and_nothing_is_stored)
{
    sign_in("secretary", SCHOOL);
    const struct sent *fields = of(sent_with(exclusion(), wrong[_i].field, wrong[_i].value), PUPIL);
    const char *before = rows_stored();
    struct answer answer = post(START("exclude-pupil"), fields);
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, wrong[_i].field), wrong[_i].words);
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(somebody_excluded_is_no_pupil_of_the_school_any_more)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START("exclude-pupil"), of(exclusion(), PUPIL)), 303);
    struct answer answer = post(START("exclude-pupil"), numbered(of(exclusion(), PUPIL), "8-у", "01.10.2026"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "has left already");
    answer = post(START("enrol-pupil"), numbered(of(enrolment(CLASS_10A), PUPIL), "8-у", "01.10.2026"));
    ck_assert_has(error_at(answer, ""), "this needs a reinstatement");
}
END_TEST

START_TEST(the_quarter_of_an_exclusion_follows_from_the_date_or_must_fit_it)
{
    sign_in("secretary", SCHOOL);
    run_sql("INSERT INTO period (org_id, year, kind, starts_on, ends_on) VALUES (1, 2026, 'quarter-1', '2026-09-01', '2026-10-25'),"
            " (1, 2026, 'quarter-2', '2026-11-03', '2026-12-30')");
    struct answer answer = post(START("exclude-pupil"), sent_with(of(exclusion(), PUPIL), "period", "quarter-2"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "period"), "The date of departure is not in this quarter");
    answer = post(START("exclude-pupil"), sent_with(of(exclusion(), PUPIL), "period", "quarter-4"));
    ck_assert_has(error_at(answer, "period"), "choose from the list");
    ck_assert_status(post(START("exclude-pupil"), of(exclusion(), PUPIL)), 303);
    ck_assert_str_eq(text_of("SELECT period FROM movement WHERE kind = 'exclude'"), "quarter-1");
}
END_TEST

/* ---- reinstatement ---- */

START_TEST(who_left_comes_back_by_an_order_of_its_own)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(START("exclude-pupil"), of(exclusion(), PUPIL)), 303);
    const struct sent *back = numbered(of(enrolment(CLASS_10B), PUPIL), "8-у", "05.10.2026");
    struct answer answer = post(START("reinstate-pupil"), sent_with(back, "effective_on", "01.10.2026"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "effective_on"), "was still in a class on ");
    ck_assert_status(post(START("reinstate-pupil"), back), 303);
    ck_assert_str_eq(stands(PUPIL), "enrolled 2");
    ck_assert_str_eq(last_row(PUPIL), "reinstate|-|2|2026-10-05|-|reinstate");
    ck_assert_has_not(get("/1/2026/archive").body, "Сейітов Айдар");
}
END_TEST

START_TEST(many_leave_by_one_order)
{
    sign_in("secretary", SCHOOL);
    run_sql("UPDATE movement SET effective_on = '2026-09-01' WHERE pupil_id = %d", PUPIL);
    ck_assert_status(post(START("enrol-pupil"), sent_with(of(enrolment(CLASS_10A), NEW_PUPIL), "effective_on", "2026-09-01")), 303);
    const char *process = process_of(post(START("exclude-pupil"), SENT({"ids", "1,2"}, {"list", "pupils"})));
    struct answer answer = post(process, sent_with(numbered(exclusion(), "8-у", "01.10.2026"), "version", text_of("SELECT version FROM process WHERE kind = 'exclude-pupil'")));
    ck_assert_has(answer.location, "check=1");
    answer = post(process, SENT({"action", "submit"}, {"checked", "1"}, {"version", text_of("SELECT version FROM process WHERE kind = 'exclude-pupil'")}));
    ck_assert_status(answer, 303);
    ck_assert_str_eq(stands(PUPIL), "left -");
    ck_assert_str_eq(stands(NEW_PUPIL), "left -");
    ck_assert_int_eq(count_of("SELECT COUNT(DISTINCT order_id) FROM movement WHERE kind = 'exclude'"), 1);
}
END_TEST

/* ---- any sequence: each page does what a model of one pupil says, or refuses and stores nothing ---- */

static const struct {
    const char *process, *from;
    bool inside; /* afterwards */
} kinds[] = {
    {"enrol-pupil", "registered", true}, {"transfer-pupil", "enrolled", true}, {"exclude-pupil", "enrolled", false}, {"reinstate-pupil", "left", true},
};

START_TEST(any_sequence_of_processes_leaves_the_pupil_where_the_model_says)
{
    static const int64_t classes[] = {CLASS_10A, CLASS_10B, CLASS_9A};
    const char *standing = "registered";
    int64_t class = 0;
    sign_in("secretary", SCHOOL);
    run_sql("UPDATE class SET capacity = NULL");
    srand((unsigned)_i + 7);
    for (int i = 0; i < 16; i++) {
        size_t kind = (size_t)rand() % (sizeof kinds / sizeof *kinds);
        int64_t to = kinds[kind].inside ? classes[rand() % 3] : 0;
        const struct sent *fields = to != 0 ? enrolment(to) : exclusion();
        bool right = strcmp(kinds[kind].from, standing) == 0 && (to == 0 || to != class);
        const char *before = rows_stored();
        fields = numbered(of(fields, NEW_PUPIL), path_of("%d-у", 20 + i), "02.10.2026");
        ck_assert_status(post(path_of("/1/2026/start/%s", kinds[kind].process), fields), right ? 303 : 422);
        if (!right)
            ck_assert_str_eq(rows_stored(), before);
        class = right ? to : class;
        standing = !right ? standing : to != 0 ? "enrolled" : "left";
        ck_assert_str_eq(stands(NEW_PUPIL), path_of("%s %s", standing, class != 0 ? path_of("%lld", (long long)class) : "-"));
    }
}
END_TEST

START_TEST(a_class_teacher_moves_nobody)
{
    sign_in("class-teacher", SCHOOL);
    ck_assert_has_not(get("/1/2026/classes/%d", CLASS_10A).body, "start/exclude-pupil");
    ck_assert_status(get(START("exclude-pupil") "?subject=%d", PUPIL), 403);
    ck_assert_status(post(START("exclude-pupil"), of(exclusion(), PUPIL)), 403);
    ck_assert_str_eq(stands(PUPIL), "enrolled 1");
}
END_TEST

Suite *process_movement_suite(void)
{
    Suite *suite = suite_create("movement processes");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, a_pupil_goes_over_to_another_class);
    tcase_add_test(tcase, nobody_is_transferred_to_the_same_class);
    tcase_add_test(tcase, a_day_before_the_pupil_came_is_refused_at_its_field);
    tcase_add_test(tcase, a_back_dated_order_may_not_upset_a_later_one);
    tcase_add_test(tcase, who_is_excluded_goes_to_the_archive_with_reason_and_order);
    tcase_add_loop_test(tcase, a_wrong_exclusion_is_told_at_its_field_and_nothing_is_stored, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, somebody_excluded_is_no_pupil_of_the_school_any_more);
    tcase_add_test(tcase, the_quarter_of_an_exclusion_follows_from_the_date_or_must_fit_it);
    tcase_add_test(tcase, who_left_comes_back_by_an_order_of_its_own);
    tcase_add_test(tcase, many_leave_by_one_order);
    tcase_add_loop_test(tcase, any_sequence_of_processes_leaves_the_pupil_where_the_model_says, 0, 6);
    tcase_add_test(tcase, a_class_teacher_moves_nobody);
    suite_add_tcase(suite, tcase);
    return suite;
}
