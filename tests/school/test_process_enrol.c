/* test_process_enrol.c: pupils enter a class by order (CON-24): one, many, wrongly, twice, with a second person. */
#include "school.h"
#include "school_suites.h"

#include "school/pupils/movement.h"

#include <string.h>

#define START "/1/2026/start/enrol-pupil"

static const struct sent *of_pupil(const struct sent *fields, int64_t pupil)
{
    return sent_with(fields, "subject", path_of("%lld", (long long)pupil));
}

static struct answer enrol(const struct sent *fields)
{
    return post(START, of_pupil(fields, NEW_PUPIL));
}

static const struct sent *new_enrolment(void)
{
    return enrolment(CLASS_10A);
}

/* ---- the right way ---- */

START_TEST(one_pupil_enters_the_class_by_an_order_with_its_scan)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = enrol(new_enrolment());
    ck_assert_status(answer, 303);
    ck_assert_int_eq(count_of("SELECT class_id FROM pupil WHERE id = %d AND standing = 'enrolled'", NEW_PUPIL), CLASS_10A);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', kind, number, ordinal, state, dated, summary, journal) FROM school_order WHERE org_id = 1 AND id <> 1"),
                     "enrol|7-у|7|signed|2026-10-01|О зачислении|contingent");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM order_scan WHERE org_id = 1"), 1);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', kind, to_class_id, effective_on) FROM movement WHERE pupil_id = %d", NEW_PUPIL),
                     "enrol|1|2026-10-01");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_kind = 'pupil' AND subject_id = %d AND action = 'enrol-pupil'", NEW_PUPIL), 1);
    answer = get("%s", process_of(answer));
    ck_assert_status(answer, 200);
    ck_assert_has(answer.body, "Open the class");
    ck_assert_has(get("/1/2026/classes/%d", CLASS_10A).body, "Ерғалиев Санжар");
}
END_TEST

START_TEST(many_ticked_pupils_are_checked_once_more_and_enter_by_one_order)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post(START, SENT({"ids", "2,3"}, {"list", "without-class"}));
    ck_assert_status(answer, 303);
    const char *process = process_of(answer);
    ck_assert_has(get("%s", process).body, "Ким Анна");
    answer = post(process, sent_with(new_enrolment(), "version", text_of("SELECT version FROM process")));
    ck_assert_status(answer, 303);
    ck_assert_has(answer.location, "check=1");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM school_order WHERE org_id = 1 AND state = 'signed'"), 1);
    answer = get("%s?check=1", process);
    ck_assert_has(answer.body, "Ерғалиев Санжар");
    ck_assert_has(answer.body, "О зачислении");
    answer = post(process, SENT({"action", "submit"}, {"checked", "1"}, {"version", text_of("SELECT version FROM process")}));
    ck_assert_status(answer, 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM school_order WHERE org_id = 1 AND state = 'signed'"), 2);
    ck_assert_int_eq(count_of("SELECT COUNT(DISTINCT order_id) FROM movement WHERE pupil_id IN (2, 3)"), 1);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil WHERE class_id = 1 AND id IN (2, 3)"), 2);
}
END_TEST

START_TEST(the_page_before_the_confirmation_passes_over_no_rule)
{
    sign_in("secretary", SCHOOL);
    const char *process = process_of(post(START, SENT({"ids", "2,3"}, {"list", "without-class"})));
    const char *before = rows_stored();
    struct answer answer = post(process, SENT({"action", "submit"}, {"checked", "1"}, {"version", text_of("SELECT version FROM process")}));
    ck_assert_status(answer, 422);
    ck_assert_str_ne(error_at(answer, "order_scan"), "");
    ck_assert_str_ne(error_at(answer, "class"), "");
    ck_assert_str_eq(rows_stored(), before);
    answer = post(START, SENT({"action", "submit"}, {"checked", "1"}, {"subject", "2"}));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(a_full_class_warns_but_takes_the_pupil)
{
    struct movement there = {.pupil = YOUNGER_PUPIL, .kind = "enrol", .to_class = CLASS_10B, .effective = {2026, 9, 1}, .order = ORDER};
    sign_in("secretary", SCHOOL);
    fixture_ok(movement_record(fixture_db(), SCHOOL, &there, 1));
    struct answer answer = enrol(sent_with(sent_with(enrolment(CLASS_10B), "action", "draft"), "order_number", "8-у"));
    ck_assert_status(answer, 303);
    answer = post(START, sent_with(of_pupil(enrolment(CLASS_10B), NEW_PUPIL), "order_date", "1.1.2030"));
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "10-B is full: 1 of 1 places are taken");
    ck_assert_status(post_again(START, of_pupil(enrolment(CLASS_10B), NEW_PUPIL)), 303);
    ck_assert_int_eq(count_of("SELECT class_id FROM pupil WHERE id = %d", NEW_PUPIL), CLASS_10B);
}
END_TEST

START_TEST(an_enrolment_may_take_effect_later_or_earlier_than_its_order)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post_again(START, of_pupil(sent_with(new_enrolment(), "effective_on", "2026-09-01"), NEW_PUPIL)), 303);
    ck_assert_str_eq(text_of("SELECT from_on FROM membership WHERE pupil_id = %d", NEW_PUPIL), "2026-09-01");
    struct answer answer = post(START, sent_with(of_pupil(sent_with(new_enrolment(), "order_number", "9-у"), SECOND_NEW_PUPIL), "effective_on", "2010-11-01"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "effective_on"), "the date is before the birth date");
}
END_TEST

/* ---- the scan ---- */

static struct answer enrol_with_upload(const char *name, const char *bytes, size_t length)
{
    const struct sent *fields = of_pupil(sent_with(new_enrolment(), "order_scan", NULL), NEW_PUPIL);
    struct sent sent[12] = {{"order_scan", bytes, name, length}};
    for (size_t i = 0; fields[i].name != NULL; i++)
        sent[i + 1] = fields[i];
    return post(START, sent);
}

START_TEST(a_scan_is_needed)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = enrol(sent_with(new_enrolment(), "order_scan", NULL));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, "order_scan"), "Attach “Order”");
    ck_assert_has(answer.body, "value=\"7-у\"");
}
END_TEST

START_TEST(a_wrong_scan_says_what_is_wrong_with_it)
{
    enum { BIG = 20 * 1024 * 1024 + 1 };
    sign_in("secretary", SCHOOL);
    ck_assert_has(error_at(enrol_with_upload("пустой.pdf", "", 0), "order_scan"), "is empty. Attach another file.");
    ck_assert_has(error_at(enrol_with_upload("text.pdf", "just words", 10), "order_scan"), "“text.pdf” is ");
    ck_assert_has(error_at(enrol_with_upload("big.pdf", pool_alloc(fixture_pool(), BIG), BIG), "order_scan"), "is larger than 20 MB");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM file WHERE org_id = 1"), 3); /* only those that clean_scan made */
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM school_order WHERE org_id = 1"), 1);
}
END_TEST

START_TEST(an_uploaded_scan_waits_for_its_check_and_survives_a_mistake_elsewhere)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = enrol_with_upload("prikaz.pdf", TINY_PDF, strlen(TINY_PDF));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "order_scan"), "“prikaz.pdf” is still being checked");
    const char *scan = text_of("SELECT MAX(id) FROM file WHERE org_id = 1");
    ck_assert_has(answer.body, path_of("name=\"order_scan\" value=\"%s\"", scan));
    run_sql("UPDATE file SET state = 'clean' WHERE id = %s", scan);
    answer = enrol(sent_with(sent_with(new_enrolment(), "order_scan", scan), "order_number", NULL));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, "order_number"), "Fill in “Order number”");
    ck_assert_has(answer.body, path_of("name=\"order_scan\" value=\"%s\"", scan));
    ck_assert_status(enrol(sent_with(new_enrolment(), "order_scan", scan)), 303);
    ck_assert_str_eq(text_of("SELECT file_id FROM order_scan"), scan);
}
END_TEST

START_TEST(a_file_of_another_purpose_or_of_somebody_else_is_no_scan)
{
    static const char *const others[] = {"purpose = 'photo'", "purpose = 'package'", "made_by = made_by + 1", "made_by = NULL"};
    sign_in("secretary", SCHOOL);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const char *file = clean_scan(SCHOOL);
        run_sql("UPDATE file SET %s WHERE id = %s", others[i], file);
        ck_assert_str_eq(error_at(enrol(sent_with(new_enrolment(), "order_scan", file)), "order_scan"), "The scan is not there any more; attach it again");
    }
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM order_scan"), 0);
}
END_TEST

START_TEST(a_scan_with_a_fault_or_of_another_organisation_is_no_scan)
{
    sign_in("secretary", SCHOOL);
    const char *scan = clean_scan(SCHOOL);
    run_sql("UPDATE file SET state = 'bad', fault = 'The file is protected by a password' WHERE id = %s", scan);
    ck_assert_has(error_at(enrol(sent_with(new_enrolment(), "order_scan", scan)), "order_scan"), "prikaz.pdf");
    struct answer answer = enrol(sent_with(new_enrolment(), "order_scan", path_of("%d", STRANGE_FILE)));
    ck_assert_str_eq(error_at(answer, "order_scan"), "The scan is not there any more; attach it again");
    ck_assert_has_not(answer.body, STRANGE_WORDS);
}
END_TEST

/* ---- wrong values ---- */

static const struct {
    const char *field, *value, *words;
} wrong[] = {
    {"order_number", "6-у", "Order № 6-у is already in this year's journal; the next free number is 7-у"},
    {"order_date", "06.10.2026", "“Order date” cannot be later than today: "},
    {"order_date", "31.09.2026", "“Order date”: there is no such date"},
    {"order_date", "", "Fill in “Order date”"},
    {"order_summary", "", "Fill in “Summary”"},
    {"class", "", "Choose “To class”"},
    {"class", "5", "“To class”: choose from the list"},
    {"class", "4", "“To class”: choose from the list"},
    {"class", "3", "“To class”: choose from the list"},
    {"grade", "9", ""},
    {"grade", "77", "“Parallel”: choose from the list"},
};

START_TEST(a_wrong_value_is_told_at_its_field_and_nothing_is_stored)
{
    sign_in("secretary", SCHOOL);
    const struct sent *fields = sent_with(of_pupil(new_enrolment(), NEW_PUPIL), wrong[_i].field, wrong[_i].value);
    const char *before = rows_stored();
    struct answer answer = post(START, fields);
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, strcmp(wrong[_i].field, "grade") == 0 && *wrong[_i].words == '\0' ? "class" : wrong[_i].field), wrong[_i].words);
    ck_assert_has(answer.body, path_of("name=\"order_scan\" value=\"%s\"", text_of("SELECT MAX(id) FROM file WHERE org_id = 1")));
    ck_assert_has_not(answer.body, STRANGE_WORDS);
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(who_is_in_a_class_already_is_not_enrolled_again)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post(START, of_pupil(new_enrolment(), PUPIL));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "Сейітов Айдар Маратұлы, 27.05.2010 is already in 10-A");
}
END_TEST

START_TEST(a_pupil_of_another_organisation_cannot_be_a_subject)
{
    sign_in("secretary", SCHOOL);
    const char *before = rows_stored();
    struct answer answer = post(START, of_pupil(new_enrolment(), STRANGE_PUPIL));
    ck_assert_status(answer, 404);
    ck_assert_has_not(answer.body, STRANGE_WORDS);
    ck_assert_status(post(START, SENT({"ids", "2,6"}, {"list", "without-class"})), 404);
    ck_assert_status(get(START "?subject=%d", STRANGE_PUPIL), 404);
    (void)before;
}
END_TEST

/* ---- once, by one ---- */

START_TEST(the_same_form_posted_twice_gives_one_order_and_the_same_address)
{
    sign_in("secretary", SCHOOL);
    const struct sent *fields = sent_with(of_pupil(new_enrolment(), NEW_PUPIL), "form_key", "00000000-0000-4000-8000-000000000001");
    struct answer first = post(START, fields), second = post(START, fields);
    ck_assert_status(first, 303);
    ck_assert_str_eq(first.location, second.location);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM school_order WHERE number = '7-у' AND org_id = 1"), 1);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = %d", NEW_PUPIL), 1);
}
END_TEST

START_TEST(without_the_token_or_the_key_nothing_is_done)
{
    sign_in("secretary", SCHOOL);
    const struct sent *fields = of_pupil(new_enrolment(), NEW_PUPIL);
    const char *before = rows_stored();
    ck_assert_status(post(START, sent_with(fields, "csrf", "forged")), 403);
    ck_assert_status(post(START, sent_with(fields, "form_key", "short")), 400);
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

static const char *draft(void)
{
    return process_of(post(START, sent_with(of_pupil(new_enrolment(), NEW_PUPIL), "action", "draft")));
}

static const int64_t HOUR_MS = (int64_t)3600 * 1000;

static int64_t true_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The session, a draft of an hour ago (or ahead) and its reserved number are what they were. */
START_TEST(an_enrolment_begun_before_the_clock_was_moved_is_confirmed_after_it)
{
    static const int hours[] = {-1, 1};
    sign_in("secretary", SCHOOL);
    const char *process = draft();
    const struct sent *fields = sent_with(sent_with(new_enrolment(), "version", text_of("SELECT version FROM process")), "form_key",
                                          "00000000-0000-4000-8000-000000000001");
    clock_shift(clock_now() - true_now() + hours[_i] * HOUR_MS);
    ck_assert_status(get("/1/2026/without-class"), 200);
    struct answer answer = post(process, fields);
    ck_assert_status(answer, 303);
    ck_assert_str_eq(post(process, fields).location, answer.location);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM school_order WHERE number = '7-у' AND org_id = 1 AND state = 'signed'"), 1);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = %d", NEW_PUPIL), 1);
}
END_TEST

START_TEST(a_stale_tab_is_told_and_keeps_its_values)
{
    sign_in("secretary", SCHOOL);
    const char *process = draft(), *version = text_of("SELECT version FROM process");
    ck_assert_status(post(process, sent_with(sent_with(new_enrolment(), "action", "draft"), "version", version)), 303);
    struct answer answer = post(process, sent_with(sent_with(new_enrolment(), "order_summary", "Мои слова"), "version", version));
    ck_assert_status(answer, 409);
    ck_assert_has(answer.body, "Мои слова");
    ck_assert_has(error_at(answer, ""), "This was changed meanwhile");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = %d", NEW_PUPIL), 0);
}
END_TEST

START_TEST(a_draft_reserves_its_number_and_a_cancelled_one_leaves_a_gap_with_the_reason)
{
    sign_in("secretary", SCHOOL);
    const char *process = draft();
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM school_order WHERE number = '7-у' AND state = 'reserved' AND org_id = 1"), 1);
    ck_assert_has(get(START "?subject=%d", SECOND_NEW_PUPIL).body, "value=\"8-у\"");
    struct answer answer = post(START, of_pupil(new_enrolment(), SECOND_NEW_PUPIL));
    ck_assert_has(error_at(answer, "order_number"), "the next free number is 8-у");
    ck_assert_status(post(process, SENT({"action", "cancel"}, {"version", text_of("SELECT version FROM process")})), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', state, gap_reason) FROM school_order WHERE number = '7-у' AND org_id = 1"),
                     "gap|the draft was cancelled");
    ck_assert_has(get("%s", process).body, "The process was cancelled; nothing was changed");
    ck_assert_has(get("/1/2026/orders").body, "the draft was cancelled");
}
END_TEST

START_TEST(a_draft_stands_in_the_task_list_and_is_continued)
{
    sign_in("secretary", SCHOOL);
    const char *process = draft();
    ck_assert_has(get("/1/2026/tasks").body, process);
    ck_assert_has(get("%s", process).body, "О зачислении");
    struct answer answer = post(process, sent_with(new_enrolment(), "version", text_of("SELECT version FROM process")));
    ck_assert_status(answer, 303);
    ck_assert_str_eq(text_of("SELECT state FROM school_order WHERE number = '7-у' AND org_id = 1"), "signed");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM school_order WHERE org_id = 1"), 2);
    ck_assert_has_not(get("/1/2026/tasks").body, process);
}
END_TEST

/* ---- with a second person ---- */

static const char *submitted(void)
{
    run_sql("INSERT INTO setting_value (org_id, setting_key, value) VALUES (1, 'order.second_person', '1')");
    sign_in("secretary", SCHOOL);
    return process_of(enrol(new_enrolment()));
}

static const char *version_now(void)
{
    return text_of("SELECT version FROM process");
}

START_TEST(with_a_second_person_nothing_is_done_until_the_head_confirms)
{
    const char *process = submitted();
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', state, step) FROM process"), "waiting|confirm");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = %d", NEW_PUPIL), 0);
    ck_assert_status(post(process, SENT({"action", "accept"}, {"version", version_now()})), 403);
    sign_in("head", SCHOOL);
    ck_assert_has(get("/1/2026/tasks").body, process);
    ck_assert_has(get("%s", process).body, "О зачислении");
    ck_assert_status(post(process, SENT({"action", "accept"}, {"version", version_now()})), 303);
    ck_assert_int_eq(count_of("SELECT class_id FROM pupil WHERE id = %d", NEW_PUPIL), CLASS_10A);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(event ORDER BY id) FROM process_event"), "start,submit,apply,accept");
}
END_TEST

START_TEST(who_confirms_reads_that_the_class_is_full)
{
    struct movement there = {.pupil = YOUNGER_PUPIL, .kind = "enrol", .to_class = CLASS_10B, .effective = {2026, 9, 1}, .order = ORDER};
    fixture_ok(movement_record(fixture_db(), SCHOOL, &there, 1));
    run_sql("INSERT INTO setting_value (org_id, setting_key, value) VALUES (1, 'order.second_person', '1')");
    sign_in("secretary", SCHOOL);
    const char *process = process_of(post_again(START, of_pupil(enrolment(CLASS_10B), NEW_PUPIL)));
    sign_in("head", SCHOOL);
    ck_assert_has(get("%s", process).body, "10-B is full: 1 of 1 places are taken");
    ck_assert_status(post(process, SENT({"action", "accept"}, {"version", version_now()})), 303);
    ck_assert_int_eq(count_of("SELECT class_id FROM pupil WHERE id = %d", NEW_PUPIL), CLASS_10B);
}
END_TEST

/* The head may enrol and confirm. */
START_TEST(who_sent_an_order_does_not_confirm_it_and_reads_who_may)
{
    submitted();
    sign_in("head", SCHOOL);
    const char *process = process_of(post(START, of_pupil(sent_with(new_enrolment(), "order_number", "8-у"), SECOND_NEW_PUPIL)));
    const char *version = text_of("SELECT version FROM process ORDER BY id DESC LIMIT 1");
    struct answer page = get("%s", process);
    ck_assert_has(page.body, "You have sent it yourself, so another person confirms it: ");
    ck_assert_has(page.body, "Deputy head");
    ck_assert_has_not(page.body, "value=\"accept\"");
    ck_assert_has_not(get("/1/2026/tasks").body, process);
    ck_assert_status(post(process, SENT({"action", "accept"}, {"version", version})), 403);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = %d", SECOND_NEW_PUPIL), 0);
    sign_in("deputy", SCHOOL);
    ck_assert_has(get("/1/2026/tasks").body, process);
    ck_assert_status(post(process, SENT({"action", "accept"}, {"version", version})), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = %d", SECOND_NEW_PUPIL), 1);
}
END_TEST

START_TEST(the_head_returns_it_with_a_remark_that_the_secretary_reads_mends_and_sends_again)
{
    const char *process = submitted();
    sign_in("head", SCHOOL);
    struct answer answer = post(process, SENT({"action", "return"}, {"version", version_now()}));
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "Say why: the person will read it");
    ck_assert_status(post(process, SENT({"action", "return"}, {"remark", "Класс не тот"}, {"version", version_now()})), 303);
    sign_in("secretary", SCHOOL);
    ck_assert_has(get("/1/2026/tasks").body, "Класс не тот");
    ck_assert_has(get("%s", process).body, "Класс не тот");
    ck_assert_status(post(process, sent_with(enrolment(CLASS_10B), "version", version_now())), 303);
    ck_assert_str_eq(text_of("SELECT state FROM process"), "waiting");
    sign_in("head", SCHOOL);
    ck_assert_status(post(process, SENT({"action", "accept"}, {"version", version_now()})), 303);
    ck_assert_int_eq(count_of("SELECT class_id FROM pupil WHERE id = %d", NEW_PUPIL), CLASS_10B);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM school_order WHERE org_id = 1"), 2);
}
END_TEST

START_TEST(a_refused_enrolment_changes_nothing)
{
    const char *process = submitted();
    sign_in("head", SCHOOL);
    ck_assert_status(post(process, SENT({"action", "refuse"}, {"remark", "Не нужно"}, {"version", version_now()})), 303);
    ck_assert_has(get("%s", process).body, "The process was refused; nothing was changed");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = %d", NEW_PUPIL), 0);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM school_order WHERE org_id = 1 AND state = 'signed'"), 1);
}
END_TEST

START_TEST(what_no_longer_holds_is_refused_at_the_confirmation)
{
    const char *process = submitted();
    run_sql("UPDATE pupil SET standing = 'enrolled', class_id = 1 WHERE id = %d", NEW_PUPIL);
    sign_in("head", SCHOOL);
    struct answer answer = post(process, SENT({"action", "accept"}, {"version", version_now()}));
    ck_assert_status(answer, 422);
    ck_assert_has(answer.body, "is already in 10-A");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = %d", NEW_PUPIL), 0);
}
END_TEST

START_TEST(in_a_college_the_same_order_takes_a_student_into_a_group)
{
    sign_in("secretary", COLLEGE);
    struct answer answer = post("/2/2026/start/enrol-pupil", of_pupil(enrolment(GROUP), STUDENT));
    ck_assert_status(answer, 303);
    ck_assert_int_eq(count_of("SELECT class_id FROM pupil WHERE id = %d", STUDENT), GROUP);
    speak("ru");
    ck_assert_has(get("%s", process_of(answer)).body, "Открыть группу");
}
END_TEST

Suite *process_enrol_suite(void)
{
    Suite *suite = suite_create("enrolment");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, one_pupil_enters_the_class_by_an_order_with_its_scan);
    tcase_add_test(tcase, many_ticked_pupils_are_checked_once_more_and_enter_by_one_order);
    tcase_add_test(tcase, the_page_before_the_confirmation_passes_over_no_rule);
    tcase_add_test(tcase, a_full_class_warns_but_takes_the_pupil);
    tcase_add_test(tcase, an_enrolment_may_take_effect_later_or_earlier_than_its_order);
    tcase_add_test(tcase, a_scan_is_needed);
    tcase_add_test(tcase, a_wrong_scan_says_what_is_wrong_with_it);
    tcase_add_test(tcase, an_uploaded_scan_waits_for_its_check_and_survives_a_mistake_elsewhere);
    tcase_add_test(tcase, a_file_of_another_purpose_or_of_somebody_else_is_no_scan);
    tcase_add_test(tcase, a_scan_with_a_fault_or_of_another_organisation_is_no_scan);
    tcase_add_loop_test(tcase, a_wrong_value_is_told_at_its_field_and_nothing_is_stored, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, who_is_in_a_class_already_is_not_enrolled_again);
    tcase_add_test(tcase, a_pupil_of_another_organisation_cannot_be_a_subject);
    tcase_add_test(tcase, the_same_form_posted_twice_gives_one_order_and_the_same_address);
    tcase_add_test(tcase, without_the_token_or_the_key_nothing_is_done);
    tcase_add_loop_test(tcase, an_enrolment_begun_before_the_clock_was_moved_is_confirmed_after_it, 0, 2);
    tcase_add_test(tcase, a_stale_tab_is_told_and_keeps_its_values);
    tcase_add_test(tcase, a_draft_reserves_its_number_and_a_cancelled_one_leaves_a_gap_with_the_reason);
    tcase_add_test(tcase, a_draft_stands_in_the_task_list_and_is_continued);
    tcase_add_test(tcase, with_a_second_person_nothing_is_done_until_the_head_confirms);
    tcase_add_test(tcase, who_confirms_reads_that_the_class_is_full);
    tcase_add_test(tcase, who_sent_an_order_does_not_confirm_it_and_reads_who_may);
    tcase_add_test(tcase, the_head_returns_it_with_a_remark_that_the_secretary_reads_mends_and_sends_again);
    tcase_add_test(tcase, a_refused_enrolment_changes_nothing);
    tcase_add_test(tcase, what_no_longer_holds_is_refused_at_the_confirmation);
    tcase_add_test(tcase, in_a_college_the_same_order_takes_a_student_into_a_group);
    suite_add_tcase(suite, tcase);
    return suite;
}
