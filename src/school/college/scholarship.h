/* scholarship.h: SQL of the ledger of scholarships: an assignment s with what undid it v, what stopped it t, its order o, its student p
 * in the group c. */
#ifndef MEKTEP_SCHOLARSHIP_H
#define MEKTEP_SCHOLARSHIP_H

#define SCHOLARSHIP_FOREVER "9999-12-31"

#define SCHOLARSHIP_ENDS                                                                                                   \
    " LEFT JOIN scholarship v ON v.org_id = s.org_id AND v.voids_id = s.id"                                                \
    " LEFT JOIN scholarship t ON t.org_id = s.org_id AND t.stops_id = s.id"                                                \
    "  AND NOT EXISTS (SELECT 1 FROM scholarship w WHERE w.org_id = t.org_id AND w.voids_id = t.id)"
#define SCHOLARSHIP_FROM                                                                                                   \
    "scholarship s" SCHOLARSHIP_ENDS                                                                                       \
    " JOIN school_order o ON o.org_id = s.org_id AND o.id = s.order_id"                                                    \
    " JOIN pupil p ON p.org_id = s.org_id AND p.id = s.pupil_id"                                                           \
    " LEFT JOIN class c ON c.org_id = p.org_id AND c.id = p.class_id"
#define SCHOLARSHIP_IS_ONE "s.stops_id IS NULL AND s.voids_id IS NULL"

/* The last day on which it is paid. */
#define SCHOLARSHIP_LAST                                                                                                   \
    "LEAST(COALESCE(s.until_on, '" SCHOLARSHIP_FOREVER "'), COALESCE(DATE_SUB(t.from_on, INTERVAL 1 DAY), '" SCHOLARSHIP_FOREVER "'))"

#endif
