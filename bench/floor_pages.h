/* floor_pages.h: the pages of floor.c with their statements, as mektep runs them. */

/* src/school/pupils/class.h: who is in a class c. */
#define CLASS_FROM "class c LEFT JOIN school_year y ON y.org_id = c.org_id AND y.year = c.year AND c.year < ?"
#define CLASS_HAS                                                                                                                           \
    "s.org_id = c.org_id AND s.class_id = c.id AND s.from_on <= COALESCE(y.ends_on, DATE '9999-12-31')"                                     \
    " AND (s.to_on IS NULL OR s.to_on > y.ends_on OR s.ends_year = 1)"
#define CLASS_COUNT "(SELECT COUNT(*) FROM membership s WHERE " CLASS_HAS ")"
#define OF_CLASS                                                                                                                            \
    " FROM " CLASS_FROM " JOIN membership s ON " CLASS_HAS                                                                                  \
    " JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id JOIN person h ON h.id = p.person_id WHERE (c.org_id = ? AND c.id = ?)"
#define HEAD_LAST "(d.valid_to IS NULL OR d.valid_to >= DATE(CONCAT(c.year + 1, '-05-01')))"
#define HEAD_ORDER "d.valid_to IS NOT NULL, d.valid_to DESC, d.duty"

#define CLASSES                                                                                                                             \
    {"SELECT c.id, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en), " CLASS_COUNT ", c.capacity FROM " CLASS_FROM                   \
     " WHERE c.org_id = ? AND c.year = ? AND c.ended_on IS NULL AND (? = '' OR c.grade = ?)"                                               \
     "  AND (? = 0 OR EXISTS (SELECT 1 FROM class_head d WHERE d.org_id = c.org_id AND d.class_id = c.id AND d.person_id = ?"               \
     "   AND d.valid_from <= ? AND (d.valid_to IS NULL OR d.valid_to >= ?)))"                                                              \
     " ORDER BY c.grade, c.name_ru",                                                                                                       \
     "yoyeezztt"}
#define WITHOUT_CLASS {"SELECT COUNT(*) FROM pupil WHERE org_id = ? AND standing = 'registered'", "o"}
/* Whether the year was passed: a panel's operations. */
#define YEAR_PASSED                                                                                                                        \
    {"SELECT p.id FROM process p LEFT JOIN school_order x ON x.org_id = p.org_id AND x.cancels_id = p.order_id WHERE p.org_id = ?"          \
     " AND p.kind = 'pass-year' AND p.state = 'done' AND p.year = ? AND x.id IS NULL ORDER BY p.id DESC LIMIT 1",                           \
     "oy"}
#define SUBJECTS "JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s"
#define PUPIL_LABEL                                                                                                                        \
    {"SELECT p.id, p.surname, p.given, p.patronymic, p.born_on FROM " SUBJECTS                                                             \
     " JOIN pupil p ON p.org_id = ? AND p.id = s.id ORDER BY p.sort_key, p.id",                                                            \
     "jo"}
#define SETTINGS {"SELECT CONCAT(',', GROUP_CONCAT(setting_key), ',') FROM setting_value WHERE org_id = ? AND value = '1'", "o"}
#define PUPIL_STANDING                                                                                                                     \
    {"SELECT COALESCE(c.grade, (SELECT l.grade FROM membership s JOIN class l ON l.org_id = s.org_id AND l.id = s.class_id"                 \
     " WHERE s.org_id = p.org_id AND s.pupil_id = p.id ORDER BY s.from_on DESC, s.movement_id DESC LIMIT 1), p.grade),"                     \
     " IF(c.id IS NULL, NULL, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en))"                                                    \
     " FROM pupil p LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id WHERE p.org_id = ? AND p.id = ?",                        \
     "oi"}
#define CLASS(id)                                                                                                                          \
    {"SELECT c.id, c.year, c.grade, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en), c.room, c.capacity, c.version,"              \
     " COALESCE(SUM(p.sex = 'M'), 0), COALESCE(SUM(p.sex = 'F'), 0), COUNT(p.id), c.ended_on,"                                              \
     " y.ends_on, c.group_type = 'mixed' FROM " CLASS_FROM                                                                                                         \
     " LEFT JOIN membership s ON " CLASS_HAS " LEFT JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id"                             \
     " WHERE c.org_id = ? AND c.id = ? GROUP BY c.id",                                                                                     \
     "yo" id}
#define PUPIL_SUMMARY \
    {"SELECT p.surname, p.given, p.patronymic, IF(c.id IS NULL, NULL, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en)), c.id," \
     " p.standing, p.born_on, h.login, p.person_id, COALESCE(p.ordered_form, p.study_form)," \
     " COALESCE(p.funding, CASE c.group_type WHEN 'budget' THEN 'budget' WHEN 'extra-budget' THEN 'paid' END)" \
     " FROM pupil p JOIN person h ON h.id = p.person_id" \
     " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id WHERE p.org_id = ? AND p.id = ?", "oi"}
#define LAST_ORDER                                                                                                                         \
    {"SELECT number, ordinal FROM school_order WHERE org_id = ? AND journal = 'contingent' AND year = ? AND ordinal > 0"                   \
     " ORDER BY ordinal DESC, id DESC LIMIT 1",                                                                                            \
     "oy"}
#define CLASS_PUPILS                                                                                                                       \
    {"SELECT p.id AS id, h.login, CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), p.born_on, p.sex, h.iin,"                  \
     " NULLIF(p.study_form, 'full-time'), CONCAT_WS(',', IF(h.iin IS NULL AND p.resident = 1, 'iin', NULL),"                               \
     " IF(p.born_on IS NULL, 'born', NULL), IF(p.address = '', 'address', NULL))" OF_CLASS " ORDER BY p.sort_key, p.id LIMIT ? OFFSET ?",   \
     "yoilz"}

#define UNFILLED                                                                                                                           \
    "CONCAT_WS(',', IF(h.iin IS NULL AND p.resident = 1, 'iin', NULL), IF(p.born_on IS NULL, 'born', NULL),"                               \
    " IF(p.address = '', 'address', NULL))"
#define PUPILS_FILTERED                                                                                                                    \
    " FROM pupil p JOIN person h ON h.id = p.person_id LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id WHERE (p.org_id = ?)" \
    " AND (TRUE AND (p.fold_key LIKE ?) OR FALSE) AND (FIND_IN_SET(?, CONCAT(p.standing, IF(p.standing IN ('left', 'withdrawn'), '',"      \
    " ',present'))) > 0) AND (FIND_IN_SET(?, " UNFILLED ") > 0) AND (p.sex = ?)"
#define MOVEMENTS                                                                                                                          \
    " FROM movement r JOIN school_order o ON o.org_id = r.org_id AND o.id = r.order_id LEFT JOIN class f ON f.org_id = r.org_id AND f.id ="  \
    " r.from_class_id LEFT JOIN class c ON c.org_id = r.org_id AND c.id = r.to_class_id LEFT JOIN movement v ON v.org_id = r.org_id"       \
    " AND v.voids_id = r.id WHERE (r.org_id = ? AND r.pupil_id = ?)"

static struct page pages[] = {
    {"class-list", answer_page,
     {CLASS("i"),
      {"SELECT COUNT(*) FROM (SELECT p.id AS id" OF_CLASS ") AS found", "yoi"},
      CLASS_PUPILS,
      {"SELECT CONCAT_WS(' ', h.surname, h.given, NULLIF(h.patronymic, '')), e.id FROM class_head d JOIN class c ON c.org_id = d.org_id"
       " AND c.id = d.class_id JOIN person h ON h.id = d.person_id"
       " LEFT JOIN employee e ON e.org_id = d.org_id AND e.person_id = d.person_id AND e.left_on IS NULL"
       " WHERE d.org_id = ? AND d.class_id = ? AND " HEAD_LAST " ORDER BY " HEAD_ORDER " LIMIT 1", "oi"},
      CLASSES, WITHOUT_CLASS, YEAR_PASSED}},
    {"pupil-file", answer_page,
     {PUPIL_SUMMARY,
      {"SELECT f.id FROM pupil p JOIN file f ON f.org_id = p.org_id AND f.id = p.photo_id AND f.pages > 0 WHERE p.org_id = ? AND p.id = ?",
       "oi"},
      {"SELECT version, surname, given, patronymic, surname_latin, given_latin, no_iin_reason, resident, born_on, sex, birth_place,"
       " citizenship, nationality, photo_id FROM pupil WHERE org_id = ? AND id = ?", "oi"},
      {"SELECT h.iin, h.login FROM pupil p JOIN person h ON h.id = p.person_id WHERE p.org_id = ? AND p.id = ?", "oi"}}},
    {"contingent-page", answer_page,
     {CLASSES, WITHOUT_CLASS, YEAR_PASSED,
      {"SELECT s.id, CONCAT(s.number, '|', s.name) FROM shift s WHERE s.org_id = ? ORDER BY s.number", "o"},
      {"SELECT COUNT(*) FROM (SELECT c.id AS id FROM " CLASS_FROM " WHERE (c.org_id = ? AND c.year = ? AND c.ended_on IS NULL)) AS found",
       "yoy"},
      {"SELECT c.id AS id, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en), " CLASS_COUNT ", c.capacity,"
       " IF(c.capacity IS NULL, NULL, GREATEST(CAST(c.capacity AS SIGNED) - " CLASS_COUNT ", 0)), c.language,"
       " (SELECT CONCAT_WS(' ', h.surname, h.given, NULLIF(h.patronymic, '')) FROM class_head d JOIN person h ON h.id = d.person_id"
       " WHERE d.org_id = c.org_id AND d.class_id = c.id AND " HEAD_LAST " ORDER BY " HEAD_ORDER " LIMIT 1), c.room FROM " CLASS_FROM
       " WHERE (c.org_id = ? AND c.year = ? AND c.ended_on IS NULL)"
       " ORDER BY CONCAT(LPAD(c.grade, 2, '0'), c.name_ru), c.id LIMIT ? OFFSET ?", "yoylz"}}},
    {"contingent-list", answer_page,
     {CLASSES, WITHOUT_CLASS, YEAR_PASSED,
      {"SELECT COUNT(*) FROM (SELECT p.id AS id" PUPILS_FILTERED ") AS found", "oaprf"},
      {"SELECT p.id AS id, h.login, CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), IF(c.id IS NULL, '', CONCAT_WS('|',"
       " c.grade, c.name_kk, c.name_ru, c.name_en)), p.born_on, p.sex, h.iin, " UNFILLED PUPILS_FILTERED
       " ORDER BY p.sort_key, p.id LIMIT ? OFFSET ?", "oaprflz"}}},
    {"pupil-movement", answer_page,
     {PUPIL_SUMMARY,
      {"SELECT id, number, left_on FROM departure WHERE org_id = ? AND pupil_id = ? AND state <> 'returned' ORDER BY id DESC LIMIT 5", "oi"},
      {"SELECT COUNT(*) FROM (SELECT r.order_id AS id" MOVEMENTS ") AS found", "oi"},
      {"SELECT r.order_id AS id, r.effective_on, r.kind, IF(f.id IS NULL, '', CONCAT_WS('|', f.grade, f.name_kk, f.name_ru, f.name_en)),"
       " CONCAT(IF(c.id IS NULL, '', CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en)), '#', IF(r.kind = 'funding',"
       " COALESCE(r.funding, ''), ''), '#', COALESCE(r.study_form, ''), '#', COALESCE(r.until_on, '')), r.reason, o.number, o.dated,"
       " IF(v.id IS NULL, NULL, 'cancelled')" MOVEMENTS " ORDER BY r.effective_on DESC, r.id DESC LIMIT ? OFFSET ?", "oilz"}}},
    {"search", answer_page,
     {{"SELECT p.id, CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), IF(c.id IS NULL, NULL, CONCAT_WS('|', c.grade,"
       " c.name_kk, c.name_ru, c.name_en)), p.born_on, h.login FROM pupil p JOIN person h ON h.id = p.person_id LEFT JOIN class c ON"
       " c.org_id = p.org_id AND c.id = p.class_id WHERE p.org_id = ? AND p.standing <> 'withdrawn'"
       " AND p.fold_key LIKE ? ORDER BY p.sort_key LIMIT ?", "owh"},
      {"SELECT c.id, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en), " CLASS_COUNT " FROM " CLASS_FROM
       " WHERE c.org_id = ? AND c.year = ? AND c.ended_on IS NULL"
       "  AND (CONCAT(c.grade, '-', c.name_ru) LIKE ? OR CONCAT(c.grade, c.name_ru) LIKE ? OR c.name_kk LIKE ?)"
       " ORDER BY c.grade, c.name_ru LIMIT ?", "yoywwwh"},
      {"SELECT e.id, CONCAT_WS(' ', e.surname, e.given, NULLIF(e.patronymic, '')), e.position FROM employee e JOIN person h"
       " ON h.id = e.person_id WHERE e.org_id = ? AND e.left_on IS NULL AND (e.fold_key LIKE ? OR h.login LIKE ?)"
       " ORDER BY e.sort_key LIMIT ?", "oweh"},
      {"SELECT id, number, dated, summary FROM school_order WHERE org_id = ? AND state = 'signed' AND (number LIKE ? OR summary LIKE ?)"
       " ORDER BY dated DESC, id DESC LIMIT ?", "owwh"}}},
    {"process-form", answer_page,
     {PUPIL_LABEL, PUPIL_STANDING, LAST_ORDER,
      SETTINGS, CLASSES,
      {"SELECT id, name, made_at FROM file WHERE org_id = ? AND made_by = 1 AND purpose = 'scan' AND state = 'clean' AND made_at > ?"
       " ORDER BY made_at DESC, id DESC LIMIT 3", "ot"}}},
    /* What the rules read, each once and as mektep does; the rows of the order, plainly: key, process with its subject and events, order
     * with its scan, ledger, fold, standing, roles, what the movement ends elsewhere, audit. */
    {"confirm", answer_post,
     {PUPIL_LABEL, PUPIL_STANDING, SETTINGS, CLASSES,
      {"INSERT INTO form_key (account_id, form_key, made_at) VALUES (1, ?, ?)", "un"},
      {"SELECT p.id FROM " SUBJECTS " STRAIGHT_JOIN pupil p ON p.org_id = ? AND p.id = s.id ORDER BY p.id FOR UPDATE", "jo"},
      {"SELECT h.id FROM " SUBJECTS " JOIN pupil q ON q.org_id = ? AND q.id = s.id JOIN person h ON h.id = q.person_id ORDER BY h.id FOR UPDATE",
       "jo"},
      {"SELECT p.id, p.standing, IF(c.id IS NULL, NULL, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en)), p.born_on FROM " SUBJECTS
       " JOIN pupil p ON p.org_id = ? AND p.id = s.id LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id", "jo"},
      {"SELECT m.pupil_id, m.to_class_id, m.effective_on, m.kind FROM " SUBJECTS " STRAIGHT_JOIN movement m FORCE INDEX (by_pupil) ON m.org_id"
       " = ? AND m.pupil_id = s.id"
       " LEFT JOIN movement v ON v.org_id = m.org_id AND v.voids_id = m.id WHERE m.voids_id IS NULL AND v.id IS NULL"
       " ORDER BY m.pupil_id, m.effective_on, m.id", "jo"},
      {"SELECT q.id, MAX(x.to_on IS NULL), MAX(x.to_on) FROM " SUBJECTS " JOIN pupil q ON q.org_id = ? AND q.id = s.id"
       " JOIN pupil e ON e.person_id = q.person_id AND e.org_id <> q.org_id JOIN membership x ON x.org_id = e.org_id AND x.pupil_id = e.id"
       " AND (x.to_on IS NULL OR x.to_on > ?) GROUP BY q.id", "jot"},
      {"SELECT id, state, fault, name, mime, size, sha256, pages FROM file WHERE org_id = ? ORDER BY id LIMIT 1", "o"},
      {"SELECT id FROM school_order WHERE org_id = ? AND journal = 'contingent' AND year = ? AND number = ? AND id <> ? LIMIT 1", "oyuz"},
      CLASS("c"),
      {"INSERT INTO process (org_id, kind, year, state, step, packed, title, subject_kind, started_by, started_at, changed_at)"
       " VALUES (?, 'enrol-pupil', ?, 'draft', 'data', '', '', 'pupil', 1, ?, ?)", "oynn", 'P'},
      {"INSERT INTO school_order (org_id, uid, journal, year, number, ordinal, state, kind, dated, summary, process_id, recorded_at,"
       " recorded_by) VALUES (?, ?, 'contingent', ?, LEFT(?, 30), 1, 'signed', 'enrol', ?, '', ?, ?, 1)", "ouyutPn", 'O'},
      {"INSERT INTO order_scan (org_id, order_id, position, file_id) VALUES (?, ?, 1, 1)", "oO"},
      {"INSERT INTO movement (org_id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id)"
       " VALUES (?, ?, ?, 'enrol', ?, ?, ?, ?)", "ouictnO", 'M'},
      {"DELETE FROM membership WHERE org_id = ? AND pupil_id = ?", "oi"},
      {"INSERT INTO membership (org_id, pupil_id, from_on, class_id, movement_id) VALUES (?, ?, ?, ?, ?)", "oitcM"},
      {"SELECT p.person_id, k.person_id FROM pupil p LEFT JOIN kinship k ON k.org_id = p.org_id AND k.pupil_id = p.id"
       " WHERE p.org_id = ? AND p.id = ?", "oi"},
      {"UPDATE account a JOIN pupil p ON p.person_id = a.person_id SET a.roles_version = a.roles_version + 1 WHERE p.org_id = ? AND p.id = ?",
       "oi"},
      {"UPDATE pupil SET class_id = ?, standing = 'enrolled', funding = NULL, ordered_form = NULL WHERE org_id = ? AND id = ?", "coi"},
      {"UPDATE departure d JOIN movement m ON m.org_id = d.org_id AND m.pupil_id = d.pupil_id SET d.state = 'returned', d.returned_by ="
       " m.order_id, d.version = d.version + 1 WHERE d.org_id = ? AND m.order_id = ? AND m.to_class_id IS NOT NULL AND d.state = 'open'", "oO"},
      {"UPDATE arriving t JOIN pupil p ON p.org_id = t.org_id AND p.person_id = t.person_id JOIN movement m ON m.org_id = p.org_id"
       " AND m.pupil_id = p.id SET t.state = 'accepted', t.order_id = m.order_id, t.pupil_id = p.id, t.version = t.version + 1"
       " WHERE t.org_id = ? AND m.order_id = ? AND m.to_class_id IS NOT NULL AND t.state IN ('waiting', 'declined')", "oO"},
      {"INSERT INTO audit (org_id, at, account_id, request, address, subject_kind, subject_id, action)"
       " VALUES (?, ?, 1, 'floor', '127.0.0.1', 'pupil', ?, 'enrol-pupil')", "oni"},
      {"SELECT id FROM file WHERE org_id = ? ORDER BY id LIMIT 1 FOR UPDATE", "o"},
      {"INSERT INTO process_row (org_id, process_id, subject_id) VALUES (?, ?, ?)", "oPi"},
      {"UPDATE process SET state = 'done', packed = 'grade=1&order_summary=x&order_number=1&order_date=2026-09-01&class=1&order_scan=1',"
       " title = 'Name, 01.01.2010', order_id = ?, changed_at = ?, version = version + 1 WHERE org_id = ? AND id = ?", "OnoP"},
      {"INSERT INTO process_event (org_id, process_id, step, event, at, account_id) VALUES (?, ?, 'data', 'start', ?, 1),"
       " (?, ?, 'data', 'apply', ?, 1), (?, ?, 'data', 'submit', ?, 1)", "oPnoPnoPn"},
      {"UPDATE form_key SET result = 'done' WHERE account_id = 1 AND form_key = ?", "u"}}},
    {"sign-in", answer_password, {{0}}},
    {"xlsx", answer_sheet,
     {{"SELECT p.id AS id, h.login, CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), IF(c.id IS NULL, '', CONCAT_WS('|',"
       " c.grade, c.name_kk, c.name_ru, c.name_en)), p.born_on, p.sex, h.iin, CONCAT_WS(',', IF(h.iin IS NULL AND p.resident = 1, 'iin',"
       " NULL), IF(p.born_on IS NULL, 'born', NULL), IF(p.address = '', 'address', NULL)) FROM pupil p JOIN person h ON h.id = p.person_id"
       " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id WHERE (p.org_id = ?) ORDER BY p.sort_key, p.id", "o"}}},
};
