/* test_iin.c: the control digit. None of the right numbers can belong to a person: day 00 and a century that is not in use. */
#include "base_suites.h"

#include "base/iin.h"

static const struct {
    const char *text;
    enum iin_verdict verdict;
} checks[] = {
    {"960700980912", IIN_OK},                  /* settled by the first pass */
    {"110600861830", IIN_OK},                  /* the first pass gives 0 */
    {"000000730453", IIN_OK},                  /* leading zeros, which a number type would lose */
    {"300100978187", IIN_OK},                  /* settled by the second pass */
    {"120400838940", IIN_OK},                  /* the second pass gives 0 */
    {"033100780149", IIN_OK},                  /* the second pass gives 9 */
    {"254147785145", IIN_OK},                  /* month 41, day 47: the law allows it */
    {"770900911313", IIN_WRONG_CONTROL_DIGIT}, /* 2 would be right */
    {"091300956470", IIN_WRONG_CONTROL_DIGIT}, /* both passes give 10, which is not 0 */
    {"780322300455", IIN_WRONG_CONTROL_DIGIT}, /* 8 would be right */
    {"000000000000", IIN_WRONG_CONTROL_DIGIT}, /* right by the sums, nobody's */
    {"", IIN_NOT_12_DIGITS},
    {"05050087918", IIN_NOT_12_DIGITS},
    {"9607009809120", IIN_NOT_12_DIGITS},
    {"770100 998081", IIN_NOT_12_DIGITS},
    {"４５１０００９００７２２７", IIN_NOT_12_DIGITS}, /* full-width digits */
    {"66090О939499", IIN_NOT_12_DIGITS},       /* a Cyrillic О */
    {"-60700980912", IIN_NOT_12_DIGITS},
};

START_TEST(numbers_are_right_or_wrong_as_the_decrees_say)
{
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        ck_assert_msg(iin_check(checks[i].text) == checks[i].verdict, "%s: %d", checks[i].text, (int)iin_check(checks[i].text));
        ck_assert_msg(bin_check(checks[i].text) == checks[i].verdict, "BIN %s", checks[i].text);
    }
}
END_TEST

START_TEST(every_other_last_digit_of_a_right_number_is_wrong)
{
    char number[] = "300100978187";
    for (char digit = '0'; digit <= '9'; digit++) {
        number[11] = digit;
        ck_assert_int_eq(iin_check(number), digit == '7' ? IIN_OK : IIN_WRONG_CONTROL_DIGIT);
    }
}
END_TEST

START_TEST(a_beginning_that_is_never_issued_has_no_control_digit)
{
    ck_assert_int_eq(iin_control_digit("09130095647"), -1);
    ck_assert_int_eq(iin_control_digit("30010097818"), 7);
    ck_assert_int_eq(iin_control_digit("96070098091"), 2);
}
END_TEST

static const struct {
    const char *iin;
    bool reads;
    struct date born;
    char sex;
} meanings[] = {
    {"990101100000", true, {1899, 1, 1}, 'M'},  {"000229200000", false, {0}, 0},           {"850715300000", true, {1985, 7, 15}, 'M'},
    {"850715400000", true, {1985, 7, 15}, 'F'}, {"110527500000", true, {2011, 5, 27}, 'M'}, {"120229600000", true, {2012, 2, 29}, 'F'},
    {"130229600000", false, {0}, 0},            {"254147785145", false, {0}, 0},           {"110527000000", false, {0}, 0},
    {"110527700000", false, {0}, 0},
};

START_TEST(the_digits_tell_birth_date_and_sex_where_they_can)
{
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        struct date born;
        char sex;
        ck_assert_msg(iin_reads(meanings[i].iin, &born, &sex) == meanings[i].reads, "%s", meanings[i].iin);
        if (!meanings[i].reads)
            continue;
        ck_assert_int_eq(date_compare(born, meanings[i].born), 0);
        ck_assert_int_eq(sex, meanings[i].sex);
    }
}
END_TEST

START_TEST(a_mask_leaves_the_first_six_digits)
{
    char masked[IIN_SIZE];
    iin_mask("300100978187", masked);
    ck_assert_str_eq(masked, "300100******");
    iin_mask("", masked);
    ck_assert_str_eq(masked, "************");
}
END_TEST

Suite *iin_suite(void)
{
    Suite *suite = suite_create("iin");
    TCase *tcase = tcase_create("iin");
    tcase_add_test(tcase, numbers_are_right_or_wrong_as_the_decrees_say);
    tcase_add_test(tcase, every_other_last_digit_of_a_right_number_is_wrong);
    tcase_add_test(tcase, a_beginning_that_is_never_issued_has_no_control_digit);
    tcase_add_test(tcase, the_digits_tell_birth_date_and_sex_where_they_can);
    tcase_add_test(tcase, a_mask_leaves_the_first_six_digits);
    suite_add_tcase(suite, tcase);
    return suite;
}
