/* codelist.h: code lists: the closed sets of values of a field, in three languages. They are rows of the program, not of the
 * database: choices, XML enumerations, documents and the XSD are made of them. */
#ifndef MEKTEP_CODELIST_H
#define MEKTEP_CODELIST_H

#include "engine/i18n.h"

struct code {
    const char *code;      /* stored and exchanged: "MALE" */
    const char *names[LANGUAGES]; /* kk, ru, en */
    const char *from, *to; /* ISO dates of validity, NULL = always; old codes stay readable */
};
struct code_list {
    const char *id;        /* "sex" */
    const char *title;     /* msgid */
    const struct code *codes; /* ends with .code NULL */
};

/* The name in the language in use; an unknown code is shown as it is; NULL gives "". */
const char *code_name(const struct code_list *list, const char *code);
const struct code *code_find(const struct code_list *list, const char *code);

#endif
