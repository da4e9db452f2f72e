/* document_block.h: a text laid out in a column of a sheet, drawn line by line. Between the files of papers only. */
#ifndef MEKTEP_DOCUMENT_BLOCK_H
#define MEKTEP_DOCUMENT_BLOCK_H

#include "engine/document_format.h"

#include <pango/pangocairo.h>

struct colour {
    double red, green, blue;
};
extern const struct colour INK, GREY, LINE, FILL;
void use_colour(cairo_t *cairo, const struct colour *colour);

enum face { FACE_ORGANISATION, FACE_TITLE, FACE_SUBTITLE, FACE_TEXT, FACE_HEADING, FACE_SMALL, FACE_STRONG,
            FACE_CENTRED, FACE_MONO, FACE_LABEL, FACE_HEAD, FACE_CELL, FACE_TOTAL, FACES };

struct face_row {
    const char *font;
    const struct colour *colour;
    PangoAlignment align;
    double before, after; /* points */
    bool keeps;           /* with what follows */
};
extern const struct face_row faces[FACES];

/* The lines from next to before end are drawn now; earlier ones are drawn already. */
struct block {
    PangoLayout *layout;
    const struct colour *colour;
    double x;
    int next, end;
};

/* Lays text out in a layout, which is the caller's, for a column at x. */
struct block block_make(PangoLayout *layout, enum face face, const char *text, double x, double width);

/* Chooses as many of the lines left as fit into a height, and gives the height they take; of several blocks, the tallest. */
double block_fit(struct block *blocks, size_t count, double room);

/* Draws the chosen lines, the first of each block at top. */
void block_draw(cairo_t *cairo, struct block *blocks, size_t count, double top);

bool block_all_drawn(const struct block *blocks, size_t count);

#endif
