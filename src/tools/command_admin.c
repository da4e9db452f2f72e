/* command_admin.c: mektepctl admin, password and factor-off: the first account of an installation, and the ways back into a lost one. */
#include "tools/tools.h"

#include "base/name.h"
#include "base/text.h"
#include "engine/audit.h"
#include "engine/auth.h"
#include "school/people/person.h"

#include <string.h>

struct administrator {
    struct tool *tool;
    const char *surname, *given, *patronymic;
    const char *password; /* NULL: a one-time code is made */
    int64_t account;
    char login[13], code[11];
};

static const char GRANT[] = "INSERT INTO role_grant (person_id, role, valid_from, granted_at) VALUES (?, 'administrator', ?, ?)";

static NEOERR *give_access(struct db *db, struct administrator *who)
{
    if (who->password == NULL)
        return nerr_pass(auth_slip_new(db, who->account, who->code));
    const char *fault = auth_password_fault(who->password, who->login, name_full(who->tool->pool, who->surname, who->given, who->patronymic));
    if (fault != NULL)
        return nerr_raise(ERROR_INPUT, "%s", fault);
    return nerr_pass(auth_password_set(db, who->account, who->password));
}

static NEOERR *add_administrator(struct db *db, void *data)
{
    struct administrator *who = data;
    struct person person = {.surname = who->surname, .given = who->given, .patronymic = who->patronymic};
    struct date today;
    TRY(clock_today(who->tool->config->time_zone, &today));
    TRY(person_add(db, who->tool->pool, &person));
    TRY(auth_account_new(db, person.id, &who->account, who->login));
    TRY(db_exec(db, GRANT, DB_VALUES(DB_INT(person.id), DB_DATE(today), DB_TIME(clock_now())), NULL, NULL));
    TRY(audit_add(db, NULL, "account", who->account, "create", "mektepctl admin", NULL));
    return nerr_pass(give_access(db, who));
}

static NEOERR *run(struct tool *tool, db_change_fn *change, void *data)
{
    struct db *db = db_new(tool->config, DB_PROGRAM);
    NEOERR *error = db_run(db, change, data);
    db_free(db);
    return nerr_pass(error);
}

static bool is_name(const char *text)
{
    return text_is_utf8(text, strlen(text)) && name_check(text) == NAME_OK;
}

NEOERR *command_admin(struct tool *tool)
{
    struct administrator who = {.tool = tool, .patronymic = ""};
    const char *from_stdin = NULL;
    const struct tool_option options[] = {
        {"surname", &who.surname},
        {"given", &who.given},
        {"patronymic", &who.patronymic},
        {"password-from-stdin", &from_stdin, .is_switch = true},
        {0},
    };
    TRY(tool_read(tool, options, NULL));
    if (who.surname == NULL || who.given == NULL)
        return nerr_pass(tool_usage(tool));
    if (!is_name(who.surname) || !is_name(who.given) || (who.patronymic[0] != '\0' && !is_name(who.patronymic)))
        return nerr_raise(ERROR_INPUT, "the name has a character that no name has, or letters of two scripts");
    if (from_stdin != NULL)
        TRY(tool_read_line(tool, &who.password));
    TRY(run(tool, add_administrator, &who));
    printf("login\t%s\n", who.login);
    if (who.password == NULL)
        printf("code\t%s\n", who.code);
    return STATUS_OK;
}

/* ---- password ---- */

static const char ACCOUNT[] = "SELECT account.id FROM account JOIN person ON person.id = account.person_id WHERE person.login = ?";

struct reset {
    const char *login, *password;
};

static NEOERR *find_account(struct db *db, const char *login, int64_t *account)
{
    *account = 0;
    TRY(db_number(db, ACCOUNT, DB_VALUES(DB_TEXT(login)), account, NULL));
    if (*account == 0)
        return nerr_raise(ERROR_NOT_FOUND, "there is no account with the login %s", login);
    return STATUS_OK;
}

static NEOERR *set_password(struct db *db, void *data)
{
    struct reset *reset = data;
    int64_t account;
    TRY(find_account(db, reset->login, &account));
    TRY(auth_password_set(db, account, reset->password));
    return nerr_pass(audit_add(db, NULL, "account", account, "password", "mektepctl password", NULL));
}

NEOERR *command_password(struct tool *tool)
{
    struct reset reset = {0};
    TRY(tool_read(tool, (const struct tool_option[]){{0}}, &reset.login));
    if (reset.login == NULL)
        return nerr_pass(tool_usage(tool));
    TRY(tool_read_line(tool, &reset.password));
    const char *fault = auth_password_fault(reset.password, reset.login, "");
    if (fault != NULL)
        return nerr_raise(ERROR_INPUT, "%s", fault);
    return nerr_pass(run(tool, set_password, &reset));
}

/* ---- factor-off ---- */

static NEOERR *take_factor_off(struct db *db, void *data)
{
    int64_t account;
    bool was_on;
    TRY(find_account(db, data, &account));
    TRY(auth_factor_end(db, account, &was_on));
    if (!was_on)
        return nerr_raise(ERROR_INPUT, "the account has no second factor");
    return nerr_pass(audit_add(db, NULL, "account", account, "factor-off", "mektepctl factor-off", NULL));
}

NEOERR *command_factor_off(struct tool *tool)
{
    const char *login = NULL;
    TRY(tool_read(tool, (const struct tool_option[]){{0}}, &login));
    if (login == NULL)
        return nerr_pass(tool_usage(tool));
    return nerr_pass(run(tool, take_factor_off, (void *)(uintptr_t)login));
}
