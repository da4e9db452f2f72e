/* document_paper.c: the parts of a document on sheets: lines that wrap, rows that keep together, heads that come again. */
#include "engine/document_paper.h"

#include "engine/document_fonts.h"

#include <stdlib.h>

#define MM (72 / 25.4)

static const double A4_SHORT = 210 * MM, A4_LONG = 297 * MM;
static const double MARGIN_LEFT = 20 * MM; /* for the punch */
static const double MARGIN = 14 * MM;
static const double FOOT = 8 * MM;         /* baseline of the foot line above the sheet's edge */
static const double LABEL = 50 * MM;       /* column of the labels of pairs */
static const double CODE = 28 * MM;        /* side of a QR code */
static const double GAP = 4 * MM;
static const double PADDING_X = 4, PADDING_Y = 3.2; /* of a table's cell */
static const double KEEP = 60;             /* room below a heading or a table's head, or it begins on the next sheet */
static const double HAIR = 0.5;

struct colour {
    double red, green, blue;
};
static const struct colour INK = {0.09, 0.15, 0.18}, GREY = {0.32, 0.39, 0.43}, LINE = {0.66, 0.72, 0.76}, FILL = {0.925, 0.945, 0.955};

enum face { FACE_ORGANISATION, FACE_TITLE, FACE_SUBTITLE, FACE_TEXT, FACE_HEADING, FACE_SMALL, FACE_STRONG, FACE_CENTRED, FACE_MONO, FACE_LABEL, FACE_HEAD, FACE_CELL, FACE_TOTAL, FACES };

#define SANS "Liberation Sans,DejaVu Sans "
#define MONO "Liberation Mono,DejaVu Sans "
static const struct {
    const char *font;
    const struct colour *colour;
    PangoAlignment align;
    double before, after; /* points */
    bool keeps;           /* with what follows */
} faces[FACES] = {
    [FACE_ORGANISATION] = {SANS "9.5", &GREY, .after = 3, .keeps = true},
    [FACE_TITLE] = {SANS "Bold 17", &INK, .after = 3, .keeps = true},
    [FACE_SUBTITLE] = {SANS "9.5", &GREY, .after = 8, .keeps = true},
    [FACE_TEXT] = {SANS "10.5", &INK, .after = 5},
    [FACE_HEADING] = {SANS "Bold 13", &INK, .before = 8, .after = 4, .keeps = true},
    [FACE_SMALL] = {SANS "8.5", &GREY, .after = 4},
    [FACE_STRONG] = {SANS "Bold 11.5", &INK, .after = 4},
    [FACE_CENTRED] = {SANS "10.5", &INK, .align = PANGO_ALIGN_CENTER, .after = 5},
    [FACE_MONO] = {MONO "Bold 13", &INK, .after = 5},
    [FACE_LABEL] = {SANS "9.5", &GREY, .after = 2.5},
    [FACE_HEAD] = {SANS "Bold 9", &INK},
    [FACE_CELL] = {SANS "9.5", &INK},
    [FACE_TOTAL] = {SANS "Bold 9.5", &INK},
};

/* A column of text in the row under way: its lines from next to before end are drawn now. */
struct block {
    PangoLayout *layout;
    const struct colour *colour;
    double x;
    int next, end;
};

NEOERR *paper_checked(cairo_status_t status, const char *what)
{
    return status == CAIRO_STATUS_SUCCESS ? STATUS_OK : nerr_raise(ERROR_INTERNAL, "draw %s: %s", what, cairo_status_to_string(status));
}

void paper_size(const struct doc *doc, double *width, double *height)
{
    *width = doc->head.landscape ? A4_LONG : A4_SHORT;
    *height = doc->head.landscape ? A4_SHORT : A4_LONG;
}

/* ---- lines and fills ---- */

static void use_colour(struct paper *paper, const struct colour *colour)
{
    cairo_set_source_rgb(paper->cairo, colour->red, colour->green, colour->blue);
}

static void draw_line(struct paper *paper, double x1, double y1, double x2, double y2)
{
    cairo_set_line_width(paper->cairo, HAIR);
    cairo_move_to(paper->cairo, x1, y1);
    cairo_line_to(paper->cairo, x2, y2);
    cairo_stroke(paper->cairo);
}

static void fill_box(struct paper *paper, double x, double y, double width, double height)
{
    cairo_rectangle(paper->cairo, x, y, width, height);
    cairo_fill(paper->cairo);
}

/* ---- blocks of text ---- */

static struct block make_block(PangoLayout *layout, enum face face, const char *text, double x, double width)
{
    PangoFontDescription *font = pango_font_description_from_string(faces[face].font);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, faces[face].align);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_text(layout, text, -1);
    return (struct block){.layout = layout, .colour = faces[face].colour, .x = x};
}

/* Says which of the lines left fit into room, and their height. */
static double fit_block(struct block *block, double room)
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

static bool is_drawn(const struct block *block)
{
    return block->next >= pango_layout_get_line_count(block->layout);
}

/* Draws the lines that fit_block chose, the first at top. */
static void draw_block(struct paper *paper, struct block *block, double top)
{
    PangoLayoutIter *iter = pango_layout_get_iter(block->layout);
    double above = -1;
    int line = 0;
    use_colour(paper, block->colour);
    do {
        if (line < block->next || line >= block->end)
            continue;
        PangoRectangle extents;
        pango_layout_iter_get_line_extents(iter, NULL, &extents);
        if (above < 0)
            above = pango_units_to_double(extents.y);
        double baseline = pango_units_to_double(pango_layout_iter_get_baseline(iter));
        cairo_move_to(paper->cairo, block->x + pango_units_to_double(extents.x), top + baseline - above);
        pango_cairo_show_layout_line(paper->cairo, pango_layout_iter_get_line_readonly(iter));
    } while (line++, pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    block->next = block->end;
}

static double fit_blocks(struct block *blocks, size_t count, double room)
{
    double height = 0;
    for (size_t i = 0; i < count; i++) {
        double one = fit_block(&blocks[i], room);
        height = one > height ? one : height;
    }
    return height;
}

static bool are_drawn(const struct block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_drawn(&blocks[i]))
            return false;
    return true;
}

/* A short text apart from the flow: the foot, the head of later sheets. */
static void draw_apart(struct paper *paper, PangoAlignment align, const char *text, double top)
{
    struct block block = make_block(paper->layout, FACE_SMALL, text, paper->left, paper->right - paper->left);
    pango_layout_set_alignment(block.layout, align);
    fit_block(&block, paper->height);
    if (block.end > 1)
        block.end = 1;
    draw_block(paper, &block, top);
}

/* ---- sheets ---- */

static void set_edges(struct paper *paper)
{
    paper->left = MARGIN_LEFT;
    paper->right = paper->width - MARGIN;
    paper->bottom = paper->height - MARGIN - GAP; /* above the foot line */
}

static double room(const struct paper *paper)
{
    return paper->bottom - paper->y;
}

static bool is_fresh(const struct paper *paper)
{
    return paper->y <= MARGIN + GAP;
}

static NEOERR *end_sheet(struct doc *doc)
{
    struct paper *paper = doc->state;
    char number[16];
    snprintf(number, sizeof number, "%d", paper->sheet);
    double top = paper->height - FOOT - 8;
    if (doc->head.made != NULL)
        draw_apart(paper, PANGO_ALIGN_LEFT, doc->head.made, top);
    draw_apart(paper, PANGO_ALIGN_RIGHT, number, top);
    TRY(paper_checked(cairo_status(paper->cairo), "a sheet"));
    return nerr_pass(paper->sheet_done(doc));
}

static void draw_table_head(struct doc *doc);

static NEOERR *next_sheet(struct doc *doc)
{
    struct paper *paper = doc->state;
    TRY(end_sheet(doc));
    paper->sheet++;
    paper->y = MARGIN;
    draw_apart(paper, PANGO_ALIGN_LEFT, doc->head.title, MARGIN - 16);
    if (doc->column_count > 0)
        draw_table_head(doc);
    return STATUS_OK;
}

/* Makes room for a part that must not be split, unless no sheet could hold it. A card has all the room it wants. */
static NEOERR *make_room(struct doc *doc, double height)
{
    struct paper *paper = doc->state;
    if (doc->in_card || height <= room(paper) || is_fresh(paper))
        return STATUS_OK;
    return nerr_pass(next_sheet(doc));
}

/* Draws paragraphs side by side; what is too tall for a sheet goes on over the next ones. */
static NEOERR *flow(struct doc *doc, struct block *blocks, size_t count, double after)
{
    struct paper *paper = doc->state;
    for (;;) {
        double height = fit_blocks(blocks, count, room(paper));
        for (size_t i = 0; i < count; i++)
            draw_block(paper, &blocks[i], paper->y);
        paper->y += height;
        if (are_drawn(blocks, count))
            break;
        TRY(next_sheet(doc));
    }
    paper->y += after;
    return STATUS_OK;
}

static NEOERR *flow_text(struct doc *doc, enum face face, const char *text)
{
    struct paper *paper = doc->state;
    if (text == NULL)
        return STATUS_OK;
    if (!is_fresh(paper))
        paper->y += faces[face].before;
    if (faces[face].keeps)
        TRY(make_room(doc, KEEP));
    struct block block = make_block(paper->layout, face, text, paper->left, paper->right - paper->left);
    return nerr_pass(flow(doc, &block, 1, faces[face].after));
}

/* ---- tables ---- */

static double column_left(const struct doc *doc, size_t column)
{
    const struct paper *paper = doc->state;
    double before = 0;
    for (size_t i = 0; i < column; i++)
        before += doc_share(doc, i);
    return paper->left + (paper->right - paper->left) * before;
}

static void draw_grid(struct doc *doc, double top, double bottom, bool filled)
{
    struct paper *paper = doc->state;
    if (filled) {
        use_colour(paper, &FILL);
        fill_box(paper, paper->left, top, paper->right - paper->left, bottom - top);
    }
    use_colour(paper, &LINE);
    draw_line(paper, paper->left, top, paper->right, top);
    draw_line(paper, paper->left, bottom, paper->right, bottom);
    for (size_t i = 0; i <= doc->column_count; i++)
        draw_line(paper, column_left(doc, i), top, column_left(doc, i), bottom);
}

static void fill_block(struct doc *doc, struct block *blocks, size_t column, enum face face, const char *text)
{
    double x = column_left(doc, column), width = column_left(doc, column + 1) - x - 2 * PADDING_X;
    blocks[column] = make_block(blocks[column].layout, face, text, x + PADDING_X, width > 6 ? width : 6);
    if (doc->columns[column].kind != DOC_TEXT)
        pango_layout_set_alignment(blocks[column].layout, PANGO_ALIGN_RIGHT);
}

/* One part of a row: as many of its lines as fit. */
static void draw_row_part(struct doc *doc, struct block *blocks, double most, bool filled)
{
    struct paper *paper = doc->state;
    double height = fit_blocks(blocks, doc->column_count, most - 2 * PADDING_Y) + 2 * PADDING_Y;
    draw_grid(doc, paper->y, paper->y + height, filled);
    for (size_t i = 0; i < doc->column_count; i++)
        draw_block(paper, &blocks[i], paper->y + PADDING_Y);
    paper->y += height;
}

/* A head takes a third of a sheet at most, so that rows always go on. */
static void draw_table_head(struct doc *doc)
{
    struct paper *paper = doc->state;
    for (size_t i = 0; i < doc->column_count; i++)
        paper->head[i].next = 0;
    draw_row_part(doc, paper->head, paper->height / 3, true);
}

static struct block *make_blocks(struct doc *doc)
{
    struct paper *paper = doc->state;
    struct block *blocks = pool_alloc(doc->pool, doc->column_count * sizeof *blocks);
    for (size_t i = 0; i < doc->column_count; i++) {
        blocks[i].layout = pango_layout_new(paper->context);
        pool_cleanup(doc->pool, g_object_unref, blocks[i].layout);
    }
    return blocks;
}

NEOERR *paper_table(struct doc *doc)
{
    struct paper *paper = doc->state;
    paper->head = make_blocks(doc);
    paper->row = make_blocks(doc);
    for (size_t i = 0; i < doc->column_count; i++)
        fill_block(doc, paper->head, i, FACE_HEAD, doc->columns[i].title);
    size_t columns = doc->column_count;
    doc->column_count = 0; /* a new sheet here must not begin with this head */
    TRY(make_room(doc, KEEP));
    doc->column_count = columns;
    draw_table_head(doc);
    return STATUS_OK;
}

NEOERR *paper_row(struct doc *doc, const char *const *cells, bool total)
{
    struct paper *paper = doc->state;
    char date[DOC_DATE_SIZE];
    for (size_t i = 0; i < doc->column_count; i++)
        fill_block(doc, paper->row, i, total ? FACE_TOTAL : FACE_CELL, doc_cell(&doc->columns[i], cells[i], date));
    TRY(make_room(doc, fit_blocks(paper->row, doc->column_count, paper->height) + 2 * PADDING_Y));
    for (;;) {
        draw_row_part(doc, paper->row, room(paper), total);
        if (are_drawn(paper->row, doc->column_count))
            return STATUS_OK;
        TRY(next_sheet(doc));
    }
}

NEOERR *paper_table_end(struct doc *doc)
{
    struct paper *paper = doc->state;
    paper->y += 2 * GAP;
    return STATUS_OK;
}

/* ---- other parts ---- */

NEOERR *paper_text(struct doc *doc, enum doc_style style, const char *text)
{
    static const enum face of[] = {
        [DOC_NORMAL] = FACE_TEXT, [DOC_HEADING] = FACE_HEADING, [DOC_SMALL] = FACE_SMALL,
        [DOC_STRONG] = FACE_STRONG, [DOC_CENTRED] = FACE_CENTRED, [DOC_MONO] = FACE_MONO,
    };
    return nerr_pass(flow_text(doc, of[style], text));
}

NEOERR *paper_pairs(struct doc *doc, const struct doc_pair *pairs, size_t count)
{
    struct paper *paper = doc->state;
    PangoLayout *value = pango_layout_new(paper->context);
    NEOERR *failed = STATUS_OK;
    for (size_t i = 0; i < count && failed == STATUS_OK; i++) {
        struct block blocks[] = {
            make_block(paper->layout, FACE_LABEL, pairs[i].label, paper->left, LABEL - GAP),
            make_block(value, FACE_TEXT, pairs[i].value == NULL ? "" : pairs[i].value, paper->left + LABEL, paper->right - paper->left - LABEL),
        };
        failed = flow(doc, blocks, 2, faces[FACE_LABEL].after);
    }
    g_object_unref(value);
    return nerr_pass(failed);
}

/* The line to sign on stands between the position and the name, on the height of their first line. */
NEOERR *paper_sign(struct doc *doc, const char *position, const char *name)
{
    struct paper *paper = doc->state;
    double width = paper->right - paper->left;
    TRY(make_room(doc, KEEP));
    paper->y += 5 * GAP;
    use_colour(paper, &INK);
    draw_line(paper, paper->left + 0.40 * width, paper->y + 11, paper->left + 0.66 * width, paper->y + 11);
    PangoLayout *right = pango_layout_new(paper->context);
    struct block blocks[] = {
        make_block(paper->layout, FACE_TEXT, position, paper->left, 0.38 * width),
        make_block(right, FACE_TEXT, name, paper->left + 0.68 * width, 0.32 * width),
    };
    NEOERR *failed = flow(doc, blocks, 2, faces[FACE_TEXT].after);
    g_object_unref(right);
    return nerr_pass(failed);
}

static void draw_code(cairo_t *cairo, const struct doc_code *code, double left, double top, double side)
{
    double module = side / code->width;
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if (doc_code_dark(code, x, y))
                cairo_rectangle(cairo, left + x * module, top + y * module, module, module);
    cairo_fill(cairo); /* all at once: no seams between neighbours */
}

/* In a card the code stands at the right and takes that column from what follows. */
NEOERR *paper_qr(struct doc *doc, const char *text, const char *caption)
{
    struct paper *paper = doc->state;
    struct doc_code code;
    TRY(doc_code_make(doc->pool, text, &code));
    if (!doc->in_card)
        TRY(make_room(doc, CODE + GAP));
    cairo_set_source_rgb(paper->cairo, 0, 0, 0);
    double left = doc->in_card ? paper->right - CODE : paper->left, top = paper->y, right = paper->right;
    draw_code(paper->cairo, &code, left, top, CODE);
    struct block block = make_block(paper->layout, FACE_SMALL, caption == NULL ? "" : caption, left, CODE);
    if (doc->in_card)
        paper->right = left - GAP;
    else
        block = make_block(paper->layout, FACE_SMALL, caption == NULL ? "" : caption, left + CODE + GAP, right - left - CODE - GAP);
    double height = fit_block(&block, paper->height);
    draw_block(paper, &block, doc->in_card ? top + CODE + 3 : top);
    double used = doc->in_card ? CODE + 3 + height : CODE;
    if (doc->in_card)
        paper->code_bottom = top + used;
    else
        paper->y = top + (height > used ? height : used) + GAP;
    return STATUS_OK;
}

/* ---- cards ---- */

/* A card is recorded first: only then is its height known. */
NEOERR *paper_card(struct doc *doc)
{
    struct paper *paper = doc->state;
    cairo_surface_t *record = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    paper->sheet_cairo = paper->cairo;
    paper->sheet_y = paper->y;
    paper->cairo = cairo_create(record);
    cairo_surface_destroy(record);
    cairo_scale(paper->cairo, paper->scale, paper->scale);
    paper->y = paper->code_bottom = 0;
    paper->bottom = 1e9;
    return nerr_pass(paper_checked(cairo_status(paper->cairo), "a card"));
}

static void draw_cutting_line(struct paper *paper)
{
    static const double dashes[] = {4, 3};
    struct block scissors = make_block(paper->layout, FACE_SMALL, "✂", 4 * MM, 10 * MM);
    fit_block(&scissors, paper->height);
    draw_block(paper, &scissors, paper->y - 6);
    use_colour(paper, &GREY);
    cairo_set_dash(paper->cairo, dashes, 2, 0);
    draw_line(paper, 8 * MM, paper->y, paper->width - 4 * MM, paper->y);
    cairo_set_dash(paper->cairo, NULL, 0, 0);
}

static void paint_card(struct paper *paper, cairo_t *card, double height)
{
    double full = paper->bottom - MARGIN, shrink = height > full ? full / height : 1; /* an endless card loses size, not words */
    cairo_save(paper->cairo);
    cairo_translate(paper->cairo, 0, paper->y);
    cairo_scale(paper->cairo, shrink / paper->scale, shrink / paper->scale);
    cairo_set_source_surface(paper->cairo, cairo_get_target(card), 0, 0);
    cairo_paint(paper->cairo);
    cairo_restore(paper->cairo);
    paper->y += height * shrink;
}

NEOERR *paper_card_end(struct doc *doc)
{
    struct paper *paper = doc->state;
    cairo_t *card = paper->cairo;
    double height = paper->y > paper->code_bottom ? paper->y : paper->code_bottom;
    paper->cairo = paper->sheet_cairo;
    paper->sheet_cairo = NULL;
    paper->y = paper->sheet_y;
    set_edges(paper);
    doc->in_card = false;
    NEOERR *failed = make_room(doc, height + 2 * GAP);
    if (failed == STATUS_OK) {
        if (!is_fresh(paper)) {
            paper->y += GAP;
            draw_cutting_line(paper);
            paper->y += GAP;
        }
        paint_card(paper, card, height);
        failed = paper_checked(cairo_status(card), "a card");
    }
    cairo_destroy(card);
    return nerr_pass(failed);
}

NEOERR *paper_page(struct doc *doc)
{
    return nerr_pass(next_sheet(doc));
}

/* ---- beginning and end ---- */

NEOERR *paper_open(struct doc *doc, struct paper *paper, cairo_t *cairo, double scale, NEOERR *(*sheet_done)(struct doc *doc))
{
    paper->cairo = cairo;
    paper->scale = scale;
    paper->sheet_done = sheet_done;
    paper->sheet = 1;
    paper->y = MARGIN;
    paper_size(doc, &paper->width, &paper->height);
    set_edges(paper);
    TRY(paper_checked(cairo_status(cairo), "the first sheet"));
    TRY(doc_fonts_context(&paper->context));
    cairo_scale(cairo, scale, scale);
    pango_cairo_update_context(cairo, paper->context);
    pango_context_set_language(paper->context, pango_language_from_string(doc->head.language));
    paper->layout = pango_layout_new(paper->context);
    TRY(flow_text(doc, FACE_ORGANISATION, doc->head.organisation));
    TRY(flow_text(doc, FACE_TITLE, doc->head.title));
    return nerr_pass(flow_text(doc, FACE_SUBTITLE, doc->head.subtitle));
}

NEOERR *paper_close(struct doc *doc)
{
    return nerr_pass(end_sheet(doc));
}

void paper_release(struct doc *doc)
{
    struct paper *paper = doc->state;
    if (paper == NULL)
        return;
    if (paper->sheet_cairo != NULL)
        cairo_destroy(paper->sheet_cairo);
    cairo_destroy(paper->cairo);
    if (paper->layout != NULL)
        g_object_unref(paper->layout);
    if (paper->context != NULL)
        g_object_unref(paper->context);
}

/* ---- pictures ---- */

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
    cairo_set_source_rgb(cairo, 0, 0, 0);
    draw_code(cairo, &code, QUIET * MODULE, QUIET * MODULE, code.width * MODULE);
    NEOERR *failed = paper_checked(cairo_status(cairo), "a QR code");
    cairo_destroy(cairo);
    if (failed == STATUS_OK)
        failed = paper_png(pool, surface, bytes, length);
    cairo_surface_destroy(surface);
    return nerr_pass(failed);
}
