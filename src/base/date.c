/* date.c: civil dates: reading what people write, arithmetic by day numbers. */
#include "base/date.h"

#include <stdlib.h>
#include <string.h>

enum { YEAR_FIRST = 1900, YEAR_LAST = 2200, CENTURY_TURN = 70 };

/* ---- day numbers ---- */

/* Days since 1970-01-01 of the Gregorian calendar; March is the first month, so that the leap day ends the year. */
static int day_number(struct date date)
{
    int year = date.month <= 2 ? date.year - 1 : date.year;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int month = date.month > 2 ? date.month - 3 : date.month + 9;
    int day_of_year = (153 * month + 2) / 5 + date.day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static struct date from_day_number(int number)
{
    number += 719468;
    int era = (number >= 0 ? number : number - 146096) / 146097;
    int day_of_era = number - era * 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153;
    struct date date = {.day = day_of_year - (153 * month + 2) / 5 + 1, .month = month < 10 ? month + 3 : month - 9};
    date.year = year_of_era + era * 400 + (date.month <= 2);
    return date;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool date_is_real(struct date date)
{
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= days_in_month(date.year, date.month);
}

int date_compare(struct date a, struct date b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return a.day == b.day ? 0 : a.day < b.day ? -1 : 1;
}

struct date date_add_days(struct date date, int days)
{
    return from_day_number(day_number(date) + days);
}

int date_days_between(struct date from, struct date to)
{
    return day_number(to) - day_number(from);
}

int date_weekday(struct date date)
{
    int since_thursday = day_number(date) % 7; /* 1970-01-01 was a Thursday */
    return (since_thursday + 7 + 3) % 7 + 1;
}

int date_age(struct date born, struct date on)
{
    bool had_birthday = on.month > born.month || (on.month == born.month && on.day >= born.day);
    return on.year - born.year - (had_birthday ? 0 : 1);
}

/* ---- reading ---- */

bool date_from_iso(const char *iso, struct date *date)
{
    struct date read = {0};
    if (iso == NULL || strlen(iso) != 10 || iso[4] != '-' || iso[7] != '-' || strspn(iso, "0123456789-") != 10)
        return false;
    read = (struct date){atoi(iso), atoi(iso + 5), atoi(iso + 8)};
    if (!date_is_real(read))
        return false;
    *date = read;
    return true;
}

void date_to_iso(struct date date, char out[DATE_ISO_SIZE])
{
    char text[40];
    out[0] = '\0';
    if (date.year == 0)
        return;
    snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
    memcpy(out, text, DATE_ISO_SIZE - 1);
    out[DATE_ISO_SIZE - 1] = '\0';
}

/* Beginnings of the months' names that are enough to tell them apart; Russian in any case, Kazakh, English. Lower case. */
static const char *const months[12][4] = {
    {"янв", "қаң", "jan", "каң"},  {"фев", "ақп", "feb", "акп"}, {"мар", "нау", "mar", NULL},  {"апр", "сәу", "apr", "сау"},
    {"ма", "мам", "may", NULL},    {"июн", "мау", "jun", NULL},  {"июл", "шіл", "jul", "шил"}, {"авг", "там", "aug", NULL},
    {"сен", "қыр", "sep", "кыр"},  {"окт", "қаз", "oct", "каз"}, {"ноя", "қар", "nov", "кар"}, {"дек", "жел", "dec", NULL},
};

/* «мамыр» begins like «мая», so the longer beginning is tried first: March and May differ in the third letter. */
static int month_by_name(const char *word)
{
    int found = 0;
    size_t longest = 0;
    for (int month = 0; month < 12; month++)
        for (int i = 0; i < 4; i++) {
            const char *name = months[month][i];
            if (name != NULL && strlen(name) > longest && strncmp(word, name, strlen(name)) == 0) {
                found = month + 1;
                longest = strlen(name);
            }
        }
    return found;
}

static unsigned char lower_byte(const unsigned char *at, unsigned char *second)
{
    unsigned char first = at[0], next = at[1];
    *second = next;
    if (first < 0x80)
        return (unsigned char)(first >= 'A' && first <= 'Z' ? first + 32 : first);
    if (first == 0xD0 && next >= 0x90 && next <= 0x9F) /* А…П */
        *second = (unsigned char)(next + 0x20);
    else if (first == 0xD0 && next >= 0xA0 && next <= 0xAF) { /* Р…Я */
        *second = (unsigned char)(next - 0x20);
        return 0xD1;
    } else if (first == 0xD2 && (next & 1) == 0 && next >= 0x90) /* Ғ Қ Ң Ү Ұ … */
        *second = (unsigned char)(next + 1);
    else if (first == 0xD0 && next == 0x86) { /* І */
        *second = 0x96;
        return 0xD1;
    } else if (first == 0xD3 && (next & 1) == 0) /* Ә Ө */
        *second = (unsigned char)(next + 1);
    return first;
}

/* The words of a date in lower case: numbers and at most one name; «г.», «ж.», «года», «жылғы» at the end are passed over. */
struct words {
    int numbers[4];
    size_t digits[4];
    int count;
    char name[40];
    bool odd;
};

static const unsigned char *take_number(struct words *words, const unsigned char *at)
{
    long number = 0;
    size_t digits = 0;
    for (; *at >= '0' && *at <= '9'; at++, digits++)
        number = number < 100000 ? number * 10 + (*at - '0') : number;
    if (words->count < 4) {
        words->numbers[words->count] = (int)number;
        words->digits[words->count] = digits;
    }
    words->count++;
    return at;
}

static const unsigned char *take_word(struct words *words, const unsigned char *at)
{
    char word[40];
    size_t length = 0;
    while ((*at >= 0x80 && at[1] != '\0') || (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z')) {
        unsigned char second, first = lower_byte(at, &second);
        if (length < sizeof word - 3) {
            word[length++] = (char)first;
            if (*at >= 0x80)
                word[length++] = (char)second;
        }
        at += *at >= 0x80 ? 2 : 1;
    }
    word[length] = '\0';
    if (month_by_name(word) != 0 && words->name[0] == '\0')
        snprintf(words->name, sizeof words->name, "%s", word);
    else if (strncmp(word, "г", 2) != 0 && strncmp(word, "ж", 2) != 0 && strcmp(word, "of") != 0)
        words->odd = true;
    return length == 0 ? at + 1 : at;
}

static void split(const char *text, struct words *words)
{
    const unsigned char *at = (const unsigned char *)text;
    memset(words, 0, sizeof *words);
    while (*at != '\0') {
        if (*at >= '0' && *at <= '9')
            at = take_number(words, at);
        else if (*at >= 0x80 || (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z'))
            at = take_word(words, at);
        else if (strchr(" .,/-", *at) != NULL)
            at++;
        else {
            words->odd = true;
            at++;
        }
    }
}

static int full_year(int year, size_t digits)
{
    if (digits > 2)
        return year;
    return year < CENTURY_TURN ? 2000 + year : 1900 + year;
}

/* «2025 жылғы 1 қыркүйек», «1 сентября 2025», 1.9.25, 2025-09-01. */
static bool order_parts(const struct words *words, struct date *date)
{
    bool year_first = words->digits[0] == 4;
    if (words->name[0] != '\0') {
        if (words->count != 2)
            return false;
        int year = year_first ? 0 : 1;
        *date = (struct date){full_year(words->numbers[year], words->digits[year]), month_by_name(words->name), words->numbers[1 - year]};
        return true;
    }
    if (words->count != 3 || words->digits[1] > 2 || words->digits[year_first ? 2 : 0] > 2)
        return false;
    int year = year_first ? 0 : 2;
    if (words->digits[year] == 3 || words->digits[year] > 4 || words->digits[year] == 1)
        return false;
    *date = (struct date){full_year(words->numbers[year], words->digits[year]), words->numbers[1], words->numbers[2 - year]};
    return true;
}

enum date_verdict date_parse(const char *text, struct date *date)
{
    struct words words;
    split(text, &words);
    if (words.odd || !order_parts(&words, date))
        return DATE_UNREADABLE;
    if (!date_is_real(*date))
        return DATE_IMPOSSIBLE;
    return date->year < YEAR_FIRST || date->year > YEAR_LAST ? DATE_FAR : DATE_OK;
}
