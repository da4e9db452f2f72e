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

/* Folds a pupil's unvoided rows by (effective_on, id) anew: membership, pupil.class_id, pupil.standing. Inside a transaction. */
NEOERR *movement_fold(struct db *db, int64_t org, int64_t pupil);

/* The same for all pupils of an organisation: after an import. */
NEOERR *movement_fold_all(struct db *db, int64_t org);

extern const struct ledger movement_ledger;

#endif
