/* reference.c: see reference.h. */
#include "engine/reference.h"

#include "engine/area.h"

#include <string.h>

static NEOERR *add_words(struct request *rq, const struct reference *reference, int64_t id, const char **words)
{
    int64_t count;
    TRY(db_number(rq->db, reference->sql, DB_VALUES(DB_INT(rq->place.org), DB_INT(id)), &count, NULL));
    if (count > 0)
        *words = pool_printf(rq->pool, "%s%s%s: %s", *words != NULL ? *words : "", *words != NULL ? ", " : "", request_words(rq, reference->label),
                             i18n_number(rq->pool, count));
    return STATUS_OK;
}

NEOERR *reference_words(struct request *rq, const char *kind, int64_t id, const char **words)
{
    *words = NULL;
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct reference *row = (*area)->references; row != NULL && row->kind != NULL; row++)
            if (strcmp(row->kind, kind) == 0)
                TRY(add_words(rq, row, id, words));
    return STATUS_OK;
}
