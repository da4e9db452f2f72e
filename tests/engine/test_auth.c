/* test_auth.c: sessions, roles of the place, sign-in with lockout, slips, passwords, kept forms. */
#include "auth_case.h"
#include "engine_suites.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- sign-in ---- */

START_TEST(the_right_password_opens_a_session)
{
    sign_in("login=504811&password=tulips+in+the+steppe&next=%2Fprofile");
    ck_assert_int_eq(rs.http.status, 303);
    ck_assert_str_eq(header("Location"), "/profile");
    ck_assert_ptr_nonnull(strstr(header("Set-Cookie"), "mektep-8080="));
    ck_assert_ptr_nonnull(strstr(header("Set-Cookie"), "; Path=/; HttpOnly; SameSite=Lax"));
    keep_cookie();
    load_at("/profile");
    ck_assert_int_eq(rq.session.account, 21);
    ck_assert_int_eq(rq.session.person, 11);
    ck_assert_str_eq(rq.session.login, "000000504811");
    ck_assert_str_eq(rq.session.full_name, "Ерғалиева Айгерім Санжарқызы");
    ck_assert_int_eq(rq.language, LANG_RU);
    ck_assert_uint_eq(strlen(rq.session.csrf), 43);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE action = 'sign-in' AND account_id = 21"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM session WHERE token_hash = ''"), 0);
}
END_TEST

START_TEST(over_tls_the_cookie_is_secure_and_bound_to_the_host)
{
    struct config tls = *fixture_config();
    tls.base_url = "https://mektep.example.kz";
    worker.config = &tls;
    sign_in("login=504811&password=tulips+in+the+steppe");
    ck_assert_int_eq(strncmp(header("Set-Cookie"), "__Host-mektep=", 14), 0);
    ck_assert_ptr_nonnull(strstr(header("Set-Cookie"), "; Secure"));
}
END_TEST

static const struct {
    const char *posted;
    const char *why;
} refusals[] = {
    {"login=504811&password=wrong", "wrong password"},
    {"login=504899&password=tulips+in+the+steppe", "unknown login"},
    {"login=504812&password=tulips+in+the+steppe", "not activated"},
    {"login=%27+OR+1%3D1&password=x", "no login at all"},
};

START_TEST(every_refusal_says_the_same)
{
    sign_in(refusals[_i].posted);
    ck_assert_int_eq(rs.http.status, 422);
    ck_assert_str_eq(rs.template_name, "sign_in.cs");
    ck_assert_str_eq(shown("Form.errors.0.text"), "The login or the password is wrong");
    ck_assert_str_eq(header("Set-Cookie"), "");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM session"), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM sign_in_failure"), 1);
}
END_TEST

START_TEST(a_blocked_account_is_refused_like_an_unknown_one)
{
    sign_in_rightly();
    execute("UPDATE account SET blocked_at = '2026-01-01' WHERE id = 21");
    load_at("/profile");
    ck_assert_int_eq(rq.session.id, 0);
    sign_in("login=504811&password=tulips+in+the+steppe");
    ck_assert_int_eq(rs.http.status, 422);
    ck_assert_str_eq(shown("Form.errors.0.text"), "The login or the password is wrong");
}
END_TEST

START_TEST(five_failures_lock_the_login_at_this_address_only)
{
    for (int i = 0; i < AUTH_LOCK_FAILURES; i++)
        sign_in("login=504811&password=wrong");
    sign_in("login=504811&password=tulips+in+the+steppe");
    ck_assert_int_eq(rs.http.status, 429);
    int wait = atoi(header("Retry-After"));
    ck_assert_int_gt(wait, AUTH_LOCK_MINUTES * 60 - 60);
    ck_assert_int_le(wait, AUTH_LOCK_MINUTES * 60);
    sign_in("login=504812&password=wrong");
    ck_assert_int_eq(rs.http.status, 422);
    execute("UPDATE sign_in_failure SET address = '10.0.0.2'");
    sign_in("login=504811&password=tulips+in+the+steppe");
    ck_assert_int_eq(rs.http.status, 303);
}
END_TEST

START_TEST(the_lock_opens_by_itself)
{
    for (int i = 0; i < AUTH_LOCK_FAILURES; i++)
        sign_in("login=504811&password=wrong");
    clock_shift((int64_t)AUTH_LOCK_MINUTES * 60 * 1000 + 1000);
    sign_in("login=504811&password=tulips+in+the+steppe");
    ck_assert_int_eq(rs.http.status, 303);
}
END_TEST

START_TEST(old_failures_and_sessions_do_not_pile_up)
{
    sign_in("login=504811&password=wrong");
    sign_in_rightly();
    execute("INSERT INTO sign_in_failure (login, address, at) VALUES ('x', '10.0.0.1', '2020-01-01'), ('x', '10.0.0.2', '2020-01-01')");
    execute("UPDATE session SET made_at = '2020-01-01'");
    sign_in("login=504811&password=wrong");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM sign_in_failure WHERE login = 'x'"), 1);
    sign_in_rightly();
    ck_assert_int_eq(number("SELECT COUNT(*) FROM session"), 1);
}
END_TEST

START_TEST(an_address_locks_only_above_its_own_number)
{
    execute("INSERT INTO sign_in_failure (login, address, at) SELECT seq, '10.0.0.1', UTC_TIMESTAMP(3) FROM seq_1_to_299");
    sign_in("login=504899&password=x");
    ck_assert_int_eq(rs.http.status, 422);
    sign_in("login=504811&password=tulips+in+the+steppe");
    ck_assert_int_eq(rs.http.status, 429);
}
END_TEST

static const struct {
    const char *next, *goes_to;
} nexts[] = {
    {"/profile", "/profile"},
    {"/why?permission=x", "/why?permission=x"},
    {"//evil.example/profile", "/"},
    {"/\\evil.example", "/"},
    {"https://evil.example/", "/"},
    {"profile", "/"},
    {"/profile\r\nSet-Cookie: a=b", "/"},
    {"/no/such/page/at/all", "/"},
    {"", "/"},
};

START_TEST(only_pages_of_our_own_are_gone_to)
{
    begin_request(HTTP_GET, "/sign-in", "", "");
    ck_assert_str_eq(local_address(&rq, nexts[_i].next), nexts[_i].goes_to);
}
END_TEST

START_TEST(signing_in_gives_a_new_token_and_ends_the_old_session)
{
    char first[sizeof cookies];
    sign_in_rightly();
    strcpy(first, cookies);
    sign_in_rightly();
    ck_assert_str_ne(first, cookies);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM session WHERE ended_at IS NULL"), 1);
    strcpy(cookies, first);
    load_at("/profile");
    ck_assert_int_eq(rq.session.id, 0);
}
END_TEST

START_TEST(signing_out_ends_the_session_and_takes_the_cookie)
{
    sign_in_rightly();
    run(HTTP_POST, "/sign-out", "", "");
    ck_assert_ptr_nonnull(strstr(header("Set-Cookie"), "Max-Age=0"));
    ck_assert_str_eq(header("Clear-Site-Data"), "\"cache\"");
    load_at("/profile");
    ck_assert_int_eq(rq.session.id, 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE action = 'sign-out'"), 1);
}
END_TEST

/* ---- sessions ---- */

START_TEST(a_session_ends_when_it_is_not_used)
{
    sign_in_rightly();
    clock_shift((int64_t)AUTH_IDLE_MINUTES * 60 * 1000 - 1000);
    load_at("/profile");
    ck_assert_int_ne(rq.session.id, 0);
    clock_shift((int64_t)AUTH_IDLE_MINUTES * 60 * 1000 * 2 + 1000);
    load_at("/profile");
    ck_assert_int_eq(rq.session.id, 0);
    ck_assert_int_eq(rq.session.account, 0);
    ck_assert_int_eq(rq.session.lapsed_account, 21);
    ck_assert_int_eq(rq.language, LANG_RU);
}
END_TEST

START_TEST(a_session_ends_after_half_a_day_however_used)
{
    sign_in_rightly();
    for (int hour = 1; hour < AUTH_ABSOLUTE_HOURS; hour++) {
        clock_shift((int64_t)hour * 3600 * 1000);
        load_at("/profile");
        ck_assert_int_ne(rq.session.id, 0);
    }
    clock_shift((int64_t)AUTH_ABSOLUTE_HOURS * 3600 * 1000 + 1000);
    load_at("/profile");
    ck_assert_int_eq(rq.session.id, 0);
}
END_TEST

START_TEST(a_page_costs_one_statement_for_its_session)
{
    sign_in_rightly();
    load_at("/1/2026/why");
    unsigned before = db_statements(worker.db);
    load_at("/1/2026/why");
    ck_assert_uint_eq(db_statements(worker.db) - before, 1);
    cookies[0] = '\0';
    before = db_statements(worker.db);
    load_at("/profile");
    ck_assert_uint_eq(db_statements(worker.db) - before, 0);
}
END_TEST

START_TEST(a_made_up_token_is_nobody)
{
    strcpy(cookies, "mektep-8080=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    load_at("/profile");
    ck_assert_int_eq(rq.session.id, 0);
    ck_assert_int_eq(rq.session.lapsed_account, 0);
}
END_TEST

static const struct {
    const char *cookies, *accept;
    enum language language;
} languages[] = {
    {"", NULL, LANG_KK},
    {"", "en-US,en;q=0.9", LANG_EN},
    {"", "de, ru;q=0.8, en;q=0.5", LANG_RU},
    {"", "de", LANG_KK},
    {"mektep-language=ru", "en", LANG_RU},
    {"mektep-language=xx", "en", LANG_EN},
};

START_TEST(before_sign_in_the_cookie_or_the_browser_says_the_language)
{
    begin_request(HTTP_GET, "/sign-in", "", "");
    http.cookies = languages[_i].cookies;
    http.accept_language = languages[_i].accept;
    fixture_ok(auth_load(&rq));
    ck_assert_int_eq(rq.language, languages[_i].language);
}
END_TEST

START_TEST(the_language_is_kept_in_the_account)
{
    sign_in_rightly();
    run(HTTP_POST, "/language", "", "language=kk&address=%2Fprofile");
    ck_assert_str_eq(header("Location"), "/profile");
    load_at("/profile");
    ck_assert_int_eq(rq.language, LANG_KK);
}
END_TEST

/* ---- the place and the roles ---- */

static const char *roles_at(const char *path)
{
    const char *roles = "";
    load_at(path);
    for (const struct role *const *role = rq.session.roles; *role != NULL; role++)
        roles = pool_printf(rq.pool, "%s%s ", roles, (*role)->id);
    return roles;
}

static void grant(const char *values)
{
    execute(pool_printf(fixture_pool(), "INSERT INTO role_grant (person_id, role, org_id, territory_id, valid_from, valid_to, granted_at) VALUES (11, %s, '2026-01-01')", values));
    fixture_ok(auth_roles_changed(worker.db, 11));
}

START_TEST(the_place_has_the_name_of_today_in_the_language_of_the_account)
{
    sign_in_rightly();
    load_at("/1/2026/why");
    ck_assert_str_eq(rq.place.name, "Школа");
    ck_assert_int_eq(rq.place.kind, ORGANISATION_SCHOOL);
    ck_assert_int_eq(rq.place.territory, 80091);
    load_at("/2/2026/why");
    ck_assert_int_eq(rq.place.kind, ORGANISATION_COLLEGE);
    begin_request(HTTP_GET, "/999/2026/why", "", "");
    fixture_fails(auth_load(&rq), ERROR_NOT_FOUND);
}
END_TEST

START_TEST(a_place_is_read_anew_once_somebody_has_changed_it)
{
    sign_in_rightly();
    grant("'teacher', 1, NULL, '2020-01-01', NULL");
    load_at("/1/2026/why");
    execute("UPDATE organisation_name SET name_ru = 'Лицей', name_kk = 'Лицей', name_en = 'Лицей' WHERE organisation_id = 1");
    execute("INSERT INTO school_year (org_id, year, starts_on, ends_on) VALUES (1, 2031, '2031-09-01', '2032-05-31')");
    load_at("/1/2026/why");
    ck_assert_str_eq(rq.place.name, "Школа"); /* kept */
    fixture_ok(places_changed(worker.db));
    load_at("/1/2026/why");
    ck_assert_str_eq(rq.place.name, "Лицей");
    ck_assert_str_eq(rq.session.orgs[0].name, "Лицей");
    ck_assert_int_eq(strncmp(rq.place.years, "2031", 4), 0);
}
END_TEST

static const struct {
    const char *values;
    const char *at_1, *at_2, *at_3, *outside;
} grants[] = {
    {"'secretary', 1, NULL, '2020-01-01', NULL", "secretary ", "", "", ""},
    {"'secretary', 1, NULL, '2020-01-01', '2020-12-31'", "", "", "", ""},
    {"'secretary', 1, NULL, '2199-01-01', NULL", "", "", "", ""},
    {"'district', NULL, 80091, '2020-01-01', NULL", "district ", "district ", "", "district "},
    {"'region', NULL, 80090, '2020-01-01', NULL", "region ", "region ", "", "region "},
    {"'region', NULL, 80092, '2020-01-01', NULL", "", "", "region ", "region "},
    {"'republic', NULL, NULL, '2020-01-01', NULL", "republic ", "republic ", "republic ", "republic "},
    {"'administrator', NULL, NULL, '2020-01-01', NULL", "administrator ", "administrator ", "administrator ", "administrator "},
    {"'nonsense', 1, NULL, '2020-01-01', NULL", "", "", "", ""},
    {"'secretary', NULL, NULL, '2020-01-01', NULL", "", "", "", ""},
};

START_TEST(a_role_reaches_where_it_was_given)
{
    sign_in_rightly();
    grant(grants[_i].values);
    ck_assert_str_eq(roles_at("/1/2026/why"), grants[_i].at_1);
    ck_assert_str_eq(roles_at("/2/2026/why"), grants[_i].at_2);
    ck_assert_str_eq(roles_at("/3/2026/why"), grants[_i].at_3);
    ck_assert_str_eq(roles_at("/why"), grants[_i].outside);
}
END_TEST

START_TEST(a_changed_role_is_seen_at_once)
{
    sign_in_rightly();
    ck_assert_str_eq(roles_at("/1/2026/why"), "");
    grant("'teacher', 1, NULL, '2020-01-01', NULL");
    ck_assert_str_eq(roles_at("/1/2026/why"), "teacher ");
    ck_assert_int_eq(rq.session.home_org, 1);
    ck_assert_uint_eq(rq.session.org_count, 1);
    ck_assert_str_eq(rq.session.orgs[0].name, "Школа");
}
END_TEST

START_TEST(pupils_parents_and_class_heads_have_their_roles_by_the_rows)
{
    execute("INSERT INTO pupil (org_id, id, uid, person_id, surname, given, sort_key, fold_key, key_version, grade, registered_at, standing)"
            " VALUES (1, 31, 'u31', 12, 'Ким', 'Олег', '', '', 1, 5, '2026-01-01', 'enrolled'), (3, 32, 'u32', 11, 'Е', 'А', '', '', 1, 5, '2026-01-01', 'left')");
    execute("INSERT INTO kinship (org_id, pupil_id, person_id, degree) VALUES (1, 31, 11, 'mother')");
    execute("INSERT INTO class_head (org_id, class_id, person_id, duty, valid_from) VALUES (2, 41, 11, 'curator', '2020-01-01')");
    sign_in_rightly();
    ck_assert_str_eq(roles_at("/1/2026/why"), "parent ");
    ck_assert_str_eq(roles_at("/2/2026/why"), "curator ");
    ck_assert_str_eq(roles_at("/3/2026/why"), "");
    ck_assert_uint_eq(rq.session.org_count, 2);
}
END_TEST

START_TEST(why_says_whose_roles_allow_what_was_asked)
{
    sign_in_rightly();
    grant("'teacher', 1, NULL, '2020-01-01', NULL");
    run(HTTP_GET, "/1/2026/why", "permission=confirm-orders", "");
    ck_assert_str_eq(shown("Why.roles.0.label"), "Teacher");
    ck_assert_str_eq(shown("Why.asked.label"), "Confirm orders");
    ck_assert_str_eq(shown("Why.asked.have"), "");
    ck_assert_str_eq(shown("Why.asked.roles.0.label"), "Head");
    ck_assert_ptr_nonnull(hdf_get_obj(rq.hdf, "Why.may_not.0"));
}
END_TEST

/* ---- slips and passwords ---- */

static void activate(const char *login, const char *code, const char *password, const char *again)
{
    run(HTTP_POST, "/activate", "",
        pool_printf(fixture_pool(), "login=%s&code=%s&password=%s&again=%s", login, code, http_escape(fixture_pool(), password), http_escape(fixture_pool(), again)));
}

START_TEST(a_slip_works_once_and_sets_the_password)
{
    char code[11];
    fixture_ok(auth_slip_new(worker.db, 22, code));
    ck_assert_uint_eq(strlen(code), 10);
    activate("504812", pool_printf(fixture_pool(), "%.5s-%s", code, code + 5), "steppe tulips bloom", "steppe tulips bloom");
    ck_assert_int_eq(rs.http.status, 303);
    keep_cookie();
    load_at("/profile");
    ck_assert_int_eq(rq.session.account, 22);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE action = 'activate' AND account_id = 22"), 1);
    cookies[0] = '\0';
    activate("504812", code, "another one of mine", "another one of mine");
    ck_assert_int_eq(rs.http.status, 422);
    sign_in("login=504812&password=steppe+tulips+bloom");
    ck_assert_int_eq(rs.http.status, 303);
}
END_TEST

START_TEST(a_new_slip_ends_the_one_before_and_all_end_in_time)
{
    char first[11], second[11];
    fixture_ok(auth_slip_new(worker.db, 22, first));
    clock_shift(1000);
    fixture_ok(auth_slip_new(worker.db, 22, second));
    activate("504812", first, "steppe tulips bloom", "steppe tulips bloom");
    ck_assert_int_eq(rs.http.status, 422);
    activate("504811", second, "steppe tulips bloom", "steppe tulips bloom");
    ck_assert_int_eq(rs.http.status, 422);
    clock_shift((int64_t)AUTH_SLIP_DAYS * 24 * 3600 * 1000 + 2000);
    activate("504812", second, "steppe tulips bloom", "steppe tulips bloom");
    ck_assert_int_eq(rs.http.status, 422);
    clock_shift(2000);
    activate("504812", second, "steppe tulips bloom", "steppe tulips bloom");
    ck_assert_int_eq(rs.http.status, 303);
}
END_TEST

START_TEST(a_bad_password_does_not_use_the_slip_up)
{
    char code[11];
    fixture_ok(auth_slip_new(worker.db, 22, code));
    activate("504812", code, "short", "short");
    ck_assert_int_eq(rs.http.status, 422);
    activate("504812", code, "steppe tulips bloom", "steppe tulips blown");
    ck_assert_int_eq(rs.http.status, 422);
    ck_assert_str_eq(shown("Form.errors.0.name"), "again");
    activate("504812", code, "steppe tulips bloom", "steppe tulips bloom");
    ck_assert_int_eq(rs.http.status, 303);
}
END_TEST

START_TEST(guessing_codes_locks_like_guessing_passwords)
{
    char code[11];
    fixture_ok(auth_slip_new(worker.db, 22, code));
    for (int i = 0; i < AUTH_LOCK_FAILURES; i++)
        activate("504812", "AAAAA-AAAAA", "steppe tulips bloom", "steppe tulips bloom");
    activate("504812", code, "steppe tulips bloom", "steppe tulips bloom");
    ck_assert_int_eq(rs.http.status, 429);
}
END_TEST

static const struct {
    const char *password;
    bool good;
} passwords[] = {
    {"steppe tulips bloom", true}, {"далада қызғалдақ", true}, {"123456789", false},        {"1234567890", false},  {"9876543210", false},
    {"1111111111", false},         {"abcabcabcabc", false},    {"qwertyuiop", false},       {"Qwertyuiop12", false}, {"йцукенгшщз", false},
    {"Password2026", false},       {"504811504811", false},    {"x000000504811x", false},   {"Ергалиева2026", false}, {"ЕРҒАЛИЕВА-КҮШТІ", false},
    {"Айгерим-лучше-всех", false}, {"ең күшті құпия", true},   {"қысқа сөз", false},
};

START_TEST(bad_passwords_are_named)
{
    const char *fault = auth_password_fault(passwords[_i].password, "000000504811", "Ерғалиева Айгерім Санжарқызы");
    ck_assert_msg((fault == NULL) == passwords[_i].good, "%s: %s", passwords[_i].password, fault);
}
END_TEST

START_TEST(a_change_of_password_ends_the_other_sessions)
{
    char other[sizeof cookies];
    sign_in_rightly();
    strcpy(other, cookies);
    cookies[0] = '\0';
    sign_in_rightly();
    run(HTTP_POST, "/profile/password", "", "current=wrong&password=steppe+tulips+bloom&again=steppe+tulips+bloom");
    ck_assert_int_eq(rs.http.status, 422);
    ck_assert_str_eq(shown("Form.errors.0.name"), "current");
    run(HTTP_POST, "/profile/password", "", "current=tulips+in+the+steppe&password=steppe+tulips+bloom&again=steppe+tulips+bloom");
    ck_assert_int_eq(rs.http.status, 303);
    load_at("/profile");
    ck_assert_int_ne(rq.session.id, 0);
    strcpy(cookies, other);
    load_at("/profile");
    ck_assert_int_eq(rq.session.id, 0);
    cookies[0] = '\0';
    sign_in("login=504811&password=tulips+in+the+steppe");
    ck_assert_int_eq(rs.http.status, 422);
}
END_TEST

START_TEST(own_sessions_are_listed_and_ended_others_are_not)
{
    char mine[sizeof cookies];
    sign_in_rightly();
    strcpy(mine, cookies);
    cookies[0] = '\0';
    sign_in_rightly();
    run(HTTP_GET, "/profile", "", "");
    ck_assert_ptr_nonnull(hdf_get_obj(rq.hdf, "Profile.sessions.1"));
    ck_assert_ptr_null(hdf_get_obj(rq.hdf, "Profile.sessions.2"));
    ck_assert_str_eq(shown("Profile.sessions.0.agent"), "Firefox, Windows");
    fixture_ok(auth_password_set(worker.db, 22, "steppe tulips bloom"));
    strcpy(cookies, "");
    sign_in("login=504812&password=steppe+tulips+bloom");
    keep_cookie();
    run(HTTP_POST, "/profile/session", "", pool_printf(fixture_pool(), "session=%lld", (long long)number("SELECT MIN(id) FROM session WHERE account_id = 21")));
    strcpy(cookies, mine);
    load_at("/profile");
    ck_assert_int_ne(rq.session.id, 0);
    run(HTTP_POST, "/profile/session", "", "session=others");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM session WHERE account_id = 21 AND ended_at IS NULL"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM session WHERE account_id = 22 AND ended_at IS NULL"), 1);
}
END_TEST

START_TEST(an_account_has_the_login_of_its_person)
{
    int64_t account;
    char login[13];
    execute("INSERT INTO person (id, uid, login, surname, given, sort_key, fold_key, key_version) VALUES (13, 'p13', '000000504813', 'А', 'Б', '', '', 1)");
    fixture_ok(auth_account_new(worker.db, 13, &account, login));
    ck_assert_str_eq(login, "000000504813");
    ck_assert_int_gt(account, 0);
    fixture_fails(auth_account_new(worker.db, 13, &account, login), ERROR_CONFLICT);
}
END_TEST

START_TEST(who_has_an_account_gets_no_second_one)
{
    execute("INSERT INTO person (id, uid, login, surname, given, sort_key, fold_key, key_version) VALUES (13, 'p13', '000000504813', 'А', 'Б', '', '', 1)");
    fixture_ok(auth_account_need(worker.db, 13));
    fixture_ok(auth_account_need(worker.db, 13));
    ck_assert_int_eq(number("SELECT COUNT(*) FROM account WHERE person_id = 13"), 1);
}
END_TEST

/* ---- kept forms ---- */

static const struct route kept_route = {.id = "kept", .method = HTTP_POST, .path = "/1/2026/start/enrol-pupil", .flags = ROUTE_KEPT};

START_TEST(a_form_posted_too_late_comes_back_filled_and_only_to_its_owner)
{
    const char *address;
    bool kept;
    sign_in_rightly();
    clock_shift((int64_t)AUTH_IDLE_MINUTES * 60 * 1000 + 1000);
    begin_request(HTTP_POST, "/profile/password", "", "");
    fixture_ok(auth_load(&rq));
    http.path = kept_route.path;
    rq.route = &kept_route;
    static const char posted[] = "csrf=x&form_key=y&surname=%D0%9A%D0%B8%D0%BC&new_password=secret&scan=12";
    fixture_ok(http_parse_query(rq.pool, posted, strlen(posted), &rq.posted));
    fixture_ok(auth_keep_form(&rq, &address));
    ck_assert_str_eq(address, "/1/2026/start/enrol-pupil?kept=1");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM form_draft WHERE packed LIKE '%secret%' OR packed LIKE '%csrf%'"), 0);

    sign_in_rightly();
    begin_request(HTTP_GET, "/profile", "kept=1", "");
    fixture_ok(auth_load(&rq));
    http.path = kept_route.path;
    fixture_ok(auth_kept_form(&rq, &kept));
    ck_assert(kept);
    ck_assert_str_eq(request_posted(&rq, "surname"), "Ким");
    ck_assert_str_eq(request_posted(&rq, "scan"), "12");
    rq.posted = (struct http_fields){0};
    rq.session.account = 22;
    fixture_ok(auth_kept_form(&rq, &kept));
    ck_assert(!kept);
}
END_TEST

START_TEST(a_scan_posted_too_late_comes_back_with_its_form)
{
    static const char pdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    const char *address;
    bool kept;
    sign_in_rightly();
    clock_shift((int64_t)AUTH_IDLE_MINUTES * 60 * 1000 + 1000);
    begin_request(HTTP_POST, "/profile/password", "", "");
    fixture_ok(auth_load(&rq));
    http.path = kept_route.path;
    rq.route = &kept_route;
    struct upload upload = {.filename = "order.pdf", .fd = memfd_create("upload", MFD_CLOEXEC), .size = sizeof pdf - 1};
    ck_assert_int_eq(write(upload.fd, pdf, sizeof pdf - 1), (ssize_t)sizeof pdf - 1);
    lseek(upload.fd, 0, SEEK_SET);
    struct http_field fields[] = {{.name = "surname", .value = "Ким"}, {.name = "order_scan", .value = "", .upload = &upload}};
    rq.posted = (struct http_fields){fields, 2};
    fixture_ok(auth_keep_form(&rq, &address));
    int64_t file = number("SELECT id FROM file WHERE purpose = 'scan' AND made_by = 21 AND name = 'order.pdf'");
    ck_assert_int_gt(file, 0);

    sign_in_rightly();
    begin_request(HTTP_GET, "/profile", "kept=1", "");
    fixture_ok(auth_load(&rq));
    http.path = kept_route.path;
    fixture_ok(auth_kept_form(&rq, &kept));
    ck_assert(kept);
    ck_assert_str_eq(request_posted(&rq, "order_scan"), pool_printf(rq.pool, "%lld", (long long)file));
}
END_TEST

START_TEST(nothing_is_kept_of_an_unknown_token)
{
    const char *address;
    begin_request(HTTP_POST, "/sign-in", "", "surname=x");
    fixture_ok(auth_load(&rq));
    rq.route = &kept_route;
    fixture_ok(auth_keep_form(&rq, &address));
    ck_assert_ptr_null(address);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM form_draft"), 0);
}
END_TEST

Suite *auth_suite(void)
{
    Suite *suite = suite_create("auth");
    TCase *tcase = tcase_create("accounts");
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, auth_begin, auth_end);
    tcase_add_test(tcase, the_right_password_opens_a_session);
    tcase_add_test(tcase, over_tls_the_cookie_is_secure_and_bound_to_the_host);
    tcase_add_loop_test(tcase, every_refusal_says_the_same, 0, sizeof refusals / sizeof refusals[0]);
    tcase_add_test(tcase, a_blocked_account_is_refused_like_an_unknown_one);
    tcase_add_test(tcase, five_failures_lock_the_login_at_this_address_only);
    tcase_add_test(tcase, the_lock_opens_by_itself);
    tcase_add_test(tcase, old_failures_and_sessions_do_not_pile_up);
    tcase_add_test(tcase, an_address_locks_only_above_its_own_number);
    tcase_add_loop_test(tcase, only_pages_of_our_own_are_gone_to, 0, sizeof nexts / sizeof nexts[0]);
    tcase_add_test(tcase, signing_in_gives_a_new_token_and_ends_the_old_session);
    tcase_add_test(tcase, signing_out_ends_the_session_and_takes_the_cookie);
    tcase_add_test(tcase, a_session_ends_when_it_is_not_used);
    tcase_add_test(tcase, a_session_ends_after_half_a_day_however_used);
    tcase_add_test(tcase, a_page_costs_one_statement_for_its_session);
    tcase_add_test(tcase, a_made_up_token_is_nobody);
    tcase_add_loop_test(tcase, before_sign_in_the_cookie_or_the_browser_says_the_language, 0, sizeof languages / sizeof languages[0]);
    tcase_add_test(tcase, the_language_is_kept_in_the_account);
    tcase_add_test(tcase, the_place_has_the_name_of_today_in_the_language_of_the_account);
    tcase_add_loop_test(tcase, a_role_reaches_where_it_was_given, 0, sizeof grants / sizeof grants[0]);
    tcase_add_test(tcase, a_changed_role_is_seen_at_once);
    tcase_add_test(tcase, a_place_is_read_anew_once_somebody_has_changed_it);
    tcase_add_test(tcase, pupils_parents_and_class_heads_have_their_roles_by_the_rows);
    tcase_add_test(tcase, why_says_whose_roles_allow_what_was_asked);
    tcase_add_test(tcase, a_slip_works_once_and_sets_the_password);
    tcase_add_test(tcase, a_new_slip_ends_the_one_before_and_all_end_in_time);
    tcase_add_test(tcase, a_bad_password_does_not_use_the_slip_up);
    tcase_add_test(tcase, guessing_codes_locks_like_guessing_passwords);
    tcase_add_loop_test(tcase, bad_passwords_are_named, 0, sizeof passwords / sizeof passwords[0]);
    tcase_add_test(tcase, a_change_of_password_ends_the_other_sessions);
    tcase_add_test(tcase, own_sessions_are_listed_and_ended_others_are_not);
    tcase_add_test(tcase, an_account_has_the_login_of_its_person);
    tcase_add_test(tcase, who_has_an_account_gets_no_second_one);
    tcase_add_test(tcase, a_form_posted_too_late_comes_back_filled_and_only_to_its_owner);
    tcase_add_test(tcase, a_scan_posted_too_late_comes_back_with_its_form);
    tcase_add_test(tcase, nothing_is_kept_of_an_unknown_token);
    suite_add_tcase(suite, tcase);
    return suite;
}
