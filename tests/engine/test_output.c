/* test_output.c: the dialog of an output form and the document it gives out. */
#include "engine_suites.h"
#include "fixture.h"

#include "engine/i18n.h"
#include "engine/output.h"
#include "engine/route.h"

#include <string.h>
#include <unistd.h>

/* ---- an output form ---- */

static const struct field slip_fields[] = {
    {"about", "About", FIELD_TEXT, REQUIRED},
    {0},
};

static bool build_fails;

static NEOERR *slip_head(struct form_data *form, struct doc_head *head)
{
    head->subtitle = form_text(form, "about");
    return STATUS_OK;
}

static NEOERR *slip_build(struct form_data *form, struct doc *doc)
{
    if (build_fails)
        return nerr_raise(ERROR_DENIED, "build a slip");
    TRY(doc_text(doc, DOC_NORMAL, pool_printf(form->rq->pool, "made in %s", language_codes[i18n_language()])));
    return nerr_pass(doc_text(doc, DOC_NORMAL, form_text(form, "about")));
}

static const struct output slips = {.id = "slips",
                                    .title = "Slips / 10-Б",
                                    .fields = slip_fields,
                                    .formats = {"pdf", "html", "png"},
                                    .head = slip_head,
                                    .build = slip_build};
static const struct output bare = {.id = "bare", .title = "Bare", .formats = {"html"}, .build = slip_build};
static const struct route slips_route = {.id = "slips", .path = "/slips", .detail = &slips},
                          bare_route = {.id = "bare", .path = "/bare", .detail = &bare};

/* ---- a request for it ---- */

static const struct http_request http = {.path = "/ORG/slips"};
static struct request rq;
static struct response rs;
static struct worker worker;

static void begin(void)
{
    fixture_ok(doc_init());
    rq = (struct request){.pool = fixture_pool(), .route = &slips_route, .language = LANG_RU, .http = &http};
    rq.place = (struct place){.org = 7,
                              .year = 2026,
                              .kind = ORGANISATION_SCHOOL,
                              .name = "Школа № 60",
                              .names = {"№ 60 мектеп", "Школа № 60", "School No 60"},
                              .time_zone = "Asia/Almaty"};
    fixture_ok(hdf_init(&rq.hdf));
    fixture_ok(hdf_init(&worker.statics));
    fixture_ok(hdf_set_value(worker.statics, "css", "mektep-1a2b.css"));
    rq.worker = &worker;
    rs = (struct response){0};
    http_response_init(&rs.http);
    i18n_use(LANG_RU);
    build_fails = false;
}

static void end(void)
{
    hdf_destroy(&rq.hdf);
    hdf_destroy(&worker.statics);
    http_response_release(&rs.http);
}

static void post(const char *form)
{
    fixture_ok(http_parse_query(rq.pool, form, strlen(form), &rq.posted));
}

static const char *header(const char *name)
{
    for (const struct http_header *row = rs.http.headers; row != NULL; row = row->next)
        if (strcmp(row->name, name) == 0)
            return row->value;
    return NULL;
}

static const char *shown(const char *name)
{
    return hdf_get_value(rq.hdf, name, "");
}

/* The number of the choice of a field that is selected; -1 for none. */
static int selected(int field)
{
    for (int i = 0;; i++) {
        const char *base = pool_printf(rq.pool, "Form.fields.%d.choices.%d", field, i);
        if (hdf_get_obj(rq.hdf, base) == NULL)
            return -1;
        if (hdf_get_int_value(rq.hdf, pool_printf(rq.pool, "%s.selected", base), 0) == 1)
            return i;
    }
}

START_TEST(the_dialog_asks_its_fields_then_language_and_format)
{
    static const char query[] = "about=10-%D0%91";
    fixture_ok(http_parse_query(rq.pool, query, strlen(query), &rq.query));
    fixture_ok(output_page(&rq, &rs));
    ck_assert_str_eq(rs.template_name, "output.cs");
    ck_assert_str_eq(shown("Output.action"), "/ORG/slips");
    ck_assert_str_eq(shown("Form.fields.0.name"), "about");
    ck_assert_str_eq(shown("Form.fields.0.value"), "10-Б");
    ck_assert_str_eq(shown("Form.fields.1.name"), "document_language");
    ck_assert_str_eq(shown("Form.fields.1.choices.0.label"), "Қазақша");
    ck_assert_int_eq(selected(1), LANG_RU);
    ck_assert_str_eq(shown("Form.fields.2.name"), "document_format");
    ck_assert_str_eq(shown("Form.fields.2.choices.0.label"), "PDF");
    ck_assert_str_eq(shown("Form.fields.2.choices.2.value"), "png");
    ck_assert_int_eq(selected(2), 0);
    ck_assert_ptr_null(hdf_get_obj(rq.hdf, "Form.fields.3"));
}
END_TEST

START_TEST(an_output_may_ask_nothing_of_its_own)
{
    rq.route = &bare_route;
    fixture_ok(output_page(&rq, &rs));
    ck_assert_str_eq(shown("Form.fields.0.name"), "document_language");
}
END_TEST

START_TEST(the_document_speaks_the_language_chosen_and_the_page_its_own)
{
    post("about=10-%D0%91&document_language=kk&document_format=html");
    fixture_ok(output_post_page(&rq, &rs));
    ck_assert_int_eq(rs.http.status, 200);
    ck_assert_ptr_null(rs.template_name);
    ck_assert_ptr_nonnull(strstr(rs.http.body.buf, "<html lang=\"kk\">"));
    ck_assert_ptr_nonnull(strstr(rs.http.body.buf, "href=\"/static/mektep-1a2b.css\""));
    ck_assert_ptr_nonnull(strstr(rs.http.body.buf, "made in kk"));
    ck_assert_ptr_nonnull(strstr(rs.http.body.buf, "№ 60 мектеп"));
    ck_assert_ptr_nonnull(strstr(rs.http.body.buf, "<p class=\"doc-subtitle\">10-Б</p>"));
    ck_assert_str_eq(header("Content-Type"), "text/html; charset=utf-8");
    ck_assert_ptr_null(header("Content-Disposition"));
    ck_assert_int_eq(i18n_language(), LANG_RU);
    ck_assert_int_eq(rq.language, LANG_RU);
}
END_TEST

START_TEST(a_file_is_an_attachment_with_a_name_in_any_letters)
{
    post("about=x&document_language=ru&document_format=pdf");
    fixture_ok(output_post_page(&rq, &rs));
    ck_assert_str_eq(header("Content-Type"), "application/pdf");
    ck_assert_str_eq(header("Content-Disposition"), "attachment; filename=\"document.pdf\"; filename*=UTF-8''Slips%20%2F%2010-%D0%91.pdf");
    ck_assert_int_gt(rs.http.body.len, 1000);
    ck_assert_mem_eq(rs.http.body.buf, "%PDF-", 5);
}
END_TEST

START_TEST(an_unfilled_dialog_comes_back_with_what_was_typed)
{
    static const char *const posts[] = {"about=&document_language=kk&document_format=pdf",
                                        "about=x&document_language=de&document_format=pdf",
                                        "about=x&document_language=kk&document_format=xlsx", "about=x", ""};
    post(posts[_i]);
    fixture_ok(output_post_page(&rq, &rs));
    ck_assert_int_eq(rs.http.status, 422);
    ck_assert_str_eq(rs.template_name, "output.cs");
    ck_assert_ptr_nonnull(hdf_get_obj(rq.hdf, "Form.errors.0"));
    ck_assert_str_eq(shown("Form.fields.0.value"), strncmp(posts[_i], "about=x", 7) == 0 ? "x" : "");
    ck_assert_int_eq(rs.http.body.len, 0);
}
END_TEST

START_TEST(a_builder_that_fails_leaves_no_half_document)
{
    build_fails = true;
    post("about=x&document_language=kk&document_format=pdf");
    fixture_fails(output_post_page(&rq, &rs), ERROR_DENIED);
    ck_assert_int_eq(rs.http.body.len, 0);
    ck_assert_ptr_null(header("Content-Type"));
    ck_assert_int_eq(i18n_language(), LANG_RU);
    ck_assert_int_eq(rq.language, LANG_RU);
}
END_TEST

Suite *output_suite(void)
{
    Suite *suite = suite_create("output");
    TCase *tcase = tcase_create("output");
    fixture_add_plain(tcase);
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, the_dialog_asks_its_fields_then_language_and_format);
    tcase_add_test(tcase, an_output_may_ask_nothing_of_its_own);
    tcase_add_test(tcase, the_document_speaks_the_language_chosen_and_the_page_its_own);
    tcase_add_test(tcase, a_file_is_an_attachment_with_a_name_in_any_letters);
    tcase_add_loop_test(tcase, an_unfilled_dialog_comes_back_with_what_was_typed, 0, 5);
    tcase_add_test(tcase, a_builder_that_fails_leaves_no_half_document);
    suite_add_tcase(suite, tcase);
    return suite;
}
