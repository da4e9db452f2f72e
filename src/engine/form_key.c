/* form_key.c: each posted form is done once: a double click, a retry or a repeated POST leads to what the first one did. */
#include "engine/form.h"

#include "base/crypto.h"
#include "engine/route.h"

#include <string.h>

static const char TAKE[] =
    "INSERT INTO form_key (account_id, form_key, made_at) VALUES (?, ?, ?)";
static const char FIND_RESULT[] =
    "SELECT result FROM form_key WHERE account_id = ? AND form_key = ?";
static const char SET_RESULT[] =
    "UPDATE form_key SET result = ? WHERE account_id = ? AND form_key = ?";

NEOERR *form_key_take(struct db *db, struct request *rq, bool *repeated, char **result)
{
    const char *key = request_posted(rq, "form_key");
    *repeated = false;
    *result = NULL;
    if (strlen(key) != CRYPTO_UUID_SIZE - 1)
        return nerr_raise(ERROR_INPUT, "a form was posted without its key");
    NEOERR *error = db_exec(db, TAKE, DB_VALUES(DB_INT(rq->session.account), DB_TEXT(key), DB_TIME(clock_now())), NULL, NULL);
    if (!nerr_handle(&error, ERROR_CONFLICT))
        return nerr_pass(error);
    *repeated = true;
    return nerr_pass(db_string(db, rq->pool, FIND_RESULT, DB_VALUES(DB_INT(rq->session.account), DB_TEXT(key)), result));
}

NEOERR *form_key_result(struct db *db, struct request *rq, const char *result)
{
    const char *key = request_posted(rq, "form_key");
    return nerr_pass(db_exec(db, SET_RESULT, DB_VALUES(DB_TEXT(result), DB_INT(rq->session.account), DB_TEXT(key)), NULL, NULL));
}

/* Where this very post has led already; NULL when it is new. */
static NEOERR *find_done(struct request *rq, char **result)
{
    const char *key = request_posted(rq, "form_key");
    *result = NULL;
    if (*key == '\0')
        return STATUS_OK;
    return nerr_pass(db_string(rq->db, rq->pool, FIND_RESULT, DB_VALUES(DB_INT(rq->session.account), DB_TEXT(key)), result));
}

/* What the first of two clicks has done is what the second one is refused for: by a rule, a warning, a version, a record that is
 * not there any more. An error of ours is none of these. */
static bool may_have_lost(NEOERR *error, const struct response *rs)
{
    static NERR_TYPE *const refusals[] = {&ERROR_NOT_FOUND, &ERROR_DENIED, &ERROR_INPUT, &ERROR_CONFLICT};
    if (error == STATUS_OK)
        return rs->http.status != 303;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (nerr_match(error, *refusals[i]))
            return true;
    return false;
}

NEOERR *form_key_once(struct request *rq, struct response *rs)
{
    char *done;
    TRY(find_done(rq, &done));
    if (done == NULL) {
        NEOERR *error = rq->route->page(rq, rs);
        if (!may_have_lost(error, rs))
            return nerr_pass(error);
        error_release(find_done(rq, &done)); /* what the page said counts more than that nobody could look */
        if (done == NULL)
            return nerr_pass(error);
        error_release(error);
        response_clear(rs);
    }
    return nerr_pass(response_redirect(rq, rs, done));
}

NEOERR *form_key_show(struct request *rq)
{
    char key[CRYPTO_UUID_SIZE];
    crypto_uuid(key);
    return nerr_pass(view_set(rq->hdf, "Form.key", key));
}
