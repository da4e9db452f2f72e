/* list_document.c: see list.h. */
#include "engine/list.h"
