/* search.c: quick search over people, classes, orders and menu items: any letters or keyboard layout. */
#include "engine/menu.h"

#include "base/text.h"
#include "engine/area.h"
#include "engine/page.h"

#include <string.h>

enum { SEARCH_HITS = 10, SEARCH_MIN_LETTERS = 2 };

/* Hits go into the last group of Search.groups; one that stands there already (found in both keyboard layouts) is left out. */
NEOERR *search_hit(struct request *rq, const char *text, const char *detail, const char *address)
{
    HDF *group = NULL, *out;
    for (HDF *at = hdf_get_child(rq->hdf, "Search.groups"); at != NULL; at = hdf_obj_next(at))
        group = at;
    for (HDF *hit = hdf_get_child(group, "hits"); hit != NULL; hit = hdf_obj_next(hit))
        if (strcmp(hdf_get_value(hit, "href", ""), address) == 0)
            return STATUS_OK;
    TRY(view_append(group, "hits", &out));
    TRY(view_set(out, "text", text));
    TRY(view_set(out, "detail", detail));
    return nerr_pass(view_set(out, "href", address));
}

static NEOERR *open_group(struct request *rq, const char *label)
{
    HDF *group;
    TRY(view_append(rq->hdf, "Search.groups", &group));
    return nerr_pass(view_set(group, "label", request_words(rq, label)));
}

struct wanted {
    const char *words, *digits;
    const char *folds[3]; /* as typed, in the other keyboard layout; ends with NULL */
};

static NEOERR *find_in_source(struct request *rq, const struct search_source *source, const struct wanted *wanted)
{
    TRY(open_group(rq, source->label));
    for (const char *const *fold = wanted->folds; *fold != NULL; fold++)
        TRY(source->find(rq, wanted->words, *fold, wanted->digits, SEARCH_HITS));
    return STATUS_OK;
}

static NEOERR *match_menu_item(struct request *rq, const struct menu_item *item, const char *address, void *data)
{
    const struct wanted *wanted = data;
    const char *label = request_words(rq, item->label), *folded = text_fold(rq->pool, label);
    for (const char *const *fold = wanted->folds; *fold != NULL; fold++)
        if (**fold != '\0' && strstr(folded, *fold) != NULL)
            return nerr_pass(search_hit(rq, label, "", address));
    return STATUS_OK;
}

static NEOERR *find_all(struct request *rq, struct wanted *wanted)
{
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct search_source *source = (*area)->searches; source != NULL && source->id != NULL; source++)
            if (request_may(rq, source->permission))
                TRY(find_in_source(rq, source, wanted));
    TRY(open_group(rq, N_("Pages")));
    return nerr_pass(menu_each(rq, match_menu_item, wanted));
}

static bool is_digits(const char *words)
{
    return *words != '\0' && strspn(words, "0123456789 ") == strlen(words);
}

/* "0005 0480" is looked for as 00050480. */
static const char *digits_of(struct pool *pool, const char *words)
{
    char *digits = pool_strdup(pool, words), *to = digits;
    for (const char *from = words; *from != '\0'; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
    return digits;
}

static NEOERR *show(struct request *rq, struct response *rs, const char *words)
{
    TRY(page_begin(rq, rs, "search.cs", _("Search")));
    TRY(page_crumb(rq, _("Search"), NULL));
    TRY(view_set(rq->hdf, "Search.q", words));
    if (text_length(words) < SEARCH_MIN_LETTERS)
        return nerr_pass(view_set(rq->hdf, "Search.empty", *words == '\0' ? NULL : _("Type at least two letters or digits.")));
    const char *other = text_other_layout(rq->pool, words);
    struct wanted wanted = {
        .words = words,
        .digits = is_digits(words) ? digits_of(rq->pool, words) : "",
        .folds = {text_fold(rq->pool, words), other == NULL ? NULL : text_fold(rq->pool, other)},
    };
    TRY(find_all(rq, &wanted));
    for (HDF *group = hdf_get_child(rq->hdf, "Search.groups"); group != NULL; group = hdf_obj_next(group))
        if (hdf_get_child(group, "hits") != NULL)
            return STATUS_OK;
    return nerr_pass(view_set(rq->hdf, "Search.empty", _("Nothing was found.")));
}

NEOERR *search_page(struct request *rq, struct response *rs)
{
    if (rq->http->method != HTTP_POST)
        return nerr_pass(show(rq, rs, request_query(rq, "q")));
    const char *words = text_clean(rq->pool, request_posted(rq, "q"), false);
    if (is_digits(words))
        return nerr_pass(show(rq, rs, words));
    return nerr_pass(response_redirect(rq, rs, route_with(rq->pool, route_url(rq, "search"), "q", words)));
}
