/* test_shifts.c: shifts are added, edited and deleted; a class has one. (NAV-09) */
#include "school.h"
#include "school_suites.h"

#include <string.h>

#define NEW "/1/2026/shifts/new"

static const struct sent shift[] = {
    {.name = "action", .value = "submit"}, {.name = "number", .value = "1"},      {.name = "name", .value = ""},
    {.name = "begins_at", .value = "8:00"}, {.name = "ends_at", .value = "1330"}, {0},
};

static void add_shift(void)
{
    run_sql("INSERT INTO shift (org_id, id, number, begins_at, ends_at) VALUES (1, 5, 1, '08:00', '13:30')");
    sign_in("head", SCHOOL);
}

static const struct {
    const char *typed, *stored; /* NULL = refused */
} times[] = {
    {"8:00", "08:00:00"}, {"08.05", "08:05:00"}, {"0800", "08:00:00"}, {"800", "08:00:00"}, {" 7:45 ", "07:45:00"},
    {"8", NULL}, {"24:00", NULL}, {"8:60", NULL}, {"8:5", NULL}, {"8:000", NULL}, {"80000", NULL}, {"утром", NULL}, {"", NULL},
};

START_TEST(times_are_read_as_people_write_them)
{
    sign_in("deputy", SCHOOL);
    struct answer answer = post(NEW, sent_with(shift, "begins_at", times[_i].typed));
    if (times[_i].stored == NULL) {
        ck_assert_status(answer, 422);
        ck_assert_str_ne(error_at(answer, "begins_at"), "");
        ck_assert_int_eq(count_of("SELECT COUNT(*) FROM shift"), 0);
    } else {
        ck_assert_status(answer, 303);
        ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', begins_at, ends_at) FROM shift"), path_of("%s|13:30:00", times[_i].stored));
    }
}
END_TEST

static const struct {
    const char *field, *value, *words;
} wrong[] = {
    {"number", "0", "Shifts are numbered from 1"},
    {"number", "1", "There is a shift of this number already"},
    {"number", "10", "“Number of the shift”: the number is too big"},
    {"ends_at", "08:00", "The shift must end after it begins"},
};

START_TEST(a_wrong_shift_is_refused_at_its_field)
{
    add_shift();
    struct answer answer = post(NEW, sent_with(sent_with(shift, "number", "2"), wrong[_i].field, wrong[_i].value));
    ck_assert_status(answer, 422);
    ck_assert_str_eq(error_at(answer, wrong[_i].field), wrong[_i].words);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM shift"), 1);
}
END_TEST

START_TEST(a_shift_is_edited_and_its_form_has_the_time_as_hours_and_minutes)
{
    add_shift();
    ck_assert_has(get("/1/2026/shifts/5").body, "value=\"08:00\"");
    ck_assert_status(post("/1/2026/shifts/5", sent_with(sent_with(shift, "version", "1"), "name", "Утро")), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS('|', f.field, f.value_after) FROM audit_field f JOIN audit a ON a.id = f.audit_id WHERE a.subject_kind = 'shift'"),
                     "name|Утро");
    ck_assert_has(get("/1/2026/shifts").body, "Утро");
}
END_TEST

START_TEST(a_class_has_a_shift_and_the_list_is_filtered_by_it)
{
    add_shift();
    const struct sent *education = SENT({"version", "1"}, {"language", "ru"}, {"shift_id", "5"});
    ck_assert_status(post("/1/2026/classes/2/education/edit", education), 303);
    ck_assert_int_eq(count_of("SELECT shift_id FROM class WHERE id = 2"), 5);
    ck_assert_has(get("/1/2026/classes/2/education").body, "shift 1");
    const char *found = get("/1/2026/contingent?shift=5").body;
    ck_assert_has(found, "10-B");
    ck_assert_status(post("/1/2026/classes/1/education/edit", sent_with(education, "shift_id", "6")), 422);
}
END_TEST

START_TEST(a_shift_of_a_class_is_not_deleted)
{
    add_shift();
    run_sql("UPDATE class SET shift_id = 5 WHERE id IN (1, 2)");
    struct answer answer = post("/1/2026/shifts/5", SENT({"version", "1"}, {"action", "delete"}));
    ck_assert_status(answer, 422);
    ck_assert_has(error_at(answer, ""), "This cannot be deleted, it is in use: Classes: 2");
    run_sql("UPDATE class SET shift_id = NULL");
    ck_assert_status(post("/1/2026/shifts/5", SENT({"version", "2"}, {"action", "delete"})), 409);
    ck_assert_status(post("/1/2026/shifts/5", SENT({"version", "1"}, {"action", "delete"})), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM shift"), 0);
    ck_assert_str_eq(text_of("SELECT action FROM audit WHERE subject_kind = 'shift'"), "delete");
}
END_TEST

START_TEST(a_record_of_a_form_that_does_not_say_so_is_never_deleted)
{
    sign_in("head", SCHOOL);
    ck_assert_int_ne(post("/1/2026/classes/2/education/edit", SENT({"version", "1"}, {"action", "delete"})).status, 500);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM class WHERE id = 2"), 1);
}
END_TEST

START_TEST(who_only_sees_shifts_changes_none)
{
    add_shift();
    sign_in("teacher", SCHOOL);
    ck_assert_status(get("/1/2026/shifts"), 200);
    ck_assert_has_not(get("/1/2026/shifts").body, "Add a shift");
    ck_assert_status(post("/1/2026/shifts/5", SENT({"version", "1"}, {"action", "delete"})), 403);
    ck_assert_status(post(NEW, shift), 403);
}
END_TEST

Suite *shifts_suite(void)
{
    Suite *suite = suite_create("shifts");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_loop_test(tcase, times_are_read_as_people_write_them, 0, (int)(sizeof times / sizeof *times));
    tcase_add_loop_test(tcase, a_wrong_shift_is_refused_at_its_field, 0, (int)(sizeof wrong / sizeof *wrong));
    tcase_add_test(tcase, a_shift_is_edited_and_its_form_has_the_time_as_hours_and_minutes);
    tcase_add_test(tcase, a_class_has_a_shift_and_the_list_is_filtered_by_it);
    tcase_add_test(tcase, a_shift_of_a_class_is_not_deleted);
    tcase_add_test(tcase, a_record_of_a_form_that_does_not_say_so_is_never_deleted);
    tcase_add_test(tcase, who_only_sees_shifts_changes_none);
    suite_add_tcase(suite, tcase);
    return suite;
}
