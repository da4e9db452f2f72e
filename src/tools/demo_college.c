/* demo_college.c: what only a college does with its students: leave, form and basis of study by order, claims to budget places,
 * scholarships. */
#include "tools/demo.h"

#include "school/pupils/movement.h"

static const char ADD_SPECIALITY[] =
    "INSERT INTO speciality (org_id, code, name_kk, name_ru, name_en, qualifications) VALUES (?, ?, ?, ?, ?, ?)";

NEOERR *demo_speciality(struct demo *demo, const struct demo_org *org, const char *code, const char *const *names, const char *qualification, int64_t *id)
{
    return nerr_pass(db_exec(demo->db, ADD_SPECIALITY,
                             DB_VALUES(DB_INT(org->id), DB_TEXT(code), DB_TEXT(names[LANG_KK]), DB_TEXT(names[LANG_RU]), DB_TEXT(names[LANG_EN]),
                                       DB_TEXT(qualification)),
                             NULL, id));
}

/* ---- movements ---- */

enum { STUDENTS = 12 };
struct students {
    struct {
        int64_t id, class;
    } rows[STUDENTS];
    size_t count;
};

static NEOERR *take_student(void *data, const struct db_row *row)
{
    struct students *students = data;
    students->rows[students->count].id = db_get_int(row, 0);
    students->rows[students->count++].class = db_get_int(row, 1);
    return STATUS_OK;
}

/* Of each group of that course and basis one student, from the last to the first. */
static const char SOME_STUDENTS[] =
    "SELECT MAX(p.id), p.class_id FROM pupil p JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " WHERE p.org_id = ? AND c.grade = ? AND p.funding = ? GROUP BY p.class_id ORDER BY p.class_id LIMIT ?";

static NEOERR *find_students(struct demo *demo, const struct demo_org *org, int course, const char *funding, struct students *students)
{
    students->count = 0;
    return nerr_pass(db_each(demo->db, SOME_STUDENTS, DB_VALUES(DB_INT(org->id), DB_INT(course), DB_TEXT(funding), DB_INT(STUDENTS)), take_student, students));
}

static const char ADD_MOVEMENT[] =
    "INSERT INTO movement (org_id, uid, pupil_id, kind, from_class_id, to_class_id, effective_on, recorded_at, order_id, reason, funding, study_form, until_on)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static NEOERR *move(struct demo *demo, const struct demo_org *org, const struct movement *row)
{
    TRY(db_exec(demo->db, ADD_MOVEMENT,
                DB_VALUES(DB_INT(org->id), DB_TEXT(demo_uid(demo, org->uid, row->kind, (int)row->pupil)), DB_INT(row->pupil), DB_TEXT(row->kind),
                          DB_ID(row->from_class), DB_ID(row->to_class), DB_DATE(row->effective), DB_TIME(demo_morning(demo, row->effective)),
                          DB_INT(row->order), DB_TEXT(row->reason), DB_TEXT(row->funding), DB_TEXT(row->study_form), DB_DATE(row->until)),
                NULL, NULL));
    return nerr_pass(movement_fold(demo->db, org->id, row->pupil));
}

/* Students of the third course go on leave; the first of them is back. */
static NEOERR *add_leaves(struct demo *demo, const struct demo_org *org)
{
    static const char *const reasons[] = {"medical", "child-care", "military", "family"};
    struct date first = {demo->year, 9, 1}, second = {demo->year, 9, 2};
    struct students students;
    int64_t order;
    TRY(find_students(demo, org, 3, "budget", &students));
    TRY(demo_order(demo, org, "leave", first, "О предоставлении академического отпуска", &order));
    for (size_t i = 0; i < students.count; i++)
        TRY(move(demo, org, &(struct movement){.pupil = students.rows[i].id, .kind = "leave", .from_class = students.rows[i].class, .effective = first,
                                               .order = order, .reason = reasons[i % 4], .until = {demo->year + (i % 2 == 0), 8, 31 - (int)(i % 2 == 0)}}));
    if (students.count == 0)
        return STATUS_OK;
    TRY(demo_order(demo, org, "return", second, "О выходе из академического отпуска", &order));
    return nerr_pass(move(demo, org, &(struct movement){.pupil = students.rows[0].id, .kind = "return", .to_class = students.rows[0].class,
                                                        .effective = second, .order = order}));
}

static NEOERR *add_changes(struct demo *demo, const struct demo_org *org)
{
    struct date day = {demo->year, 9, 2};
    struct students students;
    int64_t order;
    TRY(find_students(demo, org, 4, "paid", &students));
    TRY(demo_order(demo, org, "form", day, "Об изменении формы обучения", &order));
    if (students.count > 0)
        TRY(move(demo, org, &(struct movement){.pupil = students.rows[0].id, .kind = "form", .effective = day, .order = order, .study_form = "evening"}));
    TRY(demo_order(demo, org, "funding", day, "О переводе на бюджетную основу обучения", &order));
    if (students.count < 2)
        return STATUS_OK;
    return nerr_pass(move(demo, org, &(struct movement){.pupil = students.rows[1].id, .kind = "funding", .effective = day, .order = order, .funding = "budget"}));
}

/* ---- claims ---- */

static const char ADD_CLAIM[] =
    "INSERT INTO budget_claim (org_id, pupil_id, claimed_on, ground, average_mark, withdrawn_on, remark) VALUES (?, ?, ?, ?, ?, ?, ?)";

static NEOERR *add_claims(struct demo *demo, const struct demo_org *org)
{
    static const struct {
        const char *ground, *mark;
        bool is_withdrawn;
    } claims[] = {{"results", "4.8", false}, {"orphan", "4.1", false}, {"large-family", "4.5", true}, {"results", "4.95", false}};
    size_t at = 0;
    for (int course = 4; course >= 1; course--) {
        struct students students;
        TRY(find_students(demo, org, course, "paid", &students));
        for (size_t i = 0; i < students.count; i++, at++) {
            struct date day = {demo->year, 9, 1}, withdrawn = {.year = claims[at % 4].is_withdrawn ? demo->year : 0, .month = 9, .day = 2};
            TRY(db_exec(demo->db, ADD_CLAIM,
                        DB_VALUES(DB_INT(org->id), DB_INT(students.rows[i].id), DB_DATE(day), DB_TEXT(claims[at % 4].ground), DB_TEXT(claims[at % 4].mark),
                                  DB_DATE(withdrawn), DB_TEXT(claims[at % 4].is_withdrawn ? "По заявлению студента" : "")),
                        NULL, NULL));
        }
    }
    return STATUS_OK;
}

/* ---- scholarships ---- */

static const char ADD_SCHOLARSHIPS[] =
    "INSERT INTO scholarship (org_id, uid, pupil_id, kind, amount, from_on, until_on, order_id, recorded_at)"
    " SELECT p.org_id, p.uid, p.id, IF(p.id % 5 = 0, 'increased', 'state'), IF(p.id % 5 = 0, 48175, 41898), ?, ?, ?, ?"
    " FROM pupil p JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
    " WHERE p.org_id = ? AND c.grade = 2 AND p.funding = 'budget' AND p.id % 3 = 0";
static const char STOP_ONE[] =
    "INSERT INTO scholarship (org_id, uid, pupil_id, kind, amount, from_on, order_id, recorded_at, stops_id)"
    " SELECT s.org_id, ?, s.pupil_id, s.kind, s.amount, ?, ?, ?, s.id FROM scholarship s WHERE s.org_id = ? ORDER BY s.id LIMIT 1";

static NEOERR *add_scholarships(struct demo *demo, const struct demo_org *org)
{
    struct date from = {demo->year, 9, 1}, until = {demo->year + 1, 1, 31}, stop = {demo->year, 9, 2};
    int64_t order;
    TRY(demo_order(demo, org, "scholarship", from, "О назначении государственной стипендии", &order));
    TRY(db_exec(demo->db, ADD_SCHOLARSHIPS,
                DB_VALUES(DB_DATE(from), DB_DATE(until), DB_INT(order), DB_TIME(demo_morning(demo, from)), DB_INT(org->id)), NULL, NULL));
    TRY(demo_order(demo, org, "scholarship-stop", stop, "О прекращении выплаты стипендии", &order));
    return nerr_pass(db_exec(demo->db, STOP_ONE,
                             DB_VALUES(DB_TEXT(demo_uid(demo, org->uid, "stop", 1)), DB_DATE(stop), DB_INT(order), DB_TIME(demo_morning(demo, stop)),
                                       DB_INT(org->id)),
                             NULL, NULL));
}

NEOERR *demo_college_life(struct demo *demo, const struct demo_org *org)
{
    TRY(add_leaves(demo, org));
    TRY(add_changes(demo, org));
    TRY(add_claims(demo, org));
    return nerr_pass(add_scholarships(demo, org));
}
