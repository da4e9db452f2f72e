/* arrivals.c: «Прибывающие»: pupils whom another organisation of this installation has sent here: the list, the page of one, and the form
 * that declines. They are accepted by an order (process_arrive.c); before it no more of them is known here than their entry says. */
#include "school/pupils/class.h"
#include "school/pupils/handover.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/audit.h"
#include "engine/page.h"
#include "school/office/order.h"
#include "school/org/org.h"
#include "school/permissions.h"

#include <string.h>

/* ---- the list ---- */

static const struct code states[] = {
    {"waiting", {"Күтілуде", "Ожидается", "Waiting"}},
    {"accepted", {"Қабылданды", "Принят", "Accepted"}},
    {"declined", {"Қабылданбады", "Отклонён", "Declined"}},
    {"taken-back", {"Кері қайтарылды", "Отозван", "Taken back"}},
    {0},
};
static const struct code_list state_codes = {"arriving_state", N_("State"), states};

/* "college|2|kk|ru|en": words of the organisation that the class is of. */
static const char *show_class(struct request *rq, const char *value)
{
    const char *class = strchr(value, '|');
    if (class == NULL)
        return value;
    return class_label_in(rq, value[0] == 'c' ? ORGANISATION_COLLEGE : ORGANISATION_SCHOOL, class + 1);
}

static const char *show_from(struct request *rq, const char *value)
{
    return name_in_language(rq, value);
}

#define CLASS_THERE "CONCAT_WS('|', t.from_kind, t.class)"

static const struct list_column columns[] = {
    {"name", N_("Full name"), "CONCAT_WS(' ', t.surname, t.given, NULLIF(t.patronymic, ''))", "t.sort_key", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK,
     .width = 3},
    {"born", N_("Date of birth"), "t.born_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"class", N_("From class"), CLASS_THERE, "CONCAT(LPAD(SUBSTRING_INDEX(t.class, '|', 1), 2, '0'), t.class)", COLUMN_SORTABLE, .show = show_class},
    {"from", N_("Where from"), "t.from_name", .flags = COLUMN_SORTABLE, .width = 2.5, .show = show_from},
    {"left_on", N_("Date of departure"), "t.left_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"order", N_("Order"), "CONCAT('№ ', t.order_number)", .flags = COLUMN_SORTABLE},
    {"state", N_("State"), "t.state", .flags = COLUMN_SORTABLE, .codes = &state_codes},
    {0},
};

static const struct list_filter filters[] = {
    {"state", N_("State"), "t.state = ?", .codes = &state_codes, .fallback = "waiting"},
    {0},
};

static const struct list_action accepting[] = {
    {N_("Accept"), "start:accept-arriving", &move_pupils, "check-circle"},
    {0},
};
static const struct list_action answering[] = {
    {N_("Accept"), "start:accept-arriving", &move_pupils, "check-circle"},
    {N_("Decline"), "arriving-decline", &move_pupils},
    {0},
};

const struct list arriving_list = {
    .id = "arriving", .title = N_("Arriving"), .permission = &register_pupils, .id_sql = "t.id", .from = "arriving t", .where = "t.org_id = ?",
    .bind = list_bind_org, .columns = columns, .filters = filters, .search_sql = "t.fold_key LIKE ?", .default_sort = "name", .tie_sql = "t.id",
    .row_route = "arriving-pupil", .row_actions = answering, .bulk_actions = accepting, .empty = N_("No organisation of this system has sent a pupil here"),
    .numbered = true,
};

/* ---- declining ---- */

static const struct field fields[] = {
    {"reason", N_("Why it is not accepted"), FIELD_TEXT, REQUIRED | WIDE, .max = 300, .hint = N_("The organisation that the pupil left reads this")},
    {0},
};

static const char IS_WAITING[] =
    "SELECT 1 FROM arriving WHERE org_id = ? AND id = ? AND state IN ('waiting', 'declined')";

static NEOERR *check_waiting(struct form_data *form)
{
    int64_t one;
    bool is_waiting;
    TRY(db_number(form->rq->db, IS_WAITING, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(form->subject)), &one, &is_waiting));
    return is_waiting ? STATUS_OK : nerr_pass(form_error(form, "", "%s", _("The pupil has been accepted or taken back already")));
}

static const char DECLINE[] =
    "UPDATE arriving SET state = 'declined' WHERE org_id = ? AND id = ? AND state IN ('waiting', 'declined')";
/* In every organisation that a pupil has come from: the departure says why. */
static const char TELL_SENDER[] =
    "UPDATE arriving t JOIN departure d ON d.org_id = t.from_org_id AND d.id = t.departure_id"
    " SET d.declined = t.reason, d.version = d.version + 1 WHERE t.org_id = ? AND t.id = ?";

static NEOERR *save_decline(struct db *db, struct form_data *form, int64_t id)
{
    const struct db_value *key = DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id));
    int64_t changed;
    TRY(form_save_columns(&arriving_decline_form, db, form, id));
    TRY(db_exec(db, DECLINE, key, &changed, NULL));
    return nerr_pass(db_exec(db, TELL_SENDER, key, NULL, NULL));
}

const struct form arriving_decline_form = {
    .id = "arriving-decline", .title = N_("Decline"), .table = "arriving", .subject_kind = "arriving", .fields = fields, .see = &register_pupils,
    .edit = &move_pupils, .check = check_waiting, .save = save_decline,
};

/* ---- the page of one ---- */

struct summary {
    struct request *rq;
    const char *name;
    bool may_be_answered;
    int64_t pupil;
};

static NEOERR *take_summary(void *data, const struct db_row *row)
{
    struct summary *summary = data;
    struct request *rq = summary->rq;
    const char *state = db_get(row, 3);
    summary->name = name_full(rq->pool, db_get(row, 0), db_get(row, 1), db_get(row, 2));
    summary->may_be_answered = strcmp(state, "waiting") == 0 || strcmp(state, "declined") == 0;
    summary->pupil = db_get_int(row, 11);
    TRY(form_fact(rq, _("State"), code_name(&state_codes, state)));
    if (db_get(row, 10)[0] != '\0')
        TRY(form_fact(rq, _("Why it is not accepted"), db_get(row, 10)));
    TRY(form_fact(rq, _("Date of birth"), i18n_date(rq->pool, db_get_date(row, 4))));
    TRY(form_fact(rq, _("Where from"), name_in_language(rq, db_get(row, 5))));
    TRY(form_fact(rq, request_words(rq, N_("From class")), show_class(rq, pool_strdup(rq->pool, db_get(row, 6)))));
    TRY(form_fact(rq, _("Date of departure"), i18n_date(rq->pool, db_get_date(row, 7))));
    return nerr_pass(form_fact(rq, _("Order of the other organisation"), order_words(rq, db_get(row, 8), db_get_date(row, 9))));
}

static const char SUMMARY[] =
    "SELECT t.surname, t.given, t.patronymic, t.state, t.born_on, t.from_name, " CLASS_THERE ", t.left_on, t.order_number, t.order_dated, t.reason, t.pupil_id"
    " FROM arriving t WHERE t.org_id = ? AND t.id = ?";

static NEOERR *open_arriving(struct request *rq, int64_t *id, struct summary *summary)
{
    *summary = (struct summary){.rq = rq};
    TRY(request_id(rq, 0, id));
    return nerr_pass(db_one(rq->db, SUMMARY, DB_VALUES(DB_INT(rq->place.org), DB_INT(*id)), take_summary, summary));
}

NEOERR *arriving_page(struct request *rq, struct response *rs)
{
    struct summary summary;
    int64_t id;
    TRY(open_arriving(rq, &id, &summary));
    TRY(page_begin(rq, rs, "card.cs", summary.name));
    if (summary.may_be_answered && request_may(rq, &move_pupils)) {
        TRY(page_action(rq, _("Accept"), process_url(rq, &accept_arriving, id), "check-circle", true));
        TRY(page_action(rq, _("Decline"), route_url(rq, "arriving-decline", route_number(rq, id)), NULL, false));
    }
    if (summary.pupil != 0)
        TRY(page_action(rq, _("Open the file"), route_url(rq, "pupil", route_number(rq, summary.pupil)), NULL, true));
    TRY(handover_crumbs(rq, &arriving_list, id, summary.name, NULL));
    TRY(view_set(rq->hdf, "Card.history", "1"));
    return nerr_pass(audit_show(rq, "arriving", id));
}

NEOERR *arriving_decline_page(struct request *rq, struct response *rs)
{
    struct summary summary;
    int64_t id;
    TRY(open_arriving(rq, &id, &summary));
    return nerr_pass(handover_form_page(rq, rs, &arriving_decline_form, &arriving_list, id, summary.name));
}

/* ---- tasks ---- */

static void say_task(struct request *rq, const struct db_row *row, struct task *task)
{
    const char *name = name_full(rq->pool, db_get(row, 1), db_get(row, 2), db_get(row, 3));
    *task = (struct task){
        .text = pool_printf(rq->pool, "%s: %s", request_words(rq, arriving_list.title), name), .detail = name_in_language(rq, db_get(row, 4)),
        .since = db_get_time(row, 5), .address = route_url(rq, "arriving-pupil", db_get(row, 0)), .button = _("Open"),
    };
}

static const char COUNT_WAITING[] =
    "SELECT COUNT(*) FROM arriving WHERE org_id = ? AND state = 'waiting'";
static const char WAITING[] =
    "SELECT id, surname, given, patronymic, from_name, made_at FROM arriving WHERE org_id = ? AND state = 'waiting' ORDER BY made_at, id LIMIT ?";

const struct task_rows arriving_tasks = {COUNT_WAITING, WAITING, say_task};
