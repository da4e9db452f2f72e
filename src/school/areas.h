/* areas.h: the one list of the school's areas. */
#ifndef MEKTEP_AREAS_H
#define MEKTEP_AREAS_H

#include "engine/area.h"

extern const struct area *const areas[]; /* ends with NULL */

#endif
