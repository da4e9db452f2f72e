/* speciality.c: the list of specialities of a college: code, names, qualifications; its groups name one. (CON-07) */
#include "school/college/college.h"
#include "school/college/pages.h"

#include "engine/page.h"
#include "school/permissions.h"

#include <string.h>

static const struct field fields[] = {
    {"code", N_("Code"), FIELD_TEXT, REQUIRED, .max = 20, .hint = N_("By the classifier, for example: 06130100")},
    {"name_kk", N_("Name in Kazakh"), FIELD_TEXT, REQUIRED | WIDE, .max = 200},
    {"name_ru", N_("Name in Russian"), FIELD_TEXT, REQUIRED | WIDE, .max = 200},
    {"name_en", N_("Name in English"), FIELD_TEXT, REQUIRED | WIDE, .max = 200},
    {"qualifications", N_("Qualifications"), FIELD_LINES, WIDE, .hint = N_("One a line, for example: 4S06130105 Техник-программист")},
    {0},
};

static const char HOLDER[] = "SELECT id FROM speciality WHERE org_id = ? AND code = ? AND id <> ?";

static NEOERR *check(struct form_data *form)
{
    int64_t holder;
    bool found;
    TRY(db_number(form->rq->db, HOLDER, DB_VALUES(DB_INT(form->rq->place.org), DB_TEXT(form_text(form, "code")), DB_INT(form->subject)), &holder, &found));
    return found ? nerr_pass(form_error(form, "code", "%s", _("There is a speciality of this code already"))) : STATUS_OK;
}

static const char ADD[] = "INSERT INTO speciality (org_id, code, name_kk, name_ru, name_en, qualifications) VALUES (?, ?, ?, ?, ?, ?)";

static NEOERR *add(struct db *db, struct form_data *form, int64_t *id)
{
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(DB_INT(form->rq->place.org), DB_TEXT(form_text(form, "code")), DB_TEXT(form_text(form, "name_kk")),
                                       DB_TEXT(form_text(form, "name_ru")), DB_TEXT(form_text(form, "name_en")), DB_TEXT(form_text(form, "qualifications"))),
                             NULL, id));
}

const struct form speciality_form = {
    .id = "speciality", .title = N_("Speciality"), .table = "speciality", .subject_kind = "speciality", .fields = fields, .see = &see_periods,
    .edit = &manage_classes, .check = check, .add = add, .removable = true,
};

/* ---- labels and choices ---- */

const char *speciality_label(struct request *rq, const char *packed)
{
    char *rest = pool_strdup(rq->pool, packed), *code = strsep(&rest, "|");
    const char *name = "";
    for (int i = 0; i <= (int)rq->language && rest != NULL; i++)
        name = strsep(&rest, "|");
    return name[0] == '\0' ? code : pool_printf(rq->pool, "%s %s", code, name);
}

static NEOERR *add_speciality(void *data, const struct db_row *row)
{
    struct choice_adding *adding = data;
    struct choice choice = {.value = db_get(row, 0), .label = speciality_label(adding->form->rq, db_get(row, 1))};
    return nerr_pass(adding->add(adding->form, &choice));
}

static const char SPECIALITIES[] = "SELECT x.id, " SPECIALITY_PACKED " FROM speciality x WHERE x.org_id = ? ORDER BY x.code";

NEOERR *speciality_choices(struct form_data *form, const struct field *field, NEOERR *(*add_choice)(struct form_data *, const struct choice *))
{
    struct choice_adding adding = {form, add_choice};
    (void)field;
    return nerr_pass(db_each(form->rq->db, SPECIALITIES, DB_VALUES(DB_INT(form->rq->place.org)), add_speciality, &adding));
}

/* ---- the list ---- */

static const char *show_name(struct request *rq, const char *packed)
{
    const char *label = speciality_label(rq, packed), *space = strchr(label, ' ');
    return space != NULL ? space + 1 : label;
}

static const struct list_column columns[] = {
    {"code", N_("Code"), "x.code", .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 1},
    {"name", N_("Speciality"), SPECIALITY_PACKED, "x.name_ru", COLUMN_SORTABLE, .width = 3, .show = show_name},
    {"qualifications", N_("Qualifications"), "REPLACE(x.qualifications, '\n', '; ')", .width = 3},
    {"groups", N_("Groups"), "(SELECT COUNT(*) FROM class c WHERE c.org_id = x.org_id AND c.speciality_id = x.id AND c.ended_on IS NULL)",
     .flags = COLUMN_NUMBER},
    {0},
};

static const struct list_action actions[] = {
    {N_("Add a speciality"), "speciality-new", &manage_classes, "plus-lg", true},
    {0},
};

const struct list specialities_list = {
    .id = "specialities", .title = N_("Specialities"), .permission = &see_periods, .id_sql = "x.id", .from = "speciality x", .where = "x.org_id = ?",
    .bind = list_bind_org, .columns = columns, .search_sql = "CONCAT(x.code, ' ', x.name_kk, ' ', x.name_ru, ' ', x.name_en) LIKE ?",
    .default_sort = "code", .tie_sql = "x.id", .row_route = "speciality-edit", .page_actions = actions,
    .empty = N_("There are no specialities yet: add the first one"),
};

/* ---- the page of one ---- */

NEOERR *speciality_edit_page(struct request *rq, struct response *rs)
{
    int64_t id = 0;
    if (strcmp(rq->ids[0], "new") != 0)
        TRY(request_id(rq, 0, &id));
    TRY(form_edit_page(rq, rs, &speciality_form, id, route_url(rq, "specialities")));
    TRY(page_crumb(rq, _("Specialities"), route_url(rq, "specialities")));
    TRY(page_crumb(rq, _("Speciality"), NULL));
    return nerr_pass(page_menu(rq, "contingent"));
}
