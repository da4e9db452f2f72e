/* xml_read.c: hostile XML in a stream, valid by its schema up to the node in hand. See xml.h. */
#include "engine/xml.h"

#include "engine/i18n.h"
#include "engine/xml_guard.h"

#include <errno.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlschemas.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { DEPTH_MAX = 32 };

/* ---- the schema ---- */

struct xml_schema {
    xmlSchemaPtr compiled;
};

struct complaint {
    char words[300];
    int line;
};

/* Only the first complaint counts: the later ones follow from it. */
static void keep_complaint(struct complaint *complaint, int line, const char *words)
{
    if (complaint->words[0] != '\0')
        return;
    complaint->line = line;
    snprintf(complaint->words, sizeof complaint->words, "%s", words != NULL ? words : "unknown fault");
    complaint->words[strcspn(complaint->words, "\n")] = '\0';
}

static void hear_schema(void *data, xmlErrorPtr error)
{
    keep_complaint(data, error->line, error->message);
}

NEOERR *xml_schema_load(const char *path, struct xml_schema **out)
{
    struct complaint complaint = {0};
    if (access(path, R_OK) != 0)
        return nerr_raise_errno(ERROR_INTERNAL, "reading the schema %s", path);
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt(path);
    struct xml_schema *schema = calloc(1, sizeof *schema);
    if (parser == NULL || schema == NULL) {
        xmlSchemaFreeParserCtxt(parser);
        free(schema);
        return nerr_raise(NERR_NOMEM, "no memory for the schema %s", path);
    }
    xmlSchemaSetParserStructuredErrors(parser, hear_schema, &complaint);
    schema->compiled = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    if (schema->compiled == NULL) {
        free(schema);
        return nerr_raise(ERROR_INTERNAL, "reading the schema %s: line %d: %s", path, complaint.line, complaint.words);
    }
    *out = schema;
    return STATUS_OK;
}

void xml_schema_free(struct xml_schema *schema)
{
    if (schema == NULL)
        return;
    xmlSchemaFree(schema->compiled);
    free(schema);
}

/* ---- the reader ---- */

struct xml_reader {
    struct pool *pool;    /* the caller's: holds the reader and the fault */
    struct pool *node;    /* holds what belongs to the event in hand */
    xmlTextReaderPtr library;
    int fd;
    struct xml_guard guard;
    bool close_follows;   /* an empty element is an opening and a closing event */
    int ahead;            /* kind of the node after the text in hand, where the library stands already; -1 = none */
    bool is_done;
    STRING text;
    int line;
    struct complaint complaint;
    struct xml_fault fault;
};

static int read_bytes(void *data, char *buffer, int length)
{
    struct xml_reader *reader = data;
    ssize_t got;
    do
        got = read(reader->fd, buffer, (size_t)length);
    while (got < 0 && errno == EINTR);
    return got > 0 && !xml_guard_pass(&reader->guard, buffer, (size_t)got) ? -1 : (int)got;
}

static int close_bytes(void *data)
{
    (void)data;
    return 0;
}

static void hear(void *data, xmlErrorPtr error)
{
    struct xml_reader *reader = data;
    if (error->level >= XML_ERR_ERROR)
        keep_complaint(&reader->complaint, error->line, error->message);
}

static void release_reader(void *data)
{
    struct xml_reader *reader = data;
    if (reader->library != NULL)
        xmlFreeTextReader(reader->library);
    reader->library = NULL;
    if (reader->node != NULL)
        string_clear(&reader->text);
    pool_free(reader->node);
    reader->node = NULL;
}

NEOERR *xml_open(struct pool *pool, int fd, const struct xml_schema *schema, struct xml_reader **out)
{
    struct xml_reader *reader = pool_alloc(pool, sizeof *reader);
    *reader = (struct xml_reader){.pool = pool, .node = pool_new(), .fd = fd, .ahead = -1};
    string_init(&reader->text);
    pool_cleanup(pool, release_reader, reader);
    reader->library = xmlReaderForIO(read_bytes, close_bytes, reader, NULL, NULL, XML_PARSE_NONET | XML_PARSE_BIG_LINES);
    if (reader->library == NULL)
        return nerr_raise(NERR_NOMEM, "no memory for an XML reader");
    xmlTextReaderSetStructuredErrorHandler(reader->library, hear, reader);
    if (schema != NULL && xmlTextReaderSetSchema(reader->library, schema->compiled) != 0)
        return nerr_raise(ERROR_INTERNAL, "setting the schema of an XML reader");
    *out = reader;
    return STATUS_OK;
}

void xml_close(struct xml_reader *reader)
{
    release_reader(reader);
}

static NEOERR *refuse(struct xml_reader *reader, int line, const char *reason)
{
    reader->fault = (struct xml_fault){.line = line, .reason = pool_strdup(reader->pool, reason)};
    return nerr_raise(ERROR_INPUT, "reading XML: line %d: %s", line, reason);
}

static int node_line(const struct xml_reader *reader)
{
    enum { LINE_SHORT = 65535 }; /* a node keeps 16 bits; beyond them the parser's place, a few lines ahead at most, is near enough */
    long line = xmlGetLineNo(xmlTextReaderCurrentNode(reader->library));
    return line > 0 && line != LINE_SHORT ? (int)line : xmlTextReaderGetParserLineNumber(reader->library);
}

/* One step of the library: type gets the kind of its node, XML_READER_TYPE_NONE at the end. */
static NEOERR *step(struct xml_reader *reader, int *type)
{
    int came = xmlTextReaderRead(reader->library);
    if (reader->guard.fault != NULL)
        return nerr_pass(refuse(reader, (int)reader->guard.line, reader->guard.fault));
    if (reader->complaint.words[0] != '\0')
        return nerr_pass(refuse(reader, reader->complaint.line, reader->complaint.words));
    if (came < 0)
        return nerr_pass(refuse(reader, xmlTextReaderGetParserLineNumber(reader->library), N_("the file ends before its elements do")));
    *type = came == 0 ? XML_READER_TYPE_NONE : xmlTextReaderNodeType(reader->library);
    if (*type == XML_READER_TYPE_ELEMENT && xmlTextReaderDepth(reader->library) >= DEPTH_MAX)
        return nerr_pass(refuse(reader, node_line(reader), N_("elements are nested too deeply")));
    return STATUS_OK;
}

static bool is_text(int type)
{
    return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
           type == XML_READER_TYPE_WHITESPACE;
}

static bool is_passed_over(int type)
{
    return type == XML_READER_TYPE_COMMENT || type == XML_READER_TYPE_PROCESSING_INSTRUCTION || type == XML_READER_TYPE_XML_DECLARATION;
}

static bool is_blank(const STRING *text)
{
    return text->len == 0 || strspn(text->buf, " \t\r\n") == (size_t)text->len;
}

/* Reads on until an element begins or ends, or the document does; the text before it is gathered. */
static NEOERR *gather(struct xml_reader *reader, int *type)
{
    string_clear(&reader->text);
    TRY(step(reader, type));
    reader->line = node_line(reader);
    while (is_text(*type) || is_passed_over(*type)) {
        if (is_text(*type))
            TRY(string_append(&reader->text, (const char *)xmlTextReaderConstValue(reader->library)));
        TRY(step(reader, type));
    }
    return STATUS_OK;
}

static enum xml_event event_here(struct xml_reader *reader, int type)
{
    if (type == XML_READER_TYPE_NONE) {
        reader->is_done = true;
        return XML_DONE;
    }
    reader->line = node_line(reader);
    if (type == XML_READER_TYPE_END_ELEMENT)
        return XML_CLOSE;
    reader->close_follows = xmlTextReaderIsEmptyElement(reader->library) == 1;
    return XML_START;
}

NEOERR *xml_next(struct xml_reader *reader, enum xml_event *event)
{
    int type = XML_READER_TYPE_NONE;
    pool_reset(reader->node);
    *event = XML_DONE;
    if (reader->is_done)
        return STATUS_OK;
    if (reader->close_follows) {
        reader->close_follows = false;
        *event = XML_CLOSE;
        return STATUS_OK;
    }
    if (reader->ahead >= 0) {
        string_clear(&reader->text);
        *event = event_here(reader, reader->ahead);
        reader->ahead = -1;
        return STATUS_OK;
    }
    TRY(gather(reader, &type));
    if (!is_blank(&reader->text)) {
        reader->ahead = type;
        *event = XML_TEXT;
        return STATUS_OK;
    }
    *event = event_here(reader, type);
    return STATUS_OK;
}

const char *xml_name(const struct xml_reader *reader)
{
    return (const char *)xmlTextReaderConstLocalName(reader->library);
}

const char *xml_namespace(const struct xml_reader *reader)
{
    const char *uri = (const char *)xmlTextReaderConstNamespaceUri(reader->library);
    return uri != NULL ? uri : "";
}

const char *xml_attribute(struct xml_reader *reader, const char *name)
{
    xmlChar *value = xmlTextReaderGetAttribute(reader->library, (const xmlChar *)name);
    char *kept = pool_strdup(reader->node, (const char *)value);
    xmlFree(value);
    return kept;
}

const char *xml_text(const struct xml_reader *reader)
{
    return reader->text.buf != NULL ? reader->text.buf : "";
}

int xml_line(const struct xml_reader *reader)
{
    return reader->line;
}

int xml_depth(const struct xml_reader *reader)
{
    return xmlTextReaderDepth(reader->library) + 1;
}

const struct xml_fault *xml_fault(const struct xml_reader *reader)
{
    return &reader->fault;
}
