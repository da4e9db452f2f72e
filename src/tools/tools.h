/* tools.h: what the commands of mektepctl share. */
#ifndef MEKTEP_TOOLS_H
#define MEKTEP_TOOLS_H

#include "engine/db.h"

/* What a command gets: the configuration is read, nothing is connected yet. */
struct tool {
    struct pool *pool;
    const struct config *config;
    int argc;            /* words after the command's name */
    char **argv;
};

/* One row of the table in mektepctl.c. */
struct command {
    const char *name, *arguments, *words;
    NEOERR *(*run)(struct tool *tool);
};

/* ERROR_INPUT, after which the usage of the command is shown. */
NEOERR *tool_usage(const struct tool *tool);

NEOERR *command_migrate(struct tool *tool);
NEOERR *command_demo(struct tool *tool);

#endif
