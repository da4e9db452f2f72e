/* fixture.h: a private MariaDB for a test program: started once, migrated, emptied before each test, gone at the end.
 *
 * It listens on a socket in a temporary folder only, and dies with the test program, however that ends. Check forks each
 * test: the server is shared, the connection is made anew in each.
 */
#ifndef MEKTEP_FIXTURE_H
#define MEKTEP_FIXTURE_H

#include "engine/request.h"

#include <check.h>

/* Every test of the case finds the schema with the register of territories and nothing else. */
void fixture_add(TCase *tcase);

/* Without the database: errors, secrets, texts and the pool only. */
void fixture_add_plain(TCase *tcase);

/* The configuration: database, an empty files folder, templates and other paths of the source tree. */
struct config *fixture_config(void);

/* The program's account, with the rights of grants.list and no more; opened at first use, closed with the test. */
struct db *fixture_db(void);

/* The schema's account: for a test that breaks what the program could not. */
struct db *fixture_schema_db(void);

/* Closes what the test opened: the end of each test, which fixture_add adds; for a case that needs no database, too. */
void fixture_end(void);

/* A pool that is freed with the test. */
struct pool *fixture_pool(void);

/* A GET request in that organisation (0 = outside) in English, by the account 1, without a view; ends with the test. */
struct request *fixture_request(int64_t org);

/* Makes the database go away as if its server had ended, and come back; it is back for the next test in any case. */
void fixture_database_gone(void);
void fixture_database_back(void);

/* Deletes what earlier tests stored; fixture_add calls it before each. */
void fixture_reset(void);

/* Fails the test with the error's trace unless it is STATUS_OK. */
#define fixture_ok(call) fixture_ok_(call, #call, __FILE__, __LINE__)
void fixture_ok_(NEOERR *error, const char *call, const char *file, int line);

/* Fails the test unless the call gives an error of that type; frees it. */
#define fixture_fails(call, type) fixture_fails_(call, type, #call, __FILE__, __LINE__)
void fixture_fails_(NEOERR *error, NERR_TYPE type, const char *call, const char *file, int line);

#endif
