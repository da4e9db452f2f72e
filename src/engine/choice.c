/* choice.c: the choices of a field: gathered from a code list or a function, checked, labelled. */
#include "engine/field_kind.h"

#include <string.h>

static NEOERR *add_choice(struct form_data *form, const struct choice *choice)
{
    struct choice_set *set = form->gathering;
    if (set->count == set->room) {
        set->room = set->room == 0 ? 16 : set->room * 2;
        const struct choice **grown = pool_alloc(form->rq->pool, set->room * sizeof *grown);
        if (set->count > 0)
            memcpy(grown, set->rows, set->count * sizeof *grown);
        set->rows = grown;
    }
    struct choice *kept = pool_alloc(form->rq->pool, sizeof *kept);
    kept->value = pool_strdup(form->rq->pool, choice->value);
    kept->label = pool_strdup(form->rq->pool, choice->label);
    kept->note = pool_strdup(form->rq->pool, choice->note);
    kept->refused = pool_strdup(form->rq->pool, choice->refused);
    kept->group = pool_strdup(form->rq->pool, choice->group);
    set->rows[set->count++] = kept;
    return STATUS_OK;
}

static bool is_valid_on(const struct code *code, const char *today)
{
    return (code->from == NULL || strcmp(code->from, today) <= 0) && (code->to == NULL || strcmp(code->to, today) >= 0);
}

static NEOERR *add_codes(struct form_data *form, const struct code_list *codes)
{
    char today[DATE_ISO_SIZE];
    date_to_iso(request_today(form->rq), today);
    for (const struct code *code = codes->codes; code->code != NULL; code++) {
        struct choice choice = {.value = code->code, .label = code_name(codes, code->code)};
        if (is_valid_on(code, today))
            TRY(add_choice(form, &choice));
    }
    return STATUS_OK;
}

NEOERR *choice_gather(struct form_data *form, const struct field *field, struct choice_set *set)
{
    memset(set, 0, sizeof *set);
    form->gathering = set;
    if (field->choices != NULL)
        TRY(field->choices(form, field, add_choice));
    else if (field->codes != NULL)
        TRY(add_codes(form, field->codes));
    form->gathering = NULL;
    return STATUS_OK;
}

const struct choice *choice_find(const struct choice_set *set, const char *value)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->rows[i]->value, value) == 0)
            return set->rows[i];
    return NULL;
}

static NEOERR *check_choice(struct form_data *form, const struct field *field, const struct choice_set *set, const char *value)
{
    const struct choice *choice = choice_find(set, value);
    if (choice == NULL)
        return form_error(form, field->name, _("“%s”: choose from the list"), field_label(form, field));
    if (choice->refused != NULL)
        return form_error(form, field->name, "%s", choice->refused);
    return STATUS_OK;
}

NEOERR *parse_choice(struct form_data *form, const struct field *field, const char *text, const char **canonical)
{
    struct choice_set set;
    char *rest = pool_strdup(form->rq->pool, text), *value;
    *canonical = text;
    TRY(choice_gather(form, field, &set));
    if (field->kind != FIELD_TICKS)
        return check_choice(form, field, &set, text);
    while ((value = strsep(&rest, ",")) != NULL)
        TRY(check_choice(form, field, &set, value));
    return STATUS_OK;
}

const char *choice_label_in(struct form_data *form, const struct field *field, const char *value)
{
    struct choice_set set = {0};
    error_release(choice_gather(form, field, &set));
    const struct choice *choice = choice_find(&set, value);
    return choice != NULL ? choice->label : value;
}

const char *choice_label(struct request *rq, const struct field *field, const char *value)
{
    struct form_data *form;
    NEOERR *error = form_data_new(rq, field, &form);
    if (error == STATUS_OK)
        return choice_label_in(form, field, value);
    error_release(error);
    return value;
}
