/* text.c: UTF-8 text through ICU: normal form, cleaning, keys for sorting and searching. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

static UCollator *kazakh;
static UCaseMap *kazakh_case;

NEOERR *text_init(void)
{
    UErrorCode status = U_ZERO_ERROR;
    if (kazakh != NULL)
        return STATUS_OK;
    kazakh = ucol_open("kk", &status);
    kazakh_case = ucasemap_open("kk", U_FOLD_CASE_DEFAULT, &status);
    if (U_FAILURE(status))
        return nerr_raise(ERROR_INTERNAL, "ICU has no Kazakh: %s", u_errorName(status));
    return STATUS_OK;
}

void text_end(void)
{
    ucol_close(kazakh);
    ucasemap_close(kazakh_case);
    kazakh = NULL;
    kazakh_case = NULL;
}

const char *text_digits(int64_t number, char buffer[TEXT_DIGITS_SIZE])
{
    char *at = buffer + TEXT_DIGITS_SIZE - 1;
    uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
    *at = '\0';
    do
        *--at = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (number < 0)
        *--at = '-';
    return at;
}

bool text_is_utf8(const char *bytes, size_t length)
{
    if (length > INT32_MAX)
        return false;
    int32_t at = 0, end = (int32_t)length;
    while (at < end) {
        UChar32 letter;
        U8_NEXT((const uint8_t *)bytes, at, end, letter);
        if (letter <= 0)
            return false;
    }
    return true;
}

size_t text_length(const char *text)
{
    size_t letters = 0;
    for (const char *c = text; *c != '\0'; c++)
        letters += ((unsigned char)*c & 0xC0) != 0x80;
    return letters;
}

bool text_is_bmp(const char *text)
{
    for (const char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c >= 0xF0)
            return false;
    return true;
}

/* ---- UTF-16 and back, as ICU wants it ---- */

struct wide {
    UChar *letters;
    int32_t length;
};

static struct wide to_wide(struct pool *pool, const char *text)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = (int32_t)strlen(text) + 1;
    struct wide wide = {pool_alloc(pool, (size_t)room * sizeof(UChar)), 0};
    u_strFromUTF8WithSub(wide.letters, room, &wide.length, text, -1, 0xFFFD, NULL, &status);
    return wide;
}

static char *from_wide(struct pool *pool, struct wide wide)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = wide.length * 3 + 1, length = 0;
    char *text = pool_alloc(pool, (size_t)room);
    u_strToUTF8WithSub(text, room, &length, wide.letters, wide.length, 0xFFFD, NULL, &status);
    return text;
}

static struct wide normalise(struct pool *pool, struct wide wide)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    int32_t room = wide.length * 3 + 1;
    struct wide out = {pool_alloc(pool, (size_t)room * sizeof(UChar)), 0};
    out.length = unorm2_normalize(nfc, wide.letters, wide.length, out.letters, room, &status);
    return U_SUCCESS(status) ? out : wide;
}

/* ---- cleaning ---- */

static bool is_dropped(UChar32 letter)
{
    int8_t type = u_charType(letter);
    return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || letter == 0xFEFF;
}

static UChar32 next_letter(const struct wide *wide, int32_t *at)
{
    UChar lead = wide->letters[(*at)++];
    if (!U16_IS_LEAD(lead) || *at == wide->length)
        return lead;
    return U16_GET_SUPPLEMENTARY(lead, wide->letters[(*at)++]);
}

/* The room is there: cleaning never makes a text longer. */
static void append(struct wide *out, UChar32 letter)
{
    if (letter > 0xFFFF) {
        out->letters[out->length++] = U16_LEAD(letter);
        letter = U16_TRAIL(letter);
    }
    out->letters[out->length++] = (UChar)letter;
}

char *text_clean(struct pool *pool, const char *text, bool lines)
{
    struct wide wide = to_wide(pool, text);
    struct wide out = {pool_alloc(pool, (size_t)(wide.length + 1) * sizeof(UChar)), 0};
    bool space = false, line = false;
    for (int32_t at = 0; at < wide.length;) {
        UChar32 letter = next_letter(&wide, &at);
        if (letter == '\n' && lines) {
            line = out.length > 0;
            if (line && out.letters[out.length - 1] == '\n' && out.length > 1 && out.letters[out.length - 2] == '\n')
                continue; /* at most one empty line */
            if (line)
                out.letters[out.length++] = '\n';
            space = false;
        } else if (u_isUWhiteSpace(letter) || letter == '\t' || letter == '\n' || letter == '\r') {
            space = out.length > 0;
        } else if (!is_dropped(letter)) {
            if (space && out.letters[out.length - 1] != '\n')
                out.letters[out.length++] = ' ';
            space = false;
            append(&out, letter);
        }
    }
    while (out.length > 0 && out.letters[out.length - 1] == '\n')
        out.length--;
    return from_wide(pool, normalise(pool, out)); /* last: what was dropped may have kept an accent from its letter */
}

/* ---- keys ---- */

size_t text_sort_key(const char *text, unsigned char *key, size_t size)
{
    struct pool *pool = pool_new();
    struct wide wide = to_wide(pool, text);
    unsigned char whole[2048];
    int32_t length = ucol_getSortKey(kazakh, wide.letters, wide.length, whole, sizeof whole);
    size_t kept = (size_t)length < sizeof whole ? (size_t)length : sizeof whole;
    pool_free(pool);
    kept = kept < size ? kept : size;
    memcpy(key, whole, kept);
    return kept;
}

/* What a letter is searched as; letters not named here are searched as they are. Lower case. */
static const struct {
    UChar from, to;
} folds[] = {
    {0x04D9, 0x0430}, {0x0493, 0x0433}, {0x049B, 0x043A}, {0x04A3, 0x043D}, {0x04E9, 0x043E}, {0x04B1, 0x0443}, {0x04AF, 0x0443}, {0x04BB, 0x0445},
    {0x0456, 0x0438}, {0x044B, 0x0438}, {0x0439, 0x0438}, {0x0451, 0x0435},
    /* Latin letters that look like Cyrillic ones */
    {'a', 0x0430},    {'b', 0x0432},    {'c', 0x0441},    {'e', 0x0435},    {'h', 0x043D},    {'i', 0x0438},    {'k', 0x043A},    {'m', 0x043C},
    {'o', 0x043E},    {'p', 0x0440},    {'t', 0x0442},    {'x', 0x0445},    {'y', 0x0443},
};

static UChar fold_letter(UChar letter)
{
    for (size_t i = 0; i < sizeof folds / sizeof folds[0]; i++)
        if (folds[i].from == letter)
            return folds[i].to;
    return letter;
}

static struct wide lower_wide(struct pool *pool, const char *text)
{
    return to_wide(pool, text_lower(pool, text));
}

char *text_fold(struct pool *pool, const char *text)
{
    struct wide wide = normalise(pool, lower_wide(pool, text));
    struct wide out = {pool_alloc(pool, (size_t)(wide.length + 1) * sizeof(UChar)), 0};
    bool space = false;
    for (int32_t at = 0; at < wide.length; at++) {
        UChar letter = wide.letters[at];
        if (!u_isalnum(letter)) {
            space = out.length > 0;
            continue;
        }
        if (space)
            out.letters[out.length++] = ' ';
        space = false;
        out.letters[out.length++] = fold_letter(letter);
    }
    return from_wide(pool, out);
}

/* The keys of a Latin keyboard and the Russian letters on them. */
static const char latin_keys[] = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
static const char russian_letters[] = "ёйцукенгшщзхъфывапролджэячсмитьбю";

char *text_other_layout(struct pool *pool, const char *text)
{
    const char *lower = text_lower(pool, text);
    char *out = pool_alloc(pool, strlen(lower) * 2 + 1);
    bool latin = false;
    size_t length = 0;
    for (const char *c = lower; *c != '\0'; c++) {
        const char *key = strchr(latin_keys, *c);
        if (key == NULL) {
            out[length++] = *c;
            continue;
        }
        latin = latin || (*c >= 'a' && *c <= 'z');
        memcpy(out + length, russian_letters + 2 * (key - latin_keys), 2);
        length += 2;
    }
    return latin ? out : NULL;
}

/* ---- case ---- */

typedef int32_t case_fn(const UCaseMap *map, char *out, int32_t room, const char *text, int32_t length, UErrorCode *status);

static char *change_case(struct pool *pool, const char *text, case_fn *change)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = (int32_t)strlen(text) * 3 + 1;
    char *out = pool_alloc(pool, (size_t)room);
    change(kazakh_case, out, room, text, -1, &status);
    return out;
}

char *text_upper(struct pool *pool, const char *text)
{
    return change_case(pool, text, ucasemap_utf8ToUpper);
}

char *text_lower(struct pool *pool, const char *text)
{
    return change_case(pool, text, ucasemap_utf8ToLower);
}

char *text_first_letter(struct pool *pool, const char *text)
{
    int32_t at = 0, end = (int32_t)strlen(text);
    while (at < end) {
        UChar32 letter;
        int32_t begin = at;
        U8_NEXT((const uint8_t *)text, at, end, letter);
        if (letter > 0 && u_isalpha(letter))
            return text_upper(pool, pool_strndup(pool, text + begin, (size_t)(at - begin)));
    }
    return pool_strdup(pool, "");
}
