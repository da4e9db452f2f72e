/* document_pdf.c: sheets as a PDF that is written while it grows. */
#include "base/clock.h"
#include "engine/document_paper.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <unistd.h>

static cairo_status_t write_bytes(void *data, const unsigned char *bytes, unsigned length)
{
    const struct doc *doc = data;
    while (length > 0) {
        ssize_t written = write(doc->fd, bytes, length);
        if (written < 0 && errno != EINTR)
            return CAIRO_STATUS_WRITE_ERROR;
        if (written > 0) {
            bytes += written;
            length -= (unsigned)written;
        }
    }
    return CAIRO_STATUS_SUCCESS;
}

static NEOERR *show_sheet(struct doc *doc)
{
    struct paper *paper = doc->state;
    cairo_show_page(paper->cairo);
    return nerr_pass(paper_checked(cairo_status(paper->cairo), "a page of a PDF"));
}

static NEOERR *pdf_open(struct doc *doc)
{
    struct paper *paper = doc->state = pool_alloc(doc->pool, sizeof *paper);
    double width, height;
    paper_size(doc, &width, &height);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(write_bytes, doc, width, height);
    char now[CLOCK_TEXT_SIZE];
    clock_format(clock_now(), now);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, doc->head.title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, pool_printf(doc->pool, "%.10sT%.8sZ", now, now + 11));
    cairo_t *cairo = cairo_create(surface);
    cairo_surface_destroy(surface);
    return nerr_pass(paper_open(doc, paper, cairo, 1, show_sheet));
}

static NEOERR *pdf_close(struct doc *doc)
{
    struct paper *paper = doc->state;
    TRY(paper_close(doc));
    cairo_surface_finish(cairo_get_target(paper->cairo));
    return nerr_pass(paper_checked(cairo_surface_status(cairo_get_target(paper->cairo)), "the end of a PDF"));
}

const struct doc_format doc_pdf = {
    .id = "pdf",
    .label = "PDF",
    .mime = "application/pdf",
    .open = pdf_open,
    .text = paper_text,
    .pairs = paper_pairs,
    .table = paper_table,
    .row = paper_row,
    .table_end = paper_table_end,
    .sign = paper_sign,
    .qr = paper_qr,
    .card = paper_card,
    .card_end = paper_card_end,
    .page = paper_page,
    .close = pdf_close,
    .release = paper_release,
};
