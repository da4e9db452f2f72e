/* process_movement.c: see process_movement.h. */
#include "school/pupils/process_movement.h"

#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/handover.h"
#include "school/pupils/pupils.h"

#include <stdlib.h>
#include <string.h>

static const struct movement_rule *rule_of(const struct process_run *run)
{
    return run->process->detail;
}

/* From outside into a class: who is somebody else's pupil cannot come. */
static bool comes_in(const struct process_run *run)
{
    return strcmp(rule_of(run)->standing, "enrolled") != 0;
}

bool movement_stays(const struct process_run *run, int64_t class)
{
    return class == 0 && rule_of(run)->keeps_class;
}

static struct db_value subjects_of(const struct process_run *run)
{
    return DB_TEXT(process_subject_ids(run->rq->pool, run->subjects, run->subject_count));
}

NEOERR *movement_refuse(struct process_run *run, struct process_subject *subject, const char *field, const char *said)
{
    if (run->subject_count == 1)
        return nerr_pass(form_error(run->form, field, "%s", said));
    subject->message = said;
    return STATUS_OK;
}

static NEOERR *refuse_day(struct process_run *run, struct process_subject *subject, const char *said)
{
    const char *field = rule_of(run)->orders.day;
    return nerr_pass(movement_refuse(run, subject, form_text(run->form, field)[0] != '\0' ? field : "order_date", said));
}

/* ---- where the pupils stand ---- */

#define ON_LEAVE N_("%s is on academic leave: this needs a return from it")

/* Why somebody who stands elsewhere cannot be moved so: msgids with %s for the pupil and, where there is one, for the class. */
static const struct {
    const char *wanted, *stands, *words;
} refusals[] = {
    {"registered", "enrolled", N_("%s is already in %s")},
    {"registered", "left", N_("%s has left: this needs a reinstatement")},
    {"enrolled", "registered", N_("%s is in no class yet: this needs an enrolment")},
    {"enrolled", "left", N_("%s has left already")},
    {"left", "registered", N_("%s is in no class yet: this needs an enrolment")},
    {"left", "enrolled", N_("%s is already in %s")},
    {"registered", "on-leave", ON_LEAVE},
    {"enrolled", "on-leave", ON_LEAVE},
    {"left", "on-leave", ON_LEAVE},
    {"on-leave", "registered", N_("%s is in no class yet: this needs an enrolment")},
    {"on-leave", "enrolled", N_("%s is not on academic leave")},
    {"on-leave", "left", N_("%s has left already")},
};

static const char *refusal(const struct process_run *run, const char *stands, const char *label, const char *class)
{
    const struct movement_rule *rule = rule_of(run);
    if (rule->or_standing != NULL && strcmp(rule->or_standing, stands) == 0)
        return NULL;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (strcmp(refusals[i].wanted, rule->standing) == 0 && strcmp(refusals[i].stands, stands) == 0)
            return pool_printf(run->rq->pool, request_words(run->rq, refusals[i].words), label, class);
    return NULL;
}

static NEOERR *judge_standing(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    struct process_subject *subject = process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0));
    struct date born = db_get_date(row, 3), effective = order_day(run);
    if (subject->message == NULL)
        subject->message = refusal(run, db_get(row, 1), subject->label, class_label(run->rq, db_get(row, 2)));
    if (subject->message == NULL && born.year != 0 && effective.year != 0 && date_compare(effective, born) < 0)
        return nerr_pass(refuse_day(run, subject, pool_printf(run->rq->pool, _("%s: the date is before the birth date"), subject->label)));
    return STATUS_OK;
}

static const char STANDINGS[] =
    "SELECT p.id, p.standing, IF(c.id IS NULL, NULL, " CLASS_PACKED "), p.born_on"
    " FROM " PROCESS_SUBJECTS
    " JOIN pupil p ON p.org_id = ? AND p.id = s.id"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id";

/* ---- to which class ---- */

/* What is chosen for this pupil ("own_class"), else for all ("class"); NULL when nothing is. */
static NEOERR *own_or_common(struct process_run *run, const struct process_subject *subject, const char *name, const char **value)
{
    *value = NULL;
    if (subject->packed != NULL && run->process->steps[0].rows->fields != NULL) {
        struct form_data *row;
        TRY(process_row(run, subject, &row));
        *value = pool_strdup(run->rq->pool, form_text_or_null(row, pool_printf(run->rq->pool, PROCESS_OWN "%s", name)));
    }
    if (*value == NULL)
        *value = form_text_or_null(run->form, name);
    return STATUS_OK;
}

/* 0 when no class is chosen. */
NEOERR *movement_class(struct process_run *run, const struct process_subject *subject, int64_t *class)
{
    const char *value;
    TRY(own_or_common(run, subject, "class", &value));
    *class = value != NULL ? strtoll(value, NULL, 10) : 0;
    return STATUS_OK;
}

/* A class and how many enter it. */
struct target {
    struct class class;
    int coming;
};
enum { TARGETS_MAX = 200 }; /* above any number of classes of one parallel */
struct targets {
    struct target rows[TARGETS_MAX];
    size_t count;
};

static NEOERR *add_target(struct process_run *run, struct targets *targets, int64_t class)
{
    size_t at = 0;
    while (at < targets->count && targets->rows[at].class.id != class)
        at++;
    if (at == targets->count) {
        if (class == 0 || at == TARGETS_MAX)
            return STATUS_OK;
        NEOERR *error = class_load(run->rq, class, &targets->rows[at].class);
        if (nerr_handle(&error, ERROR_NOT_FOUND))
            return STATUS_OK;
        TRY(error);
        targets->count++;
    }
    targets->rows[at].coming++;
    return STATUS_OK;
}

static NEOERR *find_targets(struct process_run *run, struct targets **out)
{
    struct targets *targets = *out = pool_alloc(run->rq->pool, sizeof *targets);
    for (size_t i = 0; i < run->subject_count; i++) {
        int64_t class;
        TRY(movement_class(run, &run->subjects[i], &class));
        TRY(add_target(run, targets, class));
    }
    return STATUS_OK;
}

/* ---- the day ---- */

const char *movement_misfit(struct request *rq, const struct process_subject *subject, const struct movement_place *place, struct date on)
{
    const char *day = i18n_date(rq->pool, on), *label = subject->label;
    switch (place->fit) {
    case MOVEMENT_IS_OUTSIDE:
        return pool_printf(rq->pool, request_words(rq, N_("%s was in no class on %s: choose a later date")), label, day);
    case MOVEMENT_IS_INSIDE:
        return pool_printf(rq->pool, request_words(rq, N_("%s was still in a class on %s: choose a later date")), label, day);
    case MOVEMENT_IS_ON_LEAVE:
        return pool_printf(rq->pool, _("%s was on academic leave on %s: choose another date"), label, day);
    case MOVEMENT_NOT_ON_LEAVE:
        return pool_printf(rq->pool, _("%s was not on academic leave on %s: choose a later date"), label, day);
    case MOVEMENT_UPSETS_LATER:
        return pool_printf(rq->pool, _("%s: an order that takes effect on %s depends on where the pupil is then; choose a later date"), label,
                           i18n_date(rq->pool, place->later));
    case MOVEMENT_FITS:
        break;
    }
    return NULL;
}

/* A back-dated order finds its place among the rows that the ledger has. */
static NEOERR *judge_place(struct process_run *run, struct process_subject *subject, const struct movement_place *place, int64_t class)
{
    struct request *rq = run->rq;
    const char *misfit = movement_misfit(rq, subject, place, order_day(run)), *label = subject->label;
    if (misfit != NULL)
        return nerr_pass(refuse_day(run, subject, misfit));
    if (place->class != 0 && place->class == class)
        subject->message = pool_printf(rq->pool, request_words(rq, N_("%s is in this class already")), label);
    return STATUS_OK;
}

static NEOERR *check_days(struct process_run *run)
{
    struct movement_place *places;
    bool changes = false, has_later = false;
    TRY(movement_places(run, rule_of(run)->kind, order_day(run), &places));
    run->found = places;
    for (size_t i = 0; i < run->subject_count; i++) {
        int64_t class;
        TRY(movement_class(run, &run->subjects[i], &class));
        changes |= !movement_stays(run, class);
        has_later |= !movement_stays(run, class) && places[i].later.year != 0;
        if (run->subjects[i].message == NULL)
            TRY(judge_place(run, &run->subjects[i], &places[i], class));
    }
    return changes ? nerr_pass(movement_warn_of_past(run, has_later)) : STATUS_OK;
}

NEOERR *movement_check_rows(struct process_run *run)
{
    int faulty = run->form->error_count;
    TRY(db_each(run->rq->db, STANDINGS, DB_VALUES(subjects_of(run), DB_INT(run->rq->place.org)), judge_standing, run));
    if (order_day(run).year == 0 || run->form->error_count > faulty)
        return STATUS_OK;
    TRY(check_days(run));
    return comes_in(run) ? nerr_pass(handover_check_elsewhere(run, SUBJECTS_PUPILS, order_day(run))) : STATUS_OK;
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

static NEOERR *take_first(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    TRY(form_set(run->form, "grade", db_get(row, 0)));
    return run->subject_count == 1 ? nerr_pass(form_set(run->form, "from_class", class_label(run->rq, db_get(row, 1)))) : STATUS_OK;
}

/* Of the class that the pupil was in last. */
#define LAST_GRADE                                                                                                               \
    "(SELECT l.grade FROM membership s JOIN class l ON l.org_id = s.org_id AND l.id = s.class_id"                                \
    " WHERE s.org_id = p.org_id AND s.pupil_id = p.id ORDER BY s.from_on DESC, s.movement_id DESC LIMIT 1)"
static const char FIRST[] =
    "SELECT COALESCE(c.grade, " LAST_GRADE ", p.grade), IF(c.id IS NULL, NULL, " CLASS_PACKED ")"
    " FROM pupil p"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " WHERE p.org_id = ? AND p.id = ?";

NEOERR *movement_begin(struct process_run *run)
{
    struct request *rq = run->rq;
    TRY(pupil_begin(run));
    if (run->subject_count > 0)
        TRY(db_each(rq->db, FIRST, DB_VALUES(DB_INT(rq->place.org), DB_INT(run->subjects[0].id)), take_first, run));
    TRY(begin_class(run));
    return nerr_pass(order_begin(run));
}

/* ---- rules ---- */

/* "10-Б is full" for one; for several what comes to what is there, of each class that is too small. */
static NEOERR *warn_of_places(struct process_run *run, const struct targets *targets)
{
    struct request *rq = run->rq;
    const char *words = "";
    for (size_t i = 0; i < targets->count; i++) {
        const struct class *class = &targets->rows[i].class;
        int coming = targets->rows[i].coming;
        if (class->capacity == 0 || class->pupils + coming <= class->capacity)
            continue;
        const char *one = pool_printf(rq->pool, request_words(rq, N_("%s is full: %d of %d places are taken")), class->label, class->pupils, class->capacity);
        if (coming > 1)
            one = pool_printf(rq->pool, request_words(rq, N_("%s has too few places: %d come, %d of %d are taken")), class->label, coming, class->pupils,
                              class->capacity);
        words = pool_printf(rq->pool, "%s%s%s", words, words[0] != '\0' ? "; " : "", one);
    }
    return words[0] == '\0' ? STATUS_OK : nerr_pass(form_warn(run->form, "class", "%s", words));
}

static bool is_year_right(const struct process_run *run, const struct class *class)
{
    int year = run->rq->place.year;
    return class->year == year || (rule_of(run)->into_next_year && class->year == year + 1);
}

static NEOERR *check_targets(struct process_run *run, const struct targets *targets)
{
    struct form_data *form = run->form;
    int64_t chosen = form_number(form, "class");
    for (size_t i = 0; i < targets->count; i++) {
        const struct class *class = &targets->rows[i].class;
        if (class->id == chosen && (class->grade != form_number(form, "grade") || !is_year_right(run, class)))
            TRY(form_error(form, "class", "%s", request_words(run->rq, N_("The class is of another parallel: choose again"))));
        if (order_day(run).year != 0 && class_year_of(order_day(run)) > class->year)
            TRY(form_error(form, "class", request_words(run->rq, N_("On that day the school year of %s is over: choose a class of the next one")), class->label));
    }
    return nerr_pass(warn_of_places(run, targets));
}

NEOERR *movement_check(struct process_run *run)
{
    struct targets *targets;
    TRY(order_check(run));
    TRY(find_targets(run, &targets));
    return nerr_pass(check_targets(run, targets));
}

NEOERR *movement_check_entry(struct process_run *run)
{
    struct targets *targets;
    TRY(order_check(run));
    TRY(find_targets(run, &targets));
    TRY(check_targets(run, targets));
    for (size_t i = 0; i < targets->count && form_text(run->form, "funding")[0] == '\0'; i++) {
        const struct class *class = &targets->rows[i].class;
        if (class->is_mixed && !form_has_error(run->form, "funding"))
            TRY(form_error(run->form, "funding", _("%s has places of both kinds: choose the basis of study"), class->label));
    }
    return STATUS_OK;
}

/* ---- writing ---- */

static const char LOCK[] =
    "SELECT p.id FROM " PROCESS_SUBJECTS " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = s.id ORDER BY p.id FOR UPDATE";

NEOERR *movement_lock_pupils(struct db *db, struct process_run *run)
{
    return nerr_pass(db_each(db, LOCK, DB_VALUES(subjects_of(run), DB_INT(run->rq->place.org)), NULL, NULL));
}

NEOERR *movement_lock(struct db *db, struct process_run *run)
{
    TRY(movement_lock_pupils(db, run));
    return comes_in(run) ? nerr_pass(handover_lock(db, run, SUBJECTS_PUPILS)) : STATUS_OK;
}

static NEOERR *make_row(struct process_run *run, const struct process_subject *subject, int64_t from, struct movement *row)
{
    const struct form_data *form = run->form;
    const char *reason = form_text_or_null(form, "reason");
    *row = (struct movement){
        .pupil = subject->id, .kind = rule_of(run)->kind, .from_class = from, .effective = order_day(run), .order = run->order,
        .reason = reason != NULL ? reason : rule_of(run)->reason, .note = form_text_or_null(form, "note"), .period = form_text_or_null(form, "period"),
        .funding = form_text_or_null(form, "funding"), .study_form = form_text_or_null(form, "study_form"), .until = form_date(form, "until"),
    };
    TRY(own_or_common(run, subject, "certificate", &row->certificate));
    TRY(movement_class(run, subject, &row->to_class));
    if (movement_stays(run, row->to_class))
        row->from_class = 0;
    return STATUS_OK;
}

NEOERR *movement_apply(struct db *db, struct process_run *run)
{
    struct movement *rows = pool_alloc(run->rq->pool, (run->subject_count + 1) * sizeof *rows);
    const struct movement_place *places = run->found;
    TRY(order_take(db, run));
    for (size_t i = 0; i < run->subject_count; i++)
        TRY(make_row(run, &run->subjects[i], places[i].class, &rows[i]));
    TRY(movement_record(db, run->rq->place.org, rows, run->subject_count));
    if (comes_in(run))
        TRY(handover_enter(db, run->rq, run->order));
    return nerr_pass(process_progress(run, run->subject_count));
}

/* ---- words ---- */

NEOERR *movement_will(struct process_run *run)
{
    struct request *rq = run->rq;
    const struct movement_rule *rule = rule_of(run);
    struct targets *targets;
    TRY(find_targets(run, &targets));
    if (targets->count == 0)
        TRY(process_will(run, "%s", request_words(rq, rule->will)));
    for (size_t i = 0; i < targets->count; i++) {
        const char *class = targets->rows[i].class.label;
        if (run->subject_count == 1)
            TRY(process_will(run, request_words(rq, rule->will_in_class), class));
        else
            TRY(process_will(run, _("To %s: %d."), class, targets->rows[i].coming));
    }
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
