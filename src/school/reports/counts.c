/* counts.c: how many pupils there are on a day, of which kind: «Сводный отчет по учащимся (НОБД)», social passport, prize winners,
 * graduates. (CON-43, STA-03, STA-10) */
#include "school/reports/reports.h"

#include "engine/list.h"
#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"

/* ---- the roll of a day: everybody who is in a class on it ---- *
 * The day is a row of a table, so that conditions and keys may name it; a SELECT of it would be merged, and subqueries lose sight of it. */

#define ROLL                                                                                       \
    "JSON_TABLE(?, '$[*]' COLUMNS (day DATE PATH '$')) q"                                          \
    " JOIN membership s ON s.org_id = ? AND s.from_on <= q.day AND (s.to_on IS NULL OR s.to_on > q.day)" \
    " JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id"                                   \
    " JOIN class c ON c.org_id = s.org_id AND c.id = s.class_id"                                   \
    " LEFT JOIN shift f ON f.org_id = c.org_id AND f.id = c.shift_id"

static NEOERR *bind_roll(struct list_query *query)
{
    TRY(list_value(query, DB_TEXT(pool_printf(query->rq->pool, "[\"%s\"]", list_filter_value(query, "on")))));
    return nerr_pass(list_bind_org(query));
}

static const struct list_filter roll_filters[] = {
    {"on", N_("On the day"), .is_day = true, .usual_day = report_last_day},
    {"grade", N_("Parallel"), "c.grade = ?", .choices = class_grade_choices},
    {"class", N_("Class"), "c.id = ?", .choices = class_choices},
    {0},
};

#define LANGUAGE "COALESCE(p.language, c.language, '')"
#define GRADES(from, to) "c.grade BETWEEN " #from " AND " #to

#define PEOPLE                                                             \
    {"all", N_("Pupils"), "TRUE", .flags = COLUMN_CHART},                  \
    {"boys", N_("boys"), "p.sex = 'M'", .group = N_("of these")},          \
    {"girls", N_("girls"), "p.sex = 'F'", .group = N_("of these")}

#define LEVELS                                                                                                     \
    {"preschool", N_("parallel 0"), GRADES(0, 0), .group = N_("Level of education"), .when = is_school},           \
    {"primary", N_("1–4"), GRADES(1, 4), .group = N_("Level of education"), .when = is_school},                    \
    {"basic", N_("5–9"), GRADES(5, 9), .group = N_("Level of education"), .when = is_school},                      \
    {"upper", N_("10–12"), GRADES(10, 12), .group = N_("Level of education"), .when = is_school}

static const struct list_column roll_columns[] = {
    PEOPLE,
    LEVELS,
    {"kk", NULL, LANGUAGE " = 'kk'", .codes = &instruction_language_codes, .group = N_("Language of instruction")},
    {"ru", NULL, LANGUAGE " = 'ru'", .codes = &instruction_language_codes, .group = N_("Language of instruction")},
    {"other", N_("another"), LANGUAGE " NOT IN ('kk', 'ru')", .group = N_("Language of instruction")},
    {"no-iin", N_("without IIN"), "(SELECT h.iin FROM person h WHERE h.id = p.person_id) IS NULL", .group = N_("Not filled in")},
    {0},
};

/* Who is examined shows it by the last row before the day. */
#define LAST_EXAMINED(column)                                                                                                     \
    "(SELECT x." #column " FROM pupil_health x WHERE x.org_id = p.org_id AND x.pupil_id = p.id AND x.examined_on <= q.day"        \
    " ORDER BY x.examined_on DESC, x.id DESC LIMIT 1)"

static const char *shift_words(struct request *rq, const char *key)
{
    return pool_printf(rq->pool, _("Shift %s"), key);
}

static bool may_see_health(const struct request *rq)
{
    return request_may(rq, &see_health);
}

static const struct list_slice roll_slices[] = {
    {"grade", N_("Parallels"), "c.grade", .show = report_grade},
    {"class", N_("Classes"), REPORT_CLASS, REPORT_CLASS_SORT, .show = report_class},
    {"language", N_("Language of instruction"), "COALESCE(p.language, c.language)", .codes = &instruction_language_codes},
    {"shift", N_("Shifts"), "f.number", .show = shift_words},
    {"form", N_("Form of study"), "COALESCE(p.ordered_form, p.study_form, 'full-time')", .codes = &study_form_codes},
    {"funding", N_("Basis of study"), PUPIL_FUNDING, .codes = &funding_codes, .when = is_college},
    {"age", N_("Age, years"), "TIMESTAMPDIFF(YEAR, p.born_on, q.day)"},
    {"nationality", N_("Nationality"), "p.nationality", .codes = &nationality_codes},
    {"citizenship", N_("Citizenship"), "p.citizenship", .codes = &citizenship_codes},
    {"need", N_("Special educational needs"), LAST_EXAMINED(special_need), .codes = &special_need_codes, .when = may_see_health},
    {0},
};

const struct list roll_counts = {
    .id = "roll", .title = N_("Consolidated report on pupils (NEDB)"), .permission = &see_reports, .id_sql = "p.id", .from = ROLL, .where = "TRUE",
    .bind = bind_roll, .columns = roll_columns, .filters = roll_filters, .tie_sql = "p.id", .slices = roll_slices, .opens = "roll-pupils",
    .landscape = true, .all_slices = true, .foot = report_foot, .empty = N_("Nobody is in a class on this day"),
};

/* ---- what a number opens ---- */

#define COLUMN_NAME                                                                                                                      \
    {                                                                                                                                    \
        "name", N_("Full name"), "CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, ''))", "p.sort_key",                           \
            COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 3                                                                    \
    }
#define COLUMN_CLASS                                                                                                                     \
    {                                                                                                                                    \
        "class", N_("Class"), "IF(c.id IS NULL, '', " CLASS_PACKED ")", REPORT_CLASS_SORT,       \
            COLUMN_SORTABLE, .show = class_label                                                                                         \
    }
#define COLUMN_BORN {"born", N_("Date of birth"), "p.born_on", .flags = COLUMN_SORTABLE | COLUMN_DATE, .width = 1.1}
#define COLUMN_SEX {"sex", N_("Sex"), "p.sex", .flags = COLUMN_SORTABLE, .codes = &sex_codes}
#define COLUMN_LANGUAGE {"language", N_("Language of instruction"), LANGUAGE, .flags = COLUMN_SORTABLE, .codes = &instruction_language_codes}

static const struct list_column pupil_columns[] = {COLUMN_NAME, COLUMN_CLASS, COLUMN_BORN, COLUMN_SEX, COLUMN_LANGUAGE, {0}};

#define PUPILS_OF(report)                                                                                                                \
    .permission = &see_reports, .id_sql = "p.id", .search_sql = "p.fold_key LIKE ?", .default_sort = "name", .row_route = "pupil",        \
    .counts_of = &(report), .numbered = true

const struct list roll_counts_pupils = {
    .id = "roll-pupils", .title = N_("Consolidated report on pupils: pupils"), PUPILS_OF(roll_counts), .from = ROLL, .where = "TRUE", .bind = bind_roll,
    .columns = pupil_columns, .filters = roll_filters, .tie_sql = "p.id",
};

/* ---- social passport: a pupil may be of several categories ---- */

#define IS_OF(category)                                                                                                          \
    "EXISTS (SELECT 1 FROM pupil_social x WHERE x.org_id = p.org_id AND x.pupil_id = p.id AND x.category = '" category "'"       \
    " AND x.valid_from <= q.day AND (x.valid_to IS NULL OR x.valid_to >= q.day))"
#define CATEGORY(code) {code, NULL, IS_OF(code), .codes = &social_category_codes, .group = N_("Social category")}

static const struct list_column social_columns[] = {
    {"all", N_("Pupils"), "TRUE", .flags = COLUMN_CHART},
    CATEGORY("large-family"), CATEGORY("low-income"), CATEGORY("single-parent"), CATEGORY("orphan"), CATEGORY("no-parental-care"),
    CATEGORY("guardianship"), CATEGORY("foster-family"), CATEGORY("disability"), CATEGORY("disabled-parent"), CATEGORY("kandas"),
    CATEGORY("refugee"), CATEGORY("school-register"), CATEGORY("police-register"), CATEGORY("other"),
    {0},
};

static const struct list_slice social_slices[] = {
    {"class", N_("Classes"), REPORT_CLASS, REPORT_CLASS_SORT, .show = report_class},
    {"grade", N_("Parallels"), "c.grade", .show = report_grade},
    {"language", N_("Language of instruction"), "COALESCE(p.language, c.language)", .codes = &instruction_language_codes},
    {"sex", N_("Sex"), "p.sex", .codes = &sex_codes},
    {0},
};

const struct list social_counts = {
    .id = "social-passport", .title = N_("Social passport"), .permission = &see_reports, .id_sql = "p.id", .from = ROLL, .where = "TRUE", .bind = bind_roll,
    .columns = social_columns, .filters = roll_filters, .tie_sql = "p.id", .slices = social_slices, .opens = "social-passport-pupils", .landscape = true,
    .foot = report_foot, .empty = N_("Nobody is in a class on this day"),
};

const struct list social_counts_pupils = {
    .id = "social-passport-pupils", .title = N_("Social passport: pupils"), PUPILS_OF(social_counts), .from = ROLL, .where = "TRUE", .bind = bind_roll,
    .columns = pupil_columns, .filters = roll_filters, .tie_sql = "p.id",
};

/* ---- from a day to a day ---- */

static const struct list_filter span_filters[] = {
    {"from", N_("From the day"), .is_day = true, .usual_day = report_first_day},
    {"to", N_("To the day"), .is_day = true, .usual_day = report_last_day},
    {"grade", N_("Parallel"), "c.grade = ?", .choices = class_grade_choices},
    {0},
};

static NEOERR *bind_span(struct list_query *query)
{
    TRY(list_bind_org(query));
    TRY(list_value(query, DB_TEXT(list_filter_value(query, "from"))));
    return nerr_pass(list_value(query, DB_TEXT(list_filter_value(query, "to"))));
}

/* ---- achievements: a row of a file is counted, in the class of that day ---- */

#define ACHIEVEMENTS                                                                                                  \
    "pupil_achievement a JOIN pupil p ON p.org_id = a.org_id AND p.id = a.pupil_id"                                   \
    " LEFT JOIN membership s ON s.org_id = a.org_id AND s.pupil_id = a.pupil_id AND s.from_on <= a.held_on"           \
    "  AND (s.to_on IS NULL OR s.to_on > a.held_on)"                                                                  \
    " LEFT JOIN class c ON c.org_id = s.org_id AND c.id = s.class_id"
#define WON(places) "a.contest_place IN (" places ")"

static const struct list_column achievement_columns[] = {
    {"all", N_("Achievements"), "TRUE", .flags = COLUMN_CHART},
    {"boys", N_("boys"), "p.sex = 'M'", .group = N_("of these")},
    {"girls", N_("girls"), "p.sex = 'F'", .group = N_("of these")},
    {"winners", N_("winners"), WON("'grand-prix', '1'"), .group = N_("Result")},
    {"prizes", N_("prize winners"), WON("'2', '3', 'laureate'"), .group = N_("Result")},
    {"participants", N_("participants"), WON("'participant'"), .group = N_("Result")},
    {0},
};

static const struct list_slice achievement_slices[] = {
    {"level", N_("Level"), "a.contest_level", "FIELD(a.contest_level, 'organisation', 'district', 'region', 'republic', 'international')",
     .codes = &contest_level_codes},
    {"kind", N_("Kind of contest"), "a.contest_kind", .codes = &contest_kind_codes},
    {"class", N_("Classes"), REPORT_CLASS, REPORT_CLASS_SORT, .show = report_class},
    {0},
};

const struct list achievement_counts = {
    .id = "achievements", .title = N_("Winners and participants of contests"), .permission = &see_reports, .id_sql = "p.id", .from = ACHIEVEMENTS,
    .where = "a.org_id = ? AND a.held_on BETWEEN ? AND ?", .bind = bind_span, .columns = achievement_columns, .filters = span_filters, .tie_sql = "a.id",
    .slices = achievement_slices, .opens = "achievements-pupils", .foot = report_foot, .empty = N_("No achievements are entered for these days"),
};

static const struct list_column achievement_pupil_columns[] = {
    COLUMN_NAME,
    COLUMN_CLASS,
    {"contest", N_("Contest"), "a.contest", .flags = COLUMN_SORTABLE, .width = 3},
    {"level", N_("Level"), "a.contest_level", .codes = &contest_level_codes},
    {"place", N_("Result"), "a.contest_place", .flags = COLUMN_SORTABLE, .codes = &contest_place_codes},
    {"held", N_("Date"), "a.held_on", .flags = COLUMN_SORTABLE | COLUMN_DATE, .width = 1.1},
    {0},
};

const struct list achievement_counts_pupils = {
    .id = "achievements-pupils", .title = N_("Winners and participants of contests: pupils"), PUPILS_OF(achievement_counts), .from = ACHIEVEMENTS,
    .where = "a.org_id = ? AND a.held_on BETWEEN ? AND ?", .bind = bind_span, .columns = achievement_pupil_columns, .filters = span_filters, .tie_sql = "a.id",
};

/* ---- graduates, and who goes on with the certificate of nine classes ---- */

#define GRADUATES                                                                                                     \
    "movement m LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"                                    \
    " JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id"                                                      \
    " LEFT JOIN class c ON c.org_id = m.org_id AND c.id = m.from_class_id"
#define ARE_GRADUATED "m.org_id = ? AND m.is_graduation = 1 AND m.voids_id IS NULL AND v.id IS NULL AND m.effective_on BETWEEN ? AND ?"

static const struct list_column graduate_columns[] = {
    {"all", N_("Graduates"), "TRUE", .flags = COLUMN_CHART},
    {"boys", N_("boys"), "p.sex = 'M'", .group = N_("of these")},
    {"girls", N_("girls"), "p.sex = 'F'", .group = N_("of these")},
    {"honours", N_("with honours"), "COALESCE(m.certificate, '') LIKE '%-honours' OR COALESCE(m.certificate, '') = 'altyn-belgi'", .group = N_("of these")},
    {0},
};

static const struct list_slice graduate_slices[] = {
    {"certificate", N_("Kind of certificate"), "m.certificate", .codes = &certificate_kind_codes},
    {"class", N_("Classes"), REPORT_CLASS, REPORT_CLASS_SORT, .show = report_class},
    {"year", N_("Year of graduation"), "YEAR(m.effective_on)"},
    {0},
};

const struct list graduate_counts = {
    .id = "graduate-counts", .title = N_("Report on graduates"), .permission = &see_reports, .id_sql = "p.id", .from = GRADUATES, .where = ARE_GRADUATED,
    .bind = bind_span, .columns = graduate_columns, .filters = span_filters, .tie_sql = "m.id", .slices = graduate_slices, .opens = "graduate-counts-pupils",
    .foot = report_foot, .empty = N_("Nobody has graduated in these days"),
};

static const struct list_column graduate_pupil_columns[] = {
    COLUMN_NAME,
    COLUMN_CLASS,
    {"on", N_("Date of graduation"), "m.effective_on", .flags = COLUMN_SORTABLE | COLUMN_DATE, .width = 1.1},
    {"certificate", N_("Kind of certificate"), "m.certificate", .flags = COLUMN_SORTABLE, .codes = &certificate_kind_codes, .width = 2},
    {0},
};

const struct list graduate_counts_pupils = {
    .id = "graduate-counts-pupils", .title = N_("Report on graduates: pupils"), PUPILS_OF(graduate_counts), .from = GRADUATES, .where = ARE_GRADUATED,
    .bind = bind_span, .columns = graduate_pupil_columns, .filters = span_filters, .tie_sql = "m.id",
};
