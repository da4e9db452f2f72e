/* i18n.c: see i18n.h. */
#include "engine/i18n.h"
