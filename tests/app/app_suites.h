/* app_suites.h: the suites of the app's tests; main.c lists them. */
#ifndef MEKTEP_APP_SUITES_H
#define MEKTEP_APP_SUITES_H

#include "suites.h"

Suite *app_suite(void);
Suite *master_suite(void);
Suite *statements_suite(void);

#endif
