/* i18n.h: three languages: words by gettext, plurals, dates, numbers. */
#ifndef MEKTEP_I18N_H
#define MEKTEP_I18N_H

#include "base/date.h"

enum language { LANG_KK, LANG_RU, LANG_EN, LANGUAGES };
extern const char *const language_codes[LANGUAGES]; /* "kk" "ru" "en" */
extern const char *const language_labels[LANGUAGES]; /* "ҚАЗ" "РУС" "ENG" */

#define N_(text) text /* marks a string of a table; translated where it is shown */

/* Opens the three catalogues and locales in locale_dir; a missing one is an error that names it. */
NEOERR *i18n_init(const char *locale_dir);
void i18n_end(void);

bool language_from_code(const char *code, enum language *language);
void i18n_use(enum language language); /* of the request or document under way */
enum language i18n_language(void);

/* The words of a msgid in the language in use. "" stays "". Lives as long as the program. */
const char *_(const char *msgid) __attribute__((format_arg(1)));
/* The same in a context; where the context has no words of its own, those of the plain msgid. For "college". */
const char *C_(const char *context, const char *msgid) __attribute__((format_arg(2)));
/* Plural: n_("%d pupil", "%d pupils", n). */
const char *n_(const char *one, const char *many, unsigned long count) __attribute__((format_arg(1))) __attribute__((format_arg(2)));

/* "23.11.2026"; "" for no date. In the pool. */
char *i18n_date(struct pool *pool, struct date date);
/* "23 ноября 2026 г." / "2026 жылғы 23 қараша" / "23 November 2026". */
char *i18n_date_long(struct pool *pool, struct date date);
/* A month, 1 … 12, as it stands in a date: "ноября". */
const char *i18n_month(int month);
/* A month of a year by itself: "ноябрь 2026". */
char *i18n_month_year(struct pool *pool, int month, int year);
/* "понедельник, 23 ноября". */
char *i18n_date_day(struct pool *pool, struct date date);
/* "23.11.2026 13:58", in the organisation's zone. */
char *i18n_time(struct pool *pool, int64_t instant, const char *zone);
/* "1 042" with a no-break space (kk, ru), "1,042" (en). */
char *i18n_number(struct pool *pool, int64_t number);
/* "1,2 МБ". */
char *i18n_size(struct pool *pool, size_t bytes);
/* "2026–2027". */
char *i18n_school_year(struct pool *pool, int first_year);

#endif
