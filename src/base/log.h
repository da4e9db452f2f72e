/* log.h: the log: one JSON object a line on stderr. No personal data, no secrets. */
#ifndef MEKTEP_LOG_H
#define MEKTEP_LOG_H

#include "base/error.h"

enum log_level { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARNING, LOG_LEVEL_ERROR };

void log_set_level(enum log_level level);
void log_set_process(const char *name);      /* "master", "web", "job"; with the pid in every line */
void log_set_request(const char *request_id); /* NULL between requests; copied */

void log_write(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_error(NEOERR *error); /* the whole trace in one line, level error; does not free it */

/* One line for one request: {"time":…,"process":…,"request":…,"method":…,"path":…,"status":…,"ms":…,"bytes":…,"statements":…}. */
void log_request(const char *method, const char *path, int status, double milliseconds, size_t bytes, unsigned statements);

#endif
