/* test_statements.c: every statement of the program and every one a list can make is prepared on the migrated schema. */
#include "app_suites.h"
#include "fixture.h"

#include "engine/permission.h"
#include "school/areas.h"

#include <stdlib.h>
#include <string.h>

/* ---- constants: tests/lint/sql knows how to find them ---- */

struct tally {
    int count, failed;
};

/* Migrations run as the schema's account, all else as the program's: its rights are looked at, too. */
static struct db *account_of(const char *place)
{
    return strstr(place, "/db_migrate.c:") != NULL ? fixture_schema_db() : fixture_db();
}

static void prepare_all(FILE *statements, struct tally *tally)
{
    char *line = NULL;
    size_t size = 0;
    for (; getline(&line, &size, statements) > 0; tally->count++) {
        char *sql = line, *place = strsep(&sql, "\t");
        NEOERR *error = db_prepare_only(account_of(place), sql);
        if (error != STATUS_OK) {
            fprintf(stderr, "%s: %s\n", place, error_message(error));
            tally->failed++;
        }
        error_release(error);
    }
    free(line);
}

START_TEST(every_constant_statement_fits_the_schema_and_the_grants)
{
    struct tally tally = {0};
    FILE *statements = popen(SOURCE_DIR "/tests/lint/sql --list", "r");
    ck_assert_ptr_nonnull(statements);
    prepare_all(statements, &tally);
    ck_assert_int_eq(pclose(statements), 0);
    ck_assert_int_gt(tally.count, 100);
    ck_assert_int_eq(tally.failed, 0);
}
END_TEST

/* ---- lists: in each kind of organisation, with each set of scopes that a role gives ---- */

struct preparing {
    const struct list *list;
    int count;
};

static NEOERR *prepare(void *data, const char *sql)
{
    struct preparing *preparing = data;
    NEOERR *error = db_prepare_only(fixture_db(), sql);
    ck_assert_msg(error == STATUS_OK, "list %s: %s", preparing->list->id, error_message(error));
    preparing->count++;
    return STATUS_OK;
}

static void prepare_as(struct preparing *preparing, const struct role *role, enum organisation_kind kind)
{
    const struct http_request http = {.path = "/1/2026/", .query = ""};
    struct pool *pool = pool_new();
    struct worker worker = {.config = fixture_config(), .db = fixture_db(), .pool = pool};
    struct request rq = {.worker = &worker, .db = fixture_db(), .pool = pool, .http = &http, .language = LANG_RU};
    rq.place = (struct place){.org = 1, .year = 2026, .kind = kind, .name = "", .time_zone = "Asia/Almaty"};
    rq.session.id = rq.session.account = rq.session.person = 1;
    rq.session.roles[0] = role;
    fixture_ok(hdf_init(&rq.hdf));
    fixture_ok(list_each_sql(&rq, preparing->list, prepare, preparing));
    hdf_destroy(&rq.hdf);
    pool_free(pool);
}

static unsigned scopes_of(const struct permission *permission, const struct role *role)
{
    unsigned scopes = 0;
    for (const struct grant *grant = permission->grants; grant->role != NULL; grant++)
        if (strcmp(grant->role, role->id) == 0)
            scopes |= grant->scope;
    return scopes;
}

static void prepare_list(const struct list *list)
{
    struct preparing preparing = {.list = list};
    bool is_done[2 * SCOPE_ALL] = {true}; /* who may nothing never gets here */
    for (const struct area *const *area = areas; *area != NULL; area++)
        for (const struct role *role = (*area)->roles; role != NULL && role->id != NULL; role++) {
            unsigned scopes = scopes_of(list->permission, role);
            if (is_done[scopes])
                continue;
            is_done[scopes] = true;
            prepare_as(&preparing, role, ORGANISATION_SCHOOL);
            prepare_as(&preparing, role, ORGANISATION_COLLEGE);
        }
    ck_assert_msg(preparing.count > 0, "nobody may see the list %s", list->id);
}

START_TEST(every_statement_of_every_list_fits_the_schema_and_the_grants)
{
    int count = 0;
    for (const struct area *const *area = areas; *area != NULL; area++)
        for (const struct list *const *list = (*area)->lists; list != NULL && *list != NULL; list++, count++)
            prepare_list(*list);
    ck_assert_int_gt(count, 0);
}
END_TEST

static void begin(void)
{
    fixture_ok(registers_init(areas));
}

Suite *statements_suite(void)
{
    Suite *suite = suite_create("statements");
    TCase *tcase = tcase_create("statements");
    fixture_add(tcase);
    tcase_set_timeout(tcase, 120);
    tcase_add_checked_fixture(tcase, begin, NULL);
    tcase_add_test(tcase, every_constant_statement_fits_the_schema_and_the_grants);
    tcase_add_test(tcase, every_statement_of_every_list_fits_the_schema_and_the_grants);
    suite_add_tcase(suite, tcase);
    return suite;
}
