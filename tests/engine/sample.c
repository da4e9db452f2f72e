/* sample.c: see sample.h. */
#include "sample.h"

#include "fixture.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/mektep-document-XXXXXX";
static char path[sizeof folder + 16];
const char *const sample_path = path;

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

const struct doc_head sample_head = {
    .title = "Сынып тізімі", .organisation = "№ 60 мектеп", .subtitle = "27 оқушы", .language = "kk", .made = "mektep · 24.11.2026"};

static const struct doc_column columns[] = {
    {"№", DOC_NUMBER, 0.4},
    {"ЖСН", DOC_TEXT, 1.2},
    {"Аты-жөні", DOC_TEXT, 3},
    {"Туған күні", DOC_DATE, 1},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

int sample_make_with(const char *format, const struct doc_head *head, build_fn *build)
{
    struct doc *doc;
    int fd = open(sample_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_ptr_nonnull(doc_format_find(format));
    fixture_ok(doc_open(doc_format_find(format), head, fd, &doc));
    build(doc);
    fixture_ok(doc_close(doc));
    return fd;
}

void sample_make(const char *format, build_fn *build)
{
    close(sample_make_with(format, &sample_head, build));
}

char *sample_read(const char *command)
{
    char line[512];
    snprintf(line, sizeof line, command, sample_path);
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

size_t sample_count(const char *text, const char *word)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word))
        found++;
    return found;
}

void sample_has(const char *text, const char *word)
{
    ck_assert_msg(strstr(text, word) != NULL, "“%s” is missing in:\n%.2000s", word, text);
}

void sample_table(struct doc *doc)
{
    fixture_ok(doc_table(doc, columns, COLUMNS));
}

void sample_row(struct doc *doc, const char *number, const char *iin, const char *name, const char *born)
{
    fixture_ok(doc_row(doc, (const char *const[]){number, iin, name, born}));
}

void sample_letters(struct doc *doc)
{
    sample_table(doc);
    sample_row(doc, "1", "001105550123", SAMPLE_LETTERS, "2011-03-14");
}

void sample_thousand(struct doc *doc)
{
    sample_table(doc);
    for (int i = 1; i <= 1000; i++) {
        char number[16], name[32];
        snprintf(number, sizeof number, "%d", i);
        snprintf(name, sizeof name, "Оқушы#%04d", i);
        sample_row(doc, number, "110314500123", name, "2011-03-14");
    }
    fixture_ok(doc_total(doc, (const char *const[]){NULL, NULL, "Барлығы", NULL}));
}

void sample_cards(struct doc *doc)
{
    for (int i = 0; i < 40; i++) {
        char first[32], last[32];
        snprintf(first, sizeof first, "first%02d", i);
        snprintf(last, sizeof last, "last%02d", i);
        fixture_ok(doc_card(doc));
        fixture_ok(doc_qr(doc, first, NULL));
        fixture_ok(doc_text(doc, DOC_STRONG, first));
        fixture_ok(doc_pairs(doc, &(struct doc_pair){"Логин", "000000504805"}, 1));
        sample_table(doc);
        sample_row(doc, "1", "", last, NULL);
    }
}

void sample_add(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, make_folder, remove_folder);
    tcase_set_timeout(tcase, 60);
}
