/* budget.h: budget places of a group: SQL over the group c of what is taken and what is kept. (CON-44) */
#ifndef MEKTEP_BUDGET_H
#define MEKTEP_BUDGET_H

#include "school/pupils/class.h"

/* Students on the budget in the group. */
#define BUDGET_TAKEN "(SELECT COUNT(*) FROM pupil p WHERE p.org_id = c.org_id AND p.class_id = c.id AND " PUPIL_FUNDING " = 'budget')"

/* Students on the budget who are on academic leave from it: their places wait for them. */
#define BUDGET_KEPT                                                                                                   \
    "(SELECT COUNT(*) FROM pupil p"                                                                                   \
    " JOIN movement m ON m.org_id = p.org_id AND m.id ="                                                              \
    "  (SELECT l.id FROM movement l LEFT JOIN movement v ON v.org_id = l.org_id AND v.voids_id = l.id"                \
    "   WHERE l.org_id = p.org_id AND l.pupil_id = p.id AND l.kind = 'leave' AND v.id IS NULL"                        \
    "   ORDER BY l.effective_on DESC, l.id DESC LIMIT 1)"                                                             \
    " WHERE p.org_id = c.org_id AND p.standing = 'on-leave' AND m.from_class_id = c.id AND " PUPIL_FUNDING " = 'budget')"

#define BUDGET_FREE "(CAST(" BUDGET_PLACES " AS SIGNED) - " BUDGET_TAKEN " - " BUDGET_KEPT ")"

#endif
