/* slips.c: «Выгрузка данных пользователей»: activation slips of a class, of the staff or of one person. (EXP-01…04, AUTH-05) */
#include "school/people/people.h"

#include "base/name.h"
#include "engine/audit.h"
#include "engine/auth.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include <stdlib.h>
#include <string.h>

/* ---- for whom ---- */

static NEOERR *add_class(void *data, const struct db_row *row)
{
    struct choice_adding *adding = data;
    struct request *rq = adding->form->rq;
    struct choice choice = {
        .value = pool_printf(rq->pool, "class:%s", db_get(row, 0)),
        .label = pool_printf(rq->pool, request_words(rq, N_("Class %s")), class_label(rq, db_get(row, 1))),
    };
    return nerr_pass(adding->add(adding->form, &choice));
}

static const char CLASSES[] =
    "SELECT c.id, " CLASS_PACKED
    " FROM class c"
    " WHERE c.org_id = ? AND c.year = ? AND c.ended_on IS NULL"
    "  AND (? OR EXISTS (SELECT 1 FROM class_head d WHERE d.org_id = c.org_id AND d.class_id = c.id AND d.person_id = ? AND d.valid_to IS NULL))"
    " ORDER BY c.grade, c.name_ru";

static bool reaches_all(const struct request *rq)
{
    return (request_scopes(rq, &make_slips) & (SCOPE_ORGANISATION | SCOPE_ALL)) != 0;
}

static NEOERR *take_name(void *data, const struct db_row *row)
{
    struct choice_adding *adding = data;
    struct choice choice = {.value = db_get(row, 0), .label = db_get(row, 1)};
    return nerr_pass(adding->add(adding->form, &choice));
}

static const char ONE_PERSON[] =
    "SELECT CONCAT('person:', h.id), CONCAT_WS(' ', h.surname, h.given, NULLIF(h.patronymic, ''))"
    " FROM person h"
    " WHERE h.id = ? AND (EXISTS (SELECT 1 FROM employee e WHERE e.org_id = ? AND e.person_id = h.id)"
    "  OR EXISTS (SELECT 1 FROM pupil p WHERE p.org_id = ? AND p.person_id = h.id)"
    "  OR EXISTS (SELECT 1 FROM kinship k WHERE k.org_id = ? AND k.person_id = h.id))"
    "  AND (? OR NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.person_id = h.id AND g.valid_to IS NULL"
    "   AND (g.org_id IS NULL OR (g.role = 'head' AND g.org_id <> ?))))";

/* One person stands in the list only when the address or the form names him or her, and only by those who reach everybody. An
 * official, or the head of another organisation, who has a child here gets no new password from here. */
static NEOERR *add_one_person(struct choice_adding *adding)
{
    struct request *rq = adding->form->rq;
    const char *whom = request_query(rq, "whom");
    int64_t org = rq->place.org;
    if (whom[0] == '\0')
        whom = request_posted(rq, "whom");
    if (strncmp(whom, "person:", 7) != 0 || !reaches_all(rq))
        return STATUS_OK;
    return nerr_pass(db_each(rq->db, ONE_PERSON,
                             DB_VALUES(DB_INT(strtoll(whom + 7, NULL, 10)), DB_INT(org), DB_INT(org), DB_INT(org),
                                       DB_INT((request_scopes(rq, &make_slips) & SCOPE_ALL) != 0), DB_INT(org)),
                             take_name, adding));
}

static NEOERR *whom_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct request *rq = form->rq;
    struct choice_adding adding = {form, add};
    (void)field;
    TRY(add_one_person(&adding));
    if (request_may(rq, &see_staff) && reaches_all(rq))
        TRY(add(form, &(struct choice){.value = "staff", .label = _("The staff")}));
    return nerr_pass(db_each(rq->db, CLASSES,
                             DB_VALUES(DB_INT(rq->place.org), DB_INT(rq->place.year), DB_INT(reaches_all(rq)), DB_INT(rq->session.person)), add_class,
                             &adding));
}

static const struct field fields[] = {
    {"whom", N_("For whom"), FIELD_CHOICE, REQUIRED, .choices = whom_choices},
    {"again", N_("Also those who already sign in"), FIELD_TICK, .hint = N_("For a forgotten password: with the slip a new one is chosen")},
    {0},
};

/* ---- the people and their codes ---- */

struct slip {
    int64_t account;
    const char *name, *login, *class;
    char code[11];
    struct slip *next;
};
struct slips {
    struct form_data *form;
    struct slip *first, **last;
    size_t count;
};

static NEOERR *take_slip(void *data, const struct db_row *row)
{
    struct slips *slips = data;
    struct request *rq = slips->form->rq;
    struct slip *slip = pool_alloc(rq->pool, sizeof *slip);
    slip->account = db_get_int(row, 0);
    slip->name = name_full(rq->pool, db_get(row, 1), db_get(row, 2), db_get(row, 3));
    slip->login = pool_strdup(rq->pool, db_get(row, 4));
    slip->class = class_label(rq, db_get(row, 5));
    *slips->last = slip;
    slips->last = &slip->next;
    slips->count++;
    return STATUS_OK;
}

static const char OF_CLASS[] =
    "SELECT a.id, p.surname, p.given, p.patronymic, h.login, " CLASS_PACKED
    " FROM pupil p"
    " JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " JOIN person h ON h.id = p.person_id"
    " JOIN account a ON a.person_id = h.id"
    " WHERE p.org_id = ? AND p.class_id = ? AND (? OR a.password IS NULL)"
    " ORDER BY p.sort_key";
static const char OF_STAFF[] =
    "SELECT a.id, e.surname, e.given, e.patronymic, h.login, NULL"
    " FROM employee e"
    " JOIN person h ON h.id = e.person_id"
    " JOIN account a ON a.person_id = h.id"
    " WHERE e.org_id = ? AND e.left_on IS NULL AND (? OR a.password IS NULL)"
    " ORDER BY e.sort_key";
static const char OF_PERSON[] =
    "SELECT a.id, h.surname, h.given, h.patronymic, h.login, NULL"
    " FROM person h JOIN account a ON a.person_id = h.id"
    " WHERE h.id = ?";

static NEOERR *find_class(struct slips *slips, int64_t class)
{
    struct form_data *form = slips->form;
    const struct db_value *values = DB_VALUES(DB_INT(form->rq->place.org), DB_INT(class), DB_INT(form_ticked(form, "again", NULL)));
    return nerr_pass(db_each(form->rq->db, OF_CLASS, values, take_slip, slips));
}

static NEOERR *find_staff(struct slips *slips, int64_t none)
{
    struct form_data *form = slips->form;
    (void)none;
    return nerr_pass(db_each(form->rq->db, OF_STAFF, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(form_ticked(form, "again", NULL))), take_slip, slips));
}

/* Who is asked for by name gets a new slip in any case; that the person is of this organisation, whom_choices has looked. */
static NEOERR *find_person(struct slips *slips, int64_t person)
{
    return nerr_pass(db_each(slips->form->rq->db, OF_PERSON, DB_VALUES(DB_INT(person)), take_slip, slips));
}

static const struct {
    const char *prefix;
    NEOERR *(*find)(struct slips *slips, int64_t id);
} sources[] = {{"class:", find_class}, {"staff", find_staff}, {"person:", find_person}};

static NEOERR *find_people(struct slips *slips)
{
    const char *whom = form_text(slips->form, "whom");
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        size_t length = strlen(sources[i].prefix);
        if (strncmp(whom, sources[i].prefix, length) == 0)
            return nerr_pass(sources[i].find(slips, strtoll(whom + length, NULL, 10)));
    }
    return STATUS_OK;
}

static NEOERR *make_codes(struct db *db, void *data)
{
    struct slips *slips = data;
    struct request *rq = slips->form->rq;
    for (struct slip *slip = slips->first; slip != NULL; slip = slip->next) {
        TRY(auth_slip_new(db, slip->account, slip->code));
        TRY(audit_add(db, rq, "account", slip->account, "slip", NULL, NULL));
    }
    return STATUS_OK;
}

/* ---- the document ---- */

static char *spaced(struct pool *pool, const char *code)
{
    return pool_printf(pool, "%.5s-%s", code, code + 5);
}

/* The code leads a phone to the page where the slip is used; it holds no secret. */
static NEOERR *write_card(struct doc *doc, struct request *rq, const struct slip *slip, const char *until)
{
    const char *address = rq->worker->config->base_url;
    const struct doc_pair pairs[] = {
        {request_words(rq, N_("Class")), slip->class}, {_("Login"), slip->login}, {_("One-time code"), spaced(rq->pool, slip->code)},
        {_("Valid until"), until}, {_("Address"), address},
    };
    size_t skipped = slip->class[0] == '\0' ? 1 : 0;
    TRY(doc_card(doc));
    TRY(doc_qr(doc, pool_printf(rq->pool, "%s%s", address, route_url(rq, "activate")), NULL));
    TRY(doc_text(doc, DOC_STRONG, slip->name));
    TRY(doc_pairs(doc, pairs + skipped, sizeof pairs / sizeof pairs[0] - skipped));
    return nerr_pass(
        doc_text(doc, DOC_SMALL,
                 _("Open the address, choose “First sign-in”, type the login and the code, and choose a password. The code works once.")));
}

static NEOERR *write_cards(struct doc *doc, const struct slips *slips, const char *until)
{
    for (const struct slip *slip = slips->first; slip != NULL; slip = slip->next)
        TRY(write_card(doc, slips->form->rq, slip, until));
    return STATUS_OK;
}

static NEOERR *write_table(struct doc *doc, const struct slips *slips, const char *until)
{
    struct request *rq = slips->form->rq;
    const struct doc_column columns[] = {
        {.title = _("Full name"), .width = 3}, {.title = request_words(rq, N_("Class")), .width = 1}, {.title = _("Login"), .width = 1.5},
        {.title = _("One-time code"), .width = 1.5}, {.title = _("Valid until"), .width = 1},
    };
    TRY(doc_table(doc, columns, sizeof columns / sizeof columns[0]));
    for (const struct slip *slip = slips->first; slip != NULL; slip = slip->next) {
        const char *cells[] = {slip->name, slip->class, slip->login, spaced(rq->pool, slip->code), until};
        TRY(doc_row(doc, cells));
    }
    return STATUS_OK;
}

static NEOERR *build(struct form_data *form, struct doc *doc)
{
    struct request *rq = form->rq;
    struct slips slips = {.form = form};
    const char *until = i18n_date(rq->pool, date_add_days(request_today(rq), AUTH_SLIP_DAYS));
    const struct doc_format *format = doc_format_find(form_text(form, "document_format"));
    slips.last = &slips.first;
    TRY(find_people(&slips));
    TRY(db_run(rq->db, make_codes, &slips));
    if (slips.count == 0)
        return nerr_pass(doc_text(doc, DOC_NORMAL, _("Everybody here signs in already; tick “Also those who already sign in” for new slips.")));
    return nerr_pass(doc_format_tables_only(format) ? write_table(doc, &slips, until) : write_cards(doc, &slips, until));
}

const struct output activation_slips = {
    .id = "activation-slips",
    .title = N_("User data export"),
    .permission = &make_slips,
    .fields = fields,
    .formats = {"pdf", "docx", "png", "xlsx", "html"},
    .build = build,
};
