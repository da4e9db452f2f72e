/* organisation.c: organisations: the list for officials and the administrator, the card, adding and changing; names are dated. */
#include "school/org/org.h"

#include "base/crypto.h"
#include "base/text.h"
#include "engine/audit.h"
#include "engine/page.h"
#include "engine/place.h"
#include "school/codes.h"
#include "school/org/dated_name.h"
#include "school/permissions.h"

#include <string.h>

/* ---- the form ---- */

static const struct field fields[] = {
    DATED_NAME_FIELDS(300, WIDE),
    {"kind", N_("Kind of organisation"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &organisation_kind_codes},
    {"bin", N_("BIN"), FIELD_BIN},
    {"territory_id", N_("Territory"), FIELD_CHOICE, REQUIRED, .choices = territory_choices},
    {"languages", N_("Languages of instruction"), FIELD_TICKS, REQUIRED, .codes = &instruction_language_codes},
    {"address", N_("Address"), FIELD_TEXT, WIDE, .max = 300},
    {"phone", N_("Phone"), FIELD_PHONE},
    {"email", N_("E-mail"), FIELD_EMAIL},
    {"closed_on", N_("Closed on"), FIELD_DATE},
    {0},
};

static const char LOAD[] =
    "SELECT o.version, o.kind, o.bin, o.territory_id, o.languages, o.address, o.phone, o.email, o.closed_on, n.name_kk, n.name_ru, n.name_en, n.valid_from"
    " FROM organisation o JOIN organisation_name n ON n.organisation_id = o.id"
    " WHERE o.id = ? ORDER BY n.valid_from DESC LIMIT 1";

static NEOERR *load(struct form_data *form, int64_t id)
{
    return nerr_pass(db_one(form->rq->db, LOAD, DB_VALUES(DB_INT(id)), form_take_columns, form));
}

static const char BIN_HOLDER[] = "SELECT id FROM organisation WHERE bin = ? AND id <> ?";

static NEOERR *check(struct form_data *form)
{
    int64_t holder;
    bool found;
    if (form_text(form, "bin")[0] == '\0')
        return STATUS_OK;
    TRY(db_number(form->rq->db, BIN_HOLDER, DB_VALUES(DB_TEXT(form_text(form, "bin")), DB_INT(form->subject)), &holder, &found));
    if (found)
        TRY(form_error(form, "bin", "%s", _("Another organisation has this BIN")));
    return STATUS_OK;
}

const char *organisation_fold(struct pool *pool, const char *kk, const char *ru, const char *en)
{
    return text_fold(pool, pool_printf(pool, "%s %s %s", kk, ru, en));
}

static const char SAVE_NAME[] =
    "INSERT INTO organisation_name (organisation_id, " DATED_NAME_COLUMNS ", fold_key) VALUES (?, ?, ?, ?, ?, ?)" DATED_NAME_AGAIN
    ", fold_key = VALUES(fold_key)";
static const char SAVE[] =
    "UPDATE organisation"
    " SET version = version + 1, kind = ?, bin = ?, territory_id = ?, languages = ?, address = ?, phone = ?, email = ?, closed_on = ?"
    " WHERE id = ?";
static const char ADD[] =
    "INSERT INTO organisation (kind, bin, territory_id, languages, address, phone, email, closed_on, uid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char ADD_YEAR[] = "INSERT INTO school_year (org_id, year, starts_on, ends_on) VALUES (?, ?, ?, ?)";

static NEOERR *save_name(struct db *db, struct form_data *form, int64_t id)
{
    const char *fold = organisation_fold(form->rq->pool, form_text(form, "name_kk"), form_text(form, "name_ru"), form_text(form, "name_en"));
    TRY(db_exec(db, SAVE_NAME, DB_VALUES(DB_INT(id), DATED_NAME_VALUES(form), DB_TEXT(fold)), NULL, NULL));
    return nerr_pass(places_changed(db));
}

#define RECORD_VALUES(form)                                                                                                      \
    DB_TEXT(form_text(form, "kind")), DB_TEXT(form_text_or_null(form, "bin")), DB_TEXT(form_text(form, "territory_id")),          \
        DB_TEXT(form_text(form, "languages")), DB_TEXT(form_text(form, "address")), DB_TEXT(form_text(form, "phone")),            \
        DB_TEXT(form_text(form, "email")), DB_DATE(form_date(form, "closed_on"))

static NEOERR *save(struct db *db, struct form_data *form, int64_t id)
{
    TRY(db_exec(db, SAVE, DB_VALUES(RECORD_VALUES(form), DB_INT(id)), NULL, NULL));
    return nerr_pass(save_name(db, form, id));
}

/* A new organisation begins with the school year under way, 1 September to 31 May; it changes the days itself. */
static NEOERR *add(struct db *db, struct form_data *form, int64_t *id)
{
    struct date today = request_today(form->rq);
    int year = today.month >= 8 ? today.year : today.year - 1;
    char uid[CRYPTO_UUID_SIZE];
    crypto_uuid(uid);
    TRY(db_exec(db, ADD, DB_VALUES(RECORD_VALUES(form), DB_TEXT(uid)), NULL, id));
    TRY(db_exec(db, ADD_YEAR,
                DB_VALUES(DB_INT(*id), DB_INT(year), DB_DATE(((struct date){year, 9, 1})), DB_DATE(((struct date){year + 1, 5, 31}))), NULL, NULL));
    return nerr_pass(save_name(db, form, *id));
}

const struct form organisation_form = {
    .id = "organisation", .title = N_("Organisation"), .table = "organisation", .subject_kind = "organisation", .fields = fields,
    .see = &see_organisations, .edit = &manage_organisation, .load = load, .check = check, .save = save, .add = add,
};

/* ---- the list ---- */

/* Officials of a region or district see the organisations of their territory. */
static NEOERR *scope(struct list_query *query, const char **condition)
{
    struct request *rq = query->rq;
    *condition = "";
    if (request_scopes(rq, &see_organisations) & SCOPE_ALL)
        return STATUS_OK;
    TRY(list_value(query, DB_INT(rq->session.home_territory)));
    TRY(list_value(query, DB_INT(rq->session.home_territory)));
    *condition = "(t.id = ? OR t.parent_id = ?)";
    return STATUS_OK;
}

static const struct list_column columns[] = {
    {"name", N_("Official name"), ORGANISATION_NAME, .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 3, .show = name_in_language},
    {"kind", N_("Kind of organisation"), "o.kind", .flags = COLUMN_SORTABLE, .width = 1, .codes = &organisation_kind_codes},
    {"territory", N_("Territory"), TERRITORY_NAME, .flags = COLUMN_SORTABLE, .width = 2, .show = name_in_language},
    {"bin", N_("BIN"), "o.bin", .flags = COLUMN_SORTABLE, .width = 1.2},
    {"pupils", N_("Pupils"), "(SELECT COUNT(*) FROM pupil p WHERE p.org_id = o.id AND p.standing = 'enrolled')", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {0},
};

static const struct list_filter filters[] = {
    {"kind", N_("Kind of organisation"), "o.kind = ?", .codes = &organisation_kind_codes},
    {0},
};

static const struct list_action actions[] = {
    {N_("Add an organisation"), "organisation-new", &manage_organisations, "plus-lg", true},
    {0},
};

const struct list organisations_list = {
    .id = "organisations", .title = N_("Organisations"), .permission = &see_organisations, .id_sql = "o.id",
    .from = "organisation o JOIN territory t ON t.id = o.territory_id", .where = "o.closed_on IS NULL", .scope = scope,
    .columns = columns, .filters = filters,
    .search_sql = "EXISTS (SELECT 1 FROM organisation_name s WHERE s.organisation_id = o.id AND s.fold_key LIKE ?)", .digits_sql = "o.bin LIKE ?",
    .default_sort = "name", .tie_sql = "o.id", .row_route = "organisation", .page_actions = actions,
    .empty = N_("There are no organisations yet: add the first one"), .numbered = true,
};

/* ---- pages ---- */

static NEOERR *check_reach(struct request *rq, int64_t id)
{
    static const char REACH[] = "SELECT 1 FROM organisation o JOIN territory t ON t.id = o.territory_id WHERE o.id = ? AND (t.id = ? OR t.parent_id = ?)";
    int64_t one;
    bool found;
    if (request_scopes(rq, &see_organisations) & SCOPE_ALL)
        return STATUS_OK;
    TRY(db_number(rq->db, REACH, DB_VALUES(DB_INT(id), DB_INT(rq->session.home_territory), DB_INT(rq->session.home_territory)), &one, &found));
    return found ? STATUS_OK : nerr_raise(ERROR_NOT_FOUND, "organisation %lld is not of this territory", (long long)id);
}

struct counts {
    struct request *rq;
    const char *name;
    int64_t year;
};

static NEOERR *take_counts(void *data, const struct db_row *row)
{
    struct counts *counts = data;
    struct request *rq = counts->rq;
    counts->name = name_in_language(rq, db_get(row, 0));
    counts->year = db_get_int(row, 4);
    TRY(form_fact(rq, _("Pupils"), i18n_number(rq->pool, db_get_int(row, 1))));
    TRY(form_fact(rq, _("Classes"), i18n_number(rq->pool, db_get_int(row, 2))));
    return nerr_pass(form_fact(rq, _("Staff"), i18n_number(rq->pool, db_get_int(row, 3))));
}

static const char COUNTS[] =
    "SELECT " ORGANISATION_NAME ","
    " (SELECT COUNT(*) FROM pupil p WHERE p.org_id = o.id AND p.standing = 'enrolled'),"
    " (SELECT COUNT(*) FROM class c WHERE c.org_id = o.id AND c.ended_on IS NULL AND c.year = y.year),"
    " (SELECT COUNT(*) FROM employee e WHERE e.org_id = o.id AND e.left_on IS NULL), y.year"
    " FROM organisation o"
    " JOIN (SELECT ? AS id, COALESCE((SELECT MAX(s.year) FROM school_year s WHERE s.org_id = ? AND s.starts_on <= ?), 0) AS year) y ON y.id = o.id"
    " WHERE o.id = ?";

NEOERR *organisation_page(struct request *rq, struct response *rs)
{
    struct counts counts = {.rq = rq};
    int64_t id;
    TRY(request_id(rq, 0, &id));
    TRY(check_reach(rq, id));
    TRY(db_one(rq->db, COUNTS, DB_VALUES(DB_INT(id), DB_INT(id), DB_DATE(request_today(rq)), DB_INT(id)), take_counts, &counts));
    TRY(page_begin(rq, rs, "organisation.cs", counts.name));
    TRY(page_crumb(rq, _("Organisations"), route_url(rq, "organisations")));
    TRY(page_crumb(rq, counts.name, NULL));
    TRY(page_menu(rq, "organisations"));
    TRY(form_show_record(rq, &organisation_form, id));
    if (request_scopes(rq, &manage_organisation) & SCOPE_ALL) {
        TRY(page_operation(rq, _("Edit"), route_url(rq, "organisation-edit", route_number(rq, id))));
        TRY(page_action(rq, _("Open"), route_url_at(rq->pool, id, (int)counts.year, (const char *const[]){"desk", NULL}), "box-arrow-in-right", true));
    }
    return nerr_pass(audit_show(rq, "organisation", id));
}

static NEOERR *edit(struct request *rq, struct response *rs, int64_t id, const char *back)
{
    TRY(form_edit_page(rq, rs, &organisation_form, id, back));
    TRY(page_crumb(rq, _("Organisations"), route_url(rq, "organisations")));
    TRY(page_crumb(rq, _("Organisation"), NULL));
    return nerr_pass(page_menu(rq, "organisations"));
}

NEOERR *organisation_edit_page(struct request *rq, struct response *rs)
{
    int64_t id = 0;
    if (strcmp(rq->ids[0], "new") == 0)
        return nerr_pass(edit(rq, rs, 0, route_url(rq, "organisations")));
    TRY(request_id(rq, 0, &id));
    return nerr_pass(edit(rq, rs, id, route_url(rq, "organisation", rq->ids[0])));
}

/* The head changes the own organisation's data. */
NEOERR *own_organisation_page(struct request *rq, struct response *rs)
{
    TRY(form_edit_page(rq, rs, &organisation_form, rq->place.org, route_url(rq, "own-organisation")));
    TRY(page_crumb(rq, _("Organisation"), NULL));
    return nerr_pass(page_menu(rq, "own-organisation"));
}
