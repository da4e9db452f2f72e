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

/* Adds a person with a name, an IIN that cannot be anybody's, and an account without a password. */
NEOERR *demo_person(struct demo *demo, struct demo_person *person);

/* A member of staff with roles in the organisation; roles ends with NULL. */
NEOERR *demo_employee(struct demo *demo, const struct demo_org *org, struct demo_person *person, const char *position, bool may_lead_class,
                      const char *const *roles);

/* A pupil (student) of a parallel (course), registered only; some fields stay unfilled, as in life. */
NEOERR *demo_pupil(struct demo *demo, const struct demo_org *org, struct demo_person *person, int grade, int64_t *pupil);

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

NEOERR *demo_school(struct demo *demo);
NEOERR *demo_college(struct demo *demo);

#endif
