/* area.c: what the desk brings to the registers: the pages of the engine, start page, feedback, help, settings, top menus. */
#include "school/desk/desk.h"

#include "engine/file.h"
#include "school/permissions.h"
#include "school/pupils/pupils.h"

static const char *const *some_process(struct db *db, struct pool *pool, int64_t org)
{
    static const char *const ids[] = {"register-pupil", NULL};
    (void)db;
    (void)pool;
    (void)org;
    return ids;
}

static const char SOME_RUN[] = "SELECT id FROM process WHERE org_id = ? ORDER BY state = 'draft' DESC, id LIMIT 1";
static const char SOME_RUN_WITH_ROWS[] = "SELECT process_id FROM process_row WHERE org_id = ? ORDER BY process_id LIMIT 1";
static const char SOME_JOB[] = "SELECT id FROM job WHERE org_id = ? AND account_id IS NOT NULL ORDER BY id LIMIT 1";

static const char *const *some_run(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_RUN, DB_VALUES(DB_INT(org)));
}

static const char *const *some_run_with_rows(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_RUN_WITH_ROWS, DB_VALUES(DB_INT(org)));
}

static const char *const *some_job(struct db *db, struct pool *pool, int64_t org)
{
    return route_sample(db, pool, SOME_JOB, DB_VALUES(DB_INT(org)));
}

static const struct route routes[] = {
    {"home", HTTP_GET, "/", home_page, NULL, ROUTE_ANYBODY | ROUTE_SMALL},
    {"desk", HTTP_GET, "/ORG/YEAR/", start_page, NULL, ROUTE_ANYBODY, .title = N_("Start page")},
    {"tasks", HTTP_GET, "/ORG/YEAR/tasks", task_page, NULL, ROUTE_ANYBODY, .title = N_("Task list")},
    {"start", HTTP_GET, "/ORG/YEAR/start/{process}", process_new_page, NULL, ROUTE_ANYBODY, .sample = some_process},
    {"start", HTTP_POST, "/ORG/YEAR/start/{process}", process_start_page, NULL, ROUTE_ANYBODY | ROUTE_UPLOADS | ROUTE_KEPT, .sample = some_process},
    {"process", HTTP_GET, "/ORG/YEAR/processes/{process}", process_page, NULL, ROUTE_ANYBODY, .sample = some_run},
    {"process", HTTP_POST, "/ORG/YEAR/processes/{process}", process_post_page, NULL, ROUTE_ANYBODY | ROUTE_UPLOADS | ROUTE_KEPT, .sample = some_run},
    {"process-rows", HTTP_GET, "/ORG/YEAR/processes/{process}/rows", process_rows_page, NULL, ROUTE_ANYBODY, .sample = some_run_with_rows},
    {"process-rows", HTTP_POST, "/ORG/YEAR/processes/{process}/rows", process_rows_post_page, NULL, ROUTE_ANYBODY, .sample = some_run_with_rows},
    {"process-diagram", HTTP_GET, "/ORG/YEAR/processes/{process}/diagram", process_diagram_page, NULL, ROUTE_ANYBODY, .sample = some_run},
    {"file-upload", HTTP_POST, "/ORG/YEAR/files", file_upload_page, &see_files, ROUTE_UPLOADS | ROUTE_SMALL},
    {"file", HTTP_GET, "/ORG/YEAR/files/{file}", file_page, &see_files, ROUTE_SMALL, .detail = &pupil_files},
    {"file-state", HTTP_GET, "/ORG/YEAR/files/{file}/state", file_fragment_page, &see_files, ROUTE_SMALL},
    {"file-image", HTTP_GET, "/ORG/YEAR/files/{file}/pages/{page}", file_image_page, &see_files, ROUTE_SMALL},
    {"job", HTTP_GET, "/ORG/YEAR/jobs/{job}", job_page, NULL, ROUTE_ANYBODY, .sample = some_job},
    {"job-cancel", HTTP_POST, "/ORG/YEAR/jobs/{job}", job_cancel_page, NULL, ROUTE_ANYBODY, .sample = some_job},
    {"search", HTTP_GET, "/ORG/YEAR/search", search_page, NULL, ROUTE_ANYBODY, .title = N_("Search")},
    {"search", HTTP_POST, "/ORG/YEAR/search", search_page, NULL, ROUTE_ANYBODY},
    {"help", HTTP_GET, "/ORG/YEAR/help", help_page, NULL, ROUTE_ANYBODY, .title = N_("Help")},
    {"feedback", HTTP_GET, "/ORG/YEAR/feedback", feedback_page, NULL, ROUTE_ANYBODY, .title = N_("Leave feedback")},
    {"feedback", HTTP_POST, "/ORG/YEAR/feedback", feedback_page, NULL, ROUTE_ANYBODY},
    {"feedback-list", HTTP_GET, "/feedback", list_page, &see_feedback, .detail = &feedback_list, .title = N_("Feedback")},
    {"settings", HTTP_GET, "/ORG/YEAR/settings", setting_page, &manage_organisation, .title = N_("Settings")},
    {"settings", HTTP_POST, "/ORG/YEAR/settings", setting_page, &manage_organisation, ROUTE_KEPT},
    {"installation", HTTP_GET, "/settings", setting_page, &manage_installation, .title = N_("Settings of the installation")},
    {"installation", HTTP_POST, "/settings", setting_page, &manage_installation, ROUTE_KEPT},
    {0},
};

static const struct task_source tasks[] = {
    {"drafts", NULL, .find = process_find_drafts},
    {"waiting", NULL, .find = process_find_waiting},
    {0},
};

static const struct setting settings[] = {
    {"order.second_person", SETTING_ORGANISATION, "",
     {"order_second_person", N_("Orders are confirmed by a second person"), FIELD_TICK,
      .hint = N_("The secretary prepares the order, the head or a deputy confirms it")}},
    {"order.scan_later", SETTING_ORGANISATION, "",
     {"order_scan_later", N_("The scan of an order may be attached later"), FIELD_TICK,
      .hint = N_("Orders without a scan then stand on the start page until it is attached")}},
    {0},
};

static const struct job_kind jobs[] = {
    {"process", N_("Carrying out of a process"), process_job},
    {"file-check", N_("Check of an uploaded file"), file_check_job, file_check_give_up},
    {0},
};

/* NAV-03, NAV-04, NAV-05. A top item is shown when one of its second-level items can be opened. */
static const struct menu_item menu[] = {
    {"portal", N_("Portal"), MENU_TOP, NULL, NULL, 10},
    {"management", N_("Management"), MENU_TOP, NULL, NULL, 30},
    {"start", N_("Start page"), MENU_SECOND, "portal", "desk", 10},
    {"tasks", N_("Task list"), MENU_SECOND, "portal", "tasks", 20},
    {"go-to-management", N_("Management"), MENU_GO_TO, NULL, "contingent", 120},
    {"additional", N_("Settings"), MENU_SECOND, "management", "settings", 90},
    {0},
};

static const struct list *const lists[] = {&feedback_list, NULL};

const struct area desk_area = {
    .id = "desk", .routes = routes, .task_sources = tasks, .settings = settings, .jobs = jobs, .menu = menu, .lists = lists,
};
