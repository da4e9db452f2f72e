/* master.c: see master.h. Signals only set flags; the loop acts on one after the other. */
#include "app/master.h"

#include "base/clock.h"
#include "base/log.h"
#include "engine/config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    CHILDREN_MAX = 256,
    ARGUMENTS_MAX = 16,
    BACKLOG = 511,
    FIRST_INHERITED_FD = 3,     /* SD_LISTEN_FDS_START */
    PAUSE_FIRST_MS = 100,       /* before a worker that died early is started again; doubles */
    PAUSE_LAST_MS = 30 * 1000,
    STEADY_MS = 10 * 1000,      /* a worker that lived so long died by accident, not by its start */
    FINISH_MS = 60 * 1000,      /* a worker that has not finished by then is killed */
};

enum stage { CHILD_NONE, CHILD_WANTED, CHILD_STARTING, CHILD_SERVING, CHILD_FINISHING };

struct child {
    enum stage stage;
    pid_t pid;
    const char *kind;
    unsigned crew;
    int early_deaths;   /* one after the other */
    int64_t since;      /* of CHILD_WANTED: not before; else when it was started or told to finish; clock_monotonic */
};

struct master {
    struct pool *pool, *spare; /* of the configuration in force, and of the one before or to come */
    struct config config;
    const char *config_path;
    char *program;
    char *arguments[ARGUMENTS_MAX + 2];
    size_t argument_count;
    int listener, ready_read, ready_write;
    bool owns_socket;
    struct child children[CHILDREN_MAX];
    unsigned crew, coming; /* coming 0: no change under way */
    bool is_ending;
};

static volatile sig_atomic_t got_end, got_change, got_death;

static void on_signal(int number)
{
    if (number == SIGHUP)
        got_change = 1;
    else if (number == SIGCHLD)
        got_death = 1;
    else
        got_end = 1;
}

/* ---- the listening socket ---- */

/* systemd hands it over as descriptor 3 (sd_listen_fds). */
static int inherited_socket(void)
{
    const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    if (pid == NULL || count == NULL || atol(pid) != (long)getpid() || strcmp(count, "1") != 0)
        return -1;
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    return FIRST_INHERITED_FD;
}

static NEOERR *open_tcp(const char *address, int *listener)
{
    struct sockaddr_in in = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    in.sin_port = htons((uint16_t)atoi(strchr(address, ':') + 1));
    *listener = socket(AF_INET, SOCK_STREAM, 0);
    if (*listener < 0 || setsockopt(*listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)) != 0)
        return nerr_raise(ERROR_INTERNAL, "make a socket: %s", strerror(errno));
    if (bind(*listener, (const struct sockaddr *)&in, sizeof in) != 0)
        return nerr_raise(ERROR_INTERNAL, "listen on %s: %s", address, strerror(errno));
    return STATUS_OK;
}

/* A socket that a killed master left behind is taken away; one that somebody answers is not. Who may connect is a matter of
 * the folder's permissions. */
static NEOERR *open_unix(const char *path, int *listener)
{
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof un.sun_path)
        return nerr_raise(ERROR_INPUT, "listen on %s: the path is longer than %zu bytes", path, sizeof un.sun_path - 1);
    memcpy(un.sun_path, path, strlen(path) + 1);
    *listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (*listener < 0)
        return nerr_raise(ERROR_INTERNAL, "make a socket: %s", strerror(errno));
    if (connect(*listener, (const struct sockaddr *)&un, sizeof un) == 0)
        return nerr_raise(ERROR_INTERNAL, "listen on %s: another program does already", path);
    if (errno == ECONNREFUSED)
        unlink(path);
    if (bind(*listener, (const struct sockaddr *)&un, sizeof un) != 0 || chmod(path, 0666) != 0)
        return nerr_raise(ERROR_INTERNAL, "listen on %s: %s", path, strerror(errno));
    return STATUS_OK;
}

/* Kept well above the descriptors that a worker gets, and closed in it. */
static NEOERR *keep_high(int *fd)
{
    int high = fcntl(*fd, F_DUPFD_CLOEXEC, 10);
    if (high < 0)
        return nerr_raise(ERROR_INTERNAL, "keep descriptor %d: %s", *fd, strerror(errno));
    close(*fd);
    *fd = high;
    return STATUS_OK;
}

static NEOERR *open_listener(struct master *master)
{
    const char *address = master->config.listen;
    bool is_path = *address == '/';
    master->listener = inherited_socket();
    if (master->listener < 0) {
        TRY(is_path ? open_unix(address, &master->listener) : open_tcp(address, &master->listener));
        master->owns_socket = is_path;
        if (listen(master->listener, BACKLOG) != 0)
            return nerr_raise(ERROR_INTERNAL, "listen on %s: %s", address, strerror(errno));
    }
    return nerr_pass(keep_high(&master->listener));
}

static NEOERR *open_ready_pipe(struct master *master)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return nerr_raise(ERROR_INTERNAL, "make a pipe: %s", strerror(errno));
    master->ready_read = ends[0];
    master->ready_write = ends[1];
    TRY(keep_high(&master->ready_read));
    return nerr_pass(keep_high(&master->ready_write));
}

/* ---- one worker ---- */

/* After fork: becomes the worker. It ends with its master, whatever that dies of. */
static _Noreturn void become_worker(struct master *master, const char *kind, pid_t parent)
{
    sigset_t none;
    char *arguments[ARGUMENTS_MAX + 2];
    memcpy(arguments, master->arguments, sizeof arguments);
    arguments[master->argument_count] = strdup(kind);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (getppid() != parent || dup2(master->listener, STDIN_FILENO) < 0 || dup2(master->ready_write, MASTER_READY_FD) < 0)
        _exit(EXIT_FAILURE);
    setenv(MASTER_READY_VARIABLE, "1", 1);
    setenv("GLIBC_TUNABLES", "glibc.malloc.mxfast=0:glibc.malloc.tcache_count=4000", 0); /* thousands of small pieces a page: 5 % of its CPU */
    execv(master->program, arguments);
    _exit(EXIT_FAILURE);
}

static void start(struct master *master, struct child *child)
{
    pid_t parent = getpid();
    child->pid = fork();
    if (child->pid == 0)
        become_worker(master, child->kind, parent);
    child->since = clock_monotonic();
    child->stage = CHILD_STARTING;
    if (child->pid > 0)
        return;
    log_write(LOG_LEVEL_ERROR, "start a %s process: %s", child->kind, strerror(errno));
    child->stage = CHILD_WANTED;
    child->since += PAUSE_LAST_MS;
}

static void finish(struct child *child)
{
    if (child->pid <= 0) {
        *child = (struct child){0};
        return;
    }
    kill(child->pid, SIGTERM);
    child->stage = CHILD_FINISHING;
    child->since = clock_monotonic();
}

static void finish_crew(struct master *master, unsigned crew)
{
    for (struct child *child = master->children; child < master->children + CHILDREN_MAX; child++)
        if (child->stage != CHILD_NONE && child->stage != CHILD_FINISHING && child->crew == crew)
            finish(child);
}

/* ---- crews ---- */

static NEOERR *want(struct master *master, unsigned crew, const char *kind, int count)
{
    for (struct child *child = master->children; count > 0; child++) {
        if (child == master->children + CHILDREN_MAX)
            return nerr_raise(ERROR_INTERNAL, "start the %s processes: more than %d processes are there already", kind, CHILDREN_MAX);
        if (child->stage != CHILD_NONE)
            continue;
        *child = (struct child){.stage = CHILD_WANTED, .kind = kind, .crew = crew, .since = clock_monotonic()};
        count--;
    }
    return STATUS_OK;
}

static NEOERR *want_crew(struct master *master, unsigned crew)
{
    TRY(want(master, crew, "web", master->config.web_workers));
    return nerr_pass(want(master, crew, "job", master->config.job_workers));
}

/* SIGHUP. A configuration that is not right changes nothing. */
static void begin_change(struct master *master)
{
    struct config config;
    pool_reset(master->spare);
    NEOERR *error = config_load(master->spare, master->config_path, &config);
    if (error == STATUS_OK) {
        struct pool *before = master->pool;
        master->pool = master->spare;
        master->spare = before;
        config.listen = pool_strdup(master->pool, master->config.listen); /* the socket stays */
        config.pid_file = pool_strdup(master->pool, master->config.pid_file);
        master->config = config;
        master->coming = master->crew + 1;
        error = want_crew(master, master->coming);
    }
    if (error != STATUS_OK) {
        log_error(error);
        error_release(error);
        finish_crew(master, master->coming);
        master->coming = 0;
    }
}

static void end_change_if_ready(struct master *master)
{
    for (const struct child *child = master->children; child < master->children + CHILDREN_MAX; child++)
        if (child->crew == master->coming && (child->stage == CHILD_WANTED || child->stage == CHILD_STARTING))
            return;
    finish_crew(master, master->crew);
    master->crew = master->coming;
    master->coming = 0;
    log_write(LOG_LEVEL_INFO, "the new processes serve, the old ones finish");
}

static int64_t pause_after(int early_deaths)
{
    int64_t pause = early_deaths == 0 ? 0 : PAUSE_FIRST_MS;
    while (--early_deaths > 0 && pause < PAUSE_LAST_MS)
        pause *= 2;
    return pause < PAUSE_LAST_MS ? pause : PAUSE_LAST_MS;
}

static void on_child_end(struct master *master, struct child *child, int status)
{
    if (child->stage == CHILD_FINISHING) {
        *child = (struct child){0};
        return;
    }
    log_write(LOG_LEVEL_WARNING, "the %s process %d ended: %s %d", child->kind, (int)child->pid, WIFSIGNALED(status) ? "signal" : "status",
              WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    if (master->coming != 0 && child->crew == master->coming && child->stage == CHILD_STARTING) {
        log_write(LOG_LEVEL_ERROR, "the new processes cannot start, the old ones stay");
        *child = (struct child){0};
        finish_crew(master, master->coming);
        master->coming = 0;
        return;
    }
    bool is_early = child->stage == CHILD_STARTING || clock_monotonic() - child->since < STEADY_MS;
    child->early_deaths = is_early ? child->early_deaths + 1 : 0;
    child->since = clock_monotonic() + pause_after(child->early_deaths - (child->stage == CHILD_SERVING));
    child->stage = CHILD_WANTED;
    child->pid = 0;
}

static struct child *child_of(struct master *master, pid_t pid)
{
    for (struct child *child = master->children; child < master->children + CHILDREN_MAX; child++)
        if (child->stage != CHILD_NONE && child->pid == pid)
            return child;
    return NULL;
}

/* ---- the loop ---- */

static void reap(struct master *master)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        struct child *child = child_of(master, pid);
        if (child != NULL)
            on_child_end(master, child, status);
    }
}

static void read_ready(struct master *master)
{
    pid_t pid;
    while (read(master->ready_read, &pid, sizeof pid) == (ssize_t)sizeof pid) {
        struct child *child = child_of(master, pid);
        if (child != NULL && child->stage == CHILD_STARTING)
            child->stage = CHILD_SERVING;
    }
}

/* What the clock asks for; returns the milliseconds to the next such thing, or -1 for none. */
static int act_on_time(struct master *master)
{
    int64_t now = clock_monotonic(), next = -1;
    for (struct child *child = master->children; child < master->children + CHILDREN_MAX; child++) {
        int64_t due = child->stage == CHILD_FINISHING ? child->since + FINISH_MS : child->since;
        if (child->stage != CHILD_WANTED && child->stage != CHILD_FINISHING)
            continue;
        if (due <= now && child->stage == CHILD_WANTED) {
            start(master, child);
        } else if (due <= now) {
            kill(child->pid, SIGKILL);
            child->since = now;
            due = now + FINISH_MS;
        }
        if (due > now && (next < 0 || due - now < next))
            next = due - now;
    }
    return (int)next;
}

static bool has_children(const struct master *master)
{
    for (const struct child *child = master->children; child < master->children + CHILDREN_MAX; child++)
        if (child->stage != CHILD_NONE)
            return true;
    return false;
}

static void act_on_signals(struct master *master)
{
    if (got_death) {
        got_death = 0;
        reap(master);
    }
    if (got_end && !master->is_ending) {
        master->is_ending = true;
        log_write(LOG_LEVEL_INFO, "the processes finish");
        finish_crew(master, master->crew);
        finish_crew(master, master->coming);
        master->coming = 0;
    }
    if (got_change && master->coming == 0 && !master->is_ending) {
        got_change = 0;
        begin_change(master);
    }
}

static void loop(struct master *master, const sigset_t *wait_mask)
{
    for (;;) {
        act_on_signals(master);
        read_ready(master);
        if (master->coming != 0)
            end_change_if_ready(master);
        int wait_ms = act_on_time(master);
        if (master->is_ending && !has_children(master))
            return;
        if (got_change && master->coming == 0 && !master->is_ending)
            continue;
        struct timespec wait = {.tv_sec = wait_ms / 1000, .tv_nsec = wait_ms % 1000 * 1000000L};
        struct pollfd ready = {.fd = master->ready_read, .events = POLLIN};
        ppoll(&ready, 1, wait_ms < 0 ? NULL : &wait, wait_mask);
    }
}

/* ---- beginning and end ---- */

static void catch_signals(sigset_t *wait_mask)
{
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD};
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t caught;
    sigemptyset(&caught);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sigaddset(&caught, numbers[i]);
        sigaction(numbers[i], &action, NULL);
    }
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_BLOCK, &caught, wait_mask);
}

static NEOERR *write_pid_file(const char *path)
{
    FILE *file = fopen(path, "we");
    if (file == NULL)
        return nerr_raise(ERROR_INTERNAL, "write %s: %s", path, strerror(errno));
    fprintf(file, "%d\n", (int)getpid());
    if (fclose(file) != 0)
        return nerr_raise(ERROR_INTERNAL, "write %s: %s", path, strerror(errno));
    return STATUS_OK;
}

/* The path stays right when the binary is replaced: it is read before. */
static NEOERR *take_arguments(struct master *master, char *const *arguments)
{
    master->program = realpath("/proc/self/exe", NULL);
    if (master->program == NULL)
        return nerr_raise(ERROR_INTERNAL, "find the program's own file: %s", strerror(errno));
    while (arguments[master->argument_count] != NULL) {
        if (master->argument_count == ARGUMENTS_MAX)
            return nerr_raise(ERROR_INPUT, "start the master: more than %d arguments", ARGUMENTS_MAX);
        master->arguments[master->argument_count] = arguments[master->argument_count];
        master->argument_count++;
    }
    return STATUS_OK;
}

static NEOERR *run(struct master *master, char *const *arguments)
{
    sigset_t wait_mask;
    TRY(config_load(master->pool, master->config_path, &master->config));
    TRY(take_arguments(master, arguments));
    catch_signals(&wait_mask);
    TRY(open_listener(master));
    TRY(open_ready_pipe(master));
    TRY(write_pid_file(master->config.pid_file));
    master->crew = 1;
    TRY(want_crew(master, master->crew));
    log_write(LOG_LEVEL_INFO, "the master listens on %s",
              master->owns_socket || *master->config.listen != '/' ? master->config.listen : "a socket it was given");
    loop(master, &wait_mask);
    unlink(master->config.pid_file);
    if (master->owns_socket)
        unlink(master->config.listen);
    return STATUS_OK;
}

NEOERR *master_run(const char *config_path, char *const *arguments)
{
    static struct master master;
    master = (struct master){.pool = pool_new(), .spare = pool_new(), .config_path = config_path};
    log_set_process("master");
    NEOERR *error = run(&master, arguments);
    pool_free(master.pool);
    pool_free(master.spare);
    free(master.program);
    return nerr_pass(error);
}
