/* db_run.c: transactions, run again when the server says so. */
#include "engine/db_private.h"
#include "base/crypto.h"
#include "base/log.h"

#include <string.h>

enum { PAUSE_MS = 10 }; /* at most this before the first try, doubled at each further one */

NEOERR *db_simple(struct db *db, const char *sql)
{
    TRY(db_open(db));
    db->statements++;
    if (mysql_real_query(db->mysql, sql, (unsigned long)strlen(sql)) != 0)
        return nerr_pass(db_fault(db, mysql_errno(db->mysql), mysql_error(db->mysql), sql));
    return STATUS_OK;
}

/* Outside the transaction still: a lost connection is opened again, once. */
static NEOERR *begin(struct db *db)
{
    db->writing = false;
    NEOERR *error = db_simple(db, "START TRANSACTION");
    if (error != STATUS_OK && db->mysql != NULL && db_is_lost(db->last_fault)) {
        error_release(error);
        db_close(db);
        error = db_simple(db, "START TRANSACTION");
    }
    TRY(error);
    db->in_transaction = true;
    return STATUS_OK;
}

static void roll_back(struct db *db)
{
    if (db->mysql == NULL)
        return;
    NEOERR *error = db_simple(db, "ROLLBACK");
    if (error == STATUS_OK)
        return;
    error_release(error);
    db_close(db); /* which rolls back, too */
}

static NEOERR *commit(struct db *db)
{
    NEOERR *error = db_simple(db, "COMMIT");
    if (error == STATUS_OK || !db_is_lost(db->last_fault))
        return nerr_pass(error);
    error_release(error);
    db_close(db);
    return nerr_raise(ERROR_UNCERTAIN, "the connection was lost in COMMIT");
}

static NEOERR *run_once(struct db *db, db_change_fn *change, void *data)
{
    TRY(begin(db));
    NEOERR *error = change(db, data);
    if (error == STATUS_OK)
        error = commit(db);
    if (error != STATUS_OK)
        roll_back(db);
    db->in_transaction = false;
    return nerr_pass(error);
}

static void pause_before_try(int tries)
{
    uint32_t milliseconds = 1 + crypto_random((uint32_t)PAUSE_MS << tries);
    struct timespec pause = {.tv_nsec = (long)milliseconds * 1000000L};
    nanosleep(&pause, NULL);
}

NEOERR *db_run(struct db *db, db_change_fn *change, void *data)
{
    if (db->in_transaction)
        return nerr_raise(ERROR_INTERNAL, "a transaction inside a transaction");
    for (int tries = 1;; tries++) {
        NEOERR *error = run_once(db, change, data);
        if (error == STATUS_OK || !nerr_match(error, ERROR_RETRY))
            return nerr_pass(error);
        log_write(LOG_LEVEL_INFO, "a transaction failed, try %d of %d: %s", tries, DB_TRIES, error_message(error));
        error_release(error);
        if (tries == DB_TRIES)
            return nerr_raise(ERROR_UNAVAILABLE, "the transaction failed %d times", tries);
        pause_before_try(tries + 1);
    }
}
