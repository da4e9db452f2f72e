/* test_process_movement.c: transfer (CON-29), exclusion (CON-30), archive (CON-36), reinstatement (CON-37): each by its order. */
#include "reports/book.h"
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
enum { OUT = 1, IN = 2, ON_LEAVE = 4, AS_BEFORE = 0 };

/* Where the sequence runs: a school, or a college with what only colleges do. */
static const struct ground {
    int64_t org, pupils[2];
    struct {
        int64_t id;
        int grade, speciality;
    } classes[3];
    int kind_count;
    const char *certificate;
} grounds[] = {
    {SCHOOL, {NEW_PUPIL, SECOND_NEW_PUPIL}, {{CLASS_10A, 10, 0}, {CLASS_10B, 10, 0}, {CLASS_9A, 9, 0}}, 5, "general"},
    {COLLEGE, {STUDENT, 7}, {{GROUP, 1, 1}, {60, 2, 2}, {61, 1, 1}}, 11, "vocational"},
};

static const struct model_kind {
    const char *process, *standings, *date_field; /* where the pupil must stand before */
    unsigned begins, ends;
    bool may_keep_class;
    const char *reason;
} kinds[] = {
    {"enrol-pupil", "registered", "effective_on", OUT, IN},
    {"transfer-pupil", "enrolled", "effective_on", IN, IN},
    {"exclude-pupil", "enrolled on-leave", "left_on", IN | ON_LEAVE, OUT, .reason = "health"},
    {"reinstate-pupil", "left", "effective_on", OUT, IN},
    {"graduate-pupils", "enrolled", "graduated_on", IN, OUT},
    {"academic-leave", "enrolled", "leave_on", IN, ON_LEAVE, .reason = "medical"},
    {"return-from-leave", "on-leave", "effective_on", ON_LEAVE, IN},
    {"repeat-course", "enrolled", "effective_on", IN, IN},
    {"change-speciality", "enrolled", "effective_on", IN, IN},
    {"change-form", "enrolled", "effective_on", IN, AS_BEFORE, .may_keep_class = true},
    {"change-funding", "enrolled", "effective_on", IN, AS_BEFORE, .may_keep_class = true},
};

/* What was recorded: by the order of recording. */
struct model {
    const struct ground *ground;
    struct model_row {
        int64_t pupil, class, order;
        const struct model_kind *kind;
        int day;
        const char *funding, *form; /* NULL = the row does not say */
        bool is_cancelled;
    } rows[STEPS];
    size_t count;
};

static bool is_kind(const struct model_row *row, const char *process)
{
    return strcmp(row->kind->process, process) == 0;
}

static bool counts(const struct model_row *row, int64_t pupil)
{
    return row->pupil == pupil && !row->is_cancelled;
}

/* The last row of that day or before that moves the pupil; NULL for none. Of two of one day the later recorded one is the last. */
static const struct model_row *row_on(const struct model *model, int64_t pupil, int day)
{
    const struct model_row *best = NULL;
    for (size_t i = 0; i < model->count; i++) {
        const struct model_row *row = &model->rows[i];
        bool moves = row->kind->ends != AS_BEFORE || row->class != 0;
        if (counts(row, pupil) && moves && row->day <= day && (best == NULL || row->day >= best->day))
            best = row;
    }
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

static unsigned state_on(const struct model *model, int64_t pupil, int day)
{
    const struct model_row *row = row_on(model, pupil, day);
    return row == NULL ? OUT : row->class != 0 ? IN : row->kind->ends;
}

static const char *standing_of(const struct model *model, int64_t pupil)
{
    unsigned state = state_on(model, pupil, DAYS);
    return row_on(model, pupil, DAYS) == NULL ? "registered" : state == IN ? "enrolled" : state == ON_LEAVE ? "on-leave" : "left";
}

/* What the last row says that says it. */
static const char *said(const struct model *model, int64_t pupil, bool of_funding)
{
    const char *last = NULL;
    int day = 0;
    for (size_t i = 0; i < model->count; i++) {
        const struct model_row *row = &model->rows[i];
        const char *says = of_funding ? row->funding : row->form;
        if (counts(row, pupil) && says != NULL && row->day >= day) {
            last = says;
            day = row->day;
        }
    }
    return last;
}

static bool is_same(const char *said_last, const char *wanted)
{
    return said_last != NULL && wanted != NULL && strcmp(said_last, wanted) == 0;
}

static int of_class(const struct model *model, int64_t class, bool grade)
{
    for (int i = 0; i < 3; i++)
        if (model->ground->classes[i].id == class)
            return grade ? model->ground->classes[i].grade : model->ground->classes[i].speciality;
    return 0;
}

/* The rules of one kind alone go by where the pupil is today. */
static bool may_by_kind(const struct model *model, const struct model_row *row)
{
    int64_t now = class_on(model, row->pupil, DAYS);
    if (is_kind(row, "repeat-course"))
        return of_class(model, row->class, true) < of_class(model, now, true);
    if (is_kind(row, "change-speciality"))
        return of_class(model, row->class, false) != of_class(model, now, false);
    if (is_kind(row, "change-funding"))
        return !is_same(said(model, row->pupil, true), row->funding);
    return !is_kind(row, "change-form") || !is_same(said(model, row->pupil, false), row->form);
}

static bool may_move(const struct model *model, const struct model_row *row)
{
    const struct model_row *after = row_after(model, row->pupil, row->day);
    unsigned state = state_on(model, row->pupil, row->day), ends = row->kind->ends != AS_BEFORE ? row->kind->ends : state;
    int64_t place = class_on(model, row->pupil, row->day);
    return strstr(row->kind->standings, standing_of(model, row->pupil)) != NULL && (state & row->kind->begins) != 0 &&
           (place == 0 || place != row->class) && (after == NULL || (after->kind->begins & ends) != 0) && may_by_kind(model, row);
}

static bool may_cancel(const struct model *model, size_t at)
{
    const struct model_row *row = &model->rows[at];
    for (size_t i = 0; i < model->count; i++)
        if (counts(&model->rows[i], row->pupil) && (model->rows[i].day > row->day || (model->rows[i].day == row->day && i > at)))
            return false;
    return !row->is_cancelled;
}

static const struct sent *order_of(const struct ground *ground, int step)
{
    const struct sent *fields = sent_with(sent_with(enrolment(CLASS_10A), "class", NULL), "grade", NULL);
    return numbered(sent_with(fields, "order_scan", clean_scan(ground->org)), path_of("%d-у", 20 + step), "02.10.2026");
}

static const struct sent *fields_of(const struct ground *ground, const struct model_row *row, int step)
{
    const struct sent *fields = sent_with(of(order_of(ground, step), row->pupil), row->kind->date_field, path_of("%d.09.2026", row->day));
    for (int i = 0; i < 3; i++)
        if (ground->classes[i].id == row->class)
            fields = sent_with(sent_with(fields, "class", path_of("%lld", (long long)row->class)), "grade", path_of("%d", ground->classes[i].grade));
    fields = sent_with(sent_with(fields, "until", "30.09.2026"), "certificate", ground->certificate);
    return sent_with(sent_with(sent_with(fields, "reason", row->kind->reason), "funding", row->funding), "study_form", row->form);
}

static void move_one(struct model *model, int step)
{
    static const char *const fundings[] = {"budget", "paid"}, *const forms[] = {"full-time", "evening"};
    const struct ground *ground = model->ground;
    struct model_row row = {.pupil = ground->pupils[rand() % 2], .day = 1 + rand() % DAYS};
    do
        row.kind = &kinds[rand() % ground->kind_count];
    while (rand() % 4 != 0 && strstr(row.kind->standings, standing_of(model, row.pupil)) == NULL);
    if (row.kind->ends == IN || (row.kind->may_keep_class && rand() % 2 == 0))
        row.class = ground->classes[rand() % 3].id;
    if (ground->org == COLLEGE && (is_kind(&row, "enrol-pupil") || is_kind(&row, "reinstate-pupil")))
        row.funding = "paid";
    if (is_kind(&row, "change-funding"))
        row.funding = fundings[rand() % 2];
    if (is_kind(&row, "change-form"))
        row.form = forms[rand() % 2];
    const struct sent *fields = fields_of(ground, &row, step);
    const char *before = rows_stored();
    bool right = may_move(model, &row);
    const char *start = path_of("/%lld/2026/start/%s", (long long)ground->org, row.kind->process);
    struct answer answer = post(start, fields);
    if (answer.status == 200) /* it is far back, and shows what it changes */
        answer = post_again(start, fields);
    ck_assert_status(answer, right ? 303 : 422);
    row.order = right ? count_of("SELECT MAX(id) FROM school_order WHERE org_id = %lld", (long long)ground->org) : 0;
    if (right)
        model->rows[model->count++] = row;
    else
        ck_assert_str_eq(rows_stored(), before);
}

static void cancel_at(struct model *model, size_t at, int step)
{
    const struct ground *ground = model->ground;
    const struct sent *fields = sent_with(order_of(ground, step), "subject", path_of("%lld", (long long)model->rows[at].order));
    const char *before = rows_stored();
    bool right = may_cancel(model, at);
    struct answer answer = post(path_of("/%lld/2026/start/cancel-order", (long long)ground->org), fields);
    ck_assert_status(answer, right ? 303 : 422);
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

/* Those in classes who take no part: the pupils of the fixture. */
static int64_t count_of_others(const struct model *model, int day)
{
    return count_of("SELECT COUNT(*) FROM membership WHERE org_id = %lld AND pupil_id NOT IN (%lld, %lld) AND from_on <= '2026-09-%02d'"
                    " AND (to_on IS NULL OR to_on > '2026-09-%02d')",
                    (long long)model->ground->org, (long long)model->ground->pupils[0], (long long)model->ground->pupils[1], day, day);
}

static const char *or_dash(const char *text)
{
    return text != NULL ? text : "-";
}

/* Everybody is in one place on each day, the one of the model; classes count as many; the check derives the same. */
static void compare(const struct model *model)
{
    const int64_t *pupils = model->ground->pupils, org = model->ground->org;
    const char *line = "";
    for (size_t i = 0; i < 2; i++) {
        for (int day = 1; day <= DAYS; day++) {
            int64_t class = class_on(model, pupils[i], day);
            ck_assert_str_eq(where_on(pupils[i], day), class != 0 ? path_of("%lld", (long long)class) : "");
        }
        int64_t last = class_on(model, pupils[i], DAYS);
        ck_assert_str_eq(stands(pupils[i]), path_of("%s %s", standing_of(model, pupils[i]), last != 0 ? path_of("%lld", (long long)last) : "-"));
        ck_assert_str_eq(text_of("SELECT CONCAT(COALESCE(funding, '-'), ' ', COALESCE(ordered_form, '-')) FROM pupil WHERE id = %lld", (long long)pupils[i]),
                         path_of("%s %s", or_dash(said(model, pupils[i], true)), or_dash(said(model, pupils[i], false))));
    }
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil WHERE class_id IS NOT NULL AND org_id = %lld", (long long)org),
                     count_of("SELECT COUNT(*) FROM membership WHERE to_on IS NULL AND org_id = %lld", (long long)org));
    fixture_ok(movement_ledger.check(fixture_db(), org, keep_line, &line));
    ck_assert_str_eq(line, "");
}

/* The book of any days has in each class as many as the model, and closes. */
static void compare_book(const struct model *model)
{
    static struct book book;
    int first = 2 + rand() % DAYS, last = first + rand() % (DAYS + 2 - first);
    int64_t before = 0, after = 0;
    for (size_t i = 0; i < 2; i++) {
        before += class_on(model, model->ground->pupils[i], first - 1) != 0;
        after += class_on(model, model->ground->pupils[i], last) != 0;
    }
    book_read(&book, path_of("/%lld/2026/reports/movement-book?by=%s&from=%02d.09.2026&to=%02d.09.2026", (long long)model->ground->org,
                             rand() % 2 == 0 ? "class" : "month", first, last));
    const struct book_row *all = &book.rows[book.count - 1];
    ck_assert_int_eq(all->numbers[0], before + count_of_others(model, first - 1));
    ck_assert_int_eq(all->numbers[book.columns - 1], after + count_of_others(model, last));
}

/* Two mixed groups more, of two specialities, and one more student. */
static void add_groups(void)
{
    run_sql("INSERT INTO speciality (org_id, id, code, name_kk, name_ru, name_en) VALUES (2, 1, '1', 'А', 'А', 'A'), (2, 2, '2', 'Б', 'Б', 'B')");
    run_sql("UPDATE class SET group_type = 'mixed', places = 2000, budget_places = 1000, speciality_id = 1 WHERE id = %d", GROUP);
    run_sql("INSERT INTO class (org_id, id, uid, year, grade, name_kk, name_ru, name_en, group_type, places, budget_places, speciality_id) VALUES"
            " (2, 60, 'c60', 2026, 2, 'ЭЛ-25', 'ЭЛ-25', 'EL-25', 'mixed', 2000, 1000, 2), (2, 61, 'c61', 2026, 1, 'ПО-27', 'ПО-27', 'SW-27', 'mixed', 2000, 1000, 1)");
    run_sql("INSERT INTO person (id, uid, login, surname, given, sort_key, fold_key, key_version) VALUES (70, 'p70', '000000400070', 'Второй', 'Студент', '', '', 1)");
    run_sql("INSERT INTO pupil (org_id, id, uid, person_id, surname, given, born_on, sort_key, fold_key, key_version, grade, registered_at)"
            " VALUES (2, 7, 'u7', 70, 'Второй', 'Студент', '2008-01-01', '', '', 1, 1, '2026-08-01')");
}

START_TEST(any_sequence_of_orders_leaves_everybody_where_the_model_says)
{
    struct model model = {.ground = &grounds[_i % 2]};
    sign_in("secretary", model.ground->org);
    run_sql("UPDATE class SET capacity = NULL");
    if (model.ground->org == COLLEGE)
        add_groups();
    srand((unsigned)_i + 7);
    for (int step = 0; step < STEPS; step++) {
        if (model.count > 0 && rand() % 4 == 0)
            cancel_at(&model, (size_t)rand() % model.count, step);
        else
            move_one(&model, step);
        if (step % 5 == 4) {
            compare(&model);
            compare_book(&model);
        }
    }
    while (model.count > 0) { /* all undone, the last first: as it was at the beginning */
        size_t at = model.count;
        while (at > 0 && !may_cancel(&model, at - 1))
            at--;
        if (at == 0)
            break;
        cancel_at(&model, at - 1, STEPS + (int)at);
    }
    compare(&model);
    ck_assert_str_eq(stands(model.ground->pupils[0]), "registered -");
    ck_assert_str_eq(stands(model.ground->pupils[1]), "registered -");
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
    tcase_add_loop_test(tcase, any_sequence_of_orders_leaves_everybody_where_the_model_says, 0, 16);
    tcase_add_test(tcase, a_class_teacher_moves_nobody);
    suite_add_tcase(suite, tcase);
    return suite;
}
