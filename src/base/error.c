/* error.c: the error types of the program, and reading an error. */
#include "base/error.h"

#include <errno.h>

NERR_TYPE ERROR_NOT_FOUND, ERROR_DENIED, ERROR_INPUT, ERROR_TOO_BIG, ERROR_CONFLICT, ERROR_UNAVAILABLE, ERROR_RETRY, ERROR_UNCERTAIN,
    ERROR_INTERNAL, ERROR_FULL;

static const struct {
    NERR_TYPE *type;
    const char *name;
} types[] = {
    {&ERROR_NOT_FOUND, "not found"},     {&ERROR_DENIED, "denied"}, {&ERROR_INPUT, "input"},         {&ERROR_TOO_BIG, "too big"},
    {&ERROR_CONFLICT, "conflict"},       {&ERROR_RETRY, "retry"},   {&ERROR_UNCERTAIN, "uncertain"}, {&ERROR_INTERNAL, "internal"},
    {&ERROR_UNAVAILABLE, "unavailable"}, {&ERROR_FULL, "full"},
};

NEOERR *error_init(void)
{
    TRY(nerr_init());
    if (ERROR_NOT_FOUND != 0)
        return STATUS_OK;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        TRY(nerr_register(types[i].type, types[i].name));
    return STATUS_OK;
}

/* The text stands in the frame that raised it, the deepest one. */
const char *error_message(const NEOERR *error)
{
    const char *message = "";
    for (; error != NULL && error != INTERNAL_ERR; error = error->next)
        if (error->desc[0] != '\0')
            message = error->desc;
    return message;
}

NERR_TYPE error_of_write(int number)
{
    return number == ENOSPC || number == EDQUOT ? ERROR_FULL : ERROR_INTERNAL;
}

void error_release(NEOERR *error)
{
    nerr_ignore(&error);
}
