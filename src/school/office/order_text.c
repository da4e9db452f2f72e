/* order_text.c: what orders say before they are signed: the usual words of each kind, and those of the organisation. (CON-24 …) */
#include "school/office/order.h"

#include "engine/page.h"
#include "engine/place.h"
#include "school/codes.h"
#include "school/permissions.h"

#include <string.h>

/* {name} stands for what the field of that name says, {day} for the day of effect, {list} by itself for the people. A kind that is not
 * here says its summary. Rows are only added: audit knows a text by its place. */
static const struct {
    const char *kind, *words;
} usual_texts[] = {
    {"enrol", N_("On the ground of the applications and documents handed in, I ORDER:\n1. To enrol from {day}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"transfer", N_("I ORDER:\n1. To transfer from {day}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"exclude", N_("I ORDER:\n1. To exclude from {day}, reason: {reason}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"reinstate", N_("On the ground of the applications and documents handed in, I ORDER:\n1. To reinstate from {day}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"graduate", N_("On the ground of the decision of the pedagogical council, I ORDER:\n1. To graduate from {day}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"promote", N_("On the ground of the decision of the pedagogical council, I ORDER:\n1. At the passage to the school year {to_year}, from {day}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"disband", N_("I ORDER:\n1. To disband {name} from {day}, reason: {disband_reason}.\n2. To transfer from there:\n{list}\n3. Control over the execution of this order rests with me.")},
    {"cancel", N_("I ORDER:\n1. To cancel the order: {cancelled}.\n2. Control over the execution of this order rests with me.")},
    {"stay", N_("On the ground of the decision of the pedagogical council, I ORDER:\n1. To leave to repeat a course from {day}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"leave", N_("On the ground of the applications and documents handed in, I ORDER:\n1. To grant academic leave from {day} until {until}, reason: {reason}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"return", N_("On the ground of the applications and documents handed in, I ORDER:\n1. To consider as returned from academic leave from {day}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"speciality", N_("On the ground of the applications and documents handed in, I ORDER:\n1. To transfer to another speciality from {day}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"form", N_("On the ground of the applications and documents handed in, I ORDER:\n1. To transfer from {day} to another form of study, {study_form}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"funding", N_("On the ground of the applications and documents handed in, I ORDER:\n1. To transfer from {day} to another basis of study, {funding}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"scholarship", N_("I ORDER:\n1. To assign a scholarship, {kind}, of {amount} tenge a month, from {day}:\n{list}\n2. Control over the execution of this order rests with me.")},
    {"scholarship-stop", N_("I ORDER:\n1. To stop the payment of scholarships from {day}:\n{list}\n2. Control over the execution of this order rests with me.")},
};
enum { USUAL_TEXTS = sizeof usual_texts / sizeof usual_texts[0] };
static const char any_order[] = N_("I ORDER:\n1. {order_summary}, from {day}:\n{list}\n2. Control over the execution of this order rests with me.");

/* 0 for a kind without usual words. */
static int64_t place_of(const char *kind)
{
    for (size_t i = 0; i < USUAL_TEXTS; i++)
        if (strcmp(usual_texts[i].kind, kind) == 0)
            return (int64_t)i + 1;
    return 0;
}

static const char *usual_words(const char *kind)
{
    int64_t place = place_of(kind);
    return _(place == 0 ? any_order : usual_texts[place - 1].words);
}

static const char *column_of(enum language language)
{
    static const char *const columns[LANGUAGES] = {[LANG_KK] = "text_kk", [LANG_RU] = "text_ru", [LANG_EN] = "text_en"};
    return columns[language];
}

NEOERR *order_text(struct request *rq, const char *kind, const char **words)
{
    const char *sql = pool_printf(rq->pool, "SELECT %s FROM order_text WHERE org_id = ? AND kind = ?", column_of(i18n_language()));
    char *own;
    TRY(db_string(rq->db, rq->pool, sql, DB_VALUES(DB_INT(rq->place.org), DB_TEXT(kind)), &own));
    *words = own != NULL && own[0] != '\0' ? own : usual_words(kind);
    return STATUS_OK;
}

/* ---- which names a text may hold: the fields of the processes that make orders of its kind ---- */

const struct field *order_field(const struct process *process, const char *name)
{
    for (const struct step *step = process->steps; step->id != NULL; step++)
        for (const struct field *field = step->fields; field != NULL && field->name != NULL; field++)
            if (strcmp(field->name, name) == 0 && field->kind != FIELD_HIDDEN && field->kind != FIELD_FILE)
                return field;
    return NULL;
}

static bool makes(const struct process *process, const char *kind)
{
    return process->paper != NULL && strcmp(((const struct order_series *)process->detail)->kind, kind) == 0;
}

static bool is_known(const char *kind, const char *name)
{
    if (strcmp(name, "list") == 0 || strcmp(name, "day") == 0)
        return true;
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct process *const *process = (*area)->processes; process != NULL && *process != NULL; process++)
            if (makes(*process, kind) && order_field(*process, name) != NULL)
                return true;
    return false;
}

static NEOERR *check_names(struct form_data *form, const struct field *field, const char *value)
{
    const char *kind = form->rq->ids[0];
    for (const char *at = strchr(value, '{'); at != NULL; at = strchr(at + 1, '{')) {
        const char *end = strchr(at, '}');
        if (end == NULL)
            return nerr_pass(form_error(form, field->name, "%s", _("A brace { has no closing one: write names as {day}")));
        const char *name = pool_strndup(form->rq->pool, at + 1, (size_t)(end - at - 1));
        if (!is_known(kind, name))
            return nerr_pass(form_error(form, field->name, _("The form of this order has no %s; take the names from the list above"),
                                        pool_printf(form->rq->pool, "{%s}", name)));
    }
    return STATUS_OK;
}

/* "{day} – day of effect, {class} – To class, …" */
static const char *known_names(struct request *rq, const char *kind)
{
    const char *names = pool_printf(rq->pool, "{list} – %s, {day} – %s", _("the people, on a line of its own"), _("the day of effect"));
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct process *const *process = (*area)->processes; process != NULL && *process != NULL; process++)
            for (const struct field *field = makes(*process, kind) ? (*process)->steps[0].fields : NULL; field != NULL && field->name != NULL; field++)
                if (field->kind != FIELD_HIDDEN && field->kind != FIELD_FILE && strstr(names, pool_printf(rq->pool, "{%s}", field->name)) == NULL)
                    names = pool_printf(rq->pool, "%s, {%s} – %s", names, field->name, request_words(rq, field->label));
    return names;
}

/* ---- the form ---- */

enum { TEXT_MAX = 4000 };

static const struct field fields[] = {
    {"kind", N_("Kind of order"), FIELD_SHOWN},
    {"names", N_("Names that a text may hold"), FIELD_SHOWN},
    {"text_kk", N_("Kazakh"), FIELD_LINES, WIDE, .max = TEXT_MAX, .check = check_names, .hint = N_("Empty: the usual words")},
    {"text_ru", N_("Russian"), FIELD_LINES, WIDE, .max = TEXT_MAX, .check = check_names, .hint = N_("Empty: the usual words")},
    {"text_en", N_("English"), FIELD_LINES, WIDE, .max = TEXT_MAX, .check = check_names, .hint = N_("Empty: the usual words")},
    {0},
};

static const char LOAD[] = "SELECT version, text_kk, text_ru, text_en FROM order_text WHERE org_id = ? AND kind = ? FOR UPDATE";

static NEOERR *set_usual(struct form_data *form, const char *kind)
{
    enum language of_page = i18n_language();
    NEOERR *error = STATUS_OK;
    for (enum language language = 0; language < LANGUAGES && error == STATUS_OK; language++) {
        i18n_use(language);
        if (form_text(form, column_of(language))[0] == '\0')
            error = form_set(form, column_of(language), usual_words(kind));
    }
    i18n_use(of_page);
    return nerr_pass(error);
}

static NEOERR *load(struct form_data *form, int64_t id)
{
    struct request *rq = form->rq;
    const char *kind = usual_texts[id - 1].kind;
    if (db_in_transaction(rq->db))
        TRY(place_lock(rq->db, rq)); /* there may be no row yet to be locked */
    TRY(form_set(form, "version", "0"));
    TRY(db_each(rq->db, LOAD, DB_VALUES(DB_INT(rq->place.org), DB_TEXT(kind)), form_take_columns, form));
    TRY(form_set(form, "kind", code_name(&order_kind_codes, kind)));
    TRY(form_set(form, "names", known_names(rq, kind)));
    return nerr_pass(set_usual(form, kind));
}

/* Usual words are not kept as the organisation's own: a better wording of the program reaches it. */
static const char *own_words(const struct form_data *form, enum language language, const char *kind)
{
    enum language of_page = i18n_language();
    const char *words = form_text(form, column_of(language));
    i18n_use(language);
    bool usual = strcmp(words, usual_words(kind)) == 0;
    i18n_use(of_page);
    return usual ? "" : words;
}

static const char SAVE[] =
    "INSERT INTO order_text (org_id, kind, text_kk, text_ru, text_en) VALUES (?, ?, ?, ?, ?)"
    " ON DUPLICATE KEY UPDATE version = version + 1, text_kk = VALUES(text_kk), text_ru = VALUES(text_ru), text_en = VALUES(text_en)";

static NEOERR *save(struct db *db, struct form_data *form, int64_t id)
{
    const char *kind = usual_texts[id - 1].kind;
    return nerr_pass(db_exec(db, SAVE,
                             DB_VALUES(DB_INT(form->rq->place.org), DB_TEXT(kind), DB_TEXT(own_words(form, LANG_KK, kind)),
                                       DB_TEXT(own_words(form, LANG_RU, kind)), DB_TEXT(own_words(form, LANG_EN, kind))),
                             NULL, NULL));
}

const struct form order_text_form = {
    .id = "order-text", .title = N_("Text of the order"), .table = "order_text", .subject_kind = "order-text", .fields = fields,
    .see = &manage_organisation, .edit = &manage_organisation, .load = load, .save = save,
};

NEOERR *order_text_page(struct request *rq, struct response *rs)
{
    int64_t place = place_of(rq->ids[0]);
    if (place == 0)
        return nerr_raise(ERROR_NOT_FOUND, "orders of the kind %s have no text of their own", rq->ids[0]);
    TRY(form_edit_page(rq, rs, &order_text_form, place, route_url(rq, "order-texts")));
    TRY(page_crumb(rq, _("Texts of orders"), route_url(rq, "order-texts")));
    TRY(page_crumb(rq, code_name(&order_kind_codes, rq->ids[0]), NULL));
    return nerr_pass(page_menu(rq, "contingent"));
}

/* ---- all texts ---- */

static NEOERR *mark_own(void *data, const struct db_row *row)
{
    bool *own = data;
    own[place_of(db_get(row, 0))] = true;
    return STATUS_OK;
}

static const char OWN[] = "SELECT kind FROM order_text WHERE org_id = ? AND CONCAT(text_kk, text_ru, text_en) <> ''";

NEOERR *order_texts_page(struct request *rq, struct response *rs)
{
    bool own[USUAL_TEXTS + 1] = {false};
    TRY(page_begin(rq, rs, "order_texts.cs", _("Texts of orders")));
    TRY(page_crumb(rq, _("Orders"), route_url(rq, "orders")));
    TRY(page_crumb(rq, _("Texts of orders"), NULL));
    TRY(page_menu(rq, "contingent"));
    TRY(db_each(rq->db, OWN, DB_VALUES(DB_INT(rq->place.org)), mark_own, own));
    for (size_t i = 0; i < USUAL_TEXTS; i++) {
        HDF *out;
        TRY(view_append(rq->hdf, "Texts", &out));
        TRY(view_set(out, "title", code_name(&order_kind_codes, usual_texts[i].kind)));
        TRY(view_set(out, "href", route_url(rq, "order-text", usual_texts[i].kind)));
        TRY(view_set(out, "own", own[i + 1] ? "1" : NULL));
    }
    return STATUS_OK;
}
