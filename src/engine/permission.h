/* permission.h: roles, permissions and scopes: who may do what, where. Rows stand in the areas' tables. (AUTH-02, AUTH-11) */
#ifndef MEKTEP_PERMISSION_H
#define MEKTEP_PERMISSION_H

#include "base/error.h"

/* How far a right reaches; a person's scopes for one permission are a set of these bits. */
enum scope {
    SCOPE_SELF = 1 << 0,         /* one's own file */
    SCOPE_OWN_CHILD = 1 << 1,
    SCOPE_OWN_LESSON = 1 << 2,
    SCOPE_OWN_CLASS = 1 << 3,    /* classes led as class teacher, curator or master */
    SCOPE_ORGANISATION = 1 << 4,
    SCOPE_TERRITORY = 1 << 5,    /* organisations of the territory, counts without names unless the permission says otherwise */
    SCOPE_ALL = 1 << 6,
};

enum role_level { LEVEL_INSTALLATION, LEVEL_TERRITORY, LEVEL_ORGANISATION };

struct role {
    const char *id;    /* "secretary"; stored in role_grant */
    const char *label; /* msgid */
    enum role_level level;
    bool administrative; /* needs a second factor where the installation asks for it */
    bool derived;        /* not granted by hand: follows from other data (pupil, parent) */
};

struct permission {
    const char *id;    /* "move-pupils" */
    const char *label; /* msgid: what one may do: "Move pupils by order" */
    struct grant {
        const char *role;
        enum scope scope;
    } grants[24];        /* ends with role NULL */
};

#endif
