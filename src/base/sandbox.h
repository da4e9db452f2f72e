/* sandbox.h: what a process gives up for good before it reads anything from outside. */
#ifndef MEKTEP_SANDBOX_H
#define MEKTEP_SANDBOX_H

#include "base/error.h"

#include <stdbool.h>

enum sandbox {
    SANDBOX_WEB,    /* starts no program, opens no socket but to one of this machine (the database, anew when it was gone) */
    SANDBOX_HELPER, /* a foreign program that looks into an upload: opens no socket at all */
};

/* From now on such calls, and looking into other processes, fail with EPERM, in programs started later, too. ERROR_INTERNAL when
 * the kernel has no seccomp. */
NEOERR *sandbox_enter(enum sandbox kind);

/* The same between fork and exec, where nothing may allocate: false instead of an error. */
bool sandbox_close(enum sandbox kind);

#endif
