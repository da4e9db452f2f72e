/* test_roles.c: every route for every role: the permission's table decides, and another organisation's ids open nothing. */
#include "school.h"
#include "school_suites.h"

#include "engine/area.h"

#include <string.h>

static const struct {
    const char *role;
    int64_t org;
} roles[] = {
    {"administrator", SCHOOL}, {"republic", SCHOOL},  {"region", SCHOOL},  {"district", SCHOOL},      {"head", SCHOOL},   {"deputy", SCHOOL},
    {"administration", SCHOOL}, {"personnel", SCHOOL}, {"secretary", SCHOOL}, {"teacher", SCHOOL},    {"class-teacher", SCHOOL},
    {"pupil", SCHOOL},         {"parent", SCHOOL},    {"head", COLLEGE},   {"secretary", COLLEGE},    {"curator", COLLEGE},
    {"master", COLLEGE},
};
enum { ROLES = sizeof roles / sizeof *roles };

/* ---- addresses ---- */

/* Of things that have no sample, by organisation. */
static const struct {
    const char *name, *ids[STRANGE + 1];
} other_ids[] = {
    {"{process}", {NULL, "1", "1", "2"}},
    {"{file}", {NULL, "800", "820", "900"}},
    {"{job}", {NULL, "1", "1", "2"}},
    {"{page}", {NULL, "1", "1", "1"}},
};

static void add_things(void)
{
    for (int i = 1; i <= 2; i++) {
        int org = i == 1 ? SCHOOL : STRANGE;
        run_sql("INSERT INTO process (org_id, id, kind, year, state, step, packed, started_by, started_at, changed_at)"
                " VALUES (%d, %d, 'enrol-pupil', 2026, 'draft', 'data', 'order_summary=" STRANGE_WORDS "', %d, '2026-10-01', '2026-10-01')", org, i,
                i == 1 ? 9 : 19);
        run_sql("INSERT INTO process_row (org_id, process_id, subject_id) VALUES (%d, %d, %d)", org, i, i == 1 ? NEW_PUPIL : STRANGE_PUPIL);
        run_sql("INSERT INTO job (org_id, id, kind, state, account_id, language, made_at) VALUES (%d, %d, 'file-check', 'done', %d, 'ru', '2026-10-01')", org,
                i, i == 1 ? 9 : 19);
    }
    for (int org = SCHOOL; org <= COLLEGE; org++)
        run_sql("INSERT INTO file (org_id, id, purpose, state, name, mime, size, sha256, pages, made_at, made_by)"
                " SELECT %d, %s, purpose, state, 'own.pdf', mime, size, sha256, 1, made_at, 9 FROM file WHERE id = 900", org, other_ids[1].ids[org]);
    run_sql("INSERT INTO file_image (org_id, file_id, page, sha256, width, height) SELECT org_id, id, 1, REPEAT('b', 64), 1, 1 FROM file");
    for (int org = SCHOOL; org <= STRANGE; org++) {
        int pupil = org == SCHOOL ? PUPIL : org == COLLEGE ? STUDENT : STRANGE_PUPIL;
        run_sql("INSERT INTO shift (org_id, id, number, name, begins_at, ends_at) VALUES (%d, %d, 1, '" STRANGE_WORDS "', '08:00', '13:00')", org, 40 + org);
        run_sql("INSERT INTO pupil_document (org_id, id, pupil_id, kind, number) VALUES (%d, %d, %d, 'passport', '" STRANGE_WORDS "')", org, 40 + org, pupil);
        run_sql("INSERT INTO kinship (org_id, id, pupil_id, person_id, degree, work) VALUES (%d, %d, %d, %d, 'mother', '" STRANGE_WORDS "')", org, 40 + org,
                pupil, 20);
        run_sql("INSERT INTO paper (org_id, id, pupil_id, state, addressee, ordered_at, ordered_by, number, year, issued_on, code, full_name, class)"
                " VALUES (%d, %d, %d, 'issued', '" STRANGE_WORDS "', '2026-10-01', 9, 1, 2026, '2026-10-01', REPEAT('%d', 43), '" STRANGE_WORDS "', '')",
                org, 40 + org, pupil, org);
        run_sql("INSERT INTO meal (org_id, id, pupil_id, year, number, submitted_on, applicant, ground, valid_from, valid_to)"
                " VALUES (%d, %d, %d, 2026, 1, '2026-10-01', '" STRANGE_WORDS "', 'orphan', '2026-10-05', '2027-05-25')", org, 40 + org, pupil);
        run_sql("INSERT INTO application (org_id, id, year, number, submitted_on, surname, given, born_on, sex, sort_key, fold_key, key_version, grade)"
                " VALUES (%d, %d, 2026, 1, '2026-10-01', '" STRANGE_WORDS "', '" STRANGE_WORDS "', '2020-01-01', 'F', '', '', 1, 1)", org, 40 + org);
        run_sql("INSERT INTO pupil_social (org_id, id, pupil_id, category, ground, valid_from)"
                " VALUES (%d, %d, %d, 'orphan', '" STRANGE_WORDS "', '2026-09-01')", org, 40 + org, pupil);
        run_sql("INSERT INTO pupil_health (org_id, id, pupil_id, examined_on, conclusion)"
                " VALUES (%d, %d, %d, '2026-09-01', '" STRANGE_WORDS "')", org, 40 + org, pupil);
        run_sql("INSERT INTO pupil_achievement (org_id, id, pupil_id, contest_kind, contest, contest_level, contest_place, held_on)"
                " VALUES (%d, %d, %d, 'sport', '" STRANGE_WORDS "', 'region', '1', '2026-09-01')", org, 40 + org, pupil);
        run_sql("INSERT INTO departure (org_id, id, pupil_id, order_id, year, number, left_on, class, to_name)"
                " VALUES (%d, %d, %d, %s, 2026, 1, '2026-10-01', '', '" STRANGE_WORDS "')", org, 40 + org, pupil,
                org == SCHOOL ? "1" : org == STRANGE ? "2" : "80");
        run_sql("INSERT INTO arriving (org_id, id, from_org_id, from_pupil_id, departure_id, person_id, surname, given, sort_key, fold_key, key_version,"
                " from_name, from_kind, class, left_on, order_number, made_at)"
                " VALUES (%d, %d, 9, 9, %d, 20, '" STRANGE_WORDS "', '" STRANGE_WORDS "', '', '', 1, '', 'school', '', '2026-10-01', '1', '2026-10-01')", org,
                40 + org, 40 + org);
    }
    for (int org = SCHOOL; org <= STRANGE; org++) {
        int pupil = org == SCHOOL ? PUPIL : org == COLLEGE ? STUDENT : STRANGE_PUPIL;
        run_sql("INSERT INTO speciality (org_id, id, code, name_kk, name_ru, name_en) VALUES (%d, %d, '1', '" STRANGE_WORDS "', '" STRANGE_WORDS "', '"
                STRANGE_WORDS "')", org, 40 + org);
        run_sql("INSERT INTO budget_claim (org_id, id, pupil_id, claimed_on, ground, remark) VALUES (%d, %d, %d, '2026-10-01', 'orphan', '" STRANGE_WORDS "')",
                org, 40 + org, pupil);
        run_sql("INSERT INTO school_order (org_id, id, uid, journal, year, number, ordinal, state, kind, dated, recorded_at)"
                " VALUES (%d, %d, 'r8%d', 'contingent', 2026, '80-у', 80, 'signed', 'scholarship', '2026-08-25', '2026-08-25')", org, 80 + org, org);
        run_sql("INSERT INTO scholarship (org_id, id, uid, pupil_id, kind, amount, from_on, order_id, recorded_at)"
                " VALUES (%d, %d, 's%d', %d, 'state', 1, '2026-09-01', %d, '2026-09-01')", org, 40 + org, org, pupil, 80 + org);
    }
    run_sql("INSERT INTO import_batch (org_id, id, state, made_at) SELECT id, id, 'refused', '2026-10-01' FROM organisation");
    run_sql("INSERT INTO school_order (org_id, id, uid, journal, year, number, ordinal, state, kind, dated, recorded_at)"
            " VALUES (2, 80, 'r3', 'contingent', 2026, '1-у', 1, 'signed', 'enrol', '2026-08-25', '2026-08-25')");
}

/* The ids of a route's sample in that organisation come in the order of its {…} segments. */
static const char *segment(const char *name, const char *const **sample, int64_t of)
{
    for (size_t i = 0; i < sizeof other_ids / sizeof *other_ids; i++)
        if (*sample == NULL && strcmp(other_ids[i].name, name) == 0)
            return other_ids[i].ids[of];
    if (*sample == NULL || **sample == NULL)
        return "1";
    return *(*sample)++;
}

/* The address of a route in one organisation with the ids of another, or of the same. */
static const char *address_of(const struct route *route, int64_t org, int64_t of)
{
    struct pool *pool = fixture_pool();
    char *rest = pool_strdup(pool, route->path + 1), *part;
    const char *path = "";
    const char *const *sample = route->sample != NULL ? route->sample(fixture_db(), pool, of) : NULL;
    while ((part = strsep(&rest, "/")) != NULL) {
        const char *words = part[0] == '{' ? segment(part, &sample, of) : part;
        if (strcmp(part, "ORG") == 0)
            words = pool_printf(pool, "%lld", (long long)org);
        if (strcmp(part, "YEAR") == 0)
            words = pool_printf(pool, "%d", SCHOOL_YEAR);
        path = pool_printf(pool, "%s/%s", path, words);
    }
    return path;
}

/* ---- the walk ---- */

struct tally {
    int asked, failed;
};

static void note(struct tally *tally, bool is_right, const char *role, const struct route *route, const char *path, struct answer answer, const char *wanted)
{
    tally->asked++;
    if (is_right)
        return;
    tally->failed++;
    fprintf(stderr, "%s, %s %s: %d, not %s\n%.700s\n", role, route->method == HTTP_POST ? "POST" : "GET", path, answer.status, wanted, main_of(answer.body));
}

static const struct grant *grant_of(const struct permission *permission, const char *role)
{
    for (const struct grant *grant = permission->grants; grant->role != NULL; grant++)
        if (strcmp(grant->role, role) == 0)
            return grant;
    return NULL;
}

/* A role of an organisation gives nothing outside of it. */
static const struct grant *grant_at(const struct route *route, const char *role)
{
    bool is_outside = strncmp(route->path, "/ORG/", 5) != 0;
    if (route->permission == NULL || (is_outside && role_find(role)->level == LEVEL_ORGANISATION))
        return NULL;
    return grant_of(route->permission, role);
}

static bool reaches_everybody(const struct grant *grant)
{
    return grant->scope == SCOPE_ORGANISATION || grant->scope == SCOPE_ALL || grant->scope == SCOPE_TERRITORY;
}

static bool names(struct answer answer, const char *words)
{
    return strstr(page_words(answer.body), words) != NULL;
}

/* A GET with the right: the page, or the next one; a right that reaches one's own only may end at this very record. */
static bool get_is_right(const struct route *route, const struct grant *grant, struct answer answer)
{
    if (answer.status == 200 || answer.status == 303)
        return true;
    if (strncmp(route->path, "/ORG/", 5) != 0 && answer.status == 404) /* the sample is of an organisation */
        return true;
    if (route->permission == NULL) /* its page decides: steps of a process, somebody's job */
        return answer.status == 404 || (answer.status == 403 && names(answer, "This page asks for the right:"));
    return answer.status == 403 && !reaches_everybody(grant);
}

/* A POST is sent with a forged token: it does nothing, and whoever may is told so. */
static struct answer ask(const struct route *route, const char *path)
{
    return route->method == HTTP_POST ? post(path, SENT({"csrf", "forged"})) : get("%s", path);
}

static void walk(const struct route *route, size_t i, struct tally *tally)
{
    const char *path = address_of(route, roles[i].org, roles[i].org);
    const struct grant *grant = grant_at(route, roles[i].role);
    struct answer answer = ask(route, path);
    if (route->permission != NULL && grant == NULL)
        note(tally, answer.status == 403 && names(answer, route->permission->label), roles[i].role, route, path, answer, "403 with the name of the right");
    else if (route->method == HTTP_POST)
        note(tally, answer.status == 403 && names(answer, "The form is out of date"), roles[i].role, route, path, answer, "a page about the token");
    else
        note(tally, get_is_right(route, grant, answer), roles[i].role, route, path, answer, "open");
}

static void each_route(void (*use)(const struct route *route, size_t role, struct tally *tally), size_t role, struct tally *tally)
{
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct route *route = (*area)->routes; route != NULL && route->id != NULL; route++)
            if ((route->flags & (ROUTE_PUBLIC | ROUTE_NO_CSRF)) == 0)
                use(route, role, tally);
}

START_TEST(every_role_opens_what_its_rights_reach_and_is_told_the_right_it_lacks)
{
    struct tally tally = {0};
    add_things();
    sign_in(roles[_i].role, roles[_i].org);
    each_route(walk, (size_t)_i, &tally);
    ck_assert_int_eq(tally.failed, 0);
    ck_assert_int_ge(tally.asked * ROLES, kept_count("role-walk"));
}
END_TEST

static void walk_signed_out(const struct route *route, size_t i, struct tally *tally)
{
    const char *path = address_of(route, SCHOOL, SCHOOL);
    struct answer answer = ask(route, path);
    (void)i;
    note(tally, answer.status == 303 && strncmp(answer.location, "/sign-in", 8) == 0, "nobody", route, path, answer, "the page of sign-in");
}

START_TEST(without_a_session_every_page_asks_to_sign_in)
{
    struct tally tally = {0};
    add_things();
    each_route(walk_signed_out, 0, &tally);
    ck_assert_int_eq(tally.failed, 0);
    ck_assert_int_gt(tally.asked, 50);
}
END_TEST

/* ---- other organisations ---- */

static void walk_strange_place(const struct route *route, size_t i, struct tally *tally)
{
    if (strncmp(route->path, "/ORG/", 5) != 0)
        return;
    const char *path = address_of(route, STRANGE, STRANGE);
    struct answer answer = ask(route, path);
    note(tally, answer.status == 404 && strstr(answer.body, STRANGE_WORDS) == NULL, roles[i].role, route, path, answer, "404 without their words");
}

static void walk_strange_ids(const struct route *route, size_t i, struct tally *tally)
{
    const char *path = address_of(route, SCHOOL, STRANGE);
    if (strchr(route->path, '{') == NULL || strncmp(route->path, "/ORG/", 5) != 0 || strcmp(path, address_of(route, SCHOOL, SCHOOL)) == 0)
        return;
    if (route->permission != NULL && grant_of(route->permission, roles[i].role) == NULL)
        return;
    struct answer answer = route->method == HTTP_POST ? post(path, SENT({"version", "1"}, {"action", "cancel"})) : get("%s", path);
    note(tally, answer.status == 404 && strstr(answer.body, STRANGE_WORDS) == NULL, roles[i].role, route, path, answer, "404 without their words");
}

START_TEST(another_organisation_and_its_ids_are_not_found)
{
    struct tally places = {0}, ids = {0};
    add_things();
    sign_in("head", SCHOOL);
    const char *before = rows_stored();
    each_route(walk_strange_place, 4, &places);
    each_route(walk_strange_ids, 4, &ids);
    ck_assert_int_eq(places.failed + ids.failed, 0);
    ck_assert_int_ge(ids.asked, kept_count("strange-ids"));
    ck_assert_str_eq(rows_stored(), before);
}
END_TEST

START_TEST(an_official_sees_the_organisations_of_the_own_territory_only)
{
    sign_in("district", SCHOOL);
    ck_assert_status(get("/organisations/%d", SCHOOL), 200);
    struct answer answer = get("/organisations/%d", STRANGE);
    ck_assert_status(answer, 404);
    ck_assert_has_not(answer.body, STRANGE_WORDS);
    ck_assert_has_not(get("/organisations").body, STRANGE_WORDS);
    ck_assert_status(get("/%d/%d/contingent", STRANGE, SCHOOL_YEAR), 404);
}
END_TEST

/* ---- the second step of the sign-in ---- */

START_TEST(where_two_steps_are_required_an_administrative_role_can_only_set_them_up)
{
    sign_in("secretary", SCHOOL);
    ck_assert_status(get("/%d/%d/contingent", SCHOOL, SCHOOL_YEAR), 200);
    ck_assert_status(get("/settings"), 403);
    sign_in("administrator", SCHOOL);
    ck_assert_status(get("/settings"), 200);
    ck_assert_status(post("/settings", SENT({"second_factor_required", "1"}, {"version", "0"}, {"action", "submit"})), 303);
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM audit WHERE org_id = 0 AND subject_kind = 'setting'"), 1);
    sign_in("secretary", SCHOOL);
    struct answer answer = get("/%d/%d/contingent", SCHOOL, SCHOOL_YEAR);
    ck_assert_status(answer, 303);
    ck_assert_str_eq(answer.location, "/profile/second-factor");
    ck_assert_status(get("/profile"), 303);
    answer = post(path_of("/%d/%d/feedback", SCHOOL, SCHOOL_YEAR), SENT({"words", "x"}));
    ck_assert_str_eq(answer.location, "/profile/second-factor");
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM feedback"), 0);
    ck_assert_status(get("/profile/second-factor"), 200);
    sign_in("parent", SCHOOL);
    ck_assert_status(get("/profile"), 200);
}
END_TEST

/* ---- scans of others ---- */

START_TEST(a_class_teacher_reaches_scans_of_own_pupils_and_attaches_no_others)
{
    add_things();
    sign_in("class-teacher", SCHOOL);
    run_sql("UPDATE file SET state = 'clean', purpose = 'scan', made_by = NULL WHERE org_id = %d", SCHOOL);
    int64_t file = count_of("SELECT MIN(id) FROM file WHERE org_id = %d", SCHOOL);
    int64_t own = count_of("SELECT MIN(p.id) FROM pupil p JOIN class_head h ON h.org_id = p.org_id AND h.class_id = p.class_id"
                           " WHERE p.org_id = %d AND h.person_id = %lld", SCHOOL, (long long)school_person("class-teacher", SCHOOL));
    ck_assert_int_gt(file, 0);
    ck_assert_int_gt(own, 0);
    run_sql("DELETE FROM pupil_document WHERE org_id = %d", SCHOOL);
    ck_assert_status(get("/%d/%d/files/%lld", SCHOOL, SCHOOL_YEAR, (long long)file), 403);
    post(path_of("/%d/%d/pupils/%lld/documents/new", SCHOOL, SCHOOL_YEAR, (long long)own),
         SENT({"kind", "birth-certificate"}, {"number", "1"}, {"file_id", path_of("%lld", (long long)file)}, {"version", "0"}, {"action", "submit"}));
    ck_assert_int_eq(count_of("SELECT COUNT(*) FROM pupil_document WHERE file_id <> ''"), 0);
    run_sql("INSERT INTO pupil_document (org_id, pupil_id, kind, series, number, issued_by, file_id) VALUES (%d, %lld, 'other', '', '2', '', '%lld')", SCHOOL,
            (long long)own, (long long)file);
    ck_assert_status(get("/%d/%d/files/%lld", SCHOOL, SCHOOL_YEAR, (long long)file), 200);
}
END_TEST

Suite *roles_suite(void)
{
    Suite *suite = suite_create("roles");
    TCase *tcase = tcase_create("all");
    school_add(tcase);
    tcase_add_loop_test(tcase, every_role_opens_what_its_rights_reach_and_is_told_the_right_it_lacks, 0, ROLES);
    tcase_add_test(tcase, without_a_session_every_page_asks_to_sign_in);
    tcase_add_test(tcase, another_organisation_and_its_ids_are_not_found);
    tcase_add_test(tcase, an_official_sees_the_organisations_of_the_own_territory_only);
    tcase_add_test(tcase, where_two_steps_are_required_an_administrative_role_can_only_set_them_up);
    tcase_add_test(tcase, a_class_teacher_reaches_scans_of_own_pupils_and_attaches_no_others);
    suite_add_tcase(suite, tcase);
    return suite;
}
