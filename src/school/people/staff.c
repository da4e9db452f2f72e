/* staff.c: the staff list and an employee's page: who, which position, which roles, the login. */
#include "school/people/people.h"

#include "base/name.h"
#include "engine/audit.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/people/person.h"
#include "school/permissions.h"

#include <string.h>

/* ---- list ---- */

static const char *show_roles(struct request *rq, const char *value)
{
    const char *words = "";
    char *rest = pool_strdup(rq->pool, value), *id;
    while ((id = strsep(&rest, ",")) != NULL) {
        const struct role *role = role_find(id);
        if (role != NULL)
            words = pool_printf(rq->pool, "%s%s%s", words, words[0] != '\0' ? ", " : "", request_words(rq, role->label));
    }
    return words;
}

#define ROLES_NOW                                                                                               \
    "COALESCE((SELECT GROUP_CONCAT(DISTINCT g.role ORDER BY g.role SEPARATOR ',') FROM role_grant g"             \
    " WHERE g.person_id = e.person_id AND g.org_id = e.org_id AND g.valid_to IS NULL), '')"

static const struct list_column columns[] = {
    {"name", N_("Full name"), "CONCAT_WS(' ', e.surname, e.given, NULLIF(e.patronymic, ''))", "e.sort_key", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK,
     .width = 3},
    {"born", N_("Date of birth"), "e.born_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"position", N_("Position"), "e.position", .flags = COLUMN_SORTABLE, .width = 2},
    {"roles", N_("Roles"), ROLES_NOW, .width = 2.5, .show = show_roles},
    {"login", N_("Login"), "h.login", .flags = COLUMN_SORTABLE, .width = 1.3},
    {0},
};

static const struct code presences[] = {
    {"current", {"Ағымдағы құрам", "Текущий состав", "Current staff"}},
    {"archive", {"Мұрағат", "Архив", "Archive"}},
    {0},
};
static const struct code_list presence_codes = {"staff_presence", N_("Standing"), presences};

static const struct list_filter filters[] = {
    {"state", N_("Standing"), "IF(e.left_on IS NULL, 'current', 'archive') = ?", .codes = &presence_codes, .fallback = "current"},
    {0},
};

static const struct list_action adding[] = {
    {N_("Add an employee"), "start:register-employee", &manage_staff, "person-plus", true},
    {0},
};

const struct list staff_list = {
    .id = "staff", .title = N_("Staff"), .permission = &see_staff, .id_sql = "e.id", .from = "employee e JOIN person h ON h.id = e.person_id",
    .where = "e.org_id = ?", .bind = list_bind_org, .columns = columns, .filters = filters, .search_sql = "e.fold_key LIKE ?", .digits_sql = "h.login LIKE ?",
    .default_sort = "name", .tie_sql = "e.id", .row_route = "employee", .page_actions = adding, .empty = N_("There is no staff yet: add the first employee"),
    .numbered = true,
};

/* ---- the file ---- */

static const char SAVE_KEYS[] = "UPDATE employee SET sort_key = ?, fold_key = ?, key_version = ? WHERE org_id = ? AND id = ?";

static NEOERR *save_employee(struct db *db, struct form_data *form, int64_t id)
{
    struct name_keys keys;
    name_keys_make(form->rq->pool, form_text(form, "surname"), form_text(form, "given"), form_text(form, "patronymic"), &keys);
    TRY(form_save_columns(&employee_form, db, form, id));
    return nerr_pass(db_exec(db, SAVE_KEYS,
                             DB_VALUES(DB_SORT_KEY(keys), DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION), DB_INT(form->rq->place.org), DB_INT(id)), NULL,
                             NULL));
}

static NEOERR *check_employee(struct form_data *form)
{
    struct date hired = form_date(form, "hired_on"), left = form_date(form, "left_on"), born = form_date(form, "born_on");
    if (left.year != 0 && date_compare(left, hired) < 0)
        TRY(form_error(form, "left_on", "%s", _("The departure cannot be before the hiring")));
    if (born.year != 0 && date_compare(hired, born) < 0)
        TRY(form_error(form, "hired_on", "%s", _("The hiring cannot be before the birth date")));
    return STATUS_OK;
}

static const struct field employee_fields[] = {
    {"surname", N_("Surname"), FIELD_NAME, REQUIRED},
    {"given", N_("Given name"), FIELD_NAME, REQUIRED},
    {"patronymic", N_("Patronymic"), FIELD_NAME},
    {"born_on", N_("Date of birth"), FIELD_DATE, FUTURE_NO},
    {"sex", N_("Sex"), FIELD_CHOICE, RADIO, .codes = &sex_codes},
    {"position", N_("Position"), FIELD_TEXT, REQUIRED, .max = 200},
    {"may_lead_class", N_("May be a class teacher"), FIELD_TICK},
    {"email", N_("E-mail"), FIELD_EMAIL},
    {"phone", N_("Phone"), FIELD_PHONE},
    {"hired_on", N_("Hired on"), FIELD_DATE, REQUIRED},
    {"left_on", N_("Left on"), FIELD_DATE},
    {0},
};

const struct form employee_form = {
    .id = "employee", .title = N_("Employee"), .table = "employee", .subject_kind = "employee", .fields = employee_fields, .see = &see_staff,
    .edit = &manage_staff, .check = check_employee, .save = save_employee,
};

/* ---- roles ---- */

static const char PERSON_OF[] = "SELECT person_id FROM employee WHERE org_id = ? AND id = ?";
static const char VERSION_OF[] = "SELECT version FROM employee WHERE org_id = ? AND id = ?";

static NEOERR *load_roles(struct form_data *form, int64_t id)
{
    const struct db_value *key = DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id));
    int64_t person, version;
    bool found;
    char *roles;
    TRY(db_number(form->rq->db, PERSON_OF, key, &person, &found));
    if (!found)
        return nerr_raise(ERROR_NOT_FOUND, "employee %lld", (long long)id);
    TRY(db_number(form->rq->db, VERSION_OF, key, &version, NULL));
    TRY(form_set_number(form, "version", version));
    TRY(roles_of(form->rq, person, &roles));
    return nerr_pass(form_set(form, "roles", roles));
}

static const char OTHER_HEADS[] =
    "SELECT COUNT(*) FROM role_grant WHERE org_id = ? AND role = 'head' AND valid_to IS NULL AND person_id <> ?";

/* Somebody must be left who can give roles. */
static NEOERR *check_roles(struct form_data *form)
{
    struct request *rq = form->rq;
    int64_t person, others;
    char *now;
    TRY(db_number(rq->db, PERSON_OF, DB_VALUES(DB_INT(rq->place.org), DB_INT(form->subject)), &person, NULL));
    TRY(roles_of(rq, person, &now));
    TRY(db_number(rq->db, OTHER_HEADS, DB_VALUES(DB_INT(rq->place.org), DB_INT(person)), &others, NULL));
    if (strstr(now, "head") != NULL && !form_ticked(form, "roles", "head") && others == 0)
        TRY(form_error(form, "roles", "%s", _("This is the only head: give the role to somebody else first")));
    return STATUS_OK;
}

static const char NEXT_VERSION[] = "UPDATE employee SET version = version + 1 WHERE org_id = ? AND id = ?";

static NEOERR *save_roles(struct db *db, struct form_data *form, int64_t id)
{
    const struct db_value *key = DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id));
    int64_t person;
    TRY(db_exec(db, NEXT_VERSION, key, NULL, NULL));
    TRY(db_number(db, PERSON_OF, key, &person, NULL));
    return nerr_pass(roles_set(db, form->rq, person, form_text(form, "roles")));
}

static const struct field role_fields[] = {
    {"roles", N_("Roles"), FIELD_TICKS, .choices = role_choices, .hint = N_("Rights are the sum of all roles")},
    {0},
};

const struct form employee_roles_form = {
    .id = "employee-roles", .title = N_("Roles"), .table = "employee", .subject_kind = "employee", .fields = role_fields, .see = &see_staff,
    .edit = &grant_roles, .load = load_roles, .check = check_roles, .save = save_roles,
};

/* ---- pages ---- */

struct summary {
    struct request *rq;
    const char *name, *position, *login;
    int64_t person;
    bool active;
};

static NEOERR *take_summary(void *data, const struct db_row *row)
{
    struct summary *summary = data;
    struct pool *pool = summary->rq->pool;
    summary->name = name_full(pool, db_get(row, 0), db_get(row, 1), db_get(row, 2));
    summary->position = pool_strdup(pool, db_get(row, 3));
    summary->login = pool_strdup(pool, db_get(row, 4));
    summary->person = db_get_int(row, 5);
    summary->active = db_get_int(row, 6) != 0;
    return STATUS_OK;
}

static const char SUMMARY[] =
    "SELECT e.surname, e.given, e.patronymic, e.position, h.login, h.id, a.password IS NOT NULL"
    " FROM employee e JOIN person h ON h.id = e.person_id LEFT JOIN account a ON a.person_id = h.id"
    " WHERE e.org_id = ? AND e.id = ?";

static NEOERR *open_employee(struct request *rq, int64_t *id, struct summary *summary)
{
    *summary = (struct summary){.rq = rq};
    TRY(request_id(rq, 0, id));
    return nerr_pass(db_one(rq->db, SUMMARY, DB_VALUES(DB_INT(rq->place.org), DB_INT(*id)), take_summary, summary));
}

static NEOERR *show_crumbs(struct request *rq, const struct summary *summary, int64_t id, const char *last)
{
    TRY(page_crumb(rq, _("Staff"), route_url(rq, "staff")));
    TRY(page_crumb_record(rq, summary->name, route_url(rq, "employee", route_number(rq, id)), last));
    TRY(page_facts(rq, last != NULL ? summary->name : summary->position));
    return nerr_pass(page_menu(rq, "staff"));
}

static NEOERR *show_operations(struct request *rq, const struct summary *summary, int64_t id)
{
    const char *number = route_number(rq, id);
    if (request_may(rq, &manage_staff))
        TRY(page_operation(rq, _("Edit"), route_url(rq, "employee-edit", number)));
    if (request_may(rq, &grant_roles))
        TRY(page_operation(rq, _("Roles"), route_url(rq, "employee-roles", number)));
    if (request_may(rq, &make_slips))
        TRY(page_operation(rq, _("Activation slip"),
                           route_with(rq->pool, route_url(rq, "slips"), "whom", pool_printf(rq->pool, "person:%lld", (long long)summary->person))));
    return STATUS_OK;
}

NEOERR *employee_page(struct request *rq, struct response *rs)
{
    struct summary summary;
    int64_t id;
    char *roles;
    TRY(open_employee(rq, &id, &summary));
    TRY(page_begin(rq, rs, "employee.cs", summary.name));
    TRY(show_crumbs(rq, &summary, id, NULL));
    TRY(form_fact(rq, _("Login"), summary.login));
    TRY(form_fact(rq, _("Account"), summary.active ? _("active") : _("not activated: print an activation slip")));
    TRY(roles_of(rq, summary.person, &roles));
    TRY(form_fact(rq, _("Roles"), show_roles(rq, roles)));
    TRY(form_show_record(rq, &employee_form, id));
    TRY(show_operations(rq, &summary, id));
    return nerr_pass(audit_show(rq, "employee", id));
}

static NEOERR *edit(struct request *rq, struct response *rs, const struct form *form)
{
    struct summary summary;
    int64_t id;
    TRY(open_employee(rq, &id, &summary));
    TRY(form_edit_page(rq, rs, form, id, route_url(rq, "employee", route_number(rq, id))));
    return nerr_pass(show_crumbs(rq, &summary, id, _(form->title)));
}

NEOERR *employee_edit_page(struct request *rq, struct response *rs)
{
    return nerr_pass(edit(rq, rs, &employee_form));
}

NEOERR *employee_roles_page(struct request *rq, struct response *rs)
{
    return nerr_pass(edit(rq, rs, &employee_roles_form));
}
