/* demo_handover.c: who left for other schools: slips, one arrival that is confirmed, and those who go from one made-up organisation to the
 * other. */
#include "tools/demo.h"

#include "school/org/org.h"
#include "school/pupils/class.h"

static const char ADD_DEPARTURES[] =
    "INSERT INTO departure (org_id, pupil_id, order_id, year, number, left_on, class, to_name, to_place)"
    " SELECT m.org_id, m.pupil_id, m.order_id, YEAR(m.effective_on), ROW_NUMBER() OVER (ORDER BY m.id), m.effective_on, " CLASS_PACKED ","
    "  SUBSTRING_INDEX(m.note, ', ', 1), IF(LOCATE(', ', m.note) > 0, SUBSTRING_INDEX(m.note, ', ', -1), '')"
    " FROM movement m JOIN class c ON c.org_id = m.org_id AND c.id = m.from_class_id"
    " WHERE m.org_id = ? AND m.order_id = ?";
static const char CONFIRM[] =
    "UPDATE departure SET state = 'confirmed', arrival_number = '27', arrival_on = ?, arrival_name = to_name WHERE org_id = ? AND order_id = ? AND number = 1";

NEOERR *demo_departures(struct demo *demo, const struct demo_org *org, int64_t order, struct date confirmed)
{
    TRY(db_exec(demo->db, ADD_DEPARTURES, DB_VALUES(DB_INT(org->id), DB_INT(order)), NULL, NULL));
    if (confirmed.year == 0)
        return STATUS_OK;
    return nerr_pass(db_exec(demo->db, CONFIRM, DB_VALUES(DB_DATE(confirmed), DB_INT(org->id), DB_INT(order)), NULL, NULL));
}

static const char LEAD_TO[] =
    "UPDATE departure d JOIN organisation o ON o.uid = ? SET d.to_org_id = o.id, d.to_org_uid = o.uid, d.to_name = " ORGANISATION_NAME ", d.to_place = ''"
    " WHERE d.org_id = (SELECT f.id FROM organisation f WHERE f.uid = ?) AND d.state = 'open' ORDER BY d.id DESC LIMIT 1";
static const char ADD_ARRIVING[] =
    "INSERT INTO arriving (org_id, from_org_id, from_pupil_id, departure_id, person_id, surname, given, patronymic, born_on, sort_key, fold_key, key_version,"
    " from_name, from_kind, class, left_on, order_number, order_dated, made_at)"
    " SELECT d.to_org_id, d.org_id, p.id, d.id, p.person_id, p.surname, p.given, p.patronymic, p.born_on, p.sort_key, p.fold_key, p.key_version,"
    "  " ORGANISATION_NAME ", o.kind, d.class, d.left_on, r.number, r.dated, r.recorded_at"
    " FROM organisation o"
    " JOIN departure d ON d.org_id = o.id AND d.to_org_id IS NOT NULL"
    " JOIN pupil p ON p.org_id = d.org_id AND p.id = d.pupil_id"
    " JOIN school_order r ON r.org_id = d.org_id AND r.id = d.order_id"
    " WHERE o.uid = ?";

NEOERR *demo_handover(struct demo *demo, const char *from_uid, const char *to_uid)
{
    TRY(db_exec(demo->db, LEAD_TO, DB_VALUES(DB_TEXT(to_uid), DB_TEXT(from_uid)), NULL, NULL));
    return nerr_pass(db_exec(demo->db, ADD_ARRIVING, DB_VALUES(DB_TEXT(from_uid)), NULL, NULL));
}
