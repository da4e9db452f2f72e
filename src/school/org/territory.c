/* territory.c: the register of territories: republic, regions, districts; names are dated. */
#include "school/org/org.h"

#include "engine/audit.h"
#include "engine/page.h"
#include "engine/place.h"
#include "school/org/dated_name.h"
#include "school/permissions.h"

#include <stdlib.h>
#include <string.h>

const char *name_in_language(struct request *rq, const char *packed)
{
    char *rest = pool_strdup(rq->pool, packed), *name = rest;
    for (enum language language = LANG_KK; language <= rq->language && rest != NULL; language++)
        name = strsep(&rest, "|");
    return name;
}

/* ---- choices ---- */

static NEOERR *add_territory(void *data, const struct db_row *row)
{
    struct choice_adding *adding = data;
    struct request *rq = adding->form->rq;
    const char *region = db_get(row, 2);
    struct choice choice = {
        .value = db_get(row, 0), .label = name_in_language(rq, db_get(row, 1)), .group = region != NULL ? name_in_language(rq, region) : NULL,
    };
    return nerr_pass(adding->add(adding->form, &choice));
}

/* A region stands first in its own group, its districts follow. */
static const char CHOICES[] =
    "SELECT t.id, " TERRITORY_NAME ","
    " (SELECT CONCAT_WS('|', n.name_kk, n.name_ru, n.name_en) FROM territory_name n"
    "  WHERE n.territory_id = IF(t.level = 1, t.id, t.parent_id) ORDER BY n.valid_from DESC LIMIT 1)"
    " FROM territory t"
    " WHERE t.level > 0"
    " ORDER BY IF(t.level = 1, t.id, t.parent_id), t.level, t.kato";

NEOERR *territory_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct choice_adding adding = {form, add};
    (void)field;
    return nerr_pass(db_each(form->rq->db, CHOICES, DB_NO_VALUES, add_territory, &adding));
}

static const char PARENTS[] =
    "SELECT t.id, " TERRITORY_NAME ", NULL FROM territory t WHERE t.level < 2 ORDER BY t.level, t.kato";

static NEOERR *parent_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct choice_adding adding = {form, add};
    (void)field;
    return nerr_pass(db_each(form->rq->db, PARENTS, DB_NO_VALUES, add_territory, &adding));
}

/* ---- the form ---- */

static NEOERR *check_kato(struct form_data *form, const struct field *field, const char *value)
{
    if (strlen(value) != 9 || strspn(value, "0123456789") != 9)
        return nerr_pass(form_error(form, field->name, "%s", _("A KATO code has 9 digits")));
    return STATUS_OK;
}

static const struct field fields[] = {
    DATED_NAME_FIELDS(200, 0),
    {"kato", N_("KATO code"), FIELD_TEXT, REQUIRED, .max = 9, .check = check_kato},
    {"parent_id", N_("Part of"), FIELD_CHOICE, REQUIRED, .choices = parent_choices},
    {0},
};

static const char LOAD[] =
    "SELECT t.version, t.kato, t.parent_id, n.name_kk, n.name_ru, n.name_en, n.valid_from"
    " FROM territory t JOIN territory_name n ON n.territory_id = t.id"
    " WHERE t.id = ? ORDER BY n.valid_from DESC LIMIT 1";

static NEOERR *load(struct form_data *form, int64_t id)
{
    return nerr_pass(db_one(form->rq->db, LOAD, DB_VALUES(DB_INT(id)), form_take_columns, form));
}

static const char KATO_HOLDER[] = "SELECT id FROM territory WHERE kato = ? AND id <> ?";

static NEOERR *check(struct form_data *form)
{
    int64_t holder;
    bool found;
    TRY(db_number(form->rq->db, KATO_HOLDER, DB_VALUES(DB_TEXT(form_text(form, "kato")), DB_INT(form->subject)), &holder, &found));
    if (found)
        TRY(form_error(form, "kato", "%s", _("Another territory has this KATO code")));
    return STATUS_OK;
}

static const char SAVE_NAME[] =
    "INSERT INTO territory_name (territory_id, " DATED_NAME_COLUMNS ") VALUES (?, ?, ?, ?, ?)" DATED_NAME_AGAIN;
static const char SAVE[] =
    "UPDATE territory SET version = version + 1, kato = ?, parent_id = ?, level = 1 + (SELECT p.level FROM (SELECT id, level FROM territory) p WHERE p.id = ?)"
    " WHERE id = ?";
static const char ADD[] =
    "INSERT INTO territory (parent_id, level, kato) SELECT id, level + 1, ? FROM territory WHERE id = ?";

static NEOERR *save_name(struct db *db, struct form_data *form, int64_t id)
{
    TRY(db_exec(db, SAVE_NAME, DB_VALUES(DB_INT(id), DATED_NAME_VALUES(form)), NULL, NULL));
    return nerr_pass(places_changed(db));
}

static NEOERR *save(struct db *db, struct form_data *form, int64_t id)
{
    const char *parent = form_text(form, "parent_id");
    TRY(db_exec(db, SAVE, DB_VALUES(DB_TEXT(form_text(form, "kato")), DB_TEXT(parent), DB_TEXT(parent), DB_INT(id)), NULL, NULL));
    return nerr_pass(save_name(db, form, id));
}

static NEOERR *add_new(struct db *db, struct form_data *form, int64_t *id)
{
    TRY(db_exec(db, ADD, DB_VALUES(DB_TEXT(form_text(form, "kato")), DB_TEXT(form_text(form, "parent_id"))), NULL, id));
    return nerr_pass(save_name(db, form, *id));
}

const struct form territory_form = {
    .id = "territory", .title = N_("Territory"), .table = "territory", .subject_kind = "territory", .fields = fields, .see = &manage_territories,
    .edit = &manage_territories, .load = load, .check = check, .save = save, .add = add_new,
};

NEOERR *territory_edit_page(struct request *rq, struct response *rs)
{
    int64_t id = 0;
    if (strcmp(rq->ids[0], "new") != 0)
        TRY(request_id(rq, 0, &id));
    TRY(form_edit_page(rq, rs, &territory_form, id, route_url(rq, "territories")));
    TRY(page_crumb(rq, _("Territories"), route_url(rq, "territories")));
    TRY(page_crumb(rq, _("Territory"), NULL));
    return nerr_pass(page_menu(rq, "territories"));
}

/* ---- the list ---- */

static const struct list_column columns[] = {
    {"name", N_("Official name"), TERRITORY_NAME, .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 3, .show = name_in_language},
    {"kato", N_("KATO code"), "t.kato", .flags = COLUMN_SORTABLE, .width = 1},
    {"part_of", N_("Part of"),
     "COALESCE((SELECT CONCAT_WS('|', n.name_kk, n.name_ru, n.name_en) FROM territory_name n WHERE n.territory_id = t.parent_id"
     " ORDER BY n.valid_from DESC LIMIT 1), '')",
     .flags = COLUMN_SORTABLE, .width = 2, .show = name_in_language},
    {"organisations", N_("Organisations"), "(SELECT COUNT(*) FROM organisation o WHERE o.territory_id = t.id)", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {0},
};

static const struct list_filter filters[] = {
    {"part_of", N_("Part of"), "t.parent_id = ?", .choices = parent_choices},
    {0},
};

static const struct list_action actions[] = {
    {N_("Add a territory"), "territory-new", &manage_territories, "plus-lg", true},
    {0},
};

const struct list territories_list = {
    .id = "territories", .title = N_("Territories"), .permission = &manage_territories, .id_sql = "t.id", .from = "territory t", .where = "t.level > 0",
    .columns = columns, .filters = filters,
    .search_sql = "EXISTS (SELECT 1 FROM territory_name s WHERE s.territory_id = t.id AND CONCAT(s.name_kk, ' ', s.name_ru, ' ', s.name_en) LIKE ?)",
    .default_sort = "kato", .tie_sql = "t.id", .row_route = "territory-edit", .page_actions = actions, .empty = N_("The register is empty"),
    .numbered = true,
};
