/* test_master.c: the master and its workers as processes: no change of them fails a request. */
#include "app_suites.h"
#include "fcgi_client.h"
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DEADLINE_MS = 40 * 1000, PAUSE_MS = 5, WORKERS_MAX = 16 };

static char folder[] = "/tmp/mektep-master-XXXXXX";
static pid_t master;

static const char *in_folder(const char *name)
{
    return pool_printf(fixture_pool(), "%s/%s", folder, name);
}

/* Waits until condition() is true; fails the test when it does not come true. */
#define wait_until(condition)                                                                 \
    do {                                                                                      \
        int64_t wait_end = clock_monotonic() + DEADLINE_MS;                                   \
        while (!(condition)) {                                                                \
            ck_assert_msg(clock_monotonic() < wait_end, "waited in vain for: %s", #condition); \
            poll(NULL, 0, PAUSE_MS);                                                          \
        }                                                                                     \
    } while (0)

/* ---- the installation ---- */

static void write_config(int web_workers, const char *log_level, const char *extra)
{
    const struct config *config = fixture_config();
    FILE *file = fopen(in_folder("mektep.conf"), "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "[server]\nlisten = socket\nbase_url = http://127.0.0.1:8080\nweb_workers = %d\njob_workers = 0\npid_file = pid\nlog_level = %s\n%s\n",
            web_workers, log_level, extra);
    fprintf(file, "[database]\nsocket = %s\nname = %s\nuser = %s\npassword = %s\n", config->db_socket, config->db_name, config->db_user, config->db_password);
    fprintf(file,
            "[paths]\nfiles = %s\ntemplates = " SOURCE_DIR "/tests/app/data/templates\nstatic = " SOURCE_DIR
            "/tests/app/data/static\nlocale = %s\nschemas = %s\nsql = %s\n",
            folder, config->locale_dir, config->schema_dir, config->sql_dir);
    fclose(file);
}

static void copy_program(const char *from)
{
    char buffer[65536];
    size_t got;
    FILE *in = fopen(from, "r"), *out = fopen(in_folder("new"), "w");
    ck_assert(in != NULL && out != NULL);
    while ((got = fread(buffer, 1, sizeof buffer, in)) > 0)
        ck_assert_uint_eq(fwrite(buffer, 1, got, out), got);
    fclose(in);
    fclose(out);
    chmod(in_folder("new"), 0700);
    ck_assert_int_eq(rename(in_folder("new"), in_folder("mektepd")), 0);
}

/* before() runs in the new process. */
static void start_master(void (*before)(void))
{
    const char *program = in_folder("mektepd"), *config = in_folder("mektep.conf");
    master = fork();
    if (master != 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (before != NULL)
        before();
    execl(program, program, "-c", config, (char *)NULL);
    _exit(127);
}

static void make_folder(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    copy_program(BUILD_DIR "/mektepd");
    write_config(2, "error", "");
}

static void end_master(void)
{
    static const char *const names[] = {"mektepd", "mektep.conf", "socket", "pid", "log"};
    if (master > 0) {
        kill(master, SIGTERM);
        waitpid(master, NULL, 0);
    }
    master = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(in_folder(names[i]));
    rmdir(folder);
    memcpy(strrchr(folder, '-') + 1, "XXXXXX", 6);
}

/* ---- looking at it ---- */

static char *get(const char *method, const char *path)
{
    return fcgi_get(fixture_pool(), in_folder("socket"), method, path);
}

static bool serves(void)
{
    const char *answer = get("GET", "/healthz");
    return answer != NULL && strncmp(answer, "Status: 200\r\n", 13) == 0;
}

struct workers {
    pid_t pids[WORKERS_MAX];
    size_t count;
};

static struct workers workers_now(void)
{
    struct workers workers = {0};
    FILE *file = fopen(pool_printf(fixture_pool(), "/proc/%d/task/%d/children", (int)master, (int)master), "r");
    ck_assert_ptr_nonnull(file);
    for (int pid; workers.count < WORKERS_MAX && fscanf(file, "%d", &pid) == 1;)
        workers.pids[workers.count++] = pid;
    fclose(file);
    return workers;
}

static bool is_among(const struct workers *workers, pid_t pid)
{
    for (size_t i = 0; i < workers->count; i++)
        if (workers->pids[i] == pid)
            return true;
    return false;
}

/* True when count workers run, none of them one of before. */
static bool all_are_new(const struct workers *before, size_t count)
{
    struct workers now = workers_now();
    for (size_t i = 0; i < now.count; i++)
        if (is_among(before, now.pids[i]))
            return false;
    return now.count == count;
}

/* A worker has taken in all that was sent. */
static bool is_read(int fd)
{
    int left = 0;
    ck_assert_int_eq(ioctl(fd, SIOCOUTQ, &left), 0);
    return left == 0;
}

/* A request of which half of the body was sent. */
static int send_half(void)
{
    int fd = fcgi_connect(in_folder("socket"));
    ck_assert(fd >= 0);
    ck_assert(fcgi_begin(fd, "POST", "/healthz", 8));
    ck_assert(fcgi_send_body(fd, "half", 4));
    return fd;
}

/* One that a worker is in the midst of. */
static int begin_request(void)
{
    int fd = send_half();
    wait_until(is_read(fd));
    return fd;
}

static void end_request(int fd)
{
    ck_assert(fcgi_send_body(fd, "half", 4));
    ck_assert(fcgi_send_body(fd, NULL, 0));
    const char *answer = fcgi_answer(fixture_pool(), fd);
    ck_assert_ptr_nonnull(answer);
    ck_assert_ptr_nonnull(strstr(answer, "Status: 200\r\n"));
    ck_assert_ptr_nonnull(strstr(answer, "\r\n\r\nok\n"));
    close(fd);
}

/* ---- tests ---- */

START_TEST(a_head_request_gets_the_headers_of_the_page_and_no_body)
{
    start_master(NULL);
    wait_until(serves());
    const char *answer = get("HEAD", "/healthz");
    ck_assert_ptr_nonnull(answer);
    ck_assert_ptr_nonnull(strstr(answer, "Content-Length: 3\r\n"));
    ck_assert_str_eq(strstr(answer, "\r\n\r\n"), "\r\n\r\n");
    ck_assert_ptr_nonnull(strstr(get("GET", "/%D2%93/%FF"), "Status: 400\r\n"));
}
END_TEST

START_TEST(sigterm_lets_the_request_under_way_finish_and_leaves_nothing_behind)
{
    int status;
    start_master(NULL);
    wait_until(serves());
    struct workers before = workers_now();
    int fd = begin_request();
    kill(master, SIGTERM);
    wait_until(workers_now().count < before.count); /* the idle one is gone */
    end_request(fd);
    ck_assert_int_eq(waitpid(master, &status, 0), master);
    master = 0;
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    ck_assert_int_eq(access(in_folder("socket"), F_OK), -1);
    ck_assert_int_eq(access(in_folder("pid"), F_OK), -1);
}
END_TEST

/* Three new workers, and of the old ones only the one with the request. */
static bool is_old_one_finishing(const struct workers *before)
{
    struct workers now = workers_now();
    size_t old = 0;
    for (size_t i = 0; i < before->count; i++)
        old += is_among(&now, before->pids[i]);
    return now.count == 4 && old == 1;
}

START_TEST(sighup_replaces_every_worker_and_no_request_fails)
{
    start_master(NULL);
    wait_until(serves());
    struct workers before = workers_now();
    int fd = begin_request();
    write_config(3, "error", "");
    kill(master, SIGHUP);
    wait_until((ck_assert_msg(serves(), "a request failed"), is_old_one_finishing(&before)));
    wait_until(serves());
    end_request(fd);
    wait_until(all_are_new(&before, 3));
    ck_assert(serves());
}
END_TEST

START_TEST(a_worker_ends_after_its_request_though_the_next_one_waits_already)
{
    write_config(1, "error", "");
    start_master(NULL);
    wait_until(serves());
    struct workers before = workers_now();
    int first = begin_request(), next = send_half();
    kill(before.pids[0], SIGTERM);
    end_request(first);
    wait_until(all_are_new(&before, 1));
    end_request(next);
}
END_TEST

/* Two workers run: the other one still, and a new one for pid. One look at them: the next may see another moment. */
static bool is_replaced(pid_t pid, pid_t other)
{
    struct workers now = workers_now();
    return now.count == 2 && !is_among(&now, pid) && is_among(&now, other);
}

START_TEST(a_killed_worker_is_replaced)
{
    start_master(NULL);
    wait_until(serves());
    for (int i = 0; i < 2; i++) {
        struct workers before = workers_now();
        ck_assert_uint_eq(before.count, 2);
        kill(before.pids[0], SIGKILL);
        wait_until(is_replaced(before.pids[0], before.pids[1]));
        ck_assert(serves());
    }
}
END_TEST

static int times_said(const char *words)
{
    char line[4096];
    int times = 0;
    FILE *log = fopen(in_folder("log"), "r");
    if (log == NULL) /* the master has not begun it yet */
        return 0;
    while (fgets(line, sizeof line, log) != NULL)
        times += strstr(line, words) != NULL;
    fclose(log);
    return times;
}

static bool log_says(const char *words)
{
    return times_said(words) > 0;
}

static void log_to_file(void)
{
    int fd = open(in_folder("log"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(fd, STDERR_FILENO);
}

START_TEST(a_configuration_with_a_mistake_changes_nothing)
{
    start_master(log_to_file);
    wait_until(serves());
    struct workers before = workers_now();
    write_config(2, "error", "web_workers = many");
    kill(master, SIGHUP);
    wait_until(log_says("web_workers"));
    struct workers now = workers_now();
    ck_assert_uint_eq(now.count, 2);
    ck_assert(is_among(&now, before.pids[0]) && is_among(&now, before.pids[1]));
    ck_assert(serves());
}
END_TEST

START_TEST(a_new_program_that_does_not_start_leaves_the_old_one_serving)
{
    start_master(log_to_file);
    wait_until(serves());
    struct workers before = workers_now();
    copy_program("/bin/false");
    kill(master, SIGHUP);
    wait_until(log_says("the old ones stay"));
    wait_until(workers_now().count == 2);
    struct workers now = workers_now();
    ck_assert(is_among(&now, before.pids[0]) && is_among(&now, before.pids[1]));
    ck_assert(serves());
    copy_program(BUILD_DIR "/mektepd");
    kill(master, SIGHUP);
    wait_until(all_are_new(&before, 2));
    ck_assert(serves());
}
END_TEST

/* As systemd hands a socket over: descriptor 3, LISTEN_FDS, LISTEN_PID. */
static void give_socket(void)
{
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    char pid[24];
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(un.sun_path, sizeof un.sun_path, "%s/socket", folder);
    if (bind(fd, (const struct sockaddr *)&un, sizeof un) != 0 || listen(fd, 10) != 0 || dup2(fd, 3) != 3)
        _exit(126);
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    setenv("LISTEN_PID", pid, 1);
    setenv("LISTEN_FDS", "1", 1);
}

START_TEST(a_socket_of_systemd_is_used_and_left_in_place)
{
    start_master(give_socket);
    wait_until(serves());
    kill(master, SIGTERM);
    ck_assert_int_eq(waitpid(master, NULL, 0), master);
    master = 0;
    ck_assert_int_eq(access(in_folder("socket"), F_OK), 0);
}
END_TEST

START_TEST(a_second_master_on_the_same_socket_refuses_to_start)
{
    int status;
    start_master(NULL);
    wait_until(serves());
    pid_t first = master;
    start_master(NULL);
    ck_assert_int_eq(waitpid(master, &status, 0), master);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) != 0);
    master = first;
    ck_assert(serves());
}
END_TEST

START_TEST(a_socket_left_behind_is_taken_over)
{
    start_master(NULL);
    wait_until(serves());
    struct workers before = workers_now();
    kill(master, SIGKILL);
    waitpid(master, NULL, 0);
    wait_until(kill(before.pids[0], 0) != 0 && kill(before.pids[1], 0) != 0); /* workers end with their master */
    ck_assert_int_eq(access(in_folder("socket"), F_OK), 0);
    start_master(NULL);
    wait_until(serves());
}
END_TEST

START_TEST(the_database_gone_is_a_503_until_it_is_back)
{
    start_master(NULL);
    wait_until(serves());
    fixture_database_gone();
    const char *answer = get("GET", "/healthz");
    ck_assert_ptr_nonnull(strstr(answer, "Status: 503\r\n"));
    ck_assert_ptr_nonnull(strstr(answer, "Retry-After: "));
    fixture_database_back();
    wait_until(serves());
}
END_TEST

/* ---- an upgrade: a made-up release whose schema is one file longer ---- */

static void run(const char *command)
{
    ck_assert_msg(system(command) == 0, "%s", command);
}

static void make_release(void)
{
    make_folder();
    run(pool_printf(fixture_pool(), "mkdir %s && cp " SOURCE_DIR "/sql/*.* %s", in_folder("sql"), in_folder("sql")));
    fixture_config()->sql_dir = in_folder("sql");
    write_config(2, "info", "");
}

static void end_release(void)
{
    run(pool_printf(fixture_pool(), "rm -r %s", in_folder("sql")));
    end_master();
    fixture_config()->sql_dir = SOURCE_DIR "/sql";
    fixture_ok(db_exec(fixture_schema_db(), "DROP TABLE IF EXISTS made_up", DB_NO_VALUES, NULL, NULL));
    fixture_ok(db_exec(fixture_schema_db(), "DELETE FROM schema_migration WHERE name LIKE '%made-up.sql'", DB_NO_VALUES, NULL, NULL));
}

/* What "make install" of the release adds. */
static void install_migration(void)
{
    int number;
    fixture_ok(db_schema_number(in_folder("sql"), &number));
    FILE *file = fopen(pool_printf(fixture_pool(), "%s/%04d-made-up.sql", in_folder("sql"), number + 1), "w");
    ck_assert_ptr_nonnull(file);
    fputs("CREATE TABLE made_up (id INT PRIMARY KEY) ENGINE=InnoDB;\n", file);
    fclose(file);
}

static void tell_nobody(const char *line)
{
    (void)line;
}

static bool are_still_there(const struct workers *before)
{
    struct workers now = workers_now();
    return now.count == 2 && is_among(&now, before->pids[0]) && is_among(&now, before->pids[1]);
}

START_TEST(an_upgrade_serves_pages_at_every_step_and_new_workers_wait_for_their_schema)
{
    start_master(log_to_file);
    wait_until(times_said("the process is ready") == 2); /* each has read which schema it is for */
    struct workers before = workers_now();
    install_migration();
    ck_assert(serves());
    kill(master, SIGHUP);
    wait_until(log_says("the old ones stay"));
    wait_until(are_still_there(&before));
    ck_assert(serves());
    struct db *db = db_new(fixture_config(), DB_SCHEMA);
    fixture_ok(db_migrate(db, in_folder("sql"), tell_nobody));
    db_free(db);
    ck_assert(serves() && are_still_there(&before));
    kill(master, SIGHUP);
    wait_until(all_are_new(&before, 2));
    ck_assert(serves());
}
END_TEST

Suite *master_suite(void)
{
    Suite *suite = suite_create("master");
    TCase *tcase = tcase_create("master");
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, make_folder, end_master);
    tcase_add_test(tcase, a_head_request_gets_the_headers_of_the_page_and_no_body);
    tcase_add_test(tcase, sigterm_lets_the_request_under_way_finish_and_leaves_nothing_behind);
    tcase_add_test(tcase, sighup_replaces_every_worker_and_no_request_fails);
    tcase_add_test(tcase, a_worker_ends_after_its_request_though_the_next_one_waits_already);
    tcase_add_test(tcase, a_killed_worker_is_replaced);
    tcase_add_test(tcase, a_configuration_with_a_mistake_changes_nothing);
    tcase_add_test(tcase, a_new_program_that_does_not_start_leaves_the_old_one_serving);
    tcase_add_test(tcase, a_socket_of_systemd_is_used_and_left_in_place);
    tcase_add_test(tcase, a_second_master_on_the_same_socket_refuses_to_start);
    tcase_add_test(tcase, a_socket_left_behind_is_taken_over);
    tcase_add_test(tcase, the_database_gone_is_a_503_until_it_is_back);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("upgrade");
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, make_release, end_release);
    tcase_add_test(tcase, an_upgrade_serves_pages_at_every_step_and_new_workers_wait_for_their_schema);
    suite_add_tcase(suite, tcase);
    return suite;
}
