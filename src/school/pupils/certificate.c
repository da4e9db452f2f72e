/* certificate.c: papers that the office gives out: «справка с места учёбы» is ordered, issued with a number or refused, and stands in the
 * register of papers issued. What a paper says stands in its row and does not change with the file. */
#include "school/pupils/class.h"
#include "school/pupils/certificate.h"
#include "school/pupils/pupils.h"

#include "base/crypto.h"
#include "base/name.h"
#include "engine/page.h"
#include "engine/place.h"
#include "school/codes.h"
#include "school/office/order.h"
#include "school/permissions.h"

#include <string.h>

/* ---- lists: of one pupil, and the register ---- */

#define COLUMN_PAPER_NUMBER {"number", N_("Number"), "r.number", .flags = COLUMN_SORTABLE | COLUMN_NUMBER, .width = 0.6}
#define COLUMN_PAPER_KIND {"kind", N_("Paper"), "r.kind", .flags = COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 2, .codes = &paper_kind_codes}
#define COLUMN_PAPER_ADDRESSEE {"addressee", N_("Where it is presented"), "r.addressee", .flags = COLUMN_SORTABLE, .width = 2.5}
#define COLUMN_PAPER_ISSUED {"issued", N_("Issued on"), "r.issued_on", .flags = COLUMN_SORTABLE | COLUMN_DATE}
#define COLUMN_PAPER_STATE {"state", N_("State"), "r.state", .flags = COLUMN_SORTABLE, .codes = &paper_state_codes}

static const struct list_column pupil_columns[] = {
    COLUMN_PAPER_KIND, COLUMN_PAPER_NUMBER, COLUMN_PAPER_ISSUED, COLUMN_PAPER_ADDRESSEE, COLUMN_PAPER_STATE,
    {"remark", N_("To be noted"), "r.remark", .width = 2},
    {0},
};

const struct list pupil_papers_list = {
    .id = "pupil-papers", .title = N_("Papers issued"), .permission = &see_contingent, .id_sql = "r.id", .from = "paper r",
    .where = "r.org_id = ? AND r.pupil_id = ?", .bind = list_bind_org_subject, .columns = pupil_columns, .default_sort = "-issued", .tie_sql = "r.id DESC",
    .row_route = "paper", .empty = N_("No papers have been ordered or issued yet."),
};

static const struct list_column columns[] = {
    COLUMN_PAPER_NUMBER,
    {"name", N_("Full name"), "CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, ''))", "p.sort_key",
     COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 3},
    {"kind", N_("Paper"), "r.kind", .flags = COLUMN_SORTABLE, .width = 2, .codes = &paper_kind_codes},
    COLUMN_PAPER_ISSUED, COLUMN_PAPER_ADDRESSEE, COLUMN_PAPER_STATE,
    {0},
};

static const struct list_filter filters[] = {
    {"state", N_("State"), "r.state = ?", .codes = &paper_state_codes},
    {0},
};

const struct list papers_list = {
    .id = "papers", .title = N_("Papers issued"), .permission = &issue_papers, .id_sql = "r.id",
    .from = "paper r JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id", .where = "r.org_id = ?", .bind = list_bind_org, .columns = columns,
    .filters = filters, .search_sql = "p.fold_key LIKE ?", .default_sort = "-issued", .tie_sql = "r.id DESC", .row_route = "paper",
    .empty = N_("No papers have been ordered or issued yet."),
};

/* ---- issuing ---- */

static const char IS_STUDYING[] =
    "SELECT 1 FROM pupil WHERE org_id = ? AND id = ? AND standing = 'enrolled'";

static NEOERR *check_studying(struct form_data *form, int64_t pupil)
{
    int64_t one;
    bool is_studying;
    TRY(db_number(form->rq->db, IS_STUDYING, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(pupil)), &one, &is_studying));
    if (!is_studying)
        TRY(form_error(form, "", "%s", request_words(form->rq, N_("The pupil is in no class now: a certificate of study cannot say so"))));
    return STATUS_OK;
}

static const char NEXT_NUMBER[] = "SELECT COALESCE(MAX(number), 0) + 1 FROM paper WHERE org_id = ? AND kind = ? AND year = ?";
static const char ISSUE[] =
    "UPDATE paper r"
    " JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id"
    " JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " SET r.state = 'issued', r.year = ?, r.number = ?, r.issued_on = ?, r.issued_by = ?, r.code = ?, r.signed_by = ?, r.organisation = ?,"
    "  r.full_name = CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), r.born_on = p.born_on, r.class = " CLASS_PACKED ","
    "  r.school_year = c.year, r.study_form = COALESCE(p.ordered_form, p.study_form, 'full-time'), r.version = r.version + 1"
    " WHERE r.org_id = ? AND r.id = ? AND r.state = 'ordered'";

static NEOERR *issue(struct db *db, struct request *rq, int64_t id)
{
    const char *const *names = rq->place.names;
    struct db_value org = DB_INT(rq->place.org), account = DB_INT(rq->session.account);
    struct date today = request_today(rq);
    int64_t number, changed;
    char code[CRYPTO_TOKEN_SIZE];
    const char *head;
    TRY(place_lock(db, rq)); /* one number at a time */
    TRY(db_number(db, NEXT_NUMBER, DB_VALUES(org, DB_TEXT("study"), DB_INT(today.year)), &number, NULL));
    TRY(order_signer(rq, today, &head));
    crypto_token(code);
    const char *organisation = pool_printf(rq->pool, "%s|%s|%s", names[LANG_KK], names[LANG_RU], names[LANG_EN]);
    TRY(db_exec(db, ISSUE,
                DB_VALUES(DB_INT(today.year), DB_INT(number), DB_DATE(today), account, DB_TEXT(code), DB_TEXT(head), DB_TEXT(organisation),
                          org, DB_INT(id)),
                &changed, NULL));
    return changed == 1 ? STATUS_OK : nerr_raise(ERROR_CONFLICT, "the paper %lld cannot be issued", (long long)id);
}

/* ---- an order: by the parent or pupil it is a task for the office, which issues at once what it orders itself ---- */

static NEOERR *check_order(struct form_data *form)
{
    int64_t pupil;
    TRY(request_id(form->rq, 0, &pupil));
    return nerr_pass(check_studying(form, pupil));
}

static const char ORDER[] =
    "INSERT INTO paper (org_id, pupil_id, state, addressee, ordered_at, ordered_by) VALUES (?, ?, 'ordered', ?, ?, ?)";

static NEOERR *add_order(struct db *db, struct form_data *form, int64_t *id)
{
    struct request *rq = form->rq;
    int64_t pupil;
    TRY(request_id(rq, 0, &pupil));
    TRY(db_exec(db, ORDER,
                DB_VALUES(DB_INT(rq->place.org), DB_INT(pupil), DB_TEXT(form_text(form, "addressee")), DB_TIME(clock_now()), DB_INT(rq->session.account)),
                NULL, id));
    return request_may(rq, &issue_papers) ? nerr_pass(issue(db, rq, *id)) : STATUS_OK;
}

#define ADDRESSEE {"addressee", N_("Where it is presented"), FIELD_TEXT, REQUIRED | WIDE, .max = 300, .hint = N_("For example: to the akimat, at the place of demand")}

static const struct field order_fields[] = {ADDRESSEE, {0}};

const struct form pupil_certificate_form = {
    .id = "pupil-paper", .title = N_("Certificate of study"), .table = "paper", .subject_kind = "pupil", .fields = order_fields, .see = &see_contingent,
    .edit = &order_papers, .owner = "pupil_id", .check = check_order, .add = add_order,
};

/* ---- the decision ---- */

static const struct code decisions[] = {
    {"issue", {"Беру", "Выдать", "Issue"}},
    {"refuse", {"Бас тарту", "Отказать", "Refuse"}},
    {0},
};
static const struct code_list decision_codes = {"paper_decision", N_("Decision"), decisions};

static bool is_refused(const struct form_data *form)
{
    return strcmp(form_text(form, "decision"), "refuse") == 0;
}

static const struct field decision_fields[] = {
    ADDRESSEE,
    {"decision", N_("Decision"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &decision_codes, .column = ""},
    {"remark", N_("Why it is refused"), FIELD_TEXT, WIDE, .max = 300, .required_when = is_refused, .depends = "decision"},
    {0},
};

static const char PUPIL_OF[] =
    "SELECT pupil_id FROM paper WHERE org_id = ? AND id = ?";

static NEOERR *pupil_of(struct request *rq, int64_t paper, int64_t *pupil)
{
    bool found;
    TRY(db_number(rq->db, PUPIL_OF, DB_VALUES(DB_INT(rq->place.org), DB_INT(paper)), pupil, &found));
    return found ? STATUS_OK : nerr_raise(ERROR_NOT_FOUND, "paper %lld of organisation %lld", (long long)paper, (long long)rq->place.org);
}

static NEOERR *check_decision(struct form_data *form)
{
    int64_t pupil;
    TRY(pupil_of(form->rq, form->subject, &pupil));
    return is_refused(form) ? STATUS_OK : nerr_pass(check_studying(form, pupil));
}

static const char REFUSE[] =
    "UPDATE paper SET state = 'refused' WHERE org_id = ? AND id = ? AND state = 'ordered'";

static NEOERR *save_decision(struct db *db, struct form_data *form, int64_t id)
{
    TRY(form_save_columns(&certificate_decision_form, db, form, id));
    if (is_refused(form))
        return nerr_pass(db_exec(db, REFUSE, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id)), NULL, NULL));
    return nerr_pass(issue(db, form->rq, id));
}

const struct form certificate_decision_form = {
    .id = "paper-decision", .title = N_("Order of a certificate"), .table = "paper", .subject_kind = "paper", .fields = decision_fields, .see = &see_contingent,
    .edit = &issue_papers, .check = check_decision, .save = save_decision,
};

/* ---- a paper ---- */

static NEOERR *take_paper(void *data, const struct db_row *row)
{
    struct certificate *paper = data;
    struct pool *pool = paper->pool;
    const char *names[] = {db_get(row, 5), db_get(row, 8), db_get(row, 11), db_get(row, 12), db_get(row, 13), db_get(row, 14)};
    const char **kept[] = {&paper->full_name, &paper->class, &paper->organisation, &paper->code, &paper->addressee, &paper->remark};
    paper->pupil = db_get_int(row, 0);
    paper->state = pool_strdup(pool, db_get(row, 1));
    paper->kind = pool_strdup(pool, db_get(row, 2));
    paper->number = db_get_int(row, 3);
    paper->issued = db_get_date(row, 4);
    paper->born = db_get_date(row, 6);
    paper->school_year = (int)db_get_int(row, 7);
    paper->study_form = pool_strdup(pool, db_get_or(row, 9, ""));
    paper->signed_by = pool_strdup(pool, db_get(row, 10));
    paper->is_college = strcmp(db_get(row, 15), "college") == 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        *kept[i] = names[i] != NULL ? pool_strdup(pool, names[i]) : "";
    return STATUS_OK;
}

#define PAPER_COLUMNS                                                                                                        \
    "SELECT r.pupil_id, r.state, r.kind, r.number, r.issued_on, r.full_name, r.born_on, r.school_year, r.class, r.study_form, " \
    "r.signed_by, r.organisation, r.code, r.addressee, r.remark, o.kind FROM paper r JOIN organisation o ON o.id = r.org_id "

static const char LOAD[] =
    PAPER_COLUMNS "WHERE r.org_id = ? AND r.id = ?";
/* Who has a paper in hand has its code and nothing else: looked for in every organisation. */
static const char BY_CODE[] =
    PAPER_COLUMNS "WHERE r.code = ? AND r.state = 'issued'";

NEOERR *certificate_load(struct request *rq, int64_t id, struct certificate *paper)
{
    *paper = (struct certificate){.pool = rq->pool};
    TRY(db_one(rq->db, LOAD, DB_VALUES(DB_INT(rq->place.org), DB_INT(id)), take_paper, paper));
    return nerr_pass(pupil_check_scope(rq, &see_contingent, paper->pupil));
}

NEOERR *certificate_load_by_code(struct request *rq, const char *code, struct certificate *paper)
{
    *paper = (struct certificate){.pool = rq->pool};
    return nerr_pass(db_one(rq->db, BY_CODE, DB_VALUES(DB_TEXT(code)), take_paper, paper));
}

/* ---- the page ---- */

static NEOERR *show_crumbs(struct request *rq, const struct certificate *paper, const char *label)
{
    const char *pupil = route_number(rq, paper->pupil);
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, label, route_url(rq, "pupil-tab", pupil, "papers")));
    TRY(page_crumb(rq, _("Certificate of study"), NULL));
    TRY(page_facts(rq, label));
    return nerr_pass(page_menu(rq, "contingent"));
}

static NEOERR *show_paper(struct request *rq, struct response *rs, const struct certificate *paper, int64_t id)
{
    TRY(page_begin(rq, rs, "card.cs", _("Certificate of study")));
    TRY(form_fact(rq, _("State"), code_name(&paper_state_codes, paper->state)));
    TRY(form_fact(rq, _("Where it is presented"), paper->addressee));
    if (paper->remark[0] != '\0')
        TRY(form_fact(rq, _("Why it is refused"), paper->remark));
    if (strcmp(paper->state, "issued") != 0)
        return STATUS_OK;
    TRY(certificate_facts(rq, paper));
    TRY(form_fact(rq, _("Checked at"), certificate_address(rq, paper)));
    return nerr_pass(page_action(rq, _("Print"), route_url(rq, "paper-print", route_number(rq, id)), NULL, true));
}

NEOERR *certificate_page(struct request *rq, struct response *rs)
{
    struct certificate paper;
    const char *label;
    int64_t id;
    TRY(request_id(rq, 0, &id));
    TRY(certificate_load(rq, id, &paper));
    TRY(pupil_label(rq, paper.pupil, &label));
    if (strcmp(paper.state, "ordered") == 0 && request_may(rq, &issue_papers))
        TRY(form_edit_page(rq, rs, &certificate_decision_form, id, route_url(rq, "paper", route_number(rq, id))));
    else if (rq->http->method == HTTP_POST)
        return nerr_pass(response_redirect_with(rq, rs, route_url(rq, "paper", route_number(rq, id)), "warn", _("This order has been decided already")));
    else
        TRY(show_paper(rq, rs, &paper, id));
    return nerr_pass(show_crumbs(rq, &paper, label));
}

/* ---- tasks ---- */

static void say_task(struct request *rq, const struct db_row *row, struct task *task)
{
    const char *name = name_full(rq->pool, db_get(row, 1), db_get(row, 2), db_get(row, 3));
    *task = (struct task){
        .text = pool_printf(rq->pool, "%s: %s", _("Order of a certificate"), name), .detail = db_get(row, 4), .since = db_get_time(row, 5),
        .address = route_url(rq, "paper", db_get(row, 0)), .button = _("Open"),
    };
}

static const char COUNT_ORDERED[] =
    "SELECT COUNT(*) FROM paper WHERE org_id = ? AND state = 'ordered'";
static const char ORDERED[] =
    "SELECT r.id, p.surname, p.given, p.patronymic, r.addressee, r.ordered_at FROM paper r JOIN pupil p ON p.org_id = r.org_id AND p.id = r.pupil_id"
    " WHERE r.org_id = ? AND r.state = 'ordered' ORDER BY r.ordered_at LIMIT ?";

const struct task_rows certificate_tasks = {COUNT_ORDERED, ORDERED, say_task};
