/* session.h: who is asking: account, person, roles in force in the organisation of the address. */
#ifndef MEKTEP_SESSION_H
#define MEKTEP_SESSION_H

#include "engine/db.h"
#include "engine/i18n.h"
#include "engine/permission.h"

enum organisation_kind { ORGANISATION_NONE, ORGANISATION_SCHOOL, ORGANISATION_COLLEGE };

/* The organisation and year of the address; id 0 outside an organisation. */
struct place {
    int64_t org;
    enum organisation_kind kind;
    const char *name;      /* in the language of the page */
    const char *names[LANGUAGES]; /* for a document, which may have another */
    const char *time_zone; /* "Asia/Almaty" */
    int64_t territory;
    const char *years;     /* of the organisation, the latest first: "2027,2026"; NULL outside */
    int year;              /* first year of the school year, 2026 = 2026–2027; 0 outside */
};

enum { ROLES_HELD_MAX = 32, SESSION_ORGS_MAX = 16 };

struct session {
    int64_t id;            /* 0: nobody has signed in */
    int64_t lapsed_account; /* with id 0: the token is known, but its session has ended; csrf is that session's */
    int64_t account, person;
    const char *login;
    const char *full_name, *short_name;
    enum language language;
    char csrf[44];
    int waiting_tasks;
    int64_t tasks_counted_at; /* when; 0 = never: counted anew after 60 s and after the person's own writes */
    bool is_administrative; /* holds such a role, wherever */
    bool has_factor;       /* a second factor is on */
    bool lacks_factor;     /* the installation requires one: nothing else can be done before it is on */
    int64_t home_org;      /* where the start page leads; 0 for officials and administrators */
    int64_t home_territory;
    const char *flash_kind, *flash; /* words kept by response_redirect_with for the next page; NULL = none */
    /* Roles in force today in the organisation of the address (territory and installation roles that reach it included). */
    const struct role *roles[ROLES_HELD_MAX + 1];
    /* Organisations where the person has a role of the organisation itself, for the choice in the header. */
    struct session_org {
        int64_t id;
        const char *name;
    } orgs[SESSION_ORGS_MAX];
    size_t org_count;
};

#endif
