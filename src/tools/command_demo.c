/* command_demo.c: mektepctl demo: made-up data for trying mektep out and for its tests. */
#include "tools/demo.h"
#include "tools/tools.h"

#include "engine/document.h"

#include <stdlib.h>

static const uint64_t SEED = UINT64_C(0x6d656b746570);

size_t demo_random(struct demo *demo, size_t below)
{
    /* xorshift64*: small, and the same on every machine. */
    demo->random ^= demo->random >> 12;
    demo->random ^= demo->random << 25;
    demo->random ^= demo->random >> 27;
    return (size_t)((demo->random * UINT64_C(2685821657736338717)) >> 33) % below;
}

/* ---- people without an organisation ---- */

static const struct {
    const char *role;
    int64_t territory; /* ids of sql/0004: city of Almaty, its Auezov district */
    char sex;
    enum language language;
} officials[] = {
    {"administrator", 0, 'M', LANG_RU},
    {"republic", 0, 'F', LANG_KK},
    {"region", 75000, 'M', LANG_KK},
    {"district", 75131, 'F', LANG_RU},
};
enum { OFFICIALS = sizeof officials / sizeof *officials };

static NEOERR *add_officials(struct demo *demo, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct demo_person person = {.language = officials[i].language, .sex = officials[i].sex, .born = {1975 + 3 * (int)i, 4, 12}};
        TRY(demo_person(demo, &person));
        TRY(demo_role(demo, &person, officials[i].role, 0, officials[i].territory));
        TRY(demo_login(demo, officials[i].role, &person));
    }
    return STATUS_OK;
}

/* ---- the whole ---- */

static const char COUNT_PEOPLE[] = "SELECT COUNT(*) FROM person";

/* The school year begins in September; the new one is prepared from August on. */
static int school_year(struct date today)
{
    return today.month >= 8 ? today.year : today.year - 1;
}

struct filling {
    const struct config *config;
    bool is_empty;
    int number, pupils; /* of one of many schools, for fill_one */
    struct demo demo;
};

/* May run again, so it begins anew each time. */
static NEOERR *fill(struct db *db, void *data)
{
    struct filling *filling = data;
    struct demo *demo = &filling->demo;
    struct date today;
    int64_t people;
    TRY(db_number(db, COUNT_PEOPLE, DB_NO_VALUES, &people, NULL));
    if (people > 0)
        return nerr_raise(ERROR_CONFLICT, "the installation has %lld people already: the demonstration is for an empty one", (long long)people);
    TRY(clock_today(filling->config->time_zone, &today));
    *demo = (struct demo){.db = db, .pool = demo->pool, .config = filling->config, .random = SEED, .year = school_year(today)};
    TRY(add_officials(demo, filling->is_empty ? 1 : OFFICIALS));
    if (filling->is_empty)
        return STATUS_OK;
    TRY(demo_school(demo));
    TRY(demo_college(demo));
    return nerr_pass(demo_import(demo, 0));
}

/* Works on a copy: a second try begins where the first did. */
static NEOERR *fill_one(struct db *db, void *data)
{
    struct filling *filling = data;
    struct demo demo = filling->demo;
    demo.pool = pool_new();
    NEOERR *error = demo_one_of_many(&demo, filling->number, filling->pupils);
    pool_free(demo.pool);
    TRY(error);
    filling->demo.random = demo.random;
    filling->demo.people = demo.people;
    (void)db;
    return STATUS_OK;
}

/* A transaction each: one for a million pupils would not end. */
static NEOERR *fill_all(struct db *db, struct filling *filling, int schools)
{
    TRY(db_run(db, fill, filling));
    for (filling->number = 1; filling->number <= schools; filling->number++)
        TRY(db_run(db, fill_one, filling));
    return STATUS_OK;
}

/* Both or neither; "" is not given. */
static NEOERR *read_sizes(struct tool *tool, const char *schools_given, const char *pupils_given, int *schools, int *pupils)
{
    *schools = atoi(schools_given);
    *pupils = atoi(pupils_given);
    if (*schools_given == '\0' && *pupils_given == '\0')
        return STATUS_OK;
    if (*schools < 1 || *pupils < 1)
        return nerr_pass(tool_usage(tool));
    if (*schools > DEMO_SCHOOLS_MAX || *pupils > DEMO_PUPILS_A_SCHOOL_MAX || (int64_t)*schools * *pupils > DEMO_PUPILS_MAX)
        return nerr_raise(ERROR_INPUT, "at most %d schools of at most %d pupils, %d pupils in all", DEMO_SCHOOLS_MAX, DEMO_PUPILS_A_SCHOOL_MAX,
                          DEMO_PUPILS_MAX);
    return STATUS_OK;
}

NEOERR *command_demo(struct tool *tool)
{
    const char *empty = NULL, *schools_given = "", *pupils_given = "";
    int schools, pupils;
    TRY(tool_read(tool, (const struct tool_option[]){{"empty", &empty, .is_switch = true}, {"schools", &schools_given}, {"pupils", &pupils_given}, {0}},
                  NULL));
    TRY(read_sizes(tool, schools_given, pupils_given, &schools, &pupils));
    if (empty != NULL && schools > 0)
        return nerr_pass(tool_usage(tool));
    struct filling filling = {.config = tool->config, .is_empty = empty != NULL, .pupils = pupils, .demo.pool = tool->pool};
    TRY(doc_init());
    struct db *db = db_new(tool->config, DB_PROGRAM);
    NEOERR *error = fill_all(db, &filling, schools);
    db_free(db);
    TRY(error);
    for (size_t i = 0; i < filling.demo.login_count; i++)
        printf("%s\t%s\t%s\n", filling.demo.logins[i].role, filling.demo.logins[i].login, filling.demo.logins[i].password);
    return STATUS_OK;
}
