/* document_fonts.h: the fonts of papers: only those named here, whatever else the machine has. */
#ifndef MEKTEP_DOCUMENT_FONTS_H
#define MEKTEP_DOCUMENT_FONTS_H

#include "base/error.h"

#include <pango/pangocairo.h>

/* Opens the font files and looks for the Kazakh letters in each, once a process; ERROR_INTERNAL names the file and its Debian package. */
NEOERR *doc_fonts_open(void);

/* A new context for laying out text in points, without hinting, so that PDF and PNG break lines alike; the caller unrefs it. */
NEOERR *doc_fonts_context(PangoContext **out);

#endif
