/* auth_private.h: between the files of auth and session; not for others. */
#ifndef MEKTEP_AUTH_PRIVATE_H
#define MEKTEP_AUTH_PRIVATE_H

#include "base/crypto.h"
#include "engine/auth.h"

enum { TERRITORY_LEVELS = 3 }; /* district, region, republic */

/* Fills session.roles, .orgs, .home_org and .home_territory. territories: the place's and those above it, 0 for none. */
NEOERR *auth_roles_load(struct request *rq, int64_t roles_version, const int64_t territories[TERRITORY_LEVELS]);

/* ---- sessions (session.c) ---- */

/* In a transaction: a session of the account with a new token; the session of the request, if any, ends. */
NEOERR *session_open(struct db *db, const struct request *rq, int64_t account, char token[CRYPTO_TOKEN_SIZE]);
/* Gives the browser the token; NULL takes it away. */
void session_cookie(const struct request *rq, struct response *rs, const char *token);
/* In a transaction or alone: ends one session of the account, or (id 0) all but the request's. */
NEOERR *session_end(struct db *db, const struct request *rq, int64_t account, int64_t id);
/* The language of people who have not signed in. */
void language_cookie(const struct request *rq, struct response *rs, enum language language);

/* ---- accounts (auth_account.c) ---- */

struct account {
    int64_t id, person;
    const char *login;    /* 12 digits, as it was looked for; "" when it can be none */
    const char *password; /* as stored, NULL = not activated */
    const char *full_name;
    bool blocked;
};

/* The account of a login as people type it (zeros in front may be left out); account->id 0 when there is none. */
NEOERR *account_find(struct request *rq, const char *typed, struct account *account);
NEOERR *account_load(struct request *rq, int64_t id, struct account *account);

/* ---- lockout (auth_lock.c) ---- */

/* *wait_seconds > 0: too many failures of this login from this address, or of this address; nothing may be tried till then. */
NEOERR *lock_check(struct request *rq, const char *login, int *wait_seconds);
NEOERR *lock_failure(struct request *rq, const char *login);
NEOERR *lock_forget(struct db *db, const struct request *rq, const char *login);

/* ---- forms and pages ---- */

extern const struct field password_fields[]; /* new password, twice; ends with .name NULL */
/* Says no with form_error when the new password of password_fields is not good enough, or its repetition differs. */
NEOERR *password_check(struct form_data *form, const char *login, const char *full_name);

/* Opens a session in its own transaction with an audit row of the action, and leads to next. */
NEOERR *sign_in_as(struct request *rq, struct response *rs, const struct account *account, const char *action,
                   NEOERR *(*change)(struct db *db, void *data), void *data, const char *next);

/* next when it is the address of a page of this program, else "/". */
const char *local_address(const struct request *rq, const char *next);

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
