/* pupils.h: the face of the area: classes, pupils' files, movement by order. */
#ifndef MEKTEP_PUPILS_H
#define MEKTEP_PUPILS_H

#include "engine/area.h"

extern const struct area pupils_area;

extern const struct process register_class, register_group, register_pupil, register_kinship;
extern const struct process withdraw_pupil, restore_pupil, merge_pupils;
extern const struct process register_application, accept_application, accept_applications, register_meal;
extern const struct process accept_arriving;
extern const struct process enrol_pupil, transfer_pupil, exclude_pupil, reinstate_pupil, graduate_pupils, pass_year, disband_class; /* the movement by order */
extern const struct list pupils_list, classes_list, class_heads_list, without_class_list, class_pupils_list, alphabetical_list, archive_list;
extern const struct list pupil_documents_list, pupil_family_list, pupil_social_list, pupil_health_list, pupil_achievements_list, pupil_movements_list;
extern const struct list pupil_meals_list, meals_list, meal_permits_list;
extern const struct form meal_form, meal_decision_form, meal_end_form;
extern const struct output meal_application;
extern const struct list graduates_list, year_report_list;
extern const struct form class_general_form, class_education_form, pupil_personal_form, pupil_contacts_form, pupil_education_form;
extern const struct field pupil_contact_fields[];
extern const struct form contacts_proposal_form, corrections_form;
extern const struct form pupil_kinship_form, pupil_certificate_form, certificate_decision_form, application_form, application_end_form;
extern const struct list pupil_papers_list, papers_list, applications_list, admitted_list, withdrawn_list;
extern const struct list departures_list, arriving_list;
extern const struct form arrival_slip_form, arriving_decline_form;
extern const struct output departure_slip;
extern const struct output certificate_output, personal_file, application_receipt;
extern const struct form pupil_document_form, pupil_social_form, pupil_health_form, pupil_achievement_form;

/* SQL of what is not filled in for a pupil p with the person h, as codes of pupil_unfilled_codes joined by ",". */
#define PUPIL_UNFILLED \
    "CONCAT_WS(',', IF(h.iin IS NULL AND p.resident = 1, 'iin', NULL), IF(p.born_on IS NULL, 'born', NULL), IF(p.address = '', 'address', NULL))"
extern const struct code_list pupil_unfilled_codes;
/* .scope of lists over the pupil p: class heads see their classes, parents their children, a pupil himself or herself. */
NEOERR *pupil_list_scope(struct list_query *query, const char **condition);

/* The label of a pupil as a process' subject: "Ерғалиев Санжар Маратұлы, 27.05.2011"; ERROR_NOT_FOUND outside the organisation. */
NEOERR *pupil_labels(struct request *rq, struct process_subject *pupils, size_t count);
/* In the order of their classes; the label is the name, facts are birth date, class and parallel. */
NEOERR *pupil_labels_by_class(struct request *rq, struct process_subject *pupils, size_t count);
NEOERR *pupil_label(struct request *rq, int64_t pupil, const char **label);
/* .begin of a process on pupils: its fields "school" and, for one of them, "pupil". */
NEOERR *pupil_begin(struct process_run *run);

/* What the form of registration or of personal data says; a resident of the country unless it says no. */
bool pupil_is_resident(const struct form_data *form);

/* In the transaction that changes a pupil's standing or kin: the roles that follow from them are read anew (auth_roles_changed). */
NEOERR *pupil_roles_changed(struct db *db, int64_t org, int64_t pupil);

NEOERR *certificate_page(struct request *rq, struct response *rs);
NEOERR *certificate_print_page(struct request *rq, struct response *rs);
/* Without a session: what the paper says whose code stands in the address. */
NEOERR *certificate_check_page(struct request *rq, struct response *rs);
NEOERR *personal_file_page(struct request *rq, struct response *rs);
NEOERR *application_page(struct request *rq, struct response *rs);
NEOERR *application_edit_page(struct request *rq, struct response *rs);
NEOERR *application_print_page(struct request *rq, struct response *rs);
NEOERR *meal_page(struct request *rq, struct response *rs);
NEOERR *meal_edit_page(struct request *rq, struct response *rs);
NEOERR *meal_print_page(struct request *rq, struct response *rs);
/* On the tab of contacts: what is proposed, and the ways to propose and to decide. */
NEOERR *corrections_show(struct request *rq, int64_t pupil);
/* Task source: proposed corrections, one a pupil. */
NEOERR *corrections_find(struct request *rq, size_t limit, size_t *count, task_add_fn *add);

/* Who left for another organisation, and who comes from one. */
/* One of these lists: its page, last NULL, or a page under it; and a form of it, without the facts that its own page shows. */
NEOERR *handover_crumbs(struct request *rq, const struct list *list, int64_t id, const char *name, const char *last);
NEOERR *handover_form_page(struct request *rq, struct response *rs, const struct form *form, const struct list *list, int64_t id, const char *name);
NEOERR *departure_page(struct request *rq, struct response *rs);
NEOERR *arrival_slip_page(struct request *rq, struct response *rs);
NEOERR *departure_slip_page(struct request *rq, struct response *rs);
NEOERR *arriving_page(struct request *rq, struct response *rs);
NEOERR *arriving_decline_page(struct request *rq, struct response *rs);
/* On the tab of movement: the slips of the pupil's departures. */
NEOERR *departures_show(struct request *rq, int64_t pupil);

/* Applications for free meals that are not decided, certificates that are ordered, departures that the other organisation has not accepted,
 * pupils who wait for an order here. */
extern const struct task_rows meal_tasks, certificate_tasks, departure_tasks, arriving_tasks;

/* Card.photo: the address of the pupil's photo, when there is one. */
NEOERR *pupil_photo_show(struct request *rq, int64_t id);

/* The address where a slip for the parent is printed, NULL for those who may not; and the operations on the page of a kinship. */
NEOERR *kinship_slip(struct request *rq, int64_t kinship, const char **address);
NEOERR *kinship_operations(struct request *rq, int64_t kinship);

/* What a pupil's file has scans in, and the right that opens them: X(table, column of the pupil, column of the scans, permission). */
#define PUPIL_SCANS(X)                                       \
    X(pupil, id, photo_id, see_contingent)                   \
    X(pupil_document, pupil_id, file_id, see_contingent)     \
    X(pupil_social, pupil_id, file_id, see_contingent)       \
    X(pupil_health, pupil_id, file_id, see_health)           \
    X(pupil_achievement, pupil_id, file_id, see_contingent)  \
    X(meal, pupil_id, file_id, see_contingent)               \
    X(budget_claim, pupil_id, file_id, see_contingent)       \
    X(departure, pupil_id, file_id, see_contingent)

/* Scans of the files of pupils which the person sees. */
extern const struct file_reach pupil_files;

/* .scope of a list with pupils p: class heads see their classes, parents their children, a pupil himself or herself. */
NEOERR *pupil_list_scope(struct list_query *query, const char **condition);

/* ERROR_NOT_FOUND or ERROR_DENIED when the permission's scopes do not reach the pupil. */
NEOERR *pupil_check_scope(struct request *rq, const struct permission *permission, int64_t pupil);

/* The same for who has read the pupil's person and class (0 = without) already. */
struct pupil_whose {
    int64_t person, class;
};
NEOERR *pupil_check_whose(struct request *rq, const struct permission *permission, int64_t pupil, const struct pupil_whose *whose);

/* The left panel of the contingent (CON-02, CON-03, CON-04): fills Panel.*. class 0 = none chosen. */
NEOERR *panel_show(struct request *rq, int grade, int64_t class, bool archive);

/* A whole-page list under «Контингент»; route.detail = the list. */
NEOERR *contingent_list_page(struct request *rq, struct response *rs);
NEOERR *contingent_page(struct request *rq, struct response *rs);
NEOERR *pupils_page(struct request *rq, struct response *rs);
NEOERR *year_report_page(struct request *rq, struct response *rs);
NEOERR *my_classes_page(struct request *rq, struct response *rs);
NEOERR *class_page(struct request *rq, struct response *rs);
NEOERR *class_edit_page(struct request *rq, struct response *rs);
NEOERR *pupil_page(struct request *rq, struct response *rs);
NEOERR *pupil_edit_page(struct request *rq, struct response *rs);
NEOERR *pupil_record_page(struct request *rq, struct response *rs);

#endif
