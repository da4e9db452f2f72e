/* xml_write.c: XML by hand: two-space indentation, LF, the same calls give the same bytes. See xml.h. */
#include "engine/xml.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER_BYTES = 64 * 1024, OPEN_MAX_DEPTH = 32, INDENT = 2 };

struct xml_writer {
    int fd;
    size_t filled;
    char buffer[BUFFER_BYTES];
    struct open_element {
        char name[64];
        bool has_elements, has_text;
    } open[OPEN_MAX_DEPTH];
    int depth;
    bool in_tag; /* "<name" is written and its ">" is not */
};

static NEOERR *flush(struct xml_writer *writer)
{
    size_t done = 0;
    while (done < writer->filled) {
        ssize_t put = write(writer->fd, writer->buffer + done, writer->filled - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return nerr_raise_errno(error_of_write(errno), "writing XML");
        done += (size_t)put;
    }
    writer->filled = 0;
    return STATUS_OK;
}

static NEOERR *put(struct xml_writer *writer, const char *bytes, size_t length)
{
    while (length > 0) {
        size_t room = BUFFER_BYTES - writer->filled;
        size_t part = length < room ? length : room;
        memcpy(writer->buffer + writer->filled, bytes, part);
        writer->filled += part;
        bytes += part;
        length -= part;
        if (writer->filled == BUFFER_BYTES)
            TRY(flush(writer));
    }
    return STATUS_OK;
}

static NEOERR *puts_(struct xml_writer *writer, const char *text)
{
    return nerr_pass(put(writer, text, strlen(text)));
}

/* What stands for a character in content or in an attribute; NULL = itself. A control character has no form in XML 1.0. */
static const char *escaped(unsigned char c, bool in_attribute)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '\r': return "&#13;";
    case '"': return in_attribute ? "&quot;" : NULL;
    case '\n': return in_attribute ? "&#10;" : NULL;
    case '\t': return in_attribute ? "&#9;" : NULL;
    default: return c < ' ' || c == 0x7f ? "\xEF\xBF\xBD" : NULL;
    }
}

static NEOERR *put_escaped(struct xml_writer *writer, const char *text, bool in_attribute)
{
    const char *plain = text;
    for (; *text != '\0'; text++) {
        const char *instead = escaped((unsigned char)*text, in_attribute);
        if (instead == NULL)
            continue;
        TRY(put(writer, plain, (size_t)(text - plain)));
        TRY(puts_(writer, instead));
        plain = text + 1;
    }
    return nerr_pass(put(writer, plain, (size_t)(text - plain)));
}

static NEOERR *new_line(struct xml_writer *writer, int depth)
{
    static const char spaces[OPEN_MAX_DEPTH * INDENT + 1] = "                                                                ";
    TRY(puts_(writer, "\n"));
    return nerr_pass(put(writer, spaces, (size_t)(depth * INDENT)));
}

static NEOERR *end_tag_of_start(struct xml_writer *writer)
{
    if (!writer->in_tag)
        return STATUS_OK;
    writer->in_tag = false;
    return nerr_pass(puts_(writer, ">"));
}

NEOERR *xml_writer_open(int fd, struct xml_writer **out)
{
    struct xml_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL)
        return nerr_raise(NERR_NOMEM, "no memory for an XML writer");
    writer->fd = fd;
    *out = writer;
    return nerr_pass(puts_(writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
}

static NEOERR *end_all(struct xml_writer *writer)
{
    while (writer->depth > 0)
        TRY(xml_end(writer));
    TRY(puts_(writer, "\n"));
    return nerr_pass(flush(writer));
}

NEOERR *xml_writer_close(struct xml_writer *writer)
{
    NEOERR *error = end_all(writer);
    free(writer);
    return nerr_pass(error);
}

void xml_writer_abandon(struct xml_writer *writer)
{
    free(writer);
}

NEOERR *xml_start(struct xml_writer *writer, const char *name)
{
    struct open_element *element = &writer->open[writer->depth];
    if (writer->depth == OPEN_MAX_DEPTH || strlen(name) >= sizeof element->name)
        return nerr_raise(ERROR_INTERNAL, "writing XML: <%s> is too deep or too long", name);
    TRY(end_tag_of_start(writer));
    if (writer->depth > 0)
        element[-1].has_elements = true;
    *element = (struct open_element){0};
    memcpy(element->name, name, strlen(name) + 1);
    TRY(new_line(writer, writer->depth++));
    TRY(puts_(writer, "<"));
    writer->in_tag = true;
    return nerr_pass(puts_(writer, name));
}

NEOERR *xml_put_attribute(struct xml_writer *writer, const char *name, const char *value)
{
    if (value == NULL)
        return STATUS_OK;
    if (!writer->in_tag)
        return nerr_raise(ERROR_INTERNAL, "writing XML: attribute %s outside of a start tag", name);
    TRY(puts_(writer, " "));
    TRY(puts_(writer, name));
    TRY(puts_(writer, "=\""));
    TRY(put_escaped(writer, value, true));
    return nerr_pass(puts_(writer, "\""));
}

NEOERR *xml_put_text(struct xml_writer *writer, const char *text)
{
    if (writer->depth == 0)
        return nerr_raise(ERROR_INTERNAL, "writing XML: text outside of an element");
    TRY(end_tag_of_start(writer));
    writer->open[writer->depth - 1].has_text = true;
    return nerr_pass(put_escaped(writer, text, false));
}

NEOERR *xml_end(struct xml_writer *writer)
{
    if (writer->depth == 0)
        return nerr_raise(ERROR_INTERNAL, "writing XML: no element is open");
    const struct open_element *element = &writer->open[--writer->depth];
    if (writer->in_tag) {
        writer->in_tag = false;
        return nerr_pass(puts_(writer, "/>"));
    }
    if (element->has_elements && !element->has_text)
        TRY(new_line(writer, writer->depth));
    TRY(puts_(writer, "</"));
    TRY(puts_(writer, element->name));
    return nerr_pass(puts_(writer, ">"));
}

NEOERR *xml_element(struct xml_writer *writer, const char *name, const char *text)
{
    if (text == NULL)
        return STATUS_OK;
    TRY(xml_start(writer, name));
    TRY(xml_put_text(writer, text));
    return nerr_pass(xml_end(writer));
}
