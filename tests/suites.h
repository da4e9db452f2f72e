/* suites.h: how a test program runs: main lists its suites. */
#ifndef MEKTEP_SUITES_H
#define MEKTEP_SUITES_H

#include <check.h>

/* Runs the suites (ends with NULL) and returns the exit status. Check's closing line "NN%: Checks: …" stays on stdout. */
int suites_run(Suite *(*const suites[])(void));

#endif
