/* school_suites.h: the suites of the school's tests; main.c lists them. */
#ifndef MEKTEP_SCHOOL_SUITES_H
#define MEKTEP_SCHOOL_SUITES_H

#include "suites.h"

Suite *college_suite(void);
Suite *exchange_suite(void);
Suite *golden_suite(void);
Suite *import_suite(void);
Suite *import_page_suite(void);
Suite *inputs_suite(void);
Suite *schema_suite(void);
Suite *calendar_suite(void);
Suite *periods_suite(void);
Suite *shifts_suite(void);
Suite *admission_suite(void);
Suite *certificate_suite(void);
Suite *correction_suite(void);
Suite *handover_suite(void);
Suite *kinship_suite(void);
Suite *merge_suite(void);
Suite *meals_suite(void);
Suite *movement_suite(void);
Suite *order_suite(void);
Suite *my_classes_suite(void);
Suite *process_class_suite(void);
Suite *process_disband_suite(void);
Suite *process_enrol_suite(void);
Suite *process_movement_suite(void);
Suite *process_register_suite(void);
Suite *process_rows_suite(void);
Suite *process_walk_suite(void);
Suite *process_year_suite(void);
Suite *pupil_suite(void);
Suite *reports_suite(void);
Suite *roles_suite(void);

#endif
