/* exchange.h: the contingent of schools as XML: out, in, and in again elsewhere. docs/exchange.md describes the file. */
#ifndef MEKTEP_EXCHANGE_H
#define MEKTEP_EXCHANGE_H

#include "engine/area.h"
#include "engine/xml.h"

/* Says how far a long run has come; *stop true ends it as soon as it can. */
struct exchange_progress {
    NEOERR *(*tell)(void *data, int64_t done, int64_t all, bool *stop);
    void *data;
};

/* ---- out ---- */

/* What is given out, and to whom. Each pupil whose health goes out has the look of the account in the history. */
struct exchange_extent {
    int64_t org;         /* 0 = all organisations */
    int64_t account;     /* 0 = the system */
    bool without_health; /* what files say of health and its scans stay where they are */
};

/* The contingent as of one moment, into a file that can seek. progress may be NULL. */
NEOERR *exchange_write_xml(struct db *db, const struct exchange_extent *extent, int fd, const struct exchange_progress *progress);
/* The same as a package: contingent.xml, the scans and photos as files/SHA256. */
NEOERR *exchange_write_package(struct db *db, const struct config *config, const struct exchange_extent *extent, int fd,
                               const struct exchange_progress *progress);
/* The XSD, from the same tables; schemas/contingent.xsd is this. */
NEOERR *exchange_write_schema(int fd);

/* ---- in ---- */

struct import {
    int64_t id, org;      /* org 0: the file may bring any organisation; else only that one */
    int64_t account;
    enum import_refusal { IMPORT_NOT_REFUSED, IMPORT_BAD_XML, IMPORT_BAD_PACKAGE, IMPORT_STRANGER } refusal; /* set by import_read */
    const char *fault;    /* of a refused file: what was found, in words of the library or a msgid; the pool's */
    int line;             /* where; 0 = the file as a whole */
    bool is_judged;       /* by import_read, a moment ago: import_apply takes the verdicts as they are, once */
};

/* Adds the batch (state reading). */
NEOERR *import_begin(struct db *db, int64_t org, int64_t account, int64_t file, struct import *import);

/* Reads a package or a bare XML from fd into staging rows and judges them. A file that cannot be taken leaves no rows, import->fault
 * and the state refused: no error. May be run again. */
NEOERR *import_read(struct db *db, const struct config *config, struct pool *pool, int fd, struct import *import, const struct exchange_progress *progress);

/* A stored fault of a batch, the refusal of a file or a msgid, in the language of the page. */
const char *import_fault_words(struct pool *pool, const char *stored);

/* Gives every staged row its verdict by what the database holds now. */
NEOERR *import_judge(struct db *db, struct pool *pool, const struct import *import);

/* New and changed rows become true, an organisation a transaction; rows in conflict and rejected ones are left. fd: the package, or the
 * bare XML (then scans are known but their content is missing). May be run again. */
NEOERR *import_apply(struct db *db, const struct config *config, struct pool *pool, int fd, struct import *import, const struct exchange_progress *progress);

/* Cancels the movements of an applied batch by one order for each organisation; ERROR_CONFLICT when later movements depend on them. */
NEOERR *import_undo(struct db *db, struct pool *pool, const struct import *import);

enum import_verdict { IMPORT_NEW, IMPORT_SAME, IMPORT_CHANGED, IMPORT_CONFLICT, IMPORT_REJECTED, IMPORT_VERDICTS };
extern const char *const import_verdicts[IMPORT_VERDICTS]; /* "new" … */
struct import_counts {
    int64_t rows[IMPORT_VERDICTS];
};
NEOERR *import_count(struct db *db, int64_t batch, struct import_counts *counts);

extern const struct area exchange_area;

#endif
