/* output.h: output forms that are not plain lists: slips, certificates, books: a dialog and a builder. */
#ifndef MEKTEP_OUTPUT_H
#define MEKTEP_OUTPUT_H

#include "engine/document.h"
#include "engine/form.h"

struct output {
    const char *id;          /* "activation-slips" */
    const char *title;       /* msgid */
    const struct permission *permission;
    const struct field *fields;    /* of the dialog; the engine adds the language and the format */
    const char *formats[8];        /* "docx" "pdf" "png" …; ends with NULL */
    /* Pushes the document in the language in use. An output that writes (new codes) does so in its own db_run first. */
    NEOERR *(*head)(struct form_data *form, struct doc_head *head);
    NEOERR *(*build)(struct form_data *form, struct doc *doc);
};

/* Answers with a document: write(data, fd) makes it in the format; html is shown in place, the rest is an attachment called
 * name and the format's ending. Lists use it too. */
NEOERR *output_answer(struct request *rq, struct response *rs, const struct doc_format *format, const char *name,
                      NEOERR *(*write)(void *data, int fd), void *data);

NEOERR *output_page(struct request *rq, struct response *rs);      /* the dialog; route.detail = the output */
NEOERR *output_post_page(struct request *rq, struct response *rs); /* makes it and gives it out */

#endif
