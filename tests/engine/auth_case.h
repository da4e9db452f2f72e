/* auth_case.h: people, organisations and requests of theirs, for the tests of accounts. */
#ifndef MEKTEP_AUTH_CASE_H
#define MEKTEP_AUTH_CASE_H

#include "fixture.h"

#include "engine/auth.h"
#include "engine/auth_private.h"

enum { COOKIES_MAX = 200 };

/* Account 21 (person 11, login 504811, in Russian) has the password; 22 has none. Organisations 1 to 3, see auth_case.c. */
extern const char PASSWORD[];
extern struct worker worker;
extern struct http_request http;
extern struct request rq;
extern struct response rs;
extern char cookies[COOKIES_MAX]; /* what the browser sends */

/* The fixture of a case, after fixture_add. */
void auth_begin(void);
void auth_end(void);

/* A request that is not run yet; one whose session is loaded; one whose page is run, in English. */
void begin_request(enum http_method method, const char *path, const char *query, const char *posted);
void load_at(const char *path);
void run(enum http_method method, const char *path, const char *query, const char *posted);

void sign_in(const char *posted);
void sign_in_rightly(void); /* and keeps the cookie */
void keep_cookie(void);

const char *header(const char *name); /* of the answer; "" for none */
const char *shown(const char *name);  /* a value of the page */
int64_t number(const char *sql);
void execute(const char *sql);

#endif
