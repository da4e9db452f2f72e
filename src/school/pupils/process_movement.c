/* process_movement.c: see process_movement.h. */
#include "school/pupils/process_movement.h"

#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include <string.h>

static const struct movement_rule *rule_of(const struct process_run *run)
{
    return run->process->detail;
}

/* ---- where the pupils stand ---- */

struct standing {
    struct request *rq;
    const char *standing, *class; /* class: its label, "" = in none */
    struct date born;
    int grade;                    /* of the class, or the one registered for */
};

static NEOERR *take_standing(void *data, const struct db_row *row)
{
    struct standing *standing = data;
    standing->standing = pool_strdup(standing->rq->pool, db_get(row, 0));
    standing->class = class_label(standing->rq, db_get(row, 1));
    standing->born = db_get_date(row, 2);
    standing->grade = (int)db_get_int(row, 3);
    return STATUS_OK;
}

static const char STANDING[] =
    "SELECT p.standing, IF(c.id IS NULL, NULL, " CLASS_PACKED "), p.born_on, COALESCE(c.grade, p.grade)"
    " FROM pupil p"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " WHERE p.org_id = ? AND p.id = ?";

static NEOERR *load_standing(struct request *rq, int64_t pupil, struct standing *standing)
{
    *standing = (struct standing){.rq = rq};
    return nerr_pass(db_one(rq->db, STANDING, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil)), take_standing, standing));
}

static struct date effective_date(const struct process_run *run)
{
    struct date date = form_date(run->form, rule_of(run)->effective_field);
    return date.year != 0 ? date : form_date(run->form, "order_date");
}

/* ---- opening ---- */

static NEOERR *begin_class(struct process_run *run)
{
    struct request *rq = run->rq;
    const struct movement_rule *rule = rule_of(run);
    const char *summary = request_words(rq, rule->summary);
    int64_t id = request_query_number(rq, "class");
    struct class class;
    if (id != 0 && rule->summary_in_class != NULL) {
        TRY(class_load(rq, id, &class));
        TRY(form_set_number(run->form, "class", id));
        TRY(form_set_number(run->form, "grade", class.grade));
        summary = pool_printf(rq->pool, request_words(rq, rule->summary_in_class), class.label);
    }
    return nerr_pass(form_set(run->form, "order_summary", summary));
}

NEOERR *movement_begin(struct process_run *run)
{
    struct request *rq = run->rq;
    struct standing standing;
    char *label;
    TRY(form_set(run->form, "school", rq->place.name));
    if (run->subject_count > 0) {
        TRY(load_standing(rq, run->subjects[0], &standing));
        TRY(form_set_number(run->form, "grade", standing.grade));
    }
    if (run->subject_count == 1) {
        TRY(pupil_label(rq, run->subjects[0], &label));
        TRY(form_set(run->form, "pupil", label));
        TRY(form_set(run->form, "from_class", standing.class));
    }
    TRY(begin_class(run));
    return nerr_pass(order_begin(run));
}

/* ---- rules ---- */

/* Why somebody who stands elsewhere cannot be moved so. */
static const struct {
    const char *wanted, *stands, *words; /* words: msgid with %s for the pupil and, where there is a class, one for it */
} refusals[] = {
    {"registered", "enrolled", N_("%s is already in %s")},
    {"registered", "left", N_("%s has left: this needs a reinstatement")},
    {"enrolled", "registered", N_("%s is in no class yet: this needs an enrolment")},
    {"enrolled", "left", N_("%s has left already")},
    {"left", "registered", N_("%s is in no class yet: this needs an enrolment")},
    {"left", "enrolled", N_("%s is already in %s")},
};

static const char *refusal(const struct process_run *run, const char *label, const struct standing *standing)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (strcmp(refusals[i].wanted, rule_of(run)->standing) == 0 && strcmp(refusals[i].stands, standing->standing) == 0)
            return pool_printf(run->rq->pool, _(refusals[i].words), label, standing->class);
    return label;
}

/* What is wrong with the day is said at its field, or with many pupils at each of them. */
static NEOERR *refuse_day(struct process_run *run, const char *said, const char **words)
{
    const char *field = rule_of(run)->effective_field;
    if (run->subject_count > 1) {
        *words = said;
        return STATUS_OK;
    }
    return nerr_pass(form_error(run->form, form_text(run->form, field)[0] != '\0' ? field : "order_date", "%s", said));
}

/* A back-dated order finds its place among the rows that the ledger has. */
static NEOERR *check_place(struct process_run *run, int64_t pupil, const char *label, const char **words)
{
    struct request *rq = run->rq;
    struct movement movement = {.pupil = pupil, .kind = rule_of(run)->kind, .effective = effective_date(run)};
    struct movement_place place;
    const char *on = i18n_date(rq->pool, movement.effective), *said = NULL;
    TRY(movement_place(rq->db, rq->place.org, &movement, &place));
    if (place.fit == MOVEMENT_IS_OUTSIDE)
        said = pool_printf(rq->pool, request_words(rq, N_("%s was in no class on %s: choose a later date")), label, on);
    if (place.fit == MOVEMENT_IS_INSIDE)
        said = pool_printf(rq->pool, request_words(rq, N_("%s was still in a class on %s: choose a later date")), label, on);
    if (place.fit == MOVEMENT_UPSETS_LATER)
        said = pool_printf(rq->pool, _("%s: an order that takes effect on %s depends on where the pupil is then; choose a later date"), label,
                           i18n_date(rq->pool, place.later));
    if (said != NULL)
        return nerr_pass(refuse_day(run, said, words));
    if (place.class != 0 && place.class == form_number(run->form, "class"))
        *words = pool_printf(rq->pool, request_words(rq, N_("%s is in this class already")), label);
    return STATUS_OK;
}

static NEOERR *check_pupil(struct process_run *run, int64_t pupil, const char **words)
{
    struct standing standing;
    struct date effective = effective_date(run);
    char *label;
    *words = NULL;
    TRY(load_standing(run->rq, pupil, &standing));
    TRY(pupil_label(run->rq, pupil, &label));
    if (strcmp(standing.standing, rule_of(run)->standing) != 0) {
        *words = refusal(run, label, &standing);
        return STATUS_OK;
    }
    if (effective.year == 0)
        return STATUS_OK;
    if (standing.born.year != 0 && date_compare(effective, standing.born) < 0)
        return nerr_pass(refuse_day(run, pool_printf(run->rq->pool, _("%s: the date is before the birth date"), label), words));
    return nerr_pass(check_place(run, pupil, label, words));
}

const struct process_rows movement_rows = {.label = pupil_label, .check = check_pupil};

static NEOERR *chosen_class(struct process_run *run, struct class *class, bool *found)
{
    int64_t id = form_number(run->form, "class");
    *found = false;
    if (id == 0)
        return STATUS_OK;
    NEOERR *error = class_load(run->rq, id, class);
    if (nerr_handle(&error, ERROR_NOT_FOUND))
        return STATUS_OK;
    *found = error == STATUS_OK;
    return nerr_pass(error);
}

NEOERR *movement_check(struct process_run *run)
{
    struct form_data *form = run->form;
    struct class class;
    bool found;
    TRY(order_check(run));
    TRY(chosen_class(run, &class, &found));
    if (found && (class.grade != form_number(form, "grade") || class.year != run->rq->place.year))
        TRY(form_error(form, "class", "%s", request_words(run->rq, N_("The class is of another parallel: choose again"))));
    if (found && class.capacity > 0 && class.pupils + (int)run->subject_count > class.capacity)
        TRY(form_warn(form, "class", request_words(run->rq, N_("%s is full: %d of %d places are taken")), class.label, class.pupils, class.capacity));
    return STATUS_OK;
}

/* ---- writing ---- */

static const char LOCK[] =
    "SELECT id FROM pupil WHERE org_id = ? AND id = ? FOR UPDATE";

static NEOERR *lock_all(struct db *db, struct process_run *run)
{
    int64_t id;
    for (size_t i = 0; i < run->subject_count; i++)
        TRY(db_number(db, LOCK, DB_VALUES(DB_INT(run->rq->place.org), DB_INT(run->subjects[i])), &id, NULL));
    return STATUS_OK;
}

NEOERR *movement_apply(struct db *db, struct process_run *run)
{
    int64_t org = run->rq->place.org;
    TRY(lock_all(db, run));
    TRY(order_take(db, run));
    for (size_t i = 0; i < run->subject_count; i++) {
        struct movement movement = {
            .pupil = run->subjects[i], .kind = rule_of(run)->kind, .to_class = form_number(run->form, "class"), .effective = effective_date(run),
            .order = run->order, .reason = form_text_or_null(run->form, "reason"), .note = form_text_or_null(run->form, "note"),
        };
        struct movement_place place;
        TRY(movement_place(db, org, &movement, &place));
        movement.from_class = place.class;
        TRY(movement_add(db, org, &movement));
        TRY(movement_fold(db, org, run->subjects[i]));
    }
    return STATUS_OK;
}

/* ---- words ---- */

NEOERR *movement_will(struct process_run *run)
{
    const struct movement_rule *rule = rule_of(run);
    struct class class;
    bool found;
    TRY(chosen_class(run, &class, &found));
    if (found)
        TRY(process_will(run, request_words(run->rq, rule->will_in_class), class.label));
    else
        TRY(process_will(run, "%s", request_words(run->rq, rule->will)));
    return nerr_pass(order_will(run));
}

NEOERR *movement_done(struct process_run *run)
{
    struct request *rq = run->rq;
    const char *class = form_text(run->form, "class");
    if (class[0] != '\0')
        TRY(process_next(run, request_words(rq, N_("Open the class")), route_url(rq, "class", class), true));
    if (request_may(rq, &see_orders))
        TRY(process_next(run, _("Open the order"), route_url(rq, "order", route_number(rq, run->order)), class[0] == '\0'));
    const struct route *section = route_by_id(run->process->fallback_route);
    return nerr_pass(process_next(run, request_words(rq, section->title), route_url(rq, section->id), false));
}
