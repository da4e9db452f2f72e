/* org.h: the face of the area: territories, organisations with dated names, school years. */
#ifndef MEKTEP_ORG_H
#define MEKTEP_ORG_H

#include "engine/area.h"

extern const struct area org_area;

extern const struct list organisations_list, territories_list, years_list;
extern const struct form organisation_form, territory_form, year_form;

NEOERR *organisation_page(struct request *rq, struct response *rs);
NEOERR *organisation_edit_page(struct request *rq, struct response *rs);
NEOERR *own_organisation_page(struct request *rq, struct response *rs);
NEOERR *territory_edit_page(struct request *rq, struct response *rs);
NEOERR *year_edit_page(struct request *rq, struct response *rs);

/* "kk|ru|en" → the one of the page's language: names in lists. */
const char *name_in_language(struct request *rq, const char *packed);

/* What quick search looks in: the three names, folded. */
const char *organisation_fold(struct pool *pool, const char *kk, const char *ru, const char *en);

/* SQL of the names in force of an organisation (alias o) and a territory (alias t), packed. */
#define ORGANISATION_NAME                                                                                     \
    "(SELECT CONCAT_WS('|', n.name_kk, n.name_ru, n.name_en) FROM organisation_name n"                        \
    " WHERE n.organisation_id = o.id ORDER BY n.valid_from DESC LIMIT 1)"
#define TERRITORY_NAME                                                                                        \
    "(SELECT CONCAT_WS('|', n.name_kk, n.name_ru, n.name_en) FROM territory_name n"                           \
    " WHERE n.territory_id = t.id ORDER BY n.valid_from DESC LIMIT 1)"

/* Regions and districts as choices, districts grouped by region. */
NEOERR *territory_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *));

#endif
