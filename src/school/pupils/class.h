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
};

/* ERROR_NOT_FOUND for another organisation's. */
NEOERR *class_load(struct request *rq, int64_t id, struct class *class);

/* SQL of a class' packed label over alias c, and the words it stands for: columns of lists use both. */
#define CLASS_PACKED "CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en)"
const char *class_label(struct request *rq, const char *packed);
/* The same where it is another organisation's: school or college is its own. */
const char *class_label_in(struct request *rq, enum organisation_kind kind, const char *packed);

/* «10 параллель» / «3 курс». */
const char *class_grade_label(struct request *rq, int grade);

/* Choices: parallels 0…12 (courses 1…5), classes of the year (depends on a field "grade" when the form has one), people who
 * may lead a class (CON-08, CON-09). */
NEOERR *class_grade_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));
NEOERR *class_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));
NEOERR *class_head_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));

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

/* True in a college: the words and fields of groups. */
bool is_college(const struct request *rq);
bool is_school(const struct request *rq);
bool form_in_college(const struct form_data *form); /* the same as conditions of fields */
bool form_in_school(const struct form_data *form);

/* One's own class (led today), for SCOPE_OWN_CLASS. */
NEOERR *class_is_own(struct request *rq, int64_t class, bool *own);
/* ERROR_NOT_FOUND when the scopes of the permission do not reach the class. */
NEOERR *class_check_scope(struct request *rq, const struct permission *permission, int64_t class);

#endif
