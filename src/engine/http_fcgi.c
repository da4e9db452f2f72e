/* http_fcgi.c: requests from nginx by FastCGI. libfcgi's door.
 *
 * The listening socket is descriptor 0 and non-blocking: signals are let in between two requests only, before and while the worker
 * waits in epoll_pwait, so a SIGTERM there is seen at once and one within a request after it. One connection wakes one worker; should
 * more wake, those that come late find nothing and wait again.
 */
#include "engine/http.h"
#include "engine/http_field.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

/* A location of nginx may say a parameter again after the usual ones: the last word counts. */
static const char *parameter(const FCGX_Request *fcgi, const char *name)
{
    const char *value = "";
    size_t length = strlen(name);
    for (char *const *row = fcgi->envp; *row != NULL; row++)
        if (strncmp(*row, name, length) == 0 && (*row)[length] == '=')
            value = *row + length + 1;
    return value;
}

struct transport {
    FCGX_Request fcgi;
    size_t left; /* bytes of the body that were not read yet */
};

static NEOERR *read_body(void *data, char *buffer, size_t size, size_t *got)
{
    struct transport *transport = data;
    size_t wanted = size < transport->left ? size : transport->left;
    int count = wanted == 0 ? 0 : FCGX_GetStr(buffer, (int)wanted, transport->fcgi.in);
    if (count < 0 || (count == 0 && wanted > 0))
        return nerr_raise(ERROR_INPUT, "read the body of a request: %zu bytes of it did not come", transport->left);
    *got = (size_t)count;
    transport->left -= *got;
    return STATUS_OK;
}

/* A body that nobody read is read away: a socket closed on unread bytes could take the answer with it. */
static void drop_body(struct transport *transport)
{
    char buffer[16384];
    size_t got;
    while (transport->left > 0) {
        NEOERR *error = read_body(transport, buffer, sizeof buffer, &got);
        if (error != STATUS_OK) {
            error_release(error);
            break;
        }
    }
}

static enum http_method method_of(const char *name)
{
    static const char *const names[] = {[HTTP_GET] = "GET", [HTTP_HEAD] = "HEAD", [HTTP_POST] = "POST"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return (enum http_method)i;
    return HTTP_OTHER;
}

/* "" when the address is not valid: the request is answered all the same. */
static const char *path_of(struct pool *pool, const char *address)
{
    char *path;
    NEOERR *error = http_unescape(pool, address, strcspn(address, "?"), false, &path);
    if (error == STATUS_OK)
        return *path == '/' ? path : "";
    error_release(error);
    return "";
}

static void fill_request(struct pool *pool, struct transport *transport, struct http_request *request)
{
    const FCGX_Request *fcgi = &transport->fcgi;
    transport->left = strtoul(parameter(fcgi, "CONTENT_LENGTH"), NULL, 10);
    *request = (struct http_request){
        .method = method_of(parameter(fcgi, "REQUEST_METHOD")),
        .path = path_of(pool, parameter(fcgi, "REQUEST_URI")),
        .query = parameter(fcgi, "QUERY_STRING"),
        .content_type = parameter(fcgi, "CONTENT_TYPE"),
        .content_length = transport->left,
        .cookies = parameter(fcgi, "HTTP_COOKIE"),
        .remote_address = parameter(fcgi, "REMOTE_ADDR"),
        .user_agent = parameter(fcgi, "HTTP_USER_AGENT"),
        .accept_language = parameter(fcgi, "HTTP_ACCEPT_LANGUAGE"),
        .if_none_match = parameter(fcgi, "HTTP_IF_NONE_MATCH"),
        .htmx = strcmp(parameter(fcgi, "HTTP_HX_REQUEST"), "true") == 0,
        .read = read_body,
        .transport = transport,
    };
}

static void write_answer(FCGX_Stream *out, enum http_method method, const struct http_response *response)
{
    FCGX_FPrintF(out, "Status: %d\r\n", response->status);
    for (const struct http_header *header = response->headers; header != NULL; header = header->next)
        FCGX_FPrintF(out, "%s: %s\r\n", header->name, header->value);
    if (response->accel_path != NULL)
        FCGX_FPrintF(out, "X-Accel-Redirect: %s\r\n\r\n", response->accel_path);
    else
        FCGX_FPrintF(out, "Content-Length: %d\r\n\r\n", response->body.len);
    if (response->accel_path == NULL && method != HTTP_HEAD)
        FCGX_PutStr(response->body.buf, response->body.len, out);
}

static void serve_one(struct transport *transport, struct pool *pool, http_handle_fn *handle, void *data)
{
    struct http_request request;
    struct http_response response;
    fill_request(pool, transport, &request);
    http_response_init(&response);
    handle(data, pool, &request, &response);
    drop_body(transport);
    write_answer(transport->fcgi.out, request.method, &response);
    http_response_release(&response);
    pool_reset(pool);
}

/* Where a connection waits already, epoll_pwait lets no signal in: under load none would ever come. */
static void let_signals_in(const sigset_t *wait_mask)
{
    sigset_t before;
    sigprocmask(SIG_SETMASK, wait_mask, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

/* True when a connection may wait; false when a signal came. */
static bool wait_for_connection(int listening, const sigset_t *wait_mask, const volatile sig_atomic_t *stop)
{
    struct epoll_event event;
    let_signals_in(wait_mask);
    return !*stop && epoll_pwait(listening, &event, 1, -1, wait_mask) > 0;
}

/* Descriptor 0 as something to wait for, each worker its own. */
static NEOERR *listen_alone(int *listening)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLEXCLUSIVE};
    *listening = epoll_create1(EPOLL_CLOEXEC);
    if (*listening < 0 || epoll_ctl(*listening, EPOLL_CTL_ADD, 0, &event) != 0)
        return nerr_raise(ERROR_INTERNAL, "wait for connections on descriptor 0: %s", strerror(errno));
    return STATUS_OK;
}

NEOERR *http_fcgi_serve(volatile sig_atomic_t *stop, const sigset_t *wait_mask, http_handle_fn *handle, void *data)
{
    struct transport transport = {0};
    int listening, flags = fcntl(0, F_GETFL);
    if (flags < 0 || fcntl(0, F_SETFL, flags | O_NONBLOCK) != 0)
        return nerr_raise(ERROR_INTERNAL, "take the listening socket from descriptor 0: %s", strerror(errno));
    if (FCGX_Init() != 0 || FCGX_InitRequest(&transport.fcgi, 0, FCGI_FAIL_ACCEPT_ON_INTR) != 0)
        return nerr_raise(ERROR_INTERNAL, "start libfcgi on descriptor 0");
    TRY(listen_alone(&listening));
    struct pool *pool = pool_new();
    while (!*stop) {
        if (!wait_for_connection(listening, wait_mask, stop))
            continue;
        if (FCGX_Accept_r(&transport.fcgi) != 0)
            continue;
        serve_one(&transport, pool, handle, data);
        FCGX_Finish_r(&transport.fcgi);
    }
    FCGX_Free(&transport.fcgi, 1);
    pool_free(pool);
    return STATUS_OK;
}
