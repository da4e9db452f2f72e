/* test_document.c: what was pushed into a document comes out of each format again, as other programs read it. */
#include "engine_suites.h"
#include "fixture.h"
#include "sample.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How to get at the words of a format with a second program. */
static const struct {
    const char *format, *command;
} readers[] = {
    {"html", "xmllint --html --xpath 'string(//body)' %s 2>/dev/null"},
    {"pdf", "pdftotext -layout %s -"},
    {"docx", "unzip -p %s word/document.xml"},
    {"xlsx", "unzip -p %s xl/worksheets/sheet1.xml"},
    {"csv", "cat %s"},
};
enum { READERS = sizeof readers / sizeof *readers };

static char *words_of(int reader, build_fn *build)
{
    sample_make(readers[reader].format, build);
    return sample_read(readers[reader].command);
}

/* ---- words ---- */

START_TEST(kazakh_letters_come_out_again_in_every_format)
{
    char *text = words_of(_i, sample_letters);
    sample_has(text, SAMPLE_LETTERS);
    sample_has(text, "Аты-жөні");
    sample_has(text, "001105550123");
    free(text);
}
END_TEST

START_TEST(a_thousand_rows_come_out_in_order)
{
    char *text = words_of(_i, sample_thousand);
    ck_assert_uint_eq(sample_count(text, "Оқушы#"), 1000);
    const char *at = text;
    for (int i = 1; i <= 1000; i++) {
        char name[32];
        snprintf(name, sizeof name, "Оқушы#%04d", i);
        at = strstr(at, name);
        ck_assert_msg(at != NULL, "%s is not after the one before", name);
    }
    sample_has(at, "Барлығы");
    free(text);
}
END_TEST

static void build_head_only(struct doc *doc)
{
    sample_table(doc);
}

START_TEST(an_empty_table_is_its_head)
{
    char *text = words_of(_i, build_head_only);
    ck_assert_uint_eq(sample_count(text, "Туған күні"), 1);
    free(text);
}
END_TEST

static void build_two_tables(struct doc *doc)
{
    sample_table(doc);
    sample_row(doc, "1", "", "Бірінші", NULL);
    sample_table(doc);
    sample_row(doc, "2", "", "Екінші", NULL);
}

START_TEST(a_second_table_ends_the_first)
{
    char *text = words_of(_i, build_two_tables);
    ck_assert_uint_eq(sample_count(text, "Туған күні"), 2);
    ck_assert(strstr(text, "Екінші") > strstr(text, "Бірінші"));
    free(text);
}
END_TEST

static void build_parts(struct doc *doc)
{
    fixture_ok(doc_text(doc, DOC_HEADING, "Бөлім"));
    fixture_ok(doc_text(doc, DOC_NORMAL, "бірінші жол\nекінші жол"));
    fixture_ok(doc_pairs(doc, (const struct doc_pair[]){{"Логин", "000000504805"}, {"Бос", NULL}}, 2));
    fixture_ok(doc_sign(doc, "Директор", "А. Б. Сейітова"));
    fixture_ok(doc_qr(doc, "https://mektep.example.kz/activate", "Телефонмен"));
    fixture_ok(doc_page(doc));
    fixture_ok(doc_text(doc, DOC_MONO, "K7MWP-Q4XTR"));
}

START_TEST(every_kind_of_part_comes_out)
{
    static const char *const formats[] = {"html", "pdf", "docx"};
    for (size_t i = 0; i < READERS; i++)
        if (strcmp(readers[i].format, formats[_i]) == 0) {
            char *text = words_of((int)i, build_parts);
            static const char *const words[] = {"Сынып тізімі", "№ 60 мектеп",  "27 оқушы", "Бөлім",          "бірінші жол", "екінші жол",
                                                "Логин",        "000000504805", "Директор", "А. Б. Сейітова", "Телефонмен",  "K7MWP-Q4XTR"};
            for (size_t word = 0; word < sizeof words / sizeof *words; word++)
                sample_has(text, words[word]);
            free(text);
        }
}
END_TEST

/* ---- hostile cells ---- */

static const char *const hostile[] = {"=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\tx", "  =1+1", "\r=1"};

static void build_hostile(struct doc *doc)
{
    sample_table(doc);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        sample_row(doc, hostile[i], "", hostile[i], NULL);
    sample_row(doc, "-12.5", "", "жай", NULL);
}

START_TEST(csv_cells_never_begin_as_formulas)
{
    sample_make("csv", build_hostile);
    char *text = sample_read("cat %s"), *rest = text;
    ck_assert_mem_eq(text, "\xEF\xBB\xBF№;ЖСН", strlen("\xEF\xBB\xBF№;ЖСН"));
    ck_assert_uint_eq(sample_count(text, "\"'=cmd|'/C calc'!A0\""), 2);
    sample_has(text, "\r\n-12.5;;жай;\r\n");
    for (char *cell; (cell = strsep(&rest, ";\n")) != NULL;) {
        cell += strspn(cell, "\" ");
        ck_assert_msg(strchr("=+-@\t\r", *cell) == NULL || *cell == '\0' || strcmp(cell, "\r") == 0 || strcmp(cell, "-12.5") == 0,
                      "a cell begins with %s", cell);
    }
    free(text);
}
END_TEST

START_TEST(xlsx_cells_are_text_and_never_formulas)
{
    sample_make("xlsx", build_hostile);
    char *text = sample_read("unzip -p %s xl/worksheets/sheet1.xml");
    ck_assert_uint_eq(sample_count(text, "<f>"), 0);
    ck_assert_uint_eq(sample_count(text, "=cmd|'/C calc'!A0</t>"), 2);
    sample_has(text, "<v>-12.5</v>");
    free(text);
}
END_TEST

START_TEST(xlsx_keeps_digits_as_text_and_dates_as_dates)
{
    sample_make("xlsx", sample_letters);
    char *text = sample_read("unzip -p %s xl/worksheets/sheet1.xml");
    sample_has(text, "t=\"inlineStr\"><is><t>001105550123</t>");
    sample_has(text, "<v>40616</v>"); /* 14.03.2011 counted from 1900 */
    sample_has(text, "<v>1</v>");
    free(text);
}
END_TEST

static void build_old_date(struct doc *doc)
{
    sample_table(doc);
    sample_row(doc, "007", "", "", "0200-03-31");
}

START_TEST(what_excel_cannot_count_stays_text)
{
    sample_make("xlsx", build_old_date);
    char *text = sample_read("unzip -p %s xl/worksheets/sheet1.xml");
    sample_has(text, "<t>31.03.0200</t>");
    sample_has(text, "<t>007</t>");
    free(text);
}
END_TEST

static void build_markup(struct doc *doc)
{
    fixture_ok(doc_text(doc, DOC_NORMAL, "<script>\"'&\x01"));
    sample_table(doc);
    sample_row(doc, "<script>", "&amp;", "\"'>\x1b", "<b>");
    fixture_ok(doc_sign(doc, "<script>", "<script>"));
    fixture_ok(doc_qr(doc, "<script>\"", "<script>"));
}

START_TEST(markup_in_words_stays_words)
{
    sample_make("html", build_markup);
    char *text = sample_read("cat %s");
    ck_assert_uint_eq(sample_count(text, "<script>"), 0);
    ck_assert_uint_eq(sample_count(text, "<b>"), 0);
    ck_assert_ptr_null(strpbrk(text, "\x01\x1b"));
    sample_has(text, "&amp;amp;");
    free(text);
    sample_make("docx", build_markup);
    text = sample_read("unzip -p %s word/document.xml | xmllint --xpath 'string(/)' -");
    sample_has(text, "<script>\"'&");
    free(text);
}
END_TEST

/* ---- files ---- */

START_TEST(a_png_of_several_pages_is_a_zip_of_pictures)
{
    const struct doc_format *png = doc_format_find("png");
    int fd = sample_make_with("png", &sample_head, sample_letters);
    ck_assert_str_eq(doc_ending(png, fd), "png");
    ck_assert_str_eq(doc_mime(png, fd), "image/png");
    unsigned char head[24];
    ck_assert_int_eq(pread(fd, head, sizeof head, 0), sizeof head);
    ck_assert_mem_eq(head, "\x89PNG\r\n\x1a\n", 8);
    ck_assert_int_eq(head[18] << 8 | head[19], 1240); /* A4 at 150 dpi */
    ck_assert_int_eq(head[22] << 8 | head[23], 1754);
    close(fd);
    fd = sample_make_with("png", &sample_head, build_parts);
    ck_assert_str_eq(doc_ending(png, fd), "zip");
    ck_assert_str_eq(doc_mime(png, fd), "application/zip");
    close(fd);
    char *text = sample_read("unzip -Z1 %s");
    ck_assert_str_eq(text, "001.png\n002.png\n");
    free(text);
}
END_TEST

START_TEST(office_files_are_whole_and_their_parts_are_xml)
{
    static const char *const formats[] = {"docx", "xlsx"};
    static build_fn *const builds[] = {sample_letters, build_head_only, build_parts, build_markup, sample_cards, build_two_tables};
    for (size_t i = 0; i < sizeof builds / sizeof *builds; i++) {
        sample_make(formats[_i], builds[i]);
        free(sample_read("unzip -tq %s"));
        char *names = sample_read("unzip -Z1 %s"), *rest = names;
        for (char *name; (name = strsep(&rest, "\n")) != NULL && *name != '\0';) {
            char command[256];
            if (strstr(name, ".xml") == NULL && strstr(name, ".rels") == NULL)
                continue;
            snprintf(command, sizeof command, "unzip -p %%s '%s%s' | xmllint --noout -", *name == '[' ? "\\" : "", name);
            free(sample_read(command));
        }
        free(names);
    }
}
END_TEST

START_TEST(a_document_says_its_language)
{
    sample_make("html", sample_letters);
    char *text = sample_read("cat %s");
    sample_has(text, "<html lang=\"kk\">");
    free(text);
    sample_make("docx", sample_letters);
    text = sample_read("unzip -p %s word/styles.xml");
    sample_has(text, "<w:lang w:val=\"kk-KZ\"");
    free(text);
}
END_TEST

START_TEST(any_title_makes_a_sheet)
{
    static const char *const titles[] = {"",        "7-А: список [2026/2027] *?\\", "'кавычки'", "Өте ұзын атау, отыз бір әріптен асады",
                                         "History", "🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎"};
    struct doc_head head = {.title = titles[_i], .language = "kk"};
    close(sample_make_with("xlsx", &head, sample_letters));
    char *text = sample_read("unzip -p %s xl/worksheets/sheet1.xml");
    sample_has(text, SAMPLE_LETTERS);
    free(text);
}
END_TEST

START_TEST(an_abandoned_document_frees_all)
{
    struct doc *doc;
    int fd = open(sample_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    fixture_ok(doc_open(doc_formats[_i], &sample_head, fd, &doc));
    sample_letters(doc);
    fixture_ok(doc_card(doc));
    fixture_ok(doc_qr(doc, "код", NULL));
    doc_abandon(doc);
    close(fd);
}
END_TEST

START_TEST(a_row_without_a_table_is_an_error)
{
    struct doc *doc;
    int fd = open(sample_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    fixture_ok(doc_open(doc_formats[_i], &sample_head, fd, &doc));
    fixture_fails(doc_row(doc, (const char *const[]){"1"}), ERROR_INTERNAL);
    sample_table(doc);
    fixture_ok(doc_text(doc, DOC_NORMAL, "мәтін"));
    fixture_fails(doc_row(doc, (const char *const[]){"1", "", "", ""}), ERROR_INTERNAL);
    doc_abandon(doc);
    close(fd);
}
END_TEST

START_TEST(a_file_that_cannot_be_written_is_an_error)
{
    struct doc *doc = NULL;
    int fd = open("/dev/full", O_RDWR | O_CLOEXEC);
    NEOERR *failed = doc_open(doc_formats[_i], &sample_head, fd, &doc);
    if (failed == STATUS_OK) {
        NEOERR *pushed = doc_text(doc, DOC_NORMAL, SAMPLE_LETTERS);
        failed = doc_close(doc);
        if (failed == STATUS_OK)
            failed = pushed;
        else
            error_release(pushed);
    }
    fixture_fails(failed, ERROR_INTERNAL);
    close(fd);
}
END_TEST

START_TEST(formats_are_found_by_name)
{
    static const char *const ids[] = {"html", "pdf", "png", "docx", "xlsx", "csv"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        ck_assert_ptr_eq(doc_format_find(ids[i]), doc_formats[i]);
        ck_assert_str_eq(doc_format_id(doc_formats[i]), ids[i]);
    }
    ck_assert_ptr_null(doc_formats[sizeof ids / sizeof *ids]);
    ck_assert_ptr_null(doc_format_find("exe"));
}
END_TEST

Suite *document_suite(void)
{
    Suite *suite = suite_create("document");
    TCase *words = tcase_create("words"), *cells = tcase_create("cells"), *files = tcase_create("files");
    TCase *const all[] = {words, cells, files};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        sample_add(all[i]);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_loop_test(words, kazakh_letters_come_out_again_in_every_format, 0, READERS);
    tcase_add_loop_test(words, a_thousand_rows_come_out_in_order, 0, READERS);
    tcase_add_loop_test(words, an_empty_table_is_its_head, 0, READERS);
    tcase_add_loop_test(words, a_second_table_ends_the_first, 0, READERS);
    tcase_add_loop_test(words, every_kind_of_part_comes_out, 0, 3);
    tcase_add_test(cells, csv_cells_never_begin_as_formulas);
    tcase_add_test(cells, xlsx_cells_are_text_and_never_formulas);
    tcase_add_test(cells, xlsx_keeps_digits_as_text_and_dates_as_dates);
    tcase_add_test(cells, what_excel_cannot_count_stays_text);
    tcase_add_test(cells, markup_in_words_stays_words);
    tcase_add_test(files, a_png_of_several_pages_is_a_zip_of_pictures);
    tcase_add_loop_test(files, office_files_are_whole_and_their_parts_are_xml, 0, 2);
    tcase_add_test(files, a_document_says_its_language);
    tcase_add_loop_test(files, any_title_makes_a_sheet, 0, 6);
    tcase_add_loop_test(files, an_abandoned_document_frees_all, 0, 6);
    tcase_add_loop_test(files, a_row_without_a_table_is_an_error, 0, 6);
    tcase_add_loop_test(files, a_file_that_cannot_be_written_is_an_error, 0, 6);
    tcase_add_test(files, formats_are_found_by_name);
    return suite;
}
