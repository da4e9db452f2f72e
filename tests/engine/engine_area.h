/* engine_area.h: an area for the engine's own tests: routes of its generic pages, a job kind that does as its input says, settings. */
#ifndef MEKTEP_TEST_ENGINE_AREA_H
#define MEKTEP_TEST_ENGINE_AREA_H

#include "engine/area.h"

/* Makes it the program's only area. */
void engine_area_use(void);

/* How often the job kind "test" ran in this process. */
extern int engine_area_runs;

/* The input of each job of that kind that came to nothing, as its give_up was told, one after the other: "do=fail;". */
extern char engine_area_given_up[];

/* Who reaches a file otherwise than by a role; test_file.c. */
struct file_reach;
extern const struct file_reach engine_area_reach;

#endif
