/* client.h: MariaDB's own clients, for what they do better: a whole database out and in again. */
#ifndef MEKTEP_CLIENT_H
#define MEKTEP_CLIENT_H

#include "engine/config.h"

/* Runs arguments (the first is found in PATH; ends with NULL) with the schema's account, input as its standard input and output as
 * its standard output; arguments[1] is set to the option that names the account. No password stands where others can read it.
 * ERROR_INTERNAL: it is not installed, or failed; it has said why on the standard error output. */
NEOERR *client_run(struct pool *pool, const struct config *config, const char **arguments, int input, int output);

#endif
