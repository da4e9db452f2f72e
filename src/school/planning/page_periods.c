/* page_periods.c: the periods of a school year, all in one table edited in place; the year as a strip; history. (PER-01…10) */
#include "school/planning/period.h"

#include "engine/audit.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/permissions.h"

#include <stdlib.h>
#include <string.h>

/* One period, as the history tells it. */
static const struct field fields[] = {
    {"kind", N_("Period name"), FIELD_CHOICE, REQUIRED, .codes = &period_kind_codes},
    {"starts_on", N_("Start date"), FIELD_DATE_PARTS, REQUIRED},
    {"ends_on", N_("End date"), FIELD_DATE_PARTS, REQUIRED},
    {0},
};
enum { KIND, STARTS_ON, ENDS_ON, FIELDS };

const struct form period_form = {
    .id = "period", .title = N_("Period"), .table = "period", .subject_kind = "period", .fields = fields, .see = &see_periods, .edit = &manage_periods,
};

/* The table as it stands on the page and in a post. */
struct sheet {
    struct request *rq;
    struct school_year year;
    struct periods stored, wanted;
    struct form_data *form;   /* of all rows */
    const char *held;         /* what refers to the period that was to be deleted */
    char *repeated_to;
    bool stale;
};

/* ---- the form of all rows ---- */

static NEOERR *year_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    for (int year = form->rq->place.year; year <= form->rq->place.year + 1; year++) {
        const char *digits = pool_printf(form->rq->pool, "%d", year);
        TRY(add(form, &(struct choice){.value = digits, .label = digits}));
    }
    return STATUS_OK;
}

static NEOERR *make_form(struct sheet *sheet)
{
    struct request *rq = sheet->rq;
    struct field *all = pool_alloc(rq->pool, (sheet->stored.count * FIELDS + 1) * sizeof *all);
    for (size_t i = 0; i < sheet->stored.count * FIELDS; i++) {
        all[i] = fields[i % FIELDS];
        all[i].name = period_field(rq, all[i].name, &sheet->stored.rows[i / FIELDS]);
        all[i].codes = NULL;
        all[i].choices = i % FIELDS == KIND ? period_kind_choices : year_choices;
    }
    return nerr_pass(form_data_new(rq, all, &sheet->form));
}

static const char *name_of(const struct sheet *sheet, size_t row, size_t field)
{
    return sheet->form->fields[row * FIELDS + field].name;
}

static NEOERR *fill_form(struct sheet *sheet, const struct periods *periods)
{
    for (size_t i = 0; i < periods->count; i++) {
        TRY(form_set(sheet->form, name_of(sheet, i, KIND), periods->rows[i].kind));
        TRY(form_set_date(sheet->form, name_of(sheet, i, STARTS_ON), periods->rows[i].starts_on));
        TRY(form_set_date(sheet->form, name_of(sheet, i, ENDS_ON), periods->rows[i].ends_on));
    }
    return STATUS_OK;
}

/* The rows and versions that a page was made of: another text means that somebody changed them meanwhile. */
static const char *state_of(struct request *rq, const struct periods *periods)
{
    const char *state = "";
    for (size_t i = 0; i < periods->count; i++)
        state = pool_printf(rq->pool, "%s%lld:%lld,", state, (long long)periods->rows[i].id, (long long)periods->rows[i].version);
    return state;
}

static bool is_stale(const struct sheet *sheet, const struct periods *now)
{
    return strcmp(state_of(sheet->rq, now), request_posted(sheet->rq, "state")) != 0;
}

/* ---- the page ---- */

static NEOERR *take_year(void *data, const struct db_row *row)
{
    struct request *rq = data;
    int year = (int)db_get_int(row, 0);
    HDF *out;
    TRY(view_append(rq->hdf, "Periods.years", &out));
    TRY(view_set(out, "label", i18n_school_year(rq->pool, year)));
    TRY(view_set(out, "current", year == rq->place.year ? "1" : NULL));
    return nerr_pass(view_set(out, "href", route_url_at(rq->pool, rq->place.org, year, (const char *const[]){"periods", NULL})));
}

static const char YEARS[] = "SELECT year FROM school_year WHERE org_id = ? ORDER BY year DESC";

static NEOERR *show_rows(const struct sheet *sheet)
{
    HDF *out;
    for (size_t i = 0; i < sheet->stored.count; i++) {
        TRY(view_append(sheet->rq->hdf, "Periods.rows", &out));
        TRY(view_set_int(out, "id", sheet->stored.rows[i].id));
        TRY(view_set(out, "label", code_name(&period_kind_codes, sheet->stored.rows[i].kind)));
        for (size_t field = 0; field < FIELDS; field++)
            TRY(view_set_int(out, fields[field].name, (int64_t)(i * FIELDS + field)));
    }
    return STATUS_OK;
}

static bool is_known(const struct sheet *sheet)
{
    struct date from, to;
    return calendar_known(sheet->year.year, "q1", &from, &to);
}

static NEOERR *show_form(const struct sheet *sheet)
{
    struct request *rq = sheet->rq;
    struct period next;
    TRY(form_show(sheet->form));
    TRY(show_rows(sheet));
    TRY(view_set(rq->hdf, "Periods.action", route_url(rq, "periods")));
    TRY(view_set(rq->hdf, "Periods.state", state_of(rq, &sheet->stored)));
    TRY(view_set(rq->hdf, "Periods.may_fill", sheet->stored.count == 0 && is_known(sheet) ? "1" : NULL));
    return nerr_pass(view_set(rq->hdf, "Periods.may_add", period_next(rq, &sheet->year, &sheet->stored, &next) ? "1" : NULL));
}

static NEOERR *begin_page(struct request *rq, struct response *rs, int status)
{
    rs->http.status = status;
    TRY(page_begin(rq, rs, "periods.cs", pool_printf(rq->pool, _("List of periods: %s"), i18n_school_year(rq->pool, rq->place.year))));
    TRY(page_crumb(rq, _("Periods"), NULL));
    TRY(page_menu(rq, "periods"));
    return nerr_pass(db_each(rq->db, YEARS, DB_VALUES(DB_INT(rq->place.org)), take_year, rq));
}

static NEOERR *show_page(const struct sheet *sheet, struct response *rs, int status)
{
    struct request *rq = sheet->rq;
    TRY(begin_page(rq, rs, status));
    if (request_may(rq, &manage_periods))
        TRY(show_form(sheet));
    TRY(strip_show(rq, &sheet->year, &sheet->stored));
    return nerr_pass(audit_show(rq, "period", sheet->year.year));
}

/* ---- writing ---- */

/* The history of a year tells which period it was, also when the name stayed. */
static NEOERR *record(struct db *db, struct request *rq, int year, const struct period *before, const struct period *after, const char *action)
{
    char was[2][DATE_ISO_SIZE], is[2][DATE_ISO_SIZE];
    int64_t audit;
    bool renamed = strcmp(before->kind, after->kind) != 0;
    date_to_iso(before->starts_on, was[0]), date_to_iso(before->ends_on, was[1]);
    date_to_iso(after->starts_on, is[0]), date_to_iso(after->ends_on, is[1]);
    TRY(audit_add(db, rq, "period", year, action, NULL, &audit));
    TRY(audit_field(db, rq, audit, &fields[KIND], renamed ? before->kind : "", after->kind));
    for (size_t i = 0; i < 2; i++)
        if (strcmp(was[i], is[i]) != 0)
            TRY(audit_field(db, rq, audit, &fields[STARTS_ON + i], was[i], is[i]));
    return STATUS_OK;
}

static const char ADD[] = "INSERT INTO period (org_id, year, kind, starts_on, ends_on) VALUES (?, ?, ?, ?, ?)";

/* Adds the next period that the year lacks, also to the wanted ones. */
static NEOERR *add_next(struct db *db, struct sheet *sheet)
{
    static const struct period none = {.kind = ""};
    struct request *rq = sheet->rq;
    struct period next;
    if (!period_next(rq, &sheet->year, &sheet->wanted, &next))
        return STATUS_OK;
    TRY(db_exec(db, ADD, DB_VALUES(DB_INT(rq->place.org), DB_INT(sheet->year.year), DB_TEXT(next.kind), DB_DATE(next.starts_on), DB_DATE(next.ends_on)),
                NULL, &next.id));
    sheet->wanted.rows[sheet->wanted.count++] = next;
    return nerr_pass(record(db, rq, sheet->year.year, &none, &next, "create"));
}

static NEOERR *add_known(struct db *db, struct sheet *sheet)
{
    size_t before;
    if (sheet->wanted.count > 0 || !is_known(sheet))
        return STATUS_OK;
    do {
        before = sheet->wanted.count;
        TRY(add_next(db, sheet));
    } while (sheet->wanted.count > before);
    return STATUS_OK;
}

static const char REMOVE[] = "DELETE FROM period WHERE org_id = ? AND id = ?";

static NEOERR *remove_period(struct db *db, struct sheet *sheet, const struct period *period)
{
    struct request *rq = sheet->rq;
    struct period none = {.kind = period->kind};
    TRY(reference_words(rq, "period", period->id, &sheet->held));
    if (sheet->held != NULL)
        return nerr_raise(ERROR_CONFLICT, "period %lld is referred to", (long long)period->id);
    TRY(db_exec(db, REMOVE, DB_VALUES(DB_INT(rq->place.org), DB_INT(period->id)), NULL, NULL));
    return nerr_pass(record(db, rq, sheet->year.year, period, &none, "delete"));
}

/* A name that another row gives away in the same post is free only when both are put aside. */
static const char PUT_ASIDE[] = "UPDATE period SET kind = id WHERE org_id = ? AND id = ?";
static const char SAVE[] = "UPDATE period SET version = version + 1, kind = ?, starts_on = ?, ends_on = ? WHERE org_id = ? AND id = ?";

static bool is_same(const struct period *a, const struct period *b)
{
    return strcmp(a->kind, b->kind) == 0 && date_compare(a->starts_on, b->starts_on) == 0 && date_compare(a->ends_on, b->ends_on) == 0;
}

static const struct period *stored_as(const struct sheet *sheet, const struct period *wanted)
{
    for (size_t i = 0; i < sheet->stored.count; i++)
        if (sheet->stored.rows[i].id == wanted->id)
            return &sheet->stored.rows[i];
    return NULL;
}

static NEOERR *save_changed(struct db *db, struct sheet *sheet)
{
    struct request *rq = sheet->rq;
    for (size_t i = 0; i < sheet->wanted.count; i++)
        if (strcmp(stored_as(sheet, &sheet->wanted.rows[i])->kind, sheet->wanted.rows[i].kind) != 0)
            TRY(db_exec(db, PUT_ASIDE, DB_VALUES(DB_INT(rq->place.org), DB_INT(sheet->wanted.rows[i].id)), NULL, NULL));
    for (size_t i = 0; i < sheet->wanted.count; i++) {
        const struct period *wanted = &sheet->wanted.rows[i], *stored = stored_as(sheet, wanted);
        if (is_same(stored, wanted))
            continue;
        TRY(db_exec(db, SAVE,
                    DB_VALUES(DB_TEXT(wanted->kind), DB_DATE(wanted->starts_on), DB_DATE(wanted->ends_on), DB_INT(rq->place.org), DB_INT(wanted->id)),
                    NULL, NULL));
        TRY(record(db, rq, sheet->year.year, stored, wanted, "edit"));
    }
    return STATUS_OK;
}

/* The period whose «Удалить» was pressed, 0 for none. */
static int64_t deleted_id(const struct request *rq)
{
    return strtoll(request_posted(rq, "delete"), NULL, 10);
}

/* What the form says, without the row that is to go. */
static void take_wanted(struct sheet *sheet)
{
    sheet->wanted.count = 0;
    for (size_t i = 0; i < sheet->stored.count; i++)
        if (sheet->stored.rows[i].id != deleted_id(sheet->rq))
            sheet->wanted.rows[sheet->wanted.count++] = (struct period){
                .id = sheet->stored.rows[i].id,
                .kind = form_text(sheet->form, name_of(sheet, i, KIND)),
                .starts_on = form_date(sheet->form, name_of(sheet, i, STARTS_ON)),
                .ends_on = form_date(sheet->form, name_of(sheet, i, ENDS_ON)),
            };
}

static const struct {
    const char *action;
    NEOERR *(*add)(struct db *db, struct sheet *sheet);
} additions[] = {{"add", add_next}, {"fill", add_known}};

static NEOERR *apply(struct db *db, void *data)
{
    struct sheet *sheet = data;
    struct request *rq = sheet->rq;
    struct periods now;
    bool repeated;
    sheet->stale = false;
    sheet->held = NULL;
    TRY(form_key_take(db, rq, &repeated, &sheet->repeated_to));
    if (repeated)
        return STATUS_OK;
    TRY(school_year_load(rq, rq->place.year, &sheet->year));
    TRY(periods_load(rq, rq->place.year, &now));
    sheet->stale = is_stale(sheet, &now);
    if (sheet->stale)
        return nerr_raise(ERROR_CONFLICT, "the periods of %d were changed meanwhile", rq->place.year);
    take_wanted(sheet);
    for (size_t i = 0; i < now.count; i++)
        if (now.rows[i].id == deleted_id(rq))
            TRY(remove_period(db, sheet, &now.rows[i]));
    TRY(save_changed(db, sheet));
    for (size_t i = 0; i < sizeof additions / sizeof additions[0]; i++)
        if (strcmp(request_posted(rq, "action"), additions[i].action) == 0)
            TRY(additions[i].add(db, sheet));
    return nerr_pass(form_key_result(db, rq, route_url(rq, "periods")));
}

/* ---- mine and theirs ---- */

static NEOERR *add_difference(struct sheet *sheet, size_t row, size_t field, const char *mine)
{
    struct request *rq = sheet->rq;
    const char *theirs = form_text(sheet->form, name_of(sheet, row, field));
    const struct field *as = &fields[field];
    HDF *out;
    if (strcmp(mine, theirs) == 0)
        return STATUS_OK;
    TRY(view_append(rq->hdf, "Form.conflict", &out));
    TRY(view_setf(out, "label", "%s, %s", code_name(&period_kind_codes, sheet->stored.rows[row].kind), _(as->label)));
    TRY(view_set(out, "mine", form_display(rq, as, mine)));
    return nerr_pass(view_set(out, "theirs", form_display(rq, as, theirs)));
}

/* The page anew, of what is there now, with the values that were posted where their rows still are. */
static NEOERR *show_conflict(struct sheet *sheet, struct response *rs)
{
    struct form_data *mine;
    TRY(periods_load(sheet->rq, sheet->year.year, &sheet->stored));
    TRY(make_form(sheet));
    mine = sheet->form;
    TRY(form_read(mine));
    TRY(make_form(sheet));
    TRY(fill_form(sheet, &sheet->stored));
    for (size_t i = 0; i < sheet->stored.count; i++) {
        if (http_get(&sheet->rq->posted, name_of(sheet, i, KIND)) == NULL)
            continue;
        for (size_t field = 0; field < FIELDS; field++) {
            const char *name = name_of(sheet, i, field);
            TRY(add_difference(sheet, i, field, form_text(mine, name)));
            TRY(form_set(sheet->form, name, form_text(mine, name)));
        }
    }
    TRY(form_error(sheet->form, "", "%s", _("The periods were changed meanwhile. Look at them and save again.")));
    return nerr_pass(show_page(sheet, rs, 409));
}

/* ---- the post ---- */

static NEOERR *check(struct sheet *sheet)
{
    TRY(form_read(sheet->form));
    if (sheet->form->error_count > 0)
        return STATUS_OK;
    take_wanted(sheet);
    for (size_t i = 0; i < sheet->wanted.count; i++)
        TRY(period_check(sheet->form, &sheet->year, &sheet->wanted, i));
    return STATUS_OK;
}

static NEOERR *post(struct sheet *sheet, struct response *rs)
{
    struct request *rq = sheet->rq;
    if (is_stale(sheet, &sheet->stored))
        return nerr_pass(show_conflict(sheet, rs));
    TRY(check(sheet));
    if (sheet->form->error_count > 0)
        return nerr_pass(show_page(sheet, rs, 422));
    NEOERR *error = db_run(rq->db, apply, sheet);
    if (error != STATUS_OK && sheet->stale && nerr_handle(&error, ERROR_CONFLICT))
        return nerr_pass(show_conflict(sheet, rs));
    if (error != STATUS_OK && sheet->held != NULL && nerr_handle(&error, ERROR_CONFLICT)) {
        TRY(form_error(sheet->form, "", _("The period cannot be deleted, it is in use: %s"), sheet->held));
        return nerr_pass(show_page(sheet, rs, 422));
    }
    TRY(error);
    return nerr_pass(response_redirect_with(rq, rs, route_url(rq, "periods"), "ok", deleted_id(rq) != 0 ? _("Deleted") : _("Saved")));
}

NEOERR *periods_page(struct request *rq, struct response *rs)
{
    struct sheet *sheet = pool_alloc(rq->pool, sizeof *sheet);
    *sheet = (struct sheet){.rq = rq};
    NEOERR *error = school_year_load(rq, rq->place.year, &sheet->year);
    if (error != STATUS_OK && nerr_handle(&error, ERROR_NOT_FOUND))
        return nerr_pass(begin_page(rq, rs, 200));
    TRY(error);
    TRY(periods_load(rq, rq->place.year, &sheet->stored));
    TRY(make_form(sheet));
    if (rq->http->method == HTTP_POST)
        return nerr_pass(post(sheet, rs));
    TRY(fill_form(sheet, &sheet->stored));
    return nerr_pass(show_page(sheet, rs, 200));
}
