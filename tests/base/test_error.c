/* test_error.c: errors keep their type and words on the way up. */
#include "base_suites.h"

#include "base/error.h"

static void begin(void)
{
    ck_assert_ptr_null(error_init());
}

static NEOERR *deep(void)
{
    return nerr_raise(ERROR_CONFLICT, "save pupil %d: version %d is stale", 7, 3);
}

static NEOERR *middle(int *after)
{
    TRY(deep());
    *after = 1;
    return STATUS_OK;
}

static NEOERR *top(int *after)
{
    TRY(middle(after));
    return STATUS_OK;
}

START_TEST(try_passes_the_type_and_the_words_and_does_nothing_after)
{
    int after = 0;
    NEOERR *error = top(&after);
    ck_assert_ptr_nonnull(error);
    ck_assert(nerr_match(error, ERROR_CONFLICT));
    ck_assert(!nerr_match(error, ERROR_NOT_FOUND));
    ck_assert_str_eq(error_message(error), "save pupil 7: version 3 is stale");
    ck_assert_int_eq(after, 0);
    error_release(error);
}
END_TEST

START_TEST(every_type_is_its_own)
{
    const NERR_TYPE types[] = {ERROR_NOT_FOUND,   ERROR_DENIED, ERROR_INPUT,     ERROR_TOO_BIG, ERROR_CONFLICT,
                               ERROR_UNAVAILABLE, ERROR_RETRY,  ERROR_UNCERTAIN, ERROR_INTERNAL, ERROR_FULL};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert_int_ne(types[i], types[j]);
}
END_TEST

START_TEST(init_twice_keeps_the_types)
{
    NERR_TYPE before = ERROR_RETRY;
    ck_assert_ptr_null(error_init());
    ck_assert_int_eq(ERROR_RETRY, before);
}
END_TEST

START_TEST(no_error_has_no_words_and_is_released)
{
    ck_assert_str_eq(error_message(STATUS_OK), "");
    error_release(STATUS_OK);
}
END_TEST

Suite *error_suite(void)
{
    Suite *suite = suite_create("error");
    TCase *tcase = tcase_create("error");
    tcase_add_checked_fixture(tcase, begin, NULL);
    tcase_add_test(tcase, try_passes_the_type_and_the_words_and_does_nothing_after);
    tcase_add_test(tcase, every_type_is_its_own);
    tcase_add_test(tcase, init_twice_keeps_the_types);
    tcase_add_test(tcase, no_error_has_no_words_and_is_released);
    suite_add_tcase(suite, tcase);
    return suite;
}
