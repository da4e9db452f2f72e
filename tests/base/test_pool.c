/* test_pool.c: memory of one request. */
#include "base_suites.h"

#include "base/pool.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static bool holds_only(const unsigned char *bytes, unsigned char value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != value)
            return false;
    return true;
}

START_TEST(every_piece_is_zeroed_aligned_and_its_own)
{
    struct pool *pool = pool_new();
    unsigned char *pieces[600];
    for (size_t i = 0; i < 600; i++) {
        size_t size = i * i % 9000;
        pieces[i] = pool_alloc(pool, size);
        ck_assert_uint_eq((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        ck_assert(holds_only(pieces[i], 0, size));
        memset(pieces[i], (int)(i % 251) + 1, size);
    }
    for (size_t i = 0; i < 600; i++)
        ck_assert(holds_only(pieces[i], (unsigned char)(i % 251 + 1), i * i % 9000));
    pool_free(pool);
}
END_TEST

START_TEST(copies_are_ended_and_independent)
{
    struct pool *pool = pool_new();
    char text[] = "мектеп";
    char *copy = pool_strdup(pool, text), *part = pool_strndup(pool, text, 4), *bytes = pool_copy(pool, text, 3);
    text[0] = 'x';
    ck_assert_str_eq(copy, "мектеп");
    ck_assert_str_eq(part, "ме");
    ck_assert_mem_eq(bytes, "мектеп", 3);
    ck_assert_ptr_null(pool_strdup(pool, NULL));
    ck_assert_str_eq(pool_printf(pool, "%s-%d", "10", 7), "10-7");
    ck_assert_uint_eq(strlen(pool_printf(pool, "%*d", 70000, 1)), 70000);
    pool_free(pool);
}
END_TEST

static char order[8];

static void note(void *data)
{
    strncat(order, data, 1);
}

START_TEST(cleanups_run_once_and_the_last_added_first)
{
    struct pool *pool = pool_new();
    pool_cleanup(pool, note, (char[]){"a"});
    pool_cleanup(pool, note, (char[]){"b"});
    pool_reset(pool);
    ck_assert_str_eq(order, "ba");
    pool_cleanup(pool, note, (char[]){"c"});
    pool_free(pool);
    ck_assert_str_eq(order, "bac");
    pool_free(NULL);
}
END_TEST

START_TEST(a_pool_that_was_reset_is_as_good_as_new)
{
    struct pool *pool = pool_new();
    for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 40; i++) {
            unsigned char *piece = pool_alloc(pool, 3000 + (size_t)(i % 3) * 8000);
            ck_assert_uint_eq(piece[2999], 0);
            memset(piece, 0xff, 3000);
        }
        pool_reset(pool);
    }
    pool_free(pool);
}
END_TEST

Suite *pool_suite(void)
{
    Suite *suite = suite_create("pool");
    TCase *tcase = tcase_create("pool");
    tcase_add_test(tcase, every_piece_is_zeroed_aligned_and_its_own);
    tcase_add_test(tcase, copies_are_ended_and_independent);
    tcase_add_test(tcase, cleanups_run_once_and_the_last_added_first);
    tcase_add_test(tcase, a_pool_that_was_reset_is_as_good_as_new);
    suite_add_tcase(suite, tcase);
    return suite;
}
