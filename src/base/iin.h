/* iin.h: individual (IIN) and business (BIN) identification numbers: 12 digits with a control digit.
 * Rule: government decrees No 565 of 11.06.2003 and No 406 of 22.05.2007. */
#ifndef MEKTEP_IIN_H
#define MEKTEP_IIN_H

#include "base/date.h"

enum { IIN_SIZE = 13 }; /* 12 digits and NUL */

enum iin_verdict { IIN_OK, IIN_NOT_12_DIGITS, IIN_WRONG_CONTROL_DIGIT };

enum iin_verdict iin_check(const char *text); /* 000000000000 counts as a wrong control digit */
enum iin_verdict bin_check(const char *text); /* the same rule for organisations */

/* The control digit for 11 digits, or -1 for the beginnings that are never issued. */
int iin_control_digit(const char *eleven);

/* What the digits say; both may disagree with the papers, which is a warning at most (decree No 853 of 26.08.2013).
 * Returns false when the digits hold no possible date. sex is 'M' or 'F'. */
bool iin_reads(const char *iin, struct date *born, char *sex);

/* "110527******" for people who do not need the number. */
void iin_mask(const char *iin, char out[IIN_SIZE]);

#endif
