/* codelist.c: names of codes. */
#include "engine/codelist.h"

#include <string.h>

const struct code *code_find(const struct code_list *list, const char *code)
{
    for (const struct code *row = list->codes; row->code != NULL; row++)
        if (strcmp(row->code, code) == 0)
            return row;
    return NULL;
}

const char *code_name(const struct code_list *list, const char *code)
{
    const struct code *row = code == NULL ? NULL : code_find(list, code);
    if (row != NULL)
        return row->names[i18n_language()];
    return code == NULL ? "" : code;
}
