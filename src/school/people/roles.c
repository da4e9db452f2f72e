/* roles.c: roles of people in an organisation: dated grants. (AUTH-02, AUTH-03) */
#include "school/people/people.h"

#include "engine/auth.h"

#include <string.h>

NEOERR *role_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct role *role = (*area)->roles; role != NULL && role->id != NULL; role++)
            if (role->level == LEVEL_ORGANISATION && !role->derived)
                TRY(add(form, &(struct choice){.value = role->id, .label = request_words(form->rq, role->label)}));
    return STATUS_OK;
}

static const char IN_FORCE[] =
    "SELECT GROUP_CONCAT(DISTINCT role ORDER BY role SEPARATOR ',') FROM role_grant"
    " WHERE person_id = ? AND org_id = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)";

NEOERR *roles_of(struct request *rq, int64_t person, char **roles)
{
    struct date today = request_today(rq);
    TRY(db_string(rq->db, rq->pool, IN_FORCE, DB_VALUES(DB_INT(person), DB_INT(rq->place.org), DB_DATE(today), DB_DATE(today)), roles));
    if (*roles == NULL)
        *roles = pool_strdup(rq->pool, "");
    return STATUS_OK;
}

static bool holds(const char *roles, const char *role)
{
    size_t length = strlen(role);
    for (const char *at = roles; (at = strstr(at, role)) != NULL; at += length)
        if ((at == roles || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

static const char END[] =
    "UPDATE role_grant SET valid_to = ? WHERE person_id = ? AND org_id = ? AND role = ? AND (valid_to IS NULL OR valid_to >= ?)";
static const char GIVE[] =
    "INSERT INTO role_grant (person_id, role, org_id, valid_from, granted_by, granted_at) VALUES (?, ?, ?, ?, ?, ?)";

NEOERR *roles_set(struct db *db, struct request *rq, int64_t person, const char *roles)
{
    struct date today = request_today(rq);
    char *now, *rest, *role;
    TRY(roles_of(rq, person, &now));
    rest = pool_strdup(rq->pool, now);
    while ((role = strsep(&rest, ",")) != NULL && role[0] != '\0')
        if (!holds(roles, role))
            TRY(db_exec(db, END,
                        DB_VALUES(DB_DATE(date_add_days(today, -1)), DB_INT(person), DB_INT(rq->place.org), DB_TEXT(role), DB_DATE(today)), NULL, NULL));
    rest = pool_strdup(rq->pool, roles);
    while ((role = strsep(&rest, ",")) != NULL && role[0] != '\0')
        if (!holds(now, role))
            TRY(db_exec(db, GIVE,
                        DB_VALUES(DB_INT(person), DB_TEXT(role), DB_INT(rq->place.org), DB_DATE(today), DB_INT(rq->session.account),
                                  DB_TIME(clock_now())),
                        NULL, NULL));
    return nerr_pass(auth_roles_changed(db, person));
}
