/* file_page.c: a file taken from a page's script, its state while it is checked, the original and the images of its pages. */
#include "engine/file.h"

#include "engine/file_store.h"
#include "engine/route.h"

#include <string.h>

/* ---- the fragment of an upload ---- */

static const char *const states[] = {[FILE_CHECKING] = "checking", [FILE_CLEAN] = "clean", [FILE_BAD] = "bad"};

/* File.{id,name,size,state,fault,href,preview,poll}: what the template of a file field shows of each file. */
static NEOERR *show_file(struct request *rq, const struct file *file)
{
    const char *id = route_number(rq, file->id);
    bool is_checking = file->state == FILE_CHECKING, is_clean = file->state == FILE_CLEAN;
    TRY(view_set(rq->hdf, "File.id", id));
    TRY(view_set(rq->hdf, "File.name", file->name));
    TRY(view_set(rq->hdf, "File.size", i18n_size(rq->pool, (size_t)file->size)));
    TRY(view_set(rq->hdf, "File.state", states[file->state]));
    TRY(view_set(rq->hdf, "File.fault", file->fault == NULL ? NULL : _(file->fault)));
    TRY(view_set(rq->hdf, "File.href", is_clean ? route_url(rq, "file", id) : NULL));
    TRY(view_set(rq->hdf, "File.preview", file->pages > 0 ? route_url(rq, "file-image", id, "1") : NULL));
    return nerr_pass(view_set(rq->hdf, "File.poll", is_checking ? route_url(rq, "file-state", id) : NULL));
}

static NEOERR *answer(struct request *rq, struct response *rs, int64_t id)
{
    struct file file;
    TRY(file_load(rq->db, rq->pool, rq->place.org, id, &file));
    rs->http.status = 200;
    rs->template_name = "file_fragment.cs";
    return nerr_pass(show_file(rq, &file));
}

static const struct http_field *first_upload(const struct request *rq)
{
    for (size_t i = 0; i < rq->posted.count; i++)
        if (rq->posted.rows[i].upload != NULL)
            return &rq->posted.rows[i];
    return NULL;
}

NEOERR *file_upload_page(struct request *rq, struct response *rs)
{
    const struct http_field *field = first_upload(rq);
    const char *refused = NULL;
    int64_t id = 0;
    TRY(file_take(rq, field == NULL ? NULL : field->upload, FILE_SCAN, &id, &refused));
    if (refused == NULL) {
        TRY(view_set(rq->hdf, "field.name", field->name));
        return nerr_pass(answer(rq, rs, id));
    }
    rs->http.status = 422;
    rs->template_name = NULL;
    http_header(rq->pool, &rs->http, "Content-Type", "text/plain; charset=utf-8");
    return nerr_pass(string_append(&rs->http.body, refused));
}

NEOERR *file_fragment_page(struct request *rq, struct response *rs)
{
    int64_t id = 0;
    TRY(request_id(rq, 0, &id));
    TRY(file_check_reach(rq, id));
    return nerr_pass(answer(rq, rs, id));
}

/* ---- the content, given out by nginx ---- */

static void give_out(struct request *rq, struct response *rs, const char *mime, const char *sha256)
{
    rs->http.status = 200;
    rs->template_name = NULL;
    rs->http.accel_path = file_accel_path(rq->pool, sha256);
    http_header(rq->pool, &rs->http, "Content-Type", mime);
    http_header(rq->pool, &rs->http, "X-Content-Type-Options", "nosniff");
    http_header(rq->pool, &rs->http, "Content-Security-Policy", "default-src 'none'; sandbox");
}

enum { NOT_SHARED, SCAN, OWN };

/* What a job made for somebody is that person's only. */
static const char WHOSE[] =
    "SELECT CASE WHEN made_by = ? THEN 2 WHEN purpose IN ('scan', 'photo') THEN 1 ELSE 0 END FROM file WHERE org_id = ? AND id = ?";

static NEOERR *find_reach(struct request *rq, int64_t id, int64_t *whose, bool *reached)
{
    const struct route *route = route_by_id("file");
    const struct file_reach *reach = route->detail;
    unsigned scopes = request_scopes(rq, route->permission);
    *whose = NOT_SHARED;
    TRY(db_number(rq->db, WHOSE, DB_VALUES(DB_INT(rq->session.account), DB_INT(rq->place.org), DB_INT(id)), whose, NULL));
    bool hidden = false;
    if (*whose == SCAN && reach != NULL && reach->hides != NULL)
        TRY(reach->hides(rq, id, &hidden));
    *reached = *whose == OWN || (*whose == SCAN && !hidden && (scopes & (SCOPE_ORGANISATION | SCOPE_ALL)) != 0);
    if (*reached || *whose == NOT_SHARED || reach == NULL)
        return STATUS_OK;
    return nerr_pass(reach->find(rq, id, reached));
}

NEOERR *file_check_reach(struct request *rq, int64_t id)
{
    int64_t whose;
    bool reached;
    TRY(find_reach(rq, id, &whose, &reached));
    if (!reached && whose == SCAN)
        return nerr_raise(ERROR_DENIED, "open file %lld: it is out of the person's reach", (long long)id);
    return reached ? STATUS_OK : nerr_raise(ERROR_NOT_FOUND, "file %lld of organisation %lld", (long long)id, (long long)rq->place.org);
}

/* Until it is found clean, and when it is not, a file stays with us. */
static NEOERR *load_clean(struct request *rq, int64_t id, struct file *file)
{
    TRY(file_check_reach(rq, id));
    TRY(file_load(rq->db, rq->pool, rq->place.org, id, file));
    return file->state == FILE_CLEAN ? STATUS_OK : nerr_raise(ERROR_NOT_FOUND, "file %lld is not clean", (long long)id);
}

/* RFC 6266 and RFC 5987: the name in UTF-8, and a plain one for programs that know no better. */
NEOERR *file_page(struct request *rq, struct response *rs)
{
    struct file file;
    int64_t id = 0;
    TRY(request_id(rq, 0, &id));
    TRY(load_clean(rq, id, &file));
    give_out(rq, rs, file.mime, file.sha256);
    http_header(rq->pool, &rs->http, "Content-Disposition",
                pool_printf(rq->pool, "attachment; filename=\"file-%lld\"; filename*=UTF-8''%s", (long long)id, http_escape(rq->pool, file.name)));
    return STATUS_OK;
}

static const char IMAGE[] = "SELECT sha256 FROM file_image WHERE org_id = ? AND file_id = ? AND page = ?";

NEOERR *file_image_page(struct request *rq, struct response *rs)
{
    struct file file;
    int64_t id = 0, page = 0;
    char *sha256 = NULL;
    TRY(request_id(rq, 0, &id));
    TRY(request_id(rq, 1, &page));
    TRY(load_clean(rq, id, &file));
    TRY(db_string(rq->db, rq->pool, IMAGE, DB_VALUES(DB_INT(rq->place.org), DB_INT(id), DB_INT(page)), &sha256));
    if (sha256 == NULL)
        return nerr_raise(ERROR_NOT_FOUND, "page %lld of file %lld", (long long)page, (long long)id);
    give_out(rq, rs, "image/jpeg", sha256);
    http_header(rq->pool, &rs->http, "Content-Disposition", "inline");
    return STATUS_OK;
}
