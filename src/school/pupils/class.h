/* class.h: classes (school) and groups (college) of a school year, and who leads them. */
#ifndef MEKTEP_CLASS_H
#define MEKTEP_CLASS_H

#include "engine/area.h"

struct class {
    int64_t id;
    int year, grade;
    const char *label;       /* "10-Б", or the name of a group, in the language of the page */
    const char *room;
    int capacity;            /* 0 = not said */
    int pupils, boys, girls;
    int64_t version;
    struct date ended_on;    /* disbanded; year 0 = not */
    bool is_mixed;           /* a group with places on both bases of study */
    struct date as_of;       /* its school year is over: the pupils are those of that day; year 0 = it is not */
};

/* ERROR_NOT_FOUND for another organisation's. */
NEOERR *class_load(struct request *rq, int64_t id, struct class *class);

/* SQL of a class' packed label over alias c, and the words it stands for: columns of lists use both. */
#define CLASS_PACKED "CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en)"
const char *class_label(struct request *rq, const char *packed);
/* The same where it is another organisation's: school or college is its own. */
const char *class_label_in(struct request *rq, enum organisation_kind kind, const char *packed);

/* ---- who is in a class ----
 * The truth is in membership. A class whose school year is over has those who were in it on the last day of that year; any other has
 * those who are in it after all movements recorded. Who leaves it with the year, as a graduate or for a class of a later year, was in
 * it to its end (ends_year).
 *
 * CLASS_FROM: a class c and, when it is over, its year y; its one value is class_year_now. CLASS_HAS: whether a stay s counts, one a
 * pupil. CLASS_PUPILS: how many pupils there are. */
#define CLASS_FROM "class c LEFT JOIN school_year y ON y.org_id = c.org_id AND y.year = c.year AND c.year < ?"
#define CLASS_HAS                                                                                          \
    "s.org_id = c.org_id AND s.class_id = c.id AND s.from_on <= COALESCE(y.ends_on, DATE '9999-12-31')"    \
    " AND (s.to_on IS NULL OR s.to_on > y.ends_on OR s.ends_year = 1)"
#define CLASS_PUPILS "(SELECT COUNT(*) FROM membership s WHERE " CLASS_HAS ")"

/* The school year that a day is in: the years before it are over. The next one begins on the first of September. */
int class_year_of(struct date day);
int class_year_now(const struct request *rq);
/* Not over: what is shown of its classes is how things stand. */
bool class_year_is_open(const struct request *rq);
/* What must be known of the pupils of a year: "" for one that is not over. */
const char *class_year_note(struct request *rq, int year);

/* «10 параллель» / «3 курс». */
const char *class_grade_label(struct request *rq, int grade);

/* Choices: parallels 0…12 (courses 1…5), classes of the year (depends on a field "grade" when the form has one), people whose
 * files permit to lead a class, with the class that they lead already (CON-08, CON-09). */
NEOERR *class_grade_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));
NEOERR *class_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));
/* The same classes, of these only one's own for who sees no others. */
NEOERR *class_choices_seen(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));
NEOERR *class_head_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));

/* SQL of who leads class c (row d of class_head), or did when its year ended: a class of graduates is left in May. The first counts. */
#define CLASS_HEAD_IS_LAST "(d.valid_to IS NULL OR d.valid_to >= DATE(CONCAT(c.year + 1, '-05-01')))"
#define CLASS_HEAD_ORDER "d.valid_to IS NOT NULL, d.valid_to DESC, d.duty"

/* The row of class_head_choices' field who leads another class of this year is told, and not refused (CON-08). */
NEOERR *class_head_warn(struct form_data *form, const char *field);

/* Makes a person lead a class from a day on, inside a transaction; the one before ends the day before. person 0 = nobody from then. */
NEOERR *class_head_set(struct db *db, int64_t org, int64_t class, const char *duty, int64_t person, struct date from);

/* Makes the class of the next school year out of one of this year: the same in all, its parallel one higher (1А → 2А); who leads it
 * goes along from that day on. Inside a transaction. */
NEOERR *class_raise(struct db *db, int64_t org, int64_t class, int64_t order, struct date leads_from, int64_t *made);
/* Who leads the classes that an order has moved pupils from does so until they leave: for classes whose year is over. */
NEOERR *class_heads_end(struct db *db, int64_t org, int64_t order);
/* A class is disbanded from a day on, and nobody leads it any more. */
NEOERR *class_end(struct db *db, int64_t org, int64_t class, int64_t order, struct date on);
/* Undoes all three for a cancelled order. */
NEOERR *class_undo(struct db *db, int64_t org, int64_t order, struct date today);

/* What a graduate of that parallel or course usually gets: code of certificate_kind_codes; NULL = no graduate's parallel. */
const char *class_certificate(const struct request *rq, int grade);
/* The kinds of certificates that this organisation gives. */
NEOERR *certificate_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));

/* The person leads a class here today. */
bool class_leads_one(const struct request *rq);
/* The reasons of an exclusion, of an academic leave. */
NEOERR *exclusion_reason_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));
NEOERR *leave_reason_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));

/* SQL of the basis of study (code of funding_codes) over the pupil p and the class c: what orders say, else the type of the group; NULL =
 * nobody says. And of the budget places of c. */
#define PUPIL_FUNDING "COALESCE(p.funding, CASE c.group_type WHEN 'budget' THEN 'budget' WHEN 'extra-budget' THEN 'paid' END)"
#define BUDGET_PLACES "COALESCE(CASE c.group_type WHEN 'budget' THEN c.places WHEN 'mixed' THEN c.budget_places END, 0)"

/* True in a college: the words and fields of groups. */
bool is_college(const struct request *rq);
bool is_school(const struct request *rq);
bool form_in_college(const struct form_data *form); /* the same as conditions of fields */
bool form_in_school(const struct form_data *form);

/* One's own class (led today), for SCOPE_OWN_CLASS; and whether the pupil is in one of them, or will be. */
NEOERR *class_is_own(struct request *rq, int64_t class, bool *own);
NEOERR *class_has_own(struct request *rq, int64_t pupil, bool *own);
/* ERROR_NOT_FOUND when the scopes of the permission do not reach the class. */
NEOERR *class_check_scope(struct request *rq, const struct permission *permission, int64_t class);

#endif
