/* sql.h: the statements of the exchange, joined from the constant parts of kinds.c. */
#ifndef MEKTEP_EXCHANGE_SQL_H
#define MEKTEP_EXCHANGE_SQL_H

#include "base/pool.h"
#include "school/exchange/kinds.h"

/* SELECT of all attributes, named so; from is the kind's or exchange_all_persons. */
const char *exchange_export_sql(struct pool *pool, const struct exchange_kind *kind, const char *from);

/* One value each: the batch. Rows without a verdict get: their target, when the row is there … */
const char *exchange_locate_sql(struct pool *pool, const struct exchange_kind *kind);
/* … rejected, when a reference leads to nothing that will stand … (two values: words, batch) */
const char *exchange_reference_sql(struct pool *pool, const struct exchange_kind *kind, const struct exchange_field *field);
/* … or an attribute names a file that does not (three values: batch, batch, words); that are another organisation's here (two: words,
 * batch; NULL when the kind has no uid) … */
const char *exchange_files_sql(struct pool *pool, const struct exchange_kind *kind, const struct exchange_field *field);
const char *exchange_foreign_sql(struct pool *pool, const struct exchange_kind *kind);
/* … new, when nothing is here … */
const char *exchange_new_sql(struct pool *pool, const struct exchange_kind *kind);
/* … and same, changed or conflict. */
const char *exchange_verdict_sql(struct pool *pool, const struct exchange_kind *kind);

/* Two values: the batch and the organisation's uid, which persons do without. New rows are added (NULL: otherwise) … */
const char *exchange_insert_sql(struct pool *pool, const struct exchange_kind *kind, const char *condition);
/* … find their targets … */
const char *exchange_target_sql(struct pool *pool, const struct exchange_kind *kind);
/* … and changed rows are written; with later, only the fields that had to wait, of the new rows. NULL when there are none. */
const char *exchange_update_sql(struct pool *pool, const struct exchange_kind *kind, bool later);

#endif
