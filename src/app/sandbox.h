/* sandbox.h: what a web process gives up for good before it reads anything from outside. */
#ifndef MEKTEP_SANDBOX_H
#define MEKTEP_SANDBOX_H

#include "base/error.h"

/* From now on the process can start no program, look into no other process and open no socket but to a program of this
 * machine (the database, to which it connects anew when it was gone): these calls fail with EPERM. ERROR_INTERNAL when the
 * kernel has no seccomp. */
NEOERR *sandbox_enter(void);

#endif
