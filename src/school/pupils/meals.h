/* meals.h: between the files of free meals: an application, its rules. */
#ifndef MEKTEP_MEALS_H
#define MEKTEP_MEALS_H

#include "engine/area.h"

struct meal {
    struct pool *pool;
    int64_t pupil, number;
    const char *state;     /* code of the list of states: "submitted" "granted" "refused" "ended" */
    const char *applicant, *ground, *ground_document, *remark;
    struct date submitted, from, to, decided, ended;
};

/* ERROR_NOT_FOUND in another organisation, ERROR_DENIED when the permission does not reach the pupil. */
NEOERR *meal_load(struct request *rq, const struct permission *permission, int64_t id, struct meal *meal);

/* Says at valid_from and valid_to of a form what is wrong with the term; id is the application that has it, 0 = a new one. */
NEOERR *meal_check_term(struct form_data *form, int64_t pupil, int64_t id);

/* What an application says: fields of its form and of its registration. */
#define MEAL_FIELDS                                                                                                                  \
    {"submitted_on", N_("Date of the application"), FIELD_DATE, REQUIRED | FUTURE_NO},                                               \
    {"applicant", N_("Applicant"), FIELD_TEXT, REQUIRED | WIDE, .max = 300, .hint = N_("The parent, or the person in their place")}, \
    {"ground", N_("Ground"), FIELD_CHOICE, REQUIRED | NEW_GROUP, .codes = &meal_ground_codes},                                       \
    {"ground_document", N_("Document"), FIELD_TEXT, WIDE, .max = 200, .hint = N_("The document: its name, number and date")},        \
    {"file_id", N_("Scan"), FIELD_FILE, SEVERAL, .hint = N_("The signed application and the document")},                             \
    MEAL_TERM
#define MEAL_TERM                                                                                                                    \
    {"valid_from", N_("Meals from"), FIELD_DATE, REQUIRED | NEW_GROUP},                                                              \
    {"valid_to", N_("Meals until"), FIELD_DATE, REQUIRED}

#endif
