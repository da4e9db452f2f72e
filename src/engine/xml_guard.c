/* xml_guard.c: see xml_guard.h. It knows no more of XML than where tags and values begin and end. */
#include "engine/xml_guard.h"

#include "engine/i18n.h"

#include <string.h>
#include <strings.h>

/* ---- the encoding: in another one the guard would see nothing ---- */

static void keep_beginning(struct xml_guard *guard, const char *bytes, size_t length)
{
    size_t room = sizeof guard->beginning - 1 - guard->begun, kept = length < room ? length : room;
    memcpy(guard->beginning + guard->begun, bytes, kept);
    guard->begun += kept;
}

/* UTF-16 and UTF-32 show in the first two bytes, EBCDIC in the first one. */
static bool is_other_encoding(const struct xml_guard *guard)
{
    const unsigned char *first = (const unsigned char *)guard->beginning;
    return guard->begun > 1 && (first[0] == '\0' || first[1] == '\0' || first[0] >= 0xFE || first[0] == 0x4C);
}

/* The declaration, read to its end: of none or another encoding. One that is longer than what is kept says nothing that can be believed. */
static bool declares_other_encoding(const struct xml_guard *guard)
{
    const char *at = guard->beginning, *end = strstr(at, "?>");
    if (strncmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    if (strncmp(at, "<?xml", 5) != 0 || strchr(" \t\r\n", at[5]) == NULL)
        return false;
    const char *name = strstr(at, "encoding");
    if (end == NULL)
        return guard->begun == sizeof guard->beginning - 1;
    if (name == NULL || name > end)
        return false;
    name += strcspn(name, "\"'");
    return name >= end || strncasecmp(name + 1, "UTF-8", 5) != 0 || name[6] != name[0];
}

/* ---- the markup ---- */

static void enter_passage(struct xml_guard *guard, const char *end)
{
    guard->at = GUARD_PASSAGE;
    guard->end = end;
    guard->before[0] = guard->before[1] = '\0';
}

static void see_after_less(struct xml_guard *guard, char byte)
{
    guard->attributes = 0;
    guard->at = byte == '!' ? GUARD_BANG : byte == '>' ? GUARD_TEXT : GUARD_TAG;
    if (byte == '?')
        enter_passage(guard, "?>");
}

static void see_after_bang(struct xml_guard *guard, char byte)
{
    if (byte == '-')
        enter_passage(guard, "-->");
    else if (byte == '[')
        enter_passage(guard, "]]>");
    else
        guard->fault = N_("a DOCTYPE and entities of one's own are not allowed");
}

static void see_in_tag(struct xml_guard *guard, char byte)
{
    if (byte == '>')
        guard->at = GUARD_TEXT;
    if (byte != '"' && byte != '\'')
        return;
    guard->at = GUARD_VALUE;
    guard->quote = byte;
    if (++guard->attributes > XML_ATTRIBUTES_MAX)
        guard->fault = N_("an element has too many attributes");
}

static void see_in_passage(struct xml_guard *guard, char byte)
{
    size_t length = strlen(guard->end);
    bool ends = byte == '>' && guard->before[1] == guard->end[length - 2] && (length == 2 || guard->before[0] == guard->end[0]);
    if (ends)
        guard->at = GUARD_TEXT;
    guard->before[0] = guard->before[1];
    guard->before[1] = byte;
}

/* A "<" stands in no tag and no value: where there is one, the file is wrong or the guard is, and a new tag is taken to begin. */
static void see(struct xml_guard *guard, char byte)
{
    if (byte == '\n')
        guard->line++;
    if (byte == '<' && guard->at != GUARD_PASSAGE) {
        guard->at = GUARD_LESS;
        return;
    }
    switch (guard->at) {
    case GUARD_TEXT: break;
    case GUARD_LESS: see_after_less(guard, byte); break;
    case GUARD_BANG: see_after_bang(guard, byte); break;
    case GUARD_TAG: see_in_tag(guard, byte); break;
    case GUARD_VALUE: guard->at = byte == guard->quote ? GUARD_TAG : GUARD_VALUE; break;
    case GUARD_PASSAGE: see_in_passage(guard, byte); break;
    }
}

bool xml_guard_pass(struct xml_guard *guard, const char *bytes, size_t length)
{
    if (guard->line == 0)
        guard->line = 1;
    if (guard->begun < sizeof guard->beginning - 1) {
        keep_beginning(guard, bytes, length);
        if (is_other_encoding(guard) || declares_other_encoding(guard))
            guard->fault = N_("the encoding of the file must be UTF-8");
    }
    for (size_t i = 0; guard->fault == NULL && i < length; i++)
        see(guard, bytes[i]);
    return guard->fault == NULL;
}
