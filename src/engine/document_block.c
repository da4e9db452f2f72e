/* document_block.c: the faces of text on paper, and blocks of it drawn line by line. */
#include "engine/document_block.h"

const struct colour INK = {0.09, 0.15, 0.18}, GREY = {0.32, 0.39, 0.43}, LINE = {0.66, 0.72, 0.76}, FILL = {0.925, 0.945, 0.955};

#define SANS "Liberation Sans,DejaVu Sans "
#define MONO "Liberation Mono,DejaVu Sans "

const struct face_row faces[FACES] = {
    [FACE_ORGANISATION] = {SANS "9.5", &GREY, .after = 3, .keeps = true},
    [FACE_TITLE] = {SANS "Bold 17", &INK, .after = 3, .keeps = true},
    [FACE_SUBTITLE] = {SANS "9.5", &GREY, .after = 8, .keeps = true},
    [FACE_TEXT] = {SANS "10.5", &INK, .after = 5},
    [FACE_HEADING] = {SANS "Bold 13", &INK, .before = 8, .after = 4, .keeps = true},
    [FACE_SMALL] = {SANS "8.5", &GREY, .before = 3, .after = 4},
    [FACE_STRONG] = {SANS "Bold 11.5", &INK, .after = 4},
    [FACE_CENTRED] = {SANS "10.5", &INK, .align = PANGO_ALIGN_CENTER, .after = 5},
    [FACE_MONO] = {MONO "Bold 14", &INK, .before = 3, .after = 5},
    [FACE_LABEL] = {SANS "10.5", &GREY, .after = 2.5},
    [FACE_HEAD] = {SANS "Bold 9", &INK},
    [FACE_CELL] = {SANS "9.5", &INK},
    [FACE_TOTAL] = {SANS "Bold 9.5", &INK},
};

void use_colour(cairo_t *cairo, const struct colour *colour)
{
    cairo_set_source_rgb(cairo, colour->red, colour->green, colour->blue);
}

struct block block_make(PangoLayout *layout, enum face face, const char *text, double x, double width)
{
    PangoFontDescription *font = pango_font_description_from_string(faces[face].font);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, faces[face].align);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE)); /* a broken code or address stays what it is */
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_text(layout, text, -1);
    return (struct block){.layout = layout, .colour = faces[face].colour, .x = x};
}

static double fit_one(struct block *block, double room)
{
    PangoLayoutIter *iter = pango_layout_get_iter(block->layout);
    double height = 0;
    int line = 0;
    block->end = block->next;
    do {
        if (line++ < block->next)
            continue;
        PangoRectangle extents;
        pango_layout_iter_get_line_extents(iter, NULL, &extents);
        double line_height = pango_units_to_double(extents.height);
        if (height + line_height > room)
            break;
        height += line_height;
        block->end++;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return height;
}

double block_fit(struct block *blocks, size_t count, double room)
{
    double height = 0;
    for (size_t i = 0; i < count; i++) {
        double one = fit_one(&blocks[i], room);
        height = one > height ? one : height;
    }
    return height;
}

static void draw_one(cairo_t *cairo, struct block *block, double top)
{
    PangoLayoutIter *iter = pango_layout_get_iter(block->layout);
    double above = -1; /* height of the lines drawn earlier */
    int line = 0;
    use_colour(cairo, block->colour);
    do {
        if (line < block->next || line >= block->end)
            continue;
        PangoRectangle extents;
        pango_layout_iter_get_line_extents(iter, NULL, &extents);
        if (above < 0)
            above = pango_units_to_double(extents.y);
        double baseline = pango_units_to_double(pango_layout_iter_get_baseline(iter));
        cairo_move_to(cairo, block->x + pango_units_to_double(extents.x), top + baseline - above);
        pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(iter));
    } while (line++, pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    block->next = block->end;
}

void block_draw(cairo_t *cairo, struct block *blocks, size_t count, double top)
{
    for (size_t i = 0; i < count; i++)
        draw_one(cairo, &blocks[i], top);
}

bool block_all_drawn(const struct block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (blocks[i].next < pango_layout_get_line_count(blocks[i].layout))
            return false;
    return true;
}
