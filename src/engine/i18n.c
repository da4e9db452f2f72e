/* i18n.c: three languages: words by gettext, dates, numbers and sizes by our own tables.
 *
 * The locales of glibc give gettext its language and nothing else (LC_MESSAGES, LC_CTYPE): LC_NUMERIC would change what printf
 * writes into SQL and JSON. They are built into our own folder, a bare Debian has only C and POSIX. */
#include "engine/i18n.h"

#include "base/clock.h"
#include "base/leak.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOMAIN "mektep"
#define NO_BREAK "\u00a0"

const char *const language_codes[LANGUAGES] = {[LANG_KK] = "kk", [LANG_RU] = "ru", [LANG_EN] = "en"};
const char *const language_labels[LANGUAGES] = {"ҚАЗ", "РУС", "ENG"};

static const char *const locale_names[LANGUAGES] = {[LANG_KK] = "kk_KZ.UTF-8", [LANG_RU] = "ru_RU.UTF-8", [LANG_EN] = "en_US.UTF-8"};

static locale_t locales[LANGUAGES];
static enum language in_use = LANG_KK;

/* ---- words ---- */

#ifdef __SANITIZE_ADDRESS__
/* fontconfig keeps its lists of fonts where the leak checker does not always find them. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
#endif

static NEOERR *open_language(const char *locale_dir, enum language language)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/" DOMAIN ".mo", locale_dir, language_codes[language]);
    if (access(path, R_OK) != 0)
        return nerr_raise_errno(ERROR_INTERNAL, "the words of language %s: %s", language_codes[language], path);
    leak_checker_off(); /* glibc loses the search path it splits LOCPATH into: 43 bytes a language, once a process */
    locales[language] = newlocale(LC_MESSAGES_MASK | LC_CTYPE_MASK, locale_names[language], (locale_t)0);
    leak_checker_on();
    if (locales[language] == (locale_t)0)
        return nerr_raise_errno(ERROR_INTERNAL, "locale %s in %s", locale_names[language], locale_dir);
    return STATUS_OK;
}

NEOERR *i18n_init(const char *locale_dir)
{
    i18n_end();
    unsetenv("LANGUAGE"); /* would win over the locale in use */
    setenv("LOCPATH", locale_dir, 1);
    for (enum language language = 0; language < LANGUAGES; language++)
        TRY(open_language(locale_dir, language));
    if (bindtextdomain(DOMAIN, locale_dir) == NULL || bind_textdomain_codeset(DOMAIN, "UTF-8") == NULL)
        return nerr_raise_errno(ERROR_INTERNAL, "binding the words of %s", locale_dir);
    i18n_use(LANG_KK);
    return STATUS_OK;
}

void i18n_end(void)
{
    uselocale(LC_GLOBAL_LOCALE);
    for (enum language language = 0; language < LANGUAGES; language++)
        if (locales[language] != (locale_t)0) {
            freelocale(locales[language]);
            locales[language] = (locale_t)0;
        }
}

bool language_from_code(const char *code, enum language *language)
{
    for (enum language row = 0; row < LANGUAGES; row++)
        if (code != NULL && strcmp(language_codes[row], code) == 0) {
            *language = row;
            return true;
        }
    return false;
}

void i18n_use(enum language language)
{
    in_use = language;
    if (locales[language] != (locale_t)0)
        uselocale(locales[language]);
}

enum language i18n_language(void)
{
    return in_use;
}

const char *_(const char *msgid)
{
    return msgid[0] != '\0' ? dgettext(DOMAIN, msgid) : msgid;
}

const char *C_(const char *context, const char *msgid)
{
    char key[2048]; /* as msgfmt joins them: context, EOT, msgid */
    if (msgid[0] == '\0' || strlen(context) + strlen(msgid) + 2 > sizeof key)
        return _(msgid);
    stpcpy(stpcpy(stpcpy(key, context), "\004"), msgid);
    const char *words = dgettext(DOMAIN, key);
    return words != key ? words : _(msgid);
}

const char *n_(const char *one, const char *many, unsigned long count)
{
    return dngettext(DOMAIN, one, many, count);
}

/* ---- dates ---- */

static const char *const months[LANGUAGES][12] = {
    [LANG_KK] = {"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"},
    [LANG_RU] = {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
    [LANG_EN] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
};

static const char *const weekdays[LANGUAGES][7] = {
    [LANG_KK] = {"дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"},
    [LANG_RU] = {"понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"},
    [LANG_EN] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
};

/* True for a date whose month has a name: import keeps impossible days (31.02), which are shown as they are. */
static bool has_month(struct date date)
{
    return date.year != 0 && date.month >= 1 && date.month <= 12;
}

char *i18n_date(struct pool *pool, struct date date)
{
    if (date.year == 0)
        return pool_strdup(pool, "");
    return pool_printf(pool, "%02d.%02d.%04d", date.day, date.month, date.year);
}

char *i18n_date_long(struct pool *pool, struct date date)
{
    if (!has_month(date))
        return i18n_date(pool, date);
    const char *month = months[in_use][date.month - 1];
    switch (in_use) {
    case LANG_KK:
        return pool_printf(pool, "%d жылғы %d %s", date.year, date.day, month);
    case LANG_RU:
        return pool_printf(pool, "%d %s %d" NO_BREAK "г.", date.day, month, date.year);
    default:
        return pool_printf(pool, "%d %s %d", date.day, month, date.year);
    }
}

const char *i18n_month(int month)
{
    return months[in_use][month - 1];
}

/* Of the three languages one declines months. */
char *i18n_month_year(struct pool *pool, int month, int year)
{
    static const char *const alone[12] = {"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"};
    return pool_printf(pool, "%s %d", i18n_language() == LANG_RU ? alone[month - 1] : i18n_month(month), year);
}

char *i18n_date_day(struct pool *pool, struct date date)
{
    if (!has_month(date) || !date_is_real(date))
        return i18n_date(pool, date);
    return pool_printf(pool, "%s, %d %s", weekdays[in_use][date_weekday(date) - 1], date.day, months[in_use][date.month - 1]);
}

char *i18n_time(struct pool *pool, int64_t instant, const char *zone)
{
    struct tm local;
    NEOERR *error = clock_local(instant, zone, &local);
    if (error != STATUS_OK) { /* a zone that tzdata has dropped: better UTC than no page */
        error_release(error);
        time_t seconds = (time_t)(instant / 1000);
        gmtime_r(&seconds, &local);
    }
    return pool_printf(pool, "%02d.%02d.%04d %02d:%02d", local.tm_mday, local.tm_mon + 1, local.tm_year + 1900, local.tm_hour, local.tm_min);
}

char *i18n_school_year(struct pool *pool, int first_year)
{
    return first_year != 0 ? pool_printf(pool, "%d–%d", first_year, first_year + 1) : pool_strdup(pool, "");
}

/* ---- numbers ---- */

static const struct {
    const char *group, *decimal;
    const char *sizes[4]; /* by 1024 */
} number_words[LANGUAGES] = {
    [LANG_KK] = {NO_BREAK, ",", {"Б", "КБ", "МБ", "ГБ"}},
    [LANG_RU] = {NO_BREAK, ",", {"Б", "КБ", "МБ", "ГБ"}},
    [LANG_EN] = {",", ".", {"B", "KB", "MB", "GB"}},
};

char *i18n_number(struct pool *pool, int64_t number)
{
    char digits[24], out[64];
    size_t at = 0;
    int length = snprintf(digits, sizeof digits, "%llu", number < 0 ? 0ULL - (unsigned long long)number : (unsigned long long)number);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            at += (size_t)snprintf(out + at, sizeof out - at, "%s", number_words[in_use].group);
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return pool_printf(pool, "%s%s", number < 0 ? "-" : "", out);
}

char *i18n_size(struct pool *pool, size_t bytes)
{
    size_t unit = 0, tenths = bytes * 10;
    while (unit < 3 && tenths >= 10240) {
        tenths = (tenths + 512) / 1024;
        unit++;
    }
    const char *word = number_words[in_use].sizes[unit];
    if (unit == 0 || tenths % 10 == 0 || tenths >= 1000)
        return pool_printf(pool, "%zu" NO_BREAK "%s", tenths / 10, word);
    return pool_printf(pool, "%zu%s%zu" NO_BREAK "%s", tenths / 10, number_words[in_use].decimal, tenths % 10, word);
}
