/* auth_lock.c: how often somebody may guess: failures of a login from one address, and of the address alone. */
#include "engine/auth_private.h"

#include <string.h>

static const char WINDOW_OF_LOGIN[] =
    "SELECT COUNT(*), MIN(at) FROM (SELECT at FROM sign_in_failure WHERE login = ? AND address = ? AND at > ? ORDER BY at DESC LIMIT ?) newest";
static const char WINDOW_OF_ADDRESS[] =
    "SELECT COUNT(*), MIN(at) FROM (SELECT at FROM sign_in_failure WHERE address = ? AND at > ? ORDER BY at DESC LIMIT ?) newest";

struct window {
    int64_t count, oldest;
};

static NEOERR *take_window(void *data, const struct db_row *row)
{
    struct window *window = data;
    window->count = db_get_int(row, 0);
    window->oldest = db_get_time(row, 1);
    return STATUS_OK;
}

/* Seconds until the oldest of the failures that count leaves the window. */
static int seconds_left(const struct window *window, int64_t now)
{
    int64_t until = window->oldest + (int64_t)AUTH_LOCK_MINUTES * 60 * 1000;
    return until > now ? (int)((until - now + 999) / 1000) : 1;
}

NEOERR *lock_check(struct request *rq, const char *login, int *wait_seconds)
{
    int64_t now = clock_now(), since = now - (int64_t)AUTH_LOCK_MINUTES * 60 * 1000;
    const char *address = rq->http->remote_address;
    struct window of_login, of_address;
    *wait_seconds = 0;
    TRY(db_one(rq->db, WINDOW_OF_LOGIN, DB_VALUES(DB_TEXT(login), DB_TEXT(address), DB_TIME(since), DB_INT(AUTH_LOCK_FAILURES)), take_window, &of_login));
    TRY(db_one(rq->db, WINDOW_OF_ADDRESS, DB_VALUES(DB_TEXT(address), DB_TIME(since), DB_INT(AUTH_ADDRESS_FAILURES)), take_window, &of_address));
    if (of_login.count >= AUTH_LOCK_FAILURES)
        *wait_seconds = seconds_left(&of_login, now);
    else if (of_address.count >= AUTH_ADDRESS_FAILURES)
        *wait_seconds = seconds_left(&of_address, now);
    return STATUS_OK;
}

static const char FORGET_OLD[] =
    "DELETE FROM sign_in_failure WHERE address = ? AND at < ?";
static const char ADD_FAILURE[] =
    "INSERT INTO sign_in_failure (login, address, at) VALUES (?, ?, ?)";

NEOERR *lock_failure(struct request *rq, const char *login)
{
    const char *address = rq->http->remote_address;
    int64_t now = clock_now(), before = now - (int64_t)AUTH_LOCK_MINUTES * 60 * 1000;
    TRY(db_exec(rq->db, FORGET_OLD, DB_VALUES(DB_TEXT(address), DB_TIME(before)), NULL, NULL));
    return nerr_pass(db_exec(rq->db, ADD_FAILURE, DB_VALUES(DB_TEXT(login), DB_TEXT(address), DB_TIME(now)), NULL, NULL));
}

static const char FORGET[] =
    "DELETE FROM sign_in_failure WHERE login = ? AND address = ?";

NEOERR *lock_forget(struct db *db, const struct request *rq, const char *login)
{
    return nerr_pass(db_exec(db, FORGET, DB_VALUES(DB_TEXT(login), DB_TEXT(rq->http->remote_address)), NULL, NULL));
}
