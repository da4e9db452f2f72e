/* document_paper.h: a document laid out on A4 sheets with pango and cairo, for PDF and PNG alike. */
#ifndef MEKTEP_DOCUMENT_PAPER_H
#define MEKTEP_DOCUMENT_PAPER_H

#include "engine/document_format.h"

#include <pango/pangocairo.h>

struct block;

struct paper {
    cairo_t *cairo;         /* draws on the sheet, or on the card under way; user unit: a point */
    double scale;           /* device units in a point */
    double width, height;   /* of a sheet */
    double left, right, bottom; /* edges of what may be printed on now */
    double y;               /* where the next part begins */
    int sheet;              /* its number, from 1 */
    PangoContext *context;
    PangoLayout *layout;    /* for texts outside tables */
    struct block *head, *row; /* a block a column of the open table */
    cairo_t *sheet_cairo;   /* the sheet's, while a card is drawn */
    double sheet_y;         /* likewise */
    double code_bottom;     /* of a QR code at the right of the card */
    /* Gives out the finished sheet and leaves cairo on an empty one. */
    NEOERR *(*sheet_done)(struct doc *doc);
};

/* Width and height of the document's sheet in points. */
void paper_size(const struct doc *doc, double *width, double *height);

/* Begins the first sheet; the paper is doc->state. It owns cairo from now on, also when it fails. */
NEOERR *paper_open(struct doc *doc, struct paper *paper, cairo_t *cairo, double scale, NEOERR *(*sheet_done)(struct doc *doc));
NEOERR *paper_close(struct doc *doc); /* gives out the last sheet */
void paper_release(struct doc *doc);

/* Parts, as in struct doc_format. */
NEOERR *paper_text(struct doc *doc, enum doc_style style, const char *text);
NEOERR *paper_pairs(struct doc *doc, const struct doc_pair *pairs, size_t count);
NEOERR *paper_table(struct doc *doc);
NEOERR *paper_row(struct doc *doc, const char *const *cells, bool total);
NEOERR *paper_table_end(struct doc *doc);
NEOERR *paper_sign(struct doc *doc, const char *position, const char *name);
NEOERR *paper_qr(struct doc *doc, const char *text, const char *caption);
NEOERR *paper_card(struct doc *doc);
NEOERR *paper_card_end(struct doc *doc);
NEOERR *paper_page(struct doc *doc);

/* The error of a cairo call on what, if there was one. */
NEOERR *paper_checked(cairo_status_t status, const char *what);

/* A surface as a PNG file in the document's pool. */
NEOERR *paper_png(struct pool *pool, cairo_surface_t *surface, const void **bytes, size_t *length);
/* A QR code as a PNG file. */
NEOERR *paper_code_png(struct pool *pool, const char *text, const void **bytes, size_t *length);

#endif
