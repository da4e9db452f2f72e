/* form_key.c: each posted form is done once: a double click, a retry or a repeated POST leads to what the first one did. */
#include "engine/form.h"

#include "base/crypto.h"

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

NEOERR *form_key_done(struct request *rq, char **result)
{
    const char *key = request_posted(rq, "form_key");
    return nerr_pass(db_string(rq->db, rq->pool, FIND_RESULT, DB_VALUES(DB_INT(rq->session.account), DB_TEXT(key)), result));
}

NEOERR *form_key_show(struct request *rq)
{
    char key[CRYPTO_UUID_SIZE];
    crypto_uuid(key);
    return nerr_pass(view_set(rq->hdf, "Form.key", key));
}
