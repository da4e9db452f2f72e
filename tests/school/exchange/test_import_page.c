/* test_import_page.c: the page of an import whose job came to nothing: it says so, and the import can be tried again. */
#include "school.h"
#include "school_suites.h"

#include "engine/job.h"

#include <string.h>

enum { IMPORT = 50 };

/* A job takes the import on from one state; given up it comes back to another, where the person acts anew. */
static const struct {
    const char *job, *from, *to, *words, *action;
} given_up[] = {
    {"import-read", "reading", "refused", "The file could not be read to its end; send it again", NULL},
    {"import-apply", "applying", "staged", "The import did not succeed; nothing of the organisation under way was changed", "apply"},
    {"import-undo", "undoing", "applied", "The cancelling did not succeed; nothing was changed", "undo"},
};

static void add_import(const char *state, const char *job)
{
    run_sql("INSERT INTO import_batch (org_id, id, state, made_at) VALUES (1, %d, '%s', '2026-10-05')", IMPORT, state);
    run_sql("INSERT INTO import_row (batch_id, id, line, kind, uid, org_uid, packed, verdict) VALUES (%d, 1, 1, 'person', 'u', '', '{}', 'new')", IMPORT);
    run_sql("INSERT INTO job (org_id, kind, state, tries, lease_until, account_id, language, input, made_at)"
            " VALUES (1, '%s', 'running', %d, '2001-01-01', %lld, 'ru', 'batch=%d', '2026-10-05')",
            job, JOB_TRIES, (long long)school_person("secretary", SCHOOL), IMPORT);
}

START_TEST(an_import_whose_job_is_given_up_says_so_and_can_be_tried_again)
{
    const char *path = path_of("/1/2026/exchange/import/%d", IMPORT);
    bool ran;
    sign_in("secretary", SCHOOL);
    add_import(given_up[_i].from, given_up[_i].job);
    ck_assert_has(get("%s", path).body, "hx-trigger");
    fixture_ok(job_run_one(school_worker(), &ran));
    ck_assert_str_eq(text_of("SELECT state FROM import_batch"), given_up[_i].to);
    struct answer answer = get("%s", path);
    ck_assert_has(answer.body, given_up[_i].words);
    ck_assert_has_not(answer.body, "hx-trigger");
    if (given_up[_i].action == NULL)
        return;
    ck_assert_status(post(path, SENT({"action", given_up[_i].action})), 303);
    ck_assert_str_eq(text_of("SELECT state FROM import_batch"), given_up[_i].from);
    ck_assert_has_not(get("%s", path).body, given_up[_i].words);
}
END_TEST

/* An administrator of the installation sees nobody's health. */
static const struct {
    const char *role, *input;
} exporters[] = {
    {"secretary", "health=1"},
    {"administrator", ""},
};

START_TEST(the_package_of_who_does_not_see_health_is_made_without_it)
{
    sign_in(exporters[_i].role, SCHOOL);
    const char *words = "What files say of health stays here";
    struct answer answer = get("/1/2026/exchange/export");
    ck_assert_status(answer, 200);
    ck_assert_int_eq(strstr(answer.body, words) == NULL, exporters[_i].input[0] != '\0');
    ck_assert_status(post("/1/2026/exchange/export", SENT({"action", "export"})), 303);
    ck_assert_str_eq(text_of("SELECT COALESCE(input, '') FROM job WHERE kind = 'export'"), exporters[_i].input);
}
END_TEST

Suite *import_page_suite(void)
{
    Suite *suite = suite_create("import page");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_loop_test(tcase, an_import_whose_job_is_given_up_says_so_and_can_be_tried_again, 0, (int)(sizeof given_up / sizeof *given_up));
    tcase_add_loop_test(tcase, the_package_of_who_does_not_see_health_is_made_without_it, 0, (int)(sizeof exporters / sizeof *exporters));
    suite_add_tcase(suite, tcase);
    return suite;
}
