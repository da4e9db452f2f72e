/* auth.h: accounts, passwords, activation slips, sessions (DESIGN: Security). */
#ifndef MEKTEP_AUTH_H
#define MEKTEP_AUTH_H

#include "engine/area.h"

enum {
    AUTH_IDLE_MINUTES = 120,       /* a session unused this long ends */
    AUTH_ABSOLUTE_HOURS = 12,
    AUTH_LOCK_FAILURES = 5,        /* per account and address, in AUTH_LOCK_MINUTES */
    AUTH_LOCK_MINUTES = 10,
    AUTH_ADDRESS_FAILURES = 300,   /* per address alone: a school is one address */
    AUTH_CODE_MINUTES = 5,         /* from the right password to the code of the second factor */
    AUTH_CODE_FAILURES = 20,       /* wrong codes for an account, from whatever address, in AUTH_LOCK_MINUTES */
    AUTH_OFFER_MINUTES = 15,       /* an offered second factor must be confirmed, recovery codes can be seen */
    AUTH_SLIP_DAYS = 14,
    AUTH_PASSWORD_MIN = 10,        /* letters; refused: the login, the name, a list of the commonest */
};

/* Fills rq->session, rq->language and the place's names from the cookie, in one statement; no cookie or an unknown one leaves
 * session.id 0. ERROR_NOT_FOUND when the place is no organisation. */
NEOERR *auth_load(struct request *rq);

/* Raises the person's roles_version: every worker reads the roles anew. In the transaction that gives or ends a role, or changes
 * what a role follows from. */
NEOERR *auth_roles_changed(struct db *db, int64_t person);
NEOERR *auth_roles_changed_of(struct db *db, const char *people); /* their ids as JSON: many at once */

/* The name of the session cookie: "__Host-mektep", or "mektep-PORT" without TLS on 127.0.0.1. */
const char *auth_cookie_name(const struct config *config);

/* Makes an account for a person that has none: a login of 12 digits by the system's counter (AUTH-05); no password yet. */
NEOERR *auth_account_new(struct db *db, int64_t person, int64_t *account, char login[13]);

/* The same where the person may have one already, from another organisation: then nothing is done. */
NEOERR *auth_account_need(struct db *db, int64_t person);

/* A new one-time code for an account, valid AUTH_SLIP_DAYS; earlier codes end. Logged in the audit by the caller. */
NEOERR *auth_slip_new(struct db *db, int64_t account, char code[11]);

/* Sets a password without a slip: for mektepctl and demo data. */
NEOERR *auth_password_set(struct db *db, int64_t account, const char *password);

/* Takes the second factor off an account, with its recovery codes; *was_on tells whether there was one. */
NEOERR *auth_factor_end(struct db *db, int64_t account, bool *was_on);

/* Why a new password is not good enough, in words; NULL when it is. */
const char *auth_password_fault(const char *password, const char *login, const char *full_name);

/* A form posted with a session that has lapsed is kept for its account; *address is where it will be shown again, filled, after
 * sign-in (NULL: nothing could be kept). rq->posted is read and its CSRF token was right. */
NEOERR *auth_keep_form(struct request *rq, const char **address);

/* On that address: fills rq->posted with what was kept, *kept tells. It is shown, never applied by itself. */
NEOERR *auth_kept_form(struct request *rq, bool *kept);

/* The pages: sign-in, sign-out, activation, profile with change of password, second factor, own sessions, «why can I not?». */
extern const struct area auth_area;

#endif
