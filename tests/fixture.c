/* fixture.c: see fixture.h. The migrated, empty data folder is kept in the build folder by the checksum of sql/. */
#include "fixture.h"
#include "base/crypto.h"
#include "base/log.h"
#include "base/text.h"

#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { START_TRIES = 600, START_PAUSE_MS = 50 };

/* The accounts of the private server: no secrets, it has no network. */
#define DATABASE "mektep_test"
static const char *const account_statements[] = {
    "CREATE DATABASE " DATABASE " CHARACTER SET utf8mb4",
    "CREATE USER 'schema'@'localhost' IDENTIFIED BY 'schema'",
    "CREATE USER 'program'@'localhost' IDENTIFIED BY 'program'",
    "GRANT ALL ON `" DATABASE "%`.* TO 'schema'@'localhost' WITH GRANT OPTION",
};

static struct {
    pid_t owner;  /* who started the server and ends it */
    pid_t server;
    struct pool *pool;
    const char *dir;
    struct config config;
} server;

static struct {
    struct pool *pool;
    struct db *db, *schema_db;
} test;

static void __attribute__((noreturn, format(printf, 1, 2))) give_up(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}

static void must(NEOERR *error)
{
    if (error == STATUS_OK)
        return;
    log_error(error);
    give_up("the fixture failed: %s", error_message(error));
}

/* ---- programs ---- */

static pid_t start_program(const char *const *arguments, const char *log)
{
    pid_t parent = getpid(), pid = fork();
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || freopen(log, "a", stdout) == NULL || dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
        _exit(126);
    execvp(arguments[0], (char *const *)(uintptr_t)arguments);
    _exit(127);
}

static void run_program(const char *const *arguments)
{
    const char *log = pool_printf(server.pool, "%s/%s.log", server.dir, arguments[0]);
    int status = -1;
    pid_t pid = start_program(arguments, log);
    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        give_up("%s failed, see %s", arguments[0], log);
}

#define RUN(...) run_program((const char *const[]){__VA_ARGS__, NULL})

/* ---- the server ---- */

/* The last argument: MariaDB refuses to run as root unless told so; NULL for everybody else. */
static const char *as_superuser(void)
{
    return geteuid() == 0 ? "--user=root" : NULL;
}

static const char *data_dir(void)
{
    return pool_printf(server.pool, "%s/data", server.dir);
}

/* In a folder of their own: servers that are made at the same moment must not meet in /tmp. */
static const char *temporary_files(void)
{
    return pool_printf(server.pool, "--tmpdir=%s", server.dir);
}

static bool connects(const struct config *config)
{
    struct db *db = db_new(config, DB_PROGRAM);
    NEOERR *error = db_connect(db);
    bool is_up = error == STATUS_OK;
    error_release(error);
    db_free(db);
    return is_up;
}

static void wait_until_up(const struct config *config)
{
    for (int tries = 0; tries < START_TRIES; tries++) {
        if (connects(config))
            return;
        if (waitpid(server.server, NULL, WNOHANG) == server.server)
            break;
        nanosleep(&(struct timespec){.tv_nsec = START_PAUSE_MS * 1000000L}, NULL);
    }
    give_up("mariadbd did not start, see %s/mariadbd.log", server.dir);
}

static void start_server(void)
{
    const char *const arguments[] = {
        "mariadbd", "--no-defaults", "--skip-networking", "--innodb-flush-log-at-trx-commit=0",
        "--innodb-buffer-pool-size=32M", "--innodb-log-file-size=8M", "--performance-schema=off", "--skip-log-bin",
        pool_printf(server.pool, "--datadir=%s", data_dir()),
        temporary_files(),
        pool_printf(server.pool, "--socket=%s", server.config.db_socket),
        pool_printf(server.pool, "--pid-file=%s/pid", server.dir),
        as_superuser(), NULL,
    };
    server.server = start_program(arguments, pool_printf(server.pool, "%s/mariadbd.log", server.dir));
}

static void stop_server(int with)
{
    kill(server.server, with);
    waitpid(server.server, NULL, 0);
}

static struct config as_root(const char *db_socket)
{
    return (struct config){.db_socket = db_socket, .db_name = "mysql", .db_user = "root", .db_password = ""};
}

static const char *socket_away(void)
{
    return pool_printf(server.pool, "%s.away", server.config.db_socket);
}

/* Runs the statements that a query makes, a line each. */
static void run_lines(struct db *db, const char *sql, db_row_fn *add_line)
{
    STRING lines;
    char *rest = NULL;
    string_init(&lines);
    must(db_each(db, sql, DB_NO_VALUES, add_line, &lines));
    if (lines.buf != NULL)
        for (char *line = strtok_r(lines.buf, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
            must(db_exec(db, line, DB_NO_VALUES, NULL, NULL));
    string_clear(&lines);
}

static const char CLIENTS_SQL[] = "SELECT id FROM information_schema.processlist WHERE user IN ('program', 'schema')";

static NEOERR *add_kill(void *data, const struct db_row *row)
{
    STRING *statements = data;
    return nerr_pass(string_appendf(statements, "KILL %s\n", db_get(row, 0)));
}

/* The server itself goes on, since it must be the test program's child and not the test's: its socket is put away and
 * whoever is connected is thrown out, which is all that a client sees of a server's end. */
void fixture_database_gone(void)
{
    struct config config = as_root(socket_away());
    struct db *db = db_new(&config, DB_PROGRAM);
    if (rename(server.config.db_socket, config.db_socket) != 0)
        give_up("%s: %s", server.config.db_socket, strerror(errno));
    run_lines(db, CLIENTS_SQL, add_kill);
    db_free(db);
}

void fixture_database_back(void)
{
    rename(socket_away(), server.config.db_socket);
}

/* ---- the template of the data folder ---- */

static const char *checksum_of_schema(void)
{
    glob_t files;
    char sum[CRYPTO_HEX_SIZE], buffer[8192];
    struct crypto_hash *hash = crypto_hash_new(server.pool);
    if (glob(SOURCE_DIR "/sql/*.*", 0, NULL, &files) != 0)
        give_up("no schema in " SOURCE_DIR "/sql");
    for (size_t i = 0; i < files.gl_pathc; i++) {
        FILE *file = fopen(files.gl_pathv[i], "r");
        if (file == NULL)
            give_up("%s: %s", files.gl_pathv[i], strerror(errno));
        for (size_t got; (got = fread(buffer, 1, sizeof buffer, file)) > 0;)
            crypto_hash_add(hash, buffer, got);
        fclose(file);
    }
    globfree(&files);
    crypto_hash_end(hash, sum);
    return pool_strndup(server.pool, sum, 16);
}

static void tell_nobody(const char *line)
{
    (void)line;
}

static void make_accounts(const struct config *root)
{
    struct db *db = db_new(root, DB_PROGRAM);
    for (size_t i = 0; i < sizeof account_statements / sizeof account_statements[0]; i++)
        must(db_exec(db, account_statements[i], DB_NO_VALUES, NULL, NULL));
    db_free(db);
}

static void make_template(const char *template)
{
    RUN("mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", "--force",
        "--innodb-log-file-size=8M", pool_printf(server.pool, "--datadir=%s", data_dir()), temporary_files(), as_superuser());
    start_server();
    struct config root = as_root(server.config.db_socket);
    wait_until_up(&root);
    make_accounts(&root);
    struct db *db = db_new(&server.config, DB_SCHEMA);
    must(db_migrate(db, server.config.sql_dir, tell_nobody));
    db_free(db);
    stop_server(SIGTERM);
    const char *fresh = pool_printf(server.pool, "%s.%d", template, (int)getpid());
    RUN("cp", "-r", "--reflink=auto", data_dir(), fresh);
    if (rename(fresh, template) != 0) /* another test program was faster */
        RUN("rm", "-rf", fresh);
}

/* ---- start and end ---- */

static void end_server(void)
{
    if (getpid() != server.owner) /* Check's children run this, too */
        return;
    stop_server(SIGKILL);
    RUN("rm", "-rf", server.dir);
    pool_free(server.pool);
}

static void fill_config(void)
{
    server.config = (struct config){
        .base_url = "http://127.0.0.1:8080",
        .db_socket = pool_printf(server.pool, "%s/socket", server.dir),
        .db_name = DATABASE,
        .db_user = "program",
        .db_password = "program",
        .db_schema_user = "schema",
        .db_schema_password = "schema",
        .files_dir = pool_printf(server.pool, "%s/files", server.dir),
        .template_dir = SOURCE_DIR "/templates",
        .static_dir = SOURCE_DIR "/static",
        .locale_dir = BUILD_DIR "/locale",
        .schema_dir = SOURCE_DIR "/schemas",
        .sql_dir = SOURCE_DIR "/sql",
        .secret_key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        .clamd_socket = "",
        .time_zone = "Asia/Almaty",
        .upload_max_mb = 20,
        .package_max_mb = 40,
        .unused_file_days = 30,
        .draft_days = 400,
    };
}

static void begin_plain(void)
{
    must(error_init());
    must(crypto_init());
    must(text_init());
}

static void begin_server(void)
{
    if (server.owner != 0)
        return;
    char dir[] = "/tmp/mektep-test-XXXXXX";
    begin_plain();
    server.pool = pool_new();
    if (mkdtemp(dir) == NULL)
        give_up("%s: %s", dir, strerror(errno));
    server.dir = pool_strdup(server.pool, dir);
    fill_config();
    mkdir(server.config.files_dir, 0700);
    const char *template = pool_printf(server.pool, BUILD_DIR "/tests/mariadb-template-%s", checksum_of_schema());
    if (access(template, R_OK) != 0)
        make_template(template);
    else
        RUN("cp", "-r", "--reflink=auto", template, data_dir());
    start_server();
    server.owner = getpid();
    atexit(end_server);
    wait_until_up(&server.config);
}

/* ---- each test ---- */

static const char FILLED_TABLES_SQL[] =
    "SELECT table_name "
    "FROM information_schema.tables "
    "WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'"
    " AND table_name NOT IN ('territory', 'territory_name', 'schema_migration')";

static NEOERR *add_delete(void *data, const struct db_row *row)
{
    STRING *statements = data;
    return nerr_pass(string_appendf(statements, "DELETE FROM `%s`\n", db_get(row, 0)));
}

void fixture_reset(void)
{
    struct db *db = fixture_schema_db();
    fixture_database_back();
    must(db_exec(db, "SET foreign_key_checks = 0", DB_NO_VALUES, NULL, NULL));
    run_lines(db, FILLED_TABLES_SQL, add_delete);
    must(db_exec(db, "DELETE FROM territory_name WHERE territory_id > 79999", DB_NO_VALUES, NULL, NULL));
    must(db_exec(db, "DELETE FROM territory WHERE id > 79999", DB_NO_VALUES, NULL, NULL));
    must(db_exec(db, "SET foreign_key_checks = 1", DB_NO_VALUES, NULL, NULL));
    must(db_exec(db, "ALTER SEQUENCE login_number RESTART", DB_NO_VALUES, NULL, NULL));
}

void fixture_end(void)
{
    db_free(test.db);
    db_free(test.schema_db);
    pool_free(test.pool);
    memset(&test, 0, sizeof test);
    i18n_end();
    clock_shift(0);
}

void fixture_add(TCase *tcase)
{
    tcase_set_timeout(tcase, 60);
    tcase_add_unchecked_fixture(tcase, begin_server, NULL);
    tcase_add_checked_fixture(tcase, fixture_reset, fixture_end);
}

void fixture_add_plain(TCase *tcase)
{
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, begin_plain, fixture_end);
}

static void release_hdf(void *hdf)
{
    hdf_destroy((HDF **)hdf);
}

struct request *fixture_request(int64_t org)
{
    static struct http_request http;
    struct pool *pool = fixture_pool();
    struct worker *worker = pool_alloc(pool, sizeof *worker);
    struct request *rq = pool_alloc(pool, sizeof *rq);
    http = (struct http_request){.method = HTTP_GET, .path = "/", .remote_address = "127.0.0.1"};
    *worker = (struct worker){.config = &server.config, .db = fixture_db(), .pool = pool};
    *rq = (struct request){
        .worker = worker,
        .db = worker->db,
        .pool = pool,
        .id = "test-000001",
        .http = &http,
        .session = {.id = 1, .account = 1, .language = LANG_EN},
        .place = {.org = org, .kind = ORGANISATION_SCHOOL, .name = "School", .time_zone = "Asia/Almaty", .year = 2026},
        .language = LANG_EN,
    };
    must(i18n_init(server.config.locale_dir));
    i18n_use(LANG_EN);
    must(hdf_init(&rq->hdf));
    pool_cleanup(pool, release_hdf, &rq->hdf);
    return rq;
}

struct config *fixture_config(void)
{
    return &server.config;
}

struct db *fixture_db(void)
{
    if (test.db == NULL)
        test.db = db_new(&server.config, DB_PROGRAM);
    return test.db;
}

struct db *fixture_schema_db(void)
{
    if (test.schema_db == NULL)
        test.schema_db = db_new(&server.config, DB_SCHEMA);
    return test.schema_db;
}

struct pool *fixture_pool(void)
{
    if (test.pool == NULL)
        test.pool = pool_new();
    return test.pool;
}

void fixture_ok_(NEOERR *error, const char *call, const char *file, int line)
{
    if (error == STATUS_OK)
        return;
    char words[300];
    snprintf(words, sizeof words, "%s", error_message(error));
    log_error(error);
    error_release(error);
    ck_abort_msg("%s:%d: %s: %s", file, line, call, words);
}

void fixture_fails_(NEOERR *error, NERR_TYPE type, const char *call, const char *file, int line)
{
    if (error == STATUS_OK)
        ck_abort_msg("%s:%d: %s did not fail", file, line, call);
    bool matches = nerr_match(error, type) != 0;
    if (!matches)
        log_error(error);
    error_release(error);
    if (!matches)
        ck_abort_msg("%s:%d: %s failed in another way", file, line, call);
}
