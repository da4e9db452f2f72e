/* fcgi_client.h: the web server's side of FastCGI, as much as tests need. */
#ifndef MEKTEP_FCGI_CLIENT_H
#define MEKTEP_FCGI_CLIENT_H

#include "base/pool.h"

#include <stdbool.h>

/* Connects to a Unix socket; -1 when nobody listens. */
int fcgi_connect(const char *socket_path);

/* Sends the head of a request with that much body to come. */
bool fcgi_begin(int fd, const char *method, const char *path, size_t content_length);

/* Sends bytes of the body; with length 0 ends it. */
bool fcgi_send_body(int fd, const char *bytes, size_t length);

/* The whole answer (headers and body) up to the end of the request; NULL when it breaks off before. */
char *fcgi_answer(struct pool *pool, int fd);

/* One whole request without a body; NULL when it failed in any way. */
char *fcgi_get(struct pool *pool, const char *socket_path, const char *method, const char *path);

#endif
