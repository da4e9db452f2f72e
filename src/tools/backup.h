/* backup.h: what a backup holds, for the commands backup and restore.
 *
 * A backup is a folder:
 *   manifest           what belongs to it; written last, so that a folder without one is no backup
 *   database-TIME.sql  the database at one moment
 *   files/ab/cdef…     the content store, as it is laid out in the installation
 * The manifest can be read by sha256sum -c. Its first line says the schema's number, its last one how many files it lists.
 */
#ifndef MEKTEP_BACKUP_H
#define MEKTEP_BACKUP_H

#include "base/crypto.h"
#include "engine/config.h"

#define BACKUP_MANIFEST "manifest"
#define BACKUP_MANIFEST_PARTIAL "manifest.partial"
#define BACKUP_FILES "files"
#define BACKUP_FOLDERS "[0-9a-f][0-9a-f]" /* the folders of a content store, as a pattern */

/* The lines around those of the files, which are as sha256sum writes them. */
#define BACKUP_FIRST_LINE "# mektep backup, schema %d\n"
#define BACKUP_LAST_LINE "# end: %zu files\n"

/* The content of a file as SHA-256 in hex. */
NEOERR *backup_hash(struct pool *pool, const char *path, char sha256[CRYPTO_HEX_SIZE]);

/* Copies the content sha256 from the store of one folder to that of another, on the disk when it returns; *added is false when it was
 * there already. ERROR_INPUT when the content is not what its name says. */
NEOERR *backup_copy(const char *from_files, const char *to_files, const char *sha256, bool *added);

#endif
