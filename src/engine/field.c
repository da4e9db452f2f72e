/* field.c: what each kind of field makes of the typed text, and how its value is shown. */
#include "engine/field_kind.h"

#include "base/iin.h"
#include "base/name.h"
#include "engine/file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A parser gets cleaned, non-empty text and gives the canonical value, or says what is wrong by form_error. */

static NEOERR *parse_text(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    (void)form;
    (void)field;
    *canonical = text;
    return STATUS_OK;
}

/* An id that the page carries along: nobody types it, so nobody could mend it. */
static NEOERR *parse_id(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    (void)form;
    *canonical = text;
    if (text[strspn(text, "0123456789")] == '\0')
        return STATUS_OK;
    return nerr_raise(ERROR_INPUT, "read the field %s: it holds no id", field->name);
}

/* A browser sends "1" or nothing. */
static NEOERR *parse_tick(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    *canonical = text;
    if (strcmp(text, "1") == 0)
        return STATUS_OK;
    return form_error(form, field->name, _("“%s”: choose from the list"), field_label(form, field));
}

static NEOERR *parse_name(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    const char *label = field_label(form, field);
    *canonical = text;
    switch (name_check(text)) {
    case NAME_OK:
        return STATUS_OK;
    case NAME_TOO_LONG:
        return form_error(form, field->name, _("“%s”: at most %d letters"), label, NAME_MAX_LETTERS);
    case NAME_MIXED: {
        const char *mended = name_mend(form->rq->pool, text);
        TRY(view_set(form->mends, field->name, mended));
        return form_error(form, field->name, _("“%s” has Latin letters among Cyrillic ones; it should be: %s"), label, mended);
    }
    case NAME_BAD_CHARACTER:
        break;
    }
    return form_error(form, field->name, _("“%s”: only letters, a hyphen, an apostrophe and a space inside"), label);
}

static NEOERR *parse_class_name(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    *canonical = text;
    if (name_is_class(text))
        return STATUS_OK;
    return form_error(form, field->name, _("“%s”: no characters other than letters, digits and a hyphen"), field_label(form, field));
}

static NEOERR *check_12_digits(struct form_data *form, const struct field *field, enum iin_verdict verdict)
{
    const char *label = field_label(form, field);
    if (verdict == IIN_NOT_12_DIGITS)
        return form_error(form, field->name, _("“%s” has 12 digits"), label);
    if (verdict == IIN_WRONG_CONTROL_DIGIT)
        return form_error(form, field->name, _("“%s”: the control digit is wrong, check the number against the document"), label);
    return STATUS_OK;
}

static NEOERR *parse_iin(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    *canonical = text;
    return check_12_digits(form, field, iin_check(text));
}

static NEOERR *parse_bin(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    *canonical = text;
    return check_12_digits(form, field, bin_check(text));
}

static NEOERR *check_date_limits(struct form_data *form, const struct field *field, struct date date)
{
    struct date today = request_today(form->rq);
    const char *words = i18n_date(form->rq->pool, today), *label = field_label(form, field);
    if ((field->flags & FUTURE_NO) && date_compare(date, today) > 0)
        return form_error(form, field->name, _("“%s” cannot be later than today: %s"), label, words);
    if ((field->flags & PAST_NO) && date_compare(date, today) < 0)
        return form_error(form, field->name, _("“%s” cannot be earlier than today: %s"), label, words);
    return STATUS_OK;
}

static NEOERR *parse_date(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    struct date date;
    char iso[DATE_ISO_SIZE];
    const char *label = field_label(form, field);
    *canonical = text;
    switch (date_parse(text, &date)) {
    case DATE_UNREADABLE:
        return form_error(form, field->name, _("“%s”: write the date as day.month.year, for example 01.09.2026"), label);
    case DATE_IMPOSSIBLE:
        return form_error(form, field->name, _("“%s”: there is no such date"), label);
    case DATE_FAR:
        return form_error(form, field->name, _("“%s”: check the year"), label);
    case DATE_OK:
        break;
    }
    date_to_iso(date, iso);
    *canonical = pool_strdup(form->rq->pool, iso);
    return check_date_limits(form, field, date);
}

/* 8:00, 08.00 and 0800 are the same hour. */
static bool read_time(const char *text, int *hour, int *minute)
{
    static const char digits[] = "0123456789";
    size_t first = strspn(text, digits), second = strspn(text + first + (text[first] != '\0'), digits);
    if (text[first] == '\0' && (first == 3 || first == 4)) {
        *hour = atoi(text) / 100;
        *minute = atoi(text) % 100;
    } else if ((text[first] == ':' || text[first] == '.') && (first == 1 || first == 2) && second == 2 && text[first + 3] == '\0') {
        *hour = atoi(text);
        *minute = atoi(text + first + 1);
    } else {
        return false;
    }
    return *hour < 24 && *minute < 60;
}

static NEOERR *parse_time(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    int hour, minute;
    *canonical = text;
    if (!read_time(text, &hour, &minute))
        return form_error(form, field->name, _("“%s”: write the time as hours:minutes, for example 08:00"), field_label(form, field));
    *canonical = pool_printf(form->rq->pool, "%02d:%02d", hour, minute);
    return STATUS_OK;
}

static NEOERR *parse_number(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    size_t digits = strspn(text, "0123456789");
    *canonical = text;
    if (text[digits] != '\0')
        return form_error(form, field->name, _("“%s”: a whole number in digits"), field_label(form, field));
    if (digits > 9 || (field->max > 0 && atoi(text) > field->max))
        return form_error(form, field->name, _("“%s”: the number is too big"), field_label(form, field));
    *canonical = pool_printf(form->rq->pool, "%d", atoi(text));
    return STATUS_OK;
}

/* One @, something on both sides, a dot in the domain, no spaces: the rest is for the mail server to say. */
static NEOERR *parse_email(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    const char *at = strchr(text, '@');
    *canonical = text;
    if (at == NULL || at == text || strchr(at + 1, '@') != NULL || strchr(at, '.') == NULL || at[1] == '.' || strpbrk(text, " <>,;\"\\") != NULL ||
        text[strlen(text) - 1] == '.')
        return form_error(form, field->name, _("“%s”: write the address as name@example.kz"), field_label(form, field));
    return STATUS_OK;
}

static NEOERR *parse_phone(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    size_t digits = 0;
    *canonical = text;
    for (const char *c = text; *c != '\0'; c++) {
        digits += isdigit((unsigned char)*c) != 0;
        if (!isdigit((unsigned char)*c) && strchr("+-() ,", *c) == NULL)
            digits = 1000;
    }
    if (digits < 5 || digits > 40)
        return form_error(form, field->name, _("“%s”: write the number as +7 701 123 45 67"), field_label(form, field));
    return STATUS_OK;
}

static const char *show_as_is(struct request *rq, const struct field *field, const char *canonical)
{
    (void)rq;
    (void)field;
    return canonical;
}

static const char *show_date(struct request *rq, const struct field *field, const char *canonical)
{
    struct date date;
    (void)field;
    return date_from_iso(canonical, &date) ? i18n_date(rq->pool, date) : canonical;
}

static const char *show_tick(struct request *rq, const struct field *field, const char *canonical)
{
    (void)rq;
    (void)field;
    return canonical[0] == '1' ? _("Yes") : _("No");
}

static const char *show_codes(struct request *rq, const struct field *field, const char *canonical)
{
    const char *words = "";
    char *rest = pool_strdup(rq->pool, canonical), *code;
    if (field->codes == NULL)
        return field->choices != NULL ? choice_label(rq, field, canonical) : canonical;
    while ((code = strsep(&rest, ",")) != NULL)
        words = pool_printf(rq->pool, "%s%s%s", words, words[0] != '\0' ? ", " : "", code_name(field->codes, code));
    return words;
}

static const char *show_files(struct request *rq, const struct field *field, const char *canonical)
{
    const char *words = "";
    char *rest = pool_strdup(rq->pool, canonical), *id;
    (void)field;
    while ((id = strsep(&rest, ",")) != NULL) {
        struct file file;
        NEOERR *error = file_load(rq->db, rq->pool, rq->place.org, atoll(id), &file);
        if (error == STATUS_OK)
            words = pool_printf(rq->pool, "%s%s%s", words, words[0] != '\0' ? ", " : "", file.name);
        error_release(error);
    }
    return words;
}

static const char *show_nothing(struct request *rq, const struct field *field, const char *canonical)
{
    (void)rq;
    (void)field;
    (void)canonical;
    return "";
}

static const struct field_kind_row kinds[] = {
    [FIELD_SHOWN] = {"shown", NULL, show_as_is, 0, COLUMN_EMPTY_TEXT},
    [FIELD_HIDDEN] = {"hidden", parse_id, show_as_is, 0, COLUMN_EMPTY_NULL},
    [FIELD_TEXT] = {"text", parse_text, show_as_is, 255, COLUMN_EMPTY_TEXT},
    [FIELD_LINES] = {"lines", parse_text, show_as_is, 2000, COLUMN_EMPTY_TEXT},
    [FIELD_NAME] = {"text", parse_name, show_as_is, 0, COLUMN_EMPTY_TEXT},
    [FIELD_CLASS_NAME] = {"text", parse_class_name, show_as_is, 20, COLUMN_EMPTY_TEXT},
    [FIELD_IIN] = {"digits", parse_iin, show_as_is, 20, COLUMN_EMPTY_NULL},
    [FIELD_BIN] = {"digits", parse_bin, show_as_is, 20, COLUMN_EMPTY_NULL},
    [FIELD_DATE] = {"date", parse_date, show_date, 60, COLUMN_EMPTY_NULL},
    [FIELD_DATE_PARTS] = {"date-parts", parse_date, show_date, 60, COLUMN_EMPTY_NULL},
    [FIELD_TIME] = {"time", parse_time, show_as_is, 20, COLUMN_EMPTY_NULL},
    [FIELD_NUMBER] = {"number", parse_number, show_as_is, 0, COLUMN_EMPTY_NULL},
    [FIELD_EMAIL] = {"email", parse_email, show_as_is, 200, COLUMN_EMPTY_TEXT},
    [FIELD_PHONE] = {"phone", parse_phone, show_as_is, 60, COLUMN_EMPTY_TEXT},
    [FIELD_CHOICE] = {"choice", parse_choice, show_codes, 200, COLUMN_EMPTY_NULL},
    [FIELD_TICK] = {"tick", parse_tick, show_tick, 10, COLUMN_EMPTY_ZERO},
    [FIELD_TICKS] = {"ticks", parse_choice, show_codes, 2000, COLUMN_EMPTY_TEXT},
    [FIELD_PERSON] = {"choice", parse_choice, show_codes, 200, COLUMN_EMPTY_NULL},
    [FIELD_FILE] = {"file", NULL, show_files, 0, COLUMN_EMPTY_TEXT},
    [FIELD_PASSWORD] = {"password", parse_text, show_nothing, 200, COLUMN_EMPTY_NULL},
};

const struct field_kind_row *field_kind(const struct field *field)
{
    return &kinds[field->kind];
}

const char *field_label(const struct form_data *form, const struct field *field)
{
    return request_words(form->rq, field->label);
}

const char *form_display_of(struct form_data *form, const struct field *field)
{
    const char *value = form_text(form, field->name);
    if (field->kind == FIELD_CHOICE && field->codes == NULL && value[0] != '\0')
        return choice_label_in(form, field, value);
    return form_display(form->rq, field, value);
}

const char *form_display(struct request *rq, const struct field *field, const char *canonical)
{
    if (canonical == NULL || (canonical[0] == '\0' && field->kind != FIELD_TICK))
        return "";
    return kinds[field->kind].show(rq, field, canonical);
}
