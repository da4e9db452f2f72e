/* file_store.h: the content of files by hash; the files of file.h only. */
#ifndef MEKTEP_FILE_STORE_H
#define MEKTEP_FILE_STORE_H

#include "base/crypto.h"
#include "engine/file.h"

/* Copies what fd holds into the store, on the disk when it returns; the hash is its name. The same content twice is one file. */
NEOERR *file_store_content(struct pool *pool, const struct config *config, int fd, char sha256[CRYPTO_HEX_SIZE], int64_t *size);

/* The path for X-Accel-Redirect, in nginx's internal location. */
const char *file_accel_path(struct pool *pool, const char *sha256);

#endif
