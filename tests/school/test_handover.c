/* test_handover.c: who leaves for another school gets a slip and is waited for (CON-30); between two organisations of one installation the
 * file goes along, and a person is in a class of one of them at a time. */
#include "school.h"
#include "school_suites.h"

#include "school/pupils/movement.h"

#include <stdlib.h>
#include <string.h>

static const struct sent *with_order(const struct sent *fields, int64_t org, const char *number, const char *dated)
{
    fields = sent_with(sent_with(fields, "action", "submit"), "order_scan", clean_scan(org));
    fields = sent_with(sent_with(fields, "order_number", number), "order_date", dated);
    return sent_with(fields, "order_summary", "О движении");
}

/* The pupil leaves the school on 2 October for that organisation. */
static const struct sent *leaving_for(const char *name, const char *org, const char *place)
{
    sign_in("secretary", SCHOOL); /* a scan is taken from who has attached it */
    const struct sent *fields = SENT({"subject", "1"}, {"reason", "transfer"}, {"left_on", "02.10.2026"});
    fields = sent_with(sent_with(fields, "to_name", name), "to_org", org);
    return with_order(sent_with(fields, "to_place", place), SCHOOL, "7-у", "01.10.2026");
}

static struct answer leave(const struct sent *fields)
{
    return post("/1/2026/start/exclude-pupil", fields);
}

static struct answer leave_outside(void)
{
    return leave(leaving_for("Школа № 12", NULL, "Тараз"));
}

static struct answer leave_inside(void)
{
    return leave(leaving_for("Чужедал", "3", NULL));
}

static int64_t order_of(int64_t org)
{
    return count_of("SELECT MAX(id) FROM school_order WHERE org_id = %lld", (long long)org);
}

static const char *departure(void)
{
    return text_of("SELECT CONCAT_WS('|', state, arrival_number, COALESCE(arrival_on, '-'), is_accepted, declined) FROM departure");
}

static const char *arriving(void)
{
    return text_of("SELECT CONCAT_WS('|', state, reason, COALESCE(pupil_id, '-')) FROM arriving");
}

/* ---- where to ---- */

static const struct {
    const char *name, *org, *place, *field, *words;
} wrong[] = {
    {NULL, NULL, NULL, "to_name", "Fill in “Where to”"},
    {"Школа № 12", NULL, NULL, "to_place", "Fill in “Settlement”"},
    {"Чужедал", NULL, NULL, "to_org", "Choose “Organisation of this system”"},
    {"Чужедал", "2", NULL, "to_org", "“Organisation of this system”: choose from the list"},
    {"Чужедал", "0", NULL, "to_place", "Fill in “Settlement”"},
};

START_TEST(a_transfer_says_where_to_and_what_is_wrong_stands_at_its_field)
{
    const struct sent *fields = leaving_for(wrong[_i].name, wrong[_i].org, wrong[_i].place);
    const char *before = rows_stored();
    struct answer answer = leave(fields);
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, wrong[_i].field), wrong[_i].words);
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(only_who_goes_somewhere_gets_a_slip)
{
    ck_assert_status(leave(sent_with(leaving_for(NULL, NULL, NULL), "reason", "health")), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM departure"), 0);
    run_sql("DELETE FROM movement WHERE kind = 'exclude'");
    fixture_ok(movement_fold_all(fixture_schema_db(), SCHOOL));
    ck_assert_status(leave(with_order(sent_with(leaving_for("Школа № 12", NULL, "Тараз"), "reason", "moved"), SCHOOL, "8-у", "01.10.2026")), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', number, left_on, class, to_name, to_place) FROM departure"), "1|2026-10-02|10|А|А|A|Школа № 12|Тараз");
    ck_assert_str_eq(text_of("SELECT note FROM movement WHERE kind = 'exclude'"), "Школа № 12, Тараз");
}
END_TEST

/* ---- the slip ---- */

START_TEST(the_departure_slip_prints_from_the_order_and_from_the_file)
{
    struct answer answer = leave_outside();
    ck_assert_status(answer, 303);
    const char *of_order = path_of("/1/2026/orders/%lld/departures", (long long)order_of(SCHOOL));
    ck_assert_has(get("%s", answer.location).body, of_order);
    ck_assert_status(get("%s", of_order), 200);
    static const char *const words[] = {"Есептен шығару талоны", "Открепительный талон", "Departure slip"};
    static const char *const languages[] = {"kk", "ru", "en"};
    for (int i = 0; i < 3; i++) {
        answer = post(of_order, SENT({"document_language", languages[i]}, {"document_format", "html"}));
        ck_assert_status(answer, 200);
        ck_assert_has(answer.body, words[i]);
        ck_assert_has(answer.body, "Сейітов Айдар Маратұлы");
        ck_assert_has(answer.body, "Школа № 12, Тараз");
        ck_assert_has(answer.body, "№ 7-у");
    }
    ck_assert_status(post(of_order, SENT({"document_language", "kk"}, {"document_format", "pdf"})), 200);
    ck_assert_status(post(of_order, SENT({"document_language", "kk"}, {"document_format", "docx"})), 200);
    const char *page = path_of("/1/2026/departures/%s", text_of("SELECT id FROM departure"));
    ck_assert_has(get("/1/2026/pupils/1/movement").body, page);
    ck_assert_has(post(path_of("%s/print", page), SENT({"document_language", "en"}, {"document_format", "html"})).body, "№ 1 · ");
    sign_in("class-teacher", SCHOOL);
    ck_assert_status(get("%s/print", page), 403);
    ck_assert_has_not(get("/1/2026/pupils/1/movement").body, page);
}
END_TEST

/* ---- the arrival slip ---- */

#define SLIP SENT({"version", "1"}, {"arrival_name", "Школа № 12"}, {"arrival_number", "15"}, {"arrival_on", "04.10.2026"})

START_TEST(who_left_is_waited_for_until_the_slip_is_entered)
{
    ck_assert_status(leave_outside(), 303);
    struct answer answer = get("/1/2026/departures");
    ck_assert_has(answer.body, "Сейітов Айдар");
    ck_assert_has(answer.body, "Школа № 12, Тараз");
    ck_assert_has(answer.body, ">3<"); /* days */
    ck_assert_has(get("/1/2026/").body, "/1/2026/departures");
    const char *slip = path_of("/1/2026/departures/%s/arrival", text_of("SELECT id FROM departure"));
    ck_assert_has(get("%s", slip).body, "value=\"Школа № 12, Тараз\"");
    answer = post(slip, sent_with(SLIP, "arrival_on", "01.10.2026"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "arrival_on"), "the arrival cannot be earlier");
    ck_assert_has(error_at(post(slip, sent_with(SLIP, "arrival_on", "06.10.2026")), "arrival_on"), "cannot be later than today");
    ck_assert_status(post(slip, SLIP), 303);
    ck_assert_str_eq(departure(), "confirmed|15|2026-10-04|0|");
    ck_assert_has_not(get("/1/2026/departures").body, "Сейітов Айдар");
    ck_assert_has(get("/1/2026/departures?state=confirmed").body, "Сейітов Айдар");
    ck_assert_has_not(get("/1/2026/").body, "/1/2026/departures");
    ck_assert_status(post(slip, SLIP), 409);
}
END_TEST

START_TEST(who_comes_back_is_not_waited_for_unless_the_return_is_cancelled)
{
    ck_assert_status(leave_outside(), 303);
    const struct sent *back = with_order(SENT({"subject", "1"}, {"grade", "10"}, {"class", "1"}), SCHOOL, "8-у", "05.10.2026");
    ck_assert_status(post("/1/2026/start/reinstate-pupil", back), 303);
    ck_assert_str_eq(departure(), "returned||-|0|");
    const char *slip = path_of("/1/2026/departures/%s/arrival", text_of("SELECT id FROM departure"));
    struct answer answer = post(slip, sent_with(SLIP, "version", "2"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "The departure was taken back");
    const char *order = path_of("%lld", (long long)order_of(SCHOOL));
    ck_assert_status(post("/1/2026/start/cancel-order", with_order(sent_with(NOTHING_SENT, "subject", order), SCHOOL, "9-у", "05.10.2026")), 303);
    ck_assert_str_eq(departure(), "open||-|0|");
}
END_TEST

/* ---- inside of one installation ---- */

static void fill_file(void)
{
    sign_in("secretary", SCHOOL);
    const char *scan = clean_scan(SCHOOL);
    run_sql("INSERT INTO file_image (org_id, file_id, page, sha256, width, height) VALUES (1, %s, 1, REPEAT('b', 64), 1, 1)", scan);
    run_sql("UPDATE pupil SET phone = '+7 701 000 00 01', address = 'Абая, 1', photo_id = '%s', language = 'kk' WHERE id = 1", scan);
    run_sql("INSERT INTO pupil_document (org_id, pupil_id, kind, number, file_id) VALUES (1, 1, 'birth-certificate', '777', '%s')", scan);
    run_sql("INSERT INTO pupil_social (org_id, pupil_id, category, valid_from) VALUES (1, 1, 'kandas', '2026-09-01')");
    run_sql("INSERT INTO pupil_health (org_id, pupil_id, examined_on, health_group) VALUES (1, 1, '2026-09-02', '2')");
    run_sql("INSERT INTO pupil_achievement (org_id, pupil_id, contest_kind, contest, contest_level, contest_place, held_on, file_id)"
            " VALUES (1, 1, 'sport', 'Шахматы', 'region', '1', '2026-05-01', '%s')", scan);
}

static const char *entry(void)
{
    return text_of("SELECT id FROM arriving");
}

static const struct sent *acceptance(const char *number)
{
    sign_in("head", STRANGE);
    const struct sent *fields = sent_with(SENT({"grade", "10"}, {"class", "5"}), "subject", entry());
    return with_order(fields, STRANGE, number, "03.10.2026");
}

static struct answer accept_with(const char *number)
{
    return post("/3/2026/start/accept-arriving", acceptance(number));
}

START_TEST(the_other_organisation_sees_the_entry_and_nothing_more_before_it_accepts)
{
    fill_file();
    ck_assert_status(leave_inside(), 303);
    ck_assert_str_eq(arriving(), "waiting||-");
    sign_in("head", STRANGE);
    const char *seen[] = {get("/3/2026/arriving").body, get("/3/2026/arriving/%s", entry()).body, get("/3/2026/tasks").body,
                          get("/3/2026/start/accept-arriving?subject=%s", entry()).body};
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        ck_assert_has(seen[i], "Сейітов Айдар Маратұлы");
        ck_assert_has_not(seen[i], "+7 701 000 00 01");
        ck_assert_has_not(seen[i], text_of("SELECT iin FROM person WHERE surname = 'Сейітов'"));
        ck_assert_has_not(seen[i], "Служащая secretary");
    }
    ck_assert_has(seen[0], "School No 60");
    ck_assert_has(seen[0], "10-A");
    ck_assert_has(seen[0], "№ 7-у");
    ck_assert_status(get("/3/2026/pupils/1"), 404);
    ck_assert_status(get("/3/2026/departures/%s", text_of("SELECT id FROM departure")), 404);
    sign_in("secretary", SCHOOL);
    ck_assert_status(get("/1/2026/arriving/%s", entry()), 404);
    ck_assert_status(post(path_of("/1/2026/arriving/%s/decline", entry()), SENT({"version", "1"}, {"reason", "x"})), 404);
    ck_assert_status(post("/1/2026/start/accept-arriving", with_order(sent_with(SENT({"grade", "10"}, {"class", "1"}), "subject", entry()), SCHOOL, "8-у", "03.10.2026")), 404);
}
END_TEST

START_TEST(by_its_order_the_file_comes_along_and_the_sender_sees_the_arrival)
{
    fill_file();
    ck_assert_status(leave_inside(), 303);
    ck_assert_status(accept_with("3-у"), 303);
    int64_t pupil = count_of("SELECT id FROM pupil WHERE org_id = 3 AND person_id = (SELECT person_id FROM pupil WHERE id = 1)");
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', surname, grade, standing, class_id, phone, address, language, entered_on, entered_from) FROM pupil WHERE id = %lld",
                             (long long)pupil), "Сейітов|10|enrolled|5|+7 701 000 00 01|Абая, 1|kk|2026-10-03|School No 60");
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', m.kind, m.effective_on, o.number) FROM movement m JOIN school_order o ON o.id = m.order_id WHERE m.pupil_id = %lld",
                             (long long)pupil), "enrol|2026-10-03|3-у");
    static const char *const tables[] = {"pupil_document", "pupil_social", "pupil_health", "pupil_achievement", "kinship"};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        ck_assert_int_eq(count_of("SELECT COUNT(*) FROM %s WHERE org_id = 3 AND pupil_id = %lld", tables[i], (long long)pupil), 1);
        ck_assert_int_eq(count_of("SELECT COUNT(*) FROM %s WHERE org_id = 1 AND pupil_id = 1", tables[i]), 1);
    }
    /* One copy of the scan that three rows share, of the same content, with its images. */
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM file f JOIN pupil_document d ON d.org_id = f.org_id AND d.file_id = f.id JOIN pupil p ON p.org_id = f.org_id"
                              " AND p.photo_id = f.id JOIN pupil_achievement a ON a.org_id = f.org_id AND a.file_id = f.id JOIN file_image i ON i.org_id = f.org_id"
                              " AND i.file_id = f.id WHERE f.org_id = 3 AND f.state = 'clean' AND f.sha256 = (SELECT sha256 FROM file WHERE org_id = 1 LIMIT 1)"), 1);
    ck_assert_str_eq(departure(), "confirmed|3-у|2026-10-03|1|");
    ck_assert_str_eq(arriving(), path_of("accepted||%lld", (long long)pupil));
    ck_assert_has(get("/3/2026/pupils/%lld", (long long)pupil).body, "Сейітов");
    sign_in("secretary", SCHOOL);
    ck_assert_has(get("/1/2026/archive").body, "Сейітов Айдар");
    ck_assert_has_not(get("/1/2026/departures").body, "Сейітов Айдар");
    ck_assert_has(get("/1/2026/departures/%s", text_of("SELECT id FROM departure")).body, "3-у");
    ck_assert_has_not(get("/1/2026/departures/%s", text_of("SELECT id FROM departure")).body, STRANGE_WORDS "8");
    sign_in("parent", SCHOOL);
    ck_assert_status(get("/3/2026/pupils/%lld", (long long)pupil), 200);
    ck_assert_status(get("/1/2026/pupils/1"), 404);
}
END_TEST

START_TEST(a_double_click_and_a_second_secretary_accept_once)
{
    ck_assert_status(leave_inside(), 303);
    const struct sent *fields = sent_with(acceptance("3-у"), "form_key", "11111111-2222-3333-4444-555555555555");
    struct answer first = post("/3/2026/start/accept-arriving", fields), second = post("/3/2026/start/accept-arriving", fields);
    ck_assert_status(first, 303);
    ck_assert_str_eq(first.location, second.location);
    struct answer answer = accept_with("4-у");
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "has been accepted or taken back already");
    answer = post(path_of("/3/2026/arriving/%s/decline", entry()), sent_with(SENT({"reason", "нет мест"}), "version", text_of("SELECT version FROM arriving")));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "accepted or taken back already");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE org_id = 3 AND kind = 'enrol'"), 2);
}
END_TEST

START_TEST(a_declined_pupil_comes_back_to_the_sender_with_the_reason_and_may_still_be_accepted)
{
    ck_assert_status(leave_inside(), 303);
    sign_in("head", STRANGE);
    const char *decline = path_of("/3/2026/arriving/%s/decline", entry());
    ck_assert_has(error_at(post(decline, SENT({"version", "1"})), "reason"), "Fill in");
    ck_assert_status(post(decline, SENT({"version", "1"}, {"reason", "Нет мест"})), 303);
    ck_assert_str_eq(arriving(), "declined|Нет мест|-");
    ck_assert_has_not(get("/3/2026/arriving").body, "Сейітов");
    sign_in("secretary", SCHOOL);
    ck_assert_has(get("/1/2026/departures").body, "not accepted: Нет мест");
    ck_assert_has(get("/1/2026/tasks").body, "is not accepted there: Нет мест");
    ck_assert_status(accept_with("3-у"), 303);
    ck_assert_str_eq(departure(), "confirmed|3-у|2026-10-03|1|");
}
END_TEST

static struct answer cancel_last_order(const char *role, int64_t org, const char *kind, const char *number)
{
    sign_in(role, org);
    const char *order = text_of("SELECT MAX(id) FROM school_order WHERE org_id = %lld AND kind = '%s'", (long long)org, kind);
    return post(path_of("/%lld/2026/start/cancel-order", (long long)org), with_order(sent_with(NOTHING_SENT, "subject", order), org, number, "05.10.2026"));
}

START_TEST(a_cancelled_exclusion_takes_the_entry_back)
{
    ck_assert_status(leave_inside(), 303);
    ck_assert_status(cancel_last_order("secretary", SCHOOL, "exclude", "8-у"), 303);
    ck_assert_str_eq(arriving(), "taken-back||-");
    ck_assert_str_eq(departure(), "returned||-|0|");
    ck_assert_str_eq(text_of("SELECT standing FROM pupil WHERE id = 1"), "enrolled");
    struct answer answer = accept_with("3-у");
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "has been accepted or taken back already");
}
END_TEST

START_TEST(an_exclusion_stands_as_long_as_the_other_side_has_accepted)
{
    ck_assert_status(leave_inside(), 303);
    ck_assert_status(accept_with("3-у"), 303);
    struct answer answer = cancel_last_order("secretary", SCHOOL, "exclude", "8-у");
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "accepted by " STRANGE_WORDS "1, order № 3-у of ");
    answer = post("/1/2026/start/reinstate-pupil", with_order(SENT({"subject", "1"}, {"grade", "10"}, {"class", "1"}), SCHOOL, "8-у", "05.10.2026"));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "is in a class of another organisation");
    ck_assert_status(cancel_last_order("head", STRANGE, "enrol", "4-у"), 303);
    ck_assert_str_eq(departure(), "open||-|0|");
    ck_assert_str_eq(arriving(), "waiting||-");
    ck_assert_status(cancel_last_order("secretary", SCHOOL, "exclude", "8-у"), 303);
    ck_assert_str_eq(arriving(), "taken-back||-");
}
END_TEST

START_TEST(who_returns_to_the_sender_is_not_awaited_elsewhere)
{
    ck_assert_status(leave_inside(), 303);
    ck_assert_status(post("/1/2026/start/reinstate-pupil", with_order(SENT({"subject", "1"}, {"grade", "10"}, {"class", "1"}), SCHOOL, "8-у", "05.10.2026")), 303);
    ck_assert_str_eq(arriving(), "taken-back||-");
    ck_assert_status(cancel_last_order("secretary", SCHOOL, "reinstate", "9-у"), 303);
    ck_assert_str_eq(arriving(), "waiting||-");
    ck_assert_status(accept_with("3-у"), 303);
}
END_TEST

START_TEST(who_is_in_a_class_of_one_organisation_is_not_enrolled_by_another)
{
    run_sql("INSERT INTO pupil (org_id, id, uid, person_id, surname, given, born_on, sex, sort_key, fold_key, key_version, grade, registered_at)"
            " SELECT 3, 70, 'u70', person_id, surname, given, born_on, sex, sort_key, fold_key, 1, 10, '2026-08-20' FROM pupil WHERE id = 1");
    sign_in("head", STRANGE);
    const struct sent *enrol = with_order(SENT({"subject", "70"}, {"grade", "10"}, {"class", "5"}), STRANGE, "3-у", "01.10.2026");
    struct answer answer = post("/3/2026/start/enrol-pupil", enrol);
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "is in a class of another organisation");
    ck_assert_status(leave_inside(), 303);
    sign_in("head", STRANGE);
    answer = post("/3/2026/start/enrol-pupil", enrol);
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "was in a class of another organisation until ");
    /* The file that is here already is the one that is enrolled, and the entry is answered by it. */
    ck_assert_status(post("/3/2026/start/enrol-pupil", sent_with(enrol, "order_date", "03.10.2026")), 303);
    ck_assert_str_eq(arriving(), "accepted||70");
    ck_assert_str_eq(departure(), "confirmed|3-у|2026-10-03|1|");
}
END_TEST

START_TEST(what_stands_in_a_file_already_is_not_doubled)
{
    fill_file();
    ck_assert_status(leave_inside(), 303);
    ck_assert_status(accept_with("3-у"), 303);
    ck_assert_status(cancel_last_order("head", STRANGE, "enrol", "4-у"), 303);
    run_sql("UPDATE pupil SET phone = '', address = 'Своя' WHERE org_id = 3 AND person_id = (SELECT person_id FROM pupil WHERE id = 1)");
    ck_assert_status(accept_with("5-у"), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil_document WHERE org_id = 3"), 1);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil WHERE org_id = 3 AND phone = '+7 701 000 00 01' AND address = 'Своя' AND standing = 'enrolled'"), 1);
}
END_TEST

/* ---- any sequence of orders of both: at most one of them has the person in a class on each date ---- */

enum { STEPS = 40, DAYS = 25 };

static int64_t file_in(int64_t org)
{
    return count_of("SELECT COALESCE(MAX(id), 0) FROM pupil WHERE org_id = %lld AND person_id = (SELECT person_id FROM pupil WHERE id = %d)", (long long)org,
                    NEW_PUPIL);
}

/* What one side may do; the subject is the pupil's file, the last entry or the last order there. */
static const struct {
    const char *process, *date_field;
    const char *subject; /* SQL with the organisation; NULL = the file */
    bool needs_class, leaves;
} deeds[] = {
    {"enrol-pupil", "effective_on", NULL, true, false},
    {"reinstate-pupil", "effective_on", NULL, true, false},
    {"exclude-pupil", "left_on", NULL, false, true},
    {"accept-arriving", "effective_on", "SELECT COALESCE(MAX(id), 0) FROM arriving WHERE org_id = %lld", true, false},
    {"cancel-order", "order_date", "SELECT COALESCE(MAX(id), 0) FROM school_order WHERE org_id = %lld AND kind <> 'cancel'", false, false},
};
enum { DEEDS = sizeof deeds / sizeof *deeds };

static const struct sent *deed_fields(size_t deed, int64_t org, int64_t subject, int step)
{
    bool strange = org == STRANGE;
    const struct sent *fields = sent_with(NOTHING_SENT, "subject", path_of("%lld", (long long)subject));
    if (deeds[deed].needs_class)
        fields = sent_with(sent_with(fields, "grade", "10"), "class", strange ? "5" : rand() % 2 == 0 ? "1" : "2");
    if (deeds[deed].leaves) {
        fields = sent_with(sent_with(fields, "reason", "transfer"), "to_name", strange ? "Школа" : "Чужедал");
        fields = sent_with(fields, "to_org", strange ? "1" : "3");
    }
    fields = with_order(fields, org, path_of("%d-у", 100 + step), "02.10.2026");
    return deed == DEEDS - 1 ? fields : sent_with(fields, deeds[deed].date_field, path_of("%d.09.2026", 1 + rand() % DAYS));
}

/* A warning is read, and the button pressed again. */
static struct answer post_through(const char *path, const struct sent *fields)
{
    struct answer answer = post(path, fields);
    return answer.status == 200 ? post_again(path, fields) : answer;
}

static void decline_there(int64_t org)
{
    const char *id = text_of("SELECT COALESCE(MAX(id), 0) FROM arriving WHERE org_id = %lld", (long long)org);
    post(path_of("/%lld/2026/arriving/%s/decline", (long long)org, id), sent_with(SENT({"reason", "нет мест"}), "version",
                                                                                  text_of("SELECT COALESCE(MAX(version), 0) FROM arriving WHERE id = %s", id)));
}

static bool do_one(int step)
{
    int64_t org = rand() % 2 == 0 ? SCHOOL : STRANGE;
    size_t deed = (size_t)rand() % (DEEDS + 1);
    sign_in("head", org);
    if (deed == DEEDS) {
        decline_there(org);
        return false;
    }
    int64_t subject = deeds[deed].subject == NULL ? file_in(org) : count_of(deeds[deed].subject, (long long)org);
    if (subject == 0)
        return false;
    const struct sent *fields = deed_fields(deed, org, subject, step);
    const char *before = rows_stored();
    struct answer answer = post_through(path_of("/%lld/2026/start/%s", (long long)org, deeds[deed].process), fields);
    ck_assert_msg(answer.status == 303 || answer.status == 422, "%s: %d %s", deeds[deed].process, answer.status, main_of(answer.body));
    if (answer.status == 422)
        ck_assert_str_eq(rows_stored(), before);
    return answer.status == 303;
}

static void tell_nothing(void *data, const char *line)
{
    (void)data;
    ck_abort_msg("%s", line);
}

static const char OVERLAPS[] =
    "SELECT COUNT(*) FROM membership a JOIN pupil p ON p.org_id = a.org_id AND p.id = a.pupil_id"
    " JOIN pupil q ON q.person_id = p.person_id AND q.org_id <> p.org_id JOIN membership b ON b.org_id = q.org_id AND b.pupil_id = q.id"
    " WHERE GREATEST(a.from_on, b.from_on) < LEAST(COALESCE(a.to_on, '9999-12-31'), COALESCE(b.to_on, '9999-12-31'))";
/* Both sides tell the same story. */
static const char CONTRADICTIONS[] =
    "SELECT COUNT(*) FROM departure d LEFT JOIN arriving t ON t.departure_id = d.id"
    " WHERE t.id IS NULL OR (t.state = 'accepted') <> (d.is_accepted = 1) OR (t.state = 'taken-back') <> (d.state = 'returned')"
    "  OR (t.state = 'declined') <> (d.declined <> '' AND d.state = 'open') OR (d.state = 'confirmed') <> (t.state = 'accepted')";

START_TEST(after_any_sequence_the_person_is_in_a_class_of_one_organisation_at_a_time)
{
    int done = 0;
    srand((unsigned)_i + 1);
    run_sql("UPDATE class SET capacity = NULL");
    for (int step = 0; step < STEPS; step++) {
        done += do_one(step);
        ck_assert_int_eq(count_of("%s", OVERLAPS), 0);
        ck_assert_int_eq(count_of("%s", CONTRADICTIONS), 0);
    }
    fixture_ok(movement_ledger.check(fixture_db(), SCHOOL, tell_nothing, NULL));
    fixture_ok(movement_ledger.check(fixture_db(), STRANGE, tell_nothing, NULL));
    ck_assert_int_ge(done, 3);
}
END_TEST

Suite *handover_suite(void)
{
    Suite *suite = suite_create("handover");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_loop_test(tcase, a_transfer_says_where_to_and_what_is_wrong_stands_at_its_field, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, only_who_goes_somewhere_gets_a_slip);
    tcase_add_test(tcase, the_departure_slip_prints_from_the_order_and_from_the_file);
    tcase_add_test(tcase, who_left_is_waited_for_until_the_slip_is_entered);
    tcase_add_test(tcase, who_comes_back_is_not_waited_for_unless_the_return_is_cancelled);
    tcase_add_test(tcase, the_other_organisation_sees_the_entry_and_nothing_more_before_it_accepts);
    tcase_add_test(tcase, by_its_order_the_file_comes_along_and_the_sender_sees_the_arrival);
    tcase_add_test(tcase, a_double_click_and_a_second_secretary_accept_once);
    tcase_add_test(tcase, a_declined_pupil_comes_back_to_the_sender_with_the_reason_and_may_still_be_accepted);
    tcase_add_test(tcase, a_cancelled_exclusion_takes_the_entry_back);
    tcase_add_test(tcase, an_exclusion_stands_as_long_as_the_other_side_has_accepted);
    tcase_add_test(tcase, who_returns_to_the_sender_is_not_awaited_elsewhere);
    tcase_add_test(tcase, who_is_in_a_class_of_one_organisation_is_not_enrolled_by_another);
    tcase_add_test(tcase, what_stands_in_a_file_already_is_not_doubled);
    tcase_add_loop_test(tcase, after_any_sequence_the_person_is_in_a_class_of_one_organisation_at_a_time, 0, 6);
    suite_add_tcase(suite, tcase);
    return suite;
}
