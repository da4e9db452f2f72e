/* auth_why.c: «why can I not?»: what one's roles allow here, and whose roles allow what was asked. (AUTH-02) */
#include "engine/auth_private.h"

#include "engine/page.h"

#include <string.h>

static const struct {
    unsigned scope;
    const char *words;
} reaches[] = {
    {SCOPE_ALL, N_("everywhere")},
    {SCOPE_TERRITORY, N_("in the organisations of the territory")},
    {SCOPE_ORGANISATION, N_("in the whole organisation")},
    {SCOPE_OWN_CLASS, N_("for the classes and groups one leads")},
    {SCOPE_OWN_LESSON, N_("for the classes and groups one teaches")},
    {SCOPE_OWN_CHILD, N_("for one's own children")},
    {SCOPE_SELF, N_("for one's own file")},
};

static const char *reach_words(unsigned scopes)
{
    for (size_t i = 0; i < sizeof reaches / sizeof reaches[0]; i++)
        if ((scopes & reaches[i].scope) != 0)
            return _(reaches[i].words);
    return "";
}

static NEOERR *show_roles(struct request *rq)
{
    for (const struct role *const *role = rq->session.roles; *role != NULL; role++) {
        HDF *out;
        TRY(view_append(rq->hdf, "Why.roles", &out));
        TRY(view_set(out, "label", _((*role)->label)));
    }
    return STATUS_OK;
}

static NEOERR *show_rights(struct request *rq)
{
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct permission *const *row = (*area)->permissions; row != NULL && *row != NULL; row++) {
            unsigned scopes = request_scopes(rq, *row);
            HDF *out;
            TRY(view_append(rq->hdf, scopes != 0 ? "Why.may" : "Why.may_not", &out));
            TRY(view_set(out, "label", _((*row)->label)));
            TRY(view_set(out, "reach", scopes != 0 ? reach_words(scopes) : NULL));
            TRY(view_set(out, "href", scopes == 0 ? route_with(rq->pool, rq->http->path, "permission", (*row)->id) : NULL));
        }
    return STATUS_OK;
}

static NEOERR *show_asked(struct request *rq, const struct permission *permission)
{
    TRY(view_set(rq->hdf, "Why.asked.label", _(permission->label)));
    TRY(view_set(rq->hdf, "Why.asked.have", request_may(rq, permission) ? reach_words(request_scopes(rq, permission)) : NULL));
    for (const struct grant *grant = permission->grants; grant->role != NULL; grant++) {
        const struct role *role = role_find(grant->role);
        HDF *out;
        if (role == NULL)
            continue;
        TRY(view_append(rq->hdf, "Why.asked.roles", &out));
        TRY(view_set(out, "label", _(role->label)));
        TRY(view_set(out, "reach", reach_words(grant->scope)));
    }
    return STATUS_OK;
}

NEOERR *auth_why_page(struct request *rq, struct response *rs)
{
    const char *asked = request_query(rq, "permission");
    const struct permission *permission = asked[0] != '\0' ? permission_find(asked) : NULL;
    if (asked[0] != '\0' && permission == NULL)
        return nerr_raise(ERROR_NOT_FOUND, "explain the permission %s: there is none", asked);
    TRY(page_begin(rq, rs, "why.cs", _("Why can I not?")));
    TRY(page_crumb(rq, _("Why can I not?"), NULL));
    TRY(view_set(rq->hdf, "Why.place", rq->place.name));
    TRY(show_roles(rq));
    if (permission != NULL)
        TRY(show_asked(rq, permission));
    return nerr_pass(show_rights(rq));
}
