/* pages.h: the pages and jobs of the exchange, for its area. */
#ifndef MEKTEP_EXCHANGE_PAGES_H
#define MEKTEP_EXCHANGE_PAGES_H

#include "school/exchange/exchange.h"

/* Within an organisation and, for imports, of the installation: the same pages at two addresses. */
NEOERR *export_page(struct request *rq, struct response *rs);  /* GET and POST */
NEOERR *imports_page(struct request *rq, struct response *rs); /* GET and POST with the file */
NEOERR *import_page(struct request *rq, struct response *rs);  /* GET and POST: apply, undo */

NEOERR *export_job(struct job *job);
NEOERR *import_read_job(struct job *job);
NEOERR *import_apply_job(struct job *job);
NEOERR *import_undo_job(struct job *job);
NEOERR *import_give_up(struct db *db, const struct job *job); /* of the three: the import can be tried again, and says why */

extern const struct list import_rows_list;

/* A batch as its pages and jobs need it. */
struct batch {
    int64_t id, file, account;
    const char *state, *fault;
    int64_t made_at, applied_at, undone_at;
};
NEOERR *batch_load(struct db *db, struct pool *pool, int64_t org, int64_t id, struct batch *batch); /* ERROR_NOT_FOUND */

/* Takes the batch from a state into another; *moved false when it was not in that state. */
NEOERR *batch_move(struct db *db, int64_t org, int64_t id, const char *from, const char *to, const char *fault, bool *moved);

#endif
