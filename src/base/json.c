/* json.c: see json.h. */
#include "base/json.h"

#include <string.h>

static NEOERR *name_member(STRING *json, const char *name)
{
    bool is_first = json->len == 0 || strchr("[,", json->buf[json->len - 1]) != NULL;
    return nerr_pass(string_appendf(json, "%c\"%s\":", is_first ? '{' : ',', name));
}

/* RFC 8259, 7: quotes, backslashes and control characters are escaped. */
static NEOERR *append_escaped(STRING *json, unsigned char letter)
{
    if (letter < ' ')
        return nerr_pass(string_appendf(json, "\\u%04x", letter));
    if (letter == '"' || letter == '\\')
        TRY(string_append_char(json, '\\'));
    return nerr_pass(string_append_char(json, (char)letter));
}

NEOERR *json_text(STRING *json, const char *name, const char *value)
{
    if (value == NULL)
        return STATUS_OK;
    TRY(name_member(json, name));
    TRY(string_append_char(json, '"'));
    for (; *value != '\0'; value++)
        TRY(append_escaped(json, (unsigned char)*value));
    return nerr_pass(string_append_char(json, '"'));
}

NEOERR *json_id(STRING *json, const char *name, int64_t value)
{
    if (value == 0)
        return STATUS_OK;
    TRY(name_member(json, name));
    return nerr_pass(string_appendf(json, "%lld", (long long)value));
}
