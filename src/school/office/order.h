/* order.h: orders of the organisation: number, date, summary, scan; the end of every order process. (REC-08, CON-40) */
#ifndef MEKTEP_ORDER_H
#define MEKTEP_ORDER_H

#include "engine/area.h"

/* The rows that every order process has at the end of its fields table; labels are the checklist's (CON-24, CON-29 …). */
#define ORDER_FIELDS                                                                                                        \
    {"order_scan", N_("Order"), FIELD_FILE, SEVERAL | NEW_GROUP, .required_when = order_needs_scan},                         \
    {"order_number", N_("Order number"), FIELD_TEXT, REQUIRED, .max = 30, .hint = N_("The next free number of this journal")}, \
    {"order_date", N_("Order date"), FIELD_DATE, REQUIRED | FUTURE_NO},                                                     \
    {"order_summary", N_("Summary"), FIELD_TEXT, REQUIRED | WIDE, .max = 500}

/* What a process' orders are: process.detail points to one. */
struct order_series {
    const char *journal; /* code of order_journal_codes: numbers run within it and the calendar year */
    const char *kind;    /* code of order_kind_codes */
    const char *day;     /* name of the field with the day of effect; NULL, or empty in the form = the order's date */
};

/* The step after the form where the organisation wants a second person to confirm its orders. */
#define ORDER_CONFIRM_STEP                                                                                                          \
    {.id = "confirm", .title = N_("Confirmation"), .kind = STEP_CONFIRM, .who = &confirm_orders, .when = order_needs_second_person,    \
     .when_words = N_("by the setting of the organisation"), .outcomes = {OUTCOME_ACCEPT, OUTCOME_RETURN, OUTCOME_REFUSE}}

/* The members that are the same in each order process. */
#define ORDER_PROCESS .reserve = order_reserve, .release = order_release, .paper = ORDER_PAPER

/* For process.begin: today's date and the next free number of the journal (or the reserved one); whether a second person confirms. */
NEOERR *order_begin(struct process_run *run);
/* For process.check: scans checked and clean, the number free. */
NEOERR *order_check(struct process_run *run);
/* For ORDER_FIELDS: unless the organisation attaches its scans later. (G3) */
bool order_needs_scan(const struct form_data *form);
/* For the .when of a confirmation: the organisation wants a second person. */
bool order_needs_second_person(const struct process_run *run);
/* The scans of the field "order_scan": there, checked and clean; in the order's row, after those it has. */
NEOERR *order_check_scans(struct form_data *form);
NEOERR *order_add_scans(struct db *db, struct form_data *form, int64_t order);
/* For process.apply: makes the order, or signs the reserved one; run->order. */
NEOERR *order_take(struct db *db, struct process_run *run);
/* Of ORDER_PROCESS: a draft reserves its number; what is cancelled or refused releases it. */
NEOERR *order_reserve(struct db *db, struct process_run *run);
NEOERR *order_release(struct db *db, struct process_run *run, const char *reason);
/* For process.will: "Order № 121-у goes into the journal of orders". */
NEOERR *order_will(struct process_run *run);

/* The day on which it takes effect; year 0 while neither field says one. */
struct date order_day(const struct process_run *run);

/* What orders of a kind say, in the language in use: the organisation's words or the usual ones; names of fields in braces. */
NEOERR *order_text(struct request *rq, const char *kind, const char **words);

/* What such a name stands for: a field of the process' form; NULL = none. */
const struct field *order_field(const struct process *process, const char *name);

/* The pages where an organisation writes them. */
NEOERR *order_texts_page(struct request *rq, struct response *rs);
NEOERR *order_text_page(struct request *rq, struct response *rs);
extern const struct form order_text_form;

/* process.paper of order processes: the order as it is printed to be signed. */
#define ORDER_PAPER "order-print"
NEOERR *order_print_page(struct request *rq, struct response *rs);
extern const struct output order_output;

/* The head of the organisation on a day: who signs; "" for none. */
NEOERR *order_signer(struct request *rq, struct date on, const char **name);

/* "Order № 7-у of 1 October 2026". */
const char *order_words(struct request *rq, const char *number, struct date dated);

/* For .dependents and .undone of a ledger: the statement binds the organisation, the order and a limit; say makes the words of a row. */
typedef const char *order_say_fn(struct request *rq, const struct db_row *row);
NEOERR *order_tell(struct request *rq, const char *sql, int64_t order, size_t limit, order_say_fn *say, ledger_tell_fn *tell, void *data);

/* ERROR_NOT_FOUND when the organisation has no such order. */
NEOERR *order_exists(struct request *rq, int64_t order);

/* .sample of a route with an {order}. */
const char *const *order_sample(struct db *db, struct pool *pool, int64_t org);

extern const struct process cancel_order;
extern const struct area office_area;

#endif
