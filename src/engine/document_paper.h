/* document_paper.h: a document laid out on A4 sheets with pango and cairo, for PDF and PNG alike. */
#ifndef MEKTEP_DOCUMENT_PAPER_H
#define MEKTEP_DOCUMENT_PAPER_H

#include "engine/document_format.h"

#include <pango/pangocairo.h>

struct block;
struct part;

struct paper {
    cairo_t *cairo;         /* draws on the sheet under way; user unit: a point */
    double width, height;   /* of a sheet */
    double left, right, bottom; /* edges of what may be printed on now */
    double y;               /* where the next part begins */
    int sheet;              /* its number, from 1 */
    PangoContext *context;
    PangoLayout *layout;    /* for texts outside tables */
    struct block *head, *row; /* a block a column of the open table */
    /* Gives out the finished sheet and leaves cairo on an empty one. */
    NEOERR *(*sheet_done)(struct doc *doc);

    struct part *parts, **last_part; /* of the card under way; drawn when it is whole */
    bool drawing_card;
    double code_bottom;     /* of the QR code at the right of the card */
};

/* Width and height of the document's sheet in points. */
void paper_size(const struct doc *doc, double *width, double *height);

/* Begins the first sheet; the paper is doc->state. It owns cairo from now on, also when it fails. scale is device units in a point. */
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

/* ---- between document_paper.c, document_part.c and document_code.c ---- */

/* A part of the document: drawn at once, or kept until its card is whole. */
struct part {
    NEOERR *(*draw)(struct doc *doc, const struct part *part);
    enum doc_style style;
    const char *first, *second;       /* a text; position and name; what a code says and its caption */
    const struct doc_pair *pairs;
    const struct doc_column *columns;
    const char *const *cells;
    size_t count;                     /* of pairs, columns or cells */
    bool total;
    struct part *next;
};

NEOERR *paper_draw_text(struct doc *doc, const struct part *part);
NEOERR *paper_draw_pairs(struct doc *doc, const struct part *part);
NEOERR *paper_draw_table(struct doc *doc, const struct part *part);
NEOERR *paper_draw_row(struct doc *doc, const struct part *part);
NEOERR *paper_draw_table_end(struct doc *doc, const struct part *part);
NEOERR *paper_draw_sign(struct doc *doc, const struct part *part);
NEOERR *paper_draw_qr(struct doc *doc, const struct part *part);
void paper_draw_code(cairo_t *cairo, const struct doc_code *code, double left, double top, double side);

NEOERR *paper_next_sheet(struct doc *doc);
void paper_set_edges(struct paper *paper);
/* Begins a new sheet when a part of this height does not fit on the one under way, unless no sheet could hold it. */
NEOERR *paper_make_room(struct doc *doc, double height);
bool paper_is_fresh(const struct paper *paper); /* nothing stands on the sheet yet */

#define PAPER_MM (72 / 25.4)
static const double PAPER_MARGIN = 14 * PAPER_MM, PAPER_GAP = 4 * PAPER_MM;

/* The error of a cairo call on what, if there was one. */
NEOERR *paper_checked(cairo_status_t status, const char *what);

/* A surface, or a QR code, as a PNG file in the pool. */
NEOERR *paper_png(struct pool *pool, cairo_surface_t *surface, const void **bytes, size_t *length);
NEOERR *paper_code_png(struct pool *pool, const char *text, const void **bytes, size_t *length);

#endif
