/* file_kind.h: what a file is, by its bytes, and what is taken for which use. libmagic's door. */
#ifndef MEKTEP_FILE_KIND_H
#define MEKTEP_FILE_KIND_H

#include "engine/file.h"

/* The MIME type of an open file by its content; the offset stays. The pool owns it. */
NEOERR *file_kind_of(struct pool *pool, int fd, const char **mime);

bool file_kind_is_taken(enum file_use use, const char *mime);

/* msgids: "a Word document", for the refusal; what is wanted for a use, as a whole sentence. */
const char *file_kind_name(const char *mime);
const char *file_kind_wanted(enum file_use use);

#endif
