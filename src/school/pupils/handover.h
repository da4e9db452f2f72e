/* handover.h: a pupil goes over from one organisation to another: the row of departure where the pupil leaves, the row of arriving where
 * the pupil goes when that is an organisation of this installation. All that one side does to the other's rows is here, inside the
 * transaction of the order that does it. */
#ifndef MEKTEP_HANDOVER_H
#define MEKTEP_HANDOVER_H

#include "engine/area.h"

/* Where pupils leave for: an organisation of this installation, or (org 0) a name and a place as typed. */
struct destination {
    int64_t org;
    const char *name, *place;
};

/* What stands in departure.to_name and to_place, in words: "School № 12, Taraz". packed: to_name is kk|ru|en, of an organisation with a uid. */
const char *handover_destination(struct request *rq, bool packed, const char *name, const char *place);

/* The exclusions of the order run->order become departures with numbers of their slips, and entries of those who arrive there. */
NEOERR *handover_leave(struct db *db, struct process_run *run, const struct destination *destination);

/* Rows of an order have brought pupils into classes: who was to arrive somewhere else does not any more, who was to arrive here has,
 * and the other organisation sees it. */
NEOERR *handover_enter(struct db *db, struct request *rq, int64_t order);

/* The order is cancelled: what the three above have done because of it is taken back. */
NEOERR *handover_undo(struct db *db, struct request *rq, int64_t order, int64_t cancelling_order);

/* Entries of those who arrive are made of the departures, so they do not travel: after an import those that are missing for departures from
 * here and to here, of organisations that are both in this installation. */
NEOERR *handover_restore(struct db *db, int64_t org);

/* Tells who cannot be put back into a class by the cancellation of an order: another organisation has the pupil. */
NEOERR *handover_dependents(struct request *rq, int64_t order, size_t limit, ledger_tell_fn *tell, void *data);

/* Subjects of a process are files of pupils, or entries of those who arrive. */
enum handover_subjects { SUBJECTS_PUPILS, SUBJECTS_ARRIVING };

/* A person is in a class of one organisation at a time: sets the message of the subjects who are in one elsewhere on that day or later. */
NEOERR *handover_check_elsewhere(struct process_run *run, enum handover_subjects are, struct date on);

/* Before the check of a transaction: nobody else moves these people until it ends. */
NEOERR *handover_lock(struct db *db, struct process_run *run, enum handover_subjects are);

/* The file of a pupil of another organisation as it is now, copied into a file here: documents with their scans, family, social passport,
 * health, achievements; of the record what is empty here. What is here already is not doubled. */
NEOERR *handover_carry(struct db *db, struct request *rq, int64_t from_org, int64_t from_pupil, int64_t pupil);
struct new_file {
    int grade;
    struct date entered;
    const char *entered_from;
};
/* A new file here of such a pupil, for a parallel: with the record, and what handover_carry brings. */
NEOERR *handover_new_file(struct db *db, struct request *rq, int64_t from_org, int64_t from_pupil, const struct new_file *file, int64_t *pupil);

#endif
