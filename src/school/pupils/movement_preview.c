/* movement_preview.c: a back-dated order changes lists of dates that have passed: for each pupil the class before and after, until the next
 * row of the ledger, and how many there are in the classes on that day. Nothing of it is stored. */
#include "school/pupils/process_movement.h"

#include "school/codes.h"
#include "school/pupils/class.h"

#include <string.h>

enum { CLASSES_MAX = 400, STOP_AFTER_DAYS = 14 };

/* A class and what the order does to it. */
struct total {
    int64_t id;
    const char *label;
    int going, coming;
};
struct totals {
    struct total rows[CLASSES_MAX];
    size_t count;
};

/* The class by its id, loaded once; the first row stands for none. */
static NEOERR *find_total(struct request *rq, struct totals *totals, int64_t id, struct total **out)
{
    struct class class;
    size_t at = 0;
    while (at < totals->count && totals->rows[at].id != id)
        at++;
    *out = &totals->rows[at < CLASSES_MAX ? at : CLASSES_MAX - 1];
    if (at < totals->count || at == CLASSES_MAX)
        return STATUS_OK;
    if (id != 0)
        TRY(class_load(rq, id, &class));
    totals->rows[totals->count++] = (struct total){.id = id, .label = id != 0 ? class.label : request_words(rq, N_("in no class"))};
    return STATUS_OK;
}

static const char *what_follows(struct request *rq, const struct movement_place *place)
{
    return place->later.year == 0 ? "" : pool_printf(rq->pool, "%s, %s", code_name(&movement_kind_codes, place->later_kind), i18n_date(rq->pool, place->later));
}

static NEOERR *show_change(struct process_run *run, const struct movement_change *change, struct totals *totals)
{
    struct request *rq = run->rq;
    struct total *before, *after;
    TRY(find_total(rq, totals, change->place.class, &before));
    before->going++;
    TRY(find_total(rq, totals, change->to_class, &after));
    after->coming++;
    return nerr_pass(process_change(run, &(struct process_change){
        .who = change->who, .from = order_day(run), .until = change->place.later, .before = before->label, .after = after->label,
        .then = what_follows(rq, &change->place),
    }));
}

static const char COUNT_ON[] =
    "SELECT COUNT(*) FROM membership WHERE org_id = ? AND class_id = ? AND from_on <= ? AND (to_on IS NULL OR to_on > ?)";

static NEOERR *show_total(struct process_run *run, const struct total *total)
{
    struct request *rq = run->rq;
    struct db_value day = DB_DATE(order_day(run));
    int64_t now;
    if (total->id == 0 || total->going == total->coming)
        return STATUS_OK;
    TRY(db_number(rq->db, COUNT_ON, DB_VALUES(DB_INT(rq->place.org), DB_INT(total->id), day, day), &now, NULL));
    return nerr_pass(process_change_total(run, pool_printf(rq->pool, _("%s on %s: %d, not %d"), total->label, i18n_date(rq->pool, order_day(run)),
                                                           (int)now + total->coming - total->going, (int)now)));
}

/* Does it change any date that has passed, or what later rows begin with? */
static bool is_back_dated(const struct process_run *run, const struct movement_change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (changes[i].place.later.year != 0)
            return true;
    return date_compare(order_day(run), request_today(run->rq)) < 0;
}

NEOERR *movement_show_changes(struct process_run *run, const struct movement_change *changes, size_t count)
{
    struct totals *totals = pool_alloc(run->rq->pool, sizeof *totals);
    if (order_day(run).year == 0 || !is_back_dated(run, changes, count))
        return STATUS_OK;
    totals->count = 0;
    for (size_t i = 0; i < count; i++)
        TRY(show_change(run, &changes[i], totals));
    for (size_t i = 0; i < totals->count; i++)
        TRY(show_total(run, &totals->rows[i]));
    return STATUS_OK;
}

NEOERR *movement_preview(struct process_run *run)
{
    const struct movement_rule *rule = run->process->detail;
    struct movement_change *changes = pool_alloc(run->rq->pool, (run->subject_count + 1) * sizeof *changes);
    struct movement_place *places;
    size_t count = 0;
    if (order_day(run).year == 0)
        return STATUS_OK;
    TRY(movement_places(run, rule->kind, order_day(run), &places));
    for (size_t i = 0; i < run->subject_count; i++) {
        struct movement_change *change = &changes[count];
        *change = (struct movement_change){.who = run->subjects[i].label, .place = places[i]};
        TRY(movement_class(run, &run->subjects[i], &change->to_class));
        if (movement_stays(run, change->to_class))
            continue;
        if (rule->will_in_class != NULL && change->to_class == 0) /* none is chosen yet */
            return STATUS_OK;
        count++;
    }
    return nerr_pass(movement_show_changes(run, changes, count));
}

NEOERR *movement_warn_of_past(struct process_run *run, bool has_later)
{
    const struct movement_rule *rule = run->process->detail;
    const char *field = rule->orders.day, *day = i18n_date(run->rq->pool, order_day(run));
    if (run->process->preview == NULL || (!has_later && date_days_between(order_day(run), request_today(run->rq)) < STOP_AFTER_DAYS))
        return STATUS_OK;
    return nerr_pass(form_warn(run->form, form_text(run->form, field)[0] != '\0' ? field : "order_date",
                               _("It takes effect on %s and changes what lists say of dates that have passed: see below"), day));
}
