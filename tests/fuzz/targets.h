/* targets.h: what is fuzzed: each target reads one input, and ends the process when something must not be so. */
#ifndef MEKTEP_FUZZ_TARGETS_H
#define MEKTEP_FUZZ_TARGETS_H

#include "base/error.h"
#include "base/pool.h"

struct target {
    const char *name; /* of the folder of its samples, too */
    void (*read)(struct pool *pool, const char *bytes, size_t length); /* a NUL stands after the bytes */
};
extern const struct target targets[]; /* ends with .name NULL */

void targets_init(void);
void targets_end(void);

#endif
