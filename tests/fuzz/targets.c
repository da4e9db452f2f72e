/* targets.c: the readers of what strangers send, and what must be so whatever they read. */
#include "targets.h"

#include "base/crypto.h"
#include "base/iin.h"
#include "base/log.h"
#include "base/name.h"
#include "engine/area.h"
#include "engine/config.h"
#include "engine/http.h"
#include "engine/xml.h"
#include "engine/zip.h"
#include "school/areas.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FILE_LIMIT = 300, DEPTH_LIMIT = 32 };

#define MUST(condition)                                                             \
    do {                                                                            \
        if (!(condition)) {                                                         \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                \
        }                                                                           \
    } while (0)

/* A stranger's bytes may be refused, but never be our mistake. */
static bool is_taken(NEOERR *error)
{
    if (error == STATUS_OK)
        return true;
    MUST(nerr_match(error, ERROR_INPUT) || nerr_match(error, ERROR_TOO_BIG));
    MUST(error_message(error)[0] != '\0');
    error_release(error);
    return false;
}

static int file_of(const char *bytes, size_t length)
{
    int fd = memfd_create("input", MFD_CLOEXEC);
    MUST(fd >= 0 && write(fd, bytes, length) == (ssize_t)length && lseek(fd, 0, SEEK_SET) == 0);
    return fd;
}

/* ---- forms ---- */

static void check_fields(const struct http_fields *fields)
{
    MUST(fields->count <= HTTP_FIELDS_MAX);
    for (size_t i = 0; i < fields->count; i++) {
        const struct http_field *field = &fields->rows[i];
        MUST(field->name[0] != '\0' && strlen(field->name) <= HTTP_FIELD_NAME_MAX && strpbrk(field->name, " &=<>\"'\r\n") == NULL);
        MUST(text_is_utf8(field->value, strlen(field->value)));
        MUST(field->upload == NULL || (field->upload->filename != NULL && strpbrk(field->upload->filename, "/\\\r\n") == NULL));
    }
}

static void check_same(const struct http_fields *a, const struct http_fields *b)
{
    MUST(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct upload *one = a->rows[i].upload, *other = b->rows[i].upload;
        MUST(strcmp(a->rows[i].name, b->rows[i].name) == 0 && strcmp(a->rows[i].value, b->rows[i].value) == 0);
        MUST((one == NULL) == (other == NULL));
        MUST(one == NULL || (one->size == other->size && strcmp(one->sha256, other->sha256) == 0 && one->too_big == other->too_big));
    }
}

/* Written again, the fields read the same. */
static void read_query(struct pool *pool, const char *bytes, size_t length)
{
    struct http_fields fields, again;
    char *text = pool_strdup(pool, "");
    if (!is_taken(http_parse_query(pool, bytes, length, &fields)))
        return;
    check_fields(&fields);
    for (size_t i = 0; i < fields.count; i++)
        text = pool_printf(pool, "%s%s=%s&", text, fields.rows[i].name, http_escape(pool, fields.rows[i].value));
    MUST(is_taken(http_parse_query(pool, text, strlen(text), &again)));
    check_same(&fields, &again);
}

static bool push_all(struct pool *pool, const char *bytes, size_t length, size_t chunk, struct http_fields *fields)
{
    struct multipart *parser;
    MUST(is_taken(multipart_new(pool, "multipart/form-data; boundary=x", "/tmp", FILE_LIMIT, &parser)));
    for (size_t at = 0; at < length; at += chunk)
        if (!is_taken(multipart_push(parser, bytes + at, length - at < chunk ? length - at : chunk)))
            return false;
    return is_taken(multipart_end(parser, fields));
}

/* In one piece, byte by byte and in sevens: the same. */
static void read_multipart(struct pool *pool, const char *bytes, size_t length)
{
    static const size_t chunks[] = {1, 7};
    struct http_fields whole, pieces;
    bool taken = push_all(pool, bytes, length, length + 1, &whole);
    if (taken)
        check_fields(&whole);
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        MUST(push_all(pool, bytes, length, chunks[i], &pieces) == taken);
        if (taken)
            check_same(&whole, &pieces);
    }
}

static void read_cookie(struct pool *pool, const char *bytes, size_t length)
{
    const char *value = http_cookie(pool, bytes, "mektep-8080");
    MUST(value == NULL || (strlen(value) < length && strchr(value, ';') == NULL));
}

/* ---- addresses ---- */

static void read_route(struct pool *pool, const char *bytes, size_t length)
{
    struct request rq = {.pool = pool};
    (void)length;
    if (route_find(&rq, HTTP_GET, bytes) != ROUTE_FOUND)
        return;
    MUST(bytes[0] == '/' && rq.route != NULL && rq.route->method == HTTP_GET);
    MUST((strncmp(rq.route->path, "/ORG/", 5) == 0) == (rq.place.org > 0));
    MUST(rq.place.year == 0 || (rq.place.year >= 1900 && rq.place.year <= 2200));
}

/* ---- files ---- */

static void read_config(struct pool *pool, const char *bytes, size_t length)
{
    struct config config;
    int fd = file_of(bytes, length);
    if (is_taken(config_load(pool, pool_printf(pool, "/proc/self/fd/%d", fd), &config)))
        MUST(config.web_workers > 0 && config.base_url != NULL && config.upload_max_mb > 0);
    close(fd);
}

static void read_xml(struct pool *pool, const char *bytes, size_t length)
{
    struct xml_reader *reader;
    enum xml_event event = XML_START;
    int fd = file_of(bytes, length);
    if (is_taken(xml_open(pool, fd, NULL, &reader))) {
        while (event != XML_DONE && is_taken(xml_next(reader, &event))) {
            MUST(xml_depth(reader) <= DEPTH_LIMIT);
            MUST(event != XML_TEXT || text_is_utf8(xml_text(reader), strlen(xml_text(reader))));
        }
        xml_close(reader);
    }
    close(fd);
}

static void read_zip(struct pool *pool, const char *bytes, size_t length)
{
    static const struct zip_limits limits = {.files = 10, .total = 100000, .ratio = 100};
    struct zip_package *package;
    int fd = file_of(bytes, length);
    (void)pool;
    if (is_taken(zip_read_open(fd, &limits, &package))) {
        MUST(zip_count(package) <= limits.files);
        for (size_t i = 0; i < zip_count(package); i++) {
            const char *name = zip_entry_name(package, i);
            int out = file_of("", 0);
            MUST(name[0] != '/' && strstr(name, "../") == NULL);
            is_taken(zip_extract(package, name, out));
            MUST(lseek(out, 0, SEEK_END) <= (off_t)limits.total);
            close(out);
        }
        zip_read_close(package);
    }
    close(fd);
}

/* ---- what people type ---- */

static void read_date(struct pool *pool, const char *bytes, size_t length)
{
    struct date date, again;
    char iso[DATE_ISO_SIZE];
    (void)pool;
    (void)length;
    if (date_parse(bytes, &date) != DATE_OK)
        return;
    MUST(date_is_real(date));
    date_to_iso(date, iso);
    MUST(date_from_iso(iso, &again) && date_compare(date, again) == 0);
}

static void read_text(struct pool *pool, const char *bytes, size_t length)
{
    if (!text_is_utf8(bytes, length))
        return;
    const char *clean = text_clean(pool, bytes, length % 2 == 0), *folded = text_fold(pool, bytes);
    unsigned char key[64];
    MUST(text_is_utf8(clean, strlen(clean)) && text_length(clean) <= length);
    MUST(strcmp(text_clean(pool, clean, length % 2 == 0), clean) == 0);
    MUST(text_is_utf8(folded, strlen(folded)) && strcmp(text_fold(pool, folded), folded) == 0);
    MUST(text_sort_key(clean, key, sizeof key) <= sizeof key);
    const char *other = text_other_layout(pool, bytes);
    MUST(other == NULL || text_is_utf8(other, strlen(other)));
}

static void read_name(struct pool *pool, const char *bytes, size_t length)
{
    if (!text_is_utf8(bytes, length))
        return;
    const char *name = text_clean(pool, bytes, false), *mended = name_mend(pool, name), *usual = name_usual_case(pool, name);
    MUST(text_is_utf8(mended, strlen(mended)) && text_is_utf8(usual, strlen(usual)));
    MUST(name_check(name) != NAME_OK || strpbrk(name, "<>&\"0123456789") == NULL);
    MUST(!name_is_class(name) || strpbrk(name, "<>&\" ") == NULL);
    MUST(iin_check(name) != IIN_OK || strlen(name) == IIN_SIZE - 1);
}

const struct target targets[] = {
    {"query", read_query}, {"multipart", read_multipart}, {"cookie", read_cookie}, {"route", read_route}, {"config", read_config},
    {"xml", read_xml}, {"zip", read_zip}, {"date", read_date}, {"text", read_text}, {"name", read_name}, {0},
};

static void must(NEOERR *error)
{
    if (error == STATUS_OK)
        return;
    log_error(error);
    abort();
}

void targets_init(void)
{
    must(error_init());
    must(crypto_init());
    must(text_init());
    must(registers_init(areas));
}

void targets_end(void)
{
    text_end();
}
