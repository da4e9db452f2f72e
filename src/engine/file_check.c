/* file_check.c: the job that looks into an upload with foreign programs, and makes the images that pages show of it. */
#include "engine/file.h"

#include "engine/file_store.h"
#include "engine/file_virus.h"
#include "engine/helper.h"
#include "engine/job.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { READ_SECONDS = 15, PICTURE_SECONDS = 50, VIRUS_AGAIN_SECONDS = 30 };
#define LONG_SIDE "1414" /* pixels: an upright A4 page is 1000 wide */

static const char PROTECTED_FAULT[] = N_("The file is protected with a password. Attach one without a password.");
static const char BROKEN_FAULT[] = N_("The file is broken and cannot be opened. Attach another one.");
static const char VIRUS_FAULT[] = N_("The file holds a virus. Attach another one, and have the device it comes from looked at.");
static const char UNCHECKED_FAULT[] = N_("The file could not be checked. Attach another one.");
static const char SLOW_FAULT[] = N_("The file takes too long to open. Attach a simpler one.");

struct image {
    char sha256[CRYPTO_HEX_SIZE];
    int width, height;
};

struct checking {
    struct job *job;
    struct file file;
    const char *path; /* of the content */
    char *dir;        /* the helpers' own, empty */
    const char *fault; /* msgid, NULL = none found */
    struct image images[FILE_PAGES_MAX];
    int pages;
};

/* ---- the helpers ---- */

#define HELP(checking, seconds, result, ...) help(checking, seconds, result, (const char *const[]){__VA_ARGS__, NULL})

/* A helper that fails says that the file is bad, not that we are. Each renews the lease of the job. */
static NEOERR *help(struct checking *checking, int seconds, struct helper_result *result, const char *const *arguments)
{
    bool cancelled = false;
    TRY(job_progress(checking->job, checking->pages, 0, &cancelled));
    TRY(helper_run(checking->job->pool, checking->dir, seconds, arguments, result));
    if (result->timed_out)
        checking->fault = SLOW_FAULT;
    else if (result->status != 0)
        checking->fault = BROKEN_FAULT;
    return STATUS_OK;
}

static NEOERR *open_pdf(struct checking *checking)
{
    struct helper_result result;
    TRY(HELP(checking, READ_SECONDS, &result, "pdfinfo", checking->path));
    if (checking->fault != NULL && strstr(result.output, "Incorrect password") != NULL)
        checking->fault = PROTECTED_FAULT;
    if (checking->fault != NULL)
        return STATUS_OK;
    return nerr_pass(HELP(checking, PICTURE_SECONDS, &result, "pdftoppm", "-q", "-jpeg", "-l", "20", "-scale-to", LONG_SIDE, checking->path, "page"));
}

static NEOERR *thumbnail(struct checking *checking, int page, const char *source)
{
    struct helper_result result;
    const char *target = pool_printf(checking->job->pool, "page-%02d.jpg[Q=80,strip,background=255]", page);
    return nerr_pass(HELP(checking, PICTURE_SECONDS, &result, "vips", "thumbnail", source, target, LONG_SIDE, "--height", LONG_SIDE, "--size",
                          "down", "--fail-on", "truncated"));
}

static NEOERR *open_picture(struct checking *checking)
{
    return nerr_pass(thumbnail(checking, 1, checking->path));
}

static NEOERR *open_tiff(struct checking *checking)
{
    struct helper_result result;
    TRY(HELP(checking, READ_SECONDS, &result, "vipsheader", "-f", "n-pages", checking->path));
    int count = checking->fault == NULL ? atoi(result.output) : 0;
    for (int page = 0; page < count && page < FILE_PAGES_MAX && checking->fault == NULL; page++)
        TRY(thumbnail(checking, page + 1, pool_printf(checking->job->pool, "%s[page=%d]", checking->path, page)));
    return STATUS_OK;
}

static const struct {
    const char *mime;
    NEOERR *(*open)(struct checking *checking);
} openers[] = {
    {"application/pdf", open_pdf},
    {"image/jpeg", open_picture},
    {"image/png", open_picture},
    {"image/tiff", open_tiff},
};

/* ---- the images they made ---- */

static NEOERR *keep_image(struct checking *checking, const char *name)
{
    const struct config *config = checking->job->worker->config;
    struct pool *pool = checking->job->pool;
    struct image *image = &checking->images[checking->pages];
    struct helper_result result;
    int64_t size = 0;
    TRY(HELP(checking, READ_SECONDS, &result, "vipsheader", name));
    const char *facts = strstr(result.output, ".jpg: ");
    if (facts == NULL || sscanf(facts, ".jpg: %dx%d", &image->width, &image->height) != 2)
        return nerr_raise(ERROR_INTERNAL, "an image of file %lld is none: %.100s", (long long)checking->file.id, result.output);
    int fd = open(pool_printf(pool, "%s/%s", checking->dir, name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return nerr_raise_errno(ERROR_INTERNAL, "opening %s/%s", checking->dir, name);
    NEOERR *error = file_store_content(pool, config, fd, image->sha256, &size);
    close(fd);
    checking->pages++;
    return nerr_pass(error);
}

static int is_image(const struct dirent *entry)
{
    return strncmp(entry->d_name, "page-", 5) == 0;
}

/* In the order of their names: both helpers write page-01.jpg, page-02.jpg … */
static NEOERR *keep_images(struct checking *checking)
{
    struct dirent **entries = NULL;
    int count = scandir(checking->dir, &entries, is_image, alphasort);
    NEOERR *error = STATUS_OK;
    for (int i = 0; i < count; i++) {
        if (error == STATUS_OK && i < FILE_PAGES_MAX)
            error = keep_image(checking, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    if (error == STATUS_OK && count <= 0)
        checking->fault = BROKEN_FAULT;
    return nerr_pass(error);
}

static void remove_folder(struct pool *pool, const char *path)
{
    DIR *dir = opendir(path);
    if (dir == NULL)
        return;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;)
        unlink(pool_printf(pool, "%s/%s", path, entry->d_name));
    closedir(dir);
    rmdir(path);
}

/* ---- the verdict ---- */

static const char FORGET_IMAGES[] = "DELETE FROM file_image WHERE org_id = ? AND file_id = ?";
static const char ADD_IMAGE[] = "INSERT INTO file_image (org_id, file_id, page, sha256, width, height) VALUES (?, ?, ?, ?, ?, ?)";
static const char VERDICT[] = "UPDATE file SET state = ?, fault = ?, pages = ? WHERE org_id = ? AND id = ?";

static NEOERR *record(struct db *db, void *data)
{
    const struct checking *checking = data;
    int64_t org = checking->job->org, id = checking->file.id;
    TRY(db_exec(db, FORGET_IMAGES, DB_VALUES(DB_INT(org), DB_INT(id)), NULL, NULL));
    for (int i = 0; i < checking->pages; i++) {
        const struct image *image = &checking->images[i];
        TRY(db_exec(db, ADD_IMAGE,
                    DB_VALUES(DB_INT(org), DB_INT(id), DB_INT(i + 1), DB_TEXT(image->sha256), DB_INT(image->width), DB_INT(image->height)),
                    NULL, NULL));
    }
    return nerr_pass(db_exec(db, VERDICT,
                             DB_VALUES(DB_TEXT(checking->fault == NULL ? "clean" : "bad"), DB_TEXT(checking->fault), DB_INT(checking->pages),
                                       DB_INT(org), DB_INT(id)),
                             NULL, NULL));
}

/* Nothing opens a file that clamd has not seen. */
static NEOERR *look(struct checking *checking)
{
    enum virus_verdict virus = file_virus_check(checking->job->worker->config, checking->path);
    if (virus == VIRUS_UNKNOWN)
        return nerr_pass(job_postpone(checking->job, VIRUS_AGAIN_SECONDS));
    if (virus == VIRUS_FOUND)
        checking->fault = VIRUS_FAULT;
    for (size_t i = 0; i < sizeof openers / sizeof openers[0] && checking->fault == NULL; i++)
        if (strcmp(openers[i].mime, checking->file.mime) == 0)
            TRY(openers[i].open(checking));
    if (checking->fault == NULL)
        TRY(keep_images(checking));
    return nerr_pass(db_run(checking->job->db, record, checking));
}

NEOERR *file_check_job(struct job *job)
{
    const struct config *config = job->worker->config;
    struct checking *checking = pool_alloc(job->pool, sizeof *checking);
    checking->job = job;
    NEOERR *error = file_load(job->db, job->pool, job->org, strtoll(job_input(job, "file"), NULL, 10), &checking->file);
    if (nerr_handle(&error, ERROR_NOT_FOUND)) /* deleted meanwhile */
        return STATUS_OK;
    TRY(error);
    checking->path = file_store_path(job->pool, config, checking->file.sha256);
    checking->dir = pool_printf(job->pool, "%s/checking-XXXXXX", config->files_dir);
    if (mkdtemp(checking->dir) == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "making a folder in %s", config->files_dir);
    error = look(checking);
    remove_folder(job->pool, checking->dir);
    return nerr_pass(error);
}

static const char GIVE_UP[] = "UPDATE file SET state = 'bad', fault = ? WHERE org_id = ? AND id = ? AND state = 'checking'";

NEOERR *file_check_give_up(struct db *db, const struct job *job)
{
    return nerr_pass(db_exec(db, GIVE_UP, DB_VALUES(DB_TEXT(UNCHECKED_FAULT), DB_INT(job->org), DB_INT(strtoll(job_input(job, "file"), NULL, 10))), NULL, NULL));
}
