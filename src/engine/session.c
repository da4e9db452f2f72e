/* session.c: see session.h. */
#include "engine/session.h"
