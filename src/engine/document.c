/* document.c: see document.h. */
#include "engine/document.h"
