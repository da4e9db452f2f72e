/* process_funding.c: change of the basis of study by order: to a budget place while there is a free one, or to a paid one. (CON-45) */
#include "school/college/budget.h"
#include "school/college/college.h"

#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/process_movement.h"
#include "school/pupils/pupils.h"

#include <string.h>

static const struct field fields[] = {
    MOVEMENT_FACTS,
    {"funding", N_("New basis of study"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &funding_codes},
    ORDER_FIELDS,
    EFFECTIVE_FIELD,
    OTHER_CLASS_FIELDS,
    {0},
};

static const struct field row_fields[] = {OWN_CLASS, {0}};

/* ---- what each has ---- */

/* A group and how many ask for a budget place of it. */
struct asked_group {
    int64_t class;
    int asking;
};
struct judging {
    struct process_run *run;
    int64_t *classes;            /* of each subject: the group that it is in, then the one that it will be in */
    const char **fundings;       /* of each subject: the basis now, NULL = not known */
    struct asked_group *groups;  /* room for as many as there are subjects */
    size_t group_count;
};

static void ask(struct judging *judging, int64_t class)
{
    size_t at = 0;
    while (at < judging->group_count && judging->groups[at].class != class)
        at++;
    if (at == judging->group_count)
        judging->groups[judging->group_count++] = (struct asked_group){.class = class};
    judging->groups[at].asking++;
}

static NEOERR *take_funding(void *data, const struct db_row *row)
{
    struct judging *judging = data;
    struct process_run *run = judging->run;
    size_t at = (size_t)(process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0)) - run->subjects);
    judging->classes[at] = db_get_int(row, 1);
    judging->fundings[at] = pool_strdup(run->rq->pool, db_get(row, 2));
    return STATUS_OK;
}

static NEOERR *judge(struct judging *judging, size_t at)
{
    struct process_run *run = judging->run;
    struct process_subject *student = &run->subjects[at];
    const char *now = judging->fundings[at], *wanted = form_text(run->form, "funding");
    int64_t class;
    if (student->message != NULL)
        return STATUS_OK;
    if (now != NULL && strcmp(now, wanted) == 0)
        return nerr_pass(movement_refuse(run, student, "funding",
                                         pool_printf(run->rq->pool, _("%s studies on this basis already: %s"), student->label, code_name(&funding_codes, now))));
    TRY(movement_class(run, student, &class));
    if (class != 0)
        judging->classes[at] = class;
    if (judging->classes[at] != 0 && strcmp(wanted, "budget") == 0)
        ask(judging, judging->classes[at]);
    return STATUS_OK;
}

static const char FUNDINGS[] =
    "SELECT p.id, p.class_id, " PUPIL_FUNDING
    " FROM " PROCESS_SUBJECTS
    " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = s.id"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id";

/* ---- free places ---- */

struct places {
    struct judging *judging;
    const struct asked_group *group;
};

static NEOERR *refuse_all(void *data, const struct db_row *row)
{
    const struct places *places = data;
    struct process_run *run = places->judging->run;
    struct pool *pool = run->rq->pool;
    int free = (int)db_get_int(row, 1), asking = places->group->asking;
    const char *group = class_label(run->rq, db_get(row, 0));
    if (free < 0)
        free = 0;
    if (asking <= free)
        return STATUS_OK;
    for (size_t i = 0; i < run->subject_count; i++) {
        struct process_subject *student = &run->subjects[i];
        if (places->judging->classes[i] != places->group->class || student->message != NULL)
            continue;
        TRY(movement_refuse(run, student, "funding",
                            pool_printf(pool, _("%s: free budget places of group %s: %d, asked for: %d"), student->label, group, free, asking)));
    }
    return STATUS_OK;
}

/* Two orders at once do not take one place: inside the transaction the group is held until its end. */
static const char HOLD[] = "SELECT id FROM class WHERE org_id = ? AND id = ? FOR UPDATE";
static const char FREE[] = "SELECT " CLASS_PACKED ", " BUDGET_FREE " FROM class c WHERE c.org_id = ? AND c.id = ?";

static NEOERR *check_places(struct judging *judging)
{
    struct request *rq = judging->run->rq;
    for (size_t i = 0; i < judging->group_count; i++) {
        const struct db_value *key = DB_VALUES(DB_INT(rq->place.org), DB_INT(judging->groups[i].class));
        int64_t held;
        if (db_in_transaction(rq->db))
            TRY(db_number(rq->db, HOLD, key, &held, NULL));
        TRY(db_each(rq->db, FREE, key, refuse_all, &(struct places){judging, &judging->groups[i]}));
    }
    return STATUS_OK;
}

static NEOERR *check_rows(struct process_run *run)
{
    struct request *rq = run->rq;
    size_t room = run->subject_count + 1;
    struct judging judging = {
        .run = run, .classes = pool_alloc(rq->pool, room * sizeof *judging.classes), .fundings = pool_alloc(rq->pool, room * sizeof *judging.fundings),
        .groups = pool_alloc(rq->pool, room * sizeof *judging.groups),
    };
    TRY(movement_check_rows(run));
    const char *ids = process_subject_ids(rq->pool, run->subjects, run->subject_count);
    TRY(db_each(rq->db, FUNDINGS, DB_VALUES(DB_TEXT(ids), DB_INT(rq->place.org)), take_funding, &judging));
    for (size_t i = 0; i < run->subject_count; i++)
        TRY(judge(&judging, i));
    return nerr_pass(check_places(&judging));
}

/* ---- the offered basis: the other one than the first student has ---- */

static NEOERR *offer(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    const char *now = db_get(row, 2);
    return nerr_pass(form_set(run->form, "funding", now != NULL && strcmp(now, "budget") == 0 ? "paid" : "budget"));
}

static NEOERR *begin(struct process_run *run)
{
    TRY(movement_begin(run));
    if (run->subject_count == 0)
        return STATUS_OK;
    const char *first = process_subject_ids(run->rq->pool, run->subjects, 1);
    return nerr_pass(db_each(run->rq->db, FUNDINGS, DB_VALUES(DB_TEXT(first), DB_INT(run->rq->place.org)), offer, run));
}

static const struct process_rows rows = {.list = &pupils_list, .fields = row_fields, .label = pupil_labels, .check = check_rows};

static const struct movement_rule rule = {
    .orders = {"contingent", "funding", "effective_on"},
    .kind = "funding",
    .standing = "enrolled",
    .summary = N_("On a change of the basis of study"),
    .keeps_class = true,
    .will = N_("The book of movement gets a line: the basis of study is changed from the date of the order."),
    .will_in_class = N_("The book of movement gets a line: the basis of study is changed, in %s from the date of the order."),
};

const struct process change_funding = {
    .id = "change-funding",
    .title = N_("Change of the basis of study"),
    .when = is_college,
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Change"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_FRAME,
    .begin = begin, .check = movement_check, .apply = movement_apply, .will = movement_will, .done = movement_done,
    .fallback_route = "contingent",
};
