/* import_read.c: a package or a bare XML becomes staged rows, in batches; a file that breaks a rule leaves none. */
#include "school/exchange/exchange.h"

#include "base/json.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/iin.h"
#include "base/text.h"
#include "engine/zip.h"
#include "school/exchange/kinds.h"
#include "school/org/org.h"
#include "school/people/person.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH_ROWS = 500 };
static const struct zip_limits package_limits = {.files = 60000, .total = 8ULL << 30, .ratio = 200};

struct staged {
    int line;
    const char *kind, *uid, *org_uid, *packed, *reason; /* reason: msgid of what is wrong with the row alone */
};

struct reading {
    struct db *db;
    const struct config *config;
    struct import *import;
    struct pool *pool;             /* the caller's */
    struct pool *batch_pool;       /* rows not written yet */
    const struct exchange_progress *progress;
    struct xml_reader *reader;
    const struct exchange_kind *kind;
    char org_uid[CRYPTO_UUID_SIZE];
    struct staged rows[BATCH_ROWS];
    size_t count;
    int64_t written;
};

/* ---- the batch ---- */

static const char ADD_BATCH[] =
    "INSERT INTO import_batch (org_id, file_id, state, made_at, made_by) VALUES (?, ?, 'reading', ?, ?)";

NEOERR *import_begin(struct db *db, int64_t org, int64_t account, int64_t file, struct import *import)
{
    *import = (struct import){.org = org, .account = account};
    return nerr_pass(db_exec(db, ADD_BATCH, DB_VALUES(DB_INT(org), DB_ID(file), DB_TIME(clock_now()), DB_ID(account)), NULL, &import->id));
}

#define ROW "(?, ?, ?, ?, ?, ?, ?, ?, ?)"
#define TEN_ROWS ROW ", " ROW ", " ROW ", " ROW ", " ROW ", " ROW ", " ROW ", " ROW ", " ROW ", " ROW
#define ADD "INSERT INTO import_row (batch_id, id, line, kind, uid, org_uid, packed, is_bad, reason) VALUES "
enum { ROW_VALUES = 9, ROWS_AT_ONCE = 20 };
static const char ADD_ROW[] = ADD ROW;
static const char ADD_ROWS[] = ADD TEN_ROWS ", " TEN_ROWS;

static void put_values(const struct reading *reading, size_t at, struct db_value *values)
{
    const struct staged *row = &reading->rows[at];
    const struct db_value all[ROW_VALUES] = {
        DB_INT(reading->import->id), DB_INT(reading->written + (int64_t)at + 1), DB_INT(row->line), DB_TEXT(row->kind), DB_TEXT(row->uid),
        DB_TEXT(row->org_uid), DB_TEXT(row->packed), DB_INT(row->reason != NULL), DB_TEXT(row->reason),
    };
    memcpy(values, all, sizeof all);
}

static NEOERR *write_batch(struct db *db, void *data)
{
    const struct reading *reading = data;
    struct db_value values[ROWS_AT_ONCE * ROW_VALUES + 1];
    for (size_t at = 0, rows; at < reading->count; at += rows) {
        rows = reading->count - at < ROWS_AT_ONCE ? 1 : ROWS_AT_ONCE;
        for (size_t i = 0; i < rows; i++)
            put_values(reading, at + i, &values[i * ROW_VALUES]);
        values[rows * ROW_VALUES] = (struct db_value){.kind = DB_END};
        TRY(db_exec(db, rows == 1 ? ADD_ROW : ADD_ROWS, values, NULL, NULL));
    }
    return STATUS_OK;
}

static NEOERR *end_batch(struct reading *reading)
{
    bool stop = false;
    TRY(db_run(reading->db, write_batch, reading));
    reading->written += (int64_t)reading->count;
    reading->count = 0;
    pool_reset(reading->batch_pool);
    if (reading->progress != NULL)
        TRY(reading->progress->tell(reading->progress->data, reading->written, 0, &stop));
    return stop ? nerr_raise(ERROR_INPUT, "the import was cancelled") : STATUS_OK;
}

/* ---- one row ---- */

static const char *cleaned(struct reading *reading, const struct exchange_field *field)
{
    const char *value = xml_attribute(reading->reader, field->attribute);
    bool is_text = field->type == EXCHANGE_TEXT || field->type == EXCHANGE_LINES;
    return value == NULL || !is_text ? value : text_clean(reading->batch_pool, value, field->type == EXCHANGE_LINES);
}

static const char *attribute(struct reading *reading, const char *name)
{
    const char *value = xml_attribute(reading->reader, name);
    return value != NULL ? value : "";
}

static NEOERR *put_name_keys(struct reading *reading, STRING *json)
{
    struct name_keys keys;
    char hex[2 * sizeof keys.sort + 1];
    name_keys_make(reading->batch_pool, attribute(reading, "surname"), attribute(reading, "given"), attribute(reading, "patronymic"), &keys);
    crypto_hex(keys.sort, keys.sort_length, hex);
    TRY(json_text(json, "#sort", hex));
    TRY(json_text(json, "#fold", keys.fold));
    return nerr_pass(json_text(json, "#keys", pool_printf(reading->batch_pool, "%d", TEXT_KEY_VERSION)));
}

static NEOERR *put_fold_of_names(struct reading *reading, STRING *json)
{
    const char *fold = organisation_fold(reading->batch_pool, attribute(reading, "kk"), attribute(reading, "ru"), attribute(reading, "en"));
    return nerr_pass(json_text(json, "#fold", fold));
}

/* The number's leading digits, for gaps and the next number; more than nine say nothing. */
static NEOERR *put_ordinal(struct reading *reading, STRING *json)
{
    const char *number = attribute(reading, "number");
    size_t digits = strspn(number, "0123456789");
    return nerr_pass(json_text(json, "#ordinal", digits == 0 || digits > 9 ? "0" : pool_strndup(reading->batch_pool, number, digits)));
}

static const struct {
    const char *element;
    NEOERR *(*put)(struct reading *reading, STRING *json);
} makers[] = {
    {"person", put_name_keys}, {"pupil", put_name_keys}, {"application", put_name_keys}, {"name", put_fold_of_names}, {"order", put_ordinal},
};

/* The uid of an element that is known by its key: the same key gives the same uid. */
static const char *uid_of_key(struct reading *reading, const char *element, const char *key)
{
    char uid[CRYPTO_UUID_SIZE];
    crypto_uuid_from(pool_printf(reading->batch_pool, "%s/%s%s", reading->org_uid, element, key), uid);
    return pool_strdup(reading->batch_pool, uid);
}

/* Beside the hashes that an attribute names the uids of their elements. */
static NEOERR *put_files(struct reading *reading, STRING *json, const char *attribute, const char *hashes)
{
    const char *uids = "";
    for (const char *hash = hashes + strspn(hashes, " "); *hash != '\0'; hash += strspn(hash, " ")) {
        const char *key = pool_printf(reading->batch_pool, "/%.*s", (int)strcspn(hash, " "), hash);
        uids = pool_printf(reading->batch_pool, "%s%s%s", uids, uids[0] == '\0' ? "" : " ", uid_of_key(reading, "file", key));
        hash += strcspn(hash, " ");
    }
    return nerr_pass(json_text(json, pool_printf(reading->batch_pool, "#%s", attribute), uids));
}

static NEOERR *pack_row(struct reading *reading, STRING *json)
{
    for (const struct exchange_field *field = reading->kind->fields; field->attribute != NULL; field++) {
        const char *value = field->type == EXCHANGE_MADE ? NULL : cleaned(reading, field);
        if (value != NULL)
            TRY(json_text(json, field->attribute, value));
        if (value != NULL && field->type == EXCHANGE_FILES)
            TRY(put_files(reading, json, field->attribute, value));
    }
    for (size_t i = 0; i < sizeof makers / sizeof makers[0]; i++)
        if (strcmp(makers[i].element, reading->kind->element) == 0)
            TRY(makers[i].put(reading, json));
    return nerr_pass(string_append_char(json, '}'));
}

static bool is_zone(const char *zone)
{
    struct date today;
    NEOERR *error = clock_today(zone, &today);
    bool known = error == STATUS_OK;
    error_release(error);
    return known;
}

/* What SQL cannot see: control digits, zones; and what an upload could not be named. */
static const char *row_fault(struct reading *reading)
{
    if (xml_attribute(reading->reader, "sha256") != NULL && strpbrk(attribute(reading, "name"), "/\\") != NULL)
        return N_("The name of a file holds no folders");
    if (reading->kind == exchange_organisation && !is_zone(attribute(reading, "time-zone")))
        return N_("The time zone is not known");
    for (const struct exchange_field *field = reading->kind->fields; field->attribute != NULL; field++) {
        const char *value = field->type == EXCHANGE_IIN || field->type == EXCHANGE_BIN ? xml_attribute(reading->reader, field->attribute) : NULL;
        if (value != NULL && field->type == EXCHANGE_IIN && iin_check(value) != IIN_OK)
            return N_("The control digit of the IIN is wrong");
        if (value != NULL && field->type == EXCHANGE_BIN && bin_check(value) != IIN_OK)
            return N_("The control digit of the BIN is wrong");
    }
    return NULL;
}

static const char *uid_of(struct reading *reading)
{
    const char *key = "";
    if (reading->kind->key[0] == NULL)
        return pool_strdup(reading->batch_pool, attribute(reading, "uid"));
    for (size_t i = 0; i < EXCHANGE_KEY_MAX && reading->kind->key[i] != NULL; i++)
        key = pool_printf(reading->batch_pool, "%s/%s", key, attribute(reading, reading->kind->key[i]));
    return uid_of_key(reading, reading->kind->element, key);
}

static NEOERR *stage(struct reading *reading)
{
    STRING json;
    string_init(&json);
    NEOERR *error = pack_row(reading, &json);
    struct staged *row = &reading->rows[reading->count];
    *row = (struct staged){.line = xml_line(reading->reader), .kind = reading->kind->element, .uid = uid_of(reading), .reason = row_fault(reading)};
    row->packed = pool_strndup(reading->batch_pool, json.buf, (size_t)json.len);
    if (reading->kind == exchange_organisation)
        snprintf(reading->org_uid, sizeof reading->org_uid, "%s", row->uid);
    if (reading->kind != exchange_person)
        row->org_uid = pool_strdup(reading->batch_pool, reading->org_uid);
    string_clear(&json);
    TRY(error);
    return ++reading->count == BATCH_ROWS ? nerr_pass(end_batch(reading)) : STATUS_OK;
}

/* ---- the file ---- */

/* The whole file by the schema, before the first row is staged: what is wrong at its end is said within seconds. */
static NEOERR *check_rows(struct reading *reading)
{
    enum xml_event event;
    do
        TRY(xml_next(reading->reader, &event));
    while (event != XML_DONE);
    return STATUS_OK;
}

static NEOERR *stage_rows(struct reading *reading)
{
    enum xml_event event;
    do {
        TRY(xml_next(reading->reader, &event));
        reading->kind = event == XML_START ? exchange_kind_find(xml_name(reading->reader)) : NULL;
        if (reading->kind != NULL)
            TRY(stage(reading));
    } while (event != XML_DONE);
    return nerr_pass(end_batch(reading));
}

/* The fault is kept as "code line reason" and becomes words where it is read: who reads may have another language. */
static const struct {
    const char *code, *words;
} refusals[] = {
    [IMPORT_BAD_XML] = {"xml", N_("The file does not follow the rules of the exchange: %s")},
    [IMPORT_BAD_PACKAGE] = {"package", N_("The package cannot be read: %s")},
    [IMPORT_STRANGER] = {"stranger", N_("“%s” does not belong into a package")},
};
enum { REFUSALS = sizeof refusals / sizeof refusals[0] };

const char *import_fault_words(struct pool *pool, const char *stored)
{
    for (size_t i = IMPORT_BAD_XML; i < REFUSALS; i++) {
        size_t length = strlen(refusals[i].code);
        char *reason;
        if (strncmp(stored, refusals[i].code, length) != 0 || stored[length] != ' ')
            continue;
        long line = strtol(stored + length, &reason, 10);
        const char *words = pool_printf(pool, _(refusals[i].words), _(reason + 1));
        return line == 0 ? words : pool_printf(pool, _("Line %d: %s"), (int)line, words);
    }
    return _(stored);
}

static void refuse(struct reading *reading, enum import_refusal refusal, int line, const char *reason)
{
    reading->import->refusal = refusal;
    reading->import->line = line;
    reading->import->fault = pool_strdup(reading->pool, reason);
}

static NEOERR *pass_over(struct reading *reading, int fd, const struct xml_schema *schema, NEOERR *(*use)(struct reading *reading))
{
    if (lseek(fd, 0, SEEK_SET) != 0)
        return nerr_raise_errno(ERROR_INTERNAL, "reading an import");
    TRY(xml_open(reading->pool, fd, schema, &reading->reader));
    NEOERR *error = use(reading);
    if (error != STATUS_OK && nerr_match(error, ERROR_INPUT)) {
        const struct xml_fault *fault = xml_fault(reading->reader);
        refuse(reading, IMPORT_BAD_XML, fault->line, fault->reason != NULL ? fault->reason : error_message(error));
        nerr_ignore(&error);
    }
    xml_close(reading->reader);
    return nerr_pass(error);
}

static NEOERR *read_xml(struct reading *reading, int fd)
{
    struct xml_schema *schema;
    TRY(xml_schema_load(pool_printf(reading->pool, "%s/contingent.xsd", reading->config->schema_dir), &schema));
    NEOERR *error = pass_over(reading, fd, schema, check_rows);
    if (error == STATUS_OK && reading->import->fault == NULL)
        error = pass_over(reading, fd, schema, stage_rows);
    xml_schema_free(schema);
    return nerr_pass(error);
}

static bool is_package_name(const char *name)
{
    if (strcmp(name, "contingent.xml") == 0 || strcmp(name, "files/") == 0)
        return true;
    return strncmp(name, "files/", 6) == 0 && strlen(name + 6) == 64 && strspn(name + 6, "0123456789abcdef") == 64;
}

static NEOERR *read_package(struct reading *reading, struct zip_package *package)
{
    for (size_t i = 0; i < zip_count(package); i++)
        if (!is_package_name(zip_entry_name(package, i))) {
            refuse(reading, IMPORT_STRANGER, 0, zip_entry_name(package, i));
            return STATUS_OK;
        }
    FILE *xml = tmpfile();
    if (xml == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "making a temporary file for an import");
    NEOERR *error = zip_extract(package, "contingent.xml", fileno(xml));
    if (error == STATUS_OK)
        error = read_xml(reading, fileno(xml));
    fclose(xml);
    return nerr_pass(error);
}

static NEOERR *read_zip(struct reading *reading, int fd)
{
    struct zip_package *package = NULL;
    NEOERR *error = zip_read_open(fd, &package_limits, &package);
    if (error == STATUS_OK)
        error = read_package(reading, package);
    zip_read_close(package);
    if (error == STATUS_OK || !(nerr_match(error, ERROR_INPUT) || nerr_match(error, ERROR_NOT_FOUND)))
        return nerr_pass(error);
    refuse(reading, IMPORT_BAD_PACKAGE, 0, error_message(error));
    error_release(error);
    return STATUS_OK;
}

static NEOERR *read_file(struct reading *reading, int fd)
{
    char beginning[2] = "";
    ssize_t got = pread(fd, beginning, sizeof beginning, 0);
    if (got < 0)
        return nerr_raise_errno(ERROR_INTERNAL, "reading an import");
    return got == 2 && memcmp(beginning, "PK", 2) == 0 ? nerr_pass(read_zip(reading, fd)) : nerr_pass(read_xml(reading, fd));
}

static const char FORGET_ROWS[] =
    "DELETE FROM import_row WHERE batch_id = ?";
static const char SET_STATE[] =
    "UPDATE import_batch SET state = ?, fault = ? WHERE org_id = ? AND id = ?";

static NEOERR *set_state(struct db *db, const struct import *import, const char *state, const char *fault)
{
    return nerr_pass(db_exec(db, SET_STATE, DB_VALUES(DB_TEXT(state), DB_TEXT(fault), DB_INT(import->org), DB_INT(import->id)), NULL, NULL));
}

static NEOERR *end_reading(struct reading *reading)
{
    struct import *import = reading->import;
    if (import->fault == NULL) {
        TRY(import_judge(reading->db, reading->pool, import));
        import->is_judged = true;
        return nerr_pass(set_state(reading->db, import, "staged", NULL));
    }
    TRY(db_exec(reading->db, FORGET_ROWS, DB_VALUES(DB_INT(import->id)), NULL, NULL));
    const char *fault = pool_printf(reading->pool, "%s %d %s", refusals[import->refusal].code, import->line, import->fault);
    return nerr_pass(set_state(reading->db, import, "refused", fault));
}

NEOERR *import_read(struct db *db, const struct config *config, struct pool *pool, int fd, struct import *import, const struct exchange_progress *progress)
{
    struct reading *reading = pool_alloc(pool, sizeof *reading);
    *reading = (struct reading){.db = db, .config = config, .import = import, .pool = pool, .progress = progress, .batch_pool = pool_new()};
    import->refusal = IMPORT_NOT_REFUSED;
    import->fault = NULL;
    NEOERR *error = db_exec(db, FORGET_ROWS, DB_VALUES(DB_INT(import->id)), NULL, NULL);
    if (error == STATUS_OK)
        error = read_file(reading, fd);
    if (error == STATUS_OK)
        error = end_reading(reading);
    pool_free(reading->batch_pool);
    if (error != STATUS_OK)
        error_release(db_exec(db, FORGET_ROWS, DB_VALUES(DB_INT(import->id)), NULL, NULL));
    return nerr_pass(error);
}
