/* document.c: the order of a document's parts, and what its formats have in common. */
#include "engine/document.h"

#include "base/date.h"
#include "engine/document_fonts.h"
#include "engine/document_format.h"

#include <string.h>
#include <unistd.h>

const struct doc_format *const doc_formats[] = {&doc_html, &doc_pdf, &doc_png, &doc_docx, &doc_xlsx, &doc_csv, NULL};

/* ---- for the formats ---- */

NEOERR *doc_stream(struct doc *doc)
{
    int copy = dup(doc->fd);
    doc->out = copy < 0 ? NULL : fdopen(copy, "w");
    if (doc->out == NULL) {
        if (copy >= 0)
            close(copy);
        return nerr_raise_errno(ERROR_INTERNAL, "open a stream for a document");
    }
    return STATUS_OK;
}

void doc_put(struct doc *doc, const char *markup)
{
    fputs(markup, doc->out);
}

void doc_putf(struct doc *doc, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(doc->out, format, args);
    va_end(args);
}

void doc_put_bytes(struct doc *doc, const char *text, size_t length)
{
    for (const char *c = text; c < text + length; c++) {
        switch (*c) {
        case '&': fputs("&amp;", doc->out); break;
        case '<': fputs("&lt;", doc->out); break;
        case '>': fputs("&gt;", doc->out); break;
        case '"': fputs("&quot;", doc->out); break;
        case '\'': fputs("&#39;", doc->out); break;
        default:
            if ((unsigned char)*c >= ' ' || *c == '\t' || *c == '\n')
                fputc(*c, doc->out);
        }
    }
}

void doc_put_text(struct doc *doc, const char *text)
{
    doc_put_bytes(doc, text, strlen(text));
}

const char *doc_cell(const struct doc_column *column, const char *cell, char buffer[DOC_DATE_SIZE])
{
    struct date date;
    if (cell == NULL)
        return "";
    if (column->kind != DOC_DATE || !date_from_iso(cell, &date))
        return cell;
    snprintf(buffer, DOC_DATE_SIZE, "%02u.%02u.%04u", (unsigned)date.day % 100, (unsigned)date.month % 100, (unsigned)date.year % 10000);
    return buffer;
}

double doc_share(const struct doc *doc, size_t column)
{
    double all = 0;
    for (size_t i = 0; i < doc->column_count; i++)
        all += doc->columns[i].width > 0 ? doc->columns[i].width : 1;
    return (doc->columns[column].width > 0 ? doc->columns[column].width : 1) / all;
}

bool doc_is_number(const char *text)
{
    const char *c = *text == '-' ? text + 1 : text;
    size_t digits = strspn(c, "0123456789");
    if (digits == 0 || (digits > 1 && *c == '0'))
        return false;
    c += digits;
    if (*c == '.') {
        size_t after = strspn(c + 1, "0123456789");
        if (after == 0)
            return false;
        digits += after;
        c += 1 + after;
    }
    return *c == '\0' && digits <= 15; /* a double holds 15 digits */
}

/* ---- order of parts ---- */

static NEOERR *end_table(struct doc *doc)
{
    if (doc->column_count == 0)
        return STATUS_OK;
    if (doc->format->table_end != NULL)
        TRY(doc->format->table_end(doc));
    doc->column_count = 0;
    return STATUS_OK;
}

static NEOERR *end_card(struct doc *doc)
{
    TRY(end_table(doc));
    if (!doc->in_card)
        return STATUS_OK;
    doc->in_card = false;
    return doc->format->card_end == NULL ? STATUS_OK : nerr_pass(doc->format->card_end(doc));
}

static NEOERR *write_row(struct doc *doc, const char *const *cells, bool total)
{
    if (doc->column_count == 0)
        return nerr_raise(ERROR_INTERNAL, "a row was pushed into \"%s\" without a table", doc->head.title);
    TRY(doc->format->row(doc, cells, total));
    doc->rows++;
    return STATUS_OK;
}

/* The end of both roads; what was written stays in the descriptor. */
static NEOERR *free_document(struct doc *doc)
{
    NEOERR *failed = STATUS_OK;
    if (doc->format->release != NULL)
        doc->format->release(doc);
    if (doc->out != NULL) {
        bool bad = ferror(doc->out) != 0;
        if (fclose(doc->out) != 0 || bad)
            failed = nerr_raise_errno(ERROR_INTERNAL, "write a document");
    }
    pool_free(doc->pool);
    return failed;
}

/* ---- face ---- */

const struct doc_format *doc_format_find(const char *id)
{
    for (const struct doc_format *const *format = doc_formats; *format != NULL; format++)
        if (strcmp((*format)->id, id) == 0)
            return *format;
    return NULL;
}

const char *doc_format_id(const struct doc_format *format)
{
    return format->id;
}

const char *doc_format_label(const struct doc_format *format)
{
    return format->label;
}

bool doc_format_tables_only(const struct doc_format *format)
{
    return format->tables_only;
}

/* Only a PNG of several pages is not of its format's own type. */
static bool is_package_of_pages(const struct doc_format *format, int fd)
{
    char magic[2] = "";
    return format == &doc_png && pread(fd, magic, sizeof magic, 0) == sizeof magic && memcmp(magic, "PK", 2) == 0;
}

const char *doc_ending(const struct doc_format *format, int fd)
{
    return is_package_of_pages(format, fd) ? "zip" : format->id;
}

const char *doc_mime(const struct doc_format *format, int fd)
{
    return is_package_of_pages(format, fd) ? "application/zip" : format->mime;
}

NEOERR *doc_init(void)
{
    return nerr_pass(doc_fonts_open());
}

NEOERR *doc_open(const struct doc_format *format, const struct doc_head *head, int fd, struct doc **out)
{
    struct pool *pool = pool_new();
    struct doc *doc = pool_alloc(pool, sizeof *doc);
    *doc = (struct doc){.format = format, .pool = pool, .fd = fd};
    doc->head = (struct doc_head){
        .title = pool_strdup(pool, head->title),
        .organisation = pool_strdup(pool, head->organisation),
        .subtitle = pool_strdup(pool, head->subtitle),
        .language = pool_strdup(pool, head->language),
        .made = pool_strdup(pool, head->made),
        .stylesheet = pool_strdup(pool, head->stylesheet),
        .landscape = head->landscape,
    };
    NEOERR *failed = format->open(doc);
    if (failed != STATUS_OK) {
        error_release(free_document(doc));
        return nerr_pass(failed);
    }
    *out = doc;
    return STATUS_OK;
}

NEOERR *doc_close(struct doc *doc)
{
    NEOERR *failed = end_card(doc);
    if (failed == STATUS_OK && doc->format->close != NULL)
        failed = doc->format->close(doc);
    NEOERR *unwritten = free_document(doc);
    if (failed == STATUS_OK)
        return nerr_pass(unwritten);
    error_release(unwritten);
    return nerr_pass(failed);
}

void doc_abandon(struct doc *doc)
{
    if (doc != NULL)
        error_release(free_document(doc));
}

NEOERR *doc_text(struct doc *doc, enum doc_style style, const char *text)
{
    TRY(end_table(doc));
    return doc->format->text == NULL ? STATUS_OK : nerr_pass(doc->format->text(doc, style, text));
}

NEOERR *doc_pairs(struct doc *doc, const struct doc_pair *pairs, size_t count)
{
    TRY(end_table(doc));
    return doc->format->pairs == NULL ? STATUS_OK : nerr_pass(doc->format->pairs(doc, pairs, count));
}

NEOERR *doc_table(struct doc *doc, const struct doc_column *columns, size_t count)
{
    TRY(end_table(doc));
    if (count == 0)
        return nerr_raise(ERROR_INTERNAL, "a table without columns in \"%s\"", doc->head.title);
    struct doc_column *kept = pool_copy(doc->pool, columns, count * sizeof *columns);
    for (size_t i = 0; i < count; i++)
        kept[i].title = pool_strdup(doc->pool, columns[i].title == NULL ? "" : columns[i].title);
    doc->columns = kept;
    doc->column_count = count;
    doc->rows = 0;
    return nerr_pass(doc->format->table(doc));
}

NEOERR *doc_row(struct doc *doc, const char *const *cells)
{
    return nerr_pass(write_row(doc, cells, false));
}

NEOERR *doc_total(struct doc *doc, const char *const *cells)
{
    return nerr_pass(write_row(doc, cells, true));
}

NEOERR *doc_sign(struct doc *doc, const char *position, const char *name)
{
    TRY(end_table(doc));
    return doc->format->sign == NULL ? STATUS_OK : nerr_pass(doc->format->sign(doc, position, name));
}

NEOERR *doc_qr(struct doc *doc, const char *text, const char *caption)
{
    TRY(end_table(doc));
    return doc->format->qr == NULL ? STATUS_OK : nerr_pass(doc->format->qr(doc, text, caption));
}

NEOERR *doc_card(struct doc *doc)
{
    TRY(end_card(doc));
    doc->in_card = true;
    return doc->format->card == NULL ? STATUS_OK : nerr_pass(doc->format->card(doc));
}

NEOERR *doc_page(struct doc *doc)
{
    TRY(end_card(doc));
    return doc->format->page == NULL ? STATUS_OK : nerr_pass(doc->format->page(doc));
}
