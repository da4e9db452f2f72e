/* audit.c: who did what to which record, and how a card's «История» shows it. */
#include "engine/audit.h"

#include "engine/area.h"

#include <string.h>

enum { HISTORY_ACTIONS_MAX = 200 };

/* Actions that are no process; a process is called by its title. */
static const struct {
    const char *action, *words;
} actions[] = {
    {"create", N_("Created")},
    {"edit", N_("Changed")},
    {"delete", N_("Deleted")},
    {"import", N_("Imported")},
    {"cancel", N_("Cancelled by order")},
    {"grant", N_("Role given")},
    {"revoke", N_("Role ended")},
    {"slip", N_("Activation slip made")},
    {"activate", N_("Account activated")},
    {"password", N_("Password changed")},
    {"look", N_("Looked at")},
    {"sign-in", N_("Signed in")},
    {"sign-out", N_("Signed out")},
    {"block", N_("Account blocked")},
    {"unblock", N_("Account unblocked")},
};

/* ---- writing ---- */

static const char ADD[] =
    "INSERT INTO audit (org_id, at, account_id, request, address, subject_kind, subject_id, action, summary) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

NEOERR *audit_add(struct db *db, const struct request *rq, const char *subject_kind, int64_t subject, const char *action,
                  const char *summary, int64_t *id)
{
    static const struct request system = {0}; /* an operator's command: nobody's request */
    const struct request *by = rq == NULL ? &system : rq;
    const char *address = by->http == NULL ? NULL : by->http->remote_address;
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(DB_INT(by->place.org), DB_TIME(clock_now()), DB_ID(by->session.account),
                                       DB_TEXT(by->id[0] == '\0' ? NULL : by->id), DB_TEXT(address), DB_TEXT(subject_kind),
                                       DB_INT(subject), DB_TEXT(action), DB_TEXT(summary)),
                             NULL, id));
}

static const char ADD_ALL[] =
    "INSERT INTO audit (org_id, at, account_id, request, address, subject_kind, subject_id, action) "
    "SELECT ?, ?, ?, ?, ?, ?, s.id, ? FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s";

NEOERR *audit_add_all(struct db *db, const struct request *rq, const char *subject_kind, const char *subjects, const char *action)
{
    const char *address = rq->http == NULL ? NULL : rq->http->remote_address;
    return nerr_pass(db_exec(db, ADD_ALL,
                             DB_VALUES(DB_INT(rq->place.org), DB_TIME(clock_now()), DB_ID(rq->session.account), DB_TEXT(rq->id[0] == '\0' ? NULL : rq->id),
                                       DB_TEXT(address), DB_TEXT(subject_kind), DB_TEXT(action), DB_TEXT(subjects)),
                             NULL, NULL));
}

static const char ADD_FIELD[] =
    "INSERT INTO audit_field (org_id, audit_id, field, label, value_before, value_after) "
    "VALUES (?, ?, ?, ?, LEFT(?, 2000), LEFT(?, 2000))";

NEOERR *audit_field(struct db *db, const struct request *rq, int64_t audit, const struct field *field, const char *before, const char *after)
{
    bool is_hidden = (field->flags & PROTECTED) || field->kind == FIELD_PASSWORD;
    return nerr_pass(db_exec(db, ADD_FIELD,
                             DB_VALUES(DB_INT(rq == NULL ? 0 : rq->place.org), DB_INT(audit), DB_TEXT(field->name), DB_TEXT(field->label),
                                       DB_TEXT(is_hidden ? NULL : before), DB_TEXT(is_hidden ? NULL : after)),
                             NULL, NULL));
}

NEOERR *audit_difference(struct db *db, struct form_data *before, struct form_data *after, const char *subject_kind, int64_t subject,
                         const char *action)
{
    int64_t audit = 0;
    for (const struct field *field = after->fields; field->name != NULL; field++) {
        const char *was = form_text(before, field->name), *is = form_text(after, field->name);
        if (field->kind == FIELD_SHOWN || strcmp(was, is) == 0)
            continue;
        if (audit == 0)
            TRY(audit_add(db, after->rq, subject_kind, subject, action, NULL, &audit));
        TRY(audit_field(db, after->rq, audit, field, was, is));
    }
    return STATUS_OK;
}

/* ---- showing ---- */

struct last_change {
    struct request *rq;
    const char *who, *when;
};

static const char LAST_CHANGE[] =
    "SELECT CONCAT_WS(' ', person.surname, person.given, NULLIF(person.patronymic, '')), audit.at "
    "FROM audit "
    "LEFT JOIN account ON account.id = audit.account_id "
    "LEFT JOIN person ON person.id = account.person_id "
    "WHERE audit.org_id = ? AND audit.subject_kind = ? AND audit.subject_id = ? AND audit.action <> 'look' "
    "ORDER BY audit.id DESC "
    "LIMIT 1";

static NEOERR *take_last_change(void *data, const struct db_row *row)
{
    struct last_change *last = data;
    const char *who = db_get_or(row, 0, "");
    last->who = who[0] == '\0' ? _("The system") : pool_strdup(last->rq->pool, who);
    last->when = i18n_time(last->rq->pool, db_get_time(row, 1), last->rq->place.time_zone);
    return STATUS_OK;
}

NEOERR *audit_last_change(struct request *rq, const char *subject_kind, int64_t subject, const char **who, const char **when)
{
    struct last_change last = {.rq = rq};
    TRY(db_each(rq->db, LAST_CHANGE, DB_VALUES(DB_INT(rq->place.org), DB_TEXT(subject_kind), DB_INT(subject)), take_last_change, &last));
    *who = last.who;
    *when = last.when;
    return STATUS_OK;
}

struct history_field {
    const char *name, *label, *before, *after;
    int64_t audit;
    struct history_field *next;
};

struct history_action {
    int64_t id, at;
    const char *who, *action, *summary;
};

struct history {
    struct request *rq;
    const char *subject_kind;
    struct history_action actions[HISTORY_ACTIONS_MAX];
    size_t count;
    struct history_field *fields, **last;
};

static const char ACTIONS[] =
    "SELECT audit.id, audit.at, CONCAT_WS(' ', person.surname, person.given, NULLIF(person.patronymic, '')), audit.action, audit.summary "
    "FROM audit "
    "LEFT JOIN account ON account.id = audit.account_id "
    "LEFT JOIN person ON person.id = account.person_id "
    "WHERE audit.org_id = ? AND audit.subject_kind = ? AND audit.subject_id = ? "
    "ORDER BY audit.id DESC "
    "LIMIT ?";

static NEOERR *take_action(void *data, const struct db_row *row)
{
    struct history *history = data;
    struct pool *pool = history->rq->pool;
    history->actions[history->count++] = (struct history_action){
        .id = db_get_int(row, 0),
        .at = db_get_time(row, 1),
        .who = pool_strdup(pool, db_get_or(row, 2, "")),
        .action = pool_strdup(pool, db_get(row, 3)),
        .summary = pool_strdup(pool, db_get(row, 4)),
    };
    return STATUS_OK;
}

static const char FIELDS[] =
    "SELECT audit_field.audit_id, audit_field.field, audit_field.label, audit_field.value_before, audit_field.value_after "
    "FROM audit "
    "JOIN audit_field ON audit_field.org_id = audit.org_id AND audit_field.audit_id = audit.id "
    "WHERE audit.org_id = ? AND audit.subject_kind = ? AND audit.subject_id = ? AND audit.id >= ? "
    "ORDER BY audit_field.audit_id, audit_field.field";

static NEOERR *take_field(void *data, const struct db_row *row)
{
    struct history *history = data;
    struct pool *pool = history->rq->pool;
    struct history_field *field = pool_alloc(pool, sizeof *field);
    *field = (struct history_field){
        .audit = db_get_int(row, 0),
        .name = pool_strdup(pool, db_get(row, 1)),
        .label = pool_strdup(pool, db_get(row, 2)),
        .before = pool_strdup(pool, db_get(row, 3)),
        .after = pool_strdup(pool, db_get(row, 4)),
    };
    *history->last = field;
    history->last = &field->next;
    return STATUS_OK;
}

static const struct field *field_in(const struct field *fields, const char *name)
{
    for (; fields != NULL && fields->name != NULL; fields++)
        if (strcmp(fields->name, name) == 0)
            return fields;
    return NULL;
}

/* The row that says how a stored value is read; it may be gone in a later release: then the value is shown as it is. */
static const struct field *field_of(const char *subject_kind, const char *name)
{
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct form *const *form = (*area)->forms; form != NULL && *form != NULL; form++) {
            const struct field *field = strcmp((*form)->subject_kind, subject_kind) == 0 ? field_in((*form)->fields, name) : NULL;
            if (field != NULL)
                return field;
        }
    return NULL;
}

static const char *value_words(const struct history *history, const struct history_field *field, const char *value)
{
    const struct field *row = field_of(history->subject_kind, field->name);
    return row == NULL || value == NULL ? value : form_display(history->rq, row, value);
}

static const char *action_words(const struct history *history, const char *action)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(actions[i].action, action) == 0)
            return _(actions[i].words);
    const struct process *process = process_find(action);
    return process == NULL ? action : request_words(history->rq, process->title);
}

static NEOERR *show_action(const struct history *history, const struct history_action *action)
{
    struct request *rq = history->rq;
    HDF *out = NULL, *line = NULL;
    TRY(view_append(rq->hdf, "History", &out));
    TRY(view_set(out, "when", i18n_time(rq->pool, action->at, rq->place.time_zone)));
    TRY(view_set(out, "who", action->who[0] == '\0' ? _("The system") : action->who));
    TRY(view_set(out, "action", action_words(history, action->action)));
    TRY(view_set(out, "summary", action->summary));
    for (const struct history_field *field = history->fields; field != NULL; field = field->next) {
        if (field->audit != action->id)
            continue;
        TRY(view_append(out, "fields", &line));
        TRY(view_set(line, "label", request_words(rq, field->label)));
        TRY(view_set(line, "before", value_words(history, field, field->before)));
        TRY(view_set(line, "after", value_words(history, field, field->after)));
    }
    return STATUS_OK;
}

NEOERR *audit_show(struct request *rq, const char *subject_kind, int64_t subject)
{
    struct history *history = pool_alloc(rq->pool, sizeof *history);
    *history = (struct history){.rq = rq, .subject_kind = subject_kind, .last = &history->fields};
    TRY(db_each(rq->db, ACTIONS,
                DB_VALUES(DB_INT(rq->place.org), DB_TEXT(subject_kind), DB_INT(subject), DB_INT(HISTORY_ACTIONS_MAX)), take_action, history));
    if (history->count == 0)
        return STATUS_OK;
    TRY(db_each(rq->db, FIELDS,
                DB_VALUES(DB_INT(rq->place.org), DB_TEXT(subject_kind), DB_INT(subject), DB_INT(history->actions[history->count - 1].id)),
                take_field, history));
    for (size_t i = 0; i < history->count; i++)
        TRY(show_action(history, &history->actions[i]));
    return STATUS_OK;
}
