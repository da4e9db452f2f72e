/* document_html.c: the print view: one page with the site's style sheet and nothing around the paper. */
#include "engine/document_format.h"
#include "engine/i18n.h"

#include <math.h>
#include <string.h>

static void put_line(struct doc *doc, const char *tag, const char *css, const char *text)
{
    if (text == NULL)
        return;
    doc_putf(doc, "<%s class=\"%s\">", tag, css);
    for (;; text++) {
        size_t length = strcspn(text, "\n");
        doc_put_bytes(doc, text, length);
        text += length;
        if (*text == '\0')
            break;
        doc_put(doc, "<br>");
    }
    doc_putf(doc, "</%s>\n", tag);
}

static NEOERR *html_open(struct doc *doc)
{
    TRY(doc_stream(doc));
    doc_putf(doc, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", doc->head.language);
    doc_put(doc, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    doc_put_text(doc, doc->head.title);
    doc_put(doc, "</title>\n");
    if (doc->head.stylesheet != NULL) {
        doc_put(doc, "<link rel=\"stylesheet\" href=\"");
        doc_put_text(doc, doc->head.stylesheet);
        doc_put(doc, "\">\n");
    }
    doc_put(doc, "</head>\n");
    doc_putf(doc, "<body class=\"doc%s\">\n<main>\n", doc->head.landscape ? " doc-landscape" : "");
    put_line(doc, "p", "doc-organisation", doc->head.organisation);
    put_line(doc, "h1", "doc-title", doc->head.title);
    put_line(doc, "p", "doc-subtitle", doc->head.subtitle);
    return STATUS_OK;
}

static NEOERR *html_text(struct doc *doc, enum doc_style style, const char *text)
{
    static const struct {
        const char *tag, *css;
    } of[] = {
        [DOC_NORMAL] = {"p", "doc-text"},   [DOC_HEADING] = {"h2", "doc-heading"}, [DOC_SMALL] = {"p", "doc-small"},
        [DOC_STRONG] = {"p", "doc-strong"}, [DOC_CENTRED] = {"p", "doc-centred"},  [DOC_MONO] = {"p", "doc-mono"},
    };
    put_line(doc, of[style].tag, of[style].css, text);
    return STATUS_OK;
}

static NEOERR *html_pairs(struct doc *doc, const struct doc_pair *pairs, size_t count)
{
    if (count == 0)
        return STATUS_OK;
    doc_put(doc, "<dl class=\"doc-pairs\">\n");
    for (size_t i = 0; i < count; i++) {
        doc_put(doc, "<div>");
        put_line(doc, "dt", "doc-label", pairs[i].label);
        put_line(doc, "dd", "doc-value", pairs[i].value == NULL ? "" : pairs[i].value);
        doc_put(doc, "</div>\n");
    }
    doc_put(doc, "</dl>\n");
    return STATUS_OK;
}

static const char *column_class(const struct doc *doc, size_t column)
{
    return doc->columns[column].kind == DOC_NUMBER ? " class=\"doc-number\"" : "";
}

static NEOERR *html_table(struct doc *doc)
{
    doc_put(doc, "<table class=\"doc-table\">\n<colgroup>");
    for (size_t i = 0; i < doc->column_count; i++)
        doc_putf(doc, "<col class=\"doc-width-%ld\">", 2 * lround(50 * doc_share(doc, i)));
    doc_put(doc, "</colgroup>\n<thead><tr>");
    for (size_t i = 0; i < doc->column_count; i++) {
        doc_putf(doc, "<th scope=\"col\"%s>", column_class(doc, i));
        doc_put_text(doc, doc->columns[i].title);
        doc_put(doc, "</th>");
    }
    doc_put(doc, "</tr></thead>\n<tbody>\n");
    return STATUS_OK;
}

static NEOERR *html_row(struct doc *doc, const char *const *cells, bool total)
{
    char date[DOC_DATE_SIZE];
    doc_put(doc, total ? "<tr class=\"doc-total\">" : "<tr>");
    for (size_t i = 0; i < doc->column_count; i++) {
        doc_putf(doc, "<td%s>", column_class(doc, i));
        doc_put_text(doc, doc_cell(&doc->columns[i], cells[i], date));
        doc_put(doc, "</td>");
    }
    doc_put(doc, "</tr>\n");
    return STATUS_OK;
}

static NEOERR *html_table_end(struct doc *doc)
{
    doc_put(doc, "</tbody>\n</table>\n");
    return STATUS_OK;
}

static NEOERR *html_sign(struct doc *doc, const char *position, const char *name)
{
    doc_put(doc, "<p class=\"doc-sign\"><span>");
    doc_put_text(doc, position);
    doc_put(doc, "</span> <span class=\"doc-line\"></span> <span>");
    doc_put_text(doc, name);
    doc_put(doc, "</span></p>\n");
    return STATUS_OK;
}

/* The code is a picture drawn in the page itself; the text stands beside it for those who cannot scan. */
static NEOERR *html_qr(struct doc *doc, const char *text, const char *caption)
{
    const char *path;
    int side;
    TRY(doc_code_path(doc->pool, text, &path, &side));
    doc_put(doc, "<figure class=\"doc-qr\">\n<svg role=\"img\" aria-label=\"");
    doc_put_text(doc, text);
    doc_putf(doc, "\" viewBox=\"0 0 %d %d\" width=\"128\" height=\"128\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"", side, side,
             side, side);
    doc_put(doc, path);
    doc_put(doc, "\"/></svg>\n");
    put_line(doc, "figcaption", "doc-small", caption);
    doc_put(doc, "</figure>\n");
    return STATUS_OK;
}

static NEOERR *html_card(struct doc *doc)
{
    doc_put(doc, "<section class=\"doc-card\">\n");
    return STATUS_OK;
}

static NEOERR *html_card_end(struct doc *doc)
{
    doc_put(doc, "</section>\n");
    return STATUS_OK;
}

static NEOERR *html_page(struct doc *doc)
{
    doc_put(doc, "<hr class=\"doc-page\">\n");
    return STATUS_OK;
}

static NEOERR *html_close(struct doc *doc)
{
    put_line(doc, "p", "doc-made", doc->head.made);
    doc_put(doc, "</main>\n</body>\n</html>\n");
    return STATUS_OK;
}

const struct doc_format doc_html = {
    .id = "html",
    .label = N_("Print"),
    .mime = "text/html; charset=utf-8",
    .open = html_open,
    .text = html_text,
    .pairs = html_pairs,
    .table = html_table,
    .row = html_row,
    .table_end = html_table_end,
    .sign = html_sign,
    .qr = html_qr,
    .card = html_card,
    .card_end = html_card_end,
    .page = html_page,
    .close = html_close,
};
