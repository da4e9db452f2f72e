/* form_show.c: fields as the templates get them: values, choices, files, what is wrong with them. */
#include "engine/field_kind.h"

#include "engine/file.h"
#include "engine/route.h"

#include <string.h>

NEOERR *form_show_messages(struct form_data *form)
{
    HDF *page = form->rq->hdf;
    for (HDF *row = hdf_obj_child(form->errors); row != NULL; row = hdf_obj_next(row)) {
        HDF *out;
        TRY(view_append(page, "Form.errors", &out));
        TRY(view_set(out, "name", hdf_obj_name(row)));
        TRY(view_set(out, "text", hdf_obj_value(row)));
    }
    for (HDF *row = hdf_obj_child(form->warnings); row != NULL; row = hdf_obj_next(row)) {
        HDF *out;
        TRY(view_append(page, "Form.warnings", &out));
        TRY(view_set(out, "name", hdf_obj_name(row)));
        TRY(view_set(out, "text", hdf_obj_value(row)));
    }
    return STATUS_OK;
}

NEOERR *form_stop_at_warnings(struct form_data *form, bool *stops)
{
    const char *words = "";
    for (HDF *row = hdf_obj_child(form->warnings); row != NULL; row = hdf_obj_next(row))
        words = pool_printf(form->rq->pool, "%s%s;", words, hdf_obj_value(row));
    *stops = words[0] != '\0' && strcmp(words, request_posted(form->rq, "warned")) != 0;
    return *stops ? nerr_pass(view_set(form->rq->hdf, "Form.warned", words)) : STATUS_OK;
}

static NEOERR *show_choices(struct form_data *form, const struct field *field, HDF *out)
{
    struct choice_set set;
    TRY(choice_gather(form, field, &set));
    for (size_t i = 0; i < set.count; i++) {
        HDF *row;
        TRY(view_append(out, "choices", &row));
        TRY(view_set(row, "value", set.rows[i]->value));
        TRY(view_set(row, "label", set.rows[i]->label));
        TRY(view_set(row, "note", set.rows[i]->note));
        TRY(view_set(row, "refused", set.rows[i]->refused));
        TRY(view_set(row, "group", set.rows[i]->group));
        if (form_ticked(form, field->name, set.rows[i]->value))
            TRY(view_set(row, "selected", "1"));
    }
    return STATUS_OK;
}

static const char *const file_states[] = {[FILE_CHECKING] = "checking", [FILE_CLEAN] = "clean", [FILE_BAD] = "bad"};

static NEOERR *show_files(struct form_data *form, const struct field *field, HDF *out)
{
    struct request *rq = form->rq;
    char *rest = pool_strdup(rq->pool, form_text(form, field->name)), *id;
    while ((id = strsep(&rest, ",")) != NULL && id[0] != '\0') {
        struct file file;
        HDF *row;
        TRY(file_load(rq->db, rq->pool, rq->place.org, strtoll(id, NULL, 10), &file));
        TRY(view_append(out, "files", &row));
        TRY(view_set(row, "id", id));
        TRY(view_set(row, "name", file.name));
        TRY(view_set(row, "size", i18n_size(rq->pool, (size_t)file.size)));
        TRY(view_set(row, "state", file_states[file.state]));
        TRY(view_set(row, "fault", file.fault != NULL ? _(file.fault) : NULL));
        TRY(view_set(row, "href", route_url(rq, "file", id)));
        TRY(view_set(row, "poll", file.state == FILE_CHECKING ? route_url(rq, "file-state", id) : NULL));
        TRY(view_set(row, "preview", file.pages > 0 ? route_url(rq, "file-image", id, "1") : NULL));
    }
    return STATUS_OK;
}

/* Scans of one's own of the last days: one sheet may be the order of several acts. Not where a single file is asked for, a photo. */
enum { EARLIER_DAYS = 14 };

struct earlier {
    struct form_data *form;
    const struct field *field;
    HDF *out;
};

static NEOERR *show_earlier_file(void *data, const struct db_row *row)
{
    struct earlier *earlier = data;
    HDF *out;
    if (form_ticked(earlier->form, earlier->field->name, db_get(row, 0)))
        return STATUS_OK;
    TRY(view_append(earlier->out, "earlier", &out));
    TRY(view_set(out, "id", db_get(row, 0)));
    return nerr_pass(view_setf(out, "name", "%s, %s", db_get(row, 1),
                               i18n_time(earlier->form->rq->pool, db_get_time(row, 2), earlier->form->rq->place.time_zone)));
}

static const char EARLIER[] =
    "SELECT id, name, made_at FROM file"
    " WHERE org_id = ? AND made_by = ? AND purpose = 'scan' AND state = 'clean' AND made_at > ?"
    " ORDER BY made_at DESC, id DESC LIMIT 3";

static NEOERR *show_earlier(struct form_data *form, const struct field *field, HDF *out)
{
    struct request *rq = form->rq;
    struct earlier earlier = {form, field, out};
    int64_t since = clock_now() - (int64_t)EARLIER_DAYS * 24 * 3600 * 1000;
    return nerr_pass(db_each(rq->db, EARLIER, DB_VALUES(DB_INT(rq->place.org), DB_INT(rq->session.account), DB_TIME(since)), show_earlier_file, &earlier));
}

static bool others_depend(const struct form_data *form, const struct field *field)
{
    for (const struct field *other = form->fields; other->name != NULL; other++)
        if (other->depends != NULL && strcmp(other->depends, field->name) == 0)
            return true;
    return false;
}

static NEOERR *show_flags(struct form_data *form, const struct field *field, HDF *out)
{
    const struct {
        const char *name;
        bool set;
    } flags[] = {
        {"required", field_is_required(form, field)}, {"wide", (field->flags & WIDE) != 0},         {"radio", (field->flags & RADIO) != 0},
        {"several", (field->flags & SEVERAL) != 0}, {"group", (field->flags & NEW_GROUP) != 0}, {"refresh", others_depend(form, field)},
    };
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        TRY(view_set(out, flags[i].name, flags[i].set ? "1" : NULL));
    return STATUS_OK;
}

/* The three parts of a date, also of one that there is not; what is no date at all stands in the day's place. */
static NEOERR *show_date_parts(struct form_data *form, const struct field *field, HDF *out)
{
    const char *text = form_text(form, field->name);
    struct date date = {0};
    bool is_date = text[0] != '\0' && date_parse(text, &date) != DATE_UNREADABLE;
    TRY(is_date ? view_set_int(out, "day", date.day) : view_set(out, "day", text));
    TRY(view_set(out, "year", is_date ? pool_printf(form->rq->pool, "%d", date.year) : NULL));
    for (int month = 1; month <= 12; month++) {
        HDF *row;
        TRY(view_append(out, "months", &row));
        TRY(view_set_int(row, "value", month));
        TRY(view_set(row, "label", i18n_month(month)));
        TRY(view_set(row, "selected", month == date.month ? "1" : NULL));
    }
    return STATUS_OK;
}

static const char *input_value(struct form_data *form, const struct field *field)
{
    const char *value = form_text(form, field->name);
    if (field->kind == FIELD_DATE)
        return form_display(form->rq, field, value);
    return field->kind == FIELD_PASSWORD ? "" : value;
}

NEOERR *form_show_input(struct form_data *form, const struct field *field, HDF *out)
{
    const struct field_kind_row *kind = field_kind(field);
    TRY(view_set(out, "name", field->name));
    TRY(view_set(out, "id", pool_printf(form->rq->pool, "field-%s", field->name)));
    TRY(view_set(out, "label", field_label(form, field)));
    TRY(view_set(out, "kind", kind->input));
    TRY(view_set(out, "value", input_value(form, field)));
    TRY(view_set(out, "error", hdf_get_value(form->errors, field->name, NULL)));
    TRY(view_set(out, "warning", hdf_get_value(form->warnings, field->name, NULL)));
    TRY(view_set(out, "mend", hdf_get_value(form->mends, field->name, NULL)));
    TRY(view_set(out, "hint", field->hint != NULL ? request_words(form->rq, field->hint) : NULL));
    TRY(view_set(out, "depends", field->depends));
    TRY(view_set(out, "autocomplete", field->autocomplete));
    TRY(view_set_int(out, "max", field->max > 0 ? field->max : kind->max));
    TRY(show_flags(form, field, out));
    if (field->kind == FIELD_FILE) {
        TRY(view_set(form->rq->hdf, "Form.uploads", "1"));
        if ((field->flags & SEVERAL) != 0)
            TRY(show_earlier(form, field, out));
        return nerr_pass(show_files(form, field, out));
    }
    if (field->kind == FIELD_DATE_PARTS)
        TRY(show_date_parts(form, field, out));
    return nerr_pass(show_choices(form, field, out));
}

static NEOERR *show_input(struct form_data *form, const struct field *field)
{
    HDF *out;
    TRY(view_append(form->rq->hdf, "Form.fields", &out));
    return nerr_pass(form_show_input(form, field, out));
}

NEOERR *form_fact(struct request *rq, const char *label, const char *value)
{
    HDF *out;
    TRY(view_append(rq->hdf, "Form.shown", &out));
    TRY(view_set(out, "label", label));
    return nerr_pass(view_set(out, "value", value));
}

static NEOERR *show_shown(struct form_data *form, const struct field *field)
{
    const char *value = form_text(form, field->name);
    return value[0] == '\0' ? STATUS_OK : nerr_pass(form_fact(form->rq, field_label(form, field), value));
}

NEOERR *form_show(struct form_data *form)
{
    TRY(form_show_messages(form));
    for (const struct field *field = form->fields; field->name != NULL; field++) {
        if (!field_is_in_use(form, field))
            continue;
        TRY(field->kind == FIELD_SHOWN ? show_shown(form, field) : show_input(form, field));
    }
    return nerr_pass(form_key_show(form->rq));
}
