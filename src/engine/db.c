/* db.c: the connection and the running of statements. See db.h. */
#include "engine/db_private.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <stdlib.h>
#include <string.h>

enum {
    CONNECT_SECONDS = 5,
    STATEMENT_SECONDS = 120,               /* the program's; a migration may take hours */
    SERVER_VERSION_MIN = 101100,
    PACKET_BYTES_MIN = 8 * 1024 * 1024,    /* the largest draft is HTTP_FORM_MAX, percent-encoded */
};

/* ---- errors ---- */

enum fault { FAULT_OURS, FAULT_UNSENT, FAULT_LOST, FAULT_BUSY, FAULT_DOUBLE };

static const struct {
    unsigned code;
    enum fault fault;
} faults[] = {
    {CR_SERVER_GONE_ERROR, FAULT_UNSENT},
    {CR_SERVER_LOST, FAULT_LOST},
    {ER_SERVER_SHUTDOWN, FAULT_LOST},
    {ER_CONNECTION_KILLED, FAULT_LOST},
    {ER_LOCK_DEADLOCK, FAULT_BUSY},
    {ER_LOCK_WAIT_TIMEOUT, FAULT_BUSY},
    {ER_CHECKREAD, FAULT_BUSY},
    {ER_DUP_ENTRY, FAULT_DOUBLE},
};

static enum fault fault_of(unsigned code)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        if (faults[i].code == code)
            return faults[i].fault;
    return FAULT_OURS;
}

bool db_is_lost(unsigned code)
{
    enum fault fault = fault_of(code);
    return fault == FAULT_UNSENT || fault == FAULT_LOST;
}

static NERR_TYPE error_type(const struct db *db, enum fault fault)
{
    switch (fault) {
    case FAULT_BUSY:
    case FAULT_UNSENT:
        return db->in_transaction ? ERROR_RETRY : ERROR_UNAVAILABLE;
    case FAULT_LOST:
        if (db->in_transaction)
            return ERROR_RETRY;
        return db->writing ? ERROR_UNCERTAIN : ERROR_UNAVAILABLE;
    case FAULT_DOUBLE:
        return ERROR_CONFLICT;
    case FAULT_OURS:
        break;
    }
    return ERROR_INTERNAL;
}

NEOERR *db_fault(struct db *db, unsigned code, const char *words, const char *what)
{
    enum fault fault = fault_of(code);
    db->last_fault = code;
    if (fault == FAULT_DOUBLE) { /* the server's words hold the value, which may be a person's */
        const char *key = strstr(words, "for key");
        words = key == NULL ? "a unique key stands already" : key;
    }
    return nerr_raise(error_type(db, fault), "database %u: %.100s: %.120s", code, words, what);
}

/* ---- the connection ---- */

static const char SESSION_SQL[] =
    "SET NAMES utf8mb4 COLLATE utf8mb4_uca1400_as_ci, "
    "time_zone = '+00:00', tx_isolation = 'READ-COMMITTED', innodb_lock_wait_timeout = 10, "
    "sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'";

static const char PACKET_SQL[] = "SELECT @@max_allowed_packet";

static NEOERR *unavailable(struct db *db, const char *attempted)
{
    NEOERR *error = nerr_raise(ERROR_UNAVAILABLE, "%s on %.80s: %u: %.120s", attempted, db->config->db_socket,
                               mysql_errno(db->mysql), mysql_error(db->mysql));
    db_close(db);
    return error;
}

static NEOERR *check_server(struct db *db)
{
    unsigned long version = mysql_get_server_version(db->mysql);
    if (version < SERVER_VERSION_MIN)
        return nerr_raise(ERROR_UNAVAILABLE, "the database server is MariaDB %lu, at least %d is needed", version, SERVER_VERSION_MIN);
    int64_t packet = 0;
    TRY(db_number(db, PACKET_SQL, DB_NO_VALUES, &packet, NULL));
    if (packet < PACKET_BYTES_MIN)
        return nerr_raise(ERROR_UNAVAILABLE, "the database server's max_allowed_packet is %lld, at least %d is needed",
                          (long long)packet, PACKET_BYTES_MIN);
    return STATUS_OK;
}

NEOERR *db_open(struct db *db)
{
    if (db->mysql != NULL)
        return STATUS_OK;
    if (db->in_transaction)
        return nerr_raise(ERROR_RETRY, "the connection was lost earlier in this transaction");
    const struct config *config = db->config;
    bool schema = db->account == DB_SCHEMA;
    db->mysql = mysql_init(NULL);
    if (db->mysql == NULL)
        abort();
    mysql_optionsv(db->mysql, MYSQL_OPT_CONNECT_TIMEOUT, &(unsigned){CONNECT_SECONDS});
    if (!schema)
        mysql_optionsv(db->mysql, MYSQL_OPT_READ_TIMEOUT, &(unsigned){STATEMENT_SECONDS});
    mysql_optionsv(db->mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (mysql_real_connect(db->mysql, "localhost", schema ? config->db_schema_user : config->db_user,
                           schema ? config->db_schema_password : config->db_password, config->db_name, 0,
                           config->db_socket, CLIENT_FOUND_ROWS) == NULL)
        return unavailable(db, "connecting to the database");
    if (mysql_real_query(db->mysql, SESSION_SQL, sizeof SESSION_SQL - 1) != 0)
        return unavailable(db, "setting up the session");
    return STATUS_OK;
}

void db_close(struct db *db)
{
    statements_drop(db);
    mysql_close(db->mysql);
    db->mysql = NULL;
}

struct db *db_new(const struct config *config, enum db_account account)
{
    struct db *db = calloc(1, sizeof *db);
    if (db == NULL)
        abort();
    db->config = config;
    db->account = account;
    return db;
}

void db_free(struct db *db)
{
    if (db == NULL)
        return;
    if (db->mysql != NULL)
        db_close(db);
    free(db);
}

NEOERR *db_connect(struct db *db)
{
    TRY(db_open(db));
    return nerr_pass(check_server(db));
}

unsigned db_statements(const struct db *db)
{
    return db->statements;
}

bool db_in_transaction(const struct db *db)
{
    return db->in_transaction;
}

/* ---- statements ---- */

/* One statement under way: what is done with its rows, what it gives back. */
struct call {
    const char *sql;
    const struct db_value *values;
    db_row_fn *row_fn;
    void *data;
    bool first_only;
    size_t rows;
    int64_t changed, id;
};

static NEOERR *read_rows(struct db *db, struct statement *statement, struct call *call)
{
    for (;;) {
        bool found = false;
        TRY(statement_fetch(db, statement, &found));
        if (!found)
            return STATUS_OK;
        call->rows++;
        if (call->row_fn != NULL)
            TRY(call->row_fn(call->data, &statement->row));
        if (call->first_only)
            return STATUS_OK;
    }
}

static NEOERR *call_once(struct db *db, struct call *call)
{
    struct statement *statement = NULL;
    TRY(db_open(db));
    TRY(statement_get(db, call->sql, &statement));
    db->statements++;
    db->writing = statement->metadata == NULL;
    TRY(statement_execute(db, statement, call->values));
    if (db->writing) {
        call->changed = (int64_t)mysql_stmt_affected_rows(statement->handle);
        call->id = (int64_t)mysql_stmt_insert_id(statement->handle);
        return STATUS_OK;
    }
    NEOERR *error = read_rows(db, statement, call);
    mysql_stmt_free_result(statement->handle); /* drains what was not read */
    return nerr_pass(error);
}

/* A lost connection is opened again, once, when that cannot do anything twice. */
static bool may_repeat(const struct db *db, const struct call *call)
{
    if (db->in_transaction || call->rows > 0)
        return false;
    return fault_of(db->last_fault) == FAULT_UNSENT || !db->writing;
}

static NEOERR *call_run(struct db *db, struct call *call)
{
    if (db->busy)
        return nerr_raise(ERROR_INTERNAL, "a statement inside a row function: %.200s", call->sql);
    for (bool again = false;; again = true) {
        db->last_fault = 0;
        db->writing = false;
        db->busy = true;
        NEOERR *error = call_once(db, call);
        db->busy = false;
        if (error == STATUS_OK || !db_is_lost(db->last_fault))
            return nerr_pass(error);
        db_close(db);
        if (again || !may_repeat(db, call))
            return nerr_pass(error);
        error_release(error);
    }
}

NEOERR *db_each(struct db *db, const char *sql, const struct db_value *values, db_row_fn *row_fn, void *data)
{
    struct call call = {.sql = sql, .values = values, .row_fn = row_fn, .data = data};
    return nerr_pass(call_run(db, &call));
}

NEOERR *db_one(struct db *db, const char *sql, const struct db_value *values, db_row_fn *row_fn, void *data)
{
    struct call call = {.sql = sql, .values = values, .row_fn = row_fn, .data = data, .first_only = true};
    TRY(call_run(db, &call));
    if (call.rows == 0)
        return nerr_raise(ERROR_NOT_FOUND, "no row: %.200s", sql);
    return STATUS_OK;
}

NEOERR *db_exec(struct db *db, const char *sql, const struct db_value *values, int64_t *changed, int64_t *id)
{
    struct call call = {.sql = sql, .values = values};
    TRY(call_run(db, &call));
    if (changed != NULL)
        *changed = call.changed;
    if (id != NULL)
        *id = call.id;
    return STATUS_OK;
}

NEOERR *db_prepare_only(struct db *db, const char *sql)
{
    struct statement *statement = NULL;
    TRY(db_open(db));
    TRY(statement_prepare(db, sql, &statement));
    statement_free(statement);
    return STATUS_OK;
}
