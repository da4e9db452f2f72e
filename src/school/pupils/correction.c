/* correction.c: a parent proposes corrections of a pupil's contacts, the class teacher accepts or refuses them line by line. Nothing of
 * the file changes before that. */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/audit.h"
#include "engine/page.h"
#include "school/permissions.h"

#include <string.h>

/* ---- the lines ---- */

struct line {
    const char *value; /* proposed; NULL = nothing */
    const char *state; /* of the last one for the field */
};
struct lines {
    struct pool *pool;
    struct line rows[8];
    size_t count;
};
enum { LINES_MAX = 8 };

static size_t field_at(const char *name)
{
    size_t at = 0;
    while (pupil_contacts_form.fields[at].name != NULL && strcmp(pupil_contacts_form.fields[at].name, name) != 0)
        at++;
    return at;
}

static NEOERR *take_line(void *data, const struct db_row *row)
{
    struct lines *lines = data;
    size_t at = field_at(db_get(row, 0));
    if (at >= LINES_MAX || pupil_contacts_form.fields[at].name == NULL) /* a field that the form has no more */
        return STATUS_OK;
    lines->rows[at] = (struct line){pool_strdup(lines->pool, db_get(row, 1)), pool_strdup(lines->pool, db_get(row, 2))};
    lines->count += strcmp(lines->rows[at].state, "proposed") == 0;
    return STATUS_OK;
}

static const char LAST_LINES[] =
    "SELECT c.field, c.value, c.state FROM correction c WHERE c.org_id = ? AND c.pupil_id = ? AND c.state IN ('proposed', 'refused')"
    " AND c.id = (SELECT MAX(o.id) FROM correction o WHERE o.org_id = c.org_id AND o.pupil_id = c.pupil_id AND o.field = c.field)";

static NEOERR *load_lines(struct request *rq, int64_t pupil, struct lines *lines)
{
    *lines = (struct lines){.pool = rq->pool};
    return nerr_pass(db_each(rq->db, LAST_LINES, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil)), take_line, lines));
}

/* ---- proposing ---- */

static NEOERR *propose_scope(struct request *rq, int64_t id, bool edit)
{
    (void)edit;
    return nerr_pass(pupil_check_scope(rq, &propose_corrections, id));
}

static NEOERR *load_contacts(struct form_data *form, int64_t id)
{
    return nerr_pass(form_load_columns(&pupil_contacts_form, form, id));
}

static const char REPLACE[] =
    "UPDATE correction SET state = 'replaced' WHERE org_id = ? AND pupil_id = ? AND field = ? AND state = 'proposed'";
static const char PROPOSE[] =
    "INSERT INTO correction (org_id, pupil_id, field, value, proposed_at, proposed_by) VALUES (?, ?, ?, ?, ?, ?)";

/* A line for each value that is not what stands in the file; a line that waits is replaced by the newer one. */
static NEOERR *save_proposal(struct db *db, struct form_data *form, int64_t id)
{
    struct request *rq = form->rq;
    struct form_data *now;
    TRY(form_data_new(rq, form->fields, &now));
    TRY(form_load_columns(&pupil_contacts_form, now, id));
    for (const struct field *field = form->fields; field->name != NULL; field++) {
        const char *value = form_text(form, field->name);
        if (strcmp(value, form_text(now, field->name)) == 0)
            continue;
        TRY(db_exec(db, REPLACE, DB_VALUES(DB_INT(rq->place.org), DB_INT(id), DB_TEXT(field->name)), NULL, NULL));
        TRY(db_exec(db, PROPOSE,
                    DB_VALUES(DB_INT(rq->place.org), DB_INT(id), DB_TEXT(field->name), DB_TEXT(value), DB_TIME(clock_now()), DB_INT(rq->session.account)),
                    NULL, NULL));
    }
    return STATUS_OK;
}

const struct form contacts_proposal_form = {
    .id = "contacts-proposal", .title = N_("Corrections of contacts"), .table = "pupil", .subject_kind = "correction", .fields = pupil_contact_fields,
    .see = &see_contingent, .edit = &propose_corrections, .load = load_contacts, .save = save_proposal, .scope = propose_scope,
};

/* ---- deciding: form->detail is the lines ---- */

static bool is_proposed(const struct form_data *form, const char *name)
{
    const struct lines *lines = form->detail;
    size_t at = field_at(name);
    return lines != NULL && lines->rows[at].value != NULL && strcmp(lines->rows[at].state, "proposed") == 0;
}

/* The new value, or the one that stands in the file. */
static NEOERR *line_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    const struct lines *lines = form->detail;
    struct request *rq = form->rq;
    size_t at = field_at(field->name);
    struct form_data *now;
    if (!is_proposed(form, field->name))
        return STATUS_OK;
    TRY(form_data_new(rq, pupil_contact_fields, &now));
    TRY(form_load_columns(&pupil_contacts_form, now, form->subject));
    const char *after = form_display(rq, &pupil_contact_fields[at], lines->rows[at].value);
    const char *before = form_display(rq, &pupil_contact_fields[at], form_text(now, field->name));
    const struct choice accept = {.value = "accept", .label = pool_printf(rq->pool, _("Accept: %s"), after[0] != '\0' ? after : "–")};
    const struct choice refuse = {.value = "refuse", .label = pool_printf(rq->pool, _("Keep: %s"), before[0] != '\0' ? before : "–")};
    TRY(add(form, &accept));
    return nerr_pass(add(form, &refuse));
}

#define WHEN_PROPOSED(name) static bool name##_is_proposed(const struct form_data *form) { return is_proposed(form, #name); }
WHEN_PROPOSED(reg_territory_id)
WHEN_PROPOSED(reg_address)
WHEN_PROPOSED(territory_id)
WHEN_PROPOSED(address)
WHEN_PROPOSED(phone)
WHEN_PROPOSED(email)

#define LINE(name, label) {#name, label, FIELD_CHOICE, REQUIRED | RADIO, .choices = line_choices, .column = "", .when = name##_is_proposed}
/* Who comes too late, from an old link, is told so. */
static bool nothing_is_proposed(const struct form_data *form)
{
    const struct lines *lines = form->detail;
    return lines != NULL && lines->count == 0;
}

static const struct field decision_fields[] = {
    {"nothing", N_("Corrections of contacts"), FIELD_SHOWN, .when = nothing_is_proposed},
    LINE(reg_territory_id, N_("Registered in")),
    LINE(reg_address, N_("Address of registration")),
    LINE(territory_id, N_("Lives in")),
    LINE(address, N_("Address")),
    LINE(phone, N_("Phone")),
    LINE(email, N_("E-mail")),
    {0},
};

static NEOERR *load_decision(struct form_data *form, int64_t id)
{
    struct lines *lines = pool_alloc(form->rq->pool, sizeof *lines);
    TRY(load_lines(form->rq, id, lines));
    form->detail = lines;
    TRY(form_load_columns(&corrections_form, form, id));
    return nerr_pass(form_set(form, "nothing", _("None waits for a decision.")));
}

static const char DECIDE[] =
    "UPDATE correction SET state = ?, decided_at = ?, decided_by = ? WHERE org_id = ? AND pupil_id = ? AND field = ? AND state = 'proposed'";

static NEOERR *decide(struct db *db, struct form_data *form, int64_t id, struct form_data *after)
{
    const struct lines *lines = form->detail;
    struct request *rq = form->rq;
    for (size_t at = 0; pupil_contact_fields[at].name != NULL; at++) {
        const char *name = pupil_contact_fields[at].name;
        bool is_accepted = strcmp(form_text(form, name), "accept") == 0;
        if (!is_proposed(form, name))
            continue;
        if (is_accepted)
            TRY(form_set(after, name, lines->rows[at].value));
        TRY(db_exec(db, DECIDE,
                    DB_VALUES(DB_TEXT(is_accepted ? "accepted" : "refused"), DB_TIME(clock_now()), DB_INT(rq->session.account), DB_INT(rq->place.org),
                              DB_INT(id), DB_TEXT(name)),
                    NULL, NULL));
    }
    return STATUS_OK;
}

static NEOERR *save_decision(struct db *db, struct form_data *form, int64_t id)
{
    struct request *rq = form->rq;
    struct form_data *before, *after;
    TRY(form_data_new(rq, pupil_contact_fields, &before));
    TRY(form_data_new(rq, pupil_contact_fields, &after));
    TRY(form_load_columns(&pupil_contacts_form, before, id));
    TRY(form_load_columns(&pupil_contacts_form, after, id));
    TRY(decide(db, form, id, after));
    TRY(form_save_columns(&pupil_contacts_form, db, after, id));
    return nerr_pass(audit_difference(db, before, after, "pupil", id, "edit"));
}

static NEOERR *decide_scope(struct request *rq, int64_t id, bool edit)
{
    (void)edit;
    return nerr_pass(pupil_check_scope(rq, &edit_pupils, id));
}

const struct form corrections_form = {
    .id = "corrections", .title = N_("Corrections of contacts"), .table = "pupil", .subject_kind = "correction", .fields = decision_fields,
    .see = &see_contingent, .edit = &edit_pupils, .load = load_decision, .save = save_decision, .scope = decide_scope,
};

/* ---- the tab of contacts ---- */

NEOERR *corrections_show(struct request *rq, int64_t pupil)
{
    const char *id = route_number(rq, pupil);
    struct lines lines;
    TRY(load_lines(rq, pupil, &lines));
    for (size_t at = 0; at < LINES_MAX && pupil_contact_fields[at].name != NULL; at++) {
        const struct line *line = &lines.rows[at];
        if (line->value == NULL)
            continue;
        const char *words = strcmp(line->state, "proposed") == 0 ? _("%s, proposed") : _("%s, not accepted");
        TRY(form_fact(rq, pool_printf(rq->pool, words, _(pupil_contact_fields[at].label)), form_display(rq, &pupil_contact_fields[at], line->value)));
    }
    if (request_may(rq, &propose_corrections))
        TRY(page_operation(rq, _("Propose corrections"), route_url(rq, "contacts-propose", id)));
    if (lines.count == 0 || !request_may(rq, &edit_pupils))
        return STATUS_OK;
    return nerr_pass(page_action(rq, _("Decide on corrections"), route_url(rq, "contacts-corrections", id), "check-circle", true));
}

/* ---- tasks ---- */

struct tasks {
    struct request *rq;
    task_add_fn *add;
    size_t limit, *count;
};

static NEOERR *add_task(void *data, const struct db_row *row)
{
    struct tasks *tasks = data;
    struct request *rq = tasks->rq;
    ++*tasks->count;
    if (tasks->add == NULL || *tasks->count > tasks->limit)
        return STATUS_OK;
    const char *text = pool_printf(rq->pool, "%s: %s", _("Corrections of contacts"), name_full(rq->pool, db_get(row, 1), db_get(row, 2), db_get(row, 3)));
    return nerr_pass(tasks->add(rq, &(struct task){text, .since = db_get_time(row, 4), .address = route_url(rq, "contacts-corrections", db_get(row, 0)),
                                                   .button = _("Open")}));
}

/* Class heads have those of their own classes, the office those of pupils whom nobody leads. */
static const char PROPOSED[] =
    "SELECT p.id, p.surname, p.given, p.patronymic, MIN(r.proposed_at)"
    " FROM correction r JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id"
    " WHERE r.org_id = ? AND r.state = 'proposed'"
    " AND (EXISTS (SELECT 1 FROM class_head d WHERE d.org_id = p.org_id AND d.class_id = p.class_id AND d.person_id = ?"
    "   AND d.valid_from <= ? AND (d.valid_to IS NULL OR d.valid_to >= ?))"
    "  OR (? AND NOT EXISTS (SELECT 1 FROM class_head d WHERE d.org_id = p.org_id AND d.class_id = p.class_id"
    "   AND d.valid_from <= ? AND (d.valid_to IS NULL OR d.valid_to >= ?))))"
    " GROUP BY p.id ORDER BY MIN(r.proposed_at) LIMIT 1000";

NEOERR *corrections_find(struct request *rq, size_t limit, size_t *count, task_add_fn *add)
{
    struct tasks tasks = {rq, add, *count + limit, count};
    struct db_value today = DB_DATE(request_today(rq));
    bool is_office = (request_scopes(rq, &edit_pupils) & (SCOPE_ORGANISATION | SCOPE_ALL)) != 0;
    return nerr_pass(db_each(rq->db, PROPOSED,
                             DB_VALUES(DB_INT(rq->place.org), DB_INT(rq->session.person), today, today, DB_INT(is_office), today, today), add_task, &tasks));
}
