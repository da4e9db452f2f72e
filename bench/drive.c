/* drive.c: sends requests by FastCGI and says what they cost.
 *
 * drive SOCKET COUNT CONNECTIONS PID[,PID…] <REQUESTS
 *
 * Each line of REQUESTS is METHOD, address, cookie and body with tabs between; they are sent one after the other, again from the
 * first when all were sent, COUNT in all, by that many clients at once. A worker closes the connection after its answer, so nginx
 * and its keeping of connections are out of the way of both that are compared. Printed with tabs between: CPU milliseconds a request of
 * the processes together (user and system, from /proc/PID/stat), requests a second, median and 99th percentile in milliseconds, bytes of an
 * answer, answers that were neither 2xx nor 3xx.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LINES_MAX = 200000, BEGIN = 1, END = 3, PARAMS = 4, INPUT = 5, OUTPUT = 6, HEADER = 8, RECORD_MAX = 65535 };

struct line {
    const char *method, *address, *cookie, *body;
};
static struct line lines[LINES_MAX];
static size_t line_count;

/* What the clients leave: shared. */
struct result {
    double milliseconds;
    uint32_t bytes;
    bool failed;
};

static void die(const char *what)
{
    fprintf(stderr, "drive: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void read_lines(void)
{
    char *text = NULL;
    size_t size = 0;
    while (line_count < LINES_MAX && getline(&text, &size, stdin) > 0) {
        char *rest = strdup(text);
        rest[strcspn(rest, "\n")] = '\0';
        struct line *line = &lines[line_count++];
        line->method = strsep(&rest, "\t");
        line->address = rest != NULL ? strsep(&rest, "\t") : "/";
        line->cookie = rest != NULL ? strsep(&rest, "\t") : "";
        line->body = rest != NULL ? rest : "";
    }
    free(text);
    if (line_count == 0)
        die("no requests");
}

/* ---- a request ---- */

struct buffer {
    unsigned char bytes[RECORD_MAX * 2];
    size_t length;
};

static void add_record(struct buffer *out, int type, const void *content, size_t length)
{
    const unsigned char header[HEADER] = {1, (unsigned char)type, 0, 1, (unsigned char)(length >> 8), (unsigned char)length, 0, 0};
    memcpy(out->bytes + out->length, header, HEADER);
    if (length > 0)
        memcpy(out->bytes + out->length + HEADER, content, length);
    out->length += HEADER + length;
}

static void add_length(struct buffer *out, size_t length)
{
    if (length > 127)
        for (int shift = 24; shift >= 8; shift -= 8)
            out->bytes[out->length++] = (unsigned char)(length >> shift | (shift == 24 ? 0x80 : 0));
    out->bytes[out->length++] = (unsigned char)length;
}

static void add_param(struct buffer *out, const char *name, const char *value)
{
    size_t name_length = strlen(name), length = strlen(value);
    add_length(out, name_length);
    add_length(out, length);
    memcpy(out->bytes + out->length, name, name_length);
    memcpy(out->bytes + out->length + name_length, value, length);
    out->length += name_length + length;
}

static void make_request(const struct line *line, struct buffer *out)
{
    static struct buffer params;
    char length[24];
    const char *query = strchr(line->address, '?');
    params.length = out->length = 0;
    snprintf(length, sizeof length, "%zu", strlen(line->body));
    add_param(&params, "REQUEST_METHOD", line->method);
    add_param(&params, "REQUEST_URI", line->address);
    add_param(&params, "QUERY_STRING", query != NULL ? query + 1 : "");
    add_param(&params, "HTTP_COOKIE", line->cookie);
    add_param(&params, "REMOTE_ADDR", "127.0.0.1");
    add_param(&params, "HTTP_USER_AGENT", "drive");
    add_param(&params, "CONTENT_TYPE", *line->body != '\0' ? "application/x-www-form-urlencoded" : "");
    add_param(&params, "CONTENT_LENGTH", length);
    add_record(out, BEGIN, "\0\1\0\0\0\0\0", 8);
    add_record(out, PARAMS, params.bytes, params.length);
    add_record(out, PARAMS, NULL, 0);
    if (*line->body != '\0')
        add_record(out, INPUT, line->body, strlen(line->body));
    add_record(out, INPUT, NULL, 0);
}

static void read_whole(int fd, unsigned char *into, size_t length)
{
    for (size_t at = 0; at < length;) {
        ssize_t got = read(fd, into + at, length - at);
        if (got <= 0)
            die("the answer ended early");
        at += (size_t)got;
    }
}

static void read_answer(int fd, struct result *result)
{
    static unsigned char content[RECORD_MAX + 256];
    unsigned char header[HEADER];
    bool first = true;
    do {
        read_whole(fd, header, HEADER);
        size_t length = (size_t)header[4] << 8 | header[5];
        read_whole(fd, content, length + header[6]);
        if (header[1] != OUTPUT)
            continue;
        if (first)
            result->failed = length < 9 || (content[8] != '2' && content[8] != '3');
        first = false;
        result->bytes += (uint32_t)length;
    } while (header[1] != END);
}

static void run_one(const struct sockaddr_un *address, const struct line *line, struct result *result)
{
    static struct buffer request;
    make_request(line, &request);
    double begun = now();
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)address, sizeof *address) != 0)
        die(address->sun_path);
    if (write(fd, request.bytes, request.length) != (ssize_t)request.length)
        die("write");
    read_answer(fd, result);
    close(fd);
    result->milliseconds = now() - begun;
}

/* ---- the whole ---- */

static double cpu_of(const char *pids)
{
    double ticks = 0;
    char path[64], text[1024], *list = strdup(pids), *rest = list, *pid;
    while ((pid = strsep(&rest, ",")) != NULL) {
        unsigned long user = 0, system = 0;
        snprintf(path, sizeof path, "/proc/%s/stat", pid);
        FILE *file = fopen(path, "r");
        if (file == NULL)
            die(path);
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        fclose(file);
        sscanf(strrchr(text, ')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
        ticks += (double)(user + system);
    }
    free(list);
    return ticks * 1e3 / (double)sysconf(_SC_CLK_TCK);
}

static int compare(const void *a, const void *b)
{
    double first = ((const struct result *)a)->milliseconds, second = ((const struct result *)b)->milliseconds;
    return (first > second) - (first < second);
}

static void print(struct result *results, size_t count, double cpu, double milliseconds)
{
    double bytes = 0;
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        bytes += results[i].bytes;
        failed += results[i].failed;
    }
    qsort(results, count, sizeof *results, compare);
    printf("%.4f\t%.0f\t%.2f\t%.2f\t%.0f\t%zu\n", cpu / (double)count, (double)count * 1e3 / milliseconds, results[count / 2].milliseconds,
           results[count * 99 / 100].milliseconds, bytes / (double)count, failed);
}

int main(int argc, char **argv)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (argc != 5) {
        fputs("usage: drive SOCKET COUNT CONNECTIONS PID[,PID…] <REQUESTS\n", stderr);
        return 2;
    }
    size_t count = strtoul(argv[2], NULL, 10), clients = strtoul(argv[3], NULL, 10);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", argv[1]);
    read_lines();
    struct result *results = mmap(NULL, count * sizeof *results, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    double cpu = cpu_of(argv[4]), begun = now();
    for (size_t client = 0; client < clients; client++)
        if (fork() == 0) {
            for (size_t i = client; i < count; i += clients)
                run_one(&address, &lines[i % line_count], &results[i]);
            _exit(0);
        }
    for (int status, failed = 0; wait(&status) > 0;)
        if ((failed |= status) != 0)
            return 1;
    double milliseconds = now() - begun;
    print(results, count, cpu_of(argv[4]) - cpu, milliseconds);
    return 0;
}
