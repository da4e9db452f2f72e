/* document.h: one push interface, six formats. A list is a document with one table.
 *
 * A builder pushes parts in order; a format writes them out. Adding a format is one file with one struct doc_format.
 * Words are already translated by the caller (the document's own language is set by i18n_use before the builder runs).
 */
#ifndef MEKTEP_DOCUMENT_H
#define MEKTEP_DOCUMENT_H

#include "base/error.h"
#include "base/pool.h"

enum doc_kind { DOC_TEXT, DOC_NUMBER, DOC_DATE /* value is ISO; shown as 23.11.2026, a real date in XLSX */ };
enum doc_align { DOC_LEFT, DOC_RIGHT, DOC_CENTRE };

struct doc_column {
    const char *title;
    enum doc_kind kind;
    double width; /* share of the page's width relative to the others; 0 = 1 */
};
struct doc_pair {
    const char *label, *value;
};
enum doc_style { DOC_NORMAL, DOC_HEADING, DOC_SMALL, DOC_STRONG, DOC_CENTRED, DOC_MONO };

struct doc_head {
    const char *title;        /* also the file's title */
    const char *organisation; /* line above the title; may be NULL */
    const char *subtitle;     /* grey line of facts below; may be NULL */
    const char *language;     /* "kk" "ru" "en" */
    const char *made;         /* foot line: when and by what; may be NULL */
    const char *stylesheet;   /* address of the site's style sheet, for the print view; may be NULL */
    bool landscape;
};

struct doc;        /* the document being written */
struct doc_format; /* one output format: a row of doc_formats */

extern const struct doc_format *const doc_formats[]; /* html pdf png docx xlsx csv, ends with NULL */
const struct doc_format *doc_format_find(const char *id); /* NULL for an unknown one */
const char *doc_format_id(const struct doc_format *format);    /* "xlsx", also the file ending */
const char *doc_format_label(const struct doc_format *format); /* "XLSX", "Print" (msgid) for html */
/* Ending and media type of what was written to fd: the format's own, but a ZIP when PNG made several pages. */
const char *doc_ending(const struct doc_format *format, int fd);
const char *doc_mime(const struct doc_format *format, int fd);
bool doc_format_tables_only(const struct doc_format *format);  /* CSV, XLSX: lists, not slips or certificates */

/* Fonts (fonts-liberation2, reserve fonts-dejavu) must be there with the letters ӘҒҚҢӨҰҮҺІ, or the start fails. */
NEOERR *doc_init(void);

/* Starts a document that is written to fd (a file, seekable). doc_close writes the rest and frees; doc_abandon only frees. */
NEOERR *doc_open(const struct doc_format *format, const struct doc_head *head, int fd, struct doc **out);
NEOERR *doc_close(struct doc *doc);
void doc_abandon(struct doc *doc);

NEOERR *doc_text(struct doc *doc, enum doc_style style, const char *text); /* a paragraph; \n breaks the line */
NEOERR *doc_pairs(struct doc *doc, const struct doc_pair *pairs, size_t count); /* label : value lines */
NEOERR *doc_table(struct doc *doc, const struct doc_column *columns, size_t count); /* opens a table, closes the one before */
NEOERR *doc_row(struct doc *doc, const char *const *cells);   /* one text a column; NULL = empty */
NEOERR *doc_total(struct doc *doc, const char *const *cells); /* the same, set off as a sum */
NEOERR *doc_sign(struct doc *doc, const char *position, const char *name); /* "Директор ____________ А. Б. Сейітова" */
/* A QR code as the data of an SVG path in a square of *side units, the white border around it counted in. */
NEOERR *doc_code_path(struct pool *pool, const char *text, const char **path, int *side);
NEOERR *doc_qr(struct doc *doc, const char *text, const char *caption); /* in a card first, it stands beside the rest; caption may be NULL */
NEOERR *doc_card(struct doc *doc); /* begins a card kept on one page, with a cutting line before it (slips); ends at the next card or page */
NEOERR *doc_page(struct doc *doc); /* a new page */

#endif
