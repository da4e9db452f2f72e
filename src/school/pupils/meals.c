/* meals.c: free meals: the register of applications, who may have them on a date (CON-42), the page of an application with its decision
 * and its early end. Those refused and those that ended stay in the register. */
#include "school/pupils/meals.h"

#include "engine/audit.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include <string.h>

/* ---- lists: of one pupil, and the register ---- */

static const char *show_word(struct request *rq, const char *value)
{
    (void)rq;
    return _(value);
}

/* "2026-09-05 2027-05-25" */
static const char *show_term(struct request *rq, const char *value)
{
    struct date from, to;
    const char *rest = strchr(value, ' ');
    if (rest == NULL || !date_from_iso(pool_strndup(rq->pool, value, (size_t)(rest - value)), &from) || !date_from_iso(rest + 1, &to))
        return value;
    return pool_printf(rq->pool, "%s\u00a0– %s", i18n_date(rq->pool, from), i18n_date(rq->pool, to));
}

#define NO_SCAN N_("no scan")
#define MEAL_LAST_DAY "COALESCE(r.ended_on - INTERVAL 1 DAY, r.valid_to)"
#define COLUMN_MEAL_NUMBER {"number", N_("Number"), "r.number", "CONCAT(r.year, LPAD(r.number, 8, '0'))", COLUMN_SORTABLE | COLUMN_NUMBER, .width = 0.6}
#define COLUMN_MEAL_DATE {"submitted", N_("Date of the application"), "r.submitted_on", .flags = COLUMN_SORTABLE | COLUMN_DATE}
#define COLUMN_MEAL_GROUND {"ground", N_("Ground"), "r.ground", .flags = COLUMN_SORTABLE, .width = 3, .codes = &meal_ground_codes}
#define COLUMNS_MEAL_TERM                                                                              \
    {"from", N_("Meals from"), "r.valid_from", .flags = COLUMN_SORTABLE | COLUMN_DATE},                \
    {"to", N_("Meals until"), MEAL_LAST_DAY, .flags = COLUMN_SORTABLE | COLUMN_DATE}
#define COLUMNS_MEAL_STATE                                                                             \
    {"state", N_("State"), "r.state", .flags = COLUMN_SORTABLE, .width = 1.5, .codes = &meal_state_codes},  \
    {"remark", N_("Reason"), "r.remark", .width = 2}
#define COLUMN_MEAL_PUPIL(flags) \
    {"name", N_("Full name"), "CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, ''))", "p.sort_key", COLUMN_SORTABLE | COLUMN_STICKY | (flags), .width = 3}
#define COLUMN_MEAL_CLASS                                                                                                                     \
    {"class", N_("Class"), "IF(c.id IS NULL, '', " CLASS_PACKED ")", "CONCAT(LPAD(c.grade, 2, '0'), c.name_ru)", COLUMN_SORTABLE, .show = class_label}

static const struct list_column pupil_columns[] = {
    {"ground", N_("Ground"), "r.ground", .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 3, .codes = &meal_ground_codes},
    COLUMN_MEAL_NUMBER, COLUMN_MEAL_DATE, COLUMNS_MEAL_TERM, COLUMNS_MEAL_STATE,
    {0},
};

const struct list pupil_meals_list = {
    .id = "pupil-meals", .title = N_("Free meals"), .permission = &see_contingent, .id_sql = "r.id", .from = "meal r",
    .where = "r.org_id = ? AND r.pupil_id = ?", .bind = list_bind_org_subject, .columns = pupil_columns, .default_sort = "-from", .tie_sql = "r.id DESC",
    .row_route = "meal", .empty = N_("There are no applications for free meals."),
};

/* On the screen there is room for the term in one column. */
static const struct list_column columns[] = {
    COLUMN_MEAL_NUMBER,
    COLUMN_MEAL_PUPIL(COLUMN_LINK),
    COLUMN_MEAL_CLASS,
    {"submitted", N_("Date of the application"), "r.submitted_on", .flags = COLUMN_SORTABLE | COLUMN_DATE | COLUMN_PAPER},
    COLUMN_MEAL_GROUND,
    {"from", N_("Meals from"), "r.valid_from", .flags = COLUMN_DATE | COLUMN_PAPER},
    {"to", N_("Meals until"), MEAL_LAST_DAY, .flags = COLUMN_DATE | COLUMN_PAPER},
    {"term", N_("Term"), "CONCAT(r.valid_from, ' ', " MEAL_LAST_DAY ")", .flags = COLUMN_SORTABLE | COLUMN_SCREEN, .show = show_term},
    COLUMNS_MEAL_STATE,
    {"scan", N_("Scan"), "IF(r.file_id = '', '" NO_SCAN "', NULL)", .flags = COLUMN_CHIP | COLUMN_PAPER, .show = show_word},
    {0},
};

static const struct list_filter filters[] = {
    {"state", N_("State"), "r.state = ?", .codes = &meal_state_codes},
    {"ground", N_("Ground"), "r.ground = ?", .codes = &meal_ground_codes},
    {"year", N_("Year"), "r.year = ?", .choices = list_year_choices},
    {0},
};

static const struct list_action registering[] = {
    {N_("Application for free meals"), "start:register-meal", &register_meals, "plus-lg", true},
    {N_("List of those permitted free meals"), "meal-permits", &see_contingent},
    {0},
};

const struct list meals_list = {
    .id = "meals", .title = N_("Applications for free meals"), .permission = &register_meals, .id_sql = "r.id",
    .from = "meal r JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id",
    .where = "r.org_id = ?", .bind = list_bind_org, .scope = pupil_list_scope, .columns = columns, .filters = filters, .search_sql = "p.fold_key LIKE ?",
    .default_sort = "-number", .tie_sql = "r.id DESC", .row_route = "meal", .page_actions = registering,
    .empty = N_("There are no applications for free meals yet: register the first one"), .landscape = true,
};

/* ---- who may have them on a date, by the class of that date ---- */

static const struct list_column permit_columns[] = {
    COLUMN_MEAL_PUPIL(COLUMN_LINK),
    COLUMN_MEAL_CLASS,
    {"born", N_("Date of birth"), "p.born_on", .flags = COLUMN_SORTABLE | COLUMN_DATE | COLUMN_PAPER},
    COLUMN_MEAL_GROUND,
    {"document", N_("Document"), "r.ground_document", .width = 2},
    COLUMNS_MEAL_TERM,
    {0},
};

static NEOERR *bind_day(struct list_query *query)
{
    struct date day;
    if (!date_from_iso(list_filter_value(query, "on"), &day))
        day = request_today(query->rq);
    TRY(list_value(query, DB_DATE(day)));
    TRY(list_value(query, DB_DATE(day)));
    TRY(list_bind_org(query));
    TRY(list_value(query, DB_DATE(day)));
    TRY(list_value(query, DB_DATE(day)));
    return nerr_pass(list_value(query, DB_DATE(day)));
}

static const struct list_filter permit_filters[] = {
    {"on", N_("On the date"), .is_day = true},
    {"class", N_("Class"), "c.id = ?", .choices = class_choices_seen},
    {"ground", N_("Ground"), "r.ground = ?", .codes = &meal_ground_codes},
    {0},
};

static const struct list_action to_register[] = {
    {N_("Application for free meals"), "start:register-meal", &register_meals, "plus-lg", true},
    {N_("Applications for free meals"), "meals", &register_meals},
    {0},
};

const struct list meal_permits_list = {
    .id = "meal-permits", .title = N_("List of those permitted free meals"), .permission = &see_contingent, .id_sql = "r.id",
    .from = "meal r JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id"
            " JOIN membership s ON s.org_id = p.org_id AND s.pupil_id = p.id AND s.from_on <= ? AND (s.to_on IS NULL OR s.to_on > ?)"
            " JOIN class c ON c.org_id = s.org_id AND c.id = s.class_id",
    .where = "r.org_id = ? AND r.state IN ('granted', 'ended') AND r.valid_from <= ? AND r.valid_to >= ? AND (r.ended_on IS NULL OR r.ended_on > ?)",
    .bind = bind_day, .scope = pupil_list_scope, .columns = permit_columns, .filters = permit_filters, .search_sql = "p.fold_key LIKE ?",
    .default_sort = "class", .tie_sql = "p.sort_key, r.id", .row_route = "meal", .page_actions = to_register,
    .empty = N_("Nobody has a permission for free meals on this date"), .numbered = true, .landscape = true,
};

/* ---- the term ---- */

static NEOERR *take_overlap(void *data, const struct db_row *row)
{
    struct form_data *form = data;
    return nerr_pass(form_error(form, "valid_from", _("These days overlap with the application № %s, %s–%s"), db_get(row, 0),
                                i18n_date(form->rq->pool, db_get_date(row, 1)), i18n_date(form->rq->pool, db_get_date(row, 2))));
}

static const char LOCK_PUPIL[] = "SELECT id FROM pupil WHERE org_id = ? AND id = ? FOR UPDATE";
static const char OVERLAP[] =
    "SELECT number, valid_from, COALESCE(ended_on - INTERVAL 1 DAY, valid_to) AS last FROM meal"
    " WHERE org_id = ? AND pupil_id = ? AND id <> ? AND state <> 'refused' AND valid_from <= ? HAVING last >= ? AND last >= valid_from"
    " ORDER BY valid_from LIMIT 1";

NEOERR *meal_check_term(struct form_data *form, int64_t pupil, int64_t id)
{
    struct request *rq = form->rq;
    struct date from = form_date(form, "valid_from"), to = form_date(form, "valid_to");
    int64_t one;
    if (from.year == 0 || to.year == 0)
        return STATUS_OK;
    if (date_compare(to, from) < 0)
        return nerr_pass(form_error(form, "valid_to", "%s", _("The term ends before it begins")));
    if (db_in_transaction(rq->db)) /* two at once */
        TRY(db_number(rq->db, LOCK_PUPIL, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil)), &one, NULL));
    return nerr_pass(db_each(rq->db, OVERLAP, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil), DB_INT(id), DB_DATE(to), DB_DATE(from)), take_overlap, form));
}

/* ---- one application ---- */

static NEOERR *take_meal(void *data, const struct db_row *row)
{
    struct meal *meal = data;
    struct pool *pool = meal->pool;
    *meal = (struct meal){
        .pool = pool, .pupil = db_get_int(row, 0), .number = db_get_int(row, 1), .state = pool_strdup(pool, db_get(row, 2)),
        .applicant = pool_strdup(pool, db_get(row, 3)), .ground = pool_strdup(pool, db_get(row, 4)), .ground_document = pool_strdup(pool, db_get(row, 5)),
        .remark = pool_strdup(pool, db_get(row, 6)), .submitted = db_get_date(row, 7), .from = db_get_date(row, 8), .to = db_get_date(row, 9),
        .decided = db_get_date(row, 10), .ended = db_get_date(row, 11),
    };
    return STATUS_OK;
}

static const char LOAD[] =
    "SELECT pupil_id, number, state, applicant, ground, ground_document, remark, submitted_on, valid_from, valid_to, decided_on, ended_on"
    " FROM meal WHERE org_id = ? AND id = ?";

NEOERR *meal_load(struct request *rq, const struct permission *permission, int64_t id, struct meal *meal)
{
    *meal = (struct meal){.pool = rq->pool};
    TRY(db_one(rq->db, LOAD, DB_VALUES(DB_INT(rq->place.org), DB_INT(id)), take_meal, meal));
    return nerr_pass(pupil_check_scope(rq, permission, meal->pupil));
}

/* Where the application stands is checked when the form is sent and again in its transaction. */
static NEOERR *check_state(struct form_data *form, const char *state, const char *words, struct meal *meal)
{
    TRY(meal_load(form->rq, &see_contingent, form->subject, meal));
    return strcmp(meal->state, state) == 0 ? STATUS_OK : nerr_pass(form_error(form, "", "%s", _(words)));
}

static NEOERR *refuse_overtaken(struct form_data *form, NEOERR *(*check)(struct form_data *))
{
    TRY(check(form));
    return form->error_count == 0 ? STATUS_OK : nerr_raise(ERROR_CONFLICT, "the application %lld was changed meanwhile", (long long)form->subject);
}

#define FORM_OF_MEAL .table = "meal", .subject_kind = "meal", .see = &see_contingent
#define IS_DECIDED N_("This application has been decided already")

/* ---- while it is not decided it may be mended ---- */

static NEOERR *check_open(struct form_data *form)
{
    struct meal meal;
    TRY(check_state(form, "submitted", IS_DECIDED, &meal));
    return nerr_pass(meal_check_term(form, meal.pupil, form->subject));
}

static NEOERR *save_open(struct db *db, struct form_data *form, int64_t id)
{
    TRY(refuse_overtaken(form, check_open));
    return nerr_pass(form_save_columns(&meal_form, db, form, id));
}

static const struct field fields[] = {MEAL_FIELDS, {0}};

const struct form meal_form = {
    .id = "meal", .title = N_("Application for free meals"), .fields = fields, .edit = &register_meals, .check = check_open, .save = save_open, FORM_OF_MEAL,
};

/* ---- the decision ---- */

static const struct code decisions[] = {
    {"granted", {"Рұқсат беру", "Разрешить", "Grant"}},
    {"refused", {"Бас тарту", "Отказать", "Refuse"}},
    {0},
};
static const struct code_list decision_codes = {"meal_decision", N_("Decision"), decisions};

static bool is_refused(const struct form_data *form)
{
    return strcmp(form_text(form, "state"), "refused") == 0;
}

static NEOERR *load_decision(struct form_data *form, int64_t id)
{
    struct meal meal;
    TRY(form_load_columns(&meal_decision_form, form, id));
    TRY(meal_load(form->rq, &see_contingent, id, &meal));
    TRY(form_set(form, "ground", code_name(&meal_ground_codes, meal.ground)));
    TRY(form_set(form, "ground_document", meal.ground_document));
    if (form_text(form, "decided_on")[0] == '\0')
        TRY(form_set_date(form, "decided_on", request_today(form->rq)));
    return strcmp(form_text(form, "state"), "submitted") == 0 ? nerr_pass(form_set(form, "state", "")) : STATUS_OK;
}

static NEOERR *check_decision(struct form_data *form)
{
    struct meal meal;
    TRY(check_state(form, "submitted", IS_DECIDED, &meal));
    if (date_compare(form_date(form, "decided_on"), meal.submitted) < 0)
        TRY(form_error(form, "decided_on", _("The application is of %s: it was not decided before"), i18n_date(form->rq->pool, meal.submitted)));
    return is_refused(form) ? STATUS_OK : nerr_pass(meal_check_term(form, meal.pupil, form->subject));
}

static NEOERR *save_decision(struct db *db, struct form_data *form, int64_t id)
{
    TRY(refuse_overtaken(form, check_decision));
    return nerr_pass(form_save_columns(&meal_decision_form, db, form, id));
}

static const struct field decision_fields[] = {
    {"ground", N_("Ground"), FIELD_SHOWN},
    {"ground_document", N_("Document"), FIELD_SHOWN},
    {"state", N_("Decision"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &decision_codes},
    {"remark", N_("Why it is refused"), FIELD_TEXT, WIDE, .max = 300, .required_when = is_refused, .depends = "state"},
    {"decided_on", N_("Decided on"), FIELD_DATE, REQUIRED | FUTURE_NO},
    MEAL_TERM,
    {0},
};

const struct form meal_decision_form = {
    .id = "meal-decision", .title = N_("Decision on free meals"), .fields = decision_fields, .edit = &decide_meals, .load = load_decision,
    .check = check_decision, .save = save_decision, FORM_OF_MEAL,
};

/* ---- an early end ---- */

static NEOERR *check_end(struct form_data *form)
{
    struct date ended = form_date(form, "ended_on");
    struct pool *pool = form->rq->pool;
    struct meal meal;
    TRY(check_state(form, "granted", N_("Only what was granted and has not ended can be ended"), &meal));
    if (date_compare(ended, meal.from) < 0 || date_compare(ended, meal.to) > 0)
        TRY(form_error(form, "ended_on", _("The permission is for %s–%s: choose a day of these"), i18n_date(pool, meal.from), i18n_date(pool, meal.to)));
    return STATUS_OK;
}

static const char END[] = "UPDATE meal SET state = 'ended' WHERE org_id = ? AND id = ?";

static NEOERR *save_end(struct db *db, struct form_data *form, int64_t id)
{
    TRY(refuse_overtaken(form, check_end));
    TRY(form_save_columns(&meal_end_form, db, form, id));
    return nerr_pass(db_exec(db, END, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id)), NULL, NULL));
}

static const struct field end_fields[] = {
    {"ended_on", N_("Ended on"), FIELD_DATE, REQUIRED, .hint = N_("From this day on there are no free meals")},
    {"remark", N_("Reason"), FIELD_TEXT, REQUIRED | WIDE, .max = 300},
    {0},
};

const struct form meal_end_form = {
    .id = "meal-end", .title = N_("Early end of free meals"), .fields = end_fields, .edit = &decide_meals, .check = check_end, .save = save_end, FORM_OF_MEAL,
};

/* ---- the pages ---- */

static NEOERR *show_crumbs(struct request *rq, const struct meal *meal, int64_t id, const char *label, const char *last)
{
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, label, route_url(rq, "pupil-tab", route_number(rq, meal->pupil), "meals")));
    TRY(page_crumb_record(rq, _("Application for free meals"), route_url(rq, "meal", route_number(rq, id)), last));
    TRY(page_facts(rq, pool_printf(rq->pool, "№ %lld · %s · %s", (long long)meal->number, i18n_date(rq->pool, meal->submitted), label)));
    return nerr_pass(page_menu(rq, "contingent"));
}

static NEOERR *show_state(struct request *rq, const struct meal *meal)
{
    TRY(form_fact(rq, _("State"), code_name(&meal_state_codes, meal->state)));
    if (meal->decided.year != 0)
        TRY(form_fact(rq, _("Decided on"), i18n_date(rq->pool, meal->decided)));
    if (meal->ended.year != 0)
        TRY(form_fact(rq, _("Ended on"), i18n_date(rq->pool, meal->ended)));
    return meal->remark[0] != '\0' ? nerr_pass(form_fact(rq, _("Reason"), meal->remark)) : STATUS_OK;
}

static NEOERR *show_operations(struct request *rq, const struct meal *meal, int64_t id)
{
    const char *number = route_number(rq, id);
    bool is_open = strcmp(meal->state, "submitted") == 0, decides = request_may(rq, &decide_meals);
    TRY(page_operation(rq, _("Print the application"), route_url(rq, "meal-print", number)));
    if (is_open && request_may(rq, &register_meals))
        TRY(page_operation(rq, _("Edit"), route_url(rq, "meal-edit", number)));
    if (strcmp(meal->state, "granted") == 0 && decides)
        TRY(page_operation(rq, _("Early end of free meals"), route_url(rq, "meal-end", number)));
    return is_open && decides ? nerr_pass(page_action(rq, _("Decide"), route_url(rq, "meal-decision", number), "check-circle", true)) : STATUS_OK;
}

NEOERR *meal_page(struct request *rq, struct response *rs)
{
    struct meal meal;
    const char *label;
    int64_t id;
    TRY(request_id(rq, 0, &id));
    TRY(meal_load(rq, &see_contingent, id, &meal));
    TRY(pupil_label(rq, meal.pupil, &label));
    TRY(page_begin(rq, rs, "card.cs", _("Application for free meals")));
    TRY(show_state(rq, &meal));
    TRY(form_show_record(rq, &meal_form, id));
    TRY(show_operations(rq, &meal, id));
    TRY(show_crumbs(rq, &meal, id, label, NULL));
    if (!request_may(rq, &register_meals))
        return STATUS_OK;
    TRY(view_set(rq->hdf, "Card.history", "1"));
    return nerr_pass(audit_show(rq, "meal", id));
}

NEOERR *meal_edit_page(struct request *rq, struct response *rs)
{
    const struct form *form = rq->route->detail;
    struct meal meal;
    const char *label;
    int64_t id;
    TRY(request_id(rq, 0, &id));
    TRY(meal_load(rq, form->edit, id, &meal));
    TRY(pupil_label(rq, meal.pupil, &label));
    TRY(form_edit_page(rq, rs, form, id, route_url(rq, "meal", route_number(rq, id))));
    return nerr_pass(show_crumbs(rq, &meal, id, label, request_words(rq, form->title)));
}

/* ---- tasks ---- */

static void say_task(struct request *rq, const struct db_row *row, struct task *task)
{
    *task = (struct task){
        .text = pool_printf(rq->pool, "%s: %s", _("Application for free meals"), db_get(row, 1)), .detail = code_name(&meal_ground_codes, db_get(row, 2)),
        .since = db_get_time(row, 3), .address = route_url(rq, "meal", db_get(row, 0)), .button = _("Decide"),
    };
}

static const char COUNT_OPEN[] = "SELECT COUNT(*) FROM meal WHERE org_id = ? AND state = 'submitted'";
static const char OPEN[] =
    "SELECT r.id, CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), r.ground, TIMESTAMP(r.submitted_on)"
    " FROM meal r JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id"
    " WHERE r.org_id = ? AND r.state = 'submitted' ORDER BY r.submitted_on, r.id LIMIT ?";

const struct task_rows meal_tasks = {COUNT_OPEN, OPEN, say_task};
