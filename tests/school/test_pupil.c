/* test_pupil.c: the pupil's file: edit with history and version, documents, whose eyes see it (CON-25); from slip to sign-in. */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define EDIT "/1/2026/pupils/1/edit"

static const struct sent *same_pupil(void)
{
    static struct sent fields[12];
    size_t i = 0;
    fields[i++] = (struct sent){"version", "1", NULL, 0};
    fields[i++] = (struct sent){"surname", "Сейітов", NULL, 0};
    fields[i++] = (struct sent){"given", "Айдар", NULL, 0};
    fields[i++] = (struct sent){"patronymic", "Маратұлы", NULL, 0};
    fields[i++] = (struct sent){"iin", text_of("SELECT iin FROM person WHERE surname = 'Сейітов'"), NULL, 0};
    fields[i++] = (struct sent){"resident", "1", NULL, 0};
    fields[i++] = (struct sent){"born_on", "27.05.2010", NULL, 0};
    fields[i++] = (struct sent){"sex", "M", NULL, 0};
    fields[i] = (struct sent){0};
    return fields;
}

static const char *changes(void)
{
    return text_of("SELECT GROUP_CONCAT(CONCAT_WS('|', f.field, f.value_before, f.value_after) ORDER BY f.field) FROM audit a"
                   " JOIN audit_field f ON f.audit_id = a.id WHERE a.subject_kind = 'pupil' AND a.subject_id = 1 AND a.action = 'edit'");
}

START_TEST(an_edit_is_kept_with_who_and_from_what_to_what)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post(EDIT, sent_with(sent_with(same_pupil(), "given", "Айдын"), "birth_place", "Тараз"));
    ck_assert_status(answer, 303);
    ck_assert_str_eq(answer.location, "/1/2026/pupils/1/personal");
    ck_assert_str_eq(changes(), "birth_place||Тараз,given|Айдар|Айдын");
    ck_assert_int_eq(count_of("SELECT account_id FROM audit WHERE subject_kind = 'pupil' AND subject_id = 1 AND action = 'edit'"),
                     school_person("secretary", SCHOOL));
    answer = get("/1/2026/pupils/1/history");
    ck_assert_has(answer.body, "Айдын");
    ck_assert_has(answer.body, "Айдар");
    ck_assert_str_eq(text_of("SELECT given FROM person WHERE id = 12"), "Айдын");
}
END_TEST

START_TEST(an_unchanged_form_leaves_no_trace_in_the_history)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(EDIT, same_pupil()), 303);
    ck_assert_str_eq(changes(), "");
}
END_TEST

START_TEST(a_changed_iin_is_never_written_into_the_history)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(EDIT, sent_with(same_pupil(), "iin", iin_of("10052750002"))), 303);
    ck_assert_has_not(changes(), "1005275");
    ck_assert_has(changes(), "iin");
}
END_TEST

START_TEST(a_stale_version_shows_mine_and_theirs_and_stores_nothing)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(EDIT, sent_with(same_pupil(), "birth_place", "улица Абая, 1")), 303);
    sign_in("head", SCHOOL);
    struct answer answer = post(EDIT, sent_with(same_pupil(), "birth_place", "улица Сатпаева, 2"));
    ck_assert_status(answer, 409);
    ck_assert_has(answer.body, pool_printf(fixture_pool(), "Last changed by %s, ",
                                           text_of("SELECT CONCAT_WS(' ', surname, given, NULLIF(patronymic, '')) FROM person p JOIN account a"
                                                   " ON a.person_id = p.id JOIN audit t ON t.account_id = a.id WHERE t.action = 'edit'")));
    ck_assert_has(answer.body, "улица Абая, 1");
    ck_assert_has(answer.body, "value=\"улица Сатпаева, 2\"");
    ck_assert_has(answer.body, "name=\"version\" value=\"2\"");
    ck_assert_str_eq(text_of("SELECT birth_place FROM pupil WHERE id = 1"), "улица Абая, 1");
    ck_assert_status(post(EDIT, sent_with(sent_with(same_pupil(), "birth_place", "улица Сатпаева, 2"), "version", "2")), 303);
}
END_TEST

START_TEST(the_same_edit_posted_twice_is_done_once)
{
    sign_in("secretary", SCHOOL);
    const struct sent *fields = sent_with(sent_with(same_pupil(), "birth_place", "улица Абая, 1"), "form_key", "00000000-0000-4000-8000-000000000001");
    ck_assert_status(post(EDIT, fields), 303);
    struct answer answer = post(EDIT, fields);
    ck_assert_status(answer, 303);
    ck_assert_str_eq(answer.location, "/1/2026/pupils/1/personal");
    ck_assert_int_eq(count_of("SELECT version FROM pupil WHERE id = 1"), 2);
}
END_TEST

static const struct {
    const char *field, *value, *words;
} wrong[] = {
    {"surname", "", "Fill in “Surname”"},
    {"iin", "", "Fill in the IIN, or choose why there is none yet"},
    {"iin", "123", "“IIN” has 12 digits"},
    {"surname_latin", "Сеитов", "“Surname in the passport”: only Latin letters, a hyphen, an apostrophe and a space, as in the passport"},
    {"citizenship", "ZZZ", "“Citizenship”: choose from the list"},
    {"born_on", "31.04.2010", "“Date of birth”: there is no such date"},
};

START_TEST(a_wrong_value_is_told_at_its_field_and_nothing_is_stored)
{
    sign_in("secretary", SCHOOL);
    const char *before = rows_stored();
    struct answer answer = post(EDIT, sent_with(same_pupil(), wrong[_i].field, wrong[_i].value));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, wrong[_i].field), wrong[_i].words);
    ck_assert_has(answer.body, "value=\"Маратұлы\"");
    ck_assert_str_eq(rows_stored(), before);
    ck_assert_int_eq(count_of("SELECT version FROM pupil WHERE id = 1"), 1);
}
END_TEST

START_TEST(who_has_an_iin_already_is_named_only_in_the_own_organisation)
{
    sign_in("secretary", SCHOOL);
    const char *iin = iin_of("10052750002");
    run_sql("UPDATE person SET iin = '%s' WHERE id = (SELECT person_id FROM pupil WHERE id = 2)", iin);
    ck_assert_str_eq(error_at(post(EDIT, sent_with(same_pupil(), "iin", iin)), "iin"), "This IIN belongs to Ерғалиев Санжар");
    run_sql("UPDATE person SET iin = NULL WHERE iin = '%s'", iin);
    run_sql("UPDATE person SET iin = '%s' WHERE id = %lld", iin, (long long)school_person("strange", STRANGE));
    struct answer answer = post(EDIT, sent_with(same_pupil(), "iin", iin));
    ck_assert_str_eq(error_at(answer, "iin"), "This IIN is already known as another person's");
    ck_assert_has_not(answer.body, STRANGE_WORDS);
}
END_TEST

START_TEST(addresses_with_their_districts_and_what_is_studied_how_stand_in_tabs_of_their_own)
{
    sign_in("secretary", SCHOOL);
    ck_assert_has(get("/1/2026/pupils/1/contacts").body, "/1/2026/pupils/1/contacts/edit");
    ck_assert_status(post("/1/2026/pupils/1/contacts/edit", SENT({"version", "1"}, {"reg_territory_id", "75131"}, {"reg_address", "улица Абая, 1"},
                                                                 {"territory_id", "75000"}, {"address", "улица Сатпаева, 2"}, {"phone", "+7 701 123 45 67"})), 303);
    const char *page = get("/1/2026/pupils/1/contacts").body;
    ck_assert_has(page, text_of("SELECT name_en FROM territory_name WHERE territory_id = 75131 ORDER BY valid_from DESC LIMIT 1"));
    ck_assert_has(page, "улица Сатпаева, 2");
    ck_assert_status(post("/1/2026/pupils/1/education/edit", SENT({"version", "2"}, {"language", "kk"}, {"study_form", "home"}, {"second_language", "de"},
                                                                  {"entered_on", "01.09.2017"}, {"entered_from", "Балабақша № 5"})), 303);
    page = get("/1/2026/pupils/1/education").body;
    ck_assert_has(page, "10-A");
    ck_assert_has(page, "At home");
    ck_assert_has(page, "Балабақша № 5");
    struct answer answer = post("/1/2026/pupils/1/education/edit", SENT({"version", "3"}, {"entered_on", "26.05.2010"}));
    ck_assert_str_eq(error_at(answer, "entered_on"), "The date of entry is before the birth date");
    sign_in("parent", SCHOOL);
    ck_assert_status(get("/1/2026/pupils/1/contacts/edit"), 403);
    ck_assert_has_not(get("/1/2026/pupils/1/contacts").body, "/contacts/edit");
}
END_TEST

START_TEST(a_photo_shows_and_opens_for_those_who_see_the_file)
{
    const char *scan = clean_scan(SCHOOL);
    sign_in("secretary", SCHOOL);
    ck_assert_ptr_null(strstr(get("/1/2026/pupils/1").body, "class=\"photo\""));
    run_sql("UPDATE pupil SET photo_id = '%s' WHERE id = 1", scan);
    run_sql("UPDATE file SET pages = 1 WHERE id = %s", scan);
    run_sql("INSERT INTO file_image (org_id, file_id, page, sha256, width, height) VALUES (1, %s, 1, REPEAT('c', 64), 1, 1)", scan);
    const char *image = path_of("/1/2026/files/%s/pages/1", scan);
    sign_in("class-teacher", SCHOOL);
    ck_assert_has(get("/1/2026/pupils/1").body, image);
    run_sql("UPDATE membership SET class_id = 3 WHERE pupil_id = 1");
    ck_assert_status(get("%s", image), 403);
}
END_TEST

/* ---- whose eyes ---- */

static const struct {
    const char *role;
    int own, other; /* the file of PUPIL, and of NEW_PUPIL */
} eyes[] = {
    {"secretary", 200, 200}, {"personnel", 200, 200}, {"class-teacher", 200, 403}, {"pupil", 200, 403},
    {"parent", 200, 403},    {"teacher", 403, 403},   {"administrator", 403, 403},
};

START_TEST(a_file_is_seen_by_those_whom_it_concerns)
{
    sign_in(eyes[_i].role, SCHOOL);
    ck_assert_status(get("/1/2026/pupils/%d", PUPIL), eyes[_i].own);
    ck_assert_status(get("/1/2026/pupils/%d", NEW_PUPIL), eyes[_i].other);
    ck_assert_status(get("/1/2026/pupils/%d/history", NEW_PUPIL), eyes[_i].other);
}
END_TEST

START_TEST(the_panel_leads_to_every_organisation_in_which_one_has_a_role)
{
    sign_in("secretary", SCHOOL);
    run_sql("INSERT INTO role_grant (person_id, role, org_id, valid_from, granted_at) VALUES (%d, 'secretary', %d, '2026-01-01', '2026-01-01')",
            (int)school_person("secretary", SCHOOL), COLLEGE);
    run_sql("UPDATE account SET roles_version = roles_version + 1");
    const char *page = get("/1/2026/contingent").body;
    ck_assert_has(page, "<option value=\"1\" selected>");
    ck_assert_has(page, "<option value=\"2\">");
    ck_assert_str_eq(get("/1/2026/contingent?org=2").location, "/2/2026/contingent");
    ck_assert_status(get("/1/2026/contingent?org=%d", STRANGE), 200);
}
END_TEST

START_TEST(the_years_to_choose_from_are_those_of_the_organisation)
{
    sign_in("secretary", SCHOOL);
    run_sql("INSERT INTO school_year (org_id, year, starts_on, ends_on) VALUES (1, 2019, '2019-09-01', '2020-05-25')");
    const char *page = get("/1/2026/contingent").body;
    ck_assert_has(page, "href=\"/1/2019/\"");
    ck_assert_has(page, "href=\"/1/2026/\"");
    ck_assert_ptr_null(strstr(page, "href=\"/1/2025/\""));
    ck_assert_has(get("/1/2025/contingent").body, "href=\"/1/2025/\"");
}
END_TEST

START_TEST(the_iin_is_not_shown_to_those_who_do_not_need_it)
{
    const char *iin = text_of("SELECT iin FROM person WHERE surname = 'Сейітов'");
    sign_in("personnel", SCHOOL);
    ck_assert_has_not(get("/1/2026/pupils/%d", PUPIL).body, iin);
    sign_in("secretary", SCHOOL);
    ck_assert_has(get("/1/2026/pupils/%d", PUPIL).body, iin);
}
END_TEST

/* ---- rows of the file ---- */

static const struct {
    const char *tab, *table, *word; /* word: what the list shows of the row */
    struct sent fields[8];
} rows_of_file[] = {
    {"documents", "pupil_document", "654321", {{"kind", "passport"}, {"number", "654321"}}},
    {"social", "pupil_social", "Large family", {{"category", "large-family"}, {"valid_from", "1.9.2026"}}},
    {"health", "pupil_health", "Group II", {{"examined_on", "1.9.2026"}, {"health_group", "2"}}},
    {"achievements", "pupil_achievement", "Абай оқулары",
     {{"contest_kind", "contest"}, {"contest", "Абай оқулары"}, {"contest_level", "region"}, {"contest_place", "1"}, {"held_on", "1.10.2026"}}},
};
enum { ROWS_OF_FILE = sizeof rows_of_file / sizeof *rows_of_file };

START_TEST(a_row_of_the_file_is_added_changed_and_stands_in_the_history)
{
    const char *tab = rows_of_file[_i].tab, *path = path_of("/1/2026/pupils/1/%s/new", tab);
    const struct sent *fields = sent_with(rows_of_file[_i].fields, "version", "0");
    sign_in("secretary", SCHOOL);
    ck_assert_has(get("/1/2026/pupils/1/%s", tab).body, path);
    ck_assert_status(get("%s", path), 200);
    ck_assert_status(post(path, fields), 303);
    const char *id = text_of("SELECT id FROM %s WHERE org_id = 1 AND pupil_id = 1", rows_of_file[_i].table);
    ck_assert_has(get("/1/2026/pupils/1/%s", tab).body, rows_of_file[_i].word);
    ck_assert_has(get("/1/2026/pupils/1/%s?format=csv", tab).body, rows_of_file[_i].word);
    ck_assert_has(get("/1/2026/pupils/1/history").body, rows_of_file[_i].word);
    const char *row = path_of("/1/2026/pupils/1/%s/%s", tab, id);
    ck_assert_status(get("%s", row), 200);
    ck_assert_status(post(row, sent_with(fields, "version", "7")), 409);
    ck_assert_status(post(row, sent_with(fields, "version", "1")), 303);
    ck_assert_status(get("/1/2026/pupils/2/%s/%s", tab, id), 404);
    ck_assert_status(post(path_of("/1/2026/pupils/2/%s/%s", tab, id), sent_with(fields, "version", "2")), 404);
}
END_TEST

START_TEST(who_may_only_see_a_row_reads_it)
{
    const char *tab = rows_of_file[_i].tab;
    sign_in("secretary", SCHOOL);
    ck_assert_status(post(path_of("/1/2026/pupils/1/%s/new", tab), sent_with(rows_of_file[_i].fields, "version", "0")), 303);
    const char *row = path_of("/1/2026/pupils/1/%s/%s", tab, text_of("SELECT id FROM %s WHERE pupil_id = 1", rows_of_file[_i].table));
    sign_in("parent", SCHOOL);
    struct answer answer = get("%s", row);
    ck_assert_status(answer, 200);
    ck_assert_has(answer.body, rows_of_file[_i].word);
    ck_assert_has_not(answer.body, "name=\"version\"");
    ck_assert_status(post(row, sent_with(rows_of_file[_i].fields, "version", "1")), 403);
    ck_assert_status(get("/1/2026/pupils/1/%s/new", tab), 403);
}
END_TEST

START_TEST(each_look_at_the_health_is_kept)
{
    sign_in("parent", SCHOOL);
    ck_assert_status(get("/1/2026/pupils/1/health"), 200);
    ck_assert_status(get("/1/2026/pupils/1/documents"), 200);
    ck_assert_str_eq(text_of("SELECT GROUP_CONCAT(CONCAT_WS('|', action, subject_kind, subject_id, account_id)) FROM audit WHERE action = 'look'"),
                     path_of("look|pupil|1|%lld", (long long)school_person("parent", SCHOOL)));
    run_sql("INSERT INTO pupil_health (org_id, pupil_id, examined_on, file_id) VALUES (1, 1, '2026-09-01', '%s')", clean_scan(SCHOOL));
    const char *scan = text_of("SELECT file_id FROM pupil_health");
    run_sql("UPDATE file SET made_by = NULL WHERE id = %s", scan);
    ck_assert_status(get("/1/2026/files/%s", clean_scan(SCHOOL)), 403); /* a parent opens no scan of the office */
    sign_in("secretary", SCHOOL);
    ck_assert_status(get("/1/2026/files/%s", scan), 200);
    sign_in("personnel", SCHOOL);
    ck_assert_status(get("/1/2026/files/%s", scan), 403);
    ck_assert_status(get("/1/2026/pupils/1/health"), 403);
    ck_assert_has_not(get("/1/2026/pupils/1").body, "/pupils/1/health");
}
END_TEST

START_TEST(a_row_that_says_nothing_or_ends_before_it_begins_is_refused)
{
    sign_in("secretary", SCHOOL);
    struct answer answer = post("/1/2026/pupils/1/health/new", SENT({"version", "0"}, {"examined_on", "1.9.2026"}));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, "health_group"), "an empty record says nothing");
    answer = post("/1/2026/pupils/1/health/new", SENT({"version", "0"}, {"examined_on", "1.9.2026"}, {"special_need", "speech"}));
    ck_assert_has(error_at(answer, "conclusion"), "fill it in");
    answer = post("/1/2026/pupils/1/social/new", SENT({"version", "0"}, {"category", "orphan"}, {"valid_from", "1.9.2026"}, {"valid_to", "31.8.2026"}));
    ck_assert_str_eq(error_at(answer, "valid_to"), "The term ends before it begins");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil_health") + count_of("SELECT COUNT(*) FROM pupil_social"), 0);
}
END_TEST

/* ---- documents ---- */

START_TEST(a_document_is_added_and_belongs_to_its_pupil_only)
{
    sign_in("secretary", SCHOOL);
    const struct sent *document = SENT({"version", "0"}, {"kind", "birth-certificate"}, {"number", "123456"}, {"issued_on", "1.6.2010"});
    ck_assert_status(post("/1/2026/pupils/1/documents/new", document), 303);
    const char *id = text_of("SELECT id FROM pupil_document WHERE pupil_id = 1 AND number = '123456' AND issued_on = '2010-06-01'");
    ck_assert_has(get("/1/2026/pupils/1/documents").body, "123456");
    ck_assert_status(get("/1/2026/pupils/1/documents/%s", id), 200);
    ck_assert_status(get("/1/2026/pupils/2/documents/%s", id), 404);
    ck_assert_status(post(path_of("/1/2026/pupils/%d/documents/new", STRANGE_PUPIL), document), 404);
    sign_in("class-teacher", SCHOOL);
    ck_assert_status(post(path_of("/1/2026/pupils/%d/documents/new", NEW_PUPIL), document), 403);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil_document"), 1);
}
END_TEST

/* ---- from the slip to the sign-in ---- */

static const char *after(const char *text, const char *label)
{
    const char *at = strstr(text, label);
    ck_assert_msg(at != NULL, "\"%s\" is not in: %s", label, main_of(text));
    return at + strlen(label);
}

static bool is_code(const char *text)
{
    static const char letters[] = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    return strspn(text, letters) >= 5 && text[5] == '-' && strspn(text + 6, letters) >= 5;
}

static const char *code_in(const char *text)
{
    for (; *text != '\0'; text++)
        if (is_code(text))
            return pool_strndup(fixture_pool(), text, 11);
    ck_abort_msg("no code on the slip");
    return "";
}

static struct answer print_slips(const char *whom)
{
    return post("/1/2026/slips", SENT({"whom", whom}, {"again", "1"}, {"document_language", "en"}, {"document_format", "html"}));
}

START_TEST(with_the_slip_one_chooses_a_password_once_and_signs_in_with_it)
{
    sign_in("class-teacher", SCHOOL);
    struct answer answer = print_slips("class:1");
    ck_assert_status(answer, 200);
    const char *login = text_of("SELECT login FROM person WHERE surname = 'Сейітов'"), *code = code_in(after(answer.body, login));
    sign_out();
    const struct sent *chosen = SENT({"login", login}, {"code", code}, {"password", "Тіл-темірқазық 7"}, {"again", "Тіл-темірқазық 7"});
    answer = post("/activate", chosen);
    ck_assert_status(answer, 303);
    ck_assert_str_eq(answer.location, "/");
    ck_assert_status(post("/activate", chosen), 422);
    ck_assert_status(post("/sign-in", SENT({"login", login}, {"password", "Тіл-темірқазық 7"})), 303);
    ck_assert_status(post("/sign-in", SENT({"login", login}, {"password", "Тіл-темірқазық 8"})), 422);
}
END_TEST

START_TEST(slips_are_printed_only_for_those_whom_one_reaches)
{
    sign_in("class-teacher", SCHOOL);
    ck_assert_status(print_slips("class:2"), 422);
    ck_assert_status(print_slips("staff"), 422);
    ck_assert_status(print_slips("person:5"), 422);
    sign_in("secretary", SCHOOL);
    ck_assert_status(print_slips("person:12"), 200);
    int64_t slips = count_of("SELECT COUNT(*) FROM activation_slip");
    ck_assert_status(print_slips("class:5"), 422);
    ck_assert_status(print_slips("person:19"), 422);
    ck_assert_status(print_slips("person:1"), 422);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM activation_slip"), slips);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE subject_kind = 'account' AND action = 'slip'"), slips);
}
END_TEST

Suite *pupil_suite(void)
{
    Suite *suite = suite_create("pupil");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, an_edit_is_kept_with_who_and_from_what_to_what);
    tcase_add_test(tcase, an_unchanged_form_leaves_no_trace_in_the_history);
    tcase_add_test(tcase, a_changed_iin_is_never_written_into_the_history);
    tcase_add_test(tcase, a_stale_version_shows_mine_and_theirs_and_stores_nothing);
    tcase_add_test(tcase, the_same_edit_posted_twice_is_done_once);
    tcase_add_loop_test(tcase, a_wrong_value_is_told_at_its_field_and_nothing_is_stored, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, who_has_an_iin_already_is_named_only_in_the_own_organisation);
    tcase_add_loop_test(tcase, a_file_is_seen_by_those_whom_it_concerns, 0, (int)(sizeof eyes / sizeof *eyes));
    tcase_add_test(tcase, the_panel_leads_to_every_organisation_in_which_one_has_a_role);
    tcase_add_test(tcase, the_years_to_choose_from_are_those_of_the_organisation);
    tcase_add_test(tcase, addresses_with_their_districts_and_what_is_studied_how_stand_in_tabs_of_their_own);
    tcase_add_test(tcase, a_photo_shows_and_opens_for_those_who_see_the_file);
    tcase_add_test(tcase, the_iin_is_not_shown_to_those_who_do_not_need_it);
    tcase_add_loop_test(tcase, a_row_of_the_file_is_added_changed_and_stands_in_the_history, 0, ROWS_OF_FILE);
    tcase_add_loop_test(tcase, who_may_only_see_a_row_reads_it, 0, ROWS_OF_FILE);
    tcase_add_test(tcase, each_look_at_the_health_is_kept);
    tcase_add_test(tcase, a_row_that_says_nothing_or_ends_before_it_begins_is_refused);
    tcase_add_test(tcase, a_document_is_added_and_belongs_to_its_pupil_only);
    tcase_add_test(tcase, with_the_slip_one_chooses_a_password_once_and_signs_in_with_it);
    tcase_add_test(tcase, slips_are_printed_only_for_those_whom_one_reaches);
    suite_add_tcase(suite, tcase);
    return suite;
}
