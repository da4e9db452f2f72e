/* file_kind.h: to come with the upload checks. */
#ifndef MEKTEP_FILE_KIND_H
#define MEKTEP_FILE_KIND_H
#include "base/error.h"
#endif
