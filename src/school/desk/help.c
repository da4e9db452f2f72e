/* help.c: help for the page one came from (NAV-18): what it is for, in a few sentences. */
#include "school/desk/desk.h"

#include "engine/page.h"

#include <string.h>

/* The sections whose part of the address is in the page's, first those that fit, then the rest. */
static const struct section {
    const char *part, *title, *lines[5];
} sections[] = {
    {"/start/register-pupil", N_("How to register a pupil"),
     {N_("Fill in the data as they stand in the document. A field with a star is needed; the rest can be filled in later in the file."),
      N_("When a person with the same IIN, or the same name and birth date, is already known, you are asked whether it is the same person."),
      N_("After that the pupil stands in the list “Without class”, from which pupils are enrolled by order.")}},
    {"/start/enrol-pupil", N_("How to enrol by order"),
     {N_("Tick the pupils in the list “Without class” and press “Enrol”, or open one pupil's file and press “Enrol” there."),
      N_("Choose the class, attach the scan of the order (PDF, JPEG, PNG or TIFF up to 20 MB), check number, date and summary."),
      N_("The next free number is proposed. A saved draft keeps its number; you find it again in the task list.")}},
    {"/contingent", N_("The contingent"),
     {N_("On the left choose the parallel and the class; “Archive” shows those who have left."),
      N_("Every list can be searched, sorted by the heads of its columns, and taken out as XLSX, PDF, DOCX, CSV or PNG, or printed.")}},
    {"/classes/", N_("The page of a class"),
     {N_("The tabs hold general information, the educational process, the list of pupils and the history of changes."),
      N_("“Add” registers a new pupil for this class; “Operations” holds the rest.")}},
    {"/orders", N_("Orders"),
     {N_("Every movement of pupils is done by an order; here are all of them with their scans."),
      N_("A number that was reserved and not used is shown as a gap with the reason.")}},
    {"/exchange", N_("Export and import"),
     {N_("The export is one ZIP package with everything about classes, pupils, orders, movements and scans; another installation can import it."),
      N_("An import first shows what is new, changed, in conflict or rejected; nothing is changed until you confirm.")}},
    {"", N_("How to find things"),
     {N_("The key / opens the quick search: a name in any keyboard layout, a part of a number, a class, an order or a page."),
      N_("The number beside “Sign out” counts the tasks that wait for you; it opens the task list.")}},
};

static NEOERR *show_section(struct request *rq, const struct section *section)
{
    HDF *out;
    TRY(view_append(rq->hdf, "Help.sections", &out));
    TRY(view_set(out, "title", _(section->title)));
    for (size_t i = 0; i < sizeof section->lines / sizeof section->lines[0] && section->lines[i] != NULL; i++) {
        HDF *line;
        TRY(view_append(out, "lines", &line));
        TRY(view_set(line, "text", _(section->lines[i])));
    }
    return STATUS_OK;
}

NEOERR *help_page(struct request *rq, struct response *rs)
{
    const char *page = request_query(rq, "page");
    TRY(page_begin(rq, rs, "help.cs", _("Help")));
    TRY(page_crumb(rq, _("Help"), NULL));
    for (int fits = 1; fits >= 0; fits--)
        for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
            if ((sections[i].part[0] != '\0' && strstr(page, sections[i].part) != NULL) == (fits == 1))
                TRY(show_section(rq, &sections[i]));
    return STATUS_OK;
}
