/* class.c: classes and groups: loading, labels, choices, who leads them. */
#include "school/pupils/class.h"

#include "engine/auth.h"

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
        .pupils = (int)db_get_int(row, 9), .ended_on = db_get_date(row, 10),
    };
    return STATUS_OK;
}

static const char LOAD[] =
    "SELECT c.id, c.year, c.grade, " CLASS_PACKED ", c.room, c.capacity, c.version,"
    " COALESCE(SUM(p.sex = 'M'), 0), COALESCE(SUM(p.sex = 'F'), 0), COUNT(p.id), c.ended_on"
    " FROM class c"
    " LEFT JOIN pupil p ON p.org_id = c.org_id AND p.class_id = c.id"
    " WHERE c.org_id = ? AND c.id = ?"
    " GROUP BY c.id";

NEOERR *class_load(struct request *rq, int64_t id, struct class *class)
{
    struct load load = {rq, class};
    return nerr_pass(db_one(rq->db, LOAD, DB_VALUES(DB_INT(rq->place.org), DB_INT(id)), take_class, &load));
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
        struct choice choice = {.value = pool_printf(rq->pool, "%d", grade), .label = class_grade_label(rq, grade)};
        TRY(add(form, &choice));
    }
    return STATUS_OK;
}

struct adding {
    struct form_data *form;
    NEOERR *(*add)(struct form_data *, const struct choice *);
};

/* «10-Б · 27 из 28 мест». A full class is still a choice: the form warns. */
static NEOERR *add_class(void *data, const struct db_row *row)
{
    struct adding *adding = data;
    struct request *rq = adding->form->rq;
    const char *label = class_label(rq, db_get(row, 1));
    struct choice choice = {.value = db_get(row, 0), .label = label};
    if (db_get(row, 3) != NULL)
        choice.label = pool_printf(rq->pool, _("%s · %s of %s places"), label, db_get(row, 2), db_get(row, 3));
    return nerr_pass(adding->add(adding->form, &choice));
}

static const char CLASSES[] =
    "SELECT c.id, " CLASS_PACKED ","
    " (SELECT COUNT(*) FROM pupil p WHERE p.org_id = c.org_id AND p.class_id = c.id), c.capacity"
    " FROM class c"
    " WHERE c.org_id = ? AND c.year = ? AND c.ended_on IS NULL AND (? = '' OR c.grade = ?)"
    " ORDER BY c.grade, c.name_ru";

NEOERR *class_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct adding adding = {form, add};
    const char *grade = form_text(form, "grade");
    (void)field;
    return nerr_pass(db_each(form->rq->db, CLASSES,
                             DB_VALUES(DB_INT(form->rq->place.org), DB_INT(form->rq->place.year), DB_TEXT(grade), DB_TEXT(grade)), add_class, &adding));
}

/* Those who may not lead stand in the list with the reason, unselectable. */
static NEOERR *add_head(void *data, const struct db_row *row)
{
    struct adding *adding = data;
    struct request *rq = adding->form->rq;
    const char *name = db_get(row, 1), *leads = db_get(row, 3);
    struct choice choice = {.value = db_get(row, 0), .label = name};
    if (leads != NULL) {
        choice.label = pool_printf(rq->pool, _("%s (leads %s)"), name, class_label(rq, leads));
        choice.refused = _("The teacher already leads a class");
    } else if (db_get_int(row, 2) == 0) {
        choice.label = pool_printf(rq->pool, _("%s (no permission to lead a class)"), name);
        choice.refused = _("The teacher has no permission to lead a class");
    }
    return nerr_pass(adding->add(adding->form, &choice));
}

static const char HEADS[] =
    "SELECT e.person_id, CONCAT_WS(' ', e.surname, e.given, NULLIF(e.patronymic, '')), e.may_lead_class,"
    " (SELECT " CLASS_PACKED
    "  FROM class_head d JOIN class c ON c.org_id = d.org_id AND c.id = d.class_id AND c.year = ? AND c.ended_on IS NULL"
    "  WHERE d.org_id = e.org_id AND d.person_id = e.person_id AND d.duty = ? AND d.valid_to IS NULL AND d.class_id <> ? LIMIT 1)"
    " FROM employee e"
    " WHERE e.org_id = ? AND e.left_on IS NULL"
    " ORDER BY e.sort_key";

NEOERR *class_head_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct adding adding = {form, add};
    const char *duty = strcmp(field->name, "class_teacher") == 0 ? "class-teacher" : field->name;
    return nerr_pass(db_each(form->rq->db, HEADS,
                             DB_VALUES(DB_INT(form->rq->place.year), DB_TEXT(duty), DB_INT(form->subject), DB_INT(form->rq->place.org)), add_head,
                             &adding));
}

/* ---- who leads ---- */

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
