/* document_fonts.c: Liberation for papers, DejaVu for signs that Liberation lacks. */
#include "engine/document_fonts.h"

#include "base/leak.h"

#include <fontconfig/fontconfig.h>

#define FONTS "/usr/share/fonts/truetype/"

static const struct {
    const char *file, *package;
} fonts[] = {
    {FONTS "liberation2/LiberationSans-Regular.ttf", "fonts-liberation2"},
    {FONTS "liberation2/LiberationSans-Bold.ttf", "fonts-liberation2"},
    {FONTS "liberation2/LiberationMono-Regular.ttf", "fonts-liberation2"},
    {FONTS "liberation2/LiberationMono-Bold.ttf", "fonts-liberation2"},
    {FONTS "dejavu/DejaVuSans.ttf", "fonts-dejavu-core"},
    {FONTS "dejavu/DejaVuSans-Bold.ttf", "fonts-dejavu-core"},
};

/* ӘҒҚҢӨҰҮҺІ әғқңөұүһі */
static const FcChar32 kazakh_letters[] = {
    0x4D8, 0x492, 0x49A, 0x4A2, 0x4E8, 0x4B0, 0x4AE, 0x4BA, 0x406, 0x4D9, 0x493, 0x49B, 0x4A3, 0x4E9, 0x4B1, 0x4AF, 0x4BB, 0x456,
};

static PangoFontMap *font_map; /* of the process */

static NEOERR *check_letters(const FcPattern *font, const char *file)
{
    FcCharSet *letters = NULL;
    FcPatternGetCharSet(font, FC_CHARSET, 0, &letters);
    for (size_t i = 0; i < sizeof kazakh_letters / sizeof *kazakh_letters; i++)
        if (letters == NULL || !FcCharSetHasChar(letters, kazakh_letters[i]))
            return nerr_raise(ERROR_INTERNAL, "check the font %s: it lacks the Kazakh letter U+%04X", file, kazakh_letters[i]);
    return STATUS_OK;
}

static NEOERR *add_fonts(FcConfig *config)
{
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++) {
        if (!FcConfigAppFontAddFile(config, (const FcChar8 *)fonts[i].file))
            return nerr_raise(ERROR_INTERNAL, "open the font %s: it is missing (Debian: %s)", fonts[i].file, fonts[i].package);
        const FcFontSet *added = FcConfigGetFonts(config, FcSetApplication);
        TRY(check_letters(added->fonts[added->nfont - 1], fonts[i].file));
    }
    return STATUS_OK;
}

static NEOERR *open_fonts(void)
{
    FcConfig *config = FcConfigCreate();
    if (config == NULL)
        return nerr_raise(ERROR_INTERNAL, "make a configuration of fonts");
    NEOERR *failed = add_fonts(config);
    if (failed == STATUS_OK && !FcConfigSetCurrent(config))
        failed = nerr_raise(ERROR_INTERNAL, "use the configuration of fonts");
    FcConfigDestroy(config); /* FcConfigSetCurrent holds its own reference */
    if (failed != STATUS_OK)
        return nerr_pass(failed);
    font_map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (font_map == NULL)
        return nerr_raise(ERROR_INTERNAL, "make a font map: pango was built without FreeType");
    return STATUS_OK;
}

NEOERR *doc_fonts_open(void)
{
    if (font_map != NULL)
        return STATUS_OK;
    leak_checker_off();
    NEOERR *error = open_fonts();
    leak_checker_on();
    return nerr_pass(error);
}

NEOERR *doc_fonts_context(PangoContext **out)
{
    TRY(doc_fonts_open());
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    *out = pango_font_map_create_context(font_map);
    pango_cairo_context_set_font_options(*out, options);
    pango_cairo_context_set_resolution(*out, 72);
    pango_context_set_round_glyph_positions(*out, FALSE);
    cairo_font_options_destroy(options);
    return STATUS_OK;
}
