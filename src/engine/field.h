/* field.h: the register of fields: one row is input, parsing, cleaning, check, message, value kept after an error,
 * read-only line, column of a list and audit label. */
#ifndef MEKTEP_FIELD_H
#define MEKTEP_FIELD_H

#include "engine/codelist.h"
#include "engine/request.h"

enum field_kind {
    FIELD_SHOWN,   /* read only: a known fact above the fields */
    FIELD_HIDDEN,  /* the id of a record, carried along */
    FIELD_TEXT,    /* one line, any printable characters */
    FIELD_LINES,   /* several lines */
    FIELD_NAME,    /* a person's name (name_check) */
    FIELD_CLASS_NAME, /* letters, digits, hyphen (CON-20) */
    FIELD_IIN,
    FIELD_BIN,
    FIELD_DATE,    /* canonical value: ISO */
    FIELD_DATE_PARTS, /* day, month by name and year (the choices), each by itself; the day's place takes a whole date; canonical: ISO */
    FIELD_TIME,    /* of day; canonical value: "08:00" */
    FIELD_NUMBER,  /* whole, 0 or more */
    FIELD_EMAIL,
    FIELD_PHONE,
    FIELD_CHOICE,  /* select, or radio buttons with RADIO */
    FIELD_TICK,    /* canonical "1" or "" */
    FIELD_TICKS,   /* several of the choices; canonical: codes joined by "," */
    FIELD_PERSON,  /* picker over choices made by a query; those who may not stand unselectable with the reason */
    FIELD_FILE,    /* canonical: file id; FILES allowed with SEVERAL, joined by "," */
    FIELD_PASSWORD,/* never shown again, never stored in a draft */
};

enum field_flags {
    REQUIRED = 1 << 0,
    RADIO = 1 << 1,
    SEVERAL = 1 << 2,
    WIDE = 1 << 3,
    PROTECTED = 1 << 4,  /* shown only with the form's see_protected permission; never in the audit's text */
    FUTURE_NO = 1 << 5,  /* a date not later than today */
    PAST_NO = 1 << 6,
    NEW_GROUP = 1 << 7,  /* a hairline before it */
};

/* One possible value of a choice. */
struct choice {
    const char *value, *label;
    const char *note;      /* what is told of it where it is chosen: "32 of 36 places"; NULL = nothing */
    const char *refused;   /* why it cannot be chosen; NULL = it can */
    const char *group;     /* optgroup; NULL = none */
};

struct field;
struct form_data;
typedef NEOERR *choices_fn(struct form_data *form, const struct field *field,
                           NEOERR *(*add)(struct form_data *form, const struct choice *choice));

/* What the row function of such a function's query gets as its data. */
struct choice_adding {
    struct form_data *form;
    NEOERR *(*add)(struct form_data *form, const struct choice *choice);
};

struct field {
    const char *name;           /* [a-z_]+, the name of the input and of the column */
    const char *label;          /* msgid; the context "college" may hold other words */
    enum field_kind kind;
    unsigned flags;
    const struct code_list *codes;  /* choices from a code list, or … */
    choices_fn *choices;            /* … from a function (database) */
    const char *hint;           /* msgid, below the field; an example as the checklist gives it */
    const char *column;         /* of the form's table; NULL = name; "" = not stored there */
    const char *depends;        /* name of the field whose change alters this one's choices or need */
    int max;                    /* letters at most; 0 = 255, 2000 for FIELD_LINES */
    const char *autocomplete;   /* HTML autocomplete token, NULL = off */
    /* False hides the field and takes its value away ("residency → IIN", college or school). NULL = always. */
    bool (*when)(const struct form_data *form);
    /* True makes it required now. NULL = the flag decides. */
    bool (*required_when)(const struct form_data *form);
    /* A rule of this field alone, on a value that parsed; says no with form_error. */
    NEOERR *(*check)(struct form_data *form, const struct field *field, const char *value);
};

#endif
