/* document_part.c: parts go to the sheet at once; those of a card wait until it is whole, so that it can be kept on one sheet. */
#include "engine/document_block.h"
#include "engine/document_paper.h"

static const char *keep_text(struct doc *doc, const char *text)
{
    return text == NULL ? "" : pool_strdup(doc->pool, text);
}

static NEOERR *keep_part(struct doc *doc, const struct part *part)
{
    struct paper *paper = doc->state;
    struct part *kept = pool_copy(doc->pool, part, sizeof *part);
    kept->first = keep_text(doc, part->first);
    kept->second = keep_text(doc, part->second);
    if (part->pairs != NULL) {
        struct doc_pair *pairs = pool_alloc(doc->pool, part->count * sizeof *pairs);
        for (size_t i = 0; i < part->count; i++)
            pairs[i] = (struct doc_pair){keep_text(doc, part->pairs[i].label), keep_text(doc, part->pairs[i].value)};
        kept->pairs = pairs;
    }
    if (part->cells != NULL) {
        const char **cells = pool_alloc(doc->pool, part->count * sizeof *cells);
        for (size_t i = 0; i < part->count; i++)
            cells[i] = keep_text(doc, part->cells[i]);
        kept->cells = cells;
    }
    *paper->last_part = kept;
    paper->last_part = &kept->next;
    return STATUS_OK;
}

static NEOERR *push(struct doc *doc, struct part part)
{
    return nerr_pass(doc->in_card ? keep_part(doc, &part) : part.draw(doc, &part));
}

NEOERR *paper_text(struct doc *doc, enum doc_style style, const char *text)
{
    return nerr_pass(push(doc, (struct part){.draw = paper_draw_text, .style = style, .first = text}));
}

NEOERR *paper_pairs(struct doc *doc, const struct doc_pair *pairs, size_t count)
{
    return nerr_pass(push(doc, (struct part){.draw = paper_draw_pairs, .pairs = pairs, .count = count}));
}

NEOERR *paper_table(struct doc *doc)
{
    return nerr_pass(push(doc, (struct part){.draw = paper_draw_table, .columns = doc->columns, .count = doc->column_count}));
}

NEOERR *paper_row(struct doc *doc, const char *const *cells, bool total)
{
    return nerr_pass(push(doc, (struct part){.draw = paper_draw_row, .cells = cells, .count = doc->column_count, .total = total}));
}

NEOERR *paper_table_end(struct doc *doc)
{
    return nerr_pass(push(doc, (struct part){.draw = paper_draw_table_end}));
}

NEOERR *paper_sign(struct doc *doc, const char *position, const char *name)
{
    return nerr_pass(push(doc, (struct part){.draw = paper_draw_sign, .first = position, .second = name}));
}

NEOERR *paper_qr(struct doc *doc, const char *text, const char *caption)
{
    return nerr_pass(push(doc, (struct part){.draw = paper_draw_qr, .first = text, .second = caption}));
}

/* ---- cards ---- */

NEOERR *paper_card(struct doc *doc)
{
    struct paper *paper = doc->state;
    paper->parts = NULL;
    paper->last_part = &paper->parts;
    return STATUS_OK;
}

/* Draws the parts from y = 0 downwards, without a bottom, on whatever cairo draws on, and gives their height. */
static NEOERR *draw_parts(struct doc *doc, double *height)
{
    struct paper *paper = doc->state;
    double y = paper->y;
    NEOERR *failed = STATUS_OK;
    paper->drawing_card = true;
    paper->y = paper->code_bottom = 0;
    paper->bottom = 1e9;
    for (const struct part *part = paper->parts; part != NULL && failed == STATUS_OK; part = part->next)
        failed = part->draw(doc, part);
    *height = paper->y > paper->code_bottom ? paper->y : paper->code_bottom;
    paper->drawing_card = false;
    paper->y = y;
    paper_set_edges(paper);
    return nerr_pass(failed);
}

/* Draws once on nothing, to know the height. */
static NEOERR *measure_card(struct doc *doc, double *height)
{
    struct paper *paper = doc->state;
    cairo_t *sheet = paper->cairo;
    cairo_surface_t *nothing = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    paper->cairo = cairo_create(nothing);
    NEOERR *failed = draw_parts(doc, height);
    cairo_destroy(paper->cairo);
    cairo_surface_destroy(nothing);
    paper->cairo = sheet;
    return nerr_pass(failed);
}

static void draw_cutting_line(struct paper *paper)
{
    static const double dashes[] = {4, 3};
    struct block scissors = block_make(paper->layout, FACE_SMALL, "✂", 4 * PAPER_MM, 10 * PAPER_MM);
    block_fit(&scissors, 1, paper->height);
    block_draw(paper->cairo, &scissors, 1, paper->y - 6);
    use_colour(paper->cairo, &GREY);
    cairo_set_dash(paper->cairo, dashes, 2, 0);
    cairo_move_to(paper->cairo, 8 * PAPER_MM, paper->y);
    cairo_line_to(paper->cairo, paper->width - 4 * PAPER_MM, paper->y);
    cairo_stroke(paper->cairo);
    cairo_set_dash(paper->cairo, NULL, 0, 0);
}

NEOERR *paper_card_end(struct doc *doc)
{
    struct paper *paper = doc->state;
    double height;
    TRY(measure_card(doc, &height));
    TRY(paper_make_room(doc, height + 2 * PAPER_GAP));
    if (!paper_is_fresh(paper)) {
        paper->y += PAPER_GAP;
        draw_cutting_line(paper);
        paper->y += PAPER_GAP;
    }
    double full = paper->bottom - paper->y, shrink = height > full ? full / height : 1; /* an endless card loses size, not words */
    cairo_save(paper->cairo);
    cairo_translate(paper->cairo, 0, paper->y);
    cairo_scale(paper->cairo, shrink, shrink);
    NEOERR *failed = draw_parts(doc, &height);
    cairo_restore(paper->cairo);
    paper->y += height * shrink;
    return nerr_pass(failed);
}
