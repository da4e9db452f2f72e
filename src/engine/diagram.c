/* diagram.c: «Схема процесса»: the steps of a process with who did what and when, what is now, what comes, what is skipped. (WF-02) */
#include "engine/process_store.h"

#include "engine/area.h"

#include <string.h>

/* Pixels of the drawing; the template draws what these say. */
enum { BOX_X = 20, BOX_WIDTH = 226, BOX_HEIGHT = 58, GAP = 32, END_RADIUS = 13, MARGIN = 16 };
enum { WHO_BYTES = 40 }; /* one or two roles fit in a box */

struct event {
    char *step, *who, *when, *event, *remark;
};
struct history {
    struct process_run *run;
    struct event events[32];
    size_t count;
};

static NEOERR *take_event(void *data, const struct db_row *row)
{
    struct history *history = data;
    struct request *rq = history->run->rq;
    if (history->count == sizeof history->events / sizeof history->events[0])
        return STATUS_OK;
    history->events[history->count++] = (struct event){
        .step = pool_strdup(rq->pool, db_get(row, 0)),
        .event = pool_strdup(rq->pool, db_get(row, 1)),
        .when = i18n_time(rq->pool, db_get_time(row, 2), rq->place.time_zone),
        .who = pool_strdup(rq->pool, db_get(row, 3)),
        .remark = pool_strdup(rq->pool, db_get(row, 4)),
    };
    return STATUS_OK;
}

static const char EVENTS[] =
    "SELECT e.step, e.event, e.at, COALESCE(CONCAT(h.surname, ' ', LEFT(h.given, 1), '.'), ''), e.remark"
    " FROM process_event e"
    " LEFT JOIN account a ON a.id = e.account_id"
    " LEFT JOIN person h ON h.id = a.person_id"
    " WHERE e.org_id = ? AND e.process_id = ? AND e.event NOT IN ('start', 'apply')"
    " ORDER BY e.id";

static NEOERR *load_history(struct history *history)
{
    struct process_run *run = history->run;
    if (run->id == 0)
        return STATUS_OK;
    return nerr_pass(db_each(run->rq->db, EVENTS, DB_VALUES(DB_INT(run->rq->place.org), DB_INT(run->id)), take_event, history));
}

static const struct event *last_event(const struct history *history, const struct step *step)
{
    for (size_t i = history->count; i-- > 0;)
        if (strcmp(history->events[i].step, step->id) == 0)
            return &history->events[i];
    return NULL;
}

static const char *state_of(const struct process_run *run, const struct step *step)
{
    if (step->when != NULL && !step->when(run))
        return "skipped";
    if (run->state == PROCESS_DONE || step < run->step)
        return "done";
    if (step == run->step)
        return run->state > PROCESS_DONE ? "stopped" : "now";
    return "next";
}

const char *process_who(const struct process_run *run, const struct step *step, size_t max_bytes)
{
    const struct permission *permission = step->who != NULL ? step->who : run->process->permission;
    const char *words = "";
    for (const struct grant *grant = permission->grants; grant->role != NULL; grant++) {
        const struct role *role = role_find(grant->role);
        if (role != NULL && role->level == LEVEL_ORGANISATION && !role->derived && (max_bytes == 0 || strlen(words) < max_bytes))
            words = pool_printf(run->rq->pool, "%s%s%s", words, words[0] != '\0' ? ", " : "", _(role->label));
    }
    return words;
}

static const char *who_words(const struct process_run *run, const struct step *step, const char *state)
{
    if (strcmp(state, "skipped") == 0)
        return _("skipped");
    if (strcmp(state, "now") == 0 && process_may_act(run))
        return _("now with you");
    return process_who(run, step, WHO_BYTES);
}

static NEOERR *show_node(const struct history *history, const struct step *step, int y)
{
    struct process_run *run = history->run;
    const struct event *event = last_event(history, step);
    const char *state = state_of(run, step);
    HDF *out;
    TRY(view_append(run->rq->hdf, "Diagram.nodes", &out));
    TRY(view_set(out, "title", request_words(run->rq, step->title)));
    TRY(view_set(out, "state", state));
    TRY(view_set(out, "rule", step->when_words != NULL ? _(step->when_words) : NULL));
    if (event != NULL) {
        TRY(view_set(out, "who", event->who));
        TRY(view_set(out, "when", event->when));
        TRY(view_set(out, "remark", event->remark));
    } else {
        TRY(view_set(out, "who", who_words(run, step, state)));
    }
    TRY(view_set_int(out, "x", BOX_X));
    TRY(view_set_int(out, "y", y));
    TRY(view_set_int(out, "middle", BOX_X + BOX_WIDTH / 2));
    TRY(view_set_int(out, "title_y", y + 25));
    TRY(view_set_int(out, "who_y", y + 44));
    TRY(view_set_int(out, "w", BOX_WIDTH));
    return nerr_pass(view_set_int(out, "h", BOX_HEIGHT));
}

static NEOERR *show_line(struct process_run *run, int from, int to, bool done)
{
    HDF *out;
    TRY(view_append(run->rq->hdf, "Diagram.lines", &out));
    TRY(view_set_int(out, "x1", BOX_X + BOX_WIDTH / 2));
    TRY(view_set_int(out, "x2", BOX_X + BOX_WIDTH / 2));
    TRY(view_set_int(out, "y1", from));
    TRY(view_set_int(out, "y2", to));
    return nerr_pass(view_set(out, "state", done ? "done" : "next"));
}

NEOERR *diagram_show(struct process_run *run)
{
    struct history history = {.run = run};
    HDF *hdf = run->rq->hdf;
    int y = MARGIN;
    TRY(load_history(&history));
    for (const struct step *step = run->process->steps; step->id != NULL; step++) {
        TRY(show_node(&history, step, y));
        TRY(show_line(run, y + BOX_HEIGHT, y + BOX_HEIGHT + GAP, run->state == PROCESS_DONE || step < run->step));
        y += BOX_HEIGHT + GAP;
    }
    TRY(view_set_int(hdf, "Diagram.end.x", BOX_X + BOX_WIDTH / 2));
    TRY(view_set_int(hdf, "Diagram.end.y", y + END_RADIUS));
    TRY(view_set_int(hdf, "Diagram.end.r", END_RADIUS));
    TRY(view_set(hdf, "Diagram.end.state", run->state == PROCESS_DONE ? "done" : "next"));
    TRY(view_set_int(hdf, "Diagram.width", 2 * BOX_X + BOX_WIDTH));
    return nerr_pass(view_set_int(hdf, "Diagram.height", y + 2 * END_RADIUS + MARGIN));
}
