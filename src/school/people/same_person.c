/* same_person.c: see same_person.h. */
#include "school/people/same_person.h"

#include "base/iin.h"
#include "base/name.h"
#include "engine/auth.h"

#include <string.h>

struct person same_person_typed(const struct form_data *form)
{
    return (struct person){
        .surname = form_text(form, "surname"), .given = form_text(form, "given"), .patronymic = form_text(form, "patronymic"),
        .iin = form_text_or_null(form, "iin"), .born = form_date(form, "born_on"), .sex = form_text_or_null(form, "sex"),
    };
}

/* ---- finding ---- */

struct found_person {
    struct person person;
    struct found_person *next;
};
struct found_people {
    struct pool *pool;
    const char *typed; /* whom they are like */
    struct found_person *first, **last;
};

static NEOERR *keep_found(void *data, const struct person *found)
{
    struct found_people *people = data;
    struct found_person *kept = pool_alloc(people->pool, sizeof *kept);
    kept->person = *found;
    *people->last = kept;
    people->last = &kept->next;
    return STATUS_OK;
}

static const char *typed_words(struct pool *pool, const struct form_data *form)
{
    return pool_printf(pool, "%s|%s|%s|%s|%s|%s", form_text(form, "surname"), form_text(form, "given"), form_text(form, "patronymic"),
                       form_text(form, "iin"), form_text(form, "born_on"), form_text(form, "sex"));
}

/* Reading, choosing and showing all ask: looked for once, as long as the same person is typed. */
static NEOERR *find_people(const struct form_data *form, struct found_person **first)
{
    struct process_run *run = form->detail;
    struct pool *pool = form->rq->pool;
    struct found_people *people = run->kept;
    struct person typed = same_person_typed(form);
    const char *words = typed_words(pool, form);
    *first = NULL;
    if (typed.surname[0] == '\0' && typed.iin == NULL)
        return STATUS_OK;
    if (people == NULL || strcmp(people->typed, words) != 0) {
        people = pool_alloc(pool, sizeof *people);
        *people = (struct found_people){.pool = pool, .typed = words, .last = &people->first};
        TRY(person_find_same(form->rq->db, pool, &typed, keep_found, people));
        run->kept = people;
    }
    *first = people->first;
    return STATUS_OK;
}

bool same_person_is_likely(const struct form_data *form)
{
    struct found_person *first = NULL;
    error_release(find_people(form, &first));
    return first != NULL;
}

/* ---- choosing ---- */

static const char KNOWN_HERE[] =
    "SELECT (SELECT COUNT(*) FROM pupil WHERE org_id = ? AND person_id = ?) + (SELECT COUNT(*) FROM employee WHERE org_id = ? AND person_id = ?)"
    " + (SELECT COUNT(*) FROM kinship WHERE org_id = ? AND person_id = ?)";

static NEOERR *is_known_here(struct request *rq, int64_t person, bool *known)
{
    struct db_value org = DB_INT(rq->place.org), id = DB_INT(person);
    int64_t here;
    TRY(db_number(rq->db, KNOWN_HERE, DB_VALUES(org, id, org, id, org, id), &here, NULL));
    *known = here != 0;
    return STATUS_OK;
}

/* A person of another organisation is not named: only that the number is known. */
static NEOERR *likely_label(struct request *rq, const struct person *found, const char **label)
{
    bool known;
    TRY(is_known_here(rq, found->id, &known));
    if (!known)
        *label = _("the same person, already known to another organisation");
    else
        *label = pool_printf(rq->pool, _("the same person: %s, %s, № %s"), name_full(rq->pool, found->surname, found->given, found->patronymic),
                             i18n_date(rq->pool, found->born), found->login);
    return STATUS_OK;
}

static bool same_iin(const struct form_data *form, const struct person *person)
{
    const char *iin = form_text(form, "iin");
    return person->iin != NULL && iin[0] != '\0' && strcmp(person->iin, iin) == 0;
}

/* With the same IIN it can only be the same person; with the same name and date it may be another. */
NEOERR *same_person_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct request *rq = form->rq;
    struct found_person *found;
    bool certain = false;
    (void)field;
    TRY(find_people(form, &found));
    for (; found != NULL; found = found->next) {
        struct choice choice = {.value = pool_printf(rq->pool, "%lld", (long long)found->person.id)};
        certain = certain || same_iin(form, &found->person);
        TRY(likely_label(rq, &found->person, &choice.label));
        TRY(add(form, &choice));
    }
    if (certain)
        return STATUS_OK;
    return nerr_pass(add(form, &(struct choice){.value = "0", .label = _("another person with the same name and birth date")}));
}

/* ---- rules ---- */

static const char IIN_HOLDER[] =
    "SELECT id FROM person WHERE iin = ? AND id <> ?";

NEOERR *same_person_check_iin(struct form_data *form, int64_t person)
{
    struct request *rq = form->rq;
    struct person holder;
    int64_t id;
    bool found, known;
    if (form_text(form, "iin")[0] == '\0')
        return STATUS_OK;
    TRY(db_number(rq->db, IIN_HOLDER, DB_VALUES(DB_TEXT(form_text(form, "iin")), DB_INT(person)), &id, &found));
    if (!found)
        return STATUS_OK;
    TRY(is_known_here(rq, id, &known));
    if (!known)
        return nerr_pass(form_error(form, "iin", "%s", _("This IIN is already known as another person's")));
    TRY(person_load(rq->db, rq->pool, id, &holder));
    return nerr_pass(form_error(form, "iin", _("This IIN belongs to %s"), name_full(rq->pool, holder.surname, holder.given, holder.patronymic)));
}

/* A birth date or sex that the number does not say is allowed by the law: a warning (decree No 853). */
static NEOERR *warn_of_iin(struct form_data *form)
{
    const struct date typed = form_date(form, "born_on");
    const char *sex = form_text(form, "sex");
    struct date born;
    char says;
    if (form_text(form, "iin")[0] == '\0' || form_has_error(form, "iin") || !iin_reads(form_text(form, "iin"), &born, &says))
        return STATUS_OK;
    if ((typed.year != 0 && date_compare(born, typed) != 0) || (sex[0] != '\0' && says != sex[0]))
        return nerr_pass(form_warn(form, "iin", "%s", _("The number says another birth date or sex; check it against the document")));
    return STATUS_OK;
}

NEOERR *same_person_check(struct process_run *run)
{
    struct person typed = same_person_typed(run->form);
    run->title = name_full(run->rq->pool, typed.surname, typed.given, typed.patronymic);
    return nerr_pass(warn_of_iin(run->form));
}

/* What the papers of today say and the directory does not have yet. */
static const char LEARN_IIN[] =
    "UPDATE person SET iin = ?, version = version + 1 WHERE id = ? AND iin IS NULL";

NEOERR *same_person_take(struct db *db, struct process_run *run, int64_t *person)
{
    struct person typed = same_person_typed(run->form);
    typed.id = form_number(run->form, "same");
    if (typed.id == 0)
        TRY(person_add(db, run->rq->pool, &typed));
    else if (typed.iin != NULL)
        TRY(db_exec(db, LEARN_IIN, DB_VALUES(DB_TEXT(typed.iin), DB_INT(typed.id)), NULL, NULL));
    *person = typed.id;
    return nerr_pass(auth_account_need(db, typed.id));
}
