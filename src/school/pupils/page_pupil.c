/* page_pupil.c: the pupil's file (CON-25): personal data, documents, movement, history. */
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include "base/name.h"
#include "engine/audit.h"
#include "engine/page.h"
#include "school/codes.h"
#include "school/people/person.h"
#include "school/permissions.h"

#include <string.h>

/* ---- personal data ---- */

static NEOERR *take_person(void *data, const struct db_row *row)
{
    TRY(form_set(data, "iin", db_get_or(row, 0, "")));
    return nerr_pass(form_set(data, "login", db_get(row, 1)));
}

static const char PERSON[] =
    "SELECT h.iin, h.login FROM pupil p JOIN person h ON h.id = p.person_id WHERE p.org_id = ? AND p.id = ?";

static NEOERR *load_personal(struct form_data *form, int64_t id)
{
    TRY(form_load_columns(&pupil_personal_form, form, id));
    return nerr_pass(db_one(form->rq->db, PERSON, DB_VALUES(DB_INT(form->rq->place.org), DB_INT(id)), take_person, form));
}

static const char IIN_HOLDER[] =
    "SELECT h.id FROM person h WHERE h.iin = ? AND h.id <> (SELECT person_id FROM pupil WHERE org_id = ? AND id = ?)";
static const char HOLDER_HERE[] =
    "SELECT CONCAT_WS(' ', surname, given, NULLIF(patronymic, '')) FROM pupil WHERE org_id = ? AND person_id = ?";

/* Who has the number is said only when it is somebody of this organisation. */
static NEOERR *check_iin_free(struct form_data *form)
{
    struct request *rq = form->rq;
    int64_t holder;
    bool found;
    char *name;
    if (form_text(form, "iin")[0] == '\0')
        return STATUS_OK;
    TRY(db_number(rq->db, IIN_HOLDER, DB_VALUES(DB_TEXT(form_text(form, "iin")), DB_INT(rq->place.org), DB_INT(form->subject)), &holder, &found));
    if (!found)
        return STATUS_OK;
    TRY(db_string(rq->db, rq->pool, HOLDER_HERE, DB_VALUES(DB_INT(rq->place.org), DB_INT(holder)), &name));
    if (name != NULL)
        return nerr_pass(form_error(form, "iin", _("This IIN belongs to %s"), name));
    return nerr_pass(form_error(form, "iin", "%s", _("This IIN is already known as another person's")));
}

static const char SAVE_KEYS[] =
    "UPDATE pupil SET sort_key = ?, fold_key = ?, key_version = ? WHERE org_id = ? AND id = ?";
static const char SAVE_PERSON[] =
    "UPDATE person h JOIN pupil p ON p.person_id = h.id"
    " SET h.iin = ?, h.surname = ?, h.given = ?, h.patronymic = ?, h.born_on = ?, h.sex = ?, h.sort_key = ?, h.fold_key = ?, h.key_version = ?,"
    " h.version = h.version + 1"
    " WHERE p.org_id = ? AND p.id = ?";

static NEOERR *save_personal(struct db *db, struct form_data *form, int64_t id)
{
    struct request *rq = form->rq;
    const char *surname = form_text(form, "surname"), *given = form_text(form, "given"), *patronymic = form_text(form, "patronymic");
    struct name_keys keys;
    name_keys_make(rq->pool, surname, given, patronymic, &keys);
    TRY(form_save_columns(&pupil_personal_form, db, form, id));
    TRY(db_exec(db, SAVE_KEYS, DB_VALUES(DB_SORT_KEY(keys), DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION), DB_INT(rq->place.org), DB_INT(id)), NULL, NULL));
    return nerr_pass(db_exec(db, SAVE_PERSON,
                             DB_VALUES(DB_TEXT(form_text_or_null(form, "iin")), DB_TEXT(surname), DB_TEXT(given), DB_TEXT(patronymic),
                                       DB_DATE(form_date(form, "born_on")), DB_TEXT(form_text_or_null(form, "sex")), DB_SORT_KEY(keys),
                                       DB_TEXT(keys.fold), DB_INT(TEXT_KEY_VERSION), DB_INT(rq->place.org), DB_INT(id)),
                             NULL, NULL));
}

static NEOERR *pupil_scope(struct request *rq, int64_t id, bool edit)
{
    return nerr_pass(pupil_check_scope(rq, edit ? &edit_pupils : &see_contingent, id));
}

static const struct field personal_fields[] = {
    {"login", N_("Login"), FIELD_SHOWN},
    {"surname", N_("Surname"), FIELD_NAME, REQUIRED},
    {"given", N_("Given name"), FIELD_NAME, REQUIRED},
    {"patronymic", N_("Patronymic"), FIELD_NAME},
    {"iin", N_("IIN"), FIELD_IIN, PROTECTED, .column = ""},
    {"no_iin_reason", N_("No IIN yet"), FIELD_CHOICE, .codes = &no_iin_reason_codes},
    {"resident", N_("Residency"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &residency_codes},
    {"born_on", N_("Date of birth"), FIELD_DATE, REQUIRED | FUTURE_NO},
    {"sex", N_("Sex"), FIELD_CHOICE, REQUIRED | RADIO, .codes = &sex_codes},
    {"birth_place", N_("Place of birth"), FIELD_TEXT, WIDE, .max = 300},
    {"citizenship", N_("Citizenship"), FIELD_CHOICE, .codes = &citizenship_codes},
    {"nationality", N_("Nationality"), FIELD_CHOICE, .codes = &nationality_codes},
    {"address", N_("Address"), FIELD_TEXT, WIDE | NEW_GROUP, .max = 300},
    {"phone", N_("Phone"), FIELD_PHONE},
    {"email", N_("E-mail"), FIELD_EMAIL},
    {"entered_on", N_("Date of entry"), FIELD_DATE, .when = form_in_college},
    {0},
};

static NEOERR *check_personal(struct form_data *form)
{
    TRY(check_iin_free(form));
    if (form_in_school(form) && pupil_is_resident(form) && form_text(form, "iin")[0] == '\0' && form_text(form, "no_iin_reason")[0] == '\0')
        TRY(form_error(form, "iin", "%s", _("Fill in the IIN, or choose why there is none yet")));
    return STATUS_OK;
}

const struct form pupil_personal_form = {
    .id = "pupil-personal", .title = N_("Personal data"), .table = "pupil", .subject_kind = "pupil", .fields = personal_fields,
    .see = &see_contingent, .edit = &edit_pupils, .see_protected = &see_pupil_numbers, .load = load_personal, .check = check_personal,
    .save = save_personal, .scope = pupil_scope,
};

/* ---- documents ---- */

static const struct field document_fields[] = {
    {"kind", N_("Kind of document"), FIELD_CHOICE, REQUIRED, .codes = &document_kind_codes},
    {"series", N_("Series"), FIELD_TEXT, .max = 20},
    {"number", N_("Document number"), FIELD_TEXT, REQUIRED, .max = 40},
    {"issued_by", N_("Issued by"), FIELD_TEXT, WIDE, .max = 200},
    {"issued_on", N_("Date of issue"), FIELD_DATE, FUTURE_NO},
    {"file_id", N_("Scan"), FIELD_FILE, SEVERAL},
    {0},
};

static const char ADD_DOCUMENT[] =
    "INSERT INTO pupil_document (org_id, pupil_id, kind, series, number, issued_by, issued_on, file_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

static NEOERR *add_document(struct db *db, struct form_data *form, int64_t *id)
{
    int64_t pupil;
    TRY(request_id(form->rq, 0, &pupil));
    return nerr_pass(db_exec(db, ADD_DOCUMENT,
                             DB_VALUES(DB_INT(form->rq->place.org), DB_INT(pupil), DB_TEXT(form_text(form, "kind")), DB_TEXT(form_text(form, "series")),
                                       DB_TEXT(form_text(form, "number")), DB_TEXT(form_text(form, "issued_by")), DB_DATE(form_date(form, "issued_on")),
                                       DB_TEXT(form_text(form, "file_id"))),
                             NULL, id));
}

static const char DOCUMENT_OWNER[] =
    "SELECT pupil_id FROM pupil_document WHERE org_id = ? AND id = ?";

static NEOERR *document_scope(struct request *rq, int64_t id, bool edit)
{
    int64_t owner, pupil;
    bool found;
    (void)edit;
    TRY(request_id(rq, 0, &pupil));
    TRY(db_number(rq->db, DOCUMENT_OWNER, DB_VALUES(DB_INT(rq->place.org), DB_INT(id)), &owner, &found));
    return found && owner == pupil ? STATUS_OK : nerr_raise(ERROR_NOT_FOUND, "document %lld is not of this pupil", (long long)id);
}

const struct form pupil_document_form = {
    .id = "pupil-document", .title = N_("Document"), .table = "pupil_document", .subject_kind = "pupil-document", .fields = document_fields,
    .see = &see_contingent, .edit = &edit_pupils, .add = add_document, .scope = document_scope,
};

/* ---- tabs ---- */

struct documents {
    struct request *rq;
    int64_t pupil;
};

static NEOERR *show_document(void *data, const struct db_row *row)
{
    struct documents *documents = data;
    struct request *rq = documents->rq;
    HDF *out;
    TRY(view_append(rq->hdf, "Documents", &out));
    TRY(view_set(out, "kind", code_name(&document_kind_codes, db_get(row, 1))));
    TRY(view_set(out, "number", pool_printf(rq->pool, "%s %s", db_get(row, 2), db_get(row, 3))));
    TRY(view_set(out, "issued", pool_printf(rq->pool, "%s %s", db_get(row, 4), i18n_date(rq->pool, db_get_date(row, 5)))));
    TRY(view_set(out, "files", db_get(row, 6)));
    if (request_may(rq, &edit_pupils))
        TRY(view_set(out, "href", route_url(rq, "pupil-document", route_number(rq, documents->pupil), db_get(row, 0))));
    return STATUS_OK;
}

static const char DOCUMENTS[] =
    "SELECT id, kind, series, number, issued_by, issued_on, file_id FROM pupil_document WHERE org_id = ? AND pupil_id = ? ORDER BY issued_on DESC, id";

/* The scans of each document as links; asked after the rows are read. */
static NEOERR *show_document_files(struct request *rq)
{
    for (HDF *row = hdf_get_child(rq->hdf, "Documents"); row != NULL; row = hdf_obj_next(row)) {
        char *rest = pool_strdup(rq->pool, hdf_get_value(row, "files", "")), *id;
        while ((id = strsep(&rest, ",")) != NULL && id[0] != '\0') {
            HDF *out;
            TRY(view_append(row, "scans", &out));
            TRY(view_set(out, "href", route_url(rq, "file", id)));
            TRY(view_set(out, "label", _("Scan")));
        }
    }
    return STATUS_OK;
}

static NEOERR *show_documents(struct request *rq, int64_t id)
{
    struct documents documents = {rq, id};
    TRY(db_each(rq->db, DOCUMENTS, DB_VALUES(DB_INT(rq->place.org), DB_INT(id)), show_document, &documents));
    if (request_may(rq, &edit_pupils))
        TRY(page_action(rq, _("Add a document"), route_url(rq, "pupil-document", route_number(rq, id), "new"), "plus-lg", true));
    return nerr_pass(show_document_files(rq));
}

static NEOERR *show_movement(void *data, const struct db_row *row)
{
    struct request *rq = data;
    HDF *out;
    TRY(view_append(rq->hdf, "Movements", &out));
    TRY(view_set(out, "date", i18n_date(rq->pool, db_get_date(row, 0))));
    TRY(view_set(out, "kind", code_name(&movement_kind_codes, db_get(row, 1))));
    TRY(view_set(out, "from", class_label(rq, db_get(row, 2))));
    TRY(view_set(out, "to", class_label(rq, db_get(row, 3))));
    TRY(view_set(out, "order", pool_printf(rq->pool, _("№ %s of %s"), db_get(row, 5), i18n_date(rq->pool, db_get_date(row, 6)))));
    TRY(view_set(out, "voided", db_get(row, 7)));
    if (request_may(rq, &see_orders))
        TRY(view_set(out, "href", route_url(rq, "order", db_get(row, 4))));
    return STATUS_OK;
}

static const char MOVEMENTS[] =
    "SELECT m.effective_on, m.kind, IF(f.id IS NULL, '', CONCAT_WS('|', f.grade, f.name_kk, f.name_ru, f.name_en)),"
    " IF(t.id IS NULL, '', CONCAT_WS('|', t.grade, t.name_kk, t.name_ru, t.name_en)), o.id, o.number, o.dated, IF(v.id IS NULL, NULL, 1)"
    " FROM movement m"
    " JOIN school_order o ON o.org_id = m.org_id AND o.id = m.order_id"
    " LEFT JOIN class f ON f.org_id = m.org_id AND f.id = m.from_class_id"
    " LEFT JOIN class t ON t.org_id = m.org_id AND t.id = m.to_class_id"
    " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id"
    " WHERE m.org_id = ? AND m.pupil_id = ?"
    " ORDER BY m.effective_on DESC, m.id DESC";

static NEOERR *show_movements(struct request *rq, int64_t id)
{
    return nerr_pass(db_each(rq->db, MOVEMENTS, DB_VALUES(DB_INT(rq->place.org), DB_INT(id)), show_movement, rq));
}

static NEOERR *show_personal(struct request *rq, int64_t id)
{
    if (request_may(rq, &edit_pupils))
        TRY(page_operation(rq, _("Edit"), route_url(rq, "pupil-edit", route_number(rq, id))));
    return nerr_pass(form_show_record(rq, &pupil_personal_form, id));
}

static NEOERR *show_history(struct request *rq, int64_t id)
{
    return nerr_pass(audit_show(rq, "pupil", id));
}

static const struct tab {
    const char *id, *title;
    NEOERR *(*show)(struct request *rq, int64_t id);
} tabs[] = {
    {"personal", N_("Personal data"), show_personal},
    {"documents", N_("Documents"), show_documents},
    {"movement", N_("Movement"), show_movements},
    {"history", N_("History"), show_history},
};

static const struct tab *find_tab(const char *id)
{
    for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++)
        if (strcmp(tabs[i].id, id) == 0)
            return &tabs[i];
    return NULL;
}

/* ---- the page ---- */

struct summary {
    struct pool *pool;
    const char *name, *class, *standing;
    int64_t class_id;
    struct date born;
    const char *login;
};

static NEOERR *take_summary(void *data, const struct db_row *row)
{
    struct summary *summary = data;
    summary->name = name_full(summary->pool, db_get(row, 0), db_get(row, 1), db_get(row, 2));
    summary->class = pool_strdup(summary->pool, db_get(row, 3));
    summary->class_id = db_get_int(row, 4);
    summary->standing = pool_strdup(summary->pool, db_get(row, 5));
    summary->born = db_get_date(row, 6);
    summary->login = pool_strdup(summary->pool, db_get(row, 7));
    return STATUS_OK;
}

static const char SUMMARY[] =
    "SELECT p.surname, p.given, p.patronymic, IF(c.id IS NULL, NULL, " CLASS_PACKED "), c.id, p.standing, p.born_on, h.login"
    " FROM pupil p"
    " JOIN person h ON h.id = p.person_id"
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " WHERE p.org_id = ? AND p.id = ?";

static NEOERR *show_frame(struct request *rq, const struct summary *summary, int64_t id, const struct tab *current)
{
    const char *class = summary->class_id != 0 ? class_label(rq, summary->class) : request_words(rq, N_("Without class"));
    const char *class_href =
        summary->class_id != 0 ? route_url(rq, "class", route_number(rq, summary->class_id)) : route_url(rq, "without-class");
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, class, class_href));
    TRY(page_crumb(rq, summary->name, NULL));
    TRY(page_facts(rq, pool_printf(rq->pool, "%s · %s · № %s", class, i18n_date(rq->pool, summary->born), summary->login)));
    for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++)
        TRY(page_tab(rq, request_words(rq, tabs[i].title), route_url(rq, "pupil-tab", route_number(rq, id), tabs[i].id), &tabs[i] == current, NULL));
    if (strcmp(summary->standing, "registered") == 0 && request_may(rq, &move_pupils))
        TRY(page_action(rq, _("Enrol"), process_url(rq, &enrol_pupil, id), "box-arrow-in-right", true));
    return nerr_pass(page_menu(rq, "contingent"));
}

static NEOERR *open_pupil(struct request *rq, int64_t *id, struct summary *summary)
{
    TRY(request_id(rq, 0, id));
    TRY(pupil_check_scope(rq, &see_contingent, *id));
    *summary = (struct summary){.pool = rq->pool};
    return nerr_pass(db_one(rq->db, SUMMARY, DB_VALUES(DB_INT(rq->place.org), DB_INT(*id)), take_summary, summary));
}

NEOERR *pupil_page(struct request *rq, struct response *rs)
{
    const struct tab *tab = find_tab(rq->ids[1] != NULL ? rq->ids[1] : "personal");
    struct summary summary;
    int64_t id;
    if (tab == NULL)
        return nerr_raise(ERROR_NOT_FOUND, "no tab %s of a pupil's file", rq->ids[1]);
    TRY(open_pupil(rq, &id, &summary));
    TRY(page_begin(rq, rs, "pupil.cs", summary.name));
    TRY(view_set(rq->hdf, "Pupil.tab", tab->id));
    TRY(show_frame(rq, &summary, id, tab));
    return nerr_pass(tab->show(rq, id));
}

static NEOERR *edit_frame(struct request *rq, const struct summary *summary, int64_t id, const char *title)
{
    TRY(page_crumb(rq, _("Contingent"), route_url(rq, "contingent")));
    TRY(page_crumb(rq, summary->name, route_url(rq, "pupil", route_number(rq, id))));
    TRY(page_crumb(rq, title, NULL));
    TRY(page_facts(rq, summary->name));
    return nerr_pass(page_menu(rq, "contingent"));
}

NEOERR *pupil_edit_page(struct request *rq, struct response *rs)
{
    struct summary summary;
    int64_t id;
    TRY(open_pupil(rq, &id, &summary));
    TRY(form_edit_page(rq, rs, &pupil_personal_form, id, route_url(rq, "pupil", route_number(rq, id))));
    return nerr_pass(edit_frame(rq, &summary, id, _("Personal data")));
}

NEOERR *pupil_document_page(struct request *rq, struct response *rs)
{
    struct summary summary;
    int64_t pupil, document = 0;
    TRY(open_pupil(rq, &pupil, &summary));
    TRY(pupil_check_scope(rq, &edit_pupils, pupil));
    if (strcmp(rq->ids[1], "new") != 0)
        TRY(request_id(rq, 1, &document));
    TRY(form_edit_page(rq, rs, &pupil_document_form, document, route_url(rq, "pupil-tab", route_number(rq, pupil), "documents")));
    return nerr_pass(edit_frame(rq, &summary, pupil, _("Document")));
}
