/* test_db.c: values, rows, statements, transactions and errors of the database door. */
#include "engine_suites.h"
#include "fixture.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* ---- values and rows ---- */

static NEOERR *compare_row(void *data, const struct db_row *row)
{
    bool *seen = data;
    ck_assert_uint_eq(db_columns(row), 7);
    ck_assert_str_eq(db_name(row, 0), "number");
    ck_assert_int_eq(db_get_int(row, 0), -42);
    ck_assert_str_eq(db_get(row, 1), "Әділ Қожа 🐎");
    ck_assert_uint_eq(db_length(row, 2), 4);
    ck_assert_mem_eq(db_get(row, 2), "a\0b\xff", 4);
    ck_assert_ptr_null(db_get(row, 3));
    ck_assert_str_eq(db_get_or(row, 3, "none"), "none");
    ck_assert_int_eq(db_get_int(row, 3), 0);
    struct date date = db_get_date(row, 4);
    ck_assert_int_eq(date.year * 10000 + date.month * 100 + date.day, 20260901);
    ck_assert_int_eq(db_get_time(row, 5), 1764000000123);
    ck_assert_int_eq(db_get_int(row, 6), INT64_MAX);
    *seen = true;
    return STATUS_OK;
}

START_TEST(every_kind_of_value_comes_back_as_it_went_in)
{
    bool seen = false;
    fixture_ok(db_one(fixture_db(),
                      "SELECT ? AS number, ? AS words, CAST(? AS BINARY) AS bytes, ? AS nothing, CAST(? AS DATE) AS day,"
                      " CAST(? AS DATETIME(3)) AS instant, ? AS large",
                      DB_VALUES(DB_INT(-42), DB_TEXT("Әділ Қожа 🐎"), DB_BYTES("a\0b\xff", 4), DB_NULL,
                                DB_DATE(((struct date){2026, 9, 1})), DB_TIME(1764000000123), DB_INT(INT64_MAX)),
                      compare_row, &seen));
    ck_assert(seen);
}
END_TEST

static NEOERR *all_null(void *data, const struct db_row *row)
{
    (void)data;
    for (size_t i = 0; i < db_columns(row); i++)
        ck_assert_ptr_null(db_get(row, i));
    ck_assert_int_eq(db_get_date(row, 2).year, 0);
    ck_assert_int_eq(db_get_time(row, 3), 0);
    return STATUS_OK;
}

START_TEST(empty_ids_texts_dates_and_times_are_null)
{
    fixture_ok(db_one(fixture_db(), "SELECT ?, ?, ?, ?",
                      DB_VALUES(DB_ID(0), DB_TEXT(NULL), DB_DATE(((struct date){0})), DB_TIME(0)), all_null, NULL));
}
END_TEST

static NEOERR *check_length(void *data, const struct db_row *row)
{
    int *rows = data;
    size_t length = (size_t)db_get_int(row, 0);
    const char *text = db_get(row, 1);
    ck_assert_uint_eq(db_length(row, 1), length);
    ck_assert_uint_eq(strlen(text), length);
    ck_assert_uint_eq(strspn(text, "x"), length);
    ck_assert_str_eq(db_get(row, 2), "after");
    ++*rows;
    return STATUS_OK;
}

START_TEST(long_values_are_whole_and_so_are_the_short_ones_after_them)
{
    int rows = 0;
    fixture_ok(db_each(fixture_db(),
                       "SELECT n, REPEAT('x', n), 'after' FROM"
                       " (SELECT 3 AS n UNION ALL SELECT 256 UNION ALL SELECT 257 UNION ALL SELECT 5000000 UNION ALL SELECT 1) AS lengths",
                       DB_NO_VALUES, check_length, &rows));
    ck_assert_int_eq(rows, 5);
}
END_TEST

START_TEST(a_number_that_is_not_there_is_zero_and_not_found)
{
    int64_t number = 7;
    bool found = true;
    fixture_ok(db_number(fixture_db(), "SELECT id FROM territory WHERE id = ?", DB_VALUES(DB_INT(2)), &number, &found));
    ck_assert_int_eq(number, 0);
    ck_assert(!found);
    fixture_ok(db_number(fixture_db(), "SELECT MAX(id) FROM territory WHERE id = ?", DB_VALUES(DB_INT(2)), &number, &found));
    ck_assert(!found);
    fixture_ok(db_number(fixture_db(), "SELECT id FROM territory WHERE id = ?", DB_VALUES(DB_INT(1)), &number, &found));
    ck_assert_int_eq(number, 1);
    ck_assert(found);
}
END_TEST

START_TEST(a_text_comes_from_the_pool_or_is_null)
{
    static const char sql[] = "SELECT name_kk FROM territory_name WHERE territory_id = ?";
    char *text = NULL;
    fixture_ok(db_string(fixture_db(), fixture_pool(), sql, DB_VALUES(DB_INT(1)), &text));
    ck_assert_str_eq(text, "Қазақстан Республикасы");
    fixture_ok(db_string(fixture_db(), fixture_pool(), sql, DB_VALUES(DB_INT(2)), &text));
    ck_assert_ptr_null(text);
}
END_TEST

START_TEST(rows_become_numbered_children_without_their_nulls)
{
    HDF *hdf = NULL;
    size_t count = 0;
    fixture_ok(hdf_init(&hdf));
    fixture_ok(db_hdf(fixture_db(), "SELECT id, parent_id FROM territory WHERE id IN (1, 10000) ORDER BY id", DB_NO_VALUES, hdf,
                      "List.rows", &count));
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(hdf_get_value(hdf, "List.rows.0.id", ""), "1");
    ck_assert_ptr_null(hdf_get_obj(hdf, "List.rows.0.parent_id"));
    ck_assert_str_eq(hdf_get_value(hdf, "List.rows.1.parent_id", ""), "1");
    fixture_ok(db_hdf_one(fixture_db(), "SELECT level AS deep FROM territory WHERE id = ?", DB_VALUES(DB_INT(10000)), hdf));
    ck_assert_int_eq(hdf_get_int_value(hdf, "deep", 0), 1);
    fixture_fails(db_hdf_one(fixture_db(), "SELECT level FROM territory WHERE id = ?", DB_VALUES(DB_INT(2)), hdf), ERROR_NOT_FOUND);
    hdf_destroy(&hdf);
}
END_TEST

/* ---- statements ---- */

static NEOERR *stop_here(void *data, const struct db_row *row)
{
    (void)row;
    ++*(int *)data;
    return nerr_raise(ERROR_DENIED, "enough");
}

START_TEST(an_error_of_the_row_function_ends_the_reading_and_the_next_statement_works)
{
    int rows = 0;
    int64_t count = 0;
    fixture_fails(db_each(fixture_db(), "SELECT id FROM territory", DB_NO_VALUES, stop_here, &rows), ERROR_DENIED);
    ck_assert_int_eq(rows, 1);
    fixture_ok(db_number(fixture_db(), "SELECT COUNT(*) FROM territory", DB_NO_VALUES, &count, NULL));
    ck_assert_int_eq(count, 245);
}
END_TEST

static NEOERR *ask_again(void *data, const struct db_row *row)
{
    int64_t number = 0;
    (void)row;
    return nerr_pass(db_number(data, "SELECT 1", DB_NO_VALUES, &number, NULL));
}

START_TEST(a_statement_inside_a_row_function_is_refused)
{
    fixture_fails(db_each(fixture_db(), "SELECT id FROM territory", DB_NO_VALUES, ask_again, fixture_db()), ERROR_INTERNAL);
}
END_TEST

START_TEST(a_wrong_number_of_values_is_refused)
{
    int64_t number = 0;
    fixture_fails(db_number(fixture_db(), "SELECT ?", DB_NO_VALUES, &number, NULL), ERROR_INTERNAL);
    fixture_fails(db_number(fixture_db(), "SELECT ?", DB_VALUES(DB_INT(1), DB_INT(2)), &number, NULL), ERROR_INTERNAL);
}
END_TEST

START_TEST(more_statements_than_are_kept_all_work_twice)
{
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 300; i++) {
            int64_t number = -1;
            fixture_ok(db_number(fixture_db(), pool_printf(fixture_pool(), "SELECT %d + ?", i), DB_VALUES(DB_INT(1)), &number, NULL));
            ck_assert_int_eq(number, i + 1);
        }
    }
    int64_t kept = 0;
    fixture_ok(db_number(fixture_db(), "SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'Com_stmt_close'",
                         DB_NO_VALUES, &kept, NULL));
    ck_assert_int_ge(kept, 300);
}
END_TEST

START_TEST(a_kept_statement_is_prepared_once)
{
    int64_t number = 0;
    for (int i = 0; i < 5; i++)
        fixture_ok(db_number(fixture_db(), "SELECT 5", DB_NO_VALUES, &number, NULL));
    fixture_ok(db_number(fixture_db(), "SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'Com_stmt_prepare'",
                         DB_NO_VALUES, &number, NULL));
    ck_assert_int_eq(number, 2);
    ck_assert_uint_eq(db_statements(fixture_db()), 6);
}
END_TEST

START_TEST(preparing_only_finds_wrong_sql_and_changes_nothing)
{
    fixture_ok(db_prepare_only(fixture_db(), "UPDATE setting_value SET value = '' WHERE org_id = ?"));
    fixture_fails(db_prepare_only(fixture_db(), "SELECT no_such_column FROM territory"), ERROR_INTERNAL);
}
END_TEST

static NEOERR *add_setting(struct db *db, int org, const char *value)
{
    return nerr_pass(db_exec(db, "INSERT INTO setting_value (org_id, setting_key, value) VALUES (?, 'k', ?)",
                             DB_VALUES(DB_INT(org), DB_TEXT(value)), NULL, NULL));
}

static int64_t settings(struct db *db)
{
    int64_t count = -1;
    fixture_ok(db_number(db, "SELECT COUNT(*) FROM setting_value", DB_NO_VALUES, &count, NULL));
    return count;
}

START_TEST(a_unique_key_gives_conflict_without_the_value)
{
    fixture_ok(add_setting(fixture_db(), 1, "a"));
    NEOERR *error = add_setting(fixture_db(), 1, "b");
    ck_assert(nerr_match(error, ERROR_CONFLICT));
    ck_assert_ptr_nonnull(strstr(error_message(error), "PRIMARY"));
    ck_assert_ptr_null(strstr(error_message(error), "'1-k'"));
    error_release(error);
}
END_TEST

START_TEST(changed_counts_the_rows_found_even_when_nothing_differs)
{
    int64_t changed = 0;
    fixture_ok(add_setting(fixture_db(), 1, "a"));
    fixture_ok(db_exec(fixture_db(), "UPDATE setting_value SET value = 'a' WHERE org_id = ?", DB_VALUES(DB_INT(1)), &changed, NULL));
    ck_assert_int_eq(changed, 1);
    fixture_ok(db_exec(fixture_db(), "UPDATE setting_value SET value = 'a' WHERE org_id = ?", DB_VALUES(DB_INT(2)), &changed, NULL));
    ck_assert_int_eq(changed, 0);
}
END_TEST

START_TEST(an_insert_gives_its_new_id)
{
    int64_t first = 0, second = 0;
    static const char sql[] = "INSERT INTO sign_in_failure (login, address, at) VALUES ('x', '::1', ?)";
    fixture_ok(db_exec(fixture_db(), sql, DB_VALUES(DB_TIME(clock_now())), NULL, &first));
    fixture_ok(db_exec(fixture_db(), sql, DB_VALUES(DB_TIME(clock_now())), NULL, &second));
    ck_assert_int_gt(first, 0);
    ck_assert_int_eq(second, first + 1);
}
END_TEST

START_TEST(what_does_not_fit_is_an_error_and_not_cut)
{
    char *long_text = pool_alloc(fixture_pool(), 3001);
    memset(long_text, 'x', 3000);
    fixture_fails(add_setting(fixture_db(), 1, long_text), ERROR_INTERNAL);
    ck_assert_int_eq(settings(fixture_db()), 0);
}
END_TEST

START_TEST(the_session_is_utc_read_committed_and_strict)
{
    char *text = NULL;
    fixture_ok(db_string(fixture_db(), fixture_pool(), "SELECT CONCAT(@@time_zone, ' ', @@tx_isolation, ' ', @@collation_connection)", DB_NO_VALUES, &text));
    ck_assert_str_eq(text, "+00:00 READ-COMMITTED utf8mb4_uca1400_as_ci");
    fixture_fails(db_exec(fixture_db(), "INSERT INTO school_year (org_id, year, starts_on, ends_on) VALUES (1, 2026, '2026-02-31', '2027-05-25')",
                          DB_NO_VALUES, NULL, NULL), ERROR_INTERNAL);
}
END_TEST

START_TEST(the_program_may_not_change_the_schema_nor_the_past)
{
    fixture_fails(db_exec(fixture_db(), "DROP TABLE setting_value", DB_NO_VALUES, NULL, NULL), ERROR_INTERNAL);
    fixture_fails(db_exec(fixture_db(), "UPDATE movement SET note = ''", DB_NO_VALUES, NULL, NULL), ERROR_INTERNAL);
    fixture_fails(db_exec(fixture_db(), "DELETE FROM audit", DB_NO_VALUES, NULL, NULL), ERROR_INTERNAL);
}
END_TEST

/* ---- transactions ---- */

struct change {
    int runs, fail_until;
    NERR_TYPE type;
};

static NEOERR *add_and_fail(struct db *db, void *data)
{
    struct change *change = data;
    change->runs++;
    ck_assert(db_in_transaction(db));
    TRY(add_setting(db, 1, "a"));
    if (change->runs <= change->fail_until)
        return nerr_raise(change->type, "made to fail");
    return STATUS_OK;
}

START_TEST(a_transaction_that_ends_well_stays)
{
    struct change change = {0};
    fixture_ok(db_run(fixture_db(), add_and_fail, &change));
    ck_assert(!db_in_transaction(fixture_db()));
    ck_assert_int_eq(settings(fixture_schema_db()), 1);
}
END_TEST

START_TEST(an_error_rolls_back_and_is_passed_on)
{
    struct change change = {.fail_until = 1, .type = ERROR_DENIED};
    fixture_fails(db_run(fixture_db(), add_and_fail, &change), ERROR_DENIED);
    ck_assert_int_eq(change.runs, 1);
    ck_assert_int_eq(settings(fixture_schema_db()), 0);
}
END_TEST

START_TEST(retry_runs_again_from_the_beginning)
{
    struct change change = {.fail_until = 2, .type = ERROR_RETRY};
    fixture_ok(db_run(fixture_db(), add_and_fail, &change));
    ck_assert_int_eq(change.runs, 3);
    ck_assert_int_eq(settings(fixture_schema_db()), 1);
}
END_TEST

START_TEST(retry_without_end_becomes_unavailable)
{
    struct change change = {.fail_until = 100, .type = ERROR_RETRY};
    fixture_fails(db_run(fixture_db(), add_and_fail, &change), ERROR_UNAVAILABLE);
    ck_assert_int_eq(change.runs, DB_TRIES);
    ck_assert_int_eq(settings(fixture_schema_db()), 0);
}
END_TEST

static NEOERR *run_inside(struct db *db, void *data)
{
    return nerr_pass(db_run(db, add_and_fail, data));
}

START_TEST(a_transaction_inside_a_transaction_is_refused)
{
    struct change change = {0};
    fixture_fails(db_run(fixture_db(), run_inside, &change), ERROR_INTERNAL);
}
END_TEST

/* Two transactions lock two rows in opposite order; both must end well. */
struct crossing {
    int first, second, runs;
    pthread_barrier_t *both_hold_one;
};

static NEOERR *lock_two(struct db *db, void *data)
{
    struct crossing *crossing = data;
    static const char sql[] = "UPDATE setting_value SET version = version + 1 WHERE org_id = ?";
    TRY(db_exec(db, sql, DB_VALUES(DB_INT(crossing->first)), NULL, NULL));
    if (crossing->runs++ == 0)
        pthread_barrier_wait(crossing->both_hold_one);
    return nerr_pass(db_exec(db, sql, DB_VALUES(DB_INT(crossing->second)), NULL, NULL));
}

static void *run_crossing(void *data)
{
    struct db *db = db_new(fixture_config(), DB_PROGRAM);
    NEOERR *error = db_run(db, lock_two, data);
    db_free(db);
    return error;
}

START_TEST(of_two_that_deadlock_one_runs_again_and_both_end_well)
{
    pthread_barrier_t barrier;
    pthread_t thread;
    void *other = NULL;
    pthread_barrier_init(&barrier, NULL, 2);
    struct crossing mine = {1, 2, 0, &barrier}, yours = {2, 1, 0, &barrier};
    fixture_ok(add_setting(fixture_db(), 1, "a"));
    fixture_ok(add_setting(fixture_db(), 2, "a"));
    ck_assert_int_eq(pthread_create(&thread, NULL, run_crossing, &yours), 0);
    NEOERR *error = run_crossing(&mine);
    pthread_join(thread, &other);
    pthread_barrier_destroy(&barrier);
    fixture_ok(error);
    fixture_ok(other);
    ck_assert_int_eq(mine.runs + yours.runs, 3);
    int64_t versions = 0;
    fixture_ok(db_number(fixture_db(), "SELECT SUM(version) FROM setting_value", DB_NO_VALUES, &versions, NULL));
    ck_assert_int_eq(versions, 6);
}
END_TEST

/* ---- the database gone ---- */

START_TEST(without_a_database_statements_are_unavailable_until_it_is_back)
{
    fixture_ok(db_connect(fixture_db()));
    ck_assert_int_eq(settings(fixture_db()), 0);
    fixture_database_gone();
    int64_t count = 0;
    fixture_fails(db_number(fixture_db(), "SELECT COUNT(*) FROM setting_value", DB_NO_VALUES, &count, NULL), ERROR_UNAVAILABLE);
    struct change change = {0};
    fixture_fails(db_run(fixture_db(), add_and_fail, &change), ERROR_UNAVAILABLE);
    ck_assert_int_eq(change.runs, 0);
    fixture_database_back();
    ck_assert_int_eq(settings(fixture_db()), 0);
}
END_TEST

START_TEST(a_connection_lost_between_statements_is_opened_again_unseen)
{
    ck_assert_int_eq(settings(fixture_db()), 0);
    fixture_database_gone();
    fixture_database_back();
    ck_assert_int_eq(settings(fixture_db()), 0);
    fixture_database_gone();
    fixture_database_back();
    struct change change = {0};
    fixture_ok(db_run(fixture_db(), add_and_fail, &change));
    ck_assert_int_eq(change.runs, 1);
}
END_TEST

static NEOERR *lose_once(struct db *db, void *data)
{
    int *runs = data;
    TRY(add_setting(db, 1, "a"));
    if (++*runs == 1) {
        fixture_database_gone();
        fixture_database_back();
    }
    return nerr_pass(add_setting(db, 2, "b"));
}

START_TEST(a_connection_lost_inside_a_transaction_runs_it_again)
{
    int runs = 0;
    fixture_ok(db_run(fixture_db(), lose_once, &runs));
    ck_assert_int_eq(runs, 2);
    ck_assert_int_eq(settings(fixture_schema_db()), 2);
}
END_TEST

static NEOERR *lose_and_hide(struct db *db, void *data)
{
    int *runs = data;
    TRY(add_setting(db, 1, "a"));
    if (++*runs == 1) {
        fixture_database_gone();
        fixture_database_back();
        error_release(add_setting(db, 2, "b")); /* a function that swallows the error … */
        error_release(add_setting(db, 3, "c")); /* … may not write outside the transaction */
    }
    return STATUS_OK;
}

START_TEST(a_swallowed_loss_never_writes_outside_the_transaction)
{
    int runs = 0;
    fixture_ok(db_run(fixture_db(), lose_and_hide, &runs));
    ck_assert_int_eq(runs, 2);
    ck_assert_int_eq(settings(fixture_schema_db()), 1);
}
END_TEST

static NEOERR *lose_before_commit(struct db *db, void *data)
{
    ++*(int *)data;
    TRY(add_setting(db, 1, "a"));
    fixture_database_gone();
    fixture_database_back();
    return STATUS_OK;
}

START_TEST(a_connection_lost_in_commit_is_uncertain_and_not_run_again)
{
    int runs = 0;
    fixture_fails(db_run(fixture_db(), lose_before_commit, &runs), ERROR_UNCERTAIN);
    ck_assert_int_eq(runs, 1);
    ck_assert(!db_in_transaction(fixture_db()));
}
END_TEST

Suite *db_suite(void)
{
    Suite *suite = suite_create("db");
    TCase *tcase = tcase_create("db");
    fixture_add(tcase);
    tcase_add_test(tcase, every_kind_of_value_comes_back_as_it_went_in);
    tcase_add_test(tcase, empty_ids_texts_dates_and_times_are_null);
    tcase_add_test(tcase, long_values_are_whole_and_so_are_the_short_ones_after_them);
    tcase_add_test(tcase, a_number_that_is_not_there_is_zero_and_not_found);
    tcase_add_test(tcase, a_text_comes_from_the_pool_or_is_null);
    tcase_add_test(tcase, rows_become_numbered_children_without_their_nulls);
    tcase_add_test(tcase, an_error_of_the_row_function_ends_the_reading_and_the_next_statement_works);
    tcase_add_test(tcase, a_statement_inside_a_row_function_is_refused);
    tcase_add_test(tcase, a_wrong_number_of_values_is_refused);
    tcase_add_test(tcase, more_statements_than_are_kept_all_work_twice);
    tcase_add_test(tcase, a_kept_statement_is_prepared_once);
    tcase_add_test(tcase, preparing_only_finds_wrong_sql_and_changes_nothing);
    tcase_add_test(tcase, a_unique_key_gives_conflict_without_the_value);
    tcase_add_test(tcase, changed_counts_the_rows_found_even_when_nothing_differs);
    tcase_add_test(tcase, an_insert_gives_its_new_id);
    tcase_add_test(tcase, what_does_not_fit_is_an_error_and_not_cut);
    tcase_add_test(tcase, the_session_is_utc_read_committed_and_strict);
    tcase_add_test(tcase, the_program_may_not_change_the_schema_nor_the_past);
    tcase_add_test(tcase, a_transaction_that_ends_well_stays);
    tcase_add_test(tcase, an_error_rolls_back_and_is_passed_on);
    tcase_add_test(tcase, retry_runs_again_from_the_beginning);
    tcase_add_test(tcase, retry_without_end_becomes_unavailable);
    tcase_add_test(tcase, a_transaction_inside_a_transaction_is_refused);
    tcase_add_test(tcase, of_two_that_deadlock_one_runs_again_and_both_end_well);
    tcase_add_test(tcase, without_a_database_statements_are_unavailable_until_it_is_back);
    tcase_add_test(tcase, a_connection_lost_between_statements_is_opened_again_unseen);
    tcase_add_test(tcase, a_connection_lost_inside_a_transaction_runs_it_again);
    tcase_add_test(tcase, a_swallowed_loss_never_writes_outside_the_transaction);
    tcase_add_test(tcase, a_connection_lost_in_commit_is_uncertain_and_not_run_again);
    suite_add_tcase(suite, tcase);
    return suite;
}
