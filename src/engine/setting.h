/* setting.h: the register of settings of organisation and installation. */
#ifndef MEKTEP_SETTING_H
#define MEKTEP_SETTING_H

#include "engine/field.h"

enum setting_whose { SETTING_ORGANISATION, SETTING_INSTALLATION };

struct setting {
    const char *key;      /* "order.second_person" */
    enum setting_whose whose;
    const char *standard; /* value until somebody changes it */
    struct field field;   /* label, kind, choices, hint of its input; field.name is the key with _ for . */
};

/* The value for an organisation (0 = of the installation); the pool owns it. */
NEOERR *setting_get(struct db *db, struct pool *pool, int64_t org, const char *key, const char **value);
/* The ticks that are on there, for setting_is_on: several are asked by one statement. The pool owns it. */
NEOERR *settings_on(struct db *db, struct pool *pool, int64_t org, const char **on);
bool setting_is_on(const char *on, const char *key);

/* GET and POST: the settings of the organisation of the address, or outside one those of the installation. */
NEOERR *setting_page(struct request *rq, struct response *rs);

#endif
