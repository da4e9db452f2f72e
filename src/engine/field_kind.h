/* field_kind.h: between field.c and form.c: the row of a kind, and choices. */
#ifndef MEKTEP_FIELD_KIND_H
#define MEKTEP_FIELD_KIND_H

#include "engine/form.h"

/* What an empty value is in a table's column. */
enum column_empty { COLUMN_EMPTY_TEXT, COLUMN_EMPTY_NULL, COLUMN_EMPTY_ZERO };

struct field_kind_row {
    const char *input; /* the word the template branches on */
    NEOERR *(*parse)(struct form_data *form, const struct field *field, const char *text, const char **canonical);
    const char *(*show)(struct request *rq, const struct field *field, const char *canonical);
    int max;           /* letters, when the field says nothing */
    enum column_empty empty;
};

const struct field_kind_row *field_kind(const struct field *field);
const char *field_label(const struct form_data *form, const struct field *field);

/* The choices of a field for this form, from its code list or its function; kept in the request's pool. */
struct choice_set {
    const struct choice **rows;
    size_t count, room;
};
NEOERR *choice_gather(struct form_data *form, const struct field *field, struct choice_set *set);
const struct choice *choice_find(const struct choice_set *set, const char *value); /* NULL: it is none */
/* Refuses values that are no choice, and choices that may not be taken, with the reason. */
NEOERR *parse_choice(struct form_data *form, const struct field *field, const char *text, const char **canonical);
/* The label of one value, for display; the value itself when it is no choice any more. */
const char *choice_label_in(struct form_data *form, const struct field *field, const char *value); /* where they depend on the other values */
const char *choice_label(struct request *rq, const struct field *field, const char *value);

/* Shown and taken now (.when), and to be filled in now. */
bool field_is_in_use(const struct form_data *form, const struct field *field);
bool field_is_required(const struct form_data *form, const struct field *field);

#endif
