/* document_png.c: see document.h. */
#include "engine/document.h"
