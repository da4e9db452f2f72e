/* clock.c: the one door to the time of day. */
#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

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

NEOERR *clock_set_today(const char *iso_date)
{
    struct date wanted;
    int64_t now = read_clock(CLOCK_REALTIME);
    time_t seconds = (time_t)(now / 1000);
    struct tm utc;
    if (!date_from_iso(iso_date, &wanted))
        return nerr_raise(ERROR_INPUT, "%s is not a date like 2026-09-01", iso_date);
    gmtime_r(&seconds, &utc);
    struct date today = {utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday};
    shift = (int64_t)date_days_between(today, wanted) * 24 * 3600 * 1000;
    return STATUS_OK;
}

void clock_format(int64_t instant, char out[CLOCK_TEXT_SIZE])
{
    time_t seconds = (time_t)(instant / 1000);
    struct tm utc;
    char text[64];
    gmtime_r(&seconds, &utc);
    snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d.%03d", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min,
             utc.tm_sec, (int)(instant % 1000));
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
    if (strcmp(loaded, zone) == 0)
        return STATUS_OK;
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    FILE *file = strstr(zone, "..") == NULL ? fopen(path, "re") : NULL;
    if (file == NULL)
        return nerr_raise(ERROR_INTERNAL, "no time zone %s", zone);
    fclose(file);
    setenv("TZ", zone, 1);
    tzset();
    snprintf(loaded, sizeof loaded, "%s", zone);
    return STATUS_OK;
}

NEOERR *clock_local(int64_t instant, const char *zone, struct tm *local)
{
    time_t seconds = (time_t)(instant / 1000);
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
