/* setting.c: values of settings, and the page where an organisation or the installation sets them. */
#include "engine/setting.h"

#include "engine/area.h"

#include <string.h>

/* ---- one value ---- */

static const char VALUE[] = "SELECT value FROM setting_value WHERE org_id = ? AND setting_key = ?";

NEOERR *setting_get(struct db *db, struct pool *pool, int64_t org, const char *key, const char **value)
{
    const struct setting *setting = setting_find(key);
    char *stored = NULL;
    if (setting == NULL)
        return nerr_raise(ERROR_INTERNAL, "there is no setting \"%s\"", key);
    TRY(db_string(db, pool, VALUE, DB_VALUES(DB_INT(org), DB_TEXT(key)), &stored));
    *value = stored == NULL ? setting->standard : stored;
    return STATUS_OK;
}

static const char TICKED[] = "SELECT CONCAT(',', GROUP_CONCAT(setting_key), ',') FROM setting_value WHERE org_id = ? AND value = '1'";

NEOERR *settings_on(struct db *db, struct pool *pool, int64_t org, const char **on)
{
    char *ticked;
    TRY(db_string(db, pool, TICKED, DB_VALUES(DB_INT(org)), &ticked));
    *on = ticked != NULL ? ticked : "";
    return STATUS_OK;
}

bool setting_is_on(const char *on, const char *key)
{
    size_t length = strlen(key);
    for (const char *at = strstr(on, key); at != NULL; at = strstr(at + 1, key))
        if (at > on && at[-1] == ',' && at[length] == ',')
            return true;
    return false;
}

/* ---- the page: a form whose fields are the rows of the register ---- */

static enum setting_whose whose_page(const struct request *rq)
{
    return rq->place.org == 0 ? SETTING_INSTALLATION : SETTING_ORGANISATION;
}

/* Calls visit for every setting of the page, in the order of the register. */
static NEOERR *each_setting(struct request *rq, NEOERR *(*visit)(const struct setting *setting, void *data), void *data)
{
    for (const struct area *const *area = registers(); *area != NULL; area++)
        for (const struct setting *setting = (*area)->settings; setting != NULL && setting->key != NULL; setting++)
            if (setting->whose == whose_page(rq))
                TRY(visit(setting, data));
    return STATUS_OK;
}

struct gathering {
    struct field *fields;
    size_t count;
};

static NEOERR *count_setting(const struct setting *setting, void *data)
{
    struct gathering *gathering = data;
    (void)setting;
    gathering->count++;
    return STATUS_OK;
}

static NEOERR *gather_field(const struct setting *setting, void *data)
{
    struct gathering *gathering = data;
    gathering->fields[gathering->count++] = setting->field;
    return STATUS_OK;
}

static const char STORED[] = "SELECT setting_key, value, version FROM setting_value WHERE org_id = ? ORDER BY setting_key FOR UPDATE";

struct loading {
    struct form_data *form;
    int64_t version; /* of the page: the sum, since a version only grows */
};

static NEOERR *load_standard(const struct setting *setting, void *data)
{
    return nerr_pass(form_set(data, setting->field.name, setting->standard));
}

static NEOERR *load_stored(void *data, const struct db_row *row)
{
    struct loading *loading = data;
    const struct setting *setting = setting_find(db_get(row, 0));
    if (setting == NULL)
        return STATUS_OK; /* of an earlier release */
    loading->version += db_get_int(row, 2);
    return nerr_pass(form_set(loading->form, setting->field.name, db_get(row, 1)));
}

static NEOERR *load_settings(struct form_data *form, int64_t id)
{
    struct loading loading = {.form = form};
    int64_t org = form->rq->place.org;
    (void)id;
    TRY(each_setting(form->rq, load_standard, form));
    TRY(db_each(form->rq->db, STORED, DB_VALUES(DB_INT(org)), load_stored, &loading));
    return nerr_pass(form_set_number(form, "version", loading.version));
}

static const char STORE[] =
    "INSERT INTO setting_value (org_id, setting_key, value) VALUES (?, ?, ?) "
    "ON DUPLICATE KEY UPDATE value = VALUES(value), version = version + 1";

struct saving {
    struct db *db;
    struct form_data *form;
};

static NEOERR *save_setting(const struct setting *setting, void *data)
{
    struct saving *saving = data;
    struct request *rq = saving->form->rq;
    const char *before = NULL, *after = form_text(saving->form, setting->field.name);
    TRY(setting_get(saving->db, rq->pool, rq->place.org, setting->key, &before));
    if (strcmp(before, after) == 0)
        return STATUS_OK;
    return nerr_pass(db_exec(saving->db, STORE, DB_VALUES(DB_INT(rq->place.org), DB_TEXT(setting->key), DB_TEXT(after)), NULL, NULL));
}

static NEOERR *save_settings(struct db *db, struct form_data *form, int64_t id)
{
    struct saving saving = {db, form};
    (void)id;
    return nerr_pass(each_setting(form->rq, save_setting, &saving));
}

NEOERR *setting_page(struct request *rq, struct response *rs)
{
    struct gathering gathering = {0};
    TRY(each_setting(rq, count_setting, &gathering));
    gathering = (struct gathering){.fields = pool_alloc(rq->pool, (gathering.count + 1) * sizeof *gathering.fields)};
    TRY(each_setting(rq, gather_field, &gathering));
    const struct form form = {
        .id = "settings",
        .title = N_("Settings"),
        .table = "setting_value",
        .subject_kind = "setting",
        .fields = gathering.fields,
        .see = rq->route->permission,
        .edit = rq->route->permission,
        .load = load_settings,
        .save = save_settings,
    };
    int64_t id = rq->place.org != 0 ? rq->place.org : 1; /* of the installation, too, they are there: 0 would be a new record */
    return nerr_pass(form_edit_page(rq, rs, &form, id, pool_strdup(rq->pool, rq->http->path)));
}
