/* page.h: the frame of every page: header, menus, breadcrumbs, flash, footer; and pages for errors. */
#ifndef MEKTEP_PAGE_H
#define MEKTEP_PAGE_H

#include "engine/request.h"

/* Says which template shows the page and its title. Call first; the rest of Page.* is filled by page_finish before rendering. */
NEOERR *page_begin(struct request *rq, struct response *rs, const char *template_name, const char *title);
NEOERR *page_facts(struct request *rq, const char *facts);      /* the grey line beside the title */
/* One more fact after those: words and a name, "class teacher X"; address NULL = the name leads nowhere. */
NEOERR *page_fact(struct request *rq, const char *words, const char *name, const char *address);
NEOERR *page_crumb(struct request *rq, const char *text, const char *address); /* address NULL = where one is */
/* A record, and what is done with it on this page; last NULL = this is the record's own page. */
NEOERR *page_crumb_record(struct request *rq, const char *name, const char *address, const char *last);
NEOERR *page_tab(struct request *rq, const char *label, const char *address, bool current, const char *count); /* count may be NULL */
NEOERR *page_action(struct request *rq, const char *label, const char *address, const char *icon, bool primary);
NEOERR *page_operation(struct request *rq, const char *label, const char *address); /* in «Операции ▾» */
NEOERR *page_operation_save(struct request *rq); /* «Сохранить» there: the button of the form of form.cs */
NEOERR *page_menu(struct request *rq, const char *second_id);   /* which menu item is current: "contingent" */

/* Page.* that layout.cs needs: title lang languages.N menu top second goto person org year crumbs csrf flash tasks help. */
NEOERR *page_finish(struct request *rq, struct response *rs);

/* What can be wrong with a request, each with its own page. */
enum page_fault {
    FAULT_NOT_FOUND, FAULT_DENIED, FAULT_INPUT, FAULT_METHOD, FAULT_FORGED, FAULT_TOO_BIG, FAULT_CONFLICT,
    FAULT_UNCERTAIN, FAULT_BUSY, FAULT_UNAVAILABLE, FAULT_FULL, FAULT_OURS,
};

/* Puts the page of a fault in place of whatever the request had made so far: error.cs with
 * Error.{status,title,words,number} and for FAULT_DENIED Error.{permission,reach} Error.may.N.role Error.held.N.role. Never fails. */
void page_fault(struct request *rq, struct response *rs, enum page_fault fault);

/* Turns an error into the page of its fault; consumes the error, logs what is ours. Never fails. */
void page_error(struct request *rq, struct response *rs, NEOERR *error);

/* Reads static_dir/manifest, lines "name hashed-name", into worker->statics: mektep.css is css, mektep.js is js, others go by
 * their name without its endings (htmx.min.js is htmx). */
NEOERR *page_statics(struct worker *worker);

#endif
