/* document_xlsx.c: tables as an Excel workbook of one sheet. The only door to libxlsxwriter.
 *
 * Rows go out as they come (constant memory). Text is always a text cell, never a formula, and so are IINs and numbers of
 * papers, which would lose their zeros; dates are dates.
 */
#include "base/clock.h"
#include "base/date.h"
#include "engine/document_format.h"

#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum {
    CELL_BYTES_MAX = 32767, /* Excel's limit is as many characters */
    SHEET_LETTERS_MAX = 31,
    PAPER_A4 = 9,
};
static const double SHEET_WIDTH = 90, SHEET_WIDTH_LANDSCAPE = 135; /* in digits, about what fits on A4 */

enum look {
    LOOK_TITLE,
    LOOK_FACT,
    LOOK_STRONG,
    LOOK_TEXT,
    LOOK_HEAD,
    LOOK_CELL,
    LOOK_NUMBER,
    LOOK_DATE,
    LOOK_TOTAL,
    LOOK_TOTAL_NUMBER,
    LOOKS
};

/* What makes each look; wrapped cells keep long words in their column. */
static const struct {
    double size;
    bool bold, grey, border, fill, wrap, left, right;
    const char *number;
} looks[LOOKS] = {
    [LOOK_TITLE] = {.size = 14, .bold = true},
    [LOOK_FACT] = {.size = 9, .grey = true},
    [LOOK_STRONG] = {.size = 10, .bold = true},
    [LOOK_TEXT] = {.size = 10},
    [LOOK_HEAD] = {.size = 10, .bold = true, .border = true, .fill = true, .wrap = true},
    [LOOK_CELL] = {.size = 10, .border = true, .wrap = true, .number = "@"},
    [LOOK_NUMBER] = {.size = 10, .border = true, .right = true},
    [LOOK_DATE] = {.size = 10, .border = true, .left = true, .number = "dd.mm.yyyy"},
    [LOOK_TOTAL] = {.size = 10, .bold = true, .border = true, .fill = true, .wrap = true, .number = "@"},
    [LOOK_TOTAL_NUMBER] = {.size = 10, .bold = true, .border = true, .fill = true, .right = true},
};

struct sheet {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *formats[LOOKS];
    lxw_row_t row; /* the next free one */
    bool has_table;
};

static lxw_format *make_look(lxw_workbook *book, enum look look)
{
    lxw_format *format = workbook_add_format(book);
    format_set_font_name(format, "Liberation Sans");
    format_set_font_size(format, looks[look].size);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (looks[look].bold)
        format_set_bold(format);
    if (looks[look].grey)
        format_set_font_color(format, 0x5F717C);
    if (looks[look].border) {
        format_set_border(format, LXW_BORDER_THIN);
        format_set_border_color(format, 0xB8C4CB);
    }
    if (looks[look].fill)
        format_set_bg_color(format, 0xEEF2F4);
    if (looks[look].wrap)
        format_set_text_wrap(format);
    if (looks[look].left)
        format_set_align(format, LXW_ALIGN_LEFT);
    if (looks[look].right)
        format_set_align(format, LXW_ALIGN_RIGHT);
    if (looks[look].number != NULL)
        format_set_num_format(format, looks[look].number);
    return format;
}

static NEOERR *checked(lxw_error result, const char *what)
{
    if (result == LXW_NO_ERROR)
        return STATUS_OK;
    return nerr_raise(ERROR_INTERNAL, "write %s into a workbook: %s", what, lxw_strerror(result));
}

static size_t letter_bytes(const char *text)
{
    size_t bytes = 1;
    while (((unsigned char)text[bytes] & 0xC0) == 0x80)
        bytes++;
    return bytes;
}

static NEOERR *put_text(struct doc *doc, lxw_col_t column, const char *text, enum look look)
{
    struct sheet *sheet = doc->state;
    if (*text == '\0')
        return checked(worksheet_write_blank(sheet->sheet, sheet->row, column, sheet->formats[look]), "an empty cell");
    if (strlen(text) > CELL_BYTES_MAX) {
        size_t length = 0;
        for (size_t next; (next = length + letter_bytes(text + length)) <= CELL_BYTES_MAX;)
            length = next;
        text = pool_strndup(doc->pool, text, length);
    }
    return checked(worksheet_write_string(sheet->sheet, sheet->row, column, text, sheet->formats[look]), "a text");
}

/* A sheet's name: the title without the characters Excel forbids there, cut to its limit. */
static char *sheet_name(struct pool *pool, const char *title)
{
    size_t length = 0;
    for (int letters = 0; title[length] != '\0' && letters < SHEET_LETTERS_MAX; letters++)
        length += letter_bytes(title + length);
    char *name = pool_strndup(pool, title, length);
    for (char *c = name; *c != '\0'; c++)
        if (strchr("[]:*?/\\'", *c) != NULL || (unsigned char)*c < ' ')
            *c = ' ';
    return name;
}

static NEOERR *xlsx_line(struct doc *doc, const char *text, enum look look)
{
    struct sheet *sheet = doc->state;
    if (text == NULL)
        return STATUS_OK;
    TRY(put_text(doc, 0, text, look));
    sheet->row++;
    return STATUS_OK;
}

static NEOERR *xlsx_open(struct doc *doc)
{
    struct sheet *sheet = doc->state = pool_alloc(doc->pool, sizeof *sheet);
    /* The library opens by name and has no call for a descriptor. */
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    sheet->book = workbook_new_opt(pool_printf(doc->pool, "/proc/self/fd/%d", doc->fd), &options);
    if (sheet->book == NULL)
        return nerr_raise(ERROR_INTERNAL, "make a workbook");
    for (enum look look = 0; look < LOOKS; look++)
        sheet->formats[look] = make_look(sheet->book, look);
    char *title = pool_strdup(doc->pool, doc->head.title);
    lxw_doc_properties properties = {.title = title, .created = (time_t)(clock_now() / 1000)};
    TRY(checked(workbook_set_properties(sheet->book, &properties), "properties"));

    const char *name = sheet_name(doc->pool, doc->head.title);
    bool usable = workbook_validate_sheet_name(sheet->book, name) == LXW_NO_ERROR;
    sheet->sheet = workbook_add_worksheet(sheet->book, usable ? name : NULL);
    if (sheet->sheet == NULL)
        return nerr_raise(ERROR_INTERNAL, "add the sheet \"%s\" to a workbook", name);
    worksheet_set_paper(sheet->sheet, PAPER_A4);
    if (doc->head.landscape)
        worksheet_set_landscape(sheet->sheet);
    worksheet_fit_to_pages(sheet->sheet, 1, 0);
    worksheet_set_footer(sheet->sheet, "&R&P / &N");
    TRY(xlsx_line(doc, doc->head.organisation, LOOK_FACT));
    TRY(xlsx_line(doc, doc->head.title, LOOK_TITLE));
    TRY(xlsx_line(doc, doc->head.subtitle, LOOK_FACT));
    return STATUS_OK;
}

static NEOERR *xlsx_text(struct doc *doc, enum doc_style style, const char *text)
{
    static const enum look of[] = {
        [DOC_NORMAL] = LOOK_TEXT,   [DOC_HEADING] = LOOK_TITLE, [DOC_SMALL] = LOOK_FACT,
        [DOC_STRONG] = LOOK_STRONG, [DOC_CENTRED] = LOOK_TEXT,  [DOC_MONO] = LOOK_TEXT,
    };
    return nerr_pass(xlsx_line(doc, text, of[style]));
}

static NEOERR *xlsx_pairs(struct doc *doc, const struct doc_pair *pairs, size_t count)
{
    struct sheet *sheet = doc->state;
    for (size_t i = 0; i < count; i++, sheet->row++) {
        TRY(put_text(doc, 0, pairs[i].label, LOOK_FACT));
        TRY(put_text(doc, 1, pairs[i].value == NULL ? "" : pairs[i].value, LOOK_TEXT));
    }
    return STATUS_OK;
}

/* Only the first table can have its widths, its head kept in view and repeated on paper. */
static NEOERR *set_columns(struct doc *doc)
{
    struct sheet *sheet = doc->state;
    double all = doc->head.landscape ? SHEET_WIDTH_LANDSCAPE : SHEET_WIDTH;
    for (size_t i = 0; i < doc->column_count; i++) {
        lxw_col_t column = (lxw_col_t)i;
        double width = all * doc_share(doc, i);
        TRY(checked(worksheet_set_column(sheet->sheet, column, column, width > 5 ? width : 5, NULL), "a column's width"));
    }
    worksheet_freeze_panes(sheet->sheet, sheet->row + 1, 0);
    return checked(worksheet_repeat_rows(sheet->sheet, sheet->row, sheet->row), "the repeated head");
}

static NEOERR *xlsx_table(struct doc *doc)
{
    struct sheet *sheet = doc->state;
    sheet->row++;
    if (!sheet->has_table)
        TRY(set_columns(doc));
    sheet->has_table = true;
    for (size_t i = 0; i < doc->column_count; i++)
        TRY(put_text(doc, (lxw_col_t)i, doc->columns[i].title, LOOK_HEAD));
    sheet->row++;
    return STATUS_OK;
}

/* Excel's calendar begins with 1900; older dates, which imports may hold, stay text. */
static bool is_excel_date(const char *cell, struct date *date)
{
    return date_from_iso(cell, date) && date->year >= 1900 && date->year <= 9999;
}

static NEOERR *put_cell(struct doc *doc, lxw_col_t column, const char *cell, bool total)
{
    struct sheet *sheet = doc->state;
    enum doc_kind kind = doc->columns[column].kind;
    struct date date;
    if (kind == DOC_NUMBER && cell != NULL && doc_is_number(cell)) {
        lxw_format *format = sheet->formats[total ? LOOK_TOTAL_NUMBER : LOOK_NUMBER];
        return checked(worksheet_write_number(sheet->sheet, sheet->row, column, strtod(cell, NULL), format), "a number");
    }
    if (kind == DOC_DATE && cell != NULL && is_excel_date(cell, &date)) {
        lxw_datetime value = {.year = date.year, .month = date.month, .day = date.day};
        return checked(worksheet_write_datetime(sheet->sheet, sheet->row, column, &value, sheet->formats[LOOK_DATE]), "a date");
    }
    char buffer[DOC_DATE_SIZE];
    return nerr_pass(put_text(doc, column, doc_cell(&doc->columns[column], cell, buffer), total ? LOOK_TOTAL : LOOK_CELL));
}

static NEOERR *xlsx_row(struct doc *doc, const char *const *cells, bool total)
{
    struct sheet *sheet = doc->state;
    for (size_t i = 0; i < doc->column_count; i++)
        TRY(put_cell(doc, (lxw_col_t)i, cells[i], total));
    sheet->row++;
    return STATUS_OK;
}

static NEOERR *xlsx_sign(struct doc *doc, const char *position, const char *name)
{
    struct sheet *sheet = doc->state;
    sheet->row++;
    return nerr_pass(xlsx_line(doc, pool_printf(doc->pool, "%s ____________________ %s", position, name), LOOK_TEXT));
}

static NEOERR *xlsx_close(struct doc *doc)
{
    struct sheet *sheet = doc->state;
    if (doc->head.made != NULL) {
        sheet->row++;
        TRY(xlsx_line(doc, doc->head.made, LOOK_FACT));
    }
    lxw_workbook *book = sheet->book;
    sheet->book = NULL; /* workbook_close frees it, come what may */
    return checked(workbook_close(book), "the file");
}

static void xlsx_release(struct doc *doc)
{
    struct sheet *sheet = doc->state;
    if (sheet->book != NULL)
        lxw_workbook_free(sheet->book);
}

const struct doc_format doc_xlsx = {
    .id = "xlsx",
    .label = "XLSX",
    .mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    .tables_only = true,
    .open = xlsx_open,
    .text = xlsx_text,
    .pairs = xlsx_pairs,
    .table = xlsx_table,
    .row = xlsx_row,
    .sign = xlsx_sign,
    .close = xlsx_close,
    .release = xlsx_release,
};
