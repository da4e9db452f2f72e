/* reports.h: the face of the area: books and reports of the contingent, each a view of the ledger. (CON-39, CON-43, STA-03, REP-15) */
#ifndef MEKTEP_REPORTS_H
#define MEKTEP_REPORTS_H

#include "engine/area.h"

extern const struct area reports_area;

/* Lists of counts, and the lists that their numbers open. */
extern const struct list movement_book, movement_book_pupils;
extern const struct list roll_counts, roll_counts_pupils;
extern const struct list social_counts, social_counts_pupils;
extern const struct list achievement_counts, achievement_counts_pupils;
extern const struct list graduate_counts, graduate_counts_pupils;

/* ---- what they share ---- */

/* SQL of a class as the key of a slice, over alias c; its words; and how classes are sorted. */
#define REPORT_CLASS "CONCAT_WS('|', c.id, c.year, c.grade, c.name_kk, c.name_ru, c.name_en)"
#define REPORT_CLASS_SORT "CONCAT(LPAD(c.grade, 2, '0'), c.name_ru, c.year)"
const char *report_class(struct request *rq, const char *key);
/* A parallel or course as a key. */
const char *report_grade(struct request *rq, const char *key);

/* .usual_day: the first day of the school year of the page; today, or the last day of that year when it is over. */
struct date report_first_day(const struct request *rq);
struct date report_last_day(const struct request *rq);

/* .foot: who is responsible, who signs, and where the form comes from. (REP-15) */
NEOERR *report_foot(const struct list_query *query, struct doc *doc);

#endif
