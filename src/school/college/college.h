/* college.h: the face of the area: what a college does with its students beyond a school. (CON-44, CON-45, CON-46) */
#ifndef MEKTEP_COLLEGE_H
#define MEKTEP_COLLEGE_H

#include "engine/area.h"

extern const struct area college_area;

/* The movement by order that schools do not have. */
extern const struct process academic_leave, return_from_leave, repeat_course, change_speciality, change_form, change_funding;
extern const struct process assign_scholarship, stop_scholarship;
extern const struct ledger scholarship_ledger;

extern const struct list on_leave_list, specialities_list, budget_places_list, claimants_list, scholarships_list;
extern const struct list class_scholarships_list;                     /* subject: a group */
extern const struct list pupil_claims_list, pupil_scholarships_list;  /* subject: a student */
extern const struct form speciality_form, pupil_claim_form;

/* The list of specialities of the organisation, for a FIELD_CHOICE or a list's filter; the value is the id. */
NEOERR *speciality_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));

/* SQL of a packed speciality over the alias x, and the words it stands for: columns of lists use both. */
#define SPECIALITY_PACKED "IF(x.id IS NULL, '', CONCAT_WS('|', x.code, x.name_kk, x.name_ru, x.name_en))"
const char *speciality_label(struct request *rq, const char *packed);

#endif
