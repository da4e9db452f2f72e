/* process_arrive.c: «Перевод/зачисление обучающегося»: pupils whom another organisation of this installation has sent enter a class by
 * order; their files come along. (CON-24) */
#include "school/pupils/process_movement.h"

#include "base/name.h"
#include "engine/audit.h"
#include "school/org/org.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/handover.h"
#include "school/pupils/pupils.h"

#include <string.h>

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"from_school", N_("Where from"), FIELD_SHOWN},
    {"pupil", N_("Pupil"), FIELD_SHOWN},
    {"left_on", N_("Date of departure"), FIELD_SHOWN},
    CLASS_FIELDS,
    ORDER_FIELDS,
    EFFECTIVE_FIELD,
    {0},
};

/* ---- the entries as subjects ---- */

static void say_label(struct request *rq, struct process_subject *subject, const struct db_row *row)
{
    const char *name = name_full(rq->pool, db_get(row, 1), db_get(row, 2), db_get(row, 3)), *born = i18n_date(rq->pool, db_get_date(row, 4));
    subject->label = pool_printf(rq->pool, "%s%s%s", name, born[0] != '\0' ? ", " : "", born);
}

static const char LABELS[] =
    "SELECT t.id, t.surname, t.given, t.patronymic, t.born_on FROM " PROCESS_SUBJECTS " JOIN arriving t ON t.org_id = ? AND t.id = s.id"
    " ORDER BY t.sort_key, t.id";

static NEOERR *labels(struct request *rq, struct process_subject *subjects, size_t count)
{
    return nerr_pass(process_subjects_label(rq, subjects, count, LABELS, say_label));
}

/* What is known of each, in the order of the subjects. */
struct arrival {
    const char *state, *from_name;
    int64_t from_org, from_pupil;
    int64_t pupil; /* the file here, 0 = none yet */
    bool is_in_class;
};
struct arrivals {
    const struct process_run *run;
    struct arrival *rows;
};

static NEOERR *take_arrival(void *data, const struct db_row *row)
{
    const struct arrivals *arrivals = data;
    const struct process_run *run = arrivals->run;
    struct pool *pool = run->rq->pool;
    arrivals->rows[process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0)) - run->subjects] = (struct arrival){
        .state = pool_strdup(pool, db_get(row, 1)), .from_org = db_get_int(row, 2), .from_pupil = db_get_int(row, 3), .pupil = db_get_int(row, 4),
        .is_in_class = db_get_int(row, 5) != 0, .from_name = pool_strdup(pool, name_in_language(run->rq, db_get(row, 6))),
    };
    return STATUS_OK;
}

#define ARRIVALS                                                                                                                    \
    "SELECT t.id, t.state, t.from_org_id, t.from_pupil_id, p.id, p.class_id IS NOT NULL, t.from_name FROM " PROCESS_SUBJECTS        \
    " JOIN arriving t ON t.org_id = ? AND t.id = s.id LEFT JOIN pupil p ON p.org_id = t.org_id AND p.person_id = t.person_id ORDER BY t.id"
static const char LOAD[] = ARRIVALS;
static const char LOCK[] = ARRIVALS " FOR UPDATE";

static NEOERR *load_arrivals(const struct process_run *run, const char *sql, struct arrival **out)
{
    struct request *rq = run->rq;
    struct arrivals arrivals = {run, *out = pool_alloc(rq->pool, (run->subject_count + 1) * sizeof **out)};
    const char *ids = process_subject_ids(rq->pool, run->subjects, run->subject_count);
    return nerr_pass(db_each(rq->db, sql, DB_VALUES(DB_TEXT(ids), DB_INT(rq->place.org)), take_arrival, &arrivals));
}

/* ---- opening ---- */

static const struct movement_rule rule = {
    .orders = {.journal = "contingent", .kind = "enrol", .day = "effective_on"},
    .kind = "enrol",
    .standing = "registered",
    .summary = N_("On enrolment"),
    .summary_in_class = N_("On enrolment in class %s"),
    .will = N_("The book of movement gets a line: enrolled in the class from the date of the order."),
    .will_in_class = N_("The book of movement gets a line: enrolled in %s from the date of the order."),
};

static NEOERR *take_first(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    struct request *rq = run->rq;
    if (run->subject_count == 1) {
        TRY(form_set(run->form, "from_school", name_in_language(rq, db_get(row, 1))));
        TRY(form_set(run->form, "left_on", i18n_date(rq->pool, db_get_date(row, 2))));
    }
    return db_get(row, 3)[0] == db_get(row, 4)[0] ? nerr_pass(form_set(run->form, "grade", db_get(row, 0))) : STATUS_OK; /* a school's parallel is no course */
}

static const char FIRST[] =
    "SELECT SUBSTRING_INDEX(t.class, '|', 1), t.from_name, t.left_on, t.from_kind, o.kind FROM arriving t JOIN organisation o ON o.id = t.org_id"
    " WHERE t.org_id = ? AND t.id = ?";

static NEOERR *begin(struct process_run *run)
{
    struct request *rq = run->rq;
    TRY(pupil_begin(run));
    if (run->subject_count > 0)
        TRY(db_each(rq->db, FIRST, DB_VALUES(DB_INT(rq->place.org), DB_INT(run->subjects[0].id)), take_first, run));
    TRY(form_set(run->form, "order_summary", request_words(rq, rule.summary)));
    return nerr_pass(order_begin(run));
}

/* ---- rules ---- */

static bool may_be_accepted(const struct arrival *arrival)
{
    return strcmp(arrival->state, "waiting") == 0 || strcmp(arrival->state, "declined") == 0;
}

/* Of a file that is here already the ledger decides, as of any pupil's. */
static NEOERR *judge_file(struct process_run *run, struct process_subject *subject, int64_t pupil)
{
    struct process_subject file = {.id = pupil, .label = subject->label};
    struct process_run here = {.rq = run->rq, .subjects = &file, .subject_count = 1};
    struct movement_place *place;
    TRY(movement_places(&here, rule.kind, order_day(run), &place));
    subject->message = movement_misfit(run->rq, &file, place, order_day(run));
    return STATUS_OK;
}

static NEOERR *lock(struct db *db, struct process_run *run)
{
    struct arrival *arrivals;
    TRY(handover_lock(db, run, SUBJECTS_ARRIVING));
    TRY(load_arrivals(run, LOCK, &arrivals));
    run->found = arrivals;
    return STATUS_OK;
}

static NEOERR *check_rows(struct process_run *run)
{
    struct arrival *arrivals = run->found; /* locked already */
    if (arrivals == NULL)
        TRY(load_arrivals(run, LOAD, &arrivals));
    for (size_t i = 0; i < run->subject_count; i++) {
        struct process_subject *subject = &run->subjects[i];
        if (!may_be_accepted(&arrivals[i]))
            subject->message = pool_printf(run->rq->pool, _("%s has been accepted or taken back already"), subject->label);
        else if (arrivals[i].pupil != 0 && order_day(run).year != 0)
            TRY(judge_file(run, subject, arrivals[i].pupil));
    }
    if (order_day(run).year == 0)
        return STATUS_OK;
    TRY(movement_warn_of_past(run, false));
    return nerr_pass(handover_check_elsewhere(run, SUBJECTS_ARRIVING, order_day(run)));
}

/* ---- writing ---- */

static NEOERR *take_file(struct db *db, struct process_run *run, const struct arrival *arrival, int64_t class, int64_t *pupil)
{
    struct request *rq = run->rq;
    struct class entered;
    const char *words = pool_printf(rq->pool, _("The file has come from: %s"), arrival->from_name);
    *pupil = arrival->pupil;
    if (*pupil != 0) {
        TRY(handover_carry(db, rq, arrival->from_org, arrival->from_pupil, *pupil));
    } else {
        TRY(class_load(rq, class, &entered));
        const struct new_file file = {entered.grade, order_day(run), arrival->from_name};
        TRY(handover_new_file(db, rq, arrival->from_org, arrival->from_pupil, &file, pupil));
    }
    return nerr_pass(audit_add(db, rq, "pupil", *pupil, run->process->id, words, NULL));
}

static NEOERR *apply(struct db *db, struct process_run *run)
{
    struct request *rq = run->rq;
    struct movement *rows = pool_alloc(rq->pool, (run->subject_count + 1) * sizeof *rows);
    const struct arrival *arrivals = run->found;
    TRY(order_take(db, run));
    for (size_t i = 0; i < run->subject_count; i++) {
        rows[i] = (struct movement){.kind = rule.kind, .effective = order_day(run), .order = run->order, .note = arrivals[i].from_name};
        if (!may_be_accepted(&arrivals[i]) || arrivals[i].is_in_class)
            return nerr_raise(ERROR_RETRY, "the entry %lld was answered meanwhile", (long long)run->subjects[i].id);
        TRY(movement_class(run, &run->subjects[i], &rows[i].to_class));
        TRY(take_file(db, run, &arrivals[i], rows[i].to_class, &rows[i].pupil));
        TRY(process_progress(run, i + 1));
    }
    TRY(movement_record(db, rq->place.org, rows, run->subject_count));
    return nerr_pass(handover_enter(db, rq, run->order));
}

/* ---- words ---- */

static NEOERR *will(struct process_run *run)
{
    TRY(movement_will(run));
    return nerr_pass(process_will(run, "%s", _("The file comes along: documents, addresses, family, social passport, health, achievements, scans. "
                                               "The organisation that the pupil left sees that the arrival is confirmed.")));
}

/* Here they were in no class. */
static NEOERR *preview(struct process_run *run)
{
    struct movement_change *changes = pool_alloc(run->rq->pool, (run->subject_count + 1) * sizeof *changes);
    for (size_t i = 0; i < run->subject_count; i++) {
        changes[i] = (struct movement_change){.who = run->subjects[i].label};
        TRY(movement_class(run, &run->subjects[i], &changes[i].to_class));
        if (changes[i].to_class == 0)
            return STATUS_OK;
    }
    return nerr_pass(movement_show_changes(run, changes, run->subject_count));
}

static const struct field row_fields[] = {OWN_CLASS, {0}};
static const struct process_rows rows = {.list = &arriving_list, .fields = row_fields, .label = labels, .check = check_rows};

const struct process accept_arriving = {
    .id = "accept-arriving",
    .title = N_("Acceptance of an arriving pupil"),
    .subject_kind = "arriving", .subject_route = "arriving-pupil", .permission = &move_pupils, .menu = "contingent",
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Enrol"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    ORDER_PROCESS,
    .begin = begin, .lock = lock, .check = movement_check, .apply = apply, .will = will, .preview = preview,
    .done = movement_done,
    .fallback_route = "arriving",
};
