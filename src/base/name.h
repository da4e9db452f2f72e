/* name.h: people's names and class names: which characters they may have, and what is likely a slip of the hand. */
#ifndef MEKTEP_NAME_H
#define MEKTEP_NAME_H

#include "base/text.h"

enum name_verdict {
    NAME_OK,
    NAME_BAD_CHARACTER, /* not a letter of Kazakh, Russian or Latin script, hyphen, apostrophe or inner space */
    NAME_MIXED,         /* Latin look-alikes inside a Cyrillic word, or the reverse: name_mend offers the mended form */
    NAME_TOO_LONG,      /* more than NAME_MAX letters */
};
enum { NAME_MAX_LETTERS = 60 };

/* Judges a cleaned surname, given name or patronymic (G1). */
enum name_verdict name_check(const char *name);

/* The name with look-alikes put into the script that most of the word has. */
char *name_mend(struct pool *pool, const char *name);

/* "ЕРҒАЛИЕВ" → "Ерғалиев", "әбілқасым-ұлы" → "Әбілқасым-Ұлы"; mixed case is left alone. For import. */
char *name_usual_case(struct pool *pool, const char *name);

/* "Ерғалиев Санжар Маратұлы"; empty parts leave no spaces. */
char *name_full(struct pool *pool, const char *surname, const char *given, const char *patronymic);

/* "Ерғалиев С. М." */
char *name_short(struct pool *pool, const char *surname, const char *given, const char *patronymic);

/* Class names: letters, digits, hyphen, no more than NAME_MAX_LETTERS (CON-20, G1). */
bool name_is_class(const char *name);

#endif
