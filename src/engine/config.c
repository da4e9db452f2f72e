/* config.c: the configuration file: one row a key. */
#include "engine/config.h"

#include "base/clock.h"
#include "base/crypto.h"

#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum config_kind {
    CONFIG_TEXT,
    CONFIG_NUMBER,
    CONFIG_PATH,     /* of something the program makes itself */
    CONFIG_FOLDER,   /* must be there and readable */
    CONFIG_ADDRESS,  /* path of a socket, or 127.0.0.1:PORT */
    CONFIG_BASE_URL,
    CONFIG_LEVEL,
    CONFIG_ZONE,
    CONFIG_KEY,      /* of crypto_key_read, or empty */
};

static const struct config_key {
    const char *section, *name;
    enum config_kind kind;
    size_t offset;
    const char *standard; /* NULL: the file must say it */
    long min, max;        /* of CONFIG_NUMBER */
} config_keys[] = {
    {"server", "listen", CONFIG_ADDRESS, offsetof(struct config, listen), "/run/mektep/mektep.socket"},
    {"server", "base_url", CONFIG_BASE_URL, offsetof(struct config, base_url), NULL},
    {"server", "web_workers", CONFIG_NUMBER, offsetof(struct config, web_workers), "4", 1, 64},
    {"server", "job_workers", CONFIG_NUMBER, offsetof(struct config, job_workers), "1", 0, 16},
    {"server", "pid_file", CONFIG_PATH, offsetof(struct config, pid_file), "/run/mektep/mektepd.pid"},
    {"server", "log_level", CONFIG_LEVEL, offsetof(struct config, log_level), "info"},
    {"server", "secret_key", CONFIG_KEY, offsetof(struct config, secret_key), ""},
    {"server", "clamd_socket", CONFIG_PATH, offsetof(struct config, clamd_socket), ""},
    {"database", "socket", CONFIG_PATH, offsetof(struct config, db_socket), "/run/mysqld/mysqld.sock"},
    {"database", "name", CONFIG_TEXT, offsetof(struct config, db_name), "mektep"},
    {"database", "user", CONFIG_TEXT, offsetof(struct config, db_user), "mektep"},
    {"database", "password", CONFIG_TEXT, offsetof(struct config, db_password), ""},
    {"database", "schema_user", CONFIG_TEXT, offsetof(struct config, db_schema_user), "mektep_schema"},
    {"database", "schema_password", CONFIG_TEXT, offsetof(struct config, db_schema_password), ""},
    {"paths", "files", CONFIG_FOLDER, offsetof(struct config, files_dir), LOCALSTATEDIR "/lib/mektep/files"},
    {"paths", "templates", CONFIG_FOLDER, offsetof(struct config, template_dir), PKGDATADIR "/templates"},
    {"paths", "static", CONFIG_FOLDER, offsetof(struct config, static_dir), PKGDATADIR "/static"},
    {"paths", "locale", CONFIG_FOLDER, offsetof(struct config, locale_dir), PKGDATADIR "/locale"},
    {"paths", "schemas", CONFIG_FOLDER, offsetof(struct config, schema_dir), PKGDATADIR "/schemas"},
    {"paths", "sql", CONFIG_FOLDER, offsetof(struct config, sql_dir), PKGDATADIR "/sql"},
    {"school", "time_zone", CONFIG_ZONE, offsetof(struct config, time_zone), "Asia/Almaty"},
    {"school", "upload_max_mb", CONFIG_NUMBER, offsetof(struct config, upload_max_mb), "20", 1, 200},
    {"school", "unused_file_days", CONFIG_NUMBER, offsetof(struct config, unused_file_days), "30", 15, 3650},
    {"school", "package_max_mb", CONFIG_NUMBER, offsetof(struct config, package_max_mb), "1024", 1, 4096},
    {"school", "draft_days", CONFIG_NUMBER, offsetof(struct config, draft_days), "400", 1, 3650},
};
enum { CONFIG_KEYS = sizeof config_keys / sizeof *config_keys };

struct config_file {
    struct pool *pool;
    const char *path;
    struct config *config;
    FILE *stream;
    int line;              /* read last */
    int lines[CONFIG_KEYS]; /* where each key was set, 0 = nowhere */
    int fault_line;
    const char *fault;     /* words for the first fault */
};

static const char *beside(struct config_file *file, const char *path)
{
    const char *slash = strrchr(file->path, '/');
    if (*path == '/' || slash == NULL)
        return pool_strdup(file->pool, path);
    return pool_printf(file->pool, "%.*s/%s", (int)(slash - file->path), file->path, path);
}

static const char *set_number(struct config_file *file, const struct config_key *key, const char *text)
{
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || number < key->min || number > key->max)
        return pool_printf(file->pool, "%s is a whole number from %ld to %ld, not \"%s\"", key->name, key->min, key->max, text);
    *(int *)((char *)file->config + key->offset) = (int)number;
    return NULL;
}

static const char *check_folder(struct config_file *file, const struct config_key *key, const char *path)
{
    if (access(path, R_OK | X_OK) == 0)
        return NULL;
    return pool_printf(file->pool, "%s: the folder %s cannot be read: %s", key->name, path, strerror(errno));
}

/* Cookies and passwords never travel unprotected but within one machine. */
static const char *check_base_url(struct config_file *file, const char *url)
{
    static const char secure[] = "https://", local[] = "http://127.0.0.1";
    size_t length = strlen(url);
    const char *rest = url + strlen(local);
    if (strncmp(url, secure, strlen(secure)) == 0 && length > strlen(secure) && url[length - 1] != '/')
        return NULL;
    if (strncmp(url, local, strlen(local)) == 0 && (*rest == '\0' || *rest == ':') && url[length - 1] != '/')
        return NULL;
    return pool_printf(file->pool, "base_url is https://NAME without a slash at the end, or http://127.0.0.1:PORT, not \"%s\"", url);
}

static const char *check_port(struct config_file *file, const char *address)
{
    char *end;
    long port = strtol(strchr(address, ':') + 1, &end, 10);
    if (*end == '\0' && port > 0 && port <= 65535)
        return NULL;
    return pool_printf(file->pool, "listen is the path of a socket or 127.0.0.1:PORT, not \"%s\"", address);
}

static const char *check_level(struct config_file *file, const char *level)
{
    static const char *const levels[] = {"debug", "info", "warning", "error"};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(level, levels[i]) == 0)
            return NULL;
    return pool_printf(file->pool, "log_level is debug, info, warning or error, not \"%s\"", level);
}

static const char *check_zone(struct config_file *file, const char *zone)
{
    struct date today;
    NEOERR *error = clock_today(zone, &today);
    if (error == STATUS_OK)
        return NULL;
    error_release(error);
    return pool_printf(file->pool, "time_zone: the system knows no zone \"%s\"", zone);
}

/* The words do not repeat what may be a secret with a slip of the pen. */
static const char *check_key(struct config_file *file, const struct config_key *key, const char *text)
{
    unsigned char bytes[CRYPTO_KEY_BYTES];
    if (*text == '\0' || crypto_key_read(text, bytes))
        return NULL;
    return pool_printf(file->pool, "%s is 64 hex digits, as printed by: openssl rand -hex 32", key->name);
}

/* Puts a value into its member; words when it is no good. */
static const char *set_key(struct config_file *file, const struct config_key *key, const char *text)
{
    const char **member = (const char **)((char *)file->config + key->offset);
    bool is_tcp = key->kind == CONFIG_ADDRESS && strncmp(text, "127.0.0.1:", 10) == 0;
    bool is_path = key->kind == CONFIG_PATH || key->kind == CONFIG_FOLDER || (key->kind == CONFIG_ADDRESS && !is_tcp);
    if (key->kind == CONFIG_NUMBER)
        return set_number(file, key, text);
    if (*text == '\0' && key->standard != NULL && *key->standard != '\0')
        return pool_printf(file->pool, "%s is empty", key->name);
    *member = is_path && *text != '\0' ? beside(file, text) : pool_strdup(file->pool, text);
    switch (key->kind) {
    case CONFIG_FOLDER: return check_folder(file, key, *member);
    case CONFIG_ADDRESS: return is_tcp ? check_port(file, text) : NULL;
    case CONFIG_BASE_URL: return check_base_url(file, text);
    case CONFIG_LEVEL: return check_level(file, text);
    case CONFIG_ZONE: return check_zone(file, text);
    case CONFIG_KEY: return check_key(file, key, text);
    default: return NULL;
    }
}

static const char *take(struct config_file *file, const char *section, const char *name, const char *text)
{
    for (size_t i = 0; i < CONFIG_KEYS; i++) {
        const struct config_key *key = &config_keys[i];
        if (strcmp(key->section, section) != 0 || strcmp(key->name, name) != 0)
            continue;
        if (file->lines[i] != 0)
            return pool_printf(file->pool, "%s stands in line %d already", name, file->lines[i]);
        file->lines[i] = file->line;
        return set_key(file, key, text);
    }
    return pool_printf(file->pool, "there is no key %s in [%s]", name, section);
}

/* As libinih wants it: zero marks the line as faulty. */
static int on_key(void *data, const char *section, const char *name, const char *value)
{
    struct config_file *file = data;
    const char *fault = take(file, section, name, value);
    if (fault == NULL)
        return 1;
    if (file->fault == NULL) {
        file->fault = fault;
        file->fault_line = file->line;
    }
    return 0;
}

/* libinih tells no line numbers, so the reader counts them. */
static char *read_line(char *buffer, int size, void *data)
{
    struct config_file *file = data;
    file->line++;
    return fgets(buffer, size, file->stream);
}

static NEOERR *set_standards(struct config_file *file)
{
    for (size_t i = 0; i < CONFIG_KEYS; i++) {
        const struct config_key *key = &config_keys[i];
        if (file->lines[i] != 0)
            continue;
        if (key->standard == NULL)
            return nerr_raise(ERROR_INPUT, "%s: %s is missing in [%s]", file->path, key->name, key->section);
        const char *fault = set_key(file, key, key->standard);
        if (fault != NULL)
            return nerr_raise(ERROR_INPUT, "%s: the file does not set it, and the usual value fails: %s", file->path, fault);
    }
    return STATUS_OK;
}

NEOERR *config_load(struct pool *pool, const char *path, struct config *config)
{
    struct config_file file = {.pool = pool, .path = path, .config = config};
    *config = (struct config){0};
    file.stream = fopen(path, "re");
    if (file.stream == NULL)
        return nerr_raise(ERROR_INPUT, "%s: the configuration cannot be read: %s", path, strerror(errno));
    ini_allow_multiline = false;
    ini_allow_inline_comments = false; /* a password may hold " ;" */
    int line = ini_parse_stream(read_line, &file, on_key, &file);
    fclose(file.stream);
    if (line > 0 && line != file.fault_line)
        return nerr_raise(ERROR_INPUT, "%s:%d: this is neither [section] nor key = value", path, line);
    if (line != 0)
        return nerr_raise(ERROR_INPUT, "%s:%d: %s", path, line, file.fault);
    return nerr_pass(set_standards(&file));
}

bool config_is_tls(const struct config *config)
{
    return strncmp(config->base_url, "https://", 8) == 0;
}
