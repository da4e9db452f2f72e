/* xml_read.c: see xml.h. */
#include "engine/xml.h"
