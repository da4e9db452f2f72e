/* test_name.c: names of people and classes. */
#include "base_suites.h"

#include "base/name.h"

#include <string.h>

static struct pool *pool;

static void begin(void)
{
    ck_assert_ptr_null(error_init());
    ck_assert_ptr_null(text_init());
    pool = pool_new();
}

static void end(void)
{
    pool_free(pool);
    text_end();
}

static const struct {
    const char *name;
    enum name_verdict verdict;
} checks[] = {
    {"Ерғалиев", NAME_OK},
    {"Әлімқұл", NAME_OK},
    {"Һәкім", NAME_OK},
    {"Ёлкин", NAME_OK},
    {"Әбілқасым-Ұлы", NAME_OK},
    {"Мухаммед Али", NAME_OK},
    {"Д'Артаньян", NAME_OK},
    {"О’Нил", NAME_OK},
    {"O'Neil", NAME_OK},
    {"Müller", NAME_OK},
    {"Ким Smith", NAME_OK},                  /* each word has one script */
    {"Ерғaлиев", NAME_MIXED},                /* a Latin a */
    {"Əли", NAME_MIXED},                     /* a Latin schwa */
    {"Smіth", NAME_MIXED},                   /* a Cyrillic і */
    {"", NAME_BAD_CHARACTER},
    {"-Ерғалиев", NAME_BAD_CHARACTER},
    {"Ерғалиев2", NAME_BAD_CHARACTER},
    {"<b>Ерғалиев</b>", NAME_BAD_CHARACTER},
    {"Ерғалиев\"", NAME_BAD_CHARACTER},
    {"Ер\x01ғалиев", NAME_BAD_CHARACTER},
    {"Ерғалиев😀", NAME_BAD_CHARACTER},
    {"Ерғалиев.", NAME_BAD_CHARACTER},
    {"Ер×алиев", NAME_BAD_CHARACTER},
    {"ааааааааааааааааааааааааааааааааааааааааааааааааааааааааааааа", NAME_TOO_LONG}, /* 61 letters */
    {"аааааааааааааааааааааааааааааааааааааааааааааааааааааааааааа", NAME_OK},        /* 60 */
};

START_TEST(names_are_judged_letter_by_letter)
{
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        ck_assert_msg(name_check(checks[i].name) == checks[i].verdict, "%s: %d", checks[i].name, (int)name_check(checks[i].name));
}
END_TEST

START_TEST(a_mended_name_has_the_script_that_most_of_each_word_has)
{
    ck_assert_str_eq(name_mend(pool, "Ерғaлиeв"), "Ерғалиев");
    ck_assert_str_eq(name_mend(pool, "Smіth"), "Smith");
    ck_assert_str_eq(name_mend(pool, "Əли"), "Әли");
    ck_assert_str_eq(name_mend(pool, "Ким Smith"), "Ким Smith");
    ck_assert_int_eq(name_check(name_mend(pool, "Ерғaлиeв")), NAME_OK);
}
END_TEST

START_TEST(the_usual_case_is_given_to_names_in_one_case_only)
{
    static const char *const pairs[][2] = {
        {"ЕРҒАЛИЕВ", "Ерғалиев"}, {"ерғалиев", "Ерғалиев"}, {"әбілқасым-ұлы", "Әбілқасым-Ұлы"}, {"Ван дер Ваальс", "Ван дер Ваальс"},
        {"ҮКІ ҚЫЗЫ", "Үкі Қызы"}, {"МакДональд", "МакДональд"}, {"", ""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        ck_assert_str_eq(name_usual_case(pool, pairs[i][0]), pairs[i][1]);
}
END_TEST

START_TEST(full_and_short_names_leave_out_what_is_missing)
{
    ck_assert_str_eq(name_full(pool, "Ерғалиев", "Санжар", "Маратұлы"), "Ерғалиев Санжар Маратұлы");
    ck_assert_str_eq(name_full(pool, "Ерғалиев", "Санжар", ""), "Ерғалиев Санжар");
    ck_assert_str_eq(name_full(pool, "", "Санжар", NULL), "Санжар");
    ck_assert_str_eq(name_short(pool, "Ерғалиев", "Санжар", "Маратұлы"), "Ерғалиев С. М.");
    ck_assert_str_eq(name_short(pool, "Ерғалиев", "әсем", NULL), "Ерғалиев Ә.");
    ck_assert_str_eq(name_short(pool, NULL, "Санжар", ""), "С.");
}
END_TEST

START_TEST(class_names_hold_letters_digits_and_hyphens)
{
    static const char *const right[] = {"А", "10-Б", "Ә", "ИС-21-3к", "B"};
    static const char *const wrong[] = {"", "10 Б", "А/Б", "А.", "А\"", "А😀"};
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++)
        ck_assert_msg(name_is_class(right[i]), "%s", right[i]);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        ck_assert_msg(!name_is_class(wrong[i]), "%s", wrong[i]);
    char name[400];
    memset(name, 'L', sizeof name - 2); /* what stands after all that is looked at */
    memcpy(name + sizeof name - 2, "&", 2);
    ck_assert(!name_is_class(name));
}
END_TEST

Suite *name_suite(void)
{
    Suite *suite = suite_create("name");
    TCase *tcase = tcase_create("name");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, names_are_judged_letter_by_letter);
    tcase_add_test(tcase, a_mended_name_has_the_script_that_most_of_each_word_has);
    tcase_add_test(tcase, the_usual_case_is_given_to_names_in_one_case_only);
    tcase_add_test(tcase, full_and_short_names_leave_out_what_is_missing);
    tcase_add_test(tcase, class_names_hold_letters_digits_and_hyphens);
    suite_add_tcase(suite, tcase);
    return suite;
}
