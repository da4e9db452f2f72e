/* codes.h: the code lists of the school: choices of fields, enumerations of the exchange, words in three languages. */
#ifndef MEKTEP_CODES_H
#define MEKTEP_CODES_H

#include "engine/codelist.h"

/* People */
extern const struct code_list sex_codes, residency_codes, pupil_standing_codes, citizenship_codes, nationality_codes,
    no_iin_reason_codes, document_kind_codes, kinship_degree_codes, kinship_end_codes, paper_kind_codes, paper_state_codes,
    admission_paper_codes, application_state_codes;
/* The pupil's file */
extern const struct code_list social_category_codes, meal_ground_codes, meal_state_codes, correction_field_codes, correction_state_codes,
    health_group_codes, pe_group_codes, special_need_codes,
    contest_kind_codes, contest_level_codes, contest_place_codes;
/* Organisations and classes */
extern const struct code_list organisation_kind_codes, instruction_language_codes, study_form_codes, second_language_codes,
    education_profile_codes, class_mark_codes, group_type_codes;
extern const struct code_list class_duty_codes, period_kind_codes;
/* Orders and the ledger */
extern const struct code_list order_journal_codes, order_kind_codes, order_state_codes, movement_kind_codes, movement_reason_codes;
extern const struct code_list departure_state_codes;
extern const struct code_list certificate_kind_codes, year_outcome_codes, disband_reason_codes;
/* Colleges */
extern const struct code_list funding_codes, claim_ground_codes, scholarship_kind_codes;

extern const struct code_list *const school_code_lists[]; /* all of them; ends with NULL */

#endif
