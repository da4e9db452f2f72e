/* tools_suites.h: the suites of the tools' tests; main.c lists them. */
#ifndef MEKTEP_TOOLS_SUITES_H
#define MEKTEP_TOOLS_SUITES_H

#include "suites.h"

Suite *backup_suite(void);
Suite *demo_suite(void);
Suite *mektepctl_suite(void);

#endif
