/* test_process_movement.c: transfer (CON-29), exclusion (CON-30), archive (CON-36), reinstatement (CON-37): each by its order. */
#include "school.h"
#include "school_suites.h"

#include "school/pupils/movement.h"

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
    fields = sent_with(sent_with(fields, "to_name", "Школа № 12"), "to_place", "Тараз");
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
    ck_assert_status(post_again(START("transfer-pupil"), sent_with(numbered(of(enrolment(CLASS_9A), PUPIL), "8-у", "01.10.2026"), "effective_on", "15.09.2026")), 303);
    ck_assert_str_eq(last_row(PUPIL), "transfer|1|3|2026-09-15|-|transfer");
    ck_assert_str_eq(stands(PUPIL), "enrolled 2");
}
END_TEST

START_TEST(a_back_dated_order_shows_once_what_it_changes_before_it_is_carried_out)
{
    sign_in("secretary", SCHOOL);
    run_sql("UPDATE movement SET effective_on = '2026-09-01' WHERE pupil_id = %d", PUPIL);
    fixture_ok(movement_fold_all(fixture_schema_db(), SCHOOL));
    ck_assert_status(post(START("transfer-pupil"), of(enrolment(CLASS_10B), PUPIL)), 303);
    const struct sent *late = sent_with(numbered(of(enrolment(CLASS_9A), PUPIL), "8-у", "01.10.2026"), "effective_on", "15.09.2026");
    const char *before = rows_stored();
    struct answer answer = post(START("transfer-pupil"), late);
    ck_assert_status(answer, 200);
    ck_assert_str_eq(rows_stored(), before);
    ck_assert_has(answer.body, "What changes on dates that have passed");
    ck_assert_has(answer.body, "<td class=\"cell-date\">15.09.2026</td><td class=\"cell-date\">01.10.2026</td><td>10-A</td><td>9-A</td><td>Transferred, 01.10.2026</td>");
    ck_assert_has(page_words(answer.body), "10-A on 15.09.2026: 0, not 1");
    ck_assert_has(page_words(answer.body), "9-A on 15.09.2026: 1, not 0");
    ck_assert_status(post_again(START("transfer-pupil"), late), 303);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(class_id ORDER BY from_on) FROM membership WHERE pupil_id = %d", PUPIL), "1,3,2");
}
END_TEST

START_TEST(an_order_of_today_stops_nobody_and_shows_no_changes)
{
    sign_in("secretary", SCHOOL);
    const struct sent *today = sent_with(numbered(of(exclusion(), PUPIL), "8-у", "05.10.2026"), "left_on", "05.10.2026");
    struct answer answer = post(START("exclude-pupil"), sent_with(today, "order_number", ""));
    ck_assert_status(answer, 422);
    ck_assert_has_not(answer.body, "What changes on dates that have passed");
    ck_assert_status(post(START("exclude-pupil"), today), 303);
}
END_TEST

/* ---- exclusion and archive ---- */

START_TEST(who_is_excluded_goes_to_the_archive_with_reason_and_order)
{
    sign_in("secretary", SCHOOL);
    ck_assert_has(get(START("exclude-pupil") "?subject=%d", PUPIL).body, "Filling in the reason");
    struct answer answer = post(START("exclude-pupil"), of(exclusion(), PUPIL));
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
    ck_assert_status(post_again(START("enrol-pupil"), sent_with(of(enrolment(CLASS_10A), NEW_PUPIL), "effective_on", "2026-09-01")), 303);
    const char *process = process_of(post(START("exclude-pupil"), SENT({"ids", "1,2"}, {"list", "pupils"})));
    struct answer answer = post(process, sent_with(numbered(exclusion(), "8-у", "01.10.2026"), "version", text_of("SELECT version FROM process WHERE kind = 'exclude-pupil'")));
    ck_assert_has(answer.location, "check=1");
    answer = get("%s", answer.location);
    ck_assert_has(answer.body, "What changes on dates that have passed");
    ck_assert_has(page_words(answer.body), "10-A on 02.10.2026: 0, not 2");
    answer = post(process, SENT({"action", "submit"}, {"checked", "1"}, {"version", text_of("SELECT version FROM process WHERE kind = 'exclude-pupil'")}));
    ck_assert_status(answer, 303);
    ck_assert_str_eq(stands(PUPIL), "left -");
    ck_assert_str_eq(stands(NEW_PUPIL), "left -");
    ck_assert_int_eq(count_of("SELECT COUNT(DISTINCT order_id) FROM movement WHERE kind = 'exclude'"), 1);
}
END_TEST

/* ---- any sequence of orders, back-dated and cancelled ones too: each page does what a model of its own says, or refuses and stores
 * nothing ---- */

enum { STEPS = 30, DAYS = 25 };

static const struct model_kind {
    const char *process, *standing, *date_field; /* where the pupil must stand before */
    bool begins_inside, ends_inside;
} kinds[] = {
    {"enrol-pupil", "registered", "effective_on", false, true},  {"transfer-pupil", "enrolled", "effective_on", true, true},
    {"exclude-pupil", "enrolled", "left_on", true, false},       {"reinstate-pupil", "left", "effective_on", false, true},
    {"graduate-pupils", "enrolled", "graduated_on", true, false},
};

/* What was recorded: by the order of recording. */
struct model {
    struct model_row {
        int64_t pupil, class, order;
        const struct model_kind *kind;
        int day;
        bool is_cancelled;
    } rows[STEPS];
    size_t count;
};

static bool counts(const struct model_row *row, int64_t pupil)
{
    return row->pupil == pupil && !row->is_cancelled;
}

/* The last row of that day or before; NULL for none. Of two of one day the later recorded one is the last. */
static const struct model_row *row_on(const struct model *model, int64_t pupil, int day)
{
    const struct model_row *best = NULL;
    for (size_t i = 0; i < model->count; i++)
        if (counts(&model->rows[i], pupil) && model->rows[i].day <= day && (best == NULL || model->rows[i].day >= best->day))
            best = &model->rows[i];
    return best;
}

static const struct model_row *row_after(const struct model *model, int64_t pupil, int day)
{
    const struct model_row *best = NULL;
    for (size_t i = 0; i < model->count; i++)
        if (counts(&model->rows[i], pupil) && model->rows[i].day > day && (best == NULL || model->rows[i].day < best->day))
            best = &model->rows[i];
    return best;
}

static int64_t class_on(const struct model *model, int64_t pupil, int day)
{
    const struct model_row *row = row_on(model, pupil, day);
    return row != NULL ? row->class : 0;
}

static const char *standing_of(const struct model *model, int64_t pupil)
{
    const struct model_row *last = row_on(model, pupil, DAYS);
    return last == NULL ? "registered" : last->class != 0 ? "enrolled" : "left";
}

static bool may_move(const struct model *model, const struct model_row *row)
{
    const struct model_row *after = row_after(model, row->pupil, row->day);
    int64_t place = class_on(model, row->pupil, row->day);
    return strcmp(standing_of(model, row->pupil), row->kind->standing) == 0 && (place != 0) == row->kind->begins_inside &&
           (place == 0 || place != row->class) && (after == NULL || after->kind->begins_inside == row->kind->ends_inside);
}

static bool may_cancel(const struct model *model, size_t at)
{
    const struct model_row *row = &model->rows[at];
    for (size_t i = 0; i < model->count; i++)
        if (counts(&model->rows[i], row->pupil) && (model->rows[i].day > row->day || (model->rows[i].day == row->day && i > at)))
            return false;
    return !row->is_cancelled;
}

static const struct sent *order_of(int step)
{
    const struct sent *fields = sent_with(sent_with(enrolment(CLASS_10A), "class", NULL), "grade", NULL);
    return numbered(fields, path_of("%d-у", 20 + step), "02.10.2026");
}

static void move_one(struct model *model, int step)
{
    static const int64_t classes[] = {CLASS_10A, CLASS_10B, CLASS_9A};
    struct model_row row = {.pupil = rand() % 2 == 0 ? NEW_PUPIL : SECOND_NEW_PUPIL, .day = 1 + rand() % DAYS};
    do
        row.kind = &kinds[rand() % (int)(sizeof kinds / sizeof *kinds)];
    while (rand() % 4 != 0 && strcmp(row.kind->standing, standing_of(model, row.pupil)) != 0);
    row.class = row.kind->ends_inside ? classes[rand() % 3] : 0;
    const struct sent *fields = sent_with(of(order_of(step), row.pupil), row.kind->date_field, path_of("%d.09.2026", row.day));
    if (row.class != 0)
        fields = sent_with(sent_with(fields, "class", path_of("%lld", (long long)row.class)), "grade", row.class == CLASS_9A ? "9" : "10");
    fields = sent_with(sent_with(fields, "reason", "health"), "certificate", "general");
    const char *before = rows_stored();
    bool right = may_move(model, &row);
    struct answer answer = post(path_of("/1/2026/start/%s", row.kind->process), fields);
    if (answer.status == 200) /* it is far back, and shows what it changes */
        answer = post_again(path_of("/1/2026/start/%s", row.kind->process), fields);
    ck_assert_status(answer, right ? 303 : 422);
    row.order = right ? count_of("SELECT MAX(id) FROM school_order WHERE org_id = 1") : 0;
    if (right)
        model->rows[model->count++] = row;
    else
        ck_assert_str_eq(rows_stored(), before);
}

static void cancel_one(struct model *model, int step)
{
    size_t at = (size_t)rand() % model->count;
    const struct sent *fields = sent_with(order_of(step), "subject", path_of("%lld", (long long)model->rows[at].order));
    const char *before = rows_stored();
    bool right = may_cancel(model, at);
    ck_assert_status(post("/1/2026/start/cancel-order", fields), right ? 303 : 422);
    model->rows[at].is_cancelled |= right;
    if (!right)
        ck_assert_str_eq(rows_stored(), before);
}

static const char *where_on(int64_t pupil, int day)
{
    return text_of("SELECT GROUP_CONCAT(class_id) FROM membership WHERE pupil_id = %lld AND from_on <= '2026-09-%02d' AND (to_on IS NULL OR to_on > '2026-09-%02d')",
                   (long long)pupil, day, day);
}

static void keep_line(void *data, const char *line)
{
    const char **last = data;
    *last = pool_strdup(fixture_pool(), line);
}

/* Everybody is in one place on each day, the one of the model; classes count as many; the check derives the same. */
static void compare(const struct model *model)
{
    static const int64_t pupils[] = {NEW_PUPIL, SECOND_NEW_PUPIL};
    const char *line = "";
    for (size_t i = 0; i < sizeof pupils / sizeof *pupils; i++) {
        for (int day = 1; day <= DAYS; day++) {
            int64_t class = class_on(model, pupils[i], day);
            ck_assert_str_eq(where_on(pupils[i], day), class != 0 ? path_of("%lld", (long long)class) : "");
        }
        int64_t last = class_on(model, pupils[i], DAYS);
        ck_assert_str_eq(stands(pupils[i]), path_of("%s %s", standing_of(model, pupils[i]), last != 0 ? path_of("%lld", (long long)last) : "-"));
    }
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil WHERE class_id IS NOT NULL AND org_id = 1"),
                     count_of("SELECT COUNT(*) FROM membership WHERE to_on IS NULL AND org_id = 1"));
    fixture_ok(movement_ledger.check(fixture_db(), SCHOOL, keep_line, &line));
    ck_assert_str_eq(line, "");
}

START_TEST(any_sequence_of_orders_leaves_everybody_where_the_model_says)
{
    struct model model = {.count = 0};
    sign_in("secretary", SCHOOL);
    run_sql("UPDATE class SET capacity = NULL");
    srand((unsigned)_i + 7);
    for (int step = 0; step < STEPS; step++) {
        if (model.count > 0 && rand() % 4 == 0)
            cancel_one(&model, step);
        else
            move_one(&model, step);
        if (step % 5 == 4)
            compare(&model);
    }
    while (model.count > 0) { /* all undone, the last first: as it was at the beginning */
        size_t at = model.count;
        while (at > 0 && !may_cancel(&model, at - 1))
            at--;
        if (at == 0)
            break;
        const struct sent *fields = sent_with(order_of(STEPS + (int)at), "subject", path_of("%lld", (long long)model.rows[at - 1].order));
        ck_assert_status(post("/1/2026/start/cancel-order", fields), 303);
        model.rows[at - 1].is_cancelled = true;
    }
    compare(&model);
    ck_assert_str_eq(stands(NEW_PUPIL), "registered -");
    ck_assert_str_eq(stands(SECOND_NEW_PUPIL), "registered -");
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
    tcase_add_test(tcase, a_back_dated_order_shows_once_what_it_changes_before_it_is_carried_out);
    tcase_add_test(tcase, an_order_of_today_stops_nobody_and_shows_no_changes);
    tcase_add_test(tcase, who_is_excluded_goes_to_the_archive_with_reason_and_order);
    tcase_add_loop_test(tcase, a_wrong_exclusion_is_told_at_its_field_and_nothing_is_stored, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, somebody_excluded_is_no_pupil_of_the_school_any_more);
    tcase_add_test(tcase, the_quarter_of_an_exclusion_follows_from_the_date_or_must_fit_it);
    tcase_add_test(tcase, who_left_comes_back_by_an_order_of_its_own);
    tcase_add_test(tcase, many_leave_by_one_order);
    tcase_add_loop_test(tcase, any_sequence_of_orders_leaves_everybody_where_the_model_says, 0, 8);
    tcase_add_test(tcase, a_class_teacher_moves_nobody);
    suite_add_tcase(suite, tcase);
    return suite;
}
