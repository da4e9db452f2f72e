/* kinds.h: what is exchanged, as tables: elements, their attributes, and where each stands in the database.
 *
 * The export, the staging, the judging and the applying of imports and the XSD are all made from these rows, so they cannot
 * tell different stories. SQL fragments name the table in hand t, the staged row r, the staged row of its organisation o,
 * and the staged row that a reference leads to y_ATTRIBUTE.
 */
#ifndef MEKTEP_EXCHANGE_KINDS_H
#define MEKTEP_EXCHANGE_KINDS_H

#include "engine/codelist.h"

#define CONTINGENT_NAMESPACE "urn:mektep:contingent:1"

enum exchange_type {
    EXCHANGE_UID,
    EXCHANGE_TEXT,    /* max letters */
    EXCHANGE_LINES,   /* the same in several lines */
    EXCHANGE_DATE,
    EXCHANGE_INSTANT, /* UTC with milliseconds */
    EXCHANGE_TIME,    /* of day, hours and minutes */
    EXCHANGE_NUMBER,  /* 0 … max */
    EXCHANGE_TICK,    /* "1", or absent */
    EXCHANGE_CODE,
    EXCHANGE_CODES,   /* several, separated by spaces */
    EXCHANGE_REF,     /* uid of an element of .kind */
    EXCHANGE_IIN,
    EXCHANGE_BIN,
    EXCHANGE_KATO,
    EXCHANGE_SHA256,
    EXCHANGE_FILES,   /* at most max hashes of elements “file”, separated by spaces; the column holds ids joined by "," */
    EXCHANGE_MADE,    /* not in the file: worked out when the row is staged, or in SQL */
};

enum exchange_flags {
    EXCHANGE_REQUIRED = 1 << 0,
    EXCHANGE_BLANK = 1 << 1,        /* absent is '' in the database */
    EXCHANGE_NOT_COMPARED = 1 << 2, /* a difference is no change */
    EXCHANGE_LATER = 1 << 3,        /* names a row that comes later in the file: set when all rows of the organisation are in */
};

struct exchange_field {
    const char *attribute;
    enum exchange_type type;
    unsigned flags;
    const char *column;  /* of the table; NULL = stored elsewhere, or not */
    long max;
    const struct code_list *codes;
    const char *kind;    /* of EXCHANGE_REF */
    const char *read;    /* SQL of the attribute from t; NULL = by type */
    const char *write;   /* SQL of the column from r; NULL = by type */
};

enum { EXCHANGE_FIELDS_MAX = 48, EXCHANGE_KEY_MAX = 4 };

struct exchange_kind {
    const char *element;
    const char *table;
    const char *id;          /* SQL over t: what the staged row's target is, when the row is there */
    const char *match;       /* SQL over t, r, o: t is the row that r tells about */
    const char *from;        /* SQL of the export: FROM … with ORDER BY; one value: the organisation */
    const char *from_without_health; /* the same for who may not see what files say of health; NULL = no difference */
    bool is_of_school;       /* a row of a school: it has org_id */
    bool has_version;
    bool is_ledger;          /* never changed: a difference is a conflict */
    const char *key[EXCHANGE_KEY_MAX]; /* attributes that make the row one of its kind, when it has no uid */
    struct exchange_field fields[EXCHANGE_FIELDS_MAX]; /* ends with .attribute NULL */
};

/* In the order in which they stand in the file; references lead back. Ends with .element NULL. */
extern const struct exchange_kind exchange_kinds[];
extern const struct exchange_kind *const exchange_person, *const exchange_organisation;

const struct exchange_kind *exchange_kind_find(const char *element);

/* For an export of everything: the persons of all schools. */
extern const char exchange_all_persons[];

#endif
