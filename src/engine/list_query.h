/* list_query.h: what the files of the list share: what the address asks of a list, and the SQL of it. */
#ifndef MEKTEP_LIST_QUERY_H
#define MEKTEP_LIST_QUERY_H

#include "engine/field_kind.h"
#include "engine/list.h"

enum list_what { LIST_COUNT, LIST_IDS, LIST_ROWS, LIST_COUNTS };

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
    const struct list_slice *slice;    /* of a list of counts, and of the list that it opens */
    const struct list_column *counted; /* of the latter: what the number counts, NULL = all */
    const char *key;                   /* … and in which row; NULL = in all, "" = in the one that is not said */
};

/* Reads what the address asks, or the posted form when it names this list. */
NEOERR *list_query_new(struct request *rq, const struct list *list, int64_t subject, const void *detail, struct list_query **out);

/* The day of a filter as people read it. */
const char *list_day(struct request *rq, const struct list_choice *row);

/* True when rows may be missing because of words or of filters other than the usual ones. */
bool list_is_narrowed(const struct list_query *query);

/* The page's own address that asks the same, from the first page on and in no format. */
char *list_address(const struct list_query *query);

/* The whole statement; its values are in the query, ended by DB_END. limit 0 = all rows. LIST_ROWS: the id, then a column a column;
 * LIST_COUNTS: the key, then a number a column. */
NEOERR *list_sql(struct list_query *query, enum list_what what, size_t limit, size_t offset, char **sql);

/* ---- lists of counts (list_count.c) ---- */

/* A slice's key as people read it. */
const char *list_key(struct request *rq, const struct list_slice *slice, const char *key);
/* Fills List.*: the choice of slices, columns and their heads, rows, sum, bars; how many rows there are. */
NEOERR *list_counts_show(struct list_query *query, const char *address, size_t *total);
/* The table of the slice chosen, or of each where the list says so. */
NEOERR *list_counts_write(struct list_query *query, struct doc *doc);
/* What an opened list counts, in words: "Arrived: enrolled · 5-А"; "" for other lists. */
const char *list_counted_words(const struct list_query *query);

/* The value of a cell as people read it. */
const char *list_cell(struct request *rq, const struct list_column *column, const char *value);

#endif
