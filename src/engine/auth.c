/* auth.c: the routes and settings of accounts and sessions. */
#include "engine/auth.h"

#include "engine/auth_private.h"

static const struct route routes[] = {
    {"sign-in", HTTP_GET, "/sign-in", auth_sign_in_page, NULL, ROUTE_PUBLIC, .title = N_("Sign in")},
    {"sign-in-post", HTTP_POST, "/sign-in", auth_sign_in_post_page, NULL, ROUTE_PUBLIC | ROUTE_NO_CSRF},
    {"sign-in-code", HTTP_GET, "/sign-in/code", auth_code_page, NULL, ROUTE_PUBLIC, .title = N_("Code of the sign-in")},
    {"sign-in-code-post", HTTP_POST, "/sign-in/code", auth_code_post_page, NULL, ROUTE_PUBLIC | ROUTE_NO_CSRF},
    {"activate", HTTP_GET, "/activate", auth_activate_page, NULL, ROUTE_PUBLIC, .title = N_("First sign-in")},
    {"activate-post", HTTP_POST, "/activate", auth_activate_post_page, NULL, ROUTE_PUBLIC | ROUTE_NO_CSRF},
    {"language", HTTP_POST, "/language", auth_language_post_page, NULL, ROUTE_PUBLIC | ROUTE_NO_CSRF},
    {"sign-out", HTTP_POST, "/sign-out", auth_sign_out_post_page, NULL, ROUTE_ANYBODY | ROUTE_NO_FACTOR},
    {"profile", HTTP_GET, "/profile", auth_profile_page, NULL, ROUTE_ANYBODY, .title = N_("Profile")},
    {"profile-password", HTTP_POST, "/profile/password", auth_password_post_page, NULL, ROUTE_ANYBODY},
    {"second-factor", HTTP_GET, "/profile/second-factor", auth_factor_page, NULL, ROUTE_ANYBODY | ROUTE_NO_FACTOR, .title = N_("Sign-in in two steps")},
    {"second-factor", HTTP_POST, "/profile/second-factor", auth_factor_post_page, NULL, ROUTE_ANYBODY | ROUTE_NO_FACTOR},
    {"profile-session", HTTP_POST, "/profile/session", auth_session_end_post_page, NULL, ROUTE_ANYBODY},
    {"why", HTTP_GET, "/ORG/YEAR/why", auth_why_page, NULL, ROUTE_ANYBODY, .title = N_("Why can I not?")},
    {"why-anywhere", HTTP_GET, "/why", auth_why_page, NULL, ROUTE_ANYBODY, .title = N_("Why can I not?")},
    {0},
};

static const struct setting settings[] = {
    {"second_factor.required", SETTING_INSTALLATION, "",
     {"second_factor_required", N_("Administrative roles must sign in in two steps"), FIELD_TICK,
      .hint = N_("Who has none yet is led to setting it up at the next click; nothing else opens before")}},
    {0},
};

const struct area auth_area = {.id = "auth", .routes = routes, .settings = settings};
