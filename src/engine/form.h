/* form.h: values of fields, read, checked, shown again; and the generic page that edits one record.
 *
 * form_data holds, for each field, the canonical value (ISO dates, digits, cleaned text) or, where that could not be made,
 * what was typed; and the error.
 */
#ifndef MEKTEP_FORM_H
#define MEKTEP_FORM_H

#include "engine/field.h"

struct form_data {
    struct request *rq;
    const struct field *fields;  /* ends with .name NULL */
    HDF *values;                 /* values.NAME = canonical, "" for empty */
    HDF *errors;                 /* errors.NAME = words in the page's language */
    HDF *warnings;               /* warnings.NAME: shown, do not stop ("the class is full") */
    HDF *mends;                  /* mends.NAME: an offered value ("Latin letters in the name: put …") */
    int error_count;
    int64_t subject;             /* id of the record or the process' subject; 0 = none */
    void *detail;                /* what the owner of the form keeps for its checks */
    struct choice_set *gathering; /* form.c's own: the choices being added */
};

NEOERR *form_data_new(struct request *rq, const struct field *fields, struct form_data **out);

/* Takes the posted values, cleans and checks each by its kind, flags and own check. Errors are counted, not returned. */
NEOERR *form_read(struct form_data *form);

/* After reading what auth_kept_form has found: a warning instead of errors, the person looks and presses the button again. */
NEOERR *form_say_kept(struct form_data *form);

/* The same as form_read for the values that the form holds already, instead of posted ones: a draft that is submitted as it stands. */
NEOERR *form_check(struct form_data *form);

/* Canonical values. form_text gives "" when empty or unknown; form_number 0; form_date year 0. */
const char *form_text(const struct form_data *form, const char *name);
const char *form_text_or_null(const struct form_data *form, const char *name); /* NULL when empty: for SQL */
int64_t form_number(const struct form_data *form, const char *name);
struct date form_date(const struct form_data *form, const char *name);
bool form_ticked(const struct form_data *form, const char *name, const char *code); /* code NULL for FIELD_TICK */
NEOERR *form_set(struct form_data *form, const char *name, const char *canonical);
NEOERR *form_set_number(struct form_data *form, const char *name, int64_t number);
NEOERR *form_set_date(struct form_data *form, const char *name, struct date date);

/* A row function for a form's own .load: each column is the value of the field of its name. */
NEOERR *form_take_columns(void *form, const struct db_row *row);

/* Says what is wrong with a field, in translated words; name "" is the form as a whole. Only the first error of a field counts. */
NEOERR *form_error(struct form_data *form, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
NEOERR *form_warn(struct form_data *form, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A warning stops once: who presses again has seen it. The words seen come back with the form (Form.warned), so that others stop again. */
NEOERR *form_stop_at_warnings(struct form_data *form, bool *stops);
bool form_has_error(const struct form_data *form, const char *name);

/* Fills Form.* of the page for the template form_fields.cs:
 * Form.errors.N.{name,text}  Form.warnings.N.{name,text}
 * Form.shown.N.{label,value}                                       FIELD_SHOWN rows with a value
 * Form.fields.N.{name,id,label,kind,value,error,warning,mend,hint,required,wide,radio,several,group,depends,refresh,max,autocomplete}
 * (refresh: another field depends on this one)
 * Form.fields.N.choices.M.{value,label,note,selected,refused,group}
 * Form.fields.N.files.M.{id,name,size,state,href,preview,poll}     FIELD_FILE; .earlier.M.{id,name}: one's own of the last days
 * Form.uploads                                                     there is a FIELD_FILE: the form is posted as multipart
 * Form.fields.N.{day,year} .months.M.{value,label,selected}        FIELD_DATE_PARTS
 * kind is the name in lower case: "text", "date", "choice" … */
NEOERR *form_show(struct form_data *form);

/* One more of Form.shown: a known fact in the page's language; a value of NULL or "" shows as a dash. */
NEOERR *form_fact(struct request *rq, const char *label, const char *value);
/* One field of these, into out. */
NEOERR *form_show_input(struct form_data *form, const struct field *field, HDF *out);

/* Only Form.errors and Form.warnings. */
NEOERR *form_show_messages(struct form_data *form);

/* A value as people read it (dates by language, names of codes, ticks as words): read-only lines, audit, lists. */
const char *form_display(struct request *rq, const struct field *field, const char *canonical);

/* The same for a field of a form whose choices depend on its other values. */
const char *form_display_of(struct form_data *form, const struct field *field);

bool form_says_anything(const struct form_data *form); /* an error or a warning */

/* Forgets all errors and warnings: before the rules run once more. */
NEOERR *form_reset_errors(struct form_data *form);

/* name=value&… of all canonical values (passwords left out): how drafts are stored; and back. */
char *form_pack(struct form_data *form);
NEOERR *form_unpack(struct form_data *form, const char *packed);

/* In the transaction that keeps the values: their files are not cleaned away meanwhile (file_attach). */
NEOERR *form_attach_files(struct db *db, const struct form_data *form);

/* ---- a page that edits one record ---- */

struct form {
    const char *id;                 /* "pupil-personal" */
    const char *title;              /* msgid */
    const char *table;              /* its row: org_id, id, version, and a column a field */
    const char *subject_kind;       /* for audit and history: "pupil" */
    const struct field *fields;
    const struct permission *see, *edit;
    const struct permission *see_protected;
    /* NULL = the engine's own: SELECT and UPDATE of table by org_id and id, joined from the constant column names. */
    NEOERR *(*load)(struct form_data *form, int64_t id);
    NEOERR *(*check)(struct form_data *form);                      /* rules over several fields */
    NEOERR *(*save)(struct db *db, struct form_data *form, int64_t id);
    /* Column of the record that rows of the table belong to ("pupil_id"), whose id is the first one of the address: a new row gets
     * it, another record's row is not found, and the history is that record's. NULL = none. */
    const char *owner;
    /* Makes a new record for id 0; NULL = the engine's own where there is an owner, else this form only edits. */
    NEOERR *(*add)(struct db *db, struct form_data *form, int64_t *id);
    /* The record may be deleted while nothing refers to it (engine/reference.h asks by subject_kind). */
    bool removable;
    /* May the person see or edit this very record (own class, own child)? ERROR_NOT_FOUND or ERROR_DENIED when not. */
    NEOERR *(*scope)(struct request *rq, int64_t id, bool edit);
};

/* The engine's own load and save, for a form that adds something of its own to them. Inside a transaction the row is locked. */
NEOERR *form_load_columns(const struct form *form, struct form_data *data, int64_t id);
NEOERR *form_save_columns(const struct form *form, struct db *db, struct form_data *data, int64_t id);

/* Read-only view of a record: fills Form.shown; the page's own template shows it. */
NEOERR *form_show_record(struct request *rq, const struct form *form, int64_t id);

/* GET: the form filled with the record; POST: check, save in one transaction with version, audit and form key, then redirect
 * to back. id 0 makes a new record. Renders form.cs. On a stale version 409 with mine and theirs field by field. */
NEOERR *form_edit_page(struct request *rq, struct response *rs, const struct form *form, int64_t id, const char *back);

/* The page of a route "…-new": leads to the form of a record that is not there yet, at the route that .detail names. */
NEOERR *form_new_page(struct request *rq, struct response *rs);

/* ---- the form key: each POST that writes is done once ---- */

/* Stores the posted form_key of this account in the running transaction. *repeated is true when it stands there already:
 * then *result is what the first one left (an address), and nothing may be done again. */
NEOERR *form_key_take(struct db *db, struct request *rq, bool *repeated, char **result);
NEOERR *form_key_result(struct db *db, struct request *rq, const char *result);
/* Answers a POST by the page of its route, unless its form key says that this very post was done already: then it leads where that
 * one led. Looked at before the page, and again after it when the page refused: the other click may have been done meanwhile. */
NEOERR *form_key_once(struct request *rq, struct response *rs);
/* A new key for a page with a form: Form.key. */
NEOERR *form_key_show(struct request *rq);

#endif
