/* log.c: JSON lines on stderr, each written in one write so that lines of several processes do not mix. */
#include "base/log.h"

#include "base/clock.h"

#include <stdarg.h>
#include <string.h>
#include <unistd.h>

/* A line holds two long values at most; each is cut, so that what follows always fits. */
enum { LINE_BYTES = 4096, VALUE_BYTES = 1700 };

static enum log_level least = LOG_LEVEL_INFO;
static char process_name[16] = "mektep";
static char request_name[32];

static const char *const level_names[] = {"debug", "info", "warning", "error"};

struct line {
    char bytes[LINE_BYTES];
    size_t used;
};

static void add_bytes(struct line *line, const char *bytes, size_t length)
{
    size_t room = LINE_BYTES - 4 - line->used;
    if (length > room)
        length = room;
    memcpy(line->bytes + line->used, bytes, length);
    line->used += length;
}

static void add(struct line *line, const char *text)
{
    add_bytes(line, text, strlen(text));
}

static void add_escaped(struct line *line, const char *text)
{
    size_t end = line->used + VALUE_BYTES;
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        char code[8];
        bool is_letter = (*c & 0xC0) != 0x80; /* the bytes of one letter stay together */
        if (is_letter && line->used >= end)
            return;
        if (*c == '"' || *c == '\\')
            snprintf(code, sizeof code, "\\%c", *c);
        else if (*c < 0x20)
            snprintf(code, sizeof code, "\\u%04x", *c);
        else
            snprintf(code, sizeof code, "%c", *c);
        add(line, code);
    }
}

static void add_text(struct line *line, const char *name, const char *text)
{
    add(line, ",\"");
    add(line, name);
    add(line, "\":\"");
    add_escaped(line, text);
    add(line, "\"");
}

static void begin(struct line *line, enum log_level level)
{
    char time[CLOCK_TEXT_SIZE], pid[32];
    clock_format(clock_now(), time);
    line->used = 0;
    add(line, "{\"time\":\"");
    add(line, time);
    add(line, "\"");
    add_text(line, "level", level_names[level]);
    add_text(line, "process", process_name);
    snprintf(pid, sizeof pid, ",\"pid\":%d", (int)getpid());
    add(line, pid);
    if (request_name[0] != '\0')
        add_text(line, "request", request_name);
}

static void end(struct line *line)
{
    memcpy(line->bytes + line->used, "}\n", 2);
    if (write(STDERR_FILENO, line->bytes, line->used + 2) < 0)
        return; /* there is nowhere to say so */
}

void log_set_level(enum log_level level)
{
    least = level;
}

void log_set_process(const char *name)
{
    snprintf(process_name, sizeof process_name, "%s", name);
}

void log_set_request(const char *request_id)
{
    snprintf(request_name, sizeof request_name, "%s", request_id != NULL ? request_id : "");
}

void log_write(enum log_level level, const char *format, ...)
{
    struct line line;
    char text[LINE_BYTES / 2];
    va_list args;
    if (level < least)
        return;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    begin(&line, level);
    add_text(&line, "message", text);
    end(&line);
}

void log_error(NEOERR *error)
{
    struct line line;
    STRING trace;
    if (error == STATUS_OK)
        return;
    string_init(&trace);
    nerr_error_traceback(error, &trace);
    begin(&line, LOG_LEVEL_ERROR);
    add_text(&line, "message", error_message(error));
    add_text(&line, "trace", trace.buf != NULL ? trace.buf : "");
    end(&line);
    string_clear(&trace);
}

void log_request(const char *method, const char *path, int status, double milliseconds, size_t bytes, unsigned statements)
{
    struct line line;
    char numbers[160];
    if (LOG_LEVEL_INFO < least)
        return;
    begin(&line, LOG_LEVEL_INFO);
    add_text(&line, "method", method);
    add_text(&line, "path", path);
    snprintf(numbers, sizeof numbers, ",\"status\":%d,\"ms\":%.2f,\"bytes\":%zu,\"statements\":%u", status, milliseconds, bytes, statements);
    add(&line, numbers);
    end(&line);
}
