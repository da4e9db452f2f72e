/* master.h: the master process: keeps the listening socket and the worker processes.
 *
 * Each worker is this program again ("mektepd -c FILE web"), started anew by fork and exec with the listening socket as
 * descriptor 0; it writes its process number to descriptor MASTER_READY_FD once it can serve.
 *   SIGTERM, SIGINT  every worker finishes its request, then the master ends
 *   SIGHUP           reads the configuration, starts a new crew from the installed binary; when all of it can serve, the old
 *                    crew finishes. A new crew that fails is given up and the old one stays.
 *   a dead worker    is replaced, at once the first time, later after a pause that doubles
 */
#ifndef MEKTEP_MASTER_H
#define MEKTEP_MASTER_H

#include "base/error.h"

enum { MASTER_READY_FD = 3 };
#define MASTER_READY_VARIABLE "MEKTEP_READY" /* set in the environment of a worker that a master has started */

/* arguments: those the master itself was started with, argv[0] to NULL; a worker gets them and its kind. Returns when all
 * workers have ended. */
NEOERR *master_run(const char *config_path, char *const *arguments);

#endif
