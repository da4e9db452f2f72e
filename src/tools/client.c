/* client.c: see client.h. The account reaches the client as an option file that only this process and the client can see. */
#include "tools/client.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_STARTED = 127 };

/* A value of an option file: in quotes, with \ before what would end them. */
static void write_option(FILE *file, const char *name, const char *value)
{
    fprintf(file, "%s=\"", name);
    for (; *value != '\0'; value++)
        fprintf(file, strchr("\\\"", *value) != NULL ? "\\%c" : "%c", *value);
    fputs("\"\n", file);
}

/* The client inherits the file and opens it by its number; it takes none that others could write. */
static NEOERR *write_account(const struct config *config, int fd)
{
    FILE *file = fchmod(fd, 0600) == 0 ? fdopen(dup(fd), "w") : NULL;
    if (file == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "writing the account for a client of MariaDB");
    fputs("[client]\n", file);
    write_option(file, "socket", config->db_socket);
    write_option(file, "user", config->db_schema_user);
    write_option(file, "password", config->db_schema_password);
    return fclose(file) == 0 ? STATUS_OK : nerr_raise_errno(ERROR_INTERNAL, "writing the account for a client of MariaDB");
}

static NEOERR *run(const char *const *arguments, int input, int output)
{
    int status = -1;
    pid_t pid = fork();
    if (pid == 0) {
        if (dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0)
            _exit(NOT_STARTED);
        execvp(arguments[0], (char *const *)(uintptr_t)arguments);
        _exit(NOT_STARTED);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return nerr_raise_errno(ERROR_INTERNAL, "starting %s", arguments[0]);
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_STARTED)
        return nerr_raise(ERROR_INTERNAL, "%s could not be started: is it installed?", arguments[0]);
    return status == 0 ? STATUS_OK : nerr_raise(ERROR_INTERNAL, "%s failed", arguments[0]);
}

NEOERR *client_run(struct pool *pool, const struct config *config, const char **arguments, int input, int output)
{
    int account = memfd_create("account", 0);
    if (account < 0)
        return nerr_raise_errno(ERROR_INTERNAL, "writing the account for %s", arguments[0]);
    NEOERR *error = write_account(config, account);
    arguments[1] = pool_printf(pool, "--defaults-file=/dev/fd/%d", account);
    if (error == STATUS_OK)
        error = run(arguments, input, output);
    close(account);
    return nerr_pass(error);
}
