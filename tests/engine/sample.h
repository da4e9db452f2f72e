/* sample.h: a document written to a temporary file, and what other programs read in it: for the tests of documents. */
#ifndef MEKTEP_SAMPLE_H
#define MEKTEP_SAMPLE_H

#include "engine/document.h"

#include <check.h>

#define SAMPLE_LETTERS "ӘҒҚҢӨҰҮҺІ әғқңөұүһі"

extern const char *const sample_path; /* of the document under test */
extern const struct doc_head sample_head;

/* Every test of the case has a folder of its own and the fonts. */
void sample_add(TCase *tcase);

typedef void build_fn(struct doc *doc);

/* Writes the document of a builder; with another head, gives the open file, too. */
void sample_make(const char *format, build_fn *build);
int sample_make_with(const char *format, const struct doc_head *head, build_fn *build);

/* What a command prints, for the caller to free; %s in it is the document's path. The program must end well. */
char *sample_read(const char *command);

size_t sample_count(const char *text, const char *word);
void sample_has(const char *text, const char *word); /* fails the test unless it has */

/* A table of four columns (№, ЖСН, Аты-жөні, Туған күні), and a row of it. */
void sample_table(struct doc *doc);
void sample_row(struct doc *doc, const char *number, const char *iin, const char *name, const char *born);

/* Builders: one row with the letters; a thousand rows Оқушы#0001 … and a total; forty cards from firstNN to lastNN. */
void sample_letters(struct doc *doc);
void sample_thousand(struct doc *doc);
void sample_cards(struct doc *doc);

#endif
