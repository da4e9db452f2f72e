/* engine_area.c: see engine_area.h. */
#include "engine_area.h"

#include "fixture.h"
#include "engine/file.h"

#include <string.h>

int engine_area_runs;
char engine_area_given_up[200];

/* ---- the job: input "do=WORD" ---- */

static NEOERR *say_and_end(struct job *job)
{
    bool cancelled;
    TRY(job_progress(job, 3, 4, &cancelled));
    TRY(job_say(job, _("Saved")));
    TRY(job_say(job, "second line"));
    return nerr_pass(job_result_data(job, "rows=4"));
}

static NEOERR *fail_at_once(struct job *job)
{
    (void)job;
    return nerr_raise(ERROR_INTERNAL, "made to fail");
}

static NEOERR *wait_for_cancel(struct job *job)
{
    bool cancelled = false;
    for (int64_t done = 0; !cancelled; done++) {
        job->beat_at = 0;
        TRY(job_progress(job, done, 0, &cancelled));
    }
    return STATUS_OK;
}

static NEOERR *progress_in_transaction(struct db *db, void *data)
{
    bool cancelled;
    (void)db;
    return nerr_pass(job_progress(data, 7, 10, &cancelled));
}

static const char DONE[] = "SELECT done FROM job WHERE org_id = ? AND id = ?";

static NEOERR *be_seen_from_outside(struct job *job)
{
    int64_t done = 0;
    TRY(db_run(job->db, progress_in_transaction, job));
    TRY(db_number(fixture_schema_db(), DONE, DB_VALUES(DB_INT(job->org), DB_INT(job->id)), &done, NULL));
    return done == 7 ? STATUS_OK : nerr_raise(ERROR_INTERNAL, "progress is not seen");
}

static NEOERR *lose_the_database(struct job *job)
{
    (void)job;
    return nerr_raise(ERROR_UNAVAILABLE, "made to lose the database");
}

static NEOERR *fill_the_disk(struct job *job)
{
    (void)job;
    return nerr_raise(ERROR_FULL, "made to find no room");
}

/* The clock goes forward by an hour: the lease is over and another process runs the job, which now says its lines. */
static NEOERR *lose_the_lease(struct job *job)
{
    bool ran, cancelled;
    static const char SAY[] = "UPDATE job SET input = 'do=say' WHERE org_id = ? AND id = ?";
    TRY(db_exec(job->db, SAY, DB_VALUES(DB_INT(job->org), DB_INT(job->id)), NULL, NULL));
    clock_shift((int64_t)3600 * 1000);
    TRY(job_run_one(job->worker, &ran));
    TRY(job_say(job, "said by the first"));
    return nerr_pass(job_progress(job, 1, 4, &cancelled));
}

static const struct {
    const char *word;
    NEOERR *(*run)(struct job *job);
} deeds[] = {
    {"say", say_and_end}, {"fail", fail_at_once}, {"wait", wait_for_cancel}, {"progress", be_seen_from_outside}, {"lose", lose_the_database},
    {"lease", lose_the_lease}, {"full", fill_the_disk},
};

static NEOERR *run_test_job(struct job *job)
{
    engine_area_runs++;
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
        if (strcmp(deeds[i].word, job_input(job, "do")) == 0)
            return nerr_pass(deeds[i].run(job));
    return STATUS_OK;
}

static NEOERR *note_given_up(struct db *db, const struct job *job)
{
    (void)db;
    strncat(engine_area_given_up, pool_printf(job->pool, "%s;", job->input), sizeof engine_area_given_up - strlen(engine_area_given_up) - 1);
    return STATUS_OK;
}

static const struct job_kind jobs[] = {
    {"test", N_("Settings"), run_test_job, note_given_up, .next = "profile"},
    {"file-check", N_("Settings"), file_check_job, file_check_give_up},
    {0},
};

/* ---- the rest ---- */

static const struct permission see = {.id = "see", .label = "See", .grants = {{"head", SCOPE_ORGANISATION}}};
static const struct permission *const permissions[] = {&see, NULL};
static const struct role roles[] = {{.id = "head", .label = "Head", .level = LEVEL_ORGANISATION}, {0}};

static const struct route routes[] = {
    {.id = "file", .path = "/ORG/YEAR/files/{file}", .page = file_page, .permission = &see, .detail = &engine_area_reach},
    {.id = "file-image", .path = "/ORG/YEAR/files/{file}/{page}", .page = file_image_page, .permission = &see},
    {.id = "file-state", .path = "/ORG/YEAR/files/{file}/state", .page = file_fragment_page, .permission = &see},
    {.id = "file-upload", .method = HTTP_POST, .path = "/ORG/YEAR/files", .page = file_upload_page, .permission = &see, .flags = ROUTE_UPLOADS},
    {.id = "job", .path = "/ORG/YEAR/jobs/{job}", .page = job_page, .flags = ROUTE_ANYBODY},
    {.id = "job-cancel", .method = HTTP_POST, .path = "/ORG/YEAR/jobs/{job}/cancel", .page = job_cancel_page, .flags = ROUTE_ANYBODY},
    {.id = "profile", .path = "/ORG/YEAR/profile/{job}", .page = job_page, .flags = ROUTE_ANYBODY},
    {.id = "settings", .path = "/ORG/YEAR/settings", .page = setting_page, .permission = &see},
    {0},
};

static const struct setting settings[] = {
    {"order.second_person", SETTING_ORGANISATION, "", {"order_second_person", "A second person", FIELD_TICK}},
    {"order.word", SETTING_ORGANISATION, "usual", {"order_word", "A word", FIELD_TEXT, REQUIRED}},
    {"mail.sender", SETTING_INSTALLATION, "nobody", {"mail_sender", "Sender", FIELD_TEXT}},
    {0},
};

static const struct field pupil_fields[] = {
    {"surname", "Surname", FIELD_NAME},
    {"born_on", "Born on", FIELD_DATE},
    {"iin", "IIN", FIELD_IIN, PROTECTED},
    {0},
};
static const struct form pupil_form = {.id = "pupil", .title = "Pupil", .table = "pupil", .subject_kind = "pupil", .fields = pupil_fields, .edit = &see};
static const struct form *const forms[] = {&pupil_form, NULL};

static const struct area area = {
    .id = "engine-test", .routes = routes, .roles = roles, .permissions = permissions, .jobs = jobs, .settings = settings, .forms = forms,
};
static const struct area *const only_area[] = {&area, NULL};

void engine_area_use(void)
{
    engine_area_runs = 0;
    fixture_ok(registers_init(only_area));
}
