/* person.h: the directory of persons: one row per human, with the system number that is the login. */
#ifndef MEKTEP_PERSON_H
#define MEKTEP_PERSON_H

#include "engine/area.h"

struct person {
    int64_t id;
    const char *surname, *given, *patronymic; /* patronymic "" for none */
    const char *iin;                          /* NULL = none */
    struct date born;                         /* year 0 = not known */
    const char *sex;                          /* "M" "F" or NULL */
    const char *login;                        /* 12 digits */
};

/* Sort and search keys of a full name, as every table of people keeps them. */
struct name_keys {
    unsigned char sort[400];
    size_t sort_length;
    const char *fold;
};
void name_keys_make(struct pool *pool, const char *surname, const char *given, const char *patronymic, struct name_keys *keys);
#define DB_SORT_KEY(keys) DB_BYTES((keys).sort, (keys).sort_length)

/* Adds a person with a new login, inside a transaction; person->id and ->login are set. ERROR_CONFLICT: the IIN is there already. */
NEOERR *person_add(struct db *db, struct pool *pool, struct person *person);

/* Writes all but the login of a person who is there, inside a transaction. */
NEOERR *person_save(struct db *db, struct pool *pool, const struct person *person);

NEOERR *person_load(struct db *db, struct pool *pool, int64_t id, struct person *person);

/* Calls use for people who are likely the same: the same IIN, or the same folded name and birth date; at most ten. */
NEOERR *person_find_same(struct db *db, struct pool *pool, const struct person *like, NEOERR *(*use)(void *data, const struct person *found), void *data);

#endif
