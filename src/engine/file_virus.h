/* file_virus.h: uploads looked through by clamd (ClamAV), where the installation has one. */
#ifndef MEKTEP_FILE_VIRUS_H
#define MEKTEP_FILE_VIRUS_H

#include "engine/config.h"

enum virus_verdict { VIRUS_NONE, VIRUS_FOUND, VIRUS_UNKNOWN };

/* Lets clamd look through the file at path; VIRUS_NONE without a clamd_socket. VIRUS_UNKNOWN, logged with its reason, when clamd
 * cannot be reached, does not answer in time, or answers anything but yes and no. */
enum virus_verdict file_virus_check(const struct config *config, const char *path);

#endif
