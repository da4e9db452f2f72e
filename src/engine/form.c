/* form.c: values of fields: read from a post, checked, kept after an error; form_show.c shows them. */
#include "engine/field_kind.h"

#include "base/text.h"
#include "engine/file.h"
#include "engine/route.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void destroy_hdf(void *data)
{
    HDF *hdf = data;
    hdf_destroy(&hdf);
}

static NEOERR *new_hdf(struct pool *pool, HDF **out)
{
    TRY(hdf_init(out));
    pool_cleanup(pool, destroy_hdf, *out);
    return STATUS_OK;
}

NEOERR *form_data_new(struct request *rq, const struct field *fields, struct form_data **out)
{
    struct form_data *form = pool_alloc(rq->pool, sizeof *form);
    form->rq = rq;
    form->fields = fields;
    TRY(new_hdf(rq->pool, &form->values));
    TRY(new_hdf(rq->pool, &form->errors));
    TRY(new_hdf(rq->pool, &form->warnings));
    TRY(new_hdf(rq->pool, &form->mends));
    *out = form;
    return STATUS_OK;
}

/* ---- values ---- */

const char *form_text(const struct form_data *form, const char *name)
{
    return hdf_get_value(form->values, name, "");
}

const char *form_text_or_null(const struct form_data *form, const char *name)
{
    const char *text = form_text(form, name);
    return text[0] != '\0' ? text : NULL;
}

int64_t form_number(const struct form_data *form, const char *name)
{
    return strtoll(form_text(form, name), NULL, 10);
}

struct date form_date(const struct form_data *form, const char *name)
{
    struct date date;
    return date_from_iso(form_text(form, name), &date) ? date : (struct date){0};
}

bool form_ticked(const struct form_data *form, const char *name, const char *code)
{
    const char *text = form_text(form, name);
    if (code == NULL)
        return text[0] == '1';
    size_t length = strlen(code);
    for (const char *at = text; at != NULL && *at != '\0'; at = strchr(at, ','), at += at != NULL)
        if (strncmp(at, code, length) == 0 && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

NEOERR *form_set(struct form_data *form, const char *name, const char *canonical)
{
    return nerr_pass(hdf_set_value(form->values, name, canonical != NULL ? canonical : ""));
}

NEOERR *form_set_number(struct form_data *form, const char *name, int64_t number)
{
    return nerr_pass(view_set_int(form->values, name, number));
}

NEOERR *form_set_date(struct form_data *form, const char *name, struct date date)
{
    char iso[DATE_ISO_SIZE];
    date_to_iso(date, iso);
    return nerr_pass(form_set(form, name, iso));
}

NEOERR *form_take_columns(void *form, const struct db_row *row)
{
    for (size_t i = 0; i < db_columns(row); i++)
        TRY(form_set(form, db_name(row, i), db_get(row, i)));
    return STATUS_OK;
}

/* ---- errors ---- */

static NEOERR *say(struct form_data *form, HDF *where, const char *name, const char *format, va_list args)
{
    return nerr_pass(hdf_set_value(where, name[0] != '\0' ? name : "_", pool_vprintf(form->rq->pool, format, args)));
}

NEOERR *form_error(struct form_data *form, const char *name, const char *format, ...)
{
    va_list args;
    if (form_has_error(form, name))
        return STATUS_OK;
    form->error_count++;
    va_start(args, format);
    NEOERR *error = say(form, form->errors, name, format, args);
    va_end(args);
    return nerr_pass(error);
}

NEOERR *form_warn(struct form_data *form, const char *name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    NEOERR *error = say(form, form->warnings, name, format, args);
    va_end(args);
    return nerr_pass(error);
}

bool form_has_error(const struct form_data *form, const char *name)
{
    return hdf_get_value(form->errors, name[0] != '\0' ? name : "_", NULL) != NULL;
}

bool form_says_anything(const struct form_data *form)
{
    return hdf_obj_child(form->errors) != NULL || hdf_obj_child(form->warnings) != NULL;
}

NEOERR *form_reset_errors(struct form_data *form)
{
    form->error_count = 0;
    TRY(new_hdf(form->rq->pool, &form->errors));
    return nerr_pass(new_hdf(form->rq->pool, &form->warnings));
}

/* ---- reading ---- */

bool field_is_in_use(const struct form_data *form, const struct field *field)
{
    return field->when == NULL || field->when(form);
}

bool field_is_required(const struct form_data *form, const struct field *field)
{
    return (field->flags & REQUIRED) != 0 || (field->required_when != NULL && field->required_when(form));
}

/* All posted values of a name, cleaned and joined by "," (ticks, files). */
static const char *join_posted(struct form_data *form, const struct field *field)
{
    const struct http_fields *posted = &form->rq->posted;
    const char *joined = "";
    for (size_t i = 0; i < posted->count; i++) {
        const struct http_field *row = &posted->rows[i];
        if (strcmp(row->name, field->name) != 0 || row->upload != NULL || row->value[0] == '\0')
            continue;
        const char *clean = text_clean(form->rq->pool, row->value, false);
        joined = pool_printf(form->rq->pool, "%s%s%s", joined, joined[0] != '\0' ? "," : "", clean);
    }
    return joined;
}

/* Keeps of the posted ids those that may be attached: what stood in the field before, and own scans; another one is told. */
static NEOERR *keep_own_files(struct form_data *form, const struct field *field, const char **kept)
{
    struct pool *pool = form->rq->pool;
    char *rest = pool_strdup(pool, join_posted(form, field)), *typed;
    *kept = "";
    while ((typed = strsep(&rest, ",")) != NULL && typed[0] != '\0') {
        const char *id = pool_printf(pool, "%lld", strtoll(typed, NULL, 10));
        bool may = form_ticked(form, field->name, id);
        if (!may)
            TRY(file_is_own_scan(form->rq, strtoll(id, NULL, 10), &may));
        if (may)
            *kept = pool_printf(pool, "%s%s%s", *kept, (*kept)[0] != '\0' ? "," : "", id);
        else
            TRY(form_error(form, field->name, "%s", _("The scan is not there any more; attach it again")));
    }
    return STATUS_OK;
}

/* An upload comes under the field's name too; the ids of files uploaded before come as its hidden values. */
static NEOERR *read_files(struct form_data *form, const struct field *field)
{
    const struct http_fields *posted = &form->rq->posted;
    const char *ids;
    TRY(keep_own_files(form, field, &ids));
    for (size_t i = 0; i < posted->count; i++) {
        const struct http_field *row = &posted->rows[i];
        const char *refused = NULL;
        int64_t id;
        if (strcmp(row->name, field->name) != 0 || row->upload == NULL)
            continue;
        TRY(file_take(form->rq, row->upload, FILE_SCAN, &id, &refused));
        if (refused != NULL)
            TRY(form_error(form, field->name, "%s", refused));
        else if ((field->flags & SEVERAL) && ids[0] != '\0')
            ids = pool_printf(form->rq->pool, "%s,%lld", ids, (long long)id);
        else
            ids = pool_printf(form->rq->pool, "%lld", (long long)id);
    }
    return nerr_pass(form_set(form, field->name, ids));
}

static NEOERR *require(struct form_data *form, const struct field *field)
{
    const char *label = field_label(form, field);
    switch (field->kind) {
    case FIELD_FILE:
        return form_error(form, field->name, _("Attach “%s”"), label);
    case FIELD_CHOICE:
    case FIELD_PERSON:
    case FIELD_TICKS:
        return form_error(form, field->name, _("Choose “%s”"), label);
    default:
        return form_error(form, field->name, _("Fill in “%s”"), label);
    }
}

static NEOERR *parse_value(struct form_data *form, const struct field *field, const char *text)
{
    const struct field_kind_row *kind = field_kind(field);
    int max = field->max > 0 && field->kind != FIELD_NUMBER ? field->max : kind->max;
    const char *canonical = text;
    if (max > 0 && text_length(text) > (size_t)max)
        TRY(form_error(form, field->name, _("“%s” is too long: %zu letters, at most %d"), field_label(form, field), text_length(text), max));
    else
        TRY(kind->parse(form, field, text, &canonical));
    TRY(form_set(form, field->name, canonical));
    if (field->check != NULL && !form_has_error(form, field->name))
        TRY(field->check(form, field, canonical));
    return STATUS_OK;
}

static const char *posted_part(struct form_data *form, const struct field *field, const char *part)
{
    return text_clean(form->rq->pool, request_posted(form->rq, pool_printf(form->rq->pool, "%s%s", field->name, part)), false);
}

/* Day, month and year as they were answered; a whole date in the day's place stands for all three. */
static const char *posted_date(struct form_data *form, const struct field *field)
{
    const char *day = posted_part(form, field, ""), *month = posted_part(form, field, "_month"), *year = posted_part(form, field, "_year");
    bool is_whole = strlen(day) > 2 || day[strspn(day, "0123456789")] != '\0';
    if (is_whole || (day[0] == '\0' && month[0] == '\0' && year[0] == '\0'))
        return day;
    return pool_printf(form->rq->pool, "%s.%s.%s", day, month, year);
}

static const char *posted_text(struct form_data *form, const struct field *field)
{
    if (field->kind == FIELD_TICKS)
        return join_posted(form, field);
    if (field->kind == FIELD_DATE_PARTS)
        return posted_date(form, field);
    const char *typed = request_posted(form->rq, field->name);
    if (field->kind == FIELD_PASSWORD)
        return typed;
    return text_clean(form->rq->pool, typed, field->kind == FIELD_LINES);
}

static NEOERR *take_text(struct form_data *form, const struct field *field, const char *text)
{
    if (text[0] != '\0')
        return nerr_pass(parse_value(form, field, text));
    TRY(form_set(form, field->name, ""));
    return field_is_required(form, field) ? nerr_pass(require(form, field)) : STATUS_OK;
}

static NEOERR *require_file(struct form_data *form, const struct field *field)
{
    return form_text(form, field->name)[0] == '\0' && field_is_required(form, field) ? nerr_pass(require(form, field)) : STATUS_OK;
}

static NEOERR *read_field(struct form_data *form, const struct field *field)
{
    if (field->kind == FIELD_SHOWN)
        return STATUS_OK;
    if (!field_is_in_use(form, field))
        return nerr_pass(form_set(form, field->name, ""));
    if (field->kind != FIELD_FILE)
        return nerr_pass(take_text(form, field, posted_text(form, field)));
    TRY(read_files(form, field));
    return nerr_pass(require_file(form, field));
}

static NEOERR *check_field(struct form_data *form, const struct field *field)
{
    if (field->kind == FIELD_SHOWN || !field_is_in_use(form, field))
        return STATUS_OK;
    if (field->kind == FIELD_FILE)
        return nerr_pass(require_file(form, field));
    return nerr_pass(take_text(form, field, pool_strdup(form->rq->pool, form_text(form, field->name))));
}

/* Fields that are not always there come last: whether they are may follow from any other, as may whether a value is needed. */
static NEOERR *each_field(struct form_data *form, NEOERR *(*use)(struct form_data *form, const struct field *field))
{
    for (const struct field *field = form->fields; field->name != NULL; field++)
        if (field->when == NULL)
            TRY(use(form, field));
    for (const struct field *field = form->fields; field->name != NULL; field++)
        if (field->when != NULL)
            TRY(use(form, field));
    return STATUS_OK;
}

static NEOERR *take_typed(struct form_data *form, const struct field *field)
{
    if (field->kind == FIELD_SHOWN || field->kind == FIELD_FILE)
        return STATUS_OK;
    return nerr_pass(form_set(form, field->name, posted_text(form, field)));
}

NEOERR *form_read(struct form_data *form)
{
    TRY(each_field(form, take_typed));
    return nerr_pass(each_field(form, read_field));
}

NEOERR *form_say_kept(struct form_data *form)
{
    TRY(form_reset_errors(form));
    return nerr_pass(form_warn(form, "", "%s", _("This is what you had filled in before the session ended. Nothing of it is saved yet.")));
}

NEOERR *form_check(struct form_data *form)
{
    return nerr_pass(each_field(form, check_field));
}

/* ---- packing ---- */

/* Passwords are never kept; known facts are looked up anew. */
static bool is_packed(const struct form_data *form, const char *name)
{
    for (const struct field *field = form->fields; field->name != NULL; field++)
        if (strcmp(field->name, name) == 0)
            return field->kind != FIELD_PASSWORD && field->kind != FIELD_SHOWN;
    return true;
}

char *form_pack(struct form_data *form)
{
    struct pool *pool = form->rq->pool;
    char *packed = pool_strdup(pool, "");
    for (HDF *row = hdf_obj_child(form->values); row != NULL; row = hdf_obj_next(row)) {
        const char *name = hdf_obj_name(row), *value = hdf_obj_value(row);
        if (value != NULL && value[0] != '\0' && is_packed(form, name))
            packed = pool_printf(pool, "%s%s%s=%s", packed, packed[0] != '\0' ? "&" : "", name, http_escape(pool, value));
    }
    return packed;
}

NEOERR *form_unpack(struct form_data *form, const char *packed)
{
    struct http_fields fields;
    TRY(http_parse_query(form->rq->pool, packed, strlen(packed), &fields));
    for (size_t i = 0; i < fields.count; i++)
        TRY(form_set(form, fields.rows[i].name, fields.rows[i].value));
    return STATUS_OK;
}
