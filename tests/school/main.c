/* main.c: the suites of the school's tests. */
#include "school_suites.h"

int main(void)
{
    return suites_run((Suite * (*const[])(void)){
        schema_suite,
        exchange_suite,
        golden_suite,
        import_suite,
        import_page_suite,
        inputs_suite,
        calendar_suite,
        periods_suite,
        shifts_suite,
        admission_suite,
        certificate_suite,
        correction_suite,
        college_suite,
        handover_suite,
        kinship_suite,
        meals_suite,
        merge_suite,
        movement_suite,
        order_suite,
        my_classes_suite,
        process_class_suite,
        process_disband_suite,
        process_enrol_suite,
        process_movement_suite,
        process_register_suite,
        process_rows_suite,
        process_walk_suite,
        process_year_suite,
        pupil_suite,
        reports_suite,
        roles_suite,
        NULL,
    });
}
