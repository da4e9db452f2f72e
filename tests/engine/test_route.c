/* test_route.c: addresses and routes, registers, menus. */
#include "engine_suites.h"
#include "fixture.h"

#include "engine/area.h"

#include <signal.h>
#include <string.h>

static NEOERR *no_page(struct request *rq, struct response *rs)
{
    (void)rq;
    (void)rs;
    return STATUS_OK;
}

static const struct role clerk = {.id = "clerk", .label = "Clerk", .level = LEVEL_ORGANISATION};
static const struct permission see = {.id = "see", .label = "See", .grants = {{"clerk", SCOPE_OWN_CLASS}, {"head", SCOPE_ORGANISATION}, {"clerk", SCOPE_SELF}}};
static const struct permission rule = {.id = "rule", .label = "Rule", .grants = {{"head", SCOPE_ORGANISATION}}};
static const struct permission *const permissions[] = {&see, &rule, NULL};
static const struct role roles[] = {{.id = "clerk", .label = "Clerk", .level = LEVEL_ORGANISATION}, {0}};

static const struct route routes[] = {
    {.id = "home", .path = "/", .page = no_page, .flags = ROUTE_PUBLIC},
    {.id = "profile", .path = "/profile", .page = no_page, .flags = ROUTE_ANYBODY},
    {.id = "pupil", .path = "/ORG/YEAR/pupils/{pupil}", .page = no_page, .permission = &see},
    {.id = "pupil-new", .path = "/ORG/YEAR/pupils/new", .page = no_page, .permission = &see},
    {.id = "pupil", .method = HTTP_POST, .path = "/ORG/YEAR/pupils/{pupil}", .page = no_page, .permission = &see},
    {.id = "pupil-tab", .path = "/ORG/YEAR/pupils/{pupil}/tabs/{tab}", .page = no_page, .permission = &see},
    {.id = "desk", .path = "/ORG/YEAR/", .page = no_page, .permission = &see},
    {.id = "classes", .path = "/ORG/YEAR/classes", .page = no_page, .permission = &see},
    {.id = "rules", .path = "/ORG/YEAR/rules", .page = no_page, .permission = &rule},
    {.id = "save", .method = HTTP_POST, .path = "/ORG/YEAR/save", .page = no_page, .permission = &see},
    {0},
};

static bool is_college(const struct request *rq)
{
    return rq->place.kind == ORGANISATION_COLLEGE;
}

static const struct menu_item menu[] = {
    {.id = "management", .label = "Management", .place = MENU_TOP, .rank = 2},
    {.id = "rules", .label = "Rules", .place = MENU_SECOND, .parent = "management", .route = "rules", .rank = 1},
    {.id = "classes", .label = "Classes", .place = MENU_SECOND, .parent = "management", .route = "classes", .rank = 2},
    {.id = "groups", .label = "Groups", .place = MENU_SECOND, .parent = "management", .route = "classes", .rank = 3, .when = is_college},
    {.id = "barren", .label = "Barren", .place = MENU_TOP, .rank = 3},
    {.id = "later", .label = "Later", .place = MENU_SECOND, .parent = "barren", .route = "of-a-later-area", .rank = 1},
    {.id = "portal", .label = "Portal", .place = MENU_TOP, .route = "home", .rank = 1},
    {.id = "go-rules", .label = "Rules", .place = MENU_GO_TO, .route = "rules", .rank = 1},
    {.id = "go-classes", .label = "Classes", .place = MENU_GO_TO, .route = "classes", .rank = 2},
    {0},
};

static const struct area test_area = {.id = "test", .routes = routes, .roles = roles, .permissions = permissions, .menu = menu};
static const struct area *const test_areas[] = {&test_area, NULL};

static struct http_request http;
static struct request rq;

static void release_hdf(void *data)
{
    (void)data;
    hdf_destroy(&rq.hdf);
}

static void make_request(void)
{
    fixture_ok(registers_init(test_areas));
    http = (struct http_request){.path = "/", .query = ""};
    rq = (struct request){.pool = fixture_pool(), .http = &http, .place = {.org = 7, .year = 2026, .kind = ORGANISATION_SCHOOL}};
    rq.session.id = 1;
    rq.session.roles[0] = &clerk;
    fixture_ok(hdf_init(&rq.hdf));
    pool_cleanup(rq.pool, release_hdf, NULL);
}

/* ---- finding ---- */

static const struct {
    enum http_method method;
    const char *path;
    enum route_match match;
    const char *route, *first, *second;
    int org, year;
} paths[] = {
    {HTTP_GET, "/", ROUTE_FOUND, "home"},
    {HTTP_HEAD, "/", ROUTE_FOUND, "home"},
    {HTTP_POST, "/", ROUTE_NO_METHOD},
    {HTTP_OTHER, "/", ROUTE_NO_METHOD},
    {HTTP_GET, "/profile", ROUTE_FOUND, "profile"},
    {HTTP_GET, "/profile/", ROUTE_NO_PATH},
    {HTTP_GET, "/Profile", ROUTE_NO_PATH},
    {HTTP_GET, "profile", ROUTE_NO_PATH},
    {HTTP_GET, "//", ROUTE_NO_PATH},
    {HTTP_GET, "/12/2026/pupils/45", ROUTE_FOUND, "pupil", "45", NULL, 12, 2026},
    {HTTP_POST, "/12/2026/pupils/45", ROUTE_FOUND, "pupil", "45", NULL, 12, 2026},
    {HTTP_GET, "/12/2026/pupils/new", ROUTE_FOUND, "pupil-new", NULL, NULL, 12, 2026},
    {HTTP_GET, "/12/2026/pupils/45/tabs/дело", ROUTE_FOUND, "pupil-tab", "45", "дело", 12, 2026},
    {HTTP_GET, "/12/2026/", ROUTE_FOUND, "desk", NULL, NULL, 12, 2026},
    {HTTP_GET, "/12/2026", ROUTE_NO_PATH},
    {HTTP_GET, "/12/2026/pupils/", ROUTE_NO_PATH},
    {HTTP_GET, "/12/2026/pupils//tabs/x", ROUTE_NO_PATH},
    {HTTP_GET, "/12/2026/save", ROUTE_NO_METHOD},
    {HTTP_GET, "/x/2026/classes", ROUTE_NO_PATH},
    {HTTP_GET, "/012/2026/classes", ROUTE_NO_PATH},
    {HTTP_GET, "/0/2026/classes", ROUTE_NO_PATH},
    {HTTP_GET, "/-1/2026/classes", ROUTE_NO_PATH},
    {HTTP_GET, "/9999999999999999999/2026/classes", ROUTE_NO_PATH},
    {HTTP_GET, "/12/26/classes", ROUTE_NO_PATH},
    {HTTP_GET, "/12/20266/classes", ROUTE_NO_PATH},
    {HTTP_GET, "/12/1899/classes", ROUTE_NO_PATH},
    {HTTP_GET, "/12/2026/classes/extra", ROUTE_NO_PATH},
    {HTTP_GET, "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", ROUTE_NO_PATH},
};

START_TEST(an_address_finds_its_route_its_place_and_its_ids)
{
    struct request asked = {.pool = fixture_pool()};
    ck_assert_int_eq(route_find(&asked, paths[_i].method, paths[_i].path), paths[_i].match);
    ck_assert_int_eq(asked.place.org, paths[_i].org);
    ck_assert_int_eq(asked.place.year, paths[_i].year);
    if (paths[_i].match != ROUTE_FOUND) {
        ck_assert_ptr_null(asked.route);
        return;
    }
    ck_assert_str_eq(asked.route->id, paths[_i].route);
    ck_assert_pstr_eq(asked.ids[0], paths[_i].first);
    ck_assert_pstr_eq(asked.ids[1], paths[_i].second);
}
END_TEST

START_TEST(an_id_is_a_number_or_not_found)
{
    struct request asked = {.pool = fixture_pool(), .http = &http, .ids = {"45", "4x", "99999999999999999999"}};
    int64_t id;
    fixture_ok(request_id(&asked, 0, &id));
    ck_assert_int_eq(id, 45);
    for (int n = 1; n <= 4; n++)
        fixture_fails(request_id(&asked, n, &id), ERROR_NOT_FOUND);
}
END_TEST

/* ---- building ---- */

START_TEST(an_address_is_built_from_the_route_and_the_place)
{
    ck_assert_str_eq(route_url(&rq, "home"), "/");
    ck_assert_str_eq(route_url(&rq, "profile"), "/profile");
    ck_assert_str_eq(route_url(&rq, "desk"), "/7/2026/");
    ck_assert_str_eq(route_url(&rq, "pupil", route_number(&rq, 45)), "/7/2026/pupils/45");
    ck_assert_str_eq(route_url(&rq, "pupil-tab", "45", "a/б"), "/7/2026/pupils/45/tabs/a%2F%D0%B1");
    ck_assert_str_eq(route_url_at(rq.pool, 8, 2025, (const char *const[]){"classes", NULL}), "/8/2025/classes");
}
END_TEST

START_TEST(an_unknown_route_ends_the_process)
{
    route_url(&rq, "nowhere");
}
END_TEST

START_TEST(too_few_values_end_the_process)
{
    route_url(&rq, "pupil-tab", "45");
}
END_TEST

START_TEST(too_many_values_end_the_process)
{
    route_url(&rq, "classes", "45");
}
END_TEST

static const struct {
    const char *address, *name, *value, *made;
} withs[] = {
    {"/a", "q", "б", "/a?q=%D0%B1"},
    {"/a?x=1", "q", "2", "/a?x=1&q=2"},
    {"/a?q=1&x=1", "q", "2", "/a?x=1&q=2"},
    {"/a?q=1&x=1&q=3", "q", "", "/a?x=1"},
    {"/a?q=1", "q", "", "/a"},
    {"/a?qq=1", "q", "2", "/a?qq=1&q=2"},
    {"/a?q", "q", "2", "/a?q=2"},
    {"/a", "q", "", "/a"},
};

START_TEST(a_query_value_is_put_in_changed_and_taken_out)
{
    ck_assert_str_eq(route_with(fixture_pool(), withs[_i].address, withs[_i].name, withs[_i].value), withs[_i].made);
}
END_TEST

/* ---- registers ---- */

START_TEST(rows_are_found_by_id)
{
    ck_assert_ptr_eq(permission_find("rule"), &rule);
    ck_assert_ptr_eq(route_by_id("classes"), &routes[7]);
    ck_assert_ptr_eq(role_find("clerk"), &roles[0]);
    ck_assert_ptr_eq(route_by_id("pupil"), &routes[2]);
    ck_assert_ptr_null(permission_find("clerk"));
    ck_assert_ptr_null(process_find("rule"));
}
END_TEST

START_TEST(a_doubled_id_is_refused)
{
    static const struct permission twin = {.id = "see"};
    static const struct permission *const twins[] = {&twin, NULL};
    static const struct area other = {.id = "other", .permissions = twins};
    static const struct area *const both[] = {&test_area, &other, NULL};
    fixture_fails(registers_init(both), ERROR_INTERNAL);
}
END_TEST

START_TEST(one_id_for_two_addresses_is_refused)
{
    static const struct route twins[] = {{.id = "classes", .method = HTTP_POST, .path = "/ORG/YEAR/other", .page = no_page}, {0}};
    static const struct area other = {.id = "other", .routes = twins};
    static const struct area *const both[] = {&test_area, &other, NULL};
    fixture_fails(registers_init(both), ERROR_INTERNAL);
}
END_TEST

START_TEST(two_routes_for_one_address_are_refused)
{
    static const struct route twins[] = {{.id = "twin", .path = "/ORG/YEAR/pupils/{other}", .page = no_page}, {0}};
    static const struct area other = {.id = "other", .routes = twins};
    static const struct area *const both[] = {&test_area, &other, NULL};
    fixture_fails(registers_init(both), ERROR_INTERNAL);
}
END_TEST

START_TEST(scopes_are_the_union_over_the_roles_held)
{
    ck_assert_uint_eq(request_scopes(&rq, &see), SCOPE_OWN_CLASS | SCOPE_SELF);
    ck_assert(!request_may(&rq, &rule));
}
END_TEST

/* ---- menus ---- */

static const char *shown(const char *name)
{
    return hdf_get_value(rq.hdf, name, NULL);
}

START_TEST(a_menu_shows_what_the_person_may_open_and_a_top_item_leads_to_its_first_open_child)
{
    fixture_ok(menu_show(&rq, "classes"));
    ck_assert_str_eq(shown("Page.top.0.label"), "Portal");
    ck_assert_ptr_null(shown("Page.top.0.current"));
    ck_assert_str_eq(shown("Page.top.1.label"), "Management");
    ck_assert_str_eq(shown("Page.top.1.href"), "/7/2026/classes");
    ck_assert_str_eq(shown("Page.top.1.current"), "1");
    ck_assert_ptr_null(shown("Page.top.2.label"));
    ck_assert_str_eq(shown("Page.second.0.label"), "Classes");
    ck_assert_str_eq(shown("Page.second.0.current"), "1");
    ck_assert_ptr_null(shown("Page.second.1.label"));
    ck_assert_str_eq(shown("Page.goto.0.href"), "/7/2026/classes");
    ck_assert_ptr_null(shown("Page.goto.1.label"));
}
END_TEST

START_TEST(a_college_has_items_of_its_own)
{
    rq.place.kind = ORGANISATION_COLLEGE;
    fixture_ok(menu_show(&rq, "management"));
    ck_assert_str_eq(shown("Page.second.1.label"), "Groups");
}
END_TEST

START_TEST(without_an_organisation_its_items_are_not_shown)
{
    rq.place.org = 0;
    fixture_ok(menu_show(&rq, NULL));
    ck_assert_str_eq(shown("Page.top.0.label"), "Portal");
    ck_assert_ptr_null(shown("Page.top.1.label"));
    ck_assert_ptr_null(shown("Page.goto.0.label"));
}
END_TEST

Suite *route_suite(void)
{
    Suite *suite = suite_create("route");
    TCase *tcase = tcase_create("route");
    fixture_add_plain(tcase);
    tcase_add_checked_fixture(tcase, make_request, NULL);
    tcase_add_loop_test(tcase, an_address_finds_its_route_its_place_and_its_ids, 0, (int)(sizeof paths / sizeof *paths));
    tcase_add_test(tcase, an_id_is_a_number_or_not_found);
    tcase_add_test(tcase, an_address_is_built_from_the_route_and_the_place);
    tcase_add_test_raise_signal(tcase, an_unknown_route_ends_the_process, SIGABRT);
    tcase_add_test_raise_signal(tcase, too_few_values_end_the_process, SIGABRT);
    tcase_add_test_raise_signal(tcase, too_many_values_end_the_process, SIGABRT);
    tcase_add_loop_test(tcase, a_query_value_is_put_in_changed_and_taken_out, 0, (int)(sizeof withs / sizeof *withs));
    tcase_add_test(tcase, rows_are_found_by_id);
    tcase_add_test(tcase, a_doubled_id_is_refused);
    tcase_add_test(tcase, one_id_for_two_addresses_is_refused);
    tcase_add_test(tcase, two_routes_for_one_address_are_refused);
    tcase_add_test(tcase, scopes_are_the_union_over_the_roles_held);
    tcase_add_test(tcase, a_menu_shows_what_the_person_may_open_and_a_top_item_leads_to_its_first_open_child);
    tcase_add_test(tcase, a_college_has_items_of_its_own);
    tcase_add_test(tcase, without_an_organisation_its_items_are_not_shown);
    suite_add_tcase(suite, tcase);
    return suite;
}
