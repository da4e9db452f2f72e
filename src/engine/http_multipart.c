/* http_multipart.c: multipart/form-data (RFC 7578, RFC 2046 5.1) as a push parser: chunks of any size, bounded memory. */
#include "engine/http.h"
#include "engine/http_field.h"

#include "base/crypto.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { BOUNDARY_MAX = 70 }; /* RFC 2046 5.1.1 */

enum multipart_state {
    PART_BODY,      /* bytes of a part, or before the first delimiter, until the next delimiter */
    AFTER_DELIMITER, /* two bytes: CR LF opens a part, -- ends all */
    PART_HEADERS,
    EPILOGUE,       /* after the end: ignored, as RFC 2046 says */
};

struct multipart {
    struct pool *pool;
    const char *temp_dir;
    size_t file_max;
    struct http_fields fields;
    struct field_gatherer gatherer;
    size_t uploads;

    enum multipart_state state;
    char delimiter[BOUNDARY_MAX + 5]; /* CR LF - - boundary; CR stands nowhere else in it */
    size_t delimiter_length;
    size_t matched;       /* bytes of the delimiter seen and held back */
    char after[2];
    size_t after_length;
    char headers[HTTP_PART_HEADER_MAX + 1];
    size_t headers_length;

    /* the part under way; name NULL before the first one */
    const char *name, *filename; /* filename NULL: a plain value */
    STRING value;
    struct upload *upload;
    struct crypto_hash *hash;
};

/* ---- Content-Type and Content-Disposition ---- */

/* Goes over a value. In quotes only \" is an escape: browsers send a lone \ as it is. */
static NEOERR *parameter_end(const char **at)
{
    if (**at != '"') {
        *at += strcspn(*at, "; \t");
        return STATUS_OK;
    }
    for (++*at; **at != '"'; ++*at) {
        if ((*at)[0] == '\\' && (*at)[1] == '"')
            ++*at;
        if (**at == '\0')
            return nerr_raise(ERROR_INPUT, "read a multipart header: a quote is not closed");
    }
    ++*at;
    return STATUS_OK;
}

/* The value that parameter_end went over. */
static char *parameter_value(struct pool *pool, const char *from)
{
    if (*from != '"')
        return pool_strndup(pool, from, strcspn(from, "; \t"));
    char *value = pool_alloc(pool, strlen(from)), *to = value;
    for (from++; *from != '"'; *to++ = *from++)
        from += from[0] == '\\' && from[1] == '"';
    return value;
}

/* The value of one parameter of a header, or NULL. Only the one asked for takes memory: a head may name a thousand others. */
static NEOERR *parameter(struct pool *pool, const char *header, const char *name, char **value)
{
    size_t name_length = strlen(name);
    *value = NULL;
    for (const char *at = strchr(header, ';'); at != NULL && *at == ';';) {
        at += 1 + strspn(at + 1, " \t");
        size_t length = strcspn(at, "=;");
        bool is_it = length == name_length && strncasecmp(at, name, length) == 0;
        at += length;
        if (*at == ';')
            continue;
        if (*at == '\0')
            break;
        at++;
        const char *begin = at;
        TRY(parameter_end(&at));
        at += strspn(at, " \t");
        if (*at != ';' && *at != '\0')
            return nerr_raise(ERROR_INPUT, "read a multipart header: something stands after the value of %s", name);
        if (is_it && *value != NULL)
            return nerr_raise(ERROR_INPUT, "read a multipart header: %s is given twice", name);
        if (is_it)
            *value = parameter_value(pool, begin);
    }
    return STATUS_OK;
}

static bool begins_with(const char *text, const char *beginning)
{
    return strncasecmp(text, beginning, strlen(beginning)) == 0;
}

static void clear_value(void *value)
{
    string_clear(value);
}

NEOERR *multipart_new(struct pool *pool, const char *content_type, const char *temp_dir, size_t file_max, struct multipart **out)
{
    static const char type[] = "multipart/form-data";
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'()+_,-./:=? ";
    char *boundary;
    char after = begins_with(content_type, type) ? content_type[strlen(type)] : 'x';
    if (after != ';' && after != ' ')
        return nerr_raise(ERROR_INPUT, "read a multipart form: it is of another type");
    TRY(parameter(pool, content_type, "boundary", &boundary));
    size_t length = boundary == NULL ? 0 : strlen(boundary);
    if (length == 0 || length > BOUNDARY_MAX || strspn(boundary, allowed) != length || boundary[length - 1] == ' ')
        return nerr_raise(ERROR_INPUT, "read a multipart form: its boundary is missing or malformed");

    struct multipart *parser = pool_alloc(pool, sizeof *parser);
    *parser = (struct multipart){.pool = pool, .temp_dir = temp_dir, .file_max = file_max, .state = PART_BODY};
    parser->gatherer = (struct field_gatherer){.pool = pool, .fields = &parser->fields};
    parser->delimiter_length = (size_t)snprintf(parser->delimiter, sizeof parser->delimiter, "\r\n--%s", boundary);
    parser->matched = 2; /* the very first delimiter needs no CR LF before it */
    string_init(&parser->value);
    pool_cleanup(pool, clear_value, &parser->value);
    *out = parser;
    return STATUS_OK;
}

/* ---- uploads ---- */

static void close_upload(void *data)
{
    struct upload *upload = data;
    if (upload->fd >= 0)
        close(upload->fd);
}

/* The last part of what the client said, without control characters. */
static const char *clean_filename(struct pool *pool, const char *said)
{
    const char *last = said;
    for (const char *at = said; *at != '\0'; at++)
        if (*at == '/' || *at == '\\')
            last = at + 1;
    return text_clean(pool, last, false);
}

static NEOERR *open_upload(struct multipart *parser)
{
    if (parser->uploads++ == HTTP_UPLOADS_MAX)
        return nerr_raise(ERROR_TOO_BIG, "read a multipart form: it has more than %d files", HTTP_UPLOADS_MAX);
    struct upload *upload = pool_alloc(parser->pool, sizeof *upload);
    char *path = pool_printf(parser->pool, "%s/upload-XXXXXX", parser->temp_dir);
    upload->filename = clean_filename(parser->pool, parser->filename);
    upload->fd = mkostemp(path, O_CLOEXEC);
    if (upload->fd < 0)
        return nerr_raise(error_of_write(errno), "make a file for an upload in %s: %s", parser->temp_dir, strerror(errno));
    pool_cleanup(parser->pool, close_upload, upload);
    parser->upload = upload;
    parser->hash = crypto_hash_new(parser->pool);
    if (unlink(path) != 0)
        return nerr_raise(ERROR_INTERNAL, "unlink %s: %s", path, strerror(errno));
    return STATUS_OK;
}

static NEOERR *write_upload(struct multipart *parser, const char *bytes, size_t length)
{
    struct upload *upload = parser->upload;
    upload->size += length;
    if (upload->size > parser->file_max && !upload->too_big) {
        upload->too_big = true;
        if (ftruncate(upload->fd, 0) != 0)
            return nerr_raise(ERROR_INTERNAL, "empty an upload that is too big: %s", strerror(errno));
    }
    if (upload->too_big)
        return STATUS_OK;
    crypto_hash_add(parser->hash, bytes, length);
    while (length > 0) {
        ssize_t written = write(upload->fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return nerr_raise(error_of_write(errno), "write an upload in %s: %s", parser->temp_dir, strerror(errno));
        bytes += written;
        length -= (size_t)written;
    }
    return STATUS_OK;
}

/* ---- one part ---- */

static NEOERR *take_disposition(struct multipart *parser, const char *value)
{
    char *name, *filename;
    if (!begins_with(value, "form-data"))
        return nerr_raise(ERROR_INPUT, "read a multipart form: a part is not form-data");
    if (parser->name != NULL)
        return nerr_raise(ERROR_INPUT, "read a multipart form: a part has two dispositions");
    TRY(parameter(parser->pool, value, "name", &name));
    TRY(parameter(parser->pool, value, "filename", &filename));
    if (name == NULL)
        return nerr_raise(ERROR_INPUT, "read a multipart form: a part has no name");
    TRY(http_check_name(name));
    if (filename != NULL && !text_is_utf8(filename, strlen(filename)))
        return nerr_raise(ERROR_INPUT, "read a multipart form: the name of the file in %s is not UTF-8", name);
    parser->name = name;
    parser->filename = filename;
    return STATUS_OK;
}

static NEOERR *take_header(struct multipart *parser, char *line)
{
    char *colon = strchr(line, ':');
    if (colon == NULL || colon == line || strpbrk(line, "\r\n") != NULL)
        return nerr_raise(ERROR_INPUT, "read a multipart form: a line of a part's head is not a header");
    const char *value = colon + 1 + strspn(colon + 1, " \t");
    if (begins_with(line, "Content-Disposition:"))
        return nerr_pass(take_disposition(parser, value));
    if (begins_with(line, "Content-Type:") && begins_with(value, "multipart/"))
        return nerr_raise(ERROR_INPUT, "read a multipart form: a multipart stands inside a part");
    if (begins_with(line, "Content-Transfer-Encoding:") && (begins_with(value, "base64") || begins_with(value, "quoted-printable")))
        return nerr_raise(ERROR_INPUT, "read a multipart form: a part is transfer-encoded, which RFC 7578 4.7 forbids");
    return STATUS_OK;
}

static NEOERR *open_part(struct multipart *parser)
{
    if (strlen(parser->headers) != parser->headers_length)
        return nerr_raise(ERROR_INPUT, "read a multipart form: a NUL in a part's head");
    parser->name = NULL;
    parser->upload = NULL;
    string_clear(&parser->value);
    char *line = parser->headers;
    for (char *end; (end = strstr(line, "\r\n")) != line; line = end + 2) {
        *end = '\0';
        TRY(take_header(parser, line));
    }
    if (parser->name == NULL)
        return nerr_raise(ERROR_INPUT, "read a multipart form: a part has no Content-Disposition");
    parser->state = PART_BODY;
    return STATUS_OK;
}

/* An input of a file with nothing chosen comes with an empty filename and no bytes: it makes no upload. */
static NEOERR *part_bytes(struct multipart *parser, const char *bytes, size_t length)
{
    if (length == 0 || parser->name == NULL)
        return STATUS_OK;
    if (parser->filename != NULL) {
        if (parser->upload == NULL)
            TRY(open_upload(parser));
        return nerr_pass(write_upload(parser, bytes, length));
    }
    if ((size_t)parser->value.len + length > HTTP_FIELD_MAX)
        return nerr_raise(ERROR_TOO_BIG, "read a multipart form: the field %s has more than %d bytes", parser->name, HTTP_FIELD_MAX);
    return nerr_pass(string_appendn(&parser->value, bytes, (int)length));
}

static NEOERR *close_upload_part(struct multipart *parser)
{
    struct upload *upload = parser->upload;
    if (upload != NULL) {
        crypto_hash_end(parser->hash, upload->sha256);
        if (upload->too_big)
            upload->sha256[0] = '\0';
        if (lseek(upload->fd, 0, SEEK_SET) != 0)
            return nerr_raise(ERROR_INTERNAL, "go back to the beginning of an upload: %s", strerror(errno));
    }
    return nerr_pass(http_field_add(&parser->gatherer, parser->name, "", 0, upload));
}

static NEOERR *close_part(struct multipart *parser)
{
    if (parser->name == NULL)
        return STATUS_OK;
    if (parser->filename != NULL) {
        if (parser->upload == NULL && *parser->filename != '\0')
            TRY(open_upload(parser));
        return nerr_pass(close_upload_part(parser));
    }
    size_t length = (size_t)parser->value.len;
    const char *value = length == 0 ? "" : parser->value.buf;
    if (!text_is_utf8(value, length))
        return nerr_raise(ERROR_INPUT, "read a multipart form: the field %s is not UTF-8", parser->name);
    return nerr_pass(http_field_add(&parser->gatherer, parser->name, pool_strndup(parser->pool, value, length), length, NULL));
}

/* ---- the stream ---- */

/* Takes bytes up to the delimiter's end; what only looked like a delimiter is given back to the part. */
static NEOERR *push_body(struct multipart *parser, const char *bytes, size_t length, size_t *taken)
{
    size_t i = 0;
    while (i < length) {
        if (parser->matched == 0) {
            const char *cr = memchr(bytes + i, '\r', length - i);
            size_t run = cr == NULL ? length - i : (size_t)(cr - bytes) - i;
            TRY(part_bytes(parser, bytes + i, run));
            i += run;
            parser->matched = cr == NULL ? 0 : 1;
            i += parser->matched;
        } else if (bytes[i] == parser->delimiter[parser->matched]) {
            i++;
            if (++parser->matched < parser->delimiter_length)
                continue;
            TRY(close_part(parser));
            parser->name = NULL;
            parser->matched = parser->after_length = 0;
            parser->state = AFTER_DELIMITER;
            break;
        } else {
            TRY(part_bytes(parser, parser->delimiter, parser->matched));
            parser->matched = 0;
        }
    }
    *taken = i;
    return STATUS_OK;
}

static NEOERR *push_after(struct multipart *parser, char byte)
{
    parser->after[parser->after_length++] = byte;
    if (parser->after_length < sizeof parser->after)
        return STATUS_OK;
    parser->headers_length = 0;
    if (memcmp(parser->after, "\r\n", 2) == 0)
        parser->state = PART_HEADERS;
    else if (memcmp(parser->after, "--", 2) == 0)
        parser->state = EPILOGUE;
    else
        return nerr_raise(ERROR_INPUT, "read a multipart form: neither a new line nor -- stands after a boundary");
    return STATUS_OK;
}

static NEOERR *push_header(struct multipart *parser, char byte)
{
    if (parser->headers_length == HTTP_PART_HEADER_MAX)
        return nerr_raise(ERROR_TOO_BIG, "read a multipart form: the head of a part has more than %d bytes", HTTP_PART_HEADER_MAX);
    parser->headers[parser->headers_length++] = byte;
    parser->headers[parser->headers_length] = '\0';
    bool is_bare = parser->headers_length == 2 && memcmp(parser->headers, "\r\n", 2) == 0;
    if (is_bare || (parser->headers_length >= 4 && memcmp(parser->headers + parser->headers_length - 4, "\r\n\r\n", 4) == 0))
        return nerr_pass(open_part(parser));
    return STATUS_OK;
}

NEOERR *multipart_push(struct multipart *parser, const char *bytes, size_t length)
{
    size_t taken;
    for (; length > 0 && parser->state != EPILOGUE; bytes += taken, length -= taken) {
        taken = 1;
        switch (parser->state) {
        case PART_BODY: TRY(push_body(parser, bytes, length, &taken)); break;
        case AFTER_DELIMITER: TRY(push_after(parser, *bytes)); break;
        case PART_HEADERS: TRY(push_header(parser, *bytes)); break;
        case EPILOGUE: break;
        }
    }
    return STATUS_OK;
}

NEOERR *multipart_end(struct multipart *parser, struct http_fields *fields)
{
    if (parser->state != EPILOGUE)
        return nerr_raise(ERROR_INPUT, "read a multipart form: it breaks off");
    *fields = parser->fields;
    return STATUS_OK;
}
