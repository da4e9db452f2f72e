/* test_process_year.c: all classes pass to the next school year (CON-33, CON-34, CON-35), graduates (CON-38), and back by cancelling. */
#include "school.h"
#include "school_suites.h"

#include "engine/job.h"
#include "school/pupils/movement.h"

#include <stdlib.h>
#include <string.h>

#define START "/1/2026/start/pass-year"

enum { CLASS_PAGE_STATEMENTS = 9 };

static const char *version_now(void)
{
    return text_of("SELECT version FROM process ORDER BY id DESC LIMIT 1");
}

static const struct sent *order_fields(const char *number)
{
    const struct sent *fields = SENT({"action", "submit"}, {"order_date", "01.10.2026"}, {"order_summary", "О переводе"}, {"effective_on", "01.09.2027"},
                                     {"graduated_on", "25.05.2027"});
    return sent_with(sent_with(fields, "order_number", number), "order_scan", clean_scan(SCHOOL));
}

static const char *send(const char *number)
{
    struct answer answer = post(START, order_fields(number));
    ck_assert_status(answer, 303);
    return process_of(answer);
}

static void confirm(const char *process)
{
    struct answer answer = post(process, SENT({"action", "submit"}, {"checked", "1"}, {"version", version_now()}));
    ck_assert_status(answer, 303);
}

/* 9-А, 10-А and 11-А with pupils 1001…: 11-А two, 9-А one; 10-А has PUPIL, and NEW_PUPIL from now on. */
static void fill_classes(void)
{
    run_sql("INSERT INTO class (org_id, id, uid, year, grade, name_kk, name_ru, name_en, language, room) VALUES (1, 11, 'c11', 2026, 11, 'А', 'А', 'A', 'kk', '12')");
    run_sql("INSERT INTO person (id, uid, login, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version)"
            " SELECT 1000 + seq, CONCAT('m', seq), LPAD(500000 + seq, 12, '0'), CONCAT('Много', seq), 'Ученик', '', '2010-01-01', 'M', seq, CONCAT('много', seq), 1"
            " FROM seq_1_to_4");
    run_sql("INSERT INTO pupil (org_id, id, uid, person_id, surname, given, patronymic, born_on, sex, sort_key, fold_key, key_version, grade, registered_at)"
            " SELECT 1, id, uid, id, surname, given, patronymic, born_on, sex, sort_key, fold_key, 1, 10, '2026-08-20' FROM person WHERE id > 1000");
    run_sql("INSERT INTO movement (org_id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id)"
            " SELECT 1, CONCAT('n', id), id, 'enrol', CASE id WHEN 1001 THEN 11 WHEN 1002 THEN 11 WHEN 1003 THEN 3 ELSE 1 END, '2026-09-01', '2026-08-25', 1"
            " FROM pupil WHERE id > 1000");
    fixture_ok(movement_fold_all(fixture_schema_db(), SCHOOL));
    sign_in("secretary", SCHOOL);
}

static const char *rows_of(const char *where)
{
    return text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', m.pupil_id, m.kind, COALESCE(CONCAT(c.year, '/', c.grade, c.name_ru), '-'), m.effective_on,"
                   " COALESCE(m.certificate, '-')) ORDER BY m.pupil_id, m.id SEPARATOR '|') FROM movement m LEFT JOIN class c ON c.id = m.to_class_id WHERE %s", where);
}

static void keep_line(void *data, const char *line)
{
    const char **last = data;
    *last = pool_strdup(fixture_pool(), line);
}

static void check_ledger(void)
{
    const char *line = "";
    fixture_ok(movement_ledger.check(fixture_db(), SCHOOL, keep_line, &line));
    ck_assert_str_eq(line, "");
}

START_TEST(everybody_goes_on_and_the_last_parallel_graduates)
{
    fill_classes();
    ck_assert_has(get("/1/2026/contingent").body, "Transfer all classes to the school year 2027–2028");
    struct answer answer = get(START);
    ck_assert_has(answer.body, "Confirmation of the transfer to the next school year");
    ck_assert_has(answer.body, "Pupils who do not move to the next school year");
    ck_assert_has(answer.body, "There are none");
    ck_assert_has(page_words(answer.body), "Moves on → 11-A");
    const char *process = send("7-у");
    answer = get("%s?check=1", process);
    ck_assert_has(answer.body, "Moves on: 3");
    ck_assert_has(answer.body, "Graduates: 2");
    ck_assert_has(answer.body, "In all, before and after: 5");
    ck_assert_has(answer.body, "Classes of the next year that are made: 2");
    confirm(process);
    ck_assert_str_eq(rows_of("m.kind IN ('promote', 'graduate')"),
                     "1 promote 2027/11А 2027-09-01 -|1001 graduate - 2027-05-25 general|1002 graduate - 2027-05-25 general"
                     "|1003 promote 2027/10А 2027-09-01 basic|1004 promote 2027/11А 2027-09-01 -");
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT(grade, name_ru, ' ', language) ORDER BY grade) FROM class WHERE year = 2027"), "10А ru,11А ru");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class_head h JOIN class c ON c.id = h.class_id WHERE c.year = 2027 AND h.person_id = 11 AND h.valid_to IS NULL"), 1);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class_head WHERE class_id = %d AND valid_to = '2027-08-31'", CLASS_10A), 1);
    ck_assert_str_eq(text_of("SELECT starts_on FROM school_year WHERE org_id = 1 AND year = 2027"), "2027-09-01");
    check_ledger();
    answer = get("%s", process);
    ck_assert_has(answer.body, "The transfer to the school year 2027–2028 is completed");
    ck_assert_has(page_words(answer.body), "Pupils after, with the graduates");
    ck_assert_has(get("/1/2026/contingent").body, "The transfer to the school year 2027–2028 is completed");
    answer = get("/1/2026/orders/%s/classes", text_of("SELECT order_id FROM process WHERE kind = 'pass-year'"));
    ck_assert_has(answer.body, "10-A");
    ck_assert_has(answer.body, "11-A");
    answer = get("/1/2026/graduates");
    ck_assert_has(answer.body, "Certificate of general secondary education");
    ck_assert_has(answer.body, "Certificate of basic secondary education");
}
END_TEST

START_TEST(what_is_decided_for_a_line_goes_before_what_is_usual)
{
    fill_classes();
    const char *process = send("7-у"), *rows = path_of("%s/rows", process);
    ck_assert_status(post(rows, SENT({"action", "save"}, {"decision.1", "retake"}, {"decision.1004", "stay"}, {"decision.1003", "graduate"},
                                     {"certificate.1003", "basic-honours"}, {"version", version_now()})), 303);
    struct answer answer = get("%s?outcome=retake", rows);
    ck_assert_has(answer.body, "Сейітов Айдар");
    ck_assert_has_not(answer.body, "Много4");
    ck_assert_has(get("%s?q=11-", rows).body, "Много2");
    ck_assert_has_not(get("%s?q=11-", rows).body, "Много4");
    answer = get("%s", process);
    const char *apart = strstr(answer.body, "id=\"apart\"");
    ck_assert_ptr_nonnull(apart);
    ck_assert_has(apart, "Сейітов Айдар");
    ck_assert_has(apart, "Repeats the year");
    confirm(process);
    ck_assert_str_eq(rows_of("m.kind IN ('promote', 'graduate', 'stay')"),
                     "1001 graduate - 2027-05-25 general|1002 graduate - 2027-05-25 general|1003 graduate - 2027-05-25 basic-honours|1004 stay 2027/10А 2027-09-01 -");
    ck_assert_str_eq(text_of("SELECT CONCAT(standing, ' ', class_id) FROM pupil WHERE id = 1"), "enrolled 1");
    ck_assert_has(get("%s", process).body, "Transfer those who were left");
    check_ledger();
    confirm(send("8-у"));
    ck_assert_str_eq(rows_of("m.pupil_id = 1 AND m.kind = 'promote'"), "1 promote 2027/11А 2027-09-01 -");
}
END_TEST

static const struct {
    const char *field, *value, *words;
} strange[] = {
    {"next_class.1004", "of3", "moves on: choose a class of a higher parallel"},
    {"next_class.1004", "5", "choose from the list"},
    {"decision.1004", "nowhere", "choose from the list"},
    {"certificate.1004", "vocational", "choose from the list"},
};

START_TEST(a_strange_decision_is_told_at_its_line)
{
    fill_classes();
    struct answer answer = post(START, sent_with(sent_with(order_fields("7-у"), "decision.1004", "promote"), strange[_i].field, strange[_i].value));
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, strange[_i].words);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class WHERE year = 2027"), 0);
}
END_TEST

static const struct {
    const char *field, *value, *words;
} wrong[] = {
    {"effective_on", "", "Fill in “Effective from”"},
    {"effective_on", "01.09.2030", "The date lies outside of the school year"},
    {"graduated_on", "31.08.2026", "The date lies outside of the school year"},
    {"graduated_on", "", "Fill in “Date of graduation”"},
    {"order_scan", NULL, "Attach “Order”"},
};

START_TEST(a_wrong_field_is_told_and_nothing_is_stored)
{
    fill_classes();
    const struct sent *fields = sent_with(order_fields("7-у"), wrong[_i].field, wrong[_i].value);
    const char *before = rows_stored();
    struct answer answer = post(START, fields);
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, wrong[_i].field), wrong[_i].words);
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(who_came_or_went_since_the_list_was_shown_stops_it_once)
{
    fill_classes();
    const char *process = send("7-у");
    struct movement movements[] = {{.pupil = 1004, .kind = "exclude", .from_class = 1, .effective = {2026, 10, 1}, .order = ORDER},
                                   {.pupil = NEW_PUPIL, .kind = "enrol", .to_class = CLASS_10A, .effective = {2026, 10, 1}, .order = ORDER}};
    fixture_ok(movement_record(fixture_db(), SCHOOL, movements, 2));
    struct answer answer = post(process, SENT({"action", "submit"}, {"checked", "1"}, {"version", version_now()}));
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "The list is not as it was shown: 1 came, 1 went");
    ck_assert_status(post(process, sent_with(order_fields("7-у"), "version", version_now())), 303);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(subject_id ORDER BY 1) FROM process_row"), "1,2,1001,1002,1003");
    confirm(process);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = 2 AND kind = 'promote'"), 1);
}
END_TEST

/* ---- the year that is over ---- */

/* What the pages of 2026 say of who is in its classes, one line a page. */
static const char *seen_of_the_year(void)
{
    static const char *const pages[] = {"/1/2026/contingent?format=csv", "/1/2026/classes/1?format=csv", "/1/2026/classes/11?format=csv", "/1/2026/classes/3?format=csv"};
    const char *seen = "";
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        seen = path_of("%s%s", seen, get("%s", pages[i]).body);
    return seen;
}

static const char *counts_of(const char *path)
{
    struct answer answer = get("%s", path);
    ck_assert_status(answer, 200);
    const char *from = strstr(page_words(answer.body), "<p class=\"facts\">"), *to = strstr(from, " girls");
    return pool_strndup(fixture_pool(), from, (size_t)(to - from));
}

static void go_to(const char *today)
{
    fixture_ok(clock_set_today(today));
    struct db_value now = DB_TIME(clock_now());
    fixture_ok(db_exec(fixture_schema_db(), "UPDATE session SET made_at = ?, seen_at = ?", DB_VALUES(now, now), NULL, NULL));
}

static const char *const days_after[] = {"2026-10-05", "2027-08-31", "2027-10-05"};

START_TEST(the_classes_of_a_year_keep_their_pupils_after_the_passage)
{
    fill_classes();
    const char *classes[] = {"/1/2026/classes/1", "/1/2026/classes/11", "/1/2026/classes/3"}, *counts[3];
    for (size_t i = 0; i < 3; i++)
        counts[i] = counts_of(classes[i]);
    const char *before = seen_of_the_year();
    ck_assert_has(before, "Много2");
    confirm(send("7-у"));
    go_to(days_after[_i]);
    bool is_over = strcmp(days_after[_i], "2027-10-05") == 0;
    for (size_t i = 0; i < 3; i++)
        ck_assert_str_eq(counts_of(classes[i]), counts[i]);
    if (!is_over) {
        ck_assert_str_eq(seen_of_the_year(), before);
        return;
    }
    for (const char *const *name = (const char *const[]){"Много1", "Много2", "Много3", "Много4", "Сейітов", NULL}; *name != NULL; name++)
        ck_assert_has(seen_of_the_year(), *name);
    struct answer answer = get("/1/2026/classes/1");
    ck_assert_has(answer.body, "as of 25.05.2027");
    ck_assert_has(answer.body, "class teacher");
    ck_assert_has(answer.body, "Pupils as of the last day of the school year 2026–2027");
    ck_assert_has_not(answer.body, "start/transfer-pupil");
    ck_assert_has_not(answer.body, "start/register-pupil?class");
    ck_assert_has_not(answer.body, "start/disband-class");
    ck_assert_has(get("/1/2026/classes/1?format=html").body, "Pupils as of the last day of the school year 2026–2027");
    answer = get("/1/2026/contingent");
    ck_assert_has(answer.body, "Pupils as of the last day of the school year 2026–2027");
    ck_assert_has(answer.body, "Служащая class-teacher");
    const char *next = text_of("SELECT id FROM class WHERE year = 2027 AND grade = 11");
    answer = get("/1/2027/classes/%s", next);
    ck_assert_has(answer.body, "Много4");
    ck_assert_has_not(answer.body, "as of");
    answer = get("/1/2027/orders?q=7-у"); /* the order of that year is found by its number */
    ck_assert_has(answer.body, path_of("/1/2027/orders/%s", text_of("SELECT id FROM school_order WHERE number = '7-у' AND org_id = 1")));
}
END_TEST

/* Who left within the year is not among those of its last day; who left after it is. */
START_TEST(a_year_that_is_over_has_those_of_its_last_day)
{
    fill_classes();
    struct movement movements[] = {{.pupil = 1001, .kind = "exclude", .from_class = 11, .effective = {2027, 3, 1}, .order = ORDER},
                                   {.pupil = 1003, .kind = "exclude", .from_class = 3, .effective = {2027, 6, 10}, .order = ORDER}};
    fixture_ok(movement_record(fixture_db(), SCHOOL, movements, 2));
    ck_assert_has_not(get("/1/2026/classes/3").body, "Много3");
    go_to("2027-10-05");
    ck_assert_has_not(get("/1/2026/classes/11").body, "Много1");
    ck_assert_has(get("/1/2026/classes/11").body, "Много2");
    ck_assert_has(get("/1/2026/classes/3").body, "Много3");
    run_sql("DELETE FROM school_year WHERE year = 2026 AND org_id = 1");
    ck_assert_has_not(get("/1/2026/classes/3").body, "Много3"); /* nobody has said when it ended */
}
END_TEST

/* A graduate who is taken back into the class of that year is there once. */
START_TEST(who_comes_back_into_the_class_is_counted_once)
{
    fill_classes();
    struct movement movements[] = {{.pupil = 1001, .kind = "graduate", .from_class = 11, .effective = {2027, 5, 20}, .order = ORDER},
                                   {.pupil = 1001, .kind = "reinstate", .to_class = 11, .effective = {2027, 5, 22}, .order = ORDER},
                                   {.pupil = 1002, .kind = "graduate", .from_class = 11, .effective = {2027, 5, 20}, .order = ORDER}};
    for (size_t i = 0; i < 3; i++)
        fixture_ok(movement_record(fixture_db(), SCHOOL, &movements[i], 1));
    check_ledger();
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', pupil_id, from_on, ends_year) ORDER BY pupil_id, from_on) FROM membership WHERE class_id = 11"),
                     "1001 2026-09-01 0,1001 2027-05-22 0,1002 2026-09-01 1");
    for (const char *const *day = (const char *const[]){"2026-10-05", "2027-10-05", NULL}; *day != NULL; day++) {
        go_to(*day);
        ck_assert_has(get("/1/2026/classes/11").body, "2 pupils");
        ck_assert_has(get("/1/2026/classes/11").body, "1–2 / 2");
    }
}
END_TEST

/* Until the year ends the class teacher has the class, though the order has said already where it goes. */
START_TEST(a_class_teacher_keeps_the_files_until_the_year_ends)
{
    fill_classes();
    confirm(send("7-у"));
    go_to("2027-06-15");
    sign_in("class-teacher", SCHOOL);
    ck_assert_has(get("/1/2026/classes/1").body, "Много4");
    ck_assert_status(get("/1/2026/pupils/1004"), 200);
    ck_assert_status(get("/1/2026/pupils/1003"), 403);
    go_to("2027-10-05");
    ck_assert_status(get("/1/2026/classes/1"), 403);
    ck_assert_status(get("/1/2027/pupils/1004"), 200);
}
END_TEST

START_TEST(nobody_enters_a_class_of_a_year_that_is_over)
{
    fill_classes();
    confirm(send("7-у"));
    const struct sent *fields = SENT({"action", "submit"}, {"subject", "2"}, {"grade", "10"}, {"class", "1"}, {"order_number", "8-у"}, {"order_date", "01.10.2026"},
                                     {"order_summary", "О зачислении"}, {"effective_on", "01.09.2027"});
    struct answer answer = post("/1/2026/start/enrol-pupil", sent_with(fields, "order_scan", clean_scan(SCHOOL)));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, "class"), "On that day the school year of 10-A is over: choose a class of the next one");
}
END_TEST

START_TEST(the_page_of_a_class_asks_as_few_statements_as_before)
{
    fill_classes();
    get("/1/2026/classes/1");
    unsigned before = db_statements(school_worker()->db);
    get("/1/2026/classes/1");
    ck_assert_uint_le(db_statements(school_worker()->db) - before, CLASS_PAGE_STATEMENTS);
}
END_TEST

/* ---- back ---- */

static struct answer cancel(const char *number)
{
    const char *order = text_of("SELECT id FROM school_order WHERE kind = 'promote' AND state = 'signed'");
    const struct sent *fields = SENT({"action", "submit"}, {"order_date", "02.10.2026"}, {"order_summary", "Об отмене"}, {"subject", order});
    return post("/1/2026/start/cancel-order", sent_with(sent_with(fields, "order_number", number), "order_scan", clean_scan(SCHOOL)));
}

START_TEST(the_year_comes_back_until_the_first_record_of_the_next_one)
{
    fill_classes();
    const char *before = text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', id, standing, class_id) ORDER BY id) FROM pupil");
    confirm(send("7-у"));
    int64_t next = count_of("SELECT id FROM class WHERE year = 2027 AND grade = 10");
    struct movement later = {.pupil = NEW_PUPIL, .kind = "enrol", .to_class = next, .effective = {2027, 9, 1}, .order = ORDER};
    fixture_ok(movement_record(fixture_db(), SCHOOL, &later, 1));
    struct answer answer = cancel("8-у");
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "Cancel first what depends on this order: Ерғалиев Санжар: Enrolled");
    struct movement undone = {.pupil = NEW_PUPIL, .kind = "void", .from_class = next, .effective = {2027, 9, 1}, .order = ORDER};
    undone.voids = count_of("SELECT MAX(id) FROM movement");
    fixture_ok(movement_record(fixture_db(), SCHOOL, &undone, 1));
    answer = cancel("8-у");
    ck_assert_status(answer, 303);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', id, standing, class_id) ORDER BY id) FROM pupil"), before);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class WHERE year = 2027 AND ended_on IS NULL"), 0);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class_head WHERE class_id = %d AND valid_to IS NULL", CLASS_10A), 1);
    check_ledger();
    ck_assert_has(get("/1/2026/contingent").body, "Transfer all classes to the school year 2027–2028");
    ck_assert_has(get("/1/2026/orders").body, "cancelled");
    confirm(send("9-у"));
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class WHERE year = 2027 AND ended_on IS NULL"), 2);
}
END_TEST

/* ---- colleges, other schools ---- */

START_TEST(a_group_goes_to_the_next_course_and_graduates_after_its_last)
{
    sign_in("secretary", COLLEGE);
    run_sql("INSERT INTO movement (org_id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id) VALUES (2, 's', 5, 'enrol', 4, '2026-09-01', '2026-08-25', 1)");
    fixture_ok(movement_fold_all(fixture_schema_db(), COLLEGE));
    struct answer answer = get("/2/2026/start/pass-year");
    ck_assert_has(page_words(answer.body), "Moves on → SW-26");
    ck_assert_has(answer.body, "course 1");
    run_sql("UPDATE class SET last_grade = 1 WHERE id = %d", GROUP);
    ck_assert_has(get("/2/2026/start/pass-year").body, "Graduates");
}
END_TEST

START_TEST(nobody_else_passes_a_year)
{
    fill_classes();
    sign_in("class-teacher", SCHOOL);
    ck_assert_has_not(get("/1/2026/contingent").body, "Transfer all classes");
    ck_assert_status(get(START), 403);
    sign_in("head", STRANGE);
    ck_assert_status(get("/1/2026/start/pass-year"), 404);
}
END_TEST

/* ---- many ---- */

enum { MANY = 400 };

START_TEST(a_large_school_passes_in_the_background_with_few_statements)
{
    fill_classes();
    run_sql("INSERT INTO person (id, uid, login, surname, given, born_on, sex, sort_key, fold_key, key_version)"
            " SELECT 2000 + seq, CONCAT('l', seq), LPAD(600000 + seq, 12, '0'), CONCAT('Толпа', seq), 'Ученик', '2010-01-01', 'F', seq, seq, 1 FROM seq_1_to_%d", MANY);
    run_sql("INSERT INTO pupil (org_id, id, uid, person_id, surname, given, born_on, sex, sort_key, fold_key, key_version, grade, registered_at)"
            " SELECT 1, id, uid, id, surname, given, born_on, sex, sort_key, fold_key, 1, 9, '2026-08-20' FROM person WHERE id > 2000");
    run_sql("INSERT INTO movement (org_id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id)"
            " SELECT 1, CONCAT('q', id), id, 'enrol', 3, '2026-09-01', '2026-08-25', 1 FROM pupil WHERE id > 2000");
    fixture_ok(movement_fold_all(fixture_schema_db(), SCHOOL));
    const char *process = send("7-у");
    confirm(process);
    ck_assert_has(get("%s", process).body, "Being carried out");
    unsigned before = db_statements(school_worker()->db);
    bool ran;
    fixture_ok(job_run_one(school_worker(), &ran));
    ck_assert_uint_lt(db_statements(school_worker()->db) - before, 80);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE kind = 'promote'"), MANY + 3);
    ck_assert_str_eq(text_of("SELECT state FROM process"), "done");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE action = 'pass-year'"), MANY + 5);
    check_ledger();
    ck_assert_has(get("%s/rows?outcome=graduate", process).body, "1–2 / 2");
}
END_TEST

Suite *process_year_suite(void)
{
    Suite *suite = suite_create("school year");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, everybody_goes_on_and_the_last_parallel_graduates);
    tcase_add_test(tcase, what_is_decided_for_a_line_goes_before_what_is_usual);
    tcase_add_loop_test(tcase, a_strange_decision_is_told_at_its_line, 0, (int)(sizeof strange / sizeof *strange));
    tcase_add_loop_test(tcase, a_wrong_field_is_told_and_nothing_is_stored, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, who_came_or_went_since_the_list_was_shown_stops_it_once);
    tcase_add_loop_test(tcase, the_classes_of_a_year_keep_their_pupils_after_the_passage, 0, (int)(sizeof days_after / sizeof *days_after));
    tcase_add_test(tcase, a_year_that_is_over_has_those_of_its_last_day);
    tcase_add_test(tcase, who_comes_back_into_the_class_is_counted_once);
    tcase_add_test(tcase, a_class_teacher_keeps_the_files_until_the_year_ends);
    tcase_add_test(tcase, nobody_enters_a_class_of_a_year_that_is_over);
    tcase_add_test(tcase, the_page_of_a_class_asks_as_few_statements_as_before);
    tcase_add_test(tcase, the_year_comes_back_until_the_first_record_of_the_next_one);
    tcase_add_test(tcase, a_group_goes_to_the_next_course_and_graduates_after_its_last);
    tcase_add_test(tcase, nobody_else_passes_a_year);
    tcase_add_test(tcase, a_large_school_passes_in_the_background_with_few_statements);
    suite_add_tcase(suite, tcase);
    return suite;
}
