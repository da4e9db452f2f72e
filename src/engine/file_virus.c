/* file_virus.c: see file_virus.h. The command INSTREAM of clamd (clamd(8)): pieces, each after its length, the last one empty. */
#include "engine/file_virus.h"

#include "base/log.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { WAIT_SECONDS = 40, PIECE = 64 * 1024, ANSWER_MAX = 512 };

static const char COMMAND[] = "zINSTREAM"; /* sent with its NUL */

static bool send_all(int clamd, const void *bytes, size_t length)
{
    const char *from = bytes;
    while (length > 0) {
        ssize_t sent = send(clamd, from, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        from += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool send_file(int clamd, int file)
{
    char piece[PIECE];
    ssize_t got;
    while ((got = read(file, piece, sizeof piece)) > 0) {
        uint32_t length = htonl((uint32_t)got);
        if (!send_all(clamd, &length, sizeof length) || !send_all(clamd, piece, (size_t)got))
            return false;
    }
    return got == 0 && send_all(clamd, &(uint32_t){0}, sizeof(uint32_t));
}

/* The answer ends with a NUL; what is longer or breaks off is none. */
static bool read_answer(int clamd, char answer[ANSWER_MAX])
{
    size_t length = 0;
    while (length < ANSWER_MAX) {
        ssize_t got = recv(clamd, answer + length, ANSWER_MAX - length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        length += (size_t)got;
        if (answer[length - 1] == '\0')
            return true;
    }
    return false;
}

static bool ask(int clamd, int file, const struct sockaddr_un *address, char answer[ANSWER_MAX])
{
    const struct timeval wait = {.tv_sec = WAIT_SECONDS};
    return setsockopt(clamd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) == 0 && setsockopt(clamd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) == 0 &&
           connect(clamd, (const struct sockaddr *)address, sizeof *address) == 0 && send_all(clamd, COMMAND, sizeof COMMAND) &&
           send_file(clamd, file) && read_answer(clamd, answer);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/* "stream: OK", "stream: NAME FOUND", or what went wrong. */
static enum virus_verdict verdict(const char *answer)
{
    if (strcmp(answer, "stream: OK") == 0)
        return VIRUS_NONE;
    if (ends_with(answer, " FOUND"))
        return VIRUS_FOUND;
    log_write(LOG_LEVEL_WARNING, "clamd says: %s", answer);
    return VIRUS_UNKNOWN;
}

enum virus_verdict file_virus_check(const struct config *config, const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char answer[ANSWER_MAX] = "";
    if (*config->clamd_socket == '\0')
        return VIRUS_NONE;
    strncpy(address.sun_path, config->clamd_socket, sizeof address.sun_path - 1);
    int clamd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), file = open(path, O_RDONLY | O_CLOEXEC);
    bool answered = clamd >= 0 && file >= 0 && ask(clamd, file, &address, answer);
    if (!answered)
        log_write(LOG_LEVEL_WARNING, "clamd at %s does not answer: %s", config->clamd_socket, strerror(errno));
    if (clamd >= 0)
        close(clamd);
    if (file >= 0)
        close(file);
    return answered ? verdict(answer) : VIRUS_UNKNOWN;
}
