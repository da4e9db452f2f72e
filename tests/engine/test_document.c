/* test_document.c: what was pushed into a document comes out of each format again, as other programs read it. */
#include "engine_suites.h"
#include "fixture.h"

#include "engine/document.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LETTERS "ӘҒҚҢӨҰҮҺІ әғқңөұүһі"

static char folder[] = "/tmp/mektep-document-XXXXXX";
static char path[sizeof folder + 16]; /* of the document under test */

static void make_folder(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/document", folder);
    fixture_ok(doc_init());
}

static void remove_folder(void)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* ---- making and reading ---- */

typedef void build_fn(struct doc *doc);

static const struct doc_head plain_head = {
    .title = "Сынып тізімі", .organisation = "№ 60 мектеп", .subtitle = "27 оқушы", .language = "kk", .made = "mektep · 24.11.2026"};

static const struct doc_column columns[] = {
    {"№", DOC_NUMBER, 0.4},
    {"ЖСН", DOC_TEXT, 1.2},
    {"Аты-жөні", DOC_TEXT, 3},
    {"Туған күні", DOC_DATE, 1},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static int make_with(const char *format, const struct doc_head *head, build_fn *build)
{
    struct doc *doc;
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_ptr_nonnull(doc_format_find(format));
    fixture_ok(doc_open(doc_format_find(format), head, fd, &doc));
    build(doc);
    fixture_ok(doc_close(doc));
    return fd;
}

static void make(const char *format, build_fn *build)
{
    close(make_with(format, &plain_head, build));
}

/* What a command prints; %s in it is the document's path. The program must end well. */
static char *output_of(const char *command)
{
    char line[512];
    snprintf(line, sizeof line, command, path);
    FILE *pipe = popen(line, "r");
    ck_assert_ptr_nonnull(pipe);
    char *text = NULL;
    size_t length = 0;
    FILE *kept = open_memstream(&text, &length);
    for (int c; (c = fgetc(pipe)) != EOF;)
        fputc(c, kept);
    fclose(kept);
    ck_assert_msg(pclose(pipe) == 0, "%s fails on the document", line);
    return text;
}

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
    make(readers[reader].format, build);
    return output_of(readers[reader].command);
}

static size_t count(const char *text, const char *word)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word))
        found++;
    return found;
}

static void assert_has(const char *text, const char *word)
{
    ck_assert_msg(strstr(text, word) != NULL, "“%s” is missing in:\n%.2000s", word, text);
}

static void table(struct doc *doc)
{
    fixture_ok(doc_table(doc, columns, COLUMNS));
}

static void row(struct doc *doc, const char *number, const char *iin, const char *name, const char *born)
{
    fixture_ok(doc_row(doc, (const char *const[]){number, iin, name, born}));
}

/* ---- words ---- */

static void build_letters(struct doc *doc)
{
    table(doc);
    row(doc, "1", "001105550123", LETTERS, "2011-03-14");
}

START_TEST(kazakh_letters_come_out_again_in_every_format)
{
    char *text = words_of(_i, build_letters);
    assert_has(text, LETTERS);
    assert_has(text, "Аты-жөні");
    assert_has(text, "001105550123");
    free(text);
}
END_TEST

static void build_thousand(struct doc *doc)
{
    table(doc);
    for (int i = 1; i <= 1000; i++) {
        char number[16], name[32];
        snprintf(number, sizeof number, "%d", i);
        snprintf(name, sizeof name, "Оқушы#%04d", i);
        row(doc, number, "110314500123", name, "2011-03-14");
    }
    fixture_ok(doc_total(doc, (const char *const[]){NULL, NULL, "Барлығы", NULL}));
}

START_TEST(a_thousand_rows_come_out_in_order)
{
    char *text = words_of(_i, build_thousand);
    ck_assert_uint_eq(count(text, "Оқушы#"), 1000);
    const char *at = text;
    for (int i = 1; i <= 1000; i++) {
        char name[32];
        snprintf(name, sizeof name, "Оқушы#%04d", i);
        at = strstr(at, name);
        ck_assert_msg(at != NULL, "%s is not after the one before", name);
    }
    assert_has(at, "Барлығы");
    free(text);
}
END_TEST

static void build_head_only(struct doc *doc)
{
    table(doc);
}

START_TEST(an_empty_table_is_its_head)
{
    char *text = words_of(_i, build_head_only);
    ck_assert_uint_eq(count(text, "Туған күні"), 1);
    free(text);
}
END_TEST

static void build_two_tables(struct doc *doc)
{
    table(doc);
    row(doc, "1", "", "Бірінші", NULL);
    table(doc);
    row(doc, "2", "", "Екінші", NULL);
}

START_TEST(a_second_table_ends_the_first)
{
    char *text = words_of(_i, build_two_tables);
    ck_assert_uint_eq(count(text, "Туған күні"), 2);
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
                assert_has(text, words[word]);
            free(text);
        }
}
END_TEST

/* ---- hostile cells ---- */

static const char *const hostile[] = {"=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\tx", "  =1+1", "\r=1"};

static void build_hostile(struct doc *doc)
{
    table(doc);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        row(doc, hostile[i], "", hostile[i], NULL);
    row(doc, "-12.5", "", "жай", NULL);
}

START_TEST(csv_cells_never_begin_as_formulas)
{
    make("csv", build_hostile);
    char *text = output_of("cat %s"), *rest = text;
    ck_assert_mem_eq(text, "\xEF\xBB\xBF№;ЖСН", strlen("\xEF\xBB\xBF№;ЖСН"));
    ck_assert_uint_eq(count(text, "\"'=cmd|'/C calc'!A0\""), 2);
    assert_has(text, "\r\n-12.5;;жай;\r\n");
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
    make("xlsx", build_hostile);
    char *text = output_of("unzip -p %s xl/worksheets/sheet1.xml");
    ck_assert_uint_eq(count(text, "<f>"), 0);
    ck_assert_uint_eq(count(text, "=cmd|'/C calc'!A0</t>"), 2);
    assert_has(text, "<v>-12.5</v>");
    free(text);
}
END_TEST

START_TEST(xlsx_keeps_digits_as_text_and_dates_as_dates)
{
    make("xlsx", build_letters);
    char *text = output_of("unzip -p %s xl/worksheets/sheet1.xml");
    assert_has(text, "t=\"inlineStr\"><is><t>001105550123</t>");
    assert_has(text, "<v>40616</v>"); /* 14.03.2011 counted from 1900 */
    assert_has(text, "<v>1</v>");
    free(text);
}
END_TEST

static void build_old_date(struct doc *doc)
{
    table(doc);
    row(doc, "007", "", "", "0200-03-31");
}

START_TEST(what_excel_cannot_count_stays_text)
{
    make("xlsx", build_old_date);
    char *text = output_of("unzip -p %s xl/worksheets/sheet1.xml");
    assert_has(text, "<t>31.03.0200</t>");
    assert_has(text, "<t>007</t>");
    free(text);
}
END_TEST

static void build_markup(struct doc *doc)
{
    fixture_ok(doc_text(doc, DOC_NORMAL, "<script>\"'&\x01"));
    table(doc);
    row(doc, "<script>", "&amp;", "\"'>\x1b", "<b>");
    fixture_ok(doc_sign(doc, "<script>", "<script>"));
    fixture_ok(doc_qr(doc, "<script>\"", "<script>"));
}

START_TEST(markup_in_words_stays_words)
{
    make("html", build_markup);
    char *text = output_of("cat %s");
    ck_assert_uint_eq(count(text, "<script>"), 0);
    ck_assert_uint_eq(count(text, "<b>"), 0);
    ck_assert_ptr_null(strpbrk(text, "\x01\x1b"));
    assert_has(text, "&amp;amp;");
    free(text);
    make("docx", build_markup);
    text = output_of("unzip -p %s word/document.xml | xmllint --xpath 'string(/)' -");
    assert_has(text, "<script>\"'&");
    free(text);
}
END_TEST

/* ---- sheets ---- */

START_TEST(a_table_head_comes_again_on_every_page)
{
    make("pdf", build_thousand);
    char *text = output_of("pdftotext -layout %s -");
    size_t pages = count(text, "\f");
    ck_assert_uint_ge(pages, 20);
    ck_assert_uint_eq(count(text, "Аты-жөні"), pages);
    ck_assert_uint_eq(count(text, "Сынып тізімі"), pages);
    free(text);
    make("docx", build_thousand);
    text = output_of("unzip -p %s word/document.xml");
    ck_assert_uint_eq(count(text, "<w:tblHeader/>"), 1);
    free(text);
    make("xlsx", build_thousand);
    text = output_of("unzip -p %s xl/workbook.xml xl/worksheets/sheet1.xml");
    assert_has(text, "_xlnm.Print_Titles");
    assert_has(text, "state=\"frozen\"");
    free(text);
    make("html", build_thousand);
    text = output_of("cat %s");
    ck_assert_uint_eq(count(text, "<thead>"), 1);
    free(text);
}
END_TEST

static void build_long_word(struct doc *doc)
{
    char word[301];
    memset(word, 'W', 300);
    word[300] = '\0';
    fixture_ok(doc_text(doc, DOC_NORMAL, word));
    table(doc);
    row(doc, word, word, word, word);
}

START_TEST(long_words_break_inside_the_sheet)
{
    make("pdf", build_long_word);
    char *text = output_of("pdftotext %s -");
    ck_assert_uint_eq(count(text, "W"), 5 * 300);
    free(text);
    text = output_of("pdftotext -bbox %s -");
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
    table(doc);
    row(doc, "1", "", text, NULL);
    row(doc, "2", "", "келесі", NULL);
    free(text);
}

START_TEST(a_row_taller_than_a_sheet_goes_on_over_the_next)
{
    make("pdf", build_tall_row);
    char *text = output_of("pdftotext %s -");
    ck_assert_uint_eq(count(text, "сөз"), 3000);
    assert_has(text, "сөз2999");
    assert_has(text, "келесі");
    ck_assert_uint_ge(count(text, "\f"), 3);
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
    make("pdf", build_tall_head);
    char *text = output_of("pdftotext %s -");
    ck_assert_uint_eq(count(text, "қатар"), 100);
    free(text);
}
END_TEST

static void build_cards(struct doc *doc)
{
    for (int i = 0; i < 40; i++) {
        char first[32], last[32];
        snprintf(first, sizeof first, "first%02d", i);
        snprintf(last, sizeof last, "last%02d", i);
        fixture_ok(doc_card(doc));
        fixture_ok(doc_qr(doc, first, NULL));
        fixture_ok(doc_text(doc, DOC_STRONG, first));
        fixture_ok(doc_pairs(doc, &(struct doc_pair){"Логин", "000000504805"}, 1));
        table(doc);
        row(doc, "1", "", last, NULL);
    }
}

START_TEST(a_card_is_kept_on_one_sheet)
{
    make("pdf", build_cards);
    char *text = output_of("pdftotext %s -"), *rest = text;
    size_t cards = 0;
    for (char *page; (page = strsep(&rest, "\f")) != NULL;) {
        ck_assert_uint_eq(count(page, "first"), count(page, "last"));
        cards += count(page, "last");
    }
    ck_assert_uint_eq(cards, 40);
    free(text);
    make("docx", build_cards);
    text = output_of("unzip -l %s");
    assert_has(text, "word/media/code40.png");
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
    make("pdf", build_endless_card);
    char *text = output_of("pdftotext %s -");
    ck_assert_uint_eq(count(text, "жол"), 100);
    free(text);
    text = output_of("pdftotext -bbox %s -");
    for (const char *at = text; (at = strstr(at, "yMax=\"")) != NULL; at++)
        ck_assert_double_lt(strtod(at + 6, NULL), 842);
    free(text);
}
END_TEST

START_TEST(landscape_turns_the_sheet)
{
    struct doc_head head = plain_head;
    head.landscape = true;
    close(make_with("pdf", &head, build_letters));
    char *text = output_of("pdfinfo %s");
    assert_has(text, "841.89 x 595.276");
    assert_has(text, "Title:           Сынып тізімі");
    free(text);
    close(make_with("docx", &head, build_letters));
    text = output_of("unzip -p %s word/document.xml");
    assert_has(text, "w:orient=\"landscape\"");
    free(text);
    close(make_with("xlsx", &head, build_letters));
    text = output_of("unzip -p %s xl/worksheets/sheet1.xml");
    assert_has(text, "orientation=\"landscape\"");
    free(text);
}
END_TEST

/* ---- files ---- */

START_TEST(a_png_of_several_pages_is_a_zip_of_pictures)
{
    const struct doc_format *png = doc_format_find("png");
    int fd = make_with("png", &plain_head, build_letters);
    ck_assert_str_eq(doc_ending(png, fd), "png");
    ck_assert_str_eq(doc_mime(png, fd), "image/png");
    unsigned char head[24];
    ck_assert_int_eq(pread(fd, head, sizeof head, 0), sizeof head);
    ck_assert_mem_eq(head, "\x89PNG\r\n\x1a\n", 8);
    ck_assert_int_eq(head[18] << 8 | head[19], 1240); /* A4 at 150 dpi */
    ck_assert_int_eq(head[22] << 8 | head[23], 1754);
    close(fd);
    fd = make_with("png", &plain_head, build_parts);
    ck_assert_str_eq(doc_ending(png, fd), "zip");
    ck_assert_str_eq(doc_mime(png, fd), "application/zip");
    close(fd);
    char *text = output_of("unzip -Z1 %s");
    ck_assert_str_eq(text, "001.png\n002.png\n");
    free(text);
}
END_TEST

START_TEST(office_files_are_whole_and_their_parts_are_xml)
{
    static const char *const formats[] = {"docx", "xlsx"};
    static build_fn *const builds[] = {build_letters, build_head_only, build_parts, build_markup, build_cards, build_two_tables};
    for (size_t i = 0; i < sizeof builds / sizeof *builds; i++) {
        make(formats[_i], builds[i]);
        free(output_of("unzip -tq %s"));
        char *names = output_of("unzip -Z1 %s"), *rest = names;
        for (char *name; (name = strsep(&rest, "\n")) != NULL && *name != '\0';) {
            char command[256];
            if (strstr(name, ".xml") == NULL && strstr(name, ".rels") == NULL)
                continue;
            snprintf(command, sizeof command, "unzip -p %%s '%s%s' | xmllint --noout -", *name == '[' ? "\\" : "", name);
            free(output_of(command));
        }
        free(names);
    }
}
END_TEST

START_TEST(a_document_says_its_language)
{
    make("html", build_letters);
    char *text = output_of("cat %s");
    assert_has(text, "<html lang=\"kk\">");
    free(text);
    make("docx", build_letters);
    text = output_of("unzip -p %s word/styles.xml");
    assert_has(text, "<w:lang w:val=\"kk-KZ\"");
    free(text);
}
END_TEST

START_TEST(any_title_makes_a_sheet)
{
    static const char *const titles[] = {"",        "7-А: список [2026/2027] *?\\", "'кавычки'", "Өте ұзын атау, отыз бір әріптен асады",
                                         "History", "🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎"};
    struct doc_head head = {.title = titles[_i], .language = "kk"};
    close(make_with("xlsx", &head, build_letters));
    char *text = output_of("unzip -p %s xl/worksheets/sheet1.xml");
    assert_has(text, LETTERS);
    free(text);
}
END_TEST

START_TEST(an_abandoned_document_frees_all)
{
    struct doc *doc;
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    fixture_ok(doc_open(doc_formats[_i], &plain_head, fd, &doc));
    build_letters(doc);
    fixture_ok(doc_card(doc));
    fixture_ok(doc_qr(doc, "код", NULL));
    doc_abandon(doc);
    close(fd);
}
END_TEST

START_TEST(a_row_without_a_table_is_an_error)
{
    struct doc *doc;
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    fixture_ok(doc_open(doc_formats[_i], &plain_head, fd, &doc));
    fixture_fails(doc_row(doc, (const char *const[]){"1"}), ERROR_INTERNAL);
    table(doc);
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
    NEOERR *failed = doc_open(doc_formats[_i], &plain_head, fd, &doc);
    if (failed == STATUS_OK) {
        NEOERR *pushed = doc_text(doc, DOC_NORMAL, LETTERS);
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
    TCase *words = tcase_create("words"), *cells = tcase_create("cells"), *sheets = tcase_create("sheets"), *files = tcase_create("files");
    TCase *const all[] = {words, cells, sheets, files};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        tcase_add_checked_fixture(all[i], make_folder, remove_folder);
        tcase_set_timeout(all[i], 60);
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
    tcase_add_test(sheets, a_table_head_comes_again_on_every_page);
    tcase_add_test(sheets, long_words_break_inside_the_sheet);
    tcase_add_test(sheets, a_row_taller_than_a_sheet_goes_on_over_the_next);
    tcase_add_test(sheets, a_head_taller_than_a_sheet_leaves_room_for_rows);
    tcase_add_test(sheets, a_card_is_kept_on_one_sheet);
    tcase_add_test(sheets, an_endless_card_loses_no_words);
    tcase_add_test(sheets, landscape_turns_the_sheet);
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
