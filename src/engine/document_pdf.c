/* document_pdf.c: see document.h. */
#include "engine/document.h"
