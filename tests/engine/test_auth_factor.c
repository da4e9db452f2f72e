/* test_auth_factor.c: the second factor: its codes, turning it on and off, the second page of the sign-in, who must have it. */
#include "auth_case.h"
#include "engine_suites.h"

#include <stdlib.h>
#include <string.h>

/* ---- the codes ---- */

/* RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
static const struct {
    int64_t seconds;
    const char *code;
} vectors[] = {
    {59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
};
static const unsigned char rfc_secret[] = "12345678901234567890";

START_TEST(the_codes_are_those_of_the_standard)
{
    char code[TOTP_CODE_SIZE];
    fixture_ok(totp_code(rfc_secret, totp_step(vectors[_i].seconds * 1000), code));
    ck_assert_str_eq(code, vectors[_i].code);
}
END_TEST

START_TEST(the_secret_is_copied_in_base32)
{
    const char *text;
    fixture_ok(totp_text(fixture_pool(), rfc_secret, &text));
    ck_assert_str_eq(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}
END_TEST

static const struct {
    int64_t steps_away;
    bool matches;
} windows[] = {{-2, false}, {-1, true}, {0, true}, {1, true}, {2, false}};

START_TEST(a_code_fits_one_step_around_the_present)
{
    char code[TOTP_CODE_SIZE];
    int64_t step, now = totp_step(clock_now());
    fixture_ok(totp_code(rfc_secret, now + windows[_i].steps_away, code));
    fixture_ok(totp_match(rfc_secret, code, &step));
    ck_assert_int_eq(step, windows[_i].matches ? now + windows[_i].steps_away : 0);
}
END_TEST

/* ---- turning it on ---- */

static const char PAGE[] = "/profile/second-factor";
static int64_t shift;

/* Time goes on by some steps: a code of before is used up. */
static void wait_steps(int steps)
{
    shift += (int64_t)steps * 30 * 1000;
    clock_shift(shift);
}

/* What the app of account 21 shows now. */
static const char *app_code(void)
{
    struct factor factor;
    static char code[TOTP_CODE_SIZE];
    fixture_ok(factor_load(&rq, 21, &factor));
    ck_assert_int_ne(factor.state, FACTOR_NONE);
    fixture_ok(totp_code(factor.secret, totp_step(clock_now()), code));
    return code;
}

static void post_factor(const char *action, const char *code)
{
    static int key;
    run(HTTP_POST, PAGE, "",
        pool_printf(fixture_pool(), "action=%s&code=%s&current=tulips+in+the+steppe&form_key=00000000-0000-4000-8000-%012d", action, code, ++key));
}

static void turn_on(void)
{
    sign_in_rightly();
    post_factor("offer", "");
    post_factor("confirm", app_code());
    ck_assert_int_eq(rs.http.status, 303);
    wait_steps(2);
}

/* The first recovery code that the page shows. */
static const char *first_recovery_code(void)
{
    run(HTTP_GET, PAGE, "", "");
    return pool_strdup(fixture_pool(), shown("Factor.codes.0.text"));
}

START_TEST(it_is_on_once_a_code_was_typed)
{
    sign_in_rightly();
    run(HTTP_GET, PAGE, "", "");
    ck_assert_str_eq(shown("Factor.state"), "none");
    post_factor("offer", "");
    ck_assert_str_eq(header("Location"), PAGE);
    run(HTTP_GET, PAGE, "", "");
    ck_assert_str_eq(shown("Factor.state"), "offered");
    ck_assert_uint_eq(strlen(shown("Factor.secret")), 32 + 7);
    ck_assert_ptr_nonnull(strstr(shown("Factor.path"), "M4 4h1v1h-1z"));
    ck_assert_str_eq(header("Cache-Control"), "no-store");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM second_factor WHERE confirmed_at IS NOT NULL"), 0);
    post_factor("confirm", "000000");
    ck_assert_int_eq(rs.http.status, 422);
    ck_assert_str_eq(shown("Form.errors.0.name"), "code");
    post_factor("confirm", app_code());
    ck_assert_int_eq(rs.http.status, 303);
    run(HTTP_GET, PAGE, "", "");
    ck_assert_str_eq(shown("Factor.state"), "on");
    ck_assert_str_eq(shown("Factor.left"), "10");
    ck_assert_str_ne(shown("Factor.codes.9.text"), "");
    ck_assert_str_eq(shown("Factor.codes.10.text"), "");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE action IN ('factor-offer', 'factor-on') AND account_id = 21"), 2);
}
END_TEST

START_TEST(nothing_of_it_is_stored_as_it_is)
{
    struct factor factor;
    const char *code;
    int64_t found;
    turn_on();
    code = plain_code(fixture_pool(), first_recovery_code());
    fixture_ok(factor_load(&rq, 21, &factor));
    fixture_ok(db_number(fixture_db(), "SELECT COUNT(*) FROM second_factor WHERE INSTR(secret, ?) > 0 OR INSTR(codes, ?) > 0",
                         DB_VALUES(DB_BYTES(factor.secret, TOTP_SECRET_BYTES), DB_TEXT(code)), &found, NULL));
    ck_assert_int_eq(found, 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM recovery_code r JOIN recovery_code s ON s.code_hash = r.code_hash"), FACTOR_CODES);
    fixture_config()->secret_key = "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    fixture_fails(factor_load(&rq, 21, &factor), ERROR_INTERNAL);
    fixture_config()->secret_key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
}
END_TEST

START_TEST(an_offer_ends_when_nobody_takes_it_up)
{
    sign_in_rightly();
    post_factor("offer", "");
    clock_shift((int64_t)AUTH_OFFER_MINUTES * 60 * 1000 + 1000);
    run(HTTP_GET, PAGE, "", "");
    ck_assert_str_eq(shown("Factor.state"), "none");
    post_factor("confirm", "123456");
    ck_assert_int_eq(rs.http.status, 303);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM second_factor WHERE confirmed_at IS NOT NULL"), 0);
}
END_TEST

START_TEST(the_same_click_twice_is_done_once)
{
    const char *posted;
    sign_in_rightly();
    post_factor("offer", "");
    posted = pool_printf(fixture_pool(), "action=confirm&code=%s&form_key=00000000-0000-4000-8000-aaaaaaaaaaaa", app_code());
    run(HTTP_POST, PAGE, "", posted);
    ck_assert_int_eq(rs.http.status, 303);
    run(HTTP_POST, PAGE, "", posted);
    ck_assert_int_eq(rs.http.status, 303);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE action = 'factor-on'"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM sign_in_failure"), 0);
}
END_TEST

START_TEST(turning_it_on_ends_the_other_sessions)
{
    execute("INSERT INTO session (token_hash, account_id, csrf, made_at, seen_at, address) VALUES ('x', 21, '', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), '')");
    turn_on();
    ck_assert_int_eq(number("SELECT COUNT(*) FROM session WHERE ended_at IS NULL"), 1);
}
END_TEST

START_TEST(the_recovery_codes_are_shown_until_they_are_kept_or_some_minutes)
{
    turn_on();
    ck_assert_str_ne(first_recovery_code(), "");
    post_factor("kept", "");
    ck_assert_str_eq(first_recovery_code(), "");
    wait_steps(2);
    post_factor("codes", app_code());
    ck_assert_int_eq(rs.http.status, 303);
    ck_assert_str_ne(first_recovery_code(), "");
    clock_shift(shift + (int64_t)AUTH_OFFER_MINUTES * 60 * 1000 + 1000);
    ck_assert_str_eq(first_recovery_code(), "");
}
END_TEST

START_TEST(it_is_turned_off_with_password_and_code)
{
    turn_on();
    run(HTTP_POST, PAGE, "", pool_printf(fixture_pool(), "action=off&code=%s&current=wrong&form_key=00000000-0000-4000-8000-bbbbbbbbbbbb", app_code()));
    ck_assert_int_eq(rs.http.status, 422);
    post_factor("off", "000000");
    ck_assert_int_eq(rs.http.status, 422);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM second_factor"), 1);
    post_factor("off", app_code());
    ck_assert_int_eq(rs.http.status, 303);
    ck_assert_int_eq(number("SELECT (SELECT COUNT(*) FROM second_factor) + (SELECT COUNT(*) FROM recovery_code)"), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE action = 'factor-off' AND account_id = 21"), 1);
}
END_TEST

START_TEST(guessing_on_the_page_locks_it)
{
    turn_on();
    for (int i = 0; i < AUTH_LOCK_FAILURES; i++)
        post_factor("off", "000000");
    post_factor("off", app_code());
    ck_assert_int_eq(rs.http.status, 422);
    ck_assert_str_eq(shown("Form.errors.0.text"), "Too many attempts failed. Try again later.");
    ck_assert_int_eq(number("SELECT COUNT(*) FROM second_factor"), 1);
}
END_TEST

/* ---- signing in ---- */

/* In a browser that has nothing yet: the password is right, the code is asked for. */
static void give_password(void)
{
    cookies[0] = '\0';
    sign_in("login=504811&password=tulips+in+the+steppe&next=%2Fprofile");
    ck_assert_int_eq(rs.http.status, 303);
    ck_assert_str_eq(header("Location"), "/sign-in/code?next=%2Fprofile");
    ck_assert_int_eq(strncmp(header("Set-Cookie"), "mektep-8080-code=", 17), 0);
    ck_assert_ptr_nonnull(strstr(header("Set-Cookie"), "; HttpOnly; SameSite=Lax"));
    keep_cookie();
}

static void give_code(const char *code)
{
    run(HTTP_POST, "/sign-in/code", "", pool_printf(fixture_pool(), "next=%%2Fprofile&code=%s", code));
}

static int64_t open_sessions(void)
{
    return number("SELECT COUNT(*) FROM session WHERE ended_at IS NULL");
}

static void sign_everybody_out(void)
{
    execute("UPDATE session SET ended_at = made_at");
}

START_TEST(the_password_alone_opens_nothing)
{
    turn_on();
    sign_everybody_out();
    give_password();
    ck_assert_int_eq(open_sessions(), 0);
    load_at("/profile");
    ck_assert_int_eq(rq.session.id, 0);
    run(HTTP_GET, "/sign-in/code", "next=%2Fprofile", "");
    ck_assert_str_eq(rs.template_name, "sign_in_code.cs");
    give_code(app_code());
    ck_assert_int_eq(rs.http.status, 303);
    ck_assert_str_eq(header("Location"), "/profile");
    ck_assert_int_eq(open_sessions(), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM pending_sign_in"), 0);
}
END_TEST

START_TEST(a_code_is_taken_once_however_quick_the_second)
{
    const char *code;
    turn_on();
    sign_everybody_out();
    code = pool_strdup(fixture_pool(), app_code());
    give_password();
    give_code(code);
    ck_assert_int_eq(rs.http.status, 303);
    give_password();
    give_code(code);
    ck_assert_int_eq(rs.http.status, 422);
    ck_assert_str_eq(shown("Form.errors.0.text"), "The code is wrong or has been used. Wait for the next one.");
    ck_assert_int_eq(open_sessions(), 1);
    wait_steps(1);
    give_code(app_code());
    ck_assert_int_eq(rs.http.status, 303);
}
END_TEST

START_TEST(an_earlier_code_is_used_up_with_a_later_one)
{
    const char *earlier;
    turn_on();
    earlier = pool_strdup(fixture_pool(), app_code());
    wait_steps(1);
    give_password();
    give_code(app_code());
    give_password();
    give_code(earlier);
    ck_assert_int_eq(rs.http.status, 422);
}
END_TEST

START_TEST(a_recovery_code_opens_once_in_any_spelling)
{
    const char *code;
    turn_on();
    code = first_recovery_code();
    give_password();
    give_code(code);
    ck_assert_int_eq(rs.http.status, 303);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE action = 'recovery-code' AND account_id = 21"), 1);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM recovery_code WHERE used_at IS NULL"), FACTOR_CODES - 1);
    give_password();
    give_code(code);
    ck_assert_int_eq(rs.http.status, 422);
}
END_TEST

START_TEST(new_recovery_codes_void_the_earlier)
{
    const char *code;
    turn_on();
    code = first_recovery_code();
    post_factor("codes", app_code());
    ck_assert_int_eq(rs.http.status, 303);
    give_password();
    give_code(code);
    ck_assert_int_eq(rs.http.status, 422);
}
END_TEST

START_TEST(guessing_codes_counts_with_guessing_passwords)
{
    turn_on();
    sign_in("login=504811&password=wrong");
    give_password();
    for (int i = 1; i < AUTH_LOCK_FAILURES; i++)
        give_code("000000");
    ck_assert_int_eq(rs.http.status, 422);
    give_code(app_code());
    ck_assert_int_eq(rs.http.status, 429);
    ck_assert_int_gt(atoi(header("Retry-After")), 0);
    ck_assert_int_eq(open_sessions(), 1);
}
END_TEST

START_TEST(guessing_codes_from_many_addresses_is_counted_by_account)
{
    turn_on();
    for (int i = 0; i < AUTH_CODE_FAILURES; i++) {
        if (i % (AUTH_LOCK_FAILURES - 1) == 0)
            give_password();
        give_code("000000");
        execute("DELETE FROM sign_in_failure");
    }
    give_password();
    give_code(app_code());
    ck_assert_int_eq(rs.http.status, 429);
}
END_TEST

START_TEST(a_sign_in_waits_some_minutes_for_its_code_and_in_its_browser_only)
{
    turn_on();
    sign_everybody_out();
    give_password();
    wait_steps(AUTH_CODE_MINUTES * 2 + 1);
    give_code(app_code());
    ck_assert_int_eq(rs.http.status, 303);
    ck_assert_str_eq(header("Location"), "/sign-in?again=1&next=%2Fprofile");
    ck_assert_int_eq(open_sessions(), 0);
    give_password();
    cookies[0] = '\0';
    give_code(app_code());
    ck_assert_str_eq(header("Location"), "/sign-in?again=1&next=%2Fprofile");
    ck_assert_int_eq(open_sessions(), 0);
}
END_TEST

START_TEST(an_account_blocked_meanwhile_stays_out)
{
    turn_on();
    sign_everybody_out();
    give_password();
    execute("UPDATE account SET blocked_at = '2026-01-01' WHERE id = 21");
    give_code(app_code());
    ck_assert_int_eq(open_sessions(), 0);
}
END_TEST

START_TEST(a_slip_gives_a_new_password_not_a_way_past_the_code)
{
    char code[11];
    turn_on();
    sign_everybody_out();
    fixture_ok(auth_slip_new(worker.db, 21, code));
    cookies[0] = '\0';
    run(HTTP_POST, "/activate", "",
        pool_printf(fixture_pool(), "login=504811&code=%s&password=forty+grey+wolves&again=forty+grey+wolves", code));
    ck_assert_str_eq(header("Location"), "/sign-in/code");
    ck_assert_int_eq(open_sessions(), 0);
    ck_assert_int_eq(number("SELECT COUNT(*) FROM audit WHERE action = 'activate' AND account_id = 21"), 1);
    keep_cookie();
    give_code(app_code());
    ck_assert_int_eq(open_sessions(), 1);
}
END_TEST

/* ---- who must have it ---- */

static void grant(const char *role)
{
    execute(pool_printf(fixture_pool(),
                        "INSERT INTO role_grant (person_id, role, org_id, valid_from, granted_at) VALUES (11, '%s', 1, '2020-01-01', '2026-01-01')", role));
}

static void require_it(void)
{
    execute("INSERT INTO setting_value (org_id, setting_key, value) VALUES (0, 'second_factor.required', '1')");
}

static const struct {
    const char *role;
    bool is_required, lacks;
} requirements[] = {{"secretary", true, true}, {"secretary", false, false}, {"teacher", true, false}};

START_TEST(only_administrative_roles_must_have_it_and_only_when_required)
{
    grant(requirements[_i].role);
    if (requirements[_i].is_required)
        require_it();
    sign_in_rightly();
    load_at("/profile");
    ck_assert_int_eq(rq.session.lacks_factor, requirements[_i].lacks);
}
END_TEST

START_TEST(who_has_it_lacks_nothing)
{
    grant("secretary");
    require_it();
    turn_on();
    load_at("/1/2026/");
    ck_assert(!rq.session.lacks_factor);
}
END_TEST

Suite *auth_factor_suite(void)
{
    Suite *suite = suite_create("auth-factor");
    TCase *codes = tcase_create("codes"), *tcase = tcase_create("second factor");
    fixture_add_plain(codes);
    tcase_add_loop_test(codes, the_codes_are_those_of_the_standard, 0, sizeof vectors / sizeof vectors[0]);
    tcase_add_test(codes, the_secret_is_copied_in_base32);
    tcase_add_loop_test(codes, a_code_fits_one_step_around_the_present, 0, sizeof windows / sizeof windows[0]);
    suite_add_tcase(suite, codes);
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, auth_begin, auth_end);
    tcase_add_test(tcase, it_is_on_once_a_code_was_typed);
    tcase_add_test(tcase, nothing_of_it_is_stored_as_it_is);
    tcase_add_test(tcase, an_offer_ends_when_nobody_takes_it_up);
    tcase_add_test(tcase, the_same_click_twice_is_done_once);
    tcase_add_test(tcase, turning_it_on_ends_the_other_sessions);
    tcase_add_test(tcase, the_recovery_codes_are_shown_until_they_are_kept_or_some_minutes);
    tcase_add_test(tcase, it_is_turned_off_with_password_and_code);
    tcase_add_test(tcase, guessing_on_the_page_locks_it);
    tcase_add_test(tcase, the_password_alone_opens_nothing);
    tcase_add_test(tcase, a_code_is_taken_once_however_quick_the_second);
    tcase_add_test(tcase, an_earlier_code_is_used_up_with_a_later_one);
    tcase_add_test(tcase, a_recovery_code_opens_once_in_any_spelling);
    tcase_add_test(tcase, new_recovery_codes_void_the_earlier);
    tcase_add_test(tcase, guessing_codes_counts_with_guessing_passwords);
    tcase_add_test(tcase, guessing_codes_from_many_addresses_is_counted_by_account);
    tcase_add_test(tcase, a_sign_in_waits_some_minutes_for_its_code_and_in_its_browser_only);
    tcase_add_test(tcase, an_account_blocked_meanwhile_stays_out);
    tcase_add_test(tcase, a_slip_gives_a_new_password_not_a_way_past_the_code);
    tcase_add_loop_test(tcase, only_administrative_roles_must_have_it_and_only_when_required, 0, sizeof requirements / sizeof requirements[0]);
    tcase_add_test(tcase, who_has_it_lacks_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
