/* tools.h: what the commands of mektepctl share. */
#ifndef MEKTEP_TOOLS_H
#define MEKTEP_TOOLS_H

#include "engine/db.h"

/* What a command gets: the configuration is read, the registers are filled, nothing is connected yet. */
struct tool {
    struct pool *pool;
    const struct config *config;
    int argc;            /* words after the command's name */
    char **argv;
    bool is_misused;     /* tool_usage was called: exit status 2 */
};

/* One row of the table in mektepctl.c. */
struct command {
    const char *name, *arguments, *words;
    NEOERR *(*run)(struct tool *tool);
};

/* ERROR_INPUT, after which the usage is shown. */
NEOERR *tool_usage(struct tool *tool);

/* What may follow the command: --name VALUE, --name=VALUE, or a switch, whose value is "". Ends with name NULL. */
struct tool_option {
    const char *name; /* without -- */
    const char **value;
    bool is_switch;
};

/* Reads the command's words into the options' values, which stay as they are when not given, and one free word (NULL: none is taken). */
NEOERR *tool_read(struct tool *tool, const struct tool_option *options, const char **word);

/* The first line of standard input, without its end. ERROR_INPUT when there is none. */
NEOERR *tool_read_line(struct tool *tool, const char **line);

/* The ids of all organisations, ascending. */
NEOERR *tool_organisations(struct tool *tool, struct db *db, int64_t **ids, size_t *count);

NEOERR *command_admin(struct tool *tool);
NEOERR *command_backup(struct tool *tool);
NEOERR *command_check(struct tool *tool);
NEOERR *command_demo(struct tool *tool);
NEOERR *command_export(struct tool *tool);
NEOERR *command_factor_off(struct tool *tool);
NEOERR *command_import(struct tool *tool);
NEOERR *command_migrate(struct tool *tool);
NEOERR *command_password(struct tool *tool);
NEOERR *command_rekey(struct tool *tool);
NEOERR *command_restore(struct tool *tool);
NEOERR *command_routes(struct tool *tool);
NEOERR *command_schema(struct tool *tool);

#endif
