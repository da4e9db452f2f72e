/* auth_case.c: see auth_case.h. */
#include "auth_case.h"

#include "engine/form.h"
#include "school/areas.h"

#include <string.h>

/* Organisations 1 (school) and 2 (college) stand in territory 91, which lies in 90, which lies in the republic 89; 3 elsewhere. */
static const char *const people[] = {
    "INSERT INTO territory (id, parent_id, level) VALUES (80089, NULL, 0), (80090, 80089, 1), (80091, 80090, 2), (80092, 80089, 1)",
    "INSERT INTO organisation (id, uid, territory_id, kind, languages, time_zone) VALUES"
    " (1, 'o1', 80091, 'school', 'kk', 'Asia/Almaty'), (2, 'o2', 80091, 'college', 'ru', 'Asia/Almaty'), (3, 'o3', 80092, 'school', 'kk', 'Asia/Almaty')",
    "INSERT INTO organisation_name (organisation_id, valid_from, name_kk, name_ru, name_en, fold_key) VALUES"
    " (1, '1991-12-16', 'Ескі', 'Старая', 'Old', ''), (1, '2020-01-01', 'Мектеп', 'Школа', 'School', ''),"
    " (1, '2199-01-01', 'Болашақ', 'Будущая', 'Future', ''), (2, '1991-12-16', 'Колледж', 'Колледж', 'College', ''),"
    " (3, '1991-12-16', 'Алыс', 'Дальняя', 'Far', '')",
    "INSERT INTO person (id, uid, login, surname, given, patronymic, sort_key, fold_key, key_version) VALUES"
    " (11, 'p11', '000000504811', 'Ерғалиева', 'Айгерім', 'Санжарқызы', '', '', 1), (12, 'p12', '000000504812', 'Ким', 'Олег', '', '', '', 1)",
    "INSERT INTO account (id, person_id, language, made_at) VALUES (21, 11, 'ru', '2026-01-01'), (22, 12, 'kk', '2026-01-01')",
};

const char PASSWORD[] = "tulips in the steppe";
struct worker worker;
struct http_request http;
struct request rq;
struct response rs;
char cookies[COOKIES_MAX];

static void end_request(void)
{
    hdf_destroy(&rq.hdf);
    http_response_release(&rs.http);
}

void begin_request(enum http_method method, const char *path, const char *query, const char *posted)
{
    end_request();
    http = (struct http_request){.method = method,
                                 .path = path,
                                 .query = query,
                                 .cookies = cookies,
                                 .remote_address = "10.0.0.1",
                                 .user_agent = "Mozilla/5.0 (Windows) Firefox/130",
                                 .content_type = ""};
    rq = (struct request){.worker = &worker, .db = worker.db, .pool = fixture_pool(), .http = &http, .id = "t-1"};
    rs = (struct response){0};
    http_response_init(&rs.http);
    fixture_ok(hdf_init(&rq.hdf));
    fixture_ok(http_parse_query(rq.pool, query, strlen(query), &rq.query));
    fixture_ok(http_parse_query(rq.pool, posted, strlen(posted), &rq.posted));
    ck_assert_int_eq(route_find(&rq, method, path), ROUTE_FOUND);
}

const char *header(const char *name)
{
    for (const struct http_header *row = rs.http.headers; row != NULL; row = row->next)
        if (strcmp(row->name, name) == 0)
            return row->value;
    return "";
}

/* Loads the session and runs the route's page. */
void run(enum http_method method, const char *path, const char *query, const char *posted)
{
    begin_request(method, path, query, posted);
    fixture_ok(auth_load(&rq));
    i18n_use(LANG_EN);
    fixture_ok(method == HTTP_POST ? form_key_once(&rq, &rs) : rq.route->page(&rq, &rs));
}

void keep_cookie(void)
{
    const char *cookie = header("Set-Cookie");
    snprintf(cookies, sizeof cookies, "%.*s", (int)strcspn(cookie, ";"), cookie);
}

void sign_in(const char *posted)
{
    run(HTTP_POST, "/sign-in", "", posted);
}

void sign_in_rightly(void)
{
    sign_in("login=504811&password=tulips+in+the+steppe");
    ck_assert_int_eq(rs.http.status, 303);
    keep_cookie();
}

void load_at(const char *path)
{
    begin_request(HTTP_GET, path, "", "");
    fixture_ok(auth_load(&rq));
}

int64_t number(const char *sql)
{
    int64_t number;
    fixture_ok(db_number(fixture_db(), sql, DB_NO_VALUES, &number, NULL));
    return number;
}

void execute(const char *sql)
{
    fixture_ok(db_exec(fixture_schema_db(), sql, DB_NO_VALUES, NULL, NULL));
}

const char *shown(const char *name)
{
    return hdf_get_value(rq.hdf, name, "");
}

void auth_begin(void)
{
    fixture_ok(registers_init(areas));
    fixture_ok(i18n_init(BUILD_DIR "/locale"));
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        execute(people[i]);
    worker = (struct worker){.config = fixture_config(), .db = fixture_db(), .pool = fixture_pool()};
    fixture_ok(auth_password_set(worker.db, 21, PASSWORD));
    cookies[0] = '\0';
}

void auth_end(void)
{
    end_request();
    i18n_end();
}
