/* mektepctl.c: what an operator does by hand: one row a command. */
#include "tools/tools.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "base/text.h"
#include "school/areas.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const struct command commands[] = {
    {"migrate", "", "brings the schema and the program's rights up to date", command_migrate},
    {"check", "", "compares what is stored of each ledger with its rows", command_check},
    {"rekey", "", "builds old sort and search keys of names anew", command_rekey},
    {"demo", "[--empty]", "fills an installation that has no people; prints role, login, password", command_demo},
    {"routes", "", "prints every page: route, kind of organisation, address, who may open it", command_routes},
    {0},
};

/* ---- migrate ---- */

static void tell(const char *line)
{
    puts(line);
}

NEOERR *command_migrate(struct tool *tool)
{
    TRY(tool_read(tool, (const struct tool_option[]){{0}}, NULL));
    struct db *db = db_new(tool->config, DB_SCHEMA);
    NEOERR *error = db_migrate(db, tool->config->sql_dir, tell);
    db_free(db);
    return nerr_pass(error);
}

/* ---- the command line ---- */

static int usage(FILE *out)
{
    fputs("usage: mektepctl [-c FILE] [--today YYYY-MM-DD] COMMAND …\n\n", out);
    for (const struct command *command = commands; command->name != NULL; command++)
        fprintf(out, "  %-10s %-14s %s\n", command->name, command->arguments, command->words);
    return out == stderr ? 2 : EXIT_SUCCESS;
}

static const struct command *find(const char *name)
{
    const struct command *command = commands;
    while (command->name != NULL && strcmp(command->name, name) != 0)
        command++;
    return command->name != NULL ? command : NULL;
}

static NEOERR *run(const struct command *command, const char *file, const char *today, int argc, char **argv)
{
    struct pool *pool = pool_new();
    struct config config;
    struct tool tool = {.pool = pool, .config = &config, .argc = argc, .argv = argv};
    NEOERR *error = crypto_init();
    if (error == STATUS_OK)
        error = text_init();
    if (error == STATUS_OK)
        error = registers_init(areas);
    if (error == STATUS_OK && today != NULL)
        error = clock_set_today(today);
    if (error == STATUS_OK)
        error = config_load(pool, file, &config);
    if (error == STATUS_OK)
        error = command->run(&tool);
    text_end();
    pool_free(pool);
    return nerr_pass(error);
}

/* The words of an error for the person at the terminal; the trace only where it is ours. */
static int fail(NEOERR *error)
{
    fprintf(stderr, "mektepctl: %s\n", error_message(error));
    if (nerr_match(error, ERROR_INTERNAL))
        nerr_log_error(error);
    error_release(error);
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'}, {"today", required_argument, NULL, 't'}, {"help", no_argument, NULL, 'h'}, {0}};
    const char *file = SYSCONFDIR "/mektep.conf", *today = NULL;
    int option;
    while ((option = getopt_long(argc, argv, "+c:h", options, NULL)) != -1)
        switch (option) {
        case 'c': file = optarg; break;
        case 't': today = optarg; break;
        case 'h': return usage(stdout);
        default: return usage(stderr);
        }
    const struct command *command = optind < argc ? find(argv[optind]) : NULL;
    if (command == NULL)
        return usage(stderr);
    NEOERR *error = error_init();
    if (error == STATUS_OK)
        error = run(command, file, today, argc - optind - 1, argv + optind + 1);
    return error == STATUS_OK ? EXIT_SUCCESS : fail(error);
}
