/* xml.h: reading hostile XML in a stream against a schema, and writing XML. libxml2's door. */
#ifndef MEKTEP_XML_H
#define MEKTEP_XML_H

#include "base/error.h"
#include "base/pool.h"

/* ---- reading ---- */

struct xml_schema; /* a compiled XSD, kept by the process */
NEOERR *xml_schema_load(const char *path, struct xml_schema **out);
void xml_schema_free(struct xml_schema *schema);

/* What is wrong with a document, where; the words are the library's, in English, or a msgid of ours; shown beside our own explanation. */
struct xml_fault {
    int line;
    const char *reason; /* pool */
};

struct xml_reader;
enum xml_event { XML_START, XML_TEXT, XML_CLOSE, XML_DONE };

/* Reads from fd in a stream: no DTD (any DOCTYPE is refused), no entities but the five, no network, depth at most 32, UTF-8 only.
 * ERROR_INPUT with the fault set: malformed, invalid, broken off, another encoding. schema may be NULL. The pool's end closes it. */
NEOERR *xml_open(struct pool *pool, int fd, const struct xml_schema *schema, struct xml_reader **out);
void xml_close(struct xml_reader *reader);
NEOERR *xml_next(struct xml_reader *reader, enum xml_event *event);
const char *xml_name(const struct xml_reader *reader);       /* local name at XML_START and XML_CLOSE */
const char *xml_namespace(const struct xml_reader *reader);  /* "" for none */
const char *xml_attribute(struct xml_reader *reader, const char *name); /* NULL when absent; valid to the next xml_next */
const char *xml_text(const struct xml_reader *reader);       /* at XML_TEXT; pieces of one text arrive joined */
int xml_line(const struct xml_reader *reader);
int xml_depth(const struct xml_reader *reader);              /* 1 for the root element */
const struct xml_fault *xml_fault(const struct xml_reader *reader);

/* ---- writing ---- */

/* Writes UTF-8 with two-space indentation, LF, attributes in the order given, no trailing spaces: the same calls give the same bytes. */
struct xml_writer;
NEOERR *xml_writer_open(int fd, struct xml_writer **out);
NEOERR *xml_writer_close(struct xml_writer *writer); /* closes every open element, flushes, frees */
void xml_writer_abandon(struct xml_writer *writer);
NEOERR *xml_start(struct xml_writer *writer, const char *name);
NEOERR *xml_put_attribute(struct xml_writer *writer, const char *name, const char *value); /* NULL value = left out */
NEOERR *xml_put_text(struct xml_writer *writer, const char *text);
NEOERR *xml_end(struct xml_writer *writer);
NEOERR *xml_element(struct xml_writer *writer, const char *name, const char *text); /* NULL text = left out */

#endif
