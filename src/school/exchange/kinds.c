/* kinds.c: the elements of the contingent and their attributes. See kinds.h; docs/exchange.md tells it in words. */
#include "school/exchange/kinds.h"

#include "school/codes.h"
#include "school/pupils/pupils.h"

#include <string.h>

#define V(attribute) "JSON_VALUE(r.packed, '$.\"" attribute "\"')"
#define SORT_KEYS                                                                                        \
    {"#sort", EXCHANGE_MADE, 0, "sort_key", .write = "UNHEX(" V("#sort") ")"},                           \
    {"#fold", EXCHANGE_MADE, 0, "fold_key"},                                                             \
    {"#keys", EXCHANGE_MADE, 0, "key_version"}

enum { FILES_MAX = 20 }; /* ids that a column has room for */
enum { ORDER_TEXT_MAX = 4000 };
enum { REQUIRED_ = EXCHANGE_REQUIRED, BLANK = EXCHANGE_BLANK, REQUIRED_BLANK = EXCHANGE_REQUIRED | EXCHANGE_BLANK };

/* Files registered by mistake stay where they are, with all that belongs to them. */
#define TRAVELS(p) p ".standing <> 'withdrawn'"

/* Who is in a class, leads one, or is in a pupil's family: nobody else of the directory travels. */
#define PERSONS_OF(condition)                                                                                                \
    "FROM person t"                                                                                                          \
    " JOIN (SELECT p.person_id FROM pupil p WHERE " TRAVELS("p") condition("p") " UNION"                                     \
    "  SELECT d.person_id FROM class_head d WHERE TRUE" condition("d") " UNION"                                              \
    "  SELECT k.person_id FROM kinship k JOIN pupil p ON p.org_id = k.org_id AND p.id = k.pupil_id WHERE " TRAVELS("p") condition("k") \
    " ) x ON x.person_id = t.id"                                                                                             \
    " ORDER BY t.uid"
#define OF_ALL(alias) ""
#define OF_ONE(alias) " AND " alias ".org_id = ?"

/* Rows of a pupil's file. */
#define FROM_FILE(table) \
    "FROM " table " t JOIN pupil p ON p.org_id = t.org_id AND p.id = t.pupil_id AND " TRAVELS("p") " WHERE t.org_id = ? ORDER BY t.uid"
#define RECORD(element_, table_)                                                                                             \
    .element = element_, .table = table_, .id = "t.id", .is_of_school = true,                                                 \
    .match = "t.org_id = o.target_id AND t.uid = r.uid", .from = FROM_FILE(table_)
#define CHANGING_RECORD(element_, table_) RECORD(element_, table_), .has_version = true
#define IS_DISTRICT(field) field " IN ('territory_id', 'reg_territory_id')"
#define RECORD_FIELDS {"uid", EXCHANGE_UID, REQUIRED_, "uid"}, {"pupil", EXCHANGE_REF, REQUIRED_, "pupil_id", .kind = "pupil"}
#define SCANS {"files", EXCHANGE_FILES, BLANK, "file_id", FILES_MAX}

/* What the rows of pupils' files refer to, once however often: a scan of health goes with the right to see it. */
#define FILES_OF(table, pupil, scans, see) FILES_##see(HELD_BY(table, pupil, scans))
#define OPEN_FILES_OF(table, pupil, scans, see) OPEN_FILES_##see(HELD_BY(table, pupil, scans))
#define HELD_BY(table, pupil, scans)                                                                                         \
    " UNION ALL SELECT t.org_id, t." #scans " FROM e JOIN " #table " t ON t.org_id = e.org_id AND t." #scans " <> ''"                  \
    "  JOIN pupil p ON p.org_id = t.org_id AND p.id = t." #pupil " AND " TRAVELS("p")
#define FILES_see_contingent(sql) sql
#define FILES_see_health(sql) sql
#define OPEN_FILES_see_contingent(sql) sql
#define OPEN_FILES_see_health(sql) ""
#define FROM_FILES(held)                                                                                                     \
    "FROM (WITH e AS (SELECT ? AS org_id) SELECT org_id, '' AS ids FROM e" held ") h"                                                \
    " JOIN JSON_TABLE(CONCAT('[', h.ids, ']'), '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j"                              \
    " JOIN file t ON t.org_id = h.org_id AND t.id = j.id GROUP BY t.sha256 ORDER BY t.sha256"

const char exchange_all_persons[] = PERSONS_OF(OF_ALL);

const struct exchange_kind exchange_kinds[] = {
    {
        .element = "person", .table = "person", .id = "t.id", .match = "t.uid = r.uid", .has_version = true,
        .from = PERSONS_OF(OF_ONE),
        .fields = {
            {"uid", EXCHANGE_UID, REQUIRED_, "uid"},
            {"iin", EXCHANGE_IIN, 0, "iin"},
            {"surname", EXCHANGE_TEXT, REQUIRED_, "surname", 100},
            {"given", EXCHANGE_TEXT, REQUIRED_, "given", 100},
            {"patronymic", EXCHANGE_TEXT, BLANK, "patronymic", 100},
            {"born-on", EXCHANGE_DATE, 0, "born_on"},
            {"sex", EXCHANGE_CODE, 0, "sex", .codes = &sex_codes},
            {"#login", EXCHANGE_MADE, 0, "login", .write = "LPAD(NEXT VALUE FOR login_number, 12, '0')"},
            SORT_KEYS,
        },
    },
    {
        .element = "organisation", .table = "organisation", .id = "t.id", .match = "t.uid = r.uid", .has_version = true,
        .from = "FROM organisation t WHERE t.id = ?",
        .fields = {
            {"uid", EXCHANGE_UID, REQUIRED_, "uid"},
            {"kind", EXCHANGE_CODE, REQUIRED_, "kind", .codes = &organisation_kind_codes},
            {"bin", EXCHANGE_BIN, 0, "bin"},
            {"territory", EXCHANGE_KATO, REQUIRED_, "territory_id"},
            {"languages", EXCHANGE_CODES, REQUIRED_, "languages", .codes = &instruction_language_codes},
            {"address", EXCHANGE_TEXT, BLANK, "address", 300},
            {"phone", EXCHANGE_TEXT, BLANK, "phone", 60},
            {"email", EXCHANGE_TEXT, BLANK, "email", 200},
            {"time-zone", EXCHANGE_TEXT, REQUIRED_, "time_zone", 40},
            {"closed-on", EXCHANGE_DATE, 0, "closed_on"},
        },
    },
    {
        .element = "name", .table = "organisation_name", .id = "t.organisation_id", .key = {"from"},
        .match = "t.organisation_id = o.target_id AND t.valid_from = " V("from"),
        .from = "FROM organisation_name t WHERE t.organisation_id = ? ORDER BY t.valid_from",
        .fields = {
            {"#organisation", EXCHANGE_MADE, 0, "organisation_id", .write = "o.target_id"},
            {"from", EXCHANGE_DATE, REQUIRED_, "valid_from"},
            {"kk", EXCHANGE_TEXT, REQUIRED_, "name_kk", 300},
            {"ru", EXCHANGE_TEXT, REQUIRED_, "name_ru", 300},
            {"en", EXCHANGE_TEXT, REQUIRED_, "name_en", 300},
            {"#fold", EXCHANGE_MADE, 0, "fold_key"},
        },
    },
    {
        .element = "year", .table = "school_year", .id = "t.year", .is_of_school = true, .has_version = true, .key = {"year"},
        .match = "t.org_id = o.target_id AND t.year = " V("year"),
        .from = "FROM school_year t WHERE t.org_id = ? ORDER BY t.year",
        .fields = {
            {"year", EXCHANGE_NUMBER, REQUIRED_, "year", 2200},
            {"starts-on", EXCHANGE_DATE, REQUIRED_, "starts_on"},
            {"ends-on", EXCHANGE_DATE, REQUIRED_, "ends_on"},
        },
    },
    {
        .element = "period", .table = "period", .id = "t.id", .is_of_school = true, .has_version = true, .key = {"year", "kind"},
        .match = "t.org_id = o.target_id AND t.year = " V("year") " AND t.kind = " V("kind"),
        .from = "FROM period t WHERE t.org_id = ? ORDER BY t.year, t.starts_on, t.kind",
        .fields = {
            {"year", EXCHANGE_NUMBER, REQUIRED_, "year", 2200},
            {"kind", EXCHANGE_CODE, REQUIRED_, "kind", .codes = &period_kind_codes},
            {"starts-on", EXCHANGE_DATE, REQUIRED_, "starts_on"},
            {"ends-on", EXCHANGE_DATE, REQUIRED_, "ends_on"},
        },
    },
    {
        .element = "shift", .table = "shift", .id = "t.id", .is_of_school = true, .has_version = true, .key = {"number"},
        .match = "t.org_id = o.target_id AND t.number = " V("number"),
        .from = "FROM shift t WHERE t.org_id = ? ORDER BY t.number",
        .fields = {
            {"number", EXCHANGE_NUMBER, REQUIRED_, "number", 9},
            {"name", EXCHANGE_TEXT, BLANK, "name", 60},
            {"begins-at", EXCHANGE_TIME, REQUIRED_, "begins_at"},
            {"ends-at", EXCHANGE_TIME, REQUIRED_, "ends_at"},
        },
    },
    {
        .element = "speciality", .table = "speciality", .id = "t.id", .is_of_school = true, .has_version = true, .key = {"code"},
        .match = "t.org_id = o.target_id AND t.code = " V("code"),
        .from = "FROM speciality t WHERE t.org_id = ? ORDER BY t.code",
        .fields = {
            {"code", EXCHANGE_TEXT, REQUIRED_, "code", 20},
            {"name-kk", EXCHANGE_TEXT, REQUIRED_, "name_kk", 200},
            {"name-ru", EXCHANGE_TEXT, REQUIRED_, "name_ru", 200},
            {"name-en", EXCHANGE_TEXT, REQUIRED_, "name_en", 200},
            {"qualifications", EXCHANGE_LINES, BLANK, "qualifications", 2000},
        },
    },
    {
        .element = "class", .table = "class", .id = "t.id", .is_of_school = true, .has_version = true,
        .match = "t.org_id = o.target_id AND t.uid = r.uid",
        .from = "FROM class t WHERE t.org_id = ? ORDER BY t.uid",
        .fields = {
            {"uid", EXCHANGE_UID, REQUIRED_, "uid"},
            {"year", EXCHANGE_NUMBER, REQUIRED_, "year", 2200},
            {"grade", EXCHANGE_NUMBER, REQUIRED_, "grade", 12},
            {"name-kk", EXCHANGE_TEXT, REQUIRED_, "name_kk", 60},
            {"name-ru", EXCHANGE_TEXT, REQUIRED_, "name_ru", 60},
            {"name-en", EXCHANGE_TEXT, REQUIRED_, "name_en", 60},
            {"language", EXCHANGE_CODE, 0, "language", .codes = &instruction_language_codes},
            {"profile", EXCHANGE_CODE, 0, "profile", .codes = &education_profile_codes},
            {"mark", EXCHANGE_CODE, 0, "mark", .codes = &class_mark_codes},
            {"impairment", EXCHANGE_TICK, 0, "impairment"},
            {"home-schooled", EXCHANGE_TICK, 0, "home_schooled"},
            {"room", EXCHANGE_TEXT, BLANK, "room", 30},
            {"capacity", EXCHANGE_NUMBER, 0, "capacity", 10000},
            {"shift", EXCHANGE_NUMBER, 0, "shift_id", 9, .read = "(SELECT x.number FROM shift x WHERE x.org_id = t.org_id AND x.id = t.shift_id)",
             .write = "(SELECT x.id FROM shift x WHERE x.org_id = o.target_id AND x.number = " V("shift") ")"},
            {"entry-year", EXCHANGE_NUMBER, 0, "entry_year", 2200},
            {"group-type", EXCHANGE_CODE, 0, "group_type", .codes = &group_type_codes},
            {"places", EXCHANGE_NUMBER, 0, "places", 10000},
            {"budget-places", EXCHANGE_NUMBER, 0, "budget_places", 10000},
            {"speciality", EXCHANGE_TEXT, 0, "speciality_id", 20,
             .read = "(SELECT x.code FROM speciality x WHERE x.org_id = t.org_id AND x.id = t.speciality_id)",
             .write = "(SELECT x.id FROM speciality x WHERE x.org_id = o.target_id AND x.code = " V("speciality") ")"},
            {"ended-on", EXCHANGE_DATE, 0, "ended_on"},
            {"last-grade", EXCHANGE_NUMBER, 0, "last_grade", 12},
            /* Raised from a class of the year before, disbanded: a cancellation of the order undoes it. */
            {"made-by", EXCHANGE_REF, EXCHANGE_LATER, "made_by_order", .kind = "order"},
            {"ended-by", EXCHANGE_REF, EXCHANGE_LATER, "ended_by_order", .kind = "order"},
        },
    },
    {
        .element = "class-head", .table = "class_head", .id = "t.id", .is_of_school = true, .key = {"class", "person", "duty", "from"},
        .match = "t.org_id = o.target_id AND t.class_id = y_class.target_id AND t.person_id = y_person.target_id"
                 " AND t.duty = " V("duty") " AND t.valid_from = " V("from"),
        .from = "FROM class_head t JOIN class c ON c.org_id = t.org_id AND c.id = t.class_id JOIN person h ON h.id = t.person_id"
                " WHERE t.org_id = ? ORDER BY c.uid, t.duty + 0, t.valid_from, h.uid",
        .fields = {
            {"class", EXCHANGE_REF, REQUIRED_, "class_id", .kind = "class"},
            {"person", EXCHANGE_REF, REQUIRED_, "person_id", .kind = "person"},
            {"duty", EXCHANGE_CODE, REQUIRED_, "duty", .codes = &class_duty_codes},
            {"from", EXCHANGE_DATE, REQUIRED_, "valid_from"},
            {"to", EXCHANGE_DATE, 0, "valid_to"},
        },
    },
    {
        .element = "file", .table = "file", .id = "t.id", .is_of_school = true, .is_ledger = true, .key = {"sha256"},
        .match = "t.org_id = o.target_id AND t.purpose = 'scan' AND t.sha256 = CONVERT(" V("sha256") " USING ascii) COLLATE ascii_bin",
        .from = FROM_FILES(PUPIL_SCANS(FILES_OF)), .from_without_health = FROM_FILES(PUPIL_SCANS(OPEN_FILES_OF)),
        .fields = {
            /* The rows are made where the content is taken out of the package. */
            {"sha256", EXCHANGE_SHA256, REQUIRED_, NULL, .read = "t.sha256"},
            {"name", EXCHANGE_TEXT, REQUIRED_ | EXCHANGE_NOT_COMPARED, NULL, 255, .read = "MIN(t.name)"},
            {"mime", EXCHANGE_TEXT, REQUIRED_ | EXCHANGE_NOT_COMPARED, NULL, 100, .read = "MIN(t.mime)"},
            {"size", EXCHANGE_NUMBER, REQUIRED_ | EXCHANGE_NOT_COMPARED, NULL, 1L << 30, .read = "MIN(t.size)"},
        },
    },
    {
        .element = "pupil", .table = "pupil", .id = "t.id", .is_of_school = true, .has_version = true,
        .match = "t.org_id = o.target_id AND t.uid = r.uid",
        .from = "FROM pupil t WHERE t.org_id = ? AND " TRAVELS("t") " ORDER BY t.uid",
        .fields = {
            {"uid", EXCHANGE_UID, REQUIRED_, "uid"},
            {"person", EXCHANGE_REF, REQUIRED_, "person_id", .kind = "person"},
            {"surname", EXCHANGE_TEXT, REQUIRED_, "surname", 100},
            {"given", EXCHANGE_TEXT, REQUIRED_, "given", 100},
            {"patronymic", EXCHANGE_TEXT, BLANK, "patronymic", 100},
            {"born-on", EXCHANGE_DATE, 0, "born_on"},
            {"sex", EXCHANGE_CODE, 0, "sex", .codes = &sex_codes},
            {"grade", EXCHANGE_NUMBER, REQUIRED_, "grade", 12},
            /* Only in files of other programs: where a pupil without movements stands. Ours tell it by movements. */
            {"class", EXCHANGE_REF, EXCHANGE_NOT_COMPARED, NULL, .kind = "class"},
            {"non-resident", EXCHANGE_TICK, 0, "resident", .read = "NULLIF(1 - t.resident, 0)", .write = "1 - IFNULL(" V("non-resident") ", 0)"},
            {"no-iin-reason", EXCHANGE_CODE, 0, "no_iin_reason", .codes = &no_iin_reason_codes},
            {"surname-latin", EXCHANGE_TEXT, BLANK, "surname_latin", 100},
            {"given-latin", EXCHANGE_TEXT, BLANK, "given_latin", 100},
            {"email", EXCHANGE_TEXT, BLANK, "email", 200},
            {"phone", EXCHANGE_TEXT, BLANK, "phone", 60},
            {"territory", EXCHANGE_KATO, 0, "territory_id"},
            {"address", EXCHANGE_TEXT, BLANK, "address", 300},
            {"reg-territory", EXCHANGE_KATO, 0, "reg_territory_id"},
            {"reg-address", EXCHANGE_TEXT, BLANK, "reg_address", 300},
            {"citizenship", EXCHANGE_CODE, 0, "citizenship", .codes = &citizenship_codes},
            {"nationality", EXCHANGE_CODE, 0, "nationality", .codes = &nationality_codes},
            {"birth-place", EXCHANGE_TEXT, BLANK, "birth_place", 300},
            {"language", EXCHANGE_CODE, 0, "language", .codes = &instruction_language_codes},
            {"study-form", EXCHANGE_CODE, 0, "study_form", .codes = &study_form_codes},
            {"second-language", EXCHANGE_CODE, 0, "second_language", .codes = &second_language_codes},
            {"profile", EXCHANGE_CODE, 0, "profile", .codes = &education_profile_codes},
            {"entered-on", EXCHANGE_DATE, 0, "entered_on"},
            {"entered-from", EXCHANGE_TEXT, BLANK, "entered_from", 300},
            {"photo", EXCHANGE_FILES, BLANK, "photo_id", 1},
            {"registered-at", EXCHANGE_INSTANT, REQUIRED_, "registered_at"},
            SORT_KEYS,
        },
    },
    {
        .element = "kinship", .table = "kinship", .id = "t.id", .is_of_school = true, .has_version = true, .key = {"pupil", "person"},
        .match = "t.org_id = o.target_id AND t.pupil_id = y_pupil.target_id AND t.person_id = y_person.target_id",
        .from = "FROM kinship t JOIN pupil p ON p.org_id = t.org_id AND p.id = t.pupil_id AND " TRAVELS("p") " JOIN person h ON h.id = t.person_id"
                " WHERE t.org_id = ? ORDER BY p.uid, h.uid",
        .fields = {
            {"pupil", EXCHANGE_REF, REQUIRED_, "pupil_id", .kind = "pupil"},
            {"person", EXCHANGE_REF, REQUIRED_, "person_id", .kind = "person"},
            {"degree", EXCHANGE_CODE, REQUIRED_, "degree", .codes = &kinship_degree_codes},
            {"phone", EXCHANGE_TEXT, BLANK, "phone", 60},
            {"email", EXCHANGE_TEXT, BLANK, "email", 200},
            {"work", EXCHANGE_TEXT, BLANK, "work", 300},
            {"ended-on", EXCHANGE_DATE, 0, "ended_on"},
            {"end-reason", EXCHANGE_CODE, 0, "end_reason", .codes = &kinship_end_codes},
        },
    },
    {
        CHANGING_RECORD("document", "pupil_document"),
        .fields = {
            RECORD_FIELDS,
            {"kind", EXCHANGE_CODE, REQUIRED_, "kind", .codes = &document_kind_codes},
            {"series", EXCHANGE_TEXT, BLANK, "series", 20},
            {"number", EXCHANGE_TEXT, BLANK, "number", 40},
            {"issued-by", EXCHANGE_TEXT, BLANK, "issued_by", 200},
            {"issued-on", EXCHANGE_DATE, 0, "issued_on"},
            SCANS,
        },
    },
    {
        CHANGING_RECORD("social", "pupil_social"),
        .fields = {
            RECORD_FIELDS,
            {"category", EXCHANGE_CODE, REQUIRED_, "category", .codes = &social_category_codes},
            {"ground", EXCHANGE_TEXT, BLANK, "ground", 200},
            {"valid-from", EXCHANGE_DATE, REQUIRED_, "valid_from"},
            {"valid-to", EXCHANGE_DATE, 0, "valid_to"},
            SCANS,
        },
    },
    {
        CHANGING_RECORD("health", "pupil_health"), .from_without_health = "FROM pupil_health t WHERE t.org_id = ? AND FALSE",
        .fields = {
            RECORD_FIELDS,
            {"examined-on", EXCHANGE_DATE, REQUIRED_, "examined_on"},
            {"health-group", EXCHANGE_CODE, 0, "health_group", .codes = &health_group_codes},
            {"pe-group", EXCHANGE_CODE, 0, "pe_group", .codes = &pe_group_codes},
            {"special-need", EXCHANGE_CODE, 0, "special_need", .codes = &special_need_codes},
            {"conclusion", EXCHANGE_TEXT, BLANK, "conclusion", 200},
            SCANS,
        },
    },
    {
        CHANGING_RECORD("achievement", "pupil_achievement"),
        .fields = {
            RECORD_FIELDS,
            {"contest-kind", EXCHANGE_CODE, REQUIRED_, "contest_kind", .codes = &contest_kind_codes},
            {"contest", EXCHANGE_TEXT, REQUIRED_, "contest", 300},
            {"contest-level", EXCHANGE_CODE, REQUIRED_, "contest_level", .codes = &contest_level_codes},
            {"contest-place", EXCHANGE_CODE, REQUIRED_, "contest_place", .codes = &contest_place_codes},
            {"held-on", EXCHANGE_DATE, REQUIRED_, "held_on"},
            SCANS,
        },
    },
    {
        CHANGING_RECORD("meal", "meal"),
        .fields = {
            RECORD_FIELDS,
            {"year", EXCHANGE_NUMBER, REQUIRED_, "year", 2200},
            {"number", EXCHANGE_NUMBER, REQUIRED_, "number", 1000000000},
            {"submitted-on", EXCHANGE_DATE, REQUIRED_, "submitted_on"},
            {"applicant", EXCHANGE_TEXT, BLANK, "applicant", 320},
            {"ground", EXCHANGE_CODE, REQUIRED_, "ground", .codes = &meal_ground_codes},
            {"ground-document", EXCHANGE_TEXT, BLANK, "ground_document", 200},
            {"valid-from", EXCHANGE_DATE, REQUIRED_, "valid_from"},
            {"valid-to", EXCHANGE_DATE, REQUIRED_, "valid_to"},
            {"state", EXCHANGE_CODE, REQUIRED_, "state", .codes = &meal_state_codes},
            {"decided-on", EXCHANGE_DATE, 0, "decided_on"},
            {"ended-on", EXCHANGE_DATE, 0, "ended_on"},
            {"remark", EXCHANGE_TEXT, BLANK, "remark", 300},
            SCANS,
        },
    },
    {
        CHANGING_RECORD("claim", "budget_claim"),
        .fields = {
            RECORD_FIELDS,
            {"claimed-on", EXCHANGE_DATE, REQUIRED_, "claimed_on"},
            {"ground", EXCHANGE_CODE, REQUIRED_, "ground", .codes = &claim_ground_codes},
            {"average-mark", EXCHANGE_TEXT, BLANK, "average_mark", 5},
            {"withdrawn-on", EXCHANGE_DATE, 0, "withdrawn_on"},
            {"remark", EXCHANGE_TEXT, BLANK, "remark", 300},
            SCANS,
        },
    },
    {
        RECORD("correction", "correction"),
        .fields = {
            RECORD_FIELDS,
            {"field", EXCHANGE_CODE, REQUIRED_, "field", .codes = &correction_field_codes},
            /* A district is chosen from the register: its code travels. */
            {"value", EXCHANGE_TEXT, BLANK, "value", 300,
             .read = "IF(" IS_DISTRICT("t.field") ", (SELECT COALESCE(x.kato, p.kato) FROM territory x LEFT JOIN territory p ON p.id = x.parent_id"
                     " WHERE x.id = t.value), NULLIF(t.value, ''))",
             .write = "IFNULL(IF(" IS_DISTRICT(V("field")) ", (SELECT x.id FROM territory x WHERE x.kato = CONVERT(" V("value") " USING ascii)"
                      " COLLATE ascii_bin), " V("value") "), '')"},
            {"state", EXCHANGE_CODE, REQUIRED_, "state", .codes = &correction_state_codes},
            {"proposed-at", EXCHANGE_INSTANT, REQUIRED_, "proposed_at"},
            {"#by", EXCHANGE_MADE, 0, "proposed_by", .write = "0"}, /* accounts do not travel */
            {"decided-at", EXCHANGE_INSTANT, 0, "decided_at"},
        },
    },
    {
        CHANGING_RECORD("paper", "paper"),
        .fields = {
            RECORD_FIELDS,
            {"kind", EXCHANGE_CODE, REQUIRED_, "kind", .codes = &paper_kind_codes},
            {"state", EXCHANGE_CODE, REQUIRED_, "state", .codes = &paper_state_codes},
            {"addressee", EXCHANGE_TEXT, BLANK, "addressee", 300},
            {"ordered-at", EXCHANGE_INSTANT, REQUIRED_, "ordered_at"},
            {"#by", EXCHANGE_MADE, 0, "ordered_by", .write = "0"}, /* accounts do not travel */
            {"remark", EXCHANGE_TEXT, BLANK, "remark", 300},
            {"year", EXCHANGE_NUMBER, 0, "year", 2200},
            {"number", EXCHANGE_NUMBER, 0, "number", 1000000000},
            {"issued-on", EXCHANGE_DATE, 0, "issued_on"},
            {"code", EXCHANGE_TEXT, 0, "code", 43},
            {"full-name", EXCHANGE_TEXT, BLANK, "full_name", 320},
            {"born-on", EXCHANGE_DATE, 0, "born_on"},
            {"class", EXCHANGE_TEXT, BLANK, "class", 300}, /* parallel|kk|ru|en, as printed */
            {"school-year", EXCHANGE_NUMBER, 0, "school_year", 2200},
            {"study-form", EXCHANGE_CODE, 0, "study_form", .codes = &study_form_codes},
            {"organisation", EXCHANGE_TEXT, BLANK, "organisation", 1000}, /* kk|ru|en, as printed */
            {"signed-by", EXCHANGE_TEXT, BLANK, "signed_by", 320},
        },
    },
    {
        .element = "application", .table = "application", .id = "t.id", .is_of_school = true, .has_version = true,
        .match = "t.org_id = o.target_id AND t.uid = r.uid",
        .from = "FROM application t WHERE t.org_id = ? ORDER BY t.uid",
        .fields = {
            {"uid", EXCHANGE_UID, REQUIRED_, "uid"},
            {"year", EXCHANGE_NUMBER, REQUIRED_, "year", 2200},
            {"number", EXCHANGE_NUMBER, REQUIRED_, "number", 1000000000},
            {"submitted-on", EXCHANGE_DATE, REQUIRED_, "submitted_on"},
            {"state", EXCHANGE_CODE, REQUIRED_, "state", .codes = &application_state_codes},
            {"remark", EXCHANGE_TEXT, BLANK, "remark", 300},
            {"pupil", EXCHANGE_REF, 0, "pupil_id", .kind = "pupil",
             .read = "(SELECT p.uid FROM pupil p WHERE p.org_id = t.org_id AND p.id = t.pupil_id AND " TRAVELS("p") ")"},
            {"surname", EXCHANGE_TEXT, REQUIRED_, "surname", 100},
            {"given", EXCHANGE_TEXT, REQUIRED_, "given", 100},
            {"patronymic", EXCHANGE_TEXT, BLANK, "patronymic", 100},
            {"iin", EXCHANGE_IIN, 0, "iin"},
            {"born-on", EXCHANGE_DATE, REQUIRED_, "born_on"},
            {"sex", EXCHANGE_CODE, REQUIRED_, "sex", .codes = &sex_codes},
            {"grade", EXCHANGE_NUMBER, REQUIRED_, "grade", 12},
            {"language", EXCHANGE_CODE, 0, "language", .codes = &instruction_language_codes},
            {"speciality", EXCHANGE_TEXT, BLANK, "speciality", 200},
            {"address", EXCHANGE_TEXT, BLANK, "address", 300},
            {"applicant", EXCHANGE_TEXT, BLANK, "applicant", 320},
            {"degree", EXCHANGE_CODE, 0, "degree", .codes = &kinship_degree_codes},
            {"phone", EXCHANGE_TEXT, BLANK, "phone", 60},
            {"email", EXCHANGE_TEXT, BLANK, "email", 200},
            {"papers", EXCHANGE_CODES, BLANK, "papers", .codes = &admission_paper_codes},
            SORT_KEYS,
        },
    },
    {
        .element = "order", .table = "school_order", .id = "t.id", .is_of_school = true, .is_ledger = true,
        .match = "t.org_id = o.target_id AND t.uid = r.uid",
        .from = "FROM school_order t WHERE t.org_id = ? AND t.state <> 'reserved' ORDER BY t.uid",
        .fields = {
            {"uid", EXCHANGE_UID, REQUIRED_, "uid"},
            {"journal", EXCHANGE_CODE, REQUIRED_, "journal", .codes = &order_journal_codes},
            {"year", EXCHANGE_NUMBER, REQUIRED_, "year", 2200},
            {"number", EXCHANGE_TEXT, REQUIRED_, "number", 30},
            /* A number that stands already in the journal becomes the next double of it. */
            {"doubled", EXCHANGE_NUMBER, EXCHANGE_NOT_COMPARED, "doubled", 10000, .read = "NULLIF(t.doubled, 0)",
             .write = "IFNULL((SELECT MAX(x.doubled) + 1 FROM school_order x WHERE x.org_id = o.target_id AND x.journal = " V("journal")
                      " AND x.year = " V("year") " AND x.number = " V("number") "), IFNULL(" V("doubled") ", 0))"},
            {"#ordinal", EXCHANGE_MADE, 0, "ordinal"},
            {"state", EXCHANGE_CODE, REQUIRED_, "state", .codes = &order_state_codes},
            {"kind", EXCHANGE_CODE, REQUIRED_, "kind", .codes = &order_kind_codes},
            {"dated", EXCHANGE_DATE, 0, "dated"},
            {"summary", EXCHANGE_TEXT, BLANK, "summary", 500},
            {"gap-reason", EXCHANGE_TEXT, 0, "gap_reason", 300},
            {"cancels", EXCHANGE_REF, EXCHANGE_LATER, "cancels_id", .kind = "order"},
            {"recorded-at", EXCHANGE_INSTANT, REQUIRED_, "recorded_at"},
            {"#import", EXCHANGE_MADE, 0, "import_id", .write = "r.batch_id"},
        },
    },
    {
        .element = "order-text", .table = "order_text", .id = "t.org_id", .is_of_school = true, .has_version = true, .key = {"kind"},
        .match = "t.org_id = o.target_id AND t.kind = CONVERT(" V("kind") " USING ascii) COLLATE ascii_bin",
        .from = "FROM order_text t WHERE t.org_id = ? ORDER BY t.kind",
        .fields = {
            {"kind", EXCHANGE_CODE, REQUIRED_, "kind", .codes = &order_kind_codes},
            {"kk", EXCHANGE_LINES, BLANK, "text_kk", ORDER_TEXT_MAX},
            {"ru", EXCHANGE_LINES, BLANK, "text_ru", ORDER_TEXT_MAX},
            {"en", EXCHANGE_LINES, BLANK, "text_en", ORDER_TEXT_MAX},
        },
    },
    {
        .element = "scan", .table = "order_scan", .id = "t.file_id", .is_of_school = true, .is_ledger = true, .key = {"order", "position"},
        .match = "t.org_id = o.target_id AND t.order_id = y_order.target_id AND t.position = " V("position"),
        .from = "FROM order_scan t JOIN school_order d ON d.org_id = t.org_id AND d.id = t.order_id AND d.state <> 'reserved'"
                " JOIN file f ON f.org_id = t.org_id AND f.id = t.file_id"
                " WHERE t.org_id = ? ORDER BY d.uid, t.position",
        .fields = {
            {"order", EXCHANGE_REF, REQUIRED_, "order_id", .kind = "order"},
            {"position", EXCHANGE_NUMBER, REQUIRED_, "position", 10000},
            {"sha256", EXCHANGE_SHA256, REQUIRED_, NULL, .read = "(SELECT x.sha256 FROM file x WHERE x.org_id = t.org_id AND x.id = t.file_id)"},
            {"name", EXCHANGE_TEXT, REQUIRED_, NULL, 255, .read = "(SELECT x.name FROM file x WHERE x.org_id = t.org_id AND x.id = t.file_id)"},
            {"mime", EXCHANGE_TEXT, REQUIRED_, NULL, 100, .read = "(SELECT x.mime FROM file x WHERE x.org_id = t.org_id AND x.id = t.file_id)"},
            {"size", EXCHANGE_NUMBER, REQUIRED_, NULL, 1L << 30, .read = "(SELECT x.size FROM file x WHERE x.org_id = t.org_id AND x.id = t.file_id)"},
            /* The file's row is made just before: the youngest of this content and name. */
            {"#file", EXCHANGE_MADE, 0, "file_id",
             .write = "(SELECT MAX(x.id) FROM file x WHERE x.org_id = o.target_id AND x.purpose = 'scan'"
                      " AND x.sha256 = CONVERT(" V("sha256") " USING ascii) COLLATE ascii_bin AND BINARY x.name = BINARY " V("name") ")"},
        },
    },
    {
        .element = "movement", .table = "movement", .id = "t.id", .is_of_school = true, .is_ledger = true,
        .match = "t.org_id = o.target_id AND t.uid = r.uid",
        .from = "FROM movement t WHERE t.org_id = ? ORDER BY t.uid",
        .fields = {
            {"uid", EXCHANGE_UID, REQUIRED_, "uid"},
            {"pupil", EXCHANGE_REF, REQUIRED_, "pupil_id", .kind = "pupil"},
            /* In which order the pupil's rows were recorded: two of one day are told apart by it. */
            {"position", EXCHANGE_NUMBER, EXCHANGE_NOT_COMPARED, NULL, 10000,
             .read = "ROW_NUMBER() OVER (PARTITION BY t.pupil_id, t.voids_id IS NULL ORDER BY t.id)"},
            {"kind", EXCHANGE_CODE, REQUIRED_, "kind", .codes = &movement_kind_codes},
            {"from-class", EXCHANGE_REF, 0, "from_class_id", .kind = "class"},
            {"to-class", EXCHANGE_REF, 0, "to_class_id", .kind = "class"},
            {"effective-on", EXCHANGE_DATE, REQUIRED_, "effective_on"},
            {"recorded-at", EXCHANGE_INSTANT, REQUIRED_, "recorded_at"},
            {"order", EXCHANGE_REF, REQUIRED_, "order_id", .kind = "order"},
            {"reason", EXCHANGE_CODE, 0, "reason", .codes = &movement_reason_codes},
            {"note", EXCHANGE_TEXT, 0, "note", 300},
            {"period", EXCHANGE_CODE, 0, "period", .codes = &period_kind_codes},
            {"certificate", EXCHANGE_CODE, 0, "certificate", .codes = &certificate_kind_codes},
            {"funding", EXCHANGE_CODE, 0, "funding", .codes = &funding_codes},
            {"study-form", EXCHANGE_CODE, 0, "study_form", .codes = &study_form_codes},
            {"until", EXCHANGE_DATE, 0, "until_on"},
            {"voids", EXCHANGE_REF, 0, "voids_id", .kind = "movement"},
        },
    },
    {
        CHANGING_RECORD("departure", "departure"),
        .fields = {
            RECORD_FIELDS,
            {"order", EXCHANGE_REF, REQUIRED_, "order_id", .kind = "order"},
            {"state", EXCHANGE_CODE, REQUIRED_, "state", .codes = &departure_state_codes},
            {"year", EXCHANGE_NUMBER, REQUIRED_, "year", 2200},
            {"number", EXCHANGE_NUMBER, REQUIRED_, "number", 1000000},
            {"left-on", EXCHANGE_DATE, REQUIRED_, "left_on"},
            {"#class", EXCHANGE_MADE, 0, "class",
             .write = "IFNULL((SELECT CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en) FROM movement m JOIN class c ON c.org_id = m.org_id AND"
                      " c.id = m.from_class_id WHERE m.org_id = o.target_id AND m.order_id = y_order.target_id AND m.pupil_id = y_pupil.target_id LIMIT 1), '')"},
            /* Where it is known to this installation, the pupil may still be accepted there. */
            {"to-organisation", EXCHANGE_TEXT, 0, "to_org_uid", 36},
            {"#to", EXCHANGE_MADE, 0, "to_org_id",
             .write = "(SELECT x.id FROM organisation x WHERE x.uid = CONVERT(" V("to-organisation") " USING ascii) COLLATE ascii_bin)"},
            {"to-name", EXCHANGE_TEXT, BLANK, "to_name", 1000},
            {"to-place", EXCHANGE_TEXT, BLANK, "to_place", 300},
            {"arrival-number", EXCHANGE_TEXT, BLANK, "arrival_number", 40},
            {"arrival-on", EXCHANGE_DATE, 0, "arrival_on"},
            {"arrival-name", EXCHANGE_TEXT, BLANK, "arrival_name", 300},
            {"arrival-note", EXCHANGE_TEXT, BLANK, "arrival_note", 300},
            {"declined", EXCHANGE_TEXT, BLANK, "declined", 300},
            {"accepted", EXCHANGE_TICK, 0, "is_accepted"},
            {"returned-by", EXCHANGE_REF, 0, "returned_by", .kind = "order"},
            SCANS,
        },
    },
    {
        RECORD("scholarship", "scholarship"), .is_ledger = true,
        .fields = {
            RECORD_FIELDS,
            {"kind", EXCHANGE_CODE, REQUIRED_, "kind", .codes = &scholarship_kind_codes},
            {"amount", EXCHANGE_NUMBER, REQUIRED_, "amount", 1000000000},
            {"from-on", EXCHANGE_DATE, REQUIRED_, "from_on"},
            {"until-on", EXCHANGE_DATE, 0, "until_on"},
            {"order", EXCHANGE_REF, REQUIRED_, "order_id", .kind = "order"},
            {"recorded-at", EXCHANGE_INSTANT, REQUIRED_, "recorded_at"},
            {"stops", EXCHANGE_REF, 0, "stops_id", .kind = "scholarship"},
            {"voids", EXCHANGE_REF, 0, "voids_id", .kind = "scholarship"},
        },
    },
    {0},
};

const struct exchange_kind *const exchange_person = &exchange_kinds[0];
const struct exchange_kind *const exchange_organisation = &exchange_kinds[1];

const struct exchange_kind *exchange_kind_find(const char *element)
{
    for (const struct exchange_kind *kind = exchange_kinds; kind->element != NULL; kind++)
        if (strcmp(kind->element, element) == 0)
            return kind;
    return NULL;
}
