/* db_migrate.c: the schema: numbered files, applied once each and never changed, and the program's rights. */
#include "engine/db_private.h"
#include "base/crypto.h"

#include <dirent.h>
#include <errno.h>
#include <mysqld_error.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NUMBER_DIGITS = 4 };

/* One file of sql/: 0002-engine.sql. */
struct migration {
    int number;
    char *name;
    char *text;
    char sha256[CRYPTO_HEX_SIZE];
};

struct migrations {
    struct pool *pool;
    const char *dir;
    struct migration *rows; /* in order, without a gap, from 1 */
    int count;
};

/* ---- the files ---- */

static NEOERR *read_file(struct pool *pool, const char *dir, const char *name, char **text, size_t *length)
{
    const char *path = pool_printf(pool, "%s/%s", dir, name);
    FILE *file = fopen(path, "r");
    struct stat facts;
    if (file == NULL || fstat(fileno(file), &facts) != 0)
        return nerr_raise(ERROR_INTERNAL, "reading %s: %s", path, strerror(errno));
    *length = (size_t)facts.st_size;
    *text = pool_alloc(pool, *length + 1);
    bool whole = fread(*text, 1, *length, file) == *length;
    fclose(file);
    if (!whole)
        return nerr_raise(ERROR_INTERNAL, "reading %s: broke off", path);
    return STATUS_OK;
}

static int is_migration(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return strspn(entry->d_name, "0123456789") == NUMBER_DIGITS && entry->d_name[NUMBER_DIGITS] == '-' &&
           strcmp(entry->d_name + length - 4, ".sql") == 0;
}

static NEOERR *read_migration(struct migrations *all, const char *name, struct migration *migration)
{
    size_t length = 0;
    unsigned char hash[CRYPTO_HASH_BYTES];
    migration->number = atoi(name);
    migration->name = pool_strdup(all->pool, name);
    if (migration->number != all->count + 1)
        return nerr_raise(ERROR_INTERNAL, "migration %s in %s does not follow number %d", name, all->dir, all->count);
    TRY(read_file(all->pool, all->dir, name, &migration->text, &length));
    crypto_sha256(migration->text, length, hash);
    crypto_hex(hash, sizeof hash, migration->sha256);
    return STATUS_OK;
}

static NEOERR *list_migrations(struct migrations *all)
{
    struct dirent **entries = NULL;
    int count = scandir(all->dir, &entries, is_migration, alphasort);
    if (count < 0)
        return nerr_raise(ERROR_INTERNAL, "reading the folder of migrations %s: %s", all->dir, strerror(errno));
    NEOERR *error = STATUS_OK;
    all->rows = pool_alloc(all->pool, (size_t)count * sizeof *all->rows);
    for (int i = 0; i < count; i++) {
        if (error == STATUS_OK)
            error = read_migration(all, entries[i]->d_name, &all->rows[i]);
        if (error == STATUS_OK)
            all->count++;
        free(entries[i]);
    }
    free(entries);
    return nerr_pass(error);
}

/* ---- what the database has ---- */

static const char MIGRATION_TABLE_SQL[] =
    "CREATE TABLE IF NOT EXISTS schema_migration ("
    " number INT UNSIGNED NOT NULL PRIMARY KEY,"
    " name VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
    " sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
    " applied_at DATETIME(3) NULL" /* NULL: begun and not ended, DDL knows no rollback */
    ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_as_ci";

static const char APPLIED_SQL[] =
    "SELECT number, name, sha256, applied_at IS NOT NULL "
    "FROM schema_migration "
    "ORDER BY number";

struct applied {
    const struct migrations *all;
    int count;
};

static NEOERR *check_applied(void *data, const struct db_row *row)
{
    struct applied *applied = data;
    int number = (int)db_get_int(row, 0);
    const char *name = db_get(row, 1);
    if (db_get_int(row, 3) == 0)
        return nerr_raise(ERROR_INTERNAL, "migration %s broke off half-way: mend the schema by hand, then delete its row of schema_migration", name);
    if (number != applied->count + 1)
        return nerr_raise(ERROR_INTERNAL, "schema_migration has a gap before %s", name);
    if (number > applied->all->count)
        return nerr_raise(ERROR_INTERNAL, "migration %s was applied, but is missing in %s", name, applied->all->dir);
    const struct migration *file = &applied->all->rows[number - 1];
    if (strcmp(file->name, name) != 0 || strcmp(file->sha256, db_get(row, 2)) != 0)
        return nerr_raise(ERROR_INTERNAL, "migration %s was changed after it was applied as %s", file->name, name);
    applied->count = number;
    return STATUS_OK;
}

/* ---- applying ---- */

static const char BEGUN_SQL[] =
    "INSERT INTO schema_migration (number, name, sha256, applied_at) VALUES (?, ?, ?, NULL)";

static const char ENDED_SQL[] = "UPDATE schema_migration SET applied_at = ? WHERE number = ?";

/* A file is sent whole; the server takes its statements one after another. */
static NEOERR *run_file(struct db *db, const struct migration *migration)
{
    mysql_set_server_option(db->mysql, MYSQL_OPTION_MULTI_STATEMENTS_ON);
    int status = mysql_real_query(db->mysql, migration->text, (unsigned long)strlen(migration->text));
    int done = 0;
    for (; status == 0; status = mysql_next_result(db->mysql), done++) {
        MYSQL_RES *result = mysql_store_result(db->mysql);
        if (result != NULL)
            mysql_free_result(result);
    }
    if (status > 0)
        return nerr_raise(ERROR_INTERNAL, "migration %s, statement %d: %s", migration->name, done + 1, mysql_error(db->mysql));
    mysql_set_server_option(db->mysql, MYSQL_OPTION_MULTI_STATEMENTS_OFF);
    return STATUS_OK;
}

static NEOERR *apply(struct db *db, const struct migration *migration)
{
    TRY(db_exec(db, BEGUN_SQL, DB_VALUES(DB_INT(migration->number), DB_TEXT(migration->name), DB_TEXT(migration->sha256)), NULL, NULL));
    TRY(run_file(db, migration));
    return nerr_pass(db_exec(db, ENDED_SQL, DB_VALUES(DB_TIME(clock_now()), DB_INT(migration->number)), NULL, NULL));
}

/* ---- the program's rights ---- */

static const char *const privileges[] = {"SELECT", "INSERT", "UPDATE", "DELETE"};
enum { PRIVILEGES = sizeof privileges / sizeof privileges[0] };

static NEOERR *change_grant(struct db *db, struct pool *pool, const char *verb, const char *words, const char *table, const char *preposition)
{
    if (words[0] == '\0')
        return STATUS_OK;
    return nerr_pass(db_simple(db, pool_printf(pool, "%s %s ON `%s`.`%s` %s '%s'@'localhost'", verb, words + 2, db->config->db_name, table,
                                               preposition, db->config->db_user)));
}

/* "person  SELECT INSERT": what is named is granted, the rest is taken away, without a moment in between. */
static NEOERR *grant_line(struct db *db, struct pool *pool, char *line)
{
    bool wanted[PRIVILEGES] = {false};
    char *rest = NULL;
    const char *table = strtok_r(line, " \t", &rest);
    if (table == NULL || table[0] == '#')
        return STATUS_OK;
    for (const char *word; (word = strtok_r(NULL, " \t", &rest)) != NULL;) {
        size_t i = 0;
        while (i < PRIVILEGES && strcmp(privileges[i], word) != 0)
            i++;
        if (i == PRIVILEGES)
            return nerr_raise(ERROR_INTERNAL, "grants.list: %s: unknown right %s", table, word);
        wanted[i] = true;
    }
    char *given = pool_strdup(pool, ""), *taken = given;
    for (size_t i = 0; i < PRIVILEGES; i++) {
        char **words = wanted[i] ? &given : &taken;
        *words = pool_printf(pool, "%s, %s", *words, privileges[i]);
    }
    TRY(change_grant(db, pool, "GRANT", given, table, "TO"));
    return nerr_pass(change_grant(db, pool, "REVOKE", taken, table, "FROM"));
}

static NEOERR *apply_grants(struct db *db, const struct migrations *all)
{
    char *text = NULL, *rest = NULL;
    size_t length = 0;
    TRY(read_file(all->pool, all->dir, "grants.list", &text, &length));
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
        TRY(grant_line(db, all->pool, line));
    return STATUS_OK;
}

/* ---- the face ---- */

/* Waits some seconds: the server lets go of a connection that ended a moment after the program did. */
static const char LOCK_SQL[] = "SELECT GET_LOCK(CONCAT('mektep-migrate ', DATABASE()), 5)";

static NEOERR *migrate(struct db *db, struct migrations *all, void (*tell)(const char *line))
{
    int64_t locked = 0;
    TRY(db_open(db));
    TRY(db_number(db, LOCK_SQL, DB_NO_VALUES, &locked, NULL));
    if (locked != 1)
        return nerr_raise(ERROR_CONFLICT, "another migration is running");
    TRY(list_migrations(all));
    TRY(db_simple(db, MIGRATION_TABLE_SQL));
    struct applied applied = {.all = all};
    TRY(db_each(db, APPLIED_SQL, DB_NO_VALUES, check_applied, &applied));
    for (int i = applied.count; i < all->count; i++) {
        TRY(apply(db, &all->rows[i]));
        tell(pool_printf(all->pool, "applied %s", all->rows[i].name));
    }
    TRY(apply_grants(db, all));
    tell(pool_printf(all->pool, "the schema is number %d", all->count));
    return STATUS_OK;
}

NEOERR *db_migrate(struct db *db, const char *sql_dir, void (*tell)(const char *line))
{
    struct migrations all = {.pool = pool_new(), .dir = sql_dir};
    NEOERR *error = migrate(db, &all, tell);
    pool_free(all.pool);
    if (db->mysql != NULL)
        db_close(db); /* which gives the lock back */
    return nerr_pass(error);
}

static const char SCHEMA_NUMBER_SQL[] = "SELECT MAX(number) FROM schema_migration WHERE applied_at IS NOT NULL";

NEOERR *db_schema_number(const char *sql_dir, int *number)
{
    struct migrations all = {.pool = pool_new(), .dir = sql_dir};
    NEOERR *error = list_migrations(&all);
    *number = all.count;
    pool_free(all.pool);
    return nerr_pass(error);
}

/* Code N runs on schema N and N+1: what a release adds is there before its code, what it takes away goes with the next one. */
NEOERR *db_check_schema(struct db *db, int number)
{
    int64_t found = 0;
    NEOERR *error = db_number(db, SCHEMA_NUMBER_SQL, DB_NO_VALUES, &found, NULL);
    if (error != STATUS_OK && (db->last_fault == ER_NO_SUCH_TABLE || db->last_fault == ER_TABLEACCESS_DENIED_ERROR)) {
        error_release(error);
        return nerr_raise(ERROR_UNAVAILABLE, "the database %s has no schema yet: run mektepctl migrate", db->config->db_name);
    }
    TRY(error);
    if (found < number || found > number + 1)
        return nerr_raise(ERROR_UNAVAILABLE, "the schema is number %lld, this program needs %d: run mektepctl migrate of the right release",
                          (long long)found, number);
    return STATUS_OK;
}
