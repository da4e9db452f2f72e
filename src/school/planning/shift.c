/* shift.c: the shifts of an organisation: number, name, from when to when. (NAV-09) */
#include "school/planning/period.h"

#include "engine/page.h"
#include "school/permissions.h"

#include <string.h>

enum { SHIFTS_MAX = 9 };

static const struct field fields[] = {
    {"number", N_("Number of the shift"), FIELD_NUMBER, REQUIRED, .max = SHIFTS_MAX},
    {"name", N_("Name"), FIELD_TEXT, .max = 60, .hint = N_("Only when the shift is not called by its number")},
    {"begins_at", N_("Begins at"), FIELD_TIME, REQUIRED, .hint = N_("for example: 08:00")},
    {"ends_at", N_("Ends at"), FIELD_TIME, REQUIRED},
    {0},
};

static const char HOLDER[] = "SELECT id FROM shift WHERE org_id = ? AND number = ? AND id <> ?";

static NEOERR *check(struct form_data *form)
{
    int64_t number = form_number(form, "number"), holder;
    bool found;
    if (number == 0)
        TRY(form_error(form, "number", "%s", _("Shifts are numbered from 1")));
    if (strcmp(form_text(form, "ends_at"), form_text(form, "begins_at")) <= 0)
        TRY(form_error(form, "ends_at", "%s", _("The shift must end after it begins")));
    TRY(db_number(form->rq->db, HOLDER, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(number), DB_INT(form->subject)), &holder, &found));
    if (found)
        TRY(form_error(form, "number", "%s", _("There is a shift of this number already")));
    return STATUS_OK;
}

static const char ADD[] = "INSERT INTO shift (org_id, number, name, begins_at, ends_at) VALUES (?, ?, ?, ?, ?)";

static NEOERR *add(struct db *db, struct form_data *form, int64_t *id)
{
    return nerr_pass(db_exec(db, ADD,
                             DB_VALUES(DB_INT(form->rq->place.org), DB_INT(form_number(form, "number")), DB_TEXT(form_text(form, "name")),
                                       DB_TEXT(form_text(form, "begins_at")), DB_TEXT(form_text(form, "ends_at"))),
                             NULL, id));
}

const struct form shift_form = {
    .id = "shift", .title = N_("Shift"), .table = "shift", .subject_kind = "shift", .fields = fields, .see = &see_periods, .edit = &manage_periods,
    .check = check, .add = add, .removable = true,
};

/* ---- labels ---- */

/* "number|name": a name that says more, else "shift 1". */
static const char *shift_label(struct request *rq, const char *packed)
{
    const char *name = strchr(packed, '|');
    return name != NULL && name[1] != '\0' ? name + 1 : pool_printf(rq->pool, _("shift %d"), packed[0] - '0');
}

#define SHIFT_PACKED "CONCAT(s.number, '|', s.name)"

static NEOERR *add_shift(void *data, const struct db_row *row)
{
    struct choice_adding *adding = data;
    struct choice choice = {.value = db_get(row, 0), .label = shift_label(adding->form->rq, db_get(row, 1))};
    return nerr_pass(adding->add(adding->form, &choice));
}

static const char SHIFTS[] = "SELECT s.id, " SHIFT_PACKED " FROM shift s WHERE s.org_id = ? ORDER BY s.number";

NEOERR *shift_choices(struct form_data *form, const struct field *field, NEOERR *(*add_choice)(struct form_data *, const struct choice *))
{
    struct choice_adding adding = {form, add_choice};
    (void)field;
    return nerr_pass(db_each(form->rq->db, SHIFTS, DB_VALUES(DB_INT(form->rq->place.org)), add_shift, &adding));
}

/* ---- the list ---- */

static NEOERR *bind(struct list_query *query)
{
    return nerr_pass(list_value(query, DB_INT(query->rq->place.org)));
}

static const struct list_column columns[] = {
    {"shift", N_("Shift"), SHIFT_PACKED, "s.number", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .show = shift_label},
    {"begins_at", N_("Begins at"), "TIME_FORMAT(s.begins_at, '%H:%i')", .flags = COLUMN_SORTABLE},
    {"ends_at", N_("Ends at"), "TIME_FORMAT(s.ends_at, '%H:%i')", .flags = COLUMN_SORTABLE},
    {"classes", N_("Classes"), "(SELECT COUNT(*) FROM class c WHERE c.org_id = s.org_id AND c.shift_id = s.id AND c.ended_on IS NULL)",
     .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {0},
};

static const struct list_action row_actions[] = {
    {N_("Edit"), "shift-edit", &manage_periods},
    {0},
};

static const struct list_action actions[] = {
    {N_("Add a shift"), "shift-new", &manage_periods, "plus-lg", true},
    {0},
};

const struct list shifts_list = {
    .id = "shifts", .title = N_("Shifts"), .permission = &see_periods, .id_sql = "s.id", .from = "shift s", .where = "s.org_id = ?", .bind = bind,
    .columns = columns, .default_sort = "shift", .tie_sql = "s.id", .row_actions = row_actions, .page_actions = actions,
    .empty = N_("There are no shifts yet"),
};

/* ---- the page of one ---- */

NEOERR *shift_edit_page(struct request *rq, struct response *rs)
{
    int64_t id = 0;
    if (strcmp(rq->ids[0], "new") != 0)
        TRY(request_id(rq, 0, &id));
    TRY(form_edit_page(rq, rs, &shift_form, id, route_url(rq, "shifts")));
    TRY(page_crumb(rq, _("Shifts"), route_url(rq, "shifts")));
    return nerr_pass(page_crumb(rq, _("Shift"), NULL));
}
