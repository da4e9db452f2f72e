/* order.c: an order is proposed a number, reserved by a draft, signed by the process that applies; numbers are never used again. */
#include "school/office/order.h"

#include "base/crypto.h"
#include "engine/file.h"
#include "engine/setting.h"

#include <stdlib.h>
#include <string.h>

static const struct order_series *series_of(const struct process_run *run)
{
    return run->process->detail;
}

static int64_t org_of(const struct process_run *run)
{
    return run->rq->place.org;
}

/* ---- the next number ---- */

struct last {
    struct pool *pool;
    int64_t ordinal;
    const char *tail; /* "-у" of "120-у": the next number keeps it */
};

static const char LAST_NUMBER[] =
    "SELECT number, ordinal"
    " FROM school_order"
    " WHERE org_id = ? AND journal = ? AND year = ? AND ordinal > 0"
    " ORDER BY ordinal DESC, id DESC"
    " LIMIT 1";

static NEOERR *take_last(void *data, const struct db_row *row)
{
    struct last *last = data;
    const char *number = db_get(row, 0);
    last->ordinal = db_get_int(row, 1);
    last->tail = pool_strdup(last->pool, number + strspn(number, "0123456789"));
    return STATUS_OK;
}

/* Each journal marks its numbers with letters of its own until the organisation writes them another way. */
static const struct {
    const char *journal, *tail;
} usual_tails[] = {{"contingent", "-у"}, {"staff", "-к"}, {"general", ""}};

static const char *usual_tail(const char *journal)
{
    for (size_t i = 0; i < sizeof usual_tails / sizeof usual_tails[0]; i++)
        if (strcmp(usual_tails[i].journal, journal) == 0)
            return usual_tails[i].tail;
    return "";
}

static NEOERR *next_number(struct process_run *run, int year, const char **number)
{
    struct last last = {.pool = run->rq->pool, .tail = usual_tail(series_of(run)->journal)};
    TRY(db_each(run->rq->db, LAST_NUMBER, DB_VALUES(DB_INT(org_of(run)), DB_TEXT(series_of(run)->journal), DB_INT(year)), take_last, &last));
    *number = pool_printf(run->rq->pool, "%lld%s", (long long)last.ordinal + 1, last.tail);
    return STATUS_OK;
}

NEOERR *order_begin(struct process_run *run)
{
    struct date today = request_today(run->rq);
    const char *number, *on;
    TRY(settings_on(run->rq->db, run->rq->pool, org_of(run), &on));
    run->needs_second_person = setting_is_on(on, "order.second_person");
    TRY(form_set(run->form, "scan_may_wait", setting_is_on(on, "order.scan_later") ? "1" : ""));
    if (http_get(&run->rq->posted, "order_number") == NULL) { /* else the posted one takes its place */
        TRY(next_number(run, today.year, &number));
        TRY(form_set(run->form, "order_number", number));
    }
    return nerr_pass(form_set_date(run->form, "order_date", today));
}

struct date order_day(const struct process_run *run)
{
    const char *field = series_of(run)->day;
    struct date day = field != NULL ? form_date(run->form, field) : (struct date){0};
    return day.year != 0 ? day : form_date(run->form, "order_date");
}

bool order_needs_scan(const struct form_data *form)
{
    return form_text(form, "scan_may_wait")[0] == '\0';
}

bool order_needs_second_person(const struct process_run *run)
{
    return run->needs_second_person;
}

const char *order_words(struct request *rq, const char *number, struct date dated)
{
    return pool_printf(rq->pool, _("Order № %s of %s"), number, i18n_date(rq->pool, dated));
}

struct telling {
    struct request *rq;
    order_say_fn *say;
    ledger_tell_fn *tell;
    void *data;
};

static NEOERR *tell_row(void *data, const struct db_row *row)
{
    const struct telling *telling = data;
    return nerr_pass(telling->tell(telling->data, telling->say(telling->rq, row)));
}

NEOERR *order_tell(struct request *rq, const char *sql, int64_t order, size_t limit, order_say_fn *say, ledger_tell_fn *tell, void *data)
{
    struct telling telling = {rq, say, tell, data};
    return nerr_pass(db_each(rq->db, sql, DB_VALUES(DB_INT(rq->place.org), DB_INT(order), DB_INT(limit)), tell_row, &telling));
}

static const char EXISTS[] = "SELECT id FROM school_order WHERE org_id = ? AND id = ?";

NEOERR *order_exists(struct request *rq, int64_t order)
{
    int64_t id;
    bool found;
    TRY(db_number(rq->db, EXISTS, DB_VALUES(DB_INT(rq->place.org), DB_INT(order)), &id, &found));
    return found ? STATUS_OK : nerr_raise(ERROR_NOT_FOUND, "no order %lld", (long long)order);
}

/* ---- rules ---- */

static const char FIND_NUMBER[] =
    "SELECT id FROM school_order WHERE org_id = ? AND journal = ? AND year = ? AND number = ? AND id <> ? LIMIT 1";

static NEOERR *check_number(struct process_run *run)
{
    struct form_data *form = run->form;
    const char *number = form_text(form, "order_number"), *next;
    int year = form_date(form, "order_date").year;
    int64_t taken;
    bool found;
    if (number[0] == '\0' || year == 0)
        return STATUS_OK;
    TRY(db_number(run->rq->db, FIND_NUMBER,
                  DB_VALUES(DB_INT(org_of(run)), DB_TEXT(series_of(run)->journal), DB_INT(year), DB_TEXT(number), DB_INT(run->order)), &taken,
                  &found));
    if (!found)
        return STATUS_OK;
    TRY(next_number(run, year, &next));
    return nerr_pass(form_error(form, "order_number", _("Order № %s is already in this year's journal; the next free number is %s"), number, next));
}

static NEOERR *check_scan(struct form_data *form, const char *id)
{
    struct request *rq = form->rq;
    struct file file;
    NEOERR *error = file_load(rq->db, rq->pool, rq->place.org, strtoll(id, NULL, 10), &file);
    if (nerr_handle(&error, ERROR_NOT_FOUND))
        return nerr_pass(form_error(form, "order_scan", "%s", _("The scan is not there any more; attach it again")));
    TRY(error);
    if (file.state == FILE_CHECKING)
        return nerr_pass(form_error(form, "order_scan", _("“%s” is still being checked; press the button again in a moment"), file.name));
    if (file.state == FILE_BAD)
        return nerr_pass(form_error(form, "order_scan", "%s: %s", file.name, file.fault != NULL ? _(file.fault) : ""));
    return STATUS_OK;
}

NEOERR *order_check_scans(struct form_data *form)
{
    char *rest = pool_strdup(form->rq->pool, form_text(form, "order_scan")), *id;
    while ((id = strsep(&rest, ",")) != NULL && id[0] != '\0')
        TRY(check_scan(form, id));
    return STATUS_OK;
}

NEOERR *order_check(struct process_run *run)
{
    TRY(order_check_scans(run->form));
    return nerr_pass(check_number(run));
}

/* ---- writing ---- */

static const char ADD[] =
    "INSERT INTO school_order (org_id, uid, journal, year, number, ordinal, state, kind, dated, summary, process_id, recorded_at, recorded_by)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char CHANGE[] =
    "UPDATE school_order"
    " SET year = ?, number = ?, ordinal = ?, state = ?, dated = ?, summary = ?, process_id = ?, recorded_at = ?"
    " WHERE org_id = ? AND id = ? AND state = 'reserved'";
static const char ADD_SCAN[] =
    "INSERT INTO order_scan (org_id, order_id, position, file_id)"
    " SELECT ?, ?, COALESCE(MAX(s.position), 0) + 1, ? FROM order_scan s WHERE s.org_id = ? AND s.order_id = ?";
static const char MAKE_GAP[] =
    "UPDATE school_order SET state = 'gap', gap_reason = ? WHERE org_id = ? AND id = ? AND state = 'reserved'";

static NEOERR *write_order(struct db *db, struct process_run *run, const char *state)
{
    struct form_data *form = run->form;
    const struct order_series *series = series_of(run);
    struct date date = form_date(form, "order_date");
    const char *number = form_text(form, "order_number"), *summary = form_text(form, "order_summary");
    char uid[CRYPTO_UUID_SIZE];
    int year = date.year != 0 ? date.year : request_today(run->rq).year;
    if (run->order != 0)
        return nerr_pass(db_exec(db, CHANGE,
                                 DB_VALUES(DB_INT(year), DB_TEXT(number), DB_INT(atoi(number)), DB_TEXT(state), DB_DATE(date), DB_TEXT(summary),
                                           DB_ID(run->id), DB_TIME(clock_now()), DB_INT(org_of(run)), DB_INT(run->order)),
                                 NULL, NULL));
    crypto_uuid(uid);
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(DB_INT(org_of(run)), DB_TEXT(uid), DB_TEXT(series->journal), DB_INT(year), DB_TEXT(number),
                                       DB_INT(atoi(number)), DB_TEXT(state), DB_TEXT(series->kind), DB_DATE(date), DB_TEXT(summary), DB_ID(run->id),
                                       DB_TIME(clock_now()), DB_INT(run->rq->session.account)),
                             NULL, &run->order));
}

NEOERR *order_add_scans(struct db *db, struct form_data *form, int64_t order)
{
    struct request *rq = form->rq;
    char *rest = pool_strdup(rq->pool, form_text(form, "order_scan")), *id;
    const struct db_value org = DB_INT(rq->place.org);
    while ((id = strsep(&rest, ",")) != NULL && id[0] != '\0')
        TRY(db_exec(db, ADD_SCAN, DB_VALUES(org, DB_INT(order), DB_TEXT(id), org, DB_INT(order)), NULL, NULL));
    return STATUS_OK;
}

NEOERR *order_take(struct db *db, struct process_run *run)
{
    TRY(write_order(db, run, "signed"));
    return nerr_pass(order_add_scans(db, run->form, run->order));
}

/* A draft without a number, or with one that is taken, reserves nothing: the check says so at submit. */
NEOERR *order_reserve(struct db *db, struct process_run *run)
{
    struct form_data *form = run->form;
    int64_t taken;
    bool found;
    struct date date = form_date(form, "order_date");
    int year = date.year != 0 ? date.year : request_today(run->rq).year;
    if (form_text(form, "order_number")[0] == '\0' || form_has_error(form, "order_number"))
        return STATUS_OK;
    TRY(db_number(db, FIND_NUMBER,
                  DB_VALUES(DB_INT(org_of(run)), DB_TEXT(series_of(run)->journal), DB_INT(year), DB_TEXT(form_text(form, "order_number")),
                            DB_INT(run->order)),
                  &taken, &found));
    return found ? STATUS_OK : nerr_pass(write_order(db, run, "reserved"));
}

NEOERR *order_release(struct db *db, struct process_run *run, const char *reason)
{
    if (run->order == 0)
        return STATUS_OK;
    return nerr_pass(db_exec(db, MAKE_GAP, DB_VALUES(DB_TEXT(reason), DB_INT(org_of(run)), DB_INT(run->order)), NULL, NULL));
}

NEOERR *order_will(struct process_run *run)
{
    return nerr_pass(process_will(run, _("Order № %s goes into the organisation's journal of orders."), form_text(run->form, "order_number")));
}
