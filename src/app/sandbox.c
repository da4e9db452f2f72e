/* sandbox.c: see sandbox.h. A seccomp filter: a list of calls that fail; everything else goes on as before. */
#include "app/sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
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

static const unsigned refused_calls[] = {
    SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_bind, SYS_listen,
};
enum { REFUSED_CALLS = sizeof refused_calls / sizeof refused_calls[0] };

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define SKIP_UNLESS(test, value, count) BPF_JUMP(BPF_JMP | (test) | BPF_K, (value), 0, (count))
#define SKIP_IF(test, value, count) BPF_JUMP(BPF_JMP | (test) | BPF_K, (value), (count), 0)
#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define REFUSE RETURN(SECCOMP_RET_ERRNO | EPERM)

NEOERR *sandbox_enter(void)
{
    struct sock_filter filter[2 * REFUSED_CALLS + 16] = {
        LOAD(arch),
        SKIP_IF(BPF_JEQ, OUR_ARCHITECTURE, 1),
        RETURN(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        SKIP_UNLESS(BPF_JGE, FOREIGN_CALLS, 1),
        REFUSE,
    };
    size_t count = 6;
    for (size_t i = 0; i < REFUSED_CALLS; i++) {
        filter[count++] = (struct sock_filter)SKIP_UNLESS(BPF_JEQ, refused_calls[i], 1);
        filter[count++] = (struct sock_filter)REFUSE;
    }
    const struct sock_filter socket_rule[] = {
        SKIP_UNLESS(BPF_JEQ, SYS_socket, 3),
        LOAD(args[0]),
        SKIP_IF(BPF_JEQ, AF_UNIX, 1),
        REFUSE,
        RETURN(SECCOMP_RET_ALLOW),
    };
    memcpy(filter + count, socket_rule, sizeof socket_rule);
    struct sock_fprog program = {.len = (unsigned short)(count + sizeof socket_rule / sizeof socket_rule[0]), .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        return nerr_raise(ERROR_INTERNAL, "enter the sandbox: %s", strerror(errno));
    return STATUS_OK;
}
