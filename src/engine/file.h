/* file.h: uploaded and made files: content by hash outside the web root, rows that say whose they are and whether they are clean. */
#ifndef MEKTEP_FILE_H
#define MEKTEP_FILE_H

#include "engine/request.h"

enum { FILE_PAGES_MAX = 20 }; /* of a file, shown as images */

enum file_state { FILE_CHECKING, FILE_CLEAN, FILE_BAD };

enum file_use { FILE_SCAN, FILE_PHOTO, FILE_PACKAGE, FILE_RESULT };

struct file {
    int64_t id;
    enum file_state state;
    const char *name, *mime, *sha256;
    int64_t size;
    int pages;             /* images made of it: 0 until the job ran */
    const char *fault;     /* msgid when FILE_BAD: password-protected, broken … */
};

/* Checks an upload by content (libmagic) for its use, moves it to the store, adds the file row and the job that checks further.
 * A refusal is words in *refused (translated: empty, too big, wrong kind with what it is, …), not an error. */
NEOERR *file_take(struct request *rq, struct upload *upload, enum file_use use, int64_t *id, const char **refused);

/* Stores a finished document or package from fd; no check. */
NEOERR *file_store(struct db *db, const struct config *config, int64_t org, int64_t account, enum file_use use,
                   const char *name, const char *mime, int fd, int64_t *id);

/* Is the content of fd what it is said to be, and taken for this use? For files that come otherwise than by an upload. */
NEOERR *file_is_genuine(int fd, enum file_use use, const char *mime, bool *genuine);

/* Which files a form takes by their ids: those that stand in the record or draft already, and scans that the same person has uploaded.
 * Files of another purpose, and other people's, stay where they are, whoever types their number. *own tells of the second kind. */
NEOERR *file_is_own_scan(struct request *rq, int64_t id, bool *own);

/* In the transaction that makes a row refer to files (ids joined by ","): from here to its end they cannot be cleaned away.
 * ERROR_CONFLICT when one is gone. What refers to files says so in .file_uses of its area. */
NEOERR *file_attach(struct db *db, int64_t org, const char *ids);

/* The same content for another organisation, in the transaction that makes a row there refer to it; *copy 0 when the file is gone. */
NEOERR *file_copy(struct db *db, int64_t org, int64_t id, int64_t to_org, int64_t *copy);

NEOERR *file_load(struct db *db, struct pool *pool, int64_t org, int64_t id, struct file *file);
/* Opens the content for reading; the caller closes. */
NEOERR *file_open(struct db *db, const struct config *config, int64_t org, int64_t id, int *fd);
const char *file_store_path(struct pool *pool, const struct config *config, const char *sha256);

/* The .detail of the route "file": does the person reach a scan otherwise than by an upload of one's own or a right in the whole
 * organisation? NULL = nobody does. */
struct file_reach {
    NEOERR *(*find)(struct request *rq, int64_t file, bool *reached);
    /* A scan that the right in the whole organisation does not reach either: it says something of somebody's health. NULL = none. */
    NEOERR *(*hides)(struct request *rq, int64_t file, bool *hidden);
};

/* ERROR_DENIED when the file is not in the person's reach; ERROR_NOT_FOUND when it is of another organisation, or what a job made for
 * somebody else. */
NEOERR *file_check_reach(struct request *rq, int64_t id);

/* Pages and their routes:
 *   POST "file-upload" …/files              by script; 200: the fragment file_fragment.cs; 422: the words of the refusal as plain text
 *   GET  "file" …/files/{file}              the original, always an attachment
 *   GET  "file-image" …/files/{file}/{page} the image of a page, from 1
 *   GET  "file-state" …/files/{file}/state  the fragment again, while the file is checked */
NEOERR *file_upload_page(struct request *rq, struct response *rs);
NEOERR *file_page(struct request *rq, struct response *rs);
NEOERR *file_image_page(struct request *rq, struct response *rs);
NEOERR *file_fragment_page(struct request *rq, struct response *rs);

/* Until when nobody asks whether an upload of now is used. */
int64_t file_keep_until(const struct config *config);

/* Deletes files whose time is over: results, and uploads that nothing refers to; their content when no other row has it. */
NEOERR *file_clean(struct db *db, const struct config *config);

struct job;
NEOERR *file_check_job(struct job *job);
NEOERR *file_check_give_up(struct db *db, const struct job *job); /* the file is a bad one then: it keeps no order waiting */

#endif
