/* process_register.h: what registration and acceptance share: both make a pupil's file of a form. (CON-21, CON-22) */
#ifndef MEKTEP_PROCESS_REGISTER_H
#define MEKTEP_PROCESS_REGISTER_H

#include "school/people/same_person.h"

/* The fields of a new file; beside them stands SAME_PERSON_FIELD. */
#define PUPIL_DATA_FIELDS                                                                                                                  \
    {"grade", N_("Parallel"), FIELD_CHOICE, REQUIRED, .choices = class_grade_choices},                                                      \
    {"resident", N_("Residency"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &residency_codes, .when = form_in_school},                       \
    {"iin", N_("IIN"), FIELD_IIN, .required_when = pupil_needs_iin, .depends = "resident"},                                                 \
    {"no_iin_reason", N_("No IIN yet"), FIELD_CHOICE, .codes = &no_iin_reason_codes, .when = pupil_may_lack_iin, .depends = "resident",     \
     .hint = N_("Only when there is no number yet: the file then stays in “not filled in”")},                                               \
    {"surname", N_("Surname"), FIELD_NAME, REQUIRED},                                                                                       \
    {"given", N_("Given name"), FIELD_NAME, REQUIRED},                                                                                      \
    {"patronymic", N_("Patronymic"), FIELD_NAME},                                                                                           \
    {"born_on", N_("Date of birth"), FIELD_DATE, REQUIRED | FUTURE_NO},                                                                     \
    {"sex", N_("Sex"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &sex_codes},                                                                \
    {"email", N_("E-mail"), FIELD_EMAIL},                                                                                                   \
    {"entered_on", N_("Date of entry"), FIELD_DATE, REQUIRED, .when = form_in_college}

/* Starred for residents of a school only (G4); a reason why there is none yet takes the star away. */
bool pupil_needs_iin(const struct form_data *form);
bool pupil_may_lack_iin(const struct form_data *form);

/* For process.check: the person has no file here yet. */
NEOERR *pupil_check_new(struct process_run *run);

/* For process.apply: the file of the person chosen or typed, who gets a login; the roles that follow from it. */
NEOERR *pupil_add(struct db *db, struct process_run *run, int64_t *pupil);

#endif
