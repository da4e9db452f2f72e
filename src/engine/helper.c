/* helper.c: see helper.h. */
#include "engine/helper.h"

#include "base/clock.h"
#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_MAX = 64 * 1024, NOT_STARTED = 127 };

static const struct {
    int resource;
    rlim_t most;
} limits[] = {
    {RLIMIT_AS, (rlim_t)2 << 30},
    {RLIMIT_FSIZE, (rlim_t)256 << 20},
    {RLIMIT_NOFILE, 64},
    {RLIMIT_CORE, 0},
};

static void limit(int resource, rlim_t most)
{
    if (setrlimit((__rlimit_resource_t)resource, &(struct rlimit){most, most}) != 0)
        _exit(NOT_STARTED);
}

/* In the child: nothing here may allocate. */
static void __attribute__((noreturn)) become(const char *dir, int seconds, int output, const char *const *arguments, char *const *environment)
{
    int nothing = open("/dev/null", O_RDONLY);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0 || close_range(3, ~0U, 0) != 0 || chdir(dir) != 0)
        _exit(NOT_STARTED);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        limit(limits[i].resource, limits[i].most);
    limit(RLIMIT_CPU, (rlim_t)seconds + 1);
    if (!sandbox_close(SANDBOX_HELPER))
        _exit(NOT_STARTED);
    execvpe(arguments[0], (char *const *)(uintptr_t)arguments, environment);
    _exit(NOT_STARTED);
}

/* Reads what the helper says until it closes its output; false when the time is over first. */
static bool read_output(int fd, int64_t deadline, char *output)
{
    char dropped[4096];
    size_t length = 0;
    for (;;) {
        int64_t left = deadline - clock_monotonic();
        struct pollfd waiting = {.fd = fd, .events = POLLIN};
        if (left <= 0)
            return false;
        if (poll(&waiting, 1, (int)left) <= 0)
            continue;
        bool full = length == OUTPUT_MAX;
        ssize_t got = full ? read(fd, dropped, sizeof dropped) : read(fd, output + length, OUTPUT_MAX - length);
        if (got == 0)
            return true;
        if (got > 0 && !full)
            length += (size_t)got;
    }
}

/* Waits for the end, which follows the closed output at once unless the helper plays tricks. */
static bool wait_end(pid_t pid, int64_t deadline, int *status)
{
    while (waitpid(pid, status, WNOHANG) == 0) {
        if (clock_monotonic() >= deadline)
            return false;
        poll(NULL, 0, 1);
    }
    return true;
}

NEOERR *helper_run(struct pool *pool, const char *dir, int seconds, const char *const *arguments, struct helper_result *result)
{
    const char *path = getenv("PATH");
    char *output = pool_alloc(pool, OUTPUT_MAX + 1);
    char *const environment[] = {
        pool_printf(pool, "PATH=%s", path == NULL ? "/usr/bin:/bin" : path),
        pool_printf(pool, "HOME=%s", dir),
        pool_printf(pool, "TMPDIR=%s", dir),
        pool_strdup(pool, "LC_ALL=C.UTF-8"),
        pool_strdup(pool, "VIPS_BLOCK_UNTRUSTED=1"), /* only loaders that are fuzzed */
        pool_strdup(pool, "VIPS_CONCURRENCY=1"),
        NULL,
    };
    int64_t deadline = clock_monotonic() + (int64_t)seconds * 1000;
    int ends[2], status = 0;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return nerr_raise_errno(ERROR_INTERNAL, "a pipe for %s", arguments[0]);
    pid_t pid = fork();
    if (pid == 0)
        become(dir, seconds, ends[1], arguments, environment);
    close(ends[1]);
    bool in_time = pid > 0 && read_output(ends[0], deadline, output) && wait_end(pid, deadline, &status);
    close(ends[0]);
    if (pid < 0)
        return nerr_raise_errno(ERROR_INTERNAL, "starting %s", arguments[0]);
    kill(-pid, SIGKILL); /* whatever it started, too */
    if (!in_time)
        waitpid(pid, &status, 0);
    *result = (struct helper_result){.status = in_time && WIFEXITED(status) ? WEXITSTATUS(status) : -1, .timed_out = !in_time, .output = output};
    if (result->status == NOT_STARTED)
        return nerr_raise(ERROR_INTERNAL, "%s could not be started: is it installed?", arguments[0]);
    return STATUS_OK;
}
