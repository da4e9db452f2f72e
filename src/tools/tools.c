/* tools.c: see tools.h. */
#include "tools/tools.h"

#include <string.h>

NEOERR *tool_usage(struct tool *tool)
{
    tool->is_misused = true;
    return nerr_raise(ERROR_INPUT, "the words after %s are not understood", tool->argv[-1]);
}

static const struct tool_option *find_option(const struct tool_option *options, const char *word, size_t length)
{
    for (; options->name != NULL; options++)
        if (strlen(options->name) == length && strncmp(options->name, word, length) == 0)
            return options;
    return NULL;
}

NEOERR *tool_read(struct tool *tool, const struct tool_option *options, const char **word)
{
    for (int i = 0; i < tool->argc; i++) {
        const char *given = tool->argv[i];
        if (strncmp(given, "--", 2) != 0) {
            if (word == NULL || *word != NULL)
                return nerr_pass(tool_usage(tool));
            *word = given;
            continue;
        }
        size_t length = strcspn(given + 2, "=");
        const struct tool_option *option = find_option(options, given + 2, length);
        bool has_value = given[2 + length] == '=';
        if (option == NULL || (option->is_switch && has_value) || (!option->is_switch && !has_value && i + 1 == tool->argc))
            return nerr_pass(tool_usage(tool));
        if (option->is_switch)
            *option->value = "";
        else
            *option->value = has_value ? given + 2 + length + 1 : tool->argv[++i];
    }
    return STATUS_OK;
}

NEOERR *tool_read_line(struct tool *tool, const char **line)
{
    char bytes[1024];
    if (fgets(bytes, sizeof bytes, stdin) == NULL)
        return nerr_raise(ERROR_INPUT, "a line is wanted on standard input");
    *line = pool_strndup(tool->pool, bytes, strcspn(bytes, "\r\n"));
    return STATUS_OK;
}

static const char COUNT_ORGANISATIONS[] = "SELECT COUNT(*) FROM organisation";
static const char ORGANISATIONS[] = "SELECT id FROM organisation ORDER BY id LIMIT ?";

struct ids {
    int64_t *rows;
    size_t count;
};

static NEOERR *take_id(void *data, const struct db_row *row)
{
    struct ids *ids = data;
    ids->rows[ids->count++] = db_get_int(row, 0);
    return STATUS_OK;
}

NEOERR *tool_organisations(struct tool *tool, struct db *db, int64_t **ids, size_t *count)
{
    int64_t all = 0;
    TRY(db_number(db, COUNT_ORGANISATIONS, DB_NO_VALUES, &all, NULL));
    struct ids taken = {.rows = pool_alloc(tool->pool, ((size_t)all + 1) * sizeof *taken.rows)};
    TRY(db_each(db, ORGANISATIONS, DB_VALUES(DB_INT(all)), take_id, &taken));
    *ids = taken.rows;
    *count = taken.count;
    return STATUS_OK;
}
