/* document_xlsx.c: see document.h. */
#include "engine/document.h"
