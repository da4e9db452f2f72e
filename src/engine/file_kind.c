/* file_kind.c: see file_kind.h. */
#include "engine/file_kind.h"

#include <magic.h>
#include <string.h>
#include <unistd.h>

enum { LOOKED_AT_BYTES = 1024 * 1024, TAKEN_MAX = 6 };

static const struct {
    const char *wanted; /* msgid */
    const char *taken[TAKEN_MAX];
} uses[] = {
    [FILE_SCAN] = {N_("Attach a PDF, JPEG, PNG or TIFF file."), {"application/pdf", "image/jpeg", "image/png", "image/tiff"}},
    [FILE_PHOTO] = {N_("Attach a JPEG or PNG picture."), {"image/jpeg", "image/png"}},
    [FILE_PACKAGE] = {N_("Attach a package (ZIP) or an XML file."), {"application/zip", "application/xml", "text/xml"}},
};

/* What people attach by mistake, by the beginning of the MIME type; the more special one first. */
static const struct {
    const char *mime, *name;
} names[] = {
    {"application/pdf", N_("a PDF document")},
    {"application/msword", N_("a Word document")},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml", N_("a Word document")},
    {"application/vnd.ms-excel", N_("an Excel table")},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml", N_("an Excel table")},
    {"application/vnd.ms-powerpoint", N_("a presentation")},
    {"application/vnd.openxmlformats-officedocument.presentationml", N_("a presentation")},
    {"application/vnd.oasis.opendocument", N_("an office document")},
    {"application/zip", N_("an archive")},
    {"application/x-rar", N_("an archive")},
    {"application/vnd.rar", N_("an archive")},
    {"application/x-7z", N_("an archive")},
    {"application/gzip", N_("an archive")},
    {"application/x-dosexec", N_("a program")},
    {"application/vnd.microsoft.portable-executable", N_("a program")},
    {"application/x-executable", N_("a program")},
    {"application/x-pie-executable", N_("a program")},
    {"image/heic", N_("a HEIC photo: choose “Most compatible” in the phone's camera")},
    {"image/heif", N_("a HEIC photo: choose “Most compatible” in the phone's camera")},
    {"image/vnd.djvu", N_("a DjVu document")},
    {"image/", N_("a picture of another kind")},
    {"text/html", N_("a web page")},
    {"text/", N_("a text file")},
    {"video/", N_("a video")},
    {"audio/", N_("a sound recording")},
};

/* Opened once a process: reading the data base of kinds takes some milliseconds. */
static NEOERR *cookie(magic_t *out)
{
    static magic_t opened;
    if (opened == NULL) {
        magic_t fresh = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF);
        if (fresh == NULL)
            return nerr_raise_errno(ERROR_INTERNAL, "opening libmagic");
        if (magic_load(fresh, NULL) != 0) {
            NEOERR *error = nerr_raise(ERROR_INTERNAL, "loading libmagic's data: %s", magic_error(fresh));
            magic_close(fresh);
            return error;
        }
        opened = fresh;
    }
    *out = opened;
    return STATUS_OK;
}

NEOERR *file_kind_of(struct pool *pool, int fd, const char **mime)
{
    magic_t magic = NULL;
    char *bytes = pool_alloc(pool, LOOKED_AT_BYTES);
    TRY(cookie(&magic));
    ssize_t got = pread(fd, bytes, LOOKED_AT_BYTES, 0);
    if (got < 0)
        return nerr_raise_errno(ERROR_INTERNAL, "reading an uploaded file");
    const char *found = magic_buffer(magic, bytes, (size_t)got);
    if (found == NULL)
        return nerr_raise(ERROR_INTERNAL, "finding the kind of a file: %s", magic_error(magic));
    *mime = pool_strdup(pool, found);
    return STATUS_OK;
}

bool file_kind_is_taken(enum file_use use, const char *mime)
{
    if (use == FILE_RESULT)
        return true;
    for (size_t i = 0; i < TAKEN_MAX && uses[use].taken[i] != NULL; i++)
        if (strcmp(uses[use].taken[i], mime) == 0)
            return true;
    return false;
}

const char *file_kind_name(const char *mime)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strncmp(names[i].mime, mime, strlen(names[i].mime)) == 0)
            return names[i].name;
    return N_("a file of an unknown kind");
}

const char *file_kind_wanted(enum file_use use)
{
    return use == FILE_RESULT ? "" : uses[use].wanted;
}
