/* audit.h: who did what to which record, from which value to which; written in the same transaction, never changed. */
#ifndef MEKTEP_AUDIT_H
#define MEKTEP_AUDIT_H

#include "engine/form.h"

/* One action on one record: action is a constant ("create", "edit", "enrol", "sign-in" …). org 0 = of the directory. */
NEOERR *audit_add(struct db *db, const struct request *rq, const char *subject_kind, int64_t subject, const char *action, const char *summary, int64_t *id);

/* The same action on many records, their ids as JSON ("[1,2,3]"), without a summary. */
NEOERR *audit_add_all(struct db *db, const struct request *rq, const char *subject_kind, const char *subjects, const char *action);

/* A changed field of that action; PROTECTED fields keep only that they changed. */
NEOERR *audit_field(struct db *db, const struct request *rq, int64_t audit, const struct field *field, const char *before, const char *after);

/* audit_add and audit_field for every field whose value differs between the two forms. Nothing differs: nothing is written. */
NEOERR *audit_difference(struct db *db, struct form_data *before, struct form_data *after, const char *subject_kind, int64_t subject, const char *action);

/* Who changed the record last and when, in words of the page's language; NULL when nobody has. Looking at it is no change. */
NEOERR *audit_last_change(struct request *rq, const char *subject_kind, int64_t subject, const char **who, const char **when);

/* «История» of a card: History.N.{when,who,action,summary} .fields.M.{label,before,after} */
NEOERR *audit_show(struct request *rq, const char *subject_kind, int64_t subject);

#endif
