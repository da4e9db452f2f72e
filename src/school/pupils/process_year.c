/* process_year.c: «Перевести все классы на … учебный год»: each pupil of the classes of a year moves on, repeats it or graduates, by one
 * order that makes the classes of the next year, too. (CON-33, CON-34, CON-35) */
#include "school/pupils/process_movement.h"

#include "engine/page.h"
#include "school/codes.h"
#include "school/permissions.h"
#include "school/pupils/class.h"
#include "school/pupils/pupils.h"

#include <stdlib.h>
#include <string.h>

/* ---- the classes of the year, and those that they become ---- */

enum { LAST_GRADE_USUAL = 11, LAST_COURSE_USUAL = 4 };

/* A class of the year, or of the next one. */
struct year_class {
    int64_t id;               /* 0 = is made by the order */
    int64_t made_of;          /* for one that is made: the class of this year */
    int grade, last_grade;    /* last_grade: of a college's group, 0 = not known */
    const char *packed, *name_ru;
    bool is_wanted;           /* somebody goes there */
};
struct year_classes {
    struct year_class *rows;
    size_t count, room;
};

/* A pupil of this year's classes: what is decided, from what to where. */
struct passing {
    const struct year_class *from;
    struct year_class *to;    /* NULL = to no class */
    const char *certificate;  /* NULL = none */
};

struct passage {
    int year;                 /* that ends */
    struct year_classes now, next;
    int highest;              /* parallel of this year's classes */
    struct passing *pupils;   /* in the order of the subjects */
};

static int year_of(const struct process_run *run)
{
    return run->year != 0 ? run->year : run->rq->place.year;
}

static struct year_class *add_class(struct pool *pool, struct year_classes *classes, struct year_class class)
{
    if (classes->count == classes->room) {
        classes->room = classes->room == 0 ? 64 : classes->room * 2;
        struct year_class *grown = pool_alloc(pool, classes->room * sizeof *grown);
        if (classes->count > 0)
            memcpy(grown, classes->rows, classes->count * sizeof *grown);
        classes->rows = grown;
    }
    classes->rows[classes->count] = class;
    return &classes->rows[classes->count++];
}

struct class_loading {
    struct passage *passage;
    struct pool *pool;
};

static NEOERR *take_class(void *data, const struct db_row *row)
{
    struct class_loading *loading = data;
    struct passage *passage = loading->passage;
    bool is_next = (int)db_get_int(row, 1) != passage->year;
    struct year_class class = {
        .id = db_get_int(row, 0), .grade = (int)db_get_int(row, 2), .last_grade = (int)db_get_int(row, 3),
        .packed = pool_strdup(loading->pool, db_get(row, 4)), .name_ru = pool_strdup(loading->pool, db_get(row, 5)),
    };
    add_class(loading->pool, is_next ? &passage->next : &passage->now, class);
    if (!is_next && class.grade > passage->highest)
        passage->highest = class.grade;
    return STATUS_OK;
}

static const char CLASSES[] =
    "SELECT c.id, c.year, c.grade, c.last_grade, " CLASS_PACKED ", c.name_ru"
    " FROM class c"
    " WHERE c.org_id = ? AND c.year IN (?, ?) AND c.ended_on IS NULL"
    " ORDER BY c.grade, c.name_ru";

static const struct year_class *find_class(const struct year_classes *classes, int grade, const char *name_ru)
{
    for (size_t i = 0; i < classes->count; i++)
        if (classes->rows[i].grade == grade && strcmp(classes->rows[i].name_ru, name_ru) == 0)
            return &classes->rows[i];
    return NULL;
}

/* The parallel after which pupils leave: of a college's group its last course; of a school the highest that it teaches, where a stage
 * of education ends with it (a school that grows has no such parallel). */
static bool is_last(const struct request *rq, const struct passage *passage, const struct year_class *class)
{
    static const int ends_of_stages[] = {4, 9, 11, 12};
    if (is_college(rq))
        return class->grade >= (class->last_grade != 0 ? class->last_grade : LAST_COURSE_USUAL);
    for (size_t i = 0; i < sizeof ends_of_stages / sizeof ends_of_stages[0]; i++)
        if (class->grade == ends_of_stages[i])
            return class->grade == passage->highest;
    return false;
}

/* What each class of this year becomes, unless the next year has it already. */
static void raise_classes(struct pool *pool, struct passage *passage)
{
    for (size_t i = 0; i < passage->now.count; i++) {
        const struct year_class *class = &passage->now.rows[i];
        const char *rest = strchr(class->packed, '|');
        if (class->grade >= LAST_GRADE_USUAL + 1 || find_class(&passage->next, class->grade + 1, class->name_ru) != NULL)
            continue;
        add_class(pool, &passage->next, (struct year_class){
                                            .made_of = class->id, .grade = class->grade + 1, .last_grade = class->last_grade, .name_ru = class->name_ru,
                                            .packed = pool_printf(pool, "%d%s", class->grade + 1, rest != NULL ? rest : ""),
                                        });
    }
}

static NEOERR *load_passage(struct process_run *run, struct passage **out)
{
    struct request *rq = run->rq;
    struct passage *passage = pool_alloc(rq->pool, sizeof *passage);
    struct class_loading loading = {passage, rq->pool};
    passage->year = year_of(run);
    TRY(db_each(rq->db, CLASSES, DB_VALUES(DB_INT(rq->place.org), DB_INT(passage->year), DB_INT(passage->year + 1)), take_class, &loading));
    raise_classes(rq->pool, passage);
    *out = passage;
    return STATUS_OK;
}

/* ---- the fields of a line ---- */

/* A class of the next year: the id of one that is there, "of" and the id of the class that it is made of. */
static const char *class_value(struct pool *pool, const struct year_class *class)
{
    return pool_printf(pool, "%s%lld", class->id != 0 ? "" : "of", (long long)(class->id != 0 ? class->id : class->made_of));
}

static struct year_class *class_by_value(struct passage *passage, const char *value)
{
    bool is_made = strncmp(value, "of", 2) == 0;
    int64_t id = strtoll(value + (is_made ? 2 : 0), NULL, 10);
    for (size_t i = 0; id != 0 && i < passage->next.count; i++)
        if (id == (is_made ? passage->next.rows[i].made_of : passage->next.rows[i].id))
            return &passage->next.rows[i];
    return NULL;
}

static NEOERR *next_class_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    struct request *rq = form->rq;
    struct passage *passage;
    (void)field;
    if (form->detail == NULL)
        return STATUS_OK; /* only the label of one value is asked for, outside of any process */
    TRY(load_passage(form->detail, &passage));
    for (size_t i = 0; i < passage->next.count; i++) {
        const struct year_class *class = &passage->next.rows[i];
        struct choice choice = {
            .value = class_value(rq->pool, class), .label = class_label(rq, class->packed), .group = class_grade_label(rq, class->grade),
        };
        TRY(add(form, &choice));
    }
    return STATUS_OK;
}

static NEOERR *decision_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    for (const struct code *code = year_outcome_codes.codes; code->code != NULL; code++)
        if (strcmp(code->code, "nowhere") != 0)
            TRY(add(form, &(struct choice){.value = code->code, .label = code_name(&year_outcome_codes, code->code)}));
    return STATUS_OK;
}

static const struct field row_fields[] = {
    {"decision", N_("Decision"), FIELD_CHOICE, .choices = decision_choices},
    {"next_class", N_("To class"), FIELD_CHOICE, .choices = next_class_choices},
    {"certificate", N_("Kind of certificate"), FIELD_CHOICE, .choices = certificate_choices},
    {0},
};

/* ---- who is concerned ---- */

static NEOERR *take_subject(void *data, const struct db_row *row)
{
    return nerr_pass(process_add_subject(data, db_get_int(row, 0)));
}

static const char PUPILS[] =
    "SELECT p.id"
    " FROM class c"
    " JOIN pupil p ON p.org_id = c.org_id AND p.class_id = c.id"
    " WHERE c.org_id = ? AND c.year = ? AND c.ended_on IS NULL"
    " ORDER BY p.id";

static NEOERR *seed(struct process_run *run)
{
    return nerr_pass(db_each(run->rq->db, PUPILS, DB_VALUES(DB_INT(run->rq->place.org), DB_INT(year_of(run))), take_subject, run));
}

static const char *const facts[] = {N_("Date of birth"), N_("Class"), N_("Parallel"), NULL};

/* ---- what becomes of each ---- */

/* Nothing is decided: on to the raised class; after the last parallel out, with a certificate. */
static const char *usual_outcome(const struct process_run *run, const struct passage *passage, const struct year_class *class)
{
    if (!is_last(run->rq, passage, class))
        return "promote";
    return class_certificate(run->rq, class->grade) != NULL ? "graduate" : "nowhere";
}

static NEOERR *decide(struct process_run *run, struct passage *passage, size_t i)
{
    struct process_subject *subject = &run->subjects[i];
    struct passing *pupil = &passage->pupils[i];
    const struct year_class *from = pupil->from;
    const char *decision = "", *chosen = "", *certificate = NULL;
    if (subject->packed != NULL) {
        struct form_data *row;
        TRY(process_row(run, subject, &row));
        decision = pool_strdup(run->rq->pool, form_text(row, "decision"));
        chosen = pool_strdup(run->rq->pool, form_text(row, "next_class"));
        certificate = pool_strdup(run->rq->pool, form_text_or_null(row, "certificate"));
    }
    pupil->to = class_by_value(passage, chosen);
    if (decision[0] == '\0' && pupil->to != NULL)
        decision = pupil->to->grade == from->grade ? "stay" : "promote";
    if (decision[0] == '\0')
        decision = usual_outcome(run, passage, from);
    bool promotes = strcmp(decision, "promote") == 0, stays = strcmp(decision, "stay") == 0, graduates = strcmp(decision, "graduate") == 0;
    if ((promotes || stays) && pupil->to == NULL)
        pupil->to = (struct year_class *)find_class(&passage->next, from->grade + promotes, from->name_ru);
    if (!promotes && !stays)
        pupil->to = NULL;
    subject->outcome = (promotes || stays) && pupil->to == NULL ? "nowhere" : decision;
    if (pupil->to != NULL) {
        pupil->to->is_wanted = true;
        subject->outcome_words = pool_printf(run->rq->pool, "→ %s", class_label(run->rq, pupil->to->packed));
    }
    const char *usual = class_certificate(run->rq, from->grade);
    bool ends_basic = promotes && usual != NULL && strcmp(usual, "basic") == 0;
    if (graduates || ends_basic)
        pupil->certificate = certificate != NULL ? certificate : usual != NULL ? usual : "statement";
    return STATUS_OK;
}

struct standing {
    struct process_run *run;
    struct passage *passage;
};

static NEOERR *take_standing(void *data, const struct db_row *row)
{
    struct standing *standing = data;
    struct process_run *run = standing->run;
    struct passage *passage = standing->passage;
    int64_t class = db_get_int(row, 1);
    size_t at = (size_t)(process_subject_find(run->subjects, run->subject_count, db_get_int(row, 0)) - run->subjects);
    for (size_t i = 0; i < passage->now.count; i++)
        if (passage->now.rows[i].id == class)
            passage->pupils[at].from = &passage->now.rows[i];
    return STATUS_OK;
}

static const char STANDINGS[] =
    "SELECT p.id, p.class_id FROM " PROCESS_SUBJECTS " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = s.id WHERE p.class_id IS NOT NULL";

static NEOERR *judge(struct process_run *run)
{
    struct request *rq = run->rq;
    struct passage *passage;
    TRY(load_passage(run, &passage));
    passage->pupils = pool_alloc(rq->pool, (run->subject_count + 1) * sizeof *passage->pupils);
    const char *ids = process_subject_ids(rq->pool, run->subjects, run->subject_count);
    TRY(db_each(rq->db, STANDINGS, DB_VALUES(DB_TEXT(ids), DB_INT(rq->place.org)), take_standing, &(struct standing){run, passage}));
    for (size_t i = 0; i < run->subject_count; i++)
        if (passage->pupils[i].from != NULL)
            TRY(decide(run, passage, i));
    run->kept = passage;
    return STATUS_OK;
}

static bool does_not_move(const struct process_subject *subject)
{
    static const char *const outcomes[] = {"stay", "retake", "nowhere"};
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++)
        if (subject->outcome != NULL && strcmp(subject->outcome, outcomes[i]) == 0)
            return true;
    return false;
}

/* ---- rules ---- */

static struct date day_of(const struct process_run *run, const struct process_subject *subject)
{
    return form_date(run->form, strcmp(subject->outcome, "graduate") == 0 ? "graduated_on" : "effective_on");
}

static const char *misplaced(const struct process_run *run, const struct process_subject *subject, const struct passing *pupil)
{
    struct request *rq = run->rq;
    if (pupil->to == NULL)
        return NULL;
    if (strcmp(subject->outcome, "stay") == 0 && pupil->to->grade != pupil->from->grade)
        return pool_printf(rq->pool, request_words(rq, N_("%s repeats the year: choose a class of the same parallel")), subject->label);
    if (strcmp(subject->outcome, "promote") == 0 && pupil->to->grade <= pupil->from->grade)
        return pool_printf(rq->pool, request_words(rq, N_("%s moves on: choose a class of a higher parallel")), subject->label);
    return NULL;
}

static NEOERR *check_rows(struct process_run *run)
{
    const struct passage *passage = run->kept;
    struct movement_place *next, *last;
    TRY(movement_places(run, "promote", form_date(run->form, "effective_on"), &next));
    TRY(movement_places(run, "graduate", form_date(run->form, "graduated_on"), &last));
    for (size_t i = 0; i < run->subject_count; i++) {
        struct process_subject *subject = &run->subjects[i];
        bool graduates = subject->outcome != NULL && strcmp(subject->outcome, "graduate") == 0, moves = graduates || passage->pupils[i].to != NULL;
        if (subject->message == NULL && passage->pupils[i].from != NULL)
            subject->message = misplaced(run, subject, &passage->pupils[i]);
        if (subject->message == NULL && moves && day_of(run, subject).year != 0)
            subject->message = movement_misfit(run->rq, subject, graduates ? &last[i] : &next[i], day_of(run, subject));
    }
    return STATUS_OK;
}

static NEOERR *check(struct process_run *run)
{
    struct form_data *form = run->form;
    struct date first = {year_of(run), 9, 1}, last = {year_of(run) + 1, 12, 31};
    static const char *const days[] = {"effective_on", "graduated_on"};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        struct date day = form_date(form, days[i]);
        if (day.year != 0 && (date_compare(day, first) < 0 || date_compare(day, last) > 0))
            TRY(form_error(form, days[i], _("The date lies outside of the school year %s and the autumn after it"),
                           i18n_school_year(run->rq->pool, year_of(run))));
    }
    if (run->subject_count == 0)
        TRY(form_error(form, "", "%s", request_words(run->rq, N_("Nobody is in the classes of this year"))));
    run->title = pool_printf(run->rq->pool, "%s → %s", i18n_school_year(run->rq->pool, year_of(run)), i18n_school_year(run->rq->pool, year_of(run) + 1));
    return nerr_pass(order_check(run));
}

/* ---- opening ---- */

static NEOERR *take_days(void *data, const struct db_row *row)
{
    struct process_run *run = data;
    bool is_next = (int)db_get_int(row, 0) != year_of(run);
    return nerr_pass(form_set(run->form, is_next ? "effective_on" : "graduated_on", db_get(row, is_next ? 1 : 2)));
}

static const char DAYS[] = "SELECT year, starts_on, ends_on FROM school_year WHERE org_id = ? AND year IN (?, ?)";

static NEOERR *begin(struct process_run *run)
{
    struct request *rq = run->rq;
    int year = year_of(run);
    const char *next = i18n_school_year(rq->pool, year + 1);
    TRY(form_set(run->form, "school", rq->place.name));
    TRY(form_set(run->form, "from_year", i18n_school_year(rq->pool, year)));
    TRY(form_set(run->form, "to_year", next));
    TRY(form_set_date(run->form, "effective_on", (struct date){year + 1, 9, 1}));
    TRY(form_set_date(run->form, "graduated_on", (struct date){year + 1, 5, 25}));
    TRY(db_each(rq->db, DAYS, DB_VALUES(DB_INT(rq->place.org), DB_INT(year), DB_INT(year + 1)), take_days, run));
    TRY(form_set(run->form, "order_summary", pool_printf(rq->pool, request_words(rq, N_("On the transfer of pupils to the school year %s")), next)));
    return nerr_pass(order_begin(run));
}

/* ---- writing ---- */

/* Pupils and teachers see the next year at once, as its class lists are there before the first of September. */
static NEOERR *make_classes(struct db *db, struct process_run *run, struct passage *passage)
{
    for (size_t i = 0; i < passage->next.count; i++) {
        struct year_class *class = &passage->next.rows[i];
        if (class->id == 0 && class->is_wanted)
            TRY(class_raise(db, run->rq->place.org, class->made_of, run->order, request_today(run->rq), &class->id));
    }
    return STATUS_OK;
}

static size_t make_rows(const struct process_run *run, const struct passage *passage, struct movement *rows)
{
    size_t count = 0;
    for (size_t i = 0; i < run->subject_count; i++) {
        const struct process_subject *subject = &run->subjects[i];
        const struct passing *pupil = &passage->pupils[i];
        bool graduates = subject->outcome != NULL && strcmp(subject->outcome, "graduate") == 0;
        if (!graduates && pupil->to == NULL)
            continue;
        rows[count++] = (struct movement){
            .pupil = subject->id, .kind = subject->outcome, .from_class = pupil->from->id, .to_class = pupil->to != NULL ? pupil->to->id : 0,
            .effective = day_of(run, subject), .order = run->order, .reason = graduates ? "graduated" : NULL, .certificate = pupil->certificate,
        };
    }
    return count;
}

static const char ADD_YEAR[] = "INSERT IGNORE INTO school_year (org_id, year, starts_on, ends_on) VALUES (?, ?, ?, ?)";
static const char COUNT_AFTER[] =
    "SELECT COUNT(*) FROM " PROCESS_SUBJECTS " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = s.id AND p.standing IN ('enrolled', 'left')"
    " WHERE (p.standing = 'left') = ?";

/* As many are in classes or have graduated as were in classes before. */
static NEOERR *check_counts(struct db *db, struct process_run *run)
{
    const char *ids = process_subject_ids(run->rq->pool, run->subjects, run->subject_count);
    size_t graduates = process_outcome_count(run, "graduate");
    int64_t stay, left;
    TRY(db_number(db, COUNT_AFTER, DB_VALUES(DB_TEXT(ids), DB_INT(run->rq->place.org), DB_INT(0)), &stay, NULL));
    TRY(db_number(db, COUNT_AFTER, DB_VALUES(DB_TEXT(ids), DB_INT(run->rq->place.org), DB_INT(1)), &left, NULL));
    if ((size_t)left == graduates && (size_t)stay == run->subject_count - graduates)
        return STATUS_OK;
    return nerr_raise(ERROR_INTERNAL, "%zu pupils before, %lld and %lld after", run->subject_count, (long long)stay, (long long)left);
}

static NEOERR *apply(struct db *db, struct process_run *run)
{
    int64_t org = run->rq->place.org;
    int next = year_of(run) + 1;
    struct movement *rows = pool_alloc(run->rq->pool, (run->subject_count + 1) * sizeof *rows);
    TRY(order_take(db, run));
    TRY(process_progress(run, run->subject_count / 4));
    TRY(db_exec(db, ADD_YEAR, DB_VALUES(DB_INT(org), DB_INT(next), DB_DATE(((struct date){next, 9, 1})), DB_DATE(((struct date){next + 1, 5, 25}))), NULL,
                NULL));
    TRY(make_classes(db, run, run->kept));
    TRY(movement_record(db, org, rows, make_rows(run, run->kept, rows)));
    TRY(process_progress(run, run->subject_count * 3 / 4));
    TRY(class_heads_end(db, org, run->order));
    TRY(check_counts(db, run));
    return nerr_pass(process_progress(run, run->subject_count));
}

/* ---- words ---- */

static size_t classes_to_make(const struct passage *passage)
{
    size_t count = 0;
    for (size_t i = 0; i < passage->next.count; i++)
        count += passage->next.rows[i].id == 0 && passage->next.rows[i].is_wanted;
    return count;
}

static NEOERR *will(struct process_run *run)
{
    struct request *rq = run->rq;
    for (const struct code *code = year_outcome_codes.codes; code->code != NULL; code++)
        TRY(process_will(run, "%s: %s", code_name(&year_outcome_codes, code->code),
                         i18n_number(rq->pool, (int64_t)process_outcome_count(run, code->code))));
    TRY(process_will(run, request_words(rq, N_("In all, before and after: %s")), i18n_number(rq->pool, (int64_t)run->subject_count)));
    if (run->kept != NULL)
        TRY(process_will(run, request_words(rq, N_("Classes of the next year that are made: %zu")), classes_to_make(run->kept)));
    return nerr_pass(order_will(run));
}

struct counting {
    struct request *rq;
    int64_t all;
};

static NEOERR *show_count(void *data, const struct db_row *row)
{
    struct counting *counting = data;
    counting->all += db_get_int(row, 1);
    return nerr_pass(form_fact(counting->rq, code_name(&movement_kind_codes, db_get(row, 0)), i18n_number(counting->rq->pool, db_get_int(row, 1))));
}

/* The ledger's own counts, beside what was decided. */
static const char COUNTS[] = "SELECT kind, COUNT(*) FROM movement WHERE org_id = ? AND order_id = ? AND voids_id IS NULL GROUP BY kind ORDER BY kind";

static NEOERR *done(struct process_run *run)
{
    struct request *rq = run->rq;
    int64_t before = (int64_t)run->subject_count, waiting = (int64_t)(process_outcome_count(run, "retake") + process_outcome_count(run, "nowhere"));
    struct counting counting = {rq, waiting};
    TRY(view_setf(rq->hdf, "Done.text", _("The transfer to the school year %s is completed"), i18n_school_year(rq->pool, run->year + 1)));
    TRY(form_fact(rq, request_words(rq, N_("Pupils before")), i18n_number(rq->pool, before)));
    TRY(db_each(rq->db, COUNTS, DB_VALUES(DB_INT(rq->place.org), DB_INT(run->order)), show_count, &counting));
    if (waiting > 0)
        TRY(form_fact(rq, request_words(rq, N_("Left in the classes of the year")), i18n_number(rq->pool, waiting)));
    TRY(form_fact(rq, request_words(rq, N_("Pupils after, with the graduates")), i18n_number(rq->pool, counting.all)));
    TRY(process_next(run, _("Report"), route_url(rq, "year-report", route_number(rq, run->order)), true));
    if (waiting > 0)
        TRY(process_next(run, request_words(rq, N_("Transfer those who were left")), process_url(rq, run->process, 0), false));
    TRY(process_next(run, _("Open the order"), route_url(rq, "order", route_number(rq, run->order)), false));
    const char *next = route_url_at(rq->pool, rq->place.org, run->year + 1, (const char *const[]){"contingent", NULL});
    return nerr_pass(process_next(run, request_words(rq, N_("Classes of the next year")), next, false));
}

/* ---- the process ---- */

static const struct field fields[] = {
    {"school", N_("School"), FIELD_SHOWN},
    {"from_year", N_("From school year"), FIELD_SHOWN},
    {"to_year", N_("To school year"), FIELD_SHOWN},
    {"effective_on", N_("Effective from"), FIELD_DATE, REQUIRED, .hint = N_("The first day of the next school year")},
    {"graduated_on", N_("Date of graduation"), FIELD_DATE, REQUIRED, .hint = N_("For those who graduate: the day on which they leave")},
    ORDER_FIELDS,
    {0},
};

static const struct process_rows rows = {
    .seed = seed, .label = pupil_labels_by_class, .facts = facts, .fields = row_fields, .none = N_("as proposed"), .check = check_rows,
    .outcomes = &year_outcome_codes, .judge = judge, .apart = N_("Pupils who do not move to the next school year"), .is_apart = does_not_move,
};

static const struct order_series series = {"contingent", "promote", .day = "effective_on"};

const struct process pass_year = {
    .id = "pass-year",
    .title = N_("Changing of a subgroup or class"),
    .subject_kind = "pupil",
    .permission = &move_pupils,
    .steps = {
        {.id = "data", .title = N_("Confirmation of the transfer to the next school year"), .submit = N_("Transfer them"), .kind = STEP_FORM,
         .fields = fields, .rows = &rows},
        ORDER_CONFIRM_STEP,
    },
    .detail = &series,
    .menu = "contingent",
    .fallback_route = "contingent",
    ORDER_PROCESS,
    .begin = begin, .lock = movement_lock_pupils, .check = check, .apply = apply, .will = will, .done = done,
};
