/* process_movement.h: what all processes share that move pupils by order; each says what is its own in a struct movement_rule.
 * (CON-24, CON-29, CON-30, CON-37, CON-45) */
#ifndef MEKTEP_PROCESS_MOVEMENT_H
#define MEKTEP_PROCESS_MOVEMENT_H

#include "school/office/order.h"
#include "school/pupils/movement.h"

/* process.detail of such a process. */
struct movement_rule {
    struct order_series orders;   /* first, so that it is the detail that order.h reads */
    const char *kind;             /* of the rows of the ledger */
    const char *standing;         /* where the pupils stand before: code of pupil_standing_codes */
    const char *or_standing;      /* … or there; NULL = nowhere else */
    const char *reason;           /* code of movement_reason_codes, where no field asks for it; NULL = none */
    const char *summary;          /* msgid: the order's summary, offered */
    const char *summary_in_class; /* msgid with %s: the same when the class is known; NULL = the address names none */
    bool keeps_class;             /* without a class chosen the pupils stay where they are */
    bool into_next_year;          /* the class may be of the next school year, too */
    const char *will, *will_in_class; /* msgids for «what will be done», the second with %s for the class; NULL = no class is chosen */
};

/* Known facts above the fields: school, whom, and where from. */
#define MOVEMENT_FACTS                        \
    {"school", N_("School"), FIELD_SHOWN},    \
    {"from_class", N_("From class"), FIELD_SHOWN}, \
    {"pupil", N_("Pupil"), FIELD_SHOWN}

/* Where to: the class of a parallel. */
#define CLASS_FIELDS                                                                      \
    {"grade", N_("Parallel"), FIELD_CHOICE, REQUIRED, .choices = class_grade_choices},    \
    {"class", N_("To class"), FIELD_CHOICE, REQUIRED, .choices = class_choices, .depends = "grade"}

/* The same where the student may stay in the group. */
#define OTHER_CLASS_FIELDS                                                                                                         \
    {"grade", N_("Parallel"), FIELD_CHOICE, NEW_GROUP, .choices = class_grade_choices},                                            \
    {"class", N_("To class"), FIELD_CHOICE, .choices = class_choices, .depends = "grade", .hint = N_("Empty: the group stays the same")}

/* The basis of study of who enters a group; the group's type says it, of a mixed one the order. */
#define ENTRY_FUNDING_FIELD                                                                                      \
    {"funding", N_("Basis of study"), FIELD_CHOICE, .codes = &funding_codes, .when = form_in_college,             \
     .hint = N_("Empty: by the type of the group")}

#define EFFECTIVE_FIELD {"effective_on", N_("Effective from"), FIELD_DATE, .hint = N_("Empty: from the date of the order")}

/* The members that are the same in each of them; .detail is its rule, .check is movement_check or calls it. */
#define MOVEMENT_FRAME                                                                                                     \
    .subject_kind = "pupil", .subject_route = "pupil", .permission = &move_pupils, .menu = "contingent", ORDER_PROCESS,     \
    .lock = movement_lock, .preview = movement_preview

/* … and those of one that does nothing of its own when it begins, writes and tells. */
#define MOVEMENT_PROCESS \
    MOVEMENT_FRAME, .begin = movement_begin, .apply = movement_apply, .will = movement_will, .done = movement_done

/* For those with a rule of their own: what is wrong with a row's day, NULL = nothing. */
NEOERR *movement_class(struct process_run *run, const struct process_subject *subject, int64_t *class); /* 0 when none is chosen */
bool movement_stays(const struct process_run *run, int64_t class); /* no class is chosen, and the rule keeps theirs */
const char *movement_misfit(struct request *rq, const struct process_subject *subject, const struct movement_place *place, struct date on);

/* For what concerns one pupil of maybe several: words at the field, or with many pupils at the line of each. */
NEOERR *movement_refuse(struct process_run *run, struct process_subject *subject, const char *field, const char *said);
/* Beside movement_check, for ENTRY_FUNDING_FIELD: a mixed group needs it. */
NEOERR *movement_check_entry(struct process_run *run);

NEOERR *movement_begin(struct process_run *run);
/* The files, and of who comes in from outside the person, too: nobody else moves them until the transaction ends. */
NEOERR *movement_lock(struct db *db, struct process_run *run);
NEOERR *movement_lock_pupils(struct db *db, struct process_run *run); /* the files only */
NEOERR *movement_check(struct process_run *run);
NEOERR *movement_apply(struct db *db, struct process_run *run);
NEOERR *movement_will(struct process_run *run);
NEOERR *movement_done(struct process_run *run);

/* Each pupil stands where the rule says, and the ledger takes the row on that day. */
NEOERR *movement_check_rows(struct process_run *run);

/* What a back-dated order changes of lists on dates that have passed (movement_preview.c). One whose subjects are no files of pupils says
 * by itself what becomes of each. */
struct movement_change {
    const char *who;
    struct movement_place place; /* before; only class and what is later */
    int64_t to_class;            /* 0 = none */
};
NEOERR *movement_preview(struct process_run *run);
NEOERR *movement_show_changes(struct process_run *run, const struct movement_change *changes, size_t count);
/* In a check: who presses once has not seen it yet. Far back, or with rows of the ledger after it, an order stops once. */
NEOERR *movement_warn_of_past(struct process_run *run, bool has_later);

/* .rows of their first step. Sixty first-graders go to three classes by one order: OWN_CLASS, over the class chosen for all. */
#define OWN_CLASS {"own_class", N_("To class"), FIELD_CHOICE, .choices = class_choices}
#define MOVEMENT_ROWS .label = pupil_labels, .check = movement_check_rows

#endif
