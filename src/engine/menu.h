/* menu.h: the register of menus (NAV-03…17) and of quick search. */
#ifndef MEKTEP_MENU_H
#define MEKTEP_MENU_H

#include "engine/request.h"

enum menu_place { MENU_TOP, MENU_SECOND, MENU_GO_TO, MENU_NAME };

/* Shown when its route exists and the person holds the route's permission; a top item without a route is shown when one of its
 * second-level items is, and leads to the first of them. */
struct menu_item {
    const char *id;      /* "contingent" */
    const char *label;   /* msgid */
    enum menu_place place;
    const char *parent;  /* id of the top item, for MENU_SECOND */
    const char *route;   /* id of a route without {…} */
    int rank;            /* order among its siblings */
    bool (*when)(const struct request *rq); /* NULL = always: a class for schools, a group for colleges */
};

/* Fills Page.top, .second, .goto and .name (each .N.{label,href,current}) with what the person may open here. current is the id
 * of the item one is in; NULL = the item whose route is the request's, if any. */
NEOERR *menu_show(struct request *rq, const char *current);

/* Calls tell for every menu item the person may open here, in the order of the register. */
NEOERR *menu_each(struct request *rq, NEOERR *(*tell)(struct request *rq, const struct menu_item *item, const char *address, void *data), void *data);

/* Quick search: one kind of thing that can be found (people, classes, orders). */
struct search_source {
    const char *id;
    const char *label;   /* msgid: the heading of its hits */
    const struct permission *permission;
    /* words: as typed; fold: folded; digits: only digits or "". Adds at most limit hits, each by search_hit. */
    NEOERR *(*find)(struct request *rq, const char *words, const char *fold, const char *digits, size_t limit);
};

/* One more hit of the source that is looking. */
NEOERR *search_hit(struct request *rq, const char *text, const char *detail, const char *address);

/* Quick search: a GET with q=words; a POST answers digits itself (they never stand in an address) and sends words to the GET.
 * Search.{q,empty} Search.groups.N.{label} .hits.M.{text,detail,href} */
NEOERR *search_page(struct request *rq, struct response *rs);

#endif
