/* pages.h: the page functions of the college, for its routes. */
#ifndef MEKTEP_COLLEGE_PAGES_H
#define MEKTEP_COLLEGE_PAGES_H

#include "engine/request.h"

NEOERR *speciality_edit_page(struct request *rq, struct response *rs);
NEOERR *scholarship_page(struct request *rq, struct response *rs);

#endif
