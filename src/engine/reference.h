/* reference.h: what refers to a record: while anything does, the record is not deleted. An area that keeps such references adds a row. */
#ifndef MEKTEP_REFERENCE_H
#define MEKTEP_REFERENCE_H

#include "engine/request.h"

struct reference {
    const char *kind;  /* of the record that is referred to, as in the audit: "shift"; of a row that belongs to a record, the id of its form */
    const char *label; /* msgid: what refers to it */
    const char *sql;   /* counts the rows of the organisation (the first ?) that refer to the record (the second ?) */
};

/* *words = "Classes: 3" from the pool, the rows of all areas joined; NULL when nothing refers to the record. */
NEOERR *reference_words(struct request *rq, const char *kind, int64_t id, const char **words);

#endif
