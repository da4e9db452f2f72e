/* process.h: the register of processes: fill in, attach the scan of the order, confirm. (WF-01…05)
 *
 * The first POST makes a row of process; values are a draft until the last step applies, in one transaction: order, ledger
 * rows, audit, form key. Subjects are rows of process_row: one pupil is one row, a whole school 4 000.
 */
#ifndef MEKTEP_PROCESS_H
#define MEKTEP_PROCESS_H

#include "engine/form.h"
#include "engine/job.h"
#include "engine/task.h"

enum process_state { PROCESS_DRAFT, PROCESS_WAITING, PROCESS_DONE, PROCESS_CANCELLED, PROCESS_REFUSED };
enum step_kind { STEP_FORM = 1, STEP_CONFIRM };
enum outcome { OUTCOME_ACCEPT = 1, OUTCOME_RETURN, OUTCOME_REFUSE };

struct process_run; /* one process under way */
struct list;

struct step {
    const char *id;         /* "data" */
    const char *title;      /* msgid, the checklist's step name: the page's title (WF-04) */
    const char *submit;     /* msgid of the button: the checklist's word («Создать», «Зачислить») */
    enum step_kind kind;
    const struct field *fields;
    const struct process_rows *rows;
    const struct permission *who;                    /* who does this step; NULL = the process' permission */
    bool (*when)(const struct process_run *run);     /* false = skipped */
    const char *when_words;                          /* msgid: the rule that decides, shown in the diagram */
    enum outcome outcomes[4];                        /* of STEP_CONFIRM */
};

/* Up to PROCESS_ROWS_SHOWN subjects stand under the fields, more on a page of their own; an apply for more than PROCESS_AT_ONCE_MAX
 * is a job. */
enum { PROCESS_ROWS_SHOWN = 50, PROCESS_AT_ONCE_MAX = 200 };

/* One subject of a process: a row of process_row. */
struct process_subject {
    int64_t id;
    const char *label;      /* by process_rows.label */
    size_t rank;            /* where it stands in the order of labels, by process_rows.label */
    const char *const *facts; /* by process_rows.label: what is known of it, one for each of process_rows.facts */
    const char *packed;     /* the values of its row fields; NULL = all empty */
    bool is_changed;        /* it is new, or packed is not stored yet */
    const char *outcome;    /* code of process_rows.outcomes, by process_rows.judge */
    const char *outcome_words; /* what stands after its name: where to; NULL = nothing */
    const char *message;    /* what is wrong with it, in the language of the page; NULL = nothing */
};

/* Where the subjects come from, what can be set for each and how they are checked: all in one statement, however many they are. */
struct process_rows {
    const struct list *list;        /* may seed and show them; NULL for a single subject */
    /* Finds the subjects instead, by process_add_subject, whenever the process is opened: all pupils of a class, of a year. What was
     * set for them stays; who came or went since they were shown stops a confirmation once. */
    NEOERR *(*seed)(struct process_run *run);
    bool (*is_listed)(const struct process_run *run); /* false: not shown yet, something is to be chosen first; NULL = always shown */
    const char *const *facts;       /* msgids: what stands beside the label; ends with NULL; NULL = nothing */
    const char *none;               /* msgid: what an empty row field means; NULL = "as for all" */
    const struct field *fields;     /* set for each subject, over what the fields above say for all; ends with .name NULL; NULL = none */
    /* Gives each its label ("Ерғалиев Санжар Маратұлы, 27.05.2011") and rank; ERROR_NOT_FOUND when one is not of this organisation
     * or may not be touched. */
    NEOERR *(*label)(struct request *rq, struct process_subject *subjects, size_t count);
    /* Sets the message of those that cannot be taken. Checked at the form and again in apply; the row fields are checked before. */
    NEOERR *(*check)(struct process_run *run);
    /* What becomes of each as things stand: runs before the check and whenever they are shown. Counted, and searched by. */
    const struct code_list *outcomes;
    NEOERR *(*judge)(struct process_run *run);
    /* Those that are to be looked at first stand by themselves, above all others, under this heading. NULL = none. */
    const char *apart;              /* msgid */
    bool (*is_apart)(const struct process_subject *subject);
};

/* For .seed: keeps ids ascending, each once. */
NEOERR *process_add_subject(struct process_run *run, int64_t subject);

/* How many subjects have that outcome. */
size_t process_outcome_count(const struct process_run *run, const char *outcome);

/* The subjects as one value of a statement: their ids as JSON for PROCESS_SUBJECTS, a table s with the column id. */
#define PROCESS_SUBJECTS "JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s"
const char *process_subject_ids(struct pool *pool, const struct process_subject *subjects, size_t count);
struct process_subject *process_subject_find(struct process_subject *subjects, size_t count, int64_t id); /* NULL when it is none */

/* For .label: the statement binds PROCESS_SUBJECTS and the organisation; its first column is the id, its order the rank. say sets label,
 * and facts where there are any. ERROR_NOT_FOUND when the statement leaves one out. */
typedef void process_say_fn(struct request *rq, struct process_subject *subject, const struct db_row *row);
NEOERR *process_subjects_label(struct request *rq, struct process_subject *subjects, size_t count, const char *sql, process_say_fn *say);

/* Labels all subjects, once a request. */
NEOERR *process_rows_label(struct process_run *run);

/* The values of a subject's row fields. One form serves all: it holds until the next call. */
NEOERR *process_row(struct process_run *run, const struct process_subject *subject, struct form_data **form);

/* A row field "own_class" is set over the "class" of the form. After process_row: what holds for its subject, in words; field is of
 * that form. */
#define PROCESS_OWN "own_"
NEOERR *process_row_words(struct process_run *run, const struct field *field, const char **words);

struct process {
    const char *id;                 /* "enrol-pupil" */
    const char *title;              /* msgid: «Перевод/зачисление обучающегося» */
    const char *subject_kind;       /* "pupil", "class" …: audit, history, links; NULL when it makes the subject */
    const char *subject_route;      /* route of one subject: the link on the last page and in tasks */
    const struct permission *permission;
    bool (*when)(const struct request *rq); /* false: not for this organisation (schools have no groups) */
    struct step steps[6];           /* ends with .id NULL */
    const void *detail;             /* what the area's shared functions need to know of it: its order series */
    const char *menu;               /* id of the menu item it belongs to: "contingent" */
    const char *fallback_route;     /* where «Отменить» leads without a subject */

    /* Fills known facts and defaults (the proposed number, the class of the page the person came from); runs whenever the form is
     * opened or posted, before stored or posted values take their places. */
    NEOERR *(*begin)(struct process_run *run);
    /* Locks the subjects in id order, inside the transaction and before its check: what that finds holds in apply. NULL = nothing. */
    NEOERR *(*lock)(struct db *db, struct process_run *run);
    /* Rules over several fields; says no with form_error. Runs before apply, inside its transaction; before it, too, where the answers
     * are shown first or something typed is wrong already. */
    NEOERR *(*check)(struct process_run *run);
    /* Writes everything, inside the transaction, after lock and check. May run again. */
    NEOERR *(*apply)(struct db *db, struct process_run *run);
    /* A saved draft reserves (an order's number), a cancelled or refused one releases; inside the transaction. NULL = nothing. */
    NEOERR *(*reserve)(struct db *db, struct process_run *run);
    NEOERR *(*release)(struct db *db, struct process_run *run, const char *reason); /* reason: a msgid */
    /* Route of an output form with the id of the process: what is printed of a draft to be signed on paper. NULL = nothing. */
    const char *paper;
    /* Words of «what will be done» beside the form; each by process_will. NULL = none. */
    NEOERR *(*will)(struct process_run *run);
    /* What it changes of the past, shown before it is carried out; each by process_change. NULL or nothing = it changes none of it. */
    NEOERR *(*preview)(struct process_run *run);
    /* The last page: what was done, what next; each by process_next. NULL = the subject's link only. */
    NEOERR *(*done)(struct process_run *run);
};

struct process_run {
    struct request *rq;
    const struct process *process;
    int64_t id;                     /* 0 before the first POST */
    int year;                       /* the school year that it belongs to, once it is stored */
    int64_t version;
    enum process_state state;
    const struct step *step;        /* the step shown or submitted */
    struct form_data *form;         /* its fields and values */
    struct process_subject *subjects; /* by id, ascending */
    size_t subject_count;
    struct process_subject *gone;   /* were stored, and .seed did not find them again */
    size_t gone_count, came_count;
    bool is_confirmed;              /* submitted by somebody who was shown them all */
    struct form_data *row_form;     /* process_row's own */
    struct choice_set *row_choices; /* of each row field */
    struct process_work {           /* the job that carries it out, or has tried to; id 0 = none */
        int64_t id, done, all;
        bool is_open;               /* it waits or runs: nobody else touches the process */
        const char *said;           /* why it was not done; NULL = it broke off */
    } work;
    struct job *job;                /* inside that job; there the rights of who sent it are not known */
    int64_t order;                  /* set by order_take in apply */
    int64_t made;                   /* id of what apply made (pupil, class): the process' subject from then on */
    const char *title;              /* what it is about, when it has no subject yet: set by check or apply; NULL = the first subject */
    int64_t started_by;             /* account */
    int64_t sent_by;                /* account that sent it to the confirmation last: another one confirms; 0 = nobody yet */
    bool needs_second_person;       /* set by begin: what .when of a confirmation goes by */
    void *kept;                     /* what the process' own functions keep for one request */
    void *found;                    /* what lock and check have found, for apply */
    int64_t changed_at;
    struct process_event {
        const char *event, *remark; /* "submit" … */
    } events[4];                    /* of this transaction: written together at its end */
    size_t event_count;
};

/* The pages of all processes; no process has a route of its own.
 *   GET  /ORG/YEAR/start/{process}      route "start": the first step, subjects from ?subject=1&subject=2
 *   POST /ORG/YEAR/start/{process}      action = submit, draft, paper, refresh, cancel; without action: ids=1,2,3 ticked in a list
 *   GET  /ORG/YEAR/processes/{id}       route "process": the step it stands at, or what was done; check=1: "check your answers"
 *   POST /ORG/YEAR/processes/{id}       action = submit, draft, paper, refresh, back, cancel, accept, return, refuse
 *   GET  /ORG/YEAR/processes/{id}/rows     route "process-rows": its subjects, ?q=name&only=1 (with a message)&page=2
 *   POST /ORG/YEAR/processes/{id}/rows     action = save, ticked, found
 *   GET  /ORG/YEAR/processes/{id}/diagram  route "process-diagram": «Схема процесса» */
NEOERR *process_new_page(struct request *rq, struct response *rs);
NEOERR *process_start_page(struct request *rq, struct response *rs);
NEOERR *process_page(struct request *rq, struct response *rs);
NEOERR *process_post_page(struct request *rq, struct response *rs);
NEOERR *process_rows_page(struct request *rq, struct response *rs);
NEOERR *process_rows_post_page(struct request *rq, struct response *rs);
NEOERR *process_diagram_page(struct request *rq, struct response *rs);

/* The address of the first step of a process for a subject (0 = none). */
char *process_url(struct request *rq, const struct process *process, int64_t subject);
/* The same for each of many subjects: address is the one for none. */
char *process_url_for(struct request *rq, const char *address, int64_t subject);

/* The run of the address, for whoever may see it; ERROR_DENIED, ERROR_NOT_FOUND. */
NEOERR *process_run_load_page(struct request *rq, struct process_run **run);
struct process_subject **process_rows_ranked(struct process_run *run);  /* in the order of labels */

NEOERR *process_will(struct process_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* For .preview: one subject's change from a day until another (year 0 = from then on); the first PROCESS_CHANGES_SHOWN are shown, all are
 * counted. Change.rows.N.{who,from,until,before,after,then} Change.count Change.totals.N.text */
enum { PROCESS_CHANGES_SHOWN = 20 };
struct process_change {
    const char *who;
    struct date from, until;
    const char *before, *after;
    const char *then;               /* what follows; "" = nothing */
};
NEOERR *process_change(struct process_run *run, const struct process_change *change);
NEOERR *process_change_total(struct process_run *run, const char *words);

NEOERR *process_next(struct process_run *run, const char *label, const char *address, bool primary);

/* For apply, after each subject: how far it is. Without a job nothing; ERROR_CONFLICT when the person has stopped it. */
NEOERR *process_progress(struct process_run *run, size_t done);
/* The job "process": carries out a process with many subjects; may begin again after a crash. */
NEOERR *process_job(struct job *job);
/* Ends drafts that nobody has touched since; what they had reserved is released. */
NEOERR *process_clean(struct db *db, int64_t since);

/* Task sources: one's own drafts; steps waiting for a permission one holds. */
NEOERR *process_find_drafts(struct request *rq, size_t limit, size_t *count, task_add_fn *add);
NEOERR *process_find_waiting(struct request *rq, size_t limit, size_t *count, task_add_fn *add);

/* The usual end of fields tables of order processes: scan, number, date, summary. Their rules (scan clean, number free in its
 * journal and year, date not in the future) are the engine's order_check and order_take, see order_fields in school/office. */

/* The process as SVG and as an ordered list, in Diagram.*: Diagram.svg is not used; the template draws
 * Diagram.nodes.N.{title,state,who,when,rule,x,y,w,h}  state: done now next skipped
 * Diagram.lines.N.{x1,y1,x2,y2,state}  Diagram.{width,height} */
NEOERR *diagram_show(struct process_run *run);

#endif
