/* movement.h: the movement ledger: who came, went, changed class, by which order. Rows are added, never changed. */
#ifndef MEKTEP_MOVEMENT_H
#define MEKTEP_MOVEMENT_H

#include "engine/area.h"

struct movement {
    int64_t pupil;
    const char *kind;        /* code of movement_kind_codes: "enrol", "transfer", "exclude" … */
    int64_t from_class, to_class; /* 0 = none */
    struct date effective;
    int64_t order;
    const char *reason, *note; /* may be NULL */
    const char *period;      /* code of period_kind_codes: the quarter of an exclusion; may be NULL */
    const char *certificate; /* code of certificate_kind_codes: what a graduate gets; may be NULL */
    const char *funding;     /* code of funding_codes: the basis of study from then on; NULL = as it was, or by the group that is entered */
    const char *study_form;  /* code of study_form_codes: the form of study from then on; NULL = as it was */
    struct date until;       /* of an academic leave; year 0 = none */
    int64_t voids;           /* id of the row this one undoes; 0 = none */
};

/* Adds rows, and membership and standing of their pupils follow. However many they are, the statements are the same few. Inside a
 * transaction. */
NEOERR *movement_record(struct db *db, int64_t org, const struct movement *rows, size_t count);

/* SQL: the rows m of single pupils, by their index whatever the statistics say. */
#define MOVEMENT_OF_PUPIL(m) "movement " m " FORCE INDEX (by_pupil)"
/* SQL: the row m leaves the pupil in the class as it was: an order may change the basis or the form of study alone. */
#define MOVEMENT_KEEPS_CLASS(m) "(" m ".kind IN ('funding', 'form') AND " m ".to_class_id IS NULL)"

/* Whether a row of a kind can take effect on a day among the unvoided rows that the pupil has: each kind begins in a class, outside
 * of one or on academic leave, and so does the row after it. */
enum movement_fit {
    MOVEMENT_FITS,
    MOVEMENT_IS_OUTSIDE,   /* the pupil is in no class on that day */
    MOVEMENT_IS_INSIDE,    /* the pupil is in a class already */
    MOVEMENT_IS_ON_LEAVE,  /* the pupil is on academic leave */
    MOVEMENT_NOT_ON_LEAVE, /* the pupil is not on academic leave */
    MOVEMENT_UPSETS_LATER, /* a later row would begin where the pupil is not any more */
};
struct movement_place {
    enum movement_fit fit;
    int64_t class;         /* where the pupil is on that day, 0 = in no class */
    struct date later;     /* the day of the row after it, year 0 = none */
    const char *later_kind; /* its kind; NULL = none */
};

/* For a row of that kind and day for each subject of the process, in the order of the subjects; in the request's pool. */
NEOERR *movement_places(const struct process_run *run, const char *kind, struct date effective, struct movement_place **places);

/* Folds a pupil's unvoided rows by (effective_on, id) anew: membership, pupil.class_id, pupil.standing. Inside a transaction. */
NEOERR *movement_fold(struct db *db, int64_t org, int64_t pupil);

/* The same for all pupils of an organisation: after an import. */
NEOERR *movement_fold_all(struct db *db, int64_t org);

/* The same for pupils as PROCESS_SUBJECTS takes them. */
NEOERR *movement_fold_pupils(struct db *db, int64_t org, const char *pupils);

/* The ledger's .check. */
NEOERR *movement_check_fold(struct db *db, int64_t org, void (*tell)(void *data, const char *line), void *data);

extern const struct ledger movement_ledger;

#endif
