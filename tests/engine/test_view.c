/* test_view.c: what comes out of a template is escaped, whichever way; rendering again and again does not grow. */
#include "engine_suites.h"
#include "fixture.h"

#include "base/leak.h"
#include "engine/i18n.h"
#include "engine/view.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __SANITIZE_ADDRESS__
size_t __sanitizer_get_current_allocated_bytes(void); /* mallinfo2 sees nothing of its heap */
#endif

#define RAW "<&\"'>"
#define ESCAPED "&lt;&amp;&quot;&#39;&gt;"
enum { RENDERS = 10000 };

static char dir[] = "/tmp/mektep-view-XXXXXX";
static struct view *view;
static HDF *hdf;
static STRING page;

static void write_template(const char *name, const char *text)
{
    FILE *file = fopen(pool_printf(fixture_pool(), "%s/%s", dir, name), "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

static void begin(void)
{
    strcpy(dir + strlen(dir) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    fixture_ok(i18n_init(BUILD_DIR "/locale"));
    i18n_use(LANG_EN);
    fixture_ok(view_new(dir, &view));
    fixture_ok(hdf_init(&hdf));
    fixture_ok(view_set(hdf, "X", RAW));
    fixture_ok(view_set(hdf, "Rows.0.name", RAW));
    fixture_ok(view_set(hdf, "Rows.1.name", "b"));
    fixture_ok(view_set(hdf, "Key", "name"));
    string_init(&page);
}

static void end(void)
{
    string_clear(&page);
    hdf_destroy(&hdf);
    view_free(view);
    i18n_end();
    ck_assert_int_eq(system(pool_printf(fixture_pool(), "rm -r %s", dir)), 0);
}

static const char *render(const char *name)
{
    string_clear(&page);
    fixture_ok(view_render(view, name, hdf, &page));
    return page.buf != NULL ? page.buf : "";
}

static const struct {
    const char *template, *expected;
} ways_out[] = {
    {"<?cs var:X ?>", ESCAPED},
    {"<?cs var:X + \"b\" ?>", ESCAPED "b"},
    {"<?cs var:\"a\" + X ?>", "a" ESCAPED},
    {"<?cs set:Y = X ?><?cs var:Y ?>", ESCAPED},
    {"<?cs each:row = Rows ?><?cs var:row.name ?>,<?cs /each ?>", ESCAPED ",b,"},
    {"<?cs with:row = Rows.0 ?><?cs var:row.name ?><?cs /with ?>", ESCAPED},
    {"<?cs var:Rows.0[Key] ?>", ESCAPED},
    {"<?cs if:X ?><?cs var:X ?><?cs else ?>no<?cs /if ?>", ESCAPED},
    {"<?cs def:show(words) ?><?cs var:words ?><?cs /def ?><?cs call:show(X) ?>", ESCAPED},
    {"<?cs def:show(words) ?><?cs var:words ?><?cs /def ?><?cs call:show(X + \"b\") ?>", ESCAPED "b"},
    {"<?cs def:deep(words) ?><?cs var:words ?><?cs /def ?><?cs def:show(words) ?><?cs call:deep(words) ?><?cs /def ?><?cs call:show(X) ?>", ESCAPED},
    {"<?cs loop:i = #0, #1 ?><?cs var:Rows[i].name ?>,<?cs /loop ?>", ESCAPED ",b,"},
    {"<?cs var:_(\"<b>\") ?>", "&lt;b&gt;"},
    {"<?cs var:_(\"<b>\") + X ?>", "&lt;b&gt;" ESCAPED},
    {"<?cs var:url_escape(X) ?>", "%3C%26%22%27%3E"},
    {"<?cs var:url_escape(X) + X ?>", "%3C%26%22%27%3E" ESCAPED},
    {"<?cs var:string.slice(X, 0, 1) ?>", "&lt;"},
    {"<?cs var:number(X) ?>", "0"},
    {"<?cs var:number(Missing) ?>", "0"},
    {"<?cs var:number(\"1234567\") ?>", "1,234,567"},
    {"<?cs include:\"part.cs\" ?>", ESCAPED},
    {"<?cs each:row = Rows ?><?cs if:first(row) ?><?cs include:\"part.cs\" ?><?cs var:row.name ?><?cs /if ?><?cs /each ?>", ESCAPED ESCAPED},
    {"<a title=\"<?cs var:X ?>\">", "<a title=\"" ESCAPED "\">"},
    {"<?cs var:X + X ?>", ESCAPED ESCAPED},
    {"<?cs set:Y = X + \"b\" ?><?cs var:Y ?>", ESCAPED "b"},
    {"<?cs set:Copy.name = X ?><?cs with:copy = Copy ?><?cs var:copy.name ?><?cs /with ?>", ESCAPED},
    {"<?cs var:string.length(X) ?>", "5"},
    {"<?cs var:subcount(Rows) ?>", "2"},
    {"<?cs var:Missing ?>.", "."},
};

START_TEST(every_way_out_escapes)
{
    write_template("part.cs", "<?cs var:X ?>");
    write_template("way.cs", ways_out[_i].template);
    ck_assert_str_eq(render("way.cs"), ways_out[_i].expected);
    ck_assert_str_eq(render("way.cs"), ways_out[_i].expected);
}
END_TEST

START_TEST(words_follow_the_language_in_use)
{
    write_template("words.cs", "<?cs var:_(\"Sign in\") ?>|<?cs var:number(\"1042\") ?>");
    ck_assert_str_eq(render("words.cs"), "Sign in|1,042");
    i18n_use(LANG_RU);
    ck_assert_str_eq(render("words.cs"), "Войти|1\u00a0042");
    i18n_use(LANG_KK);
    ck_assert_str_eq(render("words.cs"), "Кіру|1\u00a0042");
}
END_TEST

START_TEST(only_literals_are_translated)
{
    write_template("computed.cs", "<?cs var:_(X) ?>");
    fixture_fails(view_render(view, "computed.cs", hdf, &page), ERROR_INTERNAL);
}
END_TEST

START_TEST(a_template_outside_the_folder_is_refused)
{
    write_template("outside.cs", "<?cs include!\"../outside.cs\" ?>");
    fixture_fails(view_render(view, "outside.cs", hdf, &page), ERROR_INTERNAL);
    fixture_fails(view_render(view, "/etc/passwd", hdf, &page), ERROR_INTERNAL);
}
END_TEST

START_TEST(a_broken_template_is_found_at_the_start)
{
    write_template("good.cs", "fine");
    fixture_ok(view_parse_all(view));
    write_template("broken.cs", "<?cs if:X ?>never closed");
    leak_checker_off(); /* ClearSilver drops a part of what it could not parse; a worker ends then */
    NEOERR *error = view_parse_all(view);
    ck_assert_ptr_nonnull(error);
    error_release(error);
}
END_TEST

START_TEST(a_page_knows_nothing_of_the_page_before)
{
    HDF *other;
    write_template("page.cs", "<?cs var:X ?><?cs set:X = \"set\" ?>");
    ck_assert_str_eq(render("page.cs"), ESCAPED);
    fixture_ok(hdf_init(&other));
    string_clear(&page);
    fixture_ok(view_render(view, "page.cs", other, &page));
    ck_assert(page.buf == NULL || page.buf[0] == '\0');
    hdf_destroy(&other);
}
END_TEST

static size_t allocated(void)
{
#ifdef __SANITIZE_ADDRESS__
    return __sanitizer_get_current_allocated_bytes();
#else
    return mallinfo2().uordblks;
#endif
}

START_TEST(ten_thousand_pages_do_not_grow_the_worker)
{
    STRING text;
    string_init(&text);
    for (size_t i = 0; i < sizeof ways_out / sizeof ways_out[0]; i++)
        if (strstr(ways_out[i].template, "def:") == NULL)
            fixture_ok(string_append(&text, ways_out[i].template));
    fixture_ok(string_append(&text, "<?cs def:show(words, n) ?><?cs var:words + n ?><?cs /def ?><?cs call:show(X + \"b\", number(#12)) ?>"));
    write_template("part.cs", "<?cs var:X ?>");
    write_template("all.cs", text.buf);
    string_clear(&text);
    size_t before = 0;
    for (int i = 0; i < RENDERS; i++) {
        render("all.cs");
        string_clear(&page);
        if (i == 10)
            before = allocated();
    }
    ck_assert_uint_le(allocated(), before + 1024);
}
END_TEST

START_TEST(children_are_numbered_on)
{
    HDF *child;
    for (int i = 0; i < 200; i++) {
        fixture_ok(view_append(hdf, "List.rows", &child));
        fixture_ok(view_set_int(child, "n", i));
    }
    ck_assert_int_eq(hdf_get_int_value(hdf, "List.rows.199.n", -1), 199);
    ck_assert_ptr_null(hdf_get_obj(hdf, "List.rows.200"));
    fixture_ok(view_append(hdf, "Rows", &child));
    ck_assert_str_eq(hdf_obj_name(child), "2");
}
END_TEST

START_TEST(an_unset_value_does_not_exist)
{
    write_template("exists.cs", "<?cs if:?Y ?>there<?cs else ?>gone<?cs /if ?>");
    fixture_ok(view_set(hdf, "Y", "1"));
    ck_assert_str_eq(render("exists.cs"), "there");
    fixture_ok(view_set(hdf, "Y", NULL));
    ck_assert_str_eq(render("exists.cs"), "gone");
}
END_TEST

START_TEST(the_templates_of_the_program_are_parsed)
{
    struct view *own;
    fixture_ok(view_new(SOURCE_DIR "/templates", &own));
    fixture_ok(view_parse_all(own));
    view_free(own);
}
END_TEST

Suite *view_suite(void)
{
    Suite *suite = suite_create("view");
    TCase *tcase = tcase_create("templates");
    fixture_add_plain(tcase);
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(tcase, every_way_out_escapes, 0, sizeof ways_out / sizeof ways_out[0]);
    tcase_add_test(tcase, words_follow_the_language_in_use);
    tcase_add_test(tcase, only_literals_are_translated);
    tcase_add_test(tcase, a_template_outside_the_folder_is_refused);
    tcase_add_test(tcase, a_broken_template_is_found_at_the_start);
    tcase_add_test(tcase, a_page_knows_nothing_of_the_page_before);
    tcase_add_test(tcase, ten_thousand_pages_do_not_grow_the_worker);
    tcase_add_test(tcase, children_are_numbered_on);
    tcase_add_test(tcase, an_unset_value_does_not_exist);
    tcase_add_test(tcase, the_templates_of_the_program_are_parsed);
    suite_add_tcase(suite, tcase);
    return suite;
}
