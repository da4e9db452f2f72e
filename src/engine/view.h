/* view.h: pages from ClearSilver templates: parsed once a worker, escaped by default. The renderer's only door. */
#ifndef MEKTEP_VIEW_H
#define MEKTEP_VIEW_H

#include "base/error.h"
#include "base/pool.h"

struct view;

/* template_dir holds *.cs; every template is parsed at first use and kept. Templates may call _("words") (literals only),
 * and the functions url_escape, number. */
NEOERR *view_new(const char *template_dir, struct view **out);
void view_free(struct view *view);

/* Renders template_name ("list.cs") with hdf into out. */
NEOERR *view_render(struct view *view, const char *template_name, HDF *hdf, STRING *out);

/* Parses every template of the folder: at start, and in the lint test. */
NEOERR *view_parse_all(struct view *view);

/* hdf_set_value that takes a printf format and never fails for want of anything but memory. */
NEOERR *view_set(HDF *hdf, const char *name, const char *value); /* NULL value = unset */
NEOERR *view_setf(HDF *hdf, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
NEOERR *view_set_int(HDF *hdf, const char *name, int64_t value);
/* The next numbered child of hdf.name: List.rows.0, .1 … */
NEOERR *view_append(HDF *hdf, const char *name, HDF **child);

#endif
