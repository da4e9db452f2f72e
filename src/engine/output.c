/* output.c: output forms: the dialog that asks what, in which language and format; the document given out. */
#include "engine/output.h"

#include "engine/page.h"
#include "engine/route.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- the dialog ---- */

/* A language's name is the same in every language. */
static const struct code language_rows[] = {
    {"kk", {"Қазақша", "Қазақша", "Қазақша"}},
    {"ru", {"Русский", "Русский", "Русский"}},
    {"en", {"English", "English", "English"}},
    {0},
};
static const struct code_list language_list = {.id = "document-language", .title = N_("Language of the document"), .codes = language_rows};

static NEOERR *format_choices(struct form_data *form, const struct field *field,
                              NEOERR *(*add)(struct form_data *form, const struct choice *choice))
{
    const struct output *output = form->rq->route->detail;
    (void)field;
    for (const char *const *id = output->formats; *id != NULL; id++) {
        const struct doc_format *format = doc_format_find(*id);
        if (format == NULL)
            return nerr_raise(ERROR_INTERNAL, "show the formats of the output form \"%s\": there is no \"%s\"", output->id, *id);
        TRY(add(form, &(struct choice){.value = *id, .label = _(doc_format_label(format))}));
    }
    return STATUS_OK;
}

static const struct field common_fields[] = {
    {"document_language", N_("Language of the document"), FIELD_CHOICE, REQUIRED | RADIO | NEW_GROUP, .codes = &language_list},
    {"document_format", N_("Format"), FIELD_CHOICE, REQUIRED | RADIO, .choices = format_choices},
    {0},
};

static size_t count_fields(const struct field *fields)
{
    size_t count = 0;
    while (fields != NULL && fields[count].name != NULL)
        count++;
    return count;
}

static NEOERR *new_form(struct request *rq, struct form_data **form)
{
    const struct output *output = rq->route->detail;
    size_t own = count_fields(output->fields), common = count_fields(common_fields);
    struct field *fields = pool_alloc(rq->pool, (own + common + 1) * sizeof *fields);
    if (own > 0)
        memcpy(fields, output->fields, own * sizeof *fields);
    memcpy(fields + own, common_fields, common * sizeof *fields);
    return nerr_pass(form_data_new(rq, fields, form));
}

static NEOERR *show_dialog(struct form_data *form, struct response *rs)
{
    struct request *rq = form->rq;
    const struct output *output = rq->route->detail;
    const char *title = request_words(rq, output->title);
    TRY(page_begin(rq, rs, "output.cs", title));
    TRY(page_crumb(rq, title, NULL));
    TRY(view_set(rq->hdf, "Output.title", title));
    TRY(view_set(rq->hdf, "Output.action", rq->http->path));
    return nerr_pass(form_show(form));
}

NEOERR *output_page(struct request *rq, struct response *rs)
{
    const struct output *output = rq->route->detail;
    struct form_data *form;
    TRY(new_form(rq, &form));
    TRY(form_set(form, "document_language", language_codes[rq->language]));
    TRY(form_set(form, "document_format", output->formats[0]));
    for (const struct field *field = form->fields; field->name != NULL; field++) {
        const char *asked = request_query(rq, field->name);
        if (asked[0] != '\0')
            TRY(form_set(form, field->name, asked));
    }
    return nerr_pass(show_dialog(form, rs));
}

/* ---- the document ---- */

static const char *stylesheet(struct request *rq)
{
    const char *file = rq->worker == NULL ? NULL : hdf_get_value(rq->worker->statics, "css", NULL);
    return file == NULL ? NULL : pool_printf(rq->pool, "/static/%s", file);
}

void output_head(struct request *rq, const char *title, struct doc_head *head)
{
    const char *name = rq->place.names[i18n_language()];
    *head = (struct doc_head){
        .title = title,
        .organisation = name != NULL ? name : rq->place.name,
        .language = language_codes[i18n_language()],
        .stylesheet = stylesheet(rq),
        .made = pool_printf(rq->pool, "mektep · %s", i18n_time(rq->pool, clock_now(), rq->place.time_zone)),
    };
}

static NEOERR *append_file(struct response *rs, int fd)
{
    char bytes[65536];
    off_t at = 0;
    for (ssize_t got; (got = pread(fd, bytes, sizeof bytes, at)) != 0;) {
        if (got < 0 && errno != EINTR)
            return nerr_raise_errno(ERROR_INTERNAL, "read a finished document");
        if (got > 0) {
            TRY(string_appendn(&rs->http.body, bytes, (int)got));
            at += got;
        }
    }
    return STATUS_OK;
}

/* RFC 6266: the name in UTF-8, and a plain one for programs that know no better. */
static const char *attachment(struct request *rq, const char *name, const char *ending)
{
    return pool_printf(rq->pool, "attachment; filename=\"document.%s\"; filename*=UTF-8''%s.%s", ending, http_escape(rq->pool, name),
                       ending);
}

static NEOERR *give_out(struct request *rq, struct response *rs, const struct doc_format *format, const char *name, int fd)
{
    const char *ending = doc_ending(format, fd);
    TRY(append_file(rs, fd));
    rs->http.status = 200;
    rs->template_name = NULL;
    http_header(rq->pool, &rs->http, "Content-Type", doc_mime(format, fd));
    if (strcmp(ending, "html") != 0)
        http_header(rq->pool, &rs->http, "Content-Disposition", attachment(rq, name, ending));
    return STATUS_OK;
}

NEOERR *output_answer(struct request *rq, struct response *rs, const struct doc_format *format, const char *name,
                      NEOERR *(*write)(void *data, int fd), void *data)
{
    int fd = memfd_create("document", MFD_CLOEXEC);
    if (fd < 0)
        return nerr_raise_errno(ERROR_INTERNAL, "make a file in memory for \"%s\"", name);
    NEOERR *failed = write(data, fd);
    if (failed == STATUS_OK)
        failed = give_out(rq, rs, format, name, fd);
    close(fd);
    return nerr_pass(failed);
}

struct order {
    struct form_data *form;
    const struct doc_format *format;
    struct doc_head head;
};

static NEOERR *write_output(void *data, int fd)
{
    struct order *order = data;
    const struct output *output = order->form->rq->route->detail;
    struct doc *doc;
    TRY(doc_open(order->format, &order->head, fd, &doc));
    NEOERR *failed = output->build(order->form, doc);
    if (failed == STATUS_OK)
        return nerr_pass(doc_close(doc));
    doc_abandon(doc);
    return nerr_pass(failed);
}

/* In the language chosen for the document, which need not be the page's. */
static NEOERR *make_output(struct form_data *form, struct response *rs)
{
    struct request *rq = form->rq;
    const struct output *output = rq->route->detail;
    struct order order = {.form = form, .format = doc_format_find(form_text(form, "document_format"))};
    output_head(rq, request_words(rq, output->title), &order.head);
    if (output->head != NULL)
        TRY(output->head(form, &order.head));
    return nerr_pass(output_answer(rq, rs, order.format, order.head.title, write_output, &order));
}

NEOERR *output_post_page(struct request *rq, struct response *rs)
{
    struct form_data *form;
    enum language language;
    TRY(new_form(rq, &form));
    TRY(form_read(form));
    if (form->error_count > 0 || !language_from_code(form_text(form, "document_language"), &language)) {
        rs->http.status = 422;
        return nerr_pass(show_dialog(form, rs));
    }
    enum language of_page = rq->language;
    i18n_use(rq->language = language);
    NEOERR *failed = make_output(form, rs);
    i18n_use(rq->language = of_page);
    return nerr_pass(failed);
}
