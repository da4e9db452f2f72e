/* pool.c: memory of one request: blocks that grow, and cleanups. */
#include "base/pool.h"

#include "base/log.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 16 * 1024 };

struct block {
    struct block *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};
struct cleanup {
    struct cleanup *next;
    void (*release)(void *data);
    void *data;
};
struct pool {
    struct block *blocks; /* the one in use first */
    struct cleanup *cleanups;
};

static void *get_memory(size_t size)
{
    void *memory = malloc(size);
    if (memory == NULL) {
        log_write(LOG_LEVEL_ERROR, "no memory for %zu bytes", size);
        abort();
    }
    return memory;
}

static struct block *block_new(size_t size)
{
    struct block *block = get_memory(sizeof *block + size);
    block->next = NULL;
    block->used = 0;
    block->size = size;
    return block;
}

struct pool *pool_new(void)
{
    struct pool *pool = get_memory(sizeof *pool);
    pool->blocks = block_new(BLOCK_BYTES);
    pool->cleanups = NULL;
    return pool;
}

static void run_cleanups(struct pool *pool)
{
    while (pool->cleanups != NULL) {
        struct cleanup *cleanup = pool->cleanups;
        pool->cleanups = cleanup->next;
        cleanup->release(cleanup->data);
    }
}

void pool_reset(struct pool *pool)
{
    run_cleanups(pool);
    while (pool->blocks->next != NULL || pool->blocks->size != BLOCK_BYTES) {
        struct block *block = pool->blocks;
        pool->blocks = block->next != NULL ? block->next : block_new(BLOCK_BYTES);
        free(block);
    }
    pool->blocks->used = 0;
}

void pool_free(struct pool *pool)
{
    if (pool == NULL)
        return;
    run_cleanups(pool);
    while (pool->blocks != NULL) {
        struct block *block = pool->blocks;
        pool->blocks = block->next;
        free(block);
    }
    free(pool);
}

static size_t aligned(size_t size)
{
    size_t mask = alignof(max_align_t) - 1;
    return (size + mask) & ~mask;
}

/* A big piece gets a block of its own behind the one in use, whose room stays. */
static void *alloc_apart(struct pool *pool, size_t size)
{
    struct block *block = block_new(size);
    block->used = size;
    block->next = pool->blocks->next;
    pool->blocks->next = block;
    return block->bytes;
}

static void *alloc_raw(struct pool *pool, size_t size)
{
    size = aligned(size == 0 ? 1 : size);
    if (size > BLOCK_BYTES / 4)
        return alloc_apart(pool, size);
    if (pool->blocks->size - pool->blocks->used < size) {
        struct block *block = block_new(BLOCK_BYTES);
        block->next = pool->blocks;
        pool->blocks = block;
    }
    void *memory = pool->blocks->bytes + pool->blocks->used;
    pool->blocks->used += size;
    return memory;
}

void *pool_alloc(struct pool *pool, size_t size)
{
    return memset(alloc_raw(pool, size), 0, size);
}

void *pool_copy(struct pool *pool, const void *bytes, size_t size)
{
    void *copy = alloc_raw(pool, size);
    return size > 0 ? memcpy(copy, bytes, size) : copy;
}

char *pool_strndup(struct pool *pool, const char *text, size_t length)
{
    char *copy = alloc_raw(pool, length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *pool_strdup(struct pool *pool, const char *text)
{
    return text == NULL ? NULL : pool_strndup(pool, text, strlen(text));
}

/* Printed where the block in use has room, once; only what does not fit there is printed again. */
char *pool_vprintf(struct pool *pool, const char *format, va_list args)
{
    struct block *block = pool->blocks;
    size_t room = block->size - block->used;
    char *text = (char *)block->bytes + block->used;
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(text, room, format, args);
    if (length < 0) {
        log_write(LOG_LEVEL_ERROR, "a format that cannot be printed: %s", format);
        abort();
    }
    if ((size_t)length < room) {
        block->used += aligned((size_t)length + 1);
    } else {
        text = alloc_raw(pool, (size_t)length + 1);
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

char *pool_printf(struct pool *pool, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = pool_vprintf(pool, format, args);
    va_end(args);
    return text;
}

void pool_cleanup(struct pool *pool, void (*release)(void *data), void *data)
{
    struct cleanup *cleanup = alloc_raw(pool, sizeof *cleanup);
    cleanup->release = release;
    cleanup->data = data;
    cleanup->next = pool->cleanups;
    pool->cleanups = cleanup;
}
