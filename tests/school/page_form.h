/* page_form.h: the form of a page as a browser would send it, and what stands at its fields. */
#ifndef MEKTEP_TEST_PAGE_FORM_H
#define MEKTEP_TEST_PAGE_FORM_H

#include "school.h"

/* What a browser sends of the form when its first button is pressed: values as they stand, without the files to be chosen. */
const struct sent *form_of(struct answer page);

/* Sends the fields the way the form of that page does (its encoding) to the address. */
struct answer send_form(struct answer page, const char *path, const struct sent *fields);

/* Is there an input of that name; is it starred; does the summary lead to it? */
bool form_asks(struct answer page, const char *name);
bool form_stars(struct answer page, const char *name);
bool summary_leads_to(struct answer page, const char *name);

/* The values of a name that are not empty, joined by ",". */
const char *sent_value(const struct sent *fields, const char *name);

#endif
