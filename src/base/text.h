/* text.h: UTF-8 text: validity, cleaning, keys for sorting and searching. ICU's door. */
#ifndef MEKTEP_TEXT_H
#define MEKTEP_TEXT_H

#include "base/error.h"
#include "base/pool.h"

/* Opens ICU's Kazakh collator once per process. */
NEOERR *text_init(void);
void text_end(void);

/* True for valid UTF-8 without NUL (no surrogates, no overlong forms). */
bool text_is_utf8(const char *bytes, size_t length);

/* A number as text, somewhere in the buffer: a page has thousands of them, and printf costs ten times as much. */
enum { TEXT_DIGITS_SIZE = 24 };
const char *text_digits(int64_t number, char buffer[TEXT_DIGITS_SIZE]);

/* Letters (code points) in a valid UTF-8 text; a Kazakh letter counts as one. */
size_t text_length(const char *text);

/* The text as it is stored: NFC; zero-width and control characters gone; spaces at the ends gone, doubled ones made one.
 * With lines, line breaks stay (as \n). Never fails on valid UTF-8. (CON-20, G1) */
char *text_clean(struct pool *pool, const char *text, bool lines);

/* True when every code point is below U+10000 (emoji and other 4-byte characters are refused in names). */
bool text_is_bmp(const char *text);

enum { TEXT_KEY_VERSION = 1 }; /* raise when a key changes: mektepctl rekey then rebuilds the stored ones */

/* Binary ICU sort key of Kazakh alphabetical order, cut to size bytes at most (a prefix still sorts); returns its length. */
size_t text_sort_key(const char *text, unsigned char *key, size_t size);

/* Folded key for searching: lower case; ә=а ғ=г қ=к ң=н ө=о ұ=ү=у һ=х і=ы=и й=и ё=е; Latin look-alikes as Cyrillic; digits kept;
 * everything else a single space. Two spellings of one name give one key. */
char *text_fold(struct pool *pool, const char *text);

/* The same keys of the keyboard typed in another layout: "fcrfh" → "аскар"; NULL when the text has no Latin letter.
 * For search only: a query is tried as typed and so. */
char *text_other_layout(struct pool *pool, const char *text);

char *text_upper(struct pool *pool, const char *text); /* by Kazakh rules */
char *text_lower(struct pool *pool, const char *text);
char *text_first_letter(struct pool *pool, const char *text); /* the first letter in upper case, "" for none */

#endif
