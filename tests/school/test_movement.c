/* test_movement.c: the fold of the movement ledger, what breaks it and what undoes it; checked against an independent model. */
#include "school.h"
#include "school_suites.h"

#include "school/pupils/movement.h"

#include <stdlib.h>
#include <string.h>

static int64_t new_order(void)
{
    static int number = 100;
    int64_t id;
    fixture_ok(db_exec(fixture_schema_db(),
                       "INSERT INTO school_order (org_id, uid, journal, year, number, ordinal, state, kind, dated, recorded_at)"
                       " VALUES (1, UUID(), 'contingent', 2026, ?, 1, 'signed', 'enrol', '2026-10-01', '2026-10-01')",
                       DB_VALUES(DB_INT(++number)), NULL, &id));
    return id;
}

static int64_t move(const char *kind, int64_t class, const char *on)
{
    struct movement movement = {.pupil = NEW_PUPIL, .kind = kind, .to_class = class, .order = new_order()};
    ck_assert(date_from_iso(on, &movement.effective));
    fixture_ok(movement_record(fixture_db(), SCHOOL, &movement, 1));
    return movement.order;
}

static const char *memberships(void)
{
    return text_of("SELECT GROUP_CONCAT(CONCAT_WS(' ', class_id, from_on, COALESCE(to_on, '-')) ORDER BY from_on, movement_id SEPARATOR ', ')"
                   " FROM membership WHERE pupil_id = %d", NEW_PUPIL);
}

static const char *standing(void)
{
    return text_of("SELECT CONCAT(standing, ' ', COALESCE(class_id, '-')) FROM pupil WHERE id = %d", NEW_PUPIL);
}

static void keep_line(void *data, const char *line)
{
    const char **last = data;
    *last = pool_strdup(fixture_pool(), line);
}

static const char *told(void)
{
    const char *line = "";
    fixture_ok(movement_ledger.check(fixture_db(), SCHOOL, keep_line, &line));
    return line;
}

START_TEST(the_rows_of_a_pupil_become_stays_one_after_another)
{
    ck_assert_str_eq(standing(), "registered -");
    move("enrol", CLASS_10A, "2026-09-01");
    ck_assert_str_eq(standing(), "enrolled 1");
    move("transfer", CLASS_10B, "2026-10-01");
    ck_assert_str_eq(memberships(), "1 2026-09-01 2026-10-01, 2 2026-10-01 -");
    move("exclude", 0, "2026-11-01");
    ck_assert_str_eq(memberships(), "1 2026-09-01 2026-10-01, 2 2026-10-01 2026-11-01");
    ck_assert_str_eq(standing(), "left -");
    move("reinstate", CLASS_10A, "2026-11-20");
    ck_assert_str_eq(standing(), "enrolled 1");
    ck_assert_str_eq(told(), "");
}
END_TEST

START_TEST(a_back_dated_row_takes_its_place_by_its_day)
{
    move("transfer", CLASS_10B, "2026-10-01");
    move("enrol", CLASS_10A, "2026-09-01");
    ck_assert_str_eq(memberships(), "1 2026-09-01 2026-10-01, 2 2026-10-01 -");
    ck_assert_str_eq(standing(), "enrolled 2");
}
END_TEST

START_TEST(of_two_rows_of_one_day_the_later_one_counts)
{
    move("enrol", CLASS_10A, "2026-09-01");
    move("transfer", CLASS_10B, "2026-09-01");
    ck_assert_str_eq(standing(), "enrolled 2");
    ck_assert_str_eq(told(), "");
}
END_TEST

static NEOERR *cancel(int64_t order, int64_t by)
{
    struct request *rq = fixture_request(SCHOOL);
    return movement_ledger.cancel_order(rq, order, by);
}

START_TEST(a_cancelled_order_is_as_if_it_had_not_been)
{
    move("enrol", CLASS_10A, "2026-09-01");
    int64_t transfer = move("transfer", CLASS_10B, "2026-10-01"), cancelling = new_order();
    fixture_ok(cancel(transfer, cancelling));
    ck_assert_str_eq(memberships(), "1 2026-09-01 -");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE order_id = %lld AND voids_id IS NOT NULL", (long long)cancelling), 1);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM movement WHERE pupil_id = %d", NEW_PUPIL), 3);
    ck_assert_str_eq(told(), "");
}
END_TEST

START_TEST(an_order_on_which_later_ones_depend_is_not_cancelled)
{
    int64_t enrolment_order = move("enrol", CLASS_10A, "2026-09-01");
    int64_t transfer = move("transfer", CLASS_10B, "2026-10-01");
    fixture_fails(cancel(enrolment_order, new_order()), ERROR_CONFLICT);
    ck_assert_str_eq(standing(), "enrolled 2");
    fixture_ok(cancel(transfer, new_order()));
    fixture_ok(cancel(enrolment_order, new_order()));
    ck_assert_str_eq(standing(), "registered -");
}
END_TEST

static const char *const tampering[] = {
    "UPDATE membership SET class_id = 2 WHERE pupil_id = 2",
    "UPDATE membership SET ends_year = 1 WHERE pupil_id = 2",
    "UPDATE membership SET to_on = '2026-12-01' WHERE pupil_id = 2",
    "DELETE FROM membership WHERE pupil_id = 2",
    "UPDATE pupil SET class_id = 3 WHERE id = 2",
    "UPDATE pupil SET standing = 'left' WHERE id = 2",
    "UPDATE membership SET from_on = '2026-08-01' WHERE pupil_id = 2",
    "UPDATE membership SET movement_id = 1 WHERE pupil_id = 2",
    "INSERT INTO membership (org_id, pupil_id, from_on, class_id, movement_id) VALUES (1, 2, '2026-09-01', 1, 1)",
    "INSERT INTO movement (org_id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id)"
    " VALUES (1, 'behind', 2, 'transfer', 2, '2026-10-01', '2026-10-01', 1)",
};

START_TEST(the_check_finds_what_was_changed_behind_the_ledgers_back)
{
    move("enrol", CLASS_10A, "2026-09-01");
    ck_assert_str_eq(told(), "");
    run_sql("%s", tampering[_i]);
    ck_assert_has(told(), "organisation 1, pupil 2");
}
END_TEST

/* More pupils than are looked at together: 1001 to 2100, each enrolled. */
static void add_many(void)
{
    run_sql("INSERT INTO pupil (org_id, id, uid, person_id, surname, given, sort_key, fold_key, key_version, grade, registered_at, standing, class_id)"
            " SELECT 1, seq, CONCAT('u', seq), seq, 'Много', '', '', '', 1, 10, '2026-08-20', 'enrolled', 1 FROM seq_1001_to_2100");
    run_sql("INSERT INTO movement (org_id, id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id)"
            " SELECT 1, seq, CONCAT('m', seq), seq, 'enrol', 1, '2026-09-01', '2026-08-25', 1 FROM seq_1001_to_2100");
    run_sql("INSERT INTO membership (org_id, pupil_id, from_on, class_id, movement_id) SELECT 1, seq, '2026-09-01', 1, seq FROM seq_1001_to_2100");
}

static void add_line(void *data, const char *line)
{
    fixture_ok(string_appendf(data, "%s;", line + strlen("organisation 1, ")));
}

START_TEST(of_many_the_check_finds_each_one_and_no_other_with_few_statements)
{
    static const int changed[] = {1001, 1497, 1498, 1499, 1500, 2100};
    STRING lines, expected;
    string_init(&lines);
    string_init(&expected);
    add_many();
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++) {
        run_sql("UPDATE membership SET class_id = 2 WHERE pupil_id = %d", changed[i]);
        fixture_ok(string_appendf(&expected, "pupil %d: membership is not the fold of the ledger;", changed[i]));
    }
    unsigned before = db_statements(fixture_db());
    fixture_ok(movement_ledger.check(fixture_db(), SCHOOL, add_line, &lines));
    ck_assert_uint_lt(db_statements(fixture_db()) - before, 20);
    ck_assert_str_eq(lines.buf, expected.buf);
    string_clear(&lines);
    string_clear(&expected);
}
END_TEST

/* ---- an independent model: for each day, the last row of that day or before says where the pupil is ---- */

enum { MOVES = 12, DAYS = 20 };

struct model {
    struct {
        int day;
        int64_t class;
    } rows[MOVES];
    size_t count;
};

static int64_t class_on(const struct model *model, int day)
{
    int64_t class = 0;
    int best = -1;
    for (size_t i = 0; i < model->count; i++)
        if (model->rows[i].day <= day && model->rows[i].day >= best) {
            best = model->rows[i].day;
            class = model->rows[i].class;
        }
    return class;
}

static void compare(const struct model *model)
{
    for (int day = 1; day <= DAYS; day++)
        ck_assert_int_eq(count_of("SELECT COALESCE((SELECT class_id FROM membership WHERE pupil_id = %d AND from_on <= '2026-09-%02d'"
                                  " AND (to_on IS NULL OR to_on > '2026-09-%02d')), 0)", NEW_PUPIL, day, day),
                         class_on(model, day));
    ck_assert_int_eq(count_of("SELECT COALESCE(class_id, 0) FROM pupil WHERE id = %d", NEW_PUPIL), class_on(model, DAYS));
}

/* The worker keeps roles; the version that each request reads says that they are to be read anew. */
START_TEST(the_roles_of_a_pupil_and_of_the_kin_change_with_the_standing_at_once)
{
    run_sql("INSERT INTO kinship (org_id, pupil_id, person_id, degree) VALUES (1, %d, %d, 'mother')", NEW_PUPIL, (int)school_person("parent", SCHOOL));
    int64_t before = count_of("SELECT SUM(roles_version) FROM account");
    move("enrol", CLASS_10A, "2026-09-01");
    ck_assert_int_eq(count_of("SELECT SUM(roles_version) FROM account"), before + 2);
    fixture_ok(movement_fold(fixture_db(), SCHOOL, NEW_PUPIL));
    ck_assert_int_eq(count_of("SELECT SUM(roles_version) FROM account"), before + 2);
    move("exclude", 0, "2026-10-01");
    ck_assert_int_eq(count_of("SELECT SUM(roles_version) FROM account"), before + 4);
}
END_TEST

START_TEST(after_any_sequence_the_stays_are_those_of_the_model)
{
    struct model model = {.count = 0};
    srand((unsigned)_i + 1);
    for (size_t i = 0; i < MOVES; i++) {
        int day = 1 + rand() % DAYS, class = rand() % 4;
        model.rows[model.count].day = day;
        model.rows[model.count++].class = class;
        move(class == 0 ? "exclude" : "transfer", class, path_of("2026-09-%02d", day));
    }
    compare(&model);
    ck_assert_str_eq(told(), "");
}
END_TEST

Suite *movement_suite(void)
{
    Suite *suite = suite_create("movement");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_test(tcase, the_rows_of_a_pupil_become_stays_one_after_another);
    tcase_add_test(tcase, a_back_dated_row_takes_its_place_by_its_day);
    tcase_add_test(tcase, of_two_rows_of_one_day_the_later_one_counts);
    tcase_add_test(tcase, a_cancelled_order_is_as_if_it_had_not_been);
    tcase_add_test(tcase, an_order_on_which_later_ones_depend_is_not_cancelled);
    tcase_add_loop_test(tcase, the_check_finds_what_was_changed_behind_the_ledgers_back, 0, (int)(sizeof tampering / sizeof *tampering));
    tcase_add_test(tcase, of_many_the_check_finds_each_one_and_no_other_with_few_statements);
    tcase_add_test(tcase, the_roles_of_a_pupil_and_of_the_kin_change_with_the_standing_at_once);
    tcase_add_loop_test(tcase, after_any_sequence_the_stays_are_those_of_the_model, 0, 8);
    suite_add_tcase(suite, tcase);
    return suite;
}
