/* process_leave.c: academic leave by order: a student leaves the group for a time and stays a student; and the list of those on leave. */
#include "school/college/college.h"

#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/process_movement.h"
#include "school/pupils/pupils.h"

static const struct field fields[] = {
    MOVEMENT_FACTS,
    {"reason", N_("Reason"), FIELD_CHOICE, REQUIRED, .choices = leave_reason_choices},
    {"leave_on", N_("Leave from"), FIELD_DATE, REQUIRED},
    {"until", N_("Leave until"), FIELD_DATE, REQUIRED, .hint = N_("The last day; the return is an order of its own")},
    ORDER_FIELDS,
    {0},
};

static NEOERR *check(struct process_run *run)
{
    struct date from = form_date(run->form, "leave_on"), until = form_date(run->form, "until");
    if (from.year != 0 && until.year != 0 && date_compare(until, from) <= 0)
        TRY(form_error(run->form, "until", "%s", _("The leave ends before it begins: choose a later day")));
    return nerr_pass(movement_check(run));
}

static const struct process_rows rows = {.list = &pupils_list, MOVEMENT_ROWS};

static const struct movement_rule rule = {
    .orders = {"contingent", "leave", "leave_on"},
    .kind = "leave",
    .standing = "enrolled",
    .summary = N_("On granting academic leave"),
    .will = N_("The book of movement gets a line: on academic leave. The student is in no group until the return and stays a student."),
};

const struct process academic_leave = {
    .id = "academic-leave",
    .title = N_("Academic leave"),
    .when = is_college,
    .steps = {
        {.id = "data", .title = N_("Filling in the particulars"), .submit = N_("Grant the leave"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_PROCESS,
    .check = check,
    .fallback_route = "contingent",
};

/* ---- who is on leave ---- */

/* The leave is the last row in force that moves the student. */
#define LEAVE_FROM                                                                                                                \
    "pupil p JOIN person h ON h.id = p.person_id"                                                                                  \
    " JOIN movement m ON m.org_id = p.org_id AND m.id ="                                                                           \
    "  (SELECT l.id FROM movement l LEFT JOIN movement v ON v.org_id = l.org_id AND v.voids_id = l.id"                             \
    "   WHERE l.org_id = p.org_id AND l.pupil_id = p.id AND l.kind = 'leave' AND v.id IS NULL"                                     \
    "   ORDER BY l.effective_on DESC, l.id DESC LIMIT 1)"                                                                          \
    " JOIN school_order o ON o.org_id = m.org_id AND o.id = m.order_id"                                                            \
    " LEFT JOIN class c ON c.org_id = m.org_id AND c.id = m.from_class_id"

static const char *show_overdue(struct request *rq, const char *until)
{
    struct date date;
    return date_from_iso(until, &date) && date_compare(date, request_today(rq)) < 0 ? _("the leave is over") : "";
}

static const struct list_column columns[] = {
    {"number", N_("Number"), "h.login", .flags = COLUMN_SORTABLE, .width = 1.2},
    {"name", N_("Full name"), "CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, ''))", "p.sort_key", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK,
     .width = 3},
    {"class", N_("From class"), "IF(c.id IS NULL, '', " CLASS_PACKED ")", "CONCAT(LPAD(c.grade, 2, '0'), c.name_ru)", COLUMN_SORTABLE, .show = class_label},
    {"reason", N_("Reason"), "m.reason", .flags = COLUMN_SORTABLE, .width = 2, .codes = &movement_reason_codes},
    {"leave_on", N_("Leave from"), "m.effective_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"until", N_("Leave until"), "m.until_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"order", N_("Order"), "o.number", "o.ordinal", COLUMN_SORTABLE},
    {"overdue", N_("To be noted"), "m.until_on", .flags = COLUMN_CHIP | COLUMN_SCREEN, .show = show_overdue},
    {0},
};

static const struct list_filter filters[] = {
    {"reason", N_("Reason"), "m.reason = ?", .choices = leave_reason_choices},
    {"grade", N_("Parallel"), "c.grade = ?", .choices = class_grade_choices},
    {"class", N_("From class"), "c.id = ?", .choices = class_choices},
    {0},
};

static const struct list_action returning[] = {
    {N_("Return from leave"), "start:return-from-leave", &move_pupils, "arrow-counterclockwise"},
    {N_("Exclude"), "start:exclude-pupil", &move_pupils, "x-lg"},
    {0},
};

const struct list on_leave_list = {
    .id = "on-leave", .title = N_("On academic leave"), .permission = &see_contingent, .id_sql = "p.id", .from = LEAVE_FROM,
    .where = "p.org_id = ? AND p.standing = 'on-leave'", .bind = list_bind_org, .scope = pupil_list_scope, .columns = columns, .filters = filters,
    .search_sql = "p.fold_key LIKE ?", .default_sort = "until", .tie_sql = "p.sort_key, p.id", .row_route = "pupil", .row_actions = returning,
    .bulk_actions = returning, .empty = N_("Nobody is on academic leave"), .numbered = true, .landscape = true,
};
