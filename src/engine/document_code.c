/* document_code.c: QR codes. */
#include "engine/document_paper.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

NEOERR *doc_code_make(struct pool *pool, const char *text, struct doc_code *code)
{
    QRcode *made = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (made == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "make a QR code of %zu bytes", strlen(text));
    code->width = made->width;
    code->modules = pool_copy(pool, made->data, (size_t)made->width * (size_t)made->width);
    QRcode_free(made);
    return STATUS_OK;
}

bool doc_code_dark(const struct doc_code *code, int x, int y)
{
    return code->modules[y * code->width + x] & 1;
}

NEOERR *doc_code_path(struct pool *pool, const char *text, const char **path, int *side)
{
    enum { QUIET = 4 }; /* modules of white around, as ISO 18004 asks */
    struct doc_code code;
    STRING drawn;
    TRY(doc_code_make(pool, text, &code));
    string_init(&drawn);
    for (int y = 0; y < code.width; y++)
        for (int x = 0; x < code.width; x++)
            if (doc_code_dark(&code, x, y))
                error_release(string_appendf(&drawn, "M%d %dh1v1h-1z", x + QUIET, y + QUIET));
    *path = pool_strdup(pool, drawn.buf);
    *side = code.width + 2 * QUIET;
    string_clear(&drawn);
    return STATUS_OK;
}

void paper_draw_code(cairo_t *cairo, const struct doc_code *code, double left, double top, double side)
{
    double module = side / code->width;
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (doc_code_dark(code, x, y))
                cairo_rectangle(cairo, left + x * module, top + y * module, module, module);
    cairo_set_source_rgb(cairo, 0, 0, 0);
    cairo_fill(cairo); /* all at once: no seams between neighbours */
}

NEOERR *paper_code_png(struct pool *pool, const char *text, const void **bytes, size_t *length)
{
    enum { MODULE = 8, QUIET = 4 }; /* pixels, modules */
    struct doc_code code;
    TRY(doc_code_make(pool, text, &code));
    int side = (code.width + 2 * QUIET) * MODULE;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    paper_draw_code(cairo, &code, QUIET * MODULE, QUIET * MODULE, code.width * MODULE);
    NEOERR *failed = paper_checked(cairo_status(cairo), "a QR code");
    cairo_destroy(cairo);
    if (failed == STATUS_OK)
        failed = paper_png(pool, surface, bytes, length);
    cairo_surface_destroy(surface);
    return nerr_pass(failed);
}

static cairo_status_t add_bytes(void *stream, const unsigned char *bytes, unsigned length)
{
    return fwrite(bytes, 1, length, stream) == length ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

NEOERR *paper_png(struct pool *pool, cairo_surface_t *surface, const void **bytes, size_t *length)
{
    char *made = NULL;
    FILE *stream = open_memstream(&made, length);
    if (stream == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "make a stream for a picture");
    cairo_status_t status = cairo_surface_write_to_png_stream(surface, add_bytes, stream);
    if (fclose(stream) != 0)
        status = CAIRO_STATUS_WRITE_ERROR;
    if (status == CAIRO_STATUS_SUCCESS)
        *bytes = pool_copy(pool, made, *length);
    free(made);
    return nerr_pass(paper_checked(status, "a picture"));
}
