/* main.c: mektepd: the master, and by its first argument a web or a job process. */
#include "app/app.h"
#include "app/master.h"
#include "base/log.h"
#include "school/areas.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
    "Usage: mektepd [-c FILE] [--today DATE]\n"
    "The information system of schools and colleges. Waits for nginx and keeps its worker processes.\n"
    "  -c, --config FILE  the configuration (" SYSCONFDIR "/mektep.conf)\n"
    "      --today DATE   works as if it were that day (2026-09-01)\n"
    "      --version      says the version\n"
    "      --help         says this\n";

struct options {
    const char *config, *today, *kind;
};

static const struct option long_options[] = {
    {"config", required_argument, NULL, 'c'},
    {"today", required_argument, NULL, 't'},
    {"version", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, 'h'},
    {0},
};

static _Noreturn void say_and_exit(FILE *stream, const char *words, int status)
{
    fputs(words, stream);
    exit(status);
}

static struct options read_options(int argc, char **argv)
{
    struct options options = {.config = SYSCONFDIR "/mektep.conf"};
    for (int letter; (letter = getopt_long(argc, argv, "c:", long_options, NULL)) != -1;) {
        switch (letter) {
        case 'c': options.config = optarg; break;
        case 't': options.today = optarg; break;
        case 'v': say_and_exit(stdout, "mektepd " MEKTEP_VERSION "\n", EXIT_SUCCESS);
        case 'h': say_and_exit(stdout, usage, EXIT_SUCCESS);
        default: say_and_exit(stderr, usage, EXIT_FAILURE);
        }
    }
    options.kind = argv[optind];
    bool is_known = options.kind == NULL || strcmp(options.kind, "web") == 0 || strcmp(options.kind, "job") == 0;
    if (!is_known || (options.kind != NULL && argv[optind + 1] != NULL))
        say_and_exit(stderr, usage, EXIT_FAILURE);
    return options;
}

/* Tells the master that this process can serve now; started by hand there is nobody to tell. */
static void tell_ready(void)
{
    pid_t pid = getpid();
    if (getenv(MASTER_READY_VARIABLE) == NULL)
        return;
    bool is_told = write(MASTER_READY_FD, &pid, sizeof pid) == (ssize_t)sizeof pid;
    if (!is_told)
        log_write(LOG_LEVEL_WARNING, "tell the master that this process is ready: the pipe is closed");
    close(MASTER_READY_FD);
}

static enum log_level level_of(const char *name)
{
    static const char *const names[] = {[LOG_LEVEL_DEBUG] = "debug", [LOG_LEVEL_INFO] = "info", [LOG_LEVEL_WARNING] = "warning"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return (enum log_level)i;
    return LOG_LEVEL_ERROR;
}

static NEOERR *serve(const struct options *options)
{
    struct config config;
    struct pool *pool = pool_new();
    NEOERR *error = config_load(pool, options->config, &config);
    if (error == STATUS_OK) {
        log_set_level(level_of(config.log_level));
        error = registers_init(areas);
    }
    if (error == STATUS_OK)
        error = worker_serve(&config, options->kind, tell_ready);
    pool_free(pool);
    return nerr_pass(error);
}

int main(int argc, char **argv)
{
    struct options options = read_options(argc, argv);
    NEOERR *error = error_init();
    if (error == STATUS_OK && options.today != NULL)
        error = clock_set_today(options.today);
    if (error == STATUS_OK)
        error = options.kind == NULL ? master_run(options.config, argv) : serve(&options);
    if (error == STATUS_OK)
        return EXIT_SUCCESS;
    log_error(error);
    error_release(error);
    return EXIT_FAILURE;
}
