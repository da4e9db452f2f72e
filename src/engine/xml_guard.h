/* xml_guard.h: the bytes of an XML file on their way to the library: what it would read for hours is seen and stopped before it. */
#ifndef MEKTEP_XML_GUARD_H
#define MEKTEP_XML_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/* A library looks at every pair of attributes of an element: a hundred thousand of them take it a minute. Ours have forty. */
enum { XML_ATTRIBUTES_MAX = 256 };

struct xml_guard {
    enum { GUARD_TEXT, GUARD_LESS, GUARD_BANG, GUARD_TAG, GUARD_VALUE, GUARD_PASSAGE } at;
    char quote;           /* that ends the value */
    const char *end;      /* of the passage: a comment, CDATA or an instruction */
    char before[2];       /* the two bytes before, within a passage */
    int attributes;       /* of the tag */
    char beginning[512];  /* of the file: how it is encoded is said there */
    size_t begun, line;
    const char *fault;    /* msgid of why the file goes no further; NULL = none */
};

/* Looks at the next bytes. False when the library must not get them: another encoding than UTF-8, a DOCTYPE, an element with more than
 * XML_ATTRIBUTES_MAX attributes; then fault and line say so. What is no XML at all is left to the library. */
bool xml_guard_pass(struct xml_guard *guard, const char *bytes, size_t length);

#endif
