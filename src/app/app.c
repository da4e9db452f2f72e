/* app.c: one request from its path to its answer, in this order:
 * path → route → session → permission with scope → for a POST: fields, CSRF, form key → page function → template → response. */
#include "app/app.h"

#include "base/crypto.h"
#include "base/log.h"
#include "engine/auth.h"
#include "engine/form.h"
#include "engine/page.h"
#include "engine/route.h"
#include "engine/task.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BODY_CHUNK = 64 * 1024 };

/* A page may say its own of these. */
static const struct {
    const char *name, *value;
} standard_headers[] = {
    {"Content-Security-Policy", "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cache-Control", "private, no-cache"},
};

/* ---- health ---- */

static const char ALIVE[] = "SELECT 1";

/* /healthz for load balancers and tests: 200 when pages can be served, else the 503 page. */
static NEOERR *answer_health(struct request *rq, struct response *rs)
{
    int64_t one;
    TRY(worker_check_schema(rq->worker));
    TRY(db_number(rq->db, ALIVE, DB_NO_VALUES, &one, NULL));
    http_header(rq->pool, &rs->http, "Content-Type", "text/plain; charset=utf-8");
    return nerr_pass(string_append(&rs->http.body, "ok\n"));
}

/* ---- the fields of a POST ---- */

static bool is_type(const struct request *rq, const char *type)
{
    size_t length = strlen(type);
    const char *given = rq->http->content_type;
    return strncasecmp(given, type, length) == 0 && strchr("; \t", given[length]) != NULL;
}

static NEOERR *read_urlencoded(struct request *rq)
{
    size_t length = 0, got;
    if (rq->http->content_length > (size_t)HTTP_FORM_MAX * 3) /* a byte may come as %XX */
        return nerr_raise(ERROR_TOO_BIG, "read a form: %zu bytes", rq->http->content_length);
    char *body = pool_alloc(rq->pool, rq->http->content_length + 1);
    do {
        TRY(rq->http->read(rq->http->transport, body + length, rq->http->content_length - length, &got));
        length += got;
    } while (got > 0);
    return nerr_pass(http_parse_query(rq->pool, body, length, &rq->posted));
}

static NEOERR *read_multipart(struct request *rq)
{
    size_t file_max = (size_t)route_upload_max_mb(rq) * 1024 * 1024;
    struct multipart *parser;
    char *chunk = pool_alloc(rq->pool, BODY_CHUNK);
    size_t got;
    TRY(multipart_new(rq->pool, rq->http->content_type, rq->worker->config->files_dir, file_max, &parser));
    do {
        TRY(rq->http->read(rq->http->transport, chunk, BODY_CHUNK, &got));
        TRY(multipart_push(parser, chunk, got));
    } while (got > 0);
    return nerr_pass(multipart_end(parser, &rq->posted));
}

static NEOERR *read_fields(struct request *rq)
{
    if (is_type(rq, "application/x-www-form-urlencoded"))
        return nerr_pass(read_urlencoded(rq));
    if (is_type(rq, "multipart/form-data") && (rq->route->flags & ROUTE_UPLOADS) != 0)
        return nerr_pass(read_multipart(rq));
    if (rq->http->content_length == 0)
        return STATUS_OK;
    return nerr_raise(ERROR_INPUT, "read a form: the page %s takes no body of the type it has", rq->route->id);
}

static bool is_forged(const struct request *rq)
{
    const char *sent = request_posted(rq, "csrf"), *right = rq->session.csrf;
    if ((rq->route->flags & ROUTE_NO_CSRF) != 0)
        return false;
    return *right == '\0' || strlen(sent) != strlen(right) || !crypto_equal(sent, right, strlen(right));
}

/* ---- session and permission ---- */

static NEOERR *load_session(struct request *rq)
{
    TRY(worker_check_schema(rq->worker));
    NEOERR *error = auth_load(rq);
    i18n_use(rq->language); /* for the page of the error, too */
    return nerr_pass(error);
}

/* Where the person wanted to go: the address itself, or for a POST the page that has the form, if it has the same address. */
static const char *wanted_address(const struct request *rq)
{
    struct request probe = {.pool = rq->pool};
    if (rq->http->method == HTTP_POST && route_find(&probe, HTTP_GET, rq->http->path) != ROUTE_FOUND)
        return "/";
    return *rq->http->query == '\0' ? rq->http->path : pool_printf(rq->pool, "%s?%s", rq->http->path, rq->http->query);
}

/* A form posted with a lapsed session is kept, unless somebody else made the browser post it. */
static NEOERR *keep_form(struct request *rq, const char **next)
{
    const char *kept = NULL;
    if (rq->http->method != HTTP_POST || rq->session.lapsed_account == 0 || (rq->route->flags & ROUTE_KEPT) == 0)
        return STATUS_OK;
    TRY(read_fields(rq));
    if (!is_forged(rq))
        TRY(auth_keep_form(rq, &kept));
    if (kept != NULL)
        *next = kept;
    return STATUS_OK;
}

/* A fragment that htmx asks for would swallow the page: it is told to load it whole. */
static NEOERR *lead_to(struct request *rq, struct response *rs, const char *address)
{
    if (!rq->http->htmx)
        return nerr_pass(response_redirect(rq, rs, address));
    http_header(rq->pool, &rs->http, "HX-Redirect", address);
    return STATUS_OK;
}

static NEOERR *ask_to_sign_in(struct request *rq, struct response *rs)
{
    const char *next = wanted_address(rq), *address = route_url(rq, "sign-in");
    TRY(keep_form(rq, &next));
    if (strcmp(next, "/") != 0)
        address = route_with(rq->pool, address, "next", next);
    return nerr_pass(lead_to(rq, rs, address));
}

static void refuse_method(struct request *rq, struct response *rs)
{
    struct request probe = {.pool = rq->pool};
    bool reads = route_find(&probe, HTTP_GET, rq->http->path) == ROUTE_FOUND;
    page_fault(rq, rs, FAULT_METHOD);
    http_header(rq->pool, &rs->http, "Allow", reads ? "GET, HEAD" : "POST");
}

/* True when the person may go on; else the answer is made. An organisation where one has no role is as good as none. */
static NEOERR *let_in(struct request *rq, struct response *rs, bool *is_in)
{
    const struct route *route = rq->route;
    *is_in = (route->flags & ROUTE_PUBLIC) != 0;
    if (*is_in)
        return STATUS_OK;
    if (rq->session.id == 0)
        return nerr_pass(ask_to_sign_in(rq, rs));
    if (rq->session.lacks_factor && (route->flags & ROUTE_NO_FACTOR) == 0)
        return nerr_pass(lead_to(rq, rs, route_url(rq, "second-factor")));
    if (rq->place.org != 0 && rq->session.roles[0] == NULL)
        return nerr_raise(ERROR_NOT_FOUND, "open %s: the person has no role there", rq->http->path);
    if (route->permission != NULL)
        rq->scopes = request_scopes(rq, route->permission);
    if (route->permission != NULL && rq->scopes == 0)
        return nerr_raise(ERROR_DENIED, "open %s: the permission %s is needed", rq->http->path, route->permission->id);
    *is_in = true;
    return STATUS_OK;
}

/* ---- the number of waiting tasks (NAV-24) ---- */

enum { TASKS_COUNTED_MS = 60 * 1000 };

static bool is_count_old(const struct request *rq)
{
    return clock_now() - rq->session.tasks_counted_at > TASKS_COUNTED_MS;
}

/* ---- the order of things ---- */

static NEOERR *handle(struct request *rq, struct response *rs)
{
    const struct http_request *http = rq->http;
    bool is_in;
    if (strcmp(http->path, "/healthz") == 0)
        return nerr_pass(answer_health(rq, rs));
    if (*http->path == '\0')
        return nerr_raise(ERROR_INPUT, "read the address: it is not UTF-8 text that begins with /");
    TRY(http_parse_query(rq->pool, http->query, strlen(http->query), &rq->query));
    enum route_match match = route_find(rq, http->method, http->path);
    TRY(load_session(rq));
    if (match == ROUTE_NO_PATH)
        return nerr_raise(ERROR_NOT_FOUND, "open %s: there is no such page", http->path);
    if (match == ROUTE_NO_METHOD) {
        refuse_method(rq, rs);
        return STATUS_OK;
    }
    TRY(let_in(rq, rs, &is_in));
    if (!is_in)
        return STATUS_OK;
    if (http->method == HTTP_POST) {
        TRY(read_fields(rq));
        if (is_forged(rq)) {
            page_fault(rq, rs, FAULT_FORGED);
            return STATUS_OK;
        }
        TRY(form_key_once(rq, rs));
        return nerr_pass(task_count_refresh(rq));
    }
    if (is_count_old(rq))
        TRY(task_count_refresh(rq));
    return nerr_pass(rq->route->page(rq, rs));
}

static NEOERR *render(struct request *rq, struct response *rs)
{
    if (rs->template_name == NULL)
        return STATUS_OK;
    TRY(page_finish(rq, rs));
    TRY(view_render(rq->worker->view, rs->template_name, rq->hdf, &rs->http.body));
    http_header(rq->pool, &rs->http, "Content-Type", "text/html; charset=utf-8");
    return STATUS_OK;
}

/* When not even the page of an error can be made. */
static void render_bare(struct request *rq, struct response *rs)
{
    response_clear(rs);
    http_header(rq->pool, &rs->http, "Content-Type", "text/html; charset=utf-8");
    error_release(string_appendf(&rs->http.body, "<!DOCTYPE html><title>%d</title><h1>%d</h1><p>Қате · Ошибка · Error: %s</p>\n",
                                 rs->http.status, rs->http.status, rq->id));
}

static void answer(struct request *rq, struct response *rs)
{
    NEOERR *error = handle(rq, rs);
    if (error == STATUS_OK)
        error = render(rq, rs);
    if (error == STATUS_OK)
        return;
    page_error(rq, rs, error);
    error = render(rq, rs);
    if (error == STATUS_OK)
        return;
    page_error(rq, rs, error);
    render_bare(rq, rs);
}

static bool has_header(const struct http_response *response, const char *name)
{
    for (const struct http_header *header = response->headers; header != NULL; header = header->next)
        if (strcasecmp(header->name, name) == 0)
            return true;
    return false;
}

static void add_standard_headers(struct pool *pool, struct http_response *response)
{
    for (size_t i = 0; i < sizeof standard_headers / sizeof *standard_headers; i++)
        if (!has_header(response, standard_headers[i].name))
            http_header(pool, response, standard_headers[i].name, standard_headers[i].value);
}

void app_handle(struct worker *worker, struct pool *pool, struct http_request *request, struct http_response *response)
{
    static const char *const methods[] = {[HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD", [HTTP_POST] = "POST", [HTTP_OTHER] = "other"};
    int64_t begun = clock_monotonic();
    unsigned statements = db_statements(worker->db);
    struct request rq = {.worker = worker, .db = worker->db, .pool = pool, .http = request, .language = LANG_KK};
    struct response rs = {.http = *response};
    snprintf(rq.id, sizeof rq.id, "%06" PRIx32 "-%06" PRIu64, worker->tag & 0xffffff, ++worker->served);
    log_set_request(rq.id);
    i18n_use(rq.language);
    NEOERR *error = hdf_init(&rq.hdf);
    if (error != STATUS_OK)
        page_error(&rq, &rs, error);
    else
        answer(&rq, &rs);
    hdf_destroy(&rq.hdf);
    add_standard_headers(pool, &rs.http);
    *response = rs.http;
    log_request(methods[request->method], request->path, response->status, (double)(clock_monotonic() - begun), (size_t)response->body.len,
                db_statements(worker->db) - statements);
    log_set_request(NULL);
}

void app_serve(void *data, struct pool *pool, struct http_request *request, struct http_response *response)
{
    app_handle(data, pool, request, response);
}
