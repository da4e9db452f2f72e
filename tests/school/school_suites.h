/* school_suites.h: the suites of the school's tests; main.c lists them. */
#ifndef MEKTEP_SCHOOL_SUITES_H
#define MEKTEP_SCHOOL_SUITES_H

#include "suites.h"

Suite *exchange_suite(void);
Suite *import_suite(void);
Suite *schema_suite(void);

#endif
