/* demo_scan.c: the paper of a made-up order, and the image that pages show of it, as a scan would be. */
#include "tools/demo.h"

#include "engine/document.h"
#include "engine/file_store.h"

#include <sys/mman.h>
#include <unistd.h>

/* What the paper says. */
struct paper {
    int64_t order;
    int number;
    struct date dated;
    const char *summary;
};

static NEOERR *write_paper(struct demo *demo, const struct paper *paper, const char *format, int fd)
{
    struct doc *doc;
    struct doc_head head = {.title = pool_printf(demo->pool, "ПРИКАЗ № %d-у", paper->number), .language = "ru",
                            .subtitle = pool_printf(demo->pool, "%02d.%02d.%04d", paper->dated.day, paper->dated.month, paper->dated.year)};
    TRY(doc_open(doc_format_find(format), &head, fd, &doc));
    NEOERR *error = doc_text(doc, DOC_NORMAL, paper->summary);
    if (error == STATUS_OK)
        error = doc_text(doc, DOC_NORMAL, "ПРИКАЗЫВАЮ: зачислить согласно списку с 1 сентября.");
    if (error == STATUS_OK)
        error = doc_sign(doc, "Директор", "");
    if (error == STATUS_OK)
        return nerr_pass(doc_close(doc));
    doc_abandon(doc);
    return nerr_pass(error);
}

/* Calls keep with a memory file that holds the paper in a format. */
static NEOERR *with_paper(struct demo *demo, const struct demo_org *org, const struct paper *paper, const char *format,
                          NEOERR *(*keep)(struct demo *, const struct demo_org *, const struct paper *, int, int64_t *), int64_t *file)
{
    int fd = memfd_create("paper", MFD_CLOEXEC);
    if (fd < 0)
        return nerr_raise_errno(ERROR_INTERNAL, "making room for the paper of order %d", paper->number);
    NEOERR *error = write_paper(demo, paper, format, fd);
    if (error == STATUS_OK)
        error = keep(demo, org, paper, fd, file);
    close(fd);
    return nerr_pass(error);
}

/* Clean already: what we made ourselves needs no check by a job. */
static const char ADD_FILE[] =
    "INSERT INTO file (org_id, purpose, state, name, mime, size, sha256, pages, made_at, made_by)"
    " VALUES (?, 'scan', 'clean', ?, 'application/pdf', ?, ?, 1, ?, ?)";
static const char ADD_SCAN[] =
    "INSERT INTO order_scan (org_id, order_id, position, file_id) VALUES (?, ?, 1, ?)";

static NEOERR *keep_scan(struct demo *demo, const struct demo_org *org, const struct paper *paper, int fd, int64_t *file)
{
    char sha256[CRYPTO_HEX_SIZE];
    int64_t size;
    TRY(file_store_content(demo->pool, demo->config, fd, sha256, &size));
    TRY(db_exec(demo->db, ADD_FILE,
                DB_VALUES(DB_INT(org->id), DB_TEXT(pool_printf(demo->pool, "prikaz-%d-u.pdf", paper->number)), DB_INT(size), DB_TEXT(sha256),
                          DB_TIME(clock_now()), DB_INT(demo->secretary.account)),
                NULL, file));
    return nerr_pass(db_exec(demo->db, ADD_SCAN, DB_VALUES(DB_INT(org->id), DB_INT(paper->order), DB_INT(*file)), NULL, NULL));
}

static const char ADD_IMAGE[] =
    "INSERT INTO file_image (org_id, file_id, page, sha256, width, height) VALUES (?, ?, 1, ?, ?, ?)";

/* Width and height stand behind the signature of a PNG and the head of its first part, four bytes each. */
static int64_t read_size(const unsigned char *bytes)
{
    return ((int64_t)bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3];
}

static NEOERR *keep_image(struct demo *demo, const struct demo_org *org, const struct paper *paper, int fd, int64_t *file)
{
    unsigned char head[24] = {0};
    char sha256[CRYPTO_HEX_SIZE];
    int64_t size;
    if (pread(fd, head, sizeof head, 0) != (ssize_t)sizeof head)
        return nerr_raise(ERROR_INTERNAL, "the image of order %d is empty", paper->number);
    TRY(file_store_content(demo->pool, demo->config, fd, sha256, &size));
    return nerr_pass(db_exec(demo->db, ADD_IMAGE,
                             DB_VALUES(DB_INT(org->id), DB_INT(*file), DB_TEXT(sha256), DB_INT(read_size(head + 16)), DB_INT(read_size(head + 20))),
                             NULL, NULL));
}

NEOERR *demo_scan(struct demo *demo, const struct demo_org *org, int64_t order, int number, struct date dated, const char *summary)
{
    struct paper paper = {order, number, dated, summary};
    int64_t file = 0;
    TRY(with_paper(demo, org, &paper, "pdf", keep_scan, &file));
    return nerr_pass(with_paper(demo, org, &paper, "png", keep_image, &file));
}
