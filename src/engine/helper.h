/* helper.h: to come with the upload checks. */
#ifndef MEKTEP_HELPER_H
#define MEKTEP_HELPER_H
#include "base/error.h"
#endif
