/* xml_write.c: see xml.h. */
#include "engine/xml.h"
