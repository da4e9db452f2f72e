/* document_docx.c: WordprocessingML (ECMA-376) written by us into a ZIP, for Word and LibreOffice.
 *
 * The body streams into a temporary file while parts come; the package is put together at the end.
 */
#include "base/clock.h"
#include "engine/document_format.h"
#include "engine/document_paper.h"
#include "engine/i18n.h"
#include "engine/zip.h"

#include <string.h>

/* Lengths in twentieths of a point, as the format has them. */
enum {
    A4_SHORT = 11906,
    A4_LONG = 16838,
    MARGIN_LEFT = 1134, /* 20 mm, for the punch */
    MARGIN = 850,       /* 15 mm */
    CODE_EMU = 1080000, /* a QR code's side, 30 mm */
};

/* Paragraph styles; looks stand in styles.xml below. */
static const char *const styles[] = {
    [DOC_NORMAL] = "Normal", [DOC_HEADING] = "Heading1", [DOC_SMALL] = "Small",
    [DOC_STRONG] = "Strong", [DOC_CENTRED] = "Centred",  [DOC_MONO] = "Mono",
};

static const char CONTENT_TYPES[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Default Extension=\"png\" ContentType=\"image/png\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>"
    "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>"
    "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    "</Types>\n";

static const char PACKAGE_RELS[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
    "</Relationships>\n";

static const char STYLES_HEAD[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr>"
    "<w:rFonts w:ascii=\"Liberation Sans\" w:hAnsi=\"Liberation Sans\" w:eastAsia=\"Liberation Sans\" w:cs=\"Liberation Sans\"/>"
    "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>";

static const char STYLES_REST[] =
    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"80\"/></w:pPr></w:pPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>"
    "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/></w:style>"
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/>"
    "<w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/><w:sz w:val=\"32\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/>"
    "<w:pPr><w:keepNext/><w:spacing w:before=\"200\"/><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"26\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Small\"><w:name w:val=\"Small\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:rPr><w:color w:val=\"51636E\"/><w:sz w:val=\"17\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Strong\"><w:name w:val=\"Strong Text\"/><w:basedOn w:val=\"Normal\"/><w:rPr><w:b/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Centred\"><w:name w:val=\"Centred\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:jc w:val=\"center\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Mono\"><w:name w:val=\"Mono\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:rPr><w:rFonts w:ascii=\"Liberation Mono\" w:hAnsi=\"Liberation Mono\" w:cs=\"Liberation Mono\"/><w:b/><w:sz w:val=\"24\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Cell\"><w:name w:val=\"Cell\"/><w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"0\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/></w:rPr></w:style>"
    "</w:styles>\n";

static const char DOCUMENT_HEAD[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                                    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
                                    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
                                    " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
                                    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
                                    " xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>\n";

struct picture {
    const void *bytes;
    size_t length;
    struct picture *next;
};

struct word {
    struct zip_writer *zip;
    struct picture *first, **last;
    int pictures;
};

/* ---- words ---- */

static void put_run(struct doc *doc, const char *properties, const char *text)
{
    doc_putf(doc, "<w:r>%s", properties);
    for (const char *line = text;; line++) {
        size_t length = strcspn(line, "\n");
        doc_put(doc, "<w:t xml:space=\"preserve\">");
        doc_put_bytes(doc, line, length);
        doc_put(doc, "</w:t>");
        line += length;
        if (*line == '\0')
            break;
        doc_put(doc, "<w:br/>");
    }
    doc_put(doc, "</w:r>");
}

/* Parts of a card hold together: each paragraph stays with the next. */
static void start_paragraph(struct doc *doc, const char *style, const char *properties)
{
    doc_putf(doc, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s%s</w:pPr>", style, doc->in_card ? "<w:keepNext/><w:keepLines/>" : "", properties);
}

static void put_paragraph(struct doc *doc, const char *style, const char *text)
{
    if (text == NULL)
        return;
    start_paragraph(doc, style, "");
    put_run(doc, "", text);
    doc_put(doc, "</w:p>\n");
}

static int page_width(const struct doc *doc)
{
    return (doc->head.landscape ? A4_LONG : A4_SHORT) - MARGIN_LEFT - MARGIN;
}

static NEOERR *docx_open(struct doc *doc)
{
    struct word *word = doc->state = pool_alloc(doc->pool, sizeof *word);
    word->last = &word->first;
    doc->out = tmpfile();
    if (doc->out == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "make a temporary file for a document");
    TRY(zip_write_open(doc->fd, &word->zip));
    doc_put(doc, DOCUMENT_HEAD);
    put_paragraph(doc, "Small", doc->head.organisation);
    put_paragraph(doc, "Title", doc->head.title);
    put_paragraph(doc, "Small", doc->head.subtitle);
    return STATUS_OK;
}

static NEOERR *docx_text(struct doc *doc, enum doc_style style, const char *text)
{
    put_paragraph(doc, styles[style], text);
    return STATUS_OK;
}

static NEOERR *docx_pairs(struct doc *doc, const struct doc_pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        start_paragraph(
            doc, "Normal",
            "<w:tabs><w:tab w:val=\"left\" w:pos=\"2835\"/></w:tabs><w:spacing w:after=\"40\"/><w:ind w:left=\"2835\" w:hanging=\"2835\"/>");
        put_run(doc, "<w:rPr><w:color w:val=\"51636E\"/></w:rPr>", pairs[i].label);
        doc_put(doc, "<w:r><w:tab/></w:r>");
        put_run(doc, "", pairs[i].value == NULL ? "" : pairs[i].value);
        doc_put(doc, "</w:p>\n");
    }
    return STATUS_OK;
}

/* ---- tables ---- */

static void put_cell(struct doc *doc, size_t column, const char *text, bool strong)
{
    int width = (int)(page_width(doc) * doc_share(doc, column));
    doc_putf(doc, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>%s</w:tcPr>", width,
             strong ? "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEF2F4\"/>" : "");
    start_paragraph(doc, "Cell", doc->columns[column].kind == DOC_NUMBER ? "<w:jc w:val=\"right\"/>" : "");
    put_run(doc, strong ? "<w:rPr><w:b/></w:rPr>" : "", text);
    doc_put(doc, "</w:p></w:tc>");
}

static NEOERR *docx_table(struct doc *doc)
{
    static const char *const sides[] = {"top", "left", "bottom", "right", "insideH", "insideV"};
    doc_putf(doc, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblBorders>", page_width(doc));
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        doc_putf(doc, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A9BA5\"/>", sides[i]);
    doc_put(doc, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/>");
    for (size_t i = 0; i < 4; i++)
        doc_putf(doc, "%s<w:%s w:w=\"60\" w:type=\"dxa\"/>%s", i == 0 ? "<w:tblCellMar>" : "", sides[i], i == 3 ? "</w:tblCellMar>" : "");
    doc_put(doc, "</w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < doc->column_count; i++)
        doc_putf(doc, "<w:gridCol w:w=\"%d\"/>", (int)(page_width(doc) * doc_share(doc, i)));
    doc_put(doc, "</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (size_t i = 0; i < doc->column_count; i++)
        put_cell(doc, i, doc->columns[i].title, true);
    doc_put(doc, "</w:tr>\n");
    return STATUS_OK;
}

static NEOERR *docx_row(struct doc *doc, const char *const *cells, bool total)
{
    char date[DOC_DATE_SIZE];
    doc_put(doc, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for (size_t i = 0; i < doc->column_count; i++)
        put_cell(doc, i, doc_cell(&doc->columns[i], cells[i], date), total);
    doc_put(doc, "</w:tr>\n");
    return STATUS_OK;
}

/* Without a paragraph between them Word joins two tables. */
static NEOERR *docx_table_end(struct doc *doc)
{
    doc_put(doc, "</w:tbl>\n<w:p/>\n");
    return STATUS_OK;
}

/* ---- signature, code, cards ---- */

static NEOERR *docx_sign(struct doc *doc, const char *position, const char *name)
{
    start_paragraph(doc, "Normal",
                    "<w:tabs><w:tab w:val=\"left\" w:pos=\"4253\"/><w:tab w:val=\"left\" w:leader=\"underscore\" w:pos=\"6804\"/></w:tabs>"
                    "<w:spacing w:before=\"360\"/>");
    put_run(doc, "", position);
    doc_put(doc, "<w:r><w:tab/><w:tab/></w:r>");
    put_run(doc, "", pool_printf(doc->pool, " %s", name));
    doc_put(doc, "</w:p>\n");
    return STATUS_OK;
}

static NEOERR *keep_picture(struct doc *doc, const char *text)
{
    struct word *word = doc->state;
    struct picture *picture = pool_alloc(doc->pool, sizeof *picture);
    TRY(paper_code_png(doc->pool, text, &picture->bytes, &picture->length));
    *word->last = picture;
    word->last = &picture->next;
    word->pictures++;
    return STATUS_OK;
}

/* In a card the code floats at the right and the words of the card run beside it. */
static NEOERR *docx_qr(struct doc *doc, const char *text, const char *caption)
{
    TRY(keep_picture(doc, text));
    int number = ((struct word *)doc->state)->pictures;
    start_paragraph(doc, "Small", "");
    doc_put(doc, "<w:r><w:drawing>");
    if (doc->in_card)
        doc_putf(
            doc,
            "<wp:anchor distT=\"0\" distB=\"0\" distL=\"114300\" distR=\"0\" simplePos=\"0\" relativeHeight=\"%d\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"0\">"
            "<wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"margin\"><wp:align>right</wp:align></wp:positionH>"
            "<wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>0</wp:posOffset></wp:positionV>",
            number);
    else
        doc_put(doc, "<wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">");
    doc_putf(doc, "<wp:extent cx=\"%d\" cy=\"%d\"/>%s<wp:docPr id=\"%d\" name=\"QR %d\" descr=\"", CODE_EMU, CODE_EMU,
             doc->in_card ? "<wp:wrapSquare wrapText=\"left\"/>" : "", number, number);
    doc_put_text(doc, text);
    doc_putf(
        doc,
        "\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>"
        "<pic:nvPicPr><pic:cNvPr id=\"%d\" name=\"QR %d\"/><pic:cNvPicPr/></pic:nvPicPr>"
        "<pic:blipFill><a:blip r:embed=\"rPicture%d\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        "<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%d\" cy=\"%d\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>"
        "</pic:pic></a:graphicData></a:graphic></wp:%s></w:drawing></w:r>",
        number, number, number, CODE_EMU, CODE_EMU, doc->in_card ? "anchor" : "inline");
    doc_put(doc, "</w:p>\n");
    put_paragraph(doc, "Small", caption);
    return STATUS_OK;
}

/* The cutting line is an empty paragraph that does not hold on to the card after it. */
static NEOERR *docx_card(struct doc *doc)
{
    doc_put(
        doc,
        "<w:p><w:pPr><w:pBdr><w:bottom w:val=\"dashed\" w:sz=\"6\" w:space=\"1\" w:color=\"8A9BA5\"/></w:pBdr><w:spacing w:after=\"160\"/></w:pPr></w:p>\n");
    return STATUS_OK;
}

static NEOERR *docx_page(struct doc *doc)
{
    doc_put(doc, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>\n");
    return STATUS_OK;
}

/* ---- the package ---- */

/* Parts made in memory stay in the pool, since the ZIP reads them at its end. */
static NEOERR *add_part(struct doc *doc, const char *name, const char *text)
{
    struct word *word = doc->state;
    return nerr_pass(zip_add_bytes(word->zip, name, text, strlen(text)));
}

/* Writes a part with the doc_put functions. */
static NEOERR *add_written_part(struct doc *doc, const char *name, void (*write)(struct doc *doc))
{
    FILE *body = doc->out;
    char *text = NULL;
    size_t length = 0;
    doc->out = open_memstream(&text, &length);
    if (doc->out != NULL) {
        write(doc);
        fclose(doc->out);
    }
    doc->out = body;
    if (text == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "write %s", name);
    char *kept = pool_strndup(doc->pool, text, length);
    free(text);
    return nerr_pass(add_part(doc, name, kept));
}

static const char *language_tag(const struct doc *doc)
{
    static const char *const tags[LANGUAGES] = {[LANG_KK] = "kk-KZ", [LANG_RU] = "ru-KZ", [LANG_EN] = "en-GB"};
    enum language language;
    return tags[language_from_code(doc->head.language, &language) ? language : LANG_EN];
}

static void write_styles(struct doc *doc)
{
    doc_put(doc, STYLES_HEAD);
    doc_putf(doc, "<w:lang w:val=\"%s\" w:eastAsia=\"%s\"/>", language_tag(doc), language_tag(doc));
    doc_put(doc, STYLES_REST);
}

static void write_properties(struct doc *doc)
{
    char now[CLOCK_TEXT_SIZE];
    clock_format(clock_now(), now);
    doc_put(doc, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                 "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\""
                 " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\""
                 " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
    doc_put_text(doc, doc->head.title);
    doc_putf(doc, "</dc:title><dc:language>%s</dc:language>", language_tag(doc));
    doc_putf(doc, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%.10sT%.8sZ</dcterms:created></cp:coreProperties>\n", now, now + 11);
}

static void write_footer(struct doc *doc)
{
    doc_put(
        doc,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
        "<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr><w:pStyle w:val=\"Small\"/><w:tabs>");
    doc_putf(doc, "<w:tab w:val=\"right\" w:pos=\"%d\"/></w:tabs></w:pPr>", page_width(doc));
    put_run(doc, "", doc->head.made == NULL ? "" : doc->head.made);
    doc_put(
        doc,
        "<w:r><w:tab/></w:r><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>"
        "<w:r><w:t xml:space=\"preserve\"> / </w:t></w:r><w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>\n");
}

static void write_relations(struct doc *doc)
{
    static const char type[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    struct word *word = doc->state;
    doc_put(doc, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                 "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    doc_putf(doc, "<Relationship Id=\"rStyles\" Type=\"%s/styles\" Target=\"styles.xml\"/>", type);
    doc_putf(doc, "<Relationship Id=\"rFooter\" Type=\"%s/footer\" Target=\"footer1.xml\"/>", type);
    for (int i = 1; i <= word->pictures; i++)
        doc_putf(doc, "<Relationship Id=\"rPicture%d\" Type=\"%s/image\" Target=\"media/code%d.png\"/>", i, type, i);
    doc_put(doc, "</Relationships>\n");
}

static void end_body(struct doc *doc)
{
    int width = doc->head.landscape ? A4_LONG : A4_SHORT, height = doc->head.landscape ? A4_SHORT : A4_LONG;
    doc_putf(doc, "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rFooter\"/><w:pgSz w:w=\"%d\" w:h=\"%d\"%s/>", width, height,
             doc->head.landscape ? " w:orient=\"landscape\"" : "");
    doc_putf(
        doc,
        "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"425\" w:footer=\"425\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>\n",
        MARGIN, MARGIN, MARGIN, MARGIN_LEFT);
}

static NEOERR *docx_close(struct doc *doc)
{
    struct word *word = doc->state;
    end_body(doc);
    if (fseek(doc->out, 0, SEEK_SET) != 0) /* flushes; the ZIP reads from here */
        return nerr_raise_errno(ERROR_INTERNAL, "write the body of a document");
    TRY(add_part(doc, "[Content_Types].xml", CONTENT_TYPES));
    TRY(add_part(doc, "_rels/.rels", PACKAGE_RELS));
    TRY(add_written_part(doc, "docProps/core.xml", write_properties));
    TRY(zip_add_file(word->zip, "word/document.xml", fileno(doc->out)));
    TRY(add_written_part(doc, "word/styles.xml", write_styles));
    TRY(add_written_part(doc, "word/footer1.xml", write_footer));
    TRY(add_written_part(doc, "word/_rels/document.xml.rels", write_relations));
    int number = 1;
    for (struct picture *picture = word->first; picture != NULL; picture = picture->next)
        TRY(zip_add_bytes(word->zip, pool_printf(doc->pool, "word/media/code%d.png", number++), picture->bytes, picture->length));
    struct zip_writer *zip = word->zip;
    word->zip = NULL;
    return nerr_pass(zip_write_close(zip));
}

static void docx_release(struct doc *doc)
{
    struct word *word = doc->state;
    if (word->zip != NULL)
        zip_write_abandon(word->zip);
}

const struct doc_format doc_docx = {
    .id = "docx",
    .label = "DOCX",
    .mime = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    .open = docx_open,
    .text = docx_text,
    .pairs = docx_pairs,
    .table = docx_table,
    .row = docx_row,
    .table_end = docx_table_end,
    .sign = docx_sign,
    .qr = docx_qr,
    .card = docx_card,
    .page = docx_page,
    .close = docx_close,
    .release = docx_release,
};
