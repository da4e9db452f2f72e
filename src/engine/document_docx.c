/* document_docx.c: see document.h. */
#include "engine/document.h"
