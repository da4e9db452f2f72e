/* test_golden.c: pages that stand for the generic templates, word for word as in tests/golden/. MEKTEP_GOLDEN=write writes them
 * anew: read the difference before it is committed. */
#include "school.h"
#include "school_suites.h"

#include <stdlib.h>
#include <string.h>

static const struct page {
    const char *name, *role; /* role NULL: nobody has signed in */
    int64_t org;
    const char *language, *path;
    int status;
    struct sent posted[8]; /* empty: the page is only asked for */
} pages[] = {
    {"sign-in", NULL, SCHOOL, "ru", "/sign-in", 200, {{0}}},
    {"start", "secretary", SCHOOL, "ru", "/1/2026/", 200, {{0}}},
    {"tasks", "secretary", SCHOOL, "kk", "/1/2026/tasks", 200, {{0}}},
    {"list", "secretary", SCHOOL, "kk", "/1/2026/without-class", 200, {{0}}},
    {"class", "class-teacher", SCHOOL, "ru", "/1/2026/classes/1", 200, {{0}}},
    {"group", "curator", COLLEGE, "kk", "/2/2026/classes/4/general", 200, {{0}}},
    {"pupil", "parent", SCHOOL, "ru", "/1/2026/pupils/1", 200, {{0}}},
    {"form", "secretary", SCHOOL, "en", "/1/2026/pupils/1/documents/new", 200, {{0}}},
    {"form-errors", "secretary", SCHOOL, "ru", "/1/2026/pupils/1/edit", 422,
     {{"surname", "Кaсымова1", NULL, 0}, {"given", "", NULL, 0}, {"born_on", "31.02.2011", NULL, 0}, {"version", "1", NULL, 0}}},
    {"process", "secretary", SCHOOL, "kk", "/1/2026/start/enrol-pupil?subject=2", 200, {{0}}},
    {"process-errors", "secretary", SCHOOL, "ru", "/1/2026/start/enrol-pupil", 422,
     {{"action", "submit", NULL, 0}, {"subject", "2", NULL, 0}, {"grade", "10", NULL, 0}, {"order_number", "6-у", NULL, 0}, {"order_date", "06.10.2026", NULL, 0}}},
    {"order", "head", SCHOOL, "ru", "/1/2026/orders/1", 200, {{0}}},
    {"forbidden", "parent", SCHOOL, "ru", "/1/2026/orders", 403, {{0}}},
    {"not-found", "secretary", SCHOOL, "kk", "/1/2026/classes/5", 404, {{0}}},
};
enum { PAGES = sizeof pages / sizeof *pages };

/* What is another with each page: how it begins, and the hole that stands for it up to the next quote. */
static const struct {
    const char *before, *hole;
} holes[] = {
    {"name=\"csrf\" value=\"", "{csrf}"},
    {"name=\"form_key\" value=\"", "{form key}"},
};

static const char *with_holes(const char *page)
{
    char *out = pool_alloc(fixture_pool(), 2 * strlen(page) + 1), *to = out;
    while (*page != '\0') {
        size_t hole = 0, holes_count = sizeof holes / sizeof *holes;
        while (hole < holes_count && strncmp(page, holes[hole].before, strlen(holes[hole].before)) != 0)
            hole++;
        if (hole == holes_count) {
            *to++ = *page++;
            continue;
        }
        to += sprintf(to, "%s%s", holes[hole].before, holes[hole].hole);
        page += strlen(holes[hole].before);
        page += strcspn(page, "\"");
    }
    *to = '\0';
    return out;
}

static const char *read_golden(const char *path)
{
    enum { PAGE_MAX = 256 * 1024 };
    char *text = pool_alloc(fixture_pool(), PAGE_MAX);
    FILE *file = fopen(path, "re");
    ck_assert_msg(file != NULL, "%s is not there: MEKTEP_GOLDEN=write makes it", path);
    text[fread(text, 1, PAGE_MAX - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void write_golden(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

/* The first line that differs says more than two whole pages. */
static void compare(const char *name, const char *page, const char *golden)
{
    int line = 1;
    while (*page != '\0' && *page == *golden) {
        line += *page == '\n';
        page++;
        golden++;
    }
    ck_assert_msg(*page == *golden, "%s.html, line %d: \"%.120s\" instead of \"%.120s\"", name, line, page, golden);
}

static struct answer ask_for(const struct page *page)
{
    speak(page->language);
    if (page->role != NULL)
        sign_in(page->role, page->org);
    return page->posted[0].name != NULL ? post(page->path, page->posted) : get("%s", page->path);
}

START_TEST(a_page_is_as_it_was_agreed)
{
    const struct page *page = &pages[_i];
    const char *path = path_of(SOURCE_DIR "/tests/golden/%s.html", page->name);
    struct answer answer = ask_for(page);
    ck_assert_status(answer, page->status);
    const char *text = with_holes(answer.body);
    if (getenv("MEKTEP_GOLDEN") != NULL)
        write_golden(path, text);
    else
        compare(page->name, text, read_golden(path));
}
END_TEST

Suite *golden_suite(void)
{
    Suite *suite = suite_create("golden");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_loop_test(tcase, a_page_is_as_it_was_agreed, 0, PAGES);
    suite_add_tcase(suite, tcase);
    return suite;
}
