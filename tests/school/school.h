/* school.h: a small school, a college and a stranger's school in the fixture's database, and people who ask pages there.
 *
 * Requests go through app_handle, as a browser's do: with the session cookie, the CSRF token and a form key. Pages are in
 * English unless a test says otherwise.
 */
#ifndef MEKTEP_TEST_SCHOOL_H
#define MEKTEP_TEST_SCHOOL_H

#include "fixture.h"

enum { SCHOOL = 1, COLLEGE = 2, STRANGE = 3, SCHOOL_YEAR = 2026 };

/* What stands there. Classes lead: CLASS_10A by the class teacher, GROUP by curator and master. */
enum {
    CLASS_10A = 1,  /* PUPIL is in it */
    CLASS_10B = 2,  /* has one place */
    CLASS_9A = 3,
    GROUP = 4,      /* of the college */
    STRANGE_CLASS = 5,
};
enum {
    PUPIL = 1,        /* enrolled in CLASS_10A by ORDER, has a parent */
    NEW_PUPIL = 2,    /* registered for parallel 10, as is SECOND_NEW_PUPIL */
    SECOND_NEW_PUPIL = 3,
    YOUNGER_PUPIL = 4, /* registered for parallel 9 */
    STUDENT = 5,
    STRANGE_PUPIL = 6,
};
enum { ORDER = 1, STRANGE_ORDER = 2 };
enum { STRANGE_FILE = 900 };

/* One more order, which has enrolled YOUNGER_PUPIL: for who cancels one. */
enum { ORDER_TO_CANCEL = 70 };
void add_order_to_cancel(void);

/* Makes STUDENT one of GROUP, on the budget by its type, and adds SENIOR_GROUP, a mixed one of the second course with three budget places
 * and of another speciality, with PAID_STUDENT in it: for what colleges do. */
enum { SENIOR_GROUP = 60, PAID_STUDENT = 70 };
void add_students(void);
/* Somebody whom the stranger's school has sent here: the entry ARRIVING_PUPIL, nobody's pupil now. */
enum { ARRIVING_PUPIL = 60 };
void add_arriving_pupil(void);

/* Words of the stranger's school: none of them may be seen from outside. */
#define STRANGE_WORDS "Чужедальн"

/* Every test of the case finds the school on 5 October 2026; nobody has signed in. */
void school_add(TCase *tcase);

/* ---- who asks ---- */

/* From now on requests come from the person with that role there; a role of the installation is asked for with SCHOOL. */
void sign_in(const char *role, int64_t org);
void sign_out(void);
int64_t school_person(const char *role, int64_t org); /* person and account have the same id */
void speak(const char *language);                     /* everybody's pages, from now on */
struct worker *school_worker(void);

/* ---- asking ---- */

struct answer {
    int status;
    const char *body, *location; /* location "" for none */
};

/* A field of a form; a file when it has a filename, then length counts, too. */
struct sent {
    const char *name, *value;
    const char *filename;
    size_t length;
};
#define SENT(...) ((const struct sent[]){__VA_ARGS__, {0}})
#define NOTHING_SENT ((const struct sent[]){{0}})

struct answer get(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Adds the CSRF token and a new form key, unless the fields have their own. */
struct answer post(const char *path, const struct sent *fields);
struct answer post_multipart(const char *path, const struct sent *fields);

/* A form that warns first, and is sent once more by somebody who has read the warning: the second answer. */
struct answer post_again(const char *path, const struct sent *fields);

/* The same fields with another value of one; NULL takes it away. */
const struct sent *sent_with(const struct sent *fields, const char *name, const char *value);

const char *path_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What the page says at a field, "" for nothing; name "" is the summary above the form. */
const char *error_at(struct answer answer, const char *name);

/* A page with &amp; and its like as people read them. */
const char *page_words(const char *page);

/* How many of something tests must walk over at least, by tests/counts, which only grows. */
int kept_count(const char *name);

/* What a failed test shows of a page: the beginning of its own part. */
const char *main_of(const char *page);

#define ck_assert_has(text, part) ck_assert_msg(strstr(text, part) != NULL, "\"%s\" is not in: %s", part, main_of(text))
#define ck_assert_has_not(text, part) ck_assert_msg(strstr(text, part) == NULL, "\"%s\" is in: %s", part, main_of(text))
#define ck_assert_status(answer, code) \
    ck_assert_msg((answer).status == (code), "%d instead of %d, %s: %s", (answer).status, code, (answer).location, main_of((answer).body))

/* ---- the database ---- */

void run_sql(const char *format, ...) __attribute__((format(printf, 1, 2)));
int64_t count_of(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The number of rows of every table that keeps what people enter: equal before and after means nothing was stored. */
const char *rows_stored(void);

/* Eleven digits with the control digit. */
const char *iin_of(const char *eleven);

/* ---- scans and orders ---- */

extern const char TINY_PDF[], TINY_PNG[];
extern const size_t TINY_PNG_SIZE;

/* The id of a checked scan of that organisation. */
const char *clean_scan(int64_t org);

/* The fields of a right enrolment of new pupils in a class by order "7-у" of 1 October 2026, with a checked scan. */
const struct sent *enrolment(int64_t class);

/* The address of the process that an answer leads to, without a query. */
const char *process_of(struct answer answer);

#endif
