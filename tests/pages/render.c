/* render.c: one page from a template and files of sample data, to standard output: how a page looks before anything fills it.
 *
 *   render TEMPLATES LOCALES LANGUAGE TEMPLATE.cs SAMPLE.hdf…
 */
#include "engine/i18n.h"
#include "engine/view.h"

#include <stdio.h>

static NEOERR *read_samples(char **paths, HDF *hdf)
{
    for (; *paths != NULL; paths++)
        TRY(hdf_read_file(hdf, *paths));
    return STATUS_OK;
}

static NEOERR *render(char **argv, HDF *hdf, struct view **view, STRING *page)
{
    enum language language;
    if (!language_from_code(argv[3], &language))
        return nerr_raise(ERROR_INPUT, "no language %s", argv[3]);
    TRY(i18n_init(argv[2]));
    i18n_use(language);
    TRY(hdf_set_value(hdf, "Page.lang", argv[3]));
    TRY(read_samples(argv + 5, hdf));
    TRY(view_new(argv[1], view));
    return nerr_pass(view_render(*view, argv[4], hdf, page));
}

int main(int argc, char **argv)
{
    struct view *view = NULL;
    HDF *hdf = NULL;
    STRING page;
    if (argc < 6) {
        fprintf(stderr, "usage: render TEMPLATES LOCALES LANGUAGE TEMPLATE.cs SAMPLE.hdf…\n");
        return 2;
    }
    string_init(&page);
    NEOERR *error = error_init();
    if (error == STATUS_OK)
        error = hdf_init(&hdf);
    if (error == STATUS_OK)
        error = render(argv, hdf, &view, &page);
    if (error == STATUS_OK)
        fwrite(page.buf, 1, (size_t)page.len, stdout);
    else
        fprintf(stderr, "%s\n", error_message(error));
    bool failed = error != STATUS_OK;
    error_release(error);
    view_free(view);
    hdf_destroy(&hdf);
    string_clear(&page);
    i18n_end();
    return failed;
}
