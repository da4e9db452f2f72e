/* test_app.c: from a request to its answer: who gets in, what a fault looks like, what reaches the page function. */
#include "app_suites.h"
#include "fixture.h"

#include "app/app.h"
#include "base/crypto.h"
#include "base/log.h"
#include "engine/area.h"
#include "engine/auth.h"
#include "engine/page.h"

#include <string.h>
#include <unistd.h>

/* ---- a tiny area ---- */

static const struct permission see = {.id = "see", .label = "See things", .grants = {{"clerk", SCOPE_ORGANISATION}, {"boss", SCOPE_ORGANISATION}}};
static const struct permission rule = {.id = "rule", .label = "Rule things", .grants = {{"boss", SCOPE_ORGANISATION}}};
static const struct permission *const permissions[] = {&see, &rule, NULL};
static const struct role roles[] = {
    {.id = "clerk", .label = "Clerk", .level = LEVEL_ORGANISATION}, {.id = "boss", .label = "Boss", .level = LEVEL_ORGANISATION}, {0}};

static int pages_run;

static NEOERR *say_page(struct request *rq, struct response *rs)
{
    const struct http_field *scan = http_find(&rq->posted, "scan");
    pages_run++;
    TRY(view_setf(rq->hdf, "Said", "[%s|%s|%s|%zu]", rq->ids[0] == NULL ? "" : rq->ids[0], request_query(rq, "q"), request_posted(rq, "words"),
                  scan == NULL || scan->upload == NULL ? 0 : scan->upload->size));
    return nerr_pass(page_begin(rq, rs, "hello.cs", "A page"));
}

static NEOERR *act_page(struct request *rq, struct response *rs)
{
    pages_run++;
    return nerr_pass(response_redirect_with(rq, rs, route_url(rq, "open"), "ok", "It is done"));
}

static NERR_TYPE *const fault_types[] = {&ERROR_NOT_FOUND, &ERROR_DENIED, &ERROR_INPUT, &ERROR_TOO_BIG, &ERROR_CONFLICT,
                                         &ERROR_UNCERTAIN, &ERROR_RETRY, &ERROR_UNAVAILABLE, &ERROR_INTERNAL, &ERROR_FULL};

/* The other one of two clicks is done while this one is looked at, which is then refused: by a page with
 * the status n, or from 1000 on by an error. */
static bool twin_is_done;

static NEOERR *lose_page(struct request *rq, struct response *rs)
{
    int64_t n;
    pages_run++;
    TRY(request_id(rq, 0, &n));
    if (twin_is_done)
        TRY(db_exec(fixture_schema_db(), "INSERT INTO form_key (account_id, form_key, made_at, result) VALUES (1, ?, '2026-01-01', '/1/2026/things/7')",
                    DB_VALUES(DB_TEXT(request_posted(rq, "form_key"))), NULL, NULL));
    http_header(rq->pool, &rs->http, "X-Secret", "a secret in a header");
    if (n >= 1000)
        return nerr_raise(*fault_types[n - 1000], "refused");
    rs->http.status = (int)n;
    return nerr_pass(page_begin(rq, rs, "hello.cs", "A page"));
}

/* Fails after it has said something nobody may read. */
static NEOERR *fail_page(struct request *rq, struct response *rs)
{
    int64_t n;
    TRY(request_id(rq, 0, &n));
    TRY(view_set(rq->hdf, "Said", "a secret in the data"));
    TRY(page_begin(rq, rs, "hello.cs", "A page"));
    http_header(rq->pool, &rs->http, "X-Secret", "a secret in a header");
    TRY(string_append(&rs->http.body, "a secret in the body"));
    return nerr_raise(*fault_types[n - 1], "a secret in the message");
}

static NEOERR *no_template_page(struct request *rq, struct response *rs)
{
    return nerr_pass(page_begin(rq, rs, "there-is-none.cs", "A page"));
}

static const struct route routes[] = {
    {.id = "home", .path = "/", .page = say_page, .flags = ROUTE_PUBLIC},
    {.id = "sign-in", .path = "/sign-in", .page = say_page, .flags = ROUTE_PUBLIC},
    {.id = "sign-in-post", .method = HTTP_POST, .path = "/sign-in", .page = say_page, .flags = ROUTE_PUBLIC | ROUTE_NO_CSRF},
    {.id = "profile", .path = "/profile", .page = say_page, .flags = ROUTE_ANYBODY},
    {.id = "desk", .path = "/ORG/YEAR", .page = say_page, .permission = &see},
    {.id = "open", .path = "/ORG/YEAR/open", .page = say_page, .permission = &see},
    {.id = "thing", .path = "/ORG/YEAR/things/{thing}", .page = say_page, .permission = &see},
    {.id = "thing-post", .method = HTTP_POST, .path = "/ORG/YEAR/things/{thing}", .page = say_page, .permission = &see, .flags = ROUTE_KEPT},
    {.id = "closed", .path = "/ORG/YEAR/closed", .page = say_page, .permission = &rule},
    {.id = "closed-post", .method = HTTP_POST, .path = "/ORG/YEAR/closed", .page = act_page, .permission = &rule},
    {.id = "act", .method = HTTP_POST, .path = "/ORG/YEAR/act", .page = act_page, .permission = &see},
    {.id = "lose", .method = HTTP_POST, .path = "/ORG/YEAR/lose/{n}", .page = lose_page, .permission = &see},
    {.id = "upload", .method = HTTP_POST, .path = "/ORG/YEAR/upload", .page = say_page, .permission = &see, .flags = ROUTE_UPLOADS},
    {.id = "fail", .path = "/ORG/YEAR/fail/{n}", .page = fail_page, .permission = &see},
    {.id = "no-template", .path = "/ORG/YEAR/no-template", .page = no_template_page, .permission = &see},
    {0},
};
static const struct area test_area = {.id = "test", .routes = routes, .roles = roles, .permissions = permissions};
static const struct area *const test_areas[] = {&test_area, NULL};

/* ---- an installation with one clerk in organisation 1 ---- */

#define TOKEN "0123456789012345678901234567890123456789abc"
#define CSRF "csrf567890123456789012345678901234567890abc"

static struct worker worker;
static struct config config;

static void run(const char *sql)
{
    fixture_ok(db_exec(fixture_schema_db(), sql, DB_NO_VALUES, NULL, NULL));
}

static const char OPEN_SESSION[] =
    "INSERT INTO session (id, token_hash, account_id, csrf, made_at, seen_at, address) "
    "VALUES (1, ?, 1, '" CSRF "', ?, ?, '127.0.0.1')";

static void fill_database(void)
{
    unsigned char hash[CRYPTO_HASH_BYTES];
    run("INSERT INTO organisation (id, uid, territory_id, kind, languages) SELECT 1, 'o1', MIN(id), 'school', 'kk' FROM territory");
    run("INSERT INTO organisation (id, uid, territory_id, kind, languages) SELECT 2, 'o2', MIN(id), 'school', 'kk' FROM territory");
    run("INSERT INTO organisation_name (organisation_id, valid_from, name_kk, name_ru, name_en, fold_key) VALUES"
        " (1, '2000-01-01', 'Біздің мектеп', 'Наша школа', 'Our school', ''), (2, '2000-01-01', 'Бөтен мектеп', 'Чужая школа', 'Alien school', '')");
    run("INSERT INTO person (id, uid, login, surname, given, sort_key, fold_key, key_version) VALUES (1, 'p1', '000000504801', 'Сейітова', 'Айгүл', '', '', 1)");
    run("INSERT INTO account (id, person_id, language, made_at) VALUES (1, 1, 'ru', '2026-01-01')");
    run("INSERT INTO role_grant (person_id, role, org_id, valid_from, granted_at) VALUES (1, 'clerk', 1, '2020-01-01', '2020-01-01')");
    crypto_sha256(TOKEN, strlen(TOKEN), hash);
    fixture_ok(db_exec(fixture_schema_db(), OPEN_SESSION, DB_VALUES(DB_BYTES(hash, sizeof hash), DB_TIME(clock_now()), DB_TIME(clock_now())), NULL, NULL));
}

static void begin(void)
{
    log_set_level(LOG_LEVEL_ERROR);
    fixture_ok(registers_init(test_areas));
    config = *fixture_config();
    config.template_dir = SOURCE_DIR "/tests/app/data/templates";
    config.static_dir = SOURCE_DIR "/tests/app/data/static";
    fixture_ok(worker_init(&worker, &config));
    fill_database();
    pages_run = 0;
    twin_is_done = false;
}

static void end(void)
{
    worker_release(&worker);
}

/* ---- asking ---- */

struct sent_body {
    const char *bytes;
    size_t left;
};

/* A few bytes at a time, as a socket may give them. */
static NEOERR *read_sent(void *transport, char *buffer, size_t size, size_t *got)
{
    struct sent_body *body = transport;
    *got = body->left < 7 ? body->left : 7;
    if (*got > size)
        *got = size;
    if (*got == 0 && size > 0 && body->bytes == NULL)
        return nerr_raise(ERROR_INPUT, "the body broke off");
    if (*got > 0)
        memcpy(buffer, body->bytes, *got);
    body->bytes += *got;
    body->left -= *got;
    return STATUS_OK;
}

struct answer {
    int status;
    const char *body;
    struct http_header *headers;
};

static const char *cookies = "";

static struct answer ask_as(struct http_request request, const char *body)
{
    struct sent_body sent = {body, strlen(body)};
    struct http_response response;
    request.read = read_sent;
    request.transport = &sent;
    request.content_length = strlen(body);
    request.cookies = cookies;
    request.remote_address = "127.0.0.1";
    request.user_agent = request.accept_language = request.if_none_match = "";
    http_response_init(&response);
    app_handle(&worker, fixture_pool(), &request, &response);
    struct answer answer = {response.status, pool_strdup(fixture_pool(), response.body.buf == NULL ? "" : response.body.buf), response.headers};
    http_response_release(&response);
    return answer;
}

static struct answer ask(enum http_method method, const char *path)
{
    return ask_as((struct http_request){.method = method, .path = path, .query = "", .content_type = ""}, "");
}

static struct answer post(const char *path, const char *type, const char *body)
{
    return ask_as((struct http_request){.method = HTTP_POST, .path = path, .query = "", .content_type = type}, body);
}

static struct answer post_form(const char *path, const char *body)
{
    return post(path, "application/x-www-form-urlencoded", body);
}

static const char *header(const struct answer *answer, const char *name)
{
    for (const struct http_header *row = answer->headers; row != NULL; row = row->next)
        if (strcmp(row->name, name) == 0)
            return row->value;
    return NULL;
}

static void sign_in(void)
{
    cookies = pool_printf(fixture_pool(), "%s=" TOKEN, auth_cookie_name(&config));
}

#define ck_assert_has(text, part) ck_assert_msg(strstr(text, part) != NULL, "\"%s\" is not in: %s", part, text)
#define ck_assert_has_not(text, part) ck_assert_msg(strstr(text, part) == NULL, "\"%s\" is in: %s", part, text)

/* ---- who gets in ---- */

START_TEST(a_public_page_is_open_to_everybody_and_protected_by_headers)
{
    struct answer answer = ask(HTTP_GET, "/");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_has(answer.body, "css mektep-1a2b3c.css htmx htmx-2.0.4.min.js");
    ck_assert_str_eq(header(&answer, "Content-Type"), "text/html; charset=utf-8");
    ck_assert_str_eq(header(&answer, "Content-Security-Policy"),
                     "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
    ck_assert_str_eq(header(&answer, "X-Content-Type-Options"), "nosniff");
    ck_assert_str_eq(header(&answer, "Referrer-Policy"), "same-origin");
    ck_assert_str_eq(header(&answer, "Cache-Control"), "private, no-cache");
}
END_TEST

START_TEST(without_a_session_one_is_asked_to_sign_in_and_comes_back)
{
    struct answer answer = ask_as((struct http_request){.path = "/1/2026/open", .query = "q=%D2%93", .content_type = ""}, "");
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(header(&answer, "Location"), "/sign-in?next=%2F1%2F2026%2Fopen%3Fq%3D%25D2%2593");
    answer = post_form("/1/2026/things/5", "words=x");
    ck_assert_str_eq(header(&answer, "Location"), "/sign-in?next=%2F1%2F2026%2Fthings%2F5");
    answer = post_form("/1/2026/act", "words=x");
    ck_assert_str_eq(header(&answer, "Location"), "/sign-in");
    answer = ask_as((struct http_request){.path = "/profile", .query = "", .content_type = "", .htmx = true}, "");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_str_eq(header(&answer, "HX-Redirect"), "/sign-in?next=%2Fprofile");
    ck_assert_int_eq(pages_run, 0);
}
END_TEST

static int64_t kept_forms(void)
{
    int64_t number;
    fixture_ok(db_number(fixture_db(), "SELECT COUNT(*) FROM form_draft WHERE account_id = 1", DB_NO_VALUES, &number, NULL));
    return number;
}

START_TEST(a_form_posted_after_the_session_has_lapsed_is_kept_unless_it_is_forged)
{
    sign_in();
    run("UPDATE session SET ended_at = '2026-01-01'");
    struct answer answer = post_form("/1/2026/things/5", "words=x&csrf=forged");
    ck_assert_str_eq(header(&answer, "Location"), "/sign-in?next=%2F1%2F2026%2Fthings%2F5");
    ck_assert_int_eq(kept_forms(), 0);
    answer = post_form("/1/2026/act", "words=x&csrf=" CSRF);
    ck_assert_int_eq(kept_forms(), 0);
    answer = post_form("/1/2026/things/5", "words=x&csrf=" CSRF);
    ck_assert_str_eq(header(&answer, "Location"), "/sign-in?next=%2F1%2F2026%2Fthings%2F5%3Fkept%3D1");
    ck_assert_int_eq(kept_forms(), 1);
    ck_assert_int_eq(pages_run, 0);
}
END_TEST

START_TEST(with_the_right_one_sees_the_page_in_ones_language)
{
    sign_in();
    struct answer answer = ask_as((struct http_request){.path = "/1/2026/things/5", .query = "q=%D2%93+x", .content_type = ""}, "");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_has(answer.body, "said [5|ғ x||0]");
    ck_assert_has(answer.body, "<html lang=\"ru\">");
    ck_assert_has(answer.body, "org Наша школа year 2026–2027 person Сейітова А.");
    ck_assert_has(answer.body, "csrf " CSRF);
    ck_assert_int_eq(ask(HTTP_HEAD, "/1/2026/open").status, 200);
    ck_assert_int_eq(ask(HTTP_GET, "/profile").status, 200);
}
END_TEST

START_TEST(without_the_right_the_page_says_which_one_is_needed_and_who_has_it)
{
    sign_in();
    struct answer answer = ask(HTTP_GET, "/1/2026/closed");
    ck_assert_int_eq(answer.status, 403);
    ck_assert_has(answer.body, "permission Rule things");
    ck_assert_has(answer.body, "may Boss, held Clerk,");
    ck_assert_int_eq(post_form("/1/2026/closed", "csrf=" CSRF).status, 403);
    ck_assert_int_eq(pages_run, 0);
}
END_TEST

START_TEST(another_organisation_is_not_found_and_none_of_its_words_are_seen)
{
    sign_in();
    struct answer known = ask(HTTP_GET, "/2/2026/open"), unknown = ask(HTTP_GET, "/77/2026/open");
    ck_assert_int_eq(known.status, 404);
    ck_assert_int_eq(unknown.status, 404);
    ck_assert_has_not(known.body, "Чужая школа");
    ck_assert_str_eq(known.body, unknown.body);
}
END_TEST

START_TEST(a_role_that_has_ended_opens_nothing)
{
    sign_in();
    run("UPDATE role_grant SET valid_to = '2020-02-01'");
    ck_assert_int_eq(ask(HTTP_GET, "/1/2026/open").status, 404);
}
END_TEST

/* ---- addresses and methods ---- */

static const struct {
    enum http_method method;
    const char *path;
    int status;
    const char *allow;
} addresses[] = {
    {HTTP_GET, "/nowhere", 404, NULL},
    {HTTP_GET, "/1/2026/things", 404, NULL},
    {HTTP_POST, "/1/2026/open", 405, "GET, HEAD"},
    {HTTP_GET, "/1/2026/act", 405, "POST"},
    {HTTP_OTHER, "/", 405, "GET, HEAD"},
    {HTTP_GET, "", 400, NULL},
};

START_TEST(a_wrong_address_or_method_says_so)
{
    sign_in();
    struct answer answer = ask(addresses[_i].method, addresses[_i].path);
    ck_assert_int_eq(answer.status, addresses[_i].status);
    ck_assert_pstr_eq(header(&answer, "Allow"), addresses[_i].allow);
    ck_assert_int_eq(pages_run, 0);
}
END_TEST

START_TEST(a_query_that_cannot_be_read_is_refused)
{
    sign_in();
    struct answer answer = ask_as((struct http_request){.path = "/1/2026/open", .query = "q=%FF", .content_type = ""}, "");
    ck_assert_int_eq(answer.status, 400);
}
END_TEST

/* ---- a POST ---- */

static const struct {
    const char *body;
    int status;
} csrf_cases[] = {
    {"csrf=" CSRF, 303},
    {"words=x", 403},
    {"csrf=", 403},
    {"csrf=" CSRF "x", 403},
    {"csrf=Csrf567890123456789012345678901234567890abc", 403},
};

START_TEST(a_post_wants_the_token_of_its_session)
{
    sign_in();
    ck_assert_int_eq(post_form("/1/2026/act", csrf_cases[_i].body).status, csrf_cases[_i].status);
    ck_assert_int_eq(pages_run, csrf_cases[_i].status == 303);
}
END_TEST

START_TEST(signing_in_has_no_token_yet)
{
    struct answer answer = post_form("/sign-in", "words=%D2%93");
    ck_assert_int_eq(answer.status, 200);
    ck_assert_has(answer.body, "[||ғ|0]");
}
END_TEST

START_TEST(after_a_post_the_next_page_says_once_what_was_done)
{
    sign_in();
    struct answer answer = post_form("/1/2026/act", "csrf=" CSRF);
    ck_assert_str_eq(header(&answer, "Location"), "/1/2026/open");
    ck_assert_has(ask(HTTP_GET, "/1/2026/open").body, "flash ok:It is done.");
    ck_assert_has(ask(HTTP_GET, "/1/2026/open").body, "flash :.");
}
END_TEST

#define KEYED "form_key=00000000-0000-4000-8000-000000000001&csrf=" CSRF

static const struct {
    int n, alone, overtaken; /* the status without the other click, and with it */
} lost[] = {
    {200, 200, 303}, {409, 409, 303}, {422, 422, 303},
    {1000, 404, 303}, {1001, 403, 303}, {1002, 400, 303}, {1004, 409, 303},
    {1003, 413, 413}, {1007, 503, 503}, {1008, 500, 500},
};

START_TEST(a_click_refused_while_its_twin_was_done_leads_where_that_one_led)
{
    const char *path = pool_printf(fixture_pool(), "/1/2026/lose/%d", lost[_i].n);
    sign_in();
    ck_assert_int_eq(post_form(path, KEYED).status, lost[_i].alone);
    twin_is_done = true;
    struct answer answer = post_form(path, KEYED);
    ck_assert_int_eq(answer.status, lost[_i].overtaken);
    ck_assert_int_eq(pages_run, 2);
    if (lost[_i].overtaken != 303)
        return;
    ck_assert_str_eq(header(&answer, "Location"), "/1/2026/things/7");
    ck_assert_str_eq(answer.body, "");
    ck_assert_ptr_null(header(&answer, "X-Secret"));
}
END_TEST

START_TEST(a_click_whose_form_was_done_already_never_comes_to_the_page)
{
    sign_in();
    twin_is_done = true;
    post_form("/1/2026/lose/422", KEYED);
    struct answer answer = post_form("/1/2026/things/1", KEYED);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_str_eq(header(&answer, "Location"), "/1/2026/things/7");
    ck_assert_int_eq(pages_run, 1);
    ck_assert_int_eq(post_form("/1/2026/things/1", "csrf=" CSRF).status, 200);
}
END_TEST

#define PART(name, more, content) "--x\r\nContent-Disposition: form-data; name=\"" name "\"" more "\r\n\r\n" content "\r\n"
#define UPLOAD PART("csrf", "", CSRF) PART("words", "", "a") PART("scan", "; filename=\"a.pdf\"", "%PDF-1.4")

static const struct {
    const char *path, *type, *body;
    int status;
} bodies[] = {
    {"/1/2026/upload", "multipart/form-data; boundary=x", UPLOAD "--x--\r\n", 200},
    {"/1/2026/upload", "multipart/form-data; boundary=x", UPLOAD, 400},
    {"/1/2026/upload", "multipart/form-data", UPLOAD "--x--\r\n", 400},
    {"/1/2026/upload", "application/x-www-form-urlencoded; charset=utf-8", "csrf=" CSRF, 200},
    {"/1/2026/things/1", "multipart/form-data; boundary=x", UPLOAD "--x--\r\n", 400},
    {"/1/2026/things/1", "application/json", "{}", 400},
    {"/1/2026/things/1", "", "csrf=" CSRF, 400},
    {"/1/2026/things/1", "application/x-www-form-urlencoded", "csrf=" CSRF "&words=%F", 400},
    {"/1/2026/things/1", "application/x-www-form-urlencoded", "csrf=" CSRF "&words=%00", 400},
};

START_TEST(a_body_is_read_by_its_type_where_the_route_takes_it)
{
    sign_in();
    struct answer answer = post(bodies[_i].path, bodies[_i].type, bodies[_i].body);
    ck_assert_int_eq(answer.status, bodies[_i].status);
    ck_assert_int_eq(pages_run, bodies[_i].status == 200);
    if (_i == 0)
        ck_assert_has(answer.body, "[||a|8]");
}
END_TEST

START_TEST(a_form_past_the_limit_is_too_big)
{
    sign_in();
    char *body = pool_alloc(fixture_pool(), HTTP_FIELD_MAX + 10);
    memset(body, 'x', HTTP_FIELD_MAX + 9);
    memcpy(body, "words=", 6);
    ck_assert_int_eq(post_form("/1/2026/act", body).status, 413);
    ck_assert_int_eq(pages_run, 0);
}
END_TEST

START_TEST(a_lapsed_session_changes_nothing)
{
    sign_in();
    run("UPDATE session SET ended_at = '2026-01-01'");
    struct answer answer = post_form("/1/2026/act", "csrf=" CSRF);
    ck_assert_int_eq(answer.status, 303);
    ck_assert_has(header(&answer, "Location"), "/sign-in");
    ck_assert_int_eq(pages_run, 0);
}
END_TEST

/* ---- faults ---- */

static const int fault_statuses[] = {404, 403, 400, 413, 409, 503, 503, 503, 500, 507};

START_TEST(an_error_becomes_its_page_and_tells_nothing_of_what_was_there)
{
    sign_in();
    struct answer answer = ask(HTTP_GET, pool_printf(fixture_pool(), "/1/2026/fail/%d", _i + 1));
    ck_assert_int_eq(answer.status, fault_statuses[_i]);
    ck_assert_has_not(answer.body, "secret");
    ck_assert_ptr_null(header(&answer, "X-Secret"));
    ck_assert_has(answer.body, "org Наша школа");
    ck_assert_int_eq(header(&answer, "Retry-After") != NULL, fault_statuses[_i] == 503);
    const char *number = strstr(answer.body, "number ") + strlen("number ");
    ck_assert_int_eq(strspn(number, "0123456789abcdef-") == 13, fault_statuses[_i] == 500);
}
END_TEST

START_TEST(a_page_without_its_template_is_a_500)
{
    sign_in();
    ck_assert_int_eq(ask(HTTP_GET, "/1/2026/no-template").status, 500);
}
END_TEST

START_TEST(without_the_database_pages_are_503_and_come_back_by_themselves)
{
    sign_in();
    ck_assert_int_eq(ask(HTTP_GET, "/healthz").status, 200);
    fixture_database_gone();
    struct answer answer = ask(HTTP_GET, "/1/2026/open");
    ck_assert_int_eq(answer.status, 503);
    ck_assert_str_eq(header(&answer, "Retry-After"), "5");
    ck_assert_has(answer.body, "503");
    ck_assert_int_eq(ask(HTTP_GET, "/healthz").status, 503);
    fixture_database_back();
    ck_assert_int_eq(ask(HTTP_GET, "/1/2026/open").status, 200);
    ck_assert_int_eq(ask(HTTP_GET, "/healthz").status, 200);
}
END_TEST

START_TEST(another_schema_is_refused_until_it_is_right)
{
    sign_in();
    run("INSERT INTO schema_migration (number, name, sha256, applied_at) SELECT MAX(number) + 2, 'later', REPEAT('0', 64), '2026-01-01' FROM schema_migration");
    ck_assert_int_eq(ask(HTTP_GET, "/1/2026/open").status, 503);
    run("DELETE FROM schema_migration WHERE name = 'later'");
    ck_assert_int_eq(ask(HTTP_GET, "/1/2026/open").status, 200);
}
END_TEST

START_TEST(a_page_costs_one_statement_beyond_its_own)
{
    sign_in();
    ask(HTTP_GET, "/1/2026/open");
    unsigned before = db_statements(worker.db);
    ask(HTTP_GET, "/1/2026/open");
    ck_assert_uint_eq(db_statements(worker.db) - before, 1);
}
END_TEST

Suite *app_suite(void)
{
    Suite *suite = suite_create("app");
    TCase *tcase = tcase_create("app");
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, a_public_page_is_open_to_everybody_and_protected_by_headers);
    tcase_add_test(tcase, without_a_session_one_is_asked_to_sign_in_and_comes_back);
    tcase_add_test(tcase, a_form_posted_after_the_session_has_lapsed_is_kept_unless_it_is_forged);
    tcase_add_test(tcase, with_the_right_one_sees_the_page_in_ones_language);
    tcase_add_test(tcase, without_the_right_the_page_says_which_one_is_needed_and_who_has_it);
    tcase_add_test(tcase, another_organisation_is_not_found_and_none_of_its_words_are_seen);
    tcase_add_test(tcase, a_role_that_has_ended_opens_nothing);
    tcase_add_loop_test(tcase, a_wrong_address_or_method_says_so, 0, (int)(sizeof addresses / sizeof *addresses));
    tcase_add_test(tcase, a_query_that_cannot_be_read_is_refused);
    tcase_add_loop_test(tcase, a_post_wants_the_token_of_its_session, 0, (int)(sizeof csrf_cases / sizeof *csrf_cases));
    tcase_add_test(tcase, signing_in_has_no_token_yet);
    tcase_add_test(tcase, after_a_post_the_next_page_says_once_what_was_done);
    tcase_add_loop_test(tcase, a_click_refused_while_its_twin_was_done_leads_where_that_one_led, 0, (int)(sizeof lost / sizeof *lost));
    tcase_add_test(tcase, a_click_whose_form_was_done_already_never_comes_to_the_page);
    tcase_add_loop_test(tcase, a_body_is_read_by_its_type_where_the_route_takes_it, 0, (int)(sizeof bodies / sizeof *bodies));
    tcase_add_test(tcase, a_form_past_the_limit_is_too_big);
    tcase_add_test(tcase, a_lapsed_session_changes_nothing);
    tcase_add_loop_test(tcase, an_error_becomes_its_page_and_tells_nothing_of_what_was_there, 0, (int)(sizeof fault_statuses / sizeof *fault_statuses));
    tcase_add_test(tcase, a_page_without_its_template_is_a_500);
    tcase_add_test(tcase, without_the_database_pages_are_503_and_come_back_by_themselves);
    tcase_add_test(tcase, another_schema_is_refused_until_it_is_right);
    tcase_add_test(tcase, a_page_costs_one_statement_beyond_its_own);
    suite_add_tcase(suite, tcase);
    return suite;
}
