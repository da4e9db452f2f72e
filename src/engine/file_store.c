/* file_store.c: the content of files, under files_dir by hash: ab/cdef…; written whole or not at all, never changed. */
#include "engine/file_store.h"

#include "base/crypto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, FOLDER_LETTERS = 2 };

const char *file_store_path(struct pool *pool, const struct config *config, const char *sha256)
{
    return pool_printf(pool, "%s/%.*s/%s", config->files_dir, FOLDER_LETTERS, sha256, sha256 + FOLDER_LETTERS);
}

const char *file_accel_path(struct pool *pool, const char *sha256)
{
    return pool_printf(pool, "/protected-files/%.*s/%s", FOLDER_LETTERS, sha256, sha256 + FOLDER_LETTERS);
}

static NEOERR *sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0) {
        NEOERR *error = nerr_raise_errno(ERROR_INTERNAL, "syncing the folder %s", path);
        if (fd >= 0)
            close(fd);
        return error;
    }
    close(fd);
    return STATUS_OK;
}

static NEOERR *write_all(int to, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t wrote = write(to, bytes, length);
        if (wrote < 0 && errno != EINTR)
            return nerr_raise_errno(error_of_write(errno), "writing a file to the store");
        if (wrote > 0) {
            bytes += wrote;
            length -= (size_t)wrote;
        }
    }
    return STATUS_OK;
}

static NEOERR *copy(int from, int to, struct crypto_hash *hash, int64_t *size)
{
    char bytes[CHUNK];
    for (*size = 0;;) {
        ssize_t got = pread(from, bytes, sizeof bytes, *size);
        if (got == 0)
            return STATUS_OK;
        if (got < 0 && errno != EINTR)
            return nerr_raise_errno(ERROR_INTERNAL, "reading a file for the store");
        if (got > 0) {
            crypto_hash_add(hash, bytes, (size_t)got);
            TRY(write_all(to, bytes, (size_t)got));
            *size += got;
        }
    }
}

/* What root stores, as mektepctl may run, belongs to whom files_dir belongs to: the program has to read it and to add to its folder. */
static NEOERR *give_to_owner(const struct config *config, const char *path)
{
    struct stat facts;
    if (geteuid() == 0 && (stat(config->files_dir, &facts) != 0 || chown(path, facts.st_uid, facts.st_gid) != 0))
        return nerr_raise_errno(ERROR_INTERNAL, "giving %s to the owner of %s", path, config->files_dir);
    return STATUS_OK;
}

/* The content is on the disk under its name, and so is the name, before any row speaks of it. */
static NEOERR *name_content(struct pool *pool, const struct config *config, int fd, const char *temporary, const char *sha256)
{
    const char *path = file_store_path(pool, config, sha256);
    const char *folder = pool_strndup(pool, path, (size_t)(strrchr(path, '/') - path));
    TRY(give_to_owner(config, temporary));
    if (fchmod(fd, 0640) != 0 || fsync(fd) != 0)
        return nerr_raise_errno(error_of_write(errno), "syncing %s", temporary);
    if (mkdir(folder, 0750) == 0) {
        TRY(give_to_owner(config, folder));
        TRY(sync_folder(config->files_dir));
    } else if (errno != EEXIST) {
        return nerr_raise_errno(error_of_write(errno), "making the folder %s", folder);
    }
    if (rename(temporary, path) != 0)
        return nerr_raise_errno(error_of_write(errno), "renaming %s to %s", temporary, path);
    return nerr_pass(sync_folder(folder));
}

NEOERR *file_store_content(struct pool *pool, const struct config *config, int fd, char sha256[CRYPTO_HEX_SIZE], int64_t *size)
{
    struct crypto_hash *hash = crypto_hash_new(pool);
    char *temporary = pool_printf(pool, "%s/incoming-XXXXXX", config->files_dir);
    int to = mkostemp(temporary, O_CLOEXEC);
    if (to < 0)
        return nerr_raise_errno(error_of_write(errno), "making a file in %s", config->files_dir);
    NEOERR *error = copy(fd, to, hash, size);
    crypto_hash_end(hash, sha256);
    if (error == STATUS_OK)
        error = name_content(pool, config, to, temporary, sha256);
    if (error != STATUS_OK)
        unlink(temporary);
    close(to);
    return nerr_pass(error);
}
