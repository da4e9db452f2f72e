/* http.c: what every part of http shares: finding fields, headers of an answer. */
#include "engine/http.h"

#include <stdlib.h>
#include <string.h>

const struct http_field *http_find(const struct http_fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (strcmp(fields->rows[i].name, name) == 0)
            return &fields->rows[i];
    return NULL;
}

const char *http_get(const struct http_fields *fields, const char *name)
{
    const struct http_field *field = http_find(fields, name);
    return field == NULL ? NULL : field->value;
}

void http_response_init(struct http_response *response)
{
    *response = (struct http_response){.status = 200};
    string_init(&response->body);
}

void http_response_release(struct http_response *response)
{
    string_clear(&response->body);
}

void http_header(struct pool *pool, struct http_response *response, const char *name, const char *value)
{
    if (strpbrk(name, "\r\n") != NULL || strpbrk(value, "\r\n") != NULL)
        abort(); /* words from outside would make headers of their own */
    struct http_header **end = &response->headers;
    while (*end != NULL)
        end = &(*end)->next;
    *end = pool_alloc(pool, sizeof **end);
    (*end)->name = pool_strdup(pool, name);
    (*end)->value = pool_strdup(pool, value);
}
