/* process_withdraw.c: a file that was registered by mistake goes out of every list, with a reason, and may come back. Nothing is
 * deleted: the registration itself refers to it. */
#include "school/pupils/pupils.h"

#include "school/permissions.h"

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"pupil", N_("Pupil"), FIELD_SHOWN},
    {"reason", N_("Reason"), FIELD_TEXT, REQUIRED | WIDE, .max = 300, .hint = N_("For example: registered twice")},
    {0},
};

static const struct withdrawal {
    const char *from, *to; /* standings */
    const char *refused;   /* msgid with %s: who stands elsewhere */
    const char *will;      /* msgid */
    bool is_dated;         /* the day is kept */
} withdrawing = {
    "registered", "withdrawn", N_("%s has been in a class: this needs an exclusion by order"),
    N_("The pupil is in no list any more; the file and its history stay, under “Registered by mistake”."), true,
}, restoring = {
    "withdrawn", "registered", N_("%s is not among those registered by mistake"), N_("The pupil stands in “Without class” again."), false,
};

static const struct withdrawal *rule_of(const struct process_run *run)
{
    return run->process == &withdraw_pupil ? &withdrawing : &restoring;
}

static NEOERR *judge(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    struct process_subject *subject = process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0));
    subject->message = pool_printf(run->rq->pool, request_words(run->rq, rule_of(run)->refused), subject->label);
    return STATUS_OK;
}

static const char ELSEWHERE[] =
    "SELECT p.id FROM " PROCESS_SUBJECTS " JOIN pupil p ON p.org_id = ? AND p.id = s.id WHERE p.standing <> ?";

static NEOERR *check_rows(struct process_run *run)
{
    const char *ids = process_subject_ids(run->rq->pool, run->subjects, run->subject_count);
    return nerr_pass(db_each(run->rq->db, ELSEWHERE, DB_VALUES(DB_TEXT(ids), DB_INT(run->rq->place.org), DB_TEXT(rule_of(run)->from)), judge, run));
}

static const char CHANGE[] =
    "UPDATE pupil SET standing = ?, withdrawn_on = ?, withdraw_reason = ?, merged_into = NULL, version = version + 1"
    " WHERE org_id = ? AND id = ? AND standing = ?";

static NEOERR *apply(struct db *db, struct process_run *run)
{
    const struct withdrawal *rule = rule_of(run);
    struct request *rq = run->rq;
    struct date on = rule->is_dated ? request_today(rq) : (struct date){0};
    for (size_t i = 0; i < run->subject_count; i++) {
        TRY(db_exec(db, CHANGE,
                    DB_VALUES(DB_TEXT(rule->to), DB_DATE(on), DB_TEXT(form_text(run->form, "reason")), DB_INT(rq->place.org), DB_INT(run->subjects[i].id),
                              DB_TEXT(rule->from)),
                    NULL, NULL));
        TRY(pupil_roles_changed(db, rq->place.org, run->subjects[i].id));
    }
    return STATUS_OK;
}

static NEOERR *will(struct process_run *run)
{
    return nerr_pass(process_will(run, "%s", request_words(run->rq, rule_of(run)->will)));
}

static const struct process_rows rows = {.list = &without_class_list, .label = pupil_labels, .check = check_rows};

#define WITHDRAWAL_PROCESS                                                                                             \
    .subject_kind = "pupil", .subject_route = "pupil", .permission = &register_pupils, .menu = "contingent",           \
    .fallback_route = "withdrawn", .begin = pupil_begin, .apply = apply, .will = will

const struct process withdraw_pupil = {
    .id = "withdraw-pupil",
    .title = N_("Withdrawal of a file registered by mistake"),
    .steps = {{.id = "data", .title = N_("Fill in the reason"), .submit = N_("Withdraw"), .kind = STEP_FORM, .fields = fields, .rows = &rows}},
    WITHDRAWAL_PROCESS,
};

const struct process restore_pupil = {
    .id = "restore-pupil",
    .title = N_("Restoring of a withdrawn file"),
    .steps = {{.id = "data", .title = N_("Fill in the reason"), .submit = N_("Restore"), .kind = STEP_FORM, .fields = fields, .rows = &rows}},
    WITHDRAWAL_PROCESS,
};
