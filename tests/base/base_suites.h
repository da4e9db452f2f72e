/* base_suites.h: the suites of base's tests; main.c lists them. They link base alone: it knows nothing of the rest. */
#ifndef MEKTEP_BASE_SUITES_H
#define MEKTEP_BASE_SUITES_H

#include "suites.h"

Suite *clock_suite(void);
Suite *crypto_suite(void);
Suite *date_suite(void);
Suite *error_suite(void);
Suite *iin_suite(void);
Suite *log_suite(void);
Suite *name_suite(void);
Suite *pool_suite(void);
Suite *sandbox_suite(void);
Suite *text_suite(void);

#endif
