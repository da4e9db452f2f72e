/* pool.h: memory that lives as long as one request (or one job batch) and is freed in one stroke.
 *
 * Functions never return NULL: a process that gets no memory logs it and ends, and the master starts another.
 */
#ifndef MEKTEP_POOL_H
#define MEKTEP_POOL_H

#include <stdarg.h>
#include <stddef.h>

struct pool;

struct pool *pool_new(void);
void pool_free(struct pool *pool); /* runs the cleanups, last added first, then frees all; accepts NULL */
void pool_reset(struct pool *pool); /* as pool_free, but the pool may be used again; keeps its first block */

void *pool_alloc(struct pool *pool, size_t size); /* zeroed, aligned for any type */
void *pool_copy(struct pool *pool, const void *bytes, size_t size);
char *pool_strdup(struct pool *pool, const char *text); /* NULL stays NULL */
char *pool_strndup(struct pool *pool, const char *text, size_t length);
char *pool_printf(struct pool *pool, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *pool_vprintf(struct pool *pool, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Calls release(data) when the pool is freed or reset: for files, HDF trees and other foreign things. */
void pool_cleanup(struct pool *pool, void (*release)(void *data), void *data);

#endif
