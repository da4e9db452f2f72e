/* guided.c: one target of targets.c under libFuzzer, which changes inputs by what they reach; the name comes from FUZZ_TARGET.
 *
 * Built by tools/fuzz alone: libFuzzer brings its own main.
 */
#include "targets.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const struct target *chosen;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *name = getenv("FUZZ_TARGET");
    (void)argc;
    (void)argv;
    for (chosen = targets; chosen->name != NULL; chosen++)
        if (name != NULL && strcmp(name, chosen->name) == 0)
            break;
    if (chosen->name == NULL) {
        fprintf(stderr, "guided: FUZZ_TARGET names no target\n");
        exit(EXIT_FAILURE);
    }
    targets_init();
    atexit(targets_end);
    return 0;
}

/* The target gets a copy of exact size with a NUL after it: a read past its end is seen. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *copy = malloc(length + 1);
    struct pool *pool = pool_new();
    if (copy == NULL)
        abort();
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    chosen->read(pool, copy, length);
    pool_free(pool);
    free(copy);
    return 0;
}
