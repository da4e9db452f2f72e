/* budget.c: «Свободные бюджетные места» (CON-44) and «Претенденты на бюджетную основу обучения» (CON-45): a claim is a row of the
 * student's file, satisfied by the movement that gives the place. */
#include "school/college/budget.h"
#include "school/college/college.h"

#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/pupils.h"

#include <stdlib.h>
#include <string.h>

/* ---- places by speciality, course and group ---- */

static const char *students_of(struct request *rq, int64_t group)
{
    return route_with(rq->pool, route_url(rq, "pupils"), "class", route_number(rq, group));
}

static const char *budget_students_of(struct request *rq, int64_t group)
{
    return route_with(rq->pool, students_of(rq, group), "funding", "budget");
}

static const char *claimants_of(struct request *rq, int64_t group)
{
    return route_with(rq->pool, route_url(rq, "claimants"), "class", route_number(rq, group));
}

static const char *on_leave_of(struct request *rq, int64_t group)
{
    return route_with(rq->pool, route_url(rq, "on-leave"), "class", route_number(rq, group));
}

#define NUMBER_LEADS(to) .flags = COLUMN_SORTABLE | COLUMN_NUMBER | COLUMN_LINK, .address = to

static const struct list_column place_columns[] = {
    {"class", N_("Class"), CLASS_PACKED, "c.name_ru", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 1.2, .show = class_label},
    {"speciality", N_("Speciality"), SPECIALITY_PACKED, "CONCAT(COALESCE(x.code, ''), LPAD(c.grade, 2, '0'), c.name_ru)", COLUMN_SORTABLE, .width = 3,
     .show = speciality_label},
    {"grade", N_("Parallel"), "c.grade", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {"group_type", N_("Type"), "c.group_type", .flags = COLUMN_SORTABLE, .codes = &group_type_codes},
    {"budget_places", N_("Budget places"), BUDGET_PLACES, NUMBER_LEADS(students_of)},
    {"taken", N_("Taken"), BUDGET_TAKEN, NUMBER_LEADS(budget_students_of)},
    {"kept", N_("Kept for those on leave"), BUDGET_KEPT, NUMBER_LEADS(on_leave_of)},
    {"free", N_("Free"), BUDGET_FREE, NUMBER_LEADS(claimants_of)},
    {0},
};

static const struct list_filter place_filters[] = {
    {"speciality", N_("Speciality"), "c.speciality_id = ?", .choices = speciality_choices},
    {"grade", N_("Parallel"), "c.grade = ?", .choices = class_grade_choices},
    {"group_type", N_("Type"), "c.group_type = ?", .codes = &group_type_codes},
    {0},
};

static NEOERR *bind_org_and_year(struct list_query *query)
{
    TRY(list_value(query, DB_INT(query->rq->place.org)));
    return nerr_pass(list_value(query, DB_INT(query->rq->place.year)));
}

const struct list budget_places_list = {
    .id = "budget-places", .title = N_("Free budget places"), .permission = &see_orders, .id_sql = "c.id",
    .from = "class c LEFT JOIN speciality x ON x.org_id = c.org_id AND x.id = c.speciality_id",
    .where = "c.org_id = ? AND c.year = ? AND c.ended_on IS NULL AND c.group_type IS NOT NULL", .bind = bind_org_and_year, .columns = place_columns,
    .filters = place_filters, .default_sort = "speciality", .tie_sql = "c.id", .row_route = "class",
    .empty = N_("No group of this year says its type and places"), .landscape = true,
};

/* ---- claims ---- */

static const struct code claim_states[] = {
    {"open", {"Орын күтуде", "Ожидает места", "Waits for a place"}},
    {"satisfied", {"Қанағаттандырылды", "Удовлетворена", "Satisfied"}},
    {"withdrawn", {"Кері алынды", "Отозвана", "Withdrawn"}},
    {"lapsed", {"Студент шығып кетті", "Студент выбыл", "The student has left"}},
    {0},
};
static const struct code_list claim_state_codes = {"claim_state", N_("State"), claim_states};

/* Over the claim r and its student p. */
#define CLAIM_STATE                                                                                                             \
    "IF(r.withdrawn_on IS NOT NULL, 'withdrawn', IF(EXISTS (SELECT 1 FROM movement m"                                            \
    "  LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"                                                        \
    "  WHERE m.org_id = r.org_id AND m.pupil_id = r.pupil_id AND m.kind = 'funding' AND m.funding = 'budget'"                    \
    "  AND m.effective_on >= r.claimed_on AND v.id IS NULL), 'satisfied', IF(p.standing = 'left', 'lapsed', 'open')))"

/* By the order of the grounds in their code list, then by the mark, the best first, then by the day of the claim. */
#define CLAIM_PRIORITY                                                                                                           \
    "CONCAT(LPAD(FIELD(r.ground, 'orphan', 'disability', 'large-family', 'low-income', 'results'), 2, '0'),"                     \
    " LPAD(ROUND((10 - COALESCE(NULLIF(r.average_mark, ''), 0)) * 100), 4, '0'), r.claimed_on)"

static const struct list_column claimant_columns[] = {
    {"name", N_("Full name"), "CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, ''))", "p.sort_key", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK,
     .width = 3},
    {"class", N_("Class"), "IF(c.id IS NULL, '', " CLASS_PACKED ")", "CONCAT(LPAD(c.grade, 2, '0'), c.name_ru)", COLUMN_SORTABLE, .show = class_label},
    {"speciality", N_("Speciality"), SPECIALITY_PACKED, "x.code", COLUMN_SORTABLE, .width = 2.5, .show = speciality_label},
    {"ground", N_("Ground"), "r.ground", CLAIM_PRIORITY, COLUMN_SORTABLE, .width = 2, .codes = &claim_ground_codes},
    {"average_mark", N_("Average mark"), "r.average_mark", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {"claimed_on", N_("Date of the claim"), "r.claimed_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"free", N_("Free in the group"), "IF(c.id IS NULL, NULL, " BUDGET_FREE ")", .flags = COLUMN_NUMBER},
    {"state", N_("State"), CLAIM_STATE, .flags = COLUMN_SORTABLE, .codes = &claim_state_codes},
    {0},
};

static const struct list_filter claimant_filters[] = {
    {"state", N_("State"), CLAIM_STATE " = ?", .codes = &claim_state_codes, .fallback = "open"},
    {"speciality", N_("Speciality"), "c.speciality_id = ?", .choices = speciality_choices},
    {"grade", N_("Parallel"), "c.grade = ?", .choices = class_grade_choices},
    {"class", N_("Class"), "c.id = ?", .choices = class_choices},
    {"ground", N_("Ground"), "r.ground = ?", .codes = &claim_ground_codes},
    {0},
};

static const struct list_action giving[] = {
    {N_("Transfer to a budget place"), "start:change-funding", &move_pupils, "box-arrow-in-right"},
    {0},
};

/* Its rows are the files of students, so that the ticked ones are subjects of the order. */
const struct list claimants_list = {
    .id = "claimants", .title = N_("Claimants to a budget place"), .permission = &see_orders, .id_sql = "p.id",
    .from = "budget_claim r JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
            " LEFT JOIN speciality x ON x.org_id = c.org_id AND x.id = c.speciality_id",
    .where = "r.org_id = ?", .bind = list_bind_org, .columns = claimant_columns, .filters = claimant_filters, .search_sql = "p.fold_key LIKE ?",
    .default_sort = "ground", .tie_sql = "r.id", .row_route = "pupil", .row_actions = giving, .bulk_actions = giving,
    .empty = N_("Nobody waits for a budget place: claims are added in the file of the student"), .numbered = true, .landscape = true,
};

/* ---- claims of one student ---- */

static const char *show_word(struct request *rq, const char *value)
{
    (void)rq;
    return _(value);
}

#define NO_SCAN N_("no scan")

static const struct list_column claim_columns[] = {
    {"claimed_on", N_("Date of the claim"), "r.claimed_on", .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK | COLUMN_DATE},
    {"ground", N_("Ground"), "r.ground", .flags = COLUMN_SORTABLE, .width = 2, .codes = &claim_ground_codes},
    {"average_mark", N_("Average mark"), "r.average_mark", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {"state", N_("State"), CLAIM_STATE, .flags = COLUMN_SORTABLE, .width = 1.5, .codes = &claim_state_codes},
    {"withdrawn_on", N_("Withdrawn on"), "r.withdrawn_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"scan", N_("Scan"), "IF(r.file_id = '', '" NO_SCAN "', NULL)", .flags = COLUMN_CHIP, .show = show_word},
    {0},
};

const struct list pupil_claims_list = {
    .id = "pupil-claims", .title = N_("Claims to a budget place"), .permission = &see_contingent, .id_sql = "r.id",
    .from = "budget_claim r JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id", .where = "r.org_id = ? AND r.pupil_id = ?",
    .bind = list_bind_org_subject, .columns = claim_columns, .default_sort = "-claimed_on", .tie_sql = "r.id", .row_route = "pupil-claim",
    .row_of_subject = true, .empty = N_("No claims to a budget place"), .numbered = true,
};

/* "4,75" becomes "4.75"; from 1 to 5, two digits after the point at most. */
static NEOERR *check_mark(struct form_data *form, const struct field *field, const char *value)
{
    char *text = pool_strdup(form->rq->pool, value), *comma = strchr(text, ',');
    if (comma != NULL)
        *comma = '.';
    size_t whole = strspn(text, "12345"), rest = strlen(text) > 2 ? strspn(text + 2, "0123456789") : 0, length = strlen(text);
    bool is_right = whole >= 1 && (length == 1 || (length >= 3 && length <= 4 && text[1] == '.' && rest == length - 2)) && strtod(text, NULL) <= 5;
    if (!is_right)
        return nerr_pass(form_error(form, field->name, "%s", _("The average mark is a number from 1 to 5, for example 4,75")));
    return nerr_pass(form_set(form, field->name, text));
}

static const struct field claim_fields[] = {
    {"claimed_on", N_("Date of the claim"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"ground", N_("Ground"), FIELD_CHOICE, REQUIRED, .codes = &claim_ground_codes, .hint = N_("In the order of priority")},
    {"average_mark", N_("Average mark"), FIELD_TEXT, .max = 5, .hint = N_("Among equal grounds the best mark comes first, then the earliest claim"),
     .check = check_mark},
    {"file_id", N_("Scan"), FIELD_FILE, SEVERAL},
    {"withdrawn_on", N_("Withdrawn on"), FIELD_DATE, FUTURE_NO | NEW_GROUP, .hint = N_("Only when the student takes the claim back")},
    {"remark", N_("Why it was withdrawn"), FIELD_TEXT, WIDE, .max = 300},
    {0},
};

/* The student of the form: the first id of its address. */
static const char OTHER_OPEN[] =
    "SELECT r.id FROM budget_claim r JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id"
    " WHERE r.org_id = ? AND r.pupil_id = ? AND r.id <> ? AND " CLAIM_STATE " = 'open' LIMIT 1";
static const char IS_ON_PAID[] =
    "SELECT p.id FROM pupil p LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " WHERE p.org_id = ? AND p.id = ? AND p.standing IN ('enrolled', 'on-leave') AND COALESCE(" PUPIL_FUNDING ", 'paid') = 'paid'";

static NEOERR *check_new(struct form_data *form, int64_t pupil)
{
    int64_t one;
    bool found;
    TRY(db_number(form->rq->db, OTHER_OPEN, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(pupil), DB_INT(form->subject)), &one, &found));
    if (found)
        TRY(form_error(form, "", "%s", _("This student has a claim that waits already: change that one")));
    if (form->subject != 0)
        return STATUS_OK;
    TRY(db_number(form->rq->db, IS_ON_PAID, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(pupil)), &one, &found));
    return found ? STATUS_OK : nerr_pass(form_error(form, "", "%s", _("Only a student on a paid place claims a budget one")));
}

static NEOERR *check_claim(struct form_data *form)
{
    struct date claimed = form_date(form, "claimed_on"), withdrawn = form_date(form, "withdrawn_on");
    int64_t pupil;
    TRY(request_id(form->rq, 0, &pupil));
    if (withdrawn.year != 0 && date_compare(withdrawn, claimed) < 0)
        TRY(form_error(form, "withdrawn_on", "%s", _("The claim was withdrawn before it was made: check the dates")));
    if (withdrawn.year == 0)
        TRY(check_new(form, pupil));
    return STATUS_OK;
}

const struct form pupil_claim_form = {
    .id = "pupil-claim", .title = N_("Claim to a budget place"), .table = "budget_claim", .subject_kind = "pupil", .owner = "pupil_id",
    .fields = claim_fields, .see = &see_contingent, .edit = &edit_pupils, .check = check_claim,
};
