/* document_csv.c: tables as CSV that Excel opens by a double click in Russian and Kazakh settings.
 *
 * There the list separator is ";", and only a byte order mark makes Excel read UTF-8. Words around the tables are left out:
 * the file is for programs. Several tables stand apart by an empty line.
 */
#include "engine/document_format.h"

#include <string.h>

static NEOERR *csv_open(struct doc *doc)
{
    TRY(doc_stream(doc));
    doc_put(doc, "\xEF\xBB\xBF");
    return STATUS_OK;
}

/* Spreadsheets run a cell that begins so as a formula, quoted or not (CWE-1236); an apostrophe before it makes it text. */
static bool is_formula(const struct doc_column *column, const char *cell)
{
    cell += strspn(cell, " ");
    if (column->kind == DOC_NUMBER && doc_is_number(cell))
        return false;
    return *cell != '\0' && strchr("=+-@\t\r\n", *cell) != NULL;
}

static void put_cell(struct doc *doc, size_t column, const char *cell)
{
    if (column > 0)
        fputc(';', doc->out);
    bool formula = is_formula(&doc->columns[column], cell);
    if (!formula && strpbrk(cell, ";,\"\t\r\n") == NULL && *cell != ' ') {
        doc_put(doc, cell);
        return;
    }
    doc_put(doc, formula ? "\"'" : "\"");
    for (; *cell != '\0'; cell++) {
        if (*cell == '"')
            fputc('"', doc->out);
        fputc(*cell, doc->out);
    }
    fputc('"', doc->out);
}

static NEOERR *csv_table(struct doc *doc)
{
    if (ftell(doc->out) > 3) /* bytes of the mark */
        doc_put(doc, "\r\n");
    for (size_t i = 0; i < doc->column_count; i++)
        put_cell(doc, i, doc->columns[i].title);
    doc_put(doc, "\r\n");
    return STATUS_OK;
}

static NEOERR *csv_row(struct doc *doc, const char *const *cells, bool total)
{
    (void)total;
    char date[DOC_DATE_SIZE];
    for (size_t i = 0; i < doc->column_count; i++)
        put_cell(doc, i, doc_cell(&doc->columns[i], cells[i], date));
    doc_put(doc, "\r\n");
    return STATUS_OK;
}

const struct doc_format doc_csv = {
    .id = "csv",
    .label = "CSV",
    .mime = "text/csv; charset=utf-8",
    .tables_only = true,
    .open = csv_open,
    .table = csv_table,
    .row = csv_row,
};
