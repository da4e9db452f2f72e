/* lists.c: the lists of the contingent: classes, pupils, pupils of a class, pupils without class, the alphabetical list. */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/iin.h"
#include "school/codes.h"
#include "school/permissions.h"
#include "school/planning/planning.h"

#include <string.h>

/* ---- columns that several lists share ---- */

#define PUPIL_FROM "pupil p JOIN person h ON h.id = p.person_id LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
#define PUPIL_NAME "CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, ''))"

/* ---- what is not filled in: shown as chips (picture 1) ---- */

static const struct code unfilled_kinds[] = {
    {"iin", {"ЖСН жоқ", "нет ИИН", "no IIN"}},
    {"address", {"мекенжайы жоқ", "нет адреса", "no address"}},
    {"born", {"туған күні жоқ", "нет даты рождения", "no birth date"}},
    {0},
};
const struct code_list pupil_unfilled_codes = {"unfilled", N_("Not filled in"), unfilled_kinds};

static const char *show_unfilled(struct request *rq, const char *value)
{
    const char *words = "";
    char *rest = pool_strdup(rq->pool, value), *code;
    while ((code = strsep(&rest, ",")) != NULL)
        words = pool_printf(rq->pool, "%s%s%s", words, words[0] != '\0' ? ", " : "", code_name(&pupil_unfilled_codes, code));
    return words;
}

static const char *show_iin(struct request *rq, const char *value)
{
    char masked[IIN_SIZE];
    if (value[0] == '\0' || request_may(rq, &see_pupil_numbers))
        return value;
    iin_mask(value, masked);
    return pool_strdup(rq->pool, masked);
}

#define COLUMN_NUMBER_OF_PUPIL {"number", N_("Number"), "h.login", .flags = COLUMN_SORTABLE, .width = 1.2}
#define COLUMN_NAME_OF_PUPIL {"name", N_("Full name"), PUPIL_NAME, "p.sort_key", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 3}
#define COLUMN_BORN {"born", N_("Date of birth"), "p.born_on", .flags = COLUMN_SORTABLE | COLUMN_DATE, .width = 1.1}
#define COLUMN_SEX {"sex", N_("Sex"), "p.sex", .flags = COLUMN_PAPER, .width = 1, .codes = &sex_codes}
#define COLUMN_IIN {"iin", N_("IIN"), "h.iin", .flags = COLUMN_PAPER, .width = 1.2, .show = show_iin}
#define COLUMN_CLASS                                                                                                                       \
    {                                                                                                                                      \
        "class", N_("Class"), "IF(c.id IS NULL, '', " CLASS_PACKED ")", "CONCAT(LPAD(c.grade, 2, '0'), c.name_ru)", COLUMN_SORTABLE,       \
            .show = class_label                                                                                                            \
    }
#define COLUMN_UNFILLED {"unfilled", N_("Not filled in"), PUPIL_UNFILLED, .flags = COLUMN_CHIP | COLUMN_SCREEN, .width = 1.2, .show = show_unfilled}

/* ---- scopes ---- */

NEOERR *pupil_list_scope(struct list_query *query, const char **condition)
{
    struct request *rq = query->rq;
    unsigned scopes = request_scopes(rq, &see_contingent);
    struct date today = request_today(rq);
    *condition = "";
    if (scopes & (SCOPE_ORGANISATION | SCOPE_ALL))
        return STATUS_OK;
    TRY(list_value(query, DB_INT(rq->session.person)));
    TRY(list_value(query, DB_DATE(today)));
    TRY(list_value(query, DB_INT(rq->session.person)));
    TRY(list_value(query, DB_DATE(today)));
    TRY(list_value(query, DB_DATE(today)));
    TRY(list_value(query, DB_INT(rq->session.person)));
    *condition = "(p.person_id = ?"
                 " OR EXISTS (SELECT 1 FROM membership o JOIN class_head d ON d.org_id = o.org_id AND d.class_id = o.class_id"
                 "  WHERE o.org_id = p.org_id AND o.pupil_id = p.id AND (o.to_on IS NULL OR o.to_on > ?)"
                 "   AND d.person_id = ? AND d.valid_from <= ? AND (d.valid_to IS NULL OR d.valid_to >= ?))"
                 " OR EXISTS (SELECT 1 FROM kinship k WHERE k.org_id = p.org_id AND k.pupil_id = p.id AND k.person_id = ? AND k.ended_on IS NULL))";
    return STATUS_OK;
}

/* ---- all pupils ---- */

static const struct list_column pupil_columns[] = {
    COLUMN_NUMBER_OF_PUPIL, COLUMN_NAME_OF_PUPIL, COLUMN_CLASS, COLUMN_BORN, COLUMN_SEX, COLUMN_IIN, COLUMN_UNFILLED, {0},
};

/* Where pupils stand, and all who have not left together. */
static const struct code presences[] = {
    {"enrolled", {"Оқып жүр", "Обучается", "Enrolled"}},
    {"registered", {"Сыныпсыз", "Без класса", "Without class"}},
    {"on-leave", {"Академиялық демалыста", "В академическом отпуске", "On academic leave"}},
    {"present", {"Контингентте", "В контингенте", "On the roll"}},
    {0},
};
static const struct code_list presence_codes = {"presence", N_("Standing"), presences};

/* Schools have no academic leave. */
static NEOERR *presence_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    for (const struct code *code = presences; code->code != NULL; code++)
        if (is_college(form->rq) || strcmp(code->code, "on-leave") != 0)
            TRY(add(form, &(struct choice){.value = code->code, .label = code_name(&presence_codes, code->code)}));
    return STATUS_OK;
}

static const struct list_filter pupil_filters[] = {
    {"grade", N_("Parallel"), "COALESCE(c.grade, p.grade) = ?", .choices = class_grade_choices},
    {"standing", N_("Standing"), "FIND_IN_SET(?, CONCAT(p.standing, IF(p.standing IN ('left', 'withdrawn'), '', ',present'))) > 0",
     .choices = presence_choices, .fallback = "enrolled"},
    {"unfilled", N_("Not filled in"), "FIND_IN_SET(?, " PUPIL_UNFILLED ") > 0", .codes = &pupil_unfilled_codes},
    {"sex", N_("Sex"), "p.sex = ?", .codes = &sex_codes},
    {"class", N_("Class"), "p.class_id = ?", .choices = class_choices, .when = is_college},
    {"funding", N_("Basis of study"), PUPIL_FUNDING " = ?", .codes = &funding_codes, .when = is_college},
    {0},
};

static const struct list_action moving[] = {
    {N_("Transfer to another class"), "start:transfer-pupil", &move_pupils, "arrow-left-right", .when = class_year_is_open},
    {N_("Exclude"), "start:exclude-pupil", &move_pupils, "x-lg", .when = class_year_is_open},
    {N_("Graduation"), "start:graduate-pupils", &move_pupils, "check-circle", .when = class_year_is_open},
    {N_("Academic leave"), "start:academic-leave", &move_pupils, .when = class_year_is_open},
    {N_("Repeating a course"), "start:repeat-course", &move_pupils, .when = class_year_is_open},
    {N_("Change of speciality"), "start:change-speciality", &move_pupils, .when = class_year_is_open},
    {N_("Change of the form of study"), "start:change-form", &move_pupils, .when = class_year_is_open},
    {N_("Change of the basis of study"), "start:change-funding", &move_pupils, .when = class_year_is_open},
    {N_("Assignment of a scholarship"), "start:assign-scholarship", &move_pupils, .when = class_year_is_open},
    {0},
};
static const struct list_action moving_one[] = { /* in a row there is room for a word */
    {N_("Transfer"), "start:transfer-pupil", &move_pupils, "arrow-left-right", .when = class_year_is_open},
    {N_("Exclude"), "start:exclude-pupil", &move_pupils, "x-lg", .when = class_year_is_open},
    {0},
};

static const struct list_action registering[] = {
    {N_("Register a pupil"), "start:register-pupil", &register_pupils, "person-plus", true},
    {0},
};

const struct list pupils_list = {
    .id = "pupils", .title = N_("Pupils"), .permission = &see_contingent, .id_sql = "p.id", .from = PUPIL_FROM, .where = "p.org_id = ?",
    .bind = list_bind_org, .scope = pupil_list_scope, .columns = pupil_columns, .filters = pupil_filters, .search_sql = "p.fold_key LIKE ?",
    .digits_sql = "CONCAT(h.login, ' ', COALESCE(h.iin, '')) LIKE ?", .default_sort = "name", .tie_sql = "p.id", .row_route = "pupil",
    .bulk_actions = moving, .page_actions = registering, .empty = N_("There are no pupils yet: register the first one"), .numbered = true,
};

/* ---- the alphabetical list: everybody who is in a class, by letters ---- */

static const struct list_column alphabetical_columns[] = {
    COLUMN_NAME_OF_PUPIL, COLUMN_BORN, {"sex", N_("Sex"), "p.sex", .codes = &sex_codes, .width = 1}, COLUMN_CLASS, {0},
};

const struct list alphabetical_list = {
    .id = "alphabetical", .title = N_("Alphabetical list of pupils"), .permission = &see_contingent, .id_sql = "p.id", .from = PUPIL_FROM,
    .where = "p.org_id = ? AND p.standing = 'enrolled'", .bind = list_bind_org, .scope = pupil_list_scope, .columns = alphabetical_columns,
    .search_sql = "p.fold_key LIKE ?", .default_sort = "name", .tie_sql = "p.id", .row_route = "pupil",
    .empty = N_("Nobody is enrolled yet"), .numbered = true,
};

/* ---- without class (CON-23) ---- */

static const struct list_column without_class_columns[] = {
    COLUMN_NUMBER_OF_PUPIL,
    COLUMN_NAME_OF_PUPIL,
    COLUMN_BORN,
    {"grade", N_("Parallel"), "p.grade", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    COLUMN_UNFILLED,
    {0},
};

static const struct list_filter grade_filter[] = {
    {"grade", N_("Parallel"), "p.grade = ?", .choices = class_grade_choices},
    {0},
};

static const struct list_action enrolling[] = {
    {N_("Enrol"), "start:enrol-pupil", &move_pupils, "box-arrow-in-right"},
    {0},
};

static const struct list_action without_class_actions[] = {
    {N_("Register a pupil"), "start:register-pupil", &register_pupils, "person-plus", true},
    {N_("Registered by mistake"), "withdrawn", &register_pupils},
    {0},
};

const struct list without_class_list = {
    .id = "without-class", .title = N_("Without class"), .permission = &see_contingent, .id_sql = "p.id", .from = PUPIL_FROM,
    .where = "p.org_id = ? AND p.standing = 'registered'", .bind = list_bind_org, .scope = pupil_list_scope, .columns = without_class_columns,
    .filters = grade_filter, .search_sql = "p.fold_key LIKE ?", .digits_sql = "CONCAT(h.login, ' ', COALESCE(h.iin, '')) LIKE ?",
    .default_sort = "name", .tie_sql = "p.id", .row_route = "pupil", .row_actions = enrolling, .bulk_actions = enrolling,
    .page_actions = without_class_actions, .empty = N_("Everybody who is registered is in a class"), .numbered = true,
};

/* ---- registered by mistake, or merged into another file ---- */

static const struct list_column withdrawn_columns[] = {
    COLUMN_NUMBER_OF_PUPIL, COLUMN_NAME_OF_PUPIL, COLUMN_BORN,
    {"on", N_("Withdrawn on"), "p.withdrawn_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"reason", N_("Reason"), "p.withdraw_reason", .width = 2},
    {"merged", N_("Merged with"), "(SELECT CONCAT_WS(' ', m.surname, m.given, NULLIF(m.patronymic, '')) FROM pupil m WHERE m.org_id = p.org_id AND m.id = p.merged_into)",
     .width = 2},
    {0},
};

static const struct list_action restoring[] = {
    {N_("Restore"), "start:restore-pupil", &register_pupils, "arrow-counterclockwise"},
    {0},
};

const struct list withdrawn_list = {
    .id = "withdrawn", .title = N_("Registered by mistake"), .permission = &register_pupils, .id_sql = "p.id", .from = PUPIL_FROM,
    .where = "p.org_id = ? AND p.standing = 'withdrawn'", .bind = list_bind_org, .columns = withdrawn_columns, .search_sql = "p.fold_key LIKE ?",
    .default_sort = "name", .tie_sql = "p.id", .row_route = "pupil", .row_actions = restoring, .empty = N_("No file was withdrawn"), .numbered = true,
};

/* ---- pupils of a class (CON-26) ---- */

static const struct list_column class_pupil_columns[] = {
    COLUMN_NUMBER_OF_PUPIL, COLUMN_NAME_OF_PUPIL, COLUMN_BORN, COLUMN_SEX, COLUMN_IIN,
    {"study_form", N_("Form of study"), "NULLIF(p.study_form, 'full-time')", .flags = COLUMN_CHIP, .width = 1.2, .codes = &study_form_codes},
    COLUMN_UNFILLED, {0},
};

static const struct list_filter class_pupil_filters[] = {
    {"unfilled", N_("Not filled in"), "FIND_IN_SET(?, " PUPIL_UNFILLED ") > 0", .codes = &pupil_unfilled_codes},
    {"study_form", N_("Form of study"), "COALESCE(p.study_form, 'full-time') = ?", .codes = &study_form_codes},
    {0},
};

static NEOERR *bind_class(struct list_query *query)
{
    TRY(list_value(query, DB_INT(class_year_now(query->rq))));
    return nerr_pass(list_bind_org_subject(query));
}

static const char *note_class(const struct list_query *query)
{
    const struct class *class = query->detail;
    return class == NULL ? "" : class_year_note(query->rq, class->year);
}

const struct list class_pupils_list = {
    .id = "class-pupils", .title = N_("List of pupils"), .permission = &see_contingent, .id_sql = "p.id",
    .from = CLASS_FROM " JOIN membership s ON " CLASS_HAS
            " JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id JOIN person h ON h.id = p.person_id",
    .where = "c.org_id = ? AND c.id = ?",
    .bind = bind_class, .note = note_class, .scope = pupil_list_scope, .columns = class_pupil_columns, .filters = class_pupil_filters,
    .search_sql = "p.fold_key LIKE ?", .default_sort = "name", .tie_sql = "p.id", .row_route = "pupil", .row_actions = moving_one,
    .bulk_actions = moving, .empty = N_("The class has no pupils yet: add the first one"), .numbered = true,
};

/* ---- the archive: who left, and by which order (CON-36) ---- */

#define LAST_MOVEMENT                                                                                                             \
    " LEFT JOIN movement m ON m.org_id = p.org_id AND m.id ="                                                                      \
    " (SELECT l.id FROM movement l LEFT JOIN movement v ON v.org_id = l.org_id AND v.voids_id = l.id"                              \
    "  WHERE l.org_id = p.org_id AND l.pupil_id = p.id AND l.voids_id IS NULL AND v.id IS NULL"                                    \
    "  ORDER BY l.effective_on DESC, l.id DESC LIMIT 1)"
#define LAST_CLASS                                                                                                                \
    "(SELECT s.class_id FROM membership s WHERE s.org_id = p.org_id AND s.pupil_id = p.id ORDER BY s.from_on DESC, s.movement_id DESC LIMIT 1)"
#define ARCHIVE_FROM                                                                                                              \
    "pupil p JOIN person h ON h.id = p.person_id" LAST_MOVEMENT " LEFT JOIN class c ON c.org_id = m.org_id AND c.id = COALESCE(m.from_class_id, " LAST_CLASS ")" \
    " LEFT JOIN school_order o ON o.org_id = m.org_id AND o.id = m.order_id"

static const struct list_column archive_columns[] = {
    COLUMN_NUMBER_OF_PUPIL,
    COLUMN_NAME_OF_PUPIL,
    {"born", N_("Date of birth"), "p.born_on", .flags = COLUMN_SORTABLE | COLUMN_DATE | COLUMN_PAPER, .width = 1.1},
    {"class", N_("Last class"), "IF(c.id IS NULL, '', " CLASS_PACKED ")", "CONCAT(LPAD(c.grade, 2, '0'), c.name_ru)", COLUMN_SORTABLE, .show = class_label},
    {"left_on", N_("Date of departure"), "m.effective_on", .flags = COLUMN_SORTABLE | COLUMN_DATE, .width = 1.1},
    {"reason", N_("Reason"), "m.reason", .flags = COLUMN_SORTABLE, .width = 1.6, .codes = &movement_reason_codes},
    {"where_to", N_("Where to"), "m.note", .flags = COLUMN_PAPER, .width = 2},
    {"order", N_("Order"), "o.number", "o.ordinal", COLUMN_SORTABLE},
    {0},
};

static const struct list_filter archive_filters[] = {
    {"year", N_("Year of departure"), "YEAR(m.effective_on) = ?", .choices = list_year_choices},
    {"reason", N_("Reason"), "m.reason = ?", .codes = &movement_reason_codes},
    {"grade", N_("Parallel"), "c.grade = ?", .choices = class_grade_choices},
    {0},
};

static const struct list_action reinstating[] = {
    {N_("Reinstate"), "start:reinstate-pupil", &move_pupils, "arrow-counterclockwise"},
    {0},
};

const struct list archive_list = {
    .id = "archive", .title = N_("Archive"), .permission = &see_contingent, .id_sql = "p.id", .from = ARCHIVE_FROM,
    .where = "p.org_id = ? AND p.standing = 'left'", .bind = list_bind_org, .scope = pupil_list_scope, .columns = archive_columns, .filters = archive_filters,
    .search_sql = "p.fold_key LIKE ?", .digits_sql = "CONCAT(h.login, ' ', COALESCE(h.iin, '')) LIKE ?", .default_sort = "-left_on", .tie_sql = "p.id",
    .row_route = "pupil", .row_actions = reinstating, .bulk_actions = reinstating, .empty = N_("Nobody has left yet"), .numbered = true, .landscape = true,
};

/* ---- classes ---- */

#define HEAD_NAME                                                                                                                 \
    "(SELECT CONCAT_WS(' ', h.surname, h.given, NULLIF(h.patronymic, '')) FROM class_head d JOIN person h ON h.id = d.person_id"    \
    " WHERE d.org_id = c.org_id AND d.class_id = c.id AND " CLASS_HEAD_IS_LAST " ORDER BY " CLASS_HEAD_ORDER " LIMIT 1)"

static const struct list_column class_columns[] = {
    {"class", N_("Class"), CLASS_PACKED, "CONCAT(LPAD(c.grade, 2, '0'), c.name_ru)", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .show = class_label},
    {"pupils", N_("Pupils"), CLASS_PUPILS, .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {"capacity", N_("Places"), "c.capacity", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {"free", N_("Free places"), "IF(c.capacity IS NULL, NULL, GREATEST(CAST(c.capacity AS SIGNED) - " CLASS_PUPILS ", 0))", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {"language", N_("Language of instruction"), "c.language", .flags = COLUMN_SORTABLE, .width = 1.5, .codes = &instruction_language_codes},
    {"head", N_("Class teacher"), HEAD_NAME, .flags = COLUMN_SORTABLE, .width = 2.5},
    {"room", N_("Room"), "c.room", .flags = COLUMN_SORTABLE},
    {0},
};

static const struct list_filter class_filters[] = {
    {"grade", N_("Parallel"), "c.grade = ?", .choices = class_grade_choices},
    {"language", N_("Language of instruction"), "c.language = ?", .codes = &instruction_language_codes},
    {"shift", N_("Shift"), "c.shift_id = ?", .choices = shift_choices},
    {0},
};

static NEOERR *class_scope(struct list_query *query, const char **condition)
{
    struct request *rq = query->rq;
    struct date today = request_today(rq);
    *condition = "";
    if (request_scopes(rq, &see_contingent) & (SCOPE_ORGANISATION | SCOPE_ALL))
        return STATUS_OK;
    TRY(list_value(query, DB_INT(rq->session.person)));
    TRY(list_value(query, DB_DATE(today)));
    TRY(list_value(query, DB_DATE(today)));
    TRY(list_value(query, DB_INT(rq->session.person)));
    TRY(list_value(query, DB_INT(rq->session.person)));
    *condition = "(EXISTS (SELECT 1 FROM class_head d WHERE d.org_id = c.org_id AND d.class_id = c.id AND d.person_id = ?"
                 "  AND d.valid_from <= ? AND (d.valid_to IS NULL OR d.valid_to >= ?))"
                 " OR EXISTS (SELECT 1 FROM membership s JOIN pupil o ON o.org_id = s.org_id AND o.id = s.pupil_id LEFT JOIN kinship k ON k.org_id = o.org_id AND k.pupil_id = o.id AND k.person_id = ?"
                 "   AND k.ended_on IS NULL"
                 "  WHERE " CLASS_HAS " AND (o.person_id = ? OR k.id IS NOT NULL)))";
    return STATUS_OK;
}

static NEOERR *bind_year(struct list_query *query)
{
    const struct request *rq = query->rq;
    TRY(list_value(query, DB_INT(class_year_now(rq))));
    TRY(list_value(query, DB_INT(rq->place.org)));
    return nerr_pass(list_value(query, DB_INT(rq->place.year)));
}

static const char *note_year(const struct list_query *query)
{
    return class_year_note(query->rq, query->rq->place.year);
}

static const struct list_action class_actions[] = {
    {N_("Add a class"), "start:register-class", &manage_classes, "plus-lg", true},
    {N_("Add a group"), "start:register-group", &manage_classes, "plus-lg", true},
    {0},
};

const struct list classes_list = {
    .id = "classes", .title = N_("Classes"), .permission = &see_contingent, .id_sql = "c.id", .from = CLASS_FROM,
    .where = "c.org_id = ? AND c.year = ? AND c.ended_on IS NULL", .bind = bind_year, .note = note_year, .scope = class_scope, .columns = class_columns,
    .filters = class_filters, .default_sort = "class", .tie_sql = "c.id", .row_route = "class", .page_actions = class_actions,
    .empty = N_("There are no classes this year yet: add the first one"),
};

/* ---- who leads a class, and led it: one that was put in by mistake and replaced on the same day never did ---- */

static const struct list_column head_columns[] = {
    {"name", N_("Full name"), "CONCAT_WS(' ', h.surname, h.given, NULLIF(h.patronymic, ''))", "h.sort_key", COLUMN_SORTABLE | COLUMN_STICKY, .width = 3},
    {"duty", N_("Duty in the class"), "d.duty", .flags = COLUMN_SORTABLE, .width = 2, .codes = &class_duty_codes},
    {"from", N_("Leads from"), "d.valid_from", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"to", N_("until"), "d.valid_to", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {0},
};

const struct list class_heads_list = {
    .id = "class-heads", .title = N_("Who leads the class"), .permission = &see_contingent, .id_sql = "d.id",
    .from = "class_head d JOIN person h ON h.id = d.person_id",
    .where = "d.org_id = ? AND d.class_id = ? AND (d.valid_to IS NULL OR d.valid_to >= d.valid_from)", .bind = list_bind_org_subject,
    .columns = head_columns, .default_sort = "-from", .tie_sql = "d.id DESC", .empty = N_("Nobody leads the class yet"),
};
