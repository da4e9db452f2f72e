/* test_process_walk.c: every process of the register is run to its end, and changes what it should. A process without a row here
 * fails the walk. */
#include "school.h"
#include "school_suites.h"

#include "engine/area.h"
#include "school/areas.h"
#include "school/office/order.h"

#include <string.h>

static void add_application(void)
{
    run_sql("INSERT INTO application (org_id, year, number, submitted_on, surname, given, born_on, sex, iin, sort_key, fold_key, key_version, grade, papers)"
            " VALUES (1, 2026, 2, '2026-10-02', 'Образцова', 'Сания', '2020-05-27', 'F', '%s', '', 'образцова сания', 1, 1, '')", iin_of("20052760001"));
}

/* How the tests run a process: who, where, with what, and what it has changed: one number, 0 before and more after. */
static const struct sample {
    const char *process, *role;
    int64_t org;
    struct sent fields[14]; /* of the first step */
    bool has_order;         /* a scan, a number and a date are added */
    const char *changed;
    void (*first)(void);    /* makes the school ready for it */
} samples[] = {
    {"register-pupil", "secretary", SCHOOL,
     {{.name = "grade", .value = "10"}, {.name = "resident", .value = "0"}, {.name = "surname", .value = "Образцова"}, {.name = "given", .value = "Инна"},
      {.name = "born_on", .value = "27.05.2011"}, {.name = "sex", .value = "F"}},
     .changed = "SELECT COUNT(*) FROM pupil p JOIN person h ON h.id = p.person_id JOIN account a ON a.person_id = h.id"
                " WHERE p.org_id = 1 AND p.surname = 'Образцова' AND p.standing = 'registered'"},
    {"register-kinship", "class-teacher", SCHOOL,
     {{.name = "subject", .value = "1"}, {.name = "surname", .value = "Образцова"}, {.name = "given", .value = "Вера"}, {.name = "born_on", .value = "01.02.1985"},
      {.name = "sex", .value = "F"}, {.name = "degree", .value = "mother"}},
     .changed = "SELECT COUNT(*) FROM kinship k JOIN person h ON h.id = k.person_id JOIN account a ON a.person_id = h.id"
                " WHERE k.org_id = 1 AND k.pupil_id = 1 AND h.given = 'Вера' AND k.degree = 'mother'"},
    {"register-application", "secretary", SCHOOL,
     {{.name = "year", .value = "2026"}, {.name = "grade", .value = "1"}, {.name = "submitted_on", .value = "02.10.2026"}, {.name = "surname", .value = "Образцова"},
      {.name = "given", .value = "Айша"}, {.name = "born_on", .value = "27.05.2020"}, {.name = "sex", .value = "F"}},
     .changed = "SELECT COUNT(*) FROM application WHERE org_id = 1 AND number = 1 AND state = 'submitted'"},
    {"accept-application", "secretary", SCHOOL,
     {{.name = "subject", .value = "(SELECT MAX(id) FROM application)"}, {.name = "grade", .value = "1"}, {.name = "resident", .value = "0"},
      {.name = "surname", .value = "Образцова"}, {.name = "given", .value = "Айша"}, {.name = "born_on", .value = "27.05.2020"}, {.name = "sex", .value = "F"}},
     .changed = "SELECT COUNT(*) FROM application a JOIN pupil p ON p.org_id = a.org_id AND p.id = a.pupil_id WHERE a.state = 'accepted'"},
    {"accept-applications", "secretary", SCHOOL, {{.name = "subject", .value = "(SELECT MAX(id) FROM application)"}},
     .changed = "SELECT COUNT(*) FROM application a JOIN pupil p ON p.org_id = a.org_id AND p.id = a.pupil_id WHERE a.state = 'accepted' AND a.number > 1",
     .first = add_application},
    {"register-meal", "secretary", SCHOOL,
     {{.name = "class", .value = "1"}, {.name = "pupil", .value = "1"}, {.name = "submitted_on", .value = "01.10.2026"}, {.name = "applicant", .value = "Сейітова Г."},
      {.name = "ground", .value = "orphan"}, {.name = "valid_from", .value = "05.10.2026"}, {.name = "valid_to", .value = "25.05.2027"}},
     .changed = "SELECT COUNT(*) FROM meal WHERE org_id = 1 AND pupil_id = 1 AND number = 1 AND state = 'submitted' AND ground = 'orphan'"},
    {"register-employee", "head", SCHOOL,
     {{.name = "surname", .value = "Образцова"}, {.name = "given", .value = "Инна"}, {.name = "position", .value = "Секретарь"},
      {.name = "hired_on", .value = "01.10.2026"}},
     .changed = "SELECT COUNT(*) FROM employee e JOIN account a ON a.person_id = e.person_id WHERE e.org_id = 1 AND e.surname = 'Образцова'"},
    {"enrol-pupil", "secretary", SCHOOL,
     {{.name = "subject", .value = "2"}, {.name = "grade", .value = "10"}, {.name = "class", .value = "1"}}, true,
     "SELECT COUNT(*) FROM movement m JOIN membership s ON s.org_id = m.org_id AND s.movement_id = m.id"
     " JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.class_id = 1 AND p.standing = 'enrolled' WHERE m.pupil_id = 2"},
    {"accept-arriving", "secretary", SCHOOL, {{.name = "subject", .value = "60"}, {.name = "grade", .value = "10"}, {.name = "class", .value = "1"}}, true,
     "SELECT COUNT(*) FROM arriving t JOIN pupil p ON p.org_id = t.org_id AND p.id = t.pupil_id AND p.class_id = 1 AND p.person_id = t.person_id"
     " JOIN departure d ON d.id = t.departure_id AND d.state = 'confirmed' WHERE t.id = 60 AND t.state = 'accepted'", add_arriving_pupil},
    {"withdraw-pupil", "secretary", SCHOOL, {{.name = "subject", .value = "3"}, {.name = "reason", .value = "Дважды"}},
     .changed = "SELECT COUNT(*) FROM pupil WHERE id = 3 AND standing = 'withdrawn' AND withdraw_reason = 'Дважды'"},
    {"restore-pupil", "secretary", SCHOOL, {{.name = "subject", .value = "3"}, {.name = "reason", .value = "Ошибка"}},
     .changed = "SELECT COUNT(*) FROM pupil WHERE id = 3 AND standing = 'registered' AND withdraw_reason = 'Ошибка'"},
    {"merge-pupils", "secretary", SCHOOL, {{.name = "subject", .value = "4"}, {.name = "keep_login", .value = "000000400012"}, {.name = "keep", .value = "1"}},
     .changed = "SELECT COUNT(*) FROM pupil WHERE id = 4 AND standing = 'withdrawn' AND merged_into = 1"},
    {"transfer-pupil", "secretary", SCHOOL,
     {{.name = "subject", .value = "1"}, {.name = "grade", .value = "9"}, {.name = "class", .value = "3"}}, true,
     "SELECT COUNT(*) FROM movement m JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.class_id = 3 WHERE m.pupil_id = 1 AND m.kind = 'transfer'"},
    {"exclude-pupil", "secretary", SCHOOL,
     {{.name = "subject", .value = "1"}, {.name = "reason", .value = "health"}, {.name = "left_on", .value = "02.10.2026"}}, true,
     "SELECT COUNT(*) FROM movement m JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.standing = 'left' WHERE m.pupil_id = 1 AND m.kind = 'exclude'"},
    {"reinstate-pupil", "secretary", SCHOOL,
     {{.name = "subject", .value = "1"}, {.name = "grade", .value = "10"}, {.name = "class", .value = "1"}, {.name = "effective_on", .value = "03.10.2026"}}, true,
     "SELECT COUNT(*) FROM movement m JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.class_id = 1 WHERE m.pupil_id = 1 AND m.kind = 'reinstate'"},
    {"graduate-pupils", "secretary", SCHOOL,
     {{.name = "subject", .value = "1"}, {.name = "certificate", .value = "general"}, {.name = "graduated_on", .value = "04.10.2026"}}, true,
     "SELECT COUNT(*) FROM movement m JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.standing = 'left' WHERE m.pupil_id = 1"
     " AND m.kind = 'graduate' AND m.certificate = 'general' AND m.reason = 'graduated'"},
    {"pass-year", "secretary", SCHOOL,
     {{.name = "effective_on", .value = "01.09.2027"}, {.name = "graduated_on", .value = "25.05.2027"}}, true,
     "SELECT COUNT(*) FROM movement m JOIN class c ON c.org_id = m.org_id AND c.id = m.to_class_id AND c.year = 2027 JOIN pupil p"
     " ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.class_id = c.id WHERE m.kind = 'promote'"},
    {"disband-class", "secretary", SCHOOL,
     {{.name = "disbanded", .value = "2"}, {.name = "disband_reason", .value = "few"}}, true,
     "SELECT COUNT(*) FROM class c JOIN school_order o ON o.org_id = c.org_id AND o.id = c.ended_by_order WHERE c.id = 2 AND c.ended_on = o.dated"},
    {"cancel-order", "secretary", SCHOOL, {{.name = "subject", .value = "70"}}, true,
     "SELECT COUNT(*) FROM movement v JOIN school_order o ON o.org_id = v.org_id AND o.id = v.order_id AND o.cancels_id = 70 WHERE v.voids_id = 70",
     add_order_to_cancel},
    {"academic-leave", "secretary", COLLEGE,
     {{.name = "subject", .value = "5"}, {.name = "reason", .value = "medical"}, {.name = "leave_on", .value = "02.10.2026"}, {.name = "until", .value = "01.09.2027"}},
     true,
     "SELECT COUNT(*) FROM movement m JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.standing = 'on-leave' WHERE m.pupil_id = 5"
     " AND m.kind = 'leave' AND m.reason = 'medical' AND m.until_on = '2027-09-01'", add_students},
    {"return-from-leave", "secretary", COLLEGE,
     {{.name = "subject", .value = "5"}, {.name = "grade", .value = "2"}, {.name = "class", .value = "60"}, {.name = "effective_on", .value = "03.10.2026"}}, true,
     "SELECT COUNT(*) FROM movement m JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.class_id = 60 WHERE m.pupil_id = 5 AND m.kind = 'return'"},
    {"repeat-course", "secretary", COLLEGE,
     {{.name = "subject", .value = "5"}, {.name = "grade", .value = "1"}, {.name = "class", .value = "4"}, {.name = "effective_on", .value = "04.10.2026"}}, true,
     "SELECT COUNT(*) FROM movement m JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.class_id = 4 WHERE m.pupil_id = 5 AND m.kind = 'stay'"},
    {"change-speciality", "secretary", COLLEGE,
     {{.name = "subject", .value = "5"}, {.name = "grade", .value = "2"}, {.name = "class", .value = "60"}, {.name = "effective_on", .value = "05.10.2026"}}, true,
     "SELECT COUNT(*) FROM movement m JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.class_id = 60 WHERE m.pupil_id = 5 AND m.kind = 'speciality'"},
    {"change-form", "secretary", COLLEGE,
     {{.name = "subject", .value = "5"}, {.name = "study_form", .value = "evening"}, {.name = "effective_on", .value = "05.10.2026"}}, true,
     "SELECT COUNT(*) FROM movement m JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.class_id = 60 AND p.ordered_form = 'evening'"
     " WHERE m.pupil_id = 5 AND m.kind = 'form' AND m.to_class_id IS NULL"},
    {"change-funding", "secretary", COLLEGE,
     {{.name = "subject", .value = "5"}, {.name = "funding", .value = "paid"}, {.name = "effective_on", .value = "05.10.2026"}}, true,
     "SELECT COUNT(*) FROM movement m JOIN pupil p ON p.org_id = m.org_id AND p.id = m.pupil_id AND p.class_id = 60 AND p.funding = 'paid'"
     " WHERE m.pupil_id = 5 AND m.kind = 'funding'"},
    {"assign-scholarship", "secretary", COLLEGE,
     {{.name = "subject", .value = "5"}, {.name = "kind", .value = "state"}, {.name = "amount", .value = "41898"}, {.name = "paid_from", .value = "01.10.2026"},
      {.name = "paid_until", .value = "31.01.2027"}}, true,
     "SELECT COUNT(*) FROM scholarship WHERE org_id = 2 AND pupil_id = 5 AND kind = 'state' AND amount = 41898 AND until_on = '2027-01-31' AND stops_id IS NULL"},
    {"stop-scholarship", "secretary", COLLEGE,
     {{.name = "subject", .value = "(SELECT MAX(id) FROM scholarship)"}, {.name = "stop_on", .value = "01.12.2026"}}, true,
     "SELECT COUNT(*) FROM scholarship t JOIN scholarship s ON s.org_id = t.org_id AND s.id = t.stops_id WHERE t.pupil_id = 5 AND t.from_on = '2026-12-01'"},
    {"register-class", "secretary", SCHOOL,
     {{.name = "grade", .value = "10"}, {.name = "name_ru", .value = "Я"}, {.name = "name_kk", .value = "Я"}, {.name = "name_en", .value = "Z"},
      {.name = "class_teacher", .value = "10"}},
     .changed = "SELECT COUNT(*) FROM class c JOIN class_head h ON h.org_id = c.org_id AND h.class_id = c.id WHERE c.org_id = 1 AND c.name_ru = 'Я'"},
    {"register-group", "secretary", COLLEGE,
     {{.name = "grade", .value = "1"}, {.name = "name_ru", .value = "Я-26"}, {.name = "name_kk", .value = "Я-26"}, {.name = "name_en", .value = "Z-26"},
      {.name = "group_type", .value = "budget"}, {.name = "budget_places", .value = "25"}},
     .changed = "SELECT COUNT(*) FROM class WHERE org_id = 2 AND name_ru = 'Я-26' AND places = 25"},
};
enum { SAMPLES = sizeof samples / sizeof *samples };

static const struct sample *sample_of(const struct process *process)
{
    for (size_t i = 0; i < SAMPLES; i++)
        if (strcmp(samples[i].process, process->id) == 0)
            return &samples[i];
    ck_abort_msg("the process %s has no sample: add a row to samples[]", process->id);
    return NULL;
}

/* Each has a number of its own. */
static const char *order_number(const struct sample *sample)
{
    return path_of("%d-у", 70 + (int)(sample - samples));
}

static const struct sent *with_order(const struct sample *sample, const struct sent *fields)
{
    fields = sent_with(fields, "order_scan", clean_scan(sample->org));
    fields = sent_with(fields, "order_number", order_number(sample));
    fields = sent_with(fields, "order_date", "01.10.2026");
    return sent_with(fields, "order_summary", "Образец");
}

static const struct sent *fields_of(const struct sample *sample)
{
    const struct sent *fields = sent_with(sample->fields, "action", "submit");
    if (strcmp(fields->name, "subject") == 0 && fields->value[0] == '(') /* what a sample before has made */
        fields = sent_with(fields, "subject", text_of("SELECT %s", fields->value));
    return sample->has_order ? with_order(sample, fields) : fields;
}

static void check_order(const struct process *process, const char *id, const struct sample *sample)
{
    const struct order_series *series = process->detail;
    ck_assert_msg(process->paper != NULL && strcmp(process->paper, ORDER_PAPER) == 0, "the order of %s cannot be printed to be signed", process->id);
    ck_assert_msg(count_of("SELECT COUNT(*) FROM school_order o JOIN process p ON p.org_id = o.org_id AND p.order_id = o.id JOIN order_scan s"
                           " ON s.org_id = o.org_id AND s.order_id = o.id WHERE o.org_id = %lld AND p.id = %s AND o.process_id = p.id"
                           " AND o.state = 'signed' AND o.number = '%s' AND o.journal = '%s' AND o.kind = '%s'",
                           (long long)sample->org, id, order_number(sample), series->journal, series->kind) == 1, "%s made no order", process->id);
}

static void run_to_its_end(const struct process *process)
{
    const struct sample *sample = sample_of(process);
    if (sample->first != NULL)
        sample->first();
    ck_assert_msg(sample->has_order == (process->detail != NULL), "%s: its sample does not know whether there is an order", process->id);
    sign_in(sample->role, sample->org);
    ck_assert_int_eq(count_of("%s", sample->changed), 0);
    struct answer answer = post(path_of("/%lld/2026/start/%s", (long long)sample->org, process->id), fields_of(sample));
    ck_assert_status(answer, 303);
    const char *id = strrchr(process_of(answer), '/') + 1;
    if (strstr(answer.location, "check=1") != NULL)
        ck_assert_status(post(process_of(answer), SENT({"action", "submit"}, {"checked", "1"}, {"version", text_of("SELECT version FROM process WHERE id = %s", id)})), 303);
    ck_assert_str_eq(text_of("SELECT CONCAT_WS(' ', kind, state) FROM process WHERE id = %s", id), path_of("%s done", process->id));
    ck_assert_msg(count_of("%s", sample->changed) == 1, "%s changed nothing", process->id);
    ck_assert_msg(count_of("SELECT COUNT(*) FROM audit WHERE org_id = %lld AND action = '%s'", (long long)sample->org, process->id) >= 1, "%s left no record in the audit", process->id);
    if (sample->has_order)
        check_order(process, id, sample);
    answer = get("%s", process_of(answer));
    ck_assert_status(answer, 200);
    ck_assert_has(answer.body, path_of("Process number: %s", id));
}

START_TEST(every_process_runs_to_its_end_and_changes_what_it_should)
{
    int count = 0;
    for (const struct area *const *area = areas; *area != NULL; area++)
        for (const struct process *const *process = (*area)->processes; process != NULL && *process != NULL; process++, count++)
            run_to_its_end(*process);
    ck_assert_int_ge(count, kept_count("process-walk"));
    ck_assert_int_eq(count, SAMPLES);
}
END_TEST

Suite *process_walk_suite(void)
{
    Suite *suite = suite_create("processes");
    TCase *tcase = tcase_create("walk");
    school_add(tcase);
    tcase_add_test(tcase, every_process_runs_to_its_end_and_changes_what_it_should);
    suite_add_tcase(suite, tcase);
    return suite;
}
