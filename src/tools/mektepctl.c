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
    {"admin", "--surname WORD --given WORD", "adds an administrator; prints the login and a one-time code", command_admin},
    {"password", "LOGIN", "sets the password of an account, read from standard input", command_password},
    {"factor-off", "LOGIN", "takes the second step of the sign-in off a lost account", command_factor_off},
    {"check", "", "compares what is stored of each ledger with its rows", command_check},
    {"backup", "DIR", "writes the database and the files into a folder", command_backup},
    {"restore", "DIR", "fills an installation that holds nothing from such a folder", command_restore},
    {"rekey", "", "builds old sort and search keys of names anew", command_rekey},
    {"export", "--out FILE [--org ID]", "writes the contingent: a package, or bare XML when FILE ends with .xml", command_export},
    {"import", "FILE", "takes a package or bare XML in; says what it did not take", command_import},
    {"schema", "", "prints the XSD of the exchange", command_schema},
    {"demo", "[--empty] [--schools N --pupils M]", "fills an installation that has no people; prints role, login, password", command_demo},
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
        fprintf(out, "  %-10s %-29s %s\n", command->name, command->arguments, command->words);
    return out == stderr ? 2 : EXIT_SUCCESS;
}

static const struct command *find(const char *name)
{
    const struct command *command = commands;
    while (command->name != NULL && strcmp(command->name, name) != 0)
        command++;
    return command->name != NULL ? command : NULL;
}

static NEOERR *run(const struct command *command, struct tool *tool, struct config *config, const char *file, const char *today)
{
    TRY(error_init());
    TRY(crypto_init());
    TRY(text_init());
    TRY(registers_init(areas));
    if (today != NULL)
        TRY(clock_set_today(today));
    TRY(config_load(tool->pool, file, config));
    return nerr_pass(command->run(tool));
}

/* The words of an error for the person at the terminal; the trace only where it is ours. */
static int fail(const struct tool *tool, NEOERR *error)
{
    fprintf(stderr, "mektepctl: %s\n", error_message(error));
    if (nerr_match(error, ERROR_INTERNAL))
        nerr_log_error(error);
    error_release(error);
    return tool->is_misused ? usage(stderr) : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"today", required_argument, NULL, 't'}, {"help", no_argument, NULL, 'h'}, {0}};
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
    struct config config;
    struct tool tool = {.pool = pool_new(), .config = &config, .argc = argc - optind - 1, .argv = argv + optind + 1};
    NEOERR *error = run(command, &tool, &config, file, today);
    int status = error == STATUS_OK ? EXIT_SUCCESS : fail(&tool, error);
    text_end();
    pool_free(tool.pool);
    return status;
}
