/* list.h: the register of lists: search, filters, sort, paging in the address, and every document format of exactly what it shows. */
#ifndef MEKTEP_LIST_H
#define MEKTEP_LIST_H

#include "engine/document.h"
#include "engine/field.h"

enum { LIST_PAGE_ROWS = 25 };

enum list_column_flags {
    COLUMN_SORTABLE = 1 << 0,
    COLUMN_NUMBER = 1 << 1,  /* right-aligned */
    COLUMN_DATE = 1 << 2,    /* SQL gives ISO, shown by language */
    COLUMN_STICKY = 1 << 3,  /* the name column, kept in view on phones */
    COLUMN_LINK = 1 << 4,    /* the cell links to the row's href */
    COLUMN_CHIP = 1 << 5,    /* shown as a chip when not empty ("no address"); no chip on the whole page: no column there */
    COLUMN_SCREEN = 1 << 6,  /* on screen only, not in documents */
    COLUMN_PAPER = 1 << 7,   /* in documents only */
    /* of lists of counts, see struct list_slice */
    COLUMN_OPENING = 1 << 8, /* a balance: over periods the whole has that of the first */
    COLUMN_CLOSING = 1 << 9, /* … of the last */
    COLUMN_CHART = 1 << 10,  /* drawn above the table; the first one is */
};

struct list_column {
    const char *name;       /* in the address: sort=name; and in the HDF */
    const char *label;      /* msgid; for the college context too */
    const char *sql;        /* constant expression over the base's tables */
    const char *sort_sql;   /* expression to sort by when it differs (sort keys); NULL = sql */
    unsigned flags;
    double width;           /* in documents, relative */
    const struct code_list *codes; /* the cell is a code: shown by name */
    /* Makes the cell's words of the SQL text, when neither codes nor dates do. */
    const char *(*show)(struct request *rq, const char *value);
    /* Where a COLUMN_LINK of this column leads, by the row's id; NULL = where the row does. */
    const char *(*address)(struct request *rq, int64_t id);
    /* of lists of counts; with codes, the label is the name of the code .name */
    const char *group;      /* msgid: heading over neighbours that have the same one; NULL = none */
    bool (*when)(const struct request *rq); /* false = left out; NULL = never */
};

/* A report is a list of counts: it has slices, and groups what from and where find by the one chosen. Its columns are conditions over the
 * same; a number says how many rows meet one, opens a list of exactly these (.opens), and all are summed up at the end. */
struct list_slice {
    const char *name;       /* in the address: by=class; the first one is usual */
    const char *label;      /* msgid: the choice, and the heading of the first column */
    const char *key_sql;    /* a text for each row of the table; NULL = not said */
    const char *sort_sql;   /* NULL = by key_sql */
    const struct code_list *codes;                             /* the key is a code: shown by name */
    const char *(*show)(struct request *rq, const char *key);  /* its words else; NULL = as it is */
    bool in_time;           /* the rows are periods, one after the other */
    bool (*when)(const struct request *rq);
};

struct list_query;
struct list_asked;
struct list_filter {
    const char *name;       /* in the address: class=12 */
    const char *label;      /* msgid */
    const char *sql;        /* constant condition with one ?: "m.class_id = ?"; used when the value is not empty. NULL = bind uses it */
    const struct code_list *codes;
    choices_fn *choices;
    bool (*when)(const struct request *rq); /* false = neither shown nor used */
    const char *fallback;   /* value when the address has none; NULL = all */
    bool is_day;            /* a date, as people write it, and no choices */
    struct date (*usual_day)(const struct request *rq); /* of is_day, when the address has none; NULL = today */
};

/* What a row or a ticked set of rows can be given to. */
struct list_action {
    const char *label;      /* msgid: "Enrol" */
    /* Route id, for a row with its id as the value; "start:PROCESS" begins a process: for a row with it as the subject, for ticked
     * rows by a POST of list, list_subject, ids (or all=1 with the filters). A process that is not for this organisation hides it. */
    const char *route;
    const struct permission *permission;
    const char *icon;       /* name in the sprite */
    bool primary;
    bool (*when)(const struct request *rq); /* false = not offered; NULL = always */
};

struct list {
    const char *id;         /* "class-pupils" */
    const char *title;      /* msgid */
    const struct permission *permission;
    /* SELECT <id_sql> AS id, <columns> FROM <from> WHERE <where> AND <scope> AND <search> AND <filters> ORDER BY … LIMIT … */
    const char *id_sql;     /* "p.id" */
    const char *from;       /* "pupil p JOIN person h ON h.id = p.person_id" */
    const char *where;      /* "p.org_id = ? AND p.left_on IS NULL": its values come from bind */
    const char *group_by;   /* NULL = none */
    NEOERR *(*bind)(struct list_query *query); /* gives the values of where by list_value, in order; NULL = it has none */
    /* Narrows to what the person's scopes reach; NULL = the permission at the organisation is all there is. Returns a constant
     * condition and gives its values by list_value; "" = everything. */
    NEOERR *(*scope)(struct list_query *query, const char **condition);
    const struct list_column *columns; /* ends with .name NULL */
    const struct list_filter *filters; /* ends with .name NULL; may be NULL */
    /* Condition for the search words with one ? for a LIKE pattern of the folded key ("p.fold_key LIKE ?"); NULL = no search. */
    const char *search_sql;
    /* A second condition, tried too when the words are digits: "h.iin LIKE ?". Digits never stand in an address: the page has a POST
     * route of the same path and page function. NULL = none. */
    const char *digits_sql;
    const char *default_sort; /* column name, "-name" = descending */
    const char *tie_sql;      /* last sort key, unique: "p.id" */
    const char *row_route;    /* COLUMN_LINK leads there with the row's id; NULL = none */
    bool row_of_subject;      /* … with the subject's id before it: /pupils/12/documents/3 */
    const struct list_action *row_actions, *bulk_actions, *page_actions; /* end with .label NULL; may be NULL */
    /* What must be known of all rows, in words of the page; stands above them and in documents. "" = nothing; NULL = never anything. */
    const char *(*note)(const struct list_query *query);
    const char *empty;        /* msgid shown when nothing was found without search and filters: what to do then */
    bool numbered;            /* a column № of running numbers */
    bool landscape;
    const struct list_slice *slices; /* a list of counts; ends with .name NULL */
    const char *opens;        /* of one: the route of the list that a number opens */
    const struct list *counts_of; /* of the opened one: whose numbers; it has the same from, where, bind and filters */
    bool all_slices;          /* of one: a document holds a table of each slice */
    NEOERR *(*foot)(const struct list_query *query, struct doc *doc); /* lines below the last row in documents: who signs; NULL = none */
};

/* The state of one list of one request. */
struct list_query {
    struct request *rq;
    const struct list *list;
    struct list_asked *asked;  /* list_query.h: what the address asks */
    const void *detail;        /* what the page hands to bind: the class whose pupils are listed */
    int64_t subject;
    struct db_value values[64];
    size_t count;
};
NEOERR *list_value(struct list_query *query, struct db_value value);

/* What a filter of the list is set to, for bind: a code, an id, a day in ISO; "" = all, or there is no such filter here. */
const char *list_filter_value(const struct list_query *query, const char *name);

/* The slice by which a list of counts, or the one that it opens, is asked for. */
const char *list_slice_name(const struct list_query *query);

/* The usual .bind: the organisation, or the organisation and the subject. */
NEOERR *list_bind_org(struct list_query *query);
NEOERR *list_bind_org_subject(struct list_query *query);

/* .choices of a filter: the last thirty calendar years, this one first. */
choices_fn list_year_choices;

/* Fills List.* for list.cs or a page that includes list_table.cs:
 * List.{id,title,note,total,from,to,address,empty,numbered,searchable,search_post,search,sort,row_actions}
 * List.columns.N.{name,label,number,sticky,sort_href,sorted}      sorted: "asc" "desc"
 * List.rows.N.{id,number,href}  List.rows.N.cells.M.{value,href,chip,class}  List.rows.N.actions.K.{label,href}
 * List.filters.N.{name,label,value,is_day} .choices.M.{value,label,selected}
 * List.heads.N.{label,span}  List.sum.cells.M.{value,href,class}  List.bars.N.{label,value,length,y}   of counts
 * List.bulk.N.{label,href,icon}  List.hidden.N.{name,value}: posted with the ticked rows
 * List.actions.N.{label,href,icon,primary}  List.{formats,languages,paging}.N.{label,href,current} */
NEOERR *list_show(struct request *rq, const struct list *list, int64_t subject, const void *detail);

/* Fills List.paging for a page of rows that is no list of the register. */
NEOERR *list_paging(struct request *rq, const char *address, size_t page, size_t pages);

/* Page function of a whole-page list (route.detail = the list), GET and POST. */
NEOERR *list_page(struct request *rq, struct response *rs);

/* Answers what is not the page itself, *done tells: the document the address asks for (format=xlsx, in=kk for its language), or for a
 * POST the way from the words to their address. Page functions that show a list among other things call it after page_begin. */
NEOERR *list_answer(struct request *rq, struct response *rs, const struct list *list, int64_t subject, const void *detail, bool *done);

/* Puts all rows of a list with its title into a document that is being written: the tables of a file. */
NEOERR *list_write(struct request *rq, const struct list *list, int64_t subject, struct doc *doc);

/* Calls row_fn(data, id) for every row the list finds with the filters of the posted or queried fields: "select all N found". */
NEOERR *list_each_id(struct request *rq, const struct list *list, int64_t subject, const void *detail,
                     NEOERR *(*row_fn)(void *data, int64_t id), void *data_out);

/* The SQL of every combination of parts, with the scope of the person who asks: for the test that prepares all. */
NEOERR *list_each_sql(struct request *rq, const struct list *list, NEOERR *(*tell)(void *data, const char *sql), void *data);

#endif
