/* list_query.h: between list.c and list_document.c: the SQL of a list with the address' search, filters and sort. */
#ifndef MEKTEP_LIST_QUERY_H
#define MEKTEP_LIST_QUERY_H

#include "engine/list.h"

enum list_what { LIST_COUNT, LIST_IDS, LIST_ROWS };

/* A value of the address, or of the posted form that repeats it; "" when absent. */
const char *list_parameter(const struct request *rq, const char *name);

NEOERR *list_query_new(struct request *rq, const struct list *list, int64_t subject, const void *detail, struct list_query **out);

/* The whole statement; its values are in the query, ended by DB_END. limit 0 = all rows. */
NEOERR *list_sql(struct list_query *query, enum list_what what, size_t limit, size_t offset, char **sql);

/* The value of a cell as people read it. */
const char *list_cell(struct request *rq, const struct list_column *column, const char *value);

/* The column sorted by and its direction, by the address or the list's default. */
const struct list_column *list_sort(const struct list_query *query, bool *descending);

/* A filter's value in force: the address', or its fallback. */
const char *list_filter_value(const struct request *rq, const struct list_filter *filter);

#endif
