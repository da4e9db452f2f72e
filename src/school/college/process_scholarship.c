/* process_scholarship.c: scholarships by order (CON-46): assigned to students, and stopped before their term. */
#include "school/college/college.h"
#include "school/college/scholarship.h"

#include "base/name.h"
#include "engine/audit.h"
#include "school/codes.h"
#include "school/office/order.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

static struct db_value subjects_of(const struct process_run *run)
{
    return DB_TEXT(process_subject_ids(run->rq->pool, run->subjects, run->subject_count));
}

/* Inside the transaction the files of the students are held before they are judged: two orders at once do not miss each other. */
static NEOERR *hold(struct process_run *run, const char *files)
{
    struct db *db = run->rq->db;
    return db_in_transaction(db) ? nerr_pass(db_each(db, files, DB_VALUES(subjects_of(run), DB_INT(run->rq->place.org)), NULL, NULL)) : STATUS_OK;
}

static NEOERR *begin_order(struct process_run *run, const char *summary)
{
    TRY(form_set(run->form, "school", run->rq->place.name));
    TRY(form_set(run->form, "order_summary", _(summary)));
    return nerr_pass(order_begin(run));
}

static NEOERR *done(struct process_run *run)
{
    struct request *rq = run->rq;
    if (request_may(rq, &see_orders))
        TRY(process_next(run, _("Open the order"), route_url(rq, "order", route_number(rq, run->order)), true));
    return nerr_pass(process_next(run, _("Scholarship holders"), route_url(rq, "scholarships"), false));
}

/* ---- assigning ---- */

static const struct field assign_fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"pupil", N_("Pupil"), FIELD_SHOWN},
    {"kind", N_("Kind of scholarship"), FIELD_CHOICE, REQUIRED, .codes = &scholarship_kind_codes},
    {"amount", N_("Sum a month"), FIELD_NUMBER, REQUIRED, .max = 10000000, .hint = N_("In tenge")},
    {"paid_from", N_("Paid from"), FIELD_DATE, REQUIRED},
    {"paid_until", N_("Paid until"), FIELD_DATE, .hint = N_("The last day; empty: until it is stopped by order")},
    ORDER_FIELDS,
    {0},
};

static NEOERR *begin_assignment(struct process_run *run)
{
    TRY(begin_order(run, N_("On scholarships")));
    return nerr_pass(pupil_begin(run));
}

static NEOERR *check_assignment(struct process_run *run)
{
    struct date from = form_date(run->form, "paid_from"), until = form_date(run->form, "paid_until");
    if (form_text(run->form, "amount")[0] != '\0' && form_number(run->form, "amount") == 0)
        TRY(form_error(run->form, "amount", "%s", _("A scholarship of nothing: fill in the sum")));
    if (from.year != 0 && until.year != 0 && date_compare(until, from) < 0)
        TRY(form_error(run->form, "paid_until", "%s", _("The scholarship ends before it begins: choose a later day")));
    return nerr_pass(order_check(run));
}

static NEOERR *judge_student(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    struct request *rq = run->rq;
    struct process_subject *student = process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0));
    if (db_get_int(row, 1) == 0)
        student->message = pool_printf(rq->pool, _("%s is in no group: a scholarship is for those who study"), student->label);
    else if (db_get(row, 2) != NULL)
        student->message = pool_printf(rq->pool, _("%s has a scholarship of this kind in these days already, by order № %s"), student->label, db_get(row, 2));
    return STATUS_OK;
}

/* The number of an order whose scholarship of the same kind meets the new one. */
static const char STUDENTS[] =
    "SELECT i.id, i.standing = 'enrolled',"
    " (SELECT MIN(o.number) FROM " SCHOLARSHIP_FROM
    "  WHERE s.org_id = i.org_id AND s.pupil_id = i.id AND s.kind = ? AND v.id IS NULL AND " SCHOLARSHIP_IS_ONE
    "  AND s.from_on <= COALESCE(?, '" SCHOLARSHIP_FOREVER "') AND " SCHOLARSHIP_LAST " >= ?)"
    " FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j"
    " STRAIGHT_JOIN pupil i ON i.org_id = ? AND i.id = j.id";

static const char HOLD_STUDENTS[] =
    "SELECT p.id FROM " PROCESS_SUBJECTS " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = s.id ORDER BY p.id FOR UPDATE";

static NEOERR *check_students(struct process_run *run)
{
    struct form_data *form = run->form;
    struct date from = form_date(form, "paid_from"), until = form_date(form, "paid_until");
    if (from.year == 0 || form_has_error(form, "kind"))
        return STATUS_OK;
    TRY(hold(run, HOLD_STUDENTS));
    return nerr_pass(db_each(run->rq->db, STUDENTS,
                             DB_VALUES(DB_TEXT(form_text(form, "kind")), DB_DATE(until), DB_DATE(from), subjects_of(run), DB_INT(run->rq->place.org)),
                             judge_student, run));
}

static const char ASSIGN[] =
    "INSERT INTO scholarship (org_id, uid, pupil_id, kind, amount, from_on, until_on, order_id, recorded_at)"
    " SELECT ?, UUID(), s.id, ?, ?, ?, ?, ?, ? FROM " PROCESS_SUBJECTS;

static NEOERR *assign(struct db *db, struct process_run *run)
{
    struct form_data *form = run->form;
    struct db_value org = DB_INT(run->rq->place.org);
    struct date from = form_date(form, "paid_from"), until = form_date(form, "paid_until");
    TRY(order_take(db, run));
    TRY(db_exec(db, ASSIGN,
                DB_VALUES(org, DB_TEXT(form_text(form, "kind")), DB_INT(form_number(form, "amount")), DB_DATE(from), DB_DATE(until), DB_INT(run->order),
                          DB_TIME(clock_now()), subjects_of(run)),
                NULL, NULL));
    return nerr_pass(process_progress(run, run->subject_count));
}

static NEOERR *will_assign(struct process_run *run)
{
    TRY(process_will(run, "%s", _("The students stand in the list of scholarship holders, with the order.")));
    return nerr_pass(order_will(run));
}

static const struct process_rows students = {.list = &pupils_list, .label = pupil_labels, .check = check_students};
static const struct order_series assignments = {"contingent", "scholarship", "paid_from"};

const struct process assign_scholarship = {
    .id = "assign-scholarship",
    .title = N_("Assignment of a scholarship"),
    .when = is_college,
    .subject_kind = "pupil",
    .subject_route = "pupil",
    .permission = &move_pupils,
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Assign"), .kind = STEP_FORM, .fields = assign_fields, .rows = &students},
        ORDER_CONFIRM_STEP,
    },
    .detail = &assignments,
    .menu = "contingent",
    .fallback_route = "scholarships",
    ORDER_PROCESS,
    .begin = begin_assignment, .check = check_assignment, .apply = assign, .will = will_assign, .done = done,
};

/* ---- stopping ---- */

static const struct field stop_fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"stop_on", N_("Not paid from"), FIELD_DATE, REQUIRED, .hint = N_("The first day without it")},
    ORDER_FIELDS,
    {0},
};

static NEOERR *begin_stop(struct process_run *run)
{
    return nerr_pass(begin_order(run, N_("On stopping scholarships")));
}

static void say_label(struct request *rq, struct process_subject *subject, const struct db_row *row)
{
    struct pool *pool = rq->pool;
    subject->label = pool_printf(pool, "%s, %s, %s", name_full(pool, db_get(row, 1), db_get(row, 2), db_get(row, 3)),
                                 code_name(&scholarship_kind_codes, db_get(row, 4)), i18n_date(pool, db_get_date(row, 5)));
}

static const char LABELS[] =
    "SELECT r.id, p.surname, p.given, p.patronymic, r.kind, r.from_on"
    " FROM " PROCESS_SUBJECTS
    " STRAIGHT_JOIN scholarship r ON r.org_id = ? AND r.id = s.id AND r.stops_id IS NULL AND r.voids_id IS NULL"
    " JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id"
    " ORDER BY p.sort_key, r.id";

static NEOERR *labels(struct request *rq, struct process_subject *subjects, size_t count)
{
    return nerr_pass(process_subjects_label(rq, subjects, count, LABELS, say_label));
}

static NEOERR *judge_scholarship(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    struct pool *pool = run->rq->pool;
    struct process_subject *subject = process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0));
    struct date stop = form_date(run->form, "stop_on"), from = db_get_date(row, 1), last = db_get_date(row, 2);
    if (db_get_int(row, 3) != 0)
        subject->message = pool_printf(pool, _("%s: the order is cancelled"), subject->label);
    else if (db_get_int(row, 4) != 0)
        subject->message = pool_printf(pool, _("%s: it is stopped already"), subject->label);
    else if (stop.year != 0 && date_compare(stop, from) <= 0)
        subject->message = pool_printf(pool, _("%s: it would stop before it begins; cancel its order instead"), subject->label);
    else if (stop.year != 0 && date_compare(stop, last) > 0)
        subject->message = pool_printf(pool, _("%s: it ends before that day by itself"), subject->label);
    return STATUS_OK;
}

static const char TERMS[] =
    "SELECT s.id, s.from_on, " SCHOLARSHIP_LAST ", v.id IS NOT NULL, t.id IS NOT NULL"
    " FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j"
    " STRAIGHT_JOIN scholarship s ON s.org_id = ? AND s.id = j.id" SCHOLARSHIP_ENDS;

static const char HOLD_HOLDERS[] =
    "SELECT p.id FROM " PROCESS_SUBJECTS
    " STRAIGHT_JOIN scholarship r ON r.org_id = ? AND r.id = s.id"
    " JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id"
    " ORDER BY p.id FOR UPDATE";

static NEOERR *check_scholarships(struct process_run *run)
{
    TRY(hold(run, HOLD_HOLDERS));
    return nerr_pass(db_each(run->rq->db, TERMS, DB_VALUES(subjects_of(run), DB_INT(run->rq->place.org)), judge_scholarship, run));
}

static const char STOP[] =
    "INSERT INTO scholarship (org_id, uid, pupil_id, kind, amount, from_on, order_id, recorded_at, stops_id)"
    " SELECT r.org_id, UUID(), r.pupil_id, r.kind, r.amount, ?, ?, ?, r.id FROM " PROCESS_SUBJECTS
    " STRAIGHT_JOIN scholarship r ON r.org_id = ? AND r.id = s.id";

static NEOERR *stop(struct db *db, struct process_run *run)
{
    struct db_value org = DB_INT(run->rq->place.org);
    struct date on = form_date(run->form, "stop_on");
    TRY(order_take(db, run));
    TRY(db_exec(db, STOP, DB_VALUES(DB_DATE(on), DB_INT(run->order), DB_TIME(clock_now()), subjects_of(run), org), NULL, NULL));
    return nerr_pass(process_progress(run, run->subject_count));
}

static NEOERR *will_stop(struct process_run *run)
{
    TRY(process_will(run, "%s", _("The scholarships stay in the list, with the day on which they were stopped.")));
    return nerr_pass(order_will(run));
}

static const struct process_rows holders = {.list = &scholarships_list, .label = labels, .check = check_scholarships};
static const struct order_series stops = {"contingent", "scholarship-stop", "stop_on"};

const struct process stop_scholarship = {
    .id = "stop-scholarship",
    .title = N_("Stopping of a scholarship"),
    .when = is_college,
    .subject_kind = "scholarship",
    .subject_route = "scholarship",
    .permission = &move_pupils,
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Stop"), .kind = STEP_FORM, .fields = stop_fields, .rows = &holders},
        ORDER_CONFIRM_STEP,
    },
    .detail = &stops,
    .menu = "contingent",
    .fallback_route = "scholarships",
    ORDER_PROCESS,
    .begin = begin_stop, .check = order_check, .apply = stop, .will = will_stop, .done = done,
};
