/* process_exclude.c: «Исключение обучающегося»: pupils leave by order; their files go to the archive (CON-30, CON-36). Who goes over to
 * another organisation gets a departure slip (handover.h). */
#include "school/pupils/process_movement.h"

#include "base/text.h"
#include "school/codes.h"
#include "school/org/org.h"
#include "school/permissions.h"
#include "school/planning/planning.h"
#include "school/pupils/class.h"
#include "school/pupils/handover.h"
#include "school/pupils/pupils.h"

#include <stdlib.h>
#include <string.h>

/* ---- where to: an organisation of this installation, found by what is typed, or just what is typed ---- */

enum { FOUND_MAX = 20 };

/* Found once for what is typed, however often the field asks. */
struct found {
    const char *typed;
    struct choice rows[FOUND_MAX];
    const char *names[FOUND_MAX];
    size_t count;
};

struct finding {
    struct request *rq;
    struct found *found;
};

static NEOERR *take_organisation(void *data, const struct db_row *row)
{
    struct finding *finding = data;
    struct found *found = finding->found;
    struct request *rq = finding->rq;
    const char *name = found->names[found->count] = name_in_language(rq, db_get(row, 1));
    const char *label = pool_printf(rq->pool, "%s · %s", name, name_in_language(rq, db_get_or(row, 2, "")));
    found->rows[found->count++] = (struct choice){.value = pool_strdup(rq->pool, db_get(row, 0)), .label = label};
    return STATUS_OK;
}

static const char FIND[] =
    "SELECT o.id, " ORGANISATION_NAME ", " TERRITORY_NAME
    " FROM organisation o"
    " JOIN territory t ON t.id = o.territory_id"
    " WHERE o.id <> ? AND o.closed_on IS NULL AND EXISTS (SELECT 1 FROM organisation_name n WHERE n.organisation_id = o.id AND n.fold_key LIKE ?)"
    " ORDER BY o.id"
    " LIMIT ?";

/* "school 60" finds "School-lyceum No 60": the words, in their order. */
static const char *pattern_of(struct pool *pool, const char *typed)
{
    char *pattern = pool_printf(pool, "%%%s%%", text_fold(pool, typed));
    for (char *at = pattern; *at != '\0'; at++)
        if (strchr(" %_\\", *at) != NULL)
            *at = '%';
    return pattern;
}

static NEOERR *find_organisations(const struct form_data *form, struct found **out)
{
    static struct found none;
    struct process_run *run = form->detail;
    struct request *rq = form->rq;
    const char *typed = form_text(form, "to_name");
    struct found *found = run != NULL ? run->kept : NULL;
    *out = &none;
    if (run == NULL || text_fold(rq->pool, typed)[0] == '\0') /* signs alone would find all */
        return STATUS_OK;
    if (found == NULL || strcmp(found->typed, typed) != 0) {
        found = pool_alloc(rq->pool, sizeof *found);
        *found = (struct found){.typed = pool_strdup(rq->pool, typed)};
        TRY(db_each(rq->db, FIND, DB_VALUES(DB_INT(rq->place.org), DB_TEXT(pattern_of(rq->pool, typed)), DB_INT(FOUND_MAX)), take_organisation,
                    &(struct finding){rq, found}));
        run->kept = found;
    }
    *out = found;
    return STATUS_OK;
}

static NEOERR *organisation_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct found *found;
    (void)field;
    TRY(find_organisations(form, &found));
    for (size_t i = 0; i < found->count; i++)
        TRY(add(form, &found->rows[i]));
    return nerr_pass(add(form, &(struct choice){.value = "0", .label = _("another organisation: as it is typed above")}));
}

/* What a reason says of where the pupil goes. */
static bool is_transfer(const struct form_data *form)
{
    return strcmp(form_text(form, "reason"), "transfer") == 0;
}

static bool goes_somewhere(const struct form_data *form)
{
    const char *reason = form_text(form, "reason");
    return strcmp(reason, "death") != 0 && strcmp(reason, "graduated") != 0;
}

static bool is_found(const struct form_data *form)
{
    struct found *found = NULL;
    if (!goes_somewhere(form))
        return false;
    error_release(find_organisations(form, &found));
    return found != NULL && found->count > 0;
}

static bool is_outside(const struct form_data *form)
{
    return goes_somewhere(form) && (!is_found(form) || strcmp(form_text(form, "to_org"), "0") == 0);
}

static bool needs_place(const struct form_data *form)
{
    return is_outside(form) && form_text(form, "to_name")[0] != '\0';
}

static const struct field fields[] = {
    MOVEMENT_FACTS,
    {"reason", N_("Reason"), FIELD_CHOICE, REQUIRED, .choices = exclusion_reason_choices},
    {"to_name", N_("Where to"), FIELD_TEXT, WIDE, .max = 250, .depends = "reason", .when = goes_somewhere, .required_when = is_transfer,
     .hint = N_("The organisation of education; organisations of this system are found by a part of the name")},
    {"to_org", N_("Organisation of this system"), FIELD_CHOICE, REQUIRED | RADIO, .depends = "to_name", .choices = organisation_choices, .when = is_found,
     .hint = N_("An organisation of this system sees the pupil among those who arrive, and accepts by its own order")},
    {"to_place", N_("Settlement"), FIELD_TEXT, WIDE, .max = 40, .depends = "to_org", .when = is_outside, .required_when = needs_place,
     .hint = N_("The settlement, and the country when it is another one")},
    {"left_on", N_("Date of departure"), FIELD_DATE, REQUIRED},
    {"period", N_("Quarter of exclusion"), FIELD_CHOICE, .choices = period_choices, .hint = N_("Empty: the one that the date of departure is in")},
    ORDER_FIELDS,
    {0},
};

static struct destination destination_of(const struct process_run *run)
{
    const struct form_data *form = run->form;
    return (struct destination){form_number(form, "to_org"), form_text(form, "to_name"), form_text(form, "to_place")};
}

/* ---- rules ---- */

/* The ledger keeps where to in words. */
static NEOERR *note_destination(struct process_run *run)
{
    struct form_data *form = run->form;
    const struct destination destination = destination_of(run);
    struct found *found;
    if (destination.org == 0)
        return nerr_pass(form_set(form, "note", handover_destination(run->rq, false, destination.name, destination.place)));
    TRY(find_organisations(form, &found));
    for (size_t i = 0; i < found->count; i++)
        if (strtoll(found->rows[i].value, NULL, 10) == destination.org)
            TRY(form_set(form, "note", found->names[i]));
    return STATUS_OK;
}

/* G2: the quarter is kept beside the date of departure, and says the same. */
static NEOERR *check_period(struct process_run *run)
{
    struct form_data *form = run->form;
    struct date left_on = form_date(form, "left_on");
    const char *chosen = form_text(form, "period");
    struct periods periods;
    if (left_on.year == 0 || form_has_error(form, "period"))
        return STATUS_OK;
    TRY(periods_load(run->rq, run->year != 0 ? run->year : run->rq->place.year, &periods));
    const struct period *period = period_of(&periods, left_on);
    if (chosen[0] == '\0')
        return period == NULL ? STATUS_OK : nerr_pass(form_set(form, "period", period->kind));
    if (period == NULL || strcmp(period->kind, chosen) != 0)
        TRY(form_error(form, "period", "%s", _("The date of departure is not in this quarter")));
    return STATUS_OK;
}

static NEOERR *check(struct process_run *run)
{
    TRY(movement_check(run));
    TRY(note_destination(run));
    return nerr_pass(check_period(run));
}

/* ---- writing and words ---- */

static NEOERR *apply(struct db *db, struct process_run *run)
{
    const struct destination destination = destination_of(run);
    TRY(movement_apply(db, run));
    return destination.name[0] != '\0' ? nerr_pass(handover_leave(db, run, &destination)) : STATUS_OK;
}

static NEOERR *will(struct process_run *run)
{
    TRY(movement_will(run));
    if (form_text(run->form, "to_name")[0] != '\0')
        TRY(process_will(run, "%s", _("A departure slip is made; the pupil stands in “Arrival not confirmed” until the other organisation's slip is entered.")));
    if (form_number(run->form, "to_org") != 0)
        TRY(process_will(run, "%s", request_words(run->rq, N_("The other organisation sees name, birth date, class and order; the file when it has accepted the pupil."))));
    return STATUS_OK;
}

static NEOERR *done(struct process_run *run)
{
    struct request *rq = run->rq;
    if (form_text(run->form, "to_name")[0] != '\0' && request_may(rq, &register_pupils))
        TRY(process_next(run, _("Departure slip"), route_url(rq, "order-slips", route_number(rq, run->order)), false));
    return nerr_pass(movement_done(run));
}

static const struct process_rows rows = {.list = &pupils_list, MOVEMENT_ROWS};

static const struct movement_rule rule = {
    .orders = {.journal = "contingent", .kind = "exclude", .day = "left_on"},
    .kind = "exclude",
    .standing = "enrolled",
    .or_standing = "on-leave",
    .summary = N_("On exclusion"),
    .will = N_("The book of movement gets a line: excluded from the date of departure. The file goes to the archive."),
};

const struct process exclude_pupil = {
    .id = "exclude-pupil",
    .title = N_("Exclusion of a pupil"),
    .steps = {
        {.id = "data", .title = N_("Filling in the reason"), .submit = N_("Delete"), .kind = STEP_FORM, .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &rule,
    MOVEMENT_FRAME,
    .begin = movement_begin, .check = check, .apply = apply, .will = will, .done = done,
    .fallback_route = "contingent",
};
