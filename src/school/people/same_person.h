/* same_person.h: whom a form of registration describes may be known already, as a pupil, an employee or somebody's parent: likely the
 * same people are found by IIN or by name and birth date, shown, and one is chosen. One human is one row of person. (CON-21, CON-27) */
#ifndef MEKTEP_SAME_PERSON_H
#define MEKTEP_SAME_PERSON_H

#include "school/people/person.h"

/* The row of the fields table of such a process; beside it stand iin, surname, given, patronymic, born_on, sex. */
#define SAME_PERSON_FIELD \
    {"same", N_("Is it the same person?"), FIELD_CHOICE, REQUIRED | RADIO, .choices = same_person_choices, .when = same_person_is_likely}

NEOERR *same_person_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));
bool same_person_is_likely(const struct form_data *form);

/* What the fields of those names say; id 0. */
struct person same_person_typed(const struct form_data *form);

/* The typed IIN is nobody else's than the person's; who has it is named only when known in this organisation. */
NEOERR *same_person_check_iin(struct form_data *form, int64_t person);

/* For process.check: the run's title is the typed name; a birth date or sex that the number does not say is warned of. */
NEOERR *same_person_check(struct process_run *run);

/* For process.apply: the id of the chosen person, or of a new one as typed, who has an account from now on. Uses run->kept. */
NEOERR *same_person_take(struct db *db, struct process_run *run, int64_t *person);

#endif
