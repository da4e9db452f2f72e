/* class_life.c: classes begin and end by orders: raised from those of the year before, disbanded; a cancelled order undoes both. */
#include "school/pupils/class.h"

#include "base/crypto.h"
#include "engine/auth.h"
#include "school/codes.h"

#include <string.h>

/* ---- raising ---- */

static const char RAISE[] =
    "INSERT INTO class (org_id, uid, year, grade, last_grade, name_kk, name_ru, name_en, language, profile, mark, impairment, home_schooled, room,"
    " capacity, shift_id, entry_year, group_type, places, budget_places, speciality_id, made_by_order)"
    " SELECT org_id, ?, year + 1, grade + 1, last_grade, name_kk, name_ru, name_en, language, profile, mark, impairment, home_schooled, room,"
    " capacity, shift_id, entry_year, group_type, places, budget_places, speciality_id, ?"
    " FROM class WHERE org_id = ? AND id = ?";
static const char RAISE_HEADS[] =
    "INSERT INTO class_head (org_id, class_id, person_id, duty, valid_from)"
    " SELECT d.org_id, ?, d.person_id, d.duty, ?"
    " FROM class_head d"
    " JOIN employee e ON e.org_id = d.org_id AND e.person_id = d.person_id AND e.left_on IS NULL"
    " WHERE d.org_id = ? AND d.class_id = ? AND d.valid_to IS NULL";

NEOERR *class_raise(struct db *db, int64_t org, int64_t class, int64_t order, struct date leads_from, int64_t *made)
{
    char uid[CRYPTO_UUID_SIZE];
    crypto_uuid(uid);
    TRY(db_exec(db, RAISE, DB_VALUES(DB_TEXT(uid), DB_INT(order), DB_INT(org), DB_INT(class)), NULL, made));
    return nerr_pass(db_exec(db, RAISE_HEADS, DB_VALUES(DB_INT(*made), DB_DATE(leads_from), DB_INT(org), DB_INT(class)), NULL, NULL));
}

/* ---- ending ---- */

/* The last day on which each class f had pupils that the order has moved. */
#define CLASSES_LEFT                                                                                                 \
    "(SELECT m.from_class_id AS id, DATE_SUB(MAX(m.effective_on), INTERVAL 1 DAY) AS last"                           \
    "  FROM movement m WHERE m.org_id = ? AND m.order_id = ? AND m.voids_id IS NULL GROUP BY m.from_class_id) f"     \
    " JOIN class_head h ON h.org_id = ? AND h.class_id = f.id"

static const char END_HEADS[] = "UPDATE " CLASSES_LEFT " SET h.valid_to = f.last WHERE h.valid_to IS NULL";

NEOERR *class_heads_end(struct db *db, int64_t org, int64_t order)
{
    return nerr_pass(db_exec(db, END_HEADS, DB_VALUES(DB_INT(org), DB_INT(order), DB_INT(org)), NULL, NULL));
}

static const char END[] = "UPDATE class SET ended_on = ?, ended_by_order = ?, version = version + 1 WHERE org_id = ? AND id = ? AND ended_on IS NULL";
static const char END_HEADS_OF[] = "UPDATE class_head SET valid_to = ? WHERE org_id = ? AND class_id = ? AND valid_to IS NULL";

NEOERR *class_end(struct db *db, int64_t org, int64_t class, int64_t order, struct date on)
{
    TRY(db_exec(db, END, DB_VALUES(DB_DATE(on), DB_INT(order), DB_INT(org), DB_INT(class)), NULL, NULL));
    return nerr_pass(db_exec(db, END_HEADS_OF, DB_VALUES(DB_DATE(date_add_days(on, -1)), DB_INT(org), DB_INT(class)), NULL, NULL));
}

/* ---- undoing ---- */

static const char REOPEN_LEFT_HEADS[] =
    "UPDATE " CLASSES_LEFT
    " JOIN class c ON c.org_id = h.org_id AND c.id = h.class_id AND c.ended_on IS NULL"
    " SET h.valid_to = NULL WHERE h.valid_to = f.last";
static const char END_MADE_HEADS[] =
    "UPDATE class c JOIN class_head h ON h.org_id = c.org_id AND h.class_id = c.id"
    " SET h.valid_to = ? WHERE c.org_id = ? AND c.made_by_order = ? AND h.valid_to IS NULL";
static const char END_MADE[] =
    "UPDATE class SET ended_on = ?, version = version + 1 WHERE org_id = ? AND made_by_order = ? AND ended_on IS NULL";
static const char REOPEN_HEADS[] =
    "UPDATE class c JOIN class_head h ON h.org_id = c.org_id AND h.class_id = c.id"
    " SET h.valid_to = NULL WHERE c.org_id = ? AND c.ended_by_order = ? AND h.valid_to = DATE_SUB(c.ended_on, INTERVAL 1 DAY)";
static const char REOPEN[] =
    "UPDATE class SET ended_on = NULL, ended_by_order = NULL, version = version + 1 WHERE org_id = ? AND ended_by_order = ?";

NEOERR *class_undo(struct db *db, int64_t org, int64_t order, struct date today)
{
    const struct db_value *key = DB_VALUES(DB_INT(org), DB_INT(order));
    TRY(db_exec(db, END_MADE_HEADS, DB_VALUES(DB_DATE(date_add_days(today, -1)), DB_INT(org), DB_INT(order)), NULL, NULL));
    TRY(db_exec(db, END_MADE, DB_VALUES(DB_DATE(today), DB_INT(org), DB_INT(order)), NULL, NULL));
    TRY(db_exec(db, REOPEN_HEADS, key, NULL, NULL));
    TRY(db_exec(db, REOPEN, key, NULL, NULL));
    return nerr_pass(db_exec(db, REOPEN_LEFT_HEADS, DB_VALUES(DB_INT(org), DB_INT(order), DB_INT(org)), NULL, NULL));
}

/* ---- certificates ---- */

enum { BASIC_LAST_GRADE = 9, GENERAL_LAST_GRADE = 11 };

const char *class_certificate(const struct request *rq, int grade)
{
    if (is_college(rq))
        return "vocational";
    return grade >= GENERAL_LAST_GRADE ? "general" : grade == BASIC_LAST_GRADE ? "basic" : NULL;
}

static bool is_given_here(const struct request *rq, const char *code)
{
    static const char *const of_colleges[] = {"vocational", "vocational-honours", "post-secondary", "training"};
    bool found = false;
    for (size_t i = 0; i < sizeof of_colleges / sizeof of_colleges[0]; i++)
        found = found || strcmp(of_colleges[i], code) == 0;
    return found == is_college(rq) || strcmp(code, "statement") == 0;
}

NEOERR *certificate_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    for (const struct code *code = certificate_kind_codes.codes; code->code != NULL; code++)
        if (is_given_here(form->rq, code->code))
            TRY(add(form, &(struct choice){.value = code->code, .label = code_name(&certificate_kind_codes, code->code)}));
    return STATUS_OK;
}

/* ---- reasons ---- */

static bool is_of_leave(const char *code)
{
    static const char *const of_leave[] = {"medical", "family", "military", "child-care"};
    for (size_t i = 0; i < sizeof of_leave / sizeof of_leave[0]; i++)
        if (strcmp(of_leave[i], code) == 0)
            return true;
    return false;
}

static NEOERR *reason_choices(struct form_data *form, bool of_leave, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    for (const struct code *code = movement_reason_codes.codes; code->code != NULL; code++)
        if (is_of_leave(code->code) == of_leave)
            TRY(add(form, &(struct choice){.value = code->code, .label = code_name(&movement_reason_codes, code->code)}));
    return STATUS_OK;
}

NEOERR *exclusion_reason_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    return nerr_pass(reason_choices(form, false, add));
}

NEOERR *leave_reason_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    return nerr_pass(reason_choices(form, true, add));
}
