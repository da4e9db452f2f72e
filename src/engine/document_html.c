/* document_html.c: see document.h. */
#include "engine/document.h"
