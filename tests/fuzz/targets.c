/* targets.c: the readers of what strangers send, and what must be so whatever they read. */
#include "targets.h"

#include "base/crypto.h"
#include "base/iin.h"
#include "base/log.h"
#include "base/name.h"
#include "engine/area.h"
#include "engine/config.h"
#include "engine/document.h"
#include "engine/http.h"
#include "engine/view.h"
#include "engine/xml.h"
#include "engine/zip.h"
#include "school/areas.h"
#include "school/exchange/kinds.h"

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

static struct xml_schema *contingent;

/* By the schema: what reaches the staging of an import has the attributes of its kind only, and each of its type. */
static void check_element(struct xml_reader *reader)
{
    const struct exchange_kind *kind = exchange_kind_find(xml_name(reader));
    MUST(strcmp(xml_namespace(reader), CONTINGENT_NAMESPACE) == 0);
    for (const struct exchange_field *field = kind == NULL ? NULL : kind->fields; field != NULL && field->attribute != NULL; field++) {
        const char *value = xml_attribute(reader, field->attribute);
        MUST(value != NULL || (field->flags & EXCHANGE_REQUIRED) == 0 || field->type == EXCHANGE_MADE);
        if (value == NULL)
            continue;
        MUST(text_is_utf8(value, strlen(value)) && strlen(value) < 100000);
        MUST(field->type == EXCHANGE_TEXT || field->type == EXCHANGE_LINES || strpbrk(value, "\"\\<>&'\r\n\t") == NULL);
    }
}

static void read_import(struct pool *pool, const char *bytes, size_t length)
{
    struct xml_reader *reader;
    enum xml_event event = XML_START;
    int fd = file_of(bytes, length);
    if (is_taken(xml_open(pool, fd, contingent, &reader))) {
        while (event != XML_DONE && is_taken(xml_next(reader, &event)))
            if (event == XML_START)
                check_element(reader);
        xml_close(reader);
    }
    close(fd);
}

/* ---- what is given out ---- */

enum { CSV_COLUMNS = 3, CSV_ROWS_MAX = 100 };

/* One cell as RFC 4180 has it; at goes behind it and its separator. */
static char *csv_cell(struct pool *pool, const char **at)
{
    char *out = pool_alloc(pool, strlen(*at) + 1), *to = out;
    bool is_quoted = **at == '"';
    *at += is_quoted;
    while (**at != '\0' && (is_quoted ? **at != '"' || (*at)[1] == '"' : strchr(";\r\n", **at) == NULL)) {
        *at += is_quoted && **at == '"';
        *to++ = *(*at)++;
    }
    *at += is_quoted && **at == '"';
    *at += **at == ';' ? 1 : strspn(*at, "\r\n") >= 2 ? 2 : 0;
    return out;
}

/* Read again each cell is what it was, but for the apostrophe that keeps a formula from being one. */
static void check_csv(struct pool *pool, const char *text, char *const *cells, size_t count)
{
    static const char head[] = "\xEF\xBB\xBF" "a;b;c\r\n";
    MUST(strncmp(text, head, strlen(head)) == 0);
    const char *at = text + strlen(head);
    for (size_t i = 0; i < count; i++) {
        const char *cell = csv_cell(pool, &at), *bare = cell + strspn(cell, " ");
        bool is_marked = cell[0] == '\'' && strcmp(cell + 1, cells[i]) == 0;
        MUST(is_marked || strcmp(cell, cells[i]) == 0);
        MUST(*bare == '\0' || strchr("=+-@\t\r\n", *bare) == NULL);
    }
    MUST(*at == '\0');
}

static NEOERR *write_csv(int fd, char *const *cells, size_t count)
{
    static const struct doc_column columns[CSV_COLUMNS] = {{.title = "a"}, {.title = "b"}, {.title = "c"}};
    static const struct doc_head head = {.title = "t", .language = "ru"};
    struct doc *doc;
    TRY(doc_open(doc_format_find("csv"), &head, fd, &doc));
    NEOERR *error = doc_table(doc, columns, CSV_COLUMNS);
    for (size_t i = 0; error == STATUS_OK && i < count; i += CSV_COLUMNS)
        error = doc_row(doc, (const char *const *)cells + i);
    if (error == STATUS_OK)
        return nerr_pass(doc_close(doc));
    doc_abandon(doc);
    return nerr_pass(error);
}

/* Cells end with the byte 1. */
static void read_csv(struct pool *pool, const char *bytes, size_t length)
{
    char *cells[CSV_COLUMNS * CSV_ROWS_MAX], *rest = pool_strndup(pool, bytes, length), *cell;
    size_t count = 0;
    while (count < CSV_COLUMNS * CSV_ROWS_MAX && (cell = strsep(&rest, "\1")) != NULL)
        cells[count++] = cell;
    while (count % CSV_COLUMNS != 0)
        cells[count++] = pool_strdup(pool, "");
    int fd = file_of("", 0);
    MUST(is_taken(write_csv(fd, cells, count)));
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = pool_alloc(pool, (size_t)size + 1);
    MUST(pread(fd, text, (size_t)size, 0) == (ssize_t)size);
    close(fd);
    check_csv(pool, text, cells, count);
}

/* A value in every place that a page has for one; then templates that every form shows. */
static char template_dir[] = "/tmp/mektep-fuzz-XXXXXX";
static const char places[] =
    "<p title=\"<?cs var:X ?>\"><?cs var:X ?></p><a href=\"/find?q=<?cs var:url_escape(X) ?>\"><?cs var:X + X ?></a>"
    "<textarea><?cs var:X ?></textarea><input value='<?cs var:X ?>'><?cs each:row = Rows ?><li><?cs var:row.name ?> <?cs var:number(row.name) ?></li><?cs /each ?>"
    "<?cs def:show(text) ?><b><?cs var:text ?></b><?cs /def ?><?cs call:show(X) ?><?cs set:Y = X ?><?cs var:Y ?><?cs alt:Z ?><i></i><?cs /alt ?>";
static struct view *places_view, *pages_view;

static const char *const pages[] = {"form_summary.cs", "job.cs"};
static const char *const names[] = {
    "X", "Rows.0.name", "Form.errors.0.text", "Form.errors.0.name", "Form.conflict_by", "Form.conflict.0.label", "Form.conflict.0.mine",
    "Form.conflict.0.theirs", "Form.warnings.0.text", "Form.warnings.0.name", "Job.state_label", "Job.poll", "Job.lines.0.text", "Job.result",
    "Job.next", "Job.cancel", "Page.title", "Page.csrf",
};

static void render(struct view *view, const char *name, const char *value, STRING *page)
{
    HDF *hdf;
    string_init(page);
    MUST(is_taken(hdf_init(&hdf)));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        MUST(is_taken(view_set(hdf, names[i], value)));
    MUST(is_taken(view_render(view, name, hdf, page)));
    hdf_destroy(&hdf);
}

static size_t count_marks(const STRING *page)
{
    size_t marks = 0;
    for (int i = 0; i < page->len; i++)
        marks += strchr("<>\"'", page->buf[i]) != NULL && page->buf[i] != '\0';
    return marks;
}

/* Whatever the value, the page has the marks of its own and no other. */
static void check_page(struct view *view, const char *name, const char *value)
{
    STRING page, plain;
    render(view, name, value, &page);
    render(view, name, "x", &plain);
    MUST(plain.len > 0 && count_marks(&page) == count_marks(&plain));
    string_clear(&page);
    string_clear(&plain);
}

/* An x before it: "0" and nothing would be no value to the template. */
static void read_template(struct pool *pool, const char *bytes, size_t length)
{
    const char *value = pool_printf(pool, "x%s", pool_strndup(pool, bytes, length));
    check_page(places_view, "places.cs", value);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        check_page(pages_view, pages[i], value);
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
}

static void read_iin(struct pool *pool, const char *bytes, size_t length)
{
    struct date born;
    char sex = '\0', masked[IIN_SIZE];
    (void)pool;
    MUST((iin_check(bytes) == IIN_OK) == (bin_check(bytes) == IIN_OK));
    if (iin_check(bytes) == IIN_NOT_12_DIGITS)
        return;
    MUST(length >= IIN_SIZE - 1 && strspn(bytes, "0123456789") == IIN_SIZE - 1 && bytes[IIN_SIZE - 1] == '\0');
    MUST(iin_check(bytes) != IIN_OK || iin_control_digit(bytes) == bytes[IIN_SIZE - 2] - '0');
    MUST(!iin_reads(bytes, &born, &sex) || (date_is_real(born) && (sex == 'M' || sex == 'F')));
    iin_mask(bytes, masked);
    MUST(strlen(masked) == IIN_SIZE - 1 && strncmp(masked, bytes, 6) == 0 && strcmp(masked + 6, "******") == 0);
}

const struct target targets[] = {
    {"query", read_query}, {"multipart", read_multipart}, {"cookie", read_cookie}, {"route", read_route}, {"config", read_config},
    {"xml", read_xml}, {"import", read_import}, {"zip", read_zip}, {"csv", read_csv}, {"template", read_template}, {"date", read_date},
    {"text", read_text}, {"name", read_name}, {"iin", read_iin}, {0},
};

static void must(NEOERR *error)
{
    if (error == STATUS_OK)
        return;
    log_error(error);
    abort();
}

static void write_places(void)
{
    char path[64];
    MUST(mkdtemp(template_dir) != NULL);
    snprintf(path, sizeof path, "%s/places.cs", template_dir);
    FILE *file = fopen(path, "w");
    MUST(file != NULL && fputs(places, file) >= 0 && fclose(file) == 0);
    must(view_new(template_dir, &places_view));
    must(view_parse_all(places_view));
    MUST(unlink(path) == 0 && rmdir(template_dir) == 0);
}

void targets_init(void)
{
    must(error_init());
    must(crypto_init());
    must(text_init());
    must(registers_init(areas));
    must(xml_schema_load(SOURCE_DIR "/schemas/contingent.xsd", &contingent));
    must(view_new(SOURCE_DIR "/templates", &pages_view));
    write_places();
}

void targets_end(void)
{
    view_free(places_view);
    view_free(pages_view);
    xml_schema_free(contingent);
    text_end();
}
