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
    int64_t voids;           /* id of the row this one undoes; 0 = none */
};

/* Adds a row, inside a transaction; the pupil's fold is the caller's next call. */
NEOERR *movement_add(struct db *db, int64_t org, const struct movement *movement);

/* Whether a row of a kind can take effect on a day among the unvoided rows that the pupil has: each kind begins in a class or
 * outside of one, and so does the row after it. */
enum movement_fit {
    MOVEMENT_FITS,
    MOVEMENT_IS_OUTSIDE,   /* the pupil is in no class on that day */
    MOVEMENT_IS_INSIDE,    /* the pupil is in a class already */
    MOVEMENT_UPSETS_LATER, /* a later row would begin where the pupil is not any more */
};
struct movement_place {
    enum movement_fit fit;
    int64_t class;         /* where the pupil is on that day, 0 = in no class */
    struct date later;     /* the day of the row after it, year 0 = none */
};

/* For a row of that kind and day for each subject of the process, in the order of the subjects; in the request's pool. */
NEOERR *movement_places(const struct process_run *run, const char *kind, struct date effective, struct movement_place **places);

/* Folds a pupil's unvoided rows by (effective_on, id) anew: membership, pupil.class_id, pupil.standing. Inside a transaction. */
NEOERR *movement_fold(struct db *db, int64_t org, int64_t pupil);

/* The same for all pupils of an organisation: after an import. */
NEOERR *movement_fold_all(struct db *db, int64_t org);

extern const struct ledger movement_ledger;

#endif
