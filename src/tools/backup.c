/* backup.c: see backup.h. */
#include "tools/backup.h"

#include "engine/file_store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024 };

NEOERR *backup_hash(struct pool *pool, const char *path, char sha256[CRYPTO_HEX_SIZE])
{
    struct crypto_hash *hash = crypto_hash_new(pool);
    char *bytes = pool_alloc(pool, CHUNK);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return nerr_raise(ERROR_INPUT, "%s: %s", path, strerror(errno));
    ssize_t got;
    while ((got = read(fd, bytes, CHUNK)) > 0)
        crypto_hash_add(hash, bytes, (size_t)got);
    close(fd);
    crypto_hash_end(hash, sha256);
    return got == 0 ? STATUS_OK : nerr_raise_errno(ERROR_INTERNAL, "reading %s", path);
}

static NEOERR *store(struct pool *pool, const struct config *to, int fd, const char *path, const char *sha256)
{
    char found[CRYPTO_HEX_SIZE];
    int64_t size;
    TRY(file_store_content(pool, to, fd, found, &size));
    if (strcmp(found, sha256) == 0)
        return STATUS_OK;
    unlink(file_store_path(pool, to, found));
    return nerr_raise(ERROR_INPUT, "%s is not what its name says: it was damaged", path);
}

NEOERR *backup_copy(const char *from_files, const char *to_files, const char *sha256, bool *added)
{
    const struct config from = {.files_dir = from_files}, to = {.files_dir = to_files};
    struct pool *pool = pool_new();
    const char *path = file_store_path(pool, &from, sha256);
    NEOERR *error = STATUS_OK;
    int fd = -1;
    *added = access(file_store_path(pool, &to, sha256), F_OK) != 0;
    if (*added && (fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
        error = nerr_raise(ERROR_INPUT, "%s: %s", path, strerror(errno));
    else if (*added)
        error = store(pool, &to, fd, path, sha256);
    if (fd >= 0)
        close(fd);
    pool_free(pool);
    return nerr_pass(error);
}
