/* people.h: the face of the area: staff, enough to sign in; roles; activation slips. */
#ifndef MEKTEP_PEOPLE_H
#define MEKTEP_PEOPLE_H

#include "engine/area.h"

extern const struct area people_area;

extern const struct process register_employee;
extern const struct list staff_list;
extern const struct form employee_form, employee_roles_form;
extern const struct output activation_slips;

NEOERR *employee_page(struct request *rq, struct response *rs);
NEOERR *employee_edit_page(struct request *rq, struct response *rs);
NEOERR *employee_roles_page(struct request *rq, struct response *rs);

/* Roles of an organisation that are given by hand, as choices. */
NEOERR *role_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));
/* Makes the roles of a person in the organisation exactly those (ids joined by ","), inside a transaction: a role taken away ends
 * the day before today. */
NEOERR *roles_set(struct db *db, struct request *rq, int64_t person, const char *roles);
/* The roles in force today in the organisation, ids joined by ",". */
NEOERR *roles_of(struct request *rq, int64_t person, char **roles);

#endif
