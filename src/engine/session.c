/* session.c: who is asking: from the cookie to account, person, place and roles; sessions are opened and ended. */
#include "engine/session.h"

#include "base/name.h"
#include "engine/auth_private.h"
#include "engine/place.h"

#include <stdlib.h>
#include <string.h>

enum {
    SEEN_MILLISECONDS = 60 * 1000, MINUTE = 60 * 1000, HOUR = 60 * MINUTE,
    KEPT_DAYS = 30, /* an ended session is known that long: a form posted with it is kept */
    LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600,
};

static const char LANGUAGE_COOKIE[] = "mektep-language";

/* ---- cookies ---- */

const char *auth_cookie_name(const struct config *config)
{
    static char name[24];
    const char *port = strrchr(config->base_url, ':');
    if (config_is_tls(config))
        return "__Host-mektep";
    snprintf(name, sizeof name, "mektep-%d", port != NULL ? atoi(port + 1) : 0);
    return name;
}

static void token_cookie(const struct request *rq, struct response *rs, const char *name, const char *token)
{
    const char *secure = config_is_tls(rq->worker->config) ? "; Secure" : "", *end = token == NULL ? "; Max-Age=0" : "";
    http_header(rq->pool, &rs->http, "Set-Cookie",
                pool_printf(rq->pool, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, token != NULL ? token : "", secure, end));
}

void session_cookie(const struct request *rq, struct response *rs, const char *token)
{
    token_cookie(rq, rs, auth_cookie_name(rq->worker->config), token);
}

static const char *pending_cookie_name(const struct request *rq)
{
    return pool_printf(rq->pool, "%s-code", auth_cookie_name(rq->worker->config));
}

void pending_cookie(const struct request *rq, struct response *rs, const char *token)
{
    token_cookie(rq, rs, pending_cookie_name(rq), token);
}

void language_cookie(const struct request *rq, struct response *rs, enum language language)
{
    http_header(rq->pool, &rs->http, "Set-Cookie",
                pool_printf(rq->pool, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s; Max-Age=%d", LANGUAGE_COOKIE, language_codes[language],
                            config_is_tls(rq->worker->config) ? "; Secure" : "", LANGUAGE_COOKIE_SECONDS));
}

/* The cookie's, or the first of ours that the browser asks for. */
static enum language language_of_browser(const struct request *rq)
{
    enum language language;
    const char *place, *first = NULL;
    if (language_from_code(http_cookie(rq->pool, rq->http->cookies, LANGUAGE_COOKIE), &language))
        return language;
    language = LANG_KK;
    for (enum language row = 0; row < LANGUAGES; row++) {
        place = rq->http->accept_language != NULL ? strstr(rq->http->accept_language, language_codes[row]) : NULL;
        if (place != NULL && (first == NULL || place < first)) {
            first = place;
            language = row;
        }
    }
    return language;
}

/* ---- loading ---- */

/* The session, its account and person, whether a second factor is there and required, and the version of what is kept of places. */
static const char LOAD[] =
    "SELECT s.id, s.account_id, s.csrf, s.made_at, s.seen_at, s.ended_at, s.waiting_tasks, s.tasks_counted_at, s.flash_kind, s.flash,"
    " a.person_id, a.language, a.roles_version, a.blocked_at, p.login, p.surname, p.given, p.patronymic, f.confirmed_at, v.value, k.version "
    "FROM session s "
    "JOIN account a ON a.id = s.account_id "
    "JOIN person p ON p.id = a.person_id "
    "LEFT JOIN kept_version k ON k.id = 1 "
    "LEFT JOIN second_factor f ON f.account_id = a.id "
    "LEFT JOIN setting_value v ON v.org_id = 0 AND v.setting_key = 'second_factor.required' "
    "WHERE s.token_hash = ?";

enum load_column {
    SESSION_ID, ACCOUNT_ID, CSRF, MADE_AT, SEEN_AT, ENDED_AT, WAITING_TASKS, TASKS_COUNTED_AT, FLASH_KIND, FLASH,
    PERSON_ID, LANGUAGE, ROLES_VERSION, BLOCKED_AT, LOGIN, SURNAME, GIVEN, PATRONYMIC, CONFIRMED_AT, REQUIRED_VALUE, KEPT_VERSION,
};

struct loading {
    struct request *rq;
    int64_t seen_at, roles_version, kept_version;
    bool is_required; /* a second factor, of administrative roles */
};

static bool has_lapsed(const struct db_row *row, int64_t now)
{
    return db_get(row, ENDED_AT) != NULL || now - db_get_time(row, SEEN_AT) > (int64_t)AUTH_IDLE_MINUTES * MINUTE ||
           now - db_get_time(row, MADE_AT) > (int64_t)AUTH_ABSOLUTE_HOURS * HOUR;
}

static void take_person(struct request *rq, const struct db_row *row)
{
    struct session *session = &rq->session;
    const char *surname = db_get(row, SURNAME), *given = db_get(row, GIVEN), *patronymic = db_get(row, PATRONYMIC);
    session->id = db_get_int(row, SESSION_ID);
    session->account = db_get_int(row, ACCOUNT_ID);
    session->person = db_get_int(row, PERSON_ID);
    session->login = pool_strdup(rq->pool, db_get(row, LOGIN));
    session->full_name = name_full(rq->pool, surname, given, patronymic);
    session->short_name = name_short(rq->pool, surname, given, patronymic);
    session->has_factor = db_get(row, CONFIRMED_AT) != NULL;
    session->waiting_tasks = (int)db_get_int(row, WAITING_TASKS);
    session->tasks_counted_at = db_get_time(row, TASKS_COUNTED_AT);
    session->flash_kind = pool_strdup(rq->pool, db_get(row, FLASH_KIND));
    session->flash = pool_strdup(rq->pool, db_get(row, FLASH));
}

static NEOERR *take_session(void *data, const struct db_row *row)
{
    struct loading *loading = data;
    struct request *rq = loading->rq;
    if (db_get(row, BLOCKED_AT) != NULL)
        return STATUS_OK;
    snprintf(rq->session.csrf, sizeof rq->session.csrf, "%s", db_get(row, CSRF));
    if (language_from_code(db_get(row, LANGUAGE), &rq->session.language))
        rq->language = rq->session.language; /* of a lapsed session, too: for the page that asks to sign in */
    if (has_lapsed(row, clock_now())) {
        rq->session.lapsed_account = db_get_int(row, ACCOUNT_ID);
        return STATUS_OK;
    }
    take_person(rq, row);
    loading->seen_at = db_get_time(row, SEEN_AT);
    loading->is_required = strcmp(db_get_or(row, REQUIRED_VALUE, ""), "1") == 0;
    loading->roles_version = db_get_int(row, ROLES_VERSION);
    loading->kept_version = db_get_int(row, KEPT_VERSION);
    return STATUS_OK;
}

static const char SEEN[] =
    "UPDATE session SET seen_at = ? WHERE id = ?";

static NEOERR *note_seen(struct request *rq, int64_t seen_at)
{
    int64_t now = clock_now();
    if (now - seen_at < SEEN_MILLISECONDS)
        return STATUS_OK;
    return nerr_pass(db_exec(rq->db, SEEN, DB_VALUES(DB_TIME(now), DB_INT(rq->session.id)), NULL, NULL));
}

/* A cookie's token as it is stored; false when there is none that could be one. */
static bool token_hash(const struct request *rq, const char *name, unsigned char hash[CRYPTO_HASH_BYTES])
{
    const char *token = http_cookie(rq->pool, rq->http->cookies, name);
    if (token == NULL || strlen(token) != CRYPTO_TOKEN_SIZE - 1)
        return false;
    crypto_sha256(token, strlen(token), hash);
    return true;
}

bool pending_hash(const struct request *rq, unsigned char hash[CRYPTO_HASH_BYTES])
{
    return token_hash(rq, pending_cookie_name(rq), hash);
}

NEOERR *auth_load(struct request *rq)
{
    struct loading loading = {.rq = rq};
    int64_t territories[TERRITORY_LEVELS] = {0};
    bool found = true;
    unsigned char hash[CRYPTO_HASH_BYTES];
    rq->session = (struct session){0};
    rq->place.time_zone = rq->worker->config->time_zone;
    rq->language = language_of_browser(rq);
    if (!token_hash(rq, auth_cookie_name(rq->worker->config), hash))
        return STATUS_OK;
    TRY(db_each(rq->db, LOAD, DB_VALUES(DB_BYTES(hash, sizeof hash)), take_session, &loading));
    if (rq->session.id == 0)
        return STATUS_OK;
    if (rq->place.org != 0)
        TRY(place_load(rq, loading.kept_version, territories, &found));
    if (!found)
        return nerr_raise(ERROR_NOT_FOUND, "open %s: there is no organisation %lld", rq->http->path, (long long)rq->place.org);
    TRY(auth_roles_load(rq, loading.roles_version, loading.kept_version, territories));
    rq->session.lacks_factor = loading.is_required && rq->session.is_administrative && !rq->session.has_factor;
    return nerr_pass(note_seen(rq, loading.seen_at));
}

/* ---- opening and ending ---- */

static const char FORGET_OLD[] =
    "DELETE FROM session WHERE account_id = ? AND made_at < ?";
static const char OPEN[] =
    "INSERT INTO session (token_hash, account_id, csrf, made_at, seen_at, address, agent) VALUES (?, ?, ?, ?, ?, ?, LEFT(?, 200))";
static const char END_ONE[] =
    "UPDATE session SET ended_at = ? WHERE account_id = ? AND id = ? AND ended_at IS NULL";
static const char END_OTHERS[] =
    "UPDATE session SET ended_at = ? WHERE account_id = ? AND id <> ? AND ended_at IS NULL";

NEOERR *session_end(struct db *db, const struct request *rq, int64_t account, int64_t id)
{
    return nerr_pass(db_exec(db, id != 0 ? END_ONE : END_OTHERS,
                             DB_VALUES(DB_TIME(clock_now()), DB_INT(account), DB_INT(id != 0 ? id : rq->session.id)), NULL, NULL));
}

/* The browser's name for itself: anything may stand there. */
static const char *plain_agent(const struct request *rq)
{
    char *agent = pool_strdup(rq->pool, rq->http->user_agent != NULL ? rq->http->user_agent : "");
    for (char *c = agent; *c != '\0'; c++)
        if (*c < ' ' || *c > '~')
            *c = '?';
    return agent;
}

NEOERR *session_open(struct db *db, const struct request *rq, int64_t account, char token[CRYPTO_TOKEN_SIZE])
{
    unsigned char hash[CRYPTO_HASH_BYTES];
    char csrf[CRYPTO_TOKEN_SIZE];
    int64_t now = clock_now();
    if (rq->session.id != 0)
        TRY(session_end(db, rq, rq->session.account, rq->session.id));
    TRY(db_exec(db, FORGET_OLD, DB_VALUES(DB_INT(account), DB_TIME(now - (int64_t)KEPT_DAYS * 24 * HOUR)), NULL, NULL));
    crypto_token(token);
    crypto_token(csrf);
    crypto_sha256(token, strlen(token), hash);
    return nerr_pass(db_exec(db, OPEN,
                             DB_VALUES(DB_BYTES(hash, sizeof hash), DB_INT(account), DB_TEXT(csrf), DB_TIME(now), DB_TIME(now),
                                       DB_TEXT(rq->http->remote_address), DB_TEXT(plain_agent(rq))),
                             NULL, NULL));
}
