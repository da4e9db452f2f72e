/* zip.h: ZIP packages, read as hostile and written. libzip's door. */
#ifndef MEKTEP_ZIP_H
#define MEKTEP_ZIP_H

#include "base/error.h"
#include "base/pool.h"

struct zip_limits {
    size_t files;       /* at most this many entries */
    uint64_t total;     /* bytes of all entries unpacked */
    uint64_t ratio;     /* unpacked : packed of one entry, checked while it is read */
};

/* Opens a package for reading: ERROR_INPUT for anything that is not a plain ZIP, for entries with .., absolute or repeated
 * names, encryption, or past the limits. The fd stays the caller's. */
struct zip_package;
NEOERR *zip_read_open(int fd, const struct zip_limits *limits, struct zip_package **out);
void zip_read_close(struct zip_package *package);
size_t zip_count(const struct zip_package *package);
const char *zip_entry_name(const struct zip_package *package, size_t index);
/* Unpacks one entry into out_fd; ERROR_NOT_FOUND when there is no such name; the limits hold on the bytes that really come. */
NEOERR *zip_extract(struct zip_package *package, const char *name, int out_fd);

/* Writes a package into a file that can seek: the same entries in the same order give the same bytes (fixed times). */
struct zip_writer;
NEOERR *zip_write_open(int fd, struct zip_writer **out);
NEOERR *zip_add_file(struct zip_writer *writer, const char *name, int fd); /* fd stays the caller's, must stay open until close */
NEOERR *zip_add_path(struct zip_writer *writer, const char *name, const char *path); /* opened at close only: for many files */
NEOERR *zip_add_bytes(struct zip_writer *writer, const char *name, const void *bytes, size_t length);
NEOERR *zip_write_close(struct zip_writer *writer);
void zip_write_abandon(struct zip_writer *writer);

#endif
