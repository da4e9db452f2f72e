/* main.c: the suites of the school's tests. */
#include "school_suites.h"

int main(void)
{
    return suites_run((Suite * (*const[])(void)){
        schema_suite,
        exchange_suite,
        import_suite,
        calendar_suite,
        periods_suite,
        shifts_suite,
        movement_suite,
        process_class_suite,
        process_enrol_suite,
        process_register_suite,
        pupil_suite,
        roles_suite,
        NULL,
    });
}
