/* name.c: people's names and class names: allowed letters, likely slips, usual forms. (G1) */
#include "base/name.h"

#include <string.h>

/* The letters of a name as code points; names are short. */
struct letters {
    unsigned points[256];
    size_t count;
};

static void split(const char *text, struct letters *letters)
{
    letters->count = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0' && letters->count < 256;) {
        unsigned point = *c++;
        int more = point < 0x80 ? 0 : point < 0xE0 ? 1 : point < 0xF0 ? 2 : 3;
        point = more == 0 ? point : point & (0x3Fu >> more);
        for (; more > 0 && *c != '\0'; more--)
            point = point << 6 | (*c++ & 0x3F);
        letters->points[letters->count++] = point;
    }
}

static char *join(struct pool *pool, const struct letters *letters)
{
    char *text = pool_alloc(pool, letters->count * 4 + 1), *out = text;
    for (size_t i = 0; i < letters->count; i++) {
        unsigned point = letters->points[i];
        if (point < 0x80) {
            *out++ = (char)point;
        } else if (point < 0x800) {
            *out++ = (char)(0xC0 | point >> 6);
            *out++ = (char)(0x80 | (point & 0x3F));
        } else {
            if (point < 0x10000) {
                *out++ = (char)(0xE0 | point >> 12);
            } else {
                *out++ = (char)(0xF0 | point >> 18);
                *out++ = (char)(0x80 | (point >> 12 & 0x3F));
            }
            *out++ = (char)(0x80 | (point >> 6 & 0x3F));
            *out++ = (char)(0x80 | (point & 0x3F));
        }
    }
    return text;
}

static bool is_cyrillic(unsigned point)
{
    return point >= 0x400 && point <= 0x52F && !(point >= 0x482 && point <= 0x489);
}

static bool is_latin(unsigned point)
{
    return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || (point >= 0xC0 && point <= 0x259 && point != 0xD7 && point != 0xF7);
}

static bool is_between(unsigned point)
{
    return point == '-' || point == '\'' || point == 0x2019 || point == ' ';
}

/* Letters of the two scripts that look alike: Latin, Cyrillic. */
static const unsigned twins[][2] = {
    {'A', 0x410}, {'B', 0x412}, {'C', 0x421}, {'E', 0x415}, {'H', 0x41D}, {'I', 0x406}, {'K', 0x41A}, {'M', 0x41C}, {'O', 0x41E}, {'P', 0x420},
    {'T', 0x422}, {'X', 0x425}, {'Y', 0x4AE}, {'a', 0x430}, {'c', 0x441}, {'e', 0x435}, {'h', 0x4BB}, {'i', 0x456}, {'o', 0x43E}, {'p', 0x440},
    {'x', 0x445}, {'y', 0x443}, {0x18F, 0x4D8}, {0x259, 0x4D9}, {0xCB, 0x401}, {0xEB, 0x451},
};

static unsigned twin_of(unsigned point, int into)
{
    for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++)
        if (twins[i][1 - into] == point)
            return twins[i][into];
    return point;
}

static size_t word_end(const struct letters *letters, size_t from)
{
    while (from < letters->count && !is_between(letters->points[from]))
        from++;
    return from;
}

struct scripts {
    size_t latin, cyrillic;
};

static struct scripts count_scripts(const struct letters *letters, size_t from, size_t to)
{
    struct scripts scripts = {0};
    for (size_t i = from; i < to; i++) {
        scripts.latin += is_latin(letters->points[i]);
        scripts.cyrillic += is_cyrillic(letters->points[i]);
    }
    return scripts;
}

enum name_verdict name_check(const char *name)
{
    struct letters letters;
    bool mixed = false;
    if (text_length(name) > NAME_MAX_LETTERS)
        return NAME_TOO_LONG;
    split(name, &letters);
    if (letters.count == 0 || is_between(letters.points[0]))
        return NAME_BAD_CHARACTER;
    for (size_t from = 0; from < letters.count; from++) {
        size_t to = word_end(&letters, from);
        struct scripts scripts = count_scripts(&letters, from, to);
        if (scripts.latin + scripts.cyrillic != to - from)
            return NAME_BAD_CHARACTER;
        mixed = mixed || (scripts.latin > 0 && scripts.cyrillic > 0);
        from = to;
    }
    return mixed ? NAME_MIXED : NAME_OK;
}

char *name_mend(struct pool *pool, const char *name)
{
    struct letters letters;
    split(name, &letters);
    for (size_t from = 0; from < letters.count; from++) {
        size_t to = word_end(&letters, from);
        struct scripts scripts = count_scripts(&letters, from, to);
        for (size_t i = from; i < to && scripts.latin > 0 && scripts.cyrillic > 0; i++)
            letters.points[i] = twin_of(letters.points[i], scripts.cyrillic >= scripts.latin ? 1 : 0);
        from = to;
    }
    return join(pool, &letters);
}

char *name_usual_case(struct pool *pool, const char *name)
{
    const char *upper = text_upper(pool, name), *lower = text_lower(pool, name);
    struct letters high, low, out = {.count = 0};
    if (strcmp(name, upper) != 0 && strcmp(name, lower) != 0)
        return pool_strdup(pool, name);
    split(upper, &high);
    split(lower, &low);
    out.count = low.count;
    for (size_t i = 0; i < low.count; i++)
        out.points[i] = i == 0 || is_between(low.points[i - 1]) ? high.points[i] : low.points[i];
    return join(pool, &out);
}

char *name_full(struct pool *pool, const char *surname, const char *given, const char *patronymic)
{
    const char *parts[] = {surname, given, patronymic};
    char *full = pool_strdup(pool, "");
    for (size_t i = 0; i < 3; i++)
        if (parts[i] != NULL && parts[i][0] != '\0')
            full = pool_printf(pool, "%s%s%s", full, full[0] != '\0' ? " " : "", parts[i]);
    return full;
}

char *name_short(struct pool *pool, const char *surname, const char *given, const char *patronymic)
{
    const char *parts[] = {given, patronymic};
    char *name = pool_strdup(pool, surname != NULL ? surname : "");
    for (size_t i = 0; i < 2; i++) {
        const char *letter = parts[i] != NULL ? text_first_letter(pool, parts[i]) : "";
        if (letter[0] != '\0')
            name = pool_printf(pool, "%s%s%s.", name, name[0] != '\0' ? " " : "", letter);
    }
    return name;
}

bool name_is_class(const char *name)
{
    struct letters letters;
    if (text_length(name) > NAME_MAX_LETTERS)
        return false;
    split(name, &letters);
    for (size_t i = 0; i < letters.count; i++) {
        unsigned point = letters.points[i];
        if (!is_cyrillic(point) && !is_latin(point) && point != '-' && !(point >= '0' && point <= '9'))
            return false;
    }
    return letters.count > 0;
}
