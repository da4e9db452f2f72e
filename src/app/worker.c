/* worker.c: one web or job process: opens what it needs, serves, and ends cleanly on SIGTERM. */
#include "app/app.h"

#include "base/crypto.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "base/text.h"
#include "engine/document.h"
#include "engine/job.h"
#include "engine/page.h"

#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t stop;

NEOERR *worker_init(struct worker *worker, const struct config *config)
{
    *worker = (struct worker){.config = config, .pool = pool_new()};
    TRY(crypto_init());
    worker->tag = crypto_random(UINT32_MAX);
    TRY(text_init());
    TRY(i18n_init(config->locale_dir));
    TRY(doc_init());
    TRY(view_new(config->template_dir, &worker->view));
    TRY(page_statics(worker));
    TRY(db_schema_number(config->sql_dir, &worker->schema_number));
    worker->db = db_new(config, DB_PROGRAM);
    return STATUS_OK;
}

NEOERR *worker_check_schema(struct worker *worker)
{
    if (worker->schema_is_right)
        return STATUS_OK;
    TRY(db_connect(worker->db));
    TRY(db_check_schema(worker->db, worker->schema_number));
    worker->schema_is_right = true;
    return STATUS_OK;
}

void worker_release(struct worker *worker)
{
    db_free(worker->db);
    view_free(worker->view);
    hdf_destroy(&worker->statics);
    pool_free(worker->pool);
    i18n_end();
    text_end();
    *worker = (struct worker){0};
}

static void on_stop(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

/* SIGINT and SIGHUP of a terminal go to the whole group: only the master acts on them. */
static void listen_to_signals(void)
{
    struct sigaction action = {.sa_handler = on_stop};
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    sigaction(SIGPIPE, &action, NULL);
}

/* SIGTERM is let in only while the process waits for a request. */
static NEOERR *serve_web(struct worker *worker)
{
    sigset_t term, before;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, &before);
    return nerr_pass(http_fcgi_serve(&stop, &before, app_serve, worker));
}

static NEOERR *serve_job(struct worker *worker)
{
    return nerr_pass(job_serve(worker, &stop));
}

/* What the sanitizers do at the end of a process the sandbox would refuse. */
#ifdef __SANITIZE_ADDRESS__
enum { HAS_SANDBOX = false };
#else
enum { HAS_SANDBOX = true };
#endif

/* Without a database pages are 503 until it is there; with one of another release there is nothing to wait for. */
static NEOERR *check_at_start(struct worker *worker)
{
    NEOERR *error = db_connect(worker->db);
    if (error == STATUS_OK)
        return nerr_pass(worker_check_schema(worker));
    log_error(error);
    error_release(error);
    return STATUS_OK;
}

static const struct {
    const char *kind;
    NEOERR *(*serve)(struct worker *worker);
    bool in_sandbox; /* jobs start programs that look into uploads */
} kinds[] = {
    {"web", serve_web, HAS_SANDBOX},
    {"job", serve_job, false},
};

NEOERR *worker_serve(const struct config *config, const char *kind, void (*ready)(void))
{
    struct worker worker;
    log_set_process(kind);
    listen_to_signals();
    NEOERR *error = worker_init(&worker, config);
    if (error == STATUS_OK)
        error = view_parse_all(worker.view); /* in the sandbox nobody opens a file */
    if (error == STATUS_OK)
        error = check_at_start(&worker);
    for (size_t i = 0; error == STATUS_OK && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].kind, kind) != 0)
            continue;
        if (kinds[i].in_sandbox)
            error = sandbox_enter(SANDBOX_WEB);
        if (error != STATUS_OK)
            break;
        log_write(LOG_LEVEL_INFO, "the process is ready");
        ready();
        error = kinds[i].serve(&worker);
    }
    worker_release(&worker);
    return nerr_pass(error);
}
