/* document_paper.c: sheets, and the parts on them: lines that wrap, rows that keep together, heads that come again. */
#include "engine/document_paper.h"

#include "engine/document_block.h"
#include "engine/document_fonts.h"

static const double A4_SHORT = 210 * PAPER_MM, A4_LONG = 297 * PAPER_MM;
static const double MARGIN_LEFT = 20 * PAPER_MM;    /* for the punch */
static const double FOOT = 8 * PAPER_MM;            /* baseline of the foot line above the sheet's edge */
static const double LABEL = 45 * PAPER_MM;          /* column of the labels of pairs */
static const double CODE = 28 * PAPER_MM;           /* side of a QR code */
static const double PADDING_X = 4, PADDING_Y = 3.2; /* of a table's cell */
static const double KEEP = 60;                      /* room below a heading or a table's head, or it begins on the next sheet */
static const double HAIR = 0.5;

NEOERR *paper_checked(cairo_status_t status, const char *what)
{
    return status == CAIRO_STATUS_SUCCESS ? STATUS_OK : nerr_raise(ERROR_INTERNAL, "draw %s: %s", what, cairo_status_to_string(status));
}

void paper_size(const struct doc *doc, double *width, double *height)
{
    *width = doc->head.landscape ? A4_LONG : A4_SHORT;
    *height = doc->head.landscape ? A4_SHORT : A4_LONG;
}

static void draw_line(struct paper *paper, double x1, double y1, double x2, double y2)
{
    cairo_move_to(paper->cairo, x1, y1);
    cairo_line_to(paper->cairo, x2, y2);
    cairo_stroke(paper->cairo);
}

/* ---- sheets ---- */

void paper_set_edges(struct paper *paper)
{
    paper->left = MARGIN_LEFT;
    paper->right = paper->width - PAPER_MARGIN;
    paper->bottom = paper->height - PAPER_MARGIN - PAPER_GAP; /* above the foot line */
}

static double room(const struct paper *paper)
{
    return paper->bottom - paper->y;
}

bool paper_is_fresh(const struct paper *paper)
{
    return paper->y <= PAPER_MARGIN;
}

/* One line apart from the flow: the foot, the head of later sheets. */
static void draw_apart(struct paper *paper, PangoAlignment align, const char *text, double top)
{
    struct block block = block_make(paper->layout, FACE_SMALL, text, paper->left, paper->right - paper->left);
    pango_layout_set_alignment(block.layout, align);
    block_fit(&block, 1, paper->height);
    if (block.end > 1)
        block.end = 1;
    block_draw(paper->cairo, &block, 1, top);
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

NEOERR *paper_next_sheet(struct doc *doc)
{
    struct paper *paper = doc->state;
    TRY(end_sheet(doc));
    paper->sheet++;
    paper->y = PAPER_MARGIN;
    draw_apart(paper, PANGO_ALIGN_LEFT, doc->head.title, PAPER_MARGIN - 16);
    if (doc->column_count > 0)
        draw_table_head(doc);
    return STATUS_OK;
}

NEOERR *paper_make_room(struct doc *doc, double height)
{
    const struct paper *paper = doc->state;
    if (height <= room(paper) || paper_is_fresh(paper))
        return STATUS_OK;
    return nerr_pass(paper_next_sheet(doc));
}

/* Draws texts side by side; what is too tall for a sheet goes on over the next ones. */
static NEOERR *flow(struct doc *doc, struct block *blocks, size_t count, double after)
{
    struct paper *paper = doc->state;
    for (;;) {
        double height = block_fit(blocks, count, room(paper));
        block_draw(paper->cairo, blocks, count, paper->y);
        paper->y += height;
        if (block_all_drawn(blocks, count))
            break;
        TRY(paper_next_sheet(doc));
    }
    paper->y += after;
    return STATUS_OK;
}

static NEOERR *flow_text(struct doc *doc, enum face face, const char *text)
{
    struct paper *paper = doc->state;
    if (text == NULL)
        return STATUS_OK;
    if (!paper_is_fresh(paper))
        paper->y += faces[face].before;
    if (faces[face].keeps)
        TRY(paper_make_room(doc, KEEP));
    struct block block = block_make(paper->layout, face, text, paper->left, paper->right - paper->left);
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
        use_colour(paper->cairo, &FILL);
        cairo_rectangle(paper->cairo, paper->left, top, paper->right - paper->left, bottom - top);
        cairo_fill(paper->cairo);
    }
    use_colour(paper->cairo, &LINE);
    draw_line(paper, paper->left, top, paper->right, top);
    draw_line(paper, paper->left, bottom, paper->right, bottom);
    for (size_t i = 0; i <= doc->column_count; i++)
        draw_line(paper, column_left(doc, i), top, column_left(doc, i), bottom);
}

static void fill_block(struct doc *doc, struct block *blocks, size_t column, enum face face, const char *text)
{
    double x = column_left(doc, column), width = column_left(doc, column + 1) - x - 2 * PADDING_X;
    blocks[column] = block_make(blocks[column].layout, face, text, x + PADDING_X, width > 6 ? width : 6);
    if (doc->columns[column].kind == DOC_NUMBER)
        pango_layout_set_alignment(blocks[column].layout, PANGO_ALIGN_RIGHT);
}

/* One part of a row: as many of its lines as fit. */
static void draw_row_part(struct doc *doc, struct block *blocks, double most, bool filled)
{
    struct paper *paper = doc->state;
    double height = block_fit(blocks, doc->column_count, most - 2 * PADDING_Y) + 2 * PADDING_Y;
    draw_grid(doc, paper->y, paper->y + height, filled);
    block_draw(paper->cairo, blocks, doc->column_count, paper->y + PADDING_Y);
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
    const struct paper *paper = doc->state;
    struct block *blocks = pool_alloc(doc->pool, doc->column_count * sizeof *blocks);
    for (size_t i = 0; i < doc->column_count; i++) {
        blocks[i].layout = pango_layout_new(paper->context);
        pool_cleanup(doc->pool, g_object_unref, blocks[i].layout);
    }
    return blocks;
}

NEOERR *paper_draw_table(struct doc *doc, const struct part *part)
{
    struct paper *paper = doc->state;
    doc->column_count = 0; /* a sheet that begins here must not begin with a head already */
    TRY(paper_make_room(doc, KEEP));
    doc->columns = part->columns;
    doc->column_count = part->count;
    paper->head = make_blocks(doc);
    paper->row = make_blocks(doc);
    for (size_t i = 0; i < doc->column_count; i++)
        fill_block(doc, paper->head, i, FACE_HEAD, doc->columns[i].title);
    draw_table_head(doc);
    return STATUS_OK;
}

NEOERR *paper_draw_row(struct doc *doc, const struct part *part)
{
    struct paper *paper = doc->state;
    char date[DOC_DATE_SIZE];
    for (size_t i = 0; i < doc->column_count; i++)
        fill_block(doc, paper->row, i, part->total ? FACE_TOTAL : FACE_CELL, doc_cell(&doc->columns[i], part->cells[i], date));
    double whole = block_fit(paper->row, doc->column_count, paper->height) + 2 * PADDING_Y;
    TRY(paper_make_room(doc, whole < paper->height / 2 ? whole : KEEP));
    for (;;) {
        draw_row_part(doc, paper->row, room(paper), part->total);
        if (block_all_drawn(paper->row, doc->column_count))
            return STATUS_OK;
        TRY(paper_next_sheet(doc));
    }
}

NEOERR *paper_draw_table_end(struct doc *doc, const struct part *part)
{
    struct paper *paper = doc->state;
    (void)part;
    paper->y += 2 * PAPER_GAP;
    doc->column_count = 0;
    return STATUS_OK;
}

/* ---- other parts ---- */

NEOERR *paper_draw_text(struct doc *doc, const struct part *part)
{
    static const enum face of[] = {
        [DOC_NORMAL] = FACE_TEXT,   [DOC_HEADING] = FACE_HEADING, [DOC_SMALL] = FACE_SMALL,
        [DOC_STRONG] = FACE_STRONG, [DOC_CENTRED] = FACE_CENTRED, [DOC_MONO] = FACE_MONO,
    };
    return nerr_pass(flow_text(doc, of[part->style], part->first));
}

/* Two texts side by side. */
static NEOERR *flow_two(struct doc *doc, struct block left, enum face face, const char *text, double x, double after)
{
    struct paper *paper = doc->state;
    PangoLayout *right = pango_layout_new(paper->context);
    struct block blocks[] = {left, block_make(right, face, text == NULL ? "" : text, x, paper->right - x)};
    NEOERR *failed = flow(doc, blocks, 2, after);
    g_object_unref(right);
    return nerr_pass(failed);
}

NEOERR *paper_draw_pairs(struct doc *doc, const struct part *part)
{
    struct paper *paper = doc->state;
    for (size_t i = 0; i < part->count; i++) {
        struct block label = block_make(paper->layout, FACE_LABEL, part->pairs[i].label, paper->left, LABEL - PAPER_GAP);
        TRY(flow_two(doc, label, FACE_TEXT, part->pairs[i].value, paper->left + LABEL, faces[FACE_LABEL].after));
    }
    return STATUS_OK;
}

/* The line to sign on stands between the position and the name, on the height of their first line. */
NEOERR *paper_draw_sign(struct doc *doc, const struct part *part)
{
    struct paper *paper = doc->state;
    double width = paper->right - paper->left;
    TRY(paper_make_room(doc, 3 * PAPER_GAP + 30));
    paper->y += 3 * PAPER_GAP;
    use_colour(paper->cairo, &INK);
    draw_line(paper, paper->left + 0.40 * width, paper->y + 11, paper->left + 0.66 * width, paper->y + 11);
    struct block position = block_make(paper->layout, FACE_TEXT, part->first, paper->left, 0.38 * width);
    return nerr_pass(flow_two(doc, position, FACE_TEXT, part->second, paper->left + 0.68 * width, faces[FACE_TEXT].after));
}

/* In a card the code stands at the right and takes that column from what follows; elsewhere its caption stands beside it. */
NEOERR *paper_draw_qr(struct doc *doc, const struct part *part)
{
    struct paper *paper = doc->state;
    const char *caption = part->second == NULL ? "" : part->second;
    struct doc_code code;
    TRY(doc_code_make(doc->pool, part->first, &code));
    if (!paper->drawing_card)
        TRY(paper_make_room(doc, CODE + PAPER_GAP));
    double left = paper->drawing_card ? paper->right - CODE : paper->left, beside = left + CODE + PAPER_GAP;
    paper_draw_code(paper->cairo, &code, left, paper->y, CODE);
    struct block block = paper->drawing_card ? block_make(paper->layout, FACE_SMALL, caption, left, CODE)
                                             : block_make(paper->layout, FACE_SMALL, caption, beside, paper->right - beside);
    double height = block_fit(&block, 1, paper->height);
    block_draw(paper->cairo, &block, 1, paper->drawing_card ? paper->y + CODE + 3 : paper->y);
    if (paper->drawing_card) {
        paper->code_bottom = paper->y + CODE + (*caption != '\0' ? 3 + height : 0);
        paper->right = left - PAPER_GAP;
    } else {
        paper->y += (height > CODE ? height : CODE) + PAPER_GAP;
    }
    return STATUS_OK;
}

NEOERR *paper_page(struct doc *doc)
{
    return nerr_pass(paper_next_sheet(doc));
}

/* ---- beginning and end ---- */

NEOERR *paper_open(struct doc *doc, struct paper *paper, cairo_t *cairo, double scale, NEOERR *(*sheet_done)(struct doc *doc))
{
    paper->cairo = cairo;
    paper->sheet_done = sheet_done;
    paper->sheet = 1;
    paper->y = PAPER_MARGIN;
    paper_size(doc, &paper->width, &paper->height);
    paper_set_edges(paper);
    TRY(paper_checked(cairo_status(cairo), "the first sheet"));
    TRY(doc_fonts_context(&paper->context));
    cairo_scale(cairo, scale, scale);
    cairo_set_line_width(cairo, HAIR);
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
    cairo_destroy(paper->cairo);
    if (paper->layout != NULL)
        g_object_unref(paper->layout);
    if (paper->context != NULL)
        g_object_unref(paper->context);
}
