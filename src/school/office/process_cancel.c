/* process_cancel.c: «Отмена приказа»: an executed order is undone by another one. Its rows stay in the ledgers, with rows beside them that
 * void them; what came after it and depends on it has to be cancelled first. */
#include "school/office/order.h"

#include "engine/page.h"
#include "school/permissions.h"

#include <string.h>

enum { DEPENDENTS_SHOWN = 5, UNDONE_SHOWN = 10 };

/* ---- every ledger ---- */

static NEOERR *each_dependent(struct request *rq, int64_t order, ledger_tell_fn *tell, void *data)
{
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct ledger *const *ledger = (*area)->ledgers; ledger != NULL && *ledger != NULL; ledger++)
            TRY((*ledger)->dependents(rq, order, DEPENDENTS_SHOWN + 1, tell, data));
    return STATUS_OK;
}

static NEOERR *each_undone(struct request *rq, int64_t order, ledger_tell_fn *tell, void *data)
{
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct ledger *const *ledger = (*area)->ledgers; ledger != NULL && *ledger != NULL; ledger++)
            TRY((*ledger)->undone(rq, order, UNDONE_SHOWN + 1, tell, data));
    return STATUS_OK;
}

/* ---- the order as a subject ---- */

static void say_label(struct request *rq, struct process_subject *subject, const struct db_row *row)
{
    subject->label = order_words(rq, db_get(row, 1), db_get_date(row, 2));
}

static const char LABELS[] =
    "SELECT o.id, o.number, o.dated FROM " PROCESS_SUBJECTS " STRAIGHT_JOIN school_order o ON o.org_id = ? AND o.id = s.id AND o.state = 'signed'";

static NEOERR *labels(struct request *rq, struct process_subject *orders, size_t count)
{
    return nerr_pass(process_subjects_label(rq, orders, count, LABELS, say_label));
}

/* ---- rules ---- */

struct dependents {
    struct pool *pool;
    const char *words;
    int count;
};

static NEOERR *add_dependent(void *data, const char *words)
{
    struct dependents *dependents = data;
    if (++dependents->count > DEPENDENTS_SHOWN + 1)
        return STATUS_OK;
    const char *more = dependents->count > DEPENDENTS_SHOWN ? "…" : words;
    dependents->words = pool_printf(dependents->pool, "%s%s%s", dependents->words, dependents->count > 1 ? "; " : "", more);
    return STATUS_OK;
}

static NEOERR *count_undone(void *data, const char *words)
{
    int *count = data;
    (void)words;
    ++*count;
    return STATUS_OK;
}

static const char KIND[] = "SELECT kind FROM school_order WHERE org_id = ? AND id = ?";
static const char CANCELLED_BY[] = "SELECT number FROM school_order WHERE org_id = ? AND cancels_id = ? LIMIT 1";

static NEOERR *refusal(struct process_run *run, int64_t order, const char **words)
{
    struct request *rq = run->rq;
    struct dependents dependents = {.pool = rq->pool, .words = ""};
    const struct db_value *key = DB_VALUES(DB_INT(rq->place.org), DB_INT(order));
    char *kind, *by;
    int undone = 0;
    TRY(db_string(rq->db, rq->pool, KIND, key, &kind));
    TRY(db_string(rq->db, rq->pool, CANCELLED_BY, key, &by));
    TRY(each_undone(rq, order, count_undone, &undone));
    TRY(each_dependent(rq, order, add_dependent, &dependents));
    *words = NULL;
    if (strcmp(kind, "cancel") == 0)
        *words = _("This order cancels another one: it is not cancelled itself, a new order is made instead");
    else if (by != NULL)
        *words = pool_printf(rq->pool, _("The order is cancelled already by order № %s"), by);
    else if (undone == 0)
        *words = _("The order has moved nobody: there is nothing to undo");
    else if (dependents.count > 0)
        *words = pool_printf(rq->pool, _("Cancel first what depends on this order: %s"), dependents.words);
    return STATUS_OK;
}

static NEOERR *check_rows(struct process_run *run)
{
    for (size_t i = 0; i < run->subject_count; i++)
        TRY(refusal(run, run->subjects[i].id, &run->subjects[i].message));
    return STATUS_OK;
}

static const char DATED[] = "SELECT dated FROM school_order WHERE org_id = ? AND id = ?";

static NEOERR *check(struct process_run *run)
{
    struct request *rq = run->rq;
    struct date dated, date = form_date(run->form, "order_date");
    char *iso;
    if (run->subject_count != 1)
        return nerr_pass(form_error(run->form, "", "%s", _("Orders are cancelled one by one")));
    TRY(db_string(rq->db, rq->pool, DATED, DB_VALUES(DB_INT(rq->place.org), DB_INT(run->subjects[0].id)), &iso));
    if (iso != NULL && date_from_iso(iso, &dated) && date.year != 0 && date_compare(date, dated) < 0)
        TRY(form_error(run->form, "order_date", _("The order that is cancelled is of %s: the date is before it"), i18n_date(rq->pool, dated)));
    return nerr_pass(order_check(run));
}

static NEOERR *begin(struct process_run *run)
{
    struct request *rq = run->rq;
    TRY(form_set(run->form, "school", rq->place.name));
    TRY(process_rows_label(run));
    if (run->subject_count == 1) {
        TRY(form_set(run->form, "cancelled", run->subjects[0].label));
        TRY(form_set(run->form, "order_summary", pool_printf(rq->pool, _("On the cancellation: %s"), run->subjects[0].label)));
    }
    return nerr_pass(order_begin(run));
}

/* ---- writing ---- */

static const char LOCK[] = "SELECT id FROM school_order WHERE org_id = ? AND id = ? FOR UPDATE";
static const char SET_CANCELLED[] = "UPDATE school_order SET cancels_id = ? WHERE org_id = ? AND id = ?";

static NEOERR *apply(struct db *db, struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t order = run->subjects[0].id, locked;
    TRY(db_number(db, LOCK, DB_VALUES(DB_INT(rq->place.org), DB_INT(order)), &locked, NULL));
    TRY(order_take(db, run));
    TRY(db_exec(db, SET_CANCELLED, DB_VALUES(DB_INT(order), DB_INT(rq->place.org), DB_INT(run->order)), NULL, NULL));
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct ledger *const *ledger = (*area)->ledgers; ledger != NULL && *ledger != NULL; ledger++)
            TRY((*ledger)->cancel_order(rq, order, run->order));
    return STATUS_OK;
}

/* ---- words ---- */

struct previewing {
    struct process_run *run;
    int count;
};

static NEOERR *preview(void *data, const char *words)
{
    struct previewing *previewing = data;
    return nerr_pass(process_will(previewing->run, "%s", ++previewing->count > UNDONE_SHOWN ? "…" : words));
}

static NEOERR *will(struct process_run *run)
{
    struct previewing previewing = {run, 0};
    if (run->subject_count == 1)
        TRY(each_undone(run->rq, run->subjects[0].id, preview, &previewing));
    TRY(process_will(run, "%s", _("The rows of the order stay in the book of movement, marked as cancelled.")));
    return nerr_pass(order_will(run));
}

static NEOERR *done(struct process_run *run)
{
    struct request *rq = run->rq;
    TRY(process_next(run, _("Open the order"), route_url(rq, "order", route_number(rq, run->order)), true));
    return nerr_pass(process_next(run, _("The cancelled order"), route_url(rq, "order", route_number(rq, run->subjects[0].id)), false));
}

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"cancelled", N_("Order to cancel"), FIELD_SHOWN},
    ORDER_FIELDS,
    {0},
};

static const struct process_rows rows = {.label = labels, .check = check_rows};
static const struct order_series series = {"contingent", "cancel"};

const struct process cancel_order = {
    .id = "cancel-order",
    .title = N_("Cancellation of an order"),
    .subject_kind = "order",
    .subject_route = "order",
    .permission = &move_pupils,
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Cancel the order"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &series,
    .menu = "contingent",
    .fallback_route = "orders",
    ORDER_PROCESS,
    .begin = begin, .check = check, .apply = apply, .will = will, .done = done,
};
