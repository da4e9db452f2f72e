/* document_csv.c: see document.h. */
#include "engine/document.h"
