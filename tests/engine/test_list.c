/* test_list.c: a list shows what its address asks: search, filters, sort, paging, links, documents, ids. */
#include "engine_suites.h"
#include "fixture.h"

#include "base/text.h"
#include "engine/area.h"

#include <string.h>

enum { OUR_ORG = 7, OTHER_ORG = 8, ENROLLED = 30, REGISTERED = 10 };

/* ---- a list over the pupils ---- */

static const struct role clerk = {.id = "clerk", .label = "Clerk", .level = LEVEL_ORGANISATION};
static const struct role teacher = {.id = "teacher", .label = "Teacher", .level = LEVEL_ORGANISATION};
static const struct permission see = {.id = "see", .label = "See", .grants = {{"clerk", SCOPE_ORGANISATION}, {"teacher", SCOPE_OWN_CLASS}}};
static const struct permission move = {.id = "move", .label = "Move", .grants = {{"clerk", SCOPE_ORGANISATION}}};
static const struct permission *const permissions[] = {&see, &move, NULL};
static const struct role roles[] = {
    {.id = "clerk", .label = "Clerk", .level = LEVEL_ORGANISATION}, {.id = "teacher", .label = "Teacher", .level = LEVEL_ORGANISATION}, {0}};

static const struct code standing_rows[] = {
    {"registered", {"тіркелді", "зарегистрирован", "registered"}}, {"enrolled", {"қабылданды", "зачислен", "enrolled"}},
    {"left", {"кетті", "выбыл", "left"}}, {0}};
static const struct code_list standing_codes = {.id = "standing", .title = "Standing", .codes = standing_rows};

static NEOERR *grade_choices(struct form_data *form, const struct field *field, NEOERR *(*add)(struct form_data *, const struct choice *))
{
    (void)field;
    TRY(add(form, &(struct choice){.value = "5", .label = "Parallel 5"}));
    return nerr_pass(add(form, &(struct choice){.value = "6", .label = "Parallel 6"}));
}

static bool is_college(const struct request *rq)
{
    return rq->place.kind == ORGANISATION_COLLEGE;
}

static const char *show_grade(struct request *rq, const char *value)
{
    return pool_printf(rq->pool, "%s-А", value);
}

static NEOERR *bind_org(struct list_query *query)
{
    return nerr_pass(list_value(query, DB_INT(query->rq->place.org)));
}

/* A teacher sees those born from a day on: the date lives in this function only. */
static NEOERR *scope(struct list_query *query, const char **condition)
{
    *condition = "";
    if ((request_scopes(query->rq, &see) & SCOPE_ORGANISATION) != 0)
        return STATUS_OK;
    *condition = "p.born_on IS NULL OR p.born_on >= ?";
    return nerr_pass(list_value(query, DB_DATE(((struct date){2011, 1, 20}))));
}

static const struct list_column columns[] = {
    {"name", "Full name", "CONCAT_WS(' ', p.surname, p.given)", "p.sort_key", COLUMN_SORTABLE | COLUMN_STICKY | COLUMN_LINK, .width = 3},
    {"born", "Date of birth", "p.born_on", .flags = COLUMN_SORTABLE | COLUMN_DATE},
    {"grade", "Parallel", "p.grade", .flags = COLUMN_SORTABLE | COLUMN_NUMBER, .show = show_grade},
    {"standing", "Standing", "p.standing", .codes = &standing_codes},
    {"phone", "Phone", "p.phone", .flags = COLUMN_PAPER},
    {"unfilled", "Unfilled", "IF(p.address = '', 'no address', '')", .flags = COLUMN_SCREEN | COLUMN_CHIP},
    {0},
};
static const struct list_filter filters[] = {
    {"grade", "Parallel", "p.grade = ?", .choices = grade_choices},
    {"standing", "Standing", "p.standing = ?", .codes = &standing_codes, .fallback = "enrolled"},
    {"course", "Course", "p.grade = ?", .choices = grade_choices, .when = is_college},
    {0},
};
static const struct list_action row_actions[] = {{"Enrol", "start:enrol", &move}, {"Card", "pupil", &see}, {0}};
static const struct list_action bulk_actions[] = {{"Enrol", "start:enrol", &move}, {"Group", "start:group", &move}, {0}};
static const struct list_action page_actions[] = {{"Register", "register", &move, "plus", true}, {0}};
static const struct list pupils = {
    .id = "pupils", .title = "Pupils", .permission = &see, .id_sql = "p.id", .from = "pupil p", .where = "p.org_id = ?", .bind = bind_org,
    .scope = scope, .columns = columns, .filters = filters, .search_sql = "p.fold_key LIKE ?", .digits_sql = "p.phone LIKE ?",
    .default_sort = "name", .tie_sql = "p.id", .row_route = "pupil", .row_actions = row_actions, .bulk_actions = bulk_actions,
    .page_actions = page_actions, .empty = "Nobody is here yet", .numbered = true,
};
static const struct list grades = {
    .id = "grades", .title = "Parallels", .permission = &see, .id_sql = "p.grade", .from = "pupil p", .where = "p.org_id = ?",
    .group_by = "p.grade", .bind = bind_org, .tie_sql = "p.grade", .empty = "No parallels",
    .columns = (const struct list_column[]){{"grade", "Parallel", "p.grade"}, {"count", "Pupils", "COUNT(*)", .flags = COLUMN_NUMBER}, {0}},
};
static const struct list *const lists[] = {&pupils, &grades, NULL};

static const struct process enrol = {.id = "enrol", .title = "Enrol", .permission = &move};
static const struct process group = {.id = "group", .title = "Group", .permission = &move, .when = is_college};
static const struct process *const processes[] = {&enrol, &group, NULL};

static const struct route routes[] = {
    {.id = "pupils", .path = "/ORG/YEAR/pupils", .page = list_page, .permission = &see, .detail = &pupils},
    {.id = "pupils", .method = HTTP_POST, .path = "/ORG/YEAR/pupils", .page = list_page, .permission = &see, .detail = &pupils},
    {.id = "pupil", .path = "/ORG/YEAR/pupils/{pupil}", .page = list_page, .permission = &see},
    {.id = "register", .path = "/ORG/YEAR/register", .page = list_page, .permission = &move},
    {.id = "start", .path = "/ORG/YEAR/start/{process}", .page = list_page, .flags = ROUTE_ANYBODY},
    {0},
};
static const struct area test_area = {
    .id = "test", .routes = routes, .roles = roles, .permissions = permissions, .lists = lists, .processes = processes};
static const struct area *const test_areas[] = {&test_area, NULL};

/* ---- forty pupils here, one elsewhere ---- */

static const char ADD_PUPIL[] =
    "INSERT INTO pupil (org_id, id, uid, person_id, surname, given, born_on, sort_key, fold_key, key_version, grade, phone, registered_at, standing)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)";

static void add_pupil(int64_t org, int id, const char *surname, const char *given, const char *standing)
{
    struct pool *pool = fixture_pool();
    unsigned char key[400];
    const char *name = pool_printf(pool, "%s %s", surname, given);
    size_t length = text_sort_key(name, key, sizeof key);
    fixture_ok(db_exec(fixture_db(), ADD_PUPIL,
                       DB_VALUES(DB_INT(org), DB_INT(id), DB_TEXT(pool_printf(pool, "uid-%d", id)), DB_INT(id), DB_TEXT(surname), DB_TEXT(given),
                                 DB_DATE(date_add_days((struct date){2011, 1, 1}, id)), DB_BYTES(key, length), DB_TEXT(text_fold(pool, name)),
                                 DB_INT(5 + id % 2), DB_TEXT(pool_printf(pool, "%06d", id * 1111)), DB_TIME(clock_now()), DB_TEXT(standing)),
                       NULL, NULL));
}

static void add_pupils(void)
{
    static const char *const given[] = {"Әділ", "Бақыт", "Жаңыл", "Қайрат", "Өмір"};
    for (int i = 1; i <= ENROLLED; i++)
        add_pupil(OUR_ORG, i, i == 17 ? "Ерғалиев" : pool_printf(fixture_pool(), "Асқаров%c", 'a' + i % 26), given[i % 5], "enrolled");
    for (int i = ENROLLED + 1; i <= ENROLLED + REGISTERED; i++)
        add_pupil(OUR_ORG, i, pool_printf(fixture_pool(), "Тіркелген%c", 'a' + i % 26), given[i % 5], "registered");
    add_pupil(OTHER_ORG, 99, "Аааа", "Бөтен", "enrolled");
}

/* ---- a request ---- */

static struct worker worker;
static struct http_request http;
static struct request rq;
static struct response rs;

static void ask(enum http_method method, const char *query, const char *posted)
{
    hdf_destroy(&rq.hdf);
    http_response_release(&rs.http);
    http_response_init(&rs.http);
    http = (struct http_request){.method = method, .path = "/7/2026/pupils", .query = query};
    rq = (struct request){.pool = fixture_pool(), .db = fixture_db(), .worker = &worker, .http = &http, .language = LANG_EN};
    rq.place = (struct place){.org = OUR_ORG, .year = 2026, .kind = ORGANISATION_SCHOOL, .name = "School", .time_zone = "Asia/Almaty"};
    rq.session.id = 1;
    rq.session.roles[0] = &clerk;
    rs.template_name = NULL;
    fixture_ok(hdf_init(&rq.hdf));
    fixture_ok(http_parse_query(rq.pool, query, strlen(query), &rq.query));
    fixture_ok(http_parse_query(rq.pool, posted, strlen(posted), &rq.posted));
    ck_assert_int_eq(route_find(&rq, method, http.path), ROUTE_FOUND);
}

static void get(const char *query)
{
    ask(HTTP_GET, query, "");
    fixture_ok(list_page(&rq, &rs));
}

static void begin(void)
{
    worker = (struct worker){.config = fixture_config()};
    http_response_init(&rs.http);
    fixture_ok(registers_init(test_areas));
    fixture_ok(doc_init());
    i18n_use(LANG_EN);
    add_pupils();
}

static void end(void)
{
    hdf_destroy(&rq.hdf);
    http_response_release(&rs.http);
}

static const char *shown(const char *name)
{
    return hdf_get_value(rq.hdf, name, "");
}

static int total(void)
{
    return hdf_get_int_value(rq.hdf, "List.total", -1);
}

static int count(const char *name)
{
    int children = 0;
    for (HDF *child = hdf_obj_child(hdf_get_obj(rq.hdf, name)); child != NULL; child = hdf_obj_next(child))
        children++;
    return children;
}

static const char *header(const char *name)
{
    for (const struct http_header *row = rs.http.headers; row != NULL; row = row->next)
        if (strcmp(row->name, name) == 0)
            return row->value;
    return "";
}

/* ---- rows ---- */

START_TEST(the_first_page_shows_25_rows_of_the_organisation_in_order)
{
    get("");
    ck_assert_str_eq(rs.template_name, "list.cs");
    ck_assert_int_eq(total(), ENROLLED);
    ck_assert_int_eq(count("List.rows"), LIST_PAGE_ROWS);
    ck_assert_str_eq(shown("List.from"), "1");
    ck_assert_str_eq(shown("List.to"), "25");
    ck_assert_str_eq(shown("List.rows.0.cells.0.value"), "Асқаровa Бақыт");
    ck_assert_str_eq(shown("List.rows.0.id"), "26");
    ck_assert_str_eq(shown("List.rows.0.number"), "1");
    ck_assert_str_eq(shown("List.rows.0.cells.0.href"), "/7/2026/pupils/26");
    ck_assert_str_eq(shown("List.rows.0.cells.1.value"), "27.01.2011");
    ck_assert_str_eq(shown("List.rows.0.cells.2.value"), "5-А");
    ck_assert_str_eq(shown("List.rows.0.cells.3.value"), "enrolled");
    ck_assert_str_eq(shown("List.rows.0.cells.4.chip"), "1");
    ck_assert_int_eq(count("List.columns"), 5);
}
END_TEST

START_TEST(a_column_of_chips_without_any_on_the_page_takes_no_room)
{
    fixture_ok(db_exec(fixture_db(), "UPDATE pupil SET address = 'Abai street, 1' WHERE org_id = ? AND id <> 26", DB_VALUES(DB_INT(OUR_ORG)), NULL, NULL));
    get("");
    ck_assert_int_eq(count("List.columns"), 5);
    ck_assert_int_eq(count("List.rows.3.cells"), 5);
    get("page=2"); /* 26 is on the first */
    ck_assert_int_eq(count("List.columns"), 4);
    ck_assert_int_eq(count("List.rows.3.cells"), 4);
    ck_assert_str_eq(shown("List.columns.3.name"), "standing");
}
END_TEST

START_TEST(a_page_past_the_end_shows_the_last_one_and_nonsense_the_first)
{
    static const char *const last[] = {"page=2", "page=3", "page=999999999999999999"};
    static const char *const first[] = {"page=0", "page=-1", "page=two", "page="};
    for (size_t i = 0; i < sizeof last / sizeof last[0]; i++) {
        get(last[i]);
        ck_assert_int_eq(count("List.rows"), ENROLLED - LIST_PAGE_ROWS);
        ck_assert_str_eq(shown("List.rows.0.number"), "26");
        ck_assert_str_eq(shown("List.to"), "30");
        ck_assert_str_eq(shown("List.paging.1.current"), "1");
    }
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
        get(first[i]);
        ck_assert_str_eq(shown("List.from"), "1");
    }
}
END_TEST

START_TEST(a_list_with_nothing_in_it_says_what_to_do)
{
    ask(HTTP_GET, "", "");
    rq.place.org = 9;
    fixture_ok(list_show(&rq, &pupils, 0, NULL));
    ck_assert_int_eq(total(), 0);
    ck_assert_str_eq(shown("List.from"), "0");
    ck_assert_str_eq(shown("List.empty"), "Nobody is here yet");
}
END_TEST

START_TEST(groups_are_counted_as_rows)
{
    ask(HTTP_GET, "", "");
    fixture_ok(list_show(&rq, &grades, 0, NULL));
    ck_assert_int_eq(total(), 2);
    ck_assert_str_eq(shown("List.rows.0.cells.1.value"), "20");
}
END_TEST

START_TEST(the_scope_narrows_with_its_own_values)
{
    ask(HTTP_GET, "", "");
    rq.session.roles[0] = &teacher;
    fixture_ok(list_show(&rq, &pupils, 0, NULL));
    ck_assert_int_eq(total(), ENROLLED - 18);
}
END_TEST

/* ---- sort ---- */

START_TEST(the_address_sorts_by_sortable_columns_only)
{
    static const char *const ignored[] = {"sort=phone", "sort=standing", "sort=p.id", "sort=name%20DESC", "sort=-", "sort=-nothing"};
    get("sort=-born");
    ck_assert_str_eq(shown("List.rows.0.id"), "30");
    ck_assert_str_eq(shown("List.columns.1.sorted"), "desc");
    ck_assert_str_eq(shown("List.columns.1.sort_href"), "/7/2026/pupils?sort=born");
    ck_assert_str_eq(shown("List.columns.3.sort_href"), "");
    get("sort=born");
    ck_assert_str_eq(shown("List.rows.0.id"), "1");
    ck_assert_str_eq(shown("List.columns.1.sort_href"), "/7/2026/pupils?sort=-born");
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++) {
        get(ignored[i]);
        ck_assert_str_eq(shown("List.columns.0.sorted"), "asc");
        ck_assert_str_eq(shown("List.address"), "/7/2026/pupils");
    }
}
END_TEST

/* ---- search ---- */

static const struct {
    const char *query;
    int found;
} searches[] = {
    {"q=%D0%95%D1%80%D2%93%D0%B0%D0%BB%D0%B8%D0%B5%D0%B2", 1},                         /* Ерғалиев */
    {"q=%D0%B5%D1%80%D0%B3%D0%B0%D0%BB%D0%B8%D0%B5%D0%B2", 1},                         /* ергалиев */
    {"q=thufkbtd", 1},                                                                  /* the same keys in the Latin layout */
    {"q=%D0%B6%D0%B0%D0%BD%D0%B8%D0%BB%20%D0%B5%D1%80%D0%B3", 1},                      /* жанил ерг: any order */
    {"q=%20%D0%B5%D1%80%D0%B3%20%20", 1},                                               /* spaces around */
    {"q=%D0%B5%D1%80%D0%B3%20%D0%B0%D0%B4%D0%B8%D0%BB", 0},                            /* both words must be found */
    {"q=%25", 0},                                                                       /* LIKE's signs are no letters */
    {"q=_", 0},
    {"q=%27%20OR%201%3D1%20--", 0},
    {"q=", ENROLLED},
};

START_TEST(words_are_found_in_any_spelling_order_and_layout)
{
    for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++) {
        get(searches[i].query);
        ck_assert_msg(total() == searches[i].found, "%s: %d", searches[i].query, total());
    }
    ck_assert_str_eq(shown("List.search"), "");
    get("q=nobody");
    ck_assert_str_eq(shown("List.empty"), "Nothing was found");
    ck_assert_str_eq(shown("List.search"), "nobody");
}
END_TEST

START_TEST(posted_words_lead_to_an_address_that_can_be_kept)
{
    ask(HTTP_POST, "in=kk", "list=pupils&q=%D0%B5%D1%80%D0%B3&standing=&grade=6&sort=-born");
    fixture_ok(list_page(&rq, &rs));
    ck_assert_int_eq(rs.http.status, 303);
    ck_assert_str_eq(header("Location"), "/7/2026/pupils?in=kk&q=%D0%B5%D1%80%D0%B3&sort=-born&grade=6&standing=");
}
END_TEST

START_TEST(posted_digits_are_answered_and_stand_in_no_address)
{
    ask(HTTP_POST, "", "list=pupils&q=018+887");
    fixture_ok(list_page(&rq, &rs));
    ck_assert_int_ne(rs.http.status, 303);
    ck_assert_int_eq(total(), 1);
    ck_assert_str_eq(shown("List.rows.0.id"), "17");
    ck_assert_str_eq(shown("List.search"), "018 887");
    ck_assert_str_eq(shown("List.address"), "/7/2026/pupils");
    ck_assert_str_eq(shown("List.columns.0.sort_href"), "");
    ck_assert_int_eq(count("List.formats"), 0);
    ck_assert_int_eq(count("List.paging"), 0);
}
END_TEST

START_TEST(digits_of_an_address_are_not_looked_for_among_numbers)
{
    get("q=018887");
    ck_assert_int_eq(total(), 0);
    ck_assert_str_eq(shown("List.search_post"), "1");
}
END_TEST

/* ---- filters ---- */

static const struct {
    const char *query;
    int found;
    const char *address;
} filterings[] = {
    {"", ENROLLED, "/7/2026/pupils"},
    {"standing=enrolled", ENROLLED, "/7/2026/pupils"},
    {"standing=registered", REGISTERED, "/7/2026/pupils?standing=registered"},
    {"standing=", ENROLLED + REGISTERED, "/7/2026/pupils?standing="},
    {"standing=left", 0, "/7/2026/pupils?standing=left"},
    {"standing=other", ENROLLED, "/7/2026/pupils"},
    {"grade=6&standing=", 20, "/7/2026/pupils?grade=6&standing="},
    {"grade=7", ENROLLED, "/7/2026/pupils"},
    {"course=6", ENROLLED, "/7/2026/pupils"},
    {"tab=%22x&colour=red", ENROLLED, "/7/2026/pupils?tab=%22x&colour=red"},
};

START_TEST(filters_take_their_choices_and_keep_to_the_address)
{
    for (size_t i = 0; i < sizeof filterings / sizeof filterings[0]; i++) {
        get(filterings[i].query);
        ck_assert_msg(total() == filterings[i].found, "%s: %d", filterings[i].query, total());
        ck_assert_str_eq(shown("List.address"), filterings[i].address);
    }
    ck_assert_int_eq(count("List.filters"), 2);
    ck_assert_str_eq(shown("List.filters.0.choices.1.label"), "Parallel 6");
    ck_assert_str_eq(shown("List.filters.1.choices.1.selected"), "1");
}
END_TEST

START_TEST(links_keep_everything_that_is_asked)
{
    get("page=2&standing=&sort=born&q=%D0%B0&tab=1&format=");
    ck_assert_int_gt(total(), LIST_PAGE_ROWS);
    ck_assert_str_eq(shown("List.paging.0.href"), "/7/2026/pupils?tab=1&q=%D0%B0&sort=born&standing=");
    ck_assert_str_eq(shown("List.paging.1.href"), "/7/2026/pupils?tab=1&q=%D0%B0&sort=born&standing=&page=2");
    ck_assert_str_eq(shown("List.columns.0.sort_href"), "/7/2026/pupils?tab=1&q=%D0%B0&standing=&sort=name");
    ck_assert_str_eq(shown("List.formats.0.href"), "/7/2026/pupils?tab=1&q=%D0%B0&sort=born&standing=&format=html");
    ck_assert_str_eq(shown("List.languages.0.href"), "/7/2026/pupils?tab=1&q=%D0%B0&sort=born&standing=&in=kk");
    ck_assert_str_eq(shown("List.languages.2.current"), "1");
}
END_TEST

/* ---- actions ---- */

START_TEST(actions_are_those_the_person_may_do_here)
{
    get("");
    ck_assert_str_eq(shown("List.rows.0.actions.0.href"), "/7/2026/start/enrol?subject=26");
    ck_assert_str_eq(shown("List.rows.0.actions.1.href"), "/7/2026/pupils/26");
    ck_assert_int_eq(count("List.bulk"), 1); /* a school has no groups */
    ck_assert_str_eq(shown("List.bulk.0.href"), "/7/2026/start/enrol");
    ck_assert_str_eq(shown("List.actions.0.href"), "/7/2026/register");
    ck_assert_int_eq((int)strlen(shown("Form.key")), 36);
    ask(HTTP_GET, "", "");
    rq.session.roles[0] = &teacher;
    fixture_ok(list_show(&rq, &pupils, 0, NULL));
    ck_assert_int_eq(count("List.rows.0.actions"), 1);
    ck_assert_int_eq(count("List.bulk"), 0);
    ck_assert_int_eq(count("List.actions"), 0);
    ask(HTTP_GET, "", "");
    rq.session.roles[0] = NULL;
    fixture_ok(list_show(&rq, &pupils, 0, NULL));
    ck_assert_str_eq(shown("List.rows.0.href"), "");
    ck_assert_str_eq(shown("List.row_actions"), "");
}
END_TEST

/* ---- ids ---- */

struct tally {
    int ids;
    int64_t sum, asked;
};

static NEOERR *tally_id(void *data, int64_t id)
{
    struct tally *tally = data;
    tally->ids++;
    tally->sum += id;
    return nerr_pass(db_number(rq.db, "SELECT COUNT(*) FROM pupil", DB_NO_VALUES, &tally->asked, NULL));
}

START_TEST(all_found_are_the_rows_of_the_form_that_was_posted)
{
    static const struct {
        const char *query, *posted;
        int ids;
    } cases[] = {
        {"standing=registered", "", REGISTERED},
        {"standing=registered", "list=pupils&standing=&q=&grade=", ENROLLED + REGISTERED},
        {"", "list=pupils&q=018887&standing=enrolled", 1},
        {"", "list=pupils&q=%D0%B5%D1%80%D0%B3&standing=enrolled", 1},
        {"", "list=another&standing=registered", ENROLLED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tally tally = {0};
        ask(cases[i].posted[0] != '\0' ? HTTP_POST : HTTP_GET, cases[i].query, cases[i].posted);
        fixture_ok(list_each_id(&rq, &pupils, 0, NULL, tally_id, &tally));
        ck_assert_msg(tally.ids == cases[i].ids, "case %zu: %d", i, tally.ids);
        ck_assert_int_eq(tally.asked, ENROLLED + REGISTERED + 1);
        ck_assert_int_lt(tally.sum, 99 * tally.ids);
    }
}
END_TEST

START_TEST(what_a_page_posts_with_its_ticks_finds_the_same_again)
{
    char *posted;
    struct tally tally = {0};
    get("standing=&grade=6&q=%D0%B0");
    int found = total();
    posted = pool_strdup(rq.pool, "all=1");
    for (HDF *row = hdf_obj_child(hdf_get_obj(rq.hdf, "List.hidden")); row != NULL; row = hdf_obj_next(row))
        posted = pool_printf(rq.pool, "%s&%s=%s", posted, hdf_get_value(row, "name", ""), http_escape(rq.pool, hdf_get_value(row, "value", "")));
    ask(HTTP_POST, "", posted);
    fixture_ok(list_each_id(&rq, &pupils, 0, NULL, tally_id, &tally));
    ck_assert_int_gt(found, 0);
    ck_assert_int_eq(tally.ids, found);
}
END_TEST

/* ---- documents ---- */

static int lines(const char *text)
{
    int found = 0;
    for (; *text != '\0'; text++)
        found += *text == '\n';
    return found;
}

START_TEST(a_document_holds_all_pages_of_exactly_what_is_shown)
{
    get("format=csv&sort=-born&page=2");
    ck_assert_ptr_null(rs.template_name);
    ck_assert_int_eq(rs.http.status, 200);
    ck_assert_ptr_nonnull(strstr(header("Content-Disposition"), "Pupils.csv"));
    const char *body = rs.http.body.buf;
    ck_assert_int_eq(lines(body), ENROLLED + 1);
    ck_assert_ptr_nonnull(strstr(body, "Phone"));
    ck_assert_ptr_null(strstr(body, "Unfilled"));
    ck_assert_ptr_null(strstr(body, "Бөтен"));
    ck_assert_ptr_nonnull(strstr(body, "enrolled"));
    ck_assert(strstr(body, "033330") < strstr(body, "001111"));
    get("format=csv&q=thufkbtd&standing=");
    ck_assert_int_eq(lines(rs.http.body.buf), 2);
    ck_assert_ptr_nonnull(strstr(rs.http.body.buf, "Ерғалиев Жаңыл"));
}
END_TEST

START_TEST(a_document_may_be_in_another_language_and_the_page_stays_in_its_own)
{
    get("format=csv&in=kk");
    ck_assert_ptr_nonnull(strstr(rs.http.body.buf, "қабылданды"));
    ck_assert_int_eq(rq.language, LANG_EN);
    ck_assert_int_eq(i18n_language(), LANG_EN);
    get("format=html&in=xx&grade=6");
    ck_assert_ptr_nonnull(strstr(rs.http.body.buf, "enrolled"));
    ck_assert_ptr_nonnull(strstr(rs.http.body.buf, "Parallel: Parallel 6"));
}
END_TEST

START_TEST(an_unknown_format_is_the_page)
{
    get("format=exe");
    ck_assert_str_eq(rs.template_name, "list.cs");
    ck_assert_str_eq(shown("List.address"), "/7/2026/pupils");
}
END_TEST

/* ---- every statement ---- */

struct statements {
    int count, searching;
};

static NEOERR *prepare(void *data, const char *sql)
{
    struct statements *statements = data;
    statements->count++;
    statements->searching += strstr(sql, "fold_key LIKE") != NULL;
    return nerr_pass(db_prepare_only(fixture_db(), sql));
}

START_TEST(every_combination_of_parts_is_told_and_can_be_prepared)
{
    struct statements statements = {0};
    ask(HTTP_GET, "", "");
    fixture_ok(list_each_sql(&rq, &pupils, prepare, &statements));
    ck_assert_int_eq(statements.count, 3 * 4 * (1 + 2 * 6)); /* searches, sets of filters, count and two a column */
    ck_assert_int_eq(statements.searching, 2 * 4 * (1 + 2 * 6));
    fixture_ok(list_each_sql(&rq, &grades, prepare, &statements));
}
END_TEST

Suite *list_suite(void)
{
    Suite *suite = suite_create("list");
    TCase *tcase = tcase_create("list");
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_test(tcase, the_first_page_shows_25_rows_of_the_organisation_in_order);
    tcase_add_test(tcase, a_column_of_chips_without_any_on_the_page_takes_no_room);
    tcase_add_test(tcase, a_page_past_the_end_shows_the_last_one_and_nonsense_the_first);
    tcase_add_test(tcase, a_list_with_nothing_in_it_says_what_to_do);
    tcase_add_test(tcase, groups_are_counted_as_rows);
    tcase_add_test(tcase, the_scope_narrows_with_its_own_values);
    tcase_add_test(tcase, the_address_sorts_by_sortable_columns_only);
    tcase_add_test(tcase, words_are_found_in_any_spelling_order_and_layout);
    tcase_add_test(tcase, posted_words_lead_to_an_address_that_can_be_kept);
    tcase_add_test(tcase, posted_digits_are_answered_and_stand_in_no_address);
    tcase_add_test(tcase, digits_of_an_address_are_not_looked_for_among_numbers);
    tcase_add_test(tcase, filters_take_their_choices_and_keep_to_the_address);
    tcase_add_test(tcase, links_keep_everything_that_is_asked);
    tcase_add_test(tcase, actions_are_those_the_person_may_do_here);
    tcase_add_test(tcase, all_found_are_the_rows_of_the_form_that_was_posted);
    tcase_add_test(tcase, what_a_page_posts_with_its_ticks_finds_the_same_again);
    tcase_add_test(tcase, a_document_holds_all_pages_of_exactly_what_is_shown);
    tcase_add_test(tcase, a_document_may_be_in_another_language_and_the_page_stays_in_its_own);
    tcase_add_test(tcase, an_unknown_format_is_the_page);
    tcase_add_test(tcase, every_combination_of_parts_is_told_and_can_be_prepared);
    suite_add_tcase(suite, tcase);
    return suite;
}
