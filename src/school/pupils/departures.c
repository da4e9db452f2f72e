/* departures.c: who left for another organisation of education: the list of those whose arrival is not confirmed, the page of one with
 * its slips, and the form that enters the arrival slip. (CON-30) */
#include "school/pupils/class.h"
#include "school/pupils/handover.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/audit.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/org/org.h"
#include "school/permissions.h"

#include <stdlib.h>
#include <string.h>

/* ---- the list ---- */

/* "1|kk|ru|en" of an organisation that the directory knows, "0|name, place" as typed. */
#define DESTINATION "CONCAT_WS('|', IF(d.to_org_uid IS NULL, 0, 1), IF(d.to_org_uid IS NULL, CONCAT_WS(', ', d.to_name, NULLIF(d.to_place, '')), d.to_name))"

static const char *show_destination(struct request *rq, const char *value)
{
    return value[0] == '1' ? name_in_language(rq, value + 2) : value[0] != '\0' ? value + 2 : value;
}

/* How long ago that day was: the column holds the day. */
static const char *show_days(struct request *rq, const char *value)
{
    struct date left_on;
    if (!date_from_iso(value, &left_on))
        return value;
    return pool_printf(rq->pool, "%d", date_days_between(left_on, request_today(rq)));
}

static const char *show_declined(struct request *rq, const char *value)
{
    return value[0] == '\0' ? value : pool_printf(rq->pool, _("not accepted: %s"), value);
}

static const struct list_column columns[] = {
    {"name", N_("Full name"), "CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, ''))", "p.sort_key",
     COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 3},
    {"class", N_("From class"), "d.class", "CONCAT(LPAD(SUBSTRING_INDEX(d.class, '|', 1), 2, '0'), d.class)", COLUMN_SORTABLE, .show = class_label},
    {"left_on", N_("Date of departure"), "d.left_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"to", N_("Where to"), DESTINATION, "d.to_name", COLUMN_SORTABLE, .width = 3, .show = show_destination},
    {"days", N_("Days passed"), "IF(d.state = 'open', d.left_on, NULL)", .flags = COLUMN_NUMBER, .width = 0.8, .show = show_days},
    {"number", N_("Departure slip"), "CONCAT('№ ', d.number)", "d.year * 100000 + d.number", COLUMN_SORTABLE, .width = 0.9},
    {"declined", N_("To be noted"), "IF(d.state = 'open', d.declined, '')", .flags = COLUMN_CHIP, .width = 1.5, .show = show_declined},
    {0},
};

static const struct code places[] = {
    {"1", {"Осы жүйенің ұйымы", "Организация этой системы", "An organisation of this system"}},
    {"0", {"Басқа ұйым", "Другая организация", "Another organisation"}},
    {0},
};
static const struct code_list place_codes = {"departure_place", N_("Where to"), places};

static const struct list_filter filters[] = {
    {"state", N_("State"), "d.state = ?", .codes = &departure_state_codes, .fallback = "open"},
    {"place", N_("Where to"), "(d.to_org_id IS NOT NULL) = ?", .codes = &place_codes},
    {"year", N_("Year of departure"), "YEAR(d.left_on) = ?", .choices = list_year_choices},
    {0},
};

static const struct list_action row_actions[] = {
    {N_("Arrival slip"), "arrival-slip", &register_pupils},
    {0},
};

const struct list departures_list = {
    .id = "departures", .title = N_("Arrival not confirmed"), .permission = &register_pupils, .id_sql = "d.id",
    .from = "departure d JOIN pupil p ON p.org_id = d.org_id AND p.id = d.pupil_id", .where = "d.org_id = ?", .bind = list_bind_org, .columns = columns,
    .filters = filters, .search_sql = "p.fold_key LIKE ?", .default_sort = "left_on", .tie_sql = "d.id", .row_route = "departure",
    .row_actions = row_actions, .empty = N_("Nobody has left for another organisation yet"), .numbered = true, .landscape = true,
};

/* ---- the arrival slip ---- */

static const struct field fields[] = {
    {"arrival_name", N_("Organisation that has accepted the pupil"), FIELD_TEXT, REQUIRED | WIDE, .max = 300},
    {"arrival_number", N_("Number of the arrival slip"), FIELD_TEXT, REQUIRED, .max = 40},
    {"arrival_on", N_("Date of the arrival slip"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"arrival_note", N_("Note"), FIELD_TEXT, WIDE, .max = 300},
    {"file_id", N_("Scan"), FIELD_FILE, SEVERAL},
    {0},
};

struct opened {
    struct request *rq;
    struct date left_on;
    bool is_returned, is_accepted;
    const char *destination;
};

static NEOERR *take_opened(void *data, const struct db_row *row)
{
    struct opened *opened = data;
    opened->left_on = db_get_date(row, 0);
    opened->is_returned = strcmp(db_get(row, 1), "returned") == 0;
    opened->is_accepted = db_get_int(row, 2) != 0;
    opened->destination = show_destination(opened->rq, pool_strdup(opened->rq->pool, db_get(row, 3)));
    return STATUS_OK;
}

static const char OPENED[] =
    "SELECT d.left_on, d.state, d.is_accepted, " DESTINATION " FROM departure d WHERE d.org_id = ? AND d.id = ?";

static NEOERR *load_opened(struct request *rq, int64_t id, struct opened *opened)
{
    *opened = (struct opened){.rq = rq};
    return nerr_pass(db_one(rq->db, OPENED, DB_VALUES(DB_INT(rq->place.org), DB_INT(id)), take_opened, opened));
}

/* The school that was named at the departure is offered. */
static NEOERR *load_slip(struct form_data *form, int64_t id)
{
    struct opened opened;
    TRY(form_load_columns(&arrival_slip_form, form, id));
    if (db_in_transaction(form->rq->db) || form_text(form, "arrival_name")[0] != '\0')
        return STATUS_OK;
    TRY(load_opened(form->rq, id, &opened));
    return nerr_pass(form_set(form, "arrival_name", opened.destination));
}

static NEOERR *check_slip(struct form_data *form)
{
    struct opened opened;
    struct date on = form_date(form, "arrival_on");
    TRY(load_opened(form->rq, form->subject, &opened));
    if (opened.is_returned)
        TRY(form_error(form, "", "%s", _("The departure was taken back: there is no arrival to confirm")));
    if (opened.is_accepted)
        TRY(form_error(form, "", "%s", _("The other organisation has accepted the pupil by its order: no slip is needed")));
    if (on.year != 0 && date_compare(on, opened.left_on) < 0)
        TRY(form_error(form, "arrival_on", _("The pupil left on %s: the arrival cannot be earlier"), i18n_date(form->rq->pool, opened.left_on)));
    return STATUS_OK;
}

static const char CONFIRM[] =
    "UPDATE departure SET state = 'confirmed' WHERE org_id = ? AND id = ? AND state <> 'returned' AND is_accepted = 0";

static NEOERR *save_slip(struct db *db, struct form_data *form, int64_t id)
{
    TRY(form_save_columns(&arrival_slip_form, db, form, id));
    return nerr_pass(db_exec(db, CONFIRM, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id)), NULL, NULL));
}

const struct form arrival_slip_form = {
    .id = "arrival-slip", .title = N_("Arrival slip"), .table = "departure", .subject_kind = "departure", .fields = fields, .see = &register_pupils,
    .edit = &register_pupils, .load = load_slip, .check = check_slip, .save = save_slip,
};

/* ---- the page of one ---- */

struct summary {
    struct request *rq;
    int64_t pupil, order;
    bool is_open, is_accepted, has_slip;
    const char *name;
};

static NEOERR *take_summary(void *data, const struct db_row *row)
{
    struct summary *summary = data;
    struct request *rq = summary->rq;
    struct pool *pool = rq->pool;
    summary->pupil = db_get_int(row, 0);
    summary->order = db_get_int(row, 1);
    summary->name = name_full(pool, db_get(row, 2), db_get(row, 3), db_get(row, 4));
    summary->is_open = strcmp(db_get(row, 5), "open") == 0;
    summary->has_slip = strcmp(db_get(row, 5), "confirmed") == 0;
    summary->is_accepted = db_get_int(row, 6) != 0;
    TRY(form_fact(rq, _("State"), code_name(&departure_state_codes, db_get(row, 5))));
    TRY(form_fact(rq, _("Number of the slip"), db_get(row, 7)));
    TRY(form_fact(rq, request_words(rq, N_("From class")), class_label(rq, db_get(row, 8))));
    TRY(form_fact(rq, _("Date of departure"), i18n_date(pool, db_get_date(row, 9))));
    TRY(form_fact(rq, _("Where to"), show_destination(rq, pool_strdup(pool, db_get(row, 10)))));
    if (db_get(row, 11)[0] != '\0')
        TRY(form_fact(rq, _("Why it is not accepted"), db_get(row, 11)));
    if (!summary->is_accepted)
        return STATUS_OK;
    const char *accepted = pool_printf(pool, _("Order № %s of %s"), db_get(row, 12), i18n_date(pool, db_get_date(row, 13)));
    return nerr_pass(form_fact(rq, _("Accepted by the other organisation"), accepted));
}

static const char SUMMARY[] =
    "SELECT d.pupil_id, d.order_id, p.surname, p.given, p.patronymic, d.state, d.is_accepted, d.number, d.class, d.left_on, " DESTINATION ", d.declined,"
    " d.arrival_number, d.arrival_on"
    " FROM departure d JOIN pupil p ON p.org_id = d.org_id AND p.id = d.pupil_id"
    " WHERE d.org_id = ? AND d.id = ?";

static NEOERR *open_departure(struct request *rq, int64_t *id, struct summary *summary)
{
    *summary = (struct summary){.rq = rq};
    TRY(request_id(rq, 0, id));
    return nerr_pass(db_one(rq->db, SUMMARY, DB_VALUES(DB_INT(rq->place.org), DB_INT(*id)), take_summary, summary));
}

static NEOERR *show_ways(struct request *rq, const struct summary *summary, int64_t id)
{
    const char *number = route_number(rq, id), *slip = route_url(rq, "arrival-slip", number);
    if (summary->is_open)
        TRY(page_action(rq, _("Arrival slip"), slip, "check-circle", true));
    if (summary->has_slip && !summary->is_accepted)
        TRY(page_operation(rq, _("Edit the arrival slip"), slip));
    TRY(page_action(rq, _("Departure slip"), route_url(rq, "departure-print", number), NULL, false));
    TRY(page_operation(rq, _("Open the file"), route_url(rq, "pupil", route_number(rq, summary->pupil))));
    return request_may(rq, &see_orders) ? nerr_pass(page_operation(rq, _("Open the order"), route_url(rq, "order", route_number(rq, summary->order)))) : STATUS_OK;
}

NEOERR *departure_page(struct request *rq, struct response *rs)
{
    struct summary summary;
    int64_t id;
    TRY(open_departure(rq, &id, &summary));
    TRY(page_begin(rq, rs, "card.cs", summary.name));
    if (summary.has_slip && !summary.is_accepted)
        TRY(form_show_record(rq, &arrival_slip_form, id));
    TRY(show_ways(rq, &summary, id));
    TRY(handover_crumbs(rq, &departures_list, id, summary.name, NULL));
    TRY(view_set(rq->hdf, "Card.history", "1"));
    return nerr_pass(audit_show(rq, "departure", id));
}

NEOERR *arrival_slip_page(struct request *rq, struct response *rs)
{
    struct summary summary;
    int64_t id;
    TRY(open_departure(rq, &id, &summary));
    return nerr_pass(handover_form_page(rq, rs, &arrival_slip_form, &departures_list, id, summary.name));
}

/* ---- in the pupil's file ---- */

static NEOERR *add_slip(void *data, const struct db_row *row)
{
    struct request *rq = data;
    const char *label = pool_printf(rq->pool, "%s № %s · %s", _("Departure slip"), db_get(row, 1), i18n_date(rq->pool, db_get_date(row, 2)));
    return nerr_pass(page_operation(rq, label, route_url(rq, "departure", db_get(row, 0))));
}

static const char OF_PUPIL[] =
    "SELECT id, number, left_on FROM departure WHERE org_id = ? AND pupil_id = ? AND state <> 'returned' ORDER BY id DESC LIMIT 5";

NEOERR *departures_show(struct request *rq, int64_t pupil)
{
    if (!request_may(rq, &register_pupils))
        return STATUS_OK;
    return nerr_pass(db_each(rq->db, OF_PUPIL, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil)), add_slip, rq));
}

/* ---- tasks: who is not accepted where they were sent ---- */

static void say_task(struct request *rq, const struct db_row *row, struct task *task)
{
    const char *name = name_full(rq->pool, db_get(row, 1), db_get(row, 2), db_get(row, 3));
    *task = (struct task){
        .text = pool_printf(rq->pool, _("%s is not accepted there: %s"), name, db_get(row, 4)), .address = route_url(rq, "departure", db_get(row, 0)),
        .button = _("Open"),
    };
}

static const char COUNT_DECLINED[] =
    "SELECT COUNT(*) FROM departure WHERE org_id = ? AND state = 'open' AND declined <> ''";
static const char DECLINED[] =
    "SELECT d.id, p.surname, p.given, p.patronymic, d.declined FROM departure d JOIN pupil p ON p.org_id = d.org_id AND p.id = d.pupil_id"
    " WHERE d.org_id = ? AND d.state = 'open' AND d.declined <> '' ORDER BY d.left_on, d.id LIMIT ?";

const struct task_rows departure_tasks = {COUNT_DECLINED, DECLINED, say_task};
