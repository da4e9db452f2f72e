/* view.c: pages from ClearSilver templates: parsed once a worker, rendered with the data of each request, escaped by default. */
#include "engine/view.h"

#include "base/text.h"
#include "engine/i18n.h"

#include <cs/cs.h>
#include <glob.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <util/neo_files.h>

/* A parsed template. Rendering changes only parse->hdf and what hangs on it, so it is used again for every page. */
struct template {
    const char *name;
    CSPARSE *parse;
};

struct view {
    const char *dir;
    struct pool *pool;    /* names and dir */
    struct pool *scratch; /* results of functions, emptied after each page */
    HDF *config;          /* what parsing reads: the escape mode */
    struct template *templates; /* by name */
    size_t count, room;
};

/* ---- functions of the templates ---- */

/* ClearSilver has no place for a function's own data; the file loader's is the view. */
static struct view *view_of(const CSPARSE *parse)
{
    return parse->fileload_ctx;
}

/* _("words"). Literals only: they alone are collected for translation, and an evaluated argument would have to be freed while
 * its translation still points into it (a memory bug of ClearSilver's own _). */
static NEOERR *translate(CSPARSE *parse, CS_FUNCTION *function, CSARG *args, CSARG *result)
{
    (void)parse;
    (void)function;
    if (args == NULL || args->op_type != CS_TYPE_STRING)
        return nerr_raise(ERROR_INTERNAL, "_() in a template takes a literal only");
    result->op_type = CS_TYPE_STRING;
    result->s = (char *)_(args->s);
    return STATUS_OK;
}

/* number(n): grouped by the language in use. */
static NEOERR *format_number(CSPARSE *parse, CS_FUNCTION *function, CSARG *args, CSARG *result)
{
    char *text = NULL;
    (void)function;
    TRY(cs_arg_parse(parse, args, "s", &text));
    result->op_type = CS_TYPE_STRING;
    result->s = i18n_number(view_of(parse)->scratch, text != NULL ? strtoll(text, NULL, 10) : 0);
    free(text);
    return STATUS_OK;
}

/* url_escape(text). Not registered as an escaping function: html escaping after it changes nothing of what it gives, and a sum
 * with raw text (url_escape(a) + b) stays escaped. */
static NEOERR *escape_url(const char *text, char **out)
{
    return nerr_pass(neos_url_escape(text, out, NULL));
}

/* The library brings its own _, which must not be reached: ours takes its place. */
static NEOERR *replace_function(CSPARSE *parse, const char *name, CSFUNCTION function)
{
    for (CS_FUNCTION *row = parse->functions; row != NULL; row = row->next)
        if (strcmp(row->name, name) == 0) {
            row->function = function;
            return STATUS_OK;
        }
    return nerr_pass(cs_register_function(parse, name, 1, function));
}

static NEOERR *register_functions(CSPARSE *parse)
{
    static char url_escape[] = "url_escape";
    TRY(replace_function(parse, "_", translate));
    TRY(cs_register_function(parse, "number", 1, format_number));
    return nerr_pass(cs_register_strfunc(parse, url_escape, escape_url));
}

/* ---- parsing ---- */

/* Loads a template or what it includes, always from the folder of templates. */
static NEOERR *load_file(void *ctx, HDF *hdf, const char *name, char **contents)
{
    const struct view *view = ctx;
    char path[4096];
    (void)hdf;
    if (name[0] == '/' || strstr(name, "..") != NULL)
        return nerr_raise(ERROR_INTERNAL, "template %s lies outside the folder of templates", name);
    snprintf(path, sizeof path, "%s/%s", view->dir, name);
    return nerr_pass(ne_load_file(path, contents));
}

static NEOERR *parse_into(struct view *view, CSPARSE *parse, const char *name)
{
    TRY(register_functions(parse));
    cs_register_fileload(parse, view, load_file);
    return nerr_pass(cs_parse_file(parse, name));
}

/* The place of a name in the sorted array: where it is, or where it belongs. */
static size_t find_place(const struct view *view, const char *name, bool *found)
{
    size_t low = 0, high = view->count;
    *found = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(view->templates[middle].name, name);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static NEOERR *insert(struct view *view, size_t place, const char *name, CSPARSE *parse)
{
    if (view->count == view->room) {
        size_t room = view->room == 0 ? 64 : view->room * 2;
        struct template *templates = realloc(view->templates, room * sizeof *templates);
        if (templates == NULL)
            return nerr_raise(NERR_NOMEM, "no memory for %zu templates", room);
        view->templates = templates;
        view->room = room;
    }
    memmove(&view->templates[place + 1], &view->templates[place], (view->count - place) * sizeof view->templates[0]);
    view->templates[place] = (struct template){pool_strdup(view->pool, name), parse};
    view->count++;
    return STATUS_OK;
}

static NEOERR *get_template(struct view *view, const char *name, CSPARSE **out)
{
    bool found;
    size_t place = find_place(view, name, &found);
    if (found) {
        *out = view->templates[place].parse;
        return STATUS_OK;
    }
    TRY(cs_init(out, view->config));
    NEOERR *error = parse_into(view, *out, name);
    if (error == STATUS_OK)
        error = insert(view, place, name, *out);
    if (error != STATUS_OK) {
        cs_destroy(out);
        return nerr_pass_ctx(error, "template %s", name);
    }
    return STATUS_OK;
}

static NEOERR *parse_matching(struct view *view, const char *pattern)
{
    glob_t paths;
    NEOERR *error = STATUS_OK;
    CSPARSE *parse;
    if (glob(pool_printf(view->scratch, "%s/%s", view->dir, pattern), 0, NULL, &paths) != 0)
        return STATUS_OK;
    for (size_t i = 0; i < paths.gl_pathc && error == STATUS_OK; i++)
        error = get_template(view, paths.gl_pathv[i] + strlen(view->dir) + 1, &parse);
    globfree(&paths);
    return nerr_pass(error);
}

NEOERR *view_parse_all(struct view *view)
{
    TRY(parse_matching(view, "*.cs"));
    TRY(parse_matching(view, "*/*.cs"));
    pool_reset(view->scratch);
    if (view->count == 0)
        return nerr_raise(ERROR_INTERNAL, "no templates in %s", view->dir);
    return STATUS_OK;
}

/* ---- life ---- */

NEOERR *view_new(const char *template_dir, struct view **out)
{
    struct view *view = calloc(1, sizeof *view);
    if (view == NULL)
        return nerr_raise(NERR_NOMEM, "no memory for the templates of %s", template_dir);
    view->pool = pool_new();
    view->scratch = pool_new();
    view->dir = pool_strdup(view->pool, template_dir);
    NEOERR *error = hdf_init(&view->config);
    if (error == STATUS_OK)
        error = hdf_set_value(view->config, "Config.VarEscapeMode", "html");
    if (error != STATUS_OK) {
        view_free(view);
        return nerr_pass(error);
    }
    *out = view;
    return STATUS_OK;
}

void view_free(struct view *view)
{
    if (view == NULL)
        return;
    for (size_t i = 0; i < view->count; i++)
        cs_destroy(&view->templates[i].parse);
    free(view->templates);
    hdf_destroy(&view->config);
    pool_free(view->scratch);
    pool_free(view->pool);
    free(view);
}

/* ---- rendering ---- */

/* A page comes in some thousand pieces: what has room is copied, the library makes room. */
static NEOERR *append_output(void *ctx, char *text)
{
    STRING *out = ctx;
    size_t length = strlen(text);
    if (length >= (size_t)(out->max - out->len))
        return nerr_pass(string_append(out, text));
    memcpy(out->buf + out->len, text, length + 1);
    out->len += (int)length;
    return STATUS_OK;
}

NEOERR *view_render(struct view *view, const char *template_name, HDF *hdf, STRING *out)
{
    CSPARSE *parse;
    TRY(get_template(view, template_name, &parse));
    parse->hdf = hdf;
    parse->global_hdf = NULL;
    parse->locals = NULL; /* an earlier page that failed half-way leaves its own */
    NEOERR *error = cs_render(parse, out, append_output);
    parse->hdf = NULL;
    pool_reset(view->scratch);
    return nerr_pass(error);
}

/* ---- data ---- */

NEOERR *view_set(HDF *hdf, const char *name, const char *value)
{
    if (value == NULL && hdf_get_obj(hdf, name) == NULL)
        return STATUS_OK;
    return nerr_pass(hdf_set_value(hdf, name, value));
}

NEOERR *view_setf(HDF *hdf, const char *name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *value = vsprintf_alloc(format, args);
    va_end(args);
    if (value == NULL)
        return nerr_raise(NERR_NOMEM, "no memory for the value of %s", name);
    return nerr_pass(hdf_set_buf(hdf, name, value));
}

NEOERR *view_set_int(HDF *hdf, const char *name, int64_t value)
{
    char digits[TEXT_DIGITS_SIZE];
    return nerr_pass(hdf_set_value(hdf, name, text_digits(value, digits)));
}

/* The last child of a node. A long level keeps it at hand, so that a list of n rows is not walked n times. */
static HDF *last_child(HDF *node)
{
    HDF *child = node->hash != NULL && node->last_child != NULL ? node->last_child : hdf_obj_child(node);
    while (child != NULL && hdf_obj_next(child) != NULL)
        child = hdf_obj_next(child);
    return child;
}

NEOERR *view_append(HDF *hdf, const char *name, HDF **child)
{
    char digits[TEXT_DIGITS_SIZE];
    HDF *node, *last;
    TRY(hdf_get_node(hdf, name, &node));
    last = last_child(node);
    int64_t number = last != NULL ? atoi(hdf_obj_name(last)) + 1 : 0;
    return nerr_pass(hdf_get_node(node, text_digits(number, digits), child));
}
