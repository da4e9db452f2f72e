/* sandbox.c: see sandbox.h. A seccomp filter: a list of calls that fail; everything else goes on as before. */
#include "base/sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined __x86_64__
enum { FOREIGN_CALLS = 0x40000000 }; /* the x32 calls, numbered from here: another way to the same */
#define OUR_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__
enum { FOREIGN_CALLS = 0x7fffffff };
#define OUR_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "sandbox.c: name the architecture of this machine (linux/audit.h)"
#endif

enum { REFUSED_MAX = 16 };

/* What each kind of process never needs. By io_uring the kernel would make sockets that no filter sees. */
static const struct profile {
    unsigned refused[REFUSED_MAX]; /* ends with 0, which is read(2) */
    bool has_unix_sockets;
} profiles[] = {
    [SANDBOX_WEB] = {{SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_bind, SYS_listen,
                      SYS_io_uring_setup},
                     true},
    [SANDBOX_HELPER] = {{SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_io_uring_setup}, false},
};

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define SKIP_UNLESS(test, value, count) BPF_JUMP(BPF_JMP | (test) | BPF_K, (value), 0, (count))
#define SKIP_IF(test, value, count) BPF_JUMP(BPF_JMP | (test) | BPF_K, (value), (count), 0)
#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define REFUSE RETURN(SECCOMP_RET_ERRNO | EPERM)

bool sandbox_close(enum sandbox kind)
{
    const struct profile *profile = &profiles[kind];
    struct sock_filter filter[2 * REFUSED_MAX + 16] = {
        LOAD(arch),
        SKIP_IF(BPF_JEQ, OUR_ARCHITECTURE, 1),
        RETURN(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        SKIP_UNLESS(BPF_JGE, FOREIGN_CALLS, 1),
        REFUSE,
    };
    size_t count = 6;
    for (const unsigned *call = profile->refused; *call != 0; call++) {
        filter[count++] = (struct sock_filter)SKIP_UNLESS(BPF_JEQ, *call, 1);
        filter[count++] = (struct sock_filter)REFUSE;
    }
    const struct sock_filter socket_rule[] = {
        SKIP_UNLESS(BPF_JEQ, SYS_socket, 3),
        LOAD(args[0]),
        SKIP_IF(BPF_JEQ, profile->has_unix_sockets ? AF_UNIX : UINT32_MAX, 1),
        REFUSE,
        RETURN(SECCOMP_RET_ALLOW),
    };
    memcpy(filter + count, socket_rule, sizeof socket_rule);
    struct sock_fprog program = {.len = (unsigned short)(count + sizeof socket_rule / sizeof socket_rule[0]), .filter = filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

NEOERR *sandbox_enter(enum sandbox kind)
{
    return sandbox_close(kind) ? STATUS_OK : nerr_raise(ERROR_INTERNAL, "enter the sandbox: %s", strerror(errno));
}
