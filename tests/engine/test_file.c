/* test_file.c: uploads: what is taken, what is refused and in which words, where it lies, what the check finds, who gets it. */
#include "engine_suites.h"
#include "fixture.h"

#include "base/crypto.h"
#include "engine/file.h"
#include "engine/job.h"
#include "engine_area.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ORG = 7 };

static struct request *rq;

static const char PDF[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n";
static const char PROTECTED_PDF[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    "4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<0000000000000000000000000000000000000000000000000000000000000000>"
    "/U<1111111111111111111111111111111111111111111111111111111111111111>>>endobj\n"
    "trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\n";
static const char BROKEN_PDF[] = "%PDF-1.4\nand nothing more";

static void begin(void)
{
    engine_area_use();
    rq = fixture_request(ORG);
    rq->route = route_by_id("file-upload");
}

#define DAY ((int64_t)24 * 3600 * 1000)

static struct upload *upload(const char *name, const void *bytes, size_t size)
{
    struct upload *made = pool_alloc(rq->pool, sizeof *made);
    *made = (struct upload){.filename = name, .fd = memfd_create("upload", MFD_CLOEXEC), .size = size};
    ck_assert_int_ge(made->fd, 0);
    ck_assert_int_eq(write(made->fd, bytes, size), (ssize_t)size);
    lseek(made->fd, 0, SEEK_SET);
    return made;
}

#define UPLOAD_TEXT(name, text) upload(name, text, strlen(text))

/* A picture made by the same tool that reads it: format is the ending of its name. */
static struct upload *picture(const char *format)
{
    static char bytes[8 << 20];
    char path[] = "/tmp/mektep-picture-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(path));
    const char *file = pool_printf(rq->pool, "%s/a.%s", path, format);
    ck_assert_int_eq(system(pool_printf(rq->pool, "vips gaussnoise %s 1600 900", file)), 0);
    int fd = open(file, O_RDONLY);
    ssize_t size = read(fd, bytes, sizeof bytes);
    close(fd);
    ck_assert_int_eq(system(pool_printf(rq->pool, "rm -r %s", path)), 0);
    ck_assert_int_gt(size, 1000);
    return upload(pool_printf(rq->pool, "scan.%s", format), bytes, (size_t)size);
}

static int64_t take(struct upload *taken)
{
    int64_t id = 0;
    const char *refused = NULL;
    fixture_ok(file_take(rq, taken, FILE_SCAN, &id, &refused));
    ck_assert_msg(refused == NULL, "%s", refused);
    ck_assert_int_gt(id, 0);
    return id;
}

static const char *refusal(struct upload *refused_one, enum file_use use)
{
    int64_t id = 0;
    const char *refused = NULL;
    fixture_ok(file_take(rq, refused_one, use, &id, &refused));
    ck_assert_ptr_nonnull(refused);
    ck_assert_int_eq(id, 0);
    return refused;
}

static struct file checked(int64_t id)
{
    struct file file;
    bool ran = false;
    fixture_ok(job_run_one(rq->worker, &ran));
    ck_assert(ran);
    fixture_ok(file_load(rq->db, rq->pool, ORG, id, &file));
    return file;
}

/* ---- taking ---- */

START_TEST(each_refusal_has_its_own_words)
{
    static const struct {
        const char *name, *content, *words;
    } cases[] = {
        {"order.docx", "PK\003\004\024\000", "is an archive"},
        {"page.pdf", "<!DOCTYPE html><html><body>x</body></html>", "“page.pdf” is a web page. Attach a PDF, JPEG, PNG or TIFF file."},
        {"note.jpg", "just words\n", "“note.jpg” is a text file."},
        {"empty.pdf", "", "“empty.pdf” is empty."},
        {"anim.png", "GIF89a\001\000\001\000", "a picture of another kind"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *words = refusal(UPLOAD_TEXT(cases[i].name, cases[i].content), FILE_SCAN);
        ck_assert_msg(i == 0 || strstr(words, cases[i].words) != NULL, "%s", words);
    }
    ck_assert_ptr_nonnull(strstr(refusal(NULL, FILE_SCAN), "No file is chosen"));
    struct upload *large = UPLOAD_TEXT("large.pdf", PDF);
    large->too_big = true;
    ck_assert_ptr_nonnull(strstr(refusal(large, FILE_SCAN), "larger than 20 MB"));
    struct route of_packages = {.flags = ROUTE_UPLOADS | ROUTE_PACKAGES};
    rq->route = &of_packages;
    ck_assert_ptr_nonnull(strstr(refusal(large, FILE_PACKAGE), "larger than 40 MB"));
    ck_assert_ptr_nonnull(strstr(refusal(UPLOAD_TEXT("scan.pdf", PDF), FILE_PHOTO), "is a PDF document. Attach a JPEG or PNG picture."));
}
END_TEST

START_TEST(a_refused_file_leaves_nothing)
{
    int64_t rows = -1;
    refusal(UPLOAD_TEXT("note.pdf", "just words\n"), FILE_SCAN);
    fixture_ok(db_number(rq->db, "SELECT COUNT(*) FROM file", DB_NO_VALUES, &rows, NULL));
    ck_assert_int_eq(rows, 0);
    fixture_ok(db_number(rq->db, "SELECT COUNT(*) FROM job", DB_NO_VALUES, &rows, NULL));
    ck_assert_int_eq(rows, 0);
}
END_TEST

START_TEST(a_taken_file_lies_whole_under_its_hash_and_waits_for_the_check)
{
    struct file file;
    unsigned char hash[CRYPTO_HASH_BYTES];
    char hex[CRYPTO_HEX_SIZE], bytes[sizeof PDF];
    int fd = -1;
    int64_t id = take(UPLOAD_TEXT("Бұйрық.pdf", PDF));
    fixture_ok(file_load(rq->db, rq->pool, ORG, id, &file));
    ck_assert_int_eq(file.state, FILE_CHECKING);
    ck_assert_str_eq(file.name, "Бұйрық.pdf");
    ck_assert_str_eq(file.mime, "application/pdf");
    ck_assert_int_eq(file.size, (int64_t)strlen(PDF));
    crypto_sha256(PDF, strlen(PDF), hash);
    crypto_hex(hash, sizeof hash, hex);
    ck_assert_str_eq(file.sha256, hex);
    ck_assert_int_eq(access(file_store_path(rq->pool, rq->worker->config, hex), R_OK), 0);
    fixture_ok(file_open(rq->db, rq->worker->config, ORG, id, &fd));
    ck_assert_int_eq(read(fd, bytes, sizeof bytes), (ssize_t)strlen(PDF));
    ck_assert_mem_eq(bytes, PDF, strlen(PDF));
    close(fd);
}
END_TEST

START_TEST(the_same_content_twice_is_stored_once)
{
    struct file first, second;
    int64_t a = take(UPLOAD_TEXT("a.pdf", PDF)), b = take(UPLOAD_TEXT("b.pdf", PDF));
    ck_assert_int_ne(a, b);
    fixture_ok(file_load(rq->db, rq->pool, ORG, a, &first));
    fixture_ok(file_load(rq->db, rq->pool, ORG, b, &second));
    ck_assert_str_eq(first.sha256, second.sha256);
}
END_TEST

/* mektepctl may run as root. Whether it does here or not, the program can read the file and add to its folder. */
START_TEST(what_is_stored_belongs_to_whom_the_folder_of_files_belongs_to)
{
    enum { SOMEBODY = 4242 };
    const struct config *config = rq->worker->config;
    struct stat of_file, of_folder;
    struct file file;
    uid_t owner = geteuid() == 0 ? SOMEBODY : geteuid();
    ck_assert_int_eq(chown(config->files_dir, owner, (gid_t)-1), 0);
    const char *alone = pool_printf(rq->pool, "%s%% the only one in its folder\n", PDF);
    fixture_ok(file_load(rq->db, rq->pool, ORG, take(UPLOAD_TEXT("a.pdf", alone)), &file));
    const char *path = file_store_path(rq->pool, config, file.sha256);
    ck_assert_int_eq(stat(path, &of_file), 0);
    ck_assert_int_eq(stat(pool_strndup(rq->pool, path, (size_t)(strrchr(path, '/') - path)), &of_folder), 0);
    ck_assert_uint_eq(of_file.st_uid, owner);
    ck_assert_uint_eq(of_folder.st_uid, owner);
}
END_TEST

/* ---- the check ---- */

START_TEST(a_pdf_is_clean_and_has_an_image_a_page)
{
    int64_t width = 0;
    struct file file = checked(take(UPLOAD_TEXT("scan.pdf", PDF)));
    ck_assert_int_eq(file.state, FILE_CLEAN);
    ck_assert_ptr_null(file.fault);
    ck_assert_int_eq(file.pages, 2);
    fixture_ok(db_number(rq->db, "SELECT width FROM file_image WHERE org_id = ? AND file_id = ? AND page = 2 AND height = 1414",
                         DB_VALUES(DB_INT(ORG), DB_INT(file.id)), &width, NULL));
    ck_assert_int_eq(width, 1000);
}
END_TEST

START_TEST(pictures_of_every_kind_taken_are_clean)
{
    static const char *const formats[] = {"jpg", "png", "tif"};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct file file = checked(take(picture(formats[i])));
        ck_assert_msg(file.state == FILE_CLEAN, "%s: %s", formats[i], file.fault);
        ck_assert_int_eq(file.pages, 1);
    }
}
END_TEST

START_TEST(a_password_and_broken_bytes_are_found_by_the_check)
{
    struct file file = checked(take(UPLOAD_TEXT("locked.pdf", PROTECTED_PDF)));
    ck_assert_int_eq(file.state, FILE_BAD);
    ck_assert_ptr_nonnull(strstr(file.fault, "password"));
    file = checked(take(UPLOAD_TEXT("torn.pdf", BROKEN_PDF)));
    ck_assert_int_eq(file.state, FILE_BAD);
    ck_assert_ptr_nonnull(strstr(file.fault, "broken"));
    struct upload *torn = picture("jpg");
    ck_assert_int_eq(ftruncate(torn->fd, (off_t)torn->size / 2), 0);
    file = checked(take(torn));
    ck_assert_int_eq(file.state, FILE_BAD);
    ck_assert_int_eq(file.pages, 0);
}
END_TEST

START_TEST(a_check_that_runs_twice_leaves_the_same)
{
    struct file file = checked(take(UPLOAD_TEXT("scan.pdf", PDF)));
    fixture_ok(job_add(rq->db, "file-check", ORG, 0, LANG_EN, pool_printf(rq->pool, "file=%lld", (long long)file.id), NULL));
    file = checked(file.id);
    ck_assert_int_eq(file.pages, 2);
    ck_assert_int_eq(file.state, FILE_CLEAN);
}
END_TEST

START_TEST(a_file_whose_check_was_given_up_is_bad_and_says_so)
{
    int64_t id = take(UPLOAD_TEXT("scan.pdf", PDF));
    fixture_ok(db_exec(rq->db, "UPDATE job SET state = 'running', tries = 3, lease_until = '2001-01-01'", DB_NO_VALUES, NULL, NULL));
    struct file file = checked(id);
    ck_assert_int_eq(file.state, FILE_BAD);
    ck_assert_str_eq(file.fault, "The file could not be checked. Attach another one.");
}
END_TEST

START_TEST(the_check_leaves_nothing_in_the_folder_of_files_but_contents)
{
    checked(take(UPLOAD_TEXT("scan.pdf", PDF)));
    ck_assert_int_ne(system(pool_printf(rq->pool, "ls %s | grep -q -e checking -e incoming", rq->worker->config->files_dir)), 0);
}
END_TEST

/* ---- a virus scanner ---- */

/* A clamd of our own: swallows one stream a connection and answers by its content; with words, always those. */
static pid_t fake_clamd(const char *words)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/clamd", rq->worker->config->files_dir);
    fixture_config()->clamd_socket = pool_strdup(rq->pool, address.sun_path);
    int waiting = socket(AF_UNIX, SOCK_STREAM, 0);
    unlink(address.sun_path);
    ck_assert_int_eq(bind(waiting, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(waiting, 4), 0);
    pid_t pid = fork();
    if (pid != 0) {
        close(waiting);
        return pid;
    }
    for (;;) {
        char command[10] = "", content[4096] = "";
        uint32_t length;
        size_t total = 0;
        int client = accept(waiting, NULL, NULL);
        bool is_stream = recv(client, command, sizeof command, MSG_WAITALL) == sizeof command && strcmp(command, "zINSTREAM") == 0;
        while (is_stream && recv(client, &length, sizeof length, MSG_WAITALL) == sizeof length && length != 0 && total + ntohl(length) < sizeof content)
            total += (size_t)recv(client, content + total, ntohl(length), MSG_WAITALL);
        const char *answer = words != NULL ? words : memmem(content, total, "mektep-virus", 12) != NULL ? "stream: Made.Up FOUND" : "stream: OK";
        if (is_stream)
            send(client, answer, strlen(answer) + 1, MSG_NOSIGNAL);
        close(client);
    }
}

static void end_clamd(pid_t pid)
{
    unlink(fixture_config()->clamd_socket);
    fixture_config()->clamd_socket = "";
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

START_TEST(clamd_tells_a_file_with_a_virus_from_one_without)
{
    pid_t clamd = fake_clamd(NULL);
    struct file file = checked(take(UPLOAD_TEXT("clean.pdf", PDF)));
    ck_assert_int_eq(file.state, FILE_CLEAN);
    file = checked(take(UPLOAD_TEXT("bad.pdf", pool_printf(rq->pool, "%s%%mektep-virus\n", PDF))));
    ck_assert_int_eq(file.state, FILE_BAD);
    ck_assert_ptr_nonnull(strstr(file.fault, "virus"));
    ck_assert_int_eq(file.pages, 0);
    end_clamd(clamd);
}
END_TEST

/* NULL: there is no clamd at the socket. */
static const char *const no_verdicts[] = {NULL, "INSTREAM size limit exceeded. ERROR", "stream: OK, perhaps", ""};

START_TEST(a_file_that_clamd_has_not_looked_at_is_checked_until_it_has)
{
    bool ran = true;
    pid_t clamd = fake_clamd(no_verdicts[_i]);
    if (no_verdicts[_i] == NULL) {
        kill(clamd, SIGKILL);
        unlink(fixture_config()->clamd_socket);
    }
    int64_t id = take(UPLOAD_TEXT("scan.pdf", PDF));
    for (int again = 1; again <= JOB_TRIES + 1; again++) {
        ck_assert_int_eq(checked(id).state, FILE_CHECKING);
        fixture_ok(job_run_one(rq->worker, &ran));
        ck_assert(!ran);
        clock_shift((int64_t)again * 31 * 1000);
    }
    const char *socket_path = fixture_config()->clamd_socket;
    end_clamd(clamd);
    ck_assert_int_ne(access(socket_path, F_OK), 0);
    clamd = fake_clamd(NULL);
    ck_assert_int_eq(checked(id).state, FILE_CLEAN);
    end_clamd(clamd);
}
END_TEST

/* ---- giving out ---- */

static const char *header(const struct response *rs, const char *name)
{
    for (const struct http_header *one = rs->http.headers; one != NULL; one = one->next)
        if (strcmp(one->name, name) == 0)
            return one->value;
    return "";
}

START_TEST(the_original_is_an_attachment_sent_by_nginx)
{
    struct response rs = {0};
    struct file file = checked(take(UPLOAD_TEXT("Бұйрық \"1\".pdf", PDF)));
    http_response_init(&rs.http);
    rq->ids[0] = pool_printf(rq->pool, "%lld", (long long)file.id);
    fixture_ok(file_page(rq, &rs));
    ck_assert_str_eq(rs.http.accel_path, pool_printf(rq->pool, "/protected-files/%.2s/%s", file.sha256, file.sha256 + 2));
    ck_assert_str_eq(header(&rs, "Content-Type"), "application/pdf");
    ck_assert_str_eq(header(&rs, "X-Content-Type-Options"), "nosniff");
    const char *disposition = header(&rs, "Content-Disposition");
    ck_assert_int_eq(strncmp(disposition, "attachment;", 11), 0);
    ck_assert_ptr_nonnull(strstr(disposition, "filename*=UTF-8''%D0%91"));
    http_response_release(&rs.http);
}
END_TEST

START_TEST(the_image_of_a_page_is_shown_and_a_page_that_is_not_there_is_not_found)
{
    struct response rs = {0};
    struct file file = checked(take(UPLOAD_TEXT("scan.pdf", PDF)));
    http_response_init(&rs.http);
    rq->ids[0] = pool_printf(rq->pool, "%lld", (long long)file.id);
    rq->ids[1] = "2";
    fixture_ok(file_image_page(rq, &rs));
    ck_assert_str_eq(header(&rs, "Content-Type"), "image/jpeg");
    ck_assert_str_eq(header(&rs, "Content-Disposition"), "inline");
    rq->ids[1] = "3";
    fixture_fails(file_image_page(rq, &rs), ERROR_NOT_FOUND);
    http_response_release(&rs.http);
}
END_TEST

START_TEST(a_file_of_another_organisation_a_bad_one_and_somebody_elses_result_are_not_found)
{
    struct response rs = {0};
    int64_t result = 0;
    struct file file = checked(take(UPLOAD_TEXT("torn.pdf", BROKEN_PDF)));
    rq->ids[0] = pool_printf(rq->pool, "%lld", (long long)file.id);
    fixture_fails(file_page(rq, &rs), ERROR_NOT_FOUND);
    rq->ids[0] = pool_printf(rq->pool, "%lld", (long long)take(UPLOAD_TEXT("scan.pdf", PDF)));
    rq->place.org = ORG + 1;
    fixture_fails(file_page(rq, &rs), ERROR_NOT_FOUND);
    rq->place.org = ORG;
    fixture_ok(file_store(rq->db, rq->worker->config, ORG, 2, FILE_RESULT, "list.xlsx", "application/zip", UPLOAD_TEXT("x", PDF)->fd, &result));
    rq->ids[0] = pool_printf(rq->pool, "%lld", (long long)result);
    fixture_fails(file_page(rq, &rs), ERROR_NOT_FOUND);
    rq->session.account = 2;
    fixture_ok(file_page(rq, &rs));
}
END_TEST

static NEOERR *reach_by_word(struct request *asked, int64_t file, bool *reached)
{
    (void)file;
    *reached = request_query(asked, "reach")[0] != '\0';
    return STATUS_OK;
}
const struct file_reach engine_area_reach = {reach_by_word};

START_TEST(a_file_is_given_out_when_it_is_clean_and_to_whom_it_is_in_reach)
{
    struct response rs = {0};
    http_response_init(&rs.http);
    int64_t id = take(UPLOAD_TEXT("scan.pdf", PDF));
    rq->ids[0] = pool_printf(rq->pool, "%lld", (long long)id);
    fixture_fails(file_page(rq, &rs), ERROR_NOT_FOUND);
    checked(id);
    fixture_ok(file_page(rq, &rs));
    rq->session.account = 2; /* without a role: another's scan */
    fixture_fails(file_page(rq, &rs), ERROR_DENIED);
    fixture_fails(file_fragment_page(rq, &rs), ERROR_DENIED);
    rq->session.roles[0] = role_find("head");
    fixture_ok(file_page(rq, &rs));
    rq->session.roles[0] = NULL;
    fixture_ok(http_parse_query(rq->pool, "reach=1", 7, &rq->query));
    fixture_ok(file_page(rq, &rs));
    http_response_release(&rs.http);
}
END_TEST

START_TEST(the_upload_page_answers_with_the_file_or_with_the_words_of_the_refusal)
{
    struct response rs = {0};
    struct http_field field = {.name = "scan", .value = "", .upload = UPLOAD_TEXT("scan.pdf", PDF)};
    http_response_init(&rs.http);
    rq->posted = (struct http_fields){&field, 1};
    fixture_ok(file_upload_page(rq, &rs));
    ck_assert_int_eq(rs.http.status, 200);
    ck_assert_str_eq(rs.template_name, "file_fragment.cs");
    ck_assert_str_eq(hdf_get_value(rq->hdf, "File.state", ""), "checking");
    ck_assert_str_eq(hdf_get_value(rq->hdf, "field.name", ""), "scan");
    ck_assert_ptr_nonnull(hdf_get_obj(rq->hdf, "File.poll"));
    field.upload = UPLOAD_TEXT("scan.pdf", "");
    fixture_ok(file_upload_page(rq, &rs));
    ck_assert_int_eq(rs.http.status, 422);
    ck_assert_str_eq(rs.http.body.buf, "“scan.pdf” is empty. Attach another file.");
    http_response_release(&rs.http);
}
END_TEST

/* ---- cleaning ---- */

START_TEST(a_result_goes_after_a_week_and_its_content_with_the_last_row_of_it)
{
    struct file file;
    int64_t result = 0, scan = take(UPLOAD_TEXT("scan.pdf", PDF));
    const struct config *config = rq->worker->config;
    fixture_ok(file_store(rq->db, config, ORG, 1, FILE_RESULT, "list.pdf", "application/pdf", UPLOAD_TEXT("x", PDF)->fd, &result));
    fixture_ok(file_load(rq->db, rq->pool, ORG, result, &file));
    ck_assert_int_eq(file.state, FILE_CLEAN);
    fixture_ok(file_clean(rq->db, config));
    fixture_ok(file_load(rq->db, rq->pool, ORG, result, &file));
    clock_shift((int64_t)8 * 24 * 3600 * 1000);
    fixture_ok(file_clean(rq->db, config));
    fixture_fails(file_load(rq->db, rq->pool, ORG, result, &file), ERROR_NOT_FOUND);
    fixture_ok(file_load(rq->db, rq->pool, ORG, scan, &file));
    ck_assert_int_eq(access(file_store_path(rq->pool, config, file.sha256), R_OK), 0);
    fixture_ok(file_store(rq->db, config, ORG, 1, FILE_RESULT, "list.csv", "text/csv", UPLOAD_TEXT("x", "a;b")->fd, &result));
    fixture_ok(file_load(rq->db, rq->pool, ORG, result, &file));
    clock_shift((int64_t)16 * 24 * 3600 * 1000);
    fixture_ok(file_clean(rq->db, config));
    ck_assert_int_ne(access(file_store_path(rq->pool, config, file.sha256), F_OK), 0);
}
END_TEST

static int64_t files(void)
{
    int64_t count = -1;
    fixture_ok(db_number(rq->db, "SELECT COUNT(*) FROM file", DB_NO_VALUES, &count, NULL));
    return count;
}

START_TEST(an_upload_that_nothing_refers_to_goes_with_its_images)
{
    const struct config *config = rq->worker->config;
    struct file file = checked(take(picture("png")));
    char *image;
    fixture_ok(db_string(rq->db, rq->pool, "SELECT sha256 FROM file_image", DB_NO_VALUES, &image));
    clock_shift(29 * DAY);
    fixture_ok(file_clean(rq->db, config));
    ck_assert_int_eq(files(), 1);
    clock_shift(31 * DAY);
    fixture_ok(file_clean(rq->db, config));
    ck_assert_int_eq(files(), 0);
    ck_assert_int_ne(access(file_store_path(rq->pool, config, file.sha256), F_OK), 0);
    ck_assert_int_ne(access(file_store_path(rq->pool, config, image), F_OK), 0);
}
END_TEST

START_TEST(an_upload_stays_as_long_as_a_process_names_it)
{
    int64_t id = take(UPLOAD_TEXT("scan.pdf", PDF));
    const char *packed = pool_printf(rq->pool, "order_date=2026-09-01&order_scan=7%%2C%lld&order_summary=x", (long long)id);
    fixture_ok(db_exec(rq->db,
                       "INSERT INTO process (org_id, kind, year, state, step, packed, started_by, started_at, changed_at)"
                       " VALUES (?, 'enrol-pupil', 2026, 'draft', 'data', ?, 1, '2026-09-01', '2026-09-01')",
                       DB_VALUES(DB_INT(ORG), DB_TEXT(packed)), NULL, NULL));
    clock_shift(31 * DAY);
    fixture_ok(file_clean(rq->db, rq->worker->config));
    ck_assert_int_eq(files(), 1);
    fixture_ok(db_exec(rq->db, "UPDATE process SET packed = CONCAT(packed, '0') WHERE id > 0 AND org_id = ?", DB_VALUES(DB_INT(ORG)), NULL, NULL));
    fixture_ok(db_exec(rq->db, "UPDATE process SET packed = REPLACE(packed, '&order_summary', '0&order_summary') WHERE org_id = ?", DB_VALUES(DB_INT(ORG)), NULL, NULL));
    clock_shift(62 * DAY);
    fixture_ok(file_clean(rq->db, rq->worker->config));
    ck_assert_int_eq(files(), 0);
}
END_TEST

START_TEST(content_that_was_stored_just_now_stays_though_no_row_names_it_yet)
{
    const struct config *config = rq->worker->config;
    int64_t id = take(UPLOAD_TEXT("scan.pdf", PDF));
    struct file file;
    fixture_ok(file_load(rq->db, rq->pool, ORG, id, &file));
    fixture_ok(db_exec(rq->db, "UPDATE file SET keep_until = '2020-01-01' WHERE id = ?", DB_VALUES(DB_INT(id)), NULL, NULL));
    fixture_ok(file_clean(rq->db, config));
    ck_assert_int_eq(files(), 0);
    ck_assert_int_eq(access(file_store_path(rq->pool, config, file.sha256), R_OK), 0);
}
END_TEST

START_TEST(a_file_to_be_attached_must_be_there_and_an_own_scan)
{
    bool own;
    int64_t scan = take(UPLOAD_TEXT("scan.pdf", PDF)), photo = 0;
    const char *refused = NULL;
    fixture_ok(file_take(rq, picture("png"), FILE_PHOTO, &photo, &refused));
    fixture_ok(file_is_own_scan(rq, scan, &own));
    ck_assert(own);
    fixture_ok(file_is_own_scan(rq, photo, &own));
    ck_assert(!own);
    rq->session.account++;
    fixture_ok(file_is_own_scan(rq, scan, &own));
    ck_assert(!own);
    fixture_ok(file_attach(rq->db, ORG, pool_printf(rq->pool, "%lld,%lld", (long long)scan, (long long)photo)));
    fixture_fails(file_attach(rq->db, ORG, pool_printf(rq->pool, "%lld,999999", (long long)scan)), ERROR_CONFLICT);
    fixture_ok(file_attach(rq->db, ORG, ""));
}
END_TEST

Suite *file_suite(void)
{
    Suite *suite = suite_create("file");
    TCase *tcase = tcase_create("file");
    fixture_add(tcase);
    tcase_add_checked_fixture(tcase, begin, NULL);
    tcase_add_test(tcase, each_refusal_has_its_own_words);
    tcase_add_test(tcase, a_refused_file_leaves_nothing);
    tcase_add_test(tcase, a_taken_file_lies_whole_under_its_hash_and_waits_for_the_check);
    tcase_add_test(tcase, the_same_content_twice_is_stored_once);
    tcase_add_test(tcase, what_is_stored_belongs_to_whom_the_folder_of_files_belongs_to);
    tcase_add_test(tcase, a_pdf_is_clean_and_has_an_image_a_page);
    tcase_add_test(tcase, pictures_of_every_kind_taken_are_clean);
    tcase_add_test(tcase, a_password_and_broken_bytes_are_found_by_the_check);
    tcase_add_test(tcase, a_check_that_runs_twice_leaves_the_same);
    tcase_add_test(tcase, a_file_whose_check_was_given_up_is_bad_and_says_so);
    tcase_add_test(tcase, the_check_leaves_nothing_in_the_folder_of_files_but_contents);
    tcase_add_test(tcase, clamd_tells_a_file_with_a_virus_from_one_without);
    tcase_add_loop_test(tcase, a_file_that_clamd_has_not_looked_at_is_checked_until_it_has, 0, (int)(sizeof no_verdicts / sizeof no_verdicts[0]));
    tcase_add_test(tcase, the_original_is_an_attachment_sent_by_nginx);
    tcase_add_test(tcase, a_file_is_given_out_when_it_is_clean_and_to_whom_it_is_in_reach);
    tcase_add_test(tcase, the_image_of_a_page_is_shown_and_a_page_that_is_not_there_is_not_found);
    tcase_add_test(tcase, a_file_of_another_organisation_a_bad_one_and_somebody_elses_result_are_not_found);
    tcase_add_test(tcase, the_upload_page_answers_with_the_file_or_with_the_words_of_the_refusal);
    tcase_add_test(tcase, a_result_goes_after_a_week_and_its_content_with_the_last_row_of_it);
    tcase_add_test(tcase, an_upload_that_nothing_refers_to_goes_with_its_images);
    tcase_add_test(tcase, an_upload_stays_as_long_as_a_process_names_it);
    tcase_add_test(tcase, content_that_was_stored_just_now_stays_though_no_row_names_it_yet);
    tcase_add_test(tcase, a_file_to_be_attached_must_be_there_and_an_own_scan);
    suite_add_tcase(suite, tcase);
    return suite;
}
