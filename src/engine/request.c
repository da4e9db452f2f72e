/* request.c: what page functions ask of a request, and how they answer it. */
#include "engine/request.h"

#include "base/log.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

const char *request_query(const struct request *rq, const char *name)
{
    const char *value = http_get(&rq->query, name);
    return value == NULL ? "" : text_clean(rq->pool, value, false);
}

/* Only digits, at most what an int64_t surely holds. */
static bool read_number(const char *text, int64_t *number)
{
    size_t length = strlen(text);
    if (length == 0 || length > 18 || strspn(text, "0123456789") != length)
        return false;
    *number = strtoll(text, NULL, 10);
    return true;
}

int64_t request_query_number(const struct request *rq, const char *name)
{
    int64_t number;
    return read_number(request_query(rq, name), &number) ? number : 0;
}

const char *request_posted(const struct request *rq, const char *name)
{
    const char *value = http_get(&rq->posted, name);
    return value == NULL ? "" : value;
}

NEOERR *request_id(const struct request *rq, int n, int64_t *id)
{
    const char *text = n >= 0 && n < PATH_IDS_MAX ? rq->ids[n] : NULL;
    if (text == NULL || !read_number(text, id))
        return nerr_raise(ERROR_NOT_FOUND, "read the id %d of the address %s: it is no number", n, rq->http->path);
    return STATUS_OK;
}

void response_clear(struct response *rs)
{
    string_clear(&rs->http.body);
    rs->http.headers = NULL;
    rs->http.accel_path = NULL;
}

NEOERR *response_redirect(struct request *rq, struct response *rs, const char *address)
{
    rs->http.status = 303;
    rs->template_name = NULL;
    http_header(rq->pool, &rs->http, "Location", address);
    return STATUS_OK;
}

static const char KEEP_FLASH[] =
    "UPDATE session SET flash_kind = ?, flash = ? "
    "WHERE id = ?";

NEOERR *response_redirect_with(struct request *rq, struct response *rs, const char *address, const char *kind, const char *words)
{
    TRY(db_exec(rq->db, KEEP_FLASH, DB_VALUES(DB_TEXT(kind), DB_TEXT(words), DB_INT(rq->session.id)), NULL, NULL));
    return nerr_pass(response_redirect(rq, rs, address));
}

struct date request_today(const struct request *rq)
{
    struct date today = {0};
    const char *zone = rq->place.time_zone != NULL ? rq->place.time_zone : rq->worker->config->time_zone;
    NEOERR *error = clock_today(zone, &today);
    if (error == STATUS_OK)
        return today;
    log_error(error); /* a zone that left tzdata: the installation's was checked at the start */
    error_release(error);
    error_release(clock_today(rq->worker->config->time_zone, &today));
    return today;
}

const char *request_words(const struct request *rq, const char *msgid)
{
    return rq->place.kind == ORGANISATION_COLLEGE ? C_("college", msgid) : _(msgid);
}

unsigned request_scopes(const struct request *rq, const struct permission *permission)
{
    unsigned scopes = 0;
    for (const struct role *const *role = rq->session.roles; *role != NULL; role++)
        for (const struct grant *grant = permission->grants; grant->role != NULL; grant++)
            if (strcmp(grant->role, (*role)->id) == 0)
                scopes |= grant->scope;
    return scopes;
}

bool request_may(const struct request *rq, const struct permission *permission)
{
    return request_scopes(rq, permission) != 0;
}
