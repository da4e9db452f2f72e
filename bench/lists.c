/* lists.c: prints every statement that a list can make, in each kind of organisation and for each role that may see it, a line each. */
#include "engine/area.h"
#include "school/areas.h"

#include "base/crypto.h"
#include "base/text.h"

#include <stdio.h>

static const char *list_id;

/* A line break inside a statement is written as SQL writes it in a string. */
static NEOERR *print(void *data, const char *sql)
{
    (void)data;
    printf("%s\t", list_id);
    for (; *sql != '\0'; sql++)
        if (*sql == '\n')
            fputs("\\n", stdout);
        else
            putchar(*sql);
    putchar('\n');
    return STATUS_OK;
}

/* The choices of filters are read from the database. */
static NEOERR *print_as(struct worker *worker, const struct list *list, const struct role *role, enum organisation_kind kind)
{
    const struct http_request http = {.path = "/", .query = ""};
    struct request rq = {.worker = worker, .db = worker->db, .pool = worker->pool, .http = &http, .language = LANG_RU};
    rq.place = (struct place){.org = 1, .year = 2026, .kind = kind, .name = "", .time_zone = "Asia/Almaty"};
    rq.session.id = rq.session.account = rq.session.person = 1;
    rq.session.roles[0] = role;
    list_id = list->id;
    if (request_scopes(&rq, list->permission) == 0)
        return STATUS_OK;
    TRY(hdf_init(&rq.hdf));
    NEOERR *error = list_each_sql(&rq, list, print, NULL);
    hdf_destroy(&rq.hdf);
    return nerr_pass(error);
}

static NEOERR *print_all(struct worker *worker)
{
    for (const struct area *const *area = areas; *area != NULL; area++)
        for (const struct list *const *list = (*area)->lists; list != NULL && *list != NULL; list++)
            for (const struct area *const *of = areas; *of != NULL; of++)
                for (const struct role *role = (*of)->roles; role != NULL && role->id != NULL; role++) {
                    TRY(print_as(worker, *list, role, ORGANISATION_SCHOOL));
                    TRY(print_as(worker, *list, role, ORGANISATION_COLLEGE));
                }
    return STATUS_OK;
}

static NEOERR *run(const char *config_file)
{
    struct config config;
    struct worker worker = {.config = &config, .pool = pool_new()};
    TRY(error_init());
    TRY(crypto_init());
    TRY(text_init());
    TRY(registers_init(areas));
    TRY(config_load(worker.pool, config_file, &config));
    worker.db = db_new(&config, DB_PROGRAM);
    return nerr_pass(print_all(&worker));
}

int main(int argc, char **argv)
{
    NEOERR *error = argc == 2 ? run(argv[1]) : nerr_raise(ERROR_INPUT, "usage: lists CONFIGURATION");
    if (error == STATUS_OK)
        return 0;
    nerr_log_error(error);
    return 1;
}
