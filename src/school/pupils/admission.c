/* admission.c: applications for admission: their papers, lists, and the page of one with its receipt. An application is registered
 * and accepted by processes; accepted ones are enrolled by one order, ticked in their list. */
#include "school/pupils/admission.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/audit.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/people/same_person.h"
#include "school/permissions.h"

#include <string.h>

/* ---- papers ---- */

enum { OF_SCHOOL = 1, OF_COLLEGE = 2 };

/* What is asked for with the application, by the rules of admission to the first grade and to colleges. */
static const struct {
    const char *code;
    int of;
} wanted[] = {
    {"birth-certificate", OF_SCHOOL}, {"parent-identity", OF_SCHOOL},    {"identity-card", OF_COLLEGE}, {"school-certificate", OF_COLLEGE},
    {"medical-certificate", OF_SCHOOL | OF_COLLEGE}, {"photos", OF_SCHOOL | OF_COLLEGE}, {"address-certificate", OF_SCHOOL},
};
enum { WANTED = sizeof wanted / sizeof wanted[0] };

static bool is_wanted(const struct request *rq, size_t paper)
{
    return (wanted[paper].of & (is_college(rq) ? OF_COLLEGE : OF_SCHOOL)) != 0;
}

NEOERR *admission_paper_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    for (size_t i = 0; i < WANTED; i++)
        if (is_wanted(form->rq, i))
            TRY(add(form, &(struct choice){.value = wanted[i].code, .label = code_name(&admission_paper_codes, wanted[i].code)}));
    return STATUS_OK;
}

static bool stands_in(const char *codes, const char *code)
{
    size_t length = strlen(code);
    for (const char *at = codes; (at = strstr(at, code)) != NULL; at += length)
        if ((at == codes || at[-1] == ',') && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

static const char *papers_that(struct request *rq, const char *papers, bool stand)
{
    const char *words = "";
    for (size_t i = 0; i < WANTED; i++)
        if (is_wanted(rq, i) && stands_in(papers, wanted[i].code) == stand)
            words = pool_printf(rq->pool, "%s%s%s", words, words[0] != '\0' ? "; " : "", code_name(&admission_paper_codes, wanted[i].code));
    return words;
}

const char *admission_missing(struct request *rq, const char *papers)
{
    return papers_that(rq, papers, false);
}

const char *admission_present(struct request *rq, const char *papers)
{
    return papers_that(rq, papers, true);
}

/* ---- lists ---- */

static const char *show_missing(struct request *rq, const char *value)
{
    return admission_missing(rq, value);
}

static NEOERR *year_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct request *rq = form->rq;
    (void)field;
    for (int year = rq->place.year + 1; year >= rq->place.year - 1; year--) {
        struct choice choice = {.value = pool_printf(rq->pool, "%d", year), .label = pool_printf(rq->pool, "%d–%d", year, year + 1)};
        TRY(add(form, &choice));
    }
    return STATUS_OK;
}

#define COLUMN_NAME_OF_CHILD \
    {"name", N_("Full name"), "CONCAT_WS(' ', a.surname, a.given, NULLIF(a.patronymic, ''))", "a.sort_key", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 3}

static const struct list_column columns[] = {
    {"number", N_("Number"), "a.number", .flags = COLUMN_SORTABLE | COLUMN_NUMBER, .width = 0.6},
    COLUMN_NAME_OF_CHILD,
    {"born", N_("Date of birth"), "a.born_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"grade", N_("Parallel"), "a.grade", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {"language", N_("Language of instruction"), "a.language", .flags = COLUMN_SORTABLE, .codes = &instruction_language_codes},
    {"submitted", N_("Submitted on"), "a.submitted_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"state", N_("State"), "a.state", .flags = COLUMN_SORTABLE, .codes = &application_state_codes},
    {"missing", N_("Papers missing"), "a.papers", .width = 2.5, .show = show_missing},
    {0},
};

static const struct list_filter filters[] = {
    {"year", N_("School year"), "a.year = ?", .choices = year_choices},
    {"state", N_("State"), "a.state = ?", .codes = &application_state_codes},
    {"grade", N_("Parallel"), "a.grade = ?", .choices = class_grade_choices},
    {0},
};

static const struct list_action registering[] = {
    {N_("Register an application"), "start:register-application", &register_pupils, "plus-lg", true},
    {N_("Accepted, to be enrolled"), "admitted", &register_pupils},
    {0},
};

static const struct list_action accepting[] = {
    {N_("Accept"), "start:accept-applications", &register_pupils, "check-circle"},
    {0},
};

const struct list applications_list = {
    .id = "applications", .title = N_("Applications for admission"), .permission = &register_pupils, .id_sql = "a.id", .from = "application a",
    .where = "a.org_id = ?", .bind = list_bind_org, .columns = columns, .filters = filters, .search_sql = "a.fold_key LIKE ?", .default_sort = "-number",
    .tie_sql = "a.id", .row_route = "application", .page_actions = registering, .bulk_actions = accepting, .empty = N_("There are no applications yet: register the first one"),
};

static const struct list_action enrolling[] = {
    {N_("Enrol"), "start:enrol-pupil", &move_pupils, "box-arrow-in-right"},
    {0},
};

static const struct list_column admitted_columns[] = {
    COLUMN_NAME_OF_CHILD,
    {"born", N_("Date of birth"), "a.born_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"grade", N_("Parallel"), "a.grade", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {"language", N_("Language of instruction"), "a.language", .flags = COLUMN_SORTABLE, .codes = &instruction_language_codes},
    {"number", N_("Number of the application"), "a.number", .flags = COLUMN_SORTABLE | COLUMN_NUMBER},
    {"missing", N_("Papers missing"), "a.papers", .width = 2.5, .show = show_missing},
    {0},
};

/* Its rows are the files of pupils, so that the ticked ones are subjects of the enrolment. */
const struct list admitted_list = {
    .id = "admitted", .title = N_("Accepted, to be enrolled"), .permission = &register_pupils, .id_sql = "a.pupil_id",
    .from = "application a JOIN pupil p ON p.org_id = a.org_id AND p.id = a.pupil_id", .where = "a.org_id = ? AND p.standing = 'registered'",
    .bind = list_bind_org, .columns = admitted_columns, .filters = filters, .search_sql = "a.fold_key LIKE ?", .default_sort = "name", .tie_sql = "a.id",
    .row_route = "pupil", .row_actions = enrolling, .bulk_actions = enrolling, .empty = N_("Everybody who was accepted is in a class"), .numbered = true,
};

/* ---- the forms ---- */

static const struct field fields[] = {
    {"surname", N_("Surname"), FIELD_NAME, REQUIRED},
    {"given", N_("Given name"), FIELD_NAME, REQUIRED},
    {"patronymic", N_("Patronymic"), FIELD_NAME},
    {"iin", N_("IIN"), FIELD_IIN, PROTECTED},
    {"born_on", N_("Date of birth"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"sex", N_("Sex"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &sex_codes},
    {"grade", N_("Parallel"), FIELD_CHOICE, REQUIRED, .choices = class_grade_choices},
    APPLICANT_FIELDS,
    {"papers", N_("Papers brought"), FIELD_TICKS, NEW_GROUP, .choices = admission_paper_choices},
    {0},
};

static NEOERR *check_open(struct form_data *form)
{
    static const char STATE[] = "SELECT 1 FROM application WHERE org_id = ? AND id = ? AND state = 'submitted'";
    int64_t one;
    bool is_open;
    TRY(db_number(form->rq->db, STATE, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(form->subject)), &one, &is_open));
    return is_open ? STATUS_OK : nerr_pass(form_error(form, "", "%s", _("This application has been decided already")));
}

static const char SAVE_KEYS[] =
    "UPDATE application SET sort_key = ?, fold_key = ?, key_version = ? WHERE org_id = ? AND id = ?";

static NEOERR *save(struct db *db, struct form_data *form, int64_t id)
{
    struct person typed = same_person_typed(form);
    struct name_keys keys;
    name_keys_make(form->rq->pool, typed.surname, typed.given, typed.patronymic, &keys);
    TRY(form_save_columns(&application_form, db, form, id));
    return nerr_pass(db_exec(db, SAVE_KEYS,
                             DB_VALUES(DB_SORT_KEY(keys), DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION), DB_INT(form->rq->place.org), DB_INT(id)), NULL, NULL));
}

#define FORM_OF_APPLICATION .table = "application", .subject_kind = "application", .see = &register_pupils, .edit = &register_pupils, .check = check_open

const struct form application_form = {
    .id = "application", .title = N_("Application for admission"), .fields = fields, FORM_OF_APPLICATION, .save = save,
    .see_protected = &see_pupil_numbers,
};

static const struct code ends[] = {
    {"refused", {"Бас тарту", "Отказать", "Refuse"}},
    {"withdrawn", {"Өтініш кері алынды", "Заявление отозвано", "The application was withdrawn"}},
    {0},
};
static const struct code_list end_codes = {"application_end", N_("Decision"), ends};

static const struct field end_fields[] = {
    {"state", N_("Decision"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &end_codes},
    {"remark", N_("Reason"), FIELD_TEXT, REQUIRED | WIDE, .max = 300},
    {0},
};

const struct form application_end_form = {
    .id = "application-end", .title = N_("Refuse or withdraw"), .fields = end_fields, FORM_OF_APPLICATION,
};

/* ---- the page ---- */

struct summary {
    struct pool *pool;
    const char *name, *state, *papers, *remark;
    int64_t number, pupil;
    int year;
    struct date submitted;
};

static NEOERR *take_summary(void *data, const struct db_row *row)
{
    struct summary *summary = data;
    summary->name = name_full(summary->pool, db_get(row, 0), db_get(row, 1), db_get(row, 2));
    summary->state = pool_strdup(summary->pool, db_get(row, 3));
    summary->papers = pool_strdup(summary->pool, db_get(row, 4));
    summary->number = db_get_int(row, 5);
    summary->pupil = db_get_int(row, 6);
    summary->year = (int)db_get_int(row, 7);
    summary->submitted = db_get_date(row, 8);
    summary->remark = pool_strdup(summary->pool, db_get(row, 9));
    return STATUS_OK;
}

static const char SUMMARY[] =
    "SELECT surname, given, patronymic, state, papers, number, pupil_id, year, submitted_on, remark FROM application WHERE org_id = ? AND id = ?";

static NEOERR *open_application(struct request *rq, int64_t *id, struct summary *summary)
{
    *summary = (struct summary){.pool = rq->pool};
    TRY(request_id(rq, 0, id));
    return nerr_pass(db_one(rq->db, SUMMARY, DB_VALUES(DB_INT(rq->place.org), DB_INT(*id)), take_summary, summary));
}

static NEOERR *show_crumbs(struct request *rq, const struct summary *summary, int64_t id, const char *last)
{
    TRY(page_crumb(rq, _("Applications for admission"), route_url(rq, "applications")));
    TRY(page_crumb_record(rq, summary->name, route_url(rq, "application", route_number(rq, id)), last));
    TRY(page_facts(rq, pool_printf(rq->pool, "№ %lld · %s · %d–%d", (long long)summary->number, i18n_date(rq->pool, summary->submitted), summary->year,
                                   summary->year + 1)));
    return nerr_pass(page_menu(rq, "applications"));
}

static NEOERR *show_operations(struct request *rq, const struct summary *summary, int64_t id)
{
    const char *number = route_number(rq, id);
    TRY(page_operation(rq, _("Receipt"), route_url(rq, "application-print", number)));
    if (summary->pupil != 0)
        TRY(page_operation(rq, _("Open the file"), route_url(rq, "pupil", route_number(rq, summary->pupil))));
    if (strcmp(summary->state, "submitted") != 0)
        return STATUS_OK;
    TRY(page_operation(rq, _("Edit"), route_url(rq, "application-edit", number)));
    TRY(page_operation(rq, _("Refuse or withdraw"), route_url(rq, "application-end", number)));
    return nerr_pass(page_action(rq, _("Accept"), process_url(rq, &accept_application, id), "check-circle", true));
}

NEOERR *application_page(struct request *rq, struct response *rs)
{
    struct summary summary;
    int64_t id;
    TRY(open_application(rq, &id, &summary));
    TRY(page_begin(rq, rs, "card.cs", summary.name));
    TRY(form_fact(rq, _("State"), code_name(&application_state_codes, summary.state)));
    if (summary.remark[0] != '\0')
        TRY(form_fact(rq, _("Reason"), summary.remark));
    TRY(form_fact(rq, _("Papers missing"), admission_missing(rq, summary.papers)));
    TRY(form_show_record(rq, &application_form, id));
    TRY(show_operations(rq, &summary, id));
    TRY(show_crumbs(rq, &summary, id, NULL));
    TRY(view_set(rq->hdf, "Card.history", "1"));
    return nerr_pass(audit_show(rq, "application", id));
}

NEOERR *application_edit_page(struct request *rq, struct response *rs)
{
    const struct form *form = rq->route->detail;
    struct summary summary;
    int64_t id;
    TRY(open_application(rq, &id, &summary));
    TRY(form_edit_page(rq, rs, form, id, route_url(rq, "application", route_number(rq, id))));
    return nerr_pass(show_crumbs(rq, &summary, id, _(form->title)));
}

/* ---- the receipt ---- */

static NEOERR *build(struct form_data *form, struct doc *doc)
{
    struct request *rq = form->rq;
    struct summary summary;
    int64_t id;
    TRY(open_application(rq, &id, &summary));
    const struct doc_pair pairs[] = {
        {_("Number of the application"), pool_printf(rq->pool, "%lld", (long long)summary.number)},
        {_("Submitted on"), i18n_date(rq->pool, summary.submitted)},
        {_("School year"), pool_printf(rq->pool, "%d–%d", summary.year, summary.year + 1)},
        {_("Full name"), summary.name},
        {_("Papers brought"), admission_present(rq, summary.papers)},
        {_("Papers missing"), admission_missing(rq, summary.papers)},
    };
    TRY(doc_pairs(doc, pairs, sizeof pairs / sizeof pairs[0]));
    TRY(doc_sign(doc, _("Taken by"), ""));
    return nerr_pass(doc_sign(doc, _("Applicant"), ""));
}

const struct output application_receipt = {
    .id = "application-receipt", .title = N_("Receipt of an application"), .permission = &register_pupils, .formats = {"pdf", "docx", "html"}, .build = build,
};

NEOERR *application_print_page(struct request *rq, struct response *rs)
{
    struct summary summary;
    int64_t id;
    TRY(open_application(rq, &id, &summary));
    return nerr_pass(rq->http->method == HTTP_POST ? output_post_page(rq, rs) : output_page(rq, rs));
}
