/* admission.h: between the files of the admission: an application, its papers. */
#ifndef MEKTEP_ADMISSION_H
#define MEKTEP_ADMISSION_H

#include "engine/area.h"

/* The papers of the kind of organisation as choices; what is missing of them, as words joined by "; " ("" = nothing). */
NEOERR *admission_paper_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));
const char *admission_missing(struct request *rq, const char *papers);
const char *admission_present(struct request *rq, const char *papers);

#endif
