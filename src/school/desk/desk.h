/* desk.h: the face of the area: where everybody begins: start page, tasks, running processes, files, search, help, feedback, settings. */
#ifndef MEKTEP_DESK_H
#define MEKTEP_DESK_H

#include "engine/area.h"

extern const struct area desk_area;
extern const struct list feedback_list;

NEOERR *home_page(struct request *rq, struct response *rs);    /* "/": to where this person works */
NEOERR *start_page(struct request *rq, struct response *rs);
NEOERR *feedback_page(struct request *rq, struct response *rs);
NEOERR *help_page(struct request *rq, struct response *rs);

#endif
