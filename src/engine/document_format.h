/* document_format.h: what a document format is made of; between document.c and the formats only.
 *
 * document.c keeps the order of parts (a table is ended before anything else begins), so that a format writes only.
 */
#ifndef MEKTEP_DOCUMENT_FORMAT_H
#define MEKTEP_DOCUMENT_FORMAT_H

#include "engine/document.h"

struct doc {
    const struct doc_format *format;
    struct pool *pool;             /* lives as long as the document */
    struct doc_head head;
    int fd;
    FILE *out;                     /* formats of text write here; closed by document.c */
    void *state;                   /* the format's own */
    const struct doc_column *columns; /* of the open table */
    size_t column_count;           /* 0: no table is open */
    size_t rows;                   /* in the open table so far, totals too */
    bool in_card;
};

/* A NULL function is a part that the format has no use for. */
struct doc_format {
    const char *id, *label, *mime;
    bool tables_only;
    NEOERR *(*open)(struct doc *doc);
    NEOERR *(*text)(struct doc *doc, enum doc_style style, const char *text);
    NEOERR *(*pairs)(struct doc *doc, const struct doc_pair *pairs, size_t count);
    NEOERR *(*table)(struct doc *doc);
    NEOERR *(*row)(struct doc *doc, const char *const *cells, bool total);
    NEOERR *(*table_end)(struct doc *doc);
    NEOERR *(*sign)(struct doc *doc, const char *position, const char *name);
    NEOERR *(*qr)(struct doc *doc, const char *text, const char *caption);
    NEOERR *(*card)(struct doc *doc);
    NEOERR *(*card_end)(struct doc *doc);
    NEOERR *(*page)(struct doc *doc);
    NEOERR *(*close)(struct doc *doc); /* writes the rest; release comes after it */
    void (*release)(struct doc *doc);
};

extern const struct doc_format doc_html, doc_pdf, doc_png, doc_docx, doc_xlsx, doc_csv;

/* doc->out on a duplicate of the document's descriptor. */
NEOERR *doc_stream(struct doc *doc);
void doc_put(struct doc *doc, const char *markup);
void doc_putf(struct doc *doc, const char *format, ...) __attribute__((format(printf, 2, 3))); /* no text of people here */
void doc_put_text(struct doc *doc, const char *text); /* escaped for XML and HTML; control characters are dropped */
void doc_put_bytes(struct doc *doc, const char *text, size_t length); /* as doc_put_text, a part of a text */

/* A cell as people read it: "" for NULL, a date as 23.11.2026. buffer is used for dates. */
enum { DOC_DATE_SIZE = 12 };
const char *doc_cell(const struct doc_column *column, const char *cell, char buffer[DOC_DATE_SIZE]);

/* The share of a column's width in the table, 0…1. */
double doc_share(const struct doc *doc, size_t column);

/* True for -12.5 and 1042: digits, at most 15 of them, as a program writes numbers. */
bool doc_is_number(const char *text);

/* A QR code: width × width modules, dark where the byte's lowest bit is set. */
struct doc_code {
    int width;
    const unsigned char *modules; /* pool */
};
NEOERR *doc_code_make(struct pool *pool, const char *text, struct doc_code *code);
bool doc_code_dark(const struct doc_code *code, int x, int y);

#endif
