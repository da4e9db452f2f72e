/* records.c: what a pupil's file keeps in rows: documents, social passport, health, achievements, movement. Each is the list of
 * a tab; those that are written here have the form of one row. (CON-25, G11) */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "school/codes.h"
#include "school/permissions.h"

#include <string.h>

static const char *show_word(struct request *rq, const char *value)
{
    (void)rq;
    return _(value);
}

/* What all these lists and forms have in common. */
#define LIST_OF_PUPIL .permission = &see_contingent, .bind = list_bind_org_subject, .numbered = true
#define FORM_OF_PUPIL .subject_kind = "pupil", .owner = "pupil_id", .edit = &edit_pupils

#define COLUMN_NO_SCAN {"scan", N_("Scan"), "IF(r.file_id = '', '" NO_SCAN "', NULL)", .flags = COLUMN_CHIP, .show = show_word}
#define NO_SCAN N_("no scan")

/* ---- documents ---- */

static const struct field document_fields[] = {
    {"kind", N_("Kind of document"), FIELD_CHOICE, REQUIRED, .codes = &document_kind_codes},
    {"series", N_("Series"), FIELD_TEXT, .max = 20},
    {"number", N_("Document number"), FIELD_TEXT, REQUIRED, .max = 40},
    {"issued_by", N_("Issued by"), FIELD_TEXT, WIDE, .max = 200},
    {"issued_on", N_("Date of issue"), FIELD_DATE, FUTURE_NO},
    {"file_id", N_("Scan"), FIELD_FILE, SEVERAL},
    {0},
};

const struct form pupil_document_form = {
    .id = "pupil-document", .title = N_("Document"), .table = "pupil_document", .fields = document_fields, .see = &see_contingent, FORM_OF_PUPIL,
};

static const struct list_column document_columns[] = {
    {"kind", N_("Kind of document"), "r.kind", .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 2, .codes = &document_kind_codes},
    {"number", N_("Document number"), "CONCAT_WS(' ', NULLIF(r.series, ''), r.number)", .flags = COLUMN_SORTABLE, .width = 1.5},
    {"issued_by", N_("Issued by"), "r.issued_by", .flags = COLUMN_SORTABLE, .width = 2},
    {"issued_on", N_("Date of issue"), "r.issued_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    COLUMN_NO_SCAN,
    {0},
};

const struct list pupil_documents_list = {
    .id = "pupil-documents", .title = N_("Documents"), .id_sql = "r.id", .from = "pupil_document r", .where = "r.org_id = ? AND r.pupil_id = ?",
    .columns = document_columns, .default_sort = "-issued_on", .tie_sql = "r.id", .row_route = "pupil-document", .row_of_subject = true,
    .empty = N_("No documents yet."), LIST_OF_PUPIL,
};

/* ---- social passport ---- */

static NEOERR *check_term(struct form_data *form)
{
    struct date from = form_date(form, "valid_from"), to = form_date(form, "valid_to");
    if (from.year != 0 && to.year != 0 && date_compare(to, from) < 0)
        TRY(form_error(form, "valid_to", "%s", _("The term ends before it begins")));
    return STATUS_OK;
}

static const struct field social_fields[] = {
    {"category", N_("Social category"), FIELD_CHOICE, REQUIRED, .codes = &social_category_codes},
    {"ground", N_("Ground"), FIELD_TEXT, WIDE, .max = 200, .hint = N_("The document: its name, number and date")},
    {"valid_from", N_("Valid from"), FIELD_DATE, REQUIRED},
    {"valid_to", N_("Valid to"), FIELD_DATE, .hint = N_("Empty: without a term")},
    {"file_id", N_("Scan"), FIELD_FILE, SEVERAL},
    {0},
};

const struct form pupil_social_form = {
    .id = "pupil-social", .title = N_("Social category"), .table = "pupil_social", .fields = social_fields, .see = &see_contingent, .check = check_term,
    FORM_OF_PUPIL,
};

static const struct list_column social_columns[] = {
    {"category", N_("Social category"), "r.category", .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 2, .codes = &social_category_codes},
    {"ground", N_("Ground"), "r.ground", .flags = COLUMN_SORTABLE, .width = 3},
    {"valid_from", N_("Valid from"), "r.valid_from", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"valid_to", N_("Valid to"), "r.valid_to", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    COLUMN_NO_SCAN,
    {0},
};

const struct list pupil_social_list = {
    .id = "pupil-social", .title = N_("Social passport"), .id_sql = "r.id", .from = "pupil_social r", .where = "r.org_id = ? AND r.pupil_id = ?",
    .columns = social_columns, .default_sort = "-valid_from", .tie_sql = "r.id", .row_route = "pupil-social", .row_of_subject = true,
    .empty = N_("No social categories are recorded."), LIST_OF_PUPIL,
};

/* ---- health: only for those with the right, each look is kept ---- */

static const struct field health_fields[] = {
    {"examined_on", N_("Date of examination"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"health_group", N_("Health group"), FIELD_CHOICE, .codes = &health_group_codes},
    {"pe_group", N_("Physical education group"), FIELD_CHOICE, .codes = &pe_group_codes},
    {"special_need", N_("Special educational needs"), FIELD_CHOICE, .codes = &special_need_codes},
    {"conclusion", N_("Conclusion of the commission"), FIELD_TEXT, WIDE, .max = 200, .hint = N_("The document: its name, number and date")},
    {"file_id", N_("Scan"), FIELD_FILE, SEVERAL},
    {0},
};

static NEOERR *check_health(struct form_data *form)
{
    if (form_text(form, "health_group")[0] == '\0' && form_text(form, "pe_group")[0] == '\0' && form_text(form, "special_need")[0] == '\0')
        TRY(form_error(form, "health_group", "%s", _("Fill in the group or the need: an empty record says nothing")));
    if (form_text(form, "special_need")[0] != '\0' && form_text(form, "conclusion")[0] == '\0')
        TRY(form_error(form, "conclusion", "%s", _("Special needs are recorded by the commission's conclusion: fill it in")));
    return STATUS_OK;
}

const struct form pupil_health_form = {
    .id = "pupil-health", .title = N_("Health"), .table = "pupil_health", .fields = health_fields, .see = &see_health, .check = check_health, FORM_OF_PUPIL,
};

static const struct list_column health_columns[] = {
    {"examined_on", N_("Date of examination"), "r.examined_on", .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK | COLUMN_DATE},
    {"health_group", N_("Health group"), "r.health_group", .flags = COLUMN_SORTABLE, .codes = &health_group_codes},
    {"pe_group", N_("Physical education group"), "r.pe_group", .flags = COLUMN_SORTABLE, .width = 1.5, .codes = &pe_group_codes},
    {"special_need", N_("Special educational needs"), "r.special_need", .flags = COLUMN_SORTABLE, .width = 2, .codes = &special_need_codes},
    {"conclusion", N_("Conclusion of the commission"), "r.conclusion", .width = 2},
    {0},
};

const struct list pupil_health_list = {
    .id = "pupil-health", .title = N_("Health"), .id_sql = "r.id", .from = "pupil_health r", .where = "r.org_id = ? AND r.pupil_id = ?",
    .columns = health_columns, .default_sort = "-examined_on", .tie_sql = "r.id", .row_route = "pupil-health", .row_of_subject = true,
    .empty = N_("No examinations are recorded."), LIST_OF_PUPIL,
};

/* ---- achievements ---- */

static const struct field achievement_fields[] = {
    {"contest_kind", N_("Kind of contest"), FIELD_CHOICE, REQUIRED, .codes = &contest_kind_codes},
    {"contest", N_("Contest"), FIELD_TEXT, REQUIRED | WIDE, .max = 300, .hint = N_("Its name, and the subject or the sport")},
    {"contest_level", N_("Level"), FIELD_CHOICE, REQUIRED, .codes = &contest_level_codes},
    {"contest_place", N_("Result"), FIELD_CHOICE, REQUIRED, .codes = &contest_place_codes},
    {"held_on", N_("Date"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"file_id", N_("Scan"), FIELD_FILE, SEVERAL},
    {0},
};

const struct form pupil_achievement_form = {
    .id = "pupil-achievement", .title = N_("Achievement"), .table = "pupil_achievement", .fields = achievement_fields, .see = &see_contingent, FORM_OF_PUPIL,
};

static const struct list_column achievement_columns[] = {
    {"contest", N_("Contest"), "r.contest", .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 3},
    {"contest_kind", N_("Kind of contest"), "r.contest_kind", .flags = COLUMN_SORTABLE, .codes = &contest_kind_codes},
    {"contest_level", N_("Level"), "r.contest_level", .flags = COLUMN_SORTABLE, .codes = &contest_level_codes},
    {"contest_place", N_("Result"), "r.contest_place", .flags = COLUMN_SORTABLE, .codes = &contest_place_codes},
    {"held_on", N_("Date"), "r.held_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    COLUMN_NO_SCAN,
    {0},
};

const struct list pupil_achievements_list = {
    .id = "pupil-achievements", .title = N_("Achievements"), .id_sql = "r.id", .from = "pupil_achievement r", .where = "r.org_id = ? AND r.pupil_id = ?",
    .columns = achievement_columns, .default_sort = "-held_on", .tie_sql = "r.id", .row_route = "pupil-achievement", .row_of_subject = true,
    .empty = N_("No achievements are recorded."), LIST_OF_PUPIL,
};

/* ---- movement: rows of the ledger with their orders ---- */

#define CANCELLED N_("cancelled")

/* The class that the row leads to, the basis and the form of study, the end of a leave. A row that a class entered has caused says no
 * more of the basis than the class does. */
#define MOVEMENT_SAYS                                                                                                              \
    "CONCAT(IF(c.id IS NULL, '', " CLASS_PACKED "), '#', IF(r.kind = 'funding', COALESCE(r.funding, ''), ''), '#', COALESCE(r.study_form, '')," \
    " '#', COALESCE(r.until_on, ''))"

static const char *join(struct pool *pool, const char *words, const char *more)
{
    return more[0] == '\0' ? words : pool_printf(pool, "%s%s%s", words, words[0] != '\0' ? ", " : "", more);
}

static const char *show_said(struct request *rq, const char *packed)
{
    char *rest = pool_strdup(rq->pool, packed);
    const char *words = class_label(rq, strsep(&rest, "#"));
    struct date until;
    words = join(rq->pool, words, code_name(&funding_codes, strsep(&rest, "#")));
    words = join(rq->pool, words, code_name(&study_form_codes, strsep(&rest, "#")));
    return date_from_iso(rest, &until) ? join(rq->pool, words, pool_printf(rq->pool, _("until %s"), i18n_date(rq->pool, until))) : words;
}

static const struct list_column movement_columns[] = {
    {"on", N_("Date"), "r.effective_on", .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_DATE},
    {"kind", N_("Movement"), "r.kind", .flags = COLUMN_SORTABLE, .width = 2, .codes = &movement_kind_codes},
    {"from", N_("From"), "IF(f.id IS NULL, '', CONCAT_WS('|', f.grade, f.name_kk, f.name_ru, f.name_en))", .show = class_label},
    {"to", N_("To"), MOVEMENT_SAYS, .width = 1.5, .show = show_said},
    {"reason", N_("Reason"), "r.reason", .width = 2, .codes = &movement_reason_codes},
    {"order", N_("Order"), "o.number", .flags = COLUMN_SORTABLE | COLUMN_LINK},
    {"dated", N_("Order date"), "o.dated", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"voided", N_("To be noted"), "IF(v.id IS NULL, NULL, '" CANCELLED "')", .flags = COLUMN_CHIP, .show = show_word},
    {0},
};

const struct list pupil_movements_list = {
    .id = "pupil-movements", .title = N_("Movement"), .id_sql = "r.order_id",
    .from = "movement r JOIN school_order o ON o.org_id = r.org_id AND o.id = r.order_id"
            " LEFT JOIN class f ON f.org_id = r.org_id AND f.id = r.from_class_id"
            " LEFT JOIN class c ON c.org_id = r.org_id AND c.id = r.to_class_id"
            " LEFT JOIN movement v ON v.org_id = r.org_id AND v.voids_id = r.id",
    .where = "r.org_id = ? AND r.pupil_id = ?", .columns = movement_columns, .default_sort = "-on", .tie_sql = "r.id DESC", .row_route = "order",
    .empty = N_("No movements yet: the first one is the enrolment by order."), LIST_OF_PUPIL,
};
