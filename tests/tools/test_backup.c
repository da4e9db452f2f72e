/* test_backup.c: what is backed up comes back whole on another machine, or not at all. */
#include "tools_suites.h"
#include "fixture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* The first installation is "here"; the other machine has a database and a folder of its own. */
#define OTHER_DATABASE "mektep_test_other"
static char folder[64];

static const char *in_folder(const char *name)
{
    return pool_printf(fixture_pool(), "%s/%s", folder, name);
}

static int shell(const char *command)
{
    int status = system(command);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

#define SHELL(...) shell(pool_printf(fixture_pool(), __VA_ARGS__))

static void write_config(const char *name, const char *database, const char *files)
{
    const struct config *config = fixture_config();
    FILE *file = fopen(in_folder(name), "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "[server]\nlisten = socket\nbase_url = http://127.0.0.1:8080\n[database]\nsocket = %s\nname = %s\nuser = %s\npassword = %s\n",
            config->db_socket, database, config->db_user, config->db_password);
    fprintf(file, "schema_user = %s\nschema_password = %s\n", config->db_schema_user, config->db_schema_password);
    fprintf(file, "[paths]\nfiles = %s\ntemplates = %s\nstatic = %s\nlocale = %s\nschemas = %s\nsql = %s\n", files, config->template_dir,
            config->static_dir, config->locale_dir, config->schema_dir, config->sql_dir);
    fclose(file);
}

/* Runs mektepctl of one of the two; what it said is in the file "said". */
static int ctl(const char *where, const char *words)
{
    return SHELL("%s/mektepctl -c %s/%s --today 2026-11-24 %s > %s/said 2>&1", BUILD_DIR, folder, where, words, folder);
}

static void assert_ctl(const char *where, const char *words)
{
    if (ctl(where, words) == 0)
        return;
    SHELL("cat %s/said", folder);
    ck_abort_msg("%s failed", words);
}

static void assert_refused(const char *words, const char *because)
{
    ck_assert_int_eq(ctl("other", words), 1);
    if (SHELL("grep -q '%s' %s/said", because, folder) != 0) {
        SHELL("cat %s/said", folder);
        ck_abort_msg("%s: it does not say: %s", words, because);
    }
}

static void drop_other(void)
{
    fixture_ok(db_exec(fixture_schema_db(), "DROP DATABASE IF EXISTS " OTHER_DATABASE, DB_NO_VALUES, NULL, NULL));
}

static void empty_other(void)
{
    drop_other();
    fixture_ok(db_exec(fixture_schema_db(), "CREATE DATABASE " OTHER_DATABASE " CHARACTER SET utf8mb4", DB_NO_VALUES, NULL, NULL));
    ck_assert_int_eq(SHELL("rm -rf %s/store && mkdir %s/store", folder, folder), 0);
}

static void make_folder(void)
{
    strcpy(folder, "/tmp/mektep-backup-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(SHELL("mkdir %s/store", folder), 0);
    write_config("here", fixture_config()->db_name, fixture_config()->files_dir);
    write_config("other", OTHER_DATABASE, in_folder("store"));
}

static void remove_folder(void)
{
    ck_assert_int_eq(SHELL("rm -r %s", folder), 0);
}

/* One full installation and one backup for all tests; each puts right what it breaks. */
static void begin_once(void)
{
    fixture_reset();
    make_folder();
    assert_ctl("here", "demo");
    assert_ctl("here", pool_printf(fixture_pool(), "backup %s", in_folder("kept")));
    fixture_end();
}

static void end_once(void)
{
    remove_folder();
    fixture_end();
}

static void copy_backup(void)
{
    ck_assert_int_eq(SHELL("rm -rf %s/copy && cp -r %s/kept %s/copy", folder, folder, folder), 0);
}

static void begin(void)
{
    empty_other();
    copy_backup();
}

static void end(void)
{
    drop_other();
    fixture_end();
}

static const char *restore_of(const char *name)
{
    return pool_printf(fixture_pool(), "restore %s", in_folder(name));
}

static const char *export_to(const char *name)
{
    return pool_printf(fixture_pool(), "export --out %s", in_folder(name));
}

START_TEST(both_want_a_folder)
{
    ck_assert_int_eq(ctl("here", "backup"), 1);
    ck_assert_int_eq(ctl("here", "restore"), 1);
    ck_assert_int_eq(ctl("here", "backup one two"), 2);
}
END_TEST

START_TEST(a_restored_installation_exports_the_same_bytes)
{
    assert_ctl("here", export_to("here.xml"));
    assert_ctl("other", restore_of("copy"));
    assert_ctl("other", export_to("other.xml"));
    ck_assert_int_eq(SHELL("cmp %s/here.xml %s/other.xml", folder, folder), 0);
    ck_assert_int_eq(SHELL("diff -r %s %s/store", fixture_config()->files_dir, folder), 0);
    assert_ctl("other", "check");
    assert_ctl("other", "migrate");
    assert_ctl("other", "admin --surname Ахметов --given Ерлан"); /* the sequence of logins goes on where it was */
}
END_TEST

START_TEST(the_manifest_is_what_sha256sum_checks)
{
    ck_assert_int_eq(SHELL("cd %s/copy && sha256sum --quiet -c manifest", folder), 0);
}
END_TEST

START_TEST(no_backup_or_a_half_one_is_refused_and_nothing_is_changed)
{
    static const char *const harms[][2] = {
        {"rm manifest", "broke off"},
        {"sed -i '$d' manifest", "only a part"},
        {"sed -i '/files/{p;d}; /database/d' manifest", "only a part"},
        {"echo '-- more' | tee -a database-*.sql", "was damaged"},
        {"rm database-*.sql", "No such file"},
        {"f=$(find files -type f | head -n 1) && echo more >> $f", "was damaged"},
        {"f=$(find files -type f | head -n 1) && rm $f", "No such file"},
        {"sed -i '1s/schema .*/schema 9999/' manifest", "install the newer one"},
    };
    for (size_t i = 0; i < sizeof harms / sizeof harms[0]; i++) {
        copy_backup();
        ck_assert_int_eq(SHELL("cd %s/copy && %s", folder, harms[i][0]), 0);
        assert_refused(restore_of("copy"), harms[i][1]);
    }
    ck_assert_int_eq(SHELL("rmdir %s/store", folder), 0);
    int64_t tables = -1;
    fixture_ok(db_number(fixture_schema_db(), "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '" OTHER_DATABASE "'",
                         DB_NO_VALUES, &tables, NULL));
    ck_assert_int_eq(tables, 0);
}
END_TEST

START_TEST(an_installation_that_holds_something_is_never_restored_over)
{
    ck_assert_int_eq(SHELL("mkdir %s/store/ab", folder), 0);
    assert_refused(restore_of("copy"), "the folder .* is not empty");
    empty_other();
    assert_ctl("other", "migrate");
    assert_refused(restore_of("copy"), "the database .* is not empty");
}
END_TEST

START_TEST(a_second_backup_into_the_same_folder_copies_what_is_new_and_drops_what_is_gone)
{
    const char *files = fixture_config()->files_dir, *again = pool_printf(fixture_pool(), "backup %s", in_folder("copy"));
    ck_assert_int_eq(SHELL("cd %s && f=$(find . -type f | head -n 1) && mv $f %s/away && echo $f > %s/name", files, folder, folder), 0);
    assert_ctl("here", again);
    ck_assert_int_eq(SHELL("grep -q 'of which 0 are new' %s/said && ls %s/copy/database-*.sql | wc -l | grep -qx 1", folder, folder), 0);
    ck_assert_int_eq(SHELL("diff -r %s %s/copy/files", files, folder), 0);
    ck_assert_int_eq(SHELL("mv %s/away %s/$(cat %s/name)", folder, files, folder), 0);
    assert_ctl("here", again);
    ck_assert_int_eq(SHELL("grep -q 'of which 1 are new' %s/said", folder), 0);
    assert_ctl("other", restore_of("copy"));
    ck_assert_int_eq(SHELL("diff -r %s %s/store", files, folder), 0);
}
END_TEST

Suite *backup_suite(void)
{
    Suite *suite = suite_create("backup");
    TCase *empty = tcase_create("nothing"), *full = tcase_create("backup");
    fixture_add(empty);
    tcase_add_checked_fixture(empty, make_folder, remove_folder);
    tcase_add_test(empty, both_want_a_folder);
    suite_add_tcase(suite, empty);
    tcase_add_unchecked_fixture(full, begin_once, end_once);
    tcase_add_checked_fixture(full, begin, end);
    tcase_add_test(full, a_restored_installation_exports_the_same_bytes);
    tcase_add_test(full, the_manifest_is_what_sha256sum_checks);
    tcase_add_test(full, no_backup_or_a_half_one_is_refused_and_nothing_is_changed);
    tcase_add_test(full, an_installation_that_holds_something_is_never_restored_over);
    tcase_add_test(full, a_second_backup_into_the_same_folder_copies_what_is_new_and_drops_what_is_gone);
    tcase_set_timeout(full, 120);
    suite_add_tcase(suite, full);
    return suite;
}
