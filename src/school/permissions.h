/* permissions.h: the roles of the school and what they may do. (AUTH-02, AUTH-11) */
#ifndef MEKTEP_PERMISSIONS_H
#define MEKTEP_PERMISSIONS_H

#include "engine/area.h"

extern const struct area roles_area; /* all roles and permissions, and the roles that follow from other data */

/* People */
extern const struct permission see_contingent, see_pupil_numbers, see_health, register_pupils, edit_pupils, move_pupils, manage_classes;
extern const struct permission order_papers, issue_papers, propose_corrections, register_meals, decide_meals;
extern const struct permission see_staff, manage_staff, grant_roles, make_slips;
extern const struct permission see_periods, manage_periods;
/* Papers */
extern const struct permission see_orders, see_reports, confirm_orders, see_files, exchange_data;
/* Organisations */
extern const struct permission see_organisations, manage_organisations, manage_organisation, manage_territories;
/* The installation */
extern const struct permission see_feedback, manage_installation;

#endif
