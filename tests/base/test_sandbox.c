/* test_sandbox.c: what a process in the sandbox can no longer do, and what it still can. */
#include "base_suites.h"

#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_refused(long result)
{
    return result == -1 && errno == EPERM;
}

static bool starts_no_program(void)
{
    char *const arguments[] = {(char[]){"/bin/true"}, NULL};
    return is_refused(execve("/bin/true", arguments, NULL)) && is_refused(syscall(SYS_execveat, AT_FDCWD, "/bin/true", arguments, NULL, 0));
}

static bool opens_no_network_socket(void)
{
    return is_refused(socket(AF_INET, SOCK_STREAM, 0)) && is_refused(socket(AF_INET6, SOCK_DGRAM, 0)) && is_refused(socket(AF_NETLINK, SOCK_RAW, 0));
}

static bool hands_no_work_to_the_kernel(void)
{
    struct io_uring_params parameters = {0};
    return is_refused(syscall(SYS_io_uring_setup, 1, &parameters));
}

static bool looks_into_no_process(void)
{
    return is_refused(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
}

static bool listens_nowhere(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    return fd >= 0 && is_refused(listen(fd, 1));
}

static bool still_reads_files_and_connects_within_the_machine(void)
{
    char byte;
    int file = open("/proc/self/status", O_RDONLY), ends[2];
    return file >= 0 && read(file, &byte, 1) == 1 && socket(AF_UNIX, SOCK_STREAM, 0) >= 0 && pipe(ends) == 0 && write(ends[1], "x", 1) == 1;
}

static bool (*const behaviours[])(void) = {
    starts_no_program, opens_no_network_socket, hands_no_work_to_the_kernel, looks_into_no_process, listens_nowhere,
    still_reads_files_and_connects_within_the_machine,
};

/* In a process of its own that ends at once: the sanitizer's end needs what the sandbox takes. */
START_TEST(a_process_in_the_sandbox_can_only_serve)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        bool entered = sandbox_enter(SANDBOX_WEB) == STATUS_OK;
        _exit(entered && behaviours[_i]() ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS);
}
END_TEST

Suite *sandbox_suite(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *tcase = tcase_create("sandbox");
    tcase_add_loop_test(tcase, a_process_in_the_sandbox_can_only_serve, 0, (int)(sizeof behaviours / sizeof *behaviours));
    suite_add_tcase(suite, tcase);
    return suite;
}
