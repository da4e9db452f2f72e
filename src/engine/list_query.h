/* list_query.h: what the files of the list share: what the address asks of a list, and the SQL of it. */
#ifndef MEKTEP_LIST_QUERY_H
#define MEKTEP_LIST_QUERY_H

#include "engine/field_kind.h"
#include "engine/list.h"

enum list_what { LIST_COUNT, LIST_IDS, LIST_ROWS };

/* A filter that is in use here, its choices and the value that is asked for ("" = all). */
struct list_choice {
    const struct list_filter *filter;
    struct choice_set choices;
    const char *value, *usual; /* usual: what it is when the address says nothing */
};

/* What is asked of a list; names and values that the list does not know are left out. */
struct list_asked {
    const char *search;               /* words as typed, "" = none */
    bool by_digits;                   /* they are digits and were posted: never put into an address */
    const struct list_column *sort;   /* NULL = by tie_sql alone */
    bool descending;
    const char *sort_asked;           /* "name", "-name"; "" = the usual one */
    struct list_choice *filters;
    size_t filter_count;
};

/* Reads what the address asks, or the posted form when it names this list. */
NEOERR *list_query_new(struct request *rq, const struct list *list, int64_t subject, const void *detail, struct list_query **out);

/* The day of a filter as people read it. */
const char *list_day(struct request *rq, const struct list_choice *row);

/* True when rows may be missing because of words or of filters other than the usual ones. */
bool list_is_narrowed(const struct list_query *query);

/* The page's own address that asks the same, from the first page on and in no format. */
char *list_address(const struct list_query *query);

/* The whole statement; its values are in the query, ended by DB_END. limit 0 = all rows. LIST_ROWS: the id, then a column a column. */
NEOERR *list_sql(struct list_query *query, enum list_what what, size_t limit, size_t offset, char **sql);

/* The value of a cell as people read it. */
const char *list_cell(struct request *rq, const struct list_column *column, const char *value);

#endif
