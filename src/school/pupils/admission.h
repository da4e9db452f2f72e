/* admission.h: between the files of the admission: an application, its papers. */
#ifndef MEKTEP_ADMISSION_H
#define MEKTEP_ADMISSION_H

#include "engine/area.h"

/* The papers of the kind of organisation as choices; what is missing of them, as words joined by "; " ("" = nothing). */
NEOERR *admission_paper_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));
const char *admission_missing(struct request *rq, const char *papers);
const char *admission_present(struct request *rq, const char *papers);

/* What an application says of the schooling and of who applies: fields of its form and of its registration. */
#define APPLICANT_FIELDS                                                                                                              \
    {"language", N_("Language of instruction"), FIELD_CHOICE, .codes = &instruction_language_codes},                                  \
    {"speciality", N_("Speciality"), FIELD_TEXT, WIDE, .max = 200, .when = form_in_college},                                          \
    {"address", N_("Address"), FIELD_TEXT, WIDE, .max = 300},                                                                         \
    {"applicant", N_("Applicant"), FIELD_TEXT, NEW_GROUP | WIDE, .max = 300, .hint = N_("The parent, or the person in their place")}, \
    {"degree", N_("Degree of kinship"), FIELD_CHOICE, .codes = &kinship_degree_codes},                                                \
    {"phone", N_("Phone"), FIELD_PHONE},                                                                                              \
    {"email", N_("E-mail"), FIELD_EMAIL}

#endif
