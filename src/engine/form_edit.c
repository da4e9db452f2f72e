/* form_edit.c: the page that edits one record: load, check, save with version, audit and form key. */
#include "engine/field_kind.h"

#include "engine/audit.h"
#include "engine/auth.h"
#include "engine/file.h"
#include "engine/page.h"
#include "engine/reference.h"
#include "engine/route.h"

#include <stdlib.h>
#include <string.h>

/* ---- the engine's own SQL of one table, joined from the constant column names of the field rows ---- */

static const char *column_of(const struct field *field)
{
    return field->column != NULL ? field->column : field->name;
}

static bool is_stored(const struct field *field)
{
    return field->kind != FIELD_SHOWN && field->kind != FIELD_PASSWORD && column_of(field)[0] != '\0';
}

/* A column's text as the field's canonical value. */
static const char *canonical_of(struct form_data *form, const struct field *field, const char *value)
{
    if (field->kind == FIELD_TICK && value[0] == '0')
        return "";
    if (field->kind == FIELD_TIME && value[0] != '\0')
        return pool_strndup(form->rq->pool, value, strlen("08:00")); /* the column has seconds */
    return value;
}

static NEOERR *take_row(void *data, const struct db_row *row)
{
    struct form_data *form = data;
    size_t column = 1;
    TRY(form_set(form, "version", db_get(row, 0)));
    for (const struct field *field = form->fields; field->name != NULL; field++)
        if (is_stored(field)) {
            TRY(form_set(form, field->name, canonical_of(form, field, db_get_or(row, column++, ""))));
        }
    return STATUS_OK;
}

NEOERR *form_load_columns(const struct form *form, struct form_data *data, int64_t id)
{
    struct request *rq = data->rq;
    const char *columns = "", *lock = db_in_transaction(rq->db) ? " FOR UPDATE" : "";
    for (const struct field *field = form->fields; field->name != NULL; field++)
        if (is_stored(field))
            columns = pool_printf(rq->pool, "%s, %s", columns, column_of(field));
    const char *sql = pool_printf(rq->pool, "SELECT version%s FROM %s WHERE org_id = ? AND id = ?%s", columns, form->table, lock);
    return nerr_pass(db_one(rq->db, sql, DB_VALUES(DB_INT(rq->place.org), DB_INT(id)), take_row, data));
}

static NEOERR *load_form(const struct form *form, struct form_data *data, int64_t id, int64_t *version)
{
    data->subject = id;
    *version = 0;
    if (id == 0)
        return STATUS_OK;
    TRY(form->load != NULL ? form->load(data, id) : form_load_columns(form, data, id));
    *version = form_number(data, "version");
    return STATUS_OK;
}

static struct db_value column_value(const struct form_data *data, const struct field *field)
{
    const char *text = form_text(data, field->name);
    if (text[0] != '\0')
        return DB_TEXT(text);
    switch (field_kind(field)->empty) {
    case COLUMN_EMPTY_NULL:
        return DB_NULL;
    case COLUMN_EMPTY_ZERO:
        return DB_INT(0);
    case COLUMN_EMPTY_TEXT:
        break;
    }
    return DB_TEXT("");
}

NEOERR *form_save_columns(const struct form *form, struct db *db, struct form_data *data, int64_t id)
{
    struct request *rq = data->rq;
    struct db_value values[64];
    size_t count = 0;
    const char *sets = "";
    for (const struct field *field = form->fields; field->name != NULL && count < 60; field++)
        if (is_stored(field)) {
            sets = pool_printf(rq->pool, "%s, %s = ?", sets, column_of(field));
            values[count++] = column_value(data, field);
        }
    values[count++] = DB_INT(rq->place.org);
    values[count++] = DB_INT(id);
    values[count] = (struct db_value){.kind = DB_END};
    const char *sql = pool_printf(rq->pool, "UPDATE %s SET version = version + 1%s WHERE org_id = ? AND id = ?", form->table, sets);
    return nerr_pass(db_exec(db, sql, values, NULL, NULL));
}

/* ---- rows that belong to a record ---- */

static NEOERR *check_owner(const struct form *form, struct request *rq, int64_t id)
{
    int64_t owner, one;
    bool found;
    TRY(request_id(rq, 0, &owner));
    const char *sql = pool_printf(rq->pool, "SELECT 1 FROM %s WHERE org_id = ? AND id = ? AND %s = ?", form->table, form->owner);
    TRY(db_number(rq->db, sql, DB_VALUES(DB_INT(rq->place.org), DB_INT(id), DB_INT(owner)), &one, &found));
    return found ? STATUS_OK : nerr_raise(ERROR_NOT_FOUND, "row %lld of %s is not of this record", (long long)id, form->table);
}

static NEOERR *add_columns(const struct form *form, struct db *db, struct form_data *data, int64_t *id)
{
    struct request *rq = data->rq;
    struct db_value values[64];
    size_t count = 0;
    int64_t owner;
    const char *columns = "", *marks = "";
    TRY(request_id(rq, 0, &owner));
    values[count++] = DB_INT(rq->place.org);
    values[count++] = DB_INT(owner);
    for (const struct field *field = form->fields; field->name != NULL && count < 60; field++)
        if (is_stored(field)) {
            columns = pool_printf(rq->pool, "%s, %s", columns, column_of(field));
            marks = pool_printf(rq->pool, "%s, ?", marks);
            values[count++] = column_value(data, field);
        }
    values[count] = (struct db_value){.kind = DB_END};
    const char *sql = pool_printf(rq->pool, "INSERT INTO %s (org_id, %s%s) VALUES (?, ?%s)", form->table, form->owner, columns, marks);
    return nerr_pass(db_exec(db, sql, values, NULL, id));
}

/* ---- a read-only view ---- */

NEOERR *form_show_record(struct request *rq, const struct form *form, int64_t id)
{
    struct form_data *data;
    int64_t version;
    bool protected = form->see_protected == NULL || request_may(rq, form->see_protected);
    if (form->owner != NULL)
        TRY(check_owner(form, rq, id));
    TRY(form_data_new(rq, form->fields, &data));
    TRY(load_form(form, data, id, &version));
    for (const struct field *field = form->fields; field->name != NULL; field++) {
        if (field->kind == FIELD_HIDDEN || (field->when != NULL && !field->when(data)) || ((field->flags & PROTECTED) && !protected))
            continue;
        TRY(form_fact(rq, field_label(data, field), form_display(rq, field, form_text(data, field->name))));
    }
    return STATUS_OK;
}

/* ---- saving ---- */

NEOERR *form_attach_files(struct db *db, const struct form_data *form)
{
    for (const struct field *field = form->fields; field->name != NULL; field++)
        if (field->kind == FIELD_FILE)
            TRY(file_attach(db, form->rq->place.org, form_text(form, field->name)));
    return STATUS_OK;
}

struct edit {
    struct request *rq;
    const struct form *form;
    struct form_data *mine, *theirs;
    int64_t id, version;       /* version: the one the page was made of */
    const char *back;
    char *repeated_to;
    const char *held;          /* what refers to the record that was to be deleted */
    bool stale;
};

/* What belongs to a record stands in that record's history. */
static NEOERR *audit_subject(const struct edit *edit, int64_t *id)
{
    return edit->form->owner != NULL ? nerr_pass(request_id(edit->rq, 0, id)) : STATUS_OK;
}

static NEOERR *audit_change(struct db *db, struct edit *edit, int64_t id, const char *action)
{
    TRY(audit_subject(edit, &id));
    return nerr_pass(audit_difference(db, edit->theirs, edit->mine, edit->form->subject_kind, id, action));
}

static NEOERR *add_record(struct db *db, struct edit *edit)
{
    int64_t id;
    TRY(edit->form->add != NULL ? edit->form->add(db, edit->mine, &id) : add_columns(edit->form, db, edit->mine, &id));
    TRY(audit_change(db, edit, id, "create"));
    return nerr_pass(form_key_result(db, edit->rq, edit->back));
}

/* Takes the form key, locks the record and compares its version with that of the page. */
static NEOERR *begin_change(struct db *db, struct edit *edit, bool *repeated)
{
    int64_t version;
    edit->stale = false;
    edit->held = NULL;
    TRY(form_key_take(db, edit->rq, repeated, &edit->repeated_to));
    if (*repeated)
        return STATUS_OK;
    TRY(form_data_new(edit->rq, edit->form->fields, &edit->theirs));
    TRY(load_form(edit->form, edit->theirs, edit->id, &version));
    edit->stale = version != edit->version && edit->id != 0;
    return edit->stale ? nerr_raise(ERROR_CONFLICT, "%s %lld was changed meanwhile", edit->form->table, (long long)edit->id) : STATUS_OK;
}

static NEOERR *save_change(struct db *db, void *data)
{
    struct edit *edit = data;
    bool repeated;
    TRY(begin_change(db, edit, &repeated));
    if (repeated)
        return STATUS_OK;
    TRY(form_attach_files(db, edit->mine));
    if (edit->id == 0)
        return nerr_pass(add_record(db, edit));
    if (edit->form->save != NULL)
        TRY(edit->form->save(db, edit->mine, edit->id));
    else
        TRY(form_save_columns(edit->form, db, edit->mine, edit->id));
    TRY(audit_change(db, edit, edit->id, "edit"));
    return nerr_pass(form_key_result(db, edit->rq, edit->back));
}

static NEOERR *remove_record(struct db *db, void *data)
{
    struct edit *edit = data;
    struct request *rq = edit->rq;
    bool repeated;
    TRY(begin_change(db, edit, &repeated));
    if (repeated)
        return STATUS_OK;
    TRY(reference_words(rq, edit->form->owner != NULL ? edit->form->id : edit->form->subject_kind, edit->id, &edit->held));
    if (edit->held != NULL)
        return nerr_raise(ERROR_CONFLICT, "%s %lld is referred to", edit->form->table, (long long)edit->id);
    TRY(form_data_new(rq, edit->form->fields, &edit->mine)); /* nothing is left */
    TRY(audit_change(db, edit, edit->id, "delete"));
    const char *sql = pool_printf(rq->pool, "DELETE FROM %s WHERE org_id = ? AND id = ?", edit->form->table);
    TRY(db_exec(db, sql, DB_VALUES(DB_INT(rq->place.org), DB_INT(edit->id)), NULL, NULL));
    return nerr_pass(form_key_result(db, rq, edit->back));
}

static NEOERR *show_who(const struct edit *edit)
{
    int64_t subject = edit->id;
    const char *who, *when;
    TRY(audit_subject(edit, &subject));
    TRY(audit_last_change(edit->rq, edit->form->subject_kind, subject, &who, &when));
    return who == NULL ? STATUS_OK : nerr_pass(view_setf(edit->rq->hdf, "Form.conflict_by", _("Last changed by %s, %s."), who, when));
}

/* Mine and theirs, field by field, where they differ; the form then carries the new version. */
static NEOERR *show_conflict(struct edit *edit)
{
    struct request *rq = edit->rq;
    for (const struct field *field = edit->form->fields; field->name != NULL; field++) {
        const char *mine = form_text(edit->mine, field->name), *theirs = form_text(edit->theirs, field->name);
        HDF *out;
        if (field->kind == FIELD_SHOWN || strcmp(mine, theirs) == 0)
            continue;
        TRY(view_append(rq->hdf, "Form.conflict", &out));
        TRY(view_set(out, "label", field_label(edit->mine, field)));
        TRY(view_set(out, "mine", form_display(rq, field, mine)));
        TRY(view_set(out, "theirs", form_display(rq, field, theirs)));
    }
    return nerr_pass(show_who(edit));
}

static NEOERR *show_page(struct edit *edit, struct response *rs, int status)
{
    struct request *rq = edit->rq;
    rs->http.status = status;
    TRY(page_begin(rq, rs, "form.cs", request_words(rq, edit->form->title)));
    TRY(form_show(edit->mine));
    if (rq->place.org != 0 && route_by_id("file-upload") != NULL)
        TRY(view_set(rq->hdf, "Page.upload", route_url(rq, "file-upload")));
    TRY(view_set_int(rq->hdf, "Form.version", edit->version));
    TRY(view_set(rq->hdf, "Form.removable", edit->form->removable && edit->id != 0 ? "1" : NULL));
    return nerr_pass(view_set(rq->hdf, "Form.back", edit->back));
}

static NEOERR *change(struct edit *edit, struct response *rs, db_change_fn *how, const char *words)
{
    NEOERR *error = db_run(edit->rq->db, how, edit);
    if (error != STATUS_OK && edit->stale && nerr_handle(&error, ERROR_CONFLICT)) {
        TRY(show_conflict(edit));
        TRY(load_form(edit->form, edit->theirs, edit->id, &edit->version));
        return nerr_pass(show_page(edit, rs, 409));
    }
    if (error != STATUS_OK && edit->held != NULL && nerr_handle(&error, ERROR_CONFLICT)) {
        TRY(form_error(edit->mine, "", _("This cannot be deleted, it is in use: %s"), edit->held));
        return nerr_pass(show_page(edit, rs, 422));
    }
    TRY(error);
    if (edit->repeated_to != NULL)
        return nerr_pass(response_redirect(edit->rq, rs, edit->repeated_to));
    return nerr_pass(response_redirect_with(edit->rq, rs, edit->back, "ok", words));
}

static NEOERR *post(struct edit *edit, struct response *rs)
{
    bool stops;
    edit->version = strtoll(request_posted(edit->rq, "version"), NULL, 10);
    if (edit->form->removable && edit->id != 0 && strcmp(request_posted(edit->rq, "action"), "delete") == 0)
        return nerr_pass(change(edit, rs, remove_record, _("Deleted")));
    TRY(form_read(edit->mine));
    if (edit->mine->error_count == 0 && edit->form->check != NULL)
        TRY(edit->form->check(edit->mine));
    if (edit->mine->error_count > 0)
        return nerr_pass(show_page(edit, rs, 422));
    TRY(form_stop_at_warnings(edit->mine, &stops));
    return stops ? nerr_pass(show_page(edit, rs, 200)) : nerr_pass(change(edit, rs, save_change, _("Saved")));
}

NEOERR *form_edit_page(struct request *rq, struct response *rs, const struct form *form, int64_t id, const char *back)
{
    struct edit edit = {.rq = rq, .form = form, .id = id, .back = back};
    bool kept;
    if (!request_may(rq, form->edit))
        return nerr_raise(ERROR_DENIED, "%s", form->edit->id);
    if (id == 0 && form->add == NULL && form->owner == NULL)
        return nerr_raise(ERROR_NOT_FOUND, "form %s makes no new records", form->id);
    if (form->owner != NULL && id != 0)
        TRY(check_owner(form, rq, id));
    if (form->scope != NULL && id != 0)
        TRY(form->scope(rq, id, true));
    TRY(form_data_new(rq, form->fields, &edit.mine));
    TRY(load_form(form, edit.mine, id, &edit.version));
    if (rq->http->method == HTTP_POST)
        return nerr_pass(post(&edit, rs));
    TRY(auth_kept_form(rq, &kept));
    if (kept) {
        edit.version = strtoll(request_posted(rq, "version"), NULL, 10);
        TRY(form_read(edit.mine));
        TRY(form_say_kept(edit.mine));
    }
    return nerr_pass(show_page(&edit, rs, 200));
}

NEOERR *form_new_page(struct request *rq, struct response *rs)
{
    return nerr_pass(response_redirect(rq, rs, route_url(rq, rq->route->detail, "new")));
}
