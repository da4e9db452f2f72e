/* output.h: output forms that are not plain lists: slips, certificates, books: a dialog and a builder. */
#ifndef MEKTEP_OUTPUT_H
#define MEKTEP_OUTPUT_H

#include "engine/document.h"
#include "engine/form.h"

struct output {
    const char *id;          /* "activation-slips" */
    const char *title;       /* msgid */
    const struct permission *permission;
    const struct field *fields;    /* of the dialog, may be NULL; the engine adds the language and the format. A value in the address
                                      (?class=12) is chosen already */
    const char *formats[8];        /* "docx" "pdf" "png" …; ends with NULL; the first is chosen already */
    NEOERR *(*head)(struct form_data *form, struct doc_head *head); /* adds to what output_head filled; may be NULL */
    /* Pushes the document in the language in use. An output that writes (new codes) does so in its own db_run first. */
    NEOERR *(*build)(struct form_data *form, struct doc *doc);
};

NEOERR *output_page(struct request *rq, struct response *rs);      /* the dialog; route.detail = the output */
NEOERR *output_post_page(struct request *rq, struct response *rs); /* makes it and gives it out */

/* The head of any document of this place in the language in use: title, organisation, when it was made. */
void output_head(struct request *rq, const char *title, struct doc_head *head);

/* Answers with a document: write(data, fd) makes it in the format; html is shown in place, the rest is an attachment called
 * name and the format's ending. Lists use it too. */
NEOERR *output_answer(struct request *rq, struct response *rs, const struct doc_format *format, const char *name,
                      NEOERR *(*write)(void *data, int fd), void *data);

#endif
