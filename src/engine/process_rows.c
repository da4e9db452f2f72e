/* process_rows.c: the subjects of a process: their labels, the values of their row fields, what is wrong with each. */
#include "engine/process_store.h"

#include "base/text.h"
#include "engine/field_kind.h"
#include "engine/route.h"

#include <stdlib.h>
#include <string.h>

const struct process_rows *process_rows(const struct process_run *run)
{
    return run->process->steps[0].rows;
}

bool process_is_of_many(const struct process_run *run)
{
    const struct process_rows *rows = process_rows(run);
    if (run->subject_count == 0 || (rows->is_listed != NULL && !rows->is_listed(run)))
        return false;
    return run->subject_count > 1 || rows->seed != NULL;
}

/* ---- which ---- */

static int compare_ids(const void *a, const void *b)
{
    const struct process_subject *left = a, *right = b;
    return (left->id > right->id) - (left->id < right->id);
}

struct process_subject *process_subject_find(struct process_subject *subjects, size_t count, int64_t id)
{
    const struct process_subject key = {.id = id};
    return count == 0 ? NULL : bsearch(&key, subjects, count, sizeof *subjects, compare_ids);
}

const char *process_subject_ids(struct pool *pool, const struct process_subject *subjects, size_t count)
{
    enum { ID_BYTES = 21 }; /* a comma and a number of 64 bits */
    size_t size = count * ID_BYTES + 3, length = 0;
    char *text = pool_alloc(pool, size);
    for (size_t i = 0; i < count; i++)
        length += (size_t)snprintf(text + length, size - length, "%c%lld", i == 0 ? '[' : ',', (long long)subjects[i].id);
    snprintf(text + length, size - length, "%s", count == 0 ? "[]" : "]");
    return text;
}

struct labelling {
    struct request *rq;
    struct process_subject *subjects;
    size_t count, found;
    process_say_fn *say;
};

static NEOERR *take_label(void *data, const struct db_row *row)
{
    struct labelling *labelling = data;
    struct process_subject *subject = process_subject_find(labelling->subjects, labelling->count, db_get_int(row, 0));
    labelling->say(labelling->rq, subject, row);
    subject->rank = labelling->found++;
    return STATUS_OK;
}

NEOERR *process_subjects_label(struct request *rq, struct process_subject *subjects, size_t count, const char *sql, process_say_fn *say)
{
    struct labelling labelling = {rq, subjects, count, 0, say};
    TRY(db_each(rq->db, sql, DB_VALUES(DB_TEXT(process_subject_ids(rq->pool, subjects, count)), DB_INT(rq->place.org)), take_label, &labelling));
    if (labelling.found < count)
        return nerr_raise(ERROR_NOT_FOUND, "%zu of %zu subjects are not of organisation %lld: %.200s", count - labelling.found, count,
                          (long long)rq->place.org, sql);
    return STATUS_OK;
}

NEOERR *process_rows_label(struct process_run *run)
{
    if (process_rows(run) == NULL || run->subject_count == 0 || run->subjects[0].label != NULL)
        return STATUS_OK;
    return nerr_pass(process_rows(run)->label(run->rq, run->subjects, run->subject_count));
}

/* ---- the values of the row fields ---- */

static size_t count_fields(const struct process_rows *rows)
{
    size_t count = 0;
    while (rows->fields != NULL && rows->fields[count].name != NULL)
        count++;
    return count;
}

/* The choices of a row field follow from the fields above: gathered once for all rows. */
static NEOERR *choices_of(struct process_run *run, const struct field *field, struct choice_set **set)
{
    size_t at = (size_t)(field - run->row_form->fields);
    *set = &run->row_choices[at];
    return (*set)->rows != NULL ? STATUS_OK : nerr_pass(choice_gather(run->form, &process_rows(run)->fields[at], *set));
}

static NEOERR *kept_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct choice_set *set;
    TRY(choices_of(form->detail, field, &set));
    for (size_t i = 0; i < set->count; i++)
        TRY(add(form, set->rows[i]));
    return STATUS_OK;
}

static NEOERR *make_row_form(struct process_run *run)
{
    const struct process_rows *rows = process_rows(run);
    size_t count = count_fields(rows);
    struct field *fields = pool_alloc(run->rq->pool, (count + 1) * sizeof *fields);
    for (size_t i = 0; i < count; i++) {
        fields[i] = rows->fields[i];
        if (fields[i].choices != NULL)
            fields[i].choices = kept_choices;
    }
    run->row_choices = pool_alloc(run->rq->pool, (count + 1) * sizeof *run->row_choices);
    TRY(form_data_new(run->rq, fields, &run->row_form));
    run->row_form->detail = run;
    return STATUS_OK;
}

/* One form serves all rows, one after another. */
NEOERR *process_row(struct process_run *run, const struct process_subject *subject, struct form_data **form)
{
    if (run->row_form == NULL)
        TRY(make_row_form(run));
    TRY(form_reset_errors(run->row_form));
    for (const struct field *field = run->row_form->fields; field->name != NULL; field++)
        TRY(form_set(run->row_form, field->name, ""));
    *form = run->row_form;
    return subject->packed == NULL ? STATUS_OK : nerr_pass(form_unpack(run->row_form, subject->packed));
}

static const char *process_row_input(struct pool *pool, const struct field *field, int64_t subject)
{
    return pool_printf(pool, "%s.%lld", field->name, (long long)subject);
}

static void keep_row(struct process_run *run, struct process_subject *subject)
{
    const char *packed = form_pack(run->row_form);
    if (strcmp(packed, subject->packed != NULL ? subject->packed : "") == 0)
        return;
    subject->packed = packed;
    subject->is_changed = true;
}

/* What was typed stays, right or wrong: the check says at the row what is wrong with it. */
static NEOERR *set_row(struct process_run *run, struct process_subject *subject, const char *(*name_of)(struct pool *, const struct field *, int64_t))
{
    struct form_data *form;
    TRY(process_row(run, subject, &form));
    for (const struct field *field = form->fields; field->name != NULL; field++) {
        const char *typed = http_get(&run->rq->posted, name_of(run->rq->pool, field, subject->id));
        if (typed != NULL)
            TRY(form_set(form, field->name, text_clean(run->rq->pool, typed, field->kind == FIELD_LINES)));
    }
    TRY(form_check(form));
    keep_row(run, subject);
    return STATUS_OK;
}

NEOERR *process_rows_read(struct process_run *run)
{
    if (process_rows(run) == NULL || process_rows(run)->fields == NULL)
        return STATUS_OK;
    for (size_t i = 0; i < run->subject_count; i++)
        TRY(set_row(run, &run->subjects[i], process_row_input));
    return STATUS_OK;
}

static const char *common_input(struct pool *pool, const struct field *field, int64_t subject)
{
    (void)pool;
    (void)subject;
    return field->name;
}

NEOERR *process_row_set(struct process_run *run, struct process_subject *subject)
{
    return nerr_pass(set_row(run, subject, common_input));
}

/* ---- rules ---- */

static NEOERR *check_row(struct process_run *run, struct process_subject *subject)
{
    struct form_data *form;
    TRY(process_row(run, subject, &form));
    TRY(form_check(form));
    HDF *error = hdf_obj_child(form->errors);
    subject->message = error != NULL ? pool_strdup(run->rq->pool, hdf_obj_value(error)) : NULL;
    return STATUS_OK;
}

static unsigned long count_faulty(const struct process_run *run)
{
    unsigned long faulty = 0;
    for (size_t i = 0; i < run->subject_count; i++)
        faulty += run->subjects[i].message != NULL;
    return faulty;
}

static NEOERR *judge(struct process_run *run)
{
    const struct process_rows *rows = process_rows(run);
    TRY(process_rows_label(run));
    return rows->judge == NULL || run->state > PROCESS_WAITING ? STATUS_OK : nerr_pass(rows->judge(run));
}

size_t process_outcome_count(const struct process_run *run, const char *outcome)
{
    size_t count = 0;
    for (size_t i = 0; i < run->subject_count; i++)
        count += run->subjects[i].outcome != NULL && strcmp(run->subjects[i].outcome, outcome) == 0;
    return count;
}

NEOERR *process_rows_check(struct process_run *run)
{
    const struct process_rows *rows = process_rows(run);
    if (rows == NULL)
        return STATUS_OK;
    if (run->subject_count == 0 && rows->seed == NULL)
        return nerr_pass(form_error(run->form, "", "%s", _("Nobody has been chosen")));
    if (run->is_confirmed && run->came_count + run->gone_count > 0)
        return nerr_pass(form_error(run->form, "", _("The list is not as it was shown: %zu came, %zu went. Look through it and press the button again"),
                                    run->came_count, run->gone_count));
    if (run->row_choices != NULL)
        memset(run->row_choices, 0, (count_fields(rows) + 1) * sizeof *run->row_choices);
    for (size_t i = 0; i < run->subject_count; i++)
        TRY(check_row(run, &run->subjects[i]));
    TRY(judge(run));
    if (rows->check != NULL)
        TRY(rows->check(run));
    unsigned long faulty = count_faulty(run);
    if (faulty == 1 && run->subject_count == 1)
        return nerr_pass(form_error(run->form, "", "%s", run->subjects[0].message));
    if (faulty > 0)
        return nerr_pass(form_error(run->form, "", n_("%lu line cannot be taken, see below", "%lu lines cannot be taken, see below", faulty), faulty));
    return STATUS_OK;
}

/* ---- showing ---- */

static int compare_ranks(const void *a, const void *b)
{
    const struct process_subject *const *left = a, *const *right = b;
    return ((*left)->rank > (*right)->rank) - ((*left)->rank < (*right)->rank);
}

/* In the order of their labels. */
struct process_subject **process_rows_ranked(struct process_run *run)
{
    struct process_subject **ranked = pool_alloc(run->rq->pool, (run->subject_count + 1) * sizeof *ranked);
    for (size_t i = 0; i < run->subject_count; i++)
        ranked[i] = &run->subjects[i];
    qsort(ranked, run->subject_count, sizeof *ranked, compare_ranks);
    return ranked;
}

/* An empty value is what the fields above say for all, unless the process says otherwise. */
const char *process_row_none(const struct process_run *run)
{
    const char *none = process_rows(run)->none;
    return none != NULL ? _(none) : _("as for all");
}

static NEOERR *words_of(struct process_run *run, const struct field *field, const char *value, const char **words)
{
    struct choice_set *set;
    *words = value;
    if (value[0] == '\0' || (field->choices == NULL && field->codes == NULL))
        return STATUS_OK;
    TRY(choices_of(run, field, &set));
    const struct choice *choice = choice_find(set, value);
    *words = choice != NULL ? choice->label : value;
    return STATUS_OK;
}

static NEOERR *cell_words(struct process_run *run, const struct field *field, const char **words)
{
    TRY(words_of(run, field, form_text(run->row_form, field->name), words));
    if ((*words)[0] == '\0')
        *words = process_row_none(run);
    return STATUS_OK;
}

NEOERR *process_row_words(struct process_run *run, const struct field *field, const char **words)
{
    const char *own = form_text(run->row_form, field->name);
    bool has_common = own[0] == '\0' && strncmp(field->name, PROCESS_OWN, strlen(PROCESS_OWN)) == 0;
    return nerr_pass(words_of(run, field, has_common ? form_text(run->form, field->name + strlen(PROCESS_OWN)) : own, words));
}

static NEOERR *show_cell(struct process_run *run, HDF *out, const struct process_subject *subject, const struct field *field, bool editable)
{
    struct pool *pool = run->rq->pool;
    const char *words;
    HDF *cell;
    TRY(view_append(out, "cells", &cell));
    TRY(cell_words(run, field, &words));
    if (!editable)
        return nerr_pass(view_set(cell, "words", words));
    TRY(form_show_input(run->row_form, field, cell));
    TRY(view_set(cell, "name", process_row_input(pool, field, subject->id)));
    TRY(view_setf(cell, "id", "field-%s", process_row_input(pool, field, subject->id)));
    TRY(view_set(cell, "none", process_row_none(run)));
    return nerr_pass(view_setf(cell, "spoken", "%s: %s", request_words(run->rq, field->label), subject->label));
}

static NEOERR *show_outcome(const struct process_run *run, const struct process_subject *subject, HDF *out)
{
    if (subject->outcome == NULL)
        return STATUS_OK;
    const char *name = code_name(process_rows(run)->outcomes, subject->outcome), *words = subject->outcome_words;
    return nerr_pass(view_setf(out, "outcome", "%s%s%s", name, words != NULL ? " " : "", words != NULL ? words : ""));
}

NEOERR *process_row_show(struct process_run *run, const char *under, const struct process_subject *subject, bool editable)
{
    struct request *rq = run->rq;
    const struct process_rows *rows = process_rows(run);
    struct form_data *form;
    HDF *out;
    TRY(view_append(rq->hdf, under, &out));
    for (size_t i = 0; rows->facts != NULL && rows->facts[i] != NULL; i++) {
        HDF *fact;
        TRY(view_append(out, "facts", &fact));
        TRY(view_set(fact, "value", subject->facts[i]));
    }
    TRY(show_outcome(run, subject, out));
    TRY(view_set_int(out, "id", subject->id));
    TRY(view_set(out, "label", subject->label));
    TRY(view_set(out, "message", subject->message));
    if (run->process->subject_route != NULL)
        TRY(view_set(out, "href", route_url(rq, run->process->subject_route, route_number(rq, subject->id))));
    TRY(process_row(run, subject, &form));
    for (const struct field *field = form->fields; process_is_of_many(run) && field->name != NULL; field++)
        TRY(show_cell(run, out, subject, field, editable));
    return STATUS_OK;
}

NEOERR *process_row_fields_show(struct process_run *run)
{
    const struct process_rows *rows = process_rows(run);
    const struct field *fields = rows->fields;
    TRY(view_set(run->rq->hdf, "Process.outcomes_shown", rows->judge != NULL ? "1" : NULL));
    for (size_t i = 0; rows->facts != NULL && rows->facts[i] != NULL; i++) {
        HDF *out;
        TRY(view_append(run->rq->hdf, "Process.row_facts", &out));
        TRY(view_set(out, "label", request_words(run->rq, rows->facts[i])));
    }
    for (; fields != NULL && fields->name != NULL; fields++) {
        HDF *out;
        TRY(view_append(run->rq->hdf, "Process.row_fields", &out));
        TRY(view_set(out, "label", request_words(run->rq, fields->label)));
    }
    return STATUS_OK;
}

static NEOERR *show_numbered(struct process_run *run, const struct process_subject *subject, int64_t number)
{
    TRY(process_row_show(run, "Process.apart.rows", subject, false));
    HDF *out = hdf_get_obj(run->rq->hdf, pool_printf(run->rq->pool, "Process.apart.rows.%lld", (long long)number - 1));
    return nerr_pass(view_set_int(out, "number", number));
}

/* The first of those that stand by themselves. */
static NEOERR *show_apart(struct process_run *run, struct process_subject **ranked)
{
    struct request *rq = run->rq;
    const struct process_rows *rows = process_rows(run);
    int64_t count = 0;
    if (rows->apart == NULL || run->state > PROCESS_WAITING)
        return STATUS_OK;
    for (size_t i = 0; i < run->subject_count; i++)
        if (rows->is_apart(ranked[i]) && ++count <= PROCESS_ROWS_SHOWN)
            TRY(show_numbered(run, ranked[i], count));
    TRY(view_set(rq->hdf, "Process.apart.title", request_words(rq, rows->apart)));
    return nerr_pass(view_set_int(rq->hdf, "Process.apart.count", count));
}

NEOERR *process_rows_show(struct process_run *run, bool editable)
{
    struct request *rq = run->rq;
    TRY(view_set_int(rq->hdf, "Process.row_count", (int64_t)run->subject_count));
    if (process_rows(run) == NULL)
        return STATUS_OK;
    TRY(view_set(rq->hdf, "Process.rows_listed", process_is_of_many(run) ? "1" : NULL));
    TRY(view_set(rq->hdf, "Process.rows_later", process_rows(run)->is_listed != NULL ? "1" : NULL));
    TRY(judge(run));
    TRY(process_row_fields_show(run));
    struct process_subject **ranked = process_rows_ranked(run);
    TRY(show_apart(run, ranked));
    if (run->id == 0 && process_rows(run)->seed == NULL)
        TRY(view_set(rq->hdf, "Process.subjects", process_subject_ids(rq->pool, run->subjects, run->subject_count)));
    if (run->subject_count > PROCESS_ROWS_SHOWN) {
        TRY(view_set(rq->hdf, "Process.rows_href", run->id != 0 ? route_url(rq, "process-rows", route_number(rq, run->id)) : NULL));
        return nerr_pass(view_set(rq->hdf, "Process.rows_edit", editable ? "1" : NULL));
    }
    for (size_t i = 0; i < run->subject_count; i++)
        TRY(process_row_show(run, "Process.rows", ranked[i], editable));
    return STATUS_OK;
}
