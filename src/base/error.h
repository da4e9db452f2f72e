/* error.h: one error type for the whole program.
 *
 * A function that can fail returns NEOERR *, which is STATUS_OK (NULL) on success. The caller owns a returned error
 * and passes it up with TRY, or ends it with error_release or nerr_handle. Raise with nerr_raise(ERROR_…, "what was
 * attempted, on what, what was found").
 */
#ifndef MEKTEP_ERROR_H
#define MEKTEP_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <util/neo_misc.h>
#include <util/neo_err.h>
#include <util/neo_hdf.h>
#include <util/neo_str.h>

extern NERR_TYPE ERROR_NOT_FOUND;   /* it does not exist, or not for this organisation: a 404 page */
extern NERR_TYPE ERROR_DENIED;      /* the person may not: a 403 page that says why */
extern NERR_TYPE ERROR_INPUT;       /* sent bytes break a rule of the protocol: a 400 page */
extern NERR_TYPE ERROR_TOO_BIG;     /* a limit on size or count was passed: a 413 page */
extern NERR_TYPE ERROR_CONFLICT;    /* the record changed meanwhile (stale version), or a unique key stands already */
extern NERR_TYPE ERROR_UNAVAILABLE; /* the database is gone: a 503 page with Retry-After */
extern NERR_TYPE ERROR_RETRY;       /* deadlock or lost connection inside a transaction: db_run tries again */
extern NERR_TYPE ERROR_FULL;        /* the disk for files is full: a 507 page */
extern NERR_TYPE ERROR_UNCERTAIN;   /* the connection was lost in COMMIT: nobody knows; the form key decides */
extern NERR_TYPE ERROR_INTERNAL;    /* ours: a 500 page with a number */

/* Registers the error types. Call once, before anything else of the program. */
NEOERR *error_init(void);

/* The innermost message of an error, without the trace; lives as long as the error. */
const char *error_message(const NEOERR *error);

/* What a failed write means by errno: ERROR_FULL without room, else ERROR_INTERNAL. */
NERR_TYPE error_of_write(int number);

/* Frees an error whose failure is of no consequence. Accepts STATUS_OK. */
void error_release(NEOERR *error);

#define TRY(call)                                   \
    do {                                            \
        NEOERR *try_error = (call);                 \
        if (try_error != STATUS_OK)                 \
            return nerr_pass(try_error);            \
    } while (0)

#endif
