/* dated_name.h: the names of an organisation or a territory: in three languages, each valid from a day. */
#ifndef MEKTEP_DATED_NAME_H
#define MEKTEP_DATED_NAME_H

#include "engine/area.h"

/* The fields of a form that gives such a name, up to so many letters in each language. */
#define DATED_NAME_FIELDS(letters, its_flags)                                                  \
    {"name_kk", N_("Name in Kazakh"), FIELD_TEXT, REQUIRED | (its_flags), .max = (letters)},   \
    {"name_ru", N_("Name in Russian"), FIELD_TEXT, REQUIRED | (its_flags), .max = (letters)},  \
    {"name_en", N_("Name in English"), FIELD_TEXT, REQUIRED | (its_flags), .max = (letters)},  \
    {"valid_from", N_("The name is valid from"), FIELD_DATE, REQUIRED, .hint = N_("An earlier name stays readable for earlier dates")}

/* Columns of the tables of names, what stands in them, and how a name given again for the same day replaces the one before. */
#define DATED_NAME_COLUMNS "valid_from, name_kk, name_ru, name_en"
#define DATED_NAME_VALUES(form)                                                                        \
    DB_DATE(form_date(form, "valid_from")), DB_TEXT(form_text(form, "name_kk")), DB_TEXT(form_text(form, "name_ru")), \
        DB_TEXT(form_text(form, "name_en"))
#define DATED_NAME_AGAIN " ON DUPLICATE KEY UPDATE name_kk = VALUES(name_kk), name_ru = VALUES(name_ru), name_en = VALUES(name_en)"

#endif
