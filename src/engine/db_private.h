/* db_private.h: what the files of the database door share; nobody else includes it. */
#ifndef MEKTEP_DB_PRIVATE_H
#define MEKTEP_DB_PRIVATE_H

#include "engine/db.h"

#include <mysql.h>

enum { STATEMENTS_KEPT = 256 };

struct db_column {
    const char *name;       /* of the statement's metadata */
    char *buffer;           /* grows to the longest value seen; always ends with NUL */
    unsigned long size;     /* of buffer without the NUL */
    unsigned long length;   /* of the value */
    my_bool is_null, error;
};

struct db_row {
    struct db_column *columns;
    unsigned count;
};

/* A prepared statement with the buffers of its results. */
struct statement {
    char *sql;
    uint64_t hash;
    MYSQL_STMT *handle;
    MYSQL_RES *metadata;    /* owns the column names; NULL for a statement without rows */
    MYSQL_BIND *results;
    struct db_row row;
};

struct db {
    const struct config *config;
    enum db_account account;
    MYSQL *mysql;           /* NULL = not connected */
    bool in_transaction;
    bool busy;              /* a row function is running */
    bool writing;           /* the statement under way changes something */
    unsigned last_fault;    /* the library's number of the last error */
    unsigned statements;
    struct statement *kept[STATEMENTS_KEPT]; /* the last used stands first */
    size_t kept_count;
};

/* ---- db.c ---- */

/* Connects unless connected; ERROR_RETRY when the connection was lost inside the running transaction. */
NEOERR *db_open(struct db *db);
void db_close(struct db *db);

/* The error for a number of the library, as db.h lists them; closes nothing. what is SQL or words. */
NEOERR *db_fault(struct db *db, unsigned code, const char *words, const char *what);
bool db_is_lost(unsigned code);

/* A statement that cannot be prepared (BEGIN, COMMIT, DDL) or is run once. */
NEOERR *db_simple(struct db *db, const char *sql);

/* ---- db_statement.c ---- */

NEOERR *statement_prepare(struct db *db, const char *sql, struct statement **out); /* the caller frees */
void statement_free(struct statement *statement);
NEOERR *statement_get(struct db *db, const char *sql, struct statement **out);     /* kept by db */
void statements_drop(struct db *db);
NEOERR *statement_execute(struct db *db, struct statement *statement, const struct db_value *values);
NEOERR *statement_fetch(struct db *db, struct statement *statement, bool *found);

#endif
