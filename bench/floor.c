/* floor.c: the least that a page of mektep can cost: its own statements, its rows, a template of its size, by the same libraries.
 *
 * floor SOCKET DATABASE_SOCKET TEMPLATES PASSWORD_HASH_FILE
 *
 * Address: /PAGE/ORGANISATION/YEAR/ID. There is no session, permission, menu, language, check of input or error page. Runs as two
 * processes, as mektep does in the bench. The statements are copied from the program; tools/bench refuses one that the program does
 * not run.
 */
#include <ClearSilver.h>
#include <fcgiapp.h>
#include <mysql.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* The values of a statement, a letter each; what an INSERT makes is kept under a capital letter:
 * o organisation, y year, i id and c class of the address, j the id as JSON, w "%сад%" d "-" e "" n now t today u a new UUID, l 25,
 * h 10, z 0, a "%а%" p "present" r "address" f "F". */
struct statement {
    const char *sql, *values;
    char keep;
    MYSQL_STMT *handle;
};

enum { STATEMENTS_MAX = 40, COLUMNS_MAX = 32, VALUE_SIZE = 2048, REGISTERS = 128 };

struct page {
    const char *name;
    void (*answer)(struct page *page, FCGX_Request *request);
    struct statement statements[STATEMENTS_MAX];
};

static MYSQL *mysql;
static const char *templates, *password_hash;
static char registers[REGISTERS][64];

static void die(const char *what)
{
    fprintf(stderr, "floor: %s: %s\n", what, mysql != NULL ? mysql_error(mysql) : "");
    exit(1);
}

static void check(NEOERR *error)
{
    if (error == STATUS_OK)
        return;
    nerr_log_error(error);
    exit(1);
}

/* ---- statements ---- */

static void set_registers(const char *address)
{
    struct timespec at;
    unsigned char random[16];
    char hex[33];
    clock_gettime(CLOCK_REALTIME, &at);
    sscanf(address, "/%*[^/]/%60[0-9]/%60[0-9]/%60[0-9]/%60[0-9]", registers['o'], registers['y'], registers['i'], registers['c']);
    strftime(registers['n'], sizeof registers['n'], "%Y-%m-%d %H:%M:%S", gmtime(&at.tv_sec));
    snprintf(registers['t'], sizeof registers['t'], "%.10s", registers['n']);
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(hex, sizeof hex, random, sizeof random);
    snprintf(registers['u'], sizeof registers['u'], "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
    snprintf(registers['j'], sizeof registers['j'], "[%.60s]", registers['i']);
    strcpy(registers['w'], "%сад%");
    strcpy(registers['a'], "%а%");
    strcpy(registers['p'], "present");
    strcpy(registers['r'], "address");
    strcpy(registers['f'], "F");
    strcpy(registers['d'], "-");
    strcpy(registers['l'], "25");
    strcpy(registers['h'], "10");
    strcpy(registers['z'], "0");
}

static void execute(struct statement *statement)
{
    MYSQL_BIND binds[COLUMNS_MAX] = {0};
    if (statement->handle == NULL) {
        statement->handle = mysql_stmt_init(mysql);
        if (mysql_stmt_prepare(statement->handle, statement->sql, strlen(statement->sql)) != 0)
            die(statement->sql);
    }
    for (size_t i = 0; statement->values[i] != '\0'; i++) {
        char *value = registers[(int)statement->values[i]];
        binds[i] = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = value, .buffer_length = strlen(value)};
    }
    long long numbers[COLUMNS_MAX]; /* LIMIT takes numbers only */
    for (size_t i = 0; statement->values[i] != '\0'; i++)
        if (strchr("oyiglhzc", statement->values[i]) != NULL || (statement->values[i] >= 'A' && statement->values[i] <= 'Z')) {
            numbers[i] = atoll(registers[(int)statement->values[i]]);
            binds[i] = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &numbers[i]};
        }
    if (mysql_stmt_bind_param(statement->handle, binds) || mysql_stmt_execute(statement->handle) != 0)
        die(mysql_stmt_error(statement->handle));
    if (statement->keep != '\0')
        snprintf(registers[(int)statement->keep], sizeof registers[0], "%llu", (unsigned long long)mysql_stmt_insert_id(statement->handle));
}

/* Calls take for each row of the result; nothing for a statement without. */
static void fetch(struct statement *statement, void (*take)(void *data, char values[][VALUE_SIZE], unsigned count), void *data)
{
    static char values[COLUMNS_MAX][VALUE_SIZE];
    static unsigned long lengths[COLUMNS_MAX];
    static my_bool nulls[COLUMNS_MAX];
    MYSQL_BIND binds[COLUMNS_MAX] = {0};
    unsigned count = mysql_stmt_field_count(statement->handle);
    if (count == 0)
        return;
    for (unsigned i = 0; i < count; i++)
        binds[i] = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = values[i], .buffer_length = VALUE_SIZE - 1,
                                .length = &lengths[i], .is_null = &nulls[i]};
    mysql_stmt_bind_result(statement->handle, binds);
    while (mysql_stmt_fetch(statement->handle) == 0) {
        for (unsigned i = 0; i < count; i++)
            values[i][nulls[i] ? 0 : lengths[i]] = '\0';
        take(data, values, count);
    }
    mysql_stmt_free_result(statement->handle);
}

/* ---- pages ---- */

static void take_row(void *data, char values[][VALUE_SIZE], unsigned count)
{
    static const char *const names[COLUMNS_MAX] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"};
    HDF *result = data, *row;
    char number[16];
    int at = hdf_get_int_value(result, "", 0);
    snprintf(number, sizeof number, "%d", at);
    check(hdf_set_int_value(result, "", at + 1));
    check(hdf_get_node(result, number, &row));
    for (unsigned i = 0; i < count && names[i] != NULL; i++)
        check(hdf_set_value(row, names[i], values[i]));
}

static NEOERR *append(void *ctx, char *text)
{
    return nerr_pass(string_append(ctx, text));
}

/* A template is parsed once, as in mektep. */
static CSPARSE *template_of(const struct page *page)
{
    static struct {
        const struct page *page;
        CSPARSE *parse;
    } kept[16];
    size_t at = 0;
    HDF *config;
    char path[512];
    while (kept[at].page != NULL && kept[at].page != page)
        at++;
    if (kept[at].page == NULL) {
        check(hdf_init(&config));
        check(hdf_set_value(config, "Config.VarEscapeMode", "html"));
        check(cs_init(&kept[at].parse, config));
        snprintf(path, sizeof path, "%s/%s.cs", templates, page->name);
        check(cs_parse_file(kept[at].parse, path));
        kept[at].page = page;
    }
    return kept[at].parse;
}

static void run_all(struct page *page, HDF *hdf)
{
    char name[40];
    HDF *result;
    for (size_t i = 0; page->statements[i].sql != NULL; i++) {
        struct statement *statement = &page->statements[i];
        snprintf(name, sizeof name, "Results.%zu", i);
        check(hdf_get_node(hdf, name, &result));
        execute(statement);
        fetch(statement, take_row, result);
    }
}

static void answer_page(struct page *page, FCGX_Request *request)
{
    CSPARSE *parse = template_of(page);
    STRING body;
    HDF *hdf;
    check(hdf_init(&hdf));
    string_init(&body);
    run_all(page, hdf);
    parse->hdf = hdf;
    check(cs_render(parse, &body, append));
    FCGX_FPrintF(request->out, "Status: 200\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n", body.len);
    FCGX_PutStr(body.buf, body.len, request->out);
    string_clear(&body);
    hdf_destroy(&hdf);
}

/* A form is posted: all in one transaction, then a redirect. */
static void answer_post(struct page *page, FCGX_Request *request)
{
    char body[4096];
    HDF *hdf;
    while (FCGX_GetStr(body, sizeof body, request->in) > 0)
        ;
    check(hdf_init(&hdf));
    mysql_query(mysql, "START TRANSACTION");
    run_all(page, hdf);
    if (mysql_query(mysql, "COMMIT") != 0)
        die("COMMIT");
    FCGX_FPrintF(request->out, "Status: 303\r\nLocation: /%s/processes/%s\r\nContent-Length: 0\r\n\r\n", registers['o'], registers['P']);
    hdf_destroy(&hdf);
}

/* Only the password's hash: what a sign-in costs beyond it is mektep's. */
static void answer_password(struct page *page, FCGX_Request *request)
{
    (void)page;
    if (crypto_pwhash_str_verify(password_hash, "demo-secretary-60", 17) != 0)
        die("the password");
    FCGX_FPrintF(request->out, "Status: 303\r\nContent-Length: 0\r\n\r\n");
}

struct sheet {
    lxw_worksheet *sheet;
    lxw_format *text;
    lxw_row_t row;
};

static void take_sheet_row(void *data, char values[][VALUE_SIZE], unsigned count)
{
    struct sheet *sheet = data;
    sheet->row++;
    worksheet_write_number(sheet->sheet, sheet->row, 0, sheet->row, NULL);
    for (unsigned i = 1; i < count; i++)
        worksheet_write_string(sheet->sheet, sheet->row, (lxw_col_t)i, values[i], sheet->text);
}

static void answer_sheet(struct page *page, FCGX_Request *request)
{
    static char bytes[1024 * 1024];
    char path[64];
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    snprintf(path, sizeof path, "/tmp/floor-%d.xlsx", (int)getpid());
    lxw_workbook *book = workbook_new_opt(path, &options);
    struct sheet sheet = {.sheet = workbook_add_worksheet(book, NULL), .text = workbook_add_format(book)};
    struct statement *statement = &page->statements[0];
    format_set_text_wrap(sheet.text);
    execute(statement);
    fetch(statement, take_sheet_row, &sheet);
    workbook_close(book);
    FILE *file = fopen(path, "r");
    int size = file != NULL ? (int)fread(bytes, 1, sizeof bytes, file) : 0;
    FCGX_FPrintF(request->out, "Status: 200\r\nContent-Length: %d\r\n\r\n", size);
    FCGX_PutStr(bytes, size, request->out);
    if (file != NULL)
        fclose(file);
    unlink(path);
}

#include "floor_pages.h"

/* ---- the server ---- */

static void serve(int listening)
{
    FCGX_Request request;
    FCGX_InitRequest(&request, listening, 0);
    while (FCGX_Accept_r(&request) == 0) {
        const char *address = FCGX_GetParam("REQUEST_URI", request.envp);
        set_registers(address);
        for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
            if (strncmp(address + 1, pages[i].name, strcspn(address + 1, "/")) == 0 && pages[i].name[strcspn(address + 1, "/")] == '\0')
                pages[i].answer(&pages[i], &request);
        FCGX_Finish_r(&request);
    }
}

int main(int argc, char **argv)
{
    static char hash[256];
    FILE *file;
    if (argc == 2 && strcmp(argv[1], "--statements") == 0) {
        for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
            for (size_t j = 0; pages[i].statements[j].sql != NULL; j++)
                printf("%s\t%s\n", pages[i].name, pages[i].statements[j].sql);
        return 0;
    }
    if (argc != 5 || sodium_init() < 0 || FCGX_Init() != 0)
        return 2;
    templates = argv[3];
    file = fopen(argv[4], "r");
    if (file == NULL || fgets(hash, sizeof hash, file) == NULL)
        die(argv[4]);
    hash[strcspn(hash, "\n")] = '\0';
    password_hash = hash;
    int listening = FCGX_OpenSocket(argv[1], 128);
    fork(); /* the second worker */
    mysql = mysql_init(NULL);
    mysql_optionsv(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (mysql_real_connect(mysql, "localhost", NULL, NULL, "mektep", 0, argv[2], CLIENT_FOUND_ROWS) == NULL ||
        mysql_query(mysql, "SET NAMES utf8mb4 COLLATE utf8mb4_uca1400_as_ci, time_zone = '+00:00', tx_isolation = 'READ-COMMITTED'") != 0)
        die("connecting");
    serve(listening);
    return 0;
}
