/* http_query.c: urlencoded fields, percent-encoding, cookies. */
#include "engine/http.h"
#include "engine/http_field.h"

#include "base/text.h"

#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

NEOERR *http_unescape(struct pool *pool, const char *text, size_t length, bool plus_is_space, char **out)
{
    char *to = *out = pool_alloc(pool, length + 1);
    for (size_t i = 0; i < length; i++) {
        if (text[i] != '%') {
            *to++ = text[i] == '+' && plus_is_space ? ' ' : text[i];
            continue;
        }
        int high = i + 2 < length ? hex_digit(text[i + 1]) : -1, low = i + 2 < length ? hex_digit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return nerr_raise(ERROR_INPUT, "decode a sent text: a %% at byte %zu without two hex digits", i);
        *to++ = (char)(high * 16 + low);
        i += 2;
    }
    *to = '\0';
    if (!text_is_utf8(*out, (size_t)(to - *out)))
        return nerr_raise(ERROR_INPUT, "decode a sent text: it is not UTF-8");
    return STATUS_OK;
}

NEOERR *http_check_name(const char *name)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    size_t length = strlen(name);
    if (length == 0)
        return nerr_raise(ERROR_INPUT, "read a field: it has no name");
    if (length > HTTP_FIELD_NAME_MAX)
        return nerr_raise(ERROR_TOO_BIG, "read a field: its name has %zu bytes, at most %d may be", length, HTTP_FIELD_NAME_MAX);
    if (strspn(name, allowed) != length)
        return nerr_raise(ERROR_INPUT, "read a field: a character in its name is not allowed");
    return STATUS_OK;
}

NEOERR *http_field_add(struct field_gatherer *gatherer, const char *name, const char *value, size_t length, struct upload *upload)
{
    struct http_fields *fields = gatherer->fields;
    gatherer->bytes += length;
    if (fields->count == HTTP_FIELDS_MAX)
        return nerr_raise(ERROR_TOO_BIG, "read a form: it has more than %d fields", HTTP_FIELDS_MAX);
    if (length > HTTP_FIELD_MAX)
        return nerr_raise(ERROR_TOO_BIG, "read a form: the field %s has more than %d bytes", name, HTTP_FIELD_MAX);
    if (gatherer->bytes > HTTP_FORM_MAX)
        return nerr_raise(ERROR_TOO_BIG, "read a form: all its fields have more than %d bytes", HTTP_FORM_MAX);
    if (fields->count == gatherer->room) {
        gatherer->room = gatherer->room == 0 ? 16 : gatherer->room * 2;
        struct http_field *rows = pool_alloc(gatherer->pool, gatherer->room * sizeof *rows);
        if (fields->count > 0)
            memcpy(rows, fields->rows, fields->count * sizeof *rows);
        fields->rows = rows;
    }
    fields->rows[fields->count++] = (struct http_field){.name = name, .value = value, .upload = upload};
    return STATUS_OK;
}

static NEOERR *parse_pair(struct field_gatherer *gatherer, const char *pair, size_t length)
{
    const char *equals = memchr(pair, '=', length);
    size_t name_length = equals == NULL ? length : (size_t)(equals - pair);
    const char *value = equals == NULL ? pair + length : equals + 1;
    char *name_text, *value_text;
    TRY(http_unescape(gatherer->pool, pair, name_length, true, &name_text));
    TRY(http_check_name(name_text));
    TRY(http_unescape(gatherer->pool, value, (size_t)(pair + length - value), true, &value_text));
    return nerr_pass(http_field_add(gatherer, name_text, value_text, strlen(value_text), NULL));
}

NEOERR *http_parse_query(struct pool *pool, const char *text, size_t length, struct http_fields *fields)
{
    struct field_gatherer gatherer = {.pool = pool, .fields = fields};
    const char *end = text + length;
    *fields = (struct http_fields){0};
    while (text < end) {
        const char *amp = memchr(text, '&', (size_t)(end - text));
        size_t pair = (size_t)((amp == NULL ? end : amp) - text);
        if (pair > 0)
            TRY(parse_pair(&gatherer, text, pair));
        text += pair + 1;
    }
    return STATUS_OK;
}

char *http_escape(struct pool *pool, const char *value)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    static const char hex[] = "0123456789ABCDEF";
    char *out = pool_alloc(pool, strlen(value) * 3 + 1), *to = out;
    for (const char *from = value; *from != '\0'; from++) {
        unsigned char c = (unsigned char)*from;
        if (strchr(plain, c) != NULL) {
            *to++ = *from;
            continue;
        }
        *to++ = '%';
        *to++ = hex[c >> 4];
        *to++ = hex[c & 15];
    }
    *to = '\0';
    return out;
}

char *http_cookie(struct pool *pool, const char *header, const char *name)
{
    size_t name_length = strlen(name);
    while (*header != '\0') {
        header += strspn(header, " \t;");
        size_t length = strcspn(header, ";");
        if (length > name_length && strncmp(header, name, name_length) == 0 && header[name_length] == '=') {
            const char *value = header + name_length + 1;
            length -= name_length + 1;
            while (length > 0 && (value[length - 1] == ' ' || value[length - 1] == '\t'))
                length--;
            return pool_strndup(pool, value, length);
        }
        header += length;
    }
    return NULL;
}
