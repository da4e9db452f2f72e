/* clock.c: the one door to the time of day. */
#include "base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int64_t shift;

static int64_t read_clock(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_now(void)
{
    return read_clock(CLOCK_REALTIME) + shift;
}

int64_t clock_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void clock_shift(int64_t milliseconds)
{
    shift = milliseconds;
}

/* 06:00 in UTC is the same day in every zone people here may have. */
NEOERR *clock_set_today(const char *iso_date)
{
    struct date wanted;
    char text[CLOCK_TEXT_SIZE];
    int64_t morning = 0;
    if (!date_from_iso(iso_date, &wanted))
        return nerr_raise(ERROR_INPUT, "set the clock to %s: it is no date like 2026-09-01", iso_date);
    snprintf(text, sizeof text, "%.10s 06:00:00.000", iso_date);
    clock_parse(text, &morning);
    shift = morning - read_clock(CLOCK_REALTIME);
    return STATUS_OK;
}

/* Rounded down, before 1970 too. */
static time_t seconds_of(int64_t instant)
{
    return (time_t)(instant / 1000 - (instant % 1000 < 0));
}

void clock_format(int64_t instant, char out[CLOCK_TEXT_SIZE])
{
    time_t seconds = seconds_of(instant);
    struct tm utc;
    char text[64];
    gmtime_r(&seconds, &utc);
    snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d.%03d", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min,
             utc.tm_sec, (int)(instant - (int64_t)seconds * 1000));
    memcpy(out, text, CLOCK_TEXT_SIZE - 1);
    out[CLOCK_TEXT_SIZE - 1] = '\0';
}

bool clock_parse(const char *text, int64_t *instant)
{
    struct tm utc = {0};
    int milliseconds = 0;
    int read = sscanf(text, "%4d-%2d-%2d%*1[ T]%2d:%2d:%2d.%3d", &utc.tm_year, &utc.tm_mon, &utc.tm_mday, &utc.tm_hour, &utc.tm_min, &utc.tm_sec,
                      &milliseconds);
    if (read < 6)
        return false;
    utc.tm_year -= 1900;
    utc.tm_mon -= 1;
    *instant = (int64_t)timegm(&utc) * 1000 + milliseconds;
    return true;
}

/* A zone is loaded by glibc through TZ; the last one stays loaded. */
static NEOERR *use_zone(const char *zone)
{
    static char loaded[64];
    char path[128];
    struct stat status;
    if (loaded[0] != '\0' && strcmp(loaded, zone) == 0)
        return STATUS_OK;
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    if (strstr(zone, "..") != NULL || stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return nerr_raise(ERROR_INTERNAL, "load the time zone %s: there is none", zone);
    setenv("TZ", zone, 1);
    tzset();
    snprintf(loaded, sizeof loaded, "%s", zone);
    return STATUS_OK;
}

NEOERR *clock_local(int64_t instant, const char *zone, struct tm *local)
{
    time_t seconds = seconds_of(instant);
    TRY(use_zone(zone));
    localtime_r(&seconds, local);
    return STATUS_OK;
}

NEOERR *clock_today(const char *zone, struct date *today)
{
    struct tm local;
    TRY(clock_local(clock_now(), zone, &local));
    *today = (struct date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
    return STATUS_OK;
}
