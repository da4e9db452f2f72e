/* fcgi_client.c: see fcgi_client.h. */
#include "fcgi_client.h"

#include <fastcgi.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { REQUEST_ID = 1, PARAMS_MAX = 2000 };

int fcgi_connect(const char *socket_path)
{
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(un.sun_path, sizeof un.sun_path, "%s", socket_path);
    if (connect(fd, (const struct sockaddr *)&un, sizeof un) == 0)
        return fd;
    close(fd);
    return -1;
}

static bool send_record(int fd, unsigned char type, const void *content, size_t length)
{
    FCGI_Header header = {
        .version = FCGI_VERSION_1, .type = type, .requestIdB0 = REQUEST_ID,
        .contentLengthB1 = (unsigned char)(length >> 8), .contentLengthB0 = (unsigned char)length,
    };
    return send(fd, &header, sizeof header, MSG_NOSIGNAL) == (ssize_t)sizeof header &&
           (length == 0 || send(fd, content, length, MSG_NOSIGNAL) == (ssize_t)length);
}

static size_t add_parameter(unsigned char *to, const char *name, const char *value)
{
    size_t name_length = strlen(name), value_length = strlen(value);
    to[0] = (unsigned char)name_length;
    to[1] = (unsigned char)value_length;
    memcpy(to + 2, name, name_length);
    memcpy(to + 2 + name_length, value, value_length);
    return 2 + name_length + value_length;
}

bool fcgi_begin(int fd, const char *method, const char *path, size_t content_length)
{
    FCGI_BeginRequestBody begin = {.roleB0 = FCGI_RESPONDER};
    unsigned char parameters[PARAMS_MAX];
    char length_text[24];
    size_t length = 0;
    snprintf(length_text, sizeof length_text, "%zu", content_length);
    /* As nginx sends them when a location says its own after the usual ones. */
    length += add_parameter(parameters + length, "REQUEST_METHOD", "GET");
    length += add_parameter(parameters + length, "REQUEST_URI", "/usual");
    length += add_parameter(parameters + length, "REQUEST_METHOD", method);
    length += add_parameter(parameters + length, "REQUEST_URI", path);
    length += add_parameter(parameters + length, "CONTENT_LENGTH", length_text);
    return send_record(fd, FCGI_BEGIN_REQUEST, &begin, sizeof begin) && send_record(fd, FCGI_PARAMS, parameters, length) &&
           send_record(fd, FCGI_PARAMS, NULL, 0);
}

bool fcgi_send_body(int fd, const char *bytes, size_t length)
{
    return send_record(fd, FCGI_STDIN, bytes, length);
}

static bool receive(int fd, void *to, size_t length)
{
    return length == 0 || recv(fd, to, length, MSG_WAITALL) == (ssize_t)length;
}

char *fcgi_answer(struct pool *pool, int fd)
{
    FCGI_Header header;
    char *answer = pool_strdup(pool, "");
    while (receive(fd, &header, sizeof header)) {
        size_t length = (size_t)header.contentLengthB1 << 8 | header.contentLengthB0;
        char *content = pool_alloc(pool, length + header.paddingLength + 1);
        if (!receive(fd, content, length + header.paddingLength))
            return NULL;
        content[length] = '\0';
        if (header.type == FCGI_END_REQUEST)
            return answer;
        if (header.type == FCGI_STDOUT)
            answer = pool_printf(pool, "%s%s", answer, content);
    }
    return NULL;
}

char *fcgi_get(struct pool *pool, const char *socket_path, const char *method, const char *path)
{
    int fd = fcgi_connect(socket_path);
    char *answer = NULL;
    if (fd < 0)
        return NULL;
    if (fcgi_begin(fd, method, path, 0) && fcgi_send_body(fd, NULL, 0))
        answer = fcgi_answer(pool, fd);
    close(fd);
    return answer;
}
