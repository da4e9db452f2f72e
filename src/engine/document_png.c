/* document_png.c: sheets as pictures: one is a PNG, several are a ZIP of them. */
#include "engine/document_paper.h"
#include "engine/zip.h"

#include <errno.h>
#include <math.h>
#include <unistd.h>

static const double DOTS_PER_POINT = 150.0 / 72; /* 150 dpi: sharp enough to print */

struct picture {
    const void *bytes;
    size_t length;
    struct picture *next;
};
struct pictures {
    struct paper paper; /* first: the paper functions see it as doc->state */
    struct picture *first, **last;
    int count;
};

static void clear_sheet(cairo_t *cairo)
{
    cairo_save(cairo);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_restore(cairo);
}

static NEOERR *keep_sheet(struct doc *doc)
{
    struct pictures *pictures = doc->state;
    struct picture *picture = pool_alloc(doc->pool, sizeof *picture);
    TRY(paper_png(doc->pool, cairo_get_target(pictures->paper.cairo), &picture->bytes, &picture->length));
    *pictures->last = picture;
    pictures->last = &picture->next;
    pictures->count++;
    clear_sheet(pictures->paper.cairo);
    return STATUS_OK;
}

static NEOERR *png_open(struct doc *doc)
{
    struct pictures *pictures = doc->state = pool_alloc(doc->pool, sizeof *pictures);
    pictures->last = &pictures->first;
    double width, height;
    paper_size(doc, &width, &height);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(width * DOTS_PER_POINT),
                                                          (int)lround(height * DOTS_PER_POINT));
    cairo_t *cairo = cairo_create(surface);
    cairo_surface_destroy(surface);
    clear_sheet(cairo);
    return nerr_pass(paper_open(doc, &pictures->paper, cairo, DOTS_PER_POINT, keep_sheet));
}

static NEOERR *write_one(struct doc *doc, const struct picture *picture)
{
    const char *bytes = picture->bytes;
    for (size_t done = 0; done < picture->length;) {
        ssize_t written = write(doc->fd, bytes + done, picture->length - done);
        if (written < 0 && errno != EINTR)
            return nerr_raise_errno(ERROR_INTERNAL, "write a picture of %zu bytes", picture->length);
        done += written > 0 ? (size_t)written : 0;
    }
    return STATUS_OK;
}

static NEOERR *add_all(struct doc *doc, struct zip_writer *zip)
{
    struct pictures *pictures = doc->state;
    int number = 1;
    for (struct picture *picture = pictures->first; picture != NULL; picture = picture->next)
        TRY(zip_add_bytes(zip, pool_printf(doc->pool, "%03d.png", number++), picture->bytes, picture->length));
    return STATUS_OK;
}

static NEOERR *write_package(struct doc *doc)
{
    struct zip_writer *zip;
    TRY(zip_write_open(doc->fd, &zip));
    NEOERR *failed = add_all(doc, zip);
    if (failed == STATUS_OK)
        return nerr_pass(zip_write_close(zip));
    zip_write_abandon(zip);
    return nerr_pass(failed);
}

static NEOERR *png_close(struct doc *doc)
{
    struct pictures *pictures = doc->state;
    TRY(paper_close(doc));
    return nerr_pass(pictures->count == 1 ? write_one(doc, pictures->first) : write_package(doc));
}

const struct doc_format doc_png = {
    .id = "png",
    .label = "PNG",
    .mime = "image/png",
    .open = png_open,
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
    .close = png_close,
    .release = paper_release,
};
