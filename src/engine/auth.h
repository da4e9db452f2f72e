/* auth.h: accounts, passwords, activation slips, sessions (DESIGN: Security). */
#ifndef MEKTEP_AUTH_H
#define MEKTEP_AUTH_H

#include "engine/request.h"

enum {
    AUTH_IDLE_MINUTES = 120,       /* a session unused this long ends */
    AUTH_ABSOLUTE_HOURS = 12,
    AUTH_LOCK_FAILURES = 5,        /* per account and address, in AUTH_LOCK_MINUTES */
    AUTH_LOCK_MINUTES = 10,
    AUTH_ADDRESS_FAILURES = 300,   /* per address alone: a school is one address */
    AUTH_SLIP_DAYS = 14,
    AUTH_PASSWORD_MIN = 10,        /* letters; refused: the login, the name, a list of the commonest */
};

/* Fills rq->session, rq->language and the place's names from the cookie, in one statement; no cookie or an unknown one leaves
 * session.id 0. ERROR_NOT_FOUND when the place is no organisation. */
NEOERR *auth_load(struct request *rq);

/* The name of the session cookie: "__Host-mektep", or "mektep-PORT" without TLS on 127.0.0.1. */
const char *auth_cookie_name(const struct config *config);

/* Makes an account for a person that has none: a login of 12 digits by the system's counter (AUTH-05); no password yet. */
NEOERR *auth_account_new(struct db *db, int64_t person, int64_t *account, char login[13]);

/* A new one-time code for an account, valid AUTH_SLIP_DAYS; earlier codes end. Logged in the audit by the caller. */
NEOERR *auth_slip_new(struct db *db, int64_t account, char code[11]);

/* Sets a password without a slip: for mektepctl and demo data. */
NEOERR *auth_password_set(struct db *db, int64_t account, const char *password);

/* Why a new password is not good enough, in words; NULL when it is. */
const char *auth_password_fault(const char *password, const char *login, const char *full_name);

/* Pages: sign-in, sign-out, activation, profile with change of password, own sessions, «why can I not?». */
NEOERR *auth_sign_in_page(struct request *rq, struct response *rs);
NEOERR *auth_sign_in_post_page(struct request *rq, struct response *rs);
NEOERR *auth_sign_out_post_page(struct request *rq, struct response *rs);
NEOERR *auth_activate_page(struct request *rq, struct response *rs);
NEOERR *auth_activate_post_page(struct request *rq, struct response *rs);
NEOERR *auth_profile_page(struct request *rq, struct response *rs);
NEOERR *auth_password_post_page(struct request *rq, struct response *rs);
NEOERR *auth_session_end_post_page(struct request *rq, struct response *rs);
NEOERR *auth_language_post_page(struct request *rq, struct response *rs);
NEOERR *auth_why_page(struct request *rq, struct response *rs);

#endif
