/* test_text.c: UTF-8, cleaning, and the keys by which people are sorted and found. */
#include "base_suites.h"

#include "base/text.h"

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

START_TEST(only_valid_utf8_without_nul_passes)
{
    static const struct {
        const char *bytes;
        size_t length;
        bool valid;
    } cases[] = {
        {"", 0, true}, {"Қазақ 😀", 15, true}, {"a\0b", 3, false}, {"\xC0\xAF", 2, false}, {"\xE0\x80\xAF", 3, false}, {"\xED\xA0\x80", 3, false},
        {"\xF4\x90\x80\x80", 4, false}, {"\xD2", 1, false}, {"\x80", 1, false}, {"\xFF", 1, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_msg(text_is_utf8(cases[i].bytes, cases[i].length) == cases[i].valid, "case %zu", i);
}
END_TEST

START_TEST(letters_are_counted_and_not_bytes)
{
    ck_assert_uint_eq(text_length("Әділ"), 4);
    ck_assert_uint_eq(text_length("a😀"), 2);
    ck_assert_uint_eq(text_length(""), 0);
    ck_assert(text_is_bmp("Әділ €"));
    ck_assert(!text_is_bmp("Әділ 😀"));
}
END_TEST

static const struct {
    const char *text;
    bool lines;
    const char *cleaned;
} cleanings[] = {
    {"e\xe2\x80\x8b\xcc\x81", false, "é"}, /* an invisible letter between a letter and its accent */
    {"  Ерғалиев  ", false, "Ерғалиев"},
    {"Ерғалиев \t\n Санжар", false, "Ерғалиев Санжар"},
    {"Ер\u200Bға\u200Dли\uFEFFев\u00AD", false, "Ерғалиев"},
    {"\x01Ер\x7Fғалиев\x1F", false, "Ерғалиев"},
    {"Ер\u00A0ғалиев", false, "Ер ғалиев"},
    {"Йод", false, "Йод"},                        /* И and a breve become one letter */
    {"\u202EЕрғалиев", false, "Ерғалиев"},        /* an override of direction */
    {"", false, ""},
    {" \u200B ", false, ""},
    {" один \r\n  два\n\n\n\nтри \n", true, "один\nдва\n\nтри"},
    {"один\nдва", false, "один два"},
    {"a😀b", false, "a😀b"},
};

START_TEST(what_is_stored_is_clean)
{
    for (size_t i = 0; i < sizeof cleanings / sizeof cleanings[0]; i++) {
        char *cleaned = text_clean(pool, cleanings[i].text, cleanings[i].lines);
        ck_assert_str_eq(cleaned, cleanings[i].cleaned);
        ck_assert_str_eq(text_clean(pool, cleaned, cleanings[i].lines), cleaned);
    }
}
END_TEST

static int compare_keys(const char *a, const char *b, size_t size)
{
    unsigned char keys[2][400];
    size_t lengths[2] = {text_sort_key(a, keys[0], size), text_sort_key(b, keys[1], size)};
    size_t shorter = lengths[0] < lengths[1] ? lengths[0] : lengths[1];
    int order = memcmp(keys[0], keys[1], shorter);
    return order != 0 ? order : lengths[0] < lengths[1] ? -1 : lengths[0] > lengths[1];
}

START_TEST(the_sort_key_is_the_kazakh_alphabet)
{
    static const char *const alphabet[] = {"А", "Ә", "Б", "В", "Г", "Ғ", "Д", "Е", "Ё", "Ж", "З", "И", "Й", "К", "Қ", "Л", "М", "Н", "Ң", "О", "Ө",
                                           "П", "Р", "С", "Т", "У", "Ұ", "Ү", "Ф", "Х", "Һ", "Ц", "Ч", "Ш", "Щ", "Ъ", "Ы", "І", "Ь", "Э", "Ю", "Я"};
    for (size_t i = 1; i < sizeof alphabet / sizeof alphabet[0]; i++)
        ck_assert_msg(compare_keys(alphabet[i - 1], alphabet[i], 400) < 0, "%s must come before %s", alphabet[i - 1], alphabet[i]);
    ck_assert_int_lt(compare_keys("Ахметов", "Әбілов", 400), 0);
    ck_assert_int_lt(compare_keys("Ким Анна", "Кимов Адам", 400), 0);
    ck_assert_int_lt(compare_keys("Қасым", "Қасымов", 400), 0);
}
END_TEST

START_TEST(a_cut_sort_key_still_sorts)
{
    unsigned char key[8];
    ck_assert_uint_eq(text_sort_key("Ерғалиев Санжар", key, sizeof key), sizeof key);
    ck_assert_int_lt(compare_keys("Ахметов", "Ерғалиев", 8), 0);
    ck_assert_int_eq(compare_keys("Ерғалиев Санжар Маратұлы", "Ерғалиев Санжар Маратұлы", 8), 0);
}
END_TEST

START_TEST(spellings_of_one_name_fold_to_one_key)
{
    static const char *const twins[][2] = {
        {"Әділ", "адил"},       {"Ғалым", "ГАЛИМ"},     {"Қайрат", "кайрат"},   {"Жаңа", "жана"},         {"Өмір", "омир"},  {"Ұлан", "улан"},
        {"Үкі", "уки"},         {"Һәкім", "хаким"},     {"Ерғалиёв", "ергалиев"}, {"Сергей", "сергеи"},   {"Айгүл", "аигул"}, {"Ахмет-Али", "ахмет  али"},
        {"Ерғaлиeв", "ергалиев"}, {"Д’Артаньян", "д'артаньян"}, {" Санжар ", "санжар"}, {"10-Б", "10 б"},
    };
    for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++)
        ck_assert_str_eq(text_fold(pool, twins[i][0]), text_fold(pool, twins[i][1]));
    ck_assert_str_eq(text_fold(pool, "Ерғалиев Санжар, 7"), "ергалиев санжар 7");
    ck_assert_str_eq(text_fold(pool, "%_\\😀"), "");
}
END_TEST

START_TEST(the_other_keyboard_layout_gives_what_was_meant)
{
    ck_assert_str_eq(text_other_layout(pool, "fcrfh"), "аскар");
    ck_assert_str_eq(text_other_layout(pool, "Fcrfh [fkbk"), "аскар халил");
    ck_assert_ptr_null(text_other_layout(pool, "аскар"));
    ck_assert_ptr_null(text_other_layout(pool, "123, 45"));
}
END_TEST

START_TEST(case_changes_by_kazakh_rules)
{
    ck_assert_str_eq(text_upper(pool, "әғқңөұүһіi"), "ӘҒҚҢӨҰҮҺІI");
    ck_assert_str_eq(text_lower(pool, "ӘҒҚҢӨҰҮҺІI"), "әғқңөұүһіi");
    ck_assert_str_eq(text_first_letter(pool, "«әже»"), "Ә");
    ck_assert_str_eq(text_first_letter(pool, "12"), "");
    ck_assert_str_eq(text_first_letter(pool, ""), "");
}
END_TEST

START_TEST(numbers_have_their_digits)
{
    char digits[TEXT_DIGITS_SIZE];
    ck_assert_str_eq(text_digits(0, digits), "0");
    ck_assert_str_eq(text_digits(504805, digits), "504805");
    ck_assert_str_eq(text_digits(-7, digits), "-7");
    ck_assert_str_eq(text_digits(INT64_MAX, digits), "9223372036854775807");
    ck_assert_str_eq(text_digits(INT64_MIN, digits), "-9223372036854775808");
}
END_TEST

Suite *text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tcase = tcase_create("text");
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, only_valid_utf8_without_nul_passes);
    tcase_add_test(tcase, letters_are_counted_and_not_bytes);
    tcase_add_test(tcase, what_is_stored_is_clean);
    tcase_add_test(tcase, the_sort_key_is_the_kazakh_alphabet);
    tcase_add_test(tcase, a_cut_sort_key_still_sorts);
    tcase_add_test(tcase, spellings_of_one_name_fold_to_one_key);
    tcase_add_test(tcase, the_other_keyboard_layout_gives_what_was_meant);
    tcase_add_test(tcase, case_changes_by_kazakh_rules);
    tcase_add_test(tcase, numbers_have_their_digits);
    suite_add_tcase(suite, tcase);
    return suite;
}
