/* calendar.c: the days of a school year: public holidays, school days, and the quarters of known years (docs/sources.md). */
#include "school/planning/period.h"

#include <string.h>

/* ---- public holidays: the law of 13 December 2001 № 267-II ---- */

static const struct holiday {
    int month, day;
    int from, to;       /* years; to 0 = still */
    bool moves;         /* at a weekend the next school day is off */
    const char *name;
} holidays[] = {
    {1, 1, 0, 0, true, N_("New Year")},
    {1, 2, 0, 0, true, N_("New Year")},
    {1, 7, 2007, 0, false, N_("Orthodox Christmas")},
    {3, 8, 0, 0, true, N_("International Women's Day")},
    {3, 21, 2010, 0, true, N_("Nauryz")},
    {3, 22, 0, 0, true, N_("Nauryz")},
    {3, 23, 2010, 0, true, N_("Nauryz")},
    {5, 1, 0, 0, true, N_("Day of Unity of the People")},
    {5, 7, 2013, 0, true, N_("Defender of the Fatherland Day")},
    {5, 9, 0, 0, true, N_("Victory Day")},
    {7, 6, 2009, 0, true, N_("Capital Day")},
    {8, 30, 0, 0, true, N_("Constitution Day")},
    {10, 25, 2022, 0, true, N_("Republic Day")},
    {12, 1, 2012, 2021, true, N_("First President Day")},
    {12, 16, 0, 0, true, N_("Independence Day")},
    {12, 17, 0, 2021, true, N_("Independence Day")},
    /* The first day of Kurban Ait, where it fell into a school year. */
    {10, 4, 2014, 2014, false, N_("Kurban Ait")},
    {9, 24, 2015, 2015, false, N_("Kurban Ait")},
    {9, 12, 2016, 2016, false, N_("Kurban Ait")},
    {9, 1, 2017, 2017, false, N_("Kurban Ait")},
    {5, 27, 2026, 2026, false, N_("Kurban Ait")},
};

static const struct holiday *find_holiday(struct date day)
{
    for (size_t i = 0; i < sizeof holidays / sizeof holidays[0]; i++)
        if (holidays[i].month == day.month && holidays[i].day == day.day && day.year >= holidays[i].from &&
            (holidays[i].to == 0 || day.year <= holidays[i].to))
            return &holidays[i];
    return NULL;
}

static bool is_in_week(const struct calendar *calendar, struct date day)
{
    return date_weekday(day) <= (calendar->six_days ? 6 : 5);
}

static int days_of(const struct calendar *calendar)
{
    int days = date_days_between(calendar->first, calendar->last) + 1;
    return days < CALENDAR_DAYS_MAX ? days : CALENDAR_DAYS_MAX;
}

/* Another day off, the next school day that is not one already. */
static void move_holiday(struct calendar *calendar, int from, const char *name)
{
    for (int i = from + 1; i < days_of(calendar); i++)
        if (calendar->holidays[i] == NULL && is_in_week(calendar, date_add_days(calendar->first, i))) {
            calendar->holidays[i] = name;
            return;
        }
}

void calendar_make(struct date first, struct date last, bool six_days, struct calendar *calendar)
{
    *calendar = (struct calendar){.first = first, .last = last, .six_days = six_days};
    for (int i = 0; i < days_of(calendar); i++) {
        const struct holiday *holiday = find_holiday(date_add_days(first, i));
        calendar->holidays[i] = holiday != NULL ? holiday->name : NULL;
    }
    for (int i = 0; i < days_of(calendar); i++) {
        struct date day = date_add_days(first, i);
        const struct holiday *holiday = find_holiday(day);
        if (holiday != NULL && holiday->moves && !is_in_week(calendar, day))
            move_holiday(calendar, i, holiday->name);
    }
}

const char *calendar_holiday(const struct calendar *calendar, struct date day)
{
    int i = date_days_between(calendar->first, day);
    return i >= 0 && i < days_of(calendar) ? calendar->holidays[i] : NULL;
}

struct calendar_counts calendar_count(const struct calendar *calendar, struct date from, struct date to)
{
    struct calendar_counts counts = {0};
    struct date counted = {0}; /* Monday of the last week that counts */
    for (struct date day = from; date_compare(day, to) <= 0; day = date_add_days(day, 1)) {
        struct date monday = date_add_days(day, 1 - date_weekday(day));
        counts.days++;
        if (!is_in_week(calendar, day) || calendar_holiday(calendar, day) != NULL)
            continue;
        counts.school_days++;
        counts.weeks += date_compare(monday, counted) != 0;
        counted = monday;
    }
    return counts;
}

/* ---- quarters of known years ---- */

/* Month * 100 + day of the first and the last day of each quarter; 0 = the source does not say it. */
static const struct {
    int year, quarters[4][2];
} known[] = {
    {2014, {{901, 1103}, {1112, 1230}, {109, 319}, {401, 525}}},
    {2016, {{901, 1030}, {1107, 1229}, {109, 320}, {403, 0}}},
    {2017, {{901, 1029}, {1106, 1228}, {108, 320}, {403, 0}}},
    {2018, {{901, 1028}, {1105, 1230}, {110, 320}, {403, 0}}},
    {2019, {{901, 1027}, {1104, 1229}, {109, 320}, {403, 525}}},
    {2021, {{901, 1031}, {1108, 1229}, {110, 318}, {331, 0}}},
    {2022, {{901, 1030}, {1107, 1230}, {109, 317}, {327, 531}}},
    {2023, {{901, 1029}, {1106, 1228}, {108, 320}, {401, 525}}},
    {2024, {{901, 1027}, {1104, 1229}, {109, 320}, {401, 525}}},
    {2025, {{901, 1026}, {1103, 1228}, {108, 318}, {330, 525}}},
    {2026, {{901, 1025}, {1102, 1227}, {111, 321}, {329, 525}}},
};

static struct date day_of(int year, int day)
{
    enum { AUGUST = 8 };
    int month = day / 100;
    return day == 0 ? (struct date){0} : (struct date){month >= AUGUST ? year : year + 1, month, day % 100};
}

/* A semester is two quarters. */
bool calendar_known(int year, const char *kind, struct date *starts_on, struct date *ends_on)
{
    bool is_semester = kind[0] == 's';
    int number = kind[1] - '1', from = is_semester ? 2 * number : number, to = is_semester ? from + 1 : from;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].year == year) {
            *starts_on = day_of(year, known[i].quarters[from][0]);
            *ends_on = day_of(year, known[i].quarters[to][1]);
            return true;
        }
    return false;
}
