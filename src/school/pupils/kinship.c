/* kinship.c: the family in a pupil's file: its list, and the form of one kinship with the contacts of the parent or of the person in
 * their place. What is said of somebody with several children here holds for all of them. (CON-25, CON-27, DIA-04) */
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/audit.h"
#include "engine/auth.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/people/same_person.h"
#include "school/permissions.h"

/* ---- the list ---- */

static const char *show_end(struct request *rq, const char *value)
{
    struct date ended;
    return date_from_iso(value, &ended) ? pool_printf(rq->pool, _("ended %s"), i18n_date(rq->pool, ended)) : value;
}

static const struct list_column columns[] = {
    {"name", N_("Full name"), "CONCAT_WS(' ', h.surname, h.given, NULLIF(h.patronymic, ''))", "h.sort_key",
     COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 2.5},
    {"degree", N_("Kinship"), "r.degree", .flags = COLUMN_SORTABLE, .width = 1.4, .codes = &kinship_degree_codes},
    {"phone", N_("Phone"), "r.phone", .width = 1.8},
    {"email", N_("E-mail"), "r.email", .width = 1.6},
    {"work", N_("Work"), "r.work", .flags = COLUMN_SORTABLE, .width = 1.6},
    {"login", N_("Login"), "h.login", .width = 1.7},
    {"ended", N_("To be noted"), "r.ended_on", .flags = COLUMN_CHIP, .width = 1.6, .show = show_end},
    {0},
};

const struct list pupil_family_list = {
    .id = "pupil-family", .title = N_("Family"), .permission = &see_contingent, .id_sql = "r.id", .from = "kinship r JOIN person h ON h.id = r.person_id",
    .where = "r.org_id = ? AND r.pupil_id = ?", .bind = list_bind_org_subject, .columns = columns, .default_sort = "name", .tie_sql = "r.id",
    .row_route = "pupil-kinship", .row_of_subject = true, .empty = N_("No parents are recorded yet."), .numbered = true,
};

/* ---- the form ---- */

/* form->detail: whose kinship it is. */
struct kin {
    int64_t person;
    bool has_own_file; /* is a pupil or an employee, or a parent in another organisation, too: the names are not changed from here */
};

static bool has_own_file(const struct form_data *form)
{
    const struct kin *kin = form->detail;
    return kin != NULL && kin->has_own_file;
}

static bool is_only_kin(const struct form_data *form)
{
    return !has_own_file(form);
}

static const struct field fields[] = {
    {"login", N_("Login"), FIELD_SHOWN},
    {"name", N_("Full name"), FIELD_SHOWN, .when = has_own_file},
    {"surname", N_("Surname"), FIELD_NAME, REQUIRED, .column = "", .when = is_only_kin},
    {"given", N_("Given name"), FIELD_NAME, REQUIRED, .column = "", .when = is_only_kin},
    {"patronymic", N_("Patronymic"), FIELD_NAME, .column = "", .when = is_only_kin},
    {"iin", N_("IIN"), FIELD_IIN, PROTECTED, .column = "", .when = is_only_kin},
    {"born_on", N_("Date of birth"), FIELD_DATE, REQUIRED | FUTURE_NO, .column = "", .when = is_only_kin},
    {"sex", N_("Sex"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &sex_codes, .column = "", .when = is_only_kin},
    {"degree", N_("Degree of kinship"), FIELD_CHOICE, REQUIRED | NEW_GROUP, .codes = &kinship_degree_codes},
    {"phone", N_("Phones"), FIELD_PHONE, .hint = N_("Several are separated by a comma")},
    {"email", N_("E-mail"), FIELD_EMAIL},
    {"work", N_("Place of work and position"), FIELD_TEXT, WIDE, .max = 300},
    {"ended_on", N_("Ended on"), FIELD_DATE, FUTURE_NO | NEW_GROUP, .hint = N_("From that day on the file is closed to this person")},
    {"end_reason", N_("Why it has ended"), FIELD_CHOICE, .codes = &kinship_end_codes},
    {0},
};

static NEOERR *take_person(void *data, const struct db_row *row)
{
    struct form_data *form = data;
    struct kin *kin = form->detail;
    kin->person = db_get_int(row, 0);
    kin->has_own_file = db_get_int(row, 1) != 0;
    TRY(form_set(form, "name", name_full(form->rq->pool, db_get(row, 2), db_get(row, 3), db_get(row, 4))));
    return nerr_pass(form_take_columns(form, row));
}

/* A file of one's own is asked for in every organisation. */
static const char PERSON[] =
    "SELECT h.id AS person, EXISTS (SELECT 1 FROM pupil p WHERE p.person_id = h.id) OR EXISTS (SELECT 1 FROM employee e WHERE e.person_id = h.id)"
    "  OR EXISTS (SELECT 1 FROM kinship o WHERE o.person_id = h.id AND o.org_id <> k.org_id) AS known,"
    " h.surname, h.given, h.patronymic, h.iin, h.born_on, h.sex, h.login"
    " FROM kinship k JOIN person h ON h.id = k.person_id"
    " WHERE k.org_id = ? AND k.id = ?";

static NEOERR *load(struct form_data *form, int64_t id)
{
    struct kin *kin = pool_alloc(form->rq->pool, sizeof *kin);
    form->detail = kin;
    TRY(form_load_columns(&pupil_kinship_form, form, id));
    return nerr_pass(db_one(form->rq->db, PERSON, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id)), take_person, form));
}

static NEOERR *check(struct form_data *form)
{
    const struct kin *kin = form->detail;
    bool ended = form_text(form, "ended_on")[0] != '\0', said = form_text(form, "end_reason")[0] != '\0';
    if (ended != said)
        TRY(form_error(form, ended ? "end_reason" : "ended_on", "%s", _("A kinship ends on a day and for a reason: fill in both or neither")));
    return is_only_kin(form) ? nerr_pass(same_person_check_iin(form, kin->person)) : STATUS_OK;
}

/* ---- saving ---- */

struct others {
    int64_t pupils[32];
    size_t count;
};

static NEOERR *take_other(void *data, const struct db_row *row)
{
    struct others *others = data;
    if (others->count < sizeof others->pupils / sizeof others->pupils[0])
        others->pupils[others->count++] = db_get_int(row, 0);
    return STATUS_OK;
}

#define OTHER_CHILDREN "org_id = ? AND person_id = ? AND id <> ? AND (phone, email, work) <> (?, ?, ?)"

static const char OTHERS[] =
    "SELECT pupil_id FROM kinship WHERE " OTHER_CHILDREN " FOR UPDATE";
static const char SAVE_OTHERS[] =
    "UPDATE kinship SET phone = ?, email = ?, work = ?, version = version + 1 WHERE org_id = ? AND person_id = ? AND id <> ?";

/* The brothers and sisters here have the same contacts, and say so in their histories. */
static NEOERR *save_others(struct db *db, struct form_data *form, int64_t id, int64_t person)
{
    struct request *rq = form->rq;
    struct db_value org = DB_INT(rq->place.org), whose = DB_INT(person), but = DB_INT(id);
    struct db_value phone = DB_TEXT(form_text(form, "phone")), email = DB_TEXT(form_text(form, "email")), work = DB_TEXT(form_text(form, "work"));
    struct others others = {.count = 0};
    TRY(db_each(db, OTHERS, DB_VALUES(org, whose, but, phone, email, work), take_other, &others));
    if (others.count == 0)
        return STATUS_OK;
    TRY(db_exec(db, SAVE_OTHERS, DB_VALUES(phone, email, work, org, whose, but), NULL, NULL));
    const char *words = pool_printf(rq->pool, _("Contacts of %s, changed in the file of another child"), form_text(form, "name"));
    for (size_t i = 0; i < others.count; i++)
        TRY(audit_add(db, rq, "pupil", others.pupils[i], "edit", words, NULL));
    return STATUS_OK;
}

static NEOERR *save(struct db *db, struct form_data *form, int64_t id)
{
    const struct kin *kin = form->detail;
    TRY(form_save_columns(&pupil_kinship_form, db, form, id));
    TRY(save_others(db, form, id, kin->person));
    if (is_only_kin(form)) {
        struct person person = same_person_typed(form);
        person.id = kin->person;
        TRY(person_save(db, form->rq->pool, &person));
    }
    return nerr_pass(auth_roles_changed(db, kin->person));
}

const struct form pupil_kinship_form = {
    .id = "pupil-kinship", .title = N_("Kinship"), .table = "kinship", .subject_kind = "pupil", .fields = fields, .see = &see_contingent,
    .edit = &edit_pupils, .see_protected = &see_pupil_numbers, .load = load, .check = check, .save = save, .owner = "pupil_id",
};

/* ---- the slip ---- */

static const char PERSON_OF[] =
    "SELECT person_id FROM kinship WHERE org_id = ? AND id = ?";

NEOERR *kinship_slip(struct request *rq, int64_t kinship, const char **address)
{
    int64_t person;
    *address = NULL;
    if ((request_scopes(rq, &make_slips) & (SCOPE_ORGANISATION | SCOPE_ALL)) == 0)
        return STATUS_OK;
    TRY(db_number(rq->db, PERSON_OF, DB_VALUES(DB_INT(rq->place.org), DB_INT(kinship)), &person, NULL));
    *address = route_with(rq->pool, route_url(rq, "slips"), "whom", pool_printf(rq->pool, "person:%lld", (long long)person));
    return STATUS_OK;
}

NEOERR *kinship_operations(struct request *rq, int64_t kinship)
{
    const char *slip;
    TRY(kinship_slip(rq, kinship, &slip));
    return slip != NULL ? nerr_pass(page_operation(rq, _("Activation slip"), slip)) : STATUS_OK;
}
