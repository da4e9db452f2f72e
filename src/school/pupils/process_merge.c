/* process_merge.c: two files of one human become one: the rows of the double go over to the file that is kept, its empty fields are
 * filled, and the double is withdrawn. What will happen is shown before. */
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/audit.h"
#include "school/permissions.h"

#include <string.h>

/* ---- which file is kept ---- */

static NEOERR *add_likely(void *data, const struct db_row *row)
{
    struct choice_adding *adding = data;
    struct pool *pool = adding->form->rq->pool;
    struct choice choice = {.value = db_get(row, 0)};
    choice.label = pool_printf(pool, "%s, %s, № %s", name_full(pool, db_get(row, 1), db_get(row, 2), db_get(row, 3)), i18n_date(pool, db_get_date(row, 4)),
                               db_get(row, 5));
    return nerr_pass(adding->add(adding->form, &choice));
}

static bool is_number(const char *text)
{
    return text[strspn(text, "0123456789")] == '\0';
}

static NEOERR *check_login(struct form_data *form, const struct field *field, const char *value)
{
    return is_number(value) ? STATUS_OK : nerr_pass(form_error(form, field->name, _("“%s”: a whole number in digits"), _(field->label)));
}

/* Letters cannot be compared with a number: they find nothing. */
static const char *typed_login(const struct form_data *form)
{
    const char *login = form_text(form, "keep_login");
    return is_number(login) ? login : "";
}

/* Files like this one, or with the number that was typed. */
static const char LIKELY[] =
    "SELECT p.id, p.surname, p.given, p.patronymic, p.born_on, h.login"
    " FROM pupil d"
    " JOIN pupil p ON p.org_id = d.org_id AND p.id <> d.id AND p.standing <> 'withdrawn'"
    " JOIN person h ON h.id = p.person_id"
    " WHERE d.org_id = ? AND d.id = ?"
    " AND (p.fold_key = d.fold_key OR (p.born_on = d.born_on AND (p.surname = d.surname OR p.given = d.given)) OR h.login = ?)"
    " ORDER BY p.sort_key LIMIT 20";

static NEOERR *keep_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    const struct process_run *run = form->detail;
    struct choice_adding adding = {form, add};
    (void)field;
    if (run == NULL || run->subject_count != 1)
        return STATUS_OK;
    return nerr_pass(db_each(form->rq->db, LIKELY,
                             DB_VALUES(DB_INT(form->rq->place.org), DB_INT(run->subjects[0].id), DB_TEXT(typed_login(form))), add_likely, &adding));
}

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"pupil", N_("The double"), FIELD_SHOWN},
    {"keep_login", N_("Number of the file that is kept"), FIELD_TEXT, .max = 12, .check = check_login, .hint = N_("When it is not among the likely ones below, or there are none")},
    {"keep", N_("The file that is kept"), FIELD_CHOICE, REQUIRED | RADIO, .choices = keep_choices, .depends = "keep_login"},
    {0},
};

/* ---- rules ---- */

static const char IS_MOVED[] =
    "SELECT 1 FROM pupil WHERE org_id = ? AND id = ? AND standing <> 'registered'";

static NEOERR *check_rows(struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t one;
    bool is_moved;
    if (run->subject_count > 1)
        return nerr_pass(form_error(run->form, "", "%s", _("Files are merged one by one")));
    TRY(db_number(rq->db, IS_MOVED, DB_VALUES(DB_INT(rq->place.org), DB_INT(run->subjects[0].id)), &one, &is_moved));
    if (is_moved)
        TRY(form_error(run->form, "", "%s", _("This file has movements by order and is kept: open the other one and merge it into this")));
    return STATUS_OK;
}

/* ---- what goes over ---- */

#define GOES_OVER(table, label) \
    {label, "SELECT COUNT(*) FROM " #table " WHERE org_id = ? AND pupil_id = ?", "UPDATE " #table " SET pupil_id = ? WHERE org_id = ? AND pupil_id = ?"}

static const struct {
    const char *label, *count, *move;
} tables[] = {
    GOES_OVER(pupil_document, N_("Documents")), GOES_OVER(pupil_social, N_("Social passport")), GOES_OVER(pupil_health, N_("Health")),
    GOES_OVER(pupil_achievement, N_("Achievements")), GOES_OVER(paper, N_("Papers issued")), GOES_OVER(application, N_("Applications for admission")),
    GOES_OVER(correction, N_("Corrections of contacts")), GOES_OVER(meal, N_("Free meals")),
};

static const char COUNT_FAMILY[] =
    "SELECT COUNT(*) FROM kinship k WHERE k.org_id = ? AND k.pupil_id = ? AND NOT EXISTS"
    " (SELECT 1 FROM kinship o WHERE o.org_id = k.org_id AND o.pupil_id = ? AND o.person_id = k.person_id)";
/* Who stands in both families stays in that of the double, too. */
static const char MOVE_FAMILY[] =
    "UPDATE kinship k LEFT JOIN kinship o ON o.org_id = k.org_id AND o.pupil_id = ? AND o.person_id = k.person_id"
    " SET k.pupil_id = ? WHERE k.org_id = ? AND k.pupil_id = ? AND o.id IS NULL";

static const struct form *const records[] = {&pupil_personal_form, &pupil_contacts_form, &pupil_education_form};

/* Only what a file itself has: the names are those of the file that is kept. */
static bool is_merged(const struct field *field)
{
    return field->kind != FIELD_SHOWN && (field->flags & (PROTECTED | REQUIRED)) == 0;
}

static NEOERR *load_record(struct request *rq, const struct form *form, int64_t pupil, struct form_data **data)
{
    TRY(form_data_new(rq, form->fields, data));
    (*data)->subject = pupil;
    return nerr_pass(form->load != NULL ? form->load(*data, pupil) : form_load_columns(form, *data, pupil));
}

static NEOERR *will_fill(struct process_run *run, const struct form *form, int64_t keep)
{
    struct request *rq = run->rq;
    struct form_data *kept, *left;
    TRY(load_record(rq, form, keep, &kept));
    TRY(load_record(rq, form, run->subjects[0].id, &left));
    for (const struct field *field = form->fields; field->name != NULL; field++) {
        const char *ours = form_text(kept, field->name), *theirs = form_text(left, field->name), *label = request_words(rq, field->label);
        if (!is_merged(field) || theirs[0] == '\0' || strcmp(ours, theirs) == 0)
            continue;
        if (ours[0] == '\0')
            TRY(process_will(run, _("%s: “%s” is taken over."), label, form_display(rq, field, theirs)));
        else
            TRY(process_will(run, _("%s: “%s” stays, “%s” is left in the double."), label, form_display(rq, field, ours), form_display(rq, field, theirs)));
    }
    return STATUS_OK;
}

static NEOERR *will(struct process_run *run)
{
    struct request *rq = run->rq;
    struct db_value org = DB_INT(rq->place.org), double_ = DB_INT(run->subject_count == 1 ? run->subjects[0].id : 0);
    int64_t keep = form_number(run->form, "keep"), count;
    if (keep == 0 || form_has_error(run->form, "keep") || run->subject_count != 1)
        return nerr_pass(process_will(run, "%s", _("Choose the file that is kept: what goes over to it is shown then.")));
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        TRY(db_number(rq->db, tables[i].count, DB_VALUES(org, double_), &count, NULL));
        if (count > 0)
            TRY(process_will(run, _("%s: %lld go over."), request_words(rq, tables[i].label), (long long)count));
    }
    TRY(db_number(rq->db, COUNT_FAMILY, DB_VALUES(org, double_, DB_INT(keep)), &count, NULL));
    if (count > 0)
        TRY(process_will(run, _("%s: %lld go over."), _("Family"), (long long)count));
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++)
        TRY(will_fill(run, records[i], keep));
    return nerr_pass(process_will(run, "%s", _("The double is withdrawn: it stays under “Registered by mistake”.")));
}

/* ---- writing ---- */

static NEOERR *fill(struct db *db, struct request *rq, const struct form *form, int64_t keep, int64_t double_)
{
    struct form_data *before, *after, *left;
    TRY(load_record(rq, form, keep, &before));
    TRY(load_record(rq, form, keep, &after));
    TRY(load_record(rq, form, double_, &left));
    for (const struct field *field = form->fields; field->name != NULL; field++)
        if (is_merged(field) && form_text(after, field->name)[0] == '\0')
            TRY(form_set(after, field->name, form_text(left, field->name)));
    TRY(form_save_columns(form, db, after, keep));
    return nerr_pass(audit_difference(db, before, after, "pupil", keep, "edit"));
}

/* The number that only the double knew is the kept person's. */
static const char IIN_OF[] =
    "SELECT h.iin FROM pupil p JOIN person h ON h.id = p.person_id WHERE p.org_id = ? AND p.id = ?";
static const char SET_IIN[] =
    "UPDATE pupil p JOIN person h ON h.id = p.person_id SET h.iin = ?, h.version = h.version + 1 WHERE p.org_id = ? AND p.id = ?";

static NEOERR *move_iin(struct db *db, struct request *rq, int64_t keep, int64_t double_)
{
    struct db_value org = DB_INT(rq->place.org);
    char *ours, *theirs;
    TRY(db_string(db, rq->pool, IIN_OF, DB_VALUES(org, DB_INT(keep)), &ours));
    TRY(db_string(db, rq->pool, IIN_OF, DB_VALUES(org, DB_INT(double_)), &theirs));
    if (ours != NULL || theirs == NULL)
        return STATUS_OK;
    TRY(db_exec(db, SET_IIN, DB_VALUES(DB_NULL, org, DB_INT(double_)), NULL, NULL));
    return nerr_pass(db_exec(db, SET_IIN, DB_VALUES(DB_TEXT(theirs), org, DB_INT(keep)), NULL, NULL));
}

static const char LOCK[] = "SELECT id FROM pupil WHERE org_id = ? AND id IN (?, ?) ORDER BY id FOR UPDATE";
static const char WITHDRAW[] =
    "UPDATE pupil SET standing = 'withdrawn', withdrawn_on = ?, merged_into = ?, version = version + 1 WHERE org_id = ? AND id = ? AND standing = 'registered'";

static NEOERR *apply(struct db *db, struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t keep = form_number(run->form, "keep"), double_ = run->subjects[0].id, changed;
    struct db_value org = DB_INT(rq->place.org), to = DB_INT(keep), from = DB_INT(double_);
    TRY(db_each(db, LOCK, DB_VALUES(org, to, from), NULL, NULL));
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        TRY(db_exec(db, tables[i].move, DB_VALUES(to, org, from), NULL, NULL));
    TRY(db_exec(db, MOVE_FAMILY, DB_VALUES(to, to, org, from), NULL, NULL));
    for (size_t i = 0; i < sizeof records / sizeof records[0]; i++)
        TRY(fill(db, rq, records[i], keep, double_));
    TRY(move_iin(db, rq, keep, double_));
    TRY(db_exec(db, WITHDRAW, DB_VALUES(DB_DATE(request_today(rq)), to, org, from), &changed, NULL));
    if (changed != 1)
        return nerr_raise(ERROR_CONFLICT, "pupil %lld was moved meanwhile", (long long)double_);
    const char *words = pool_printf(rq->pool, _("Merged into this file: %s"), run->subjects[0].label);
    TRY(audit_add(db, rq, "pupil", keep, "edit", words, NULL));
    TRY(pupil_roles_changed(db, rq->place.org, double_));
    return nerr_pass(pupil_roles_changed(db, rq->place.org, keep));
}

static NEOERR *done(struct process_run *run)
{
    return nerr_pass(process_next(run, _("Open the file"), route_url(run->rq, "pupil", form_text(run->form, "keep")), true));
}

static const struct process_rows rows = {.label = pupil_labels, .check = check_rows};

const struct process merge_pupils = {
    .id = "merge-pupils",
    .title = N_("Merging of two files of one person"),
    .subject_kind = "pupil",
    .subject_route = "pupil",
    .permission = &register_pupils,
    .steps = {{.id = "data", .title = N_("Filling in the data"), .submit = N_("Merge"), .kind = STEP_FORM, .fields = fields, .rows = &rows}},
    .menu = "contingent",
    .fallback_route = "contingent",
    .begin = pupil_begin,
    .apply = apply,
    .will = will,
    .done = done,
};
