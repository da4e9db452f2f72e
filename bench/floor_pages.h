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
#define PUPIL_LABEL {"SELECT surname, given, patronymic, born_on FROM pupil WHERE org_id = ? AND id = ?", "oi"}
#define PUPIL_STANDING                                                                                                                     \
    {"SELECT p.standing, IF(c.id IS NULL, NULL, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en)), p.born_on, p.grade"              \
     " FROM pupil p LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id WHERE p.org_id = ? AND p.id = ?",                        \
     "oi"}
#define CLASS(id)                                                                                                                          \
    {"SELECT c.id, c.year, c.grade, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en), c.room, c.capacity, c.version,"              \
     " COALESCE(SUM(p.sex = 'M'), 0), COALESCE(SUM(p.sex = 'F'), 0), COUNT(p.id), c.ended_on,"                                              \
     " y.ends_on FROM " CLASS_FROM                                                                                                         \
     " LEFT JOIN membership s ON " CLASS_HAS " LEFT JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id"                             \
     " WHERE c.org_id = ? AND c.id = ? GROUP BY c.id",                                                                                     \
     "yo" id}
#define LAST_ORDER                                                                                                                         \
    {"SELECT number, ordinal FROM school_order WHERE org_id = ? AND journal = 'contingent' AND year = ? AND ordinal > 0"                   \
     " ORDER BY ordinal DESC, id DESC LIMIT 1",                                                                                            \
     "oy"}
#define CLASS_PUPILS                                                                                                                       \
    {"SELECT p.id AS id, h.login, CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), p.born_on, p.sex, h.iin,"                  \
     " NULLIF(p.study_form, 'full-time'), CONCAT_WS(',', IF(h.iin IS NULL AND p.resident = 1, 'iin', NULL),"                               \
     " IF(p.born_on IS NULL, 'born', NULL), IF(p.address = '', 'address', NULL))" OF_CLASS " ORDER BY p.sort_key, p.id LIMIT ? OFFSET ?",   \
     "yoilz"}

static struct page pages[] = {
    {"class-list", answer_page,
     {CLASS("i"),
      {"SELECT COUNT(*) FROM (SELECT p.id AS id" OF_CLASS ") AS found", "yoi"},
      CLASS_PUPILS,
      {"SELECT CONCAT_WS(' ', h.surname, h.given, NULLIF(h.patronymic, '')), e.id FROM class_head d JOIN class c ON c.org_id = d.org_id"
       " AND c.id = d.class_id JOIN person h ON h.id = d.person_id"
       " LEFT JOIN employee e ON e.org_id = d.org_id AND e.person_id = d.person_id AND e.left_on IS NULL"
       " WHERE d.org_id = ? AND d.class_id = ? AND " HEAD_LAST " ORDER BY " HEAD_ORDER " LIMIT 1", "oi"},
      CLASSES, WITHOUT_CLASS}},
    {"pupil-file", answer_page,
     {{"SELECT p.surname, p.given, p.patronymic, IF(c.id IS NULL, NULL, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en)), c.id,"
       " p.standing, p.born_on, h.login FROM pupil p JOIN person h ON h.id = p.person_id"
       " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id WHERE p.org_id = ? AND p.id = ?", "oi"},
      {"SELECT version, surname, given, patronymic, no_iin_reason, resident, born_on, sex, birth_place, citizenship, nationality, address,"
       " phone, email, entered_on FROM pupil WHERE org_id = ? AND id = ?", "oi"},
      {"SELECT h.iin, h.login FROM pupil p JOIN person h ON h.id = p.person_id WHERE p.org_id = ? AND p.id = ?", "oi"}}},
    {"contingent-page", answer_page,
     {CLASSES, WITHOUT_CLASS,
      {"SELECT COUNT(*) FROM (SELECT c.id AS id FROM " CLASS_FROM " WHERE (c.org_id = ? AND c.year = ? AND c.ended_on IS NULL)) AS found",
       "yoy"},
      {"SELECT c.id AS id, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en), " CLASS_COUNT ", c.capacity,"
       " IF(c.capacity IS NULL, NULL, GREATEST(CAST(c.capacity AS SIGNED) - " CLASS_COUNT ", 0)), c.language,"
       " (SELECT CONCAT_WS(' ', h.surname, h.given, NULLIF(h.patronymic, '')) FROM class_head d JOIN person h ON h.id = d.person_id"
       " WHERE d.org_id = c.org_id AND d.class_id = c.id AND " HEAD_LAST " ORDER BY " HEAD_ORDER " LIMIT 1), c.room FROM " CLASS_FROM
       " WHERE (c.org_id = ? AND c.year = ? AND c.ended_on IS NULL)"
       " ORDER BY CONCAT(LPAD(c.grade, 2, '0'), c.name_ru), c.id LIMIT ? OFFSET ?", "yoylz"}}},
    {"search", answer_page,
     {{"SELECT p.id, CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), IF(c.id IS NULL, NULL, CONCAT_WS('|', c.grade,"
       " c.name_kk, c.name_ru, c.name_en)), p.born_on, h.login FROM pupil p JOIN person h ON h.id = p.person_id LEFT JOIN class c ON"
       " c.org_id = p.org_id AND c.id = p.class_id WHERE p.org_id = ? AND (p.fold_key LIKE ? OR p.fold_key LIKE ?)"
       " ORDER BY p.sort_key LIMIT ?", "owwh"},
      {"SELECT c.id, CONCAT_WS('|', c.grade, c.name_kk, c.name_ru, c.name_en), " CLASS_COUNT " FROM " CLASS_FROM
       " WHERE c.org_id = ? AND c.year = ? AND c.ended_on IS NULL"
       "  AND (CONCAT(c.grade, '-', c.name_ru) LIKE ? OR CONCAT(c.grade, c.name_ru) LIKE ? OR c.name_kk LIKE ?)"
       " ORDER BY c.grade, c.name_ru LIMIT ?", "yoywwwh"},
      {"SELECT e.id, CONCAT_WS(' ', e.surname, e.given, NULLIF(e.patronymic, '')), e.position FROM employee e JOIN person h"
       " ON h.id = e.person_id WHERE e.org_id = ? AND e.left_on IS NULL AND (e.fold_key LIKE ? OR h.login LIKE ?)"
       " ORDER BY e.sort_key LIMIT ?", "owdh"},
      {"SELECT id, number, dated, summary FROM school_order WHERE org_id = ? AND state = 'signed' AND (number LIKE ? OR summary LIKE ?)"
       " ORDER BY dated DESC, id DESC LIMIT ?", "owwh"}}},
    {"process-form", answer_page,
     {PUPIL_LABEL, PUPIL_STANDING, LAST_ORDER,
      {"SELECT value FROM setting_value WHERE org_id = ? AND setting_key = 'order.second_person'", "o"}, CLASSES,
      {"SELECT id, name, made_at FROM file WHERE org_id = ? AND made_by = 1 AND purpose = 'scan' AND state = 'clean' AND made_at > ?"
       " ORDER BY made_at DESC, id DESC LIMIT 3", "ot"}}},
    {"confirm", answer_post,
     {PUPIL_STANDING, LAST_ORDER, CLASS("c"), CLASSES,
      {"SELECT id, state, fault, name, mime, size, sha256, pages FROM file WHERE org_id = ? ORDER BY id LIMIT 1", "o"},
      {"INSERT INTO form_key (account_id, form_key, made_at) VALUES (1, ?, ?)", "un"},
      {"SELECT id FROM pupil WHERE org_id = ? AND id = ? FOR UPDATE", "oi"},
      {"INSERT INTO process (org_id, kind, year, state, step, packed, title, subject_kind, started_by, started_at, changed_at)"
       " VALUES (?, 'enrol-pupil', ?, 'done', 'data', 'grade=1', ?, 'pupil', 1, ?, ?)", "oyunn", 'P'},
      {"INSERT INTO process_row (org_id, process_id, subject_id) VALUES (?, ?, ?)", "oPi"},
      {"INSERT INTO process_event (org_id, process_id, step, event, at, account_id) VALUES (?, ?, 'data', 'apply', ?, 1)", "oPn"},
      {"INSERT INTO school_order (org_id, uid, journal, year, number, ordinal, state, kind, dated, summary, process_id, recorded_at,"
       " recorded_by) VALUES (?, ?, 'contingent', ?, LEFT(?, 30), 1, 'signed', 'enrol', ?, '', ?, ?, 1)", "ouyutPn", 'O'},
      {"INSERT INTO order_scan (org_id, order_id, position, file_id) VALUES (?, ?, 1, 1)", "oO"},
      {"INSERT INTO movement (org_id, uid, pupil_id, kind, to_class_id, effective_on, recorded_at, order_id)"
       " VALUES (?, ?, ?, 'enrol', ?, ?, ?, ?)", "ouictnO", 'M'},
      {"INSERT INTO membership (org_id, pupil_id, from_on, class_id, movement_id) VALUES (?, ?, ?, ?, ?)", "oitcM"},
      {"UPDATE pupil SET class_id = ?, standing = 'enrolled' WHERE org_id = ? AND id = ?", "coi"},
      {"INSERT INTO audit (org_id, at, account_id, request, address, subject_kind, subject_id, action)"
       " VALUES (?, ?, 1, 'floor', '127.0.0.1', 'pupil', ?, 'enrol-pupil')", "oni"},
      {"UPDATE form_key SET result = 'done' WHERE account_id = 1 AND form_key = ?", "u"}}},
    {"sign-in", answer_password, {{0}}},
    {"xlsx", answer_sheet,
     {{"SELECT p.id AS id, h.login, CONCAT_WS(' ', p.surname, p.given, NULLIF(p.patronymic, '')), IF(c.id IS NULL, '', CONCAT_WS('|',"
       " c.grade, c.name_kk, c.name_ru, c.name_en)), p.born_on, p.sex, h.iin, CONCAT_WS(',', IF(h.iin IS NULL AND p.resident = 1, 'iin',"
       " NULL), IF(p.born_on IS NULL, 'born', NULL), IF(p.address = '', 'address', NULL)) FROM pupil p JOIN person h ON h.id = p.person_id"
       " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id WHERE (p.org_id = ?) ORDER BY p.sort_key, p.id", "o"}}},
};
