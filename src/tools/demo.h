/* demo.h: the made-up data: a school and a college with their people. The same clock gives the same data. */
#ifndef MEKTEP_DEMO_H
#define MEKTEP_DEMO_H

#include "engine/db.h"
#include "engine/i18n.h"

struct demo_person {
    enum language language; /* of the name */
    char sex;              /* 'M' 'F' */
    struct date born;
    const char *surname, *given, *patronymic;
    bool without_iin;       /* and a reason in the file */
    int64_t id, account;
};

/* A listed login: what tools/demo logins prints. */
struct demo_login {
    const char *role, *login, *password;
};
enum { DEMO_LOGINS = 16 };

struct demo {
    struct db *db;
    struct pool *pool;
    const struct config *config;
    uint64_t random;       /* state of the generator */
    int year;              /* the school year under way: 2026 = 2026–2027 */
    int people, orders;    /* made so far */
    struct demo_person secretary; /* of the school, and of the college too; records the orders of both */
    struct demo_login logins[DEMO_LOGINS];
    size_t login_count;
};

/* The organisation being filled. */
struct demo_org {
    int64_t id;
    const char *kind;      /* "school" "college" */
    const char *uid;       /* its people and papers derive their UUIDs from it */
    const char *street;
};

/* Evenly 0 … below-1. */
size_t demo_random(struct demo *demo, size_t below);

/* Gives the person a name of its language and sex. (demo_names.c) */
void demo_name(struct demo *demo, struct demo_person *person);

/* ---- people (demo_people.c) ---- */

/* Of the person made last: an IIN right by its control digit that nobody can have, a number that is given to nobody. NULL: there is none. */
const char *demo_iin(struct demo *demo, struct date born);
const char *demo_phone(struct demo *demo);

/* A UUID that is the same each time. */
const char *demo_uid(struct demo *demo, const char *of, const char *what, int number);

/* The text, or "" one time in so many: what a clerk has not got round to. */
const char *demo_now_and_then(struct demo *demo, size_t one_in, const char *text);

/* Adds a person with a name, an IIN that cannot be anybody's, and an account without a password. */
NEOERR *demo_person(struct demo *demo, struct demo_person *person);

/* A member of staff with roles in the organisation; roles ends with NULL. */
NEOERR *demo_employee(struct demo *demo, const struct demo_org *org, struct demo_person *person, const char *position, bool may_lead_class,
                      const char *const *roles);

/* A pupil (student) of a parallel (course), registered only; some fields stay unfilled, as in life. */
NEOERR *demo_pupil(struct demo *demo, const struct demo_org *org, struct demo_person *person, int grade, int64_t *pupil);

/* Rows of the pupil's file: a document, a social category, an examination, an achievement, a certificate, an application for free meals; and an application
 * of a sibling for admission. */
NEOERR *demo_records(struct demo *demo, const struct demo_org *org, int64_t pupil);

/* A parent of the pupil. */
NEOERR *demo_parent(struct demo *demo, const struct demo_org *org, int64_t pupil, const struct demo_person *child, struct demo_person *parent);

/* A role in an organisation, a territory (0 = none) or the installation (both 0). */
NEOERR *demo_role(struct demo *demo, const struct demo_person *person, const char *role, int64_t org, int64_t territory);

/* Sets the known password of a role and lists the login. */
NEOERR *demo_login(struct demo *demo, const char *role, const struct demo_person *person);

/* ---- papers (demo_scan.c) ---- */

/* The paper of an order as a PDF, kept as its scan. */
NEOERR *demo_scan(struct demo *demo, const struct demo_org *org, int64_t order, int number, struct date dated, const char *summary);

/* ---- work under way (demo_process.c) ---- */

/* An enrolment of a pupil that the secretary has begun. */
NEOERR *demo_draft(struct demo *demo, const struct demo_org *org, int64_t pupil, const struct demo_person *person, int grade);

/* The enrolment that an order came from; its pupils are those of the order's movements. packed: the values of its form. */
NEOERR *demo_done(struct demo *demo, const struct demo_org *org, int64_t order, int64_t at, const char *title, const char *packed);

/* A background job of the secretary that has ended. */
NEOERR *demo_job(struct demo *demo, const struct demo_org *org);

/* A package that was refused, in an organisation or in the whole installation (0). */
NEOERR *demo_import(struct demo *demo, int64_t org);

/* ---- organisations (demo_school.c) ---- */

struct demo_plan {
    struct demo_org org;
    const char *names[LANGUAGES];
    int64_t territory;
    const char *bin; /* eleven digits, month 00: no organisation's */
    const char *address;
};
struct demo_post {
    const char *ru, *kk;
    int count;
    const char *roles[2];  /* ends with NULL */
    const char *login;     /* the role whose listed login the first of them is */
    bool leads;            /* may lead a class */
};
enum { DEMO_LEADERS_MAX = 100 };

/* Those who may lead a class, in the order of their posts. */
struct demo_staff {
    struct demo_person leaders[DEMO_LEADERS_MAX];
    size_t count;
};
struct demo_class {
    int64_t id;
    int grade;
    const char *names[LANGUAGES];
    enum language language; /* of instruction */
    int64_t speciality;    /* 0 in a school */
    int budget_places;     /* of the places of a group: all, or it is a mixed one */
};
enum { DEMO_GROUP_SIZE = 25 };

/* The organisation with its names and school years; sets plan->org.id. */
NEOERR *demo_organisation(struct demo *demo, struct demo_plan *plan);
/* The people of the posts, a row of zeros last; adds to staff. */
NEOERR *demo_employees(struct demo *demo, const struct demo_org *org, const struct demo_post *posts, struct demo_staff *staff);
NEOERR *demo_class(struct demo *demo, const struct demo_org *org, struct demo_class *class);
NEOERR *demo_head(struct demo *demo, const struct demo_org *org, const struct demo_class *class, const struct demo_person *person, const char *duty);
/* A signed order of enrolment with its scan. */
NEOERR *demo_order(struct demo *demo, const struct demo_org *org, const char *kind, struct date dated, const char *summary, int64_t *order);

/* The hour of recording: half past nine in Almaty on the day of an order. */
int64_t demo_morning(struct demo *demo, struct date day);
/* A pupil of grade g turned g + 5 by the end of the August before; a student of course c, c + 14. */
struct demo_person demo_new_pupil(struct demo *demo, const struct demo_org *org, int grade, enum language language);

/* ---- those who left (demo_handover.c) ---- */

/* The slips of an order of exclusion; the first of them has arrived on that day (year 0 = nobody has). */
NEOERR *demo_departures(struct demo *demo, const struct demo_org *org, int64_t order, struct date confirmed);
/* The last one who left the organisation of that uid goes to the other one, and waits there for an order. */
NEOERR *demo_handover(struct demo *demo, const char *from_uid, const char *to_uid);

NEOERR *demo_school(struct demo *demo);
NEOERR *demo_college(struct demo *demo);

/* What only a college does with its students: leave, claims to budget places, scholarships. (demo_college.c) */
NEOERR *demo_college_life(struct demo *demo, const struct demo_org *org);
/* A speciality of the list with that number: "06130100 Программное обеспечение". */
NEOERR *demo_speciality(struct demo *demo, const struct demo_org *org, const char *code, const char *const *names, const char *qualification, int64_t *id);

/* ---- many schools (demo_many.c) ---- */

enum { DEMO_SCHOOLS_MAX = 10000, DEMO_PUPILS_A_SCHOOL_MAX = 5000, DEMO_PUPILS_MAX = 1500000 };

/* The school with that number, from 1, and its pupils, thousands in a statement. Numbers its people by itself. */
NEOERR *demo_one_of_many(struct demo *demo, int number, int pupils);

#endif
