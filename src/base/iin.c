/* iin.c: the control digit of IIN and BIN, and what the digits of an IIN say. */
#include "base/iin.h"

#include <string.h>

/* The second row of weights is used when the first gives 10 (decree No 565). */
static const int weights[2][11] = {
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
    {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2},
};

int iin_control_digit(const char *eleven)
{
    for (int row = 0; row < 2; row++) {
        int sum = 0;
        for (int i = 0; i < 11; i++)
            sum += weights[row][i] * (eleven[i] - '0');
        if (sum % 11 != 10)
            return sum % 11;
    }
    return -1;
}

static enum iin_verdict check(const char *text)
{
    if (strlen(text) != 12 || strspn(text, "0123456789") != 12)
        return IIN_NOT_12_DIGITS;
    if (strcmp(text, "000000000000") == 0 || iin_control_digit(text) != text[11] - '0')
        return IIN_WRONG_CONTROL_DIGIT;
    return IIN_OK;
}

enum iin_verdict iin_check(const char *text)
{
    return check(text);
}

enum iin_verdict bin_check(const char *text)
{
    return check(text);
}

static int two_digits(const char *at)
{
    return (at[0] - '0') * 10 + at[1] - '0';
}

bool iin_reads(const char *iin, struct date *born, char *sex)
{
    int century = iin[6] - '0'; /* 1, 2: 19th; 3, 4: 20th; 5, 6: 21st; odd = male */
    if (century < 1 || century > 6)
        return false;
    *born = (struct date){1800 + (century - 1) / 2 * 100 + two_digits(iin), two_digits(iin + 2), two_digits(iin + 4)};
    *sex = century % 2 == 1 ? 'M' : 'F';
    return date_is_real(*born);
}

void iin_mask(const char *iin, char out[IIN_SIZE])
{
    size_t length = strlen(iin);
    for (size_t i = 0; i < IIN_SIZE - 1; i++)
        out[i] = i < 6 && i < length ? iin[i] : '*';
    out[IIN_SIZE - 1] = '\0';
}
