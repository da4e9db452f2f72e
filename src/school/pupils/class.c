/* class.c: classes and groups: loading, labels, choices, who leads them. */
#include "school/pupils/class.h"

#include "engine/auth.h"
#include "school/permissions.h"

#include <stdlib.h>
#include <string.h>

bool is_college(const struct request *rq)
{
    return rq->place.kind == ORGANISATION_COLLEGE;
}

bool is_school(const struct request *rq)
{
    return rq->place.kind == ORGANISATION_SCHOOL;
}

bool form_in_college(const struct form_data *form)
{
    return is_college(form->rq);
}

bool form_in_school(const struct form_data *form)
{
    return is_school(form->rq);
}

/* ---- labels ---- */

/* packed: grade|kk|ru|en. A group's name stands alone; a class is the parallel and the letter. */
const char *class_label(struct request *rq, const char *packed)
{
    char *rest, *names[LANGUAGES], *grade;
    if (packed == NULL || packed[0] == '\0')
        return "";
    rest = pool_strdup(rq->pool, packed);
    grade = strsep(&rest, "|");
    for (int i = 0; i < LANGUAGES; i++)
        names[i] = rest != NULL ? strsep(&rest, "|") : grade;
    if (is_college(rq))
        return names[rq->language];
    return pool_printf(rq->pool, "%s-%s", grade, names[rq->language]);
}

const char *class_label_in(struct request *rq, enum organisation_kind kind, const char *packed)
{
    enum organisation_kind here = rq->place.kind;
    rq->place.kind = kind;
    const char *label = class_label(rq, packed);
    rq->place.kind = here;
    return label;
}

const char *class_grade_label(struct request *rq, int grade)
{
    if (is_college(rq))
        return pool_printf(rq->pool, _("course %d"), grade);
    return grade == 0 ? _("pre-school class") : pool_printf(rq->pool, _("parallel %d"), grade);
}

/* ---- the school year ---- */

int class_year_of(struct date day)
{
    return day.month >= 9 ? day.year : day.year - 1;
}

int class_year_now(const struct request *rq)
{
    return class_year_of(request_today(rq));
}

bool class_year_is_open(const struct request *rq)
{
    return rq->place.year >= class_year_now(rq);
}

const char *class_year_note(struct request *rq, int year)
{
    if (year >= class_year_now(rq))
        return "";
    return pool_printf(rq->pool, request_words(rq, N_("Pupils as of the last day of the school year %s")), i18n_school_year(rq->pool, year));
}

/* ---- loading ---- */

struct load {
    struct request *rq;
    struct class *class;
};

static NEOERR *take_class(void *data, const struct db_row *row)
{
    struct load *load = data;
    struct class *class = load->class;
    *class = (struct class){
        .id = db_get_int(row, 0), .year = (int)db_get_int(row, 1), .grade = (int)db_get_int(row, 2),
        .label = class_label(load->rq, db_get(row, 3)), .room = pool_strdup(load->rq->pool, db_get(row, 4)),
        .capacity = (int)db_get_int(row, 5), .version = db_get_int(row, 6), .boys = (int)db_get_int(row, 7), .girls = (int)db_get_int(row, 8),
        .pupils = (int)db_get_int(row, 9), .ended_on = db_get_date(row, 10), .as_of = db_get_date(row, 11),
        .is_mixed = db_get_int(row, 12) != 0,
    };
    return STATUS_OK;
}

static const char LOAD[] =
    "SELECT c.id, c.year, c.grade, " CLASS_PACKED ", c.room, c.capacity, c.version,"
    " COALESCE(SUM(p.sex = 'M'), 0), COALESCE(SUM(p.sex = 'F'), 0), COUNT(p.id), c.ended_on, y.ends_on, c.group_type = 'mixed'"
    " FROM " CLASS_FROM
    " LEFT JOIN membership s ON " CLASS_HAS
    " LEFT JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id"
    " WHERE c.org_id = ? AND c.id = ?"
    " GROUP BY c.id";

NEOERR *class_load(struct request *rq, int64_t id, struct class *class)
{
    struct load load = {rq, class};
    return nerr_pass(db_one(rq->db, LOAD, DB_VALUES(DB_INT(class_year_now(rq)), DB_INT(rq->place.org), DB_INT(id)), take_class, &load));
}

/* ---- choices ---- */

enum { SCHOOL_FIRST_GRADE = 0, SCHOOL_LAST_GRADE = 12, COLLEGE_FIRST_COURSE = 1, COLLEGE_LAST_COURSE = 5 };

NEOERR *class_grade_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct request *rq = form->rq;
    int first = is_college(rq) ? COLLEGE_FIRST_COURSE : SCHOOL_FIRST_GRADE;
    int last = is_college(rq) ? COLLEGE_LAST_COURSE : SCHOOL_LAST_GRADE;
    (void)field;
    for (int grade = first; grade <= last; grade++) {
        struct choice choice = {.value = route_number(rq, grade), .label = class_grade_label(rq, grade)};
        TRY(add(form, &choice));
    }
    return STATUS_OK;
}

/* «10-Б · 24 / 25». A full class is still a choice: the form warns. */
static NEOERR *add_class(void *data, const struct db_row *row)
{
    struct choice_adding *adding = data;
    struct request *rq = adding->form->rq;
    struct choice choice = {.value = db_get(row, 0), .label = class_label(rq, db_get(row, 1))};
    if (db_get(row, 3) != NULL)
        choice.note = pool_printf(rq->pool, "%s / %s", db_get(row, 2), db_get(row, 3));
    return nerr_pass(adding->add(adding->form, &choice));
}

static const char CLASSES[] =
    "SELECT c.id, " CLASS_PACKED ", " CLASS_PUPILS ", c.capacity"
    " FROM " CLASS_FROM
    " WHERE c.org_id = ? AND c.year = ? AND c.ended_on IS NULL AND (? = '' OR c.grade = ?)"
    "  AND (? = 0 OR EXISTS (SELECT 1 FROM class_head d WHERE d.org_id = c.org_id AND d.class_id = c.id AND d.person_id = ?"
    "   AND d.valid_from <= ? AND (d.valid_to IS NULL OR d.valid_to >= ?)))"
    " ORDER BY c.grade, c.name_ru";

static NEOERR *add_classes(struct form_data *form, bool own, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct choice_adding adding = {form, add};
    struct request *rq = form->rq;
    struct db_value grade = DB_TEXT(form_text(form, "grade")), today = DB_DATE(request_today(rq));
    return nerr_pass(db_each(rq->db, CLASSES,
                             DB_VALUES(DB_INT(class_year_now(rq)), DB_INT(rq->place.org), DB_INT(rq->place.year), grade, grade, DB_INT(own),
                                       DB_INT(rq->session.person), today, today),
                             add_class, &adding));
}

NEOERR *class_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    return nerr_pass(add_classes(form, false, add));
}

NEOERR *class_choices_seen(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    return nerr_pass(add_classes(form, (request_scopes(form->rq, &see_contingent) & (SCOPE_ORGANISATION | SCOPE_ALL)) == 0, add));
}

static NEOERR *add_head(void *data, const struct db_row *row)
{
    struct choice_adding *adding = data;
    struct request *rq = adding->form->rq;
    const char *leads = db_get(row, 2);
    struct choice choice = {.value = db_get(row, 0), .label = db_get(row, 1)};
    if (leads != NULL)
        choice.note = pool_printf(rq->pool, _("leads %s"), class_label(rq, leads));
    return nerr_pass(adding->add(adding->form, &choice));
}

static const char *duty_of(const char *field)
{
    return strcmp(field, "class_teacher") == 0 ? "class-teacher" : field;
}

#define LEADS_ANOTHER                                                                                                              \
    " FROM class_head d JOIN class c ON c.org_id = d.org_id AND c.id = d.class_id AND c.year = ? AND c.ended_on IS NULL"             \
    " WHERE d.duty = ? AND d.valid_to IS NULL AND d.class_id <> ?"

/* Who leads this very class stands there too, whatever the file says by now. */
static const char HEADS[] =
    "SELECT e.person_id, CONCAT_WS(' ', e.surname, e.given, NULLIF(e.patronymic, '')),"
    " (SELECT " CLASS_PACKED LEADS_ANOTHER " AND d.org_id = e.org_id AND d.person_id = e.person_id LIMIT 1)"
    " FROM employee e"
    " WHERE e.org_id = ? AND e.left_on IS NULL AND (e.may_lead_class = 1"
    "  OR EXISTS (SELECT 1 FROM class_head o WHERE o.org_id = e.org_id AND o.class_id = ? AND o.person_id = e.person_id))"
    " ORDER BY e.sort_key";

NEOERR *class_head_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct choice_adding adding = {form, add};
    struct db_value class = DB_INT(form->subject);
    return nerr_pass(db_each(form->rq->db, HEADS,
                             DB_VALUES(DB_INT(form->rq->place.year), DB_TEXT(duty_of(field->name)), class, DB_INT(form->rq->place.org), class), add_head,
                             &adding));
}

/* ---- who leads ---- */

static const char LEADS[] = "SELECT 1" LEADS_ANOTHER " AND d.org_id = ? AND d.person_id = ? LIMIT 1";

NEOERR *class_head_warn(struct form_data *form, const char *field)
{
    struct request *rq = form->rq;
    int64_t one;
    bool leads;
    TRY(db_number(rq->db, LEADS,
                  DB_VALUES(DB_INT(rq->place.year), DB_TEXT(duty_of(field)), DB_INT(form->subject), DB_INT(rq->place.org), DB_INT(form_number(form, field))),
                  &one, &leads));
    return leads ? nerr_pass(form_warn(form, field, "%s", _("The teacher already leads a class"))) : STATUS_OK;
}

static const char HEAD_NOW[] =
    "SELECT person_id FROM class_head WHERE org_id = ? AND class_id = ? AND duty = ? AND valid_to IS NULL";
static const char END_HEAD[] =
    "UPDATE class_head SET valid_to = ? WHERE org_id = ? AND class_id = ? AND duty = ? AND valid_to IS NULL";
static const char ADD_HEAD[] =
    "INSERT INTO class_head (org_id, class_id, person_id, duty, valid_from) VALUES (?, ?, ?, ?, ?)";

NEOERR *class_head_set(struct db *db, int64_t org, int64_t class, const char *duty, int64_t person, struct date from)
{
    int64_t before;
    TRY(db_number(db, HEAD_NOW, DB_VALUES(DB_INT(org), DB_INT(class), DB_TEXT(duty)), &before, NULL));
    TRY(db_exec(db, END_HEAD, DB_VALUES(DB_DATE(date_add_days(from, -1)), DB_INT(org), DB_INT(class), DB_TEXT(duty)), NULL, NULL));
    TRY(auth_roles_changed(db, before));
    if (person == 0)
        return STATUS_OK;
    TRY(db_exec(db, ADD_HEAD, DB_VALUES(DB_INT(org), DB_INT(class), DB_INT(person), DB_TEXT(duty), DB_DATE(from)), NULL, NULL));
    return nerr_pass(auth_roles_changed(db, person));
}

static const char IS_OWN[] =
    "SELECT 1 FROM class_head"
    " WHERE org_id = ? AND class_id = ? AND person_id = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)"
    " LIMIT 1";

NEOERR *class_is_own(struct request *rq, int64_t class, bool *own)
{
    struct date today = request_today(rq);
    int64_t one;
    return nerr_pass(db_number(rq->db, IS_OWN,
                               DB_VALUES(DB_INT(rq->place.org), DB_INT(class), DB_INT(rq->session.person), DB_DATE(today), DB_DATE(today)), &one, own));
}

static const char HAS_OWN[] =
    "SELECT 1 FROM membership s JOIN class_head d ON d.org_id = s.org_id AND d.class_id = s.class_id"
    " WHERE s.org_id = ? AND s.pupil_id = ? AND (s.to_on IS NULL OR s.to_on > ?)"
    "  AND d.person_id = ? AND d.valid_from <= ? AND (d.valid_to IS NULL OR d.valid_to >= ?)"
    " LIMIT 1";

NEOERR *class_has_own(struct request *rq, int64_t pupil, bool *own)
{
    struct db_value today = DB_DATE(request_today(rq));
    int64_t one;
    return nerr_pass(db_number(rq->db, HAS_OWN, DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil), today, DB_INT(rq->session.person), today, today), &one, own));
}

NEOERR *class_check_scope(struct request *rq, const struct permission *permission, int64_t class)
{
    unsigned scopes = request_scopes(rq, permission);
    bool own = false;
    if (scopes & (SCOPE_ORGANISATION | SCOPE_ALL))
        return STATUS_OK;
    if (scopes & SCOPE_OWN_CLASS)
        TRY(class_is_own(rq, class, &own));
    return own ? STATUS_OK : nerr_raise(ERROR_DENIED, "%s", permission->id);
}
