/* db.h: the database door: connection, prepared statements, rows, transactions. Nothing else speaks to libmariadb.
 *
 * SQL stands as static const char above the function that uses it, with ? for values only. A statement is prepared on
 * first use and kept (least recently used go first); after a reconnect it is prepared again.
 * Errors: ERROR_UNAVAILABLE (no database), ERROR_RETRY (deadlock, lost connection in a transaction), ERROR_CONFLICT
 * (unique key), ERROR_UNCERTAIN (lost in COMMIT), ERROR_NOT_FOUND (db_one without a row), ERROR_INTERNAL (our SQL).
 */
#ifndef MEKTEP_DB_H
#define MEKTEP_DB_H

#include "base/clock.h"
#include "engine/config.h"

struct db;

enum db_account { DB_PROGRAM, DB_SCHEMA };

/* Opens lazily: the first statement connects; a lost connection outside a transaction is opened again, once. */
struct db *db_new(const struct config *config, enum db_account account);
void db_free(struct db *db);
NEOERR *db_connect(struct db *db);           /* connects now, checks the server's settings we rely on */
unsigned db_statements(const struct db *db); /* statements run since db_new, for the request log and the benches */

/* ---- values ---- */

enum db_kind { DB_END, DB_KIND_INT, DB_KIND_TEXT, DB_KIND_BYTES, DB_KIND_NULL };
struct db_value {
    enum db_kind kind;
    int64_t number;
    const void *bytes;
    size_t length;
};
#define DB_INT(n) ((struct db_value){.kind = DB_KIND_INT, .number = (int64_t)(n)})
#define DB_TEXT(text) db_text(text) /* NULL text = SQL NULL */
#define DB_BYTES(p, n) ((struct db_value){.kind = DB_KIND_BYTES, .bytes = (p), .length = (n)})
#define DB_NULL ((struct db_value){.kind = DB_KIND_NULL})
#define DB_ID(n) db_id(n)         /* 0 = SQL NULL */
#define DB_DATE(date) db_date(date, (char[DATE_ISO_SIZE]){0})          /* year 0 = SQL NULL */
#define DB_TIME(instant) db_time(instant, (char[CLOCK_TEXT_SIZE]){0}) /* milliseconds since 1970; 0 = SQL NULL */
struct db_value db_text(const char *text);
struct db_value db_id(int64_t id);
struct db_value db_date(struct date date, char buffer[DATE_ISO_SIZE]);
struct db_value db_time(int64_t instant, char buffer[CLOCK_TEXT_SIZE]);

/* The values of a statement, in the order of its question marks: DB_VALUES(DB_INT(org), DB_TEXT(name)). */
#define DB_VALUES(...) ((const struct db_value[]){__VA_ARGS__, {.kind = DB_END}})
#define DB_NO_VALUES ((const struct db_value[]){{.kind = DB_END}})

/* ---- rows ---- */

struct db_row; /* valid inside the row function only */
size_t db_columns(const struct db_row *row);
const char *db_name(const struct db_row *row, size_t column);
const char *db_get(const struct db_row *row, size_t column);   /* text form; NULL for SQL NULL */
const char *db_get_or(const struct db_row *row, size_t column, const char *none);
size_t db_length(const struct db_row *row, size_t column);     /* bytes */
int64_t db_get_int(const struct db_row *row, size_t column);   /* 0 for SQL NULL */
struct date db_get_date(const struct db_row *row, size_t column);
int64_t db_get_time(const struct db_row *row, size_t column);

typedef NEOERR *db_row_fn(void *data, const struct db_row *row);

/* ---- statements ---- */

/* Runs a statement and calls row_fn once a row; rows are streamed, not kept. No other statement may run inside row_fn. NULL = the rows are
 * passed over: they are only to be locked. */
NEOERR *db_each(struct db *db, const char *sql, const struct db_value *values, db_row_fn *row_fn, void *data);

/* As db_each for exactly the first row; ERROR_NOT_FOUND when there is none. */
NEOERR *db_one(struct db *db, const char *sql, const struct db_value *values, db_row_fn *row_fn, void *data);

/* A statement without rows. changed and id may be NULL; they get the affected rows and the new AUTO_INCREMENT id. */
NEOERR *db_exec(struct db *db, const char *sql, const struct db_value *values, int64_t *changed, int64_t *id);

/* One number; *number is 0 and *found false when there is no row or it is NULL. found may be NULL. */
NEOERR *db_number(struct db *db, const char *sql, const struct db_value *values, int64_t *number, bool *found);

/* One text from the pool; NULL when there is no row or it is NULL. */
NEOERR *db_string(struct db *db, struct pool *pool, const char *sql, const struct db_value *values, char **text);

/* Fills parent.0, parent.1 … with the columns by name: the usual way from a query to a template. parent.0.name = …
 * NULL columns are left out. count may be NULL. */
NEOERR *db_hdf(struct db *db, const char *sql, const struct db_value *values, HDF *parent, const char *under, size_t *count);

/* Fills hdf itself with the columns of the first row; ERROR_NOT_FOUND when there is none. */
NEOERR *db_hdf_one(struct db *db, const char *sql, const struct db_value *values, HDF *hdf);

/* Prepares and forgets: for the test that prepares every statement of the program. */
NEOERR *db_prepare_only(struct db *db, const char *sql);

/* ---- transactions ---- */

/* Runs change(db, data) between BEGIN and COMMIT at READ COMMITTED. ERROR_RETRY rolls back and runs it again, at most
 * DB_TRIES times with a short random pause, so change has no effect outside the database and sets its results anew at
 * each run. Any other error rolls back and is passed on. Not nested. */
enum { DB_TRIES = 5 };
typedef NEOERR *db_change_fn(struct db *db, void *data);
NEOERR *db_run(struct db *db, db_change_fn *change, void *data);
bool db_in_transaction(const struct db *db);

/* ---- schema (mektepctl migrate, and the worker's check at start) ---- */

/* Applies sql/NNNN-*.sql in order; each file once, its checksum kept; a changed or missing old file is refused. */
NEOERR *db_migrate(struct db *db, const char *sql_dir, void (*tell)(const char *line));
/* The number of the schema that the files make: the program's own. */
NEOERR *db_schema_number(const char *sql_dir, int *number);
/* The schema's number must be the given one or one more; else ERROR_UNAVAILABLE with words. */
NEOERR *db_check_schema(struct db *db, int number);

#endif
