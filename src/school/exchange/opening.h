/* opening.h: pupils that come without movements enter the ledger by one order for the organisation. */
#ifndef MEKTEP_EXCHANGE_OPENING_H
#define MEKTEP_EXCHANGE_OPENING_H

#include "school/exchange/exchange.h"

/* Adds the opening-balance order and its movements for those pupils of the batch whose class the file names and whose ledger is empty.
 * Nobody is so: nothing is added. Inside a transaction; the caller folds. */
NEOERR *opening_balance_add(struct db *db, struct pool *pool, const struct config *config, const struct import *import, int64_t org, const char *org_uid);

/* The next number of the organisation's journal of pupils' orders in a year, without letters. */
NEOERR *opening_order_number(struct db *db, int64_t org, int year, int64_t *number);

#endif
