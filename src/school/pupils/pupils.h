/* pupils.h: the face of the area: classes, pupils' files, movement by order. */
#ifndef MEKTEP_PUPILS_H
#define MEKTEP_PUPILS_H

#include "engine/area.h"

extern const struct area pupils_area;

extern const struct process register_class, register_group, register_pupil, enrol_pupil;
extern const struct list pupils_list, classes_list, without_class_list, class_pupils_list, alphabetical_list;
extern const struct form class_general_form, class_education_form, pupil_personal_form, pupil_document_form;

/* The label of a pupil as a process' subject: "Ерғалиев Санжар Маратұлы, 27.05.2011"; ERROR_NOT_FOUND outside the organisation. */
NEOERR *pupil_label(struct request *rq, int64_t pupil, char **label);

/* Scans of the documents of pupils whose files the person sees. */
extern const struct file_reach pupil_files;

/* ERROR_NOT_FOUND or ERROR_DENIED when the permission's scopes do not reach the pupil. */
NEOERR *pupil_check_scope(struct request *rq, const struct permission *permission, int64_t pupil);

/* The left panel of the contingent (CON-02, CON-03, CON-04): fills Panel.*. class 0 = none chosen. */
NEOERR *panel_show(struct request *rq, int grade, int64_t class, bool archive);

NEOERR *contingent_page(struct request *rq, struct response *rs);
NEOERR *pupils_page(struct request *rq, struct response *rs);
NEOERR *class_page(struct request *rq, struct response *rs);
NEOERR *class_edit_page(struct request *rq, struct response *rs);
NEOERR *pupil_page(struct request *rq, struct response *rs);
NEOERR *pupil_edit_page(struct request *rq, struct response *rs);
NEOERR *pupil_document_page(struct request *rq, struct response *rs);

#endif
