/* auth_keep.c: a form that was posted after its session had lapsed: kept for the account, shown again after sign-in. */
#include "engine/auth_private.h"

#include "engine/file.h"

#include <string.h>

enum { KEEP_HOURS = 24, KEEP_MAX = 1024 * 1024 };

static bool is_kept(const struct http_field *field)
{
    return strcmp(field->name, "csrf") != 0 && strcmp(field->name, "form_key") != 0 && strstr(field->name, "password") == NULL;
}

/* What stands for an upload in the form that comes back: the id of its file, which is the account's; "" when it would be refused. */
static NEOERR *keep_upload(struct request *rq, struct upload *upload, const char **value)
{
    const char *refused = NULL;
    int64_t id = 0;
    TRY(file_take(rq, upload, FILE_SCAN, &id, &refused));
    *value = refused == NULL ? pool_printf(rq->pool, "%lld", (long long)id) : "";
    return STATUS_OK;
}

/* name=value&… of what was posted; passwords and keys are not kept. */
static NEOERR *pack(struct request *rq, const char **packed)
{
    *packed = "";
    for (size_t i = 0; i < rq->posted.count; i++) {
        const struct http_field *field = &rq->posted.rows[i];
        const char *value = field->value;
        if (!is_kept(field))
            continue;
        if (field->upload != NULL)
            TRY(keep_upload(rq, field->upload, &value));
        *packed = pool_printf(rq->pool, "%s%s%s=%s", *packed, (*packed)[0] != '\0' ? "&" : "", field->name, http_escape(rq->pool, value));
    }
    return STATUS_OK;
}

static const char FORGET_OLD[] =
    "DELETE FROM form_draft WHERE account_id = ? AND made_at < ?";
static const char KEEP[] =
    "INSERT INTO form_draft (account_id, address, packed, made_at) VALUES (?, ?, ?, ?) "
    "ON DUPLICATE KEY UPDATE packed = VALUES(packed), made_at = VALUES(made_at)";

NEOERR *auth_keep_form(struct request *rq, const char **address)
{
    int64_t now = clock_now(), account = rq->session.lapsed_account;
    const char *packed;
    *address = NULL;
    if (account == 0 || (rq->route->flags & ROUTE_KEPT) == 0 || strlen(rq->http->path) > 250)
        return STATUS_OK;
    TRY(pack(rq, &packed));
    if (strlen(packed) > KEEP_MAX)
        return STATUS_OK;
    TRY(db_exec(rq->db, FORGET_OLD, DB_VALUES(DB_INT(account), DB_TIME(now - (int64_t)KEEP_HOURS * 3600 * 1000)), NULL, NULL));
    TRY(db_exec(rq->db, KEEP, DB_VALUES(DB_INT(account), DB_TEXT(rq->http->path), DB_TEXT(packed), DB_TIME(now)), NULL, NULL));
    *address = route_with(rq->pool, rq->http->path, "kept", "1");
    return STATUS_OK;
}

static const char FIND[] =
    "SELECT packed FROM form_draft WHERE account_id = ? AND address = ? AND made_at > ?";

NEOERR *auth_kept_form(struct request *rq, bool *kept)
{
    int64_t since = clock_now() - (int64_t)KEEP_HOURS * 3600 * 1000;
    char *packed;
    *kept = false;
    if (rq->http->method == HTTP_POST || strcmp(request_query(rq, "kept"), "1") != 0)
        return STATUS_OK;
    TRY(db_string(rq->db, rq->pool, FIND, DB_VALUES(DB_INT(rq->session.account), DB_TEXT(rq->http->path), DB_TIME(since)), &packed));
    if (packed == NULL)
        return STATUS_OK;
    *kept = true;
    return nerr_pass(http_parse_query(rq->pool, packed, strlen(packed), &rq->posted));
}
