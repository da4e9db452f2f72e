/* auth_private.h: between the files of auth and session; not for others. */
#ifndef MEKTEP_AUTH_PRIVATE_H
#define MEKTEP_AUTH_PRIVATE_H

#include "base/crypto.h"
#include "engine/auth.h"
#include "engine/place.h"

/* Fills session.roles, .orgs, .home_org and .home_territory. kept_version and territories are as place_load has them. */
NEOERR *auth_roles_load(struct request *rq, int64_t roles_version, int64_t kept_version, const int64_t territories[TERRITORY_LEVELS]);

/* ---- sessions (session.c) ---- */

/* In a transaction: a session of the account with a new token; the session of the request, if any, ends. */
NEOERR *session_open(struct db *db, const struct request *rq, int64_t account, char token[CRYPTO_TOKEN_SIZE]);
/* Gives the browser the token of its session, or of a sign-in that waits for a code; NULL takes it away. */
void session_cookie(const struct request *rq, struct response *rs, const char *token);
void pending_cookie(const struct request *rq, struct response *rs, const char *token);
/* The token of a waiting sign-in as it is stored; false when there is none that could be one. */
bool pending_hash(const struct request *rq, unsigned char hash[CRYPTO_HASH_BYTES]);
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
    bool has_factor;      /* the password alone does not do */
};

/* The account of a login as people type it (zeros in front may be left out); account->id 0 when there is none. */
NEOERR *account_find(struct request *rq, const char *typed, struct account *account);
NEOERR *account_load(struct request *rq, int64_t id, struct account *account);

/* ---- lockout (auth_lock.c) ---- */

/* *wait_seconds > 0: too many failures of this login from this address, or of this address; nothing may be tried till then. */
NEOERR *lock_check(struct request *rq, const char *login, int *wait_seconds);
NEOERR *lock_failure(struct request *rq, const char *login);
NEOERR *lock_forget(struct db *db, const struct request *rq, const char *login);

/* ---- the second factor (auth_totp.c, auth_factor.c) ---- */

enum { TOTP_SECRET_BYTES = 20, TOTP_CODE_SIZE = 7, FACTOR_CODES = 10 };

/* The number of the step of 30 s that an instant lies in, and the code of a step. */
int64_t totp_step(int64_t at);
NEOERR *totp_code(const unsigned char secret[TOTP_SECRET_BYTES], int64_t step, char code[TOTP_CODE_SIZE]);
/* The step whose code was typed, of the present one and its two neighbours; 0 when it is none of theirs. */
NEOERR *totp_match(const unsigned char secret[TOTP_SECRET_BYTES], const char typed[TOTP_CODE_SIZE], int64_t *step);
/* The secret as people copy it (RFC 4648, base32). */
NEOERR *totp_text(struct pool *pool, const unsigned char secret[TOTP_SECRET_BYTES], const char **text);

struct factor {
    enum { FACTOR_NONE, FACTOR_OFFERED, FACTOR_ON } state; /* an offer that nobody took up in AUTH_OFFER_MINUTES is none */
    int64_t confirmed_at;
    int codes_left;
    const char *codes; /* the recovery codes one after another, while they may be seen; else NULL */
    unsigned char secret[TOTP_SECRET_BYTES];
};
NEOERR *factor_load(struct request *rq, int64_t account, struct factor *factor);

/* Takes a code of the app or a recovery code, each once, in any spelling; in the transaction of what it allows. */
enum factor_use { FACTOR_WRONG, FACTOR_RIGHT, FACTOR_RECOVERED };
NEOERR *factor_use(struct db *db, struct request *rq, int64_t account, const char *typed, enum factor_use *use);

/* What the person of the session does with it, each in a transaction. */
NEOERR *factor_offer(struct db *db, struct request *rq);     /* a new secret */
NEOERR *factor_confirm(struct db *db, struct request *rq);   /* it is on from now; other sessions end; recovery codes are made */
NEOERR *factor_new_codes(struct db *db, struct request *rq);
NEOERR *factor_hide_codes(struct db *db, struct request *rq);

/* "7km4p-xw2ra" as it was made: capitals and digits without hyphens and spaces. */
char *plain_code(struct pool *pool, const char *typed);

/* ---- forms and pages ---- */

extern const struct field password_fields[]; /* new password, twice; ends with .name NULL */
/* Says no with form_error when the new password of password_fields is not good enough, or its repetition differs. */
NEOERR *password_check(struct form_data *form, const char *login, const char *full_name);

/* Says no at the field "current" when it is not the account's password, or too much has been guessed. */
NEOERR *current_password_check(struct form_data *form, const struct account *account);

/* The password was right, or a slip's code: opens a session, or asks for the second factor of an account that has one. With
 * change in the same transaction; then leads to next. */
NEOERR *sign_in_as(struct request *rq, struct response *rs, const struct account *account, db_change_fn *change, void *data, const char *next);
/* Opens the session whatever the account has. */
NEOERR *sign_in_open(struct request *rq, struct response *rs, const struct account *account, db_change_fn *change, void *data, const char *next);
/* The same with a session still to come: the browser gets a short-lived token for the page that asks for the code. */
NEOERR *sign_in_ask_code(struct request *rq, struct response *rs, const struct account *account, db_change_fn *change, void *data, const char *next);
/* An audit row of what the account did before it had a session. */
NEOERR *sign_in_audit(struct db *db, struct request *rq, int64_t account, const char *action);

/* The pages of people who have not signed in yet: as they are, with what is wrong, or when to come again. */
NEOERR *sign_in_show(struct request *rq, struct response *rs, const char *template_name, const char *title, struct form_data *form);
NEOERR *sign_in_refuse(struct request *rq, struct response *rs, const char *template_name, const char *title, struct form_data *form);
NEOERR *sign_in_lock(struct request *rq, struct response *rs, const char *template_name, const char *title, struct form_data *form, int seconds);
/* Where they wanted to go: the field or query "next", when it is a page of this program. */
const char *sign_in_next(const struct request *rq);

/* next when it is the address of a page of this program, else "/". */
const char *local_address(const struct request *rq, const char *next);

NEOERR *auth_sign_in_page(struct request *rq, struct response *rs);
NEOERR *auth_sign_in_post_page(struct request *rq, struct response *rs);
NEOERR *auth_code_page(struct request *rq, struct response *rs);
NEOERR *auth_code_post_page(struct request *rq, struct response *rs);
NEOERR *auth_factor_page(struct request *rq, struct response *rs);
NEOERR *auth_factor_post_page(struct request *rq, struct response *rs);
NEOERR *auth_sign_out_post_page(struct request *rq, struct response *rs);
NEOERR *auth_activate_page(struct request *rq, struct response *rs);
NEOERR *auth_activate_post_page(struct request *rq, struct response *rs);
NEOERR *auth_profile_page(struct request *rq, struct response *rs);
NEOERR *auth_password_post_page(struct request *rq, struct response *rs);
NEOERR *auth_session_end_post_page(struct request *rq, struct response *rs);
NEOERR *auth_language_post_page(struct request *rq, struct response *rs);
NEOERR *auth_why_page(struct request *rq, struct response *rs);

#endif
