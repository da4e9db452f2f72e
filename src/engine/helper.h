/* helper.h: foreign programs that read hostile files: run without a shell, with limits, killed when they take too long. */
#ifndef MEKTEP_HELPER_H
#define MEKTEP_HELPER_H

#include "base/error.h"
#include "base/pool.h"

struct helper_result {
    int status;         /* exit status; -1: killed by a signal or for its time */
    bool timed_out;
    const char *output; /* stdout and stderr, cut at 64 KiB; from the pool */
};

/* Runs arguments (found in PATH, ends with NULL) in folder dir, which is also its HOME and TMPDIR. It has no other descriptor,
 * no input, an own process group, limits on memory, processor time and file size, and no way to more rights.
 * ERROR_INTERNAL: it is not installed or could not be started. */
NEOERR *helper_run(struct pool *pool, const char *dir, int seconds, const char *const *arguments, struct helper_result *result);

#endif
