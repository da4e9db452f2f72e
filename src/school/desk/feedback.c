/* feedback.c: «Оставить отзыв» on every page (NAV-19), and the list of it for the administrator. */
#include "school/desk/desk.h"

#include "engine/page.h"
#include "school/permissions.h"

#include <string.h>

static const struct field fields[] = {
    {"words", N_("Your feedback"), FIELD_LINES, REQUIRED | WIDE, .max = 2000},
    {"page", N_("Page"), FIELD_HIDDEN},
    {0},
};

struct sending {
    struct request *rq;
    struct form_data *form;
    bool repeated;
};

static const char ADD[] = "INSERT INTO feedback (org_id, at, account_id, page, words) VALUES (?, ?, ?, ?, ?)";

static NEOERR *store(struct db *db, void *data)
{
    struct sending *sending = data;
    struct request *rq = sending->rq;
    char *result;
    TRY(form_key_take(db, rq, &sending->repeated, &result));
    if (sending->repeated)
        return STATUS_OK;
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(DB_INT(rq->place.org), DB_TIME(clock_now()), DB_INT(rq->session.account), DB_TEXT(form_text(sending->form, "page")),
                                       DB_TEXT(form_text(sending->form, "words"))),
                             NULL, NULL));
}

/* Back to the page it was written on, when that is one of ours. */
static const char *way_back(const struct request *rq, const struct form_data *form)
{
    const char *page = form_text(form, "page");
    return page[0] == '/' && page[1] != '/' && page[1] != '\\' ? page : route_url(rq, "home");
}

static NEOERR *show(struct request *rq, struct response *rs, struct form_data *form, int status)
{
    rs->http.status = status;
    TRY(page_begin(rq, rs, "feedback.cs", _("Leave feedback")));
    return nerr_pass(form_show(form));
}

NEOERR *feedback_page(struct request *rq, struct response *rs)
{
    struct sending sending = {.rq = rq};
    TRY(form_data_new(rq, fields, &sending.form));
    if (rq->http->method != HTTP_POST)
        return nerr_pass(show(rq, rs, sending.form, 200));
    TRY(form_read(sending.form));
    if (sending.form->error_count > 0)
        return nerr_pass(show(rq, rs, sending.form, 422));
    TRY(db_run(rq->db, store, &sending));
    return nerr_pass(response_redirect_with(rq, rs, way_back(rq, sending.form), "ok", _("Thank you, your feedback was sent")));
}

/* ---- the administrator's list ---- */

static NEOERR *bind_nothing(struct list_query *query)
{
    (void)query;
    return STATUS_OK;
}

static const char *show_time(struct request *rq, const char *value)
{
    int64_t at;
    return clock_parse(value, &at) ? i18n_time(rq->pool, at, rq->worker->config->time_zone) : value;
}

static const struct list_column columns[] = {
    {"at", N_("When"), "f.at", .flags = COLUMN_SORTABLE, .show = show_time},
    {"words", N_("Feedback"), "f.words", .flags = COLUMN_STICKY, .width = 4},
    {"who", N_("Who"), "CONCAT_WS(' ', h.surname, h.given)", .flags = COLUMN_SORTABLE, .width = 2},
    {"org", N_("Organisation"),
     "COALESCE((SELECT n.name_ru FROM organisation_name n WHERE n.organisation_id = f.org_id ORDER BY n.valid_from DESC LIMIT 1), '')",
     .flags = COLUMN_SORTABLE, .width = 2},
    {"page", N_("Page"), "f.page", .width = 2},
    {0},
};

/* The administrator reads what people of every organisation wrote. */
const struct list feedback_list = {
    .id = "feedback", .title = N_("Feedback"), .permission = &see_feedback, .id_sql = "f.id",
    .from = "feedback f JOIN account a ON a.id = f.account_id JOIN person h ON h.id = a.person_id", .where = "1 = 1", .bind = bind_nothing,
    .columns = columns, .default_sort = "-at", .tie_sql = "f.id", .empty = N_("Nobody has written yet"), .landscape = true,
};
