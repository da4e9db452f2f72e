/* http.h: what comes in and goes out, apart from any transport: fields, uploads, cookies, headers.
 * http_query.c urlencoded and cookies, http_multipart.c uploads, http_fcgi.c libfcgi (its only door).
 */
#ifndef MEKTEP_HTTP_H
#define MEKTEP_HTTP_H

#include "base/error.h"
#include "base/pool.h"

#include <signal.h>

enum {
    HTTP_FIELDS_MAX = 20000,        /* a bulk form of 4 000 rows has five fields a row */
    HTTP_FIELD_NAME_MAX = 100,      /* bytes */
    HTTP_FIELD_MAX = 256 * 1024,    /* bytes of one value */
    HTTP_FORM_MAX = 4 * 1024 * 1024, /* bytes of all values together, uploads apart */
    HTTP_UPLOADS_MAX = 20,
    HTTP_PART_HEADER_MAX = 4096,
};

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

/* An uploaded file: its bytes lie in an unlinked temporary file. */
struct upload {
    const char *filename; /* the last part of what the client said, cleaned; never used as a path */
    int fd;               /* at offset 0; closed with the pool */
    size_t size;
    char sha256[65];
    bool too_big;         /* over the limit: the bytes were dropped, size says how many came */
};

struct http_field {
    const char *name;     /* [A-Za-z0-9_.-]+ */
    const char *value;    /* valid UTF-8 without NUL; as typed, not cleaned; "" for an upload */
    struct upload *upload; /* NULL unless a file was sent (an empty file input counts as not sent) */
};
struct http_fields {
    struct http_field *rows;
    size_t count;
};

/* The first value of that name, or NULL. */
const char *http_get(const struct http_fields *fields, const char *name);
const struct http_field *http_find(const struct http_fields *fields, const char *name);

/* Parses "a=1&b=%D2%93". ERROR_INPUT for bad escapes, bad UTF-8, NUL or bad names; ERROR_TOO_BIG past the limits above. */
NEOERR *http_parse_query(struct pool *pool, const char *text, size_t length, struct http_fields *fields);

/* The reverse of one value: appends it percent-encoded. */
char *http_escape(struct pool *pool, const char *value);

/* The value of one cookie in a Cookie header, or NULL. Malformed pairs are skipped. */
char *http_cookie(struct pool *pool, const char *header, const char *name);

/* Streaming multipart/form-data parser (RFC 7578): push bytes as they come, in chunks of any size.
 * temp_dir holds the uploads while they are read; a file over file_max is read to its end but not kept. */
struct multipart;
NEOERR *multipart_new(struct pool *pool, const char *content_type, const char *temp_dir, size_t file_max, struct multipart **out);
NEOERR *multipart_push(struct multipart *parser, const char *bytes, size_t length);
NEOERR *multipart_end(struct multipart *parser, struct http_fields *fields);

/* ---- the message pair that app_handle works on ---- */

struct http_request {
    enum http_method method;
    const char *path;          /* decoded, valid UTF-8, begins with /; "" when what came is neither */
    const char *query;         /* raw, "" for none */
    const char *content_type;  /* "" for none */
    size_t content_length;
    const char *cookies;       /* the Cookie header, "" for none */
    const char *remote_address;
    const char *user_agent, *accept_language, *if_none_match;
    bool htmx;                 /* HX-Request: true */
    /* Reads the body on: 0 at its end, which is after content_length bytes; ERROR_INPUT when it breaks off before. */
    NEOERR *(*read)(void *transport, char *buffer, size_t size, size_t *got);
    void *transport;
};

struct http_response {
    int status;
    struct http_header {
        const char *name, *value;
        struct http_header *next;
    } *headers;
    STRING body;               /* ignored when a file is sent */
    const char *accel_path;    /* X-Accel-Redirect: nginx sends the file */
};
void http_response_init(struct http_response *response);
void http_response_release(struct http_response *response);
void http_header(struct pool *pool, struct http_response *response, const char *name, const char *value); /* CR and LF are refused by abort */

/* ---- FastCGI ---- */

/* Serves requests from descriptor 0 until *stop is set (then the one under way is finished first). Signals that set it
 * must be blocked outside the wait; http_fcgi_serve waits with ppoll and wait_mask. handle never fails: it answers. */
typedef void http_handle_fn(void *data, struct pool *pool, struct http_request *request, struct http_response *response);
NEOERR *http_fcgi_serve(volatile sig_atomic_t *stop, const sigset_t *wait_mask, http_handle_fn *handle, void *data);

#endif
