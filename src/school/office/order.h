/* order.h: orders of the organisation: number, date, summary, scan; the end of every order process. (REC-08, CON-40) */
#ifndef MEKTEP_ORDER_H
#define MEKTEP_ORDER_H

#include "engine/area.h"

/* The rows that every order process has at the end of its fields table; labels are the checklist's (CON-24, CON-29 …). */
#define ORDER_FIELDS                                                                                                        \
    {"order_scan", N_("Order"), FIELD_FILE, REQUIRED | SEVERAL | NEW_GROUP},                                                \
    {"order_number", N_("Order number"), FIELD_TEXT, REQUIRED, .max = 30, .hint = N_("The next free number of this journal")}, \
    {"order_date", N_("Order date"), FIELD_DATE, REQUIRED | FUTURE_NO},                                                     \
    {"order_summary", N_("Summary"), FIELD_TEXT, REQUIRED | WIDE, .max = 500}

/* What a process' orders are: process.detail points to one. */
struct order_series {
    const char *journal; /* code of order_journal_codes: numbers run within it and the calendar year */
    const char *kind;    /* code of order_kind_codes */
};

/* The step after the form where the organisation wants a second person to confirm its orders. */
#define ORDER_CONFIRM_STEP                                                                                                          \
    {.id = "confirm", .title = N_("Confirmation"), .kind = STEP_CONFIRM, .who = &confirm_orders, .when = order_needs_second_person,    \
     .when_words = N_("by the setting of the organisation"), .outcomes = {OUTCOME_ACCEPT, OUTCOME_RETURN, OUTCOME_REFUSE}}

/* For process.begin: today's date and the next free number of the journal (or the reserved one); whether a second person confirms. */
NEOERR *order_begin(struct process_run *run);
/* For process.check: scans checked and clean, the number free. */
NEOERR *order_check(struct process_run *run);
/* For the .when of a confirmation: the organisation wants a second person. */
bool order_needs_second_person(const struct process_run *run);
/* For process.apply: makes the order, or signs the reserved one; run->order. */
NEOERR *order_take(struct db *db, struct process_run *run);
/* For process.reserve and process.release. */
NEOERR *order_reserve(struct db *db, struct process_run *run);
NEOERR *order_release(struct db *db, struct process_run *run, const char *reason);
/* For process.will: "Order № 121-у goes into the journal of orders". */
NEOERR *order_will(struct process_run *run);

/* "Order № 7-у of 1 October 2026". */
const char *order_words(struct request *rq, const char *number, struct date dated);

/* ERROR_NOT_FOUND when the organisation has no such order. */
NEOERR *order_exists(struct request *rq, int64_t order);

/* .sample of a route with an {order}. */
const char *const *order_sample(struct db *db, struct pool *pool, int64_t org);

extern const struct process cancel_order;
extern const struct area office_area;

#endif
