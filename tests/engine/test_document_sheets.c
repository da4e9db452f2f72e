/* test_document_sheets.c: how documents are laid out on sheets. */
#include "engine_suites.h"
#include "fixture.h"
#include "sample.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

START_TEST(a_table_head_comes_again_on_every_page)
{
    sample_make("pdf", sample_thousand);
    char *text = sample_read("pdftotext -layout %s -");
    size_t pages = sample_count(text, "\f");
    ck_assert_uint_ge(pages, 20);
    ck_assert_uint_eq(sample_count(text, "Аты-жөні"), pages);
    ck_assert_uint_eq(sample_count(text, "Сынып тізімі"), pages);
    free(text);
    sample_make("docx", sample_thousand);
    text = sample_read("unzip -p %s word/document.xml");
    ck_assert_uint_eq(sample_count(text, "<w:tblHeader/>"), 1);
    free(text);
    sample_make("xlsx", sample_thousand);
    text = sample_read("unzip -p %s xl/workbook.xml xl/worksheets/sheet1.xml");
    sample_has(text, "_xlnm.Print_Titles");
    sample_has(text, "state=\"frozen\"");
    free(text);
    sample_make("html", sample_thousand);
    text = sample_read("cat %s");
    ck_assert_uint_eq(sample_count(text, "<thead>"), 1);
    free(text);
}
END_TEST

static void build_long_word(struct doc *doc)
{
    char word[301];
    memset(word, 'W', 300);
    word[300] = '\0';
    fixture_ok(doc_text(doc, DOC_NORMAL, word));
    sample_table(doc);
    sample_row(doc, word, word, word, word);
}

START_TEST(long_words_break_inside_the_sheet)
{
    sample_make("pdf", build_long_word);
    char *text = sample_read("pdftotext %s -");
    ck_assert_uint_eq(sample_count(text, "W"), 5 * 300);
    free(text);
    text = sample_read("pdftotext -bbox %s -");
    for (const char *at = text; (at = strstr(at, "xMax=\"")) != NULL; at++)
        ck_assert_double_lt(strtod(at + 6, NULL), 595.3);
    free(text);
}
END_TEST

static void build_tall_row(struct doc *doc)
{
    char *text = NULL;
    size_t length;
    FILE *words = open_memstream(&text, &length);
    for (int i = 0; i < 3000; i++)
        fprintf(words, "сөз%04d ", i);
    fclose(words);
    sample_table(doc);
    sample_row(doc, "1", "", text, NULL);
    sample_row(doc, "2", "", "келесі", NULL);
    free(text);
}

START_TEST(a_row_taller_than_a_sheet_goes_on_over_the_next)
{
    sample_make("pdf", build_tall_row);
    char *text = sample_read("pdftotext %s -");
    ck_assert_uint_eq(sample_count(text, "сөз"), 3000);
    sample_has(text, "сөз2999");
    sample_has(text, "келесі");
    ck_assert_uint_ge(sample_count(text, "\f"), 3);
    free(text);
}
END_TEST

static void build_tall_head(struct doc *doc)
{
    char title[4000];
    memset(title, 'W', sizeof title - 1);
    title[sizeof title - 1] = '\0';
    fixture_ok(doc_table(doc, &(struct doc_column){title, DOC_TEXT, 1}, 1));
    for (int i = 0; i < 100; i++)
        fixture_ok(doc_row(doc, (const char *const[]){"қатар"}));
}

START_TEST(a_head_taller_than_a_sheet_leaves_room_for_rows)
{
    sample_make("pdf", build_tall_head);
    char *text = sample_read("pdftotext %s -");
    ck_assert_uint_eq(sample_count(text, "қатар"), 100);
    free(text);
}
END_TEST

START_TEST(a_card_is_kept_on_one_sheet)
{
    sample_make("pdf", sample_cards);
    char *text = sample_read("pdftotext %s -"), *rest = text;
    size_t cards = 0;
    for (char *page; (page = strsep(&rest, "\f")) != NULL;) {
        ck_assert_uint_eq(sample_count(page, "first"), sample_count(page, "last"));
        cards += sample_count(page, "last");
    }
    ck_assert_uint_eq(cards, 40);
    free(text);
    sample_make("docx", sample_cards);
    text = sample_read("unzip -l %s");
    sample_has(text, "word/media/code40.png");
    free(text);
}
END_TEST

static void build_endless_card(struct doc *doc)
{
    fixture_ok(doc_card(doc));
    for (int i = 0; i < 100; i++)
        fixture_ok(doc_text(doc, DOC_NORMAL, "жол"));
}

START_TEST(an_endless_card_loses_no_words)
{
    sample_make("pdf", build_endless_card);
    char *text = sample_read("pdftotext %s -");
    ck_assert_uint_eq(sample_count(text, "жол"), 100);
    free(text);
    text = sample_read("pdftotext -bbox %s -");
    for (const char *at = text; (at = strstr(at, "yMax=\"")) != NULL; at++)
        ck_assert_double_lt(strtod(at + 6, NULL), 842);
    free(text);
}
END_TEST

START_TEST(landscape_turns_the_sheet)
{
    struct doc_head head = sample_head;
    head.landscape = true;
    close(sample_make_with("pdf", &head, sample_letters));
    char *text = sample_read("pdfinfo %s");
    sample_has(text, "841.89 x 595.276");
    sample_has(text, "Title:           Сынып тізімі");
    free(text);
    close(sample_make_with("docx", &head, sample_letters));
    text = sample_read("unzip -p %s word/document.xml");
    sample_has(text, "w:orient=\"landscape\"");
    free(text);
    close(sample_make_with("xlsx", &head, sample_letters));
    text = sample_read("unzip -p %s xl/worksheets/sheet1.xml");
    sample_has(text, "orientation=\"landscape\"");
    free(text);
}
END_TEST

Suite *document_sheets_suite(void)
{
    Suite *suite = suite_create("document_sheets");
    TCase *tcase = tcase_create("sheets");
    sample_add(tcase);
    tcase_add_test(tcase, a_table_head_comes_again_on_every_page);
    tcase_add_test(tcase, long_words_break_inside_the_sheet);
    tcase_add_test(tcase, a_row_taller_than_a_sheet_goes_on_over_the_next);
    tcase_add_test(tcase, a_head_taller_than_a_sheet_leaves_room_for_rows);
    tcase_add_test(tcase, a_card_is_kept_on_one_sheet);
    tcase_add_test(tcase, an_endless_card_loses_no_words);
    tcase_add_test(tcase, landscape_turns_the_sheet);
    suite_add_tcase(suite, tcase);
    return suite;
}
