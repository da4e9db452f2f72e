/* zip.c: ZIP packages, read as hostile and written with the same bytes each time. See zip.h. */
#include "engine/zip.h"

#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

enum {
    CHUNK_BYTES = 64 * 1024,
    NAME_BYTES = 255,
    RATIO_FREE_BYTES = 1024 * 1024, /* what any entry may unpack to, however well it is packed */
    DOS_TIME = 0, DOS_DATE = 0x21,  /* 1980-01-01 00:00, the first a ZIP can say */
};

/* ---- a file descriptor as libzip's source: entries are read from one, the package is written to one ---- */

struct fd_source {
    zip_error_t error;
    int fd;
    bool is_output;
    zip_int64_t read_at, write_at;
};

static zip_int64_t fail(struct fd_source *source, int code)
{
    zip_error_set(&source->error, code, errno);
    return -1;
}

static zip_int64_t say_stat(struct fd_source *source, void *data, zip_uint64_t length)
{
    struct stat found;
    zip_stat_t *answer = data;
    if (length < sizeof *answer || fstat(source->fd, &found) != 0)
        return fail(source, ZIP_ER_READ);
    zip_stat_init(answer);
    answer->valid = ZIP_STAT_SIZE;
    answer->size = (zip_uint64_t)found.st_size;
    return sizeof *answer;
}

static zip_int64_t read_some(struct fd_source *source, void *data, zip_uint64_t length)
{
    ssize_t got = pread(source->fd, data, length, source->read_at);
    if (got < 0)
        return fail(source, ZIP_ER_READ);
    source->read_at += got;
    return got;
}

static zip_int64_t write_some(struct fd_source *source, const void *data, zip_uint64_t length)
{
    ssize_t put = pwrite(source->fd, data, length, source->write_at);
    if (put < 0)
        return fail(source, ZIP_ER_WRITE);
    source->write_at += put;
    return put;
}

static zip_int64_t seek(struct fd_source *source, void *data, zip_uint64_t length, zip_int64_t *at)
{
    struct stat found;
    if (fstat(source->fd, &found) != 0)
        return fail(source, ZIP_ER_SEEK);
    zip_int64_t to = zip_source_seek_compute_offset((zip_uint64_t)*at, (zip_uint64_t)found.st_size, data, length, &source->error);
    if (to < 0)
        return -1;
    *at = to;
    return 0;
}

static zip_int64_t begin_write(struct fd_source *source)
{
    source->write_at = 0;
    return ftruncate(source->fd, 0) == 0 ? 0 : fail(source, ZIP_ER_WRITE);
}

static zip_int64_t supported(const struct fd_source *source)
{
    zip_int64_t reading = zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
                                                         ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
    zip_int64_t writing = zip_source_make_command_bitmap(ZIP_SOURCE_BEGIN_WRITE, ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE,
                                                         ZIP_SOURCE_WRITE, ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_REMOVE, -1);
    return source->is_output ? reading | writing : reading;
}

static zip_int64_t fd_source_call(void *state, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
    struct fd_source *source = state;
    switch (command) {
    case ZIP_SOURCE_OPEN: source->read_at = 0; return 0;
    case ZIP_SOURCE_READ: return read_some(source, data, length);
    case ZIP_SOURCE_STAT: return say_stat(source, data, length);
    case ZIP_SOURCE_SEEK: return seek(source, data, length, &source->read_at);
    case ZIP_SOURCE_TELL: return source->read_at;
    case ZIP_SOURCE_BEGIN_WRITE: return begin_write(source);
    case ZIP_SOURCE_WRITE: return write_some(source, data, length);
    case ZIP_SOURCE_SEEK_WRITE: return seek(source, data, length, &source->write_at);
    case ZIP_SOURCE_TELL_WRITE: return source->write_at;
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_COMMIT_WRITE: return 0;
    case ZIP_SOURCE_ROLLBACK_WRITE:
    case ZIP_SOURCE_REMOVE: return ftruncate(source->fd, 0) == 0 ? 0 : fail(source, ZIP_ER_REMOVE);
    case ZIP_SOURCE_SUPPORTS: return supported(source);
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&source->error, data, length);
    case ZIP_SOURCE_FREE:
        zip_error_fini(&source->error);
        free(source);
        return 0;
    default: return fail(source, ZIP_ER_OPNOTSUPP);
    }
}

static zip_source_t *fd_source_new(int fd, bool is_output)
{
    struct fd_source *state = calloc(1, sizeof *state);
    if (state == NULL)
        return NULL;
    *state = (struct fd_source){.fd = fd, .is_output = is_output};
    zip_error_init(&state->error);
    zip_source_t *source = zip_source_function_create(fd_source_call, state, NULL);
    if (source == NULL)
        free(state);
    return source;
}

/* ---- reading ---- */

struct zip_package {
    zip_t *archive;
    struct zip_limits limits;
    size_t count;
};

static uint64_t little_endian(const unsigned char *bytes, int length)
{
    uint64_t number = 0;
    while (length > 0)
        number = number << 8 | bytes[--length];
    return number;
}

static NEOERR *check_extent(uint64_t entries, uint64_t bytes, const struct zip_limits *limits)
{
    enum { ENTRY_BYTES = 512 };
    if (entries > limits->files || bytes > limits->files * ENTRY_BYTES)
        return nerr_raise(ERROR_INPUT, "the package has more than %zu entries", limits->files);
    return STATUS_OK;
}

/* Where a locator stands before the end, libzip believes the record of ZIP64 that it leads to. */
static NEOERR *check_zip64(int fd, const unsigned char *locator, const struct zip_limits *limits)
{
    unsigned char record[56];
    uint64_t at = little_endian(locator + 8, 8);
    if (at > INT64_MAX || pread(fd, record, sizeof record, (off_t)at) != (ssize_t)sizeof record)
        return nerr_raise(ERROR_INPUT, "the package cannot be read: its end leads nowhere");
    TRY(check_extent(little_endian(record + 24, 8), little_endian(record + 40, 8), limits));
    return nerr_pass(check_extent(little_endian(record + 32, 8), 0, limits));
}

static NEOERR *check_end(int fd, const unsigned char *end, size_t before, const struct zip_limits *limits)
{
    enum { LOCATOR_BYTES = 20 };
    if (before >= LOCATOR_BYTES && memcmp(end - LOCATOR_BYTES, "PK\6\7", 4) == 0)
        return nerr_pass(check_zip64(fd, end - LOCATOR_BYTES, limits));
    return nerr_pass(check_extent(little_endian(end + 10, 2), little_endian(end + 12, 4), limits));
}

/* libzip keeps the whole directory in memory, of whichever end in the last bytes it likes best: each is looked at before libzip is
 * let near them. */
static NEOERR *check_ends(int fd, const unsigned char *tail, size_t size, const struct zip_limits *limits)
{
    enum { END_BYTES = 22 };
    bool is_zip = false;
    for (size_t at = 0; at + END_BYTES <= size; at++) {
        if (memcmp(tail + at, "PK\5\6", 4) != 0)
            continue;
        TRY(check_end(fd, tail + at, at, limits));
        is_zip = true;
    }
    return is_zip ? STATUS_OK : nerr_raise(ERROR_INPUT, "the file is not a ZIP package, or it is broken off");
}

static NEOERR *check_directory_size(int fd, const struct zip_limits *limits)
{
    enum { TAIL_BYTES = 20 + 22 + 65535 }; /* a locator, an end, a comment */
    struct stat found;
    if (fstat(fd, &found) != 0)
        return nerr_raise_errno(ERROR_INTERNAL, "reading a package");
    size_t size = found.st_size < TAIL_BYTES ? (size_t)found.st_size : TAIL_BYTES;
    unsigned char *tail = calloc(1, size + 1);
    if (tail == NULL)
        return nerr_raise(NERR_NOMEM, "no memory for the end of a package");
    ssize_t got = pread(fd, tail, size, found.st_size - (off_t)size);
    NEOERR *error = check_ends(fd, tail, got < 0 ? 0 : (size_t)got, limits);
    free(tail);
    return nerr_pass(error);
}

static bool is_safe_name(const char *name)
{
    size_t length = strlen(name);
    if (length == 0 || length > NAME_BYTES || name[0] == '/' || strpbrk(name, "\\:") != NULL || !text_is_utf8(name, length))
        return false;
    for (const char *c = name; *c != '\0'; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            return false;
    for (const char *part = name; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        size_t span = strcspn(part, "/");
        if ((span == 1 && part[0] == '.') || (span == 2 && part[0] == '.' && part[1] == '.'))
            return false;
    }
    return true;
}

static NEOERR *check_entry(struct zip_package *package, size_t index, uint64_t *total)
{
    zip_stat_t entry;
    const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(package->archive, index, 0, &entry) != 0 || (entry.valid & needed) != needed)
        return nerr_raise(ERROR_INPUT, "entry %zu of the package cannot be read: %s", index + 1, zip_strerror(package->archive));
    if (!is_safe_name(entry.name))
        return nerr_raise(ERROR_INPUT, "entry %zu of the package has a name that is not allowed", index + 1);
    if (entry.encryption_method != ZIP_EM_NONE)
        return nerr_raise(ERROR_INPUT, "“%s” in the package is encrypted", entry.name);
    if (entry.comp_method != ZIP_CM_STORE && entry.comp_method != ZIP_CM_DEFLATE)
        return nerr_raise(ERROR_INPUT, "“%s” in the package is packed in a way that is not supported", entry.name);
    if (entry.size > package->limits.total - *total)
        return nerr_raise(ERROR_INPUT, "the package is larger than %llu bytes unpacked", (unsigned long long)package->limits.total);
    *total += entry.size;
    return STATUS_OK;
}

static NEOERR *check_package(struct zip_package *package)
{
    zip_int64_t count = zip_get_num_entries(package->archive, 0);
    uint64_t total = 0;
    if (count < 0 || (uint64_t)count > package->limits.files)
        return nerr_raise(ERROR_INPUT, "the package has more than %zu entries", package->limits.files);
    package->count = (size_t)count;
    for (size_t i = 0; i < package->count; i++)
        TRY(check_entry(package, i, &total));
    return STATUS_OK;
}

/* ZIP_CHECKCONS refuses a name that stands twice, and a directory that says other things than the entries. */
static NEOERR *open_archive(int fd, zip_t **archive)
{
    zip_error_t error;
    zip_source_t *source = fd_source_new(fd, false);
    if (source == NULL)
        return nerr_raise(NERR_NOMEM, "no memory for a package");
    zip_error_init(&error);
    *archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    NEOERR *raised = *archive != NULL ? STATUS_OK : nerr_raise(ERROR_INPUT, "the package cannot be read: %s", zip_error_strerror(&error));
    zip_error_fini(&error);
    if (*archive == NULL)
        zip_source_free(source);
    return raised;
}

NEOERR *zip_read_open(int fd, const struct zip_limits *limits, struct zip_package **out)
{
    TRY(check_directory_size(fd, limits));
    struct zip_package *package = calloc(1, sizeof *package);
    if (package == NULL)
        return nerr_raise(NERR_NOMEM, "no memory for a package");
    package->limits = *limits;
    NEOERR *error = open_archive(fd, &package->archive);
    if (error == STATUS_OK)
        error = check_package(package);
    if (error != STATUS_OK) {
        zip_read_close(package);
        return nerr_pass(error);
    }
    *out = package;
    return STATUS_OK;
}

void zip_read_close(struct zip_package *package)
{
    if (package == NULL)
        return;
    if (package->archive != NULL)
        zip_discard(package->archive);
    free(package);
}

size_t zip_count(const struct zip_package *package)
{
    return package->count;
}

const char *zip_entry_name(const struct zip_package *package, size_t index)
{
    return zip_get_name(package->archive, index, 0);
}

static NEOERR *write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t put = write(fd, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return nerr_raise_errno(error_of_write(errno), "writing an unpacked file");
        bytes += put;
        length -= (size_t)put;
    }
    return STATUS_OK;
}

static NEOERR *unpack(const struct zip_package *package, zip_file_t *file, const zip_stat_t *entry, int out_fd)
{
    char chunk[CHUNK_BYTES];
    uint64_t written = 0, most = entry->comp_size * package->limits.ratio + RATIO_FREE_BYTES;
    zip_int64_t got;
    while ((got = zip_fread(file, chunk, sizeof chunk)) > 0) {
        written += (uint64_t)got;
        if (written > entry->size)
            return nerr_raise(ERROR_INPUT, "“%s” in the package is larger than it says", entry->name);
        if (written > most)
            return nerr_raise(ERROR_INPUT, "“%s” in the package is packed more than %llu times", entry->name, (unsigned long long)package->limits.ratio);
        TRY(write_all(out_fd, chunk, (size_t)got));
    }
    if (got < 0 || written != entry->size)
        return nerr_raise(ERROR_INPUT, "“%s” in the package is broken: %s", entry->name, zip_file_strerror(file));
    return STATUS_OK;
}

NEOERR *zip_extract(struct zip_package *package, const char *name, int out_fd)
{
    zip_stat_t entry;
    if (zip_stat(package->archive, name, 0, &entry) != 0)
        return nerr_raise(ERROR_NOT_FOUND, "“%s” is not in the package", name);
    zip_file_t *file = zip_fopen_index(package->archive, entry.index, 0);
    if (file == NULL)
        return nerr_raise(ERROR_INPUT, "“%s” in the package cannot be read: %s", name, zip_strerror(package->archive));
    NEOERR *error = unpack(package, file, &entry, out_fd);
    zip_fclose(file);
    return nerr_pass(error);
}

/* ---- writing ---- */

struct zip_writer {
    zip_t *archive;
};

NEOERR *zip_write_open(int fd, struct zip_writer **out)
{
    zip_error_t error;
    struct zip_writer *writer = calloc(1, sizeof *writer);
    zip_source_t *source = fd_source_new(fd, true);
    if (writer == NULL || source == NULL) {
        free(writer);
        zip_source_free(source);
        return nerr_raise(NERR_NOMEM, "no memory for a package");
    }
    zip_error_init(&error);
    writer->archive = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (writer->archive == NULL) {
        NEOERR *raised = nerr_raise(ERROR_INTERNAL, "opening a package for writing: %s", zip_error_strerror(&error));
        zip_error_fini(&error);
        zip_source_free(source);
        free(writer);
        return raised;
    }
    zip_error_fini(&error);
    *out = writer;
    return STATUS_OK;
}

static NEOERR *add_entry(struct zip_writer *writer, const char *name, zip_source_t *source)
{
    zip_int64_t index = source == NULL ? -1 : zip_file_add(writer->archive, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return nerr_raise(ERROR_INTERNAL, "adding “%s” to a package: %s", name, zip_strerror(writer->archive));
    }
    if (zip_file_set_dostime(writer->archive, (zip_uint64_t)index, DOS_TIME, DOS_DATE, 0) != 0 ||
        zip_set_file_compression(writer->archive, (zip_uint64_t)index, ZIP_CM_DEFLATE, 6) != 0)
        return nerr_raise(ERROR_INTERNAL, "adding “%s” to a package: %s", name, zip_strerror(writer->archive));
    return STATUS_OK;
}

NEOERR *zip_add_file(struct zip_writer *writer, const char *name, int fd)
{
    return nerr_pass(add_entry(writer, name, fd_source_new(fd, false)));
}

NEOERR *zip_add_path(struct zip_writer *writer, const char *name, const char *path)
{
    return nerr_pass(add_entry(writer, name, zip_source_file(writer->archive, path, 0, -1)));
}

NEOERR *zip_add_bytes(struct zip_writer *writer, const char *name, const void *bytes, size_t length)
{
    void *copy = length == 0 ? NULL : malloc(length); /* libzip does not free what is empty */
    if (copy == NULL && length > 0)
        return nerr_raise(NERR_NOMEM, "no memory for “%s” of a package", name);
    if (length > 0)
        memcpy(copy, bytes, length);
    zip_source_t *source = zip_source_buffer(writer->archive, copy, length, 1);
    if (source == NULL)
        free(copy);
    return nerr_pass(add_entry(writer, name, source));
}

NEOERR *zip_write_close(struct zip_writer *writer)
{
    if (zip_close(writer->archive) != 0) {
        int number = zip_error_code_system(zip_get_error(writer->archive));
        NEOERR *error = nerr_raise(error_of_write(number), "writing a package: %s", zip_strerror(writer->archive));
        zip_write_abandon(writer);
        return error;
    }
    free(writer);
    return STATUS_OK;
}

void zip_write_abandon(struct zip_writer *writer)
{
    if (writer == NULL)
        return;
    zip_discard(writer->archive);
    free(writer);
}
