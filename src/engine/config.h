/* config.h: the configuration file of an installation (INI). libinih's door. mektep.conf.in comments each key. */
#ifndef MEKTEP_CONFIG_H
#define MEKTEP_CONFIG_H

#include "base/error.h"
#include "base/pool.h"

/* One row of config_keys (config.c) fills one member; a relative path is relative to the file's folder. */
struct config {
    /* [server] */
    const char *listen;      /* path of a Unix socket, or 127.0.0.1:PORT; unused under systemd's socket */
    const char *base_url;    /* https://mektep.example.kz, for links in papers and letters; http only on 127.0.0.1 */
    int web_workers, job_workers;
    const char *pid_file;
    const char *log_level;
    const char *secret_key;  /* 64 hex digits: seals secrets in the database; "" = nobody can have a second factor */
    const char *clamd_socket; /* "" = uploads are not looked through for viruses */
    /* [database] */
    const char *db_socket, *db_name;
    const char *db_user, *db_password;             /* the program's account: no DDL */
    const char *db_schema_user, *db_schema_password; /* for mektepctl migrate */
    /* [paths] */
    const char *files_dir;   /* uploads and finished documents, by content hash */
    const char *template_dir, *static_dir, *locale_dir, *schema_dir, *sql_dir;
    /* [school] */
    const char *time_zone;   /* Asia/Almaty */
    int upload_max_mb;       /* 20: a scan */
    int unused_file_days;    /* 30: an upload that nothing refers to goes after so long */
    int package_max_mb;      /* 1024: a package of the exchange */
    int draft_days;          /* 400: drafts that nobody has touched so long end */
};

/* Reads the file; unknown keys, wrong values and unreadable paths are errors with file and line. The pool owns all strings. */
NEOERR *config_load(struct pool *pool, const char *path, struct config *config);

/* True when people's cookies travel over TLS (base_url is https). */
bool config_is_tls(const struct config *config);

#endif
